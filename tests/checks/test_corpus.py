"""The corpus is the court: what the checks say of 6,118 filings that EDGAR accepted, and how it was read.

The case file of each rule that fires on them says so under ``corpus``: in how many ``documents``, the ``reading`` of a
sample of the hits, and why, in ``words``; that of a rule without hits has no ``corpus``. ``right``: true catches;
``choice``: the filer may have had a reason; ``mixed``: both; ``doubt``: the filing does not tell. A new count is written
there only after its hits were looked at.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from form4_author.checks.case import case_file
from form4_author.checks.registry import by_id
from form4_author.findings import Severity
from tests.checks.test_cases import case_names

if TYPE_CHECKING:
    from form4_author.findings import Finding
    from tests.checks.conftest import Judged

EXPLAINED: dict[str, str] = {}
"""Suspense findings on accepted filings that the filing's own edition explains: accession number → why. There are none."""

_READINGS = ("right", "choice", "mixed", "doubt")
_HANDFUL = 0.003
"""Share of documents beyond which an error has to be right on nearly all of them: 18 of 6,118."""
_WARNED = 0.02
"""Share beyond which a warning is wrong, or a note."""


class Line(NamedTuple):
    """One rule before the court."""

    rule: str
    documents: int
    reading: str
    words: str


def court() -> dict[str, Line]:
    held = {id: case_file(id).get("corpus") for id in case_names()}
    return {
        id: Line(id, int(line["documents"]), line["reading"], line["words"])
        for id, line in held.items()
        if line is not None
    }


@pytest.fixture(scope="module")
def findings(judged: tuple[Judged, ...]) -> dict[str, tuple[Finding, ...]]:
    """Findings by accession number."""
    return {filing.accession: filing.findings for filing in judged}


def test_no_accepted_filing_would_be_suspended(findings: dict[str, tuple[Finding, ...]]) -> None:
    suspended = {
        accession: [f.id for f in told if f.severity is Severity.SUSPENSE]
        for accession, told in findings.items()
        if any(f.severity is Severity.SUSPENSE for f in told)
    }
    assert {accession: ids for accession, ids in suspended.items() if accession not in EXPLAINED} == {}
    assert len(findings) == 6118


def test_every_rule_fires_as_often_as_the_court_has_it(findings: dict[str, tuple[Finding, ...]]) -> None:
    fired = Counter(id for told in findings.values() for id in {f.id for f in told})

    assert dict(sorted(fired.items())) == {line.rule: line.documents for line in court().values()}


def test_no_warning_fires_on_more_than_two_per_cent(findings: dict[str, tuple[Finding, ...]]) -> None:
    often = {
        line.rule: line.documents
        for line in court().values()
        if by_id()[line.rule].severity is Severity.WARNING and line.documents > len(findings) * _WARNED
    }
    assert often == {}


def test_an_error_that_fires_more_than_a_handful_of_times_is_right(
    findings: dict[str, tuple[Finding, ...]],
) -> None:
    often = {
        line.rule: line.reading
        for line in court().values()
        if by_id()[line.rule].severity is Severity.ERROR and line.documents > len(findings) * _HANDFUL
    }
    assert {rule: reading for rule, reading in often.items() if reading != "right"} == {}


@pytest.mark.parametrize("line", court().values(), ids=lambda line: line.rule)
def test_each_line_tells_how_the_hits_were_read(line: Line) -> None:
    assert line.documents > 0
    assert line.reading in _READINGS
    assert len(line.words.split()) >= 3
