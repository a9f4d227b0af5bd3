"""Sending a filing to EDGAR: what is sent, whether it was sent before, the receipt, and then one attempt.

The receipt is on disk before the first byte leaves. After that no path here sends the same submission again, unless the
filer asks for it by ``--again``; what can't be known is reported as not known.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.desk.envelope import FormToSend, judged_forms, submission_of, trial_form
from form4_author.desk.intake import Intake, opened, with_attachments
from form4_author.desk.packet_found import found_packet
from form4_author.desk.packet_place import draft_mark, manifests
from form4_author.desk.receipt import Receipt, all_receipts, receipts_folder, receipts_of, save_receipt
from form4_author.desk.state import filing_hash
from form4_author.edgar.sender import NotConnected
from form4_author.errors import Form4Error, MalformedValue, UnreadableInput
from form4_author.files import disk, draft_file
from form4_author.files.lock import sending_lock
from form4_author.findings import path_text
from form4_author.ident.ccc import is_ccc
from form4_author.ident.cik import bare_cik
from form4_author.wire.envelope import without_secrets, write_envelope
from form4_author.wire.place import lines_by_path
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from form4_author.desk.facts import FactsSource
    from form4_author.edgar.filing_answer import ApiAnswer
    from form4_author.edgar.sender import Sender
    from form4_author.model.submission import Attachment, Submission

__all__ = [
    "Ready",
    "Target",
    "Way",
    "earlier",
    "lacks_ccc",
    "packet_draft",
    "ready_forms",
    "send_once",
    "submission_hash",
    "target_of",
]

_SECRET: Final = re.compile(rb"\s*<rptOwnerCcc>[^<]*</rptOwnerCcc>")
_REFUSED: Final = frozenset({400, 401, 403, 404, 405, 406, 411, 413, 415, 429, 503})
"""The answers that say that EDGAR did not take the submission."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be sent."""

    whole: Intake
    file: Path
    """The draft, or the envelope."""
    packet: Path | None = None
    """The folder that gets the receipts."""
    envelope: bytes | None = None
    """A submission that is sent as it is in its file."""


class Ready(NamedTuple):
    """One form, ready to be sent."""

    form: FormToSend
    submission: Submission


class Way(NamedTuple):
    """How it is sent."""

    sender: Sender
    clock: Callable[[], datetime]
    """Eastern time."""


# ---- what is sent


def target_of(name: str, attached: tuple[Attachment, ...] = ()) -> Target:
    """What a path names: the folder of a packet, a draft with a packet, or a file that form4 pack wrote.

    Raises Form4Error where there is nothing to send, or the draft was changed after its packet was made.
    """
    path = Path(name)
    if path.is_dir():
        return _packet(path, attached)
    whole = with_attachments(opened(name), attached)
    if whole.draft is not None:
        return _draft(whole, path)
    if whole.is_public:
        raise Form4Error(f"{name} is a form that EDGAR has published", remedy="Give a packet or an envelope")
    is_envelope = whole.document is not None and whole.document.envelope is not None
    if not is_envelope:
        raise Form4Error(
            f"{name} is a primary document without an envelope",
            remedy="Give the folder of its packet, or the file that form4 pack writes",
        )
    if attached:
        raise Form4Error(f"{name} is sent as it is", remedy="Attach documents with form4 pack")
    return Target(whole, path, envelope=disk.read(path))


def packet_draft(folder: Path) -> Path:
    """The draft of a packet. Raises Form4Error where it is not found."""
    made = next(iter(manifests(folder)), None)
    if made is None:
        raise Form4Error(f"{folder} is not a packet", remedy="Make one with form4 render")
    mark = {"draft": made.get("draft"), "draft_folder": made.get("draft_folder")}
    draft = next((path for path in draft_file.places() if draft_mark(path) == mark), None)
    if draft is None:
        raise Form4Error(
            f'The draft "{made.get("draft") or "not named"}" of this packet was not found',
            remedy="Give the draft's path instead of the packet's",
        )
    return draft


def _packet(folder: Path, attached: tuple[Attachment, ...]) -> Target:
    draft = packet_draft(folder)
    whole = with_attachments(opened(str(draft)), attached)
    if any(made.get("filing_sha256") != filing_hash(whole) for made in manifests(folder)):
        raise _changed(draft)
    return Target(whole, draft, folder)


