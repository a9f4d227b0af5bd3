"""Exchange-traded options: bought, written, closed, expired (events 28 and 29).

What is known of the last filing is only chosen. Of written options the form counts obligations: see
``form4_author.wizard.draft.row_value.signed``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take
from form4_author.wizard.recipes.shared.cell import TABLE_2, answered, option_cells
from form4_author.wizard.recipes.shared.derivative_term import option_terms
from form4_author.wizard.recipes.shared.direction import all_but
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    quantity,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import OPTIONS, right_of_line, series_prompt
from form4_author.wizard.screen import Proposal

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.interview import CarriedLine
    from form4_author.wizard.recipes.shared.series import Fits
    from form4_author.wizard.screen import Prompt, View

__all__ = ["EXCHANGE_OPTION", "WRITTEN_EXPIRED"]

# ---- 28: exchange options

_SIDES: Final = (
    Option("P", "Bought the option"),
    Option("S", "Sold (wrote) the option"),
)
_TITLES: Final = {
    "P": "Call Option (Right to Buy)",
    "S": "Call Option (Obligation to Sell)",
}
_KINDS: Final = (*_TITLES.values(), "Put Option (Right to Sell)", "Put Option (Obligation to Buy)")
_NAMED: Final = re.compile(r"\b(?:calls?|puts?)\b", re.IGNORECASE)
_OTHER: Final = "other"


def _line_choice(fits: Fits, about: str) -> tuple[Prompt, Callable[[View], bool]]:
    """The choice among the lines last reported that fit, and whether the terms are to be asked without it."""
    series = series_prompt("Which option?", OPTIONS, fits)

    def is_offered(view: View) -> bool:
        return series.when(view) and len(series.options(view)) > 1

    choice = replace(
        series,
        help=f"Table II, columns 1, 2, 6 and 7 are taken over for the line chosen, as last reported. {about}",
        propose=lambda view: Proposal(series.options(view)[0].value),
        when=is_offered,
    )
    return choice, lambda view: not is_offered(view) or says("series", _OTHER)(view)


def _is_traded(line: CarriedLine) -> bool:
    """Whether a line is of a call or put, or of another option that the issuer's plans do not grant."""
    return bool(_NAMED.search(line.text("security_title"))) or right_of_line(line) is not Right.BUY


def _may_be_written(line: CarriedLine) -> bool:
    """Whether a line is of an obligation, or does not say that it is none."""
    return right_of_line(line).obliges or right_of_line(line) is Right.UNKNOWN


_TRADED, _IS_NEW = _line_choice(_is_traded, "A call or put that is new to the form: choose a new one.")
_WRITTEN, _IS_NEW_WRITTEN = _line_choice(
    _may_be_written, "One that no form has reported yet: choose a new one."
)


def _exchange_row(code: str, direction: str) -> RowRecipe:
    return RowRecipe(
        table=TABLE_2, cells=option_cells(code, direction, price=Take("premium")), when=answered("side", code)
    )


EXCHANGE_OPTION: Final = Recipe(
    id="exchange_option",
    number=28,
    label="Bought or sold an exchange-traded option",
    also="options put puts call calls covered protective collar zero-cost listed CBOE LEAPS write writes "
    "writing wrote written short long hedge hedged hedging straddle strangle spread opened closed buy "
    "purchase purchased sell sale premium derivative",
    rule="One line of Table II, code P (A) or S (D) at the premium; the title says right or obligation, to buy or sell "
    "(Instructions 4(c)(ii), 8). Of written options column 9 counts those still open.",
    prompts=(
        traded_on("Trade date", "Column 3."),
        chosen(
            "side",
            "Bought or sold?",
            "Table II, column 4, Instruction 8: code P or S. Selling covers writing a new option, buying closing it.",
            _SIDES,
        ),
        _TRADED,
        asked(
            "option",
            "Title of the option",
            "Table II, column 1, Instruction 4(c)(ii): Call Option (Right to Buy), Put Option (Right to Sell), "
            "Call Option (Obligation to Sell), Put Option (Obligation to Buy). One bought to close a written option "
            "keeps its title, an obligation.",
            "security_title",
            TABLE_2,
            propose=lambda view: Proposal(_TITLES[view.text("interview.events[{i}].answers.side") or "P"]),
            suggests=lambda _view: _KINDS,
            when=_IS_NEW,
        ),
        security("Column 7. The class underlying: Common Stock.", any_title=True),
        quantity("How many shares do the contracts cover?", "Columns 5 and 7: contracts times 100."),
        asked(
            "premium",
            "Premium per share, US dollars",
            "Column 8, Instruction 5. For one share covered, without commission.",
            "price",
            TABLE_2,
            entry=EntryKind.NUMBER,
        ),
        *(replace(prompt, when=_IS_NEW) for prompt in option_terms(new=True)[1:]),
        *holder(),
    ),
    rows=(_exchange_row("P", "A"), _exchange_row("S", "D")),
)

# ---- 29: a written option expired

_OBLIGED: Final = all_but(Right.BUY, Right.SELL, instead="An option held expired or was canceled")

WRITTEN_EXPIRED: Final = Recipe(
    id="written_expired",
    number=29,
    label="A written option expired",
    also="options expire expires expiration worthless lapsed lapse covered call put short unexercised "
    "premium exchange-traded listed",
    rule="One line of Table II, code E at 0: due in two business days when it was written less than six months before, "
    "else it may wait for Form 5 (Instruction 8; Rules 16a-4, 16b-6(d)).",
    prompts=(
        traded_on("Date of expiry", "Column 3."),
        chosen(
            "type",
            "When was it written?",
            "Within six months the premium may be recoverable profit (Rule 16b-6(d)).",
            (Option("4", "Less than six months before"), Option("5", "Six months before, or earlier")),
        ),
        security("Column 7. The class underlying: Common Stock.", any_title=True),
        quantity("How many shares did it cover?", "Columns 5 and 7."),
        _WRITTEN,
        *(replace(p, when=_IS_NEW_WRITTEN) for p in option_terms(_TITLES["S"], new=True, of=_OBLIGED)),
        *holder(),
    ),
    rows=(RowRecipe(table=TABLE_2, cells=option_cells("E", "D", transaction_form_type=Take("type", "4"))),),
)
