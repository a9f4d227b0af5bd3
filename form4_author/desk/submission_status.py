"""What became of submissions: EDGAR's statuses, the public list of filings, and the draft marked as filed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.desk.clock import eastern, moment
from form4_author.desk.edgar_message import edgar_findings
from form4_author.desk.filing import documents_of_draft, enter_and_close
from form4_author.desk.intake import opened
from form4_author.desk.receipt import Receipt, all_receipts, save_receipt, with_answer
from form4_author.desk.release import record_filer, refuse_filer
from form4_author.desk.state import filing_hash
from form4_author.edgar.filing_answer import EdgarMessage, EdgarStatus
from form4_author.edgar.refusal import NotThere
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import day_received
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from form4_author.edgar.filing_answer import ApiAnswer
    from form4_author.edgar.sender import Sender
    from form4_author.edgar.source import Source
    from form4_author.findings import Finding

__all__ = [
    "LookedUp",
    "asked",
    "findings_of",
    "is_wrong_kind",
    "is_young",
    "looked_up",
    "mark_filed",
    "receipt_messages",
    "waits",
]

_WAITS: Final = (2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between the first questions; after them each minute."""
_MINUTE: Final = 60.0
_MOST__WAITS: Final = 60
_KEPT: Final = timedelta(minutes=2)
"""How long a number that was just given may not be known."""


def waits() -> Iterator[float]:
    """The seconds to wait between questions, about an hour in all."""
    yield from _WAITS
    yield from (_MINUTE for _ in range(_MOST__WAITS))


# ---- asked through the API


def asked(receipt: Receipt, sender: Sender, at: datetime) -> Receipt:
    """The receipt with what EDGAR says now; the same where EDGAR does not know the number. It is saved.

    Raises EdgarError where EDGAR can't be reached.
    """
    answer = sender.status_of(receipt.accession_number)
    if answer.status != 200 or answer.found is None or not answer.found.status:
        return _saved(with_answer(receipt, _said(answer, "", at)), receipt)
    found = answer.found
    known = replace(receipt, status=found.status, is_final=found.is_final, outcome="sent")
    if found.is_accepted:
        accepted, filed = _times(found)
        known = replace(known, result="accepted", accepted=accepted, filed=filed)
    elif found.is_suspended:
        known = replace(known, result="suspended")
    return _saved(with_answer(known, _said(answer, found.status, at, found)), receipt)


def _saved(receipt: Receipt, before: Receipt) -> Receipt:
    if receipt != before:
        save_receipt(receipt)
    return receipt


def _said(answer: ApiAnswer, status: str, at: datetime, found: EdgarStatus | None = None) -> dict[str, Any]:
    messages = found.messages if found is not None else answer.messages
    names = ("received", "accepted", "suspended", "filed") if found is not None else ()
    times = {name: getattr(found, name) for name in names}
    return {
        "at": at.isoformat(),
        "to": "status",
        "http_status": answer.status,
        "tracking": answer.tracking,
        "locator": answer.locator,
        "status": status,
        **{name: value.isoformat() for name, value in times.items() if value is not None},
        "messages": [message._asdict() for message in messages],
    }


def _times(found: EdgarStatus) -> tuple[str, str]:
    """EDGAR's acceptance time and its filing date, Eastern; empty where EDGAR says neither time."""
    said = found.accepted or found.received
    if said is None:
        return "", ""
    at = said.astimezone(eastern())
    day = day_received(at, sec_calendar())
    if found.filed is not None and day not in (found.filed.date(), found.filed.astimezone(eastern()).date()):
        day = found.filed.date()
    return at.isoformat(), day.isoformat()


def receipt_messages(receipt: Receipt) -> tuple[EdgarMessage, ...]:
    """What EDGAR says of the submission in its last answer about it."""
    about = [each for each in receipt.answers if each["to"] == "submission" or each.get("http_status") == 200]
    return tuple(EdgarMessage(**message) for message in about[-1]["messages"]) if about else ()


