"""Trades as Section 16(b) sees them, and what stands in a form beside them.

A trade is a purchase or a sale of one class of stock: of the shares themselves, or of a derivative security of them,
which counts as a trade in the shares below it (Rule 16b-6(a)). Amounts are Decimal shares and US dollars a share.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.facts import PriorFiling

__all__ = ["EXACT", "Entry", "Place", "Reading", "Series", "Side", "Trade", "added"]

EXACT: Final = Context(prec=1000)
"""Arithmetic that rounds nothing: the usual 28 digits do not hold the product of two amounts that EDGAR takes."""


def added(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, exact."""
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total


class Side(StrEnum):
    """What a trade is under Section 16(b)."""

    PURCHASE = "purchase"
    SALE = "sale"

    @property
    def opposite(self) -> Side:
        """The other side."""
        return Side.SALE if self is Side.PURCHASE else Side.PURCHASE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trade is reported; neither is known of a planned one."""

    prior: PriorFiling | None = None
    path: Path = ()
    """The row's."""


@dataclass(frozen=True, slots=True)
class Series:
    """What makes two derivative securities of one class of stock the same."""

    put: bool
    """Whether it gains when the stock falls."""
    exercise_price: Decimal | None
    expiration: date | None
    title: str
    """In lower case; empty where price and expiration tell the series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A purchase or sale that may be matched."""

    day: date
    side: Side
    shares: Decimal
    """Of the class; of a derivative security the shares below it."""
    price: Decimal
    """US dollars for each of these shares."""
    code: str
    """As printed: ``S``, ``P/K``."""
    title: str
    """Of the security traded."""
    share_class: str
    series: Series | None = None
    """None: the shares themselves, or a swap on them."""
    received: bool = False
    """Whether the price was received; otherwise it was paid."""
    expired: bool = False
    """Whether a written option came to its end (code E): matches its own writing only."""
    underlying: str = ""
    """Title of the security below a derivative one."""
    remark: str = ""
    """How the figures were read, where the row leaves room."""
    place: Place = Place()

    def order(self) -> tuple[object, ...]:
        """Tells every two trades apart that are not the same to the matching, however they were handed in."""
        series = self.series
        terms = (
            ("", "", "", "")
            if series is None
            else (str(series.put), str(series.exercise_price), str(series.expiration), series.title)
        )
        return (self.price, self.day, self.shares, self.code, self.title, *terms, self.received)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row that is not matched: exempt, or not to be judged from the form."""

    day: date | None
    code: str
    title: str
    shares: Decimal | None
    price: Decimal | None
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of some forms, sorted."""

    trades: tuple[Trade, ...] = ()
    left_out: tuple[Entry, ...] = ()
    """Exempt, with the rule that exempts them."""
    questions: tuple[Entry, ...] = ()
    """What the form does not tell."""