def _draft(whole: Intake, path: Path) -> Target:
    if whole.draft is not None and whole.draft.interview.filed is not None:
        raise Form4Error(f"{path} was filed", remedy="To correct it, start an amendment with form4 amend")
    found = found_packet(whole)
    if found is None:
        raise Form4Error(f"No packet of {path} was found", remedy="Make it with form4 render, then review it")
    if not found.is_current:
        raise _changed(path)
    return Target(whole, path, found.folder)


def _changed(path: Path) -> Form4Error:
    return Form4Error(
        f"{path} was changed after its packet was made",
        remedy="Make the packet again with form4 render, and review it",
    )


def ready_forms(target: Target, stated: Submission, as_of: date, source: FactsSource) -> list[Ready]:
    """The forms of a filing, each checked as it would be sent. ``stated``: contact and mode.

    Raises Form4Error where an envelope in a file is of the other mode.
    """
    whole = target.whole
    submission = submission_of(whole, stated)
    forms = judged_forms(whole, as_of, source)
    if target.envelope is not None:
        held = whole.document.submission if whole.document is not None else None
        mode = held.test_or_live if held is not None else None
        if mode != stated.test_or_live:
            other = " with --live" if mode == "LIVE" else " without --live"
            raise Form4Error(
                f"{target.file} is a {mode or 'TEST or LIVE'} submission, and the command sends"
                f" a {stated.test_or_live} one",
                remedy=f"Send it{other}, or pack it again",
            )
        return [Ready(replace(form, envelope=target.envelope), submission) for form in forms]
    return [
        Ready(
            form
            if form.report.is_blocked
            else trial_form(form, submission, Path(target.file.name), as_of, source),
            submission,
        )
        for form in forms
    ]


def submission_hash(envelope: bytes) -> str:
    """The SHA-256 of what a submission files: mode, type, and each document without the lines of the CCCs.

    Contacts, addresses for notices and file names do not count: with others it would be the same filing once more.
    """
    root = read_document(envelope).envelope
    if root is None:
        raise MalformedValue("There is no envelope")
    listed: list[Any] = [root.findtext("testOrLive"), root.findtext("submissionType")]
    for document in root.iterfind("edgarDocument"):
        content = base64.b64decode("".join((document.findtext("documentMimeBlock") or "").split()))
        digest = hashlib.sha256(_SECRET.sub(b"", content)).hexdigest()
        listed.append([document.findtext("documentType"), document.findtext("documentDescription"), digest])
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def _with_secrets(ready: Ready, target: Target, cccs: Mapping[str, str]) -> bytes:
    if target.envelope is not None:
        return target.envelope
    return write_envelope(ready.form.intake.filing, ready.submission, cccs)


def lacks_ccc(target: Target) -> bool:
    """Whether an envelope in a file lacks a CCC of a reporting person."""
    document = target.whole.document
    assert document is not None  # noqa: S101  # it is an envelope
    owners = document.root.findall("reportingOwner/reportingOwnerId")
    return not all(is_ccc((owner.findtext("rptOwnerCcc") or "").strip()) for owner in owners)


# ---- what was sent before


def earlier(target: Target, ready: Sequence[Ready], *, live: bool) -> tuple[Receipt, ...]:
    """The attempts that keep a form from being sent without ``--again``, oldest first.

    Those with the same submission, wherever its draft or envelope is now; and, for a LIVE submission, those of the same
    draft that EDGAR has or may have, whatever was changed since.
    """
    hashes = {submission_hash(each.form.envelope) for each in ready if each.form.envelope}
    mode = "LIVE" if live else "TEST"
    same = [receipt for receipt in all_receipts() if receipt.sha256 in hashes and receipt.mode == mode]
    if live:
        same += [
            r for r in receipts_of(target.file) if r.mode == mode and r.may_be_at_edgar and r not in same
        ]
    return tuple(sorted(same, key=lambda receipt: receipt.at))


