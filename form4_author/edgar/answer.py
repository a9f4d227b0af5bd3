"""JSON as EDGAR answers it, read leniently: what has another shape than expected is left out, never an exception."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from form4_author.edgar.refusal import EdgarError
from form4_author.errors import MalformedValue
from form4_author.text import day

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["as_cik", "as_date", "as_text", "is_json", "json_object"]

_LONGEST: Final = 500
"""Characters of a text that is shown."""


def json_object(content: bytes, what: str) -> Mapping[str, Any]:
    """The object in an answer. Raises EdgarError for anything else."""
    try:
        data: object = json.loads(content)
    except (ValueError, RecursionError):  # not JSON, a number of thousands of digits, or nested without end
        data = None
    if not isinstance(data, dict):
        raise EdgarError(
            f"EDGAR's answer for {what} can't be read as a list",
            remedy="Give the command again later; a log-in page of the network may answer in EDGAR's place",
        )
    return data


def is_json(content: bytes) -> bool:
    """Whether an answer is complete as far as its end shows it: JSON ends with a bracket."""
    return content.rstrip().endswith((b"}", b"]")) or content.lstrip()[:1] not in (b"{", b"[")


def as_text(value: object) -> str:
    """A text on one line; empty for anything else."""
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def as_date(value: object) -> date | None:
    """A date, also one with a time behind it; None for anything else."""
    try:
        return day(value[:10]) if isinstance(value, str) else None
    except MalformedValue:
        return None


def as_cik(value: object) -> str:
    """A CIK without leading zeros, from a number or a text; empty for anything else."""
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return str(int(text)) if text.isascii() and text.isdecimal() and len(text) <= 10 else ""
