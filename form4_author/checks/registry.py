"""All rules, by id; nothing registers itself by being imported.

``document_rules`` and ``fact_rules`` list the rules. The second is loaded when facts beside the document are known, or
when rules are listed or explained.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def _indexed(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Rules by id, in its order."""
    found: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        if rule.id in found:
            raise ValueError(f"two rules have the id {rule.id}")
        found[rule.id] = rule
    return found


@cache
def _of_documents() -> dict[str, Rule]:
    from form4_author.checks.document_rules import DOCUMENT_RULES

    return _indexed(DOCUMENT_RULES)


@cache
def by_id() -> dict[str, Rule]:
    """Every rule by id, in its order.

    Raises ValueError when two share one: a bug in the declarations.
    """
    from form4_author.checks.fact_rules import FACT_RULES

    return _indexed((*_of_documents().values(), *FACT_RULES))


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the ids."""
    return tuple(by_id().values())


def rule_with(id: str) -> Rule:
    """The rule with this id; loads the rules that ask for facts only where it is one of theirs.

    Raises KeyError when there is none.
    """
    return _of_documents().get(id) or by_id()[id]


@cache
def running(*, facts: bool = True) -> tuple[Rule, ...]:
    """The rules that have a check of their own; without facts, those that a document alone can break."""
    found = by_id() if facts else _of_documents()
    return tuple(rule for rule in found.values() if rule.check is not None)
