"""What the interview proposes in a row of a table, by its transaction code."""

from __future__ import annotations

import pytest

from form4_author.codes import transaction_codes
from form4_author.wire.draft import draft_of
from form4_author.wizard.screen import Proposal, View
from form4_author.wizard.screens.row import ROWS


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
