"""Footnotes: attached to cells, numbered in order of first reference, removed when nothing refers to them.

Specification 5.5, sections 4.3.5, 4.3.6 and 5: ids F1 to F99, each referred to, none twice in one cell.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.model.field import Field, Group, Shape, rows_of
from form4_author.model.label import label
from form4_author.wizard.draft.answer import Data, node, put, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path

__all__ = ["attach", "cells", "columns", "detach", "next_id", "reword", "text_of", "texts", "tidy", "where"]

_NUMBER: Final = re.compile(r"F(\d+)\Z")


@cache
def columns(table: str, kind: str) -> tuple[Field, ...]:
    """The cells of a row that take footnotes, in the order of the form."""
    transaction, holding = rows_of(table)
    return tuple(f for f in _fields(holding if kind == "holding" else transaction) if f.notes)


def _fields(group: Group) -> Iterator[Field]:
    for inner in group.nodes:
        if isinstance(inner, Group):
            yield from _fields(inner)
        elif inner.shape in (Shape.CELL, Shape.CODING):
            yield inner


def cells(data: Data) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every cell with footnotes and their ids, in the order of the form: line by line, column by column."""
    for table, index, row in rows(data):
        names = [f.name for f in (*columns(table, "transaction"), *columns(table, "holding"))]
        for name in dict.fromkeys((*names, *row)):
            ids = _ids(row.get(name))
            if ids:
                yield (table, index, name), ids


def _ids(cell: object) -> tuple[str, ...]:
    ids = cell.get("footnotes") if isinstance(cell, dict) else None
    return tuple(i for i in ids if isinstance(i, str)) if isinstance(ids, list) else ()


def texts(data: Data) -> dict[str, str]:
    """Text by id, in the order listed."""
    listed = data.get("footnotes")
    notes = [n for n in listed if isinstance(n, dict)] if isinstance(listed, list) else []
    return {n["id"]: str(n.get("text") or "") for n in notes if isinstance(n.get("id"), str)}


def text_of(data: Data, path: Path) -> tuple[str, ...]:
    """The texts of the footnotes of one cell."""
    footnotes = texts(data)
    return tuple(footnotes.get(id, "") for id in _ids(node(data, path)))


def where(data: Data, id: str) -> tuple[str, ...]:
    """The labels of the cells that refer to a footnote."""
    base = str(data.get("form") or "4")[:1]
    return tuple(label(path, base) for path, ids in cells(data) if id in ids)


def next_id(data: Data) -> str:
    """An id that no footnote has yet."""
    numbers = [int(m[1]) for id in texts(data) if (m := _NUMBER.match(id))]
    return f"F{max(numbers, default=0) + 1}"


def attach(data: Data, path: Path, words: str) -> Data:
    """The draft in which the cell refers to a footnote of this text; one that has the text already is used again."""
    id = next((i for i, text in texts(data).items() if text == words), None)
    if id is None:
        id = next_id(data)
        data = put(data, ("footnotes",), [*(data.get("footnotes") or []), {"id": id, "text": words}])
    cell = node(data, path)
    ids = _ids(cell)
    if id in ids:
        return data
    bare = cell.get("value") if isinstance(cell, dict) else cell
    content = {} if bare in (None, "") else {"value": bare}
    return put(data, path, {**content, "footnotes": [*ids, id]})


def detach(data: Data, path: Path, words: str) -> Data:
    """The draft in which the cell no longer refers to the footnote of this text."""
    cell = node(data, path)
    footnotes = texts(data)
    left = [i for i in _ids(cell) if footnotes.get(i, "") != words]
    if not isinstance(cell, dict) or len(left) == len(_ids(cell)):
        return data
    changed = deepcopy(data)
    row = changed[str(path[0])][path[1]]
    if left:
        row[path[2]] = {**cell, "footnotes": left}
    elif "value" in cell:
        row[path[2]] = cell["value"]
    else:
        del row[path[2]]
    return changed


def reword(data: Data, old: str, new: str) -> Data:
    """The draft in which the footnote of one text has another; nothing else changes."""
    id = next((i for i, text in texts(data).items() if text == old), None)
    if id is None:
        return data
    notes = [{**n, "text": new} if n.get("id") == id else n for n in data["footnotes"]]
    return put(data, ("footnotes",), notes)


def tidy(data: Data) -> tuple[Data, tuple[str, ...]]:
    """The draft with its footnotes numbered in order of first reference, and a word for each that had to go.

    Footnotes of the same words become one.
    """
    data, merged = _merged(data)
    data, removed = _numbered(data)
    return data, (*merged, *removed)


def _merged(data: Data) -> tuple[Data, tuple[str, ...]]:
    """The draft in which cells refer to the first of footnotes that say the same."""
    footnotes = texts(data)
    first: dict[str, str] = {}
    for id, words in footnotes.items():
        first.setdefault(" ".join(words.split()), id)
    same = {
        id: first_id
        for id, words in footnotes.items()
        if (first_id := first[" ".join(words.split())]) != id and words
    }
    if not same:
        return data, ()
    changed = deepcopy(data)
    for path, ids in cells(data):
        cell = changed[str(path[0])][path[1]][path[2]]
        cell["footnotes"] = list(dict.fromkeys(same.get(id, id) for id in ids))
    notes = [{"id": id, "text": words} for id, words in footnotes.items() if id not in same]
    messages = tuple(
        f"Footnotes {first_id[1:]} and {id[1:]} say the same: they are one now."
        for id, first_id in same.items()
    )
    return put(changed, ("footnotes",), notes), messages


def _numbered(data: Data) -> tuple[Data, tuple[str, ...]]:
    footnotes = texts(data)
    order = list(dict.fromkeys(id for _, ids in cells(data) for id in ids if id in footnotes))
    gone = [id for id in footnotes if id not in order]
    new = {id: f"F{number}" for number, id in enumerate(order, 1)}
    messages = tuple(
        f"Footnote {id.removeprefix('F')} is removed, because no cell refers to it: {_cut(footnotes[id])}"
        for id in gone
    )
    if not gone and all(old == renamed for old, renamed in new.items()) and list(footnotes) == order:
        return data, ()
    changed = deepcopy(data)
    for path, ids in cells(data):
        row = changed[str(path[0])][path[1]]
        row[path[2]]["footnotes"] = list(dict.fromkeys(new.get(id, id) for id in ids))
    notes = [{"id": new[id], "text": footnotes[id]} for id in order]
    return put(changed, ("footnotes",), notes or None), messages


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return f'"{line[:40]}…"' if len(line) > 40 else f'"{line}"'  # half a line
