"""The footnotes that go with a line of the last filing onto the form.

What they say of the line (title, holder, terms) is on each of its rows. What they say of its total, or of a
transaction, is kept only where the filer says so. A row gets them once: what the filer then takes out stays out.

Sources: Form 4 General Instructions 4(b)(iii), 4(b)(iv) and 6(a).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks.wording import days_told
from form4_author.ledger.balance import counted_back
from form4_author.ledger.line_note import TOTAL, refers_to_footnote
from form4_author.model.label import label
from form4_author.wizard.draft import balance, footnote, row_value
from form4_author.wizard.draft.answer import Data, flat, node, put, rows
from form4_author.wizard.recipe import row_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from form4_author.checks.wording import DayTold
    from form4_author.findings import Path
    from form4_author.wizard.recipe import EventRow

    _Notes = Mapping[str, tuple[str, ...]]

__all__ = [
    "KEEP",
    "LEAVE",
    "NoteQuestion",
    "asked",
    "dates",
    "doubtful",
    "holders",
    "is_of_holder",
    "left_out",
    "misnumbered",
    "quoted",
    "with_answer",
    "with_notes",
    "with_row_notes",
]

KEEP: Final = "keep"
LEAVE: Final = "leave"
_CARRIED: Final = ("interview", "carried")
_NOTED: Final = ("interview", "noted")
"""Row → the footnotes of its line that it was given, by column."""
_NATURE: Final = "nature_of_ownership"
_SHORT: Final = 150
"""Characters of a footnote that is named: two lines."""
_FIGURE: Final = re.compile(r"\b\d{1,2}\b")


def holders(line: Data) -> tuple[Data, ...]:
    """The line, and those that only the footnotes to their nature of ownership tell from it, with theirs."""
    listed = line.get("beside")
    plain = {name: cell for name, cell in line.items() if name not in ("notes", "asked", "beside")}
    return (
        line,
        *({**plain, **each, "twin": "yes"} for each in (listed if isinstance(listed, list) else [])),
    )


def _texts(line: Data, name: str = "notes") -> _Notes:
    cell = line.get(name)
    return {c: tuple(texts) for c, texts in cell.items()} if isinstance(cell, dict) else {}


# ---- rows


def with_notes(data: Data, row: EventRow, began: Decimal | None) -> EventRow:
    """A row of an event with the footnotes of the line that it goes on with. ``began``: what its line held before."""
    numbered_line = balance.carried_cells(data, row.table, row.line)
    if numbered_line is None:
        return row
    line = holders(numbered_line[1])[_which(numbered_line[1], began, row.notes.get(_NATURE, ()))]
    return replace(row, notes={**row.notes, **_fitting(line, row.cells, row.notes)})


def _which(line: Data, began: Decimal | None, nature: tuple[str, ...]) -> int:
    """Which of the holders a row is of: by its footnotes, else by what it held, else the one last stated."""
    each = holders(line)
    named = [n for n, one in enumerate(each) if (own := _texts(one).get(_NATURE)) and set(own) <= set(nature)]
    by_total = [
        n for n, one in enumerate(each) if began is not None and row_value.number(one.get(TOTAL)) == began
    ]
    return next(iter((*named, *by_total)), 0)


def _fitting(line: Data, cells: Mapping[str, str], own: _Notes) -> dict[str, tuple[str, ...]]:
    """The footnotes of each column of a row once it has those of its line; a term that is another has its own."""
    found = {}
    for column, words in _texts(line).items():
        there = own.get(column, ())
        if " ".join(there) == " ".join(words):
            found[column] = words
        elif bool(cells.get(column)) == _is_given(line, column) and (column in cells or not there):
            found[column] = (*words, *(each for each in there if each not in words))
    return found


def _is_given(line: Data, column: str) -> bool:
    """Whether the line has a value there, and not footnotes in place of one."""
    value = line.get(column)
    words = column in row_value.AWARD and not str(value).replace("-", "").isdecimal()
    return bool(value) and not words


def with_row_notes(data: Data) -> Data:
    """The draft in which rows that no event made have the footnotes of their line; once, until its line changes."""
    of_events = {where for event in range(_count(data)) for where in row_paths(data, event)}
    for table, index, _row in tuple(rows(data)):
        where = f"{table}[{index}]"
        if where in of_events:
            continue
        recorded = node(data, _NOTED)
        before = _texts(recorded, where) if isinstance(recorded, dict) else {}
        line = _marked(data, _mark(data, table, index))
        if before != _texts(line):
            data = _renoted(data, (table, index), before, line)
            data = put(data, (*_NOTED, where), line.get("notes"))
    return data


def _count(data: Data) -> int:
    events = node(data, ("interview", "events"))
    return len(events) if isinstance(events, list) else 0


def _mark(data: Data, table: str, index: int) -> str:
    """The line that a row goes on with, as ``2.0``: its number in the last filing, and which of its holders."""
    cells = row_value.row_texts(data, table, index)
    numbered_line = balance.carried_cells(data, table, cells)
    if numbered_line is None or not cells.get("security_title"):
        return ""
    total, change = row_value.number(cells.get(TOTAL)), row_value.signed(table, cells)
    began = None if total is None else counted_back(total, [change])
    return f"{numbered_line[0]}.{_which(numbered_line[1], began, footnote.text_of(data, (table, index, _NATURE)))}"


def _marked(data: Data, mark: str) -> Data:
    number, _, holder = mark.partition(".")
    line = node(data, (*_CARRIED, int(number))) if number else None
    each = holders(line) if isinstance(line, dict) else ()
    return each[int(holder)] if each and int(holder) < len(each) else {}


def _renoted(data: Data, at: Path, before: _Notes, new: Data) -> Data:
    """The draft in which a row has the footnotes of another line than before."""
    for column, words in before.items():
        for each in words:
            if each not in _texts(new).get(column, ()):
                data = footnote.detach(data, (*at, column), each)
    row = node(data, at)
    cells = flat(row) if isinstance(row, dict) else {}
    own = {column: footnote.text_of(data, (*at, column)) for column in _texts(new)}
    for column, words in _fitting(new, cells, own).items():
        for each in own[column]:
            data = data if each in words else footnote.detach(data, (*at, column), each)
        for each in words:
            data = footnote.attach(data, (*at, column), each)
    return data


# ---- what is asked


class NoteQuestion(NamedTuple):
    """A footnote to a total, or about a transaction, of the last filing."""

    line: int
    """The line's number in the last filing."""
    place: int
    """Which of the line's, from 1."""
    words: str
    cell: Path
    """The cell of the form that it would be attached to."""

    @property
    def answer(self) -> Path:
        """Where the answer is kept."""
        return (*_CARRIED, self.line, f"note_{self.place}")


