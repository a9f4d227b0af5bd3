"""The revisions of a PDF: what each one that was appended adds to the file before it.

A signature fills its place, shows who signed there, and may bring evidence of its certificates; nothing else is
expected of a revision, and everything else is named. Every byte of the file belongs to a revision that is read, and
every object of an appended one is used by the file as it is then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils.reader import PdfFileReader

from form4_author.errors import UnreadableInput
from form4_author.signing.appended import between_objects, changed_properties, in_unsigned_bytes, is_pdf_date
from form4_author.signing.graph import (
    ArrayObject,
    DictionaryObject,
    Graph,
    IndirectObject,
    ObjectDifference,
    StreamObject,
    resolved,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Addition", "History", "fields_of", "history_of"]

_END: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_SIGNED_ENTRIES: Final = frozenset(
    {
        "/Type",
        "/Filter",
        "/SubFilter",
        "/Contents",
        "/ByteRange",
        "/M",
        "/Name",
        "/Reason",
        "/Location",
        "/ContactInfo",
    }
    | {"/Prop_Build"}
)
"""Entries of a signature that say nothing but who signed, when and with what (ISO 32000-1, 12.8.1)."""
_EVIDENCE: Final = re.compile(r"/(?:Type|VRI|Certs|CRLs|OCSPs|Cert|CRL|OCSP|TU|TS|[0-9A-F]{40})")
"""Keys of the evidence for long-term validation (ETSI EN 319 142-1, 5.4.2)."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A revision that was appended."""

    end: int
    """Bytes of the file with it."""
    field: str
    """The place that it signs; empty for one that signs none."""
    unexplained: tuple[ObjectDifference, ...]
    """What it changes beside that."""


@dataclass(frozen=True, slots=True)
class History:
    """The revisions of a file."""

    first: bytes
    """The file as it was made, before anything was appended."""
    additions: tuple[Addition, ...]
    stray: tuple[str, ...]
    """Bytes and revisions that a viewer may show and that are not read here, in words."""

    def before(self, field: str, pdf: bytes) -> bytes:
        """The file as it was when a place was signed, without that signature."""
        ends = [len(self.first), *(addition.end for addition in self.additions)]
        number = next(n for n, addition in enumerate(self.additions) if addition.field == field)
        return pdf[: ends[number]]


def history_of(pdf: bytes) -> History:
    """The revisions of a file. Raises UnreadableInput for a file that can't be read."""
    try:
        ends, stray = _ends(pdf)
    except UnreadableInput:
        raise
    except Exception as error:  # noqa: BLE001  # a damaged file fails anywhere in its layers of encoding
        raise UnreadableInput(
            f"The revisions of this PDF cannot be read ({error})", remedy="Name a PDF that form4 render made"
        ) from None
    additions = []
    before = Graph(pdf[: ends[0]])
    for start, end in pairwise(ends):
        after = Graph(pdf[:end])
        try:
            additions.append(_addition(before, after, pdf[:end], start))
        except Exception as error:  # noqa: BLE001  # as above
            difference = ObjectDifference("revision", f"can't be read ({type(error).__name__})")
            additions.append(Addition(end, "", (difference,)))
        before = after
    return History(pdf[: ends[0]], tuple(additions), stray)


def _ends(pdf: bytes) -> tuple[list[int], tuple[str, ...]]:
    """Where each revision ends, and what belongs to none."""
    marks = list(_END.finditer(pdf))
    references: Any = PdfFileReader(BytesIO(pdf)).xrefs
    if not marks:
        return [len(pdf)], ("there is no end of the file",)
    starts = [references.get_startxref_for_revision(n) for n in range(references.total_revisions)]
    stray = []
    if not pdf.startswith(b"%PDF-"):
        stray.append("bytes before the beginning of the file")
    if [int(mark[1]) for mark in marks] != starts:
        stray.append("a revision that the last one does not lead to")
    if references.hybrid_xrefs_present:
        stray.append("a second table of objects for other viewers")
    ends = [mark.end() + (pdf[mark.end() : mark.end() + 1] == b"\n") for mark in marks]
    if ends[-1] != len(pdf):
        stray.append(f"{len(pdf) - ends[-1]} bytes after the end of the file")
    return ends, tuple(stray)


def _addition(before: Graph, after: Graph, pdf: bytes, start: int) -> Addition:
    """What one revision adds, which begins at ``start``; ``pdf`` is the file with it."""
    empty = {name: field for name, field in fields_of(before).items() if "/V" not in resolved(field)}
    signed = [name for name, field in fields_of(after).items() if "/V" in resolved(field) and name in empty]
    entries = {empty[name].idnum: _BY_SIGNING for name in signed if isinstance(empty[name], IndirectObject)}
    evidence = "Root/DSS" if any("/V" in resolved(field) for field in fields_of(after).values()) else ""
    paths = _ALLOWED | {evidence} | ({"Root/AcroForm/SigFlags"} if signed else frozenset())
    unexplained = [*before.differences(after, paths=paths, entries=entries)]
    if not signed and resolved(after.root).get("/DSS") == resolved(before.root).get("/DSS"):
        unexplained.append(ObjectDifference("revision", "signs no place"))
    if len(signed) > 1:
        unexplained.append(ObjectDifference("revision", f"signs {len(signed)} places at once"))
    for name in signed:
        field = resolved(fields_of(after)[name])
        unexplained += [*_in_signature(name, field), *in_unsigned_bytes(name, resolved(field["/V"]), pdf)]
    unexplained += between_objects(pdf, start, len(pdf), _offsets(after))
    unexplained += [*_in_information(before, after), *_in_evidence(after), *_unused(after, start)]
    return Addition(len(pdf), signed[0] if len(signed) == 1 else "", tuple(unexplained))


