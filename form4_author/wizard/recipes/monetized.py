"""Shares that raise money or are hedged without an ordinary sale: a lender's sale, an exchange fund (58 and 59).

What happened between the person and the lender or fund is asked; whether a basket of securities is excluded
(Rule 16a-1(c)(4)) is not checked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.pasted_table import SELL
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.shared.cell import TABLE_1, cells_of
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    price,
    quantity,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.recipes.trade import trade_fills
from form4_author.wizard.screen import Proposal
from form4_author.wizard.wording import money_words, us_day

if TYPE_CHECKING:
    from form4_author.wizard.screen import Prompt, View

__all__ = ["EXCHANGE_FUND", "LENDER_SOLD"]

# ---- 58: a lender sold pledged shares

_LENDER: Final = (
    Option("sold", "The lender sold them, for example after a margin call"),
    Option("taken", "The lender took them over against the debt"),
)


def _credited() -> tuple[Prompt, ...]:
    """The number and price of the lender's sales, or the value at which it took the shares over."""
    *number, paid = trade_fills("How many shares?", "Column 4.", SELL, only=True)

    def words(view: View) -> str:
        taken = says("lender", "taken")(view)
        return f"{'Value credited against the debt' if taken else 'Price'} per share, US dollars"

    return (*number, replace(paid, message=words))


def _lender_words(view: View) -> Proposal:
    pledged = answer_to(view, "pledged_on")
    on = f" on {us_day(pledged)}" if pledged else ""
    cause = answer_to(view, "cause")
    if says("lender", "taken")(view):
        return Proposal(f"Taken over by a lender to satisfy a {cause} on shares pledged{on}.")
    return Proposal(
        f"Sold by a lender to satisfy a {cause} on shares pledged{on}; the reporting person did not direct the sale."
    )


LENDER_SOLD: Final = Recipe(
    id="lender_sold",
    number=58,
    label="A lender sold or took over pledged shares",
    also="margin call forced sale pledge pledged lender lenders bank broker foreclosure foreclosed foreclose "
    "collateral loan default defaulted liquidated liquidation seized",
    rule="One line of Table I, code S, due in two business days after the lender's sale (Instructions 4(a)(i), 8). The "
    "pledge itself has no line. That the person did not intend the sale is no defense under Section 16(b).",
    prompts=(
        chosen(
            "lender",
            "Did the lender sell the shares, or take them over?",
            "Column 3, Instruction 8. Both are a disposition, code S; of shares taken over column 4 has the value "
            "credited.",
            _LENDER,
        ),
        traded_on("Date of the lender's sale or of the taking over", "Column 2. Not the day of the notice."),
        security(),
        *_credited(),
        *holder(),
        asked(
            "cause",
            "What was it to satisfy?",
            "Column 3, for the footnote: margin call, loan default.",
            propose=lambda _view: Proposal("margin call"),
        ),
        asked(
            "pledged_on",
            "When were the shares pledged?",
            "Column 3, for the footnote: 4/27/17. Enter alone: the footnote gives no day.",
            "transaction_date",
            entry=EntryKind.DATE,
            required=False,
        ),
        replace(
            offered(
                "lender_note",
                "Footnote on the lender's sale",
                "Column 3, a footnote to the code, in the Explanation of Responses. By custom: that the lender acted, "
                "and under which pledge.",
                _lender_words,
            ),
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("S", "D", price=Take("price")),
            notes={"price": "price_note", "transaction_code": "lender_note"},
            fills=True,
        ),
    ),
)

# ---- 59: contributed to an exchange fund


def _fund_words(view: View) -> Proposal:
    return Proposal(
        f"Contributed to {answer_to(view, 'fund')} in exchange for fund interests valued at "
        f"{money_words(answer_to(view, 'price'))} per share."
    )


EXCHANGE_FUND: Final = Recipe(
    id="exchange_fund",
    number=59,
    label="Contributed shares to an exchange fund",
    also="swap fund diversification diversify diversified contributed contribution contribute partnership units "
    "non-cash sale in exchange for fund interests",
    rule="One line of Table I, code S at the value that the fund credits, due in two business days (Instructions 5(b), "
    "8). The fund's interests have no line where Rule 16a-1(c)(4), a broad basket, applies. By general knowledge.",
    prompts=(
        traded_on("Date on which the fund accepted the shares", "Column 2."),
        security(),
        quantity("How many shares were contributed?", "Column 4."),
        price(
            "Value per share credited by the fund, US dollars",
            "Column 4, Instruction 5(b): the value of what is received other than cash, for example 60.00.",
        ),
        asked(
            "fund",
            "Which fund? As the footnote names it",
            "Column 4, for the footnote: an exchange fund, or its name.",
            propose=lambda _view: Proposal("an exchange fund"),
        ),
        *holder(),
        replace(
            offered(
                "fund_note",
                "Footnote on the contribution",
                "Column 4, a footnote to the amount, in the Explanation of Responses. By custom: that the sale was not "
                "for cash, and what was received.",
                _fund_words,
            ),
            derived=True,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1, cells=cells_of("S", "D", price=Take("price")), notes={"amount": "fund_note"}
        ),
    ),
)
