"""Drafts as a file has them: the filing, what the interview holds, written reasons ⇄ typed draft.

What can't be read is kept as it is and written back in its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from form4_author.findings import Malformed
from form4_author.model.draft import Draft
from form4_author.model.interview import UnreadValue
from form4_author.text import ZonedDate, day_text
from form4_author.wire.draft_format import DRAFT_FORMAT, SCHEMA_URL, in_current_format
from form4_author.wire.filing import filing_data, filing_from
from form4_author.wire.interview import interview_data, interview_from, override_data, overrides_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing

__all__ = [
    "DRAFT_KEYS",
    "draft_data",
    "draft_from",
    "draft_of",
    "malformed_of",
]

DRAFT_KEYS: Final = ("$schema", "format", "overrides", "interview")
"""Keys of a draft that are not the filing's."""


def draft_from(filing: Filing) -> dict[str, Any]:
    """The draft of a filing: only what it holds, in the order of the form."""
    return {"$schema": SCHEMA_URL, "format": DRAFT_FORMAT, **filing_data(filing)}


def draft_of(data: Mapping[str, Any]) -> Draft:
    """The draft that the data of a file describe, in any format. What can't be read is kept, see ``draft_data``.

    Raises UnreadableInput (DOC-030) for a format that is newer than this program, or not a number.
    """
    data = in_current_format(data)
    overrides = overrides_from(data.get("overrides"))
    interview = replace(interview_from(data.get("interview")), overrides=overrides)
    draft = Draft(filing_from(data)[0], interview)
    unread = tuple(_unread(data, draft_data(draft), ()))
    return draft.with_interview(unread=unread) if unread else draft


def draft_data(draft: Draft) -> dict[str, Any]:
    """The data of a draft as a file has them, with what could not be read in its place."""
    data = draft_from(draft.filing)
    if draft.interview.overrides:
        data["overrides"] = [override_data(each) for each in draft.interview.overrides]
    interview = interview_data(draft.interview)
    if interview:
        data["interview"] = interview
    for each in sorted(draft.interview.unread, key=_written_back):
        _put_back(data, each.path, json.loads(each.json))
    return data


def _written_back(unread: UnreadValue) -> tuple[bool, int]:
    """Items of lists come last, those deepest in first: the indexes on the way to them are those of the records."""
    return isinstance(unread.path[-1], int), -len(unread.path)


def malformed_of(draft: Draft) -> tuple[Malformed, ...]:
    """The texts in the filing that are not spelled as their field asks for; a date with a zone is one of them."""
    zoned = (
        Malformed(path, day_text(value), None)
        for path, value in _dates(draft.filing)
        if isinstance(value, ZonedDate)
    )
    texts = ((each.path, json.loads(each.json)) for each in draft.interview.unread)
    unread = (
        Malformed(path[:-1] if path[-1] == "value" else path, text, None)
        for path, text in texts
        if isinstance(text, str) and path[0] != "interview"
    )
    return (*zoned, *unread)


def _dates(filing: Filing) -> Iterator[tuple[Path, date | None]]:
    """Every date of the filing, by its path."""
    yield from (
        ((name,), getattr(filing, name)) for name in ("period_of_report", "date_of_original_submission")
    )
    yield from ((("signatures", number, "date"), each.date) for number, each in enumerate(filing.signatures))
    for path, row in filing.rows():
        columns = ("transaction_date", "deemed_execution_date", "date_exercisable", "expiration_date")
        yield from (((*path, name), getattr(row, name).value) for name in columns if hasattr(row, name))


def _unread(given: object, read: object, path: Path) -> Iterator[UnreadValue]:
    """What is in the data given and not in those read from them, by place."""
    if isinstance(given, Mapping) and isinstance(read, Mapping):
        for key, inner in given.items():
            if key in read:
                yield from _unread(inner, read[key], (*path, key))
            elif not _is_blank(inner):
                yield UnreadValue((*path, key), json.dumps(inner, ensure_ascii=False))
    elif isinstance(given, list) and isinstance(read, list):
        yield from _unread_items(given, list(enumerate(read)), path)
    elif _is_other(given, read, path):
        yield UnreadValue(path, json.dumps(given, ensure_ascii=False))


def _is_other(given: object, read: object, path: Path) -> bool:
    """Whether what was read of a value is only a part of it, or is in its place."""
    if isinstance(given, Mapping):  # a cell
        whole = {name for name, inner in given.items() if not _is_blank(inner)} <= {"value"}
        return not whole or isinstance(given.get("value"), Mapping | list)
    return isinstance(given, list) or (path[-1] == "kind" and given != read)


def _unread_items(given: list[Any], read: list[tuple[int, Any]], path: Path) -> Iterator[UnreadValue]:
    """The items that are not of the kind of those read, by their place in the file; what was not read of the others."""
    for index, inner in enumerate(given):
        if read and isinstance(inner, type(read[0][1])):
            number, record = read.pop(0)
            yield from _unread(inner, record, (*path, number))
        else:
            yield UnreadValue((*path, index), json.dumps(inner, ensure_ascii=False))


def _is_blank(value: object) -> bool:
    """Whether it says no more than its absence."""
    if isinstance(value, Mapping):
        return all(_is_blank(inner) for inner in value.values())
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _put_back(data: Any, path: Path, value: object) -> None:  # noqa: ANN401  # JSON data
    """Put a value where it stood; where a record on the way is gone, it goes with it."""
    for depth, step in enumerate(path[:-1], 1):
        if isinstance(data, dict) and step not in data:
            into_list = isinstance(path[depth], int)
            if into_list and depth + 1 < len(path):
                return
            data[step] = [] if into_list else {}
        elif not isinstance(data, dict) and not (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            return
        data = data[step]
    last = path[-1]
    if isinstance(data, list) and isinstance(last, int):
        data.insert(last, value)
    elif isinstance(data, dict):
        data[last] = value
