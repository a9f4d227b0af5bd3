"""A rule's example, told in the form's words.

A rule's case file holds examples as edits of an example filing; people read ``Table I, line 1, column 3, Transaction
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
_KNOWN: Final = "known."
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
    each = [edit.strip() for edit in _SEPARATOR.split(edits) if edit.strip()]
    changes = [_edit(edit, name) for edit in each if not edit.startswith(_KNOWN)]
    facts = [_fact(edit.removeprefix(_KNOWN)) for edit in each if edit.startswith(_KNOWN)]
    base = f" (in the example filing “{name}”)"
    return ("; ".join(changes) or "As it stands") + base + (f"; known: {'; '.join(facts)}" if facts else "")


def _fact(edit: str) -> str:
    """What is known beside the filing, in words: ``issuer, foreign private: yes``."""
    path, _, value = edit.partition("=")
    place = ", ".join(
        str(step).replace("_", " ") if isinstance(step, str) else str(step + 1)
        for step in path_from_text(path.strip())
    )
    try:
        data: object = json.loads(value)
    except ValueError:
        data = value.strip()
    if isinstance(data, dict) and place.startswith("history"):
        return _prior(data)
    return f"{place}: {_fact_value(data, value.strip())}"


def _fact_value(data: object, text: str) -> str:
    if isinstance(data, bool):
        return "yes" if data else "no"
    if isinstance(data, list):
        return ", ".join(_fact_value(item, str(item)) for item in data) or "none"
    if isinstance(data, dict):
        return ", ".join(f"{k.replace('_', ' ')} {_fact_value(v, str(v))}" for k, v in data.items())
    return text.strip('"')


def _prior(data: dict[str, object]) -> str:
    """A prior filing in words."""
    example = str(data.get("example", "seed"))
    filed = f" filed {data['filed']}" if "filed" in data else ""
    edits = data.get("edits")
    listed = [_edit(str(edit), example) for edit in edits] if isinstance(edits, list) else []
    return f"a prior filing{filed}, the example “{example}”" + (
        f" with {'; '.join(listed)}" if listed else ""
    )


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
    return text if isinstance(data, int | float) and not isinstance(data, bool) else _data_text(data)


def _data_text(data: object) -> str:
    if isinstance(data, bool):
        return "checked" if data else "not checked"
    if isinstance(data, list):
        return "; ".join(_data_text(item) for item in data) or _NOTHING
    if isinstance(data, dict):
        if set(data) <= {"value", "footnotes"}:
            notes = "".join(f" ({str(n).removeprefix('F')})" for n in data.get("footnotes", ()))
            return f"{data.get('value', '')}{notes}".strip() or _NOTHING
        return ", ".join(f"{name.replace('_', ' ')} {_data_text(value)}" for name, value in data.items())
    return _NOTHING if data is None else str(data)
