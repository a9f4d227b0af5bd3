"""What leaves a figure of an account open: why it may be another than the trades matched here give.

Sources: Gibbons v. Malone (2d Cir. 2013), by which classes are matched apart that do not convert into each other; Rules
16a-4(a) and 16b-6; Rule 3a12-3(b), which keeps insiders of foreign private issuers out of Section 16(b). Whether a
class converts, and whether an issuer is a foreign private one, is not in the forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.shortswing.trade import Side
from form4_author.shortswing.window import matches
from form4_author.shortswing.wording import in_brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.model.facts import PriorFiling
    from form4_author.shortswing.trade import Boundary, Trade, TradeEntry

__all__ = ["WAITING", "ClassTrades", "Doubt", "doubts_of", "foreign_issuer", "other_classes"]


class Doubt(NamedTuple):
    """Why a figure is uncertain."""

    kind: str
    """``classes``, ``foreign``, ``boundary``, ``questions`` or ``prices``."""
    words: str


class ClassTrades(NamedTuple):
    """The trades of one class under its title."""

    title: str
    trades: tuple[Trade, ...]


_BOUNDARY: Final = Doubt(
    "boundary",
    "A purchase and a sale at a profit are almost exactly six months apart. They are not matched, but courts have "
    "counted differently; see Boundary.",
)
_QUESTIONS: Final = Doubt(
    "questions", "A row under Not judged is within six months of a trade here, and may match it."
)
WAITING: Final = Doubt("prices", "Pairs wait for a market price, and are in neither figure.")
_FOREIGN: Final = Doubt(
    "foreign",
    "The issuer has a foreign trading symbol. If it is a foreign private issuer, Rule 3a12-3(b) keeps its insiders out "
    "of Section 16(b), and no profit is owed. Whether it was one on the day of each trade is not in the forms.",
)


def foreign_issuer(filings: Iterable[PriorFiling]) -> tuple[Doubt, ...]:
    """A doubt where a form has a foreign trading symbol of its issuer."""
    return (_FOREIGN,) if any(prior.filing.issuer.foreign_trading_symbol for prior in filings) else ()


def doubts_of(
    own: ClassTrades,
    others: Iterable[ClassTrades],
    *,
    boundaries: Iterable[Boundary],
    questions: Iterable[TradeEntry],
    waits: bool,
) -> tuple[Doubt, ...]:
    """What leaves the figures of one class open; ``waits``: whether pairs wait for a market price."""
    found = list(other_classes(own, others))
    if any(not boundary.counted for boundary in boundaries):
        found.append(_BOUNDARY)
    if waits:
        found.append(WAITING)
    if any(_may_match(entry, own.trades) for entry in questions):
        found.append(_QUESTIONS)
    return tuple(found)


def _may_match(entry: TradeEntry, trades: Iterable[Trade]) -> bool:
    """Whether a row that is not matched may be within six months of a trade; one without a day may."""
    return entry.day is None or any(matches(entry.day, trade.day) for trade in trades)


def other_classes(own: ClassTrades, others: Iterable[ClassTrades]) -> Iterator[Doubt]:
    """A doubt for each other class that has an opposite trade within six months: the two may convert."""
    for other in others:
        pair = _opposite(own.trades, other.trades)
        if pair is not None:
            purchase, sale = sorted(pair, key=lambda trade: trade.side is Side.SALE)
            yield Doubt(
                "classes",
                f"{own.title} and {other.title} are matched apart. If one converts into the other, they count as one "
                f"class, and {in_brief(purchase)} may match {in_brief(sale)} at a profit (Rules 16a-4(a), 16b-6; "
                "Gibbons v. Malone, 2d Cir. 2013).",
            )


def _opposite(trades: Iterable[Trade], others: Sequence[Trade]) -> tuple[Trade, Trade] | None:
    """The first purchase and sale within six months of each other, one in each class."""
    pairs = (
        (one, other)
        for one in trades
        for other in others
        if one.side is not other.side and not (one.expired or other.expired) and matches(one.day, other.day)
    )
    return min(pairs, key=lambda pair: sorted(trade.day for trade in pair), default=None)
