"""An event's rows made again: new ones take the place of the old ones, and what was put there by hand stays.

A row corresponds to an earlier one of the same table, day and code. What no row is left for goes with a word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from form4_author.findings import path_from_text, path_text
from form4_author.model.draft import new_row
from form4_author.model.filing import cell_names
from form4_author.model.label import label
from form4_author.text import shortened
from form4_author.wizard.draft import footnote, row_change
from form4_author.wizard.draft.answer import cells, with_event
from form4_author.wizard.draft.plan import plan_of_row, with_row_under
from form4_author.wizard.recipe import EventRow, row_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from form4_author.model.draft import Draft
    from form4_author.model.table import Row

__all__ = ["remade"]

_HOLDING: Final = "holding"
"""Rows outside the running total: they follow the transactions."""
_WORKED_OUT: Final = ("amount_owned_following", "deemed_execution_date", "equity_swap")
"""Cells that differ from what the recipe made without anybody having changed them."""


@dataclass(frozen=True, slots=True)
class _ExistingRow:
    """A row as it is in the draft, and as it was made."""

    where: str
    was: EventRow

    @property
    def table(self) -> str:
        return self.was.table

    @property
    def index(self) -> int:
        return int(path_from_text(self.where)[1])


def remade(
    draft: Draft, event: int, old: tuple[EventRow, ...], new: tuple[EventRow, ...]
) -> tuple[Draft, tuple[str, ...]]:
    """The draft with an event's rows as its answers now say, and a word for what was made by hand and had to go.

    ``old`` is what the rows were made as before the answers changed. What was changed by hand since keeps what the
    filer put there.
    """
    existing = _paired(draft, row_paths(draft, event), old)
    matched = _matched(existing, new)
    gone = [each for each in existing if each not in matched]
    messages = tuple(word for each in gone for word in _lost(draft, each))
    places = [each.where for each in matched if each is not None]
    if gone or None in matched:
        draft, places = _rows_in_order(draft, existing, matched, new)
    for where, before, now in zip(places, matched, new, strict=True):
        draft = _added(draft, now, where) if before is None else _changed(draft, where, before.was, now)
    continued = [
        (where, now) for where, before, now in zip(places, matched, new, strict=True) if before is not None
    ]
    for where, now in (
        (where, now) for where, now in zip(places, new, strict=True) if (where, now) not in continued
    ):
        draft, words = _inherited(draft, where, now, continued)
        messages = (*messages, *words)
    made = replace(draft.interview.events[event], rows=tuple(places))
    return with_event(draft, event, made), messages


def _paired(draft: Draft, paths: Sequence[str], old: Sequence[EventRow]) -> list[_ExistingRow]:
    """The rows that still stand with what they were made as; one taken out by hand is left out."""
    if len(paths) == len(old):
        return [_ExistingRow(where, row) for where, row in zip(paths, old, strict=True)]
    found, left = [], list(paths)
    for row in old:
        where = next((path for path in left if _roughly(row) == _roughly(_present_row(draft, path))), None)
        if where is not None:
            left.remove(where)
            found.append(_ExistingRow(where, row))
    return found


def _present_row(draft: Draft, where: str) -> EventRow:
    at = path_from_text(where)
    table, row = str(at[0]), draft.row(str(at[0]), int(at[1]))
    return EventRow(table, cells(table, row), {}, row.kind if row is not None else "")


def _matched(existing: Sequence[_ExistingRow], new: Sequence[EventRow]) -> list[_ExistingRow | None]:
    """For each new row the one that it takes the place of: of its day, code and amount, else of its day and code.

    Where neither number nor kind of rows changes, those left over correspond in their order.
    """
    found: list[_ExistingRow | None] = [None] * len(new)
    left = list(existing)
    rules: list[Callable[[EventRow], tuple[str | None, ...]]] = [_exactly, _roughly]
    if [(r.was.table, r.was.kind) for r in existing] == [(r.table, r.kind) for r in new]:
        rules.append(lambda row: (row.table, row.kind))
    for rule in rules:
        for at, row in enumerate(new):
            same = next((each for each in left if rule(each.was) == rule(row)), None)
            if found[at] is None and same is not None:
                found[at] = same
                left.remove(same)
    return found


def _roughly(row: EventRow) -> tuple[str | None, ...]:
    return (row.table, row.kind, row.cells.get("transaction_date"), row.cells.get("transaction_code"))


def _exactly(row: EventRow) -> tuple[str | None, ...]:
    return (*_roughly(row), row.cells.get("amount"), row.cells.get("price"))


# ---- places


def _rows_in_order(
    draft: Draft,
    existing: Sequence[_ExistingRow],
    matched: Sequence[_ExistingRow | None],
    new: Sequence[EventRow],
) -> tuple[Draft, list[str]]:
    """The draft with the rows in the places of the old ones, the rest behind them; and where each is."""
    places = [""] * len(new)
    for table in dict.fromkeys([*(each.table for each in existing), *(row.table for row in new)]):
        own = [each for each in existing if each.table == table]
        order: dict[int, int | None] = {each.index: None for each in own}
        slots = [each.index for each in own if each.was.kind != _HOLDING]
        numbers = [at for at, row in enumerate(new) if row.table == table]
        wanted = [at for at in numbers if new[at].kind != _HOLDING]
        rows = draft.rows(table)
        others = [index for index in range(len(rows)) if index not in order or index in slots]
        listed: list[Row] = []
        for at, other in (
            *_sequence(others, sorted(slots), wanted),
            *((n, -1) for n in numbers if n not in wanted),
        ):
            before = None if at is None else matched[at]
            index = other if at is None else before.index if before is not None else None
            listed.append(new_row(table, new[at or 0].kind) if index is None else rows[index])
            if index is not None:
                order[index] = len(listed) - 1
            if at is not None:
                places[at] = path_text((table, len(listed) - 1))
        draft = row_change.reordered(draft.with_rows(table, tuple(listed)), table, order)
    return draft, places


def _sequence(
    indexes: Sequence[int], slots: Sequence[int], wanted: Sequence[int]
) -> Iterator[tuple[int | None, int]]:
    """The rows of a table as they are to stand: the number of a new row, or the index of one that is not the event's.

    ``slots``: those of ``indexes`` where the event's transactions stood.
    """
    for index in indexes:
        if index not in slots:
            yield None, index
            continue
        first = slots.index(index)
        yield from ((at, index) for at in wanted[first : None if index == slots[-1] else first + 1])
    yield from ((at, -1) for at in wanted if not slots)


# ---- one row


def _added(draft: Draft, row: EventRow, where: str) -> Draft:
    at = path_from_text(where)
    draft = row_change.with_cells(draft, row.table, int(at[1]), row.cells)
    for column, words in row.notes.items():
        for each in words:
            draft = footnote.attach(draft, (*at, column), each)
    return draft


def _changed(draft: Draft, where: str, was: EventRow, now: EventRow) -> Draft:
    """One row brought from what it was made as to what it is now: only what the answers changed."""
    at = path_from_text(where)
    for column in {**was.cells, **now.cells}:
        old, new = was.cells.get(column), now.cells.get(column)
        if old != new and draft.value((*at, column)) == old:
            draft = draft.with_((*at, column), new)
    for column in {**was.notes, **now.notes}:
        before, after = was.notes.get(column, ()), now.notes.get(column, ())
        for words in (w for w in before if w not in after):
            draft = footnote.detach(draft, (*at, column), words)
        for words in (w for w in after if w not in before):
            draft = footnote.attach(draft, (*at, column), words)
    return draft


# ---- what was made by hand


def _own_notes(draft: Draft, where: str, recipe_row: EventRow) -> list[tuple[str, str]]:
    """Column and words of each footnote of a row that the recipe did not make."""
    at = path_from_text(where)
    row = draft.row(str(at[0]), int(at[1]))
    return [
        (column, words)
        for column in (cell_names(str(at[0]), row.kind) if row is not None else ())
        for words in footnote.text_of(draft, (*at, column))
        if words not in recipe_row.notes.get(column, ())
    ]


def _lost(draft: Draft, gone: _ExistingRow) -> tuple[str, ...]:
    """A word where a row that goes had something made by hand."""
    texts = cells(gone.table, draft.row(gone.table, gone.index))
    changed = [c for c, text in texts.items() if c not in _WORKED_OUT and text != gone.was.cells.get(c)]
    noted = [words for _, words in _own_notes(draft, gone.where, gone.was)]
    things = [
        *(["what was changed by hand"] if changed else []),
        *(f'its footnote "{shortened(words, 40)}"' for words in noted),
        *(["its place under the 10b5-1 plan"] if plan_of_row(draft, gone.where) is not None else []),
    ]
    return (f"{_named(gone.where)} is gone, and with it {', '.join(things)}.",) if things else ()


def _inherited(
    draft: Draft, where: str, row: EventRow, continued: Sequence[tuple[str, EventRow]]
) -> tuple[Draft, tuple[str, ...]]:
    """The draft in which a new row has what was put by hand to its like of the same day and code, and a word for it."""
    like, like_row = next((each for each in continued if _roughly(each[1]) == _roughly(row)), ("", row))
    noted = [(c, words) for c, words in _own_notes(draft, like, like_row) if c in row.cells] if like else []
    for column, words in noted:
        draft = footnote.attach(draft, (*path_from_text(where), column), words)
    planned = plan_of_row(draft, like)
    if planned is not None:
        draft = with_row_under(draft, where, planned)
    if not noted and planned is None:
        return draft, ()
    what = (
        "the footnotes by hand and the plan"
        if planned is not None and noted
        else "the plan"
        if planned is not None
        else "the footnotes"
    )
    return draft, (f"{_named(where)} is new and has {what} of {_named(like)}: see that they hold.",)


def _named(where: str) -> str:
    """``Table I, line 2``."""
    return label(path_from_text(where))
