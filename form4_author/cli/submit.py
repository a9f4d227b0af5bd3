"""``form4 submit``: send a filing to EDGAR, TEST unless ``--live`` is given, and keep a receipt."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import (
    FINDINGS,
    READY,
    UNREADABLE,
    CommandParser,
    add_asked_register,
    add_attach,
    answer_at_terminal,
    hidden_answer,
    register_asked,
    write_notices,
)
from form4_author.desk.attachment import attachments_of
from form4_author.desk.clock import today
from form4_author.desk.clock import today_now as clock
from form4_author.desk.edgar_secret import store, tokens_for
from form4_author.desk.envelope import confirmation, documents_text
from form4_author.desk.facts import FactsSource
from form4_author.desk.intake import refuse_outside, unattached_messages
from form4_author.desk.release import unreleased
from form4_author.desk.secret import SecretSource, cccs_for, keep
from form4_author.desk.settings import load
from form4_author.desk.submission import (
    Way,
    earlier,
    lacks_ccc,
    ready_forms,
    send_once,
    submission_hash,
    target_of,
)
from form4_author.desk.submission_time import filing_day
from form4_author.edgar.address import filing_address_in
from form4_author.model.draft import Draft
from form4_author.model.submission import Submission
from form4_author.page.report import report_text
from form4_author.text import folded, visible
from form4_author.timing.calendar import sec_calendar
from form4_author.wizard.countdown import due_of_draft

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from form4_author.desk.receipt import Receipt
    from form4_author.desk.submission import Ready, Target
    from form4_author.edgar.sender import Sender

__all__ = ["attempt_words", "clock", "command_parser", "outcome_words", "run"]

_FIRST: Final = (
    "EDGAR very likely takes Forms 3, 4 and 5 through its API, but that is not proven.\n"
    "If it does not accept this kind of submission, make the file with form4 pack and\n"
    "upload it at www.onlineforms.edgarfiling.sec.gov.\n"
)
_HOURS: Final = (
    "Submit from 6 a.m. to 10 p.m. Eastern on a business day; form4 ready shows EDGAR's condition.\n"
)
_BY_HAND: Final = (
    "EDGAR may have it: look on EDGAR before you upload it by hand (form4 pack),\nor it may be filed twice.\n"
)


def run(word: str, arguments: Sequence[str]) -> int:
    """Send the filing; exit code 1 when findings or EDGAR refuse it, 2 when it was not sent or is not known."""
    options = command_parser(word).parse_args(register_asked(arguments))
    target = target_of(options.file, attachments_of(options.attach))
    refuse_outside(target.whole)
    sys.stdout.write(_FIRST)
    write_notices(unattached_messages(target.whole))
    refused = unreleased(target.whole) if options.live else ""
    if refused:
        sys.stderr.write(f"form4 submit: {visible(refused)}\n")
        return FINDINGS
    forms = ready_forms(target, _stated(options), today(), FactsSource(register=options.register))
    if _shown(forms):
        return FINDINGS
    before = earlier(target, forms, live=options.live)
    left = _left(before, forms)
    undecided = [receipt for receipt in before if receipt.mode == "TEST" or not _is_at_edgar(receipt)]
    if not left or not _may_send(undecided, left, options) or not _day_agreed(target, options):
        return UNREADABLE
    return _sent(target, left, before, options)


def _stated(options: argparse.Namespace) -> Submission:
    settings = load()
    return Submission(
        test_or_live="LIVE" if options.live else "TEST",
        contact_name=settings.text("contact.name") or None,
        contact_phone=settings.text("contact.phone") or None,
        contact_email=settings.text("contact.email") or None,
        notification_emails=settings.items("contact.notify"),
    )


def _shown(forms: Sequence[Ready]) -> bool:
    """Show the findings and the documents; whether a form is blocked."""
    for ready in forms:
        sys.stdout.write(report_text(ready.form.report, filing=ready.form.intake.filing))
    if any(ready.form.report.is_blocked for ready in forms):
        return True
    for ready in forms:
        sys.stdout.write(documents_text(ready.form, ready.submission))
    sys.stdout.flush()
    return False


# ---- before sending


def _may_send(before: Sequence[Receipt], forms: Sequence[Ready], options: argparse.Namespace) -> bool:
    """Whether these may be sent: not sent before, or ``--again`` is given."""
    if before and not options.again:
        sys.stdout.write(
            "Nothing was sent. Run form4 status first; form4 submit --again sends it once more.\n"
        )
        if any(receipt.may_be_at_edgar for receipt in before):
            sys.stdout.write(_BY_HAND)
        return False
    if not options.live and not before:
        return True
    return _typed(forms, live=options.live)


def _left(before: Sequence[Receipt], forms: Sequence[Ready]) -> list[Ready]:
    """The forms that EDGAR does not have; none where it has a form of this filing with other contents."""
    for receipt in before:
        sys.stdout.write(visible(f"Sent before: {attempt_words(receipt, clock())}") + "\n")
    taken = [receipt for receipt in before if receipt.mode == "LIVE" and _is_at_edgar(receipt)]
    hashes = {receipt.sha256 for receipt in taken}
    left = [ready for ready in forms if submission_hash(ready.form.envelope) not in hashes]
    if taken and (not left or len(left) + len(hashes) != len(forms)):
        sys.stdout.write(
            f"EDGAR has it as {taken[-1].accession_number}. It is not sent again; form4 status shows what became"
            " of it.\n"
        )
        return []
    if taken:
        sys.stdout.write(f"EDGAR has {len(hashes)} of the {len(forms)} forms; the others are sent.\n")
    return left


def _is_at_edgar(receipt: Receipt) -> bool:
    """Whether EDGAR took it and has not refused it since."""
    return receipt.outcome == "sent" and receipt.result != "suspended"


def attempt_words(receipt: Receipt, at: datetime) -> str:
    """``LIVE, 11/30/2026 21:10:05 Eastern, 12 minutes ago: not known: EDGAR may have it``."""
    minutes = max(0, int((at - receipt.at).total_seconds()) // 60)
    age = f"{minutes} minutes ago" if minutes < 120 else f"{minutes // 60} hours ago"
    if minutes >= 2880:
        age = f"{minutes // 1440} days ago"
    part = f" form {receipt.part}," if receipt.part else ""
    return f"{receipt.mode},{part} {receipt.at:%m/%d/%Y %H:%M:%S} Eastern, {age}: {outcome_words(receipt)}"


def outcome_words(receipt: Receipt) -> str:
    """What is known of an attempt."""
    if receipt.outcome == "unknown":
        return "not known: EDGAR may have it"
    if receipt.outcome == "not sent":
        return "not sent: no connection was made"
    if receipt.outcome == "refused":
        return f"not accepted by EDGAR ({receipt.http_status}): {receipt.problem}"
    if receipt.result == "suspended":
        return f"suspended by EDGAR as {receipt.accession_number}; nothing is filed"
    if receipt.result == "accepted":
        day = date.fromisoformat(receipt.filed) if receipt.filed else None
        filed = (
            "nothing is filed"
            if receipt.mode == "TEST"
            else f"filing date {f'{day:%m/%d/%Y}' if day else 'not stated'}"
        )
        return f"accepted by EDGAR as {receipt.accession_number}; {filed}"
    state = receipt.status.replace("_", " ").lower() or "received"
    return f"still processing at EDGAR as {receipt.accession_number} ({state})"


def _typed(forms: Sequence[Ready], *, live: bool) -> bool:
    """Whether the filer types the form and the person's name."""
    wanted = confirmation(forms[0].form.intake.filing)
    what = (
        "a LIVE submission; once accepted, it is public and cannot be taken back"
        if live
        else "a TEST submission"
    )
    sys.stderr.write(f"This sends {what}.\n")
    typed = answer_at_terminal(f'To go on, type the form and the person: "{visible(wanted)}"\n> ')
    if folded(typed) == folded(wanted):
        return True
    sys.stderr.write("form4 submit: not confirmed; nothing was sent.\n")
    return False


