"""The reference of the rules: what ``form4 explain`` prints, and the same text as one page for each group of rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from form4_author import __version__
from form4_author.checks.base import NEEDED, Rule, explanation
from form4_author.checks.case import example
from form4_author.checks.registry import GROUPS, rules
from form4_author.page.example import example_text
from form4_author.page.html import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RuleEntry", "entry", "reference_pages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """A rule as it is explained."""

    id: str
    title: str
    severity: str
    what: str
    parts: tuple[tuple[str, str], ...]
    """Why, Fix, Silent, Rejected, Accepted, each with its text."""
    sources: tuple[tuple[str, str], ...]
    """Name and address; the address is empty where none is known."""
    terms: tuple[tuple[str, str], ...]
    """Note, Since, Needs, Enforced, each with its text."""


def entry(rule: Rule) -> RuleEntry:
    """The rule's explanation, put together."""
    sections, shown = explanation(rule.text), example(rule.id)
    return RuleEntry(
        id=rule.id,
        title=rule.title,
        severity=rule.severity.value,
        what=sections.what,
        parts=(
            ("Why", sections.why),
            ("Fix", sections.fix),
            ("Silent", sections.silent),
            ("Rejected", example_text(shown.rejected)),
            ("Accepted", example_text(shown.accepted)),
        ),
        sources=tuple((cite.text, cite.url) for cite in rule.cites),
        terms=tuple(_terms(rule)),
    )


def _terms(rule: Rule) -> Iterator[tuple[str, str]]:
    if any(cite.general_knowledge for cite in rule.cites):
        yield (
            "Note",
            "Based in part on general knowledge of practice, not on a source read again for this rule.",
        )
    if rule.when.effective is not None:
        yield "Since", f"Applies to transactions and events on or after {rule.when.effective.isoformat()}."
    if rule.when.edition:
        yield "Since", f"Applies to forms of edition {rule.when.edition} and later."
    if rule.when.forms:
        yield "Forms", " and ".join(f"{base} and {base}/A" for base in rule.when.forms)
    if rule.when.needs:
        yield "Needs", " and ".join(NEEDED[name] for name in rule.when.needs)
    how = {"schema": "by the schema layer", "rule": "by a rule", "question": "by a rule, once it is answered"}
    yield "Enforced", how[rule.enforced_by]


def reference_pages() -> dict[str, str]:
    """HTML pages by file name: ``index.html`` and one for each group, such as ``TXN.html``."""
    grouped = {group: [entry(r) for r in rules() if r.id.rsplit("-", 1)[0] == group] for group in GROUPS}
    pages = environment()
    context = {"version": __version__, "groups": GROUPS, "grouped": grouped}
    index = pages.get_template("page/rules.html.j2").render(**context, group=None)
    return {
        "index.html": index,
        **{
            f"{group}.html": pages.get_template("page/rules.html.j2").render(**context, group=group)
            for group in GROUPS
        },
    }
