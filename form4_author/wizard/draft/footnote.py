"""Footnotes: attached to cells, numbered in order of first reference, removed when nothing refers to them.

Specification 5.5, sections 4.3.5, 4.3.6 and 5: ids F1 to F99, each referred to, none twice in one cell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.model.field import Field, Group, Shape, rows_of
from form4_author.model.filing import Footnote
from form4_author.model.label import label
from form4_author.text import shortened, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from form4_author.findings import Path
    from form4_author.model.draft import Draft

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


def cells(draft: Draft) -> tuple[tuple[Path, tuple[str, ...]], ...]:
    """Every cell with footnotes and their ids, in the order of the form: line by line, column by column."""
    return draft.filing.references()


def texts(draft: Draft) -> dict[str, str]:
    """Text by id, in the order listed."""
    return dict(draft.filing.footnote_texts())


def text_of(draft: Draft, path: Path) -> tuple[str, ...]:
    """The texts of the footnotes of one cell."""
    ids = draft.cell(path).footnotes
    if not ids:
        return ()
    footnotes = texts(draft)
    return tuple(footnotes.get(id, "") for id in ids)


def where(draft: Draft, id: str) -> tuple[str, ...]:
    """The labels of the cells that refer to a footnote."""
    base = (draft.filing.form or "4")[:1]
    return tuple(label(path, base) for path, ids in cells(draft) if id in ids)


def next_id(draft: Draft) -> str:
    """An id that no footnote has yet."""
    numbers = [whole_number(m[1]) or 0 for id in texts(draft) if (m := _NUMBER.match(id))]
    return f"F{max(numbers, default=0) + 1}"


def attach(draft: Draft, path: Path, words: str) -> Draft:
    """The draft in which the cell refers to a footnote of this text; one that has the text already is used again."""
    id = next((i for i, text in texts(draft).items() if text == words), None)
    if id is None:
        id = next_id(draft)
        draft = draft.with_filing(footnotes=(*draft.filing.footnotes, Footnote(id=id, text=words)))
    ids = draft.cell(path).footnotes
    return draft if id in ids else draft.with_notes(path, (*ids, id))


def detach(draft: Draft, path: Path, words: str) -> Draft:
    """The draft in which the cell no longer refers to the footnote of this text."""
    ids = draft.cell(path).footnotes
    footnotes = texts(draft) if ids else {}
    left = tuple(i for i in ids if footnotes.get(i, "") != words)
    return draft if len(left) == len(ids) else draft.with_notes(path, left)


def reword(draft: Draft, old: str, new: str) -> Draft:
    """The draft in which the footnote of one text has another; nothing else changes."""
    id = next((i for i, text in texts(draft).items() if text == old), None)
    notes = draft.filing.footnotes
    return draft.with_filing(footnotes=tuple(replace(n, text=new) if id and n.id == id else n for n in notes))


def tidy(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft with its footnotes numbered in order of first reference, and a word for each that had to go.

    Footnotes of the same words become one.
    """
    draft, merged = _merged(draft)
    draft, removed = _numbered(draft)
    return draft, (*merged, *removed)


def _merged(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft in which cells refer to the first of footnotes that say the same."""
    footnotes = texts(draft)
    first: dict[str, str] = {}
    for id, words in footnotes.items():
        first.setdefault(" ".join(words.split()), id)
    same = {
        id: first_id
        for id, words in footnotes.items()
        if (first_id := first[" ".join(words.split())]) != id and words
    }
    if not same:
        return draft, ()
    kept = [id for id in footnotes if id not in same]
    messages = tuple(
        f"Footnotes {first_id[1:]} and {id[1:]} were identical and are now one."
        for id, first_id in same.items()
    )
    return _renamed(draft, same, {id: footnotes[id] for id in kept}), messages


def _numbered(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    footnotes = texts(draft)
    order = list(dict.fromkeys(id for _, ids in cells(draft) for id in ids if id in footnotes))
    gone = [id for id in footnotes if id not in order]
    new = {id: f"F{number}" for number, id in enumerate(order, 1)}
    messages = tuple(
        f"Footnote {id.removeprefix('F')} is removed, because no cell refers to it: {_cut(footnotes[id])}"
        for id in gone
    )
    if not gone and all(old == renamed for old, renamed in new.items()) and list(footnotes) == order:
        return draft, ()
    return _renamed(draft, new, {new[id]: footnotes[id] for id in order}), messages


def _renamed(draft: Draft, new: Mapping[str, str], listed: Mapping[str, str]) -> Draft:
    """The draft whose cells refer to footnotes by their new ids, with these footnotes."""
    for path, ids in cells(draft):
        draft = draft.with_notes(path, tuple(dict.fromkeys(new.get(id, id) for id in ids)))
    return draft.with_filing(footnotes=tuple(Footnote(id=id, text=text) for id, text in listed.items()))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return f'"{shortened(line, 40)}"'  # half a line
