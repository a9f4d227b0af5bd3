"""The lines, entries and series of shape 0002, made again from the filings and adjustments that shape 0001 holds.

The old keys were texts that can't be taken apart: every filing is placed again, in the order they were recorded, and
what a line held before is compared with what it holds now. Plain records only: the tables of the program change later.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.ledger.award import Recorded, match_lines
from form4_author.ledger.balance import rolled
from form4_author.ledger.closing import closing
from form4_author.ledger.line import DOLLARS, SHARES, LineKey, Unit, line_key, line_words
from form4_author.register.cell import SERIES, add_terms_to_names, cells_of, line_cells
from form4_author.text import amount, amount_text, folded
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.closing import Closing
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["Movement", "NewLine", "NewSeries", "OldFiling", "OldLine", "differences", "replayed", "series_of"]

_NOTHING: Final = amount("0")
_ONE_CLASS: Final = "two spellings are one class now"
_REASSIGNED: Final = "awards are assigned to lines again"


@dataclass(eq=False)
class OldFiling:
    """A filing on record."""

    id: int
    form: str
    label: str
    """``Form 4 filed 2026-10-08``."""
    day: date
    recorded_at: str
    content: Mapping[str, Any]
    place: tuple[date, int, str, str]
    """The day, rank, tie and moment of its entries."""
    _read: tuple[Filing, tuple[Closing, ...]] | None = None

    @property
    def read(self) -> tuple[Filing, tuple[Closing, ...]]:
        """The filing and what it leaves each line at; read once, however many persons filed it."""
        if self._read is None:
            filing = filing_from(self.content)[0]
            self._read = filing, closing(filing)
        return self._read


class Movement(NamedTuple):
    """An entry, old or new."""

    id: int
    """Of the old entry; of a new one its number in the line."""
    filing: int | None
    day: date
    rank: int
    tie: str
    total: Decimal | None
    change: Decimal | None
    in_dollars: bool
    reason: str | None
    made_at: str
    row: int | None = None
    """The place of the row that gives the total."""

    @property
    def order(self) -> tuple[date, int, str, int]:
        """What orders the entries of a line."""
        return self.day, self.rank, self.tie, self.id


_order: Final = attrgetter("order")
_day: Final = attrgetter("day")


@dataclass(eq=False)
class OldLine:
    """A line of shape 0001 with its entries."""

    name: str
    cells: Mapping[str, Any]
    entries: list[Movement] = field(default_factory=list)

    def key(self) -> LineKey:
        """What distinguishes the line, from its cells."""
        with_total = [e for e in sorted(self.entries, key=_order) if e.total is not None]
        row, texts = _row(self.cells)
        unit: Unit = DOLLARS if with_total and with_total[-1].in_dollars else SHARES
        return line_key(str(self.cells["table"]), row, texts, unit)


@dataclass(eq=False)
class NewLine:
    """A line of shape 0002 with its entries."""

    key: LineKey
    name: str = ""
    cells: dict[str, Any] = field(default_factory=dict)
    entries: list[Movement] = field(default_factory=list)
    """As they were recorded."""
    last: tuple[date, str] | None = None
    """The day and tie of the latest total that a form states."""
    _ordered: list[Movement] = field(default_factory=list)

    def added(self, entry: Movement) -> None:
        """The entry is the line's newest."""
        numbered = entry._replace(id=len(self.entries))
        self.entries.append(numbered)
        insort(self._ordered, numbered, key=_order)
        if numbered.total is not None and (self.last is None or self.last < (numbered.day, numbered.tie)):
            self.last = numbered.day, numbered.tie

    def balance_on(self, day: date) -> Decimal | None:
        """What it holds on a day: by the latest total up to it and the changes since."""
        moves: list[tuple[Decimal | None, Decimal | None]] = []
        for at in reversed(range(bisect_right(self._ordered, day, key=_day))):
            moves.append((self._ordered[at].total, self._ordered[at].change))
            if self._ordered[at].total is not None:
                break
        return rolled(reversed(moves))

    def shared(self, old: OldLine) -> tuple[int, int]:
        """How many entries, and how many filings, the line has in common with an old one."""
        filings = {e.filing for e in self.entries if e.filing is not None}
        own = {(e.filing, e.total) for e in self.entries if e.filing is not None}
        return (
            len(own & {(e.filing, e.total) for e in old.entries}),
            len(filings & {e.filing for e in old.entries}),
        )


