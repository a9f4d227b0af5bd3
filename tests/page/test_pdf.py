"""The printed copy, read back from its bytes: what stands on its pages, where, in which fonts."""

from __future__ import annotations

import builtins
import logging
import re
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from form4_author.errors import ResourceMissing
from form4_author.page import pdf
from form4_author.page.pdf import page_pdf, weasyprint_version
from form4_author.page.view import PageStatus
from form4_author.wire.filing import filing_from
from tests.builders import make_filing
from tests.page.printed import printed, tight

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.page.html import Paper

_SHA = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def seed() -> bytes:
    return page_pdf(make_filing(), status=PageStatus(xml_sha256=_SHA))


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


def test_the_footer_says_what_the_page_is_of_which_xml(seed: bytes) -> None:
    (page,) = printed(seed)
    assert f"Record copy. Not for upload to EDGAR. XML SHA-256: {_SHA} Page 1 of 1" in " ".join(page.split())
    assert "DRAFT" not in page


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
from form4_author.page.pdf import page_pdf
from form4_author.page.view import PageStatus
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
    assert tight(text) in tight(printed(data)[0])


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
        "The PDF needs the Pango library, which is not installed (cannot load library 'libpango-1.0-0'). "
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
