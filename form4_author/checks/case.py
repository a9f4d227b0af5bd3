"""The case file of a rule, ``cases/<ID>.yaml``: what the rule accepts and rejects, and the example that is explained.

The first case of each side is the example: its base and edits alone show the point. ``tests/checks/test_cases.py``
describes the format. No check reads these files.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from form4_author.checks.example import DEFAULT

__all__ = ["FOLDER", "Example", "case_file", "example"]

FOLDER: Final = Path(__file__).parent / "cases"
"""Where the case files are."""


class Example(NamedTuple):
    """What a rule rejects and what it accepts: edits of an example filing, or ``XML:`` and what a file shows."""

    rejected: str
    accepted: str


@cache
def case_file(id: str) -> dict[str, Any]:
    """The case file of the rule with this id, every scalar as the text that was written."""
    import yaml

    text = (FOLDER / f"{id}.yaml").read_text(encoding="utf-8")
    # In C where the library was built with it, ten times faster; either makes only text, lists and dicts.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    data: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506
    return data


def example(id: str) -> Example:
    """The example of the rule with this id."""
    head = case_file(id)
    return Example(_text(head, head["reject"][0]), _text(head, head["accept"][0]))


def _text(head: dict[str, Any], case: dict[str, Any]) -> str:
    """A case as one text of edits."""
    if "shown" in case:
        return f"XML: {case['shown']}"
    base = case.get("base", head.get("base", DEFAULT))
    edits = "; ".join(case.get("edits", ()))
    return edits if base == DEFAULT else f"@{base}: {edits}".rstrip()
