"""The Rule 10b5-1 plans of a draft, one list, and the rows under each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard.draft.answer import Data, node, put

if TYPE_CHECKING:
    from form4_author.findings import Path

__all__ = ["LISTED", "plan_of_row", "plans_of", "rows_under", "with_row_under"]

LISTED: Final[Path] = ("interview", "plans")
"""Where the answers on each plan are kept."""


def plans_of(data: Data) -> int:
    """How many plans the draft has answers on."""
    listed = node(data, LISTED)
    return len(listed) if isinstance(listed, list) else 0


def rows_under(data: Data, number: int) -> tuple[str, ...]:
    """The rows under the n-th plan: ``non_derivative[0]``."""
    listed = node(data, (*LISTED, number, "rows"))
    return tuple(listed) if isinstance(listed, list) else ()


def plan_of_row(data: Data, where: str) -> int | None:
    """The number of the plan that a row is under; None where it is under none."""
    return next((number for number in range(plans_of(data)) if where in rows_under(data, number)), None)


def with_row_under(data: Data, where: str, number: int) -> Data:
    """The draft in which a row is under the n-th plan as well."""
    return put(data, (*LISTED, number, "rows"), [*rows_under(data, number), where])
