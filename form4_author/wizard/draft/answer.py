"""Answers in a draft: reading and replacing them, and which of three states each is in.

A draft is plain data and is never changed in place: every function here returns a new one. ``interview.answered`` holds
what the filing itself can't show: that a value is our proposal, accepted as it stood (``defaulted``), or that the filer
said there is none (``none``). A blank is never stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any, Final

from form4_author.findings import Path, path_from_text
from form4_author.model.field import DOCUMENT, Field, Group, Need, rows_of
from form4_author.model.label import field_at

__all__ = [
    "TABLES",
    "AnswerState",
    "Data",
    "flat",
    "in_order",
    "mark",
    "node",
    "put",
    "rows",
    "shifted",
    "state",
    "text",
    "value",
]

Data = dict[str, Any]

TABLES: Final = ("non_derivative", "derivative")
"""The keys of Table I and Table II."""

_ANSWERED: Final[Path] = ("interview", "answered")


class AnswerState(Enum):
    """What is known about an answer."""

    GIVEN = "given"
    """The filer said so; also that there is none."""
    DEFAULTED = "defaulted"
    """A proposal that the filer let stand."""
    NOT_GIVEN = "not given"


def node(data: object, path: Path) -> object:
    """Whatever stands at the path; None when nothing does."""
    for step in path:
        if type(step) is str and isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return None
    return data


def value(data: Data, path: Path) -> object:
    """The bare value at a path, without a cell's footnotes; None when there is none."""
    cell = node(data, path)
    if len(path) == 3 and path[0] in TABLES and isinstance(cell, Mapping):
        return cell.get("value")
    return cell


def text(data: Data, path: str) -> str:
    """The text at a path written ``issuer.name``; empty when there is none."""
    answer = value(data, path_from_text(path))
    return answer if isinstance(answer, str) else ""


def put(data: Data, path: Path, new: object) -> Data:
    """The draft with another value at the path; None takes it out. A cell keeps its footnotes.

    Only what leads to the path is copied: both drafts have the rest, which nothing changes in place.
    """
    changed = dict(data)
    holder = _holder(changed, path)
    last = path[-1]
    if isinstance(holder, list):
        if isinstance(last, int):
            holder[last : last + 1] = [] if new is None else [new]
        return changed
    old = holder.get(last)
    if path[0] in TABLES and isinstance(old, dict) and old.get("footnotes") and not isinstance(new, dict):
        bare = {} if new is None else {"value": new}
        holder[last] = {**bare, "footnotes": old["footnotes"]}
    elif new is None:
        holder.pop(last, None)
    else:
        holder[last] = new
    return changed


def _holder(data: Any, path: Path) -> Any:  # noqa: ANN401  # JSON data: an object or a list at any depth
    """What holds the last step, in copies of all that leads there; what is not there yet is made."""
    for step, following in pairwise(path):
        kind: type = list if isinstance(following, int) else dict
        if isinstance(step, str):
            found = data.get(step)  # something else where this belongs: a draft written by hand
            data[step] = kind(found) if isinstance(found, kind) else kind()
        elif step < len(data):
            data[step] = copy(data[step])
        else:
            data.append(kind())
        data = data[step if isinstance(step, str) else min(step, len(data) - 1)]
    return data


def in_order(data: Data) -> Data:
    """The same draft with its keys in the order of the form, what is not the form's last: so that versions compare."""
    ordered = _ordered(data, DOCUMENT)
    first = {key: ordered.pop(key) for key in ("$schema", "format", "form") if key in ordered}
    last = {key: ordered.pop(key) for key in ("overrides", "interview") if key in ordered}
    return {**first, **ordered, **last}


