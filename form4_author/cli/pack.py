"""``form4 pack``: the envelope, ready for EDGAR; nothing is sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.cli.meant import draft_meant
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
    write_notices,
)
from form4_author.desk.attachment import attachments_of
from form4_author.desk.clock import today
from form4_author.desk.envelope import (
    confirmation,
    documents_text,
    judged_forms,
    submission_of,
    trial_form,
    write_envelopes,
)
from form4_author.desk.facts import FactsSource
from form4_author.desk.intake import opened, refuse_outside, unattached_messages, with_attachments
from form4_author.desk.receipt import sent_before
from form4_author.desk.register import after_filing
from form4_author.desk.release import release_state, unreleased
from form4_author.desk.secret import SecretSource, cccs_for, keep
from form4_author.desk.settings import load
from form4_author.model.submission import Submission
from form4_author.page.report import report_text
from form4_author.text import folded, visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from form4_author.desk.envelope import FormToSend
    from form4_author.model.filing import Filing


__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Pack the filing; exit code 1 and the findings when they block."""
    options = command_parser(word).parse_args(register_asked(arguments))
    if options.test:
        options.file = draft_meant(options.file)
    whole = with_attachments(opened(options.file), attachments_of(options.attach))
    if whole.is_public:
        sys.stderr.write(
            f"form4 pack: {visible(options.file)} is a form that EDGAR has published; import it as a draft to file"
            " a new one.\n"
        )
        return UNREADABLE
    refuse_outside(whole)
    write_notices(unattached_messages(whole))
    refused = unreleased(whole)
    if refused:
        sys.stderr.write(f"form4 pack: {visible(refused)}\n")
        return FINDINGS
    write_notices(filter(None, [release_state(whole).line]))
    write_notices(sent_before(Path(options.file)) if options.live else ())
    as_of, source = options.as_of or today(), FactsSource(register=options.register)
    forms = judged_forms(whole, as_of, source)
    if _write_blocked(forms):
        return FINDINGS
    submission = submission_of(whole, _stated(options))
    forms = [trial_form(form, submission, Path(options.output), as_of, source) for form in forms]
    if _write_blocked(forms):
        return FINDINGS
    for form in forms:
        sys.stdout.write(report_text(form.report, filing=form.intake.filing))
        sys.stdout.write(documents_text(form, submission))
    sys.stdout.flush()
    if options.live and not _confirmed(whole.filing):
        sys.stderr.write("form4 pack: not confirmed; nothing was written.\n")
        return UNREADABLE
    secrets = cccs_for(whole.filing, SecretSource(hidden_answer, options.ccc_fd, keyring=options.keyring))
    return _pack(forms, submission, secrets, options)


def _write_blocked(forms: Sequence[FormToSend]) -> bool:
    """Write the findings of the forms that are blocked; whether there is one."""
    blocked = [form for form in forms if form.report.is_blocked]
    for form in blocked:
        sys.stdout.write(report_text(form.report, filing=form.intake.filing))
    return bool(blocked)


def _pack(
    forms: Sequence[FormToSend],
    submission: Submission,
    secrets: Mapping[str, str],
    options: argparse.Namespace,
) -> int:
    """Write what was shown: all of the forms or, where a CCC is wrong, none."""
    for form, target in write_envelopes(forms, submission, secrets, Path(options.output)):
        sys.stdout.write(
            f"{submission.test_or_live} submission of Form {form.intake.filing.form} written to "
            f"{visible(str(target))}, readable by you only.\n"
        )
    if options.keep:
        keep(secrets)
    sys.stdout.write(_ADVICE[len(forms) > 1].format(len(forms)))
    if options.live and forms[0].intake.draft is not None:
        sys.stdout.write(f"{visible(after_filing(options.file, len(forms)))}\n")
    return READY


_ADVICE: Final = (
    "It contains the CCC: send it to EDGAR, then delete it; do not mail or share it.\n",
    (
        "The {} forms belong together: send all of them on the same day. They contain the CCC: delete them when\n"
        "they are sent; do not mail or share them.\n"
    ),
)
"""What to do with one file, and with several."""


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Pack a filing for EDGAR: the primary document with the CCC, attachments, contacts. Nothing is sent.",
        "form4 pack okafor.form4.json -o okafor.xml --test --attach poa.txt",
    )
    parser.add_argument("file", metavar="FILE", help="draft, or XML to be sent")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the envelope to write (.xml)")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--test", action="store_true", help="a TEST submission: EDGAR checks it and files nothing"
    )
    which.add_argument("--live", action="store_true", help="a LIVE submission; asks for confirmation")
    parser.add_argument("--contact", metavar="NAME", help="the contact's name")
    parser.add_argument("--phone", metavar="NUMBER", help="the contact's telephone number")
    parser.add_argument("--email", metavar="ADDRESS", help="the contact's e-mail address")
    parser.add_argument(
        "--notify",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="also notify this address; repeatable",
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
        "--keyring", action="store_true", help="take CCCs from the system's keyring, if stored there"
    )
    parser.add_argument("--keep", action="store_true", help="store the CCCs in the system's keyring")
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="judge as of this date (default: today)"
    )
    return parser


def _stated(options: argparse.Namespace) -> Submission:
    """What the options say of the submission, and the settings where they say nothing."""
    settings = load()
    return Submission(
        test_or_live="LIVE" if options.live else "TEST",
        contact_name=options.contact or settings.text("contact.name") or None,
        contact_phone=options.phone or settings.text("contact.phone") or None,
        contact_email=options.email or settings.text("contact.email") or None,
        notification_emails=tuple(options.notify) or settings.items("contact.notify"),
    )


def _confirmed(filing: Filing) -> bool:
    """Whether the filer types the form and the person's name: a LIVE submission cannot be taken back."""
    wanted = confirmation(filing)
    sys.stderr.write(
        f"This makes a LIVE submission; once sent, it is public and cannot be taken back.\n"
        f'To go on, type the form and the person: "{visible(wanted)}"\n> '
    )
    sys.stderr.flush()
    return folded(sys.stdin.readline()) == folded(wanted)
