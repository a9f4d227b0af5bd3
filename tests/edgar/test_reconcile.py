"""`form4 reconcile` against a local EDGAR: what is missing is named, and taken over with one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.cli import main
from tests.edgar.conftest import use
from tests.edgar.local import local_edgar, many

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PERSON = "1626115"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(list(words))
    return code, capsys.readouterr().out


def test_what_edgar_has_more_is_named_and_taken_over(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_edgar(many(5)[:3]) as run:
        use(run, monkeypatch)
        said(capsys, "import", "--person", PERSON)
        assert said(capsys, "reconcile", PERSON)[0] == 0
    with local_edgar(many(5), rows=2) as run:
        use(run, monkeypatch)

        code, text = said(capsys, "reconcile", PERSON)
        assert code == 1
        assert "On EDGAR, not in the register:\n  Form 4 filed January 6, 2022" in text
        assert text.endswith(f"To import the missing filings: form4 reconcile {PERSON} --take-over\n")
        code, text = said(capsys, "reconcile", PERSON, "--take-over")
        assert (code, text.splitlines()[-1]) == (
            0,
            "2 added, 3 known already, 0 refused; 2 fetched from EDGAR.",
        )
        assert said(capsys, "reconcile", PERSON)[0] == 0


def test_without_a_person_or_with_half_of_the_options_nothing_is_read(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ([], [PERSON, "--take-over", "folder"], [PERSON, "--list", "l.json", "--take-over"]):
        assert main(["reconcile", *words]) == 2
    assert "name a PERSON to read EDGAR's list" in (err := capsys.readouterr().err)
    assert "--take-over names a folder together with --list only" in err
