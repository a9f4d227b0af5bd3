"""The objects of a PDF, compared from its trailer on: two files, or two revisions of one.

Each object is visited once, so that the time grows with the file and not with the ways in which its objects refer to
each other. Two graphs are the same when every value is, and when each object of one stands for one object of the other:
the numbers of the objects don't count, nor how a stream is compressed. What is not the same is named by its path from
the trailer, as in ``Root/AcroForm/XFA``. The only module that imports pypdf, which wrote nothing of what it reads.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pypdf import DocumentInformation, PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from form4_author.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "ArrayObject",
    "DictionaryObject",
    "DocumentInformation",
    "Graph",
    "IndirectObject",
    "ObjectDifference",
    "PdfReader",
    "StreamObject",
    "refuse_shared_nodes",
    "resolved",
]

_COMPRESSION: Final = frozenset({"/Length", "/Filter", "/DecodeParms"})
"""How a stream is written, not what it holds."""
_MOST_NODES: Final = 5000
"""Pages, fields or names of a file; form4 writes a few."""


NOTHING: Final[Mapping[int, frozenset[str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ObjectDifference:
    """A place where two graphs differ."""

    path: str
    what: str

    @property
    def text(self) -> str:
        """``Root/OpenAction is added``."""
        return f"{self.path} {self.what}"


class Graph:
    """The objects of one file, or of one revision of it.

    Raises UnreadableInput for a file that can't be read.
    """

    def __init__(self, pdf: bytes) -> None:
        try:
            self.reader = PdfReader(BytesIO(pdf), strict=True)
            self.root: Any = self.reader.trailer.raw_get("/Root")
            self.information: Any = self.reader.trailer.raw_get("/Info") if self._informs() else None
        except Exception as error:  # noqa: BLE001  # a damaged file fails anywhere in its layers of encoding
            raise UnreadableInput(
                f"This PDF cannot be read ({type(error).__name__}: {error})",
                remedy="Name a PDF that form4 render made",
            ) from None
        self.extra = sorted(set(self.reader.trailer) - {"/Root", "/Info", "/ID", "/Size"})

    def _informs(self) -> bool:
        return "/Info" in self.reader.trailer

    def reached(self, start: Any = None) -> set[int]:  # noqa: ANN401  # pypdf's own, without types
        """Numbers of the objects that the trailer, or a value, leads to."""
        seen: set[int] = set()
        left: deque[Any] = deque([self.root, self.information] if start is None else [start])
        while left:
            value = left.popleft()
            if isinstance(value, IndirectObject):
                if value.idnum in seen:
                    continue
                seen.add(value.idnum)
                value = value.get_object()
            if isinstance(value, DictionaryObject):
                left.extend(value.raw_get(key) for key in value)
            elif isinstance(value, ArrayObject):
                left.extend(value)
        return seen

    def differences(
        self,
        other: Graph,
        *,
        paths: frozenset[str] = frozenset(),
        entries: Mapping[int, frozenset[str]] = NOTHING,
    ) -> Iterator[ObjectDifference]:
        """Where ``other`` is not the same; nothing below a difference is compared.

        What is not compared: what is at ``paths``, and these ``entries`` of the objects of this graph, by number.
        """
        if self.extra != other.extra:
            yield ObjectDifference("trailer", f"has {', '.join(other.extra) or 'fewer keys'}")
        start = [("Root", self.root, other.root), ("Info", self.information, other.information)]
        yield from _walked(start, paths, entries)

    def differences_below(
        self,
        other: Graph,
        path: str,
        ours: Any,  # noqa: ANN401  # pypdf's own, without types
        theirs: Any,  # noqa: ANN401  # as above
    ) -> Iterator[ObjectDifference]:
        """Where a value of ``other`` is not the same as one of this graph."""
        assert other is not self  # noqa: S101  # the numbers of two files are kept apart
        yield from _walked([(path, ours, theirs)], frozenset(), NOTHING)


def _walked(
    start: _Below, paths: frozenset[str], entries: Mapping[int, frozenset[str]]
) -> Iterator[ObjectDifference]:
    """The differences from some pairs of values on, each object once."""
    pairs: dict[int, int] = {}
    taken: dict[int, int] = {}
    left = deque(start)
    while left:
        path, ours, theirs = left.popleft()
        if path in paths:
            continue
        skipped: frozenset[str] = frozenset()
        if isinstance(ours, IndirectObject):
            skipped = entries.get(ours.idnum, skipped)
        if isinstance(ours, IndirectObject) and isinstance(theirs, IndirectObject):
            if ours.idnum in pairs or theirs.idnum in taken:
                if pairs.get(ours.idnum) != theirs.idnum:
                    yield ObjectDifference(path, "refers to a different object")
                continue
            pairs[ours.idnum], taken[theirs.idnum] = theirs.idnum, ours.idnum
        found, below = _compared(path, resolved(ours), resolved(theirs), skipped)
        yield from (difference for difference in found if difference.path not in paths)
        left.extend(below)


_Below: TypeAlias = "list[tuple[str, Any, Any]]"


def _compared(
    path: str,
    ours: Any,  # noqa: ANN401  # pypdf's own, without types
    theirs: Any,  # noqa: ANN401  # as above
    skipped: frozenset[str],
) -> tuple[list[ObjectDifference], _Below]:
    """What differs in two values, and what is to be compared below them."""
    if isinstance(ours, DictionaryObject) and isinstance(theirs, DictionaryObject):
        return _dictionaries_compared(path, ours, theirs, skipped)
    if isinstance(ours, ArrayObject) and isinstance(theirs, ArrayObject):
        found = []
        if len(ours) != len(theirs):
            found.append(ObjectDifference(path, f"has {len(theirs)} entries instead of {len(ours)}"))
        both = enumerate(zip(ours, theirs, strict=False))
        return found, [(f"{path}[{n}]", mine, yours) for n, (mine, yours) in both]
    return ([] if _same(ours, theirs) else [ObjectDifference(path, "is different")]), []


def _dictionaries_compared(
    path: str, ours: DictionaryObject, theirs: DictionaryObject, skipped: frozenset[str]
) -> tuple[list[ObjectDifference], _Below]:
    """As :func:`_compared`; the content of a stream, however it is compressed, counts as well."""
    if isinstance(ours, StreamObject) != isinstance(theirs, StreamObject):
        return [ObjectDifference(path, "is of a different kind")], []
    if isinstance(ours, StreamObject):
        skipped |= _COMPRESSION
    mine, yours = set(ours) - skipped, set(theirs) - skipped
    found = [ObjectDifference(f"{path}{key}", "is added") for key in sorted(yours - mine)]
    found += [ObjectDifference(f"{path}{key}", "is missing") for key in sorted(mine - yours)]
    if (
        isinstance(ours, StreamObject)
        and isinstance(theirs, StreamObject)
        and not _same_content(ours, theirs)
    ):
        found.append(ObjectDifference(path, "has different content"))
    return found, [(f"{path}{key}", ours.raw_get(key), theirs.raw_get(key)) for key in sorted(mine & yours)]


def _same_content(ours: StreamObject, theirs: StreamObject) -> bool:
    return bool(ours.get_data() == theirs.get_data())


def _same(ours: Any, theirs: Any) -> bool:  # noqa: ANN401  # as above
    """Whether two values that hold no others are the same."""
    if ours is None or theirs is None:
        return ours is theirs
    strings = (TextStringObject, ByteStringObject)
    if isinstance(ours, strings) and isinstance(theirs, strings):
        return ours.original_bytes == theirs.original_bytes or (
            isinstance(ours, TextStringObject)
            and isinstance(theirs, TextStringObject)
            and str(ours) == str(theirs)
        )
    return type(ours) is type(theirs) and repr(ours) == repr(theirs)


def resolved(value: Any) -> Any:  # noqa: ANN401  # as above
    """The object that a reference leads to; any other value as it is."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def refuse_shared_nodes(root: Any) -> None:  # noqa: ANN401  # as above
    """Refuse a file in whose trees of pages, fields or names a node stands more than once.

    A reader follows each way to such a node, and their number doubles with each level. Raises ValueError.
    """
    names = resolved(resolved(root.get("/Names", {})).get("/EmbeddedFiles", {}))
    fields = resolved(resolved(root.get("/AcroForm", {})).get("/Fields", ArrayObject()))
    for tree in ([root.raw_get("/Pages")], list(fields), [names]):
        seen: set[int] = set()
        left = tree
        while left:
            value = left.pop()
            if isinstance(value, IndirectObject):
                if value.idnum in seen:
                    raise ValueError("a page, a field or a list of names is in it twice")
                seen.add(value.idnum)
                value = value.get_object()
            if len(seen) + len(left) > _MOST_NODES:
                raise ValueError("it has more pages, fields or names than form4 writes")
            kids = (
                resolved(value.raw_get("/Kids"))
                if isinstance(value, DictionaryObject) and "/Kids" in value
                else ()
            )
            left.extend(kids)
