"""Ties, limits and the last of several: where an answer could as well fall to the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import carried_line, opening
from tests.wizard.data import flat, rows, with_change
from tests.wizard.pilot import INSIDER, LAST, interview
from tests.wizard.test_events import HELD, PRICED, above_a_note, brief, notes_at_totals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OPTION = {
    "date": "11/1", "quantity": "1000", "strike": "12.50", "exercisable": "1/1/2020", "expiration": "1/1/2030",
    "before_1": "5000", "before_2": "1000",
}  # fmt: skip


def begun() -> dict[str, Any]:
    """A draft that begins with the last filing."""
    return draft_data(opening.from_filing(filing_from(LAST)[0]))


# ---- the period of report


def test_the_period_is_the_earliest_line_of_two_days(tmp_path: Path) -> None:
    """Form 4, box 3: the date of the earliest transaction, in whichever order they are told."""
    later, earlier = (
        ("sold", {**PRICED, "date": "11/1"}),
        ("bought", {**PRICED, "date": "10/31", "before_1": ""}),
    )
    data, _ = interview(tmp_path, [later, earlier])

    assert data["period_of_report"] == "2024-10-31"


# ---- averages


@pytest.mark.parametrize(
    ("fills", "average"),
    [("1@10.0002; 1@10.0003", "10.0003"), ("1@10.0001; 1@10.0002", "10.0002"), ("3@10.0001; 1@10.0002", "10.0001")],
)  # fmt: skip
def test_half_of_the_last_place_of_an_average_rounds_up(fills: str, average: str, tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", {**HELD, "quantity": fills})])

    assert flat(data["non_derivative"][0])["price"] == average


# ---- what tells one line from another


@pytest.mark.parametrize("term", [{"strike": "20"}, {"expiration": "1/1/2031"}], ids=["price", "expiry"])
def test_two_options_of_one_title_are_two_lines(term: Mapping[str, str], tmp_path: Path) -> None:
    """Each counts on from what it held itself, not from the other."""
    second = {**OPTION, **term, "quantity": "300", "before_1": "0", "before_2": "800"}
    data, pilot = interview(tmp_path, [("option_kept", OPTION), ("option_kept", second)])

    assert brief(data)[-2:] == ["II M D 4 1000 @0 → 0 D", "II M D 4 300 @0 → 500 D"]
    assert [a.id for a in pilot.asks if a.id.endswith("before_2")] == [
        "events[0].before_2",
        "events[1].before_2",
    ]


def test_one_option_twice_is_one_line(tmp_path: Path) -> None:
    first = {**OPTION, "quantity": "400"}
    data, _ = interview(tmp_path, [("option_kept", first), ("option_kept", {**OPTION, "quantity": "300"})])

    assert brief(data)[-2:] == ["II M D 4 400 @0 → 600 D", "II M D 4 300 @0 → 300 D"]


# ---- lines of the last filing


def test_a_holding_carried_over_has_what_moved_into_it(tmp_path: Path) -> None:
    """700 By Spouse at the last filing, and 100 that the person put there since (Rule 16a-13)."""
    moved = {"quantity": "100", "ownership": "D", "to_nature": "By Spouse"}
    sale = {"date": "11/1", "quantity": "1000", "price": "10.50", "ownership": "D"}
    data, _ = interview(tmp_path, [("own_trust", moved), ("sold", sale)], data=begun())

    assert brief(data) == ["I S D 4 1000 @10.50 → 3900 D", "I holding → 800 By Spouse"]
    taken_out = {**data, "non_derivative": data["non_derivative"][:1]}
    assert brief(with_change(taken_out, carried_line.added)) == brief(data)


# ---- something else


@pytest.mark.parametrize(
    ("more", "made"),
    [
        ({"type": "5", "direction": "D", "price": "0"}, "I J D 5 1000 @0 → 4000 D"),
        ({"type": "4", "direction": "D", "price": "10.50"}, "I J D 4 1000 @10.50 → 4000 D"),
        ({"type": "5", "direction": "A", "price": "10.50"}, "I J A 5 1000 @10.50 → 6000 D"),
    ],
)  # fmt: skip
def test_something_else_has_the_form_type_and_direction_told(
    more: dict[str, str], made: str, tmp_path: Path
) -> None:
    told = {**PRICED, "described": "Assigned under an order of the court.", **more}
    data, _ = interview(tmp_path, [("something_else", told)])

    assert brief(data) == [made]
    assert [n["text"] for n in data["footnotes"]] == ["Assigned under an order of the court."]
    assert above_a_note(data) == []


def test_a_price_in_words_is_a_footnote_at_the_price(tmp_path: Path) -> None:
    words = "Given up in exchange for a release of claims; no cash was paid."
    told = {**PRICED, "described": "Assigned under an order of the court.", "price": words}
    data, _ = interview(tmp_path, [("something_else", {**told, "direction": "D", "type": "5"})])
    texts = {n["id"]: n["text"] for n in data["footnotes"]}

    assert [texts[id] for id in data["non_derivative"][0]["price"]["footnotes"]] == [words]
    assert "value" not in data["non_derivative"][0]["price"]
    assert above_a_note(data) == []


# ---- why a total jumps


def test_the_reason_for_a_total_stands_at_the_last_row_of_its_line(tmp_path: Path) -> None:
    """Exercise and sale are two rows of one line; what the filer explains is the total at its end."""
    why = "Includes 100 shares from a reinvestment plan."
    sold = {"exercised": "1000", "price": "20"}
    told = {**OPTION, **sold, "quantity": "900", "after_1": "5200", "jump_1": why}
    data, _ = interview(tmp_path, [("option_sold", told)])

    assert brief(data) == [
        "I M A 4 1000 @12.50 → 6000 D",
        "I S D 4 900 @20 → 5200 D",
        "II M D 4 1000 @0 → 0 D",
    ]
    assert notes_at_totals(data) == [[], [why], []]


# ---- thirty lines


@pytest.mark.parametrize(("there", "told"), [(29, False), (30, True)])
def test_the_line_after_the_thirtieth_is_told(there: int, *, told: bool, tmp_path: Path) -> None:
    """EDGAR Ownership XML Technical Specification: at most 30 lines of a table."""
    cells = {"security_title": "Common Stock", "amount_owned_following": "1", "ownership_form": "D"}
    data = {**INSIDER, "non_derivative": [{"kind": "holding", **cells}] * there}
    answers = {f"non_derivative[{there}].{name}": value for name, value in cells.items()}
    again: list[tuple[str, Mapping[str, str]]] = [("non_derivative holding", {}), ("done", {})]
    _, pilot = interview(tmp_path, again, {**answers, "period_of_report": "11/1"}, data)

    pages = [" ".join(" ".join(page).split()) for page in pilot.pages]
    words = ("A table holds 30 lines at most", "A form has room for 30 lines of a table")
    assert any(word in page for word in words for page in pages) == told


# ---- a Rule 10b5-1 plan


@pytest.mark.parametrize(
    ("adopted", "older"), [("2/26/2023", True), ("2/27/2023", False), ("2/28/2023", False)]
)
def test_a_plan_of_the_day_of_the_amended_rule_is_under_it(
    adopted: str, *, older: bool, tmp_path: Path
) -> None:
    """Rule 10b5-1(c)(1) as amended took effect on 27 February 2023."""
    _, pilot = interview(
        tmp_path, [("sold", PRICED)], {"aff10b5_one": "yes", "plan.adopted": adopted, "plan.notice": ""}
    )

    assert any("as amended on February 27, 2023" in " ".join(page) for page in pilot.pages) == older


@pytest.mark.parametrize(
    ("event", "proposed"),
    [
        (("option_sold", {**OPTION, "exercised": "1000", "quantity": "900", "price": "20"}), ("non_derivative[1]",)),
        (("option_net", {**OPTION, "exercised": "1000", "quantity": "775", "price": "20"}), None),
        (("bought", PRICED), ("non_derivative[0]",)),
    ],
    ids=["exercise and sale", "net exercise", "purchase"],
)  # fmt: skip
def test_a_plan_is_proposed_for_sales_and_purchases(
    event: tuple[str, Mapping[str, str]], proposed: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """What a filer does not tick: the exercise and the shares withheld, unless there is nothing else."""
    answers = {"aff10b5_one": "yes", "plan.adopted": "3/4/24", "plan.notice": ""}
    data, pilot = interview(tmp_path, [event], answers)
    everything = tuple(f"{table}[{n}]" for table, n, _ in rows(data))

    assert [a.chosen for a in pilot.asks if a.id == "plan.rows"] == [proposed or everything]
    under = [f"{t}[{n}]" for t, n, row in rows(data) if isinstance(row["transaction_code"], dict)]
    assert tuple(under) == (proposed or everything)
