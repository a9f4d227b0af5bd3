"""The SEC's list of companies beside an interview: a symbol finds the issuer, and a CIK of another name is noticed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from form4_author.desk.company_list import CompanyList
from form4_author.desk.interview import desk
from form4_author.desk.interview_clerk import InterviewClerk
from form4_author.desk.other_draft import drafts_beside
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given
from form4_author.wizard.draft import opening
from tests.wizard.desk import TODAY
from tests.wizard.replay import Watched
from tests.wizard.test_other_draft import Played

if TYPE_CHECKING:
    from pathlib import Path

COMPANIES = {
    "0": {"cik_str": 999001, "ticker": "EXMP", "title": "EXAMPLE CORP /DE/"},
    "1": {"cik_str": 999002, "ticker": "EXMPL", "title": "EXMP HOLDINGS"},
}


@pytest.fixture
def companies(tmp_path: Path) -> CompanyList:
    file = tmp_path / "tickers.json"
    file.write_text(json.dumps(COMPANIES), encoding="utf-8")
    return CompanyList(str(file))


def play(folder: Path, companies: CompanyList, *answers: tuple[str, str]) -> Played:
    path = folder / "new.form4.json"
    clerk = InterviewClerk(None, drafts_beside(path), companies=companies)
    script = Watched([Given(id, answer) for id, answer in answers])
    outcome = session.Session(path, opening.fresh(), script, desk(path, TODAY, clerk)).run()
    script.finish()
    return Played(outcome, script)


def test_a_symbol_brings_cik_and_name(tmp_path: Path, companies: CompanyList) -> None:
    played = play(
        tmp_path,
        companies,
        ("owners[0].cik", "9990002"),
        ("owners[0].name", "Doe Jane A"),
        ("issuer.cik", "exmp"),
        ("issuer.name", ""),
        ("issuer.trading_symbol", ""),
        ("foreign_issuer", "q"),
    )

    issuer = played.outcome.draft.filing.issuer
    assert (issuer.cik, issuer.name, issuer.trading_symbol) == ("0000999001", "EXAMPLE CORP /DE/", "EXMP")
    assert [played.ask(f"issuer.{name}").proposal for name in ("name", "trading_symbol")] == [
        "EXAMPLE CORP /DE/",
        "EXMP",
    ]


def test_a_cik_of_another_name_is_a_warning(tmp_path: Path, companies: CompanyList) -> None:
    played = play(
        tmp_path,
        companies,
        ("owners[0].cik", "999001"),
        ("owners[0].name", "Doe Jane A"),
        ("issuer.cik", "q"),
    )

    words = " ".join(played.page("issuer.cik"))
    assert (
        "Warning: CIK 999001 belongs to EXAMPLE CORP /DE/ in the SEC's list of companies, not to Doe Jane A. Check it."
    ) in words


@pytest.mark.parametrize("name", ["Example Corp.", "EXAMPLE CORP", "EXAMPLE CORPORATION"])
def test_a_spelling_is_no_other_name(name: str, companies: CompanyList) -> None:
    draft = opening.fresh().with_(("issuer", "cik"), "999001").with_(("issuer", "name"), name)
    assert companies.noticed(draft) == ()


def test_a_file_that_is_no_list_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "tickers.json"
    file.write_text("[]", encoding="utf-8")
    draft = opening.fresh()

    companies = CompanyList(str(file))
    assert (companies.words(), companies.company("999001")) == ({}, ("", ""))
    assert companies.noticed(draft) == (
        f"EDGAR's answer for {file} can't be read as a list. The interview continues without it.",
    )
    assert companies.noticed(draft) == ()


def test_without_a_list_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    draft = opening.fresh().with_(("issuer", "cik"), "999001")
    assert (CompanyList().words(), CompanyList().noticed(draft)) == ({}, ())
