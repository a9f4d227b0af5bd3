"""A draft as its file has it, for tests: read and changed at a path, its rows, and what follows from its answers."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from form4_author.model.draft import TABLES
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft.consequence import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.draft import Draft

Data = dict[str, Any]


def node(data: Any, path: Path) -> Any:
    """Whatever stands at the path; None when nothing does."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def put(data: Data, path: Path, new: Any) -> Data:
    """The draft with another value at the path; None takes it out. A cell keeps its footnotes."""
    changed = deepcopy(data)
    holder: Any = changed
    for step, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(holder, list) and isinstance(step, int):
            holder += [empty] if step == len(holder) else []
        else:
            holder.setdefault(step, empty)
        holder = holder[step]
    last = path[-1]
    if isinstance(holder, list) and isinstance(last, int):
        holder[last : last + 1] = [] if new is None else [new]
        return changed
    old = holder.get(last)
    if isinstance(old, dict) and old.get("footnotes") and not isinstance(new, dict):
        new = {**({} if new is None else {"value": new}), "footnotes": old["footnotes"]}
    if new is None:
        holder.pop(last, None)
    else:
        holder[last] = new
    return changed


def rows(data: Mapping[str, Any]) -> Iterator[tuple[str, int, Data]]:
    """Every row: table, index, and its data, Table I first."""
    for table in TABLES:
        yield from ((table, index, row) for index, row in enumerate(data.get(table, ())))


def flat(row: Mapping[str, Any]) -> dict[str, str]:
    """The texts in a row, without footnotes; flags and empty cells left out."""
    found = {name: cell.get("value") if isinstance(cell, dict) else cell for name, cell in row.items()}
    return {name: cell for name, cell in found.items() if isinstance(cell, str) and cell}


def with_change(data: Data, change: Callable[..., Draft], *arguments: Any) -> Data:
    """The draft after a change, which is a function of it and these arguments."""
    return draft_data(change(draft_of(data), *arguments))


def drawn(data: Mapping[str, Any], today: date) -> tuple[Data, tuple[str, ...]]:
    """The draft with its consequences drawn, and the words on them."""
    draft, messages = settled(draft_of(data), today)
    return draft_data(draft), messages
