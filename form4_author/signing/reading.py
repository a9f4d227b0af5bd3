"""A PDF as its reader has it: the words and the drawing of each page, what is on it, the files inside.

Read by pypdf, which wrote nothing of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import UnreadableInput
from form4_author.signing.graph import (
    ArrayObject,
    DictionaryObject,
    DocumentInformation,
    IndirectObject,
    PdfReader,
    StreamObject,
    refuse_shared_nodes,
    resolved,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EnclosedFile", "PageReading", "PdfReading", "reading_of", "refuse_nested_drawings"]

_DRAWN: Final = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
"""What of a page decides how it looks, beside what is on it."""


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
    """As in ``page.pdf.Enclosure``; empty for one that the catalog does not list as associated."""
    differing: str = ""
    """A second name or content that its entry gives, in words; empty where it gives one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfReading:
    """What the file shows and holds."""

    creator: str
    """What made it: ``form4-author 0.1.0``."""
    made_with: str
    """The libraries and fonts that drew it, as ``page.pdf.made_with`` has them; empty where it does not say."""
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
        refuse_shared_nodes(root)
        information = reader.metadata or DocumentInformation()
        described = reader.xmp_metadata
        return PdfReading(
            creator=str(information.creator or ""),
            made_with=str(information.get("/MadeWith", "")),
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
    refuse_nested_drawings(page)
    digest = hashlib.sha256()
    seen: dict[int, int] = {}
    for key in _DRAWN:
        digest.update(key.encode())
        for piece in _pieces(page.get(key), seen):
            digest.update(piece)
    laid = (annotation.get_object() for annotation in page.get("/Annots", ()))
    return PageReading(
        words=page.extract_text(),
        size=(round(page.mediabox.width), round(page.mediabox.height)),
        drawing=digest.digest(),
        laid_on=tuple((str(a["/Subtype"]), tuple(round(float(edge)) for edge in a["/Rect"])) for a in laid),
    )


_MOST_DRAWINGS: Final = 50
"""Drawings within the drawings of a page; form4 writes none."""


def refuse_nested_drawings(page: Any) -> None:  # noqa: ANN401  # as above
    """Refuse a page whose drawings hold others so often that reading its words would not end. Raises ValueError."""
    left = [page]
    met = 0
    while left:
        resources = resolved(left.pop().get("/Resources", DictionaryObject()))
        drawings = resolved(resources.get("/XObject", DictionaryObject()))
        left.extend(resolved(drawings.raw_get(name)) for name in drawings)
        met += len(drawings)
        if met > _MOST_DRAWINGS:
            raise ValueError("a page draws more than form4 draws")


def _pieces(value: Any, seen: dict[int, int]) -> Iterator[bytes]:  # noqa: ANN401  # as above
    """The bytes that make up a value and all it refers to, whatever its objects' numbers; each object once."""
    if isinstance(value, IndirectObject):
        if value.idnum in seen:
            yield b"object %d" % seen[value.idnum]
            return
        seen[value.idnum] = len(seen)
        value = value.get_object()
    if isinstance(value, DictionaryObject):
        yield from _dictionary_pieces(value, seen)
    elif isinstance(value, ArrayObject):
        for item in value:
            yield from _pieces(item, seen)
    else:
        yield repr(value).encode()
    yield b"."


def _dictionary_pieces(dictionary: DictionaryObject, seen: dict[int, int]) -> Iterator[bytes]:
    for key in sorted(dictionary):
        if key not in ("/Length", "/Filter", "/DecodeParms", "/Parent"):
            yield key.encode()
            yield from _pieces(dictionary.raw_get(key), seen)
    if isinstance(dictionary, StreamObject):
        yield dictionary.get_data()


def _files(root: Any) -> Iterator[EnclosedFile]:  # noqa: ANN401  # as above
    """The associated files in their order, then any that only the tree of names lists."""
    associated = [resolved(reference) for reference in root.get("/AF", ())]
    named = list(_named(root.get("/Names", {}).get("/EmbeddedFiles", {})))
    for specification in associated:
        yield _file(specification, str(specification.get("/AFRelationship", "")).removeprefix("/"))
    for specification in named:
        if not any(specification is other for other in associated):
            yield _file(specification, "")


def _named(node: Any) -> Iterator[Any]:  # noqa: ANN401  # as above
    """The file specifications of a tree of names (ISO 32000-1, 7.9.6)."""
    tree = resolved(node)
    yield from (resolved(item) for item in tree.get("/Names", ())[1::2])
    for kid in tree.get("/Kids", ()):
        yield from _named(kid)


def _file(specification: Any, relationship: str) -> EnclosedFile:  # noqa: ANN401  # as above
    first, second = str(specification.get("/F", "")), str(specification.get("/UF", ""))
    held = specification["/EF"]
    content = resolved(held["/F"]).get_data()
    others = [key for key in held if key != "/F" and resolved(held[key]).get_data() != content]
    differing = "two files under one name" if others else ""
    if first and second and first != second:
        differing = f"named {first} as well"
    return EnclosedFile(name=second or first, content=content, relationship=relationship, differing=differing)
