"""Pairs and trades in words, with their arithmetic: the same in findings and on the command line."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from form4_author.shortswing.gain import MARKET
from form4_author.shortswing.trade import EXACT
from form4_author.text import amount_text, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.shortswing.matching import Pair
    from form4_author.shortswing.trade import Amount, Boundary, Trade

__all__ = ["arithmetic", "digits", "in_brief", "listed", "money", "near", "shown"]

_CENT: Final = Decimal("0.01")
_SHOWN: Final = Decimal("0.000001")
"""To what an amount is shown that no decimal holds; it is counted with exactly."""
_LONGEST: Final = 240
"""Characters of a message."""


def money(amount: Amount) -> str:
    """``$7,500`` or ``$191.20``: to the cent, where the arithmetic beside it is exact."""
    cents = _decimal(amount, _CENT).quantize(_CENT, rounding=ROUND_HALF_UP, context=EXACT)
    return f"${cents:,.0f}" if cents == cents.to_integral_value(context=EXACT) else f"${cents:,.2f}"


def shown(amount: Amount) -> str:
    """``1,010.5``; to six decimals where no decimal holds the amount."""
    return grouped(_decimal(amount, _SHOWN))


def digits(amount: Amount) -> str:
    """``1010.5`` for machines; to six decimals where no decimal holds the amount."""
    return amount_text(_decimal(amount, _SHOWN))


def _decimal(amount: Amount, unit: Decimal) -> Decimal:
    """The amount itself, or the nearest multiple of the unit where no decimal holds it."""
    if isinstance(amount, Decimal):
        return amount
    return EXACT.multiply(Decimal(math.floor(amount / Fraction(unit) + Fraction(1, 2))), unit)


def arithmetic(pair: Pair) -> str:
    """``300 × (30 − 15) = 4,500``; of a derivative security against shares what it is at most."""
    at_most = "at most " if pair.gain.basis == MARKET else ""
    difference = f"{shown(pair.gain.high)} − {shown(pair.gain.low)}"
    return f"{shown(pair.shares)} × ({difference}) = {at_most}{shown(pair.profit)}"


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
