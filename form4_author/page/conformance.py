"""What WeasyPrint leaves undone for PDF/UA-1 beside PDF/A-3a, done on the objects before they are written.

Header cells get their scope (ISO 14289-1, 7.5), tables that only lay out the page become divisions, the metadata say
that the file is PDF/UA-1 and declare the schema that says so (ISO 19005-3, 6.6.2.3), and each embedded file is an
associated file once (ISO 19005-3, 6.8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author.page.seal import make_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["finish"]

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


def finish(_document: object, pdf: Any) -> None:  # noqa: ANN401  # pydyf has no types
    """Finish a PDF/A-3a in place, as the ``finisher`` of WeasyPrint's ``write_pdf``."""
    for element in _elements(pdf):
        if element["S"] == "/TH":
            element.setdefault("A", type(element)({"O": "/Table"}))["Scope"] = "/Column"
        elif element["S"] == "/Table" and not any(e["S"] == "/TH" for e in _below(pdf, element)):
            _make_division(pdf, element)
    make_fields(pdf)
    _say_accessible(pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))


def _elements(pdf: Any) -> Iterator[Any]:  # noqa: ANN401  # as above
    """The elements of the structure tree."""
    return (o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem")


def _below(pdf: Any, element: Any) -> Iterator[Any]:  # noqa: ANN401  # as above
    """The elements below one, in reading order, except those of tables inside it."""
    kids = (
        kid for kid in element.get("K", ()) if isinstance(kid, bytes)
    )  # the others: content, by its number
    children = (pdf.objects[int(kid.split()[0])] for kid in kids)
    for child in (c for c in children if isinstance(c, dict) and c.get("Type") == "/StructElem"):
        yield child
        if child["S"] != "/Table":
            yield from _below(pdf, child)


def _make_division(pdf: Any, table: Any) -> None:  # noqa: ANN401  # as above
    """A table without headings lays out the page: to a reader its cells are one division after the other."""
    for element in (table, *(e for e in _below(pdf, table) if e["S"] in _ROWS)):
        element["S"] = "/Div"
        element.pop("A", None)


def _say_accessible(pdf: Any) -> None:  # noqa: ANN401  # as above
    """Add the identification of PDF/UA-1 to the metadata."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    stream.stream[:] = [b"".join(stream.stream).replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>", 1)]
