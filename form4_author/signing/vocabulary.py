"""The entries that form4 writes into a PDF, whatever its version: anything else is named.

For files that can't be compared object by object, because other versions drew them. What decides how pages are drawn is
left out; what acts, hides, replaces or leads elsewhere is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author.signing.graph import DictionaryObject, ObjectDifference, StreamObject, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.signing.graph import Graph

__all__ = ["foreign_entries"]

_CATALOG: Final = frozenset(
    {
        "/Type",
        "/Pages",
        "/Outlines",
        "/Lang",
        "/Names",
        "/StructTreeRoot",
        "/ViewerPreferences",
        "/MarkInfo",
        "/OutputIntents",
        "/AF",
        "/Metadata",
        "/AcroForm",
        "/Version",
        "/PageMode",
        "/PageLayout",
        "/Dests",
    }
)
_TREE: Final = frozenset({"/Type", "/Kids", "/Count", "/Parent"})
_PAGE: Final = frozenset(
    {
        "/Type",
        "/Parent",
        "/MediaBox",
        "/Contents",
        "/Resources",
        "/Tabs",
        "/StructParents",
        "/Annots",
        "/TrimBox",
        "/BleedBox",
        "/Group",
    }
)
_LINK: Final = frozenset(
    {"/Type", "/Subtype", "/Rect", "/BS", "/Border", "/Dest", "/Contents", "/StructParent", "/F", "/P", "/NM"}
)
_WIDGET: Final = frozenset(
    {
        "/Type",
        "/Subtype",
        "/Rect",
        "/Contents",
        "/StructParent",
        "/F",
        "/FT",
        "/T",
        "/TU",
        "/P",
        "/AP",
        "/Parent",
        "/MK",
    }
)
_FORM: Final = frozenset({"/Fields", "/SigFlags"})
_NAMES: Final = frozenset({"/EmbeddedFiles", "/Dests"})
_FILE: Final = frozenset({"/Type", "/F", "/UF", "/EF", "/Desc", "/AFRelationship"})
_ANYWHERE: Final = frozenset(
    {
        "/AA",
        "/OpenAction",
        "/JavaScript",
        "/JS",
        "/XFA",
        "/OCProperties",
        "/OC",
        "/OCGs",
        "/Launch",
        "/URI",
        "/RichMedia",
        "/GoToR",
        "/GoToE",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/3D",
        "/Collection",
        "/Perms",
        "/Requirements",
        "/Threads",
        "/PieceInfo",
        "/AcroJS",
        "/Alternates",
        "/OPI",
        "/Ref",
        "/CropBox",
        "/Rotate",
        "/UserUnit",
        "/Encrypt",
        "/FS",
        "/Extensions",
        "/DSS",
        "/FDF",
    }
)
"""Entries that act, hide, replace or lead elsewhere, in any object."""
_ACTIONS: Final = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/URI",
        "/GoToR",
        "/GoToE",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/Named",
        "/Hide",
        "/SetOCGState",
        "/ResetForm",
        "/Thread",
        "/Trans",
        "/GoTo3DView",
        "/RichMediaExecute",
    }
)


def foreign_entries(graph: Graph) -> Iterator[ObjectDifference]:
    """Entries of a file as it was made that form4 writes in no version."""
    root: Any = resolved(graph.root)
    yield from _beyond(root, _CATALOG, "Root")
    yield from _beyond(resolved(root.get("/AcroForm", {})), _FORM, "Root/AcroForm")
    yield from _beyond(resolved(root.get("/Names", {})), _NAMES, "Root/Names")
    for number in sorted(graph.reached()):
        yield from _in_object(graph.reader.get_object(number), f"object {number}")


def _in_object(held: Any, path: str) -> Iterator[ObjectDifference]:  # noqa: ANN401  # pypdf's own, without types
    """Foreign entries of an object and of what it holds itself."""
    left = [held]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left.extend(value)
        elif isinstance(value, DictionaryObject):
            yield from _in_dictionary(value, path)
            left.extend(value.raw_get(key) for key in value)


def _in_dictionary(value: DictionaryObject, path: str) -> Iterator[ObjectDifference]:
    yield from (ObjectDifference(f"{path}{key}", "is added") for key in sorted(_ANYWHERE.intersection(value)))
    if value.get("/S") in _ACTIONS:
        yield ObjectDifference(f"{path}{value['/S']}", "is added")
    if isinstance(value, StreamObject) and "/F" in value:
        yield ObjectDifference(f"{path}/F", "is added")
    kind = str(value.get("/Type"))
    if kind == "/Annot" or "/FT" in value:
        below = str(value.get("/Subtype"))
        if below not in _ANNOTATIONS:
            yield ObjectDifference(path, f"is an annotation {below}")
        yield from _beyond(value, _ANNOTATIONS.get(below, frozenset(value)), path)
    elif kind in _BY_TYPE:
        yield from _beyond(value, _BY_TYPE[kind], path)


_BY_TYPE: Final = {"/Pages": _TREE, "/Page": _PAGE, "/Filespec": _FILE}
_ANNOTATIONS: Final = {"/Link": _LINK, "/Widget": _WIDGET}


def _beyond(value: Any, allowed: frozenset[str], path: str) -> Iterator[ObjectDifference]:  # noqa: ANN401  # as above
    yield from (
        ObjectDifference(f"{path}{key}", "is added") for key in sorted(set(value) - allowed - _ANYWHERE)
    )
