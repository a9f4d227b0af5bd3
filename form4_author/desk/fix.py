"""Drafts changed at the filer's word: the fixes that findings offer, and written reasons for those that stay."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from form4_author.desk.clock import now
from form4_author.desk.intake import opened, report_of_draft
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.findings import Override, Severity
from form4_author.wire.edit import with_fix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from form4_author.desk.facts import FactsSource
    from form4_author.findings import Finding, Fix
    from form4_author.model.draft import Draft
    from form4_author.model.facts import Facts
    from form4_author.wire.edit import Change

__all__ = ["DraftToFix", "OfferedFix", "draft_to_fix", "make_fixes", "override"]


@dataclass(frozen=True, slots=True)
class OfferedFix:
    """A fix, for which finding, and what it would change."""

    finding: Finding
    fix: Fix
    changes: tuple[Change, ...]


class _Decide(Protocol):
    def __call__(self, offer: OfferedFix) -> bool | None:
        """Whether the fix is made; None: neither it nor any after it."""


@dataclass(slots=True)
class DraftToFix:
    """A draft that is changed, checked as of a day."""

    path: Path
    draft: Draft
    as_of: date
    facts: Facts

    def findings(self) -> tuple[Finding, ...]:
        """The findings of the draft as it is now."""
        return report_of_draft(self.draft, str(self.path), self.as_of, self.facts).findings

    def save(self, draft: Draft) -> None:
        """The changed draft takes the place of the file's."""
        self.draft = draft
        draft_file.save(self.path, draft)


def draft_to_fix(file: str, as_of: date, source: FactsSource) -> DraftToFix:
    """The draft in a file. Raises UnreadableInput for one that is not a draft."""
    intake = opened(file)
    if intake.draft is None:
        raise UnreadableInput(
            f"{file} is not a draft; only drafts are changed",
            remedy=f"Make one with form4 import {file} -o DRAFT and change that",
        )
    return DraftToFix(Path(file), intake.draft, as_of, source.of(intake.filing))


def make_fixes(draft: DraftToFix, decide: _Decide) -> tuple[OfferedFix, ...]:
    """Make the fixes agreed to, save the draft after each, and look for the findings again; those that were made."""
    offered: set[tuple[str, tuple[str | int, ...]]] = set()
    made: list[OfferedFix] = []
    while (following := _next_fix(draft.draft, draft.findings(), offered)) is not None:
        offer, after = following
        offered.add((offer.finding.id, offer.finding.path))
        agreed = decide(offer)
        if agreed is None:
            break
        if agreed:
            draft.save(after)
            made.append(offer)
    return tuple(made)


def _next_fix(
    draft: Draft,
    findings: Iterable[Finding],
    offered: set[tuple[str, tuple[str | int, ...]]],
) -> tuple[OfferedFix, Draft] | None:
    """The first fix, for the most serious finding, that was not offered and would change something; the draft then."""
    for finding in sorted(findings, key=lambda f: f.severity.rank):
        if finding.fix is not None and (finding.id, finding.path) not in offered:
            after, changes = with_fix(draft, finding.fix)
            if changes:
                return OfferedFix(finding, finding.fix, changes), after
    return None


def override(draft: DraftToFix, rule: str, reason: str) -> int:
    """Keep the reason in the draft for each error finding of the rule; for how many.

    Raises UnreadableInput when there is none, or when it is one that EDGAR would suspend for.
    """
    of_rule = [finding for finding in draft.findings() if finding.id == rule]
    accepted = [finding for finding in of_rule if finding.severity is Severity.ERROR]
    if not accepted:
        why = (
            f"a {of_rule[0].severity.value} finding is not overridden"
            if of_rule
            else "no finding has this id"
        )
        raise UnreadableInput(
            f"{draft.path}: {rule} is not overridden: {why}",
            remedy="Override an error finding by its id; correct a suspense finding",
        )
    paths = {finding.path for finding in accepted}
    others = [o for o in draft.draft.interview.overrides if o.id != rule or o.path not in paths]
    at = now().isoformat()
    new = [Override(id=rule, path=finding.path, reason=reason, at=at) for finding in accepted]
    draft.save(draft.draft.with_interview(overrides=(*others, *new)))
    return len(new)
