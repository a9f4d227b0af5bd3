"""All rules, joined from the modules that hold them; nothing registers itself by being imported.

Rules that need what a document cannot tell (history, register, clock) lie in modules of their own, which are loaded
when something of the kind is known, or when rules are listed or explained.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from form4_author.checks.base import Rule

__all__ = ["GROUPS", "by_id", "rule_with", "rules", "running"]

GROUPS: Final = {
    "DOC": "Document and envelope",
    "ISS": "Issuer",
    "OWN": "Reporting persons",
    "DAT": "Dates and timeliness",
    "TXN": "Transactions",
    "HLD": "Holdings, totals, form of ownership",
    "DRV": "Derivative securities",
    "FTN": "Footnotes, remarks, exhibits",
    "PLN": "Rule 10b5-1 plans",
    "SIG": "Signatures and powers of attorney",
    "AMD": "Amendments",
    "F3": "Form 3",
    "F5": "Form 5",
    "SWG": "Short-swing profit",
}
"""What the first part of an id stands for, in the order of the catalogue."""

_DOCUMENT: Final = (
    "schema",
    "document",
    "attachment",
    "party",
    "relationship",
    "date",
    "trading",
    "timeliness",
    "unconfirmed",
    "coding",
    "equity_swap",
    "direction",
    "price",
    "average",
    "reportable",
    "small_acquisition",
    "ownership",
    "holding",
    "bases",
    "title",
    "tally",
    "derivative",
    "terms",
    "leg",
    "footnote",
    "exhibit",
    "plan",
    "signature",
    "authority",
    "execution",
    "amendment",
    "form",
    "swing",
)
"""Modules whose rules a document alone can break."""
_KNOWN: Final = (
    "market",
    "history",
    "restatement",
    "register",
    "authentication",
    "clock",
    "match",
    "split",
    "spelling",
    "open_draft",
)
"""Modules whose rules ask for facts beside the document."""


@cache
def _of(modules: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules of these modules, by id."""
    found: list[Rule] = []
    for name in modules:
        found += import_module(f"form4_author.checks.rules.{name}").RULES
    return tuple(sorted(found, key=lambda rule: rule.id))


def rules() -> tuple[Rule, ...]:
    """Every rule, by id."""
    return _of(_DOCUMENT + _KNOWN)


@cache
def _index(modules: tuple[str, ...]) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for rule in _of(modules):
        if rule.id in found:
            raise ValueError(f"two rules have the id {rule.id}")
        found[rule.id] = rule
    return found


def by_id() -> dict[str, Rule]:
    """Rules by id.

    Raises ValueError when two share one: a bug in the declarations.
    """
    return _index(_DOCUMENT + _KNOWN)


def rule_with(id: str) -> Rule:
    """The rule with this id; loads the modules that ask for facts only where it is one of theirs.

    Raises KeyError when there is none.
    """
    return _index(_DOCUMENT).get(id) or by_id()[id]


@cache
def running(*, facts: bool = True) -> tuple[Rule, ...]:
    """The rules that have a check of their own; without facts, those that a document alone can break."""
    return tuple(rule for rule in _of(_DOCUMENT + _KNOWN if facts else _DOCUMENT) if rule.check is not None)
