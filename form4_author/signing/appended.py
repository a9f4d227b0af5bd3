"""What an appended revision holds outside the graph of its objects: metadata, bytes between objects, unsigned bytes.

A signature leaves out its own value, and a viewer that repairs a file finds objects in bytes that no table of objects
leads to. Each is looked at here by itself.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from form4_author.signing.graph import ObjectDifference

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["between_objects", "changed_properties", "in_unsigned_bytes", "is_pdf_date", "stated_beside"]

_PDF_DATE: Final = re.compile(r"D:\d{4,14}(?:Z(?:00'?00'?)?|[+-]\d\d(?:'?\d\d)?'?)?")
_VALUE: Final = re.compile(rb"<([0-9a-f]+|[0-9A-F]+)>")
_TABLE: Final = re.compile(rb"xref\s[\s0-9nf]*trailer\s*<<[^%]*>>\s*")
_END: Final = re.compile(rb"\s*startxref\s+\d+\s+%%EOF\s*")


def is_pdf_date(text: str) -> bool:
    """Whether a text is a date as PDF writes it, ``D:20261015214012-04'00'`` (ISO 32000-1, 7.9.4)."""
    return _PDF_DATE.fullmatch(text) is not None


# ---- metadata

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
_PRODUCER: Final = "{http://ns.adobe.com/pdf/1.3/}Producer"
_DATES: Final = frozenset({f"{_XMP}{name}" for name in ("CreateDate", "ModifyDate", "MetadataDate")})
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
_SIGNER: Final = re.compile(r"(?:.*; )?pyHanko [\d.]+")
_WRAPPERS: Final = frozenset(
    {f"{_RDF}{name}" for name in ("RDF", "Description")} | {"{adobe:ns:meta/}xmpmeta"}
)
_RESOURCE: Final = f"{_RDF}resource"
"""An address as an attribute, which may be the text of the element as well."""
_SPELLING: Final = frozenset({f"{_RDF}about", f"{_RDF}parseType", "{adobe:ns:meta/}xmptk"})


def changed_properties(before: bytes, after: bytes) -> bool:
    """Whether XMP metadata differ in more than what a signing program adds: its name and the time."""
    try:
        mine, yours = _properties(before), _properties(after)
    except (ET.ParseError, ValueError):
        return True
    gone = {path for path, _value in mine - yours}
    come = yours - mine
    return bool(gone - _DATES - {_PRODUCER}) or not all(_by_signing(path, value) for path, value in come)


def _by_signing(path: str, value: str) -> bool:
    return bool(
        (path in _DATES and _TIME.fullmatch(value)) or (path == _PRODUCER and _SIGNER.fullmatch(value))
    )


def _properties(metadata: bytes) -> set[tuple[str, str]]:
    """Each value with the path of its elements, however it is written. Raises ValueError for a comment."""
    if b"<!" in metadata or b"\0" in metadata:
        raise ValueError("it has a comment, a declaration or another encoding")
    found: set[tuple[str, str]] = set()
    root = ET.fromstring(metadata)  # noqa: S314  # it declares no entity
    left: list[tuple[Any, str]] = [(root, "")]
    counted: dict[str, int] = {}
    while left:
        element, above = left.pop()
        path = above if element.tag in _WRAPPERS else "/".join(filter(None, (above, element.tag)))
        values = [
            (path if name == _RESOURCE else f"{path}/{name}".lstrip("/"), value)
            for name, value in element.attrib.items()
            if name not in _SPELLING
        ]
        if element.text and element.text.strip():
            values.append((path, element.text.strip()))
        for place, value in values:
            counted[place] = counted.get(place, 0) + 1
            number = f"[{counted[place]}]" if counted[place] > 1 else ""
            found.add((f"{place}{number}", value))
        left.extend((child, path) for child in reversed(element))
    return found


# ---- bytes


def between_objects(pdf: bytes, start: int, end: int, offsets: Iterator[int]) -> Iterator[ObjectDifference]:
    """Bytes of an appended revision that belong to none of its objects, which begin at ``offsets``."""
    starts = sorted({offset for offset in offsets if start <= offset < end})
    if not starts:
        return
    pieces = [pdf[one:other] for one, other in pairwise([*starts, end])]
    last = pieces[-1]
    table = last.rfind(b"endobj") + len(b"endobj")
    closing = last[table:].lstrip()
    match = _TABLE.match(closing)
    rest = closing[match.end() :] if match is not None else closing
    outside = [pdf[start : starts[0]].strip(), b"" if _END.fullmatch(rest) else rest]
    outside += [b"" if _is_object(piece) else piece for piece in (*pieces[:-1], last[:table])]
    if any(outside):
        yield ObjectDifference("revision", "has bytes that belong to no object of it")


_OBJECT: Final = re.compile(rb"\s*\d+\s+\d+\s+obj\b")


def _is_object(piece: bytes) -> bool:
    """Whether a piece of a file is one object, and nothing before or after it."""
    return (
        _OBJECT.match(piece) is not None
        and piece.rstrip().endswith(b"endobj")
        and len(re.findall(rb"(?<![A-Za-z])endobj(?![A-Za-z])", piece)) == 1
    )


def in_unsigned_bytes(name: str, value: Any, pdf: bytes) -> Iterator[ObjectDifference]:  # noqa: ANN401  # pypdf's own
    """What the place of a signature's value holds beside the value; no signature covers it."""
    try:
        first, one, other, _length = (int(number) for number in value["/ByteRange"])
        match = _VALUE.fullmatch(pdf[first + one : other])
        alone = match is not None and _alone(bytes.fromhex(match[1].decode()))
    except (ValueError, KeyError, TypeError, IndexError):
        return  # such a signature is broken, which is said of it
    if not alone:
        yield ObjectDifference(f'"{name}"/V/Contents', "holds more than a signature")


def _alone(held: bytes) -> bool:
    """Whether bytes are one DER value, filled up with zeros."""
    return not held[_encoded_length(held) :].strip(b"\0")


def _encoded_length(held: bytes) -> int:
    """The length of the DER value that bytes begin with, its head included."""
    short = held[1]
    if short < 0x80:  # X.690, 8.1.3.4
        return 2 + short
    size = short & 0x7F
    return 2 + size + int.from_bytes(held[2 : 2 + size], "big")


# ---- statements

_STATEMENTS: Final = ("/Reason", "/Location", "/ContactInfo", "/Prop_Build")
_HANDLERS: Final = {"/Filter": ("/Adobe.PPKLite",), "/SubFilter": ("/ETSI.CAdES.detached", "/ETSI.RFC3161")}


def stated_beside(value: Any, signer: str) -> str:  # noqa: ANN401  # as above
    """What a signature states beside who signed and when, in words; empty where it states nothing more.

    ``signer``: whom its certificate names. form4 writes none of it; other signing programs do.
    """
    found = [f'{key[1:]} "{value[key]}"' for key in _STATEMENTS if key in value]
    found += [
        f"{key[1:]} {value.get(key, 'missing')}"
        for key, usual in _HANDLERS.items()
        if value.get(key) not in usual
    ]
    if value.get("/Name", signer) != signer:
        found.append(f'Name "{value["/Name"]}", which its certificate does not')
    return ", ".join(found)