def _day_agreed(target: Target, options: argparse.Namespace) -> bool:
    """Whether the filer agrees to the filing date, which is asked for where it is not today."""
    if not options.live:
        return True
    draft = target.whole.draft or Draft(target.whole.filing)
    due = due_of_draft(draft, sec_calendar(), None)
    expected = filing_day(clock(), due.day if due is not None else None, sec_calendar())
    if expected.warning and expected.warning != options.said_warning:
        sys.stdout.write(f"{expected.warning}\n")
        sys.stdout.flush()
    options.said_warning = expected.warning
    if expected.is_today or options.agreed_day == expected.day:
        return True
    wanted = f"{expected.day:%m/%d/%Y}"
    if answer_at_terminal(f"To send it with that filing date, type {wanted}\n> ") != wanted:
        sys.stderr.write("form4 submit: not confirmed; nothing was sent.\n")
        return False
    options.agreed_day = expected.day
    return True


# ---- sending


def _sent(
    target: Target, forms: Sequence[Ready], before: Sequence[Receipt], options: argparse.Namespace
) -> int:
    """Send each form, once; the first that is not taken stops the others."""
    from form4_author.desk import edgar
    from form4_author.edgar.sender import Sender

    base = filing_address_in(os.environ)
    tokens = tokens_for(SecretSource(hidden_answer, options.token_fd, keyring=options.keyring), both=True)
    cccs = {}
    if target.envelope is None:
        cccs = cccs_for(
            target.whole.filing, SecretSource(hidden_answer, options.ccc_fd, keyring=options.keyring)
        )
    elif lacks_ccc(target):
        sys.stderr.write("form4 submit: the envelope has no CCC for a reporting person; pack it again.\n")
        return UNREADABLE
    if not _day_agreed(target, options):  # the secrets may have taken until after 10 p.m.
        return UNREADABLE
    with Sender(base, tokens, edgar.time) as sender:
        closed = _closed(sender)
        if closed:
            sys.stdout.write(
                f"EDGAR takes no submissions now: {visible(closed)}. Nothing was sent.\n{_HOURS}"
            )
            return UNREADABLE
        for number, ready in enumerate(forms, 1):
            sys.stdout.write(f"Sending {_which(ready, number, len(forms))} to {base} ...\n")
            sys.stdout.flush()
            receipt = send_once(target, ready, cccs, Way(sender, clock), before)
            before = (*before, receipt)
            code = _report(receipt)
            if code != READY:
                return code
    if options.keep:
        store(tokens)
        keep(cccs)
    return READY


