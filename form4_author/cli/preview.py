"""``form4 preview``: show the proof in a browser and update it on each save.

The one module that listens: on this machine's own address, under a path that cannot be guessed, and only until Ctrl-C.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import secrets
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author import codes
from form4_author.checks.report import report_of
from form4_author.cli.meant import draft_meant
from form4_author.cli.options import READY, CommandParser, as_of_date
from form4_author.desk.clock import today
from form4_author.desk.intake import divided, opened, report_of_intake
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import disk
from form4_author.files.input import read_bytes
from form4_author.files.output import make_folder, write_bytes
from form4_author.model.draft import Draft
from form4_author.model.interview import Interview
from form4_author.page.packet import PacketRequest, packet
from form4_author.page.preview import preview_html
from form4_author.text import visible
from form4_author.wizard.screen import View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from form4_author.desk.intake import Intake
    from form4_author.findings import Report

__all__ = ["Preview", "command_parser", "preview_server", "run"]

_LOOPBACK: Final = "127.0.0.1"
_NOTHING_YET: Final = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Nothing to show yet</title></head>'
    "<body><main><p>Nothing to show yet: the file could not be read.</p></main></body></html>"
)


def run(word: str, arguments: Sequence[str]) -> int:
    """Serve the proof until Ctrl-C; exit code 0."""
    options = command_parser(word).parse_args(arguments)
    options.file = draft_meant(options.file)
    opened(options.file)  # a file that is not there is told in the terminal, not in a browser
    preview = Preview(options.file, options.as_of)
    server = preview_server(preview, options.port)
    address = f"http://{_LOOPBACK}:{server.server_port}/{preview.token}/"
    sys.stdout.write(
        f"Preview of {visible(options.file)}: {address}\nThe page follows each save of the file. Ctrl-C stops it.\n"
    )
    sys.stdout.flush()
    shown: Path | None = None
    with server:
        try:
            if not options.no_browser:
                shown = _open_browser(address)
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            sys.stdout.write("\nPreview ended.\n")
        finally:
            if shown is not None:
                with suppress(OSError):
                    disk.remove_file(shown)
    return READY


def _open_browser(address: str) -> Path:
    """Start the browser on a file that leads to the address; the file, which only its owner can read.

    What a browser is started with is seen by every user of the computer, and the address opens the proof.
    """
    import webbrowser

    import platformdirs

    folder = Path(platformdirs.user_cache_path("form4-author", appauthor=False))
    make_folder(folder)
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Proof</title>'
        f'<meta http-equiv="refresh" content="0;url={address}"></head><body><a href="{address}">Proof</a></body></html>'
    )
    file = folder / f"preview-{secrets.token_hex(8)}.html"
    write_bytes(file, page.encode("ascii"))
    webbrowser.open(file.as_uri())
    return file


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Show the proof in a browser and update it each time the draft is saved. Only this\n"
        "computer can reach the page; nothing is sent anywhere.",
        "form4 preview thakar.form4.json",
    )
    parser.add_argument("file", metavar="DRAFT", help="draft, XML, envelope or EDGAR .txt")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="port to serve on (default: one that is free)"
    )
    parser.add_argument("--no-browser", action="store_true", help="open no browser; the address is printed")
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="judge as of this date (default: as form4 check)"
    )
    return parser


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """What is shown of one state of the file."""

    version: str
    report: Report
    proof: str = _NOTHING_YET
    problem: str = ""
    notice: str = ""


class Preview:
    """A file as it stands now, made into pages; read anew whenever it is asked for and has changed."""

    def __init__(self, file: str, as_of: date | None = None) -> None:
        self.token: Final = secrets.token_urlsafe(24)
        self._file: Final = file
        self._as_of: Final = as_of
        self._lock: Final = threading.Lock()
        self._sight: _Sight | None = None

    def version(self) -> str:
        """What names the file's content now."""
        return self._now().version

    def proof(self) -> str:
        """The packet's page; of a file that cannot be read, the last one that could."""
        return self._now().proof

    def frame(self, nonce: str) -> str:
        """The page around it."""
        sight = self._now()
        return preview_html(
            sight.report, version=sight.version, nonce=nonce, problem=sight.problem, notice=sight.notice
        )

    def _now(self) -> _Sight:
        with self._lock:
            version = self._version()
            sight = self._sight
            if sight is None or version != sight.version:
                sight = self._sight = self._seen(version, sight)
            return sight

    def _version(self) -> str:
        try:
            return hashlib.sha256(read_bytes(self._file)).hexdigest()
        except UnreadableInput as error:
            return f"unreadable: {error.problem}"

    def _seen(self, version: str, before: _Sight | None) -> _Sight:
        try:
            intake = opened(self._file)
            report = report_of_intake(intake, self._as_of, today)
            return _Sight(
                version=version, report=report, proof=_proof(intake, report), notice=_notice(intake)
            )
        except Form4Error as error:
            line = getattr(error, "line", None)
            place = f"Line {line}: " if line else ""
            unread = UnreadableInput(error.problem, remedy=error.remedy)
            nothing = replace(report_of(unread, self._file), findings=())  # the page gives the reason itself
            shown = before if before is not None else _Sight(version=version, report=nothing)
            return replace(shown, version=version, report=nothing, problem=f"{place}{error}")


