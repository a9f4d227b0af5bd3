"""The printed copy, read back from its bytes: what stands on its pages, where, in which fonts."""

from __future__ import annotations

import builtins
import logging
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from pypdf import PdfReader

from form4_author.errors import ResourceMissing
from form4_author.render import pdf
from form4_author.render.pdf import page_pdf, weasyprint_version
from form4_author.render.view import PageStatus, page_view
from form4_author.wire.draft import filing_from
from tests.builders import make_filing
from tests.render.extreme import OWNERS, ROWS, extreme_draft
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from form4_author.render.html import Paper

# The largest filing is printed once.
pytestmark = pytest.mark.xdist_group("pdf")

_SHA = "0123456789abcdef" * 4
_POINTS_PER_MM = 72 / 25.4


@cache
def _pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def _tight(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def seed() -> bytes:
    return page_pdf(make_filing(), status=PageStatus(xml_sha256=_SHA))


@pytest.fixture(scope="module", params=some(["4", "3"], ["4"]))
def extreme(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    """Form and bytes of the largest filing, marked as a draft."""
    filing, _ = filing_from(extreme_draft(request.param))
    return request.param, page_pdf(filing, status=PageStatus(draft=True))


def test_the_seed_is_one_letter_page_across(seed: bytes) -> None:
    reader = PdfReader(BytesIO(seed))
    assert [(page.mediabox.width, page.mediabox.height) for page in reader.pages] == [(792, 612)]
    assert reader.metadata is not None
    assert reader.metadata.title == "SEC Form 4 - Thakar Sumedh S - QUALYS, INC."
    assert reader.metadata.creation_date is None, "no clock"


@pytest.mark.parametrize(
    ("form", "paper", "size"),
    [
        ("3", "letter", (612, 792)),
        ("3/A", "A4", (595, 842)),
        ("4", "A4", (842, 595)),
        ("5", "A4", (842, 595)),
    ],
)
def test_form_3_stands_upright_and_every_form_fits_either_paper(
    form: str, paper: Paper, size: tuple[int, int]
) -> None:
    data = page_pdf(filing_from({"form": form})[0], status=PageStatus(), paper=paper)
    (page,) = PdfReader(BytesIO(data)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_pages_after_the_first_say_whose_form_they_belong_to(extreme: tuple[str, bytes]) -> None:
    form, data = extreme
    head = (
        f"Form {form} · Extraordinarily Long Named Investment Partnership Fund Number 0 L.P. (Cayman) · THE VERY LONG"
        " ISSUER NAME HOLDINGS INTERNATIONAL CORPORATION & SONS LTD [ABCDEFGHIJ] · 11/18/2026"
    )
    pages = [" ".join(page.split()) for page in _pages(data)]
    assert [head in page for page in pages] == [False, *[True] * (len(pages) - 1)]


def test_the_footer_says_what_the_page_is_of_which_xml(seed: bytes) -> None:
    (page,) = _pages(seed)
    assert f"Record copy. Not for upload to EDGAR. XML SHA-256: {_SHA} Page 1 of 1" in " ".join(page.split())
    assert "DRAFT" not in page


def test_each_page_of_the_largest_filing_has_footer_number_and_draft_mark(extreme: tuple[str, bytes]) -> None:
    pages = _pages(extreme[1])
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        words = " ".join(page.split())
        assert "Record copy. Not for upload to EDGAR." in words
        assert "No XML was made." in words
        assert f"Page {number} of {len(pages)}" in words
        assert "DRAFT" in words


def test_a_table_that_runs_over_has_title_and_headings_on_each_page(extreme: tuple[str, bytes]) -> None:
    form, data = extreme
    heading = {
        "3": "Nature of Indirect Beneficial Ownership (Instr. 5)",
        "4": "Nature of Indirect Beneficial",
    }[form]
    for table in ("I", "II"):
        pages = [" ".join(page.split()) for page in _pages(data) if re.search(rf"Row \d\d of {table}:", page)]
        assert len(pages) > 1
        for page in pages:
            assert f"Table {table} - " in page
            assert heading in page


def test_no_row_is_split_between_pages(extreme: tuple[str, bytes]) -> None:
    pages = [_tight(page) for page in _pages(extreme[1])]
    for table in ("I", "II"):
        for row in range(ROWS):
            first, last = f"Row{row:02}of{table}:", f"row{row:02}of{table}(34)"
            places = [(first in page, last in page) for page in pages]
            assert places.count((True, True)) == 1, (table, row)
            assert places.count((False, False)) == len(pages) - 1, (table, row)


def test_every_value_of_the_largest_filing_is_printed(extreme: tuple[str, bytes]) -> None:
    """Cell by cell in the page's order, spacing aside: nothing is cut off."""
    form, data = extreme
    view = page_view(filing_from(extreme_draft(form))[0])
    text = _tight(" ".join(re.sub(r"Record copy.*", "", page, flags=re.DOTALL) for page in _pages(data)))
    for row in (*view.table_1, *view.table_2):
        assert "".join(_tight(cell.plain) for cell in row) in text
    for number, note in view.footnotes:
        assert f"{number}.{_tight(note)}" in text
    for owner in view.owners:
        assert _tight(owner.name + "".join(owner.streets)) in text
    for signature in view.signatures:
        assert _tight(signature.name) in text
    assert text.count("**SignatureofReportingPerson") == OWNERS
    assert _tight(view.remarks) in text


_BOX = tuple[float, float, float, float]


def _words(data: bytes, folder: Path) -> Iterator[tuple[float, float, list[tuple[str, _BOX]]]]:
    """Width and height of each page and the words on it with their boxes; the draft's mark lies below them all."""
    file = folder / "page.pdf"
    file.write_bytes(data)
    told = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True).stdout
    for page in etree.fromstring(told).iter("{*}page"):
        words = [
            (word.text or "", (_at(word, "xMin"), _at(word, "yMin"), _at(word, "xMax"), _at(word, "yMax")))
            for word in page.iter("{*}word")
        ]
        yield (
            _at(page, "width"),
            _at(page, "height"),
            [w for w in words if w[0] not in set("DRAFT") | {"DRAFT"}],
        )


def _at(element: Any, name: str) -> float:
    return float(element.get(name))


def _overlap(one: _BOX, other: _BOX) -> bool:
    """Whether two words share ground: more than half a point across and a third of a line high."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and high > min(one[3] - one[1], other[3] - other[1]) / 3


def test_no_word_lies_on_another_or_outside_the_margins(extreme: tuple[str, bytes], tmp_path: Path) -> None:
    edge = 12 * _POINTS_PER_MM - 0.5
    for width, height, words in _words(extreme[1], tmp_path):
        assert words
        for text, (left, top, right, bottom) in words:
            assert left >= edge, text
            assert right <= width - edge, text
            assert 0 < top < bottom < height, text
        # Neighbours in the page's order of lines are the ones that could meet.
        by_place = sorted(words, key=lambda word: (word[1][1], word[1][0]))
        met = [
            (one[0], other[0])
            for place, one in enumerate(by_place)
            for other in by_place[place + 1 : place + 60]
            if _overlap(one[1], other[1])
        ]
        assert met == []


@pytest.mark.parametrize("extreme", ["4"], indirect=True)
def test_no_date_is_broken_between_lines(extreme: tuple[str, bytes], tmp_path: Path) -> None:
    pages = list(_words(extreme[1], tmp_path))
    words = [text for _, _, page in pages for text, _ in page]
    dates = [text[:10] for text in words if text.startswith(("11/", "01/"))]
    assert Counter(dates) == {
        "11/18/2026": 2 * ROWS + len(pages),  # the transactions, box 3 and the head of each other page
        "11/19/2026": 2 * ROWS + OWNERS,  # deemed execution dates and signatures
        "01/01/2020": ROWS,
    }


def test_all_fonts_are_ours_and_embedded(seed: bytes) -> None:
    fonts = {
        font["/BaseFont"].split("+")[1]: font["/DescendantFonts"][0]
        .get_object()["/FontDescriptor"]
        .get_object()
        for page in PdfReader(BytesIO(seed)).pages
        for font in (held.get_object() for held in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert sorted(fonts) == ["Form-Sans", "Form-Sans-Bold", "Form-Sans-Italic"]
    assert all("/FontFile2" in descriptor for descriptor in fonts.values())


def test_weasyprint_has_nothing_to_say(caplog: pytest.LogCaptureFixture) -> None:
    pdf._sheet.cache_clear()
    with caplog.at_level(logging.WARNING):
        for form in ("3", "4", "5/A"):
            page_pdf(filing_from({"form": form})[0], status=PageStatus(draft=True))
    assert [record.getMessage() for record in caplog.records] == []


_AGAIN = """
import sys
from form4_author.render.pdf import page_pdf
from form4_author.render.view import PageStatus
from tests.builders import make_filing
sys.stdout.buffer.write(page_pdf(make_filing(), status=PageStatus(xml_sha256=sys.argv[1])))
"""


def test_the_same_filing_gives_the_same_bytes_in_every_process(seed: bytes) -> None:
    assert page_pdf(make_filing(), status=PageStatus(xml_sha256=_SHA)) == seed
    run = [sys.executable, "-c", _AGAIN, _SHA]
    again = subprocess.run(
        run, capture_output=True, check=True, env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    )
    assert again.stdout == seed
    other = page_pdf(make_filing(), status=PageStatus(xml_sha256="f" * 64))
    assert other != seed


def test_markup_in_a_text_is_printed_and_nothing_is_fetched() -> None:
    text = '<img src="https://www.sec.gov/seal.png"><style>* { display: none }</style>'
    data = page_pdf(filing_from({"form": "4", "remarks": text})[0], status=PageStatus())
    assert _tight(text) in _tight(_pages(data)[0])


@pytest.mark.parametrize("url", ["https://www.sec.gov/a.ttf", "file:///etc/hostname", "data:text/css,p{}"])
def test_only_our_fonts_can_be_fetched(url: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{url} is not one of our fonts")):
        pdf._fetcher().fetch(url)


def test_without_pango_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    pdf._weasyprint.cache_clear()
    with pytest.raises(ResourceMissing) as raised:
        weasyprint_version()
    pdf._weasyprint.cache_clear()
    assert str(raised.value) == (
        "The PDF needs the Pango library, which is not here (cannot load library 'libpango-1.0-0'). "
        "On Debian or Ubuntu: apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 "
        "libharfbuzz-subset0; on macOS: brew install pango; on Windows: install MSYS2's Pango, see WeasyPrint's manual."
    )


def test_without_a_font_the_error_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def elsewhere(kind: str, *parts: str) -> Path:
        if parts[:1] == ("fonts",) and len(parts) > 1:
            raise ResourceMissing(f"{'/'.join((kind, *parts))} is missing", remedy="Reinstall")
        return tmp_path

    monkeypatch.setattr(pdf, "resource", elsewhere)
    pdf._sheet.cache_clear()
    with pytest.raises(ResourceMissing, match=r"templates/fonts/LiberationSans-Regular\.ttf is missing"):
        page_pdf(make_filing(), status=PageStatus())
    pdf._sheet.cache_clear()
