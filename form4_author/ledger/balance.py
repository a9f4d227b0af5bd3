"""What a line held before a row, the total that follows from it with the working, and balances over several forms.

Source: Form 4, General Instruction 4(a)(i): the amount owned is stated following the reported transaction(s), line by
line. Rule 16a-9 for splits.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from form4_author.ledger.closing import Stated, last, running
from form4_author.text import DECIMALS, amount_text, folded, grouped, is_whole

if TYPE_CHECKING:
    from form4_author.ledger.line import LineKey

__all__ = [
    "Account",
    "Carried",
    "Fractions",
    "Prior",
    "Working",
    "adjusted_price",
    "change",
    "counted_back",
    "has_fraction",
    "in_proportion",
    "least",
    "lowest",
    "net",
    "net_shares",
    "per_share",
    "ratio",
    "rolled",
    "split_price",
    "split_shares",
    "split_whole",
    "spread",
    "together",
    "totals",
    "underlying",
    "whole_shares",
    "working",
    "worth",
]

_NOTHING = Decimal(0)
_Key = TypeVar("_Key", bound=Hashable)


class Carried(NamedTuple):
    """A line of the last filing."""

    key: LineKey
    total: Decimal
    source: str
    """Where it is known from, as the filer reads it."""
    running: bool = False
    """Whether its total goes over awards of several terms."""
    title: str = ""
    """The class as the last filing spells it."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What a line held before, and how that is known."""

    amount: Decimal
    source: str
    adjustments: tuple[Decimal, ...] = ()
    """What was added since without a separate row, such as reinvested dividends; taken away: negative."""

    @property
    def total(self) -> Decimal:
        """The amount with its adjustments."""
        return sum(self.adjustments, self.amount)

    def without(self, changes: Iterable[Decimal]) -> Prior:
        """What the line held before these changes, which are in the adjustments."""
        return Prior(self.total - sum(changes, _NOTHING), self.source)


@dataclass(frozen=True, slots=True)
class Working:
    """A total and the sum it comes from: ``239,602 − 7,007 = 232,595``."""

    total: Decimal
    words: str

    @property
    def text(self) -> str:
        """The total as the draft holds it."""
        return _total_text(self.total)

    def difference(self, other: Decimal) -> tuple[Decimal, str]:
        """By how much another total differs, and whether it is ``more`` or ``fewer``."""
        return abs(other - self.total), "more" if other > self.total else "fewer"


