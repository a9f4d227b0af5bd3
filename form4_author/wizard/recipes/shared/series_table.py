"""A table of series that convert together: title, number, ratio or conversion price, and how they are held.

It is pasted from a sheet, or typed with ``|`` between columns and ``;`` between series.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import MalformedValue
from form4_author.ledger.balance import Fractions, has_fraction, split_whole
from form4_author.ledger.title import same_class
from form4_author.model.draft import TABLES
from form4_author.text import amount, amount_text, amount_typed, folded, grouped
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.recipes.shared.series import CONVERTIBLES, is_of_kind
from form4_author.wizard.screen import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from form4_author.model.interview import CarriedLine
    from form4_author.wizard.screen import View

__all__ = ["Lot", "line_of", "lots_in", "lots_listed", "lots_text"]

_PARTS: Final = re.compile(r"\s*[\t|]\s*")
_COLUMNS: Final = (3, 4)
_DIRECT: Final = frozenset(("", "d", "direct", "directly"))
_PRICE: Final = "@"
_PRICED: Final = re.compile(r"@\s*\$?")


class Lot(NamedTuple):
    """One series as it is held: what converts, and into how many shares."""

    title: str
    number: Decimal
    ratio: Decimal
    """Shares for each; 0 where a conversion price is given in its place."""
    price: Decimal
    """Conversion price per share; 0 where a ratio is given."""
    nature: str
    """By whom it is held; empty where directly."""

    @property
    def shares(self) -> Decimal:
        """The whole shares that it becomes."""
        return split_whole(self.number, *self._rate, Fractions.CASH)

    @property
    def has_fraction(self) -> bool:
        """Whether a fraction of a share is left over."""
        return has_fraction(self.number, *self._rate)

    @property
    def _rate(self) -> tuple[Decimal, Decimal]:
        """How many shares for how many."""
        return (self.ratio, amount("1")) if self.ratio else (amount("1"), self.price)

    @property
    def text(self) -> str:
        """``Series A Preferred Stock | 10,000 | 1.5 | By Fund``."""
        rate = amount_text(self.ratio) if self.ratio else f"{_PRICE} {amount_text(self.price)}"
        return " | ".join(part for part in (self.title, grouped(self.number), rate, self.nature) if part)


def lots_in(text: str) -> tuple[Lot, ...]:
    """The series of a table, pasted or typed.

    Raises MalformedValue where a line is not title, number, ratio and, where it is not direct, by whom it is held.
    """
    lines = [line for line in re.split(r"[\n\r;]+", text) if line.strip()]
    if not lines:
        raise MalformedValue("Name at least one series")
    return tuple(_lot(at, line) for at, line in enumerate(lines, 1))


def _lot(at: int, line: str) -> Lot:
    cells = [cell.strip() for cell in _PARTS.split(line.strip())]
    if len(cells) not in _COLUMNS or not cells[0]:
        raise MalformedValue(
            f"Series {at} needs title, number and ratio, and by whom it is held unless directly, with | between them: "
            "Series A Preferred Stock | 10,000 | 1"
        )
    number, rate = _number(at, cells[1]), _PRICED.sub("", cells[2])
    priced, zero = cells[2].startswith(_PRICE), amount("0")
    each = _number(at, rate.partition(":")[0]) if not priced else zero
    nature = cells[3] if len(cells) == _COLUMNS[-1] and folded(cells[3]) not in _DIRECT else ""
    return Lot(cells[0], number, each, _number(at, rate) if priced else zero, nature)


def _number(at: int, text: str) -> Decimal:
    try:
        found = amount_typed(text)
    except MalformedValue:
        found = amount("0")
    if found <= 0:
        raise MalformedValue(
            f'Series {at}: "{text}" is not a number above 0. A ratio is the shares for each, 1.5; a conversion price '
            "has @ before it, @ 20.00"
        )
    return found


def lots_text(lots: Iterable[Lot]) -> str:
    """The table as it is kept and proposed."""
    return "; ".join(lot.text for lot in lots)


# ---- the last filing


def _convertibles(view: View) -> list[CarriedLine]:
    return [
        line
        for line in restated_lines(view.draft, view.index)
        if line.table == TABLES[1]
        and is_of_kind(line, CONVERTIBLES)
        and row_value.number(line.text("amount_owned_following"))
    ]


def line_of(view: View, lot: Lot) -> CarriedLine | None:
    """The line of the last filing that a series is; None for one that it does not have."""
    return next(
        (
            line
            for line in _convertibles(view)
            if same_class(line.text("security_title"), lot.title) and _nature(line) == lot.nature
        ),
        None,
    )


def _nature(line: CarriedLine) -> str:
    return line.text("nature_of_ownership") if line.text("ownership_form") == "I" else ""


def lots_listed(view: View) -> Proposal | None:
    """The convertible securities of the last filing, all of them, as the table."""
    zero, one = amount("0"), amount("1")
    found = [
        Lot(
            line.text("security_title"),
            amount(line.text("amount_owned_following")),
            row_value.number(line.text("each")) or one,
            zero,
            _nature(line),
        )
        for line in _convertibles(view)
    ]
    return Proposal(lots_text(found), "as last reported") if found else None
