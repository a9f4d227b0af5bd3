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

_NAMED: Final = re.compile(r"@([a-z0-9_]+):\s*")
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
    told = [_edit(edit.strip(), name) for edit in re.split(r";\s+", edits) if edit.strip()]
    base = f" (in the example filing “{name}”)"
    return ("; ".join(told) if told else "As it stands") + base


def _edit(edit: str, name: str) -> str:
    match = _EDIT.match(edit)
    if match is None:
        return edit
    path = path_from_text(match["deleted"] or match["path"])
    base = name[-1] if name in ("form3", "form5") else "4"
    place = label(path, base) or path_text(path)
    return f"{place}: nothing" if match["deleted"] else f"{place}: {_value(match['value'])}"


def _value(text: str) -> str:
    try:
        data = json.loads(text)
    except ValueError:
        return text
    if isinstance(data, dict) and set(data) <= {"value", "footnotes"}:
        notes = "".join(f" ({str(n).removeprefix('F')})" for n in data.get("footnotes", ()))
        return f"{data.get('value', '')}{notes}".strip()
    if isinstance(data, bool):
        return "ticked" if data else "not ticked"
    return text
