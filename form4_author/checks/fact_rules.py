"""The rules that ask for facts beside the document (history, register, clock), by the modules that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks.rules import (
    authentication,
    clock,
    history,
    market,
    match,
    open_draft,
    register,
    restatement,
    spelling,
    split,
)

if TYPE_CHECKING:
    from form4_author.checks.base import Rule

__all__ = ["FACT_RULES"]

FACT_RULES: Final[tuple[Rule, ...]] = (
    *market.RULES,
    *history.RULES,
    *restatement.RULES,
    *register.RULES,
    *authentication.RULES,
    *clock.RULES,
    *match.RULES,
    *split.RULES,
    *spelling.RULES,
    *open_draft.RULES,
)