def _ordered(part: object, group: Group) -> Any:  # JSON data  # JSON data  # noqa: ANN401  # JSON data
    if isinstance(part, list):
        return [_ordered(each, group) for each in part]
    if not isinstance(part, dict):
        return part
    order = {"kind": None, **_groups(group)}
    new = {key: part[key] for key in order if key in part}
    new |= {key: inner for key, inner in part.items() if key not in order}
    return {
        key: inner if (deeper := order.get(key)) is None else _ordered(inner, deeper)
        for key, inner in new.items()
    }


@cache
def _groups(group: Group) -> dict[str, Group | None]:
    """The keys of a record in the order of the form, with the group of what stands there when it is a record too."""
    groups: dict[str, Group | None] = {}
    for inner in group.nodes:
        if isinstance(inner, Field):
            groups.setdefault(inner.name, None)
        elif inner.name in TABLES:
            groups[inner.name] = rows_of(inner.name)[0]
        elif inner.name:
            groups[inner.name] = inner
        else:
            groups |= {key: deeper for key, deeper in _groups(inner).items() if key not in groups}
    return groups


def state(data: Data, id: str, paths: tuple[Path, ...]) -> AnswerState:
    """The state of the answer that sets these paths."""
    recorded = node(data, (*_ANSWERED, id))
    if any(value(data, path) not in (None, "") or _noted(data, path) for path in paths):
        return AnswerState.DEFAULTED if recorded == AnswerState.DEFAULTED.value else AnswerState.GIVEN
    return AnswerState.GIVEN if recorded == "none" else AnswerState.NOT_GIVEN


def _noted(data: Data, path: Path) -> bool:
    """Whether a footnote stands in place of the value, where the form allows that."""
    cell = node(data, path)
    if not path or path[0] not in TABLES or not isinstance(cell, Mapping) or not cell.get("footnotes"):
        return False
    field = field_at(path)
    return field is not None and field.need in (Need.VALUE_OR_NOTE, Need.OPTIONAL)


def mark(data: Data, id: str, how: str | None) -> Data:
    """The draft that remembers ``defaulted`` or ``none`` of an answer; None: nothing to remember."""
    if how is None and node(data, (*_ANSWERED, id)) is None:
        return data
    return put(data, (*_ANSWERED, id), how)


def rows(data: Data) -> Iterator[tuple[str, int, Data]]:
    """Every row: table, index, and its data, Table I first."""
    for table in TABLES:
        listed = data.get(table)
        for index, row in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(row, dict):
                yield table, index, row


def flat(row: Data) -> dict[str, str]:
    """The texts in a row, without footnotes; flags and empty cells left out."""
    found = {name: cell.get("value") if isinstance(cell, dict) else cell for name, cell in row.items()}
    return {name: cell for name, cell in found.items() if isinstance(cell, str) and cell}


def shifted(data: Data, name: str, order: Mapping[int, int | None]) -> Data:
    """The draft whose notes about items of a list follow the items to their new places.

    ``order``: new index by old one, None for an item that is gone. The list itself is the caller's business.
    """
    interview = data.get("interview")
    if not isinstance(interview, dict):
        return data
    return {**data, "interview": _renamed(interview, name, order)}


def _renamed(part: object, name: str, order: Mapping[int, int | None]) -> Any:  # JSON data  # JSON data  # noqa: ANN401  # JSON data
    if isinstance(part, dict):
        pairs = ((_place(key, name, order), _renamed(inner, name, order)) for key, inner in part.items())
        return {key: inner for key, inner in pairs if key is not None and inner is not None}
    if isinstance(part, list):
        return [new for inner in part if (new := _renamed(inner, name, order)) is not None]
    return _place(part, name, order) if isinstance(part, str) else part


def _place(place: str, name: str, order: Mapping[int, int | None]) -> str | None:
    """The id or path with its index replaced; None when its item is gone."""
    if not place.startswith(f"{name}["):
        return place
    number, closed, rest = place[len(name) + 1 :].partition("]")
    if not closed or not number.isdecimal() or int(number) not in order:
        return place
    new = order[int(number)]
    return None if new is None else f"{name}[{new}]{rest}"
