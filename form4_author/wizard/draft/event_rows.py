"""An event's rows made again: new ones take the place of the old ones, and what was put there by hand stays.

A row corresponds to an earlier one of the same table, day and code. What no row is left for goes with a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author.findings import path_from_text, path_text
from form4_author.model.label import label
from form4_author.wizard.draft import footnote, row_change
from form4_author.wizard.draft.answer import Data, flat, node, put
from form4_author.wizard.draft.plan import plan_of_row, with_row_under
from form4_author.wizard.recipe import EventRow, row_paths
from form4_author.wizard.screen import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["remade"]

_HOLDING: Final = "holding"
"""What a total does not run through: such rows stand behind the transactions."""
_WORKED_OUT: Final = ("amount_owned_following", "deemed_execution_date", "equity_swap")
"""Cells that differ from what the recipe made without anybody having changed them."""


@dataclass(frozen=True, slots=True)
class _ExistingRow:
    """A row as it stands in the draft, and as it was made."""

    where: str
    was: EventRow

    @property
    def table(self) -> str:
        return self.was.table

    @property
    def index(self) -> int:
        return int(path_from_text(self.where)[1])


def remade(
    data: Data, event: int, old: tuple[EventRow, ...], new: tuple[EventRow, ...]
) -> tuple[Data, tuple[str, ...]]:
    """The draft with an event's rows as its answers now say, and a word for what was made by hand and had to go.

    ``old`` is what the rows were made as before the answers changed. What was changed by hand since keeps what the
    filer put there.
    """
    existing = _paired(data, row_paths(data, event), old)
    matched = _matched(existing, new)
    gone = [each for each in existing if each not in matched]
    messages = tuple(word for each in gone for word in _lost(data, each))
    places = [each.where for each in matched if each is not None]
    if gone or None in matched:
        data, places = _rows_in_order(data, existing, matched, new)
    for where, before, now in zip(places, matched, new, strict=True):
        data = _added(data, now, where) if before is None else _changed(data, where, before.was, now)
    continued = [
        (where, now) for where, before, now in zip(places, matched, new, strict=True) if before is not None
    ]
    for where, now in (
        (where, now) for where, now in zip(places, new, strict=True) if (where, now) not in continued
    ):
        data, words = _inherited(data, where, now, continued)
        messages = (*messages, *words)
    return put(data, ("interview", "events", event, "rows"), places), messages


def _paired(data: Data, paths: Sequence[str], old: Sequence[EventRow]) -> list[_ExistingRow]:
    """The rows that still stand with what they were made as; one taken out by hand is left out."""
    if len(paths) == len(old):
        return [_ExistingRow(where, row) for where, row in zip(paths, old, strict=True)]
    found, left = [], list(paths)
    for row in old:
        where = next((path for path in left if _roughly(row) == _roughly(_present_row(data, path))), None)
        if where is not None:
            left.remove(where)
            found.append(_ExistingRow(where, row))
    return found


def _present_row(data: Data, where: str) -> EventRow:
    at = path_from_text(where)
    row = node(data, at)
    cells = flat(row) if isinstance(row, dict) else {}
    return EventRow(str(at[0]), cells, {}, cells.get("kind", ""))


def _matched(existing: Sequence[_ExistingRow], new: Sequence[EventRow]) -> list[_ExistingRow | None]:
    """For each new row the one that it takes the place of: of its day, code and amount, else of its day and code.

    Where neither number nor kind of rows changes, those left over correspond in their order.
    """
    found: list[_ExistingRow | None] = [None] * len(new)
    left = list(existing)
    rules: list[Callable[[EventRow], object]] = [_exactly, _roughly]
    if [(r.was.table, r.was.kind) for r in existing] == [(r.table, r.kind) for r in new]:
        rules.append(lambda row: (row.table, row.kind))
    for rule in rules:
        for at, row in enumerate(new):
            same = next((each for each in left if rule(each.was) == rule(row)), None)
            if found[at] is None and same is not None:
                found[at] = same
                left.remove(same)
    return found


def _roughly(row: EventRow) -> tuple[object, ...]:
    return (row.table, row.kind, row.cells.get("transaction_date"), row.cells.get("transaction_code"))


def _exactly(row: EventRow) -> tuple[object, ...]:
    return (*_roughly(row), row.cells.get("amount"), row.cells.get("price"))


# ---- places


def _rows_in_order(
    data: Data,
    existing: Sequence[_ExistingRow],
    matched: Sequence[_ExistingRow | None],
    new: Sequence[EventRow],
) -> tuple[Data, list[str]]:
    """The draft with the rows in the places of the old ones, the rest behind them; and where each is."""
    places = [""] * len(new)
    for table in dict.fromkeys([*(each.table for each in existing), *(row.table for row in new)]):
        own = [each for each in existing if each.table == table]
        order: dict[int, int | None] = {each.index: None for each in own}
        slots = [each.index for each in own if each.was.kind != _HOLDING]
        numbers = [at for at, row in enumerate(new) if row.table == table]
        wanted = [at for at in numbers if new[at].kind != _HOLDING]
        others = [index for index in range(View(data).count(table)) if index not in order or index in slots]
        listed: list[object] = []
        for at, other in (
            *_sequence(others, sorted(slots), wanted),
            *((n, -1) for n in numbers if n not in wanted),
        ):
            before = None if at is None else matched[at]
            index = other if at is None else before.index if before is not None else None
            listed.append({"kind": new[at or 0].kind} if index is None else node(data, (table, index)))
            if index is not None:
                order[index] = len(listed) - 1
            if at is not None:
                places[at] = path_text((table, len(listed) - 1))
        data = row_change.reordered(put(data, (table,), listed or None), table, order)
    return data, places


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


def _added(data: Data, row: EventRow, where: str) -> Data:
    at = path_from_text(where)
    for column, text in row.cells.items():
        data = put(data, (*at, column), text == "yes" if column == "equity_swap" else text)
    for column, words in row.notes.items():
        for each in words:
            data = footnote.attach(data, (*at, column), each)
    return data


def _changed(data: Data, where: str, was: EventRow, now: EventRow) -> Data:
    """One row brought from what it was made as to what it is now: only what the answers changed."""
    at = path_from_text(where)
    for column in {**was.cells, **now.cells}:
        old, new = was.cells.get(column), now.cells.get(column)
        cell = node(data, (*at, column))
        present = cell.get("value") if isinstance(cell, dict) else cell
        if old != new and present == old:
            data = put(data, (*at, column), new)
    for column in {**was.notes, **now.notes}:
        before, after = was.notes.get(column, ()), now.notes.get(column, ())
        for words in (w for w in before if w not in after):
            data = footnote.detach(data, (*at, column), words)
        for words in (w for w in after if w not in before):
            data = footnote.attach(data, (*at, column), words)
    return data


# ---- what was made by hand


def _own_notes(data: Data, where: str, recipe_row: EventRow) -> list[tuple[str, str]]:
    """Column and words of each footnote of a row that the recipe did not make."""
    at = path_from_text(where)
    row = node(data, at)
    columns = list(row) if isinstance(row, dict) else []
    return [
        (column, words)
        for column in columns
        for words in footnote.text_of(data, (*at, column))
        if words not in recipe_row.notes.get(column, ())
    ]


def _lost(data: Data, gone: _ExistingRow) -> tuple[str, ...]:
    """A word where a row that goes had something made by hand."""
    row = node(data, path_from_text(gone.where))
    cells: Mapping[str, str] = flat(row) if isinstance(row, dict) else {}
    changed = [
        c for c, text in cells.items() if c not in (*_WORKED_OUT, "kind") and text != gone.was.cells.get(c)
    ]
    noted = [words for _, words in _own_notes(data, gone.where, gone.was)]
    things = [
        *(["what was changed by hand"] if changed else []),
        *(f'its footnote "{words if len(words) <= 40 else words[:39] + "…"}"' for words in noted),
        *(["its place under the 10b5-1 plan"] if plan_of_row(data, gone.where) is not None else []),
    ]
    return (f"{_named(gone.where)} is gone, and with it {', '.join(things)}.",) if things else ()


def _inherited(
    data: Data, where: str, row: EventRow, continued: Sequence[tuple[str, EventRow]]
) -> tuple[Data, tuple[str, ...]]:
    """The draft in which a new row has what was put by hand to its like of the same day and code, and a word for it."""
    like, like_row = next((each for each in continued if _roughly(each[1]) == _roughly(row)), ("", row))
    noted = [(c, words) for c, words in _own_notes(data, like, like_row) if c in row.cells] if like else []
    for column, words in noted:
        data = footnote.attach(data, (*path_from_text(where), column), words)
    planned = plan_of_row(data, like)
    if planned is not None:
        data = with_row_under(data, where, planned)
    if not noted and planned is None:
        return data, ()
    what = (
        "the footnotes by hand and the plan"
        if planned is not None and noted
        else "the plan"
        if planned is not None
        else "the footnotes"
    )
    return data, (f"{_named(where)} is new and has {what} of {_named(like)}: see that they hold.",)


def _named(where: str) -> str:
    """``Table I, line 2``."""
    return label(path_from_text(where))
