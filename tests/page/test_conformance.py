"""The printed copy as a record: what PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of its objects.

Read back by another library than the one that wrote them; the clauses stand beside the assertions.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, NullObject

from form4_author.checks.example import names
from form4_author.page.pdf import Enclosure, page_pdf
from form4_author.page.view import PageStatus
from form4_author.wire.filing import filing_from
from tests.builders import make_filing
from tests.packets import NAMES, made_packet, page_lines
from tests.page.extreme import extreme_draft
from tests.selection import some
from tests.signing.signatory import in_every_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_XML = Enclosure(
    name="form4.xml", content=b"<ownershipDocument/>", description="Primary document", relationship="Source"
)
_REPORT = Enclosure(name="report.json", content=b"{}", description="Findings", relationship="Data")
_MADE = ("seed", "exercise", "joint", "form3", "form5", "extreme 4", "nothing yet")
_GOLDEN = tuple(f"golden {name}" for name in NAMES)
_SIGNED = ("signed seed", "signed joint")
_CASES = (*_MADE, *_SIGNED, *_GOLDEN)
_EACH_FORM = ("nothing yet", "form3", "signed joint", "golden form4-amended", "golden form5-late")
_MOMENT = datetime(2026, 10, 15, 21, 40, 12, tzinfo=UTC)


@cache
def made(case: str) -> bytes:
    if case in _GOLDEN:
        return made_packet(case.removeprefix("golden ")).file(".pdf")
    if case in _SIGNED:
        return in_every_place(made(case.removeprefix("signed ")), _MOMENT)
    if case.startswith("extreme"):
        filing = filing_from(extreme_draft(case[-1]))[0]
    elif case == "nothing yet":
        filing = filing_from({"form": "4"})[0]
    else:
        filing = make_filing(case)
    return page_pdf(filing, status=PageStatus(draft=case not in names()), enclosures=(_XML, _REPORT))


def enclosed(case: str) -> list[tuple[str, str, bytes, str]]:
    """Name, relationship, content and media type of the files that belong inside."""
    xml, report = ("form4.xml", _XML.content), ("report.json", _REPORT.content)
    if case in _GOLDEN:
        files = made_packet(case.removeprefix("golden ")).files
        (xml,) = (file for file in files.items() if file[0].endswith(".xml"))
        report = ("report.json", files["report.json"])
    return [(xml[0], "/Source", xml[1], "/text/xml"), (report[0], "/Data", report[1], "/application/json")]


@pytest.fixture(scope="module", params=some(_CASES, _EACH_FORM))
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def reader(case: str) -> PdfReader:
    return PdfReader(BytesIO(made(case)))


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
        ("//dc:description//rdf:li/text()", info.subject),
    ):
        assert found.xpath(path, namespaces=_SPACES) == ([value] if value else [])
    creators = found.xpath("//dc:creator//rdf:li/text()", namespaces=_SPACES)
    assert ", ".join(creators) == (info.author or "")
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
    outside = []

    def walk(node: Any, inside: bool) -> None:
        for child in elements_of(node):
            if child["/S"] in ("/TR", "/TD", "/TH", "/THead", "/TBody") and not inside:
                outside.append(child["/S"])
            walk(child, inside or child["/S"] == "/Table")

    def elements_of(node: Any) -> list[Any]:
        held = node.get("/K", ())
        kids = [k.get_object() for k in (held if isinstance(held, ArrayObject) else [held])]
        return [k for k in kids if isinstance(k, DictionaryObject) and k.get("/Type") == "/StructElem"]

    walk(root(reader)["/StructTreeRoot"], inside=False)
    assert outside == []


def test_links_are_tagged_and_described(reader: PdfReader) -> None:
    """ISO 14289-1, 7.18.1, 7.18.4 and 7.18.5: each has its tag in the tree, of its kind, and a description."""
    tags = tagged(reader)
    for held in annotated(reader):
        tag = tags[held["/StructParent"]]
        assert tag["/S"] == {"/Link": "/Link", "/Widget": "/Form"}[held["/Subtype"]]
        assert numbers(reader, held["/StructParent"]) == [tag.indirect_reference]
        assert held.get("/Contents")


def tagged(reader: PdfReader) -> dict[int, Any]:
    """The tag of each annotation, by its key in the tree of parents."""
    tags: dict[int, Any] = {}
    for element in elements(root(reader)["/StructTreeRoot"]):
        kids: Any = element.get("/K", ())
        for kid in (k.get_object() for k in (kids if isinstance(kids, ArrayObject) else [kids])):
            if isinstance(kid, DictionaryObject) and kid.get("/Type") == "/OBJR":
                annotation: Any = kid["/Obj"]
                tags[annotation["/StructParent"]] = element
    return tags


def numbers(reader: PdfReader, key: int) -> list[Any]:
    """What the tree of parents says of a key (ISO 32000-1, 14.7.4.4)."""
    held = root(reader)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return [value for at, value in zip(held[::2], held[1::2], strict=True) if at == key]


def test_every_place_of_a_signature_is_a_printed_field_with_an_appearance(reader: PdfReader) -> None:
    """ISO 14289-1, 7.18.4: a widget is described; ISO 19005-3, 6.3.2 and 6.3.3: printed, shown by a stream, no action."""
    widgets = [held for held in annotated(reader) if held["/Subtype"] == "/Widget"]
    form = root(reader).get("/AcroForm", {})
    assert [f.get_object() for f in form.get("/Fields", ())] == widgets
    assert set(form) <= {"/Fields", "/SigFlags"}
    for widget in widgets:
        x1, y1, x2, y2 = widget["/Rect"]
        assert (widget["/FT"], widget["/F"], x1 < x2, y1 < y2) == ("/Sig", 4, True, True)
        assert widget["/TU"] == widget["/Contents"] != ""
        assert set(widget["/AP"]) == {"/N"}
        assert widget["/AP"]["/N"].get_object()["/Subtype"] == "/Form"
        assert {"/A", "/AA", "/MK", "/DA"}.isdisjoint(widget)


def test_heads_and_feet_of_pages_are_artifacts_and_all_else_is_in_the_tree(reader: PdfReader) -> None:
    """ISO 14289-1, 7.1 and 7.8: each text is tagged content of the tree, or an artifact of pagination."""
    tree = {e.indirect_reference.idnum for e in elements(root(reader)["/StructTreeRoot"])}
    for number, page in enumerate(reader.pages):
        ((parents),) = numbers(reader, int(str(page["/StructParents"])))
        held = [None if isinstance(each, NullObject) else each.idnum for each in parents]
        assert {each for each in held if each is not None} <= tree
        texts = shown(page, reader)
        assert None not in texts
        assert texts["pagination"] == (3 if number == 0 else 4)
        marked = {key for key in texts if isinstance(key, int)}
        assert marked <= {key for key, each in enumerate(held) if each is not None}


def shown(page: Any, reader: PdfReader) -> Counter[Any]:
    """How many texts are shown in each marked content: by its number, ``pagination``, or None outside of any."""
    found: Counter[Any] = Counter()
    open_: list[Any] = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            pagination = operands[0] == "/Artifact" and properties.get("/Type") == "/Pagination"
            open_.append("pagination" if pagination else properties.get("/MCID"))
        elif operator == b"EMC":
            open_.pop()
        elif operator in (b"Tj", b"TJ"):
            found[next((each for each in reversed(open_) if each is not None), None)] += 1
    return Counter({key: 1 if isinstance(key, int) else count for key, count in found.items()})


def test_a_box_says_whether_it_is_checked(case: str, reader: PdfReader) -> None:
    """ISO 14289-1, 7.3 in spirit: what is told by a sign alone has a text; as the proof has it."""
    told = [
        e["/Alt"] for e in elements(root(reader)["/StructTreeRoot"]) if e["/S"] == "/Span" and "/Alt" in e
    ]
    assert {"/Art", "/BlockQuote"}.isdisjoint(e["/S"] for e in elements(root(reader)["/StructTreeRoot"]))
    assert set(told) <= {"checked", "not checked"}
    if case in _GOLDEN:
        proof = html.document_fromstring(made_packet(case.removeprefix("golden ")).file(".html"))
        assert told == proof.xpath("//span[@class='box']/@aria-label")
    assert len(told) >= 6
    boxes = [e for e in elements(root(reader)["/StructTreeRoot"]) if "/Alt" in e]
    assert all(len(list(elements(box))) == 1 for box in boxes), "a box has content that carries its text"


def test_tables_and_signatures_have_bookmarks(reader: PdfReader) -> None:
    titles = [entry.title for entry in flat(reader.outline)]
    parts = [title.partition(" - ")[0].strip(":") for title in titles[1:]]
    assert parts[:2] == ["Table I", "Table II"]
    assert parts[-1] == "Signatures"
    assert "Explanation of Responses" in parts
    assert len(set(parts)) == len(parts)


def flat(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def test_a_link_names_its_footnote(reader: PdfReader) -> None:
    links = [held["/Contents"] for held in annotated(reader) if held["/Subtype"] == "/Link"]
    assert [text for text in links if not re.fullmatch("Footnote [0-9]+", text)] == []


def test_two_subsets_of_a_font_have_two_names(reader: PdfReader) -> None:
    """ISO 32000-1, 9.6.4; those of the seals as well."""
    held = [o for o in dictionaries(reader) if o.get("/Type") == "/FontDescriptor"]
    files = {(d["/FontName"], hashlib.sha256(d["/FontFile2"].get_data()).digest()) for d in held}
    assert len({name for name, _file in files}) == len(files)
    assert all(re.fullmatch(r"/[A-Z]{6}\+Form-Sans(-Bold|-Italic)?", name) for name, _file in files)
    named = {o["/BaseFont"] for o in dictionaries(reader) if o.get("/Type") == "/Font"}
    assert named == {name for name, _file in files}


def test_the_fonts_are_embedded_and_map_to_text(reader: PdfReader) -> None:
    """ISO 19005-3, 6.2.11.4 and 6.2.11.7; those of a signature's appearance as well."""
    held = [o for o in dictionaries(reader) if o.get("/Type") == "/Font"]
    assert {font["/Subtype"] for font in held} == {"/Type0", "/CIDFontType2"}
    for font in (f for f in held if f["/Subtype"] == "/Type0"):
        descendant = font["/DescendantFonts"][0].get_object()
        assert any(key.startswith("/FontFile") for key in descendant["/FontDescriptor"])
        assert "/ToUnicode" in font


