"""``form4 holdings --chart`` and ``form4 shortswing --html``: what is written, and what is not replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.cli import main
from form4_author.codes import current_edition
from form4_author.wire.write import write_document
from tests.checks.test_audit import FORM_3, prior, row

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def filed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Three filings in the register."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORM4_REGISTER", str(tmp_path / "register.sqlite3"))
    files = []
    for number, each in enumerate((FORM_3, prior(2, "2026-02-06", row("2026-02-02", "1100", code="P")),
                                   prior(3, "2026-03-04", row("2026-03-02", "1000", price="15")))):  # fmt: skip
        file = tmp_path / f"{number}.xml"
        file.write_bytes(write_document(each.filing, current_edition(each.filing.base or "4")))
        files.append(str(file))
    assert main(["import", *files]) == 0
    capsys.readouterr()
    return files


def test_holdings_are_drawn_with_adjustments(
    filed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["holdings", "okafor", "100"]
    main(
        [
            *words,
            "--adjust",
            "+25.5",
            "--line",
            "1",
            "--reason",
            "dividend reinvested",
            "--as-of",
            "2026-05-05",
        ]
    )
    capsys.readouterr()
    assert main([*words, "--chart", "h.html"]) == 0
    assert capsys.readouterr().out == "The chart is in h.html.\n"
    page = (tmp_path / "h.html").read_text()
    assert "1,000 on January 5, 2026, 1,025.5 on May 5, 2026." in page
    assert "<td>Adjustment: +25.5, dividend reinvested</td>" in page
    assert (tmp_path / "h.html").stat().st_mode & 0o777 == 0o600
    assert main([*words, "--chart", "h.SVG", "--as-of", "2026-02-28"]) == 0
    assert "1,100 on February 6, 2026" in (tmp_path / "h.SVG").read_text()
    assert main([*words, "--chart", "h.png"]) == 0
    assert (tmp_path / "h.png").read_bytes().startswith(b"\x89PNG")


def test_a_file_that_exists_is_replaced_only_when_asked(
    filed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "h.html").write_text("mine")
    for words in (
        ["holdings", "okafor", "100", "--chart", "h.html"],
        ["shortswing", "--html", "h.html", *filed],
    ):
        assert main(words) == 2
        assert capsys.readouterr().err == (
            "form4: h.html already exists. Choose another name, or give --force to replace it.\n"
        )
        assert (tmp_path / "h.html").read_text() == "mine"
    assert main(["shortswing", "--html", "h.html", "--force", *filed]) == 1
    assert capsys.readouterr().out == "The account is in h.html.\n"
    assert "Short-swing accounts under Section 16(b)" in (tmp_path / "h.html").read_text()


def test_the_name_says_what_is_drawn(filed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holdings", "okafor", "100", "--chart", "h.pdf"]) == 2
    assert capsys.readouterr().err == (
        'form4 holdings: argument --chart: "h.pdf" does not end in .html, .svg or .png. See form4 holdings --help.\n'
    )


def test_a_person_without_lines_has_no_chart(filed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holdings", "okafor", "100", "--chart", "h.html", "--as-of", "2020-01-01"]) == 2
    assert capsys.readouterr().err == (
        "form4: Okafor Adaeze N has no line to draw. Import a filing that reports holdings.\n"
    )