def _proof(intake: Intake, report: Report) -> str:
    edition = intake.filing.edition if intake.is_public else None
    public = codes.edition_named(edition) if edition else None
    contents = packet(intake.filing, report, PacketRequest(parts=frozenset({"html"}), public=public))
    (name,) = (name for name in contents.files if name.endswith(".html"))
    return contents.files[name].decode()


def _notice(intake: Intake) -> str:
    """Why the filing is divided, and what is on record for the classes of a draft that was begun from a last filing."""
    try:
        parts = len(divided(intake))
    except Form4Error as error:
        return str(error)
    large = f"The filing is too large for one form: form4 render makes {parts}." if parts > 1 else ""
    return " ".join(note for note in (large, _on_record(intake)) if note)


def _on_record(intake: Intake) -> str:
    """What the last filing left of each class; empty where the draft does not know one."""
    draft = intake.draft
    if draft is None or not draft.interview.carried:
        return ""
    from form4_author.wizard.draft.security_class import classes_of, holdings_words

    classes = classes_of(View(Draft(interview=Interview(carried=draft.interview.carried))))
    listed = ". ".join(f"{each.title}: {holdings_words(each)}" for each in classes)
    return f"Classes on record before this form: {listed}." if listed else ""


def preview_server(preview: Preview, port: int = 0) -> ThreadingHTTPServer:
    """A server on this machine's own address, at ``port`` or one that is free; not serving yet.

    Raises OSError when the port is taken.
    """

    class Handler(_Handler):
        shown = preview

    return ThreadingHTTPServer((_LOOPBACK, port), Handler)


class _Handler(BaseHTTPRequestHandler):
    """Answers for one preview, under its token and its own name only."""

    shown: Preview

    def do_GET(self) -> None:
        """Three pages: the frame, the proof, and the version that the frame asks for."""
        token, _, page = self.path.removeprefix("/").partition("/")
        own = self.headers.get("Host") in {f"{name}:{self._port}" for name in (_LOOPBACK, "localhost")}
        if not own or not hmac.compare_digest(token.encode(), self.shown.token.encode()):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif page == "":
            nonce = secrets.token_urlsafe(16)
            self._send(
                self.shown.frame(nonce), f"script-src 'nonce-{nonce}'; connect-src 'self'; frame-src 'self'"
            )
        elif page == "proof":
            self._send(self.shown.proof(), "frame-ancestors 'self'")
        elif page == "version":
            self._send(self.shown.version(), "", kind="text/plain")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    @property
    def _port(self) -> int:
        server = self.server
        assert isinstance(server, ThreadingHTTPServer)  # noqa: S101  # preview_server makes no other
        return server.server_port

    def _send(self, text: str, policy: str, kind: str = "text/html") -> None:
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; {policy}",
        )
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        """Nothing: the terminal keeps the address in sight."""
