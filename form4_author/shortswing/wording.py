"""Pairs and trades in words, with their arithmetic: the same in findings and on the command line."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from form4_author.shortswing.gain import MARKET
from form4_author.shortswing.trade import EXACT
from form4_author.values import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.shortswing.account import Boundary
    from form4_author.shortswing.matching import Pair
    from form4_author.shortswing.trade import Trade

__all__ = ["arithmetic", "in_brief", "listed", "money", "near"]

_CENT: Final = Decimal("0.01")
_LONGEST: Final = 240
"""Characters of a message."""


def money(amount: Decimal) -> str:
    """``$7,500`` or ``$191.20``: to the cent, where the arithmetic beside it is exact."""
    cents = amount.quantize(_CENT, rounding=ROUND_HALF_UP, context=EXACT)
    return f"${cents:,.0f}" if cents == cents.to_integral_value(context=EXACT) else f"${cents:,.2f}"


def arithmetic(pair: Pair) -> str:
    """``300 × (30 − 15) = 4,500``; of a derivative security against shares what it is at most."""
    at_most = "at most " if pair.gain.basis == MARKET else ""
    difference = f"{grouped(pair.gain.high)} − {grouped(pair.gain.low)}"
    return f"{grouped(pair.shares)} × ({difference}) = {at_most}{grouped(pair.profit)}"


def in_brief(trade: Trade) -> str:
    """``S 2026-02-02``."""
    return f"{trade.code} {trade.day.isoformat()}"


def near(found: Boundary) -> str:
    """Where the later of two trades lies to the six-month mark, and whether it matches."""
    first, then = sorted((found.purchase, found.sale), key=lambda trade: trade.day)
    where = ("on", "one day before", "two days before")[found.days]
    verdict = (
        "the last day that matches" if found.counted else "not matched, but courts have counted differently"
    )
    mark = found.mark.isoformat()
    return f"{in_brief(then)} lies {where} {mark}, six months after {in_brief(first)}: {verdict}"


def listed(lead: str, pairs: Sequence[Pair], end: str = "") -> str:
    """The lead, each pair with its arithmetic while there is room, how many more there are, and the end."""
    parts = [f"{arithmetic(p)}, {in_brief(p.earlier)} with {in_brief(p.later)}" for p in pairs]
    shown = len(parts)
    text = _with_rest(lead, parts, shown, end)
    while len(text) > _LONGEST and shown > 1:
        shown -= 1
        text = _with_rest(lead, parts, shown, end)
    return text


def _with_rest(lead: str, parts: Sequence[str], shown: int, end: str) -> str:
    more = len(parts) - shown
    rest = f"; and {more} more pair{'' if more == 1 else 's'}" if more else ""
    return f"{lead}: {'; '.join(parts[:shown])}{rest}{end}"
