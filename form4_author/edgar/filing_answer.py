"""What EDGAR answers to a submission and says of it later, read leniently: names of fields differ between its texts."""

from __future__ import annotations

import contextlib
import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "NO_ANSWER",
    "ApiAnswer",
    "EdgarMessage",
    "EdgarStatus",
    "Verification",
    "answer_in",
    "is_ccc_of",
    "status_in",
    "verification_in",
]

_FOUND: Final = 200
_LONGEST: Final = 1000
"""Characters of a message that are kept."""
_MOST: Final = 200
"""Messages that are kept."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){4}")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_ENDS: Final = frozenset({"ACCEPTED", "DISSEMINATED", "DONE", "SUSPENDED"})


class EdgarMessage(NamedTuple):
    """A message of EDGAR's."""

    kind: str
    """``INFO``, ``NOTICE``, ``WARNING`` or ``ERROR``."""
    text: str
    number: int | None = None
    """The error's number."""
    document: int | None = None
    """The place of the document in the submission: 1 is the primary document, 0 the envelope."""
    line: int | None = None


class EdgarStatus(NamedTuple):
    """Where EDGAR is with a submission."""

    status: str
    """``PROCESSING``, ``ACCEPTED`` …, in capitals with underscores; empty where EDGAR does not say."""
    is_final: bool
    form: str = ""
    received: datetime | None = None
    accepted: datetime | None = None
    suspended: datetime | None = None
    filed: datetime | None = None
    messages: tuple[EdgarMessage, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether EDGAR accepted it and nothing more follows; ``DONE`` alone does not say which end it is."""
        if not self.is_final or self.suspended is not None:
            return False
        return self.status in ("ACCEPTED", "DISSEMINATED") or (
            self.status == "DONE" and self.accepted is not None
        )

    @property
    def is_suspended(self) -> bool:
        """Whether EDGAR refused it and nothing more follows."""
        return self.is_final and (self.status == "SUSPENDED" or self.suspended is not None)


class ApiAnswer(NamedTuple):
    """An answer of the filing side."""

    status: int
    """The HTTP status; 0 where there was no answer."""
    tracking: str = ""
    locator: str = ""
    accession: str = ""
    transmission: str = ""
    """``RECEIVED``, ``REJECTED`` or ``FAILED``."""
    condition: str = ""
    """Whether EDGAR takes submissions now."""
    messages: tuple[EdgarMessage, ...] = ()
    found: EdgarStatus | None = None
    """The status of a submission that was asked for."""
    retry_after: float | None = None

    @property
    def words(self) -> str:
        """EDGAR's messages in one line."""
        return " ".join(message.text for message in self.messages)


NO_ANSWER: Final = ApiAnswer(0)


class Verification(NamedTuple):
    """Whether tokens may file for a filer."""

    may_file: bool | None
    """None where EDGAR does not say."""
    confirmation: date | None
    """The day by which the account has to be confirmed, once a year."""
    answer: ApiAnswer

    @property
    def is_stated(self) -> bool:
        """Whether EDGAR answered the question, and did not refuse it."""
        return self.answer.status == _FOUND


def verification_in(answer: ApiAnswer, content: bytes) -> Verification:
    """The verification in an answer."""
    data = _object(content)
    stated = data.get("canFile")
    may_file = stated if isinstance(stated, bool) else None
    if answer.status != _FOUND:
        may_file = False if answer.status in (401, 403) else None
    due = _moment(data, "confirmationDueDate")
    return Verification(may_file, due.date() if due is not None else None, answer)


def is_ccc_of(answer: ApiAnswer, content: bytes, ccc: str) -> bool | None:
    """Whether the account in the answer has this CCC; None where the answer has none. EDGAR's CCC is not returned."""
    info = _object(content).get("filerInfo")
    accounts = info if isinstance(info, list) else [info]
    shown = [each["ccc"] for each in accounts if isinstance(each, dict) and isinstance(each.get("ccc"), str)]
    return ccc in shown if answer.status == _FOUND and shown else None


def answer_in(status: int, content: bytes, retry_after: float | None = None) -> ApiAnswer:
    """The answer in these bytes; what can't be read is left out."""
    data = _object(content)
    number = ""
    with contextlib.suppress(MalformedValue):
        number = accession_number(_text(data, "accessionNumber", "submissionAccessionNumber"))
    return ApiAnswer(
        status=status,
        tracking=_plain(data, "tracking"),
        locator=_plain(data, "locator"),
        accession=number,
        transmission=_word(data, "status", "transmissionStatus"),
        condition=_word(data, "condition"),
        messages=tuple(_messages(data, "messages")) or _one_message(data),
        found=status_in(data),
        retry_after=retry_after,
    )


def status_in(data: Mapping[str, Any]) -> EdgarStatus:
    """The status of a submission in an answer."""
    status = _word(data, "status", "submissionProcessingStatus", "transmissionStatus")
    final = data.get("final")
    is_final = final is True or (isinstance(final, str) and final.strip().lower() == "true")
    return EdgarStatus(
        status=status,
        is_final=is_final and status in _ENDS,
        form=_text(data, "formType", "submissionType", "submissionFormType"),
        received=_moment(data, "receivedDate"),
        accepted=_moment(data, "acceptedDate"),
        suspended=_moment(data, "suspendedDate"),
        filed=_moment(data, "filingDate"),
        messages=(*_messages(data, "submissionMessages"), *_messages(data, "messages")),
    )


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        data: object = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _text(data: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that is a text, on one line, without anything that looks like a token."""
    value = next((data[name] for name in names if isinstance(data.get(name), str) and data[name].strip()), "")
    return _TOKEN.sub("(removed)", " ".join(value.split()))[:_LONGEST]


def _word(data: Mapping[str, Any], *names: str) -> str:
    return _text(data, *names).upper().replace(" ", "_")


def _plain(data: Mapping[str, Any], name: str) -> str:
    found = _text(data, name)
    return found if _PLAIN.fullmatch(found) else ""


def _one_message(data: Mapping[str, Any]) -> tuple[EdgarMessage, ...]:
    text = _text(data, "message")
    return (EdgarMessage("INFO", text),) if text else ()


def _messages(data: Mapping[str, Any], name: str) -> Iterator[EdgarMessage]:
    stated = data.get(name)
    for each in stated[:_MOST] if isinstance(stated, list) else ():
        text = _text(each, "content", "message") if isinstance(each, dict) else ""
        if text:
            yield EdgarMessage(
                kind=_word(each, "type") or "INFO",
                text=text,
                number=_whole(each.get("errorNumber")),
                document=_whole(each.get("docSequenceNum")),
                line=_whole(each.get("lineNumber")),
            )


def _whole(value: object) -> int | None:
    """A number, also one that is written as a text."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _moment(data: Mapping[str, Any], name: str) -> datetime | None:
    """A time with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(_text(data, name))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
