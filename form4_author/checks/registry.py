"""All rules, joined from the modules that hold them; nothing registers itself by being imported."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from form4_author.checks.rules import (
    amendment,
    attachment,
    coding,
    date,
    derivative,
    direction,
    document,
    footnote,
    leg,
    ownership,
    party,
    plan,
    schema,
    signature,
    tally,
)

if TYPE_CHECKING:
    from form4_author.checks.base import Rule

__all__ = ["by_id", "rules", "running"]

_MODULES = (
    schema,
    document,
    attachment,
    party,
    date,
    coding,
    direction,
    ownership,
    tally,
    derivative,
    leg,
    footnote,
    plan,
    signature,
    amendment,
)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by id."""
    return tuple(sorted((r for module in _MODULES for r in module.RULES), key=lambda r: r.id))


@cache
def by_id() -> dict[str, Rule]:
    """Rules by id.

    Raises ValueError when two share one: a bug in the declarations.
    """
    found: dict[str, Rule] = {}
    for rule in rules():
        if rule.id in found:
            raise ValueError(f"two rules have the id {rule.id}")
        found[rule.id] = rule
    return found


@cache
def running() -> tuple[Rule, ...]:
    """The rules that have a check of their own."""
    return tuple(r for r in rules() if r.check is not None)
