"""What a form leaves each line at: the closing total, and whether the form itself proves it.

The total that no other row continues from is the last one, in whatever order the rows are listed. Where that does not
single out one total, the row listed last of the latest day gives it, and the total is uncertain. Awards of one title
that differ in when they can be exercised or when they expire are lines of their own, unless the form gives one running
total over all of them; both are custom.

Sources: Form 4 General Instructions 3 and 4(a)(i) (totals following the reported transactions, line by line); Form 3,
Table II (no column for the amount owned: what underlies a security is its amount).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.line import SHARES, LineKey, line_key, signed, total_of
from form4_author.model.table import DerivativeRow
from form4_author.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["ROUNDING", "Closing", "Stated", "closing", "closings", "last", "rows_of", "running", "stated"]

ROUNDING: Final = Decimal(1)
"""Shares by which a total may differ: fractions are often rounded away, and up as well as down."""
_FINEST: Final = Decimal("0.0001")
_NOTHING: Final = Decimal(0)


class Stated(NamedTuple):
    """A row that states what its line holds after it."""

    key: LineKey
    place: int
    """The row's place in its table, from 0."""
    row: Row
    total: Decimal
    """Shares or units; US dollars where the key's unit says so."""
    change: Decimal | None
    """What the row adds to its line, taken away: negative; None for a holding, and where the row does not say."""

    @property
    def before(self) -> Decimal | None:
        """What the line held before the row, by the row alone."""
        return None if self.change is None else self.total - self.change


class Closing(NamedTuple):
    """A line as a form leaves it."""

    key: LineKey
    place: int
    """The place in its table of the row that gives the total, from 0."""
    row: Row
    total: Decimal
    change: Decimal
    """What the form's transactions add to the line; taken away: negative."""
    certain: bool
    """Whether exactly one total is left that no other row continues from."""
    totals: tuple[Decimal, ...]
    """Every total that the form gives for the line, in the order listed."""
    running: bool = False
    """Whether the total goes over awards of several terms."""

    @property
    def table(self) -> str:
        """``non_derivative`` or ``derivative``."""
        return self.key.table

    @property
    def in_dollars(self) -> bool:
        """Whether the total is US dollars."""
        return self.key.unit != SHARES

    @property
    def each(self) -> Decimal | None:
        """How many underlying shares one has, where the row says it exactly."""
        if not isinstance(self.row, DerivativeRow) or self.in_dollars:
            return None
        number, under = self.row.amount.value or self.total, self.row.underlying_amount.value
        found = (under / number).quantize(_FINEST) if number and under else _NOTHING
        return found.normalize() if found and found * number == under else None

    @property
    def before(self) -> Decimal:
        """What the line held before the form, by the form itself."""
        return self.total - self.change


def closing(filing: Filing) -> tuple[Closing, ...]:
    """Each line of the form with its closing total, by the lines' first rows; rows without a total are left out.

    The awards of one title come together.
    """
    return closings(filing.rows(), filing.footnote_texts(), initial=filing.base == "3")


def closings(
    rows: Iterable[tuple[Path, Row]], texts: Mapping[str, str], *, initial: bool = False
) -> tuple[Closing, ...]:
    """The closing totals of these rows. ``texts``: footnotes by id. ``initial``: whether they are of a Form 3."""
    lines: dict[LineKey, list[Stated]] = {}
    for path, row in rows:
        found = stated(path, row, texts, initial=initial)
        if found is not None:
            lines.setdefault(found.key.series, []).append(found)
    return tuple(end for of_line in lines.values() for end in _ends(of_line))


def rows_of(filing: Filing, end: Closing) -> tuple[Stated, ...]:
    """The rows that a closing total of the filing is of, as listed."""
    texts = filing.footnote_texts()
    every = (stated(path, row, texts, initial=filing.base == "3") for path, row in filing.rows())
    same = [
        row
        for row in every
        if row is not None and (row.key.series == end.key.series if end.running else row.key == end.key)
    ]
    if len(same) > len(end.totals):  # two spellings of one class, each with totals of its own
        title = folded(end.row.security_title.value)
        same = [row for row in same if folded(row.row.security_title.value) == title]
    return tuple(same)


