"""Places for signatures on the pages, and the content of a signed one.

A place on any page of ours (form, authentication document, attestation) is one call in its template:

    {% import "page/seal.html.j2" as seal %}
    {{ seal.field(name, label) }}

``name`` names the field and is made by :func:`field_name`, one for each signatory; ``label`` is what a screen reader
says, as in "Signature of Reporting Person: Jane Doe". The place is a block as wide as its surroundings; its height is
the CSS variable ``--seal`` or 9.3 mm (``.seal`` in ``page/seal.css``, which the page's sheet includes). When the PDF is
written with the finisher of ``conformance.finish``, as ``pdf.page_pdf`` does, each place becomes an empty signature
field that ``signing.sealed(pdf, request)`` fills. A page that is marked DRAFT has no places and cannot be signed.

A link is what WeasyPrint tags and places exactly; here it becomes a widget inside a Form tag with a description (ISO
14289-1, 7.18.1 and 7.18.4) and an empty appearance (ISO 19005-3, 6.3.3). The tag holds the widget alone and not in an
array: pyHanko's comparison of revisions knows a field's place in the tree by that, and without it takes a second
signature for a change of what the first one covers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Seal", "field_name", "make_fields", "signatory"]

_SCHEME: Final = "form4-seal:"
_CONFORMED: Final = re.compile(r"/s/", re.IGNORECASE)
_PRINT: Final = 4
"""The flag of an annotation that is printed (ISO 32000-1, 12.5.3)."""
_HAS_FIELDS: Final = 1
"""SigFlags: the file has a signature field (ISO 32000-1, 12.7.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the place of a signature shows."""

    name: str
    """Whom the certificate names."""
    lines: tuple[str, ...]
    """Time and issuer."""
    trial: str = ""
    """What a trial identity is, said in bold; empty for any other."""


def signatory(signature: str) -> str:
    """The words of a conformed signature without its ``/s/``: whose place it is."""
    return " ".join(_CONFORMED.sub(" ", signature).split())


def field_name(number: int, signature: str) -> str:
    """The name of the field of the signatory with this number, from 1; a full stop would divide it (12.7.3.2)."""
    return f"Signature {number}: {signatory(signature).replace('.', '')}"


def make_fields(pdf: Any) -> None:  # noqa: ANN401  # pydyf has no types
    """Make each place of a page an empty signature field, in a PDF that WeasyPrint is about to write."""
    tags = {
        kid_object["Obj"]: element
        for element in _dictionaries(pdf, "/StructElem")
        for kid_object in (_resolved(pdf, kid) for kid in element["K"] if isinstance(kid, bytes))
        if kid_object.get("Type") == "/OBJR"
    }
    fields = []
    for reference in pdf.page_references:
        page = _resolved(pdf, reference)
        for widget in (_resolved(pdf, kid) for kid in page.get("Annots", ())):
            if _target(widget).startswith(_SCHEME):
                tags[widget.reference].update({"S": "/Form", "K": tags[widget.reference]["K"][0]})
                _make_field(pdf, page, widget)
                fields.append(widget.reference)
    if fields:
        array, dictionary = type(_resolved(pdf, fields[0])["Rect"]), type(pdf.catalog)
        pdf.catalog["AcroForm"] = dictionary({"Fields": array(fields), "SigFlags": _HAS_FIELDS})


def _make_field(pdf: Any, page: Any, widget: Any) -> None:  # noqa: ANN401  # as above
    """Make the annotation of a place a signature field with an empty appearance."""
    name, label = (bytes.fromhex(part).decode() for part in _target(widget).removeprefix(_SCHEME).split("-"))
    string, array, dictionary = type(widget["Contents"]), type(widget["Rect"]), type(widget)
    stream = type(_resolved(pdf, pdf.catalog["Metadata"]))
    del widget["A"], widget["BS"]
    x1, y1, x2, y2 = widget["Rect"]
    size = array((0, 0, abs(x2 - x1), abs(y2 - y1)))
    blank = stream(extra={"Type": "/XObject", "Subtype": "/Form", "BBox": size, "Resources": dictionary()})
    pdf.add_object(blank)
    widget.update(
        {
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": string(name),
            "TU": string(label),
            "Contents": string(label),
            "F": _PRINT,
            "P": page.reference,
            "Rect": array((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))),
            "AP": dictionary({"N": blank.reference}),
        }
    )


def _dictionaries(pdf: Any, kind: str) -> Iterator[Any]:  # noqa: ANN401  # as above
    return (o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == kind)


def _resolved(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401  # as above
    """The object of a reference such as ``b"12 0 R"``."""
    return pdf.objects[int(reference.split()[0])]


def _target(annotation: Any) -> str:  # noqa: ANN401  # as above
    """Where a link leads outside the file; empty for any other annotation."""
    return annotation["A"]["URI"].string if "A" in annotation else ""
