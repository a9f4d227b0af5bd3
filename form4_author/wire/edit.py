"""Fixes and other edits made in a draft.

An edit names a cell as a finding's path does. One of a fix changes nothing where its row or record is not in the
draft; one that a user writes is refused there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.findings import path_text
from form4_author.model.draft import TABLES, typed_value
from form4_author.model.filing import Footnote
from form4_author.model.label import field_at, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.findings import Edit, Fix, Path
    from form4_author.model.draft import Draft

__all__ = ["Change", "edited", "with_fix"]

_NOTHING: Final = "(nothing)"


@dataclass(frozen=True, slots=True)
class Change:
    """What one edit did at a place, as a person reads it: ``1300 (F1)``."""

    path: Path
    """``("footnotes", "F3")`` for a footnote that is added."""
    before: str
    after: str


def with_fix(draft: Draft, fix: Fix) -> tuple[Draft, tuple[Change, ...]]:
    """The draft with the fix made, and the changes; no changes where all of it was there already."""
    changes = []
    for edit in fix.edits:
        after = _edited(draft, edit)
        if after != draft:
            path = edit.path[:-1] if _is_of_notes(edit.path) else edit.path
            changes.append(Change(path, _displayed(draft, path), _displayed(after, path)))
            draft = after
    return draft, tuple(changes)


def edited(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft with these edits made; a cell keeps its footnotes.

    Raises MalformedValue for a place that the draft does not have, and for a value that its field cannot hold.
    """
    for edit in edits:
        path, value = edit
        if not path or not _is_there(draft, path):
            raise MalformedValue(
                f"The filing has no place {path_text(path)}",
                remedy="Write it as a finding does, such as non_derivative[0].price",
            )
        if value not in (None, "") and typed_value(field_at(path), value) is None:
            raise MalformedValue(f'"{value}" cannot be read as {label(path) or path_text(path)}')
        draft = _edited(draft, edit)
    return draft


def _is_of_notes(path: Path) -> bool:
    return len(path) > 2 and path[-1] == "footnotes"


def _edited(draft: Draft, edit: Edit) -> Draft:
    path, value = edit
    if path[0] == "footnotes" and len(path) == 2 and isinstance(path[1], str):
        if path[1] in draft.filing.footnote_texts():
            return draft
        note = Footnote(id=path[1], text=value if isinstance(value, str) else None)
        return draft.with_filing(footnotes=(*draft.filing.footnotes, note))
    if not _is_there(draft, path):
        return draft
    if _is_of_notes(path):
        return draft.with_notes(path[:-1], value if isinstance(value, tuple) else ())
    return draft.with_(path, value)


def _is_there(draft: Draft, path: Path) -> bool:
    """Whether the draft has the row or record of a path, and the path ends in a field."""
    if field_at(path[:-1] if _is_of_notes(path) else path) is None:
        return False
    index = path[1] if len(path) > 1 else None
    return not isinstance(index, int) or index < draft.count(str(path[0]))


def _displayed(draft: Draft, path: Path) -> str:
    if path[0] == "footnotes":
        return draft.filing.footnote_texts().get(str(path[1]), _NOTHING)
    value = draft.value(path)
    text = ("yes" if value else "no") if isinstance(value, bool) else value or ""
    ids = draft.cell(path).footnotes if path[0] in TABLES else ()
    marks = f" ({', '.join(ids)})" if ids else ""
    return f"{text}{marks}".strip() or _NOTHING