def stated(path: Path, row: Row, texts: Mapping[str, str], *, initial: bool = False) -> Stated | None:
    """What a row states of its line; None where it gives no total."""
    cell, unit = total_of(row)
    total = cell.value
    if total is None and initial and isinstance(row, DerivativeRow):
        total = row.underlying_amount.value
    if total is None:
        return None
    table = str(path[0])
    change = signed(row, unit) if row.is_transaction else None
    return Stated(line_key(table, row, texts, unit), int(path[1]), row, total, change)


def last(rows: Sequence[Stated]) -> tuple[Stated, bool]:
    """The row of a line that gives the closing total, and whether that is certain.

    A row continues from a total that it would leave at its own by its own change. Rows that repeat a total are one.
    """
    if len(rows) == 1:
        return rows[0], True
    totals = list(dict.fromkeys(each.total for each in rows))
    ends = [
        total
        for total in totals
        if not any(
            each.before is not None and each.total != total and abs(each.before - total) <= ROUNDING
            for each in rows
        )
    ]
    if len(ends) == 1:
        return next(each for each in reversed(rows) if each.total == ends[0]), True
    days = [each.row.transaction_date.value for each in rows]
    latest = max((day for day in days if day is not None), default=None)
    return next(
        each for each, day in zip(reversed(rows), reversed(days), strict=True) if day in (None, latest)
    ), False


def running(moves: Iterable[tuple[Decimal, Decimal]]) -> bool:
    """Whether totals continue from one another as one account.

    ``moves``: of each row its change and the total after it. Rows that repeat a total share it, unless each moves as
    much as the other: those are twins. A total of nothing joins no awards, for every new one begins there, and leads to
    rows listed later only; nor does a row that moves nothing join any. There and back again is a chain that begins with
    its first row, not one without a beginning.
    """
    given = tuple(moves)
    blocks = tuple(_shared(given))
    starts = dict(enumerate(total - change for change, total in blocks))
    first = list(range(len(blocks)))  # of each block the one that its chain begins with
    joints = []
    for place, (_, total) in enumerate(blocks):
        near = [
            n
            for n, start in starts.items()
            if abs(start - total) <= ROUNDING and n != first[place] and (n > place or total > ROUNDING)
        ]
        if near:
            next_one = min(near, key=lambda n: abs(starts[n] - total))
            del starts[next_one]
            first = [first[place] if n == next_one else n for n in first]
            joints.append(total)
    linked = len(starts) <= 1 and any(joint > ROUNDING for joint in joints)
    return all(change for change, _ in given) and (linked or len(blocks) == 1)


def _shared(moves: Sequence[tuple[Decimal, Decimal]]) -> Iterator[tuple[Decimal, Decimal]]:
    """The moves, in which those one after another that have one total are one; nothing is no total to share."""
    changes: list[Decimal] = []
    for place, (change, total) in enumerate(moves):
        changes.append(change)
        following = moves[place + 1 : place + 2]
        if not total or not following or following[0][1] != total or following[0][0] in changes:
            yield sum(changes, _NOTHING), total
            changes = []


def _ends(rows: Sequence[Stated]) -> Iterator[Closing]:
    """The closing totals of one title, holder and price: one, or one for each of its awards."""
    awards: dict[LineKey, list[Stated]] = {}
    for each in rows:
        awards.setdefault(each.key, []).append(each)
    one = len(awards) > 1 and _running(rows)
    for award in [rows] if one else awards.values():
        for some in _spelled(award):
            end, certain = last(some)
            moved = sum((each.change or _NOTHING for each in some), _NOTHING)
            totals = tuple(each.total for each in some)
            yield Closing(end.key, end.place, end.row, end.total, moved, certain, totals, one)


def _running(rows: Sequence[Stated]) -> bool:
    return running((each.change or _NOTHING, each.total) for each in rows)


def _spelled(rows: Sequence[Stated]) -> Iterable[Sequence[Stated]]:
    """The rows of one key: one line, unless two spellings of the class have totals of their own."""
    titles: dict[str, list[Stated]] = {}
    for each in rows:
        titles.setdefault(folded(each.row.security_title.value), []).append(each)
    return [rows] if len(titles) == 1 or _running(rows) else titles.values()
