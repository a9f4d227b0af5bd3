"""A rule's example, told in the form's words.

Rule docstrings hold examples as edits of an example filing; people read ``Table I, line 1, column 3, Transaction
Code: V``.
"""

from __future__ import annotations

import json
import re
from typing import Final

from form4_author.findings import path_from_text, path_text
from form4_author.model.label import label

__all__ = ["example_text"]

_NOTHING: Final = "nothing"
_NAMED: Final = re.compile(r"@([a-z0-9_]+):?\s*")
_SEPARATOR: Final = re.compile(r";\s+(?=delete\s+\S|[a-z_][\w.\[\]]*\s*=)")
"""As ``checks.example`` separates edits: a semicolon within a text does not."""
_EDIT: Final = re.compile(
    r"(?:delete\s+(?P<deleted>\S+)|(?P<path>[\w.\[\]]+)\s*=\s*(?P<value>.*))\Z", re.DOTALL
)


def example_text(example: str) -> str:
    """The example as a sentence; the whole example filing when nothing is edited."""
    if example.startswith("XML:"):
        return example.removeprefix("XML:").strip()
    named = _NAMED.match(example)
    name = named[1] if named else "seed"
    edits = example[named.end() :] if named else example
    told = [_edit(edit.strip(), name) for edit in _SEPARATOR.split(edits) if edit.strip()]
    base = f" (in the example filing “{name}”)"
    return ("; ".join(told) if told else "As it stands") + base


def _edit(edit: str, name: str) -> str:
    match = _EDIT.match(edit)
    if match is None:
        return edit
    path = path_from_text(match["deleted"] or match["path"])
    base = name[-1] if name in ("form3", "form5") else "4"
    place = label(path, base) or path_text(path)
    return f"{place}: {_NOTHING}" if match["deleted"] else f"{place}: {_value(match['value'])}"


def _value(text: str) -> str:
    try:
        data: object = json.loads(text)
    except ValueError:
        return text
    # Digits are JSON too, but an amount or a date stays as it is written.
    return text if isinstance(data, int | float) and not isinstance(data, bool) else _told(data)


def _told(data: object) -> str:
    if isinstance(data, bool):
        return "ticked" if data else "not ticked"
    if isinstance(data, list):
        return "; ".join(_told(item) for item in data) or _NOTHING
    if isinstance(data, dict):
        if set(data) <= {"value", "footnotes"}:
            notes = "".join(f" ({str(n).removeprefix('F')})" for n in data.get("footnotes", ()))
            return f"{data.get('value', '')}{notes}".strip() or _NOTHING
        return ", ".join(f"{name.replace('_', ' ')} {_told(value)}" for name, value in data.items())
    return _NOTHING if data is None else str(data)
