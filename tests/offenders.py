"""Properties of many things in one test: every thing is asked, and the list of those that offend must be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["offenders"]

Case = TypeVar("Case")


def offenders(cases: Iterable[tuple[str, Case]], fault: Callable[[Case], str]) -> list[str]:
    """Name and fault of each case that has one; an empty fault is none.

    An exception goes on as it is, with the name of its case as a note. Fails where there is no case at all.
    """
    found, asked = [], 0
    for name, case in cases:
        asked += 1
        try:
            wrong = fault(case)
        except Exception as error:
            error.add_note(f"raised for {name}; cases after it were not asked")
            raise
        if wrong:
            found.append(f"{name}: {wrong}")
    assert asked > 0, "there is no case: nothing would be tested"
    return found
