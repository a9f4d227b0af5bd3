"""What earlier versions wrote into the interview of a draft, as it is written now (see ``docs/draft.md``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["with_lines_apart", "with_plans_listed"]

_SLOTS: Final = ("plan", "plan_2", "plan_3")
_OF_ALL: Final = ("any", "box")
"""What ``plan`` has of all plans together."""
_OF_LINE: Final = ("table", "source", "running", "dormant", "twin", "notes", "asked", "beside", "actions")
"""What a line of the last filing has beside its cells."""
_ANSWER: Final = re.compile(r"note_[0-9]+\Z")


def with_lines_apart(data: Mapping[str, Any]) -> dict[str, Any]:
    """The draft in which the cells of a line of the last filing, and the answers on its footnotes, stand apart.

    In format 1 they stood among what is known of the line.
    """
    interview = data.get("interview")
    if not isinstance(interview, dict):
        return dict(data)
    lines = {
        name: [_line_apart(line) for line in listed]
        for name in ("carried", "series")
        if isinstance(listed := interview.get(name), list)
    }
    return {**data, "interview": {**interview, **lines}}


def _line_apart(line: object) -> object:
    if not isinstance(line, dict):
        return line
    own = {name: value for name, value in line.items() if name in _OF_LINE or not isinstance(value, str)}
    others = {name: value for name, value in line.items() if name not in own}
    answers = {name: value for name, value in others.items() if _ANSWER.match(name)}
    cells = {name: value for name, value in others.items() if name not in answers}
    return {**own, **({"cells": cells} if cells else {}), **({"answers": answers} if answers else {})}


def with_plans_listed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The draft whose Rule 10b5-1 plans are the list ``interview.plans``.

    They were kept as ``interview.plan``, ``plan_2`` and ``plan_3``. A draft that has the list is left as it is.
    """
    interview = data.get("interview")
    if not isinstance(interview, dict) or "plans" in interview:
        return dict(data)
    slots = [found if isinstance(found := interview.get(name), dict) else {} for name in _SLOTS]
    plans = [{name: value for name, value in slot.items() if name not in _OF_ALL} for slot in slots]
    while plans and not plans[-1]:
        plans.pop()
    if len(plans) == len(_SLOTS):
        plans[-1].setdefault("another", "no")  # which was not asked, as there was no place for it
    shared = {name: value for name, value in slots[0].items() if name in _OF_ALL}
    others = {name: value for name, value in interview.items() if name not in _SLOTS}
    others |= {name: value for name, value in (("plan", shared), ("plans", plans)) if value}
    return {**data, "interview": others}
