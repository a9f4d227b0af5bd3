"""Signs of a split between the trades of a class: what the forms say, and what their totals and prices show.

Shares before and after a split are not the same shares, and a form says nothing of most splits (Rule 16a-9). A footnote
or a remark may; a line may begin with a multiple of what it was left with; a price may be a fraction of the last. Where
the total of a line continues from one day to the other, there was none in between.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.split import mentions, ratio_words
from form4_author.shortswing.history import name_of
from form4_author.shortswing.share_class import share_class
from form4_author.shortswing.trade import Side
from form4_author.shortswing.window import matches
from form4_author.shortswing.wording import shown
from form4_author.text import Pattern, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from form4_author.ledger.split import Mention
    from form4_author.model.facts import PriorFiling
    from form4_author.model.table import Row
    from form4_author.shortswing.trade import Trade

__all__ = [
    "BalanceStep",
    "Sign",
    "across",
    "bridged",
    "by_price",
    "by_total",
    "mentioned",
    "mentions_of",
    "steps",
]

_WHOLE: Final = (*range(2, 11), 12, 15, 20, 25, 30, 35, 40, 50, 60, 75, 80, 100)
_MULTIPLES: Final = (*map(Fraction, _WHOLE), *(Fraction(1, n) for n in _WHOLE))
_COMMON: Final = (*_MULTIPLES, Fraction(3, 2), Fraction(4, 3), Fraction(5, 4))
"""Ratios by which the total of a line is compared."""
_NEAR: Final = Fraction(3, 100)
"""By how much of itself a price may miss a ratio."""
_CHEAPEST: Final = Fraction(1, 10)
"""US dollars below which prices move by multiples anyway."""
_LEAST: Final = 20
"""Shares below which a total that is a multiple of another says nothing."""
_ROUNDING: Final = 1
"""Shares lost with the fractions that are paid in cash."""
_LONGEST: Final = 200
"""Characters of a sentence that are quoted."""
_DESIGNATED: Final = Pattern(r"\A((?:class|series) \S+)")
_STOCK: Final = Pattern(r"\b(?:common|ordinary)\b")


class Sign(NamedTuple):
    """What suggests that a split lies between two days."""

    words: str
    """What the forms say or show."""
    after: date
    """The last day that is before it, as far as can be said."""
    until: date
    """The first day that is not."""
    ratio: Fraction | None
    """New shares for each old one, where it is known."""
    dated: bool = False
    """Whether a form gives its day, which is ``until``."""
    sure: bool = False
    """Whether a form describes it with its ratio and its day, after that day."""


@dataclass(frozen=True, slots=True)
class BalanceStep:
    """The rows of one line on one day of one form: what it held before and after them."""

    day: date
    opens: tuple[Decimal, ...]
    totals: tuple[Decimal, ...]
    words: str
    """The line: ``Common Stock, direct``."""

    def goes_on(self, before: BalanceStep) -> bool:
        """Whether a total of this step follows from one of the step before."""
        return any(abs(o - t) <= _ROUNDING for o in self.opens for t in before.totals)


def across(trades: Iterable[Trade], after: date, plan: date | None = None) -> bool:
    """Whether trades that may match are on either side of a day: up to it, and later.

    ``plan``: the day of a trade still to be made.
    """
    days: dict[Side, set[date]] = {Side.PURCHASE: set(), Side.SALE: set()}
    for trade in trades:
        days[trade.side].add(trade.day)
    for side, others in days.items():
        later = {day for day in days[side.opposite] if day > after}
        if plan is not None and plan > after:
            later.add(plan)
        if any(matches(one, other) for one in others if one <= after for other in later):
            return True
    return False


# ---- what is said


def mentions_of(filings: Iterable[PriorFiling], name: str) -> tuple[tuple[PriorFiling, Mention], ...]:
    """What footnotes and remarks say about splits of the class, with the form."""
    return tuple(
        (prior, mention)
        for prior in filings
        for text in (*prior.filing.footnote_texts().values(), prior.filing.remarks or "")
        for mention in mentions(text)
        if _fits(mention, name)
    )


def _fits(mention: Mention, name: str) -> bool:
    """Whether the sentence may be about the class."""
    if "preferred" in name or (mention.preferred and not _STOCK.search(mention.text.casefold())):
        return "preferred" in name and mention.preferred
    own = _DESIGNATED.match(name)
    return own is None or not mention.classes or own[1] in mention.classes


def mentioned(
    statements: Sequence[tuple[PriorFiling, Mention]], filings: Sequence[PriorFiling]
) -> Iterator[Sign]:
    """A sign for each split that is stated to be on a day, or between two forms only the later of which mentions it."""
    dated = {mention.ratio for _, mention in statements if mention.day is not None}
    for prior, mention in statements:
        if mention.day is not None:
            sure = mention.ratio is not None and not mention.ahead
            over = prior.day is not None and prior.day >= mention.day
            yield Sign(
                _quoted(prior, mention),
                mention.day - timedelta(days=1),
                mention.day,
                mention.ratio,
                dated=True,
                sure=sure and over,
            )
        elif mention.ratio not in dated and prior.day is not None:
            dated.add(mention.ratio)  # a later form only repeats it
            before = [p.day for p in filings if p.day is not None and p.day < prior.day]
            if before:
                yield Sign(_quoted(prior, mention), max(before), prior.day, mention.ratio)


def _quoted(prior: PriorFiling, mention: Mention) -> str:
    """The sentence with its form."""
    text = mention.text
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
    return f'{name_of(prior)} says: "{short}"'


# ---- what totals show


def steps(filings: Iterable[PriorFiling], name: str) -> tuple[tuple[BalanceStep, ...], ...]:
    """The lines of the class in Table I, each day of each form in order; amendments are left out."""
    lines: dict[tuple[str, str], list[BalanceStep]] = {}
    for prior in filings:
        rows: dict[tuple[str, str, date], list[Row]] = {}
        for row in () if prior.filing.is_amendment else prior.filing.non_derivative:
            day = row.transaction_date.value or prior.filing.period_of_report
            if (
                day is not None
                and row.amount_owned_following.value is not None
                and share_class(row.security_title.value or "") == name
            ):
                nature = folded(row.nature_of_ownership.value)
                rows.setdefault((row.ownership_form.value or "", nature, day), []).append(row)
        for (form, nature, day), found in sorted(rows.items(), key=lambda item: item[0][2]):
            lines.setdefault((form, nature), []).append(_step(day, found))
    return tuple(map(tuple, lines.values()))


def _step(day: date, rows: Sequence[Row]) -> BalanceStep:
    totals = tuple(row.amount_owned_following.value or Decimal(0) for row in rows)
    changes = [_change(row) for row in rows]
    last = totals[-1] - sum(changes)
    row = rows[0]
    how = "direct" if row.ownership_form.value == "D" else row.nature_of_ownership.value or "indirect"
    return BalanceStep(
        day,
        (last, *(total - change for total, change in zip(totals, changes, strict=True))),
        totals,
        f"{row.security_title.value}, {how}",
    )


def _change(row: Row) -> Decimal:
    amount = row.amount.value or Decimal(0)
    return -amount if row.acquired_disposed.value == "D" else amount


def bridged(lines: Iterable[Sequence[BalanceStep]], after: date) -> bool:
    """Whether the total of a line continues over this day, so that no split follows it before the line's next day."""
    return any(
        one.day <= after < two.day and two.goes_on(one) and max(one.totals) > _ROUNDING
        for line in lines
        for one, two in itertools.pairwise(line)
    )


