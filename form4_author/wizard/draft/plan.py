"""The Rule 10b5-1 plans of a draft, and the rows under each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from form4_author.model.interview import TradingPlan

if TYPE_CHECKING:
    from form4_author.model.draft import Draft

__all__ = ["plan_of_row", "plans_of", "rows_under", "with_row_under"]


def plans_of(draft: Draft) -> int:
    """How many plans the draft has answers on."""
    return len(draft.interview.plans)


def rows_under(draft: Draft, number: int) -> tuple[str, ...]:
    """The rows under the n-th plan: ``non_derivative[0]``."""
    plans = draft.interview.plans
    return (plans[number].rows or ()) if number < len(plans) else ()


def plan_of_row(draft: Draft, where: str) -> int | None:
    """The number of the plan that a row is under; None where it is under none."""
    return next((n for n, plan in enumerate(draft.interview.plans) if where in (plan.rows or ())), None)


def with_row_under(draft: Draft, where: str, number: int) -> Draft:
    """The draft in which a row is under the n-th plan as well; one past the last is a new one."""
    plans = draft.interview.plans
    plan = plans[number] if number < len(plans) else TradingPlan()
    plan = replace(plan, rows=(*(plan.rows or ()), where))
    return draft.with_interview(plans=(*plans[:number], plan, *plans[number + 1 :]))
