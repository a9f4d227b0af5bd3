"""Pay in shares, in units paid out, and in cash for units: what is asked, which rows follow, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from tests.wizard.data import put
from tests.wizard.pilot import LAST, interview
from tests.wizard.replay import play
from tests.wizard.test_events import above_a_note, brief, played
from tests.wizard.test_narrowing import TEN_PERCENT, asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.wizard.pilot import Pilot

Event = tuple[str, "Mapping[str, str]"]
SALE: Event = ("sold", {"date": "11/1", "quantity": "100", "price": "10", "before_1": "5000"})


def begun() -> dict[str, Any]:
    return draft_data(opening.from_filing(draft_of(LAST).filing))


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def notes(data: Mapping[str, Any]) -> list[str]:
    return [note["text"] for note in data.get("footnotes", ())]


def proposal(pilot: Pilot, name: str) -> str:
    return next(ask.proposal for ask in pilot.asks if ask.id == f"events[0].{name}")


# ---- real filings, from answers


FEES = {"fees": "30000", "fees_for": "the quarter"}
REAL: Mapping[str, tuple[Sequence[Event], Sequence[str]]] = {
    "0000086115-20-000010": (
        [("fees_in_stock", {**FEES, "date": "1/22/2020", "price": "10.91", "quantity": "2525", "before_1": "16738"})],
        ["I A A 4 2525 @10.91 → 19263 D"],
    ),
    "0000897069-23-000838": (
        [("fees_in_stock", {**FEES, "date": "7/7/2023", "price": "5", "quantity": "6709", "shown": "zero",
          "security": "Class A Common Stock", "before_1": "13180"})],
        ["I A A 4 6709 @0 → 19889 D"],
    ),
    "0000769397-23-000145": (
        [("fees_in_stock", {**FEES, "date": "6/21/2023", "price": "5", "quantity": "432", "shown": "zero",
          "before_1": "6627"}),
         ("granted_units", {"style": "table1", "date": "6/21/2023", "quantity": "1202"})],
        ["I A A 4 432 @0 → 7059 D", "I A A 4 1202 @0 → 8261 D"],
    ),
    "0001373670-23-000018": (
        [("bonus_in_stock", {"date": "3/6/2023", "quantity": "93926", "withheld": "34752", "price": "33.01",
          "before_1": "1556072"})],
        ["I A A 4 93926 @0 → 1649998 D", "I F D 4 34752 @33.01 → 1615246 D"],
    ),
    "0000899243-23-008938": (
        [("bonus_in_stock", {"date": "3/15/2023", "quantity": "224099", "withheld": "83311", "price": "0.5801",
          "before_1": "0"})],
        ["I A A 4 224099 @0 → 224099 D", "I F D 4 83311 @0.5801 → 140788 D"],
    ),
    "0000899243-23-008934": (
        [("bonus_in_stock", {"date": "3/15/2023", "quantity": "329066", "withheld": "0", "before_1": "868352"}),
         ("granted_units", {"style": "table1", "date": "3/15/2023", "quantity": "500000"}),
         ("stock_withheld", {"date": "3/15/2023", "quantity": "119440", "price": "0.5801"})],
        ["I A A 4 329066 @0 → 1197418 D", "I A A 4 500000 @0 → 1697418 D", "I F D 4 119440 @0.5801 → 1577978 D"],
    ),
}  # fmt: skip
"""Accession number, answers, and the rows of the filing."""


@pytest.mark.parametrize(("events", "made"), REAL.values(), ids=REAL)
def test_the_rows_of_a_real_filing_follow_from_answers(
    events: Sequence[Event], made: Sequence[str], tmp_path: Path
) -> None:
    data, _ = interview(tmp_path, events)

    assert brief(data) == made


# ---- another event


@pytest.mark.parametrize(
    ("recipe", "answers", "said"),
    [
        (
            "fees_in_stock",
            {"issued": "units"},
            "Choose that event: Deferred fees or pay into phantom or stock units.",
        ),
        (
            "bonus_in_stock",
            {"announced": "units"},
            "Choose that event: RSUs vested, shares withheld for tax, or Deferred stock units paid out in shares.",
        ),
    ],
)
def test_what_is_another_event_is_chosen_again(
    recipe: str, answers: Mapping[str, str], said: str, tmp_path: Path
) -> None:
    data, pilot = interview(tmp_path, [(recipe, answers), SALE])

    assert brief(data) == ["I S D 4 100 @10 → 4900 D"]
    assert said in pages(pilot)
    assert [event["recipe"] for event in data["interview"]["events"]] == ["sold"]


@pytest.mark.parametrize(("case", "answer"), [("38", ("announced", "units")), ("37", ("issued", "units"))])
def test_an_answer_changed_to_another_event_takes_its_rows_with_it(
    case: str, answer: tuple[str, str], tmp_path: Path
) -> None:
    data, _ = played(case)
    name, other = answer
    at = {**data, "interview": {**data["interview"], "at": f"events[0].{name}"}}
    draft, _ = play(tmp_path / "d.form4.json", [(f"events[0].{name}", other), ("happened", "q")], at)

    again = draft_data(draft.draft)
    assert brief(again) == []
    assert again["interview"].get("events", []) == []


# ---- 37


@pytest.mark.parametrize(
    ("fees", "price", "number", "why"),
    [
        ("30000", "24", "1250", "the fees divided by the value"),
        ("30023.99", "24", "1250", "the fees divided by the value, the fraction in cash"),
        ("30024", "24", "1251", "the fees divided by the value"),
    ],
)
def test_the_shares_are_the_fees_divided_by_the_value(
    fees: str, price: str, number: str, why: str, tmp_path: Path
) -> None:
    event = {"date": "11/1", "fees": fees, "price": price, "fees_for": "the quarter", "before_1": "0"}
    data, pilot = interview(tmp_path, [("fees_in_stock", event)])

    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].quantity")
    assert ask.proposal == number
    assert why in ask.shown
    assert brief(data) == [f"I A A 4 {number} @24 → {number} D"]


def test_no_shares_are_worked_out_from_a_value_of_nothing(tmp_path: Path) -> None:
    event = {
        "date": "11/1",
        "fees": "30000",
        "price": "0",
        "fees_for": "the quarter",
        "quantity": "5",
        "before_1": "0",
    }
    _, pilot = interview(tmp_path, [("fees_in_stock", event)])

    assert proposal(pilot, "quantity") == ""


# ---- 38


def test_as_many_withheld_as_were_issued_is_refused(tmp_path: Path) -> None:
    event = {"date": "11/1", "quantity": "1000", "withheld": "350", "price": "30", "before_1": "0"}
    _, pilot = interview(tmp_path, [("bonus_in_stock", event)])
    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].withheld")

    assert ask.check("1000") == "As many as were issued, or more: type those withheld for tax only"
    assert ask.check("999") is None
    assert [a.id for a in pilot.asks if a.id.endswith(".withheld_note")] == ["events[0].withheld_note"]


# ---- who, and what a check says of it when it is wrong


@pytest.mark.parametrize(
    ("recipe", "why"),
    [("fees_in_stock", "code A, Rule 16b-3(d)"), ("bonus_in_stock", "code A, Rule 16b-3(d)")],
)
def test_a_ten_percent_holder_reads_why_it_is_not_theirs(recipe: str, why: str) -> None:
    (option,) = (option for option in asked(TEN_PERCENT).barred if option.value == recipe)

    assert why in option.barred


def finds(data: dict[str, Any], path: tuple[str | int, ...], wrong: object) -> list[str]:
    """The rules that find fault once a cell is another."""
    return [line.split()[1] for line in above_a_note(put(data, path, wrong))]


@pytest.mark.parametrize(
    ("case", "path", "wrong", "rule"),
    [
        ("37", ("non_derivative", 0, "transaction_code"), "F", "TXN-007"),
        ("37 at 0", ("non_derivative", 0, "transaction_code"), "P", "TXN-012"),
        ("38", ("non_derivative", 1, "price"), "0", "TXN-014"),
        ("38", ("non_derivative", 1, "amount_owned_following"), "3350", "HLD-003"),
    ],
)
def test_a_wrong_variant_is_found(case: str, path: tuple[str | int, ...], wrong: object, rule: str) -> None:
    data, _ = played(case)

    assert rule in finds(data, path, wrong)
