"""From an empty register to a person's next form, by what EDGAR has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from form4_author.cli import main
from form4_author.desk.beginning import profile_of
from form4_author.desk.company_list import CompanyList
from form4_author.desk.interview import desk, judged
from form4_author.desk.interview_clerk import InterviewClerk
from form4_author.desk.interview_register import clerk_at
from form4_author.desk.other_draft import drafts_beside
from form4_author.desk.register import register_of
from form4_author.edgar.demo.filings import fictitious_filings
from form4_author.wizard import session
from tests.edgar.conftest import settle, use
from tests.edgar.local import local_edgar
from tests.wizard.pilot import Pilot

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_directors_next_form_needs_no_name_address_or_balance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path, monkeypatch)
    with local_edgar(fictitious_filings()) as run:
        use(run, monkeypatch)
        assert main(["import", "--person", "9990002"]) == 0
    path, day = tmp_path / "draft.form4.json", date(2026, 11, 30)
    with register_of(None).reading() as book:
        begun = profile_of(book, ["9990002"], "EXMP", "4", day)
    pilot = Pilot({}, [("sold", {"date": "11/27", "quantity": "300", "price": "48.10"})])
    clerk = InterviewClerk(clerk_at(None, day), drafts_beside(path), companies=CompanyList())
    draft = session.Session(path, begun, pilot, desk(path, day, clerk)).run().draft

    assert [ask.id for ask in pilot.asks] == [
        "happened", "events[0].date", "events[0].security", "events[0].quantity", "events[0].price",
        "events[0].after_1", "lines", "aff10b5_one", "signing[0].capacity", "signatures[0].date", "review",
    ]  # fmt: skip
    (row,), (owner,) = draft.filing.non_derivative, draft.filing.owners
    assert (str(row.amount_owned_following.value), owner.name, owner.address.street1, draft.filing.signatures[0].name) == (
        "8000", "Doe Jane A", "C/O EXAMPLE CORP", "/s/ Jane A. Doe",
    )  # fmt: skip
    assert [f for f in judged(path, draft, day, clerk).findings if f.severity.rank < 2] == []
