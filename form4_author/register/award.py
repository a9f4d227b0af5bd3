"""The lines of a relationship that a form moves: those on record, and new ones; names that tell awards apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from form4_author.ledger import award
from form4_author.ledger.action import Move, balances_after
from form4_author.ledger.award import Recorded
from form4_author.register.cell import lines_told_apart
from form4_author.register.table import Filed, Line, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.closing import Closing
    from form4_author.register.table import Entry

__all__ = ["Placed", "in_order", "move_of", "placed", "told_apart"]


class Placed(NamedTuple):
    """A line of the register with what a form says of it."""

    line: Line
    closing: Closing
    counted: bool
    """Whether the form counts it in the total of another line: it has nothing left."""


def placed(relation: Relationship, closings: Sequence[Closing], filed: Filed) -> Iterator[Placed]:
    """Each line of a form with the one of the relationship that it goes on with; a new one where there is none."""
    wanted = {each.key.series for each in closings}
    lines = [line for line in relation.lines if line.key.series in wanted]
    on_record = [_recorded(number, line, filed) for number, line in enumerate(lines)]
    for each in award.placed(on_record, closings):
        line = _new(relation, each.closing) if each.id is None else lines[each.id]
        yield Placed(line, each.closing, each.counted)


def _new(relation: Relationship, closing: Closing) -> Line:
    line = Line(name="", cells={})
    line.key = closing.key
    relation.lines.append(line)
    return line


def _recorded(number: int, line: Line, filed: Filed) -> Recorded:
    known = [entry for entry in line.entries if entry.total is not None]
    last = max(((str(entry.day), entry.tie) for entry in known), default=("", ""))
    amends = filed.form.endswith("/A")
    stated = tuple(e.total for e in known if amends and e.day == filed.day and e.total is not None)
    return Recorded(number, line.key, _held(line, filed.day), last, stated)


def _held(line: Line, day: date) -> Decimal | None:
    """What a line holds by the forms up to a day and the adjustments since; None where none tells."""
    moves = (move_of(entry) for entry in in_order(line.entries) if entry.day <= day)
    return next(reversed(list(balances_after(moves))), None)


def move_of(entry: Entry) -> Move:
    """What an entry does to its line."""
    return Move(entry.total, entry.change)


def in_order(entries: Iterable[Entry]) -> Sequence[Entry]:
    """The entries of a line as they follow one another; one that is not written yet is the last of its day."""
    return sorted(entries, key=lambda e: (e.day, e.rank, e.tie, e.id or 0))


def told_apart(relation: Relationship) -> None:
    """The awards of one title are named with their terms, where there are several."""
    lines_told_apart(relation.lines)
