"""What a purchase and a sale yield for each share.

Shares against shares, and a derivative security against the same series: the prices paid and received. A derivative
security against shares or against another series: not more than the difference in the market price of the shares
below on the two days; it may be measured instead as if both trades had been in the derivative security (Rule
16b-6(c); general knowledge). Those market prices are not in a filing, so they are asked for and never guessed: an
exercise price plus a premium lies above the market price, and would understate the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author.ledger.title import class_of
from form4_author.shortswing.share_class import DERIVATIVE, share_class
from form4_author.shortswing.trade import less, times

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from form4_author.model.facts import MarketPrice
    from form4_author.shortswing.trade import Amount, Trade

__all__ = [
    "MARKET",
    "PRICES",
    "Alternative",
    "Gain",
    "Market",
    "PriceNeed",
    "alternatives",
    "gain",
    "unrelated",
]

PRICES: Final = "prices"
MARKET: Final = "market"


@dataclass(frozen=True, slots=True)
class Gain:
    """One share's profit; zero or below it when there is none."""

    high: Amount
    low: Amount
    basis: str = PRICES
    """``prices``: paid and received; ``market``: of the shares below a derivative security, the most it can be."""

    @property
    def per_share(self) -> Amount:
        """The difference."""
        return less(self.high, self.low)


@dataclass(frozen=True, slots=True, order=True)
class PriceNeed:
    """A market price that must be known."""

    day: date
    title: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One share's profit as if both trades had been in one derivative security."""

    title: str
    high: Amount
    low: Amount

    @property
    def per_share(self) -> Amount:
        """The difference."""
        return less(self.high, self.low)


class Market:
    """Market prices that were supplied, by security and day."""

    def __init__(self, prices: tuple[MarketPrice, ...] = ()) -> None:
        self._by_title = {(class_of(p.security_title), p.day): p.price for p in prices}
        self._by_class = {
            (share_class(p.security_title), p.day): p.price
            for p in reversed(prices)
            if share_class(p.security_title) != DERIVATIVE
        }

    def of_shares(self, trade: Trade) -> Amount | None:
        """The price of the shares on the day of a trade, restated with it for splits since.

        That of a trade in the shares themselves is one.
        """
        found = self._by_title.get((class_of(trade.underlying), trade.day))
        if found is None:
            found = self._by_class.get((trade.share_class, trade.day))
        if found is None:
            return trade.price if trade.series is None else None
        return _restated(found, trade.ratio)

    def of_derivative(self, trade: Trade, other: Trade) -> Amount | None:
        """The price of the derivative security of a trade on the day of another one, restated with that one."""
        found = self._by_title.get((class_of(trade.title), other.day))
        return None if found is None else _restated(found, other.ratio)


def _restated(price: Amount, ratio: Fraction) -> Amount:
    return price if ratio == 1 else times(price, 1 / ratio)


def unrelated(purchase: Trade, sale: Trade) -> bool:
    """Whether an expiration stands against anything but an earlier writing of the same series."""
    if purchase.expired is sale.expired:
        return purchase.expired
    ended, other = (purchase, sale) if purchase.expired else (sale, purchase)
    return other.series != ended.series or other.day > ended.day


def gain(purchase: Trade, sale: Trade, market: Market) -> Gain | tuple[PriceNeed, ...]:
    """The profit of one share, or the market prices that it depends on."""
    if purchase.series == sale.series and purchase.is_swap is sale.is_swap:
        paid, received = (sale, purchase) if purchase.received else (purchase, sale)
        return Gain(received.price, paid.price)
    high, low = market.of_shares(sale), market.of_shares(purchase)
    if high is None or low is None:
        return tuple(
            PriceNeed(trade.day, trade.underlying)
            for trade, price in ((purchase, low), (sale, high))
            if price is None
        )
    return Gain(high, low, MARKET)


def alternatives(purchase: Trade, sale: Trade, market: Market) -> tuple[Alternative, ...]:
    """The profit of one share measured in either derivative security, where its price on the other day is known."""
    found = []
    for trade, other in ((purchase, sale), (sale, purchase)):
        price = market.of_derivative(trade, other)
        if trade.series is not None and trade.series != other.series and price is not None:
            high, low = (trade.price, price) if trade.received else (price, trade.price)
            found.append(Alternative(trade.title, high, low))
    return tuple(found)
