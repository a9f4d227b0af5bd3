"""Which line of the register a line of a form goes on with, where a person has several awards of one title.

Awards of one title are told apart by the words or dates of their terms. A line is found again by them; where the words
have changed, by what it held. One total that goes on from several awards together closes them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.breaks import ROUNDING
from form4_author.ledger.closing import Holding, line_key, telling, terms_key
from form4_author.register.table import Filed, Line, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

__all__ = ["Placed", "placed", "told_apart"]

_NAME: Final = 48
"""Characters of an award's terms in the name of its line."""
_APART: Final = " · "


class Placed(NamedTuple):
    """A line of the register with what a form says of it."""

    line: Line
    holding: Holding
    counted: bool = False
    """Whether the form counts it in the total of another line: it has nothing left."""


def placed(relation: Relationship, holdings: Iterable[Holding], filed: Filed) -> Iterator[Placed]:
    """Each line of a form with the one of the relationship that it goes on with; a new one where there is none."""
    titles: dict[str, list[Holding]] = {}
    for holding in holdings:
        titles.setdefault(line_key(holding.table, holding.row), []).append(holding)
    for key, told in titles.items():
        known = [line for line in relation.lines if line.key == key or line.key.startswith(f"{key} | ")]
        yield from _Title(relation, key, known, filed).placed(told)


class _Title:
    """The awards of one title, as they are before a form moves them; a class only to share what they hold."""

    def __init__(self, relation: Relationship, key: str, known: list[Line], filed: Filed) -> None:
        self._relation = relation
        self._key = key
        self._free = known
        self._filed = filed
        self._held = {line.key: _held(line, filed.day) for line in known}

    def placed(self, told: Sequence[Holding]) -> Iterator[Placed]:
        """Those of the same terms first; a line that is found is no longer free."""
        found = [(holding, self._found_again(holding)) for holding in told]
        for holding, same in found:
            line = same or self._by_amount(holding) or self._new(holding)
            yield Placed(line, holding)
            if len(told) == 1 and self._over_all(holding, line):
                yield from (Placed(other, holding, counted=True) for other in self._free)

    def _found_again(self, holding: Holding) -> Line | None:
        return self._taken(next((line for line in self._free if _terms(line) == holding.terms), None))

    def _taken(self, line: Line | None) -> Line | None:
        if line is not None:
            self._free.remove(line)
        return line

    def _by_amount(self, holding: Holding) -> Line | None:
        """The line that held what the form goes on from; else, unless the award is new, the one told last."""
        for line in self._free:
            held = self._held[line.key]
            if held is not None and abs(held - holding.before) <= ROUNDING:
                return self._taken(line)
        if holding.change <= 0 or abs(holding.before) > ROUNDING:
            return self._taken(max(self._free, key=_last_told, default=None))
        return self._taken(next((line for line in self._free if self._amends(line, holding)), None))

    def _amends(self, line: Line, holding: Holding) -> bool:
        """Whether an amendment tells a new award again, in other words."""
        told = [entry.total for entry in line.entries if entry.day == self._filed.day]
        return self._filed.form.endswith("/A") and holding.total in told

    def _over_all(self, holding: Holding, line: Line) -> bool:
        """Whether the total of one line goes on from those of all together."""
        own = self._held.get(line.key) or Decimal(0)
        together = sum((held or Decimal(0) for held in self._held.values()), Decimal(0))
        near = abs(own - holding.before) > ROUNDING and abs(together - holding.before) <= ROUNDING
        return holding.running or near

    def _new(self, holding: Holding) -> Line:
        """A line of its own: by the title where that is free, else by the terms too."""
        taken = {line.key for line in self._relation.lines}
        own = f"{self._key} | {holding.terms}"
        names = (self._key, own, *(f"{own} | {count}" for count in range(2, len(taken) + 3)))
        line = Line(key=next(name for name in names if name not in taken), name="", cells={})
        self._relation.lines.append(line)
        return line


def _held(line: Line, day: date) -> Decimal | None:
    """What a line holds by the forms up to a day and the adjustments since; None where none tells."""
    amount: Decimal | None = None
    for entry in sorted(line.entries, key=lambda e: (e.day, e.rank, e.tie)):
        if entry.day <= day:
            amount = (
                (amount or Decimal(0)) + (entry.change or Decimal(0)) if entry.total is None else entry.total
            )
    return amount


def _last_told(line: Line) -> tuple[str, str]:
    told = [(str(e.day), e.tie) for e in line.entries if e.total is not None]
    return max(told, default=("", ""))


def _terms(line: Line) -> str:
    words = line.cells.get("words", {})
    found = (
        str(line.cells.get(name) or words.get(name, "")) for name in ("date_exercisable", "expiration_date")
    )
    return terms_key(*found) if line.cells.get("table") == "derivative" else ""


def told_apart(relation: Relationship) -> None:
    """The awards of one title are named with their terms, where there are several."""
    for first in relation.lines:
        same = [line for line in relation.lines if line.key.startswith(f"{first.key} | ")]
        if same:
            lines = [first, *same]
            words = telling([_said(line) for line in lines], _NAME)
            for line, said in zip(lines, words, strict=True):
                line.name = f"{line.name.partition(_APART)[0]}{_APART if said else ''}{said}"


def _said(line: Line) -> str:
    words = line.cells.get("words", {})
    names = ("date_exercisable", "expiration_date")
    return next((str(found) for name in names if (found := line.cells.get(name) or words.get(name))), "")
