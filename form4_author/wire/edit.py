"""Fixes made in a draft, and undone again.

An edit speaks of a cell as a finding's path does; here it meets the draft's two spellings of a cell, bare value or
``{"value": …, "footnotes": […]}``. What stood there before is kept, so that every change can be taken back.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from form4_author.model.label import field_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from form4_author.findings import Edit, Fix, Path

__all__ = ["ABSENT", "Change", "mended", "undone"]


class _Absent:
    """Stands for a key that is not there."""


ABSENT: Final = _Absent()
"""What a cell held that was not in the draft, or holds once it is taken out."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one edit did to the draft's data at a place."""

    path: Path
    before: object
    """As the draft had it, footnotes included; ABSENT where it had nothing."""
    after: object


def mended(draft: Mapping[str, Any], fix: Fix) -> tuple[dict[str, Any], tuple[Change, ...]]:
    """A copy of the draft with the fix made, and the changes; no changes where all of it stood there already.

    An edit whose row or footnote is not in the draft changes nothing.
    """
    data = deepcopy(dict(draft))
    changes = [change for edit in fix.edits for change in _apply(data, edit)]
    return data, tuple(changes)


def undone(draft: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """A copy of the draft with the changes taken back, the last one first."""
    data = deepcopy(dict(draft))
    for change in reversed(tuple(changes)):
        holder = _holder(data, change.path)
        if holder is not None:
            _put(holder, change.path[-1], change.before)
    return data


def _apply(data: dict[str, Any], edit: Edit) -> Iterable[Change]:
    if edit.path[0] == "footnotes" and len(edit.path) == 2 and isinstance(edit.path[1], str):
        yield from _footnote_added(data, edit.path[1], edit.value)
        return
    of_notes = len(edit.path) > 2 and edit.path[-1] == "footnotes"
    path = edit.path[:-1] if of_notes else edit.path
    place = _first_missing(data, path)
    holder = _holder(data, place)
    if holder is None or (place != path and field_at(place) is not None):
        return
    before = _value(holder, place[-1])
    after = _with_notes(before, edit.value) if of_notes else _with_value(before, edit.value)
    for step in reversed(path[len(place) :]):
        after = ABSENT if after is ABSENT else {step: after}
    if after != before:
        _put(holder, place[-1], after)
        yield Change(place, before, after)


def _footnote_added(data: dict[str, Any], id: str, text: object) -> Iterable[Change]:
    """A footnote of this id behind the others; nothing where there is one of the id."""
    before = _value(data, "footnotes")
    listed = before if isinstance(before, list) else []
    if not any(isinstance(each, dict) and each.get("id") == id for each in listed):
        after = [*listed, {"id": id, "text": text}]
        _put(data, "footnotes", after)
        yield Change(("footnotes",), before, after)


def _first_missing(data: dict[str, Any], path: Path) -> Path:
    """The path up to the first record on the way that is not there; the path itself where all of them are."""
    for length in range(1, len(path)):
        holder = _holder(data, path[:length])
        if holder is not None and path[length - 1] not in holder and isinstance(path[length], str):
            return path[:length]
    return path


def _holder(data: dict[str, Any], path: Path) -> dict[Any, Any] | None:
    """The record that holds the last step of a path; None where the path leads nowhere."""
    holder: Any = data
    for step in path[:-1]:
        there = step in holder if isinstance(holder, dict) else _is_index(holder, step)
        if not there:
            return None
        holder = holder[step]
    return holder if isinstance(holder, dict) else None


def _is_index(holder: object, step: str | int) -> bool:
    return isinstance(holder, list) and isinstance(step, int) and step < len(holder)


def _value(holder: dict[Any, Any], key: str | int) -> object:
    return deepcopy(holder[key]) if key in holder else ABSENT


def _put(holder: dict[Any, Any], key: str | int, value: object) -> None:
    if value is ABSENT:
        holder.pop(key, None)
    else:
        holder[key] = deepcopy(value)


def _parts(cell: object) -> tuple[object, list[object]]:
    """Value and footnotes of a cell in either spelling."""
    if isinstance(cell, dict):
        notes = cell.get("footnotes")
        return cell.get("value", ABSENT), list(notes) if isinstance(notes, list) else []
    return cell, []


def _cell(value: object, notes: list[object]) -> object:
    """The cell in the shorter spelling that holds it; ABSENT when nothing is left."""
    if not notes:
        return value
    return {"footnotes": notes} if value is ABSENT else {"value": value, "footnotes": notes}


def _with_value(cell: object, value: object) -> object:
    return _cell(ABSENT if value is None else value, _parts(cell)[1])


def _with_notes(cell: object, notes: object) -> object:
    return _cell(_parts(cell)[0], list(notes) if isinstance(notes, tuple) else [])
