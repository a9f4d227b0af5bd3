"""``form4 pack``: the envelope, ready for EDGAR; nothing is sent."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import (
    FINDINGS,
    READY,
    UNREADABLE,
    CommandParser,
    add_asked_register,
    add_attach,
    as_of_date,
    hidden_answer,
    register_asked,
)
from form4_author.desk.attachment import attachments_of
from form4_author.desk.clock import today
from form4_author.desk.envelope import STAND_IN, documents_text, joined_report, report_of_envelope, target_of
from form4_author.desk.facts import FactsSource
from form4_author.desk.intake import (
    divided,
    opened,
    refuse_outside,
    report_of_intake,
    with_attachments,
)
from form4_author.desk.register import after_filing
from form4_author.desk.secret import SecretSource, cccs_for, keep
from form4_author.errors import Form4Error
from form4_author.files.draft_file import write_bytes
from form4_author.ident.cik import bare_cik
from form4_author.model.submission import Submission
from form4_author.page.report import report_text
from form4_author.text import folded, visible
from form4_author.wire.envelope import write_envelope

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from form4_author.desk.intake import Intake
    from form4_author.findings import Report
    from form4_author.model.filing import Filing
    from form4_author.revision.division import Companion

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Pack the filing; exit code 1 and the findings when they block."""
    options = _parser(word).parse_args(register_asked(arguments))
    whole = with_attachments(opened(options.file), attachments_of(options.attach))
    if whole.is_public:
        sys.stderr.write(
            f"form4 pack: {visible(options.file)} is a form that EDGAR has published; import it as a draft to file"
            " another.\n"
        )
        return UNREADABLE
    refuse_outside(whole)
    parts = divided(whole)
    source = FactsSource(register=options.register)
    reports = [
        (intake, report_of_intake(intake, options.as_of, today, source.of(intake.filing)))
        for _part, intake in parts
    ]
    if _blocked(reports):
        return FINDINGS
    submission = _submission(whole, options)
    if not _shown(parts, [report for _intake, report in reports], submission, options, source):
        return FINDINGS
    if submission.test_or_live == "LIVE" and not _confirmed(whole.filing):
        sys.stderr.write("form4 pack: not confirmed; nothing was written.\n")
        return UNREADABLE
    secrets = cccs_for(whole.filing, SecretSource(hidden_answer, options.ccc_fd, keyring=options.keyring))
    return _pack(parts, submission, secrets, options)


def _blocked(reports: Sequence[tuple[Intake, Report]]) -> bool:
    """Whether one of the forms is blocked; the findings of those that are have been told."""
    for intake, report in reports:
        if report.is_blocked:
            sys.stdout.write(report_text(report, filing=intake.filing))
    return any(report.is_blocked for _intake, report in reports)


def _shown(
    parts: Sequence[tuple[Companion, Intake]],
    before: Sequence[Report],
    submission: Submission,
    options: argparse.Namespace,
    source: FactsSource,
) -> bool:
    """Write findings and documents before anything is asked or written; whether all forms may be sent.

    Each is judged and measured as it would be sent, with a CCC of the right shape, for none is asked for yet.
    ``before``: the reports of the forms as they were handed in, with the names that an envelope does not hold.
    """
    as_of = options.as_of or today()
    envelopes = []
    for (part, intake), report_before in zip(parts, before, strict=True):
        stand_in = {bare_cik(owner.cik): STAND_IN for owner in intake.filing.owners}
        envelope = write_envelope(intake.filing, submission, stand_in)
        report = report_of_envelope(
            envelope, intake, str(target_of(Path(options.output), part)), as_of, source
        )
        envelopes.append((envelope, intake, joined_report(report_before, report)))
    if _blocked([(intake, report) for _envelope, intake, report in envelopes]):
        return False
    for envelope, intake, report in envelopes:
        sys.stdout.write(report_text(report, filing=intake.filing))
        sys.stdout.write(documents_text(envelope, intake, submission))
    sys.stdout.flush()
    return True