def _closed(sender: Sender) -> str:
    """Why EDGAR takes no submissions now; empty where it does, or does not say at the first asking."""
    from form4_author.edgar.refusal import EdgarError

    try:
        answer = sender.condition(tries=1)
    except EdgarError:
        return ""
    is_closed = answer.condition in ("OUTSIDE_OPERATING_HOURS", "NO_COMMUNICATION")
    return (answer.words.rstrip(".") or answer.condition.replace("_", " ").lower()) if is_closed else ""


def _which(ready: Ready, number: int, count: int) -> str:
    form = f"{ready.submission.test_or_live} Form {ready.form.intake.filing.form}"
    return f"{form}, {number} of {count}," if count > 1 else form


def _report(receipt: Receipt) -> int:
    """What became of it, and what to do next."""
    lines = [f"Receipt {receipt.number}: {outcome_words(receipt)}."]
    if receipt.problem and receipt.outcome in ("unknown", "sent"):
        lines.append(f"The reason: {receipt.problem}.")
    if receipt.tracking:
        lines.append(f"For EDGAR's Filer Support: tracking {receipt.tracking}, locator {receipt.locator}.")
    lines += _next(receipt)
    sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))
    sys.stdout.flush()
    if receipt.outcome == "sent":
        return READY
    return FINDINGS if receipt.outcome == "refused" else UNREADABLE


def _next(receipt: Receipt) -> list[str]:
    if receipt.outcome == "sent":
        return [
            "EDGAR has it; nothing is accepted yet. form4 status --watch says when EDGAR is done with it."
        ]
    if receipt.outcome == "unknown":
        words = "Run form4 status: it looks on EDGAR. Nothing sends it again by itself."
        return [words, *_BY_HAND.splitlines()]
    if _is_not_accepted_here(receipt):
        return [
            "EDGAR does not accept this kind of submission here. Make the file with form4 pack and upload it at",
            "www.onlineforms.edgarfiling.sec.gov.",
        ]
    if receipt.http_status == 503:
        return [
            "EDGAR takes submissions from 6 a.m. to 10 p.m. Eastern on business days; then form4 submit --again."
        ]
    return ["Correct the reason, then run form4 submit --again; or upload the file that form4 pack makes."]


def _is_not_accepted_here(receipt: Receipt) -> bool:
    """Whether EDGAR refused the kind of submission, not this one."""
    return receipt.http_status in (404, 405, 415)


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Send a filing to EDGAR: a TEST submission, which EDGAR checks and does not file, unless --live is given.",
        "form4 submit okafor.form4.json",
    )
    parser.add_argument(
        "file", metavar="PACKET", help="folder of a packet, its draft, or a file that form4 pack wrote"
    )
    parser.add_argument("--live", action="store_true", help="a LIVE submission; asks for confirmation")
    parser.add_argument(
        "--again", action="store_true", help="send once more what was sent before; asks for confirmation"
    )
    add_attach(parser)
    add_asked_register(parser)
    parser.add_argument(
        "--token-fd",
        type=int,
        metavar="N",
        help="read the filer and the user API token, a line each, from file descriptor N instead of asking",
    )
    parser.add_argument(
        "--ccc-fd",
        type=int,
        metavar="N",
        help="read lines 'CIK CCC' from file descriptor N instead of asking",
    )
    parser.add_argument(
        "--keyring",
        action="store_true",
        help="take tokens and CCCs from the system's keyring, if stored there",
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="store tokens and CCCs in the system's keyring, once EDGAR took the form",
    )
    parser.set_defaults(agreed_day=None, said_warning="")
    return parser
