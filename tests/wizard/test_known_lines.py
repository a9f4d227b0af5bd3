"""Events of a person whose last filing is known: what is proposed from it, and the lines that go on from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.event import open_event_days
from tests.wizard.pilot import LAST, interview
from tests.wizard.test_events import above_a_note, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.wizard.pilot import Pilot

DAY = {"date": "11/1"}
SALE = {**DAY, "quantity": "100", "price": "10.50"}
MERGER = "Disposed of in a merger of the issuer; the price is the value of the consideration per share."
WITHHELD = (
    "The reported shares were withheld to pay taxes in connection with the vesting of restricted stock units."
)
TERMS = "The award vests in three equal annual installments, subject to continued service."


def known(*notes: str, derivative: tuple[Mapping[str, Any], ...] = ()) -> dict[str, Any]:
    """A draft that begins with the last filing; ``notes``: further footnotes of it, ``derivative``: further lines."""
    extra = [{"id": f"F{n}", "text": text} for n, text in enumerate(notes, 3)]
    last = {
        **LAST,
        "footnotes": [*LAST["footnotes"], *extra],
        "derivative": [*LAST["derivative"], *derivative],
    }
    if notes:
        first = {
            **LAST["non_derivative"][0],
            "security_title": {"value": "Common Stock", "footnotes": [n["id"] for n in extra]},
        }
        last["non_derivative"] = [first, *LAST["non_derivative"][1:]]
    return draft_data(opening.from_filing(filing_from(last)[0]))


def from_table_2(data: Mapping[str, Any]) -> list[str]:
    """The rows of Table II and the footnotes, every cell."""
    lines = whole(data).splitlines()
    return lines[next(n for n, line in enumerate(lines) if line.startswith("II-1")) :]


def test_a_name_that_ends_in_a_period_has_one(tmp_path: Path) -> None:
    data = known()
    data["owners"][0]["name"] = "Roe Richard B."

    _, pilot = interview(tmp_path, [("sold", SALE)], data=data)

    assert any("Roe Richard B. Held then: " in " ".join(page) for page in pilot.pages)


def asked(pilot: Pilot, event: int = 0) -> list[str]:
    """The questions of a card, by their names."""
    return [a.id.rpartition(".")[2] for a in pilot.asks if a.id.startswith(f"events[{event}].")]


def proposals(pilot: Pilot, name: str) -> list[str]:
    return [a.proposal for a in pilot.asks if a.id.endswith(f".{name}")]


def options(pilot: Pilot, name: str) -> list[str]:
    return [o.label for a in pilot.asks if a.id.endswith(f".{name}") for o in a.options]


CLASS_B = {
    "kind": "holding",
    "security_title": "Class B Common Stock",
    "exercise_price": {"footnotes": ["F3"]},
    "date_exercisable": {"footnotes": ["F3"]},
    "expiration_date": {"footnotes": ["F3"]},
    "underlying_title": "Class A Common Stock",
    "underlying_amount": "500",
    "amount_owned_following": "500",
    "ownership_form": "D",
}
B_NOTE = "Each share of Class B converts into one share of Class A at any time; it does not expire."


# ---- words that are proposed


@pytest.mark.parametrize(
    "words",
    [
        WITHHELD,
        "Shares withheld upon the vesting of an award.",
        "Delivered for taxes due on vesting.",
        "Sold upon vesting.",
        "Includes dividend equivalents, which vest with the award.",
        "Forfeited before the award was to vest.",
        "The option vests at once.",
    ],
)
def test_what_else_tells_of_a_vesting_is_no_vesting_term(words: str, tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("granted_stock", {**DAY, "quantity": "1000"})], data=known(words))

    assert proposals(pilot, "vesting") == [""]


@pytest.mark.parametrize(
    ("recipe", "words"), [("granted_stock", TERMS), ("granted_units", "The units vest each November 1.")]
)
def test_the_vesting_terms_of_the_last_filing_are_proposed(recipe: str, words: str, tmp_path: Path) -> None:
    answers = {**DAY, "quantity": "1000", "style": "table1"}
    _, pilot = interview(tmp_path, [(recipe, answers)], data=known(WITHHELD, TERMS))

    assert proposals(pilot, "vesting") == [words]


def test_terms_of_units_are_not_proposed_for_stock(tmp_path: Path) -> None:
    units = "The restricted stock units vest in three equal annual installments."
    _, pilot = interview(tmp_path, [("granted_stock", {**DAY, "quantity": "1000"})], data=known(units))

    assert proposals(pilot, "vesting") == [""]


def test_what_one_unit_is_is_not_told_with_what_happened_then(tmp_path: Path) -> None:
    """A footnote of a vest speaks of that vest: it is none for a grant."""
    told = (
        "Each RSU represents the right to receive one share. This transaction represents the settlement of RSUs in shares on "
        "their scheduled vesting date."
    )
    begun = known()
    unit = begun["interview"]["carried"]
    begun["interview"]["carried"] = [
        {**line, "cells": {**line["cells"], "exercise_price_words": told}}
        if line["table"] == "derivative" and "Unit" in line["cells"]["security_title"]
        else line
        for line in unit
    ]
    grant = {
        **DAY,
        "quantity": "100",
        "style": "table2",
        "exercisable": "1/1/2026",
        "expiration": "They do not expire.",
    }
    _, pilot = interview(tmp_path, [("granted_units", grant)], data=begun)

    assert proposals(pilot, "unit_note") == [
        "Each restricted stock unit is the contingent right to receive one share of the issuer's Common Stock."
    ]


@pytest.mark.parametrize(
    ("title", "security", "words"),
    [
        ("Restricted Stock Units", "Common Stock", "One for one."),
        ("Performance Stock Units", "Class A Common Stock",
         ("Each performance stock unit is the contingent right to receive one share of the issuer's Class A Common "
         "Stock.")),
        ("PSUs", "Ordinary Shares",
         "Each PSU is the contingent right to receive one of the issuer's Ordinary Shares."),
        ("Phantom Units", "Common Stock",
         "Each phantom unit is the economic equivalent of one share of the issuer's Common Stock."),
    ],
    ids=["as last reported", "PSU", "abbreviated", "phantom"],
)  # fmt: skip
def test_what_a_unit_is_is_told_for_its_title_and_class(
    title: str, security: str, words: str, tmp_path: Path
) -> None:
    answers = {
        **DAY,
        "style": "table2",
        "security": security,
        "unit": title,
        "quantity": "10",
        "exercisable": "The units vest in 2027.",
    }
    _, pilot = interview(tmp_path, [("granted_units", answers)], data=known())

    assert proposals(pilot, "unit_note") == [words]


# ---- a line of Table II chosen by its title


def test_dividend_equivalents_add_to_the_units_last_reported(tmp_path: Path) -> None:
    """Rule 16a-11: no line; units in Table II hold more, beside a sale that needs the form."""
    event = ("dividend_equivalents", {"quantity": "12.5"})
    data, pilot = interview(tmp_path, [event, ("sold", SALE)], data=known())

    assert asked(pilot) == ["how", "security", "table", "quantity", "series", "credited", "after_1"]
    assert from_table_2(data) == [
        "II-1 holding: security_title=Restricted Stock Units, exercise_price=(1), date_exercisable=(2),",
        "  expiration_date=(2), underlying_title=Common Stock, underlying_amount=3012.5,",
        "  amount_owned_following=3012.5(3), ownership_form=D",
        "(1) One for one.",
        "(2) The units vest each November 1.",
        "(3) Includes 12.5 dividend equivalents credited since the last report, exempt under Rule 16a-11.",
    ]
    assert above_a_note(data) == []


def test_plan_purchases_add_to_the_units_named(tmp_path: Path) -> None:
    event = ("plan_purchases", {"plan": "401k", "quantity": "40", "security": "restricted stock units"})
    data, _ = interview(tmp_path, [event, ("sold", SALE)], data=known())

    assert [c["amount_owned_following"] for c in data["derivative"]] == [
        {"value": "3040", "footnotes": ["F3"]}
    ]
    assert data["footnotes"][2]["text"] == (
        "Includes units acquired under the issuer's 401(k) plan since the last report."
    )
    assert above_a_note(data) == []


def test_a_gift_of_stock_asks_no_more_than_needed(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("gave", {**DAY, "quantity": "100"})], data=known())

    assert asked(pilot) == ["date", "security", "quantity", "given_to", "donee", "after_1"]


def test_an_option_given_away_goes_on_from_the_last_filing(tmp_path: Path) -> None:
    event = ("gave", {**DAY, "security": "Stock Option (Right to Buy)", "quantity": "400"})
    data, pilot = interview(tmp_path, [event], data=known())

    assert asked(pilot) == [
        "date", "security", "table", "quantity", "series", "covered", "ownership", "given_to", "donee", "after_1",
    ]  # fmt: skip
    assert [label[:30] for label in options(pilot, "series")] == [
        "Stock Option (Right to Buy) at",
        "Another one: its terms are ask",
    ]
    assert whole(data).splitlines() == [
        "II-1 transaction: security_title=Stock Option (Right to Buy), exercise_price=12.50,",
        "  transaction_date=2024-11-01, transaction_form_type=4, transaction_code=G, equity_swap=no, amount=400,",
        "  price=0, acquired_disposed=D, date_exercisable=2020-01-01, expiration_date=2030-01-01,",
        "  underlying_title=Common Stock, underlying_amount=400, amount_owned_following=600, ownership_form=D",
    ]
    assert above_a_note(data) == []


def test_units_last_reported_go_in_a_merger(tmp_path: Path) -> None:
    """Shares of the spouse do not make the units the spouse's."""
    event = (
        "merged",
        {**DAY, "price": "30", "fate_1": "stays", "fate_4": "nothing", "consideration": MERGER},
    )
    data, pilot = interview(tmp_path, [event], data=known())

    assert "strike" not in asked(pilot)
    assert from_table_2(data) == [
        "II-1 transaction: security_title=Restricted Stock Units, exercise_price=(2), transaction_date=2024-11-01,",
        "  transaction_form_type=4, transaction_code=D(1), equity_swap=no, amount=3000, price=30, acquired_disposed=D,",
        "  date_exercisable=(3), expiration_date=(3), underlying_title=Common Stock, underlying_amount=3000,",
        "  amount_owned_following=0, ownership_form=D",
        f"(1) {MERGER}",
        "(2) One for one.",
        "(3) The units vest each November 1.",
    ]
    assert above_a_note(data) == []


