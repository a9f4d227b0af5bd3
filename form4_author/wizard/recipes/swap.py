"""Equity swaps: opened, increased and closed, long and short (event 31).

A swap is a derivative security (Rule 16a-1(c)): it is a line of Table II with a total of its own, and never moves the
total of the shares that it refers to. Of short positions the form counts those open, as of written options: see
``form4_author.wizard.draft.row_value.signed``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_2, answered, cells_of
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    price,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.series import CONVERTIBLES, OPTIONS, UNITS, series_prompt
from form4_author.wizard.screen import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import View

__all__ = ["SWAP"]

_LONG_CLOSED: Final = "long_closed"
_SHORT_CLOSED: Final = "short_closed"
_LONG_MORE: Final = "long_increased"
_SHORT_MORE: Final = "short_increased"
_OPENED: Final = ("A", "D")
_POSITIONS: Final = (
    Option("A", "Long position opened: acquired (P/K)"),
    Option("D", "Short position opened: disposed of (S/K)"),
    Option(_LONG_MORE, "Long position increased: acquired (P/K)"),
    Option(_SHORT_MORE, "Short position increased: disposed of (S/K)"),
    Option(_LONG_CLOSED, "Long position closed, all or in part: disposed of (S/K)"),
    Option(_SHORT_CLOSED, "Short position closed, all or in part: acquired (P/K)"),
)
_SHORT: Final = ("D", _SHORT_MORE, _SHORT_CLOSED)
_GOES_ON: Final = says("direction", _LONG_MORE, _SHORT_MORE, _LONG_CLOSED, _SHORT_CLOSED)
"""Whether a swap that was entered before is changed or closed."""
_OTHER: Final = "other"
_IS_SWAP: Final = re.compile(r"\bswaps?\b|contracts? for difference", re.IGNORECASE)
_IN_CASH: Final = re.compile(r"\bcash[- ]settled\b|\bsettle[sd]? (?:only |solely )?in cash\b", re.IGNORECASE)

# ---- the swap that is changed or closed

_SERIES: Final = series_prompt("Which swap?", (*CONVERTIBLES, *OPTIONS, *UNITS))


def _swap_options(view: View) -> tuple[Option, ...]:
    """The swaps last reported, and another one; empty where none was."""
    found = tuple(o for o in _SERIES.options(view) if _IS_SWAP.search(o.label) or o.value == _OTHER)
    return found if len(found) > 1 and _SERIES.when(view) else ()


def _has_open_terms(view: View) -> bool:
    """Whether a swap is changed or closed whose terms are not known from the last filing."""
    return _GOES_ON(view) and (not _swap_options(view) or says("series", _OTHER)(view))


def _unnamed(view: View) -> bool:
    """Whether the class that the swap refers to is not known from the last filing."""
    return not _GOES_ON(view) or _has_open_terms(view)


# ---- the row


def _title(answers: Mapping[str, str]) -> str:
    """The title last reported, else what the terms say: ``Cash-Settled Equity Swap (long)``."""
    settled = "Cash-Settled " if _IN_CASH.search(answers.get("swap", "")) else ""
    side = "short" if answers.get("direction") in _SHORT else "long"
    return answers.get("option", "") or f"{settled}Equity Swap ({side})"


def _row(code: str, direction: str, *positions: str) -> RowRecipe:
    cells = cells_of(
        code,
        direction,
        security_title=Worked(_title),
        equity_swap="yes",
        exercise_price=Worked(lambda answers: answers.get("strike") or answers.get("price", "")),
        price=Take("price"),
        date_exercisable=Worked(lambda answers: answers.get("exercisable") or answers.get("swap", "")),
        expiration_date=Worked(lambda answers: answers.get("expiration") or answers.get("swap", "")),
        underlying_title=Worked(lambda answers: answers.get("underlying") or answers.get("security", "")),
        underlying_amount=Take("quantity"),
    )
    return RowRecipe(
        table=TABLE_2,
        cells=cells,
        notes={"transaction_code": "swap"},
        when=answered("direction", *positions),
        begins=answered("direction", *_OPENED),
    )


SWAP: Final = Recipe(
    id="equity_swap",
    number=31,
    label="Opened, changed or closed an equity swap",
    also="swaps entered total return TRS CFD contract for difference synthetic notional cash-settled "
    "unwind unwound terminated termination reset long short derivative security-based",
    rule="One line of Table II, code P or S with the swap flag (prints /K) and a footnote with its terms, due in two "
    "business days (Rule 16a-1(c); Instruction 8). The total of the shares does not change.",
    prompts=(
        traded_on("Date of the swap", "Column 3. The day it was opened, changed or closed."),
        chosen(
            "direction",
            "Is the swap a long or a short position?",
            "Table II, columns 4 and 5, Instruction 8, code K. A long position gains when the share price rises, a "
            "short one when it falls.",
            _POSITIONS,
        ),
        replace(
            _SERIES,
            help="Table II, columns 1, 2, 6 and 7 are taken over for the swap chosen, as last reported.",
            options=_swap_options,
            propose=lambda view: Proposal(_swap_options(view)[0].value),
            when=lambda view: _GOES_ON(view) and bool(_swap_options(view)),
        ),
        security(
            "Table II, column 7. The class that the swap refers to: Common Stock.",
            any_title=True,
            when=_unnamed,
        ),
        quantity("How many shares does it refer to?", "Table II, columns 5 and 7."),
        asked(
            "strike",
            "Reference price per share at which the swap was opened, US dollars",
            "Table II, column 2.",
            "exercise_price",
            TABLE_2,
            entry=EntryKind.NUMBER,
            when=_has_open_terms,
        ),
        price(
            "Reference price per share, US dollars",
            "Table II, column 8, Instruction 5. The price at which the position was opened or closed.",
        ),
        *holder(),
        required_note(
            "swap",
            "Terms of the swap, as a footnote",
            "Table II, columns 4 and 6, Instruction 8, code K: counterparty, term, what is exchanged and how it "
            "settles. Up to 1,000 characters.",
        ),
    ),
    rows=(
        _row("P", "A", "A", _LONG_MORE, _SHORT_CLOSED),
        _row("S", "D", "D", _SHORT_MORE, _LONG_CLOSED),
    ),
)
