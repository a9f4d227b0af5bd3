"""Written options: the form counts obligations, whatever it calls acquired and disposed of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.balance import following
from tests.wizard.pilot import LAST, interview
from tests.wizard.test_recipes import brief

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WRITTEN = {
    "kind": "holding",
    "security_title": "Call Option (Obligation to Sell)",
    "exercise_price": "12",
    "date_exercisable": "2024-08-01",
    "expiration_date": "2025-06-20",
    "underlying_title": "Common Stock",
    "amount_owned_following": "1000",
    "ownership_form": "D",
}
_NEW = {"strike": "12", "exercisable": "11/1/24", "expiration": "6/20/25"}
_DAY = {"date": "11/1", "premium": "1"}


def wrote_before() -> dict[str, Any]:
    """The draft of a person whose last filing has a written call for 1,000 shares beside the company's option."""
    return draft_data(
        opening.from_filing(filing_from({**LAST, "derivative": [*LAST["derivative"], _WRITTEN]})[0])
    )


@pytest.mark.parametrize(
    ("events", "lines", "shown"),
    [
        ([("exchange_option", {**_DAY, "side": "P", "quantity": "1000"})], ["II P A 1000 @1 → 0"],
         ["1,000 − 1,000 = 0"]),
        ([("exchange_option", {**_DAY, "side": "S", "quantity": "500"}),
          ("exchange_option", {**_DAY, "side": "P", "quantity": "1200"})],
         ["II S D 500 @1 → 1500", "II P A 1200 @1 → 300"], ["1,000 + 500 = 1,500", "1,500 − 1,200 = 300"]),
        ([("written_expired", {"date": "11/1", "quantity": "400"})], ["II E D 400 @0 → 600"], ["1,000 − 400 = 600"]),
    ],
    ids=["closed", "written more, then closed", "expired"],
)  # fmt: skip
def test_a_line_of_obligations_is_counted_on(
    tmp_path: Path, events: list[tuple[str, Mapping[str, str]]], lines: list[str], shown: list[str]
) -> None:
    data, pilot = interview(tmp_path, events, data=wrote_before())

    assert brief(data) == lines
    assert [ask.shown for ask in pilot.asks if ".after_" in ask.id] == shown
    assert not [ask.id for ask in pilot.asks if ".jump_" in ask.id or ".strike" in ask.id]
    assert "footnotes" not in data
    first = next(ask for ask in pilot.asks if ask.id == "events[0].series")
    assert [option.label for option in first.options] == [
        "Call Option (Obligation to Sell) at $12.00 to 06/20/2025 (1,000)",
        "Another one: its terms are asked",
    ]


@pytest.mark.parametrize("known", [False, True], ids=["new person", "options of the company known"])
def test_writing_the_first_one_asks_for_no_reason(tmp_path: Path, known: bool) -> None:
    start = draft_data(opening.from_filing(filing_from(LAST)[0])) if known else None
    event = {**_DAY, **_NEW, "side": "S", "quantity": "1000", **({} if known else {"before_1": "0"})}
    data, pilot = interview(tmp_path, [("exchange_option", event)], data=start)

    assert brief(data) == ["II S D 1000 @1 → 1000"]
    assert [ask.shown for ask in pilot.asks if ".after_" in ask.id] == ["0 + 1,000 = 1,000"]
    assert not [ask.id for ask in pilot.asks if ".jump_" in ask.id or ".series" in ask.id]


def test_another_one_is_asked_for_its_terms(tmp_path: Path) -> None:
    event = {**_DAY, **_NEW, "strike": "15", "side": "S", "quantity": "100", "series": "other"}
    data, _ = interview(tmp_path, [("exchange_option", event)], data=wrote_before())

    assert brief(data)[0] == "II S D 100 @1 → 100"
    assert data["derivative"][0]["exercise_price"] == "15"


@pytest.mark.parametrize(
    ("title", "code", "direction", "total"),
    [
        ("Call Option (Obligation to Sell)", "S", "D", "1000 + 200"),
        ("Put Option (obligation to buy)", "P", "A", "1000 - 200"),
        ("Put Option (obligation to buy)", "E", "D", "1000 - 200"),
        ("Call Option (Right to Buy)", "S", "D", "1000 - 200"),
        ("Call Option (Right to Buy)", "P", "A", "1000 + 200"),
        ("Forward Contract (obligation to sell)", "J", "D", "1000 - 200"),
    ],
)
def test_a_line_entered_by_hand_is_counted_the_same(
    title: str, code: str, direction: str, total: str
) -> None:
    row = {"security_title": title, "ownership_form": "D"}
    moved = {
        **row,
        "kind": "transaction",
        "transaction_code": code,
        "acquired_disposed": direction,
        "amount": "200",
    }
    data = {"derivative": [{**row, "kind": "holding", "amount_owned_following": "1000"}, moved]}
    found = following(draft_of(data), "derivative", 1)

    assert found is not None
    assert found.words.replace(",", "").replace("−", "-").partition(" = ")[0] == total
