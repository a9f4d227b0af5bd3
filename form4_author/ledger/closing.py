"""What a form leaves each line at: the holdings after it, line by line.

Awards of one title that differ in when they can be exercised or when they expire are lines of their own, unless the
form gives one running total over all of them; both are custom.

Sources: Form 4 General Instructions 3 and 4(a)(i) (totals following the reported transactions, line by line); Form 3,
Table II (no column for the amount owned: what underlies a security is its amount).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.ledger.breaks import ROUNDING, line_of, signed
from form4_author.model.table import DerivativeRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from form4_author.model.filing import Filing
    from form4_author.model.table import Cell, Row

__all__ = ["Holding", "closing", "line_key", "line_words", "running", "telling", "terms_key"]

_FINEST: Final = Decimal("0.0001")
_TABLES: Final = {"non_derivative": "I", "derivative": "II"}


class Holding(NamedTuple):
    """A line as a form leaves it."""

    table: str
    """``non_derivative`` or ``derivative``."""
    place: int
    """The row's place in it, from 0."""
    row: Row
    """The row that tells the total."""
    total: Decimal
    """Shares or units; US dollars where ``in_dollars``."""
    in_dollars: bool
    """Whether the total is US dollars."""
    terms: str = ""
    """When it can be exercised and when it expires, as ``terms_key`` has it; empty in Table I."""
    running: bool = False
    """Whether the total goes over awards of several terms."""
    change: Decimal = Decimal(0)
    """What the form's transactions add to the line; disposed of: negative."""

    @property
    def each(self) -> Decimal | None:
        """How many underlying shares one has, where the row tells it exactly."""
        if not isinstance(self.row, DerivativeRow) or self.in_dollars:
            return None
        number, under = self.row.amount.value or self.total, self.row.underlying_amount.value
        found = (under / number).quantize(_FINEST) if number and under else Decimal(0)
        return found.normalize() if found and found * number == under else None

    @property
    def before(self) -> Decimal:
        """What the line held before the form, by the form itself."""
        return self.total - self.change


def closing(filing: Filing) -> tuple[Holding, ...]:
    """Each line of the form with its last total, by the lines' first rows; rows without a total are left out.

    The awards of one title come together.
    """
    texts = filing.footnote_texts()
    lines: dict[str, list[Holding]] = {}
    for path, row in filing.rows():
        told = _total(row, initial=filing.base == "3")
        if told is not None:
            table = str(path[0])
            change = Decimal(0) if told[1] else signed(row) or Decimal(0)
            found = Holding(table, int(path[1]), row, *told, terms=_terms(row, texts), change=change)
            lines.setdefault(line_key(table, row), []).append(found)
    return tuple(end for told_of_line in lines.values() for end in _ends(told_of_line))


def running(moves: Iterable[tuple[Decimal, Decimal]]) -> bool:
    """Whether totals go on from one another as one account.

    ``moves``: of each row its change and the total after it. Rows that repeat a total share it, unless each moves as
    much as the other: those are twins. A total of nothing leads nowhere, for every new award begins there; nor does a
    row that moves nothing.
    """
    told = tuple(moves)
    blocks = tuple(_shared(told))
    starts = dict(enumerate(total - change for change, total in blocks))
    joints = []
    for place, (_, total) in enumerate(blocks):
        near = [n for n, start in starts.items() if n != place and abs(start - total) <= ROUNDING]
        if near:
            del starts[min(near, key=lambda n: abs(starts[n] - total))]
            joints.append(total)
    linked = len(starts) <= 1 and any(joint > ROUNDING for joint in joints)
    return all(change for change, _ in told) and (linked or (len(blocks) == 1 and blocks[0][1] > 0))


def _shared(moves: Sequence[tuple[Decimal, Decimal]]) -> Iterator[tuple[Decimal, Decimal]]:
    """The moves, in which those one after another that have one total are one."""
    changes: list[Decimal] = []
    for place, (change, total) in enumerate(moves):
        changes.append(change)
        following = moves[place + 1 : place + 2]
        if not following or following[0][1] != total or following[0][0] in changes:
            yield sum(changes, Decimal(0)), total
            changes = []


