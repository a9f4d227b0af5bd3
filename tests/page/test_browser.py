"""The proof printed from a browser: every cell is on the paper, rows are whole, headings are repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from lxml import html

from form4_author.page.html import page_html
from form4_author.page.view import PageStatus
from form4_author.wire.filing import filing_from
from tests.browser import browser
from tests.builders import make_draft
from tests.page.extreme import OWNERS, ROWS, extreme_draft
from tests.page.printed import met, printed, sheets, tight
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

_SIZES: Final = {"large": (9, 3), "largest": (ROWS, OWNERS)}
_EXAMPLES: Final = {"3": "form3", "4": "exercise", "5": "form5"}
_CASES: Final = [
    (size, form, paper)
    for size in ("usual", *_SIZES)
    for form in ("3", "3/A", "4", "4/A", "5", "5/A")
    for paper in ("letter", "A4")
]
_ALWAYS: Final = [
    ("usual", "3/A", "A4"), ("usual", "4", "letter"),
]  # fmt: skip
_EDGE: Final = 12 * 72 / 25.4 - 1
"""Points: the margin."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


def _draft(size: str, form: str) -> dict[str, Any]:
    made = extreme_draft(form[0], *_SIZES[size]) if size in _SIZES else make_draft(_EXAMPLES[form[0]])
    return made | {"form": form}


def _cells(proof: str) -> list[list[str]]:
    """The text of each cell of each row that holds no other table, and of each paragraph outside of them."""
    body = html.document_fromstring(proof)
    rows = body.xpath("//main//tr[not(.//table)]") + body.xpath(
        "//main//p[not(ancestor::td)] | //main//td//p"
    )
    cells = [row.xpath("./td | ./th") or [row] for row in rows]
    return [[tight(cell.text_content()) for cell in row] for row in cells]


@pytest.mark.parametrize(("size", "form", "paper"), some(_CASES, _ALWAYS))
def test_every_cell_is_on_the_paper_that_a_browser_prints(
    page: Page, size: str, form: str, paper: str, tmp_path: Path
) -> None:
    draft = _draft(size, form)
    proof = page_html(filing_from(draft)[0], status=PageStatus(draft=True))
    page.set_content(proof)
    data = page.pdf(format=paper)
    pages = [tight(text) for text in printed(data)]
    assert all(text.count("DRAFT") == 1 for text in pages)
    pages = [text.replace("DRAFT", "") for text in pages]
    text = "".join(pages)

    rows = _cells(proof)
    assert len(rows) > 40
    missing = [cell for row in rows for cell in row if cell not in text]
    assert missing == []
    # A row is whole: its cells follow one another on one page.
    table_rows = [
        "".join(tight(cell.text_content()) for cell in row)
        for row in html.document_fromstring(proof).xpath(
            "//table[contains(@class, 'securities') or @class='owner-list']/tbody/tr"
        )
    ]
    assert [row for row in table_rows if not any(row in one for one in pages)] == []

    wide = form[0] != "3"
    found = list(sheets(data, tmp_path))
    for width, height, words in found:
        assert (width > height) is wide
        assert all(left >= _EDGE and right <= width - _EDGE for _, (left, _, right, _) in words)
        assert all(top > 0 and bottom < height for _, (_, top, _, bottom) in words)
        assert met(words) == []

    for table, rows_of in (("I", "TableI-"), ("II", "TableII-")):
        for one in pages:
            if re.search(rf"Row\d\dof{table}:", one):
                assert rows_of in one
                assert one.index(rows_of) < re.search(rf"Row\d\dof{table}:", one).start()  # type: ignore[union-attr]
                assert "NatureofIndirect" in one
    # A signature is never alone: words of the explanation, or of the remarks, are above the first.
    first = next(one for one in pages if "**SignatureofReportingPerson" in one)
    said = tight(draft.get("remarks") or draft["footnotes"][-1]["text"])
    assert said[-30:] in first


@pytest.mark.long
@pytest.mark.parametrize("notes", some(range(38, 56, 2), [44, 52]))
def test_signatures_from_a_browser_stand_with_a_note_on_later_pages_too(page: Page, notes: int) -> None:
    """Around the number of footnotes that fills the second page."""
    draft = make_draft()
    draft["footnotes"] = [{"id": f"F{i}", "text": "Note text here. " * 10} for i in range(1, notes + 1)]
    draft["signatures"] = [{"name": f"/s/ {'word ' * 60}", "date": "2026-11-19"}] * 3
    page.set_content(page_html(filing_from(draft)[0], status=PageStatus()))
    pages = printed(page.pdf())
    assert len(pages) > 1
    (last,) = [text for text in pages if "Signature of Reporting Person" in text]
    assert "Note text here." in last
