"""Where the printed copy's pages end: a signature keeps company, a table's title keeps a row."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
from form4_author.wire.filing import filing_from
from tests.builders import make_draft
from tests.selection import some


def _pages(draft: dict[str, Any]) -> list[str]:
    data = page_pdf(filing_from(draft)[0], status=PageStatus())
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.long
@pytest.mark.parametrize("notes", some(range(7, 13), [8, 9]))
def test_a_signature_never_stands_alone_on_its_page(notes: int) -> None:
    """Around the number of footnotes that fills the first page."""
    draft = make_draft()
    draft["footnotes"] = [{"id": f"F{i}", "text": "Note text here. " * 10} for i in range(1, notes + 1)]
    (page,) = [page for page in _pages(draft) if "Signature of Reporting Person" in page]
    assert "Note text here." in page


@pytest.mark.long
@pytest.mark.parametrize("rows", some(range(13, 18), [15, 16]))
def test_a_tables_title_stands_with_a_row_and_a_heading_with_its_text(rows: int) -> None:
    """Around the number of rows that fills the first page."""
    draft = make_draft("exercise")
    draft["non_derivative"] = draft["non_derivative"][:1] * rows
    pages = _pages(draft)
    assert len(pages) == 2
    for words, company in (("Table II", "Stock Option"), ("Explanation of Responses", "Shares withheld")):
        assert [company in page for page in pages if words in page] == [True]
