"""One reader of EDGAR: it keeps the pace, waits when EDGAR asks for it, tries again, and bounds what it takes.

The only module of the package that opens a connection. It sends the user's contact with every request and nothing else
about the user; it reads and never sends.
"""

from __future__ import annotations

import re
import ssl
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import httpx
import truststore

from form4_author.edgar.pace import Pace
from form4_author.edgar.refusal import (
    LONGEST_PAUSE,
    MOST_CONTENT,
    EdgarError,
    Pause,
    is_throttled,
    pause_of,
    refusal,
)
from form4_author.edgar.version import NO_VALIDATORS, Validators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from form4_author.edgar.address import Addresses
    from form4_author.edgar.pace import Time

__all__ = ["Fetched", "Reader"]

_MOST_REDIRECTS: Final = 5
_SILENCE: Final = 30.0
"""Seconds without a byte after which a connection counts as cut."""
_LONGEST: Final = 180.0
"""Seconds that one answer may take in all."""
_CUT_TRIES: Final = 6
_FIRST_WAIT: Final = 1.0
_LATEST_WAIT: Final = 30.0
_WORTH_SAYING: Final = 10.0
"""Seconds of a wait that is announced."""
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_ENCODINGS: Final = {"": 0, "identity": 0, "gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS,
                     "deflate": 32 + zlib.MAX_WBITS}  # fmt: skip
_VALIDATOR: Final = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,199}")


class Fetched(NamedTuple):
    """What EDGAR answered."""

    content: bytes
    validators: Validators
    unchanged: bool = False
    """Whether it is the version that the validators are of; then there is no content."""


class _Received(NamedTuple):
    status: int
    headers: httpx.Headers
    content: bytes


class _Cut(Exception):
    """The connection ended, or the answer did not end in time, before the answer was whole."""


