"""A put that is exercised, or a written option that is exercised against the person (event 52)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right
from form4_author.text import dollars
from form4_author.wizard.draft import row_value
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Take
from form4_author.wizard.recipes.option import EXERCISED_PUT, WARRANT, money
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, answered, cells_of, option_cells
from form4_author.wizard.recipes.shared.derivative_term import option_terms
from form4_author.wizard.recipes.shared.direction import (
    all_but,
    option_named,
    shares_exercised,
    way,
    way_prompt,
)
from form4_author.wizard.recipes.shared.instead import chosen_again
from form4_author.wizard.recipes.shared.question import (
    chosen,
    holder,
    offered,
    put_since,
    quantity,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import OPTIONS, titles, with_series
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import Proposal, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import Answer, Prompt, View

__all__ = ["ASSIGNED"]

_TITLES: Final = (
    "Put Option (Right to Sell)",
    "Call Option (Obligation to Sell)",
    "Put Option (Obligation to Buy)",
)
_WRITTEN: Final = {Right.MUST_SELL: "call", Right.MUST_BUY: "put"}


def _obliges(view: View) -> bool:
    """Whether someone else decided on the exercise."""
    return option_named(view) in _WRITTEN


def _assigned_words(view: View) -> Proposal | None:
    """``Assignment of a written call option with an exercise price of $40.``."""
    kind = _WRITTEN.get(option_named(view) or Right.UNKNOWN)
    answers = with_series(view, {"series": answer_to(view, "series"), "strike": answer_to(view, "strike")})
    strike = row_value.number(answers["strike"])
    price = "" if strike is None else f" with an exercise price of ${dollars(strike)}"
    return Proposal(f"Assignment of a written {kind} option{price}.") if kind else None


def _terms() -> tuple[Prompt, ...]:
    """The terms of the option, with the three titles that it may have among what is suggested."""
    series, title, *others = option_terms(_TITLES[0], of=all_but(Right.BUY, instead=WARRANT.label))
    suggested = titles(OPTIONS)
    return (
        series,
        replace(title, suggests=lambda view: tuple(dict.fromkeys((*suggested(view), *_TITLES)))),
        *others,
    )


_PAID_IN: Final = (Option("shares", "In shares"), Option("cash", "In cash"))
_IN_CASH: Final = (
    "An option settled in cash moves no shares: it is closed as one bought back or sold. Choose: Bought or sold an "
    "exchange-traded option."
)


def _settled(view: View, answer: Answer) -> Step:
    if answer == "cash":
        return chosen_again(view, _IN_CASH)
    return Step(draft=view.with_text(f"{ANSWERS}paid_in", answer).draft)


_MONEY, _MARKET = money(lambda view: not _obliges(view))
_is_out: Final = answered("money", "O")


def _in_money(answers: Mapping[str, str]) -> bool:
    return not _is_out(answers)


_SHARES: Final = RowRecipe(
    table=TABLE_1,
    cells=cells_of(Take("money", "X"), way, price=Take("strike")),
    notes={"transaction_code": "assigned"},
    when=_in_money,
)

ASSIGNED: Final = Recipe(
    id="put_exercised",
    number=52,
    label=EXERCISED_PUT,
    also="assignment assign assigns exercise exercises exercised against called away short covered calls "
    "puts put to me obligation options delivered exchange-traded listed",
    rule="Two lines, code X: the option leaves in Table II (D). In Table I a right or an obligation to sell disposes "
    "of the shares (D), an obligation to buy acquires them (A), at the exercise price, due in two business days "
    "(Instructions 4(c), 8; Rule 16b-6(b)). Settled in cash, the option is bought back or sold instead.",
    prompts=(
        traded_on("Date of exercise or assignment", "Column 2 (Table II: 3)."),
        *_terms(),
        replace(
            chosen(
                "paid_in",
                "Was it settled in shares or in cash?",
                "Columns 3 and 4, Instruction 8. Shares that were delivered or received have a line in Table I; for "
                "cash the option is bought back or sold.",
                _PAID_IN,
            ),
            act=_settled,
            when=put_since("paid_in"),
        ),
        way_prompt(),
        security("Column 1 (Table II: 7). The class that was sold or bought by the exercise: Common Stock."),
        quantity(
            shares_exercised(OPTIONS),
            "Column 4, and column 5 of Table II: the number of contracts times 100.",
        ),
        _MONEY,
        *holder(),
        _MARKET,
        offered(
            "assigned",
            "Footnote on the assignment",
            "Column 3, a footnote to the code, in the Explanation of Responses. By custom: which option was "
            "exercised against the person, and at what price.",
            _assigned_words,
            when=_obliges,
        ),
    ),
    rows=(
        _SHARES,
        replace(_SHARES, notes={"transaction_code": "market"}, when=_is_out),
        RowRecipe(table=TABLE_2, cells=option_cells(Take("money", "X"), "D")),
    ),
)
