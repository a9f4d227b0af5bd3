"""Running totals: which rows belong to one line, and where a line's totals don't add up.

A line is what a total belongs to: class of security, direct or indirect, nature of ownership; in Table II also the
exercise price and the expiration date (Form 4, General Instructions 3, 4(a)(i) and 4(b)(iii)).

The form asks for the total "following reported transaction(s)" and filers answer in several ways, all of them
accepted: a total after each row, in the order listed or newest first; one total for all rows of a line, a day or a
block; several accounts or lots on one line, distinguished by footnotes or by continuing side by side; one total for the
whole class; fractions rounded away. ``breaks`` gives what none of these explains.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.ledger.closing import ROUNDING
from form4_author.ledger.line import DOLLARS, LineKey, by_letter, line_key, signed, total_of
from form4_author.model.table import DerivativeRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.table import Row

__all__ = ["Break", "RunEntry", "RunningLine", "breaks", "lines", "shortfalls"]

_VAGUE: Final = ("note", "explanation", "remark", "exhibit", "below")
"""Parts of a nature of ownership that names no holder: ``See footnote``."""
_SMALL: Final = 10
"""A slip changes a total by less than one tenth; another holder's or award's total is rarely so close."""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One transaction as its line's account has it."""

    path: Path
    """The row's."""
    key: LineKey
    """The line; awards that differ in their terms only share it."""
    marks: tuple[object, ...]
    """Footnotes, and in Table II terms, that may distinguish accounts, holders or awards on the same line."""
    total_cell: str
    """``amount_owned_following``, or ``value_owned_following`` where dollars are reported."""
    change: Decimal
    """Shares (or dollars): positive when acquired, negative when disposed of; never zero."""
    total: Decimal
    total_notes: tuple[str, ...]
    day: date | None = None

    @property
    def before(self) -> Decimal:
        """What the line held before, by this row alone."""
        return self.total - self.change

    @property
    def amount_cell(self) -> str:
        """Where the change stands: ``amount``, or ``total_value`` where dollars are reported."""
        return "amount" if self.total_cell == "amount_owned_following" else "total_value"


@dataclass(frozen=True, slots=True)
class RunningLine:
    """The transactions of one line, in the order listed."""

    entries: tuple[RunEntry, ...]
    others: tuple[Decimal, ...] = ()
    """Totals of the same class on other lines of the table."""
    uncertain: bool = False
    """Whether equal rows may belong to several holders or awards without saying so: in a joint filing, with a nature
    such as ``See footnote``, and in Table II."""


@dataclass(frozen=True, slots=True)
class Break:
    """A total that follows from none of the others."""

    entry: RunEntry
    """The row with the total; of several that repeat it, the first."""
    earlier: RunEntry
    """The row whose total it should follow from."""
    changes: tuple[Decimal, ...]
    """What was acquired (or, negative, disposed of) in between: the row's own, or that of all rows with the total."""

    @property
    def change(self) -> Decimal:
        """The changes together."""
        return sum(self.changes, Decimal(0))

    @property
    def expected(self) -> Decimal:
        """The total that would follow; below zero when more was disposed of than was held."""
        return self.earlier.total + self.change


def lines(rows: Iterable[tuple[Path, Row]], *, joint: bool = False) -> tuple[RunningLine, ...]:
    """The lines of one table, in the order of their first row.

    Holdings are left out, and so are rows without an amount, a direction or a total in the same unit, rows of no
    shares, and swaps in Table I that leave the total of the shares as it was (Rule 16a-1(c): they move none).
    ``joint``: whether several persons file together, so that equal lines may be different holders'.
    """
    grouped: dict[LineKey, list[RunEntry]] = {}
    derivative = False
    for path, row in rows:
        if row.kind == "transaction" and (entry := _entry(path, row)) is not None:
            found = grouped.setdefault(entry.key, [])
            derivative = isinstance(row, DerivativeRow)
            if not (row.equity_swap and not derivative and entry.total in (e.total for e in found)):
                found.append(entry)
    return tuple(
        RunningLine(
            tuple(found),
            others=_elsewhere(grouped, key),
            uncertain=joint or derivative or any(word in key.nature for word in _VAGUE),
        )
        for key, found in grouped.items()
    )


