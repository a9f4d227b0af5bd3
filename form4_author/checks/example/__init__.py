"""Example filings as drafts, and edits of them.

The case files of the rules say what a rule rejects and accepts as edits of one of these. An edit is
``path = value`` or ``delete path``; edits are separated by semicolons; the first word may name the example
(``@exercise:``), which is the seed otherwise. A value is JSON when it is an object, an array, a quoted text, ``true``,
``false`` or ``null``, and otherwise text as written. An index one past the end of a list adds to it.

    edited("@exercise: derivative[0].price = 12.50; delete footnotes[1]")

What is known beside the filing is below ``known``, with the keys of a facts file; prior filings and
open drafts are examples too:
``known.history[0] = {"example": "seed", "filed": "2024-11-04", "edits": ["remarks = Late."]}``. The function ``known``
takes all of it out of the draft again.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import MalformedValue
from form4_author.findings import path_from_text
from form4_author.model.facts import NO_FACTS, Facts, OpenDraft, PriorFiling, StartedFrom
from form4_author.text import amount, day
from form4_author.wire.facts import facts_from
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from form4_author.model.filing import Filing

__all__ = ["DEFAULT", "apply", "draft", "edited", "known", "names"]

DEFAULT: Final = "seed"
"""The example an edit text works on when it names none."""

_HERE: Final = Path(__file__).parent
_SEPARATOR: Final = re.compile(r";\s+(?=delete\s+\S|[a-z_][\w.\[\]]*\s*=)")
_NAMED: Final = re.compile(r"@([a-z0-9_]+):?\s*")
_ASSIGNED: Final = re.compile(r"([\w.\[\]]+)\s*=\s*(.*)", re.DOTALL)
_DELETED: Final = re.compile(r"delete\s+([\w.\[\]]+)")
_JSON_STARTS: Final = ("{", "[", '"')
_LITERALS: Final = ("true", "false", "null")


def names() -> tuple[str, ...]:
    """The examples there are, in alphabetical order."""
    return tuple(sorted(file.stem for file in _HERE.glob("*.json")))


def draft(name: str = DEFAULT) -> dict[str, Any]:
    """A fresh copy of an example.

    Raises MalformedValue when there is none of that name.
    """
    text = _text(name)
    data: dict[str, Any] = json.loads(text)
    return data


def edited(text: str) -> dict[str, Any]:
    """The example that the text names, with its edits made.

    Raises MalformedValue for an unknown example, an edit that can't be read, or a path that leads nowhere.
    """
    named = _NAMED.match(text)
    data = draft(named[1] if named else DEFAULT)
    rest = text[named.end() :] if named else text
    for edit in _SEPARATOR.split(rest.strip()):
        if edit.strip():
            apply(data, edit.strip().rstrip(";").rstrip())
    return data


def known(data: dict[str, Any]) -> Facts:
    """The facts beside the filing, taken out of the draft.

    Raises UnreadableInput or MalformedValue where they are not facts.
    """
    told = data.pop("known", None)
    if told is None:
        return NO_FACTS
    earlier, drafts, start = (told.pop(name, None) for name in ("history", "open_drafts", "started_from"))
    facts = facts_from(told, None if earlier is None else tuple(_prior(entry) for entry in earlier))
    return replace(
        facts,
        open_drafts=None if drafts is None else tuple(map(_open_draft, drafts)),
        started_from=None if start is None else _start(start),
    )


def _open_draft(entry: dict[str, Any]) -> OpenDraft:
    """An example as another draft of the person."""
    return OpenDraft(entry.get("file", ""), entry["what"], _example(entry), bool(entry.get("filed")))


def _start(entry: dict[str, Any]) -> StartedFrom:
    held = tuple((line, amount(total)) for line, total in entry["held"].items())
    return StartedFrom(entry["file"], entry["what"], held)


def _example(entry: dict[str, Any]) -> Filing:
    """An example with its edits."""
    data = draft(entry.get("example", DEFAULT))
    for edit in entry.get("edits", ()):
        apply(data, edit)
    return filing_from(data)[0]


def _prior(entry: dict[str, Any]) -> PriorFiling:
    """An example as a filing that was filed before."""
    return PriorFiling(
        filing=_example(entry),
        filed=day(entry["filed"]) if "filed" in entry else None,
        accession_number=entry.get("accession_number"),
        file=entry.get("file", ""),
    )


def apply(data: dict[str, Any], edit: str) -> None:
    """Make one edit in a draft.

    Raises MalformedValue for an edit that can't be read or a path that leads nowhere.
    """
    if deleted := _DELETED.fullmatch(edit):
        holder, last = _holder(data, deleted[1])
        _delete(holder, last, edit)
    elif assigned := _ASSIGNED.fullmatch(edit):
        holder, last = _holder(data, assigned[1])
        _set(holder, last, _value(assigned[2].strip()), edit)
    else:
        raise MalformedValue(f'"{edit}" is not an edit such as owners[0].cik = 1234 or delete remarks')


@cache
def _text(name: str) -> str:
    file = _HERE / f"{name}.json"
    if not file.is_file():
        raise MalformedValue(f'there is no example "{name}"; there are {", ".join(names())}')
    return file.read_text(encoding="ascii")


def _value(text: str) -> object:
    if text in _LITERALS or text.startswith(_JSON_STARTS):
        value: object = json.loads(text)
        return value
    return text


def _holder(data: dict[str, Any], path: str) -> tuple[object, str | int]:
    """What holds the last step of the path; objects and lists on the way that are not there yet are made."""
    *steps, last = path_from_text(path)
    holder: object = data
    for step, following in zip(steps, (*steps, last)[1:], strict=True):
        made: object = [] if isinstance(following, int) else {}
        if isinstance(step, str) and isinstance(holder, dict):
            holder = holder.setdefault(step, made)
        elif isinstance(step, int) and isinstance(holder, list) and step <= len(holder):
            if step == len(holder):
                holder.append(made)
            holder = holder[step]
        else:
            raise MalformedValue(f'"{path}" leads nowhere in the example')
    return holder, last


def _set(holder: object, last: str | int, value: object, edit: str) -> None:
    if isinstance(last, str) and isinstance(holder, dict):
        holder[last] = value
    elif isinstance(last, int) and isinstance(holder, list) and last <= len(holder):
        holder[last : last + 1] = [value]
    else:
        raise MalformedValue(f'"{edit}" leads nowhere in the example')


def _delete(holder: object, last: str | int, edit: str) -> None:
    if isinstance(holder, dict) and isinstance(last, str):
        there = last in holder
        holder.pop(last, None)
    elif isinstance(holder, list) and isinstance(last, int):
        there = last < len(holder)
        holder[last : last + 1] = []
    else:
        there = False
    if not there:
        raise MalformedValue(f'"{edit}": there is nothing of that name to delete')
