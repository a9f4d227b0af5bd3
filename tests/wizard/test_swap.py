"""Equity swaps: lines of Table II with a total of their own, which never move the total of the shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.balance import following
from tests.wizard.pilot import LAST, interview
from tests.wizard.test_events import PRICED, SWAP, brief

if TYPE_CHECKING:
    from pathlib import Path

_TERMS = "Cash-settled swap with a bank on the issuer's stock."
_OPEN = {
    "kind": "transaction",
    "security_title": "Cash-Settled Equity Swap (short)",
    "exercise_price": "20",
    "transaction_code": {"value": "S", "footnotes": ["F1"]},
    "date_exercisable": {"footnotes": ["F1"]},
    "expiration_date": "2027-03-03",
    "underlying_title": "Common Stock",
    "underlying_amount": "1000",
    "ownership_form": "D",
    "amount_owned_following": "1000",
}


def swapped_before() -> dict[str, Any]:
    """The draft of a person whose last filing has a short swap on 1,000 shares beside 5,000 shares and an option."""
    last = {**LAST, "derivative": [*LAST["derivative"], _OPEN], "footnotes": [{"id": "F1", "text": _TERMS}]}
    return draft_data(opening.from_filing(filing_from(last)[0]))


def test_a_short_swap_is_closed_on_its_own_line_and_the_shares_stay(tmp_path: Path) -> None:
    closed = {"date": "11/1", "direction": "short_closed", "quantity": "400", "price": "17", "swap": _TERMS}
    sale = {**PRICED, "before_1": "", "quantity": "100"}
    data, pilot = interview(tmp_path, [("equity_swap", closed), ("sold", sale)], data=swapped_before())

    assert brief(data)[0] == "I S D 4 100 @10.50 → 4900 D"
    assert brief(data)[2] == "II P A 4 400 @17 → 600 D"
    row = data["derivative"][0]
    assert row["security_title"] == "Cash-Settled Equity Swap (short)"
    assert (row["exercise_price"], row["expiration_date"], row["underlying_title"]) == (
        "20",
        "2027-03-03",
        "Common Stock",
    )
    (series,) = (ask for ask in pilot.asks if ask.id == "events[0].series")
    assert [option.label for option in series.options] == [
        "Cash-Settled Equity Swap (short) at $20.00 to 03/03/2027 (1,000)",
        "Another one: its terms are asked",
    ]
    assert not [ask.id for ask in pilot.asks if ask.id in ("events[0].security", "events[0].strike")]
    assert [ask.shown for ask in pilot.asks if ask.id == "events[0].after_1"] == ["1,000 − 400 = 600"]


def test_another_swap_that_is_closed_is_asked_for_its_terms(tmp_path: Path) -> None:
    other = {**SWAP, "direction": "long_closed", "series": "other", "strike": "8", "before_1": "3000"}
    data, _ = interview(tmp_path, [("equity_swap", other)], data=swapped_before())

    row = data["derivative"][0]
    assert brief(data) == ["II S D 4 1000 @10.50 → 2000 D"]
    assert (row["security_title"], row["exercise_price"]) == ("Cash-Settled Equity Swap (long)", "8")


@pytest.mark.parametrize("direction", ["A", "D"])
def test_a_swap_that_is_opened_is_a_new_line_that_held_nothing(tmp_path: Path, direction: str) -> None:
    """Nobody is asked what it held before, so that no total of the shares is taken for it."""
    _, pilot = interview(tmp_path, [("equity_swap", {**SWAP, "direction": direction, "before_1": "5000"})])

    asked = {ask.id: ask for ask in pilot.asks}
    assert "events[0].before_1" not in asked
    assert asked["events[0].after_1"].shown == "0 + 1,000 = 1,000"


def test_an_increase_of_a_swap_goes_on_with_its_line(tmp_path: Path) -> None:
    more = {"date": "11/1", "direction": "short_increased", "quantity": "400", "price": "22", "swap": _TERMS}
    data, _ = interview(tmp_path, [("equity_swap", more)], data=swapped_before())

    assert brief(data) == ["II S D 4 400 @22 → 1400 D"]
    assert data["derivative"][0]["exercise_price"] == "20"


@pytest.mark.parametrize("direction", ["A", "D"])
def test_a_swap_that_is_opened_begins_with_nothing_and_leaves_the_shares(
    tmp_path: Path, direction: str
) -> None:
    swap = {**SWAP, "direction": direction, "before_1": ""}
    sale = {**PRICED, "before_1": "", "quantity": "100"}
    data, _ = interview(tmp_path, [("equity_swap", swap), ("sold", sale)], data=swapped_before())

    letter = {"A": "P A", "D": "S D"}[direction]
    assert brief(data)[0] == "I S D 4 100 @10.50 → 4900 D"
    assert brief(data)[2] == f"II {letter} 4 1000 @10.50 → 1000 D"


@pytest.mark.parametrize(("swap", "total"), [(True, "5,000 + 0 = 5,000"), (False, "5,000 + 1,000 = 6,000")])
def test_a_swap_entered_by_hand_in_table_1_moves_no_shares(swap: bool, total: str) -> None:
    row = {"security_title": "Common Stock", "ownership_form": "D"}
    moved = {**row, "kind": "transaction", "acquired_disposed": "A", "amount": "1000", "equity_swap": swap}
    data = {
        "non_derivative": [
            {**row, "kind": "holding", "amount_owned_following": "5000"},
            {**moved, "transaction_code": "P"},
        ]
    }
    found = following(draft_of(data), "non_derivative", 1)

    assert found is not None
    assert found.words == total


@pytest.mark.parametrize(
    ("title", "code", "total"),
    [
        ("Equity Swap (short)", "S", "1200"),
        ("Equity Swap (short)", "P", "800"),
        ("Short Total Return Swap", "S", "1200"),
        ("Equity Swap (long)", "S", "800"),
        ("Equity Swap (long)", "P", "1200"),
    ],
)
def test_a_short_swap_counts_what_is_open(title: str, code: str, total: str) -> None:
    row = {"security_title": title, "ownership_form": "D"}
    letter = {"S": "D", "P": "A"}[code]
    moved = {
        **row,
        "kind": "transaction",
        "transaction_code": code,
        "acquired_disposed": letter,
        "amount": "200",
    }
    data = {"derivative": [{**row, "kind": "holding", "amount_owned_following": "1000"}, moved]}
    found = following(draft_of(data), "derivative", 1)

    assert found is not None
    assert found.text == total
