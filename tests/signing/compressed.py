"""Revisions written as other programs write them: cross-reference streams, object streams, and both kinds beside each other."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.generic import NameObject, NumberObject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["REVISIONS", "page_turned"]


def page_turned(pdf: bytes) -> tuple[int, bytes]:
    """The number of the first page's object, and the same page upside down."""
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert page.indirect_reference is not None
    page[NameObject("/Rotate")] = NumberObject(180)
    written = BytesIO()
    page.write_to_stream(written)
    return page.indirect_reference.idnum, written.getvalue()


def _last(pdf: bytes) -> tuple[int, int, bytes]:
    """Where the last cross-reference is, the number of the first free object, and the root."""
    at = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    size = max(int(each) for each in re.findall(rb"/Size (\d+)", pdf))
    return at, size, re.findall(rb"/Root (\d+ \d+ R)", pdf)[-1]


def _stream(number: int, entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n" % (number, entries, len(packed))
    return head + packed + b"\nendstream\nendobj\n"


def _xref(number: int, rows: Mapping[int, tuple[int, int, int]], previous: int, root: bytes) -> bytes:
    """A cross-reference stream: type, place and number of each object, by its number."""
    index = b" ".join(b"%d 1" % each for each in sorted(rows))
    data = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + inside.to_bytes(2, "big")
        for _each, (kind, place, inside) in sorted(rows.items())
    )
    entries = b"/Type /XRef /W [1 4 2] /Index [%s] /Size %d /Root %s /Prev %d" % (
        index, number + 1, root, previous,
    )  # fmt: skip
    return _stream(number, entries, data)


def _beside(pdf: bytes, number: int, text: bytes) -> bytes:
    """The object as it is, found by a cross-reference stream."""
    previous, size, root = _last(pdf)
    pdf += b"\n"
    at = len(pdf)
    pdf += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    end = len(pdf)
    rows = {number: (1, at, 0), size: (1, end, 0)}
    return pdf + _xref(size, rows, previous, root) + b"startxref\n%d\n%%%%EOF\n" % end


def _packed(pdf: bytes, number: int, text: bytes) -> tuple[bytes, int, dict[int, tuple[int, int, int]]]:
    """The file with an object stream that holds the object; the number of the first free object, and the rows."""
    _previous, size, _root = _last(pdf)
    pdf += b"\n"
    at, head = len(pdf), b"%d 0 " % number
    pdf += _stream(size, b"/Type /ObjStm /N 1 /First %d" % len(head), head + text)
    return pdf, size + 1, {number: (2, size, 0), size: (1, at, 0)}


def _inside(pdf: bytes, number: int, text: bytes) -> bytes:
    """The object within an object stream."""
    previous, _size, root = _last(pdf)
    pdf, free, rows = _packed(pdf, number, text)
    end = len(pdf)
    return pdf + _xref(free, {**rows, free: (1, end, 0)}, previous, root) + b"startxref\n%d\n%%%%EOF\n" % end


def _hybrid(pdf: bytes, number: int, text: bytes) -> bytes:
    """A cross-reference table with nothing in it, and beside it a stream that only newer programs look at."""
    previous, _size, root = _last(pdf)
    pdf, free, rows = _packed(pdf, number, text)
    beside = len(pdf)
    pdf += _xref(free, {**rows, free: (1, beside, 0)}, previous, root)
    table = len(pdf)
    trailer = b"<< /Size %d /Root %s /Prev %d /XRefStm %d >>" % (free + 1, root, previous, beside)
    return pdf + b"xref\n0 0\ntrailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, table)


REVISIONS: dict[str, Callable[[bytes, int, bytes], bytes]] = {
    "a cross-reference stream": _beside,
    "an object stream": _inside,
    "a hybrid": _hybrid,
}
"""One more revision in which an object has another text, by how it is written."""
