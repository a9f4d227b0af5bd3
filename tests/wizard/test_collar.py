"""Collars: both options entered once, as a pair; real filings from answers; counted once under Section 16(b)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.run import check_draft
from form4_author.model.facts import PriorFiling
from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import RowPlace
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wizard.draft import opening
from tests.wizard.data import put
from tests.wizard.pilot import interview
from tests.wizard.replay import TODAY
from tests.wizard.test_class_wide import begun, notes, stock
from tests.wizard.test_events import above_a_note, brief, played

if TYPE_CHECKING:
    from pathlib import Path

CALL = "Call option (obligation to sell)"
PUT = "Put option (right to sell)"
COMMON = "Series C Common Stock"


def leg(title: str, strike: str, number: str, last: str = "2028-08-25") -> dict[str, Any]:
    return {
        **stock(number, title=title),
        "exercise_price": strike,
        "date_exercisable": last,
        "expiration_date": last,
        "underlying_title": COMMON,
        "underlying_amount": number,
    }


OLD = (leg(CALL, "228.0143", "400000"), leg(PUT, "145.9291", "400000"))
PAID = "The collar was entered into at no cost; the price of each option is that of both."


def test_an_amended_collar_as_a_real_director_reports_it(tmp_path: Path) -> None:
    """0001104659-23-040323: the old pair ends under codes E and J, the new one begins under S and P, all flagged.

    The filing lists the new pair first, and has footnotes in place of prices and dates.
    """
    ended = {
        "collar": "amended", "date": "11/1", "series": "0", "quantity": "400000", "security": COMMON,
        "call_price": PAID, "put_price": PAID,
    }  # fmt: skip
    new = {
        "collar": "entered", "date": "11/1", "quantity": "400000", "security": COMMON, "option": CALL,
        "put_title": PUT, "strike": "114.0030", "put_strike": "71.5500", "exercisable": "8/25/2028",
        "expiration": "8/25/2028", "call_price": PAID, "put_price": PAID,
    }  # fmt: skip
    data, pilot = interview(
        tmp_path, [("collar", ended), ("collar", new)], data=begun((stock("500000", title=COMMON),), OLD)
    )

    assert brief(data)[-4:] == [
        "II E D 4 400000 @ → 0 D",
        "II J D 4 400000 @ → 0 D",
        "II S D 4 400000 @ → 400000 D",
        "II P A 4 400000 @ → 400000 D",
    ]
    rows = data["derivative"][-4:]
    assert [row["equity_swap"] for row in rows] == [True] * 4
    assert [row["security_title"] for row in rows] == [CALL, PUT, CALL, PUT]
    assert [row["exercise_price"] for row in rows] == ["228.0143", "145.9291", "114.0030", "71.5500"]
    assert "The put and the call of the collar are deemed canceled by its amendment." in notes(data)
    assert above_a_note(data) == []
    said = " ".join(" ".join(line for page in pilot.pages for line in page).split())
    assert "The new pair has two lines, too: choose this event again afterwards, as entered." in said


def test_a_collar_of_the_last_form_closes_as_a_pair(tmp_path: Path) -> None:
    """0001839882-23-007218, a termination: P and S, both disposed of. Only the call is chosen; its put is proposed."""
    closed = {
        "collar": "closed", "date": "11/1", "series": "0", "quantity": "400000", "security": COMMON,
        "call_price": PAID, "put_price": PAID,
    }  # fmt: skip
    data, pilot = interview(tmp_path, [("collar", closed)], data=begun((stock("500000", title=COMMON),), OLD))

    assert brief(data)[-2:] == ["II P D 4 400000 @ → 0 D", "II S D 4 400000 @ → 0 D"]
    shown = {ask.id: ask.shown for ask in pilot.asks}
    assert (shown["events[0].put_title"], shown["events[0].put_strike"]) == (
        f"{PUT}  (as last reported)",
        "$145.9291  (as last reported)",
    )
    assert "events[0].strike" not in shown
    assert above_a_note(data) == []


def test_two_puts_of_one_day_leave_the_floor_to_be_typed(tmp_path: Path) -> None:
    closed = {
        "collar": "closed", "date": "11/1", "series": "0", "quantity": "400000", "security": COMMON,
        "put_title": PUT, "put_strike": "145.9291", "call_price": "3", "put_price": "1",
    }  # fmt: skip
    lines = (*OLD, leg(PUT, "90", "100"))
    data, pilot = interview(
        tmp_path, [("collar", closed)], data=begun((stock("500000", title=COMMON),), lines)
    )

    shown = {ask.id: ask.shown for ask in pilot.asks}
    assert shown["events[0].put_strike"] == ""
    assert [line for line in brief(data) if " D 4 " in line] == [
        "II P D 4 400000 @3 → 0 D",
        "II S D 4 400000 @1 → 0 D",
    ]


def test_a_closing_may_be_shown_as_acquired(tmp_path: Path) -> None:
    closed = {
        "collar": "closed", "date": "11/1", "series": "0", "quantity": "400000", "security": COMMON,
        "call_price": "3", "put_price": "1", "closing": "PA", "contract": "listed",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("collar", closed)], data=begun((stock("500000", title=COMMON),), OLD))

    assert brief(data)[-2:] == ["II P A 4 400000 @3 → 0 D", "II S D 4 400000 @1 → 0 D"]
    assert above_a_note(data) == []


def test_an_expired_collar_is_asked_as_a_written_option(tmp_path: Path) -> None:
    event = {"collar": "expired", "date": "11/1", "quantity": "400000", "security": COMMON, "series": "0"}
    data, pilot = interview(tmp_path, [("collar", event)], data=begun((stock("500000", title=COMMON),), OLD))

    assert data["interview"]["events"][0]["recipe"] == "written_expired"
    assert [line for line in brief(data) if "II E" in line] == ["II E D 4 400000 @0 → 0 D"]
    assert (
        "A put that expired for no value is not reportable (Rule 16a-4(d)): the next form leaves it out."
    ) in " ".join(" ".join(line for page in pilot.pages for line in page).split())


@pytest.mark.parametrize(
    ("case", "row", "column", "wrong", "rule"),
    [
        ("51", 0, "security_title", "Call Option", "DRV-015"),
        ("51 listed", 1, "security_title", "Put Option", "DRV-015"),
        ("51 amended", 1, "transaction_code", "X", "DRV-009"),
    ],
)
def test_a_wrong_variant_is_found(case: str, row: int, column: str, wrong: str, rule: str) -> None:
    data, _ = played(case)
    found = [
        {f.id for f in check_draft(draft_of(each), TODAY, sec_calendar())}
        for each in (data, put(data, ("derivative", row, column), wrong))
    ]

    assert (rule in found[0], rule in found[1]) == (False, True), found[1] - found[0]


def test_the_next_form_begins_with_both_options() -> None:
    carried = opening.carried_lines(draft_of(played("51")[0]).filing, "the last form")

    assert [(line.text("security_title"), line.text("amount_owned_following")) for line in carried] == [
        ("Call Option (obligation to sell)", "1000"),
        ("Put Option (right to sell)", "1000"),
    ]


def test_short_swing_counts_the_shares_of_a_new_collar_once() -> None:
    filing = draft_of(played("51")[0]).filing
    prior = PriorFiling(filing=filing, file="form.xml")
    reading = read((RowPlace(prior, path), row) for path, row in filing.transactions())

    assert [(trade.code, trade.side.value, trade.shares) for trade in reading.trades] == [
        ("S/K", "sale", Decimal(1000))
    ]
    assert [entry.code for entry in reading.left_out] == ["P/K"]
    assert reading.questions == ()
