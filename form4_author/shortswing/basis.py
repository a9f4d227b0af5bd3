"""The trades of a class on one basis: those before a split restated in the shares after it.

Shares times the ratio, prices divided by it, exactly. A split that was given is applied; so is one that the forms
describe with its ratio and its day, unless they leave open in which shares a trade is reported. What only suggests a
split is a sign: it is shown beside a figure and does not change it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.split import Split
from form4_author.shortswing.share_class import share_class
from form4_author.shortswing.split_sign import (
    across,
    bridged,
    by_price,
    by_total,
    mentioned,
    mentions_of,
    steps,
)
from form4_author.shortswing.trade import times

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from form4_author.model.facts import PriorFiling
    from form4_author.shortswing.split_sign import BalanceStep, Sign
    from form4_author.shortswing.trade import Trade

__all__ = ["GIVEN", "NO_BASIS", "Applied", "Basis", "is_late", "on_one_basis", "restated"]

GIVEN: Final = "--split"
"""The source of a split that was given."""
_APART: Final = 31
"""Days within which two splits that are spoken of are one, or contradict each other."""


class Applied(NamedTuple):
    """A split for which the trades before it were restated."""

    split: Split
    source: str
    """The sentence that describes it, with its form; or ``GIVEN``."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The trades of a class in the shares of the last of them."""

    trades: tuple[Trade, ...] = ()
    applied: tuple[Applied, ...] = ()
    signs: tuple[Sign, ...] = ()
    """What suggests a split between trades that may match, and is not in the figures."""


NO_BASIS: Final = Basis()
"""Of trades that no one has compared with the forms."""


def on_one_basis(
    trades: Sequence[Trade],
    filings: Sequence[PriorFiling],
    given: Iterable[Split] = (),
    plan: date | None = None,
) -> Basis:
    """The trades of one class, restated for its splits.

    ``filings``: the forms they are from, oldest first. ``given``: splits of any class; one of 1 for 1 says that there
    was none about that day. ``plan``: the day of a trade still to be made.
    """
    name = trades[0].share_class
    own = [split for split in given if not split.title or share_class(split.title) == name]
    lines = steps(filings, name)
    spoken = [
        sign
        for sign in _relevant(mentioned(mentions_of(filings, name), filings), trades, plan)
        if not any(abs((sign.until - split.day).days) <= _APART for split in own)
    ]
    certain = [sign for sign in spoken if _is_certain(sign, spoken, trades, lines)]
    signs = [sign for sign in spoken if sign not in certain]
    settled = [split.day for split in own] + [sign.until for sign in spoken]
    for sign in _relevant((*by_total(lines, trades), *by_price(trades)), trades, plan):
        if not any(sign.after < day <= sign.until for day in settled) and not bridged(lines, sign.after):
            signs.append(sign)
            settled.append(sign.until)
    applied = [Applied(split, GIVEN) for split in own if split.ratio != 1 and _parts(split, trades, plan)]
    applied += [
        Applied(Split(name, sign.ratio, sign.until), sign.words) for sign in certain if sign.ratio is not None
    ]
    applied.sort(key=lambda each: each.split.day)
    splits = [each.split for each in applied]
    return Basis(tuple(restated(trade, splits) for trade in trades), tuple(applied), tuple(signs))


def restated(trade: Trade, splits: Iterable[Split]) -> Trade:
    """The trade in the shares after these splits."""
    ratio = Fraction(1)
    for split in splits:
        if trade.day < split.day:
            ratio *= split.ratio
    if ratio == 1:
        return trade
    series = trade.series
    if series is not None and series.exercise_price is not None:
        series = replace(series, exercise_price=times(series.exercise_price, 1 / ratio))
    return replace(
        trade,
        shares=times(trade.shares, ratio),
        price=times(trade.price, 1 / ratio),
        series=series,
        reported=trade,
        ratio=ratio,
    )


def _relevant(signs: Iterable[Sign], trades: Sequence[Trade], plan: date | None) -> tuple[Sign, ...]:
    """The signs that lie between trades that may match, one for each ratio and day; a sure one first."""
    found: dict[tuple[object, ...], Sign] = {}
    for sign in sorted(signs, key=lambda each: not each.sure):
        if across(trades, sign.after, plan):
            found.setdefault((sign.ratio, sign.after), sign)
    return tuple(found.values())


def _is_certain(
    sign: Sign, spoken: Sequence[Sign], trades: Sequence[Trade], lines: Sequence[Sequence[BalanceStep]]
) -> bool:
    """Whether what a form says of a split leaves nothing open.

    It does where forms differ, where a trade was made on that very day, where one before it is on a form of a later
    day, which may give it in new shares, and where the total of a line continues as if there had been none.
    """
    return (
        sign.sure
        and all(o is sign or abs((o.until - sign.until).days) > _APART for o in spoken)
        and all(trade.day != sign.until for trade in trades)
        and not any(is_late(trade, sign.until) for trade in trades)
        and not bridged(lines, sign.after)
    )


def is_late(trade: Trade, day: date) -> bool:
    """Whether a trade of before this day is on a form of that day or later."""
    prior = trade.place.prior
    return trade.day < day and prior is not None and prior.day is not None and prior.day >= day


def _parts(split: Split, trades: Iterable[Trade], plan: date | None) -> bool:
    """Whether there are trades on both sides of the split."""
    days = [trade.day for trade in trades] + ([] if plan is None else [plan])
    return min(days) < split.day <= max(days)
