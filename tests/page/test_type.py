"""The type of the printed copy: large enough to read, headings whole, rows and signatures with the room they need."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pypdf import PdfReader

from form4_author.codes import edition_named
from form4_author.page.caption import captions
from form4_author.page.pdf import page_pdf, seal_pdf
from form4_author.page.seal import Seal
from form4_author.page.view import PageStatus, page_view
from form4_author.wire.filing import filing_from
from tests.builders import make_draft, make_filing
from tests.page.extreme import extreme_draft
from tests.page.printed import met, printed, sheets, tight
from tests.selection import some

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper

_SHA256 = PageStatus(xml_sha256="0123456789abcdef" * 4)
_CASES = ("seed", "exercise", "joint", "form3", "form5", "extreme 4", "extreme 3")


class Run(NamedTuple):
    """A text of a page and the size of its type in points."""

    text: str
    size: float


def runs(data: bytes) -> list[Run]:
    """The texts of a PDF, with their sizes."""
    found: list[Run] = []

    def note(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found.append(Run(text.strip(), round(abs(size * tm[3] * cm[3]), 2)))

    for page in PdfReader(BytesIO(data)).pages:
        page.extract_text(visitor_text=note)
    return found


def filing_of(case: str) -> Filing:
    if case.startswith("extreme"):
        return filing_from(extreme_draft(case[-1], 9, 3))[0]
    return make_filing(case)


@pytest.mark.parametrize(
    ("case", "paper"),
    some([(c, p) for c in ("seed", "form3") for p in ("letter", "A4")], [("form3", "A4")]),
)
def test_the_foot_has_its_hash_in_one_line_apart_from_its_neighbours(
    case: str, paper: Paper, tmp_path: Path
) -> None:
    status = PageStatus(xml_sha256="0a" * 32, sent=True)
    for sheet in sheets(page_pdf(filing_of(case), status=status, paper=paper), tmp_path):
        foot = {text: box for text, box in sheet.words if box[1] > sheet.height - 15 * 72 / 25.4}
        assert met(list(foot.items())) == []
        line = [foot[word] for word in ("XML", "0a" * 32 + ",", "without", "CCC")]
        assert {round(box[1], 1) for box in line} == {round(line[0][1], 1)}
        left = max(foot[word][2] for word in ("Record", "copy.", "upload", "to", "EDGAR."))
        assert left + 6 < line[0][0] < line[-1][2] < foot["Page"][0] - 6


@pytest.mark.parametrize("case", some(_CASES, ["seed", "form3"]))
def test_no_type_is_smaller_than_five_and_a_half_points(case: str) -> None:
    """Marks of footnotes are the smallest; headings of columns have 6.5 points, or 5.9 where that saves a page."""
    found = runs(page_pdf(filing_of(case), status=_SHA256))
    assert len(found) > 50
    assert [run for run in found if run.size < 5.49] == []
    headings = {
        run.size for run in found if run.text.startswith(("1. Title of", "2. Date Ex", "Expiration Date"))
    }
    assert headings in ({6.5}, {5.9})
    assert headings == {6.5} or case == "exercise"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Wilhelmina Featherstonehaugh-Cholmondeley, Chief Executive Officer", ("2026-11-23 21:40:12 Eastern",)),
        ("Jane Doe", ("2026-11-23 21:40:12 Eastern", "Certified by Example Certification Authority for Documents, Class 3")),
        (
            "Wilhelmina Featherstonehaugh-Cholmondeley, Chief Executive Officer",
            ("2026-11-23 21:40:12 Eastern", "Certified by Example Certification Authority for Documents, Class 3"),
        ),
    ],
)  # fmt: skip
def test_a_seal_with_names_as_long_as_a_certificate_has_them_is_readable(
    name: str, lines: tuple[str, ...]
) -> None:
    """64 characters are the most that a common name has (X.520); the place is that of a page."""
    data = seal_pdf(Seal(name=name, lines=lines), 150, 26)
    assert min(run.size for run in runs(data)) >= 5.49
    text = tight("".join(printed(data)))
    assert all(tight(part) in text for part in (name, *lines))


@pytest.mark.parametrize("case", some(_CASES[:5], ["seed", "form3"]))
@pytest.mark.parametrize("paper", ["letter", "A4"])
def test_no_word_of_a_heading_is_broken(case: str, paper: Any, tmp_path: Path) -> None:
    filing = filing_of(case)
    (first, *_) = sheets(page_pdf(filing, status=_SHA256, paper=paper), tmp_path)
    view = page_view(filing)
    found = captions(edition_named(view.edition).captions, view.base)
    texts = [c.caption for c in (*found.columns_1, *found.columns_2)]
    texts += [part for c in (*found.columns_1, *found.columns_2) for part in c.parts]
    words = {word for text in texts for word in text.split() if "/" not in word}
    assert len(words) > 20
    assert words - {text for text, _ in first.words} == set()


@pytest.mark.parametrize("rows", some(range(27, 31), [30]))
def test_thirty_rows_fit_on_the_first_page(rows: int) -> None:
    draft = make_draft() | {"edition": "X0306"}
    draft["non_derivative"] = draft["non_derivative"][:1] * rows
    draft["issuer"].pop("foreign_trading_symbol", None)
    first, *_ = printed(page_pdf(filing_from(draft)[0], status=_SHA256))
    assert first.count("Common Stock") == rows


@pytest.mark.long
def test_of_a_table_that_runs_over_three_rows_are_on_its_last_page() -> None:
    """Where the boxes take more room, so that one row would be alone."""
    for rows in (24, 25, 26, 27):
        draft = make_draft()
        draft["non_derivative"] = draft["non_derivative"][:1] * rows
        pages = printed(page_pdf(filing_from(draft)[0], status=_SHA256))
        counts = [page.count("Common Stock") for page in pages]
        assert sum(counts) == rows
        assert all(count == 0 or count >= 3 for count in counts), counts


def test_a_long_signature_has_the_whole_width(tmp_path: Path) -> None:
    """Two lines, where a margin to its left would make three of it; a short one keeps that margin."""
    entity = "Example Preferred Aggregator, L.P., By: Example Fund GP, L.P., its general partner, By: Example UGP, LLC, "
    name = f"{entity}its general partner, By: Jane Doe, Authorized Person; /s/ Jane Doe"
    for signature, left, lines in ((name, 36, 2), ("/s/ Jane Doe", 130, 1)):
        draft = make_draft() | {"signatures": [{"name": signature, "date": "2024-11-04"}]}
        (page,) = sheets(page_pdf(filing_from(draft)[0], status=_SHA256), tmp_path)
        above = next(box for text, box in page.words if text == "**" and box[1] > 300)
        words = [box for text, box in page.words if 0 < above[1] - box[1] < 30 and box[0] < 500]
        assert round(above[0]) in range(left - 2, left + 12)
        assert len({round(box[1]) for box in words}) == lines