def breaks(line: RunningLine, *, noted: bool = True) -> Iterator[Break]:
    """The totals of a line that follow from no other total in any accepted way of giving them.

    ``noted``: whether footnotes that differ between two totals explain any difference.
    """
    rows = line.entries
    if all(_near(rows[i - 1].total, rows[i].before) for i in range(1, len(rows))):  # almost every line
        return
    blocks = _blocks(rows)
    order = _order(blocks)
    promised: list[Decimal] = []
    for earlier, index in _unfounded(blocks, order):
        block = blocks[index]
        if _near_any(block.before, (earlier.total, *promised)):
            continue
        found = Break(block.rows[0], earlier, tuple(r.change for r in block.rows))
        promised.append(found.expected)
        if not (noted and _notes_differ(found, block)) and not _explained(line, found, blocks, index):
            yield found


def shortfalls(line: RunningLine) -> Iterator[RunEntry]:
    """The acquisitions after which the line holds less than was acquired, though no other row disposed of it."""
    final = line.entries[-1].total
    at_start = final - sum(e.change for e in line.entries)
    for entry in line.entries:
        if entry.before >= -ROUNDING or entry.total_notes:
            continue
        if entry.total == final and at_start >= -ROUNDING:
            continue
        if all(block.before < -ROUNDING for block in _blocks(line.entries) if entry in block.rows):
            yield entry


# ---- rows to entries


def _entry(path: Path, row: Row) -> RunEntry | None:
    cell, unit = total_of(row)
    # A swap in Table I that is counted in the total of the shares is checked as the form counts it.
    change = signed(row, unit) or by_letter(row, unit)
    if not change or cell.value is None:
        return None
    name = "value_owned_following" if unit == DOLLARS else "amount_owned_following"
    marks: tuple[object, ...] = (row.security_title.footnotes, row.nature_of_ownership.footnotes)
    if isinstance(row, DerivativeRow):
        marks = (*marks, row.exercise_price.footnotes, row.date_exercisable, row.expiration_date.footnotes)
    key = line_key(str(path[0]), row, unit=unit).series
    return RunEntry(path, key, marks, name, change, cell.value, cell.footnotes, row.transaction_date.value)


def _elsewhere(grouped: dict[LineKey, list[RunEntry]], key: LineKey) -> tuple[Decimal, ...]:
    """Totals of the same class on other lines."""
    return tuple(
        e.total
        for other, found in grouped.items()
        if other.title == key.title and other != key
        for e in found
    )


# ---- how a line's totals hang together


@dataclass(frozen=True, slots=True)
class _Block:
    """Consecutive rows of one account with the same total, or one row."""

    rows: tuple[RunEntry, ...]

    @property
    def total(self) -> Decimal:
        return self.rows[0].total

    @property
    def change(self) -> Decimal:
        return sum((r.change for r in self.rows), Decimal(0))

    @property
    def before(self) -> Decimal:
        return self.total - self.change

    @property
    def marks(self) -> tuple[object, ...]:
        return self.rows[0].marks


