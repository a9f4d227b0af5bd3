"""The printed copy of the largest filings: nothing is cut off, split or drawn over."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus, page_view
from form4_author.wire.filing import filing_from
from tests.page.extreme import OWNERS, ROWS, extreme_draft
from tests.page.printed import met, printed, sheets, tight
from tests.selection import some

if TYPE_CHECKING:
    from pathlib import Path


_POINTS_PER_MM = 72 / 25.4


class Printed(NamedTuple):
    """A filing as large as can be, or with fewer rows and owners, marked as a draft."""

    form: str
    rows: int
    owners: int
    abroad: bool
    pdf: bytes

    @property
    def draft(self) -> dict[str, Any]:
        """What is printed."""
        return extreme_draft(self.form, self.rows, self.owners, abroad=self.abroad)


@cache
def drawn(form: str, rows: int, owners: int, *, abroad: bool = False) -> Printed:
    """Each is drawn once."""
    filing = filing_from(extreme_draft(form, rows, owners, abroad=abroad))[0]
    return Printed(form, rows, owners, abroad, page_pdf(filing, status=PageStatus(draft=True)))


_SIZES = {
    "large": ("4", 9, 3),
    "largest": ("4", ROWS, OWNERS),
    "largest form 3": ("3", ROWS, OWNERS),
    "large abroad": ("4", 9, 3),
    "largest form 3 abroad": ("3", ROWS, OWNERS),
    "largest abroad": ("4", ROWS, OWNERS),
}


@pytest.fixture(scope="module", params=some(_SIZES, ["large"]))
def extreme(request: pytest.FixtureRequest) -> Printed:
    """A filing of one of the sizes."""
    return drawn(*_SIZES[request.param], abroad=request.param.endswith("abroad"))


@pytest.mark.long
def test_pages_after_the_first_say_whose_form_they_belong_to(extreme: Printed) -> None:
    head = (
        f"Form {extreme.form} · Extraordinarily Long Named Investment Partnership Fund Number 0 L.P. (Cayman) · THE VERY LONG"
        " ISSUER NAME HOLDINGS INTERNATIONAL CORPORATION & SONS LTD [ABCDEFGHIJ] · 11/18/2026"
    )
    pages = [" ".join(page.split()) for page in printed(extreme.pdf)]
    assert [head in page for page in pages] == [False, *[True] * (len(pages) - 1)]


@pytest.mark.long
def test_each_page_of_the_largest_filing_has_footer_number_and_draft_mark(extreme: Printed) -> None:
    pages = printed(extreme.pdf)
    assert len(pages) > extreme.rows // 5
    for number, page in enumerate(pages, 1):
        words = " ".join(page.split())
        assert "Record copy. Not for upload to EDGAR." in words
        assert "No XML was made." in words
        assert f"Page {number} of {len(pages)}" in words
        assert "DRAFT" in words


@pytest.mark.long
def test_a_table_that_runs_over_has_title_and_headings_on_each_page(extreme: Printed) -> None:
    heading = {
        "3": "Nature of Indirect Beneficial Ownership (Instr. 5)",
        "4": "Nature of Indirect Beneficial",
    }[extreme.form]
    for table in ("I", "II"):
        pages = [
            " ".join(page.split())
            for page in printed(extreme.pdf)
            if re.search(rf"Row \d\d of {table}:", page)
        ]
        assert len(pages) > 1
        for page in pages:
            assert f"Table {table} - " in page
            assert heading in page


def test_no_row_is_split_betweenprinted(extreme: Printed) -> None:
    pages = [tight(page) for page in printed(extreme.pdf)]
    for table in ("I", "II"):
        for row in range(extreme.rows):
            first, last = f"Row{row:02}of{table}:", f"row{row:02}of{table}(34)"
            places = [(first in page, last in page) for page in pages]
            assert places.count((True, True)) == 1, (table, row)
            assert places.count((False, False)) == len(pages) - 1, (table, row)


def test_every_value_of_the_largest_filing_is_printed(extreme: Printed) -> None:
    """Cell by cell in the page's order, spacing aside: nothing is cut off."""
    view = page_view(filing_from(extreme.draft)[0])
    text = tight(
        " ".join(re.sub(r"Record copy.*", "", page, flags=re.DOTALL) for page in printed(extreme.pdf))
    )
    for row in (*view.table_1, *view.table_2):
        assert "".join(tight(cell.plain) for cell in row) in text
    for number, note in view.footnotes:
        assert f"{number}.{tight(note)}" in text
    for owner in view.owners:
        assert tight(owner.name + "".join(owner.streets)) in text
        comma = "," if owner.city and owner.state else ""
        assert tight(f"{owner.city}{comma}{owner.state}{owner.zip}{owner.country}") in text
    for signature in view.signatures:
        assert tight(signature.name) in text
    assert text.count("**SignatureofReportingPerson") == extreme.owners
    assert tight(view.remarks) in text


def test_no_word_lies_on_another_or_outside_the_margins(extreme: Printed, tmp_path: Path) -> None:
    edge = 12 * _POINTS_PER_MM - 0.5
    for width, height, words in sheets(extreme.pdf, tmp_path):
        assert words
        for text, (left, top, right, bottom) in words:
            assert left >= edge, text
            assert right <= width - edge, text
            assert 0 < top < bottom < height, text
        assert met(words) == []


def test_no_date_is_broken_between_lines(extreme: Printed, tmp_path: Path) -> None:
    pages = list(sheets(extreme.pdf, tmp_path))
    words = [text for _, _, page in pages for text, _ in page]
    dates = [text[:10] for text in words if text.startswith(("11/", "01/"))]
    moved = 0 if extreme.form == "3" else 2 * extreme.rows
    assert Counter(dates) == {
        "11/18/2026": moved + len(pages),  # the transactions, box 2 or 3 and the head of each other page
        "11/19/2026": moved + extreme.owners,  # deemed execution dates and signatures
        "01/01/2020": extreme.rows,
    }
