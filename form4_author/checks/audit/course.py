"""The course of an insider's holdings: what each line of Table I held after each filing, the trades, the six months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from form4_author.ledger.closing import closing, rows_of
from form4_author.ledger.line import line_words
from form4_author.shortswing.trade import Side
from form4_author.shortswing.window import window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.checks.audit.insider import Insider
    from form4_author.ledger.closing import Closing
    from form4_author.ledger.line import LineKey
    from form4_author.model.facts import PriorFiling
    from form4_author.shortswing.account import Result
    from form4_author.shortswing.history import FilerGroup
    from form4_author.shortswing.trade import Trade

__all__ = ["Course", "HeldPoint", "HoldingCourse", "TradePoint", "WindowSpan", "course_in", "course_of"]


class HeldPoint(NamedTuple):
    """What a line held from a day on, by a filing."""

    day: date
    held: Decimal
    prior: PriorFiling | None = None
    """The filing; None where the register has it from something else."""


@dataclass(frozen=True, slots=True)
class HoldingCourse:
    """One line of Table I over time."""

    name: str
    points: tuple[HeldPoint, ...]
    """By day."""


class TradePoint(NamedTuple):
    """A purchase or sale that may be matched, at the height of its line."""

    trade: Trade
    held: Decimal | None
    """What the line of the trade held after it; None where no filing says."""


class WindowSpan(NamedTuple):
    """Days within six months of trades of one side; those that touch are one span."""

    side: Side
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Course:
    """What a chart shows of one insider."""

    lines: tuple[HoldingCourse, ...]
    trades: tuple[TradePoint, ...]
    windows: tuple[WindowSpan, ...]


def course_of(insider: Insider) -> Course:
    """What a chart shows of an insider."""
    return course_in(insider.group, insider.swing)


def course_in(group: FilerGroup, swing: Result) -> Course:
    """The course of holdings, the trades by day, and the six months from each side's trades on."""
    lines: dict[LineKey, list[HeldPoint]] = {}
    names: dict[LineKey, str] = {}
    for prior in group.filings:
        for end in closing(prior.filing):
            day = _day(prior, end)
            if end.table == "non_derivative" and not end.in_dollars and day is not None:
                names[end.key] = line_words(end.row)
                lines.setdefault(end.key, []).append(HeldPoint(day, end.total, prior))
    trades = sorted(
        (trade for account in swing.accounts for trade in account.trades),
        key=lambda each: (each.day, each.order()),
    )
    return Course(
        lines=tuple(
            HoldingCourse(names[key], tuple(sorted(points, key=lambda p: p.day)))
            for key, points in lines.items()
        ),
        trades=tuple(TradePoint(trade, _held(trade)) for trade in trades),
        windows=(*_windows(trades, Side.PURCHASE), *_windows(trades, Side.SALE)),
    )


def _day(prior: PriorFiling, end: Closing) -> date | None:
    """The last transaction of the line; of a holding the day of the report."""
    traded = [row.row.transaction_date.value for row in rows_of(prior.filing, end)]
    days = [day for day in traded if day is not None]
    return max(days) if days else prior.filing.period_of_report or prior.day


def _held(trade: Trade) -> Decimal | None:
    """What the row of the trade says is held after it; None in Table II."""
    prior, path = trade.place.prior, trade.place.path
    if prior is None or not path or path[0] != "non_derivative" or not isinstance(path[1], int):
        return None
    return prior.filing.non_derivative[path[1]].amount_owned_following.value


def _windows(trades: Iterable[Trade], side: Side) -> Sequence[WindowSpan]:
    spans: list[WindowSpan] = []
    for trade in trades:
        if trade.side is not side:
            continue
        last = window(trade.day).last_matching
        if spans and trade.day <= spans[-1].last:
            spans[-1] = spans[-1]._replace(last=max(last, spans[-1].last))
        else:
            spans.append(WindowSpan(side, trade.day, last))
    return spans
