"""The account of a person and an issuer: trades, pairs, both totals, what is close to the boundary, what is not known.

A planned trade is added to the trades reported, to show what it would cost and from which day it would not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from form4_author.shortswing.basis import NO_BASIS, Basis, on_one_basis
from form4_author.shortswing.gain import Gain, Market, PriceNeed, gain, unrelated
from form4_author.shortswing.history import FilerGroup, groups, reported
from form4_author.shortswing.matching import Matching, Pair, board, customary
from form4_author.shortswing.optimum import optimum
from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import Boundary, Side, Trade, TradeReading, less
from form4_author.shortswing.uncertain import ClassTrades, Doubt, doubts_of, foreign_issuer
from form4_author.shortswing.window import days_to_mark, window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from form4_author.ledger.split import Split
    from form4_author.model.facts import MarketPrice, PriorFiling
    from form4_author.shortswing.trade import Amount

__all__ = [
    "LIMITS",
    "ClassAccount",
    "Outlook",
    "Remainder",
    "Result",
    "account_of",
    "boundaries",
    "clear_days",
    "outlook",
    "results",
    "safe_days",
]

LIMITS: Final = (
    "Not legal advice. The conditions of exemptions are not in the data.",
    "Not modeled: members of a group, directors by deputization, a partner's share, dividends, interest, fees.",
    "Splits: trades are restated where a form gives the ratio and the day, or --split does.",
    "A split that no footnote, remark, total or price shows is not known here.",
    "Trades that the files do not report are not known here.",
    "Prices are weighted averages unless the form gives each trade; exact prices are needed for Section 16(b).",
    "Not applied: the two-year bar, who may sue, from when to when the person was subject to Section 16.",
    "The purchase that makes a person a holder of more than 10% is not left out.",
)
"""What no figure here says."""

_NEAR: Final = (0, 1, 2)
"""Days before the six-month mark that are close: two still match, one and none do not."""
_NEAREST: Final = 179
"""Days between two trades two days before the mark, in the shortest six months."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """Shares of a trade that the optimum leaves unmatched."""

    trade: Trade
    shares: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAccount:
    """One class of stock."""

    share_class: str
    title: str
    """As the forms have it."""
    trades: tuple[Trade, ...]
    """By day."""
    customary: Matching
    """Lowest price in against highest price out."""
    optimum: Matching
    """The upper bound."""
    boundaries: tuple[Boundary, ...]
    unmatched: tuple[Remainder, ...]
    needs: tuple[PriceNeed, ...]
    """Market prices without which some pairs are not in either total."""
    undetermined: tuple[tuple[Trade, Trade], ...]
    """Those pairs: purchase and sale."""
    basis: Basis = NO_BASIS
    """The splits for which the trades were restated, and what suggests another one."""
    doubts: tuple[Doubt, ...] = ()
    """What leaves the figures open."""

    @property
    def under_title(self) -> ClassTrades:
        """Its trades with its title."""
        return ClassTrades(self.title or self.share_class, self.trades)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the forms of some persons about one issuer say."""

    group: FilerGroup
    reading: TradeReading
    amendments: tuple[str, ...]
    """What was done about each amendment."""
    accounts: tuple[ClassAccount, ...]
    """By class of stock, in alphabetical order."""
    doubts: tuple[Doubt, ...] = ()
    """What leaves the figures of every class open."""

    @property
    def is_uncertain(self) -> bool:
        """Whether a row was not matched, or a figure is open."""
        open_figure = any(account.doubts or self.doubts for account in self.accounts)
        return open_figure or bool(self.reading.questions)

    @property
    def has_profit(self) -> bool:
        """Whether anything matches with a profit."""
        return any(account.customary.pairs for account in self.accounts)

    @property
    def has_signs(self) -> bool:
        """Whether a split seems to lie between trades, so that a figure can't be relied on."""
        return any(account.basis.signs for account in self.accounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a planned trade would bring about."""

    trade: Trade
    with_plan: ClassAccount
    added: Amount
    """By how much the upper bound rises, US dollars."""
    first_safe: date
    """The first day from the planned one on which it matches nothing at a profit, at the planned price."""
    first_safe_at_any_price: date
    """The same whatever the price."""
    clear: date
    """The first day from the planned one that is outside every reading of six months, at the planned price."""
    clear_at_any_price: date
    """The same whatever the price."""
    doubts: tuple[Doubt, ...] = ()
    """What leaves open whether it matches."""


def results(
    filings: Sequence[PriorFiling],
    prices: tuple[MarketPrice, ...] = (),
    person: str | None = None,
    splits: Sequence[Split] = (),
    plan: date | None = None,
) -> tuple[Result, ...]:
    """The accounts of every issuer and person, or of the person with this CIK.

    ``plan``: the day of a trade still to be made; splits up to it count.
    """
    market = Market(prices)
    return tuple(_result(group, market, splits, plan) for group in groups(filings, person))


def _result(group: FilerGroup, market: Market, splits: Sequence[Split], plan: date | None) -> Result:
    rows, amendments = reported(group.filings)
    reading = read(rows)
    classes: dict[str, list[Trade]] = {}
    for trade in reading.trades:
        classes.setdefault(trade.share_class, []).append(trade)
    found = (on_one_basis(classes[name], group.filings, splits, plan) for name in sorted(classes))
    accounts = [replace(account_of(basis.trades, market), basis=basis) for basis in found]
    return Result(
        group=group,
        reading=reading,
        amendments=amendments,
        accounts=tuple(replace(each, doubts=_doubts(each, accounts, reading)) for each in accounts),
        doubts=foreign_issuer(group.filings),
    )


def _doubts(own: ClassAccount, accounts: Sequence[ClassAccount], reading: TradeReading) -> tuple[Doubt, ...]:
    return doubts_of(
        own.under_title,
        (other.under_title for other in accounts if other is not own),
        boundaries=own.boundaries,
        questions=reading.questions,
        waits=bool(own.needs),
    )


def account_of(trades: Sequence[Trade], market: Market) -> ClassAccount:
    """The account of the trades of one class; there is at least one."""
    given = board(trades, market)
    best = optimum(given)
    return ClassAccount(
        share_class=trades[0].share_class,
        title=next((t.title for t in trades if t.series is None), trades[0].underlying),
        trades=tuple(sorted(trades, key=lambda t: (t.day, t.order()))),
        customary=customary(given),
        optimum=best,
        boundaries=boundaries(trades, market),
        unmatched=_unmatched(trades, best.pairs),
        needs=tuple(sorted({need for _, _, needs in given.needs for need in needs})),
        undetermined=tuple((purchase, sale) for purchase, sale, _ in given.needs),
    )


def boundaries(trades: Sequence[Trade], market: Market) -> tuple[Boundary, ...]:
    """Pairs with a profit whose later day is the six-month mark or one or two days before it."""
    found = []
    ordered = sorted(trades, key=Trade.order)
    for purchase in (t for t in ordered if t.side is Side.PURCHASE):
        for sale in (t for t in ordered if t.side is Side.SALE):
            if abs((sale.day - purchase.day).days) < _NEAREST:
                continue
            days = days_to_mark(purchase.day, sale.day)
            if days in _NEAR and not unrelated(purchase, sale) and _pays(purchase, sale, market):
                found.append(Boundary(purchase, sale, days))
    return tuple(found)


def _pays(purchase: Trade, sale: Trade, market: Market) -> bool:
    found = gain(purchase, sale, market)
    return isinstance(found, Gain) and found.per_share > 0


def _unmatched(trades: Sequence[Trade], pairs: Sequence[Pair]) -> tuple[Remainder, ...]:
    """What the pairs leave of each trade, by day."""
    left = {id(trade): trade.shares for trade in trades}
    for pair in pairs:
        for trade in (pair.purchase, pair.sale):
            left[id(trade)] = less(left[id(trade)], pair.shares)
    ordered = sorted(trades, key=lambda t: (t.day, t.order()))
    return tuple(Remainder(trade, left[id(trade)]) for trade in ordered if left[id(trade)] > 0)


def outlook(trades: Sequence[Trade], plan: Trade, market: Market) -> Outlook:
    """What the planned trade would bring about beside the trades of its class."""
    before = optimum(board(trades, market)).total
    with_plan = account_of([*trades, plan], market)
    at_price, at_any_price = safe_days(trades, plan, market)
    clear, clear_at_any_price = clear_days(trades, plan, market)
    return Outlook(
        trade=plan,
        with_plan=with_plan,
        added=less(with_plan.optimum.total, before),
        first_safe=at_price,
        first_safe_at_any_price=at_any_price,
        clear=clear,
        clear_at_any_price=clear_at_any_price,
    )


def safe_days(trades: Sequence[Trade], plan: Trade, market: Market) -> tuple[date, date]:
    """The first days on which the planned trade matches nothing: at a profit at its price, and at any price."""
    paying, opposite = _against(trades, plan, market)
    return _first_day(paying, plan.day, _MATCHING), _first_day(opposite, plan.day, _MATCHING)


def clear_days(trades: Sequence[Trade], plan: Trade, market: Market) -> tuple[date, date]:
    """The same days, where every court would count so: the day after the six-month mark."""
    paying, opposite = _against(trades, plan, market)
    return _first_day(paying, plan.day, 0), _first_day(opposite, plan.day, 0)


def _against(trades: Sequence[Trade], plan: Trade, market: Market) -> tuple[list[Trade], list[Trade]]:
    """The opposite trades that may pay beside the planned one, and all of them."""
    opposite = [t for t in trades if t.side is plan.side.opposite and not t.expired]
    return [t for t in opposite if _may_pay(t, plan, market)], opposite


def _may_pay(trade: Trade, plan: Trade, market: Market) -> bool:
    """Whether the two have a profit, or have one for all that is known."""
    purchase, sale = (plan, trade) if plan.side is Side.PURCHASE else (trade, plan)
    found = gain(purchase, sale, market)
    return not isinstance(found, Gain) or found.per_share > 0


_MATCHING: Final = 2
"""Days before the six-month mark, until which trades match as they are counted here."""


def _first_day(opposite: Sequence[Trade], day: date, least: int) -> date:
    """The first day from this one on that is nearer than ``least`` days to none of these trades' six-month mark."""
    while near := [trade.day for trade in opposite if days_to_mark(trade.day, day) >= least]:
        day = max(window(other).mark - timedelta(days=least - 1) if other <= day else other for other in near)
    return day
