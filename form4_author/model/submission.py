"""What travels around the primary document: the envelope's own fields and the attachments.

Facts: EDGAR Ownership XML Technical Specification 5.5, sections 3.6 and 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["LARGEST_FILE", "Attachment", "Submission"]

LARGEST_FILE: Final = 100 * 1024 * 1024
"""Bytes that are read of a file; a bound of ours, far above any ownership submission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One document beside the primary document."""

    name: str | None = None
    type: str | None = None
    """``EX-24``, ``EX-99``, ``COVER``, ``CORRESP`` or ``GRAPHIC``; text may follow after a period."""
    description: str | None = None
    content: bytes = b""
    source: str = field(default="", compare=False)
    """The file on this machine that it was read from; empty for one of an envelope. It is not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The envelope without its primary document; also what a full submission text's header says."""

    type: str | None = None
    """submissionType; must equal the form."""
    test_or_live: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    notification_emails: tuple[str, ...] = ()
    primary_name: str | None = None
    """File name of the primary document."""
    attachments: tuple[Attachment, ...] = ()
    accession_number: str | None = None
    """Only in a full submission text."""
    filed: date | None = None
    """The day EDGAR gave the filing; only in a full submission text."""
    accepted: datetime | None = None
    """When EDGAR accepted it, by its clock in Washington; only in a full submission text."""