class _Lines:
    """The lines of one relationship, also by their title."""

    def __init__(self) -> None:
        self.created: list[NewLine] = []
        self._titles: dict[LineKey, list[NewLine]] = {}

    def added(self, line: NewLine) -> NewLine:
        """The line is the newest; a filing that changes its key leaves its title."""
        self.created.append(line)
        self._titles.setdefault(line.key.series, []).append(line)
        return line

    def titled(self, keys: Iterable[LineKey]) -> list[NewLine]:
        """The lines of the titles that these keys have."""
        wanted = dict.fromkeys(key.series for key in keys)
        return [line for title in wanted for line in self._titles.get(title, ())]


class NewSeries(NamedTuple):
    """A series of shape 0002."""

    key: tuple[str, Decimal | None, date | None]
    terms: Mapping[str, Any]


def replayed(
    filings: Iterable[OldFiling], old: Sequence[OldLine]
) -> tuple[list[NewLine], dict[int, NewLine]]:
    """The lines of one relationship, and by the id of each old adjustment the line that it went to."""
    lines = _Lines()
    adjusted: dict[int, NewLine] = {}
    steps: list[tuple[tuple[str, int, int], OldFiling | tuple[OldLine, Movement]]] = [
        ((filing.recorded_at, 0, filing.id), filing) for filing in filings
    ]
    for line in old:
        steps += [((e.made_at, 1, e.id), (line, e)) for e in line.entries if e.filing is None]
    for _, step in sorted(steps, key=lambda s: s[0]):
        if isinstance(step, OldFiling):
            _filed(lines, step)
        else:
            line, entry = step
            adjusted[entry.id] = _line_of(lines, line)
            adjusted[entry.id].added(entry)
    for line in old:
        if not line.entries:
            _line_of(lines, line)
    add_terms_to_names(lines.created)
    return lines.created, adjusted


def _filed(lines: _Lines, filing: OldFiling) -> None:
    """The filing moves its lines, as ``register.record`` has it."""
    closings = filing.read[1]
    day, rank, tie, made_at = filing.place
    candidates = lines.titled(each.key for each in closings)
    for each in match_lines([_recorded(n, line, filing) for n, line in enumerate(candidates)], closings):
        end = each.closing
        line = lines.added(NewLine(end.key)) if each.id is None else candidates[each.id]
        if (line.last is None or line.last[0] <= day) and not each.counted:
            line.key, line.name = end.key, line_words(end.row)
            line.cells = line_cells(end, filing.content)
        total = _NOTHING if each.counted else end.total
        line.added(
            Movement(0, filing.id, day, rank, tie, total, None, end.in_dollars, None, made_at, end.place)
        )


def _recorded(number: int, line: NewLine, filing: OldFiling) -> Recorded:
    amends, day = filing.form.endswith("/A"), filing.place[0]
    entries = line.entries if amends else ()
    stated = tuple(e.total for e in entries if e.day == day and e.total is not None)
    last = ("", "") if line.last is None else (str(line.last[0]), line.last[1])
    return Recorded(number, line.key, line.balance_on(day), last, stated)


def _balance(entries: Iterable[Movement]) -> Decimal | None:
    return rolled((e.total, e.change) for e in sorted(entries, key=_order))


def _line_of(lines: _Lines, old: OldLine) -> NewLine:
    """The line that an adjustment of an old one goes to: of its key, else with its filings, else a new one."""
    key = old.key()
    same = [line for line in lines.created if line.key == key]
    near = same or [line for line in lines.created if line.key.table == key.table and line.shared(old)[1]]
    if near:
        return max(near, key=lambda line: (line.key.series == key.series, line.shared(old)))
    return lines.added(NewLine(key, old.name, dict(old.cells)))


