"""Receipts of submissions: ``receipt-N.json``, written before anything is sent and completed by EDGAR's answers.

Each is written twice: in the data folder, where the next attempt looks, and in the packet, as the filer's evidence. It
holds no CCC and no token, and the packet's copy no path of this computer.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from form4_author.errors import UnreadableInput
from form4_author.files import disk, draft_file
from form4_author.files.output import make_folder, write_bytes

__all__ = [
    "Receipt",
    "all_receipts",
    "receipts_folder",
    "receipts_of",
    "save_receipt",
    "sent_before",
    "with_answer",
]

_MOST: Final = 4 << 20
_OF_THIS_COMPUTER: Final = ("draft_path", "packet", "lines")
"""What the packet's copy leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One attempt to send one form."""

    number: int
    """Of this draft or envelope, from 1."""
    mode: str
    """``TEST`` or ``LIVE``."""
    form: str
    part: str
    """``1of2`` where the filing makes several forms, else empty."""
    parts: int
    persons: tuple[str, ...]
    ciks: tuple[str, ...]
    """Of the reporting persons, without leading zeros."""
    issuer: str
    sha256: str
    """Of the submission without the lines of the CCCs; see ``submission_hash``."""
    form_sha256: str
    """Of the form's XML without the CCCs."""
    filing_sha256: str
    """Of the filing as it was reviewed and released."""
    size: int
    """Bytes of the submission."""
    begun: str
    """When the attempt began, Eastern time with its offset."""
    draft: str = ""
    """The name of the draft's or envelope's file."""
    ended: str = ""
    """When its outcome was known."""
    outcome: str = "unknown"
    """``unknown``, ``not sent``, ``refused`` or ``sent``."""
    problem: str = ""
    http_status: int = 0
    tracking: str = ""
    locator: str = ""
    accession_number: str = ""
    status: str = ""
    """EDGAR's last status, such as ``PROCESSING``."""
    is_final: bool = False
    result: str = ""
    """``accepted`` or ``suspended`` where EDGAR is done with it."""
    accepted: str = ""
    filed: str = ""
    """EDGAR's filing date."""
    answers: tuple[dict[str, Any], ...] = ()
    """What EDGAR answered and when, oldest first."""
    draft_path: str = field(default="")
    packet: str = ""
    """The folder that holds the copy; empty where there is none."""
    lines: tuple[tuple[int, str], ...] = ()
    """The lines of the form as sent and the path of the field on each."""

    @property
    def at(self) -> datetime:
        """When the attempt began."""
        return datetime.fromisoformat(self.begun)

    @property
    def may_be_at_edgar(self) -> bool:
        """Whether EDGAR has it, may have it, or accepted it."""
        return self.outcome in ("unknown", "sent") and self.result != "suspended"

    @property
    def is_open(self) -> bool:
        """Whether EDGAR may still say more."""
        return self.outcome in ("unknown", "sent") and not self.is_final


def receipts_folder() -> Path:
    """Where the receipts of all submissions are."""
    return draft_file.default_folder().parent / "submissions"


def _mark(file: Path) -> str:
    return hashlib.sha256(os.fsencode(os.path.realpath(file))).hexdigest()[:16]


def receipts_of(file: Path) -> tuple[Receipt, ...]:
    """The receipts of a draft or envelope, oldest first."""
    return _read(f"{_mark(file)}.*.json")


def all_receipts() -> tuple[Receipt, ...]:
    """Every receipt, oldest first."""
    return _read("*.json")


def sent_before(file: Path) -> tuple[str, ...]:
    """The warning where EDGAR has or may have the filing: an upload by hand would file it twice."""
    live = [receipt for receipt in receipts_of(file) if receipt.mode == "LIVE" and receipt.may_be_at_edgar]
    if not live:
        return ()
    state = (
        f"EDGAR has it as {live[-1].accession_number}" if live[-1].accession_number else "EDGAR may have it"
    )
    when = f"{live[-1].at:%m/%d/%Y at %H:%M} Eastern"
    look = "look with form4 status before you upload it, or it may be filed twice."
    return (f"This filing was sent on {when}, and {state}: {look}",)


def _read(pattern: str) -> tuple[Receipt, ...]:
    """Raises UnreadableInput for a receipt that can't be read: without it a form could be sent twice."""
    folder = receipts_folder()
    found = [_receipt(file) for file in sorted(folder.glob(pattern))] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda receipt: (receipt.at, receipt.number)))


def _receipt(file: Path) -> Receipt:
    try:
        data = json.loads(disk.read(file, _MOST))
        receipt = Receipt(
            **{
                **data,
                "persons": tuple(data["persons"]),
                "ciks": tuple(data["ciks"]),
                "answers": tuple(data["answers"]),
                "lines": tuple((int(line), str(path)) for line, path in data["lines"]),
            }
        )
        assert receipt.at.tzinfo is not None  # noqa: S101  # every receipt is written with its offset
    except (OSError, ValueError, TypeError, KeyError, AssertionError):
        raise UnreadableInput(
            f"The receipt {file} can't be read, and it says whether a form was sent",
            remedy="Restore it from a backup; if there is none, look on EDGAR for the filing, then move the file",
        ) from None
    return receipt


def save_receipt(receipt: Receipt) -> None:
    """The receipt is on disk in the data folder, and then in the packet, when this returns.

    Raises OSError as the system gives it.
    """
    folder = receipts_folder()
    make_folder(folder)
    name = f"{_mark(Path(receipt.draft_path))}.{receipt.sha256[:16]}.{receipt.number}.json"
    data = asdict(receipt)
    write_bytes(folder / name, _json(data))
    place = Path(receipt.packet) if receipt.packet else None
    if place is not None and place.is_dir():
        copy = {key: value for key, value in data.items() if key not in _OF_THIS_COMPUTER}
        write_bytes(place / f"receipt-{receipt.number}.json", _json(copy))


def with_answer(receipt: Receipt, answer: dict[str, Any]) -> Receipt:
    """The receipt with one more answer; one that says the same as the last is not added."""
    last = receipt.answers[-1] if receipt.answers else {}
    if {**last, "at": ""} == {**answer, "at": ""}:
        return receipt
    return replace(receipt, answers=(*receipt.answers, answer))


def _json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