def by_total(lines: Iterable[Sequence[BalanceStep]], trades: Sequence[Trade]) -> Iterator[Sign]:
    """A sign where a line begins with a common multiple of its last total, and the prices do not say otherwise."""
    for line in lines:
        for one, two in itertools.pairwise(line):
            before = one.totals[-1]
            if one.day >= two.day or two.goes_on(one) or before < _LEAST:
                continue
            for begin in dict.fromkeys(two.opens[:2]):
                ratio = _multiple(before, begin)
                if ratio is not None and _borne_out(trades, one.day, ratio):
                    yield Sign(
                        f"{two.words}: {shown(before)} after {one.day.isoformat()}, {shown(begin)} before"
                        f" {two.day.isoformat()}, as after a {ratio_words(ratio)}",
                        one.day,
                        two.day,
                        ratio,
                    )
                    break


def _multiple(before: Decimal, begin: Decimal) -> Fraction | None:
    """The common ratio of two totals, fractions of a share aside."""
    if begin < _LEAST:
        return None
    return next((r for r in _COMMON if abs(Fraction(before) * r - Fraction(begin)) < _ROUNDING), None)


def _borne_out(trades: Sequence[Trade], after: date, ratio: Fraction) -> bool:
    """Whether the prices on either side are nearer to what the split would make of them than to no change at all."""
    sides = _prices(trades, after)
    if sides is None:
        return ratio in _MULTIPLES
    moved = sides[0].price_ratio(sides[1])
    return moved**2 > ratio if ratio > 1 else moved**2 < ratio


# ---- what prices show


class _Priced(NamedTuple):
    """The mean price of a day."""

    day: date
    price: Fraction

    def price_ratio(self, later: _Priced) -> Fraction:
        """By how much more was paid than on the other day."""
        return self.price / later.price


def _priced(trades: Iterable[Trade]) -> list[_Priced]:
    days: dict[date, list[Fraction]] = {}
    for trade in trades:
        if trade.series is None and trade.price > 0:
            days.setdefault(trade.day, []).append(Fraction(trade.price))
    return [_Priced(day, sum(prices, Fraction(0)) / len(prices)) for day, prices in sorted(days.items())]


def _prices(trades: Iterable[Trade], after: date) -> tuple[_Priced, _Priced] | None:
    """The last day with a price up to this one, and the first after it."""
    priced = _priced(trades)
    earlier = [found for found in priced if found.day <= after]
    later = [found for found in priced if found.day > after]
    return (earlier[-1], later[0]) if earlier and later else None


def by_price(trades: Sequence[Trade]) -> Iterator[Sign]:
    """A sign where the price of one day is a multiple of that of the next day on which there was a trade."""
    priced = _priced(trades)
    for one, two in itertools.pairwise(priced):
        moved = one.price_ratio(two)
        ratio = next((r for r in _MULTIPLES if abs(moved / r - 1) <= _NEAR), None)
        if ratio is not None and min(one.price, two.price) >= _CHEAPEST:
            yield Sign(
                f"${_rounded(one.price)} on {one.day.isoformat()}, ${_rounded(two.price)} on {two.day.isoformat()}, as"
                f" after a {ratio_words(ratio)}",
                one.day,
                two.day,
                ratio,
            )


def _rounded(price: Fraction) -> str:
    return shown(round(Decimal(price.numerator) / Decimal(price.denominator), 4))
