"""The local EDGAR as a server on loopback: paths, versions, the pages of refusals, and EDGAR's limit of requests.

A test adds faults with ``fault``; ``requests`` holds what was asked and when, by the clock that is handed in.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

from form4_author.codes import current_edition
from form4_author.edgar.demo.archive import Archive, full_text, held
from form4_author.edgar.demo.filing_api import FilingApi
from form4_author.edgar.demo.reply import Reply, Request
from form4_author.ident.accession import accession_number
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from form4_author.edgar.demo.filing_api import Taken

__all__ = ["NOT_FOUND", "LocalEdgar", "Reply", "Request", "served", "threshold_page", "undeclared_page"]

_LOOPBACK: Final = "127.0.0.1"
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_MOST: Final = 10
"""Requests in a second that EDGAR takes."""
_SHUT_OUT: Final = 600.0
_FILING: Final = re.compile(
    r"/Archives/edgar/data/(?P<cik>[0-9]+)/(?:[0-9]{18}/)?(?P<accession>[0-9-]{20})"
    r"(?P<what>\.txt|\.hdr\.sgml|-index\.html?)"
)
_FOLDER: Final = re.compile(r"/Archives/edgar/data/(?P<cik>[0-9]+)/(?P<number>[0-9]{18})/index\.json")
_LIST: Final = re.compile(r"/submissions/(CIK[0-9]{10}(?:-submissions-[0-9]{3})?\.json)")


def _page(title: str, text: str) -> bytes:
    return (
        f"<!DOCTYPE html>\n<html><head><title>SEC.gov | {title}</title></head>"
        f"<body><h1>{title}</h1><p>{text}</p></body></html>\n"
    ).encode("ascii")


def threshold_page() -> Reply:
    """The refusal of an address that asks too often."""
    text = "Automated access to this site is limited. Please reduce the rate of requests."
    return Reply(403, _page("Request Rate Threshold Exceeded", text), "text/html")


def undeclared_page() -> Reply:
    """The refusal of a request without a contact."""
    text = "Please declare your traffic by updating your user agent to include company specific information."
    return Reply(403, _page("Your Request Originates from an Undeclared Automated Tool", text), "text/html")


NOT_FOUND: Final = Reply(
    404, b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "application/xml"
)


@dataclass
class LocalEdgar:
    """What a local EDGAR knows and does.

    Args:
        archive: Its filings.
        clock: Seconds; a test hands in a virtual one.
    """

    archive: Archive
    clock: Callable[[], float]
    fault: Callable[[Request], Reply | None] | None = None
    """Answers in place of the archive where it does not return None."""
    cuts_before_body: bool = False
    """Whether a connection is closed before its body is read."""
    requests: list[Request] = field(default_factory=list)
    filing_api: FilingApi = field(init=False)
    """The side that takes submissions."""
    _shut_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.filing_api = FilingApi(self.clock, self._publish)

    def _publish(self, taken: Taken, at: datetime) -> None:
        """Add an accepted submission to what is public."""
        assert taken.filing is not None  # noqa: S101  # it was accepted
        primary = write_document(taken.filing, current_edition(taken.filing.base or "4"))
        public = held(full_text(primary, taken.accession, at.replace(tzinfo=None)))
        self.archive = Archive((*self.archive.filings, public), self.archive.rows)

    def answer(self, path: str, headers: Mapping[str, str], method: str = "GET", body: bytes = b"") -> Reply:
        """The reply to a request."""
        with self._lock:
            request = Request(self.clock(), path, headers, method, body)
            self.requests.append(request)
            filing_side = self.filing_api.answer(request)
            if filing_side is not None:
                return filing_side
            refused = self._refused(request)
            if refused is not None:
                return refused
            reply = self.fault(request) if self.fault is not None else None
            return reply or self._versioned(request, self._found(path))

    def _refused(self, request: Request) -> Reply | None:
        """The page for those who ask too often or without a contact."""
        recent = [each for each in self.requests[-_MOST - 1 :] if request.at - each.at < 1.0]
        if len(recent) > _MOST:
            self._shut_until = request.at + _SHUT_OUT
        if request.at < self._shut_until:
            return threshold_page()
        return None if _MAIL.search(request.headers.get("user-agent", "")) else undeclared_page()

    def _found(self, path: str) -> Reply:
        if (found := _LIST.fullmatch(path)) is not None:
            content = self.archive.submissions(found[1])
            return NOT_FOUND if content is None else self._dated(Reply(200, content), found[1])
        if path == "/files/company_tickers.json":
            return self._dated(Reply(200, self.archive.company_tickers()), "")
        if path == "/files/company_tickers_exchange.json":
            return self._dated(Reply(200, self.archive.company_tickers_exchange()), "")
        if (found := _FILING.fullmatch(path)) is not None:
            return self._filing(found["cik"], found["accession"], found["what"])
        if (found := _FOLDER.fullmatch(path)) is not None:
            held = self.archive.text_of(found["cik"], accession_number(found["number"]))
            return NOT_FOUND if held is None else Reply(200, self.archive.directory(held))
        return NOT_FOUND

    def _filing(self, cik: str, accession: str, what: str) -> Reply:
        held = self.archive.text_of(cik, accession)
        if held is None:
            return NOT_FOUND
        if what == ".txt":
            return Reply(200, held.text, "text/plain")
        if what == ".hdr.sgml":
            return Reply(200, held.header, "text/plain")
        return Reply(200, _page(f"Filing {accession}", f"Form {held.filing.form}"), "text/html")

    def _dated(self, reply: Reply, name: str) -> Reply:
        tag = f'"{hashlib.sha256(reply.content).hexdigest()[:16]}"'
        changed = format_datetime(self.archive.version(name), usegmt=True)
        return reply._replace(headers={"ETag": tag, "Last-Modified": changed})

    def _versioned(self, request: Request, reply: Reply) -> Reply:
        """The reply, without content where the asker has this version."""
        tag, changed = reply.headers.get("ETag", ""), reply.headers.get("Last-Modified", "")
        wanted = request.headers.get("if-none-match")
        same = wanted == tag if wanted else request.headers.get("if-modified-since") == changed
        return reply._replace(status=304, content=b"") if tag and same else reply


class _Handler(BaseHTTPRequestHandler):
    """Carries requests to the local EDGAR and its replies back."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    edgar: LocalEdgar

    def do_GET(self) -> None:
        """Answer a request."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Answer a request that has a body."""
        length = int(self.headers.get("Content-Length") or 0)
        if self.edgar.cuts_before_body:
            self.close_connection = True
            return
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return
        self._answer(body)

    def _answer(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.edgar.answer(self.path.partition("?")[0], headers, self.command, body), headers)

    def _send(self, reply: Reply, headers: Mapping[str, str]) -> None:
        if reply.is_silent:
            self.close_connection = True
            return
        content, more = reply.content, dict(reply.headers)
        if "gzip" in headers.get("accept-encoding", "") and content and "Content-Encoding" not in more:
            content, more["Content-Encoding"] = gzip.compress(content, mtime=0), "gzip"
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        if reply.status != 304:
            more.setdefault("Content-Length", str(len(content)))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.cut_at is not None:
            content, self.close_connection = content[: reply.cut_at], True
        step = len(content) // 8 + 1 if reply.between is not None else len(content) + 1
        for start in range(0, len(content), step):
            self.wfile.write(content[start : start + step])
            if reply.between is not None:
                self.wfile.flush()
                reply.between()
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        """Keep the terminal quiet; ``LocalEdgar.requests`` has what was asked."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep the terminal quiet where the asker has left."""


@contextmanager
def served(edgar: LocalEdgar, port: int = 0) -> Iterator[str]:
    """The address of the local EDGAR, which answers while this lasts. Raises OSError where the port is taken."""
    handler = type("Handler", (_Handler,), {"edgar": edgar})
    server = _Server((_LOOPBACK, port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{_LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
