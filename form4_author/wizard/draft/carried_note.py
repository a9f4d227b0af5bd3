"""The footnotes that go with a line of the last filing onto the form.

What they say of the line (title, holder, terms) is on each of its rows. What they say of its total, or of a
transaction, is kept only where the filer says so. A row gets them once: what the filer then takes out stays out.

Sources: Form 4 General Instructions 4(b)(iii), 4(b)(iv) and 6(a).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks.wording import stated_days
from form4_author.findings import path_text
from form4_author.ledger.balance import counted_back
from form4_author.ledger.line_note import TOTAL, refers_to_footnote
from form4_author.model.interview import CarriedLine
from form4_author.model.label import label
from form4_author.text import shortened
from form4_author.wizard.draft import balance, footnote, row_value
from form4_author.wizard.draft.answer import cells, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from form4_author.checks.wording import StatedDay
    from form4_author.findings import Path
    from form4_author.model.draft import Draft
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
_NATURE: Final = "nature_of_ownership"
_SHORT: Final = 150
"""Characters of a footnote that is named: two lines."""
_FIGURE: Final = re.compile(r"\b\d{1,2}\b")


def holders(line: CarriedLine) -> tuple[CarriedLine, ...]:
    """The line, and those that only the footnotes to their nature of ownership distinguish from it, with theirs."""
    return (
        line,
        *(
            replace(
                line,
                cells={**line.cells, TOTAL: each.amount_owned_following},
                notes=each.notes,
                asked=each.asked,
                beside=(),
                twin="yes",
            )
            for each in line.beside
        ),
    )


# ---- rows


def with_notes(draft: Draft, row: EventRow, began: Decimal | None) -> EventRow:
    """A row of an event with the footnotes of the line that it continues with. ``began``: what its line held before."""
    numbered_line = balance.carried_cells(draft, row.table, row.line)
    if numbered_line is None:
        return row
    line = holders(numbered_line[1])[_which(numbered_line[1], began, row.notes.get(_NATURE, ()))]
    return replace(row, notes={**row.notes, **_fitting(line, row.cells, row.notes)})


def _which(line: CarriedLine, began: Decimal | None, nature: tuple[str, ...]) -> int:
    """Which of the holders a row is of: by its footnotes, else by what it held, else the one last stated."""
    each = holders(line)
    named = [n for n, one in enumerate(each) if (own := one.notes.get(_NATURE)) and set(own) <= set(nature)]
    by_total = [
        n for n, one in enumerate(each) if began is not None and row_value.number(one.text(TOTAL)) == began
    ]
    return next(iter((*named, *by_total)), 0)


def _fitting(line: CarriedLine, cells: Mapping[str, str], own: _Notes) -> dict[str, tuple[str, ...]]:
    """The footnotes of each column of a row once it has those of its line; a term that is another has its own."""
    found = {}
    for column, words in line.notes.items():
        there = own.get(column, ())
        if " ".join(there) == " ".join(words):
            found[column] = words
        elif bool(cells.get(column)) == _is_given(line, column) and (column in cells or not there):
            found[column] = (*words, *(each for each in there if each not in words))
    return found


def _is_given(line: CarriedLine, column: str) -> bool:
    """Whether the line has a value there, and not footnotes in place of one."""
    value = line.text(column)
    words = column in row_value.AWARD and not value.replace("-", "").isdecimal()
    return bool(value) and not words


def with_row_notes(draft: Draft) -> Draft:
    """The draft in which rows that no event made have the footnotes of their line; once, until its line changes."""
    of_events = {where for event in draft.interview.events for where in event.rows or ()}
    for table, index, _row in tuple(rows(draft)):
        where = f"{table}[{index}]"
        if where in of_events:
            continue
        before = draft.interview.noted.get(where, {})
        line = _marked(draft, _mark(draft, table, index))
        notes = line.notes if line is not None else {}
        if before != notes:
            draft = _renoted(draft, (table, index), before, line)
            others = {name: each for name, each in draft.interview.noted.items() if name != where}
            draft = draft.with_interview(noted={**others, where: notes} if notes else others)
    return draft


def _mark(draft: Draft, table: str, index: int) -> str:
    """The line that a row continues with, as ``2.0``: its number in the last filing, and which of its holders."""
    cells = row_value.row_texts(draft, table, index)
    numbered_line = balance.carried_cells(draft, table, cells)
    if numbered_line is None or not cells.get("security_title"):
        return ""
    total, change = row_value.number(cells.get(TOTAL)), row_value.signed(table, cells)
    began = None if total is None else counted_back(total, [change])
    return f"{numbered_line[0]}.{_which(numbered_line[1], began, footnote.text_of(draft, (table, index, _NATURE)))}"


def _marked(draft: Draft, mark: str) -> CarriedLine | None:
    number, _, holder = mark.partition(".")
    lines = draft.interview.carried
    each = holders(lines[int(number)]) if number and int(number) < len(lines) else ()
    return each[int(holder)] if each and int(holder) < len(each) else None


def _renoted(draft: Draft, at: Path, before: _Notes, new: CarriedLine | None) -> Draft:
    """The draft in which a row has the footnotes of another line than before."""
    line = new or CarriedLine()
    for column, words in before.items():
        for each in words:
            if each not in line.notes.get(column, ()):
                draft = footnote.detach(draft, (*at, column), each)
    table, index = str(at[0]), int(at[1])
    texts = cells(table, draft.row(table, index))
    own = {column: footnote.text_of(draft, (*at, column)) for column in line.notes}
    for column, words in _fitting(line, texts, own).items():
        for each in own[column]:
            draft = draft if each in words else footnote.detach(draft, (*at, column), each)
        for each in words:
            draft = footnote.attach(draft, (*at, column), each)
    return draft


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
        return ("interview", "carried", self.line, "answers", f"note_{self.place}")


def asked(draft: Draft) -> tuple[NoteQuestion, ...]:
    """The footnotes that may continue, of the lines that the form has; each at the last row of its line."""
    if not any(line.asked or line.beside for line in draft.interview.carried):
        return ()
    places = {_mark(draft, table, index): (table, index) for table, index, _ in rows(draft)}
    found: dict[int, list[NoteQuestion]] = {}
    for mark, at in places.items():
        line = _marked(draft, mark)
        for column, words in line.asked.items() if line is not None else ():
            own = found.setdefault(int(mark.partition(".")[0]), [])
            own += [
                NoteQuestion(int(mark.partition(".")[0]), len(own) + n, each, (*at, column))
                for n, each in enumerate(words, 1)
            ]
    return tuple(each for number in sorted(found) for each in found[number])


def is_of_holder(draft: Draft, row: EventRow, began: Decimal) -> bool:
    """Whether what a row's line held before is what a different holder held, whom only footnotes distinguish."""
    numbered_line = balance.carried_cells(draft, row.table, row.line)
    return numbered_line is not None and any(
        row_value.number(each.text(TOTAL)) == began for each in holders(numbered_line[1])[1:]
    )