def test_what_was_converted_is_chosen_from_the_last_filing(tmp_path: Path) -> None:
    event = ("converted", {**DAY, "security": "Class A Common Stock", "converted": "200"})
    data, pilot = interview(tmp_path, [event], data=known(B_NOTE, derivative=(CLASS_B,)))

    assert asked(pilot) == ["date", "series", "converted", "security", "quantity", "ownership", "before_1",
                            "after_1", "after_2"]  # fmt: skip
    assert options(pilot, "series") == [
        "Class B Common Stock (500 held): Each share of Class B converts i…",
        "Another one: its terms are asked",
    ]
    assert from_table_2(data) == [
        "II-1 transaction: security_title=Class B Common Stock, exercise_price=(1), transaction_date=2024-11-01,",
        "  transaction_form_type=4, transaction_code=C, equity_swap=no, amount=200, price=0, acquired_disposed=D,",
        "  date_exercisable=(1), expiration_date=(1), underlying_title=Class A Common Stock, underlying_amount=200,",
        "  amount_owned_following=300, ownership_form=D",
        f"(1) {B_NOTE}",
    ]
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("title", "converted", "quantity", "always", "words"),
    [
        ("Class B Common Stock", "200", "200", "yes",
         ("Each share of Class B Common Stock is convertible into one share of Class A Common Stock at any time at the "
         "holder's election and has no expiration date.")),
        ("Series A Preferred Stock", "200", "2500", "no",
         "Each share of Series A Preferred Stock is convertible into 12.5 shares of Class A Common Stock."),
        ("Series A Preferred Stock", "300", "100", "no",
         "300 of Series A Preferred Stock converted into 100 of Class A Common Stock."),
        ("5% Convertible Notes", "20000", "1000", "no",
         "20,000 of 5% Convertible Notes converted into 1,000 of Class A Common Stock."),
    ],
    ids=["one for one", "ratio", "no even ratio", "note"],
)  # fmt: skip
def test_the_ratio_of_a_conversion_is_computed(
    title: str, converted: str, quantity: str, always: str, words: str, tmp_path: Path
) -> None:
    answers = {**DAY, "option": title, "converted": converted, "quantity": quantity, "open": always,
               "security": "Class A Common Stock", "before_2": "20000"}  # fmt: skip
    _, pilot = interview(tmp_path, [("converted", answers)], data=known())

    assert proposals(pilot, "ratio") == [words]


