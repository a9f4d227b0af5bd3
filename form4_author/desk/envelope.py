"""The envelope of a filing before it is written: judged as EDGAR would read it, its documents, its place."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.checks.run import check_document
from form4_author.desk.attachment import listed
from form4_author.desk.clock import today
from form4_author.desk.intake import (
    facts_beside,
    overrides_of,
    with_whole,
)
from form4_author.findings import Report
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from form4_author.desk.facts import FactsSource
    from form4_author.desk.intake import Intake
    from form4_author.model.submission import Submission
    from form4_author.revision.division import Companion

__all__ = ["STAND_IN", "documents_text", "joined_report", "report_of_envelope", "target_of"]


STAND_IN: Final = "aaaaaa1$"
"""As long as a CCC, and nobody's."""


def joined_report(before: Report, sent: Report) -> Report:
    """The report of the envelope with what was found in the form before it lost its names, each finding once."""
    found = {(finding.id, finding.path) for finding in before.findings}
    more = [finding for finding in sent.findings if (finding.id, finding.path) not in found]
    return replace(sent, findings=(*before.findings, *more))


def documents_text(envelope: bytes, intake: Intake, submission: Submission) -> str:
    """What the envelope holds, a line each: the last look at what becomes public."""
    root = read_document(envelope).envelope
    first = root.findtext("edgarDocument/documentMimeBlock") if root is not None else None
    form = (submission.primary_name or "", intake.filing.form or "", len(base64.b64decode(first or "")))
    return f"Documents of the {submission.test_or_live} submission:\n" + listed(
        intake.file, form, submission.attachments
    )


def target_of(output: Path, part: Companion) -> Path:
    """Where a form is written: the name given, with ``-1of2`` before its suffix where there are several."""
    return output.with_stem(f"{output.stem}-{part.name}") if part.name else output


def report_of_envelope(
    envelope: bytes, intake: Intake, file: str, as_of: date, source: FactsSource
) -> Report:
    """The report of the envelope as EDGAR would read it."""
    document = read_document(envelope)
    overrides = overrides_of(intake.draft) if intake.draft is not None else ()
    facts = facts_beside(intake, source.of(intake.filing))
    findings = check_document(document, as_of, sec_calendar(), facts)
    report = Report(file=file, form=document.filing.form, findings=findings, overrides=overrides)
    return with_whole(report, intake, as_of, today, facts)