def _near(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= ROUNDING


def _near_any(value: Decimal, others: Iterable[Decimal]) -> bool:
    return any(_near(value, other) for other in others)


def _blocks(rows: Sequence[RunEntry]) -> list[_Block]:
    """Rows that repeat the total before them, taken together.

    A row that follows from a total by itself stays alone, and so does a repetition after it: that one forgets its own
    shares.
    """
    totals = [r.total for r in rows]
    single = [_near_any(r.before, (t for t in totals[:i] if t != r.total)) for i, r in enumerate(rows)]
    blocks: list[_Block] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and not single[start] and not single[end] and _repeats(rows[start], rows[end]):
            end += 1
        blocks.append(_Block(tuple(rows[start:end])))
        start = end
    return blocks


def _repeats(first: RunEntry, later: RunEntry) -> bool:
    return later.total == first.total and later.marks == first.marks


def _predecessors(blocks: Sequence[_Block]) -> list[int | None]:
    """For each block, the one whose total it follows from; each total is followed from once."""
    found: list[int | None] = [None] * len(blocks)
    used: set[int] = set()

    def follow(index: int, candidates: Iterable[int]) -> None:
        for candidate in candidates:
            if found[index] is None and candidate not in used:
                found[index] = candidate
                used.add(candidate)

    indices = range(len(blocks))
    for index in indices[1:]:
        follow(index, (i for i in (index - 1,) if _goes_on(blocks[i], blocks[index])))
    # Further away only to the last digit: many totals are compared, and some come near by chance.
    for index in indices:
        follow(index, (i for i in indices[:index][::-1] if blocks[i].total == blocks[index].before))
    for index in indices:
        follow(index, (i for i in indices[index + 1 :] if _went_before(blocks[i], blocks[index])))
    return found


def _goes_on(earlier: _Block, later: _Block) -> bool:
    return _near(earlier.total, later.before)


def _went_before(listed_later: _Block, block: _Block) -> bool:
    """Whether a block follows from one listed after it.

    That one may not be dated after it; nor be, of the same day, a disposition listed after an acquisition: shares that
    were exercised and sold again in the same number always look as if they had been sold first.
    """
    first, second = listed_later.rows[0].day, block.rows[0].day
    if first is not None and second is not None and first > second:
        return False
    sold_again = first == second and listed_later.change < 0 < block.change
    return not sold_again and listed_later.total == block.before


def _order(blocks: Sequence[_Block]) -> list[int]:
    """The blocks oldest first: as listed, unless more of them follow from the next one than from the last one."""
    indices = list(range(len(blocks)))
    forwards = sum(_goes_on(blocks[i], blocks[i + 1]) for i in indices[:-1])
    backwards = sum(_went_before(blocks[i + 1], blocks[i]) for i in indices[:-1])
    return indices[::-1] if backwards > forwards else indices


def _unfounded(blocks: Sequence[_Block], order: Sequence[int]) -> Iterator[tuple[RunEntry, int]]:
    """The blocks that follow from no total, each with the row before it; the one an account begins with is left out.

    Accounts are distinguished by footnotes. Where only one block of an account follows from nothing, it is the first,
    wherever it is listed.
    """
    follows = _predecessors(blocks)
    loose = [i for i in order if follows[i] is None]
    for place, index in enumerate(order):
        same = [i for i in loose if blocks[i].marks == blocks[index].marks]
        before = [i for i in order[:place] if blocks[i].marks == blocks[index].marks]
        if index in same and len(same) > 1 and before:
            yield blocks[before[-1]].rows[-1], index


def _notes_differ(found: Break, block: _Block) -> bool:
    return {note for row in block.rows for note in row.total_notes} != set(found.earlier.total_notes)


def _explained(line: RunningLine, found: Break, blocks: Sequence[_Block], index: int) -> bool:
    """Whether another line's total or accounts side by side explain a total."""
    block = blocks[index]
    return (
        _near_any(block.before, line.others)
        or _side_by_side(blocks, index)
        or (line.uncertain and not _plain(found, blocks))
    )


def _side_by_side(blocks: Sequence[_Block], index: int) -> bool:
    """Whether later rows continue both from this total and from one listed before it."""
    later = blocks[index + 1 :]
    return any(_goes_on(blocks[index], b) for b in later) and any(
        _goes_on(earlier, b) for earlier in blocks[:index] for b in later
    )


def _plain(found: Break, blocks: Sequence[_Block]) -> bool:
    """Whether it is a slip even where another holder or award is likely.

    Another row continues from the total expected, or the difference is small against the total and the change.
    """
    off = abs(found.entry.total - found.expected)
    return _near_any(found.expected, (b.before for b in blocks)) or (
        off < abs(found.change) and off * _SMALL < found.expected
    )
