"""What WeasyPrint leaves undone for PDF/UA-1 beside PDF/A-3a, done on the objects before they are written.

Header cells get their scope (ISO 14289-1, 7.5), tables that only lay out the page become divisions, heads and feet of
pages are artifacts (7.8), a box says whether it is checked, a link names its footnote, each subset of a font has its
own name (ISO 32000-1, 9.6.4), the metadata say that the file is PDF/UA-1 and declare the schema that says so (ISO
19005-3, 6.6.2.3), and each embedded file is an associated file once (ISO 19005-3, 6.8).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from form4_author.page.seal import make_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["finish", "name_subsets"]

_BOXES: Final = {"/Art": "checked", "/BlockQuote": "not checked"}
"""The tags of what the template makes of a box (``page/parts.html.j2``), which nothing else on a page of ours has."""
_NOTE: Final = re.compile(r"\Anote-([0-9]+)\Z")
_PAGINATION: Final = b"<</Type/Pagination>>"
_ROWS: Final = ("/TR", "/TD", "/TH", "/THead", "/TBody", "/TFoot")

_UA: Final = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def finish(_document: object, pdf: Any, made_with: str) -> None:  # noqa: ANN401  # pydyf has no types
    """Finish a PDF/A-3a in place, as the ``finisher`` of WeasyPrint's ``write_pdf``.

    ``made_with``: the libraries and fonts that drew it, which the file records as ``/MadeWith`` in its information.
    """
    for element in _elements(pdf):
        if element["S"] == "/TH":
            element.setdefault("A", type(element)({"O": "/Table"}))["Scope"] = "/Column"
        elif element["S"] == "/Table" and not any(e["S"] == "/TH" for e in _below(pdf, element)):
            _make_division(pdf, element)
        elif element["S"] in _BOXES:
            element["Alt"] = type(pdf.info["Title"])(_BOXES[element["S"]])
            element["S"] = "/Span"
    _make_artifacts(pdf)
    make_fields(pdf)
    _name_links(pdf)
    name_subsets(pdf)
    _say_accessible(pdf)
    pdf.info["MadeWith"] = type(pdf.info["Producer"])(made_with)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))


def _elements(pdf: Any) -> Iterator[Any]:  # noqa: ANN401  # as above
    """The elements of the structure tree."""
    return (o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem")


def _below(pdf: Any, element: Any, *, into_tables: bool = False) -> Iterator[Any]:  # noqa: ANN401  # as above
    """The elements below one, in reading order; those of tables inside it only where that is said."""
    kids = (
        kid for kid in element.get("K", ()) if isinstance(kid, bytes)
    )  # the others: content, by its number
    children = (pdf.objects[int(kid.split()[0])] for kid in kids)
    for child in (c for c in children if isinstance(c, dict) and c.get("Type") == "/StructElem"):
        yield child
        if into_tables or child["S"] != "/Table":
            yield from _below(pdf, child, into_tables=into_tables)


def _make_artifacts(pdf: Any) -> None:  # noqa: ANN401  # as above
    """Heads and feet of pages, whose elements hang in no tree, become artifacts, and their elements are emptied."""
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    reached = {id(element) for element in _below(pdf, root, into_tables=True)}
    loose = [element for element in _elements(pdf) if id(element) not in reached]
    numbers: dict[bytes, set[int]] = {}
    for element in loose:
        numbers.setdefault(element["Pg"], set()).update(kid for kid in element["K"] if isinstance(kid, int))
    gone = {element.reference for element in loose}
    for element in loose:
        element.clear()
    for page, marked in numbers.items():
        _mark_artifacts(pdf.objects[int(pdf.objects[int(page.split()[0])]["Contents"].split()[0])], marked)
    parents = pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
    for held in parents[1::2]:
        if isinstance(held, list):
            held[:] = ["null" if reference in gone else reference for reference in held]


def _mark_artifacts(content: Any, numbers: set[int]) -> None:  # noqa: ANN401  # as above
    """Make artifacts of the marked content with these numbers: a tag and its properties, before each BDC."""
    stream = content.stream
    for at, piece in enumerate(stream):
        if isinstance(piece, dict) and piece.get("MCID") in numbers:
            stream[at - 1], stream[at] = "/Artifact", _PAGINATION


def _name_links(pdf: Any) -> None:  # noqa: ANN401  # as above
    """A link to a note is described in words, and not by the note's name in the page."""
    for link in (o for o in pdf.objects if isinstance(o, dict) and o.get("Subtype") == "/Link"):
        words = _NOTE.sub(r"Footnote \1", link["Contents"].string)
        link["Contents"] = type(link["Contents"])(words)


def name_subsets(pdf: Any) -> None:  # noqa: ANN401  # as above
    """Name each subset of a font by its content, so that no two of them have one name, in a signed file either."""
    fonts = [o for o in pdf.objects if isinstance(o, dict) and "BaseFont" in o]
    for descriptor in [o for o in pdf.objects if isinstance(o, dict) and "FontFile2" in o]:
        file = pdf.objects[int(descriptor["FontFile2"].split()[0])]
        digest = hashlib.sha256(b"".join(file.stream)).digest()
        before = descriptor["FontName"]
        tag = bytes(ord("A") + byte % 26 for byte in digest[:6])
        after = b"/" + tag + b"+" + before.partition(b"+")[2]
        for held, key in ((descriptor, "FontName"), *((font, "BaseFont") for font in fonts)):
            if held[key] == before:
                held[key] = after


def _make_division(pdf: Any, table: Any) -> None:  # noqa: ANN401  # as above
    """A table without headings lays out the page: to a reader its cells are one division after the other."""
    for element in (table, *(e for e in _below(pdf, table) if e["S"] in _ROWS)):
        element["S"] = "/Div"
        element.pop("A", None)


def _say_accessible(pdf: Any) -> None:  # noqa: ANN401  # as above
    """Add the identification of PDF/UA-1 to the metadata."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    stream.stream[:] = [b"".join(stream.stream).replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>", 1)]