def is_wrong_kind(receipt: Receipt) -> bool:
    """Whether EDGAR refused the kind of envelope: its errors are about the envelope, not about a document."""
    errors = [message for message in receipt_messages(receipt) if message.kind == "ERROR"]
    return bool(errors) and all(message.document == 0 for message in errors)


def findings_of(receipt: Receipt) -> tuple[Finding, ...]:
    """EDGAR's messages at the fields of the form."""
    return edgar_findings(receipt_messages(receipt), receipt.lines)


# ---- looked up in the public list


class LookedUp(NamedTuple):
    """What the public list has."""

    receipt: Receipt
    similar: tuple[str, ...] = ()
    """Accession numbers of forms of the same kind that are not the one that was sent."""


def looked_up(receipt: Receipt, source: Source) -> LookedUp:
    """The receipt with what the public list of the reporting persons has; LIVE submissions only appear there.

    A form without an accession number is the one that was sent where its XML is the same. Raises EdgarError.
    """
    since = (receipt.at - timedelta(days=1)).date()
    others = {each.accession_number for each in all_receipts() if each.begun != receipt.begun}
    similar: list[str] = []
    for cik in receipt.ciks:
        try:
            filer = source.filer(cik)
        except NotThere:
            continue
        for entry in source.entries(filer, since):
            number = receipt.accession_number
            if entry.form != receipt.form or (number and entry.accession != number):
                continue
            if not number and entry.accession in others:
                continue
            document = read_document(source.filing((cik,), entry.accession))
            same = hashlib.sha256(write_document(document.filing)).hexdigest() == receipt.form_sha256
            header = document.submission
            if (same or number) and header is not None and header.accepted is not None:
                found = _public(receipt, entry.accession, header.accepted, header.filed)
                return LookedUp(_saved(found, receipt))
            similar.append(entry.accession)
    return LookedUp(receipt, tuple(dict.fromkeys(similar)))


def _public(receipt: Receipt, number: str, accepted: datetime, filed: date | None) -> Receipt:
    at = accepted.replace(tzinfo=eastern())
    day = filed or day_received(at, sec_calendar())
    known = replace(
        receipt,
        outcome="sent",
        accession_number=number,
        status="DISSEMINATED",
        is_final=True,
        result="accepted",
        accepted=at.isoformat(),
        filed=day.isoformat(),
    )
    return with_answer(
        known, {"at": at.isoformat(), "to": "public list", "status": "DISSEMINATED", "messages": []}
    )


def is_young(receipt: Receipt, at: datetime) -> bool:
    """Whether EDGAR may not know the number yet."""
    return at - receipt.at < _KEPT


# ---- filed


def mark_filed(receipts: Sequence[Receipt], by: str = "", register: str | None = None) -> str:
    """Mark the draft of accepted LIVE forms as filed, with EDGAR's times; why it was not, or nothing.

    ``receipts``: one for each form of the draft.
    """
    first = receipts[0]
    path = Path(first.draft_path)
    if not path.is_file():
        return f"The draft {path} was not found"
    intake = opened(str(path))
    if intake.draft is None:
        return f"{path.name} is not a draft, so that no ledger is updated; form4 import adds the filing"
    if filing_hash(intake) != first.filing_sha256:
        return f"{path.name} was changed after it was sent, so that it is not what was filed"
    if not first.accepted:
        return f"EDGAR did not say when it accepted the form; record it with form4 filed {path.name}"
    refuse_filer(path, by)
    numbers = [receipt.accession_number for receipt in receipts]
    at = datetime.fromisoformat(first.accepted)
    papers = documents_of_draft(intake, numbers, at, datetime.fromisoformat(first.filed).date())
    enter_and_close(path, papers, register, timed=True)
    if by:
        record_filer(path, by, numbers, moment())
    return ""