def test_each_enclosed_file_is_associated_once_and_described(case: str, reader: PdfReader) -> None:
    """ISO 19005-3, 6.8."""
    listed = [reference.idnum for reference in root(reader)["/AF"]]
    files = [reference.get_object() for reference in root(reader)["/AF"]]
    assert len(listed) == len(set(listed)) == 2
    assert all(f["/Desc"] for f in files)
    streams = [f["/EF"]["/F"].get_object() for f in files]
    assert [
        (f["/UF"], f["/AFRelationship"], s.get_data(), s["/Subtype"])
        for f, s in zip(files, streams, strict=True)
    ] == enclosed(case)


def dictionaries(reader: PdfReader) -> list[Any]:
    """Every dictionary of the file."""
    return [held for held in objects(reader) if isinstance(held, DictionaryObject)]


def annotated(reader: PdfReader) -> list[Any]:
    """Every annotation, in the order of the pages."""
    held: list[Any] = [reference for page in reader.pages for reference in page.get("/Annots", ())]
    return [reference.get_object() for reference in held]


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
    found = [key for held in dictionaries(reader) for key in held]
    assert len(found) > 1000
    assert forbidden.isdisjoint(found)


def test_the_output_intent_is_there(reader: PdfReader) -> None:
    """ISO 19005-3, 6.2.3."""
    (intent,) = (i.get_object() for i in root(reader)["/OutputIntents"])
    assert intent["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent


@pytest.mark.parametrize("case", some(_SIGNED, ["signed joint"]))
def test_a_signature_leaves_catalog_and_metadata_as_they_were(case: str) -> None:
    """ISO 19005-3 is built on PDF 1.7: no later version, no extension; what says the standards stays byte for byte."""
    before, after = (PdfReader(BytesIO(made(c))) for c in (case.removeprefix("signed "), case))
    assert made(case).startswith(made(case.removeprefix("signed ")))
    assert set(root(after)) == set(root(before))
    assert root(after)["/Metadata"].get_data() == root(before)["/Metadata"].get_data()
    assert after.metadata == before.metadata
    assert root(after)["/AcroForm"]["/SigFlags"] == 3


@pytest.mark.parametrize("case", some(["seed", "form3", "nothing yet"], ["form3"]))
def test_the_same_filing_gives_the_same_bytes(case: str) -> None:
    again = made.__wrapped__(case)
    assert hashlib.sha256(made(case)).digest() == hashlib.sha256(again).digest()


@pytest.mark.long
# One for each form: poppler takes seconds for each page.
@pytest.mark.parametrize(
    "case",
    some(["golden form3-amended", "golden form4-amended", "golden form5-late"], ["golden form4-amended"]),
)
def test_the_tags_are_read_in_the_order_of_the_proof(case: str, tmp_path: Path) -> None:
    """ISO 14289-1, 7.2: content in logical order; the tree as poppler walks it, spacing and page heads aside."""
    (tmp_path / "page.pdf").write_bytes(made(case))
    run = ["pdfinfo", "-struct-text", str(tmp_path / "page.pdf")]
    tree = subprocess.run(run, capture_output=True, check=True).stdout.decode()
    told = "".join(
        "".join(line.strip()[1:-1].split()) for line in tree.splitlines() if line.strip()[:1] == '"'
    )
    proof = page_lines(made_packet(case.removeprefix("golden ")).file(".html"))
    at = 0
    for line in proof[:-1]:  # the last says what the proof is; the printed copy says so in its margin
        words = re.sub(r"[|\s]", "", line.replace("[ ]", "").replace("[X]", "X"))
        place = told.find(words, at)
        assert place >= 0, line
        at = place + len(words)
