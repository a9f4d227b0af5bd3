"""Corporate actions on a class of security: what a split, an adjustment or a conversion leaves a line and its terms at.

One action applies to every line of the class and to the awards over it. None of it is reported on a form by itself:
Rule 16a-9(a) exempts stock splits, stock dividends and other pro rata changes; how fractions, prices and numbers of
awards are rounded is a matter of the plan.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.ledger.balance import Fractions, has_fraction, split_price, split_shares, split_whole
from form4_author.ledger.closing import ROUNDING, Closing
from form4_author.ledger.split import mentions
from form4_author.ledger.title import class_of, same_class
from form4_author.text import Pattern, amount, amount_text, folded, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "Move",
    "Part",
    "Ratio",
    "agrees_in_value",
    "balances_after",
    "begins_at",
    "changes_by",
    "is_rounded",
    "is_same_action",
    "mentions_adjustment",
    "moves_with_class",
    "part_of",
    "restated_cells",
    "taken_out",
]

_NOTHING: Final = Decimal(0)
_CENT: Final = Decimal("0.01")
_TOLERANCE: Final = Decimal("0.01")
"""The part by which number times exercise price may differ before and after: both are rounded."""
_ROUNDED: Final = Decimal("0.001")
"""The part by which two statements of one ratio may differ."""
_SAME_DAY: Final = timedelta(days=10)
"""How far apart two statements of one effective date may be: record date, payment date, first day of trading."""
_MOVING: Final = ("option", "right", "warrant", "unit", "phantom", "rsu", "psu", "performance share")
_ADJUSTED: Final = Pattern(r"\badjust(?:s|ed|ing|ment|ments)\b")
_GROUND: Final = Pattern(
    r"spin-?\s?off|spun[-\s]off|split-?\s?off|separation|(?:stock|share)[-\s]+split|reverse split|recapitali[sz]ation"
    r"|(?:stock|special|extraordinary|cash)\s+dividend|distribution|anti-?dilution|equitabl|merger|reclassification"
)


class Ratio(NamedTuple):
    """New shares for old ones."""

    new: Decimal
    old: Decimal
    fractions: Fractions = Fractions.HELD

    @property
    def words(self) -> str:
        """``2-for-1``."""
        return f"{grouped(self.new)}-for-{grouped(self.old)}"

    def is_same(self, other: Ratio) -> bool:
        """Whether both are one ratio, as 21-for-20 and 105-for-100; a factor that was rounded counts as well."""
        first, second = self.new * other.old, other.new * self.old
        return abs(first - second) <= first * _ROUNDED

    def exact(self, balance: Decimal) -> Decimal:
        """What a holding becomes before fractions are settled."""
        return split_shares(balance, self.new, self.old)

    def shares(self, balance: Decimal) -> Decimal:
        """What a holding becomes."""
        return split_whole(balance, self.new, self.old, self.fractions)

    def fraction(self, balance: Decimal) -> Decimal:
        """The part of a share that whole ones are left with; nothing for a line that held fractions before."""
        return self.exact(balance) % 1 if has_fraction(balance, self.new, self.old) else _NOTHING

    def price(self, price: Decimal) -> Decimal:
        """What an exercise price becomes."""
        return split_price(price, self.new, self.old)


def is_same_action(given: tuple[Ratio, date | None], recorded: tuple[Ratio, date], *, stated: bool) -> bool:
    """Whether an action that the filer states is one on record, by its ratio and its day.

    ``stated``: whether a form has stated a total since the one on record; without a day it is then another.
    """
    (ratio, day), (recorded_ratio, recorded_day) = given, recorded
    near = not stated if day is None else abs(day - recorded_day) <= _SAME_DAY
    return near and ratio.is_same(recorded_ratio)


class Move(NamedTuple):
    """What moves a line: a total that a form states, a change without a form, or a ratio."""

    total: Decimal | None = None
    change: Decimal | None = None
    ratio: Ratio | None = None


def balances_after(moves: Iterable[Move]) -> Iterator[Decimal]:
    """The balance after each move, in order."""
    balance = _NOTHING
    for move in moves:
        if move.total is not None:
            balance = move.total
        elif move.ratio is not None:
            balance = move.ratio.shares(balance)
        else:
            balance += move.change or _NOTHING
        yield balance


def changes_by(moves: Iterable[Move]) -> Iterator[tuple[Decimal, Decimal]]:
    """What each move adds to the balance, taken away: negative, and the balance after it."""
    before = _NOTHING
    for balance in balances_after(moves):
        yield balance - before, balance
        before = balance


def taken_out(change: Decimal, balance: Decimal) -> Decimal:
    """What leaves under a former title, where a change leaves so much under a new one: the balance before, negative."""
    return change - balance


def begins_at(end: Closing, before: Decimal) -> Decimal | None:
    """What a form continues from, where that is certain and not the balance before it; None otherwise."""
    same = abs(end.before - before) <= ROUNDING
    return None if same or not end.certain else end.before


class Part(Enum):
    """How a line takes part in an action on a class."""

    CLASS = "class"
    """It is of the class."""
    AWARD = "award"
    """Options, units and the like over the class: number and exercise price change."""
    CONVERTIBLE = "convertible"
    """It converts into the class: its rate and its conversion price change, and not its number."""


def part_of(cells: Mapping[str, Any], security: str) -> Part | None:
    """How a line takes part in an action on a class; None where it does not."""
    if class_of(str(cells.get("security_title", ""))) == class_of(security):
        return Part.CLASS
    if cells.get("table") != "derivative" or not same_class(str(cells.get("underlying_title", "")), security):
        return None
    return Part.AWARD if moves_with_class(str(cells.get("security_title", ""))) else Part.CONVERTIBLE


def moves_with_class(title: str) -> bool:
    """Whether a derivative security changes with its class in number and price; one that converts does not."""
    words = title.casefold()
    return any(word in words for word in _MOVING)


def restated_cells(
    cells: Mapping[str, Any], part: Part, ratio: Ratio, *, to_cent: bool = False
) -> dict[str, Any]:
    """The terms of a line after the action: exercise or conversion price, and underlying shares of each.

    ``to_cent``: whether the price is rounded to the cent, and not to the fourth decimal.
    """
    changed = dict(cells)
    if part is Part.CLASS:
        rate = Ratio(ratio.old, ratio.new)
    else:
        rate = ratio
        if "exercise_price" in cells:
            price = ratio.price(amount(str(cells["exercise_price"])))
            changed["exercise_price"] = amount_text(price.quantize(_CENT) if to_cent else price)
    if part is not Part.AWARD and "each" in cells:
        changed["each"] = amount_text(rate.exact(amount(str(cells["each"]))))
    return changed


def agrees_in_value(number: Decimal, price: Decimal, begins: Decimal, at: Decimal) -> bool:
    """Whether a number at a price is, within 1 %, another number at another price: what an adjustment preserves."""
    before, after = number * price, begins * at
    return before > 0 and abs(after - before) <= before * _TOLERANCE


def is_rounded(price: Decimal | None, other: Decimal | None) -> bool:
    """Whether two exercise prices may be one that is rounded to the cent."""
    return price is not None and other is not None and abs(other - price) <= _CENT


def mentions_adjustment(text: str) -> bool:
    """Whether a footnote or remark mentions a split or an adjustment for what a company does with its stock."""
    words = folded(text)
    return bool(mentions(text)) or bool(_ADJUSTED.search(words) and _GROUND.search(words))
