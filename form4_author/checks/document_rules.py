"""The rules that a document alone can break, by the modules that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks.rules import (
    amendment,
    attachment,
    authority,
    average,
    bases,
    coding,
    date,
    derivative,
    direction,
    document,
    equity_swap,
    execution,
    exhibit,
    footnote,
    form,
    holding,
    joint_signature,
    leg,
    ownership,
    party,
    plan,
    price,
    relationship,
    reportable,
    signature,
    small_acquisition,
    swing,
    tally,
    terms,
    timeliness,
    title,
    trading,
    unconfirmed,
)

if TYPE_CHECKING:
    from form4_author.checks.base import Rule

__all__ = ["DOCUMENT_RULES"]

DOCUMENT_RULES: Final[tuple[Rule, ...]] = (
    *document.RULES,
    *attachment.RULES,
    *party.RULES,
    *relationship.RULES,
    *date.RULES,
    *trading.RULES,
    *timeliness.RULES,
    *unconfirmed.RULES,
    *coding.RULES,
    *equity_swap.RULES,
    *direction.RULES,
    *price.RULES,
    *average.RULES,
    *reportable.RULES,
    *small_acquisition.RULES,
    *ownership.RULES,
    *holding.RULES,
    *bases.RULES,
    *title.RULES,
    *tally.RULES,
    *derivative.RULES,
    *terms.RULES,
    *leg.RULES,
    *footnote.RULES,
    *exhibit.RULES,
    *plan.RULES,
    *signature.RULES,
    *joint_signature.RULES,
    *authority.RULES,
    *execution.RULES,
    *amendment.RULES,
    *form.RULES,
    *swing.RULES,
)
