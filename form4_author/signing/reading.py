"""A PDF as its reader has it: the words and the drawing of each page, what lies on it, the files inside.

Read by pypdf, which wrote nothing of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pypdf import DocumentInformation, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from form4_author.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EnclosedFile", "PageReading", "PdfReading", "reading_of"]

_DRAWN: Final = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
"""What of a page decides how it looks, beside what lies on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """One page."""

    words: str
    size: tuple[int, int]
    """Width and height in points."""
    drawing: bytes
    """A hash of everything that is drawn: the same for two pages that look the same for the same reason."""
    laid_on: tuple[tuple[str, tuple[int, ...]], ...]
    """Kind and place, in points, of each annotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedFile:
    """A file inside the PDF."""

    name: str
    content: bytes
    relationship: str
    """As in ``render.pdf.Enclosure``; empty for one that the catalog does not list as associated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfReading:
    """What the file shows and holds."""

    creator: str
    """What made it: ``form4-author 0.1.0``."""
    title: str
    subject: str
    """``Form 4, edition X0609``."""
    authors: tuple[str, ...]
    """The reporting persons, as the metadata have them."""
    pages: tuple[PageReading, ...]
    files: tuple[EnclosedFile, ...]


def reading_of(pdf: bytes) -> PdfReading:
    """The file, read.

    Raises UnreadableInput when it is no PDF that can be read.
    """
    try:
        reader = PdfReader(BytesIO(pdf), strict=True)
        root = reader.root_object
        information = reader.metadata or DocumentInformation()
        described = reader.xmp_metadata
        return PdfReading(
            creator=str(information.creator or ""),
            title=str(information.title or ""),
            subject=str(information.subject or ""),
            authors=tuple(described.dc_creator or ()) if described is not None else (),
            pages=tuple(_page(page) for page in reader.pages),
            files=tuple(_files(root)),
        )
    except Exception as error:  # noqa: BLE001  # a damaged file fails anywhere in its layers of encoding
        raise UnreadableInput(
            f"This PDF cannot be read ({type(error).__name__}: {error})",
            remedy="Name a PDF that form4 render made",
        ) from None


def _page(page: Any) -> PageReading:  # noqa: ANN401  # pypdf's own, whose values have no types
    digest = hashlib.sha256()
    for key in _DRAWN:
        digest.update(key.encode())
        for piece in _pieces(page.get(key), ()):
            digest.update(piece)
    laid = (annotation.get_object() for annotation in page.get("/Annots", ()))
    return PageReading(
        words=page.extract_text(),
        size=(round(page.mediabox.width), round(page.mediabox.height)),
        drawing=digest.digest(),
        laid_on=tuple((str(a["/Subtype"]), tuple(round(float(edge)) for edge in a["/Rect"])) for a in laid),
    )


def _pieces(value: Any, above: tuple[int, ...]) -> Iterator[bytes]:  # noqa: ANN401  # as above
    """The bytes that make up a value and all it refers to, whatever its objects' numbers."""
    if isinstance(value, IndirectObject):
        if value.idnum in above:
            yield b"again"
            return
        above, value = (*above, value.idnum), value.get_object()
    if isinstance(value, DictionaryObject):
        yield from _dictionary_pieces(value, above)
    elif isinstance(value, ArrayObject):
        for item in value:
            yield from _pieces(item, above)
    else:
        yield repr(value).encode()
    yield b"."


def _dictionary_pieces(dictionary: DictionaryObject, above: tuple[int, ...]) -> Iterator[bytes]:
    for key in sorted(dictionary):
        if key not in ("/Length", "/Filter", "/DecodeParms", "/Parent"):
            yield key.encode()
            yield from _pieces(dictionary.raw_get(key), above)
    if isinstance(dictionary, StreamObject):
        yield dictionary.get_data()


def _files(root: Any) -> Iterator[EnclosedFile]:  # noqa: ANN401  # as above
    """The associated files in their order, then any that only the tree of names lists."""
    associated = [_resolved(reference) for reference in root.get("/AF", ())]
    named = list(_named(root.get("/Names", {}).get("/EmbeddedFiles", {})))
    for specification in associated:
        yield _file(specification, str(specification.get("/AFRelationship", "")).removeprefix("/"))
    for specification in named:
        if not any(specification is other for other in associated):
            yield _file(specification, "")


def _named(node: Any) -> Iterator[Any]:  # noqa: ANN401  # as above
    """The file specifications of a tree of names (ISO 32000-1, 7.9.6)."""
    resolved = _resolved(node)
    yield from (_resolved(item) for item in resolved.get("/Names", ())[1::2])
    for kid in resolved.get("/Kids", ()):
        yield from _named(kid)


def _file(specification: Any, relationship: str) -> EnclosedFile:  # noqa: ANN401  # as above
    name = str(specification.get("/UF", specification.get("/F", "")))
    content = _resolved(specification["/EF"]["/F"]).get_data()
    return EnclosedFile(name=name, content=content, relationship=relationship)


def _resolved(value: Any) -> Any:  # noqa: ANN401  # as above
    return value.get_object() if isinstance(value, IndirectObject) else value