# ---- splits


SPLIT = {"new": "2"}


def test_an_option_goes_on_at_half_the_price_after_a_split(tmp_path: Path) -> None:
    """Rule 16a-9; 1,000 options at 12.50 become 2,000 at 6.25."""
    exercise = {**DAY, "quantity": "500"}
    data, pilot = interview(tmp_path, [("split", SPLIT), ("option_kept", exercise)], data=known())

    assert proposals(pilot, "held") == []
    assert options(pilot, "series") == [
        "Stock Option (Right to Buy) at $6.25 to 01/01/2030 (2,000 held)",
        "Another one: its terms are asked",
    ]
    first = data["non_derivative"][0]
    assert (first["price"], first["amount_owned_following"]["value"]) == ("6.25", "10500")
    assert from_table_2(data) == [
        "II-1 transaction: security_title=Stock Option (Right to Buy), exercise_price=6.25,",
        "  transaction_date=2024-11-01, transaction_form_type=4, transaction_code=M, equity_swap=no, amount=500,",
        "  price=0, acquired_disposed=D, date_exercisable=2020-01-01, expiration_date=2030-01-01,",
        "  underlying_title=Common Stock, underlying_amount=500, amount_owned_following=1500, ownership_form=D",
        "(1) Restated for a 2-for-1 stock split, which also changed the terms of derivative securities in proportion.",
        "  Exempt under Rule 16a-9.",
    ]
    assert above_a_note(data) == []


