"""What EDGAR's answers mean when they are not what was asked for: whether to try again, and when.

Sources: the three pages with status 403 and the status codes, as logged by others in September and October 2026.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import Form4Error
from form4_author.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "LONGEST_PAUSE",
    "MOST_CONTENT",
    "EdgarError",
    "NotThere",
    "Pause",
    "is_throttled",
    "pause_of",
    "refusal",
]


class EdgarError(Form4Error):
    """EDGAR does not answer, refuses, or answers with something else than what was asked for."""


class NotThere(EdgarError):
    """EDGAR has nothing at this address."""


class Pause(NamedTuple):
    """A wait before the same request is made again."""

    seconds: float
    why: str
    """What EDGAR said, as the beginning of a sentence."""
    tries: int
    """How many times in all the request is made when this is the answer."""
    is_shut_out: bool = False
    """Whether EDGAR shuts out this address, so that no other program may ask before the end either."""


MOST_CONTENT: Final = 65_536
"""Bytes that are read of an answer that is a refusal."""

_SHUT_OUT: Final = 600.0
"""Seconds that EDGAR shuts out an address that asked too often."""
LONGEST_PAUSE: Final = 3600.0
"""Seconds that are waited for at most; EDGAR may ask for more."""
_MINUTE: Final = 60.0
_TRIES: Final = 6
_FEW_TRIES: Final = 4
_SHUT_OUT_TRIES: Final = 3
_FIRST_WAIT: Final = 2.0

_THROTTLED: Final = b"Request Rate Threshold Exceeded"
_UNDECLARED: Final = b"Undeclared Automated Tool"


def pause_of(
    status: int, headers: Mapping[str, str], content: bytes, attempt: int, now: float
) -> Pause | None:
    """How long to wait before the request is made again; None where that is of no use.

    ``attempt``: how many times it was made, from 1.
    """
    asked = _retry_after(headers.get("retry-after", ""), now)
    backoff = _FIRST_WAIT * 2 ** (attempt - 1)
    if is_throttled(status, content):
        shut_out = _bounded(
            max(_SHUT_OUT, asked or 0.0), "EDGAR shuts out addresses that ask too often", _SHUT_OUT_TRIES
        )
        return shut_out._replace(is_shut_out=True) if shut_out is not None else None
    if status == 429:
        return _bounded(
            asked if asked is not None else _MINUTE, "EDGAR asks for fewer requests (429)", _TRIES
        )
    if status == 503:
        return _bounded(asked if asked is not None else backoff, "EDGAR is not available (503)", _TRIES)
    if status in (408, 500, 502, 504):
        return _bounded(
            asked if asked is not None else backoff, f"EDGAR reports an error ({status})", _FEW_TRIES
        )
    return None


def is_throttled(status: int, content: bytes) -> bool:
    """Whether the answer is the page for those who ask too often; a filing may hold the same words."""
    return _THROTTLED in content and (status >= 400 or content[:512].lstrip().lower().startswith(_PAGES))


_PAGES: Final = (b"<!doctype html", b"<html")


def _bounded(seconds: float, why: str, tries: int) -> Pause | None:
    return Pause(seconds, why, tries) if seconds <= LONGEST_PAUSE else None


def _retry_after(text: str, now: float) -> float | None:
    """Seconds to wait by a Retry-After header, a number or a date; None where there is none that can be read."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return float(text) if len(text) < 10 else float("inf")
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now) if text else None
    except (ValueError, OverflowError, TypeError):
        return None


def refusal(status: int, url: str, headers: Mapping[str, str], content: bytes) -> EdgarError:
    """The error of an answer that is not asked for again."""
    if is_throttled(status, content):
        return EdgarError(
            "EDGAR shuts this address out because it asked too often",
            remedy="Wait at least ten minutes, end other programs that read EDGAR, and give the command again",
        )
    if _UNDECLARED in content:
        return EdgarError(
            "EDGAR refuses requests without a contact that it accepts (Undeclared Automated Tool)",
            remedy='State a name and an e-mail address with form4 settings contact "Name name@example.com"; '
            "EDGAR refuses some networks of cloud providers whatever the contact is",
        )
    if status == 404:
        return NotThere(f"EDGAR has nothing at {url} (404)", remedy="Check the CIK or accession number")
    if status == 403:
        return NotThere(
            f"EDGAR refuses {url} (403), as it does where there is nothing",
            remedy="Check the CIK or accession number; from a cloud provider's network, try another network",
        )
    if status in (429, 503):
        asked = shortened(headers.get("retry-after", ""), 40)
        state = "asks for fewer requests" if status == 429 else "is not available"
        return EdgarError(
            f"EDGAR {state} ({status}{f', Retry-After: {asked}' if asked else ''})",
            remedy="Give the command again later; it resumes where it stopped",
        )
    return EdgarError(
        f"EDGAR answers {url} with status {status}", remedy="Give the command again later, or report it"
    )