def terms_key(exercisable: str, expiration: str) -> str:
    """What tells awards of one title apart, as one text: dates, or the words in place of them; empty without any."""
    parts = (" ".join(words.casefold().split()) for words in (exercisable, expiration))
    return " | ".join(part for part in parts if part)


def telling(words: Sequence[str], room: int) -> tuple[str, ...]:
    """The words in as many characters; where they begin alike, from where they differ."""
    short = [_cut(each, room) for each in words]
    if len(set(short)) == len(set(words)):
        return tuple(short)
    first, last = min(words), max(words)
    common = next(n for n, (a, b) in enumerate(zip(f"{first}\0", last, strict=False)) if a != b)
    start = first.rfind(" ", 0, common) + 1
    return tuple(_cut(f"…{each[start:]}", room) for each in words)


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"


def line_key(table: str, row: Row) -> str:
    """What tells a line from the others of a person and issuer, as one text."""
    return " | ".join((_TABLES.get(table, table), *line_of(row)))


def line_words(row: Row) -> str:
    """A line as one says it: ``Common Stock, direct``; ``Stock Option, direct, at 12.50, to 2031-05-01``."""
    form = row.ownership_form.value
    held = "direct" if form == "D" else row.nature_of_ownership.value or "indirect"
    words = [row.security_title.value or "without a title", held]
    if isinstance(row, DerivativeRow):
        if row.exercise_price.value is not None:
            words.append(f"at {row.exercise_price.value:f}")
        if row.expiration_date.value is not None:
            words.append(f"to {row.expiration_date.value}")
    return ", ".join(words)


def _terms(row: Row, texts: Mapping[str, str]) -> str:
    if not isinstance(row, DerivativeRow):
        return ""
    return terms_key(_said(row.date_exercisable, texts), _said(row.expiration_date, texts))


def _said(cell: Cell[Any], texts: Mapping[str, str]) -> str:
    """The value of a cell, or the footnotes in place of it."""
    return (
        " ".join(texts.get(id, "") for id in cell.footnotes).strip()
        if cell.value is None
        else str(cell.value)
    )


def _ends(told: Sequence[Holding]) -> Iterator[Holding]:
    """The rows of one title, holder and price that tell the last totals: one, or one for each of its awards."""
    awards: dict[str, list[Holding]] = {}
    for holding in told:
        awards.setdefault(holding.terms, []).append(holding)
    one = len(awards) > 1 and running((h.change, h.total) for h in told)
    for some in [told] if one else awards.values():
        yield _last(some)._replace(running=one, change=sum((h.change for h in some), Decimal(0)))


def _total(row: Row, *, initial: bool) -> tuple[Decimal, bool] | None:
    """The total, and whether it is in dollars."""
    if row.amount_owned_following.value is not None:
        return row.amount_owned_following.value, False
    if row.value_owned_following.value is not None:
        return row.value_owned_following.value, True
    if initial and isinstance(row, DerivativeRow) and row.underlying_amount.value is not None:
        return row.underlying_amount.value, False
    return None


def _last(told: Sequence[Holding]) -> Holding:
    """Of several totals of a line the one after everything: of its last day, the one that no other goes on from.

    Some forms list the newest first. Where that tells nothing, the one listed last.
    """
    days = [h.row.transaction_date.value for h in told]
    known = [day for day in days if day is not None]
    latest = [h for h, day in zip(told, days, strict=True) if day is None or day == max(known)]
    gone_on = [_before(h) for h in latest]
    ends = [h for n, h in enumerate(latest) if h.total not in (b for m, b in enumerate(gone_on) if m != n)]
    return (ends or latest)[-1]


def _before(holding: Holding) -> Decimal | None:
    change = None if holding.in_dollars else signed(holding.row)
    return None if change is None else holding.total - change
