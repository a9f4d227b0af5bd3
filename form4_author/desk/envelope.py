"""Envelopes before they are written: each form checked as EDGAR would read it, its documents, its place."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from form4_author.checks.report import Circumstances, report_of
from form4_author.desk.attachment import FormSent, listed
from form4_author.desk.clock import today
from form4_author.desk.intake import divided, facts_beside, report_of_intake, with_whole
from form4_author.errors import Form4Error
from form4_author.files.output import write_bytes
from form4_author.ident.cik import bare_cik
from form4_author.model.submission import Submission
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.envelope import write_envelope
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from form4_author.desk.facts import FactsSource
    from form4_author.desk.intake import Intake
    from form4_author.findings import Report
    from form4_author.model.filing import Filing
    from form4_author.revision.division import Companion

__all__ = [
    "FormToSend",
    "confirmation",
    "documents_text",
    "judged_forms",
    "submission_of",
    "trial_form",
    "write_envelopes",
]


_STAND_IN: Final = "aaaaaa1$"
"""As long as a CCC; it is not one."""
_SECRET_LINE: Final = re.compile(rb"[^\S\n]*<rptOwnerCcc>[^<]*</rptOwnerCcc>\n")


@dataclass(frozen=True, slots=True)
class FormToSend:
    """One of the forms that a filing makes, and what was found in it."""

    part: Companion
    intake: Intake
    report: Report
    envelope: bytes = b""
    """As it would be sent, with a stand-in for each CCC; empty before it is tried."""


def judged_forms(whole: Intake, as_of: date, source: FactsSource) -> list[FormToSend]:
    """The forms that a filing makes, checked as they were handed in: with names, which an envelope does not hold."""
    return [
        FormToSend(part, intake, report_of_intake(intake, as_of, today, source.of(intake.filing)))
        for part, intake in divided(whole)
    ]


def submission_of(whole: Intake, stated: Submission) -> Submission:
    """What goes around the primary document; an envelope that was read keeps what is not ``stated``."""
    submission = whole.document.submission if whole.document is not None else None
    base = submission if submission is not None else Submission()
    form = whole.filing.form or "4"
    return replace(
        base,
        type=form,
        test_or_live=stated.test_or_live,
        contact_name=stated.contact_name or base.contact_name,
        contact_phone=stated.contact_phone or base.contact_phone,
        contact_email=stated.contact_email or base.contact_email,
        notification_emails=stated.notification_emails or base.notification_emails,
        primary_name=base.primary_name or f"form{form.lower().replace('/', '')}.xml",
        attachments=(*base.attachments, *whole.attached),
    )


def trial_form(
    form: FormToSend, submission: Submission, output: Path, as_of: date, source: FactsSource
) -> FormToSend:
    """The form checked and measured as it would be sent, with a CCC of the right shape, for none is asked for yet."""
    stand_in = {bare_cik(owner.cik): _STAND_IN for owner in form.intake.filing.owners}
    envelope = write_envelope(form.intake.filing, submission, stand_in)
    sent = _report_of_envelope(envelope, form.intake, str(_target(output, form.part)), as_of, source)
    return replace(form, envelope=envelope, report=_joined_report(form.report, sent))


def _joined_report(before: Report, sent: Report) -> Report:
    """The report of the envelope with what was found in the form before it lost its names, each finding once."""
    there = {(finding.id, finding.path) for finding in before.findings}
    more = [finding for finding in sent.findings if (finding.id, finding.path) not in there]
    return replace(sent, findings=(*before.findings, *more))


def documents_text(form: FormToSend, submission: Submission) -> str:
    """What the envelope holds, two lines each: the last look at what becomes public."""
    root = read_document(form.envelope).envelope
    first = root.findtext("edgarDocument/documentMimeBlock") if root is not None else None
    content = base64.b64decode(first or "")
    intake = form.intake
    sha256 = hashlib.sha256(_SECRET_LINE.sub(b"", content)).hexdigest()
    primary = FormSent(
        submission.primary_name or "", intake.filing.form or "", len(content), f"{sha256} (without the CCC)"
    )
    return f"Documents of the {submission.test_or_live} submission:\n" + listed(
        intake.file, primary, submission.attachments
    )


def confirmation(filing: Filing) -> str:
    """What the filer types before a LIVE submission is made: the form and the first person's name.

    Raises Form4Error where there is no person.
    """
    if not filing.owners:
        raise Form4Error("No reporting person is given", remedy="Complete the draft first")
    return f"{filing.form} {filing.owners[0].name or f'CIK {filing.owners[0].cik}'}"


def write_envelopes(
    forms: Sequence[FormToSend], submission: Submission, cccs: Mapping[str, str], output: Path
) -> list[tuple[FormToSend, Path]]:
    """Write all of the forms or, where a CCC is wrong, none; each with its file. ``cccs``: see ``cccs_for``."""
    envelopes = [write_envelope(form.intake.filing, submission, cccs) for form in forms]
    written = [(form, _target(output, form.part)) for form in forms]
    for (_form, target), envelope in zip(written, envelopes, strict=True):
        write_bytes(target, envelope)
    return written


def _target(output: Path, part: Companion) -> Path:
    """Where a form is written: the name given, with ``-1of2`` before its suffix where there are several."""
    return output.with_stem(f"{output.stem}-{part.name}") if part.name else output


def _report_of_envelope(
    envelope: bytes, intake: Intake, file: str, as_of: date, source: FactsSource
) -> Report:
    """The report of the envelope as EDGAR would read it."""
    document = read_document(envelope)
    overrides = intake.draft.interview.overrides if intake.draft is not None else ()
    facts = facts_beside(intake, source.of(intake.filing))
    known = Circumstances(as_of=as_of, calendar=sec_calendar(), facts=facts, overrides=overrides)
    report = replace(report_of(document, file, known), edition=None)  # an envelope names none
    return with_whole(report, intake, as_of, today, facts)
