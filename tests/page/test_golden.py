"""Packets of filings of all six forms, kept as text: page, report, XML both ways, manifest.

``FORM4_UPDATE_GOLDEN=1`` writes them anew; look at each difference, and at the page as an image, before keeping it.
"""

from __future__ import annotations

import json
import os
import re
from io import BytesIO

import pytest
from lxml import html
from pypdf import PdfReader

from form4_author.codes import forms
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.packets import GOLDEN, NAMES, made_packet, page_lines, report_lines, told
from tests.selection import some


def _texts(name: str) -> dict[str, str]:
    """The golden files of a packet, as they are now."""
    made = made_packet(name)
    texts = {
        "page.txt": "\n".join(page_lines(made.file(".html"))) + "\n",
        "report.txt": report_lines(made.file("report.txt")),
        "public.xml": next(data for file, data in made.files.items() if file.endswith(".xml")).decode(),
        "manifest.json": json.dumps(told(made.file("manifest.json")), indent=2) + "\n",
    }
    return texts if made.submission is None else {**texts, "submission.xml": made.submission.decode()}


_EACH_FORM = (
    "form3-amended", "form3-joint", "form4-amended", "form4-blocked", "form4-swap", "form4-ten-owners", "form5-amended",
    "form5-late",
)  # fmt: skip
"""Packets made each time: all six forms, a filing that blocks, several owners, more than one page."""
_KINDS = ("page.txt", "report.txt", "public.xml", "manifest.json", "submission.xml")


@pytest.mark.parametrize("name", some(NAMES, _EACH_FORM))
def test_the_packet_is_the_golden_one(name: str) -> None:
    folder, texts = GOLDEN / name, _texts(name)
    if os.environ.get("FORM4_UPDATE_GOLDEN") == "1":
        folder.mkdir(exist_ok=True)
        for kind in _KINDS:
            (folder / kind).unlink(missing_ok=True)
        for kind, text in texts.items():
            (folder / kind).write_text(text, encoding="utf-8", newline="\n")
    kept = {kind: folder / kind for kind in _KINDS if (folder / kind).exists()}
    assert texts == {kind: path.read_bytes().decode() for kind, path in kept.items()}


def test_all_six_forms_are_there_and_each_is_told_in_the_index() -> None:
    manifests = [json.loads((GOLDEN / name / "manifest.json").read_text("utf-8")) for name in NAMES]
    assert {manifest["form"] for manifest in manifests} == set(forms())
    index = (GOLDEN / "README").read_text("utf-8")
    assert tuple(re.findall(r"^(\S+)  ", index, re.MULTILINE)) == NAMES


@pytest.mark.parametrize("name", some(NAMES, _EACH_FORM))
def test_the_exit_code_says_whether_it_may_be_filed(name: str) -> None:
    made = made_packet(name)
    verdict = json.loads(made.file("manifest.json"))["verdict"]
    assert (made.code, made.submission is None) == ((1, True) if verdict == "blocked" else (0, False))


# Nothing of the blocked one is sent, and the seed is shown in an edition that has fewer fields.
@pytest.mark.parametrize(
    "name",
    some(
        [name for name in NAMES if name not in ("form4-blocked", "seed")],
        [name for name in _EACH_FORM if name != "form4-blocked"],
    ),
)
def test_what_is_sent_is_what_edgar_would_show(name: str) -> None:
    made = made_packet(name)
    assert write_document(read_document(made.file(".xml")).filing) == made.submission


def _tight(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", some(NAMES, _EACH_FORM))
def test_the_printed_copy_says_what_the_proof_says(name: str) -> None:
    """Each row, footnote, owner, signature and box; spacing, and where a page ends, aside."""
    made = made_packet(name)
    reader = PdfReader(BytesIO(made.file(".pdf")))
    printed = _tight(" ".join(page.extract_text() for page in reader.pages))
    page = html.document_fromstring(made.file(".html"))
    parts = page.xpath(
        "//tbody/tr[not(.//p)][not(@class='none')] | //p[@class='note'] | //p[@class='value'] | //td[@class='signed']"
        " | //h1 | //p[@class='label']"
    )
    assert len(parts) >= 12
    assert [part.text_content() for part in parts if _tight(part.text_content()) not in printed] == []
    if name == "form4-blocked":
        assert all("DRAFT" in sheet.extract_text() for sheet in reader.pages)


PAGES = {"form3-funds": 2, "form4-swap": 2, "form4-ten-owners": 3, "form4-thirty": 4}
"""Those that need more than one; less white saves the second page of form4-foreign, -values, form5-amended, -late."""


@pytest.mark.parametrize("name", some(NAMES, _EACH_FORM))
def test_no_page_is_there_for_the_closing_alone_where_less_white_saves_it(name: str) -> None:
    assert len(PdfReader(BytesIO(made_packet(name).file(".pdf"))).pages) == PAGES.get(name, 1)
