"""Trades that one line may report at their weighted average price, and what they come to.

Trades of one day, the same way, within one dollar may be reported on one line: SEC staff no-action letter of 25 June
2008 (Society of Corporate Secretaries).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from form4_author.text import DECIMALS, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Fill", "FillGroup", "comes_to", "groups", "total"]

_WIDEST: Final = Decimal(1)
"""US dollars between the lowest and the highest price of a line."""
_PLACES: Final = Decimal(1).scaleb(-DECIMALS)
_COMMISSION: Final = Decimal("0.01")
"""Of the worth of a trade, by which the amount paid may differ."""


@dataclass(frozen=True, slots=True)
class Fill:
    """One trade."""

    day: str
    """ISO 8601; empty where it is not said."""
    side: str
    """``buy``, ``sell``; empty where it is not said."""
    shares: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class FillGroup:
    """Trades of one day and one side within one dollar: a line of the form."""

    day: str
    side: str
    shares: Decimal
    price: Decimal
    """The weighted average, rounded to the form's four decimals."""
    low: Decimal
    high: Decimal


def total(fills: Iterable[Fill]) -> Decimal:
    """All shares of the fills."""
    return sum((fill.shares for fill in fills), Decimal(0))


def groups(fills: Iterable[Fill]) -> tuple[FillGroup, ...]:
    """The lines of the form: by day, side and band of one dollar from the lowest price up, the fewest there can be."""
    found: list[FillGroup] = []
    ordered = sorted(fills, key=lambda fill: (fill.day, fill.side, fill.price))
    for _, same in groupby(ordered, key=lambda fill: (fill.day, fill.side)):
        band: list[Fill] = []
        for each in same:
            if band and each.price - band[0].price > _WIDEST:
                found.append(_group(band))
                band = []
            band.append(each)
        found.append(_group(band))
    return tuple(found)


def _group(band: Sequence[Fill]) -> FillGroup:
    shares, low, high = total(band), band[0].price, band[-1].price
    worth = sum((fill.shares * fill.price for fill in band), Decimal(0))
    average = low if low == high else Decimal(trimmed((worth / shares).quantize(_PLACES, ROUND_HALF_UP)))
    return FillGroup(band[0].day, band[0].side, shares, average, low, high)


def comes_to(worth: Decimal, one: Decimal, two: Decimal) -> bool:
    """Whether an amount is what two numbers come to, but for a commission of at most one percent."""
    product = one * two
    return product > 1 and abs(product - worth) <= product * _COMMISSION