def fields_of(graph: Graph) -> dict[str, Any]:
    """The fields of a file by their names: references, as the form lists them."""
    form = resolved(graph.reader.root_object.get("/AcroForm", {}))
    return {
        str(resolved(field).get("/T", "")): field for field in resolved(form.get("/Fields", ArrayObject()))
    }


_ALLOWED: Final = frozenset({"Root/Metadata", "Info/ModDate", "Info/Producer"})
"""What evidence and a signing program may change; each is looked at by itself."""
_BY_SIGNING: Final = frozenset({"/V", "/AP"})
"""Entries of a field that a signature sets."""


def _in_signature(name: str, field: Any) -> Iterator[ObjectDifference]:  # noqa: ANN401  # pypdf's own, without types
    """Entries of a signature or its appearance that do more than sign and show."""
    value, appearance = resolved(field["/V"]), resolved(field.get("/AP", DictionaryObject()))
    for key in sorted(set(value) - _SIGNED_ENTRIES):
        yield ObjectDifference(f'"{name}"/V{key}', "is added")
    for key in sorted(set(appearance) - {"/N"}):
        yield ObjectDifference(f'"{name}"/AP{key}', "is added")
    flags = field.get("/F", 0)
    if flags not in (4, 132):
        yield ObjectDifference(f'"{name}"/F', f"is {flags}, so that its place is not shown or not printed")


def _in_information(before: Graph, after: Graph) -> Iterator[ObjectDifference]:
    """What a revision changes in the metadata, save the time and the name of the program that signed."""
    ours, theirs = (resolved(graph.information) or {} for graph in (before, after))
    producer, added = str(ours.get("/Producer", "")), str(theirs.get("/Producer", ""))
    if producer != added and not re.fullmatch(re.escape(producer) + r"; pyHanko [\d.]+", added):
        yield ObjectDifference("Info/Producer", "is different")
    first, second = (resolved(graph.reader.root_object.get("/Metadata")) for graph in (before, after))
    mine, yours = (data.get_data() if isinstance(data, StreamObject) else b"" for data in (first, second))
    if mine != yours and changed_properties(mine, yours):
        yield ObjectDifference("Root/Metadata", "has different content")
    odd = sorted(set(second or {}) - set(first or {}) - {"/Length", "/Filter", "/DecodeParms"})
    yield from (ObjectDifference(f"Root/Metadata{key}", "is added") for key in odd)
    if theirs.get("/ModDate") != ours.get("/ModDate") and not is_pdf_date(str(theirs.get("/ModDate", ""))):
        yield ObjectDifference("Info/ModDate", "is not a date")


def _offsets(graph: Graph) -> Iterator[int]:
    """Where the objects of a file begin, those in streams of objects left out."""
    for numbers in graph.reader.xref.values():
        yield from numbers.values()


def _in_evidence(after: Graph) -> Iterator[ObjectDifference]:
    """Entries of the evidence for later that are none."""
    evidence = resolved(after.root).get("/DSS")
    seen: set[int] = set()
    left = [evidence] if evidence is not None else []
    while left:
        value = left.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
            value = value.get_object()
        if isinstance(value, ArrayObject):
            left.extend(value)
        elif isinstance(value, DictionaryObject):
            keys = set(value) - ({"/Length", "/Filter"} if isinstance(value, StreamObject) else set())
            stream = isinstance(value, StreamObject)
            odd = sorted(key for key in keys if stream or not _EVIDENCE.fullmatch(key))
            yield from (ObjectDifference(f"Root/DSS{key}", "is added") for key in odd)
            left.extend(value.raw_get(key) for key in keys)
            if "/TU" in keys and not is_pdf_date(str(value["/TU"])):
                yield ObjectDifference("Root/DSS/TU", "is not a date")


def _unused(after: Graph, start: int) -> Iterator[ObjectDifference]:
    """Objects of a revision to which nothing leads: another viewer might find them."""
    reached = after.reached()
    for offsets in after.reader.xref.values():
        for number, offset in offsets.items():
            if offset >= start and number not in reached:
                held = after.reader.get_object(number)
                if not (isinstance(held, StreamObject) and held.get("/Type") in ("/XRef", "/ObjStm")):
                    yield ObjectDifference(f"object {number}", "is added, and nothing leads to it")
    for number, (container, _index) in after.reader.xref_objStm.items():
        if number not in reached and after.reader.xref[0].get(container, 0) >= start:
            yield ObjectDifference(f"object {number}", "is added, and nothing leads to it")
