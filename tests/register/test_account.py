"""The ledger: filings move lines, adjustments carry a reason, an amendment of an old form changes nothing today."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from form4_author.errors import Form4Error
from form4_author.register.account import adjusted, balances, inherited, relationship_of
from form4_author.register.record import recorded
from form4_author.register.shown import inherited_data
from form4_author.register.table import Filed, Issuer, Person, Relationship
from tests.register.papers import NOW, paper, row

if TYPE_CHECKING:
    from form4_author.register.book import Register
    from form4_author.register.record import Paper


def enter(register: Register, *papers: Paper) -> None:
    for each in papers:
        with register.writing() as session:
            assert recorded(session, each, NOW) is not None


def held(register: Register, as_of: str | None = None) -> dict[str, str]:
    """What the first person holds: line and amount."""
    with register.reading() as session:
        relation = session.scalars(select(Relationship).order_by(Relationship.id)).first()
        assert relation is not None
        found = balances(session, relation, date.fromisoformat(as_of) if as_of else None)
        return {b.line.name: str(b.amount) for b in found}


def test_a_filing_moves_its_lines_and_no_other(register: Register) -> None:
    trust = row(total="500", ownership_form="I", nature_of_ownership="By Trust")
    enter(
        register, paper(row(total="1000.25"), trust), paper(row(total="1100.25"), day="2026-04-01", number=2)
    )

    assert held(register) == {"Common Stock, direct": "1100.25", "Common Stock, By Trust": "500"}
    assert held(register, "2026-03-31") == {
        "Common Stock, direct": "1000.25",
        "Common Stock, By Trust": "500",
    }
    assert held(register, "2026-03-01") == {}


def test_the_order_of_entering_does_not_matter(register: Register) -> None:
    enter(register, paper(row(total="1100"), day="2026-04-01", number=2), paper(row(total="1000")))

    assert held(register) == {"Common Stock, direct": "1100"}


@pytest.mark.parametrize("digits", ["0.10", "12345678901234567890.123456789", "7.000", "0"])
def test_an_amount_keeps_its_digits(register: Register, digits: str) -> None:
    enter(register, paper(row(total=digits)))

    assert held(register) == {"Common Stock, direct": digits}


def test_the_same_filing_enters_once(register: Register) -> None:
    first, same_number = paper(row(total="1000")), paper(row(total="999"), day="2026-05-01")
    enter(register, first)

    with register.writing() as session:
        assert recorded(session, first, NOW) is None
        assert recorded(session, first._replace(accession_number=None), NOW) is None
        assert recorded(session, same_number, NOW) is None
    assert held(register) == {"Common Stock, direct": "1000"}


def test_an_adjustment_keeps_its_reason_until_the_next_filing(register: Register) -> None:
    enter(register, paper(row(total="1000")))
    with register.writing() as session:
        person, issuer = session.scalars(select(Person)).one(), session.scalars(select(Issuer)).one()
        line = relationship_of(session, person, issuer).lines[0]
        adjusted(line, Decimal("12.5"), date(2026, 3, 31), "dividend reinvested", NOW)
        with pytest.raises(Form4Error, match="needs its reason"):
            adjusted(line, Decimal(1), date(2026, 3, 31), " ", NOW)
        with pytest.raises(Form4Error, match="changes nothing"):
            adjusted(line, Decimal(0), date(2026, 3, 31), "x", NOW)

    assert held(register) == {"Common Stock, direct": "1012.5"}
    with register.reading() as session:
        found = balances(session, session.scalars(select(Relationship)).one())
        assert found[0].source == "Form 4 filed 2026-03-02; +12.5 on 2026-03-31: dividend reinvested"
    enter(register, paper(row(total="1112.5"), day="2026-04-01", number=2))
    assert held(register) == {"Common Stock, direct": "1112.5"}


def amendment(total: str, original: str, number: int = 9) -> Paper:
    return paper(
        row(total=total), day="2026-06-01", number=number, form="4/A", date_of_original_submission=original
    )


def test_amending_an_old_filing_leaves_todays_balance_and_lists_who_inherited(register: Register) -> None:
    later = (
        paper(row(total="1100"), day="2026-04-01", number=2),
        paper(row(total="1200"), day="2026-05-01", number=3),
    )
    enter(register, paper(row(total="1000")), *later, amendment("990", "2026-03-02"))

    assert held(register) == {"Common Stock, direct": "1200"}
    assert held(register, "2026-03-15") == {"Common Stock, direct": "990"}
    with register.reading() as session:
        filed = session.scalars(select(Filed).where(Filed.form == "4/A")).one()
        assert [inherited_data(found) for found in inherited(session, filed)] == [
            {
                "line": "Common Stock, direct",
                "before": "1000",
                "after": "990",
                "later": ["Form 4 filed 2026-04-01", "Form 4 filed 2026-05-01"],
            }
        ]


def test_amending_the_last_filing_corrects_the_balance(register: Register) -> None:
    enter(register, paper(row(total="1000")), amendment("990", "2026-03-02"))

    assert held(register) == {"Common Stock, direct": "990"}
    with register.reading() as session:
        filed = session.scalars(select(Filed).where(Filed.form == "4/A")).one()
        assert inherited(session, filed) == ()


def test_an_amendment_that_names_no_day_is_placed_by_its_period(register: Register) -> None:
    original, later = paper(row(total="1000")), paper(row(total="1100"), day="2026-04-01", number=2)
    unnamed = paper(row(total="990"), day="2026-06-01", number=9, form="4/A", period_of_report="2026-03-02")
    enter(register, original, later, unnamed)

    assert held(register) == {"Common Stock, direct": "1100"}


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"issuer": {}}, "an issuer's CIK"),
        ({"owners": []}, "a reporting person"),
        ({"form": "8-K"}, "a form that is known"),
        ({"owners": [{"name": "Doe Jane"}]}, "a CIK for each reporting person"),
    ],
)
def test_a_form_that_lacks_something_does_not_enter(
    register: Register, said: dict[str, Any], lacks: str
) -> None:
    with register.writing() as session, pytest.raises(Form4Error, match=f"The form lacks {lacks}"):
        recorded(session, paper(row(total="1"), **said), NOW)
