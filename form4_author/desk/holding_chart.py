"""What is drawn of a person's holdings: each line of the ledger with its balances over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.checks.audit.course import HeldPoint, HoldingCourse
from form4_author.errors import Form4Error
from form4_author.page.chart_page import HeldStep, HoldingCharts
from form4_author.register.explanation import steps, words_of_step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from form4_author.register.account import Balance
    from form4_author.register.table import Relationship

__all__ = ["holding_charts"]


def holding_charts(relation: Relationship, lines: Sequence[Balance], as_of: date | None) -> HoldingCharts:
    """The lines that are counted in shares or securities, by table, up to a day (default: all).

    Raises Form4Error where there is none.
    """
    drawn: dict[str, list[HoldingCourse]] = {"non_derivative": [], "derivative": []}
    listed: list[HeldStep] = []
    for balance in lines:
        account = steps(balance.line, as_of)
        if balance.in_dollars or not account:
            continue
        name = balance.line.name
        drawn[balance.line.table].append(
            HoldingCourse(name, tuple(HeldPoint(step.day, step.balance) for step in account))
        )
        listed += [
            HeldStep(step.day, name, step.balance, next(iter(words_of_step(step)))) for step in account
        ]
    courses = tuple((table, tuple(courses)) for table, courses in drawn.items() if courses)
    if not courses:
        raise Form4Error(
            f"{relation.person.name} has no line to draw", remedy="Import a filing that reports holdings"
        )
    listed.sort(key=lambda step: (step.day, step.line))
    return HoldingCharts(relation.person.name, relation.issuer.name, courses, tuple(listed))
