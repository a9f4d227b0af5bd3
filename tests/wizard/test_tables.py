"""The table of a line: options, warrants and what converts are in Table II, whatever happens to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard import flow
from form4_author.wizard.draft import opening
from form4_author.wizard.recipes import RECIPES
from tests.wizard.data import flat, rows
from tests.wizard.pilot import INSIDER, interview
from tests.wizard.replay import play
from tests.wizard.test_events import above_a_note, brief, notes_at_totals
from tests.wizard.test_way import begun, line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OPTION = "Stock Option (Right to Buy)"
MOVED = "Exempt under Rule 16a-13."
TRUST = {"ownership_form": "I", "nature_of_ownership": "By Roe Family Trust"}
UNITS = {
    "kind": "holding",
    "security_title": "Restricted Stock Units",
    "amount_owned_following": "900",
    "ownership_form": "D",
}


def table_1(data: Mapping[str, Any]) -> set[str]:
    """The titles in Table I."""
    return {flat(row)["security_title"] for table, _, row in rows(dict(data)) if table == "non_derivative"}


def terms(data: Mapping[str, Any], index: int) -> list[str | None]:
    """Price, dates and underlying shares of a line of Table II."""
    cells = flat(data["derivative"][index])
    columns = (
        "exercise_price", "date_exercisable", "expiration_date", "underlying_title", "underlying_amount"
    )  # fmt: skip
    return [cells.get(column) for column in columns]


# ---- own trust


@pytest.mark.parametrize(
    "title", [OPTION, "Warrant (Right to Buy)", "Put Option (Right to Sell)", "SAR", "Covered Call"]
)
def test_an_option_moved_to_a_trust_is_a_holding_of_table_2(tmp_path: Path, title: str) -> None:
    """What the last filing says of it is known, and its terms go on."""
    event = {"security": title, "quantity": "400", "to_nature": "By Roe Family Trust", "moved": MOVED}
    data, pilot = interview(
        tmp_path, [("own_trust", event)], {"period_of_report": "11/1"}, begun(line(title))
    )

    assert brief(data) == ["II holding → 600 D", "II holding → 400 By Roe Family Trust"]
    assert notes_at_totals(data) == [[MOVED], [MOVED]]
    assert terms(data, 0) == ["40", "2024-08-01", "2025-01-17", "Common Stock", "600"]
    assert terms(data, 1) == ["40", "2024-08-01", "2025-01-17", "Common Stock", "400"]
    asked = [ask.id.rpartition(".")[2] for ask in pilot.asks if ask.id.startswith("events[0]")]
    assert "before_1" not in asked
    assert [ask.shown for ask in pilot.asks if ask.id == "events[0].after_1"] == ["1,000 − 400 = 600"]


def test_its_exercise_acquires_the_class_underlying(tmp_path: Path) -> None:
    moved = {"security": OPTION, "quantity": "400", "to_nature": "By Roe Family Trust", "moved": MOVED}
    exercised = {"date": "11/1", "quantity": "100", "series": "0"}
    start = begun(line(OPTION))
    data, _ = interview(tmp_path, [("own_trust", moved), ("option_kept", exercised)], data=start)

    assert brief(data) == [
        "I M A 4 100 @40 → 5100 D", "II M D 4 100 @0 → 500 D", "II holding → 400 By Roe Family Trust",
    ]  # fmt: skip
    assert table_1(data) == {"Common Stock"}
    assert above_a_note(data) == []


def test_the_trust_exercises_what_it_was_given(tmp_path: Path) -> None:
    moved = {"security": OPTION, "quantity": "400", "to_nature": "By Roe Family Trust", "moved": MOVED}
    exercised = {
        "date": "11/1", "quantity": "100", "series": "0", "ownership": "I", "nature": "By Roe Family Trust",
        "before_1": "0",
    }  # fmt: skip
    data, _ = interview(
        tmp_path, [("own_trust", moved), ("option_kept", exercised)], data=begun(line(OPTION))
    )

    assert "I M A 4 100 @40 → 100 By Roe Family Trust" in brief(data)
    assert "II M D 4 100 @0 → 300 By Roe Family Trust" in brief(data)
    assert "II holding → 600 D" in brief(data)
    assert above_a_note(data) == []
    assert data["interview"]["events"][1]["answers"]["after_2"] == "300"  # 400 that no row reports, less 100
    assert [p.id for p in flow.missing(draft_of(data)) if p.id.startswith("events")] == []


def test_a_trust_gives_an_option_back_for_two_shares_each(tmp_path: Path) -> None:
    """The line it comes out of is proposed, as are the shares that underlie what moves."""
    held = line(OPTION, **TRUST, underlying_amount="2000")
    event = {"security": OPTION, "quantity": "400", "to_other": "", "moved": MOVED}
    data, pilot = interview(tmp_path, [("own_trust", event)], {"period_of_report": "11/1"}, begun(held))

    assert brief(data) == ["II holding → 600 By Roe Family Trust", "II holding → 400 D"]
    assert [terms(data, index)[-1] for index in (0, 1)] == ["1200", "800"]
    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].covered")
    assert ask.shown == "800  (2 for each)"


def test_an_option_of_a_trust_is_exercised_by_the_trust(tmp_path: Path) -> None:
    data, _ = interview(
        tmp_path, [("option_kept", {"date": "11/1", "quantity": "100"})], data=begun(line(OPTION, **TRUST))
    )

    assert "I M A 4 100 @40 → 100 By Roe Family Trust" in brief(data)
    assert "II M D 4 100 @0 → 900 By Roe Family Trust" in brief(data)


# ---- distributed, bought, sold


def test_a_fund_distributes_warrants(tmp_path: Path) -> None:
    fund = line("Warrant", ownership_form="I", nature_of_ownership="By Example Fund I, L.P.")
    event = {
        "date": "11/1", "security": "Warrant", "nature": "By Example Fund I, L.P.", "quantity": "500",
        "received": "80",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("distributed", event)], data=begun(fund))

    assert brief(data) == ["II J D 4 500 @0 → 500 By Example Fund I, L.P.", "II J A 4 80 @0 → 80 D"]
    assert [terms(data, index)[-1] for index in (0, 1)] == ["500", "80"]
    assert above_a_note(data) == []


@pytest.mark.parametrize("side", ["both_indirect", "A_indirect"])
@pytest.mark.parametrize("title", ["Common Stock", "Warrant"])
def test_who_receives_may_hold_indirectly(tmp_path: Path, side: str, title: str) -> None:
    fund = line("Warrant", ownership_form="I", nature_of_ownership="By Example Fund I, L.P.")
    event = {
        "date": "11/1", "security": title, "side": side, "nature": "By Example Fund I, L.P.", "quantity": "500",
        "received": "80", "receiver": "By Roe Family Trust", "before_1": "1000" if side[0] == "b" else "0",
        "before_2": "0",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("distributed", event)], data=begun(fund))
    table = "II" if title == "Warrant" else "I"

    assert f"{table} J A 4 80 @0 → 80 By Roe Family Trust" in brief(data)
    assert (f"{table} J D 4 500 @0 → 500 By Example Fund I, L.P." in brief(data)) is (side == "both_indirect")
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("recipe", "answers", "made"),
    [
        ("bought", {"price": "2"}, "II P A 4 300 @2 → 1300 D"),
        ("sold", {"price": "2"}, "II S D 4 300 @2 → 700 D"),
        ("small_purchase", {"price": "2"}, "II L A 5 300 @2 → 1300 D"),
        ("tendered", {"price": "2"}, "II U D 4 300 @2 → 700 D"),
        ("sold_to_issuer", {"price": "2", "repurchase": "Bought back by agreement."}, "II D D 4 300 @2 → 700 D"),
        ("gave", {"donee": "Gift to a charity."}, "II G D 4 300 @0 → 700 D"),
    ],
)  # fmt: skip
def test_a_warrant_that_is_traded_is_a_line_of_table_2(
    tmp_path: Path, recipe: str, answers: Mapping[str, str], made: str
) -> None:
    told = {"date": "11/1", "security": "Warrant", "quantity": "300", **answers}
    data, pilot = interview(tmp_path, [(recipe, told)], data=begun(line("Warrant")))

    assert brief(data) == [made]
    assert terms(data, 0) == ["40", "2024-08-01", "2025-01-17", "Common Stock", "300"]
    assert above_a_note(data) == []
    (ask,) = (ask for ask in pilot.asks if ask.id == "events[0].table")
    assert [option.value for option in ask.options] == ["II"]


def test_fills_of_a_warrant_have_their_underlying_shares(tmp_path: Path) -> None:
    told = {"date": "11/1", "security": "Warrant", "quantity": "100@2; 300@4", "covered": "800"}
    data, _ = interview(tmp_path, [("sold", told)], data=begun(line("Warrant", underlying_amount="2000")))

    assert brief(data) == ["II S D 4 100 @2 → 900 D", "II S D 4 300 @4 → 600 D"]
    assert [terms(data, index)[-1] for index in (0, 1)] == ["200", "600"]


# ---- what Table I does not take

FAULT = (
    f'"{OPTION}" is a derivative security, which belongs in Table II. Name the class of stock: Common Stock'
)
ONLY_1 = (
    "granted_stock",
    "stock_withheld",
    "option_kept",
    "warrant",
    "voting_trust",
    "split",
    "merged",
    "rsu_sold",
)


@pytest.mark.parametrize("recipe", ONLY_1)
def test_an_option_is_no_class_of_table_1(tmp_path: Path, recipe: str) -> None:
    at = {"at": "events[0].security", "events": [{"recipe": recipe, "answers": {"date": "2024-11-01"}}]}
    _, script = play(tmp_path / "d.form4.json", [("events[0].security", "q")], {**INSIDER, "interview": at})
    (ask,) = script.asks

    assert ask.check(OPTION) == FAULT
    assert ask.check("Class A Common Stock") is None


BEFORE = {
    "died": {"form_for": "executor", "estate_shown": "yes"},
    "late_item": {"should": "3"},
    "reversed": {"what": "reversed", "reported": "no"},
}
"""What is answered before the security is asked about."""


@pytest.mark.parametrize("recipe", [r.id for r in RECIPES])
def test_no_event_makes_a_line_of_table_1_with_the_title_of_an_option(recipe: str, tmp_path: Path) -> None:
    """Either Table I refuses the title, or the event has rows for Table II."""
    (known,) = (r for r in RECIPES if r.id == recipe)
    titled = [p for p in known.prompts if p.id == "events[{i}].security"]
    tables = {row.table for row in known.rows}
    if not titled or "non_derivative" not in tables:
        return
    answers = {"how": "table1", "style": "table1", "value": "yes", **BEFORE.get(recipe, {})}
    at = {"at": "events[0].security", "events": [{"recipe": recipe, "answers": answers}]}
    _, script = play(tmp_path / "d.form4.json", [("events[0].security", "q")], {**INSIDER, "interview": at})

    either = any(p.id == "events[{i}].table" for p in known.prompts)
    assert script.asks[0].check(OPTION) == (None if either and recipe != "dividend_equivalents" else FAULT)


def test_an_option_that_was_reported_in_table_1_goes_to_table_2(tmp_path: Path) -> None:
    """An earlier mistake is neither proposed as the class nor repeated."""
    wrong = {**UNITS, "security_title": OPTION}
    last = {**INSIDER, "non_derivative": [wrong], "period_of_report": "2024-08-01"}
    start = draft_data(opening.from_filing(filing_from(last)[0]))
    told = {
        "date": "11/1", "security": OPTION, "quantity": "300", "strike": "40", "exercisable": "8/1/2024",
        "expiration": "1/17/2030", "before_1": "900",
    }  # fmt: skip
    data, pilot = interview(
        tmp_path,
        [("gave", told), ("option_kept", {**told, "security": "", "before_2": "600", "before_1": "0"})],
        data=start,
    )

    assert table_1(data) == {"Common Stock"}
    assert "Common Stock" in [ask.proposal for ask in pilot.asks if ask.id == "events[1].security"]


@pytest.mark.parametrize(
    "title", ["Restricted Stock Units", "Performance Share Units", "Deferred Stock Units"]
)
@pytest.mark.parametrize("table", ["I", "II"])
def test_units_stay_in_the_table_of_the_last_filing(tmp_path: Path, title: str, table: str) -> None:
    held = {**UNITS, "security_title": title}
    kept = line(title, amount_owned_following="900", underlying_amount="900")
    last = {
        **INSIDER, "period_of_report": "2024-08-01", "non_derivative": [held] if table == "I" else [],
        "derivative": [kept] if table == "II" else [],
    }  # fmt: skip
    told = {"security": title, "quantity": "400", "to_nature": "By Roe Family Trust", "moved": MOVED}
    start = draft_data(opening.from_filing(filing_from(last)[0]))
    data, _ = interview(tmp_path, [("own_trust", told)], {"period_of_report": "11/1"}, start)

    assert brief(data) == [f"{table} holding → 500 D", f"{table} holding → 400 By Roe Family Trust"]


@pytest.mark.parametrize(("style", "table"), [("I", "I"), ("II", "II"), ("", "II")])
def test_units_new_to_the_person_go_where_the_issuer_reports_them(
    tmp_path: Path, style: str, table: str
) -> None:
    start = {**INSIDER, "interview": {"at": "happened", "styles": {"rsu": style}}}
    told = {
        "date": "11/1", "security": "Restricted Stock Units", "quantity": "400", "before_1": "0",
        "exercisable": "The units vest on November 1, 2027.", "donor": "Gift from a parent.",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("gift_received", told)], data=start)

    assert brief(data) == [f"{table} G A 5 400 @0 → 400 D"]
