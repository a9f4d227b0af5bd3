"""The person's earlier forms with the issuer, as rules ask for them and mention them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.ledger.history import earlier
from form4_author.text import Pattern, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from form4_author.checks.base import Context
    from form4_author.model.facts import Adjustment, PriorFiling
    from form4_author.model.filing import Filing

__all__ = ["EXPLAINED", "adjustment_words", "forms_before", "prior_words", "signed_words"]

EXPLAINED: Final = Pattern(
    r"split|dividend|reinvest|purchase plan|\bespp\b|401\(k\)|savings plan|transferr?ed|previously|adjust"
    r"|reclassif|exempt"
    r"|includes? (?:shares|[\d,]+)|not reported|change in form|distribut|correct|domestic relations|exchange",
    re.IGNORECASE,
)
"""Words of a footnote or remark that may explain why a total does not continue from the last form."""
_MINUS: Final = "\u2212"


def forms_before(filing: Filing, context: Context) -> tuple[PriorFiling, ...]:
    """The forms filed before this one, oldest first."""
    return earlier(filing, context.facts.history or (), context.filing_day or _signed(filing))


def _signed(filing: Filing) -> date | None:
    return max((s.date for s in filing.signatures if s.date is not None), default=None)


def prior_words(prior: PriorFiling) -> str:
    """``Form 4 of 2026-09-15``."""
    return f"Form {prior.filing.form} of {prior.day}"


def signed_words(change: Decimal) -> str:
    """``+ 10,000`` or ``− 3``."""
    return f"{'+' if change > 0 else _MINUS} {grouped(abs(change))}"


def adjustment_words(adjustments: Iterable[Adjustment]) -> str:
    """`` − 300 on 2026-09-20 (a miscount)`` for each, to follow a number; empty for none."""
    return "".join(f" {signed_words(a.change)} on {a.day} ({a.reason})" for a in adjustments)
