"""The filing side of EDGAR: one function sends a submission, once, and others ask what became of it.

A submission is sent in one attempt: nothing here repeats it. Reads are repeated. Neither tokens nor what is sent appear
in an exception or a message.
"""

from __future__ import annotations

import re
import ssl
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import httpx
import truststore

from form4_author import __version__
from form4_author.edgar.filing_answer import (
    ApiAnswer,
    Verification,
    answer_in,
    is_ccc_of,
    verification_in,
)
from form4_author.edgar.refusal import EdgarError
from form4_author.ident.cik import padded_cik

if TYPE_CHECKING:
    from form4_author.edgar.pace import Time

__all__ = ["NotConnected", "Sender", "Sent", "Tokens"]

_SILENCE: Final = 60.0
_MOST_ANSWER: Final = 4 << 20
_READ_TRIES: Final = 3
_READ_WAIT: Final = 2.0
_MINUTE: Final = 60.0
_LONGEST_WAIT: Final = 600.0
_SIGNS: Final = re.compile(r"[A-Za-z0-9._~+/=-]+")


class Tokens(NamedTuple):
    """The two tokens with which EDGAR lets a program in."""

    filer: str
    user: str = ""

    def __repr__(self) -> str:
        """Without the tokens."""
        return "Tokens(…)"

    @property
    def header(self) -> str:
        """The value of the Authorization header. Raises EdgarError where a token has other signs than one has."""
        given = [token for token in self if token]
        if not given or not all(_SIGNS.fullmatch(token) for token in given):
            raise EdgarError(
                "A token has characters that no token has, or is empty",
                remedy="Copy it again as EDGAR shows it, without quotes",
            )
        return f"Bearer {','.join(given)}"


class NotConnected(EdgarError):
    """No connection was made: nothing left this computer."""


class Sent(NamedTuple):
    """What became of sending."""

    answer: ApiAnswer | None
    """None where the answer is not known: EDGAR may have the submission."""
    problem: str = ""
    """Why it is not known."""


class Sender:
    """Sends submissions and asks for statuses.

    Args:
        base: The address of the filing side.
        tokens: Both tokens; the user token may be missing for statuses.
        time: Clock and sleep.
        transport: Stands in for the network.
    """

    def __init__(
        self, base: str, tokens: Tokens, time: Time, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._time = time
        is_local = base.startswith("http://")
        headers = {
            "Authorization": tokens.header,
            "User-Agent": f"form4-author/{__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        self._client = httpx.Client(
            base_url=base,
            headers=headers,
            timeout=httpx.Timeout(_SILENCE),
            verify=True if is_local else truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=not is_local,
            follow_redirects=False,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._client.close()

    def send(self, envelope: bytes, *, live: bool) -> Sent:
        """Send a submission, once. The only function that reaches EDGAR's place for LIVE submissions.

        Raises NotConnected where no connection was made, so that nothing was sent.
        """
        path = "/submission/single/live" if live else "/submission/single/test"
        try:
            answer, _content = self._request("POST", path, envelope, "application/xml")
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.UnsupportedProtocol,
            httpx.ProxyError,
        ) as error:
            raise NotConnected(
                f"No connection to EDGAR was made ({type(error).__name__}); nothing was sent",
                remedy="Check the network; form4 pack makes a file to upload by hand",
            ) from None
        except (httpx.HTTPError, _TooLarge) as error:
            return Sent(None, f"the connection ended before EDGAR's answer ({type(error).__name__})")
        return Sent(answer)

    def status_of(self, accession: str) -> ApiAnswer:
        """What EDGAR says of a submission; status 404 while it does not know the number. Raises EdgarError."""
        return self._read(f"/submission/{accession}/status")

    def condition(self, tries: int = _READ_TRIES) -> ApiAnswer:
        """Whether EDGAR takes submissions now. Raises EdgarError."""
        return self._read_whole("/status", tries)[0]

    def verification(self, cik: str) -> Verification:
        """Whether these tokens may file for a filer, and until when that holds. Raises EdgarError."""
        answer, content = self._read_whole(f"/fm/{padded_cik(cik)}/verify")
        return verification_in(answer, content)

    def has_ccc(self, cik: str, ccc: str) -> bool | None:
        """Whether this is the filer's CCC; None where EDGAR does not say. The CCC that EDGAR shows stays in here.

        Raises EdgarError.
        """
        answer, content = self._read_whole(f"/fm/{padded_cik(cik)}")
        return is_ccc_of(answer, content, ccc)

    def _read(self, path: str) -> ApiAnswer:
        return self._read_whole(path)[0]

    def _read_whole(self, path: str, tries: int = _READ_TRIES) -> tuple[ApiAnswer, bytes]:
        """An answer to a question, which may be put again without harm, and its bytes."""
        for attempt in range(1, tries + 1):
            wait = _READ_WAIT * attempt
            try:
                answer, content = self._request("GET", path)
            except (httpx.HTTPError, _TooLarge) as error:
                problem = f"EDGAR can't be reached ({type(error).__name__})"
            else:
                if answer.status < 500 and answer.status != 429:
                    return answer, content
                problem = f"EDGAR answers with status {answer.status}"
                if answer.words:
                    problem += f": {answer.words.rstrip('.')}"
                if answer.status == 429:
                    wait = min(
                        answer.retry_after if answer.retry_after is not None else _MINUTE, _LONGEST_WAIT
                    )
            if attempt < tries:
                self._time.sleep(max(wait, 1.0))
        raise EdgarError(problem, remedy="Check the network and give the command again")

    def _request(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> tuple[ApiAnswer, bytes]:
        headers = {"Content-Type": kind} if kind else {}
        with self._client.stream(method, path, content=body, headers=headers) as response:
            parts, size = [], 0
            for part in response.iter_raw():
                size += len(part)
                if size > _MOST_ANSWER:
                    raise _TooLarge
                parts.append(part)
            content = b"".join(parts)
            return answer_in(response.status_code, content, self._retry_after(response)), content

    def _retry_after(self, response: httpx.Response) -> float | None:
        text = response.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdecimal() and len(text) < 10:
            return float(text)
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self._time.clock()) if text else None
        except (ValueError, OverflowError, TypeError):
            return None


class _TooLarge(Exception):
    """An answer larger than any that EDGAR gives."""
