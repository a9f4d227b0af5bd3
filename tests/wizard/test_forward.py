"""Prepaid variable forwards: signed, settled, terminated; the pledged shares stay until they are delivered."""

from __future__ import annotations

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
from tests.wizard.test_class_wide import begun, in_words, notes, stock
from tests.wizard.test_events import above_a_note, brief, played

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Prepaid Variable Forward Sale Contract (obligation to sell)"
SIGNED: dict[str, Any] = {
    "forward": "signed", "date": "11/1", "security": "Common Stock", "quantity": "10000", "expiration": "3/15/2029",
    "floor": "40", "cap": "55", "prepayment": "360000", "cash_choice": "yes", "ownership": "D",
}  # fmt: skip
TERMS = (
    "Obligation to deliver up to 10,000 shares on 03/15/2029; below $40.00 all, between $40.00 and $55.00 a value of "
    "$40.00 per share, above $55.00 fewer. The reporting person may pay cash instead. Prepayment $360,000.00. 10,000 "
    "shares are pledged; voting rights and dividends are retained."
)


@pytest.mark.parametrize(("code", "made"), [("J", "II J A 4"), ("S", "II S D 4")])
def test_signing_adds_the_obligation_and_moves_no_shares(code: str, made: str, tmp_path: Path) -> None:
    event = {**SIGNED, "signed_code": code}
    data, _ = interview(tmp_path, [("variable_forward", event)], data=begun((stock("50000"),), ()))

    assert brief(data) == [f"{made} 10000 @36 → 10000 D"]
    assert notes(data) == [TERMS]
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("answers", "made", "note"),
    [
        (
            {"forward": "settled", "delivered_shares": "7500"},
            ["I J D 4 7500 @ → 42500 D", "II J D 4 10000 @0 → 0 D"],
            "Settlement of a prepaid variable forward contract by delivery of 7,500 shares.",
        ),
        (
            {"forward": "settled", "delivered_shares": "7500", "delivered_price": "48"},
            ["I J D 4 7500 @48 → 42500 D", "II J D 4 10000 @0 → 0 D"],
            "Settlement of a prepaid variable forward contract by delivery of 7,500 shares.",
        ),
        (
            {"forward": "early", "paid_in": "cash"},
            ["II J D 4 10000 @0 → 0 D"],
            "Early termination of a prepaid variable forward contract by payment of cash.",
        ),
    ],
    ids=["shares", "at a price", "cash"],
)
def test_a_contract_of_the_last_form_ends(
    answers: dict[str, str], made: list[str], note: str, tmp_path: Path
) -> None:
    contract = {**in_words(TITLE, "10000", "Common Stock"), "expiration_date": "2029-03-15"}
    event = {"date": "11/1", "security": "Common Stock", "series": "0", "quantity": "10000", **answers}
    data, pilot = interview(
        tmp_path, [("variable_forward", event)], data=begun((stock("50000"),), (contract,))
    )

    assert brief(data) == made
    assert note in notes(data)
    assert not [ask.id for ask in pilot.asks if ask.id in ("events[0].option", "events[0].unit_note")]
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("case", "table", "column", "wrong", "rule"),
    [
        ("50", "derivative", "security_title", "Call Option", "DRV-015"),
        ("50 delivered", "non_derivative", "transaction_code", "M", "DRV-010"),
    ],
)
def test_a_wrong_variant_is_found(case: str, table: str, column: str, wrong: str, rule: str) -> None:
    data, _ = played(case)
    found = [
        {f.id for f in check_draft(draft_of(each), TODAY, sec_calendar())}
        for each in (data, put(data, (table, 0, column), wrong))
    ]

    assert (rule in found[0], rule in found[1]) == (False, True), found[1] - found[0]


@pytest.mark.parametrize(("case", "held"), [("50", "1000"), ("50 cash", "0")])
def test_the_next_form_has_the_contract_while_it_is_open(case: str, held: str) -> None:
    carried = opening.carried_lines(draft_of(played(case)[0]).filing, "the last form")

    assert [(line.text("security_title"), line.text("amount_owned_following")) for line in carried] == [
        (TITLE, held)
    ]


@pytest.mark.parametrize(
    ("case", "matched", "left_out", "questions"),
    [
        ("50", ["J/K"], [], []),
        ("50 S", ["S/K"], [], []),
        ("50 delivered", [], ["J", "J/K"], []),
        ("50 cash", [], [], ["J/K"]),
    ],
)
def test_short_swing_takes_the_signing_as_the_sale(
    case: str, matched: list[str], left_out: list[str], questions: list[str]
) -> None:
    """An early termination is not fixed by the contract's formula: it is asked about."""
    filing = draft_of(played(case)[0]).filing
    prior = PriorFiling(filing=filing, file="form.xml")
    reading = read((RowPlace(prior, path), row) for path, row in filing.transactions())

    assert [trade.code for trade in reading.trades] == matched
    assert [entry.code for entry in reading.left_out] == left_out
    assert [entry.code for entry in reading.questions] == questions
