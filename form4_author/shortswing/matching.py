"""Pairs of purchases and sales: the customary figure, lowest price in against highest price out.

*Smolowe v. Delendo* (2d Cir. 1943): shares are not traced, and losses are not set off. The greatest total that any
pairing reaches is in ``form4_author.shortswing.optimum``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from form4_author.shortswing.gain import Alternative, Gain, Market, PriceNeed, alternatives, gain, unrelated
from form4_author.shortswing.trade import Side, Trade, added, less, times
from form4_author.shortswing.window import LONGEST, Window, matches, window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from form4_author.shortswing.trade import Amount

__all__ = ["Board", "Matching", "Pair", "board", "customary"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Some shares of a purchase against as many of a sale."""

    purchase: Trade
    sale: Trade
    shares: Amount
    gain: Gain
    alternatives: tuple[Alternative, ...] = ()

    @property
    def profit(self) -> Amount:
        """US dollars."""
        return times(self.shares, self.gain.per_share)

    def measured(self, other: Alternative) -> Amount:
        """US dollars, as if both trades had been in that derivative security; negative when it lost."""
        return times(self.shares, other.per_share)

    @property
    def earlier(self) -> Trade:
        """The trade that came first; the purchase when both are of one day."""
        return self.sale if self.sale.day < self.purchase.day else self.purchase

    @property
    def later(self) -> Trade:
        """The other one."""
        return self.purchase if self.earlier is self.sale else self.sale

    @property
    def window(self) -> Window:
        """The six months from the earlier trade."""
        return window(self.earlier.day)


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of which each has a profit, and none more shares than were traded."""

    pairs: tuple[Pair, ...] = ()

    @property
    def total(self) -> Amount:
        """US dollars; never negative."""
        return added(pair.profit for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that may be matched, in an order that does not depend on how it was handed in."""

    purchases: tuple[Trade, ...]
    """Lowest price first."""
    sales: tuple[Trade, ...]
    gains: Mapping[tuple[int, int], Gain]
    """By the numbers of purchase and sale: those within the window that have a profit."""
    needs: tuple[tuple[Trade, Trade, tuple[PriceNeed, ...]], ...]
    """Pairs within the window whose profit depends on market prices that are not known."""
    market: Market

    def pair(self, i: int, j: int, shares: Amount) -> Pair:
        """Shares of the purchase of this number against the sale of that one."""
        purchase, sale = self.purchases[i], self.sales[j]
        return Pair(purchase, sale, shares, self.gains[i, j], alternatives(purchase, sale, self.market))


def board(trades: Iterable[Trade], market: Market) -> Board:
    """The trades of one class and which of them match with a profit."""
    ordered = sorted(trades, key=Trade.order)
    purchases = tuple(t for t in ordered if t.side is Side.PURCHASE)
    sales = tuple(t for t in ordered if t.side is Side.SALE)
    gains: dict[tuple[int, int], Gain] = {}
    needs = []
    for i, purchase in enumerate(purchases):
        for j, sale in enumerate(sales):
            if abs((sale.day - purchase.day).days) > LONGEST or unrelated(purchase, sale):
                continue
            if not matches(purchase.day, sale.day):
                continue
            found = gain(purchase, sale, market)
            if not isinstance(found, Gain):
                needs.append((purchase, sale, found))
            elif found.per_share > 0:
                gains[i, j] = found
    return Board(purchases, sales, gains, tuple(needs), market)


def customary(given: Board) -> Matching:
    """The purchase at the lowest price first, against the sales within its window, greatest profit first."""
    sold = [sale.shares for sale in given.sales]
    by_purchase: dict[int, list[int]] = {}
    for i, j in given.gains:
        by_purchase.setdefault(i, []).append(j)
    pairs = []
    for i in sorted(by_purchase, key=lambda i: (_entry_price(given, i, by_purchase[i]), i)):
        left = given.purchases[i].shares
        for j in sorted(by_purchase[i], key=lambda j: (-given.gains[i, j].per_share, j)):
            shares = min(left, sold[j])
            if shares > 0:
                pairs.append(given.pair(i, j, shares))
                left = less(left, shares)
                sold[j] = less(sold[j], shares)
    return Matching(tuple(pairs))


def _entry_price(given: Board, i: int, sales: Iterable[int]) -> Amount:
    """The price at which a purchase enters its pairs: its own, or that of the shares below it."""
    return min(given.gains[i, j].low for j in sales)
