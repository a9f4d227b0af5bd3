"""More cases of the kinds that the reviews name: other dates, codes, forms, words and holdings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.row import Desk

if TYPE_CHECKING:
    from pathlib import Path


def _desk(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    return Desk.at(cases, tmp_path, monkeypatch, capsys)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """An empty folder."""
    (tmp_path / "none").mkdir()
    return _desk(tmp_path / "none", tmp_path, monkeypatch, capsys)


@pytest.fixture
def law(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    return _desk(shared / "cases" / "law", tmp_path, monkeypatch, capsys)


@pytest.fixture
def filer(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    return _desk(shared / "cases" / "filer", tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("--trade 2018-12-24", "Thu 2018-12-27"),
        ("--trade 2025-12-26", "Tue 2025-12-30"),
        ("--trade 2025-12-29", "Wed 2025-12-31"),
        ("--trade 2025-12-23 --code G", "Tue 2025-12-30"),
        ("--trade 2025-12-22 --plan --notice never", "Fri 2026-01-02"),
        ("--trade 2025-12-22 --plan --notice 2025-12-23", "Tue 2025-12-30"),
        ("--form 3 --event 2018-12-14", "Wed 2018-12-26"),
        ("--form 3 --event 2025-12-15", "Mon 2025-12-29"),
        ("--form 3 --event 2025-12-17", "Mon 2025-12-29"),
        ("--form 3 --event 2025-12-19", "Mon 2025-12-29"),
        ("--form 3 --event 2025-12-20", "Tue 2025-12-30"),
        ("--form 5 --year-end 2018-11-09", "Wed 2018-12-26"),
        ("--form 5 --year-end 2025-11-11", "Mon 2025-12-29"),
        ("--form 3 --event 2025-12-17 --foreign", "Wed 2026-03-18"),
        ("--form 3 --event 2026-03-08 --foreign", "Wed 2026-03-18"),
        ("--form 3 --event 2026-03-09 --foreign", "Thu 2026-03-19"),
        ("--form 3 --event 2026-03-13 --foreign", "Mon 2026-03-23"),
    ],
)
def test_a_form_is_due(words: str, day: str, desk: Desk) -> None:
    assert f"Due {day} by 10:00 p.m. Eastern." in desk.said(f"form4 deadline {words}")


@pytest.mark.parametrize(
    ("form", "event", "filed", "late"),
    [
        ("3", "2026-03-08", "2026-03-18", False),
        ("3", "2026-03-08", "2026-03-19", True),
        ("3", "2026-03-09", "2026-03-19", False),
        ("3", "2026-03-09", "2026-03-20", True),
        ("3", "2026-03-19", "2026-03-30", False),
        ("3", "2026-03-19", "2026-03-31", True),
        ("3/A", "2026-03-01", "2026-05-01", False),
    ],
)
def test_a_foreign_insiders_form_3_is_late(form: str, event: str, filed: str, late: bool, law: Desk) -> None:
    file = law.folder / "form3-fpi-appointed-1-march-2026.xml"
    text = file.read_text(encoding="utf-8").replace("2026-03-01", event)
    file.write_text(text.replace("<documentType>3<", f"<documentType>{form}<"), encoding="utf-8")

    found = law.findings(f"form4 check {file.name} --facts fpi.yaml --filed {filed}T12:00")

    assert ("F3-006" in found) is late


@pytest.mark.parametrize(("traded", "found"), [("2026-06-01", True), ("2026-06-02", False)])
def test_the_ninetieth_day_is_the_last_of_the_cooling_off(traded: str, found: bool, law: Desk) -> None:
    file = law.folder / "plan-trade-on-90th-day.xml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-06-01", traded), encoding="utf-8")

    assert ("PLN-006" in law.findings(f"form4 check {file.name} --as-of 2026-06-04")) is found


_INDIRECT = {"ownership_form": "I", "nature_of_ownership": "By Spouse"}
_AMENDED = {"form": "4/A", "date_of_original_submission": "2026-11-28"}


@pytest.mark.parametrize("shape", ["as it is", "4/A", "indirect"])
@pytest.mark.parametrize(
    ("file", "id", "words"),
    [
        ("f-sold-open-market", "TXN-048", None),
        (
            "f-sold-open-market",
            "TXN-048",
            "The shares were sold in the open market to cover withholding taxes.",
        ),
        ("s-withheld-by-issuer", "TXN-048", None),
        ("s-withheld-by-issuer", "TXN-048", "Shares surrendered to the Company to satisfy tax withholding."),
        ("j-inherited", "TXN-048", None),
        ("j-inherited", "TXN-048", "Acquired by bequest under the will of the reporting person's mother."),
        ("p-espp", "TXN-048", None),
        ("p-espp", "TXN-048", "Purchased under the Company's employee stock purchase plan."),
        ("price-per-ads", "TXN-055", None),
        ("price-per-ads", "TXN-055", "The price is per ADS. Each ADS represents 100 ordinary shares."),
    ],
)
def test_a_line_is_checked_against_its_footnote(
    file: str, id: str, words: str | None, shape: str, filer: Desk
) -> None:
    data = filer.draft(f"{file}.form4.json")
    if words is not None:
        data["footnotes"][0]["text"] = words
    if shape == "4/A":
        data |= _AMENDED
    if shape == "indirect":
        rows: list[dict[str, Any]] = data["non_derivative"]
        data["non_derivative"] = [{**row, **_INDIRECT} for row in rows]
    (filer.folder / "d.form4.json").write_text(json.dumps(data), encoding="utf-8")

    assert id in filer.findings("form4 check d.form4.json --as-of 2026-11-30")
