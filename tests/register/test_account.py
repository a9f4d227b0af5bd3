"""The ledger: filings move lines, adjustments carry a reason, an amendment of an old form changes nothing today."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from form4_author.errors import Form4Error
from form4_author.register.account import adjusted, balances, inherited, relationship_of
from form4_author.register.listing import inherited_data
from form4_author.register.record import recorded
from form4_author.register.table import Filed, Issuer, LedgerEntry, Person, Relationship
from tests.register.papers import NOW, paper, row

if TYPE_CHECKING:
    from form4_author.register.database import Register
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
    first = paper(row(total="1000"))
    enter(register, first)

    with register.writing() as session:
        assert recorded(session, first, NOW) is None
        assert recorded(session, first._replace(accession_number=None), NOW) is None
        assert recorded(session, first._replace(accession_number=None, sha256="0" * 64), NOW) is None
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


def amendment(total: str, original: str, number: int = 9, **said: Any) -> Paper:
    return paper(
        row(total=total),
        day="2026-06-01",
        number=number,
        form="4/A",
        date_of_original_submission=original,
        **said,
    )


def test_amending_an_old_filing_leaves_todays_balance_and_lists_who_inherited(register: Register) -> None:
    later = (
        paper(row(total="1100"), day="2026-04-01", number=2),
        paper(row(total="1200"), day="2026-05-01", number=3),
    )
    enter(register, paper(row(total="1000")), *later, amendment("990", "2026-03-02"))

    assert held(register) == {"Common Stock, direct": "1200"}
    assert held(register, "2026-04-15") == {"Common Stock, direct": "1100"}
    assert held(register, "2026-03-15") == {"Common Stock, direct": "1000"}  # the amendment was not there yet
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


def test_an_amendment_stands_directly_behind_the_form_it_amends(register: Register) -> None:
    """Two forms of two periods filed on one day: amending the first leaves what the second says."""
    first = paper(row(total="1000"), day="2026-03-05", period_of_report="2026-03-02")
    second = paper(row(total="900"), day="2026-03-05", number=2, period_of_report="2026-03-04")
    enter(register, first, second, amendment("1100", "2026-03-05", period_of_report="2026-03-02"))

    assert held(register) == {"Common Stock, direct": "900"}
    with register.reading() as session:
        filed = session.scalars(select(Filed).where(Filed.form == "4/A")).one()
        assert [inherited_data(found) for found in inherited(session, filed)] == [
            {
                "line": "Common Stock, direct",
                "before": "1000",
                "after": "1100",
                "later": ["Form 4 filed 2026-03-05"],
            }
        ]


PLACES = [
    # What the amendment says of the original, and what the register then holds.
    ({}, "1200"),
    ({"date_of_original_submission": "2026-05-05"}, "1200"),
    ({"date_of_original_submission": "2027-03-05"}, "1200"),  # after the amendment itself
    ({"date_of_original_submission": "2026-05-25"}, "1200"),  # there is no such form
]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize(("said", "total"), PLACES)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_place_of_an_amendment_does_not_depend_on_the_order_of_entering(
    register: Register, said: dict[str, Any], total: str, order: tuple[int, ...]
) -> None:
    """Nor is a day of the original believed that can't be it. A late form of 2 March, one of 12 May, an amendment."""
    papers = (
        paper(row(total="1000"), day="2026-05-05", period_of_report="2026-03-02"),
        paper(row(total="1200"), day="2026-05-12", number=2),
        paper(
            row(total="1100"), day="2026-06-01", number=9, form="4/A", period_of_report="2026-03-02", **said
        ),
    )
    enter(register, *(papers[n] for n in order))

    assert held(register) == {"Common Stock, direct": total}
    assert held(register, "2026-05-11") == {"Common Stock, direct": "1000"}
    with register.reading() as session:
        assert session.scalars(select(Filed.day).where(Filed.form == "4/A")).one() == date(2026, 5, 5)


