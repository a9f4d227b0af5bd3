"""Two lines that may be one award before and after an adjustment, and that nothing on record proves to be."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from form4_author.ledger.action import agrees_in_value
from form4_author.register.award import in_order, one_series, spoken_of
from form4_author.register.why import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.register.account import Balance

__all__ = ["one_award"]


def one_award(held: Sequence[Balance]) -> tuple[tuple[Balance, Balance], ...]:
    """Pairs of an earlier line that still holds something and a later one of the same title and expiration date.

    Number times exercise price is preserved within 1 %, or a footnote speaks of an adjustment.
    """
    awards = [balance for balance in held if balance.line.table == "derivative"]
    return tuple(pair for pair in permutations(awards, 2) if _follows(*pair))


def _follows(one: Balance, other: Balance) -> bool:
    old, new = one.line.key, other.line.key
    if not one.amount or not one_series(old, new):
        return False
    if in_order(one.line.entries)[-1].day >= in_order(other.line.entries)[0].day:
        return False
    told = steps(other.line)[0].told
    if told is None or old.price is None or told.closing.key.price is None:
        return False
    end = told.closing
    price = end.key.price or old.price
    return agrees_in_value(one.amount, old.price, end.before, price) or spoken_of(end, told.filed.content)
