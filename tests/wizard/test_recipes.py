"""Each recipe: the answers it takes and the rows that follow, with their totals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.codes import transaction_codes
from form4_author.wire.draft import draft_of
from form4_author.wizard.draft import event
from form4_author.wizard.recipes import RECIPES, rule_text
from form4_author.wizard.screen import View
from tests.wizard.data import Data, drawn, flat, put, rows
from tests.wizard.replay import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping


def happened(
    recipe: str,
    answers: Mapping[str, str],
    before: Mapping[str, str] | None = None,
    *,
    data: Data | None = None,
) -> Data:
    """A draft in which something happened, its consequences drawn."""
    held = {f"I / {k} / D" if " / " not in k else k: v for k, v in (before or {}).items()}
    draft: Data = data or {"form": "4", "interview": {"held_before": held}}
    number = View(draft_of(draft)).count("interview.events")
    draft = put(draft, ("interview", "events", number), {"recipe": recipe, "answers": dict(answers)})
    return drawn(draft, TODAY)[0]


def brief(data: Data) -> list[str]:
    """``I F D 7007 @120.34 → 232595`` for each row."""
    return [
        f"{'II' if table == 'derivative' else 'I'} {c['transaction_code']} {c['acquired_disposed']} {c['amount']} "
        f"@{c.get('price', '')} → {c.get('amount_owned_following', '?')}"
        for table, _, row in rows(data)
        if (c := flat(row))
    ]


TRADE = {"date": "2024-11-01", "security": "Common Stock", "quantity": "1000", "ownership": "D"}
UNITS = {
    "style": "table2", "date": "2024-11-01", "security": "Common Stock", "unit": "Restricted Stock Units",
    "vested": "1000", "quantity": "400", "price": "10", "unit_note": "One unit, one share.",
    "exercisable": "2024-11-01", "expiration": "The units do not expire.",
}  # fmt: skip
OPTION = {
    "date": "2024-11-01", "security": "Common Stock", "option": "Stock Option (Right to Buy)", "quantity": "1000",
    "strike": "12.50", "exercisable": "2020-01-01", "expiration": "2030-01-01", "ownership": "D",
}  # fmt: skip


@pytest.mark.parametrize(
    ("recipe", "answers", "lines"),
    [
        ("bought", {**TRADE, "price": "10.5", "after_1": "6000"}, ["I P A 1000 @10.5 → 6000"]),
        ("sold", {**TRADE, "price": "10.5", "after_1": "4000"}, ["I S D 1000 @10.5 → 4000"]),
        ("granted_stock", {**TRADE, "after_1": "6000"}, ["I A A 1000 @0 → 6000"]),
        ("gave", {**TRADE, "given_to": "outside", "after_1": "4000"}, ["I G D 1000 @0 → 4000"]),
        (
            "rsu_withheld",
            {"style": "table1", "date": "2024-11-01", "security": "Common Stock", "quantity": "400", "price": "10",
             "after_1": "600"},
            ["I F D 400 @10 → 600"],
        ),
        (
            "rsu_withheld",
            {**UNITS, "after_1": "5600", "after_2": "3000"},
            ["I M A 1000 @0 → 6000", "I F D 400 @10 → 5600", "II M D 1000 @0 → 3000"],
        ),
        (
            "option_kept",
            {**OPTION, "after_1": "6000", "after_2": "0"},
            ["I M A 1000 @12.50 → 6000", "II M D 1000 @0 → 0"],
        ),
    ],
    ids=["1", "2", "4", "16", "6 Table I", "6 Table II", "11"],
)  # fmt: skip
def test_rows_by_event(recipe: str, answers: dict[str, str], lines: list[str]) -> None:
    """The table in section 4 of the interview's design; totals count back from what is held after."""
    data = happened(recipe, answers)

    assert brief(data) == lines
    assert {flat(row)["transaction_form_type"] for _, _, row in rows(data)} == {"4"}
    assert all(row["equity_swap"] is False for _, _, row in rows(data))


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.id)
def test_codes_and_directions_are_those_the_form_admits(recipe: Any) -> None:
    for row in recipe.rows:
        code, direction = row.cells.get("transaction_code"), row.cells["acquired_disposed"]
        if isinstance(code, str) and isinstance(direction, str):
            known = transaction_codes()[code]
            assert direction in (known.table_2 if row.table == "derivative" else known.table_1)


