"""What earlier versions wrote into the interview of a draft, as it is written now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["with_plans_listed"]

_SLOTS: Final = ("plan", "plan_2", "plan_3")
_OF_ALL: Final = ("any", "box")
"""What ``plan`` has of all plans together."""


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
