"""The filing side of the local EDGAR: submissions, their statuses, and whether EDGAR takes submissions now.

What it answers follows the SEC's description of the EDGAR API 1.11.0. A test sets the statuses of the next submission
with ``script``, adds faults with ``fault`` and reads in ``bodies`` what arrived.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.edgar.demo.archive import EASTERN
from form4_author.edgar.demo.reply import Reply
from form4_author.edgar.demo.token import login_cik, token_fault
from form4_author.errors import MalformedValue, UnreadableInput
from form4_author.ident.accession import accession_number
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from form4_author.edgar.demo.reply import Request
    from form4_author.model.filing import Filing

__all__ = ["DEMO_CCC", "FilingApi", "Taken", "error_reply", "suspended"]

DEMO_CCC: Final = "demo1@ab"
"""The CCC of each account of the local EDGAR."""
_SEND: Final = re.compile(r"/submission/single/(test|live)")
_STATUS: Final = re.compile(r"/submission/(?P<number>[^/]+)/status")
_ACCOUNT: Final = re.compile(r"/fm/(?P<cik>[0-9]{10})(?P<verify>/verify)?")
_MOST: Final = 25
_LARGEST: Final = 200_000_000
_CONDITIONS: Final = {
    "ACCEPTING": "EDGAR is operating within its hours.",
    "ACCEPTING_AFTER_HOURS": "EDGAR is operating; certain submissions completed before 10 p.m. are dated today.",
    "OUTSIDE_OPERATING_HOURS": "EDGAR is not within its operating hours.",
    "NO_COMMUNICATION": "EDGAR cannot be reached through the API.",
}

NOT_YET: Final[dict[str, Any]] = {}
"""In a script: the number is not known yet (404)."""


class Taken(NamedTuple):
    """A submission that the local EDGAR took."""

    accession: str
    mode: str
    at: float
    body: bytes
    filing: Filing | None
    """None where the envelope is not of the ownership kind."""


def suspended(content: str, number: int = 442, line: int = 0, document: int = 1) -> dict[str, Any]:
    """The last status of a submission that EDGAR refuses."""
    message = {
        "type": "ERROR",
        "errorNumber": number,
        "errorLabel": "TAG_VALUE_MISSING_OR_INVALID",
        "content": content,
        "context": "none",
        "docSequenceNum": document,
        "lineNumber": line,
        "lineOffset": 0,
    }
    return {"status": "SUSPENDED", "final": True, "submissionMessages": [message]}


def error_reply(status: int, text: str, headers: Mapping[str, str] | None = None) -> Reply:
    """An error as the API answers it."""
    return Reply(status, _json({**_identity(text), "messages": [{"type": "ERROR", "content": text}]}),
                 headers=headers or {})  # fmt: skip


@dataclass
class FilingApi:
    """Takes submissions.

    Args:
        clock: Seconds since 1970.
        accepted: Called with each LIVE submission that is accepted.
    """

    clock: Callable[[], float]
    accepted: Callable[[Taken, datetime], None] = lambda _taken, _at: None
    script: Callable[[Taken], Iterable[Mapping[str, Any]]] | None = None
    """The statuses of a submission, one after another; the last one stays. None: 404, processing, accepted."""
    fault: Callable[[Request], Reply | None] | None = None
    """Answers in place of the API where it does not return None, after the body arrived."""
    condition: str = "ACCEPTING"
    accounts: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """By CIK of ten digits, what is not as usual: ``canFile``, ``confirmationDueDate``, ``ccc``."""
    bodies: list[bytes] = field(default_factory=list)
    """The submissions that arrived whole, whatever was answered."""
    taken: dict[str, Taken] = field(default_factory=dict)
    _statuses: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    _published: set[str] = field(default_factory=set)

    def answer(self, request: Request) -> Reply | None:
        """The reply to a request of the filing side; None for any other."""
        send = _SEND.fullmatch(request.path)
        if send is not None and request.method == "POST":
            self.bodies.append(request.body)
        reply = self.fault(request) if self.fault is not None else None
        if reply is not None:
            return reply
        if send is not None and request.method == "POST":
            return self._refused(request, both=True) or self._sent(request, send[1].upper())
        if request.path == "/status":
            return self._refused(request, both=False) or self._system()
        if request.path == "/submission/status" and request.method == "POST":
            return self._refused(request, both=False) or self._list(request.body)
        return self._of_one(request)

    def _of_one(self, request: Request) -> Reply | None:
        """The reply about one account or submission; None for anything else."""
        account = _ACCOUNT.fullmatch(request.path)
        if account is not None:
            return self._refused(request, both=True) or self._account(account["cik"], account["verify"])
        found = _STATUS.fullmatch(request.path)
        if found is not None:
            return self._refused(request, both=False) or self._one(found["number"])
        return None

    def _refused(self, request: Request, *, both: bool) -> Reply | None:
        fault = token_fault(request.headers.get("authorization", ""), both=both, now=self.clock())
        if fault is not None:
            return error_reply(fault.status, fault.message)
        if "/" not in request.headers.get("user-agent", ""):
            return error_reply(400, "The User-Agent header is missing or malformed.")
        return None

    def _system(self) -> Reply:
        text = _CONDITIONS.get(self.condition, "EDGAR is experiencing technical difficulties.")
        return Reply(200, _json({**_identity("status"), "condition": self.condition, "message": text}))

    def _account(self, cik: str, verify: str | None) -> Reply:
        stated = {
            "canFile": True,
            "confirmationDueDate": "2039-12-31T22:00:00-05:00",
            **self.accounts.get(cik, {}),
        }
        ccc = stated.pop("ccc", DEMO_CCC)
        if verify:
            return Reply(200, _json({**_identity(f"verify {cik}"), **stated}))
        info = {"cik": cik, "entityName": f"Filer {cik}", "ccc": ccc}
        return Reply(200, _json({**_identity(f"account {cik}"), "filerInfo": [info]}))

    # ---- sending

    def _sent(self, request: Request, mode: str) -> Reply:
        if self.condition in ("OUTSIDE_OPERATING_HOURS", "NO_COMMUNICATION"):
            return error_reply(503, _CONDITIONS[self.condition])
        if request.headers.get("content-type") not in ("application/xml", "application/octet-stream"):
            return error_reply(415, "Unsupported Media Type")
        if len(request.body) > _LARGEST:
            return error_reply(413, "The submission is too large.")
        taken = self._taken(request, mode)
        self.taken[taken.accession] = taken
        statuses = self.script(taken) if self.script is not None else _usual(taken)
        self._statuses[taken.accession] = list(statuses)
        answer = {"accessionNumber": taken.accession, "mode": mode, "status": "RECEIVED",
                  "transmissionStatus": "RECEIVED", "messages": []}  # fmt: skip
        return Reply(202, _json({**_identity(taken.accession), **answer}))

    def _taken(self, request: Request, mode: str) -> Taken:
        at = self.clock()
        cik = request.headers.get("x-edgar-login-cik") or login_cik(request.headers["authorization"])
        number = f"{cik}-{datetime.fromtimestamp(at, EASTERN):%y}-{len(self.taken) + 1:06}"
        return Taken(number, mode, at, request.body, _filing(request.body))

    # ---- statuses

    def _one(self, number: str) -> Reply:
        if not _is_number(number):
            return error_reply(400, "Bad Request")
        status = self._status(number)
        if status is None:
            return error_reply(404, "Not Found")
        return Reply(200, _json({**_identity(number), **status}))

    def _list(self, body: bytes) -> Reply:
        try:
            numbers = json.loads(body)["accessionNumbers"]
            well_formed = isinstance(numbers, list) and all(map(_is_number, numbers))
        except (ValueError, KeyError, TypeError):
            well_formed = False
        if not well_formed:
            return error_reply(400, "Bad Request")
        if len(numbers) > _MOST:
            return error_reply(400, "Accession numbers exceeded the limit of 25.")
        found = [status for status in map(self._status, numbers) if status is not None]
        return Reply(200, _json({**_identity("list"), "responses": found})) if found else Reply(204)

    def _status(self, number: str) -> dict[str, Any] | None:
        taken, statuses = self.taken.get(number), self._statuses.get(number, [])
        if taken is None or not statuses:
            return None
        scripted = statuses[0] if len(statuses) == 1 else statuses.pop(0)
        return self._whole(taken, scripted) if scripted else None

    def _whole(self, taken: Taken, scripted: Mapping[str, Any]) -> dict[str, Any]:
        at = datetime.fromtimestamp(self.clock(), EASTERN).replace(microsecond=0)
        data: dict[str, Any] = {
            "accessionNumber": taken.accession,
            "mode": taken.mode,
            "final": False,
            "formType": (taken.filing.form if taken.filing is not None else None) or "UNKNOWN",
            "documentCount": 1,
            "items": [],
            "receivedDate": datetime.fromtimestamp(taken.at, EASTERN).replace(microsecond=0).isoformat(),
            **scripted,
        }
        if data.get("status") == "SUSPENDED" and data["final"]:
            data.setdefault("suspendedDate", at.isoformat())
        if data.get("status") in ("ACCEPTED", "DISSEMINATED", "DONE") and data["final"]:
            data.setdefault("acceptedDate", at.isoformat())
            data.setdefault("filingDate", at.replace(hour=0, minute=0, second=0).isoformat())
            if taken.mode == "LIVE" and taken.accession not in self._published:
                self._published.add(taken.accession)
                self.accepted(taken, at)
        return data


def _is_number(text: object) -> bool:
    """Whether it is an accession number with its hyphens."""
    try:
        return isinstance(text, str) and accession_number(text) == text
    except MalformedValue:
        return False


def _usual(taken: Taken) -> list[Mapping[str, Any]]:
    if taken.filing is None:
        last = suspended("The submission type is not known.", number=386, document=0)
    else:
        last = {"status": "ACCEPTED", "final": True}
    return [NOT_YET, {"status": "PROCESSING"}, last]


def _filing(body: bytes) -> Filing | None:
    try:
        document = read_document(body)
    except UnreadableInput:
        return None
    return document.filing if document.envelope is not None else None


def _identity(of: str) -> dict[str, str]:
    digest = hashlib.sha256(of.encode("utf-8")).hexdigest()
    return {"tracking": digest[:32], "locator": digest[32:38]}


def _json(data: object) -> bytes:
    return json.dumps(data).encode("ascii")
