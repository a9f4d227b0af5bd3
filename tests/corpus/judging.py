"""A filing of the corpus as the checks see it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from form4_author.checks.run import check_document, last_signature_date
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.findings import Finding
    from form4_author.wire.read import Document

__all__ = ["Judged", "judged_filings"]


class Judged(NamedTuple):
    """An accepted filing and what the checks find in it."""

    accession: str
    document: Document
    as_of: date
    """The day of its last signature."""
    findings: tuple[Finding, ...]


def judged_filings(filings: Iterable[tuple[str, bytes]]) -> tuple[Judged, ...]:
    """Each filing, given by accession number and content, as of its last signature."""

    def each(accession: str, data: bytes) -> Judged:
        document = read_document(data)
        signed = last_signature_date(document.filing) or date(2026, 1, 1)
        return Judged(accession, document, signed, check_document(document, signed, sec_calendar()))

    return tuple(each(accession, data) for accession, data in filings)