def with_answer(draft: Draft, asked_: NoteQuestion, answer: str) -> Draft:
    """The draft with the footnote kept or left out, as the filer says."""
    change = footnote.attach if answer == KEEP else footnote.detach
    return change(draft, asked_.cell, asked_.words).with_(asked_.answer, answer)


# ---- what is pointed out


def dates(draft: Draft) -> dict[str, str]:
    """The footnotes of the form that come from the last filing and name a day or a month, by id: the first of them."""
    carried_texts = {_plain(words) for words in _all_texts(draft)}
    each = (
        (id, next(stated_days(words), None))
        for id, words in footnote.texts(draft).items()
        if _plain(words) in carried_texts
    )
    return {id: _day_words(day) for id, day in each if day is not None}


def _all_texts(draft: Draft) -> Iterator[str]:
    for line in draft.interview.carried:
        for each in holders(line):
            for listed in (each.notes, each.asked):
                yield from (words for texts in listed.values() for words in texts)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _day_words(stated: StatedDay) -> str:
    """``March 1, 2025``, or ``March 2025``."""
    return f"{stated.day:%B} {stated.day.day}, {stated.day.year}" if stated.whole else f"{stated.day:%B %Y}"


def misnumbered(draft: Draft) -> dict[str, str]:
    """The footnotes, by id, that a nature of ownership calls by another number, as on the last filing; its words."""
    found = {}
    for path, ids in footnote.cells(draft):
        words = draft.text(path_text((*path[:2], _NATURE))) if path[2] == _NATURE else ""
        numbers = [f"F{number}" for number in _FIGURE.findall(words)] if refers_to_footnote(words) else []
        if not set(numbers) <= set(ids):
            found[ids[0]] = words
    return found


def left_out(draft: Draft) -> tuple[str, ...]:
    """The footnotes of the last filing that are not on the form because no one said to keep them."""
    return tuple(
        f"The last filing's footnote to {label(each.cell)} is left out: {quoted(each.words)}"
        for each in asked(draft)
        if draft.value(each.answer) != KEEP
    )


def doubtful(draft: Draft) -> tuple[str, ...]:
    """Which footnotes of the last filing may be out of date on the form."""
    old = (
        f"Footnote {id.removeprefix('F')} comes from the last filing and speaks of {day}: is it still right?"
        for id, day in dates(draft).items()
    )
    other = (
        f'The nature of ownership "{words}" means footnote {id.removeprefix("F")} of this form: change its number.'
        for id, words in misnumbered(draft).items()
    )
    return (*old, *other)


def quoted(words: str) -> str:
    """The words of a footnote in quotes, cut where they are long."""
    line = _plain(words)
    return f'"{shortened(line, _SHORT)}"'
