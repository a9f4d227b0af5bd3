"""What ends: an option and a power of attorney count on their last day; what an older form says moves nothing back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from form4_author.register import card
from form4_author.register.account import adjusted
from form4_author.register.facts import facts
from form4_author.register.profile import profile
from form4_author.register.record import recorded
from form4_author.register.table import Issuer, Line, Person
from tests.register.papers import NOW, paper, row, xml_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.register.database import Register
    from form4_author.register.record import Paper
    from tests.register.conftest import Said

    Form4 = Callable[..., Said]

LAST_DAY = date(2026, 11, 23)
OPTION = {
    "kind": "transaction", "security_title": "Stock Option", "exercise_price": "12.50", "transaction_date": "2026-03-02",
    "transaction_code": "A", "amount": "500", "price": "0", "acquired_disposed": "A", "date_exercisable": "2026-03-02",
    "expiration_date": LAST_DAY.isoformat(), "underlying_title": "Common Stock", "underlying_amount": "500",
    "amount_owned_following": "500", "ownership_form": "D",
}  # fmt: skip


def enter(register: Register, *papers: Paper) -> None:
    with register.writing() as session:
        for each in papers:
            assert recorded(session, each, NOW) is not None


def begins(register: Register, day: date) -> dict[str, Any]:
    """What the interview of the next form knows on a day."""
    with register.reading() as session:
        person, issuer = session.scalars(select(Person)).one(), session.scalars(select(Issuer)).one()
        interview: dict[str, Any] = profile(session, person, issuer, as_of=day)["interview"]
        return interview


@pytest.mark.long
@pytest.mark.parametrize(("day", "held"), [(LAST_DAY, "500"), (date(2026, 11, 24), "0")])
def test_an_option_is_held_on_its_last_day(day: date, held: str, register: Register) -> None:
    enter(register, paper(row(total="1000"), derivative=[OPTION]))

    found = {
        line["security_title"]: line["amount_owned_following"] for line in begins(register, day)["carried"]
    }
    assert found == {"Common Stock": "1000", "Stock Option": held}


@pytest.mark.parametrize(
    ("day", "signing"),
    [
        (LAST_DAY, [{"capacity": "attorney", "agent": "Sam Roe", "signed_last": "Sam Roe"}]),
        (date(2026, 11, 24), []),
    ],
)
def test_a_power_of_attorney_holds_on_its_last_day(
    day: date, signing: list[dict[str, str]], register: Register
) -> None:
    enter(register, paper(row(total="1000")))
    with register.writing() as session:
        poa = card.KINDS["poa"]
        card.edited(session, poa, card.card_by_words(session, poa, "1"), {"until": LAST_DAY})

    assert begins(register, day).get("signing", []) == signing


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["older first", "newer first"])
def test_the_wording_of_a_power_is_that_of_the_latest_form(order: tuple[int, int], form4: Form4) -> None:
    """An older form that is imported afterwards does not take it back."""
    papers = (
        paper(row(total="1000"), signatures=[{"name": "/s/ Sam Roe by power of attorney for Jane Doe", "date": "2026-03-02"}]),
        paper(
            row(total="1100"), day="2026-04-01", number=2,
            signatures=[{"name": "/s/ Sam Roe, Attorney-in-Fact for Jane Doe", "date": "2026-04-01"}],
        ),
    )  # fmt: skip
    for number in order:
        form4("import", xml_file(papers[number]))

    found = form4("poa", "list", "--json").data
    assert [(power["wording"], power["used"]) for power in found] == [
        ("/s/ Sam Roe, Attorney-in-Fact for Jane Doe", "2026-04-01")
    ]


@pytest.mark.parametrize(("table", "told"), [("non_derivative", 1), ("derivative", 0)])
def test_the_checks_are_told_what_moved_lines_of_table_1(table: str, told: int, register: Register) -> None:
    """They compare it with the totals of Table I; units of Table II may bear the same name."""
    units = {**OPTION, "security_title": "Common Stock"}
    filed = paper(row(total="1000"), derivative=[units])
    enter(register, filed)
    with register.writing() as session:
        line = next(found for found in session.scalars(select(Line)) if found.cells["table"] == table)
        adjusted(line, Decimal("12.5"), date(2026, 3, 31), "dividend reinvested", NOW)

    with register.reading() as session:
        found = facts(session, filed.filing).adjustments or ()
    assert [(each.change, each.day) for each in found] == [(Decimal("12.5"), date(2026, 3, 31))] * told
