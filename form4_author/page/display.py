"""Display rules: how the form prints values.

Taken from what the SEC's sample stylesheets print for real filings: dates as MM/DD/YYYY; numbers grouped, at most
four decimals, trailing zeros dropped, but a number written with exactly one decimal gets two; ``$`` before prices and
dollar values; footnotes as ``(1)`` after the value. Dollars differ: they have two decimals at least, where the
stylesheets print $21.5 for a price written 21.50, and $0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.text import DECIMALS

if TYPE_CHECKING:
    from datetime import date

    from form4_author.model.table import Cell

__all__ = [
    "Printed",
    "date_text",
    "dollar_text",
    "marks",
    "number_text",
    "printed_date",
    "printed_number",
    "printed_text",
]

_NUMERIC: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Printed:
    """What is in one printed cell: a text and the footnote numbers behind it."""

    text: str = ""
    marks: tuple[str, ...] = ()
    """Footnote numbers: ``1`` for F1."""

    @property
    def plain(self) -> str:
        """Text and marks in one line: ``7,007 (1)``."""
        return " ".join((self.text, *(f"({mark})" for mark in self.marks))).strip()


def date_text(value: date | None) -> str:
    """``MM/DD/YYYY``; empty for none."""
    return f"{value.month:02}/{value.day:02}/{value.year:04}" if value is not None else ""


def number_text(value: Decimal) -> str:
    """The number as the form prints it: ``232,595``, ``120.34``, ``84.60`` for a value written 84.6, ``0``."""
    if not value:
        return "0"
    if value.as_tuple().exponent == -1:
        return format(value, ",.2f")
    return format(value, f",.{DECIMALS}f").rstrip("0").rstrip(".")


def dollar_text(value: Decimal) -> str:
    """Dollars as the form prints them, two decimals at least: ``$21.50``, ``$1,200.00``, ``$0.3325``."""
    whole, _, decimals = format(value, f",.{DECIMALS}f").partition(".")
    return f"${whole}.{decimals.rstrip('0'):0<2}"


def marks(footnotes: tuple[str, ...]) -> tuple[str, ...]:
    """Footnote ids as printed numbers."""
    return tuple(id.removeprefix("F") for id in footnotes)


def printed_text(cell: Cell[str]) -> Printed:
    """A text cell; a title that is a number is printed as one, as the SEC's stylesheets do."""
    text = cell.value or ""
    return Printed(number_text(Decimal(text)) if _NUMERIC.match(text) else text, marks(cell.footnotes))


def printed_number(cell: Cell[Decimal], *, dollars: bool = False) -> Printed:
    """A number cell, as ``dollars`` where it is a price or a value."""
    printed = dollar_text if dollars else number_text
    return Printed("" if cell.value is None else printed(cell.value), marks(cell.footnotes))


def printed_date(cell: Cell[date]) -> Printed:
    """A date cell."""
    return Printed(date_text(cell.value), marks(cell.footnotes))