def _row(cells: Mapping[str, Any]) -> tuple[Row, dict[str, str]]:
    """A row with these cells, and its footnotes by id."""
    words = cells.get("words", {})
    texts = {f"F{n}": text for n, text in enumerate(words.values(), 1)}
    row = {name: {"footnotes": [id]} for name, id in zip(words, texts, strict=True)}
    row |= {name: cells[name] for name in (*SERIES, "ownership_form", "nature_of_ownership") if name in cells}
    table = str(cells["table"])
    if table != "derivative":
        row = {n: row[n] for n in ("security_title", "ownership_form", "nature_of_ownership") if n in row}
    notes = [{"id": id, "text": text} for id, text in texts.items()]
    filing = filing_from({"form": "4", table: [{"kind": "holding", **row}], "footnotes": notes})[0]
    return (filing.derivative if table == "derivative" else filing.non_derivative)[0], texts


def series_of(filings: Sequence[OldFiling], old: Iterable[Mapping[str, Any]]) -> list[NewSeries]:
    """The series of an issuer with the terms of the last form that has each; ``old``: the terms on record."""
    found: dict[tuple[str, Decimal | None, date | None], Mapping[str, Any]] = {}
    for filing in sorted(filings, key=lambda f: (f.day, f.place[2], f.recorded_at, f.id)):
        parsed = filing.read[0]
        texts = parsed.footnote_texts()
        for option, cells in zip(parsed.derivative, filing.content.get("derivative", ()), strict=True):
            key = line_key("derivative", option)
            if key.title:
                found[key.title, key.price, key.expiration] = cells_of(cells, SERIES, texts)
    for terms in old:
        row, texts = _row({"table": "derivative", **terms})
        key = line_key("derivative", row, texts)
        found.setdefault((key.title, key.price, key.expiration), terms)
    return [NewSeries(key, terms) for key, terms in found.items()]


def differences(
    old: Sequence[OldLine],
    new: Sequence[NewLine],
    adjusted: Mapping[int, NewLine],
    filings: Mapping[int, OldFiling],
) -> list[str]:
    """A sentence for each line of a relationship that does not hold what it held."""
    became = [(line, _became(line, new, adjusted)) for line in old if line.entries]
    sentences = []
    for line, now in became:
        before, after = _balance(line.entries), None if now is None else _balance(now.entries)
        if before != after:
            others = [each for each, target in became if target is now]
            why = _REASSIGNED if now is None else _reason(line, now, others, filings)
            sentences.append(f"{line.name}: {_amount(before)} before, {_amount(after)} now: {why}")
    targets = [now for _, now in became]
    fresh = [line for line in new if all(line is not target for target in targets) and _balance(line.entries)]
    sentences += [
        f"{new_line.name}: not there before, {_amount(_balance(new_line.entries))} now: {_REASSIGNED}"
        for new_line in fresh
    ]
    return sentences


def _became(line: OldLine, new: Sequence[NewLine], adjusted: Mapping[int, NewLine]) -> NewLine | None:
    """The new line that holds the entry of an old line's latest filing; of several the likest."""
    with_filing = [e for e in sorted(line.entries, key=_order) if e.filing is not None]
    if not with_filing:
        return next((adjusted[e.id] for e in line.entries if e.id in adjusted), None)
    last, key = with_filing[-1], line.key()
    title = folded(line.cells.get("security_title"))

    def likeness(each: NewLine) -> tuple[object, ...]:
        same = folded(each.cells.get("security_title")) == title
        totals = [e.total for e in each.entries if e.filing == last.filing]
        return each.key == key, each.key.series == key.series, last.total in totals, same, each.shared(line)

    having = [each for each in new if any(e.filing == last.filing for e in each.entries)]
    return max(having, key=likeness, default=None)


def _reason(line: OldLine, now: NewLine, others: Sequence[OldLine], filings: Mapping[int, OldFiling]) -> str:
    if len({folded(each.cells.get("security_title")) for each in others}) > 1:
        return _ONE_CLASS
    before = {e.filing: e.total for e in line.entries if e.filing is not None}
    stated = [e for e in sorted(now.entries, key=_order) if e.filing is not None]
    if stated and (last := stated[-1]).filing in before and before[last.filing] != last.total:
        return f"the closing total of {filings[last.filing or 0].label} is read as {_amount(last.total)}"
    return _REASSIGNED


def _amount(balance: Decimal | None) -> str:
    return "nothing" if balance is None else amount_text(balance)
