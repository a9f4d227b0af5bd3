"""Options and days that are easily turned round: a filing late in the evening, a power without EDGAR access."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from form4_author.cli import main
from form4_author.model.power_of_attorney import Grant, power_text
from form4_author.wire.draft import draft_from
from tests.register.papers import paper, row


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))


@pytest.mark.parametrize(
    ("at", "original"),
    [
        ("2026-03-04T02:30:00+00:00", "2026-03-03"),  # 9:30 p.m. of the day before in Washington
        ("2026-03-03T21:30:00-05:00", "2026-03-03"),
        ("2026-03-04T13:00:00+00:00", "2026-03-04"),
    ],
)
def test_the_original_of_an_amendment_was_filed_on_the_day_of_the_sec(at: str, original: str) -> None:
    filed = {**draft_from(paper(row(total="1000")).filing), "interview": {"filed": {"at": at}}}
    Path("filed.form4.json").write_text(json.dumps(filed), encoding="utf-8")

    assert main(["amend", "filed.form4.json", "-o", "amended.form4.json", "--lines", "all"]) == 0
    assert (
        json.loads(Path("amended.form4.json").read_text(encoding="utf-8"))["date_of_original_submission"]
        == original
    )


@pytest.mark.parametrize(("words", "access"), [([], True), (["--no-edgar-access"], False)])
def test_a_power_is_with_edgar_access_unless_told_otherwise(words: list[str], *, access: bool) -> None:
    told = ["--principal", "Jane Doe", "--agent", "Sam Roe"]

    assert main(["poa", "new", "-o", "poa.txt", *told, *words]) == 0
    wanted = Grant(principal="Jane Doe", agents=("Sam Roe",), edgar_access=access)
    assert Path("poa.txt").read_bytes() == power_text(wanted)
    assert power_text(wanted) != power_text(
        Grant(principal="Jane Doe", agents=("Sam Roe",), edgar_access=not access)
    )
