"""What is typed beside values: words in place of a date, ``=`` for what stands above, prices as they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import flow
from form4_author.wizard.entry import EntryKind, is_words
from form4_author.wizard.question import answered, ask
from form4_author.wizard.screen import Ask, Place, View
from form4_author.wizard.wording import entered, shown_cell
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import TODAY, play

UNITS: dict[str, Any] = {
    "kind": "holding", "security_title": "Restricted Stock Units", "exercise_price": {"footnotes": ["F1"]},
    "date_exercisable": {"footnotes": ["F1"]}, "expiration_date": "2030-01-01", "ownership_form": "I",
    "nature_of_ownership": "By Spouse",
}  # fmt: skip
TWO: dict[str, Any] = {
    **INSIDER,
    "derivative": [UNITS, {"kind": "holding", "security_title": "Restricted Stock Units"}],
    "footnotes": [{"id": "F1", "text": "Each unit is one share."}],
}


def put_at(data: dict[str, Any], id: str) -> tuple[Place, Ask]:
    place = flow.place(draft_of(data), id)
    assert place is not None
    return place, ask(draft_of(data), place, TODAY)


# ---- words


@pytest.mark.parametrize(
    "text",
    ["Immediately", "Immediate.", "None", "N/A", "n.a.", "See footnote", "Vested May 1", "Vested 5/1/2024"],
)
def test_words_that_are_no_date_become_a_footnote(text: str) -> None:
    place, question = put_at(TWO, "derivative[1].date_exercisable")

    assert question.check(text) is None
    data = draft_data(answered(draft_of(TWO), place, text, TODAY).draft)
    assert data["footnotes"][-1]["text"] == text
    assert data["derivative"][1]["date_exercisable"] == {"footnotes": ["F2"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tomorrow", '"tomorrow" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'),
        ("18th of November", '"18th of November" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'),
        ("Friday Nov 18", '"Friday Nov 18" is not a date; type 11/18/2026, Nov 18, t for today or -1 for yesterday'),
        ("Nov 31", "11/31/2024 is not a calendar date"),
    ],
)  # fmt: skip
def test_what_looks_like_a_date_is_refused_with_the_reason(text: str, said: str) -> None:
    _, question = put_at(TWO, "derivative[1].date_exercisable")

    assert question.check(text) == said


@pytest.mark.parametrize(
    "text", ["12.50 dollars", "about 100", "$5 per share", "1.2kk", "abc", "12.5O", "USD 5"]
)
def test_a_number_beside_a_word_is_no_footnote(text: str) -> None:
    assert not is_words(text)


# ---- the cell above


def test_the_footnote_of_the_cell_above_is_repeated() -> None:
    place, question = put_at(TWO, "derivative[1].exercise_price")

    assert question.check("=") is None
    data = draft_data(answered(draft_of(TWO), place, "=", TODAY).draft)
    assert data["derivative"][1]["exercise_price"] == {"footnotes": ["F1"]}
    assert len(data["footnotes"]) == 1


def test_a_list_chooses_the_value_above(tmp_path: Path) -> None:
    at = {**TWO, "interview": {"at": "derivative[1].ownership_form"}}
    answers = [("derivative[1].ownership_form", "="), ("derivative[1].nature_of_ownership", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers, at)

    assert script.asks[0].above == "I"
    assert draft_data(outcome.draft)["derivative"][1]["ownership_form"] == "I"
    assert put_at(TWO, "derivative[0].ownership_form")[1].above == ""


def test_a_list_of_an_event_chooses_what_the_event_before_has(tmp_path: Path) -> None:
    """Only an answer that the list has."""
    events = [
        {"recipe": "sold", "answers": {"ownership": "I"}},
        {"recipe": "bought", "answers": {"date": "2024-11-01"}},
    ]
    data = {**INSIDER, "interview": {"at": "happened", "events": events}}

    assert put_at(data, "events[1].ownership")[1].above == "I"
    assert put_at(data, "happened")[1].above == ""


# ---- as it reads


def test_prices_have_two_decimals_where_they_are_read() -> None:
    data = {
        **INSIDER,
        "non_derivative": [{"kind": "transaction", "price": "10.1", "amount": "1.5"}],
    }
    place, _ = put_at(data, "non_derivative[0].price")

    assert shown_cell(draft_of(data), ("non_derivative", 0, "price")) == "$10.10"
    assert shown_cell(draft_of(data), ("non_derivative", 0, "amount")) == "1.5"
    assert [entered(price, place.prompt) for price in ("12.5", "0", "21.50", "1234.5678")] == [
        "$12.50",
        "$0.00",
        "$21.50",
        "$1,234.5678",
    ]
    assert place.prompt.entry is EntryKind.NUMBER_OR_WORDS
    assert entered("Words.", place.prompt) == "Words."


# ---- Form 3


def test_form_3_has_its_own_columns() -> None:
    data = {
        **INSIDER,
        "form": "3",
        "non_derivative": [{"kind": "holding"}],
        "derivative": [{"kind": "holding"}],
    }

    def asked(id: str) -> str:
        place, _ = put_at(data, id)
        return place.prompt.asked(View(draft_of(data), 0))

    assert [asked(f"non_derivative[0].{name}") for name in ("security_title", "amount_owned_following", "ownership_form")] == [
        "Column 1, Title of Security", "Column 2, Amount of Securities Beneficially Owned",
        "Column 3, Ownership Form",
    ]  # fmt: skip
    assert [asked(f"derivative[0].{name}") for name in ("date_exercisable", "exercise_price", "ownership_form")] == [
        "Column 2, Date Exercisable", "Column 4, Conversion or Exercise Price",
        "Column 5, Ownership Form",
    ]  # fmt: skip