def asked(data: Data) -> tuple[NoteQuestion, ...]:
    """The footnotes that may go on, of the lines that the form has; each at the last row of its line."""
    listed = node(data, _CARRIED)
    if not isinstance(listed, list) or not any("asked" in line or "beside" in line for line in listed):
        return ()
    places = {_mark(data, table, index): (table, index) for table, index, _ in rows(data)}
    found: dict[int, list[NoteQuestion]] = {}
    for mark, at in places.items():
        for column, words in _texts(_marked(data, mark), "asked").items():
            own = found.setdefault(int(mark.partition(".")[0]), [])
            own += [
                NoteQuestion(int(mark.partition(".")[0]), len(own) + n, each, (*at, column))
                for n, each in enumerate(words, 1)
            ]
    return tuple(each for number in sorted(found) for each in found[number])


def is_of_holder(data: Data, row: EventRow, began: Decimal) -> bool:
    """Whether what a row's line held before is what another holder held, whom only footnotes tell from it."""
    numbered_line = balance.carried_cells(data, row.table, row.line)
    return numbered_line is not None and any(
        row_value.number(each.get(TOTAL)) == began for each in holders(numbered_line[1])[1:]
    )


def with_answer(data: Data, asked_: NoteQuestion, answer: str) -> Data:
    """The draft with the footnote kept or left out, as the filer says."""
    change = footnote.attach if answer == KEEP else footnote.detach
    return put(change(data, asked_.cell, asked_.words), asked_.answer, answer)


# ---- what is pointed out


def dates(data: Data) -> dict[str, str]:
    """The footnotes of the form that come from the last filing and name a day or a month, by id: the first of them."""
    carried_texts = {_plain(words) for words in _all_texts(data)}
    each = (
        (id, next(days_told(words), None))
        for id, words in footnote.texts(data).items()
        if _plain(words) in carried_texts
    )
    return {id: _day_words(day) for id, day in each if day is not None}


def _all_texts(data: Data) -> Iterator[str]:
    listed = node(data, _CARRIED)
    for line in listed if isinstance(listed, list) else []:
        for each in holders(line) if isinstance(line, dict) else ():
            for name in ("notes", "asked"):
                yield from (words for texts in _texts(each, name).values() for words in texts)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _day_words(stated: DayTold) -> str:
    """``March 1, 2025``, or ``March 2025``."""
    return f"{stated.day:%B} {stated.day.day}, {stated.day.year}" if stated.whole else f"{stated.day:%B %Y}"


def misnumbered(data: Data) -> dict[str, str]:
    """The footnotes, by id, that a nature of ownership calls by another number, as on the last filing; its words."""
    found = {}
    for path, ids in footnote.cells(data):
        words = flat(node(data, path[:2]) or {}).get(_NATURE, "") if path[2] == _NATURE else ""  # type: ignore[arg-type]
        numbers = [f"F{number}" for number in _FIGURE.findall(words)] if refers_to_footnote(words) else []
        if not set(numbers) <= set(ids):
            found[ids[0]] = words
    return found


def left_out(data: Data) -> tuple[str, ...]:
    """The footnotes of the last filing that are not on the form because nobody said to keep them."""
    return tuple(
        f"The last filing's footnote to {label(each.cell)} is left out: {quoted(each.words)}"
        for each in asked(data)
        if node(data, each.answer) != KEEP
    )


def doubtful(data: Data) -> tuple[str, ...]:
    """Which footnotes of the last filing may be out of date on the form."""
    old = (
        f"Footnote {id.removeprefix('F')} comes from the last filing and speaks of {day}: is it still right?"
        for id, day in dates(data).items()
    )
    other = (
        f'The nature of ownership "{words}" means footnote {id.removeprefix("F")} of this form: change its number.'
        for id, words in misnumbered(data).items()
    )
    return (*old, *other)


def quoted(words: str) -> str:
    """The words of a footnote in quotes, cut where they are long."""
    line = _plain(words)
    return f'"{line}"' if len(line) <= _SHORT else f'"{line[: _SHORT - 1]}…"'
