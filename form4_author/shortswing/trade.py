"""Trades as Section 16(b) sees them, and what is in a form beside them.

A trade is a purchase or a sale of one class of stock: of the shares themselves, or of a derivative security of them,
which counts as a trade in the shares below it (Rule 16b-6(a)). Amounts are Decimal shares and US dollars a share.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from form4_author.shortswing.window import matches, window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.facts import PriorFiling

__all__ = [
    "EXACT",
    "Amount",
    "Boundary",
    "DerivativeSeries",
    "RowPlace",
    "Side",
    "Trade",
    "TradeEntry",
    "TradeReading",
    "added",
    "less",
    "plain",
    "times",
]

EXACT: Final = Context(prec=1000)
"""Arithmetic that rounds nothing: the usual 28 digits do not hold the product of two amounts that EDGAR takes."""


Amount = Decimal | Fraction
"""Shares or US dollars. A fraction where a split restated them and no decimal holds the result: $40 after 3 for 1."""


def plain(amount: Fraction) -> Amount:
    """The same amount as a Decimal where one holds it."""
    left = amount.denominator
    for prime in (2, 5):
        while left % prime == 0:
            left //= prime
    return amount if left > 1 else EXACT.divide(Decimal(amount.numerator), Decimal(amount.denominator))


def times(one: Amount, other: Amount) -> Amount:
    """The product, exact."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return EXACT.multiply(one, other)
    return plain(Fraction(one) * Fraction(other))


def less(one: Amount, other: Amount) -> Amount:
    """The difference, exact."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return EXACT.subtract(one, other)
    return plain(Fraction(one) - Fraction(other))


def added(amounts: Iterable[Amount]) -> Amount:
    """The sum, exact."""
    total: Amount = Decimal(0)
    for amount in amounts:
        if isinstance(total, Decimal) and isinstance(amount, Decimal):
            total = EXACT.add(total, amount)
        else:
            total = plain(Fraction(total) + Fraction(amount))
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
class RowPlace:
    """Where a trade is reported; neither is known of a planned one."""

    prior: PriorFiling | None = None
    path: Path = ()
    """The row's."""


@dataclass(frozen=True, slots=True)
class DerivativeSeries:
    """What makes two derivative securities of one class of stock the same."""

    put: bool
    """Whether it gains when the stock falls."""
    exercise_price: Amount | None
    expiration: date | None
    title: str
    """In lower case; empty where price and expiration identify the series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A purchase or sale that may be matched."""

    day: date
    side: Side
    shares: Amount
    """Of the class; of a derivative security the shares below it."""
    price: Amount
    """US dollars for each of these shares."""
    code: str
    """As printed: ``S``, ``P/K``."""
    title: str
    """Of the security traded."""
    share_class: str
    series: DerivativeSeries | None = None
    """None: the shares themselves, or a swap on them."""
    received: bool = False
    """Whether the price was received; otherwise it was paid."""
    expired: bool = False
    """Whether a written option came to its end (code E): matches its own writing only."""
    underlying: str = ""
    """Title of the security below a derivative one."""
    remark: str = ""
    """How the figures were read, where the row leaves room."""
    place: RowPlace = RowPlace()
    reported: Trade | None = None
    """The trade as it was made, where a split has restated it since."""
    ratio: Fraction = Fraction(1)
    """New shares for each share of the trade as it was made."""

    @property
    def is_swap(self) -> bool:
        """Whether it is in a swap on the shares, by the flag beside its code."""
        return self.code.endswith("/K") and self.series is None

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
class TradeEntry:
    """A row that is not matched: exempt, or not determinable from the form."""

    day: date | None
    code: str
    title: str
    shares: Decimal | None
    price: Decimal | None
    reason: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class TradeReading:
    """The rows of some forms, sorted."""

    trades: tuple[Trade, ...] = ()
    left_out: tuple[TradeEntry, ...] = ()
    """Exempt, with the rule that exempts them."""
    questions: tuple[TradeEntry, ...] = ()
    """What the form does not say."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A purchase and a sale at a profit whose days lie almost exactly six months apart."""

    purchase: Trade
    sale: Trade
    days: int
    """Days before the six-month mark: 2 still matches, 1 and 0 do not."""

    @property
    def counted(self) -> bool:
        """Whether the pair matches."""
        return matches(self.purchase.day, self.sale.day)

    @property
    def mark(self) -> date:
        """The six-month mark."""
        return window(min(self.purchase.day, self.sale.day)).mark
