"""The worked example of each event, ``examples.yaml`` beside the recipes: what was asked, and what followed.

A test puts each one through the interview and holds the file to what it gives.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from form4_author.files.draft_file import read_data
from form4_author.wizard import recipes

__all__ = ["FILE", "EventExample", "event_examples"]

FILE: Final = Path(recipes.__file__).with_name("examples.yaml")


class EventExample(NamedTuple):
    """An event as it was answered once."""

    asked: tuple[tuple[str, str], ...]
    """Each question in its order, and its answer."""
    lines: tuple[str, ...]
    """The lines of the form that followed, and totals that changed without one."""
    notes: tuple[str, ...]
    """The footnotes."""


@cache
def event_examples() -> dict[str, EventExample]:
    """The examples by the id of their recipe."""
    data: Any = read_data(FILE)
    return {
        id: EventExample(
            tuple((question, answer) for each in example["asked"] for question, answer in each.items()),
            tuple(example["lines"]),
            tuple(example["notes"]),
        )
        for id, example in data.items()
    }
