"""An award forfeited (event 9): issued shares are disposed of; units and options end without a line.

Sources: Rule 16b-3(e) for restricted stock (code D). That a derivative security canceled for no value is not reported
is Rule 16a-4(d), whose text is general knowledge here; practice does both, and the filer chooses.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ADJUSTMENT, Recipe, RowRecipe
from form4_author.wizard.recipes.award import style_before
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2, adjustment, cells_of, unit_cells
from form4_author.wizard.recipes.shared.derivative_term import unit_terms
from form4_author.wizard.recipes.shared.question import (
    asked,
    put_since,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import OPTIONS, UNITS
from form4_author.wizard.recipes.shared.wording import answer_to, unit_words
from form4_author.wizard.screen import AnswerKind, Proposal
from form4_author.wizard.wording import number_words, us_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.wizard.screen import View

__all__ = ["FORFEITED"]

_UNITS: Final = "Restricted Stock Units"
_STOCK: Final = "table1"
_DERIVATIVE: Final = "table2"
_AS_STOCK: Final = "as_stock"
_WHAT: Final = (
    Option(_STOCK, "Restricted stock: shares that were issued"),
    Option(_DERIVATIVE, "Units or options in Table II: promises of shares"),
    Option(_AS_STOCK, "Units that earlier forms show in Table I, as stock"),
)
_NOT_DUE: Final = (
    "A derivative security canceled for no value need not be reported (Rule 16a-4(d); by general knowledge)."
)
_in_table_2: Final = says("style", _DERIVATIVE)
_is_promise: Final = says("style", _DERIVATIVE, _AS_STOCK)


def _made(style: str, *, line: bool) -> Callable[[Mapping[str, str]], bool]:
    """When a row is made: a line, or the total alone. Restricted stock has a line, as units had before it was asked."""
    return lambda answers: (
        answers.get("style") == style and line is (style == _STOCK or answers.get("voluntary") != "no")
    )


def _words(view: View) -> Proposal:
    day = us_day(answer_to(view, "date"))
    if _is_promise(view) and answer_to(view, "voluntary") == "no":
        return Proposal(
            f"Reflects the forfeiture of {number_words(answer_to(view, 'quantity'))} units on {day}."
        )
    return Proposal(f"Forfeited to the issuer under the terms of the award, without payment, on {day}.")


_TRANSACTION: Final = (
    "transaction_date",
    "transaction_form_type",
    "transaction_code",
    "equity_swap",
    "price",
)
"""The columns that a line has and a total does not."""
_CELLS: Final = unit_cells("D", "D", ownership_form="D")

FORFEITED: Final = Recipe(
    id="forfeited",
    number=9,
    label="Unvested award forfeited",
    also="forfeit forfeits forfeiture forfeited cancelled canceled cancellation returned lost lapsed "
    "terminated termination clawback clawed back recouped recoupment recovery surrendered surrender "
    "unearned performance goals not met missed RSU PSU restricted stock units shares",
    rule="Restricted stock: one line of Table I, code D at 0, due in two business days; the code claims Rule 16b-3(e) "
    "(Instruction 8). Units and options: nothing is due (Rule 16a-4(d)); the next form's total leaves them out, and a "
    "line is the filer's choice. For shares that were delivered and are returned choose Sold back to the issuer.",
    insiders=True,
    insiders_by="code D, Rule 16b-3(e)",
    prompts=(
        asked(
            "style",
            "What was forfeited?",
            f"Instructions 4(c), 8. Restricted stock is issued shares; units and options are promises of shares. "
            f"{_NOT_DUE}",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _WHAT,
            propose=style_before,
        ),
        asked(
            "voluntary",
            lambda view: (
                "Nothing is due (Rule 16a-4(d)). Show a voluntary line?"
                if _in_table_2(view)
                else "Nothing is due (Rule 16a-4(d)). Lower the total with a footnote, or show a line?"
            ),
            f"Instruction 8. {_NOT_DUE} Filings of both kinds are accepted. A line has code D at 0.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: (
                Option("no", "No line: the next form's total leaves them out"),
                Option("yes", "One line, code D at 0"),
            ),
            propose=lambda _view: Proposal("no"),
            when=lambda view: _is_promise(view) and put_since("voluntary")(view),
        ),
        traded_on("Date of forfeiture", "Column 2."),
        security(),
        quantity("How many shares or units were forfeited?", "Column 4 (Table II: column 5)."),
        replace(
            required_note(
                "forfeited",
                "Footnote on the forfeiture",
                "Column 4 (Table II: column 5), Instruction 8, code D; without a line at the total. The text "
                "appears in "
                "the Explanation of Responses. A disposition to the issuer at 0 is explained.",
            ),
            propose=_words,
            derived=True,
        ),
        *unit_terms(_UNITS, unit_words(_UNITS), kinds=(*UNITS, *OPTIONS), when=_in_table_2),
    ),
    rows=(
        *(
            RowRecipe(
                table=TABLE_1,
                cells=cells_of("D", "D", price="0", ownership_form="D"),
                notes={"amount": "forfeited"},
                when=_made(style, line=True),
            )
            for style in (_STOCK, _AS_STOCK)
        ),
        adjustment("D", "forfeited", when=_made(_AS_STOCK, line=False), ownership_form="D"),
        RowRecipe(
            table=TABLE_2, cells=_CELLS, notes={"amount": "forfeited"}, when=_made(_DERIVATIVE, line=True)
        ),
        RowRecipe(
            table=TABLE_2,
            kind=ADJUSTMENT,
            cells={column: cell for column, cell in _CELLS.items() if column not in _TRANSACTION},
            notes={"amount_owned_following": "forfeited"},
            when=_made(_DERIVATIVE, line=False),
        ),
    ),
)
