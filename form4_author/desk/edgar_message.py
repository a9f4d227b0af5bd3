"""EDGAR's messages on a submission as findings: each at the field of the form that its line has."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from form4_author.findings import Finding, Severity, path_from_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.edgar.filing_answer import EdgarMessage
    from form4_author.findings import Path

__all__ = ["edgar_findings"]

_SEVERITY: Final = {"ERROR": Severity.SUSPENSE, "WARNING": Severity.WARNING}
_PRIMARY: Final = 1
"""The place of the primary document; that EDGAR counts so is likely and not confirmed."""


def edgar_findings(messages: Sequence[EdgarMessage], lines: Sequence[tuple[int, str]]) -> tuple[Finding, ...]:
    """The messages as findings. ``lines``: the lines of the form as sent, with the path of the field on each."""
    return tuple(_finding(message, lines) for message in messages)


def _finding(message: EdgarMessage, lines: Sequence[tuple[int, str]]) -> Finding:
    kind = message.kind.lower()
    number = f" {message.number}" if message.number is not None else ""
    severity = _SEVERITY.get(message.kind, Severity.NOTE)
    path = _path(message, lines)
    text = message.text if message.text.endswith((".", "!", "?")) else f"{message.text}."
    return Finding(f"EDGAR, {kind}{number}", severity, path, f"{text}{_where(message, path)}")


def _where(message: EdgarMessage, path: Path) -> str:
    """The place as EDGAR counts it, for what is not a field of the form."""
    if message.document in (None, 0):
        return ""
    if message.document != _PRIMARY:
        return f" (Document {message.document} of the submission.)"
    return f" (Line {message.line} of the form as sent.)" if message.line and not path else ""


def _path(message: EdgarMessage, lines: Sequence[tuple[int, str]]) -> Path:
    """The field on the line, else the nearest one above it; none where EDGAR does not say which line."""
    if message.document not in (None, _PRIMARY) or not message.line:
        return ()
    exact = [text for line, text in lines if line == message.line]
    if not exact:
        place = bisect_right([line for line, _text in lines], message.line)
        above = lines[place - 1][0] if place else 0
        exact = [text for line, text in lines if line == above]
    return path_from_text(max(exact, key=len)) if exact else ()
