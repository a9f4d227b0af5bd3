"""The report of a file and the verdict that follows from it; no other module creates one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from form4_author.checks.run import check_document, check_draft, checked_edition, unreadable_finding
from form4_author.codes import current_edition
from form4_author.errors import UnreadableInput
from form4_author.findings import Report
from form4_author.model.facts import NO_FACTS, Facts
from form4_author.model.submission import Submission
from form4_author.wire.read import Document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from form4_author.checks.base import Calendar
    from form4_author.checks.official import OfficialSchema
    from form4_author.codes import Edition
    from form4_author.findings import Finding, Override
    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.model.submission import Attachment

__all__ = ["Circumstances", "report_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """The date, calendar and facts with which a document or a draft is checked."""

    as_of: date
    """The day as of which it is checked."""
    calendar: Calendar
    facts: Facts = NO_FACTS
    official: tuple[OfficialSchema, ...] = ()
    """The SEC's own schemas, where the filer has them."""
    overrides: tuple[Override, ...] = ()
    """Written reasons that come with a document; a draft contains its own."""
    attached: tuple[Attachment, ...] = ()
    """The attachments to be filed with a draft; an envelope contains its own."""
    data: Mapping[str, Any] | None = None
    """The content of the draft's file, where there is one."""
    open: tuple[str, ...] = ()
    """The questions of the draft's interview that have no answer."""


@overload
def report_of(subject: UnreadableInput, file: str) -> Report: ...
@overload
def report_of(subject: Document | Draft, file: str, known: Circumstances) -> Report: ...
def report_of(
    subject: Document | Draft | UnreadableInput, file: str, known: Circumstances | None = None
) -> Report:
    """The report of a document, a draft, or a file that cannot be read.

    ``file``: the name that the report gives it.
    """
    if isinstance(subject, UnreadableInput):
        return Report(file=file, findings=(unreadable_finding(subject),), readable=False)
    assert known is not None  # noqa: S101  # see the overloads
    filing = subject.filing
    if isinstance(subject, Document):
        edition = checked_edition(subject)
        findings = check_document(subject, known.as_of, known.calendar, known.facts)
        second = _second_opinion(filing, edition, subject, known)
        overrides = known.overrides
    else:
        edition = current_edition(filing.base or "4")
        beside = Submission(attachments=known.attached) if known.attached else None
        findings = check_draft(subject, known.as_of, known.calendar, known.facts, beside, data=known.data)
        second = _second_opinion(filing, edition, None, known)
        overrides = subject.interview.overrides
    return Report(
        file=file,
        form=filing.form,
        edition=edition.edition,
        findings=(*second, *findings),
        overrides=overrides,
        open=known.open,
        as_of=known.as_of,
        register=known.facts.from_register is True,
    )


def _second_opinion(
    filing: Filing, edition: Edition, document: Document | None, known: Circumstances
) -> tuple[Finding, ...]:
    """Findings where the SEC's schema, if the filer has it, and ours differ; a draft is checked as it would be sent."""
    if not known.official:
        return ()
    from form4_author.checks.official import second_opinion
    from form4_author.wire.write import document_element

    if document is None:
        return second_opinion(document_element(filing), filing, edition, known.official, None)
    return second_opinion(document.root, filing, edition, known.official, document.line_offset)
