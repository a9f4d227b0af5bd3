"""What holds for every filing, shown on generated ones of all six forms."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from form4_author.checks.run import check_document, check_draft
from form4_author.checks.schema import tree_verdict
from form4_author.codes import current_edition, edition_named
from form4_author.findings import Severity
from form4_author.model.field import DOCUMENT
from form4_author.text import day
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_from, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wire.read import read_document
from form4_author.wire.write import document_element, write_document
from tests.strategies import FORMS, filings, texts

if TYPE_CHECKING:
    from form4_author.findings import Finding
    from form4_author.model.filing import Filing

# `make test-all` asks for more.
COMMON: Final = settings(
    max_examples=int(os.environ.get("FORM4_EXAMPLES", "15")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
_EACH: Final = pytest.mark.parametrize("form", FORMS)


def _sent(filing: Filing) -> Filing:
    """The filing without what EDGAR fills in, which is not sent."""
    draft = draft_from(filing)
    for node in DOCUMENT.nodes:
        if getattr(node, "filled", False):
            draft.pop(node.name, None)
    draft.get("issuer", {}).pop("name", None)
    for owner in draft.get("owners", ()):
        owner.pop("name", None)
        for name in ("state_description", "good_address"):
            owner.get("address", {}).pop(name, None)
    return filing_from(draft)[0]


@_EACH
@COMMON
@given(data=st.data())
def test_what_was_written_is_read_again(form: str, data: st.DataObject) -> None:
    filing = data.draw(filings(form))
    public = current_edition(form[0])

    document = read_document(write_document(filing, public))

    assert (document.hits, document.malformed) == ((), ())
    assert document.filing == filing_from({**draft_from(filing), "edition": public.edition})[0]
    assert read_document(write_document(filing)).filing == _sent(filing)


@_EACH
@COMMON
@given(data=st.data())
def test_draft_of_a_filing_is_that_filing(form: str, data: st.DataObject) -> None:
    filing = data.draw(filings(form))
    draft = draft_from(filing)

    assert filing_from(draft) == (filing, ())
    assert draft_from(filing_from(draft)[0]) == draft


@_EACH
@COMMON
@given(data=st.data())
def test_what_has_no_suspense_finding_passes_the_schema(form: str, data: st.DataObject) -> None:
    filing = data.draw(filings(form))
    edition = current_edition(form[0])
    as_of = day("2026-10-01")

    findings = check_draft(draft_of(draft_from(filing)), as_of, sec_calendar())
    accepted = tree_verdict(document_element(filing), filing, edition).accepted

    assert accepted or any(finding.severity is Severity.SUSPENSE for finding in findings)


@_EACH
@COMMON
@given(data=st.data())
def test_a_draft_and_the_xml_made_of_it_are_judged_alike(form: str, data: st.DataObject) -> None:
    filing = data.draw(filings(form))
    as_of = day("2026-10-01")

    of_draft = check_draft(draft_of(draft_from(filing)), as_of, sec_calendar())
    of_xml = check_document(read_document(write_document(filing)), as_of, sec_calendar())

    def blocks(findings: tuple[Finding, ...]) -> set[object]:
        return {(f.id, f.path) for f in findings if f.severity is Severity.SUSPENSE}

    assert blocks(of_draft) == blocks(of_xml)


@COMMON
@given(text=texts(1000), remarks=texts(2000))
def test_any_text_survives_draft_and_xml(text: str, remarks: str) -> None:
    draft = {"form": "4", "footnotes": [{"id": "F1", "text": text}], "remarks": remarks}
    filing, malformed = filing_from(draft)

    again = read_document(write_document(filing, edition_named("X0609"))).filing

    assert malformed == ()
    assert (again.footnotes[0].text, again.remarks) == (text, remarks)
    assert draft_from(again)["remarks"] == remarks
