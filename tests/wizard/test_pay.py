"""Pay in shares, in units paid out, and in cash for units: what is asked, which rows follow, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.model.facts import PriorFiling
from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import RowPlace
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
PAID = {"paid_after": "the units vested", "exercisable": "The units vest each year.", "expiration": "None."}
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
    "0001062993-23-000646": (
        [("deferred_paid", {**PAID, "date": "1/4/2023", "security": "Common Units", "unit": "Phantom Units",
          "settled": "4603", "withheld": "1573", "price": "34.66", "before_1": "11323", "before_2": "13807"})],
        ["I M A 4 4603 @0 → 15926 D", "I F D 4 1573 @34.66 → 14353 D", "II M D 4 4603 @0 → 9204 D"],
    ),
    "0001209191-23-000931": (
        [("deferred_paid", {**PAID, "date": "12/31/2022", "security": "Class A Common Stock", "unit": "Phantom Stock",
          "settled": "9844", "before_1": "13629", "before_2": "25746"})],
        ["I M A 4 9844 @0 → 23473 D", "II M D 4 9844 @0 → 15902 D"],
    ),
    "0000936340-23-000010": (
        [("deferred_paid", {**PAID, "date": "1/2/2023", "unit": "Phantom Stock", "settled": "1456.79",
          "cashed": "0.79", "cash_price": "117.53", "before_1": "2560", "before_2": "4525.38"})],
        ["I M A 4 1456.79 @0 → 4016.79 D", "I D D 4 0.79 @117.53 → 4016 D", "II M D 4 1456.79 @0 → 3068.59 D"],
    ),
    "0001127602-23-010640": (
        [("paid_in_cash", {**PAID, "date": "3/15/2023", "settled": "19775", "price": "28.49", "before_1": "2314872",
          "before_2": "237303"})],
        ["I M A 4 19775 @0 → 2334647 D", "I D D 4 19775 @28.49 → 2314872 D", "II M D 4 19775 @0 → 217528 D"],
    ),
    "0000091576-23-000090": (
        [("paid_in_cash", {**PAID, "kind": "chosen", "date": "5/19/2023", "security": "Common Shares",
          "unit": "Deferred Shares", "settled": "13876", "cashed": "6938", "price": "10.67", "before_1": "68374",
          "before_2": "49083"})],
        ["I M A 4 13876 @0 → 82250 D", "I D D 4 6938 @10.67 → 75312 D", "II M D 4 13876 @0 → 35207 D"],
    ),
    "0001225208-23-001000": (
        [("fund_switch", {**PAID, "date": "1/25/2023", "security": "Phantom Stock", "direction": "D",
          "underlying": "Class A Common Stock", "quantity": "129.6490", "price": "40.1000", "ownership": "D",
          "before_1": "1823.195"})],
        ["II I D 4 129.6490 @40.1000 → 1693.5460 D"],
    ),
}  # fmt: skip
"""Accession number, answers, and the rows of the filing; a price of 0 where it has a footnote alone."""


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
        ("deferred_paid", {"paid_in": "cash"}, "Choose that event: Units or SARs paid in cash."),
        (
            "deferred_paid",
            {"paid_in": "fund"},
            "Choose that event: Switched funds in a 401(k) or deferral plan.",
        ),
        (
            "paid_in_cash",
            {"moment": "person"},
            "Choose that event: Switched funds in a 401(k) or deferral plan.",
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


@pytest.mark.parametrize(
    ("case", "answer"),
    [("38", ("announced", "units")), ("37", ("issued", "units")), ("40", ("moment", "person"))],
)
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


# ---- 39


def test_units_of_table_1_need_something_withheld_or_paid_in_cash(tmp_path: Path) -> None:
    event = {
        "style": "table1", "date": "11/1", "withheld": "0", "cashed": "0.5", "cash_price": "40", "before_1": "50",
        "paid_after": "the end of service",
    }  # fmt: skip
    data, pilot = interview(tmp_path, [("deferred_paid", event)])
    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].cashed")

    assert brief(data) == ["I D D 4 0.5 @40 → 49.5 D"]
    assert ask.proposal == ""
    assert ask.check("0") == (
        "Nothing withheld and nothing in cash: units reported in Table I then have no line. Type how many, or go back "
        "(<)"
    )


@pytest.mark.parametrize(
    ("table", "title", "style"),
    [
        ("non_derivative", "Deferred Stock Units", "table1"),
        ("non_derivative", "Common Stock", "table2"),
        ("derivative", "Phantom Stock Units", "table2"),
    ],
)
def test_the_table_is_that_of_the_last_form(table: str, title: str, style: str, tmp_path: Path) -> None:
    held = {
        "kind": "holding", "security_title": title, "amount_owned_following": "900", "ownership_form": "D",
    }  # fmt: skip
    last = {**LAST, "non_derivative": [], "derivative": [], table: [held]}
    start = draft_data(opening.from_filing(draft_of(last).filing))
    event = {**PAID, "date": "11/1", "security": "Common Stock", "settled": "100", "withheld": "40", "price": "9",
             "before_1": "900", "before_2": "900"}  # fmt: skip
    _, pilot = interview(tmp_path, [("deferred_paid", event)], data=start)

    assert proposal(pilot, "style") == style


# ---- 40


@pytest.mark.parametrize(("approved", "code"), [("", "D"), ("yes", "D"), ("no", "S")])
def test_a_payment_in_cash_without_approval_is_a_sale(approved: str, code: str, tmp_path: Path) -> None:
    event = {"date": "11/1", "settled": "300", "price": "28", "approved": approved}
    data, pilot = interview(tmp_path, [("paid_in_cash", event)], data=begun())

    assert brief(data)[:2] == ["I M A 4 300 @0 → 5300 D", f"I {code} D 4 300 @28 → 5000 D"]
    assert "II M D 4 300 @0 → 2700 D" in brief(data)
    assert (
        "Each unit was settled in cash for $28.00, the closing price of Common Stock on 11/01/2024."
        in notes(data)
    )
    confirmed = "code D, which claims Rule 16b-3(e). Confirm the approval before filing" in pages(pilot)
    assert confirmed is (approved == "")


def test_more_in_cash_than_was_settled_is_refused(tmp_path: Path) -> None:
    event = {"date": "11/1", "settled": "300", "price": "28"}
    _, pilot = interview(tmp_path, [("paid_in_cash", event)], data=begun())
    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].cashed")

    assert ask.check("301") == "More than were settled: type the part that was paid in cash"
    assert ask.check("300") is None
    assert ask.proposal == "300"


@pytest.mark.parametrize(
    ("kind", "title"),
    [("only", "Cash-Settled Restricted Stock Units"), ("chosen", "Restricted Stock Units")],
)
def test_the_title_says_that_units_pay_in_cash_only(kind: str, title: str, tmp_path: Path) -> None:
    event = {
        **PAID,
        "kind": kind,
        "date": "11/1",
        "settled": "300",
        "price": "28",
        "before_1": "0",
        "before_2": "300",
    }
    _, pilot = interview(tmp_path, [("paid_in_cash", event)])

    assert proposal(pilot, "unit") == title


# ---- who, and what a check says of it when it is wrong


@pytest.mark.parametrize(
    ("recipe", "why"),
    [
        ("fees_in_stock", "code A, Rule 16b-3(d)"),
        ("bonus_in_stock", "code A, Rule 16b-3(d)"),
        ("deferred_paid", "code M, Rule 16b-3"),
        ("paid_in_cash", "code D, Rule 16b-3(e)"),
    ],
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
        ("39 withheld", ("non_derivative", 0, "amount"), "650", "DRV-011"),
        ("39", ("derivative", 0, "acquired_disposed"), "A", "TXN-008"),
        ("40", ("non_derivative", 1, "transaction_code"), "F", "TXN-049"),
        ("40 SAR", ("non_derivative", 0, "price"), "28", "DRV-014"),
        ("38", ("non_derivative", 1, "amount_owned_following"), "3350", "HLD-003"),
    ],
)
def test_a_wrong_variant_is_found(case: str, path: tuple[str | int, ...], wrong: object, rule: str) -> None:
    data, _ = played(case)

    assert rule in finds(data, path, wrong)


# ---- what the ledger and the short-swing account make of the rows


@pytest.mark.parametrize(
    ("case", "exempt", "matched", "questions"),
    [
        ("37", ["A"], [], []),
        ("38", ["A", "F"], [], []),
        ("39", ["M", "D", "M"], [], []),
        ("39 Table I", ["F"], ["S"], []),
        ("40", ["M", "D", "M"], [], []),
        ("40 SAR", ["M", "M"], ["S"], []),
        ("43", [], ["P"], ["P"]),
        ("43 approved", ["A"], [], []),
        ("43 offering", [], ["P"], []),
        ("44", ["X", "X"], ["S"], []),
        ("44 J", ["X", "X"], [], ["J", "J"]),
        ("44 award", ["M", "F", "M"], [], []),
    ],
)
def test_short_swing_reads_the_rows(
    case: str, exempt: list[str], matched: list[str], questions: list[str]
) -> None:
    """The warrants of a unit whose price is not divided have no price to be matched at: they are listed."""
    filing = draft_of(played(case)[0]).filing
    prior = PriorFiling(filing=filing, file="form.xml")
    reading = read((RowPlace(prior, path), row) for path, row in filing.transactions())

    assert [entry.code for entry in reading.left_out] == exempt
    assert [trade.code for trade in reading.trades] == matched
    assert [entry.code for entry in reading.questions] == questions


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        ("37", [("Common Stock", "5250")]),
        ("38", [("Common Stock", "2650")]),
        ("39", [("Common Stock", "2400"), ("Phantom Stock Units", "0")]),
        ("40", [("Common Stock", "5000"), ("Cash-Settled Restricted Stock Units", "400")]),
        ("43", [("Common Stock", "15000"), ("Warrant (Right to Buy)", "2500")]),
        ("44", [("Common Stock", "425"), ("Warrant (Right to Buy)", "0")]),
    ],
)
def test_the_next_form_begins_with_what_is_left(case: str, lines: list[tuple[str, str]]) -> None:
    filing = draft_of(played(case)[0]).filing
    carried = opening.carried_lines(filing, "the last form")

    assert [(line.text("security_title"), line.text("amount_owned_following")) for line in carried] == lines


def test_a_right_of_the_last_form_is_only_chosen(tmp_path: Path) -> None:
    held = {
        "kind": "holding", "security_title": "Stock Appreciation Right", "exercise_price": "12.50",
        "date_exercisable": "2020-01-01", "expiration_date": "2030-01-01", "underlying_title": "Common Stock",
        "amount_owned_following": "1000", "ownership_form": "D",
    }  # fmt: skip
    last = {**LAST, "derivative": [*LAST["derivative"], held]}
    start = draft_data(opening.from_filing(draft_of(last).filing))
    event = {"kind": "sar", "date": "11/1", "settled": "300", "price": "28", "series": "2", "approved": "yes"}
    data, pilot = interview(tmp_path, [("paid_in_cash", event)], data=start)

    assert "II M D 4 300 @0 → 700 D" in brief(data)
    assert brief(data)[:2] == ["I M A 4 300 @12.50 → 5300 D", "I D D 4 300 @28 → 5000 D"]
    assert not [ask for ask in pilot.asks if ask.id in ("events[0].strike", "events[0].option")]