def test_every_recipe_names_its_rule() -> None:
    sources = ("Instruction", "Rule 16a-3(g)", "Rule 16a-9")

    assert [r.id for r in RECIPES if not any(source in r.rule for source in sources)] == []


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.id)
def test_every_question_names_its_box_or_rule(recipe: Any) -> None:
    named = re.compile(r"(?:Instructions?|Rules?) \d|[Cc]olumns? \d|Box \d")
    silent = [p.id for p in recipe.prompts if not named.search(p.help)]

    assert [id for id in silent if id != "events[{i}].columns"] == []  # that one is about the broker's sheet


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.id)
def test_rules_are_told_in_words(recipe: Any) -> None:
    """``I M A`` is how the design writes a row, not how a filer reads one."""
    assert re.findall(r"\bI{1,2} [A-Z] [AD]\b", recipe.rule) == []


def test_a_form_5_is_not_told_that_two_business_days_remain() -> None:
    told = {r.id: rule_text(r, "5") for r in RECIPES}

    assert told["sold"].startswith(
        "One line of Table I, code S, which was due on Form 4 in two business days (Instruction 8; Rule 16a-3(g)(1))."
    )
    assert told["gave"] == (
        "One line, code G (D) at 0, in Table I, or in Table II for an option or unit, which was due on Form 4 in two "
        "business days since 27 February 2023 (Rule 16a-3(g)(1); Release 33-11138)."
    )
    assert [
        id for id, rule in told.items() if re.search(r"(?<!which was )due in two business days", rule)
    ] == []
    assert all(rule_text(r, "4") == r.rule for r in RECIPES)


def test_nothing_is_made_while_a_question_is_open() -> None:
    data = happened("sold", {**TRADE, "after_1": "4000"})

    assert list(rows(data)) == []


def test_a_cell_changed_by_hand_stays_when_an_answer_changes() -> None:
    data = happened("sold", {**TRADE, "price": "10.5", "after_1": "4000"})
    data = put(data, ("non_derivative", 0, "security_title"), "Class A Common Stock")
    data = put(data, ("interview", "events", 0, "answers", "price"), "11")
    data = drawn(data, TODAY)[0]

    assert flat(data["non_derivative"][0])["security_title"] == "Class A Common Stock"
    assert flat(data["non_derivative"][0])["price"] == "11"


def test_a_cell_changed_by_hand_outlasts_the_answer_behind_it() -> None:
    data = happened("sold", {**TRADE, "price": "10.5", "after_1": "4000"})
    data = put(data, ("non_derivative", 0, "price"), "10.75")
    data = put(data, ("interview", "events", 0, "answers", "price"), "11")

    assert flat(drawn(data, TODAY)[0]["non_derivative"][0])["price"] == "10.75"


def test_another_style_makes_other_rows_in_place_of_the_old() -> None:
    answers = {**UNITS, "after_1": "5600", "after_2": "3000"}
    data = happened("rsu_withheld", {**answers, "style": "table1"})
    assert brief(data) == ["I F D 400 @10 → 5600"]

    data = put(data, ("interview", "events", 0, "answers", "style"), "table2")
    data = drawn(data, TODAY)[0]

    assert brief(data) == ["I M A 1000 @0 → 6000", "I F D 400 @10 → 5600", "II M D 1000 @0 → 3000"]
    assert data["interview"]["events"][0]["rows"] == [
        "non_derivative[0]",
        "non_derivative[1]",
        "derivative[0]",
    ]


def test_words_in_place_of_a_date_become_a_footnote() -> None:
    data = happened("rsu_withheld", {**UNITS, "after_1": "5600", "after_2": "3000"})

    unit = data["derivative"][0]
    assert unit["date_exercisable"] == "2024-11-01"
    assert unit["expiration_date"] == {"footnotes": ["F2"]}
    assert data["footnotes"] == [
        {"id": "F1", "text": "One unit, one share."},
        {"id": "F2", "text": "The units do not expire."},
    ]


def test_what_was_held_before_gives_the_total_with_its_sum() -> None:
    data = happened("sold", {**TRADE, "price": "10.5"}, {"common stock": "5000"})
    prompts = {p.id: p for p in event.card(View(draft_of(data), 0))}
    proposal = prompts["events[{i}].after_1"].propose(View(draft_of(data), 0))

    assert proposal is not None
    assert (proposal.text, proposal.why) == ("4000", "5,000 − 1,000 = 4,000")


def test_the_second_event_counts_on_from_the_first() -> None:
    data = happened("bought", {**TRADE, "price": "10", "after_1": "6000"})
    data = happened("sold", {**TRADE, "price": "12", "quantity": "250"}, data=data)
    prompts = {p.id: p for p in event.card(View(draft_of(data), 1))}
    proposal = prompts["events[{i}].after_1"].propose(View(draft_of(data), 1))

    assert proposal is not None
    assert (proposal.text, proposal.why) == ("5750", "6,000 − 250 = 5,750")
    assert not prompts["events[{i}].before_1"].when(View(draft_of(data), 1))