@dataclass(frozen=True, slots=True)
class Account:
    """What the lines of a person held before a form."""

    carried: tuple[Carried, ...] = ()
    """The lines of the last filing, also as a split left them."""
    stated: Mapping[str, Decimal] = field(default_factory=dict)
    """What the filer said that a line held, by ``str`` of its key."""
    adjustments: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    """What events without a separate row add to a line, in order, by ``str`` of its key."""

    def spelled(self, title: str) -> Account:
        """The account for a row of this title: of lines with one key, which two spellings have, the one so spelled."""
        same = [line.key for line in self.carried if folded(line.title) == folded(title)]
        twice = {key for key in same if sum(line.key == key for line in self.carried) > 1}
        if not twice:
            return self
        own = (line for line in self.carried if line.key not in twice or folded(line.title) == folded(title))
        return replace(self, carried=tuple(own))

    def carried_line(self, key: LineKey) -> Carried | None:
        """The line of the last filing that has all the terms; None where none has, or not without doubt.

        Else the only one of its title, where other terms are no other line: an exercise price and an expiration date
        identify a series by themselves; the last filing has one total over several terms; or no terms are given.
        """
        same = [line for line in self.carried if line.key.is_of_series(key)]
        exact = [line for line in same if line.key == key]
        if exact or len(same) != 1:
            return exact[-1] if exact else None
        series = key.price is not None and key.expiration is not None
        return same[0] if series or same[0].running or key == key.series else None

    def started(self, key: LineKey) -> Prior | None:
        """What a line held before the form: what the filer said, else what the last filing says."""
        name = str(key)
        since = self.adjustments.get(name, ())
        if name in self.stated:
            return Prior(self.stated[name], "as you said", since)
        carried = self.carried_line(key)
        return None if carried is None else Prior(carried.total, carried.source, since)

    def from_rows(self, key: LineKey, rows: Iterable[Stated]) -> Prior | None:
        """The closing total of a line by these rows of the form; None when none of them states one."""
        own = self._of_line(key, [row for row in rows if row.key.series == key.series])
        if not own:
            return None
        end, _certain = last(own)
        return Prior(end.total, f"line {end.place + 1}")

    def _of_line(self, key: LineKey, same: list[Stated]) -> list[Stated]:
        """Which rows of its title are of the line: all under one running total, else those of its terms.

        Where there is none of its terms, those that continue from what it last held: its words may have been changed
        since.
        """
        keys = {row.key for row in same}
        if len(keys) > 1 and running((row.change or _NOTHING, row.total) for row in same):
            return same
        if key in keys:
            return [row for row in same if row.key == key]
        carried, own = self.carried_line(key), []
        balance = carried.total if carried else None
        for row in same:
            if balance is not None and row.total - (row.change or _NOTHING) == balance:
                balance = row.total
                own.append(row)
        return own

    def before(self, key: LineKey, rows: Iterable[Stated]) -> Prior | None:
        """What a line held before a row: its total after ``rows``, those before it on the form, else at the start."""
        found = self.from_rows(key, rows)
        return found if found is not None else self.started(key)

    def following(self, key: LineKey, change: Decimal, rows: Iterable[Stated]) -> Working | None:
        """The total that a change leaves; None where what the line held is not known, or was not enough."""
        start = self.before(key, rows)
        if start is None:
            return None
        found = working(start.amount, (*start.adjustments, change))
        return found if found.total >= 0 else None

    def goes_on(self, line: Carried, rows: Iterable[Stated]) -> bool:
        """Whether a row of the form continues with a line of the last filing, by its terms or by what it held."""
        for row in rows:
            if row.key.series != line.key.series:
                continue
            carried = self.spelled(row.row.security_title.value or "").carried_line(row.key)
            began = row.change is not None and row.before == line.total
            if carried == line or (carried is None and began):
                return True
        return False


def working(before: Decimal, changes: Iterable[Decimal]) -> Working:
    """The total after the changes (disposed of: negative), with the sum written out."""
    total, words = before, grouped(before)
    for change in changes:
        total += change
        words += f" {'+' if change >= 0 else '−'} {grouped(abs(change))}"
    return Working(total, f"{words} = {grouped(total)}")


def counted_back(total: Decimal, moves: Iterable[Decimal]) -> Decimal:
    """What a line held before moves that leave it at a total."""
    return total - sum(moves, _NOTHING)


def lowest(balance: Decimal, changes: Iterable[Decimal]) -> Decimal:
    """The lowest balance on the way through the changes; without one, what is held."""
    return min(accumulate(changes, initial=balance))


def least(changes: Iterable[Decimal]) -> Decimal:
    """What a line must have held at least before the changes, so that what left it could leave; 0 where nothing did."""
    return max(_NOTHING, -lowest(_NOTHING, changes))


def together(changes: Iterable[tuple[_Key, Decimal]]) -> dict[_Key, Decimal]:
    """The sum of the changes of each line."""
    found: dict[_Key, Decimal] = {}
    for key, change in changes:
        found[key] = found.get(key, _NOTHING) + change
    return found


def totals(
    moves: Mapping[_Key, Sequence[tuple[int, Decimal]]],
    before: Mapping[_Key, Decimal],
    after: Mapping[_Key, Decimal],
) -> dict[int, str]:
    """The total of each row: counted on from what its line held before, or back from what it holds after.

    ``moves``: of each line the rows by their number, with their changes, in order. The last row of a line has what it
    is said to hold after.
    """
    found: dict[int, str] = {}
    for key, rows in moves.items():
        end = after.get(key)
        total = before.get(key, None if end is None else end - sum(change for _, change in rows))
        if total is None:
            continue
        for number, change in rows:
            total += change
            found[number] = _total_text(max(total, _NOTHING))
        if end is not None:
            found[rows[-1][0]] = _total_text(end)
    return found


def _total_text(total: Decimal) -> str:
    """A total as the form has it; a whole one without decimals: ``0`` for 1,500.6 less 1,500.6."""
    return amount_text(total.to_integral_value() if is_whole(total) else total)


