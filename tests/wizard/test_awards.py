"""What the last filing has in Table II, and what the next form makes of it: awards apart, prices, kinds, holdings."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from tests.wizard.data import flat
from tests.wizard.pilot import INSIDER, LAST, interview
from tests.wizard.test_events import OPTION, above_a_note, brief

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

CLIFF = "The units vest in full in 2029."
VEST = {"date": "11/1", "vested": "300", "quantity": "100", "price": "10"}


def last(*derivative: dict[str, Any], **cells: Any) -> dict[str, Any]:
    """A draft from the last filing with these lines in Table II, as the first one there with other cells."""
    units = LAST["derivative"][0]
    rows = [
        {**units, "underlying_amount": row.get("amount_owned_following", "3000"), **cells, **row}
        for row in derivative
    ]
    notes = [*LAST["footnotes"], {"id": "F3", "text": CLIFF}]
    filing, malformed = filing_from(deepcopy({**LAST, "derivative": rows, "footnotes": notes}))
    assert malformed == ()
    return draft_data(opening.from_filing(filing))


def cliff(total: str, **cells: Any) -> dict[str, Any]:
    return {"amount_owned_following": total, "date_exercisable": {"footnotes": ["F3"]}, **cells}


def labels(pilot: Pilot, name: str) -> list[str]:
    return [o.label for o in next(a for a in pilot.asks if a.id == f"events[0].{name}").options]


def shown(pilot: Pilot, id: str) -> str:
    return next(a.shown for a in pilot.asks if a.id == id)


def table2(data: dict[str, Any]) -> list[str]:
    return [line for line in brief(data) if line.startswith("II")]


# ---- awards of one title

PLAIN: dict[str, Any] = {}


def test_each_award_of_the_last_filing_is_offered_and_counted_on_by_itself(tmp_path: Path) -> None:
    begun = last(PLAIN, cliff("800"))
    data, pilot = interview(tmp_path, [("rsu_withheld", {**VEST, "series": "1"})], data=begun)

    assert labels(pilot, "series") == [
        "Restricted Stock Units (3,000 held): The units vest each November…",
        "Restricted Stock Units (800 held): The units vest in full in 2029.",
        "Another one: its terms are asked",
    ]
    assert shown(pilot, "events[0].after_2") == "800 − 300 = 500"
    assert table2(data) == ["II M D 4 300 @0 → 500 D", "II holding → 3000 D"]
    assert above_a_note(data) == []


def test_an_award_of_the_same_size_is_not_the_one_that_vests(tmp_path: Path) -> None:
    """Two awards that hold as much: the terms tell which one the line goes on with, and the other comes along."""
    data, _ = interview(
        tmp_path, [("rsu_withheld", {**VEST, "series": "1"})], data=last(PLAIN, cliff("3000"))
    )

    assert table2(data) == ["II M D 4 300 @0 → 2700 D", "II holding → 3000 D"]


def test_two_awards_that_vest_on_one_form_go_on_each_from_its_own_total(tmp_path: Path) -> None:
    begun = last(PLAIN, cliff("800"))
    vests = [("rsu_withheld", {**VEST, "series": each}) for each in ("0", "1", "0")]
    data, _ = interview(tmp_path, vests, data=begun)

    assert table2(data) == [
        "II M D 4 300 @0 → 2700 D",
        "II M D 4 300 @0 → 500 D",
        "II M D 4 300 @0 → 2400 D",
    ]


def test_awards_with_dates_are_told_apart_by_them(tmp_path: Path) -> None:
    begun = last(
        {"date_exercisable": "2027-03-01"}, {"date_exercisable": "2028-03-01", "amount_owned_following": "9"}
    )
    _, pilot = interview(tmp_path, [("rsu_withheld", VEST)], data=begun)

    assert labels(pilot, "series")[:2] == [
        "Restricted Stock Units (3,000 held): from 03/01/2027",
        "Restricted Stock Units (9 held): from 03/01/2028",
    ]


def test_a_second_award_typed_in_is_not_counted_on_from_the_first(tmp_path: Path) -> None:
    typed = {**VEST, "style": "table2", "before_1": "5000"}
    events = [
        ("rsu_withheld", {**typed, "before_2": "3000", "exercisable": "The 2023 units vest quarterly."}),
        ("rsu_withheld", {**typed, "before_2": "700", "exercisable": "The 2024 units vest quarterly."}),
    ]
    data, pilot = interview(tmp_path, events)

    assert table2(data) == ["II M D 4 300 @0 → 2700 D", "II M D 4 300 @0 → 400 D"]
    assert shown(pilot, "events[1].after_2") == "700 − 300 = 400"


def test_one_total_over_awards_is_counted_on_whatever_the_words(tmp_path: Path) -> None:
    moved = {
        "kind": "transaction",
        "transaction_date": "2024-08-01",
        "transaction_code": "M",
        "acquired_disposed": "D",
    }
    begun = last(
        {**moved, "amount": "500", "amount_owned_following": "2500"},
        cliff("2400", **moved, amount="100"),
    )
    other = {**VEST, "series": "other", "exercisable": "The 2024 units vest quarterly."}
    data, _ = interview(
        tmp_path, [("rsu_withheld", other), ("rsu_withheld", {**VEST, "series": "0"})], data=begun
    )

    assert [
        c["cells"]["amount_owned_following"]
        for c in begun["interview"]["carried"]
        if c["table"] == "derivative"
    ] == ["2400"]
    assert table2(data) == ["II M D 4 300 @0 → 2100 D", "II M D 4 300 @0 → 1800 D"]


def test_words_changed_on_the_form_do_not_lose_its_total(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("rsu_withheld", {**VEST, "series": "0"})], data=last(PLAIN, cliff("800")))
    for each in data["footnotes"]:
        each["text"] = each["text"].replace("The units vest each", "The units now vest each")
    again, _ = interview(
        tmp_path,
        [("rsu_withheld", {**VEST, "series": "0"})],
        data={**data, "interview": {**data["interview"], "at": "happened"}},
    )

    assert table2(again) == ["II M D 4 300 @0 → 2700 D", "II holding → 800 D", "II M D 4 300 @0 → 2400 D"]


# ---- prices


def test_a_price_of_0_last_reported_for_units_stands_again(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("rsu_withheld", VEST)], data=last(PLAIN, exercise_price="0"))

    assert labels(pilot, "series")[0] == "Restricted Stock Units (3,000 held): The units vest each November…"
    assert table2(data) == ["II M D 4 300 @0 → 2700 D"]
    assert data["derivative"][0]["exercise_price"] == "0"
    assert above_a_note(data) == []


def test_an_option_priced_in_words_has_them_again_and_its_price_is_asked(tmp_path: Path) -> None:
    words = {"security_title": "Stock Option (Right to Buy)", "exercise_price": {"footnotes": ["F1"]},
             "date_exercisable": "2020-01-01", "expiration_date": "2030-01-01"}  # fmt: skip
    exercise = {"date": "11/1", "quantity": "100", "strike": "12.50"}
    data, pilot = interview(tmp_path, [("option_kept", exercise)], data=last(PLAIN, words))

    assert brief(data)[0] == "I M A 4 100 @12.50 → 5100 D"
    assert data["derivative"][0]["exercise_price"] == {"footnotes": ["F1"]}
    assert [n["text"] for n in data["footnotes"]] == ["One for one."]
    assert above_a_note(data) == []
    assert "events[0].expiration" not in {a.id for a in pilot.asks}


def test_a_strike_is_compared_as_an_amount(tmp_path: Path) -> None:
    typed = {**OPTION, "series": "other", "quantity": "100", "strike": "12.5"}
    data, pilot = interview(
        tmp_path, [("option_kept", typed)], data=draft_data(opening.from_filing(filing_from(LAST)[0]))
    )

    assert "events[0].before_2" not in {a.id for a in pilot.asks}
    assert shown(pilot, "events[0].after_2") == "1,000 − 100 = 900"
    assert table2(data) == ["II M D 4 100 @0 → 900 D"]


# ---- kinds

PHANTOM = {"security_title": "Phantom Stock Units"}
OPTIONS = {**LAST["derivative"][1], "underlying_amount": "1000"}


@pytest.mark.parametrize(
    ("lines", "recipe", "question", "proposed"),
    [
        ([PLAIN], "granted_option", "option", "Stock Option (Right to Buy)"),
        ([{**OPTIONS, "security_title": "Employee Stock Option"}], "granted_option", "option", "Employee Stock Option"),
        ([PLAIN], "converted", "option", "Class B Common Stock"),
        ([{"security_title": "Series A Preferred Stock"}], "converted", "series", "0"),
        ([{"security_title": "OP Units"}], "converted", "series", "0"),
        ([PHANTOM], "granted_units", "unit", "Restricted Stock Units"),
        ([{"security_title": "Deferred Stock Units"}], "deferred", "series", "0"),
        ([PHANTOM], "deferred", "series", "0"),
        ([PLAIN], "deferred", "series", "other"),
        ([{"security_title": "Dividend Equivalent Rights"}], "rsu_withheld", "series", "other"),
        ([{"security_title": "Performance-Based Restricted Stock Units"}], "rsu_withheld", "series", "0"),
        ([PHANTOM, PLAIN], "rsu_withheld", "series", "1"),
        ([OPTIONS], "warrant", "series", "other"),
        ([OPTIONS, {**OPTIONS, "security_title": "Common Stock Warrants"}], "warrant", "series", "1"),
        ([{**OPTIONS, "security_title": "Warrant (Right to Buy)"}, OPTIONS], "option_kept", "series", "1"),
    ],
)  # fmt: skip
def test_only_the_same_kind_of_security_is_proposed(
    lines: list[dict[str, Any]], recipe: str, question: str, proposed: str, tmp_path: Path
) -> None:
    answers = {
        **VEST, "style": "table2", "quantity": "100", "strike": "1", "exercisable": "1/1/2020", "expiration": "1/1/2030",
        "before_1": "500", "before_2": "500", "value": "4", "converted": "100",
    }  # fmt: skip
    _, pilot = interview(tmp_path, [(recipe, answers)], data=last(*lines))

    assert next(a.proposal for a in pilot.asks if a.id == f"events[0].{question}") == proposed


def test_who_holds_units_alone_is_not_asked_which_option(tmp_path: Path) -> None:
    typed = {**OPTION, "quantity": "100"}
    data, pilot = interview(tmp_path, [("option_kept", typed)], data=last(PLAIN))

    assert "events[0].series" not in {a.id for a in pilot.asks}
    assert flat(data["derivative"][0])["security_title"] == "Stock Option (Right to Buy)"


# ---- holdings


def test_the_other_series_of_the_same_title_comes_along(tmp_path: Path) -> None:
    """What expired before, has nothing left or another title does not."""
    series = [
        OPTIONS, {**OPTIONS, "exercise_price": "20", "expiration_date": "2033-01-01", "amount_owned_following": "400",
                  "underlying_amount": "800"},
        {**OPTIONS, "exercise_price": "8", "expiration_date": "2024-10-01"},
        {**OPTIONS, "exercise_price": "9", "amount_owned_following": "0"},
        {**OPTIONS, "security_title": "Stock Appreciation Right"}, PLAIN,
    ]  # fmt: skip
    data, pilot = interview(
        tmp_path, [("option_kept", {"date": "11/1", "quantity": "100"})], data=last(*series)
    )

    assert next(o.label for a in pilot.asks if a.id == "lines" for o in a.options if o.value == "carry") == (
        "Add what the last filing also had: 700 Common Stock, By Spouse; 400 …"
    )
    assert table2(data) == ["II M D 4 100 @0 → 900 D", "II holding → 400 D"]
    assert data["derivative"][1] == {
        "kind": "holding", "security_title": "Stock Option (Right to Buy)", "exercise_price": "20",
        "date_exercisable": "2020-01-01", "expiration_date": "2033-01-01", "underlying_title": "Common Stock",
        "underlying_amount": "800", "amount_owned_following": "400", "ownership_form": "D",
    }  # fmt: skip
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("last_day", "more"),
    [("2024-10-31", []), ("2024-11-01", ["II holding → 400 D"])],
    ids=["before", "the day"],
)
def test_a_series_comes_along_on_its_last_day(last_day: str, more: list[str], tmp_path: Path) -> None:
    """On 11/01 options are exercised; others of the title can be until the end of their last day."""
    other = {
        **OPTIONS, "exercise_price": "20", "expiration_date": last_day, "amount_owned_following": "400",
        "underlying_amount": "400",
    }  # fmt: skip
    exercised = ("option_kept", {"date": "11/1", "quantity": "100"})
    data, _ = interview(tmp_path, [exercised], data=last(OPTIONS, other))

    assert table2(data) == ["II M D 4 100 @0 → 900 D", *more]


# ---- how they are held

TRUST = {"kind": "holding", "security_title": "Common Stock", "ownership_form": "I",
         "nature_of_ownership": "By Roe Family Trust", "amount_owned_following": "12000"}  # fmt: skip
IN_PLAN = {**TRUST, "nature_of_ownership": "By 401(k)", "amount_owned_following": "300"}


def holding(*lines: dict[str, Any]) -> dict[str, Any]:
    return draft_data(opening.from_filing(filing_from(deepcopy({**LAST, "non_derivative": list(lines)}))[0]))


SALE = {"date": "11/1", "quantity": "100", "price": "10"}


def test_shares_that_a_trust_holds_are_proposed_as_the_trust_s(tmp_path: Path) -> None:
    begun = holding(TRUST)
    data, pilot = interview(tmp_path, [("sold", SALE)], data=begun)
    _, other = interview(tmp_path, [("sold", {**SALE, "security": "Common Stock"})], data=begun)

    assert labels(pilot, "security")[0] == "Common Stock, By Roe Family Trust   12,000 before"
    assert labels(other, "ownership") == [
        "By Roe Family Trust (12,000 held)",
        "Directly, in the person's own name",
        "Indirectly, another way: trust, spouse, partnership …",
    ]
    assert brief(data) == ["I S D 4 100 @10 → 11900 By Roe Family Trust"]
    assert "events[0].nature" not in {a.id for a in pilot.asks}


def test_known_lines_of_the_class_are_offered_by_name_after_the_direct_one(tmp_path: Path) -> None:
    begun = draft_data(opening.from_filing(filing_from(LAST)[0]))
    sales = [("sold", {**SALE, "ownership": "I By Spouse"}), ("sold", {**SALE, "ownership": "I", "nature": "By Son", "before_1": "100"}),
             ("sold", SALE)]  # fmt: skip
    data, pilot = interview(tmp_path, sales, data=begun)

    assert labels(pilot, "ownership") == [
        "Directly, in the person's own name",
        "By Spouse (700 held)",
        "Indirectly, another way: trust, spouse, partnership …",
    ]
    assert brief(data) == [
        "I S D 4 100 @10 → 600 By Spouse",
        "I S D 4 100 @10 → 0 By Son",
        "I S D 4 100 @10 → 4900 D",
    ]
    third = next(a for a in pilot.asks if a.id == "events[2].security")
    assert [" ".join(o.label.split()) for o in third.options][1] == "Common Stock, By Spouse 600 before"
    assert third.proposal == "Common Stock (D)"


def test_without_a_line_known_it_is_asked_as_ever(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("sold", {**SALE, "before_1": "500"})], data=INSIDER)

    assert labels(pilot, "ownership") == [
        "Directly, in the person's own name",
        "Indirectly: trust, spouse, partnership …",
    ]


def test_a_name_that_is_long_leaves_room_for_what_is_held(tmp_path: Path) -> None:
    long = {
        **TRUST,
        "nature_of_ownership": "By the Richard B. Roe and Mary C. Roe Irrevocable Descendants' Trust of 2011",
    }
    _, pilot = interview(tmp_path, [("sold", {**SALE, "security": "Common Stock"})], data=holding(long))

    assert (
        labels(pilot, "ownership")[0] == "By the Richard B. Roe and Mary C. Roe Irrevocable … (12,000 held)"
    )


@pytest.mark.parametrize("recipe", ["fund_switch", "plan_purchases"])
def test_the_line_of_the_401k_plan_is_proposed_for_what_happens_in_it(recipe: str, tmp_path: Path) -> None:
    begun = holding(LAST["non_derivative"][1], TRUST, IN_PLAN)
    data, _ = interview(tmp_path, [(recipe, {**SALE, "plan": "401k", "how": "line"})], data=begun)

    assert brief(data)[0].endswith("→ 400 By 401(k)")


def test_purchases_under_another_plan_are_held_as_before(tmp_path: Path) -> None:
    begun = holding(LAST["non_derivative"][1], IN_PLAN)
    data, _ = interview(tmp_path, [("plan_purchases", {**SALE, "plan": "espp", "how": "line"})], data=begun)

    assert brief(data)[0].endswith("→ 5100 D")
