"""The printed copy as a record: what PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of its objects.

Read back by another library than the one that wrote them; the clauses stand beside the assertions.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from form4_author.checks.example import names
from form4_author.render.pdf import Enclosure, page_pdf
from form4_author.render.view import PageStatus
from form4_author.wire.draft import filing_from
from tests.builders import make_filing
from tests.render.extreme import extreme_draft

if TYPE_CHECKING:
    from collections.abc import Iterator

_XML = Enclosure(
    name="form4.xml", content=b"<ownershipDocument/>", description="Primary document", relationship="Source"
)
_REPORT = Enclosure(name="report.json", content=b"{}", description="Findings", relationship="Data")
_CASES = ("seed", "exercise", "joint", "form3", "form5", "extreme 4", "nothing yet")


@cache
def made(case: str) -> bytes:
    if case.startswith("extreme"):
        filing = filing_from(extreme_draft(case[-1]))[0]
    elif case == "nothing yet":
        filing = filing_from({"form": "4"})[0]
    else:
        filing = make_filing(case)
    return page_pdf(filing, status=PageStatus(draft=case not in names()), enclosures=(_XML, _REPORT))


@pytest.fixture(scope="module", params=_CASES)
def reader(request: pytest.FixtureRequest) -> PdfReader:
    return PdfReader(BytesIO(made(request.param)))


def root(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def elements(node: Any) -> Iterator[Any]:
    """The elements of the structure tree below a node, in reading order."""
    held = node.get("/K", ())
    for kid in held if isinstance(held, ArrayObject) else [held]:
        child = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(child, DictionaryObject) and child.get("/Type") == "/StructElem":
            yield child
            yield from elements(child)


def metadata(reader: PdfReader) -> etree._Element:
    text = root(reader)["/Metadata"].get_data()
    return etree.fromstring(re.sub(rb"<\?xpacket[^>]*\?>", b"", text).strip())


_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def test_the_metadata_say_both_standards(reader: PdfReader) -> None:
    """ISO 19005-3, 6.6.4; ISO 14289-1, 5; the schema of the latter is declared, 19005-3, 6.6.2.3."""
    found = metadata(reader)
    assert len(found.findall("rdf:RDF", _SPACES)) == 1
    assert found.xpath("//@pdfaid:part | //@pdfaid:conformance", namespaces=_SPACES) == ["3", "A"]
    assert found.xpath("//pdfuaid:part/text()", namespaces=_SPACES) == ["1"]
    declared = "//pdfaExtension:schemas//pdfaSchema:namespaceURI/text()"
    assert found.xpath(declared, namespaces=_SPACES) == ["http://www.aiim.org/pdfua/ns/id/"]


def test_title_author_and_subject_are_told_alike_in_both_places(reader: PdfReader) -> None:
    """ISO 19005-3, 6.6.3; ISO 14289-1, 7.1: the title is shown."""
    found, info = metadata(reader), reader.metadata
    assert info is not None
    for path, value in (
        ("//dc:title//rdf:li/text()", info.title),
        ("//dc:creator//rdf:li/text()", info.author),
        ("//dc:description//rdf:li/text()", info.subject),
    ):
        assert found.xpath(path, namespaces=_SPACES) == ([value] if value else [])
    assert info.title
    assert root(reader)["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_it_is_tagged_and_says_its_language(reader: PdfReader) -> None:
    """ISO 14289-1, 7.1 and 7.2."""
    assert root(reader)["/MarkInfo"]["/Marked"].value is True
    assert root(reader)["/Lang"] == "en"
    kinds = {element["/S"] for element in elements(root(reader)["/StructTreeRoot"])}
    assert {"/Document", "/H1", "/Table", "/TR", "/TH", "/TD", "/P"} <= kinds
    for page in reader.pages:
        assert str(page["/Tabs"]) == "/S"
        assert "/StructParents" in page


def test_every_heading_of_a_table_has_its_scope(reader: PdfReader) -> None:
    """ISO 14289-1, 7.5."""
    headings = [e for e in elements(root(reader)["/StructTreeRoot"]) if e["/S"] == "/TH"]
    assert headings
    assert {e["/A"]["/Scope"] for e in headings} == {"/Column"}


def test_every_table_has_headings_and_rows(reader: PdfReader) -> None:
    """ISO 14289-1, 7.2: no empty table body; what only lays out the page is no table."""
    tables = [e for e in elements(root(reader)["/StructTreeRoot"]) if e["/S"] == "/Table"]
    assert len(tables) >= 2
    for table in tables:
        kinds = [e["/S"] for e in elements(table)]
        assert "/TH" in kinds
        assert "/TD" in kinds
    for body in (e for e in elements(root(reader)["/StructTreeRoot"]) if e["/S"] == "/TBody"):
        assert "/TR" in [e["/S"] for e in elements(body)]


def test_rows_and_cells_stand_in_tables_only(reader: PdfReader) -> None:
    """ISO 14289-1, 7.2."""

    def walk(node: Any, inside: bool) -> None:
        for child in elements_of(node):
            if child["/S"] in ("/TR", "/TD", "/TH", "/THead", "/TBody"):
                assert inside
            walk(child, inside or child["/S"] == "/Table")

    def elements_of(node: Any) -> list[Any]:
        held = node.get("/K", ())
        kids = [k.get_object() for k in (held if isinstance(held, ArrayObject) else [held])]
        return [k for k in kids if isinstance(k, DictionaryObject) and k.get("/Type") == "/StructElem"]

    walk(root(reader)["/StructTreeRoot"], inside=False)


def test_links_are_tagged_and_described(reader: PdfReader) -> None:
    """ISO 14289-1, 7.18.1 and 7.18.5: each has its place in the tree and a description."""
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            held = annotation.get_object()
            assert held["/Subtype"] == "/Link"
            assert "/StructParent" in held
            assert held.get("/Contents")


def test_the_fonts_are_embedded_and_map_to_text(reader: PdfReader) -> None:
    """ISO 19005-3, 6.2.11.4 and 6.2.11.7."""
    held: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [f.get_object() for resources in held for f in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        descendant = font["/DescendantFonts"][0].get_object()
        assert any(key.startswith("/FontFile") for key in descendant["/FontDescriptor"])
        assert "/ToUnicode" in font


def test_each_enclosed_file_is_associated_once_and_described(reader: PdfReader) -> None:
    """ISO 19005-3, 6.8."""
    listed = [reference.idnum for reference in root(reader)["/AF"]]
    files = [reference.get_object() for reference in root(reader)["/AF"]]
    assert len(listed) == len(set(listed)) == 2
    assert [(f["/UF"], f["/AFRelationship"], f["/Desc"]) for f in files] == [
        ("form4.xml", "/Source", "Primary document"),
        ("report.json", "/Data", "Findings"),
    ]
    streams = [f["/EF"]["/F"].get_object() for f in files]
    assert [s.get_data() for s in streams] == [_XML.content, _REPORT.content]
    assert [s["/Subtype"] for s in streams] == ["/text/xml", "/application/json"]


def objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file that can be reached from its trailer."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        held = waiting.pop()
        if isinstance(held, IndirectObject):
            if held.idnum in seen:
                continue
            seen.add(held.idnum)
            held = held.get_object()
        yield held
        waiting += (
            held.values()
            if isinstance(held, DictionaryObject)
            else held
            if isinstance(held, ArrayObject)
            else []
        )


def test_nothing_runs_and_nothing_comes_from_outside(reader: PdfReader) -> None:
    """ISO 19005-3, 6.5 and 6.1: no script, no action but a jump within the file, no encryption."""
    forbidden = {"/JavaScript", "/JS", "/AA", "/OpenAction", "/URI", "/FFilter", "/Encrypt", "/XFA"}
    found = [key for held in objects(reader) if isinstance(held, DictionaryObject) for key in held]
    assert len(found) > 1000
    assert forbidden.isdisjoint(found)


def test_the_output_intent_is_there(reader: PdfReader) -> None:
    """ISO 19005-3, 6.2.3."""
    (intent,) = (i.get_object() for i in root(reader)["/OutputIntents"])
    assert intent["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent


@pytest.mark.parametrize("case", ["seed", "form3", "nothing yet"])
def test_the_same_filing_gives_the_same_bytes(case: str) -> None:
    first = made(case)
    made.cache_clear()
    assert hashlib.sha256(made(case)).digest() == hashlib.sha256(first).digest()