def rolled(moves: Iterable[tuple[Decimal | None, Decimal | None]]) -> Decimal | None:
    """The balance after totals stated and changes made, in order; None where there is neither.

    ``moves``: a total that a form states, or a change without a form.
    """
    amount: Decimal | None = None
    for total, change in moves:
        amount = total if total is not None else (amount or _NOTHING) + (change or _NOTHING)
    return amount


def underlying(each: Decimal, number: Decimal) -> Decimal:
    """How many shares underlie a number of derivative securities of which each has as many."""
    return (each * number).normalize()


def in_proportion(number: Decimal, of: Decimal, whole: Decimal) -> Decimal:
    """What goes with a number, where ``of`` goes with the whole."""
    return (number * of / whole).normalize() + 0


def ratio(came: Decimal, given: Decimal) -> Decimal | None:
    """How many came for each that was given; None where four decimals do not say it exactly."""
    found = (came / given).normalize() + 0
    return found if round(found, DECIMALS) == found else None


def split_shares(balance: Decimal, new: Decimal, old: Decimal) -> Decimal:
    """What a holding is after ``new`` shares for ``old``, to the fourth decimal (Rule 16a-9)."""
    return Decimal(f"{balance * new / old:.4f}").normalize() + 0


def split_price(price: Decimal, new: Decimal, old: Decimal) -> Decimal:
    """What an exercise price is after ``new`` shares for ``old``, to the fourth decimal."""
    return Decimal(f"{price * old / new:.4f}").normalize() + 0


# ---- what happens to a class


class Fractions(StrEnum):
    """What becomes of the fraction of a share that a line is left with."""

    CASH = "cash"
    """Paid in cash: the whole shares remain."""
    UP = "up"
    """Rounded up to the next whole share."""
    HELD = "held"
    """Still held, in book entry."""


def has_fraction(balance: Decimal, new: Decimal, old: Decimal) -> bool:
    """Whether ``new`` shares for ``old`` leave a line of whole shares with a fraction."""
    return balance == balance.to_integral_value() and balance * new % old != 0


def split_whole(balance: Decimal, new: Decimal, old: Decimal, fractions: Fractions) -> Decimal:
    """What a holding is after ``new`` shares for ``old``, with its fraction settled.

    A line that had a fraction before keeps fractions.
    """
    if fractions is Fractions.HELD or not has_fraction(balance, new, old):
        return split_shares(balance, new, old)
    way = ROUND_CEILING if fractions is Fractions.UP else ROUND_FLOOR
    return (balance * new / old).to_integral_value(way)


def adjusted_price(price: Decimal, factor: Decimal) -> Decimal:
    """What an exercise price is when an award grows by a factor, to the cent."""
    return Decimal(f"{price / factor:.2f}").normalize() + 0


def change(before: Decimal, after: Decimal) -> tuple[Decimal, str]:
    """By how much a line changes, and the letter of the way: A for more, D for less."""
    return abs(after - before), "A" if after >= before else "D"


def net(moves: Iterable[tuple[str, Decimal]]) -> Decimal:
    """What rows of a line add to it together, by their letter: acquired (A) or disposed of."""
    return sum((moved if letter == "A" else -moved for letter, moved in moves), _NOTHING)


def worth(shares: Decimal, price: Decimal) -> Decimal:
    """What so many shares come to at a price."""
    return shares * price


def per_share(money: Decimal, shares: Decimal) -> Decimal:
    """What each of so many shares has of an amount of money, to the places that a price can have."""
    return round(money / shares, DECIMALS).normalize() + 0


def whole_shares(money: Decimal, price: Decimal) -> tuple[Decimal, bool]:
    """How many whole shares an amount of money comes to at a price, and whether a fraction is left."""
    whole, rest = divmod(money, price)
    return whole, bool(rest)


def net_shares(shares: Decimal, price: Decimal, strike: Decimal) -> Decimal:
    """How many whole shares a net exercise delivers: those whose value is what the options are worth."""
    return (shares * spread(price, strike) / price).to_integral_value(ROUND_FLOOR)


def spread(price: Decimal, strike: Decimal) -> Decimal:
    """What an option is worth at a price per share: the price less the exercise price, or nothing."""
    return max(price - strike, _NOTHING)
