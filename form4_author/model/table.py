"""The rows of Table I and Table II and their cells.

A row is a transaction or a holding; which fields it may hold follows from that (``form4_author.model.field``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

__all__ = [
    "EMPTY_DATE",
    "EMPTY_NUMBER",
    "EMPTY_TEXT",
    "Cell",
    "DerivativeRow",
    "NonDerivativeRow",
    "Row",
    "RowKind",
]

T = TypeVar("T")

RowKind = Literal["transaction", "holding"]


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """What is in one cell: a value, the footnotes referred to, or both."""

    value: T | None = None
    footnotes: tuple[str, ...] = ()
    """Ids such as ``F1``, in the order written."""

    @property
    def is_blank(self) -> bool:
        """Neither a value nor a footnote."""
        return self.value is None and not self.footnotes


EMPTY_TEXT: Final[Cell[str]] = Cell()
EMPTY_NUMBER: Final[Cell[Decimal]] = Cell()
EMPTY_DATE: Final[Cell[date]] = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What rows of both tables have; amounts are shares or units unless their name says value."""

    kind: RowKind
    security_title: Cell[str] = EMPTY_TEXT
    transaction_date: Cell[date] = EMPTY_DATE
    deemed_execution_date: Cell[date] = EMPTY_DATE
    transaction_form_type: str | None = None
    """``4`` or ``5`` on a transaction, ``3`` on a holding of Form 5 that Form 3 should have shown."""
    transaction_code: Cell[str] = EMPTY_TEXT
    """The code; its footnotes are those of the whole coding group, on a holding too."""
    equity_swap: bool | None = None
    timeliness: Cell[str] = EMPTY_TEXT
    amount: Cell[Decimal] = EMPTY_NUMBER
    """Shares or units acquired or disposed of."""
    price: Cell[Decimal] = EMPTY_NUMBER
    """US dollars per share or unit."""
    acquired_disposed: Cell[str] = EMPTY_TEXT
    amount_owned_following: Cell[Decimal] = EMPTY_NUMBER
    value_owned_following: Cell[Decimal] = EMPTY_NUMBER
    """US dollars, in place of a number of shares."""
    ownership_form: Cell[str] = EMPTY_TEXT
    """``D`` direct or ``I`` indirect."""
    nature_of_ownership: Cell[str] = EMPTY_TEXT

    @property
    def is_transaction(self) -> bool:
        """Whether the row reports a transaction and not only a holding."""
        return self.kind == "transaction"


@dataclass(frozen=True, slots=True, kw_only=True)
class NonDerivativeRow(Row):
    """A row of Table I."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivativeRow(Row):
    """A row of Table II."""

    exercise_price: Cell[Decimal] = EMPTY_NUMBER
    """Conversion or exercise price, US dollars."""
    total_value: Cell[Decimal] = EMPTY_NUMBER
    """US dollars, in place of ``amount``."""
    date_exercisable: Cell[date] = EMPTY_DATE
    expiration_date: Cell[date] = EMPTY_DATE
    underlying_title: Cell[str] = EMPTY_TEXT
    underlying_amount: Cell[Decimal] = EMPTY_NUMBER
    underlying_value: Cell[Decimal] = EMPTY_NUMBER
    """US dollars, in place of ``underlying_amount``."""
