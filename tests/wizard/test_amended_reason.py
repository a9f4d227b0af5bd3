"""What an amendment changes is proposed in words, from the lines of the original and those of the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import flow
from form4_author.wizard.draft.amended_line import with_original
from form4_author.wizard.draft.amended_reason import reason
from form4_author.wizard.question import ask
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import TODAY, play

if TYPE_CHECKING:
    from pathlib import Path

SOLD = {
    "kind": "transaction", "security_title": "Common Stock", "transaction_date": "2024-11-01",
    "transaction_form_type": "4", "transaction_code": "S", "equity_swap": False, "amount": "1000", "price": "120.34",
    "acquired_disposed": "D", "amount_owned_following": "4000", "ownership_form": "D",
}  # fmt: skip
MORE = {**SOLD, "transaction_date": "2024-11-04", "amount_owned_following": "3000"}
PRICE = "This amendment corrects Table I, column 4 (Price), from $120.34 to $121.50; nothing else changes."


def changed(*lines: dict[str, Any], **cells: Any) -> dict[str, Any]:
    """The draft of an amendment of these lines, whose first has other cells now."""
    begun = with_original(draft_of({**INSIDER, "form": "4/A", "non_derivative": list(lines)}))
    data = draft_data(begun)
    data["non_derivative"][0] |= cells
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (changed(SOLD, price="121.5"), PRICE),
        (changed(SOLD, MORE, price="121.5"), PRICE.replace("Table I", "Table I, line 1")),
        (
            changed(SOLD, amount="1200", amount_owned_following="3800"),
            ("This amendment corrects Table I, column 4 (Amount), from 1,000 to 1,200; and Table I, column 5 (Amount "
             "Owned Following Transaction(s)), from 4,000 to 3,800; nothing else changes."),
        ),
        (changed(SOLD), ""),
        (changed(SOLD, price={"footnotes": ["F1"]}) | {"footnotes": [{"id": "F1", "text": "An average price."}]}, ""),
        ({**INSIDER, "form": "4/A", "non_derivative": [SOLD]}, ""),
        (changed(SOLD) | {"non_derivative": [SOLD, MORE]}, ""),
    ],
)  # fmt: skip
def test_the_cells_that_differ_are_named(data: dict[str, Any], words: str) -> None:
    assert reason(draft_of(data)) == words


def test_the_reason_stands_in_the_line_to_be_accepted_or_edited(tmp_path: Path) -> None:
    data = changed(SOLD, price="121.5")
    at = flow.place(draft_of(data), "amendment.reason")
    assert at is not None
    assert (ask(draft_of(data), at, TODAY).proposal, ask(draft_of(data), at, TODAY).prefill) == (PRICE, True)

    start = {**data, "interview": {**data["interview"], "at": "amendment.reason"}}
    outcome, _ = play(tmp_path / "d.form4.json", [("amendment.reason", ""), ("aff10b5_one", "q")], start)
    assert draft_data(outcome.draft)["remarks"] == PRICE


def test_nothing_is_proposed_where_a_footnote_gives_the_reason() -> None:
    data = changed({**SOLD, "amount": {"value": "1000", "footnotes": ["F1"]}}, price="121.5")
    note = [{"id": "F1", "text": "This amendment corrects the price."}]
    draft = draft_of({**data, "footnotes": note})
    at = flow.place(draft, "amendment.reason")

    assert at is not None
    assert ask(draft, at, TODAY).proposal == ""
