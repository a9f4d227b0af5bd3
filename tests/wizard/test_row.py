"""What the interview proposes in a row of a table, by its transaction code."""

from __future__ import annotations

import pytest

from form4_author.codes import transaction_codes
from form4_author.wire.draft import draft_of
from form4_author.wizard.screen import Proposal, View
from form4_author.wizard.screens.row import ROWS
from form4_author.wizard.wording import line_row


@pytest.mark.parametrize(
    ("table", "free"), [("non_derivative", "GW"), ("derivative", "MCOXEGW")], ids=["Table I", "Table II"]
)
@pytest.mark.parametrize("code", [*transaction_codes(), "Q", ""])
def test_a_price_of_0_is_proposed_where_nothing_is_paid(code: str, table: str, free: str) -> None:
    prompts = [p for screen in ROWS if isinstance(screen.prompts, tuple) for p in screen.prompts]
    (prompt,) = (each for each in prompts if each.id == f"{table}[{{i}}].price")
    view = View(draft_of({table: [{"kind": "transaction", "transaction_code": code}]}), 0)
    nothing_is_paid = code != "" and code in free

    assert prompt.propose(view) == (
        Proposal("0", f"nothing is paid for code {code}") if nothing_is_paid else None
    )


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        (
            "non_derivative",
            {"kind": "transaction", "security_title": "Common Stock", "transaction_date": "2024-11-01",
             "transaction_code": "S", "amount": "5000", "price": "121.5", "acquired_disposed": "D",
             "amount_owned_following": "227595", "ownership_form": "D"},
            "I-1  11/01/2024 S 5,000 (D) at $121.50  227,595 after  Common Stock, direct",
        ),
        (
            "derivative",
            {"kind": "holding", "security_title": "Stock Option (Right to Buy)", "underlying_amount": "12000",
             "ownership_form": "D"},
            "II-1  12,000 held  Stock Option (Right to Buy), direct",
        ),
    ],
)  # fmt: skip
def test_a_line_as_a_row_of_the_list(table: str, row: dict[str, str], words: str) -> None:
    draft = draft_of({"form": "4", table: [row]})
    found = draft.row(table, 0)

    assert found is not None
    assert line_row(table, 0, found) == words
