"""A total that nothing explains, typed in a row of the form: it asks for a reason, which becomes a footnote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.wire.draft import draft_data
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft import opening
from tests.wizard.pilot import LAST
from tests.wizard.replay import Watched, play

if TYPE_CHECKING:
    from pathlib import Path

ROW = "non_derivative[0]"
WHY = "Includes 3,900 shares acquired under the employee stock purchase plan."
BOUGHT = [
    ("happened", "non_derivative transaction"), (f"{ROW}.security_title", ""), (f"{ROW}.transaction_date", "11/1"),
    (f"{ROW}.transaction_code", "p"), (f"{ROW}.amount", "100"), (f"{ROW}.price", "10"), (f"{ROW}.ownership_form", "D"),
    (f"{ROW}.held_before", ""),
]  # fmt: skip
SOLD = [
    ("happened", "sold"), ("events[0].date", "11/1"), ("events[0].security", ""), ("events[0].quantity", "100"),
    ("events[0].price", "10"), ("events[0].ownership", ""), ("events[0].after_1", ""), ("lines", "carry"),
]  # fmt: skip


def known() -> dict[str, Any]:
    return draft_data(opening.from_filing(filing_from(LAST)[0]))


def question(script: Watched, id: str) -> Any:
    return next(a for a in script.asks if a.id == id)


def test_a_total_typed_in_a_row_that_nothing_explains_asks_why(tmp_path: Path) -> None:
    answers = [
        *BOUGHT,
        (f"{ROW}.amount_owned_following", "9000"),
        (f"{ROW}.jump", WHY),
        (f"{ROW}.columns", "q"),
    ]
    outcome, script = play(tmp_path / "d.form4.json", answers, known())

    assert question(script, f"{ROW}.held_before").shown == "5,000  (Form 4 of 08/05/2024)"
    assert question(script, f"{ROW}.amount_owned_following").shown == "5,000 + 100 = 5,100"
    assert question(script, f"{ROW}.jump").message == "9,000 is 3,900 more than 5,000 + 100 = 5,100. Why?"
    assert draft_data(outcome.draft)["non_derivative"][0]["amount_owned_following"] == {
        "value": "9000",
        "footnotes": ["F1"],
    }
    assert draft_data(outcome.draft)["footnotes"] == [{"id": "F1", "text": WHY}]


def test_the_total_worked_out_asks_nothing(tmp_path: Path) -> None:
    answers = [*BOUGHT, (f"{ROW}.amount_owned_following", ""), (f"{ROW}.columns", "q")]
    outcome, _ = play(tmp_path / "d.form4.json", answers, known())

    assert draft_data(outcome.draft)["non_derivative"][0]["amount_owned_following"] == "5100"
    assert "jumps" not in draft_data(outcome.draft)["interview"]


def test_a_holding_carried_on_that_is_changed_asks_why_and_the_reason_goes_with_the_change(
    tmp_path: Path,
) -> None:
    total, jump = "non_derivative[1].amount_owned_following", "non_derivative[1].jump"
    opened = [("lines", "non_derivative[1].columns"), ("non_derivative[1].columns", "amount_owned_following")]
    answers = [*SOLD, *opened, (total, "950"), (jump, "Includes a gift."), ("non_derivative[1].columns", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers, known())

    assert question(script, jump).message == "950 is 250 more than 700 (Form 4 of 08/05/2024). Why?"
    assert draft_data(outcome.draft)["non_derivative"][1]["amount_owned_following"] == {
        "value": "950",
        "footnotes": ["F1"],
    }
    back = [opened[1], (total, "700"), ("non_derivative[1].columns", "q")]
    again, _ = play(tmp_path / "e.form4.json", back, draft_data(outcome.draft))
    assert draft_data(again.draft)["non_derivative"][1]["amount_owned_following"] == "700"
    assert "footnotes" not in draft_data(again.draft)


def test_another_reason_takes_the_place_of_the_first(tmp_path: Path) -> None:
    answers = [
        *BOUGHT, (f"{ROW}.amount_owned_following", "9000"), (f"{ROW}.jump", "Some reason."), (f"{ROW}.columns", "<"),
        (f"{ROW}.jump", WHY), (f"{ROW}.columns", "q"),
    ]  # fmt: skip
    outcome, _ = play(tmp_path / "d.form4.json", answers, known())

    assert [n["text"] for n in draft_data(outcome.draft)["footnotes"]] == [WHY]


def test_a_reason_that_is_owed_is_named_at_the_review(tmp_path: Path) -> None:
    answers = [
        *BOUGHT, (f"{ROW}.amount_owned_following", "9000"), (f"{ROW}.jump", "/"), ("sections", "7"), ("review", "q"),
    ]  # fmt: skip
    _, script = play(tmp_path / "d.form4.json", answers, known())

    told = [option.label for option in script.asks[-1].options]
    assert "To answer  Table I, line 1: transaction, 9,000 is 3,900 more than …" in told


def test_lines_from_a_filing_that_is_amended_ask_nothing(tmp_path: Path) -> None:
    """Many forms state one total in all lines of a class; it was not typed here."""
    sold = {**LAST["non_derivative"][0], "transaction_date": "2024-08-01", "transaction_code": "S", "amount": "10",
            "price": "1", "acquired_disposed": "D"}  # fmt: skip
    data = {
        **LAST,
        "form": "4/A",
        "non_derivative": [sold, sold],
        "interview": {"at": "non_derivative[1].columns"},
    }
    _, script = play(
        tmp_path / "d.form4.json",
        [("non_derivative[1].columns", "price"), ("non_derivative[1].price", "2"), ("non_derivative[1].columns", "q")],
        data,
    )  # fmt: skip

    line = "non_derivative[1]"
    assert [a.id for a in script.asks] == [f"{line}.columns", f"{line}.price", f"{line}.columns"]
