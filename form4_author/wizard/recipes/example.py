"""The worked example of each event, ``examples.yaml`` beside this module: what was asked, and what followed.

A test puts each one through the interview and holds the file to what it gives.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["FILE", "EventExample", "event_examples"]

FILE: Final = Path(__file__).with_name("examples.yaml")


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
    import yaml

    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        id: EventExample(
            tuple((question, answer) for each in example["asked"] for question, answer in each.items()),
            tuple(example["lines"]),
            tuple(example["notes"]),
        )
        for id, example in data.items()
    }
