"""The corpus is the court: what the checks say of 6,118 filings that EDGAR accepted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.calendar import sec_calendar
from form4_author.checks.run import check_document, last_signature_date
from form4_author.findings import Severity
from form4_author.wire.read import read_document

if TYPE_CHECKING:
    from form4_author.findings import Finding

EXPLAINED: dict[str, str] = {}
"""Suspense findings on accepted filings that the filing's own edition explains: accession number → why. There are none."""

FIRED = {
    "TXN-007": 17,  # withholdings and sales shown as (A), awards shown as (D): all contradict the printed definition
    "TXN-008": 13,  # exercises shown as acquiring the derivative security
    "TXN-027": 8,  # gifts disposed of from 2023-02-27 on, reported as deferrable
    "DAT-007": 6,  # deemed execution dates without code I or a plan
    "DAT-008": 1,  # trade and deemed date exchanged
    "DAT-009": 1,  # the same filing
    "PLN-003": 5,  # plan box ticked without any explanation
}
"""Documents on which each `error` rule fires; all read: true catches."""


@pytest.fixture(scope="module")
def findings(corpus: tuple[tuple[str, bytes], ...]) -> dict[str, tuple[Finding, ...]]:
    """Findings by accession number, each filing judged as of its last signature."""
    found = {}
    for accession, data in corpus:
        document = read_document(data)
        signed = last_signature_date(document.filing) or date(2026, 1, 1)
        found[accession] = check_document(document, signed, sec_calendar())
    return found


def test_no_accepted_filing_would_be_suspended(findings: dict[str, tuple[Finding, ...]]) -> None:
    suspended = {
        accession: [f.id for f in told if f.severity is Severity.SUSPENSE]
        for accession, told in findings.items()
        if any(f.severity is Severity.SUSPENSE for f in told)
    }
    assert {accession: ids for accession, ids in suspended.items() if accession not in EXPLAINED} == {}
    assert len(findings) == 6118


def test_errors_fire_where_they_were_read_to_be_right(findings: dict[str, tuple[Finding, ...]]) -> None:
    fired = Counter(
        id for told in findings.values() for id in {f.id for f in told if f.severity is Severity.ERROR}
    )
    assert dict(fired) == FIRED


def test_no_warning_fires_on_more_than_two_per_cent(findings: dict[str, tuple[Finding, ...]]) -> None:
    fired = Counter(
        id for told in findings.values() for id in {f.id for f in told if f.severity is Severity.WARNING}
    )
    assert {id: count for id, count in fired.items() if count > len(findings) * 0.02} == {}