def test_a_split_told_for_two_lines_changes_terms_once(tmp_path: Path) -> None:
    spouse = {**SPLIT, "ownership": "I", "nature": "By Spouse"}
    vest = {**DAY, "vested": "1000", "quantity": "0", "style": "table2"}
    events = [("split", SPLIT), ("split", spouse), ("rsu_withheld", vest)]
    data, pilot = interview(tmp_path, events, data=known())

    assert proposals(pilot, "held") == []
    assert [row["amount_owned_following"]["value"] for row in data["non_derivative"][1:]] == ["1400"]
    assert data["derivative"][0]["amount_owned_following"] == "5000"


def test_what_a_line_held_before_its_split_is_typed_once(tmp_path: Path) -> None:
    """The total goes on from the number typed, by Enter where it stands again."""
    data, pilot = interview(tmp_path, [("split", {**SPLIT, "held": "4000"}), ("sold", SALE)])

    assert [a.proposal for a in pilot.asks if a.id == "events[0].before_1"] == ["4000"]
    assert data["non_derivative"][0]["amount_owned_following"]["value"] == "7900"


def test_what_was_exercised_before_the_split_keeps_its_terms(tmp_path: Path) -> None:
    exercise = {**DAY, "quantity": "500"}
    data, _ = interview(tmp_path, [("option_kept", exercise), ("split", SPLIT)], data=known())

    assert data["derivative"][0]["exercise_price"] == "12.50"
    assert data["derivative"][0]["amount_owned_following"] == "500"


# ---- vests and switches


def test_nothing_withheld_of_an_award_in_table_1_is_no_line(tmp_path: Path) -> None:
    answers = {**DAY, "style": "table1", "quantity": "0"}
    with pytest.raises(AssertionError) as refused:
        interview(tmp_path, [("rsu_withheld", answers)], data=known())

    assert refused.value.args[0][-1] == (
        "No shares withheld: an award reported in Table I then has no line on vesting. Type how many, or go back (<)"
    )


def test_units_can_not_vest_after_their_sale(tmp_path: Path) -> None:
    answers = {**DAY, "vested_on": "11/4", "vested": "10", "quantity": "4", "price": "10"}
    with pytest.raises(AssertionError) as refused:
        interview(tmp_path, [("rsu_sold", answers)], data=known())

    assert refused.value.args[0][-1] == (
        "The units can't vest after the sale of their shares: type that day or an earlier one"
    )


def test_the_two_business_days_count_from_the_vesting_before_the_sale() -> None:
    answers = {"style": "table2", "date": "2024-11-01", "vested_on": "2024-10-31"}

    assert open_event_days(
        draft_of({"interview": {"events": [{"recipe": "rsu_sold", "answers": answers}]}})
    ) == (date(2024, 10, 31),)


def test_a_vest_with_nothing_withheld_asks_no_price_and_no_footnote(tmp_path: Path) -> None:
    answers = {**DAY, "vested": "1000", "quantity": "0"}
    _, pilot = interview(tmp_path, [("rsu_withheld", answers)], data=known())

    assert asked(pilot) == ["style", "date", "security", "vested", "quantity", "series", "after_1", "after_2"]


@pytest.mark.parametrize(
    ("notice", "deemed"),
    [("10/1", None), ("10/2", "2024-10-02"), ("11/1", "2024-10-04"), ("", None)],
    ids=["the same day", "the next", "a month later", "not told"],
)
def test_the_deemed_day_of_a_fund_switch_is_worked_out(
    notice: str, deemed: str | None, tmp_path: Path
) -> None:
    """Rule 16a-3(g)(3): at the latest the third business day after the switch."""
    answers = {"date": "10/1", "deemed": notice, "quantity": "10", "price": "9", "before_1": "100"}
    data, _ = interview(tmp_path, [("fund_switch", answers)], data=known())

    assert data["non_derivative"][0].get("deemed_execution_date") == deemed
