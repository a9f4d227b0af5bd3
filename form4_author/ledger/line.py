"""A line: what a total belongs to, and by how much a row changes it.

A line is a class of security held in one way; in Table II with the terms of the security, and apart from one that is
reported in US dollars. Two titles that name one class are one line.

Sources: Form 4 General Instructions 3, 4(a)(i) and 4(b)(iii), columns 3 to 7 of Table I and 2 to 11 of Table II;
Rule 16a-1(c) (a swap is a derivative security: it moves no shares).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import total_ordering
from typing import TYPE_CHECKING, Any, Final, Literal

from form4_author.ledger.right import is_obligation
from form4_author.ledger.title import class_of
from form4_author.model.table import DerivativeRow
from form4_author.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from form4_author.model.table import Cell, Row

__all__ = [
    "DOLLARS",
    "SHARES",
    "LineKey",
    "Unit",
    "by_letter",
    "line_key",
    "line_words",
    "signed",
    "total_of",
]

Unit = Literal["shares", "dollars"]
SHARES: Final = "shares"
DOLLARS: Final = "dollars"

_TABLES: Final = {"non_derivative": "I", "derivative": "II"}
_NOTHING: Final[Mapping[str, str]] = {}
_OF_OBLIGATIONS: Final = {"S": 1, "P": -1, "E": -1, "X": -1, "O": -1, "C": -1}
"""What a transaction does to the number of open obligations, by code; under any other the letter (A) or (D) decides."""


@total_ordering
@dataclass(frozen=True, slots=True, kw_only=True)
class LineKey:
    """What distinguishes a line from the others of one owner with one issuer."""

    table: str
    """``non_derivative`` or ``derivative``."""
    title: str
    """The class, as ``title.class_of`` writes it."""
    form: str = ""
    """``D`` direct or ``I`` indirect; empty where the row has neither."""
    nature: str = ""
    """Nature of ownership, folded."""
    price: Decimal | None = None
    """Exercise or conversion price, US dollars."""
    expiration: date | None = None
    terms: tuple[str, str] = ("", "")
    """When it can be exercised, and when it expires where that is no date: a date or the footnote's words, folded."""
    unit: Unit = SHARES

    @property
    def series(self) -> LineKey:
        """The key that all awards share which differ in their terms only."""
        return replace(self, terms=("", "")) if self.terms != ("", "") else self

    def is_of_series(self, other: LineKey) -> bool:
        """Whether it may differ from the other in its terms only."""
        return self.title == other.title and self.series == other.series

    def __lt__(self, other: object) -> bool:
        """Table I first; then by title, and what is absent before what is given."""
        return self._rank() < other._rank() if isinstance(other, LineKey) else NotImplemented

    def _rank(self) -> tuple[object, ...]:
        return (
            _TABLES.get(self.table, self.table),
            self.title,
            self.form,
            self.nature,
            (self.price is not None, self.price or Decimal(0)),
            self.expiration.isoformat() if self.expiration else "",
            self.terms,
            self.unit,
        )

    def __str__(self) -> str:
        """For display and as a name in a draft: ``II / stock option / D /  / 12.5 / 2031-05-01``."""
        price = "" if self.price is None else f"{self.price.normalize():f}"
        last = self.expiration.isoformat() if self.expiration else ""
        unit = "" if self.unit == SHARES else self.unit
        parts = [_TABLES.get(self.table, self.table), self.title, self.form, self.nature, price, last]
        parts = [*parts, *self.terms, unit]
        while not parts[-1]:
            parts.pop()
        return " / ".join(part.replace("/", "//") for part in parts)


def line_key(table: str, row: Row, texts: Mapping[str, str] = _NOTHING, unit: Unit | None = None) -> LineKey:
    """The line that a row of a table is of.

    ``texts``: the footnotes by id, which stand for terms without a date. ``unit``: by default what its total is in.
    """
    form, nature = row.ownership_form.value or "", folded(row.nature_of_ownership.value)
    title = class_of(row.security_title.value)
    if not isinstance(row, DerivativeRow):
        return LineKey(table=table, title=title, form=form, nature=nature, unit=unit or total_of(row)[1])
    ends = "" if row.expiration_date.value is not None else _words(row.expiration_date, texts)
    return LineKey(
        table=table,
        title=title,
        form=form,
        nature=nature,
        price=row.exercise_price.value,
        expiration=row.expiration_date.value,
        terms=(_words(row.date_exercisable, texts), ends),
        unit=unit or total_of(row)[1],
    )


def _words(cell: Cell[Any], texts: Mapping[str, str]) -> str:
    """The value of a cell, or the footnotes in place of it, folded."""
    if cell.value is not None:
        return folded(str(cell.value))
    return folded(" ".join(texts.get(id, "") for id in cell.footnotes)) if cell.footnotes else ""


def total_of(row: Row) -> tuple[Cell[Decimal], Unit]:
    """The cell with the total after the row, and its unit: shares, unless only a value in US dollars is given."""
    if row.amount_owned_following.value is None and row.value_owned_following.value is not None:
        return row.value_owned_following, DOLLARS
    return row.amount_owned_following, SHARES


def signed(row: Row, unit: Unit = SHARES) -> Decimal | None:
    """By how much a transaction changes its line; None where its amount or direction is not given.

    Of an obligation (an option written, a short swap) the line counts what is open: writing adds to it, and buying
    back, expiry, exercise and assignment take away, whatever the form calls acquired or disposed of. A swap in Table I
    moves no shares.
    """
    moved = by_letter(row, unit)
    if moved is None or not isinstance(row, DerivativeRow):
        return Decimal(0) if moved is not None and row.equity_swap else moved
    if is_obligation(row.security_title.value or ""):
        way = _OF_OBLIGATIONS.get(row.transaction_code.value or "")
        return moved if way is None else abs(moved) * way
    return moved


def by_letter(row: Row, unit: Unit = SHARES) -> Decimal | None:
    """The amount of a transaction as (A) or (D) says: acquired, or negative, disposed of."""
    amount, letter = row.amount.value, row.acquired_disposed.value
    if unit == DOLLARS:
        amount = row.total_value.value if isinstance(row, DerivativeRow) else None
    if amount is None or letter not in ("A", "D"):
        return None
    return amount if letter == "A" else -amount


def line_words(row: Row) -> str:
    """A line as one says it: ``Common Stock, direct``; ``Stock Option, direct, at 12.50, to 2031-05-01``."""
    form = row.ownership_form.value
    ownership = "direct" if form == "D" else row.nature_of_ownership.value or "indirect"
    words = [row.security_title.value or "without a title", ownership]
    if isinstance(row, DerivativeRow):
        if row.exercise_price.value is not None:
            words.append(f"at {row.exercise_price.value:f}")
        if row.expiration_date.value is not None:
            words.append(f"to {row.expiration_date.value}")
    return ", ".join(words)
