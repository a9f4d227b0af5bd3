"""All rules, by id; nothing registers itself by being imported.

``document_rules`` and ``fact_rules`` list those with a check, ``stated`` has the others. ``fact_rules`` is loaded when
facts are known, ``stated`` when one of its rules is reported, and both when rules are listed or explained.
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
def _of_stated() -> dict[str, Rule]:
    from form4_author.checks.stated import stated_rules

    return _indexed(stated_rules())


@cache
def by_id() -> dict[str, Rule]:
    """Every rule by id, in its order.

    Raises ValueError when two share one: a bug in the declarations.
    """
    return _indexed((*running(), *_of_stated().values()))


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the ids."""
    return tuple(by_id().values())


def rule_with(id: str) -> Rule:
    """The rule with this id; loads those that ask for facts only where it is none of the others.

    Raises KeyError when there is none.
    """
    return _of_documents().get(id) or _of_stated().get(id) or by_id()[id]


@cache
def running(*, facts: bool = True) -> tuple[Rule, ...]:
    """The rules that have a check of their own; without facts, those that a document alone can break."""
    if not facts:
        return tuple(_of_documents().values())
    from form4_author.checks.fact_rules import FACT_RULES

    return tuple(_indexed((*_of_documents().values(), *FACT_RULES)).values())
