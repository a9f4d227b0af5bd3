"""The first question of somebody who has filed nothing here: a CIK, a name, or any past filing answers it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft
from form4_author.desk.interview import desk
from form4_author.errors import MalformedValue
from form4_author.wizard import session
from form4_author.wizard.answers_file import AnswersRefused, Given, Script
from form4_author.wizard.draft import opening
from form4_author.wizard.entry import EntryKind, read
from form4_author.wizard.flow import open_questions

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.wizard.session import Outcome

DAY = date(2026, 11, 30)
NEEDED = (
    "You need now: the CIK (EDGAR number) of the reporting person and of the company, and the brokerage or plan "
    "statement. To find a CIK, type the name at www.sec.gov/edgar/search. To file, later: a Login.gov account "
    "that may file for the person, and the person's CCC. "
    "A past filing answers most of the next questions. After a name, the CIK is asked at the end."
)


def play(folder: Path, *answers: tuple[str, str]) -> tuple[Outcome, Script]:
    path = folder / "new.form4.json"
    script = Script([Given(id, answer) for id, answer in answers])
    return session.Session(path, opening.fresh(), script, desk(path, DAY)).run(), script


def test_the_first_screen_says_what_is_needed_and_counts_nothing(tmp_path: Path) -> None:
    _, script = play(tmp_path, ("owners[0].cik", "q"))

    page = list(script.pages[0])
    assert page[0] == "New Form 4"
    assert NEEDED in " ".join(page)
    assert not any(word in line for line in page for word in ("suspense", "finding", "block"))
    assert list(tmp_path.iterdir()) == []


def test_the_help_says_where_a_cik_and_a_ccc_come_from(tmp_path: Path) -> None:
    _, script = play(tmp_path, ("owners[0].cik", "?"), ("owners[0].cik", "q"))

    page = " ".join(script.pages[1])
    assert "www.sec.gov/edgar/search" in page
    assert "A new filer gets a CIK by Form ID" in page
    assert "The CCC, which goes with the CIK and is needed only to file" in page


def test_a_name_goes_on_and_the_cik_is_asked_at_the_end(tmp_path: Path) -> None:
    outcome, script = play(
        tmp_path,
        ("owners[0].cik", "Okafor Adaeze N"),
        ("owners[0].name", ""),
        ("issuer.cik", "q"),
    )
    assert outcome.draft.filing.owners[0].name == "Okafor Adaeze N"
    assert outcome.draft.filing.owners[0].cik is None
    assert "The CIK is asked at the end." in " ".join(script.pages[1])

    assert open_questions(outcome.draft)[0].endswith("CIK of Reporting Person")


@pytest.mark.parametrize("quotes", ["", "'"])
def test_a_past_filing_fills_person_and_issuer(tmp_path: Path, quotes: str) -> None:
    past = tmp_path / "past"
    past.mkdir()
    file = past / "seed.form4.json"
    file.write_text(json.dumps(draft("seed")), encoding="utf-8")
    outcome, script = play(tmp_path, ("owners[0].cik", f"{quotes}{file}{quotes}"), ("happened", "q"))

    assert outcome.draft.filing.owners[0].name == "Thakar Sumedh S"
    assert outcome.draft.filing.issuer.trading_symbol == "QLYS"
    assert script.pages[1][0].startswith("QUALYS, INC. · Thakar Sumedh S · Form 4")


def test_a_file_that_is_no_filing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("nothing", encoding="utf-8")
    with pytest.raises(AnswersRefused, match="This is not XML"):
        play(tmp_path, ("owners[0].cik", str(file)), ("owners[0].cik", "q"))
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("typed", ["12a", "past/x.xml", "x"])
def test_what_is_neither_is_refused_with_the_words_of_the_cik(typed: str) -> None:
    with pytest.raises(MalformedValue, match="is not a CIK"):
        read(EntryKind.WHO, typed, DAY)