class Reader:
    """Reads EDGAR.

    Args:
        addresses: Where EDGAR is.
        contact: Name and e-mail address, the User-Agent of every request.
        time: Clock and sleep.
        notice: Takes a sentence on each long wait.
        transport: Stands in for the network.
    """

    def __init__(
        self,
        addresses: Addresses,
        contact: str,
        time: Time,
        notice: Callable[[str], None],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.addresses = addresses
        self.requests = 0
        """How many were made."""
        self._time = time
        self._pace = Pace(time)
        self._notice = notice
        self._shut_out = 0.0
        self._remember: Callable[[float], None] = lambda _until: None
        self._begun = 0.0
        self._origins = {_origin(httpx.URL(base)) for base in addresses}
        self._client = httpx.Client(
            headers={"User-Agent": contact, "Accept-Encoding": "gzip", "Accept": "*/*"},
            timeout=httpx.Timeout(_SILENCE),
            verify=True if addresses.is_local else truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=not addresses.is_local,  # the proxies of the system, but none on the way to this computer
            follow_redirects=False,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def keep_shut_out(self, until: float, remember: Callable[[float], None]) -> None:
        """Ask nothing before an earlier program's shut-out is over, and have the end of a new one remembered."""
        self._shut_out, self._remember = until, remember

    def read(
        self,
        url: str,
        *,
        largest: int,
        validators: Validators = NO_VALIDATORS,
        is_whole: Callable[[bytes], bool] = lambda _content: True,
    ) -> Fetched:
        """What is at the address; tried again where EDGAR asks to wait or the connection is cut.

        Args:
            url: An address of EDGAR.
            largest: Bytes that the answer may have.
            validators: Those of the version that the caller has.
            is_whole: Whether the content is complete; one that is not counts as a cut connection.

        Raises:
            NotThere: EDGAR has nothing there.
            EdgarError: EDGAR can't be reached, refuses, or answers with something that can't be used.
        """
        attempt = 0
        self._wait_for_earlier()
        while True:
            attempt += 1
            outcome = self._attempt(url, largest, validators, is_whole, attempt)
            if isinstance(outcome, Fetched):
                return outcome
            error, pause = outcome
            if pause is not None and pause.is_shut_out:
                self._remember(self._time.clock() + pause.seconds)
            if pause is None or attempt >= pause.tries:
                raise error
            self._pause(pause)

    def _attempt(
        self,
        url: str,
        largest: int,
        validators: Validators,
        is_whole: Callable[[bytes], bool],
        attempt: int,
    ) -> Fetched | tuple[EdgarError, Pause | None]:
        """What is at the address; or what is wrong, and the wait after which it may be right."""
        try:
            received = self._followed(url, largest, validators)
        except _Cut as cut:
            return _after_cut(str(cut), attempt)
        if received.status == 304 and validators != NO_VALIDATORS:
            return Fetched(b"", validators, unchanged=True)
        if received.status != 200 or is_throttled(received.status, received.content):
            now = self._time.clock()
            pause = pause_of(received.status, received.headers, received.content, attempt, now)
            return refusal(received.status, url, received.headers, received.content), pause
        if not is_whole(received.content):
            return _after_cut(f"the answer for {url} is incomplete", attempt)
        return Fetched(received.content, _validators(received.headers))

    def _wait_for_earlier(self) -> None:
        """Wait out the rest of a time for which EDGAR shut out an earlier program."""
        rest = min(self._shut_out - self._time.clock(), LONGEST_PAUSE)
        self._shut_out = 0.0
        if rest > 0:
            self._pause(Pause(rest, "EDGAR shut out this address a short time ago", 1))

    def _pause(self, pause: Pause) -> None:
        if pause.seconds >= _WORTH_SAYING:
            self._notice(f"{pause.why}; trying again in {pause.seconds:.0f} seconds. Ctrl-C stops.")
        if pause.seconds > 0:
            self._time.sleep(pause.seconds)

    def _followed(self, url: str, largest: int, validators: Validators) -> _Received:
        """The answer behind the redirects, which stay at EDGAR."""
        place = httpx.URL(url)
        for _ in range(_MOST_REDIRECTS + 1):
            received = self._once(place, largest, validators)
            if received.status not in _REDIRECTS:
                return received
            place = self._redirected(place, received.headers.get("location", ""))
        raise EdgarError(f"EDGAR redirects {url} more than {_MOST_REDIRECTS} times", remedy=_LATER)

    def _redirected(self, place: httpx.URL, target: str) -> httpx.URL:
        """Where a redirect leads. Raises EdgarError where that is not EDGAR."""
        try:
            to = place.join(target)
        except (httpx.InvalidURL, ValueError):
            to = None
        if not target or to is None or _origin(to) not in self._origins or to.userinfo:
            raise EdgarError(
                f'EDGAR redirects {place} to "{target[:200]}", which is not EDGAR; that address was not asked',
                remedy="Check the network: a log-in page of the network may answer in EDGAR's place",
            )
        return to

    def _once(self, place: httpx.URL, largest: int, validators: Validators) -> _Received:
        """One request. Raises _Cut, and EdgarError for an answer that can't be used."""
        conditions = {
            name: value
            for name, value in (
                ("If-None-Match", validators.etag),
                ("If-Modified-Since", validators.modified),
            )
            if value
        }
        self._pace.wait()
        self._begun = self._time.clock()
        self.requests += 1
        try:
            with self._client.stream("GET", place, headers=conditions) as response:
                most = largest if response.status_code == 200 else MOST_CONTENT
                content = b"".join(self._content(response, place, most, strict=response.status_code == 200))
                return _Received(response.status_code, response.headers, content)
        except httpx.ConnectError as error:
            raise _Cut(f"no connection to {place.host} ({_reason(error)})") from None
        except httpx.TimeoutException:
            raise _Cut(f"no answer from {place.host} in {_SILENCE:.0f} seconds") from None
        except httpx.TransportError as error:
            raise _Cut(f"the connection to {place.host} was cut ({_reason(error)})") from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise EdgarError(
                f"The answer of {place.host} is not HTTP ({_reason(error)})", remedy=_LATER
            ) from None

    def _content(
        self, response: httpx.Response, place: httpx.URL, most: int, *, strict: bool
    ) -> Iterator[bytes]:
        """The content, decoded, while it is within the bounds of size and time.

        ``strict``: too much is an error; else the rest is left.
        """
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            raise EdgarError(
                f'The answer for {place} has the encoding "{encoding[:40]}", which was not asked for',
                remedy=_LATER,
            )
        wbits = _ENCODINGS[encoding]
        size = 0
        for part in _decoded(response.iter_raw(), wbits, most + 1):
            size += len(part)
            if size > most:
                if strict:
                    raise EdgarError(f"The answer for {place} is larger than {most:,} bytes", remedy=_LATER)
                return
            yield part
            if self._time.clock() - self._begun > _LONGEST:
                raise _Cut(f"the answer for {place} took longer than {_LONGEST:.0f} seconds")


_LATER: Final = "Give the command again later, or report it"


def _decoded(parts: Iterator[bytes], wbits: int, most: int) -> Iterator[bytes]:
    """The parts without their compression, never more than ``most`` bytes of one. Raises _Cut for what is not whole."""
    if not wbits:
        yield from parts
        return
    decoder = zlib.decompressobj(wbits)
    try:
        for part in parts:
            rest = part
            while rest and not decoder.eof:
                yield decoder.decompress(rest, most)
                rest = decoder.unconsumed_tail
    except zlib.error:
        raise _Cut("the answer is not compressed as it says") from None
    if not decoder.eof:
        raise _Cut("the compressed answer is incomplete")


def _after_cut(what: str, attempt: int) -> tuple[EdgarError, Pause]:
    """The error of an answer that is not whole, and the wait before the next attempt."""
    error = EdgarError(
        f"EDGAR can't be read: {what}",
        remedy="Check the network and give the command again; it resumes where it stopped",
    )
    seconds = min(_FIRST_WAIT * 2 ** (attempt - 1), _LATEST_WAIT)
    return error, Pause(seconds, f"EDGAR can't be read: {what}", _CUT_TRIES)


def _validators(headers: httpx.Headers) -> Validators:
    def plain(name: str) -> str:
        value = headers.get(name, "")
        return value if _VALIDATOR.fullmatch(value) else ""

    return Validators(plain("etag"), plain("last-modified"))


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or {"https": 443, "http": 80}.get(url.scheme, 0)


def _reason(error: Exception) -> str:
    return (str(error).partition("\n")[0] or type(error).__name__)[:200]