def _before_sending(
    target: Target, ready: Ready, envelope: bytes, at: datetime, packet: Path | None
) -> Receipt:
    """The receipt of an attempt that begins now; its outcome is not known yet."""
    filing = ready.form.intake.filing
    document = read_document(envelope)
    form = without_secrets(write_document(filing))
    number = max((receipt.number for receipt in receipts_of(target.file)), default=0) + 1
    lines = sorted(
        (line, path_text(path))
        for path, line in lines_by_path(document.root, document.line_offset).items()
        if line is not None and path
    )
    return Receipt(
        number=number,
        mode=ready.submission.test_or_live or "TEST",
        form=filing.form or "",
        part=ready.form.part.name,
        parts=ready.form.part.of,
        persons=tuple(owner.name or "" for owner in filing.owners),
        ciks=tuple(bare_cik(owner.cik) for owner in filing.owners),
        issuer=filing.issuer.name or "",
        sha256=submission_hash(envelope),
        form_sha256=hashlib.sha256(form).hexdigest(),
        filing_sha256=filing_hash(target.whole),
        size=len(envelope),
        begun=at.isoformat(),
        draft=target.file.name,
        draft_path=str(target.file.resolve()),
        packet=str(packet.resolve()) if packet is not None else "",
        lines=tuple(lines),
    )


# ---- one attempt


def send_once(
    target: Target,
    ready: Ready,
    cccs: Mapping[str, str],
    way: Way,
    allowed: Sequence[Receipt],
) -> Receipt:
    """Write the receipt, send the form once, and complete the receipt.

    ``allowed``: the earlier attempts that were shown; one that was made since then stops this.
    Raises Form4Error where another attempt was made meanwhile or the receipt can't be written: nothing was sent then.
    """
    envelope = _with_secrets(ready, target, cccs)
    live = ready.submission.test_or_live == "LIVE"
    folder = receipts_folder()
    with sending_lock(folder):
        shown = {(r.draft_path, r.number) for r in allowed}
        again = earlier(target, [ready._replace(form=replace(ready.form, envelope=envelope))], live=live)
        more = [r for r in again if (r.draft_path, r.number) not in shown]
        if more:
            raise Form4Error(
                f"It was sent at {more[-1].begun} by another form4",
                remedy="Run form4 status; nothing was sent now",
            )
        receipt = _before_sending(target, ready, envelope, way.clock(), _place(target, ready))
        try:
            save_receipt(receipt)
        except OSError as error:
            raise UnreadableInput(
                f"The receipt can't be saved: {(error.strerror or str(error)).lower()}; nothing was sent",
                remedy="Free some space, or check who may write to the folder, and give the command again",
            ) from None
        done = _attempt(receipt, way, envelope)
        try:
            save_receipt(done)
        except OSError as error:
            return replace(
                done, problem=f"the answer can't be saved: {(error.strerror or str(error)).lower()}"
            )
        return done


def _place(target: Target, ready: Ready) -> Path | None:
    """The folder that gets the packet's copy of the receipt: that of the form, where the packet has several."""
    if target.packet is None:
        return None
    part = target.packet / ready.form.part.name
    return part if ready.form.part.name and part.is_dir() else target.packet


def _attempt(receipt: Receipt, way: Way, envelope: bytes) -> Receipt:
    try:
        sent = way.sender.send(envelope, live=receipt.mode == "LIVE")
    except NotConnected as error:
        return replace(receipt, outcome="not sent", problem=error.problem, ended=way.clock().isoformat())
    at = way.clock().isoformat()
    if sent.answer is None:
        return replace(receipt, outcome="unknown", problem=sent.problem, ended=at)
    return replace(_answered(receipt, sent.answer, at), ended=at)


def _answered(receipt: Receipt, answer: ApiAnswer, at: str) -> Receipt:
    """The receipt with EDGAR's answer to the submission."""
    said = {
        "at": at,
        "to": "submission",
        "http_status": answer.status,
        "tracking": answer.tracking,
        "locator": answer.locator,
        "status": answer.transmission,
        "messages": [message._asdict() for message in answer.messages],
    }
    known = replace(
        receipt,
        http_status=answer.status,
        tracking=answer.tracking,
        locator=answer.locator,
        accession_number=answer.accession,
        status=answer.transmission,
        answers=(*receipt.answers, said),
    )
    words = answer.words.rstrip(".")
    if answer.transmission in ("REJECTED", "FAILED"):
        return replace(known, outcome="refused", problem=words or f"EDGAR's status is {answer.transmission}")
    if answer.status in (200, 201, 202) and answer.accession:
        return replace(known, outcome="sent")
    if answer.status in _REFUSED:
        return replace(known, outcome="refused", problem=words or f"status {answer.status}")
    return replace(known, outcome="unknown", problem=words or f"EDGAR answered with status {answer.status}")