def _pack(
    parts: Sequence[tuple[Companion, Intake]],
    submission: Submission,
    secrets: Mapping[str, str],
    options: argparse.Namespace,
) -> int:
    """Write what was shown: all of the forms or, where a CCC is wrong, none."""
    envelopes = [
        (target_of(Path(options.output), part), intake, write_envelope(intake.filing, submission, secrets))
        for part, intake in parts
    ]
    for target, intake, envelope in envelopes:
        write_bytes(target, envelope)
        sys.stdout.write(
            f"{submission.test_or_live} submission of Form {intake.filing.form} written to {visible(str(target))}, "
            "readable by you only.\n"
        )
    if options.keep:
        keep(secrets)
    sys.stdout.write(_ADVICE[len(envelopes) > 1].format(len(envelopes)))
    if submission.test_or_live == "LIVE" and parts[0][1].draft is not None:
        sys.stdout.write(f"{visible(after_filing(options.file, len(envelopes)))}\n")
    return READY


_ADVICE: Final = (
    "It holds the CCC: send it to EDGAR, then delete it; do not mail or share it.\n",
    (
        "The {} forms belong together: send all of them on one day. They hold the CCC: delete them when\n"
        "they are sent; do not mail or share them.\n"
    ),
)
"""What to do with one file, and with several."""


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Packs a filing for EDGAR: the primary document with the CCC, attachments, contacts. Sends nothing.",
        "form4 pack okafor.form4.json -o okafor.xml --test --attach poa.txt",
    )
    parser.add_argument("file", metavar="FILE", help="draft, or XML that is to be sent")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the envelope to write (.xml)")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--test", action="store_true", help="a TEST submission: EDGAR checks it and files nothing"
    )
    which.add_argument("--live", action="store_true", help="a LIVE submission; asks once more")
    parser.add_argument("--contact", metavar="NAME", help="whom EDGAR may ask")
    parser.add_argument("--phone", metavar="NUMBER", help="the contact's telephone number")
    parser.add_argument("--email", metavar="ADDRESS", help="the contact's e-mail address")
    parser.add_argument(
        "--notify", action="append", default=[], metavar="ADDRESS", help="also tell this address; repeatable"
    )
    add_attach(parser)
    add_asked_register(parser)
    parser.add_argument(
        "--ccc-fd",
        type=int,
        metavar="N",
        help="read lines 'CIK CCC' from file descriptor N instead of asking",
    )
    parser.add_argument(
        "--keyring", action="store_true", help="take CCCs from the system's keyring where it has them"
    )
    parser.add_argument("--keep", action="store_true", help="put the CCCs into the system's keyring")
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="judge as of this date (default: today)"
    )
    return parser


def _submission(intake: Intake, options: argparse.Namespace) -> Submission:
    """What goes around the primary document; an envelope that was read keeps what no option changes."""
    submission = intake.document.submission if intake.document is not None else None
    base = submission if submission is not None else Submission()
    form = intake.filing.form or "4"
    return replace(
        base,
        type=form,
        test_or_live="LIVE" if options.live else "TEST",
        contact_name=options.contact or base.contact_name,
        contact_phone=options.phone or base.contact_phone,
        contact_email=options.email or base.contact_email,
        notification_emails=tuple(options.notify) or base.notification_emails,
        primary_name=base.primary_name or f"form{form.lower().replace('/', '')}.xml",
        attachments=(*base.attachments, *intake.attached),
    )


def _confirmed(filing: Filing) -> bool:
    """Whether the filer types the form and the person's name: a LIVE submission cannot be taken back."""
    names = [owner.name or f"CIK {owner.cik}" for owner in filing.owners[:1]]
    if not names:
        raise Form4Error("No reporting person is given", remedy="Complete the draft first")
    wanted = f"{filing.form} {names[0]}"
    sys.stderr.write(
        f"This makes a LIVE submission; once sent, it is public and cannot be taken back.\n"
        f'To go on, type the form and the person: "{visible(wanted)}"\n> '
    )
    sys.stderr.flush()
    return folded(sys.stdin.readline()) == folded(wanted)