def test_an_amendment_whose_original_is_not_on_record(register: Register) -> None:
    """It stands about when its period was due, or on the day it names where that may be."""
    enter(register, amendment("5", "2026-03-04", period_of_report="2026-03-02"))
    enter(register, amendment("6", "2026-02-01", number=10, period_of_report="2026-03-03"))

    with register.reading() as session:
        days = session.scalars(select(Filed.day).order_by(Filed.id)).all()
    assert days == [date(2026, 3, 4), date(2026, 3, 7)]


def test_of_several_forms_of_a_period_the_one_with_its_lines_is_amended(register: Register) -> None:
    trust = row(total="500", ownership_form="I", nature_of_ownership="By Trust")
    enter(
        register,
        paper(row(total="1000"), number=1),
        paper(trust, number=2),
        amendment("990", "2026-03-02", period_of_report="2026-03-02"),
    )

    with register.reading() as session:
        tie = session.scalars(select(LedgerEntry.tie).join(Filed).where(Filed.form == "4/A")).one()
    assert tie == "2026-03-02  0009999001-26-000001 / 2026-06-01 2026-03-02  0009999001-26-000009"


@pytest.mark.parametrize("first", [0, 1])
def test_forms_of_a_day_stand_as_they_were_accepted(register: Register, first: int) -> None:
    """Not by the numbers of two filing agents."""
    morning, evening = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (15, 21))
    papers = [
        paper(row(total="1000"))._replace(accession_number="0009999999-26-000001", accepted_at=morning),
        paper(row(total="900"), number=2)._replace(
            accession_number="0000000001-26-000001", accepted_at=evening
        ),
    ]
    enter(register, papers[first], papers[1 - first])

    assert held(register) == {"Common Stock, direct": "900"}


@pytest.mark.parametrize(
    ("number", "signed", "day"),
    [
        (None, "2026-03-04", "2026-03-04"),
        (None, "2205-01-01", "2026-03-02"),  # after the form was read
        (None, "2026-02-27", "2026-03-02"),  # before what it reports
        ("0009999001-26-000001", "2026-11-20", "2026-11-20"),
        ("0009999001-25-000001", "2026-11-20", "2026-03-02"),  # after the year of its number
    ],
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_day_that_can_not_be_is_not_believed(
    register: Register, number: str | None, signed: str, day: str
) -> None:
    signatures = [{"name": "/s/ Jane Doe", "date": signed}]
    enter(
        register,
        paper(row(total="1000"), signatures=signatures)._replace(filed=None, accession_number=number),
    )

    with register.reading() as session:
        assert session.scalars(select(Filed.day)).one() == date.fromisoformat(day)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_period_long_ago_does_not_make_a_signature_of_today_believable(register: Register) -> None:
    old = paper(row(total="1000"), day="2005-03-02", signatures=[{"name": "x", "date": "2026-01-02"}])
    future = paper(row(total="900"), number=2, day="2031-01-02")
    enter(register, *(each._replace(filed=None, accession_number=None) for each in (old, future)))

    with register.reading() as session:
        days = session.scalars(select(Filed.day).order_by(Filed.id)).all()
    assert days == [date(2005, 3, 2), NOW.date()]


def test_a_number_under_which_something_else_is_on_record_is_refused(register: Register) -> None:
    enter(register, paper(row(total="1000")))

    with register.writing() as session:
        for other, what in (
            (paper(row(total="999")), "on record with other content"),
            (paper(row(total="999"), day="2026-05-01"), "another form's number"),
        ):
            with pytest.raises(
                Form4Error,
                match=f"0009999001-26-000001 is {what}: Doe Jane · Example Widgets Inc., Form 4 filed 2026-03-02",
            ):
                recorded(session, other, NOW)
    assert held(register) == {"Common Stock, direct": "1000"}


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


def test_a_cik_that_is_none_does_not_enter(register: Register) -> None:
    for cik in ("ABC", "123456789012"):
        with register.writing() as session, pytest.raises(Form4Error, match=f'"{cik}" is not a CIK'):
            recorded(session, paper(row(total="1"), owners=[{"cik": cik, "name": "Doe Jane"}]), NOW)
