"""Places in the tree: which path an element belongs to, and which line a path stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.findings import Path
from form4_author.model.field import DOCUMENT, FOOTNOTE_REFERENCE, Field, Shape
from form4_author.wire.element import Plan, plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = ["Place", "lines", "path_of", "places"]

Place = tuple[Path, Field | None, "etree._Element"]  # noqa: SLF001  # the stubs' only name for an element
"""A path, the field it ends in (None for a record or a row), and the element."""


def places(root: etree._Element) -> Iterator[Place]:
    """Every planned element of a document with its path, in document order.

    A cell comes twice: with its own element, and with its value element when it has one.
    """
    yield (), None, root
    yield from _below(root, plan(DOCUMENT), (), {})


def _below(element: etree._Element, spec: Plan, path: Path, counts: dict[str, int]) -> Iterator[Place]:
    for child in element:
        node = spec.by_element.get(str(child.tag))
        if isinstance(node, Field):
            yield from _field(child, node, (*path, node.name))
        elif node is not None:
            yield from _group(child, node, path, counts)
        elif child.tag == FOOTNOTE_REFERENCE and spec.coding is not None:
            yield (*path, spec.coding.name), None, child


def _field(element: etree._Element, field: Field, where: Path) -> Iterator[Place]:
    yield where, field, element
    if field.shape is Shape.CELL:
        for child in element:
            if child.tag == "value":
                yield where, field, child


def _group(element: etree._Element, spec: Plan, path: Path, counts: dict[str, int]) -> Iterator[Place]:
    group = spec.group
    if group.many:
        index = counts.get(group.name, 0)
        counts[group.name] = index + 1
        where: Path = (*path, group.name, index)
    elif group.kind:
        index = counts.get("", 0)
        counts[""] = index + 1
        where = (*path, index)
    elif group.name:
        where = (*path, group.name)
    else:
        yield from _below(element, spec, path, counts)
        return
    yield where, None, element
    for node in spec.group.nodes:
        if isinstance(node, Field) and node.shape is Shape.CONTENT:
            yield (*where, node.name), node, element
    yield from _below(element, spec, where, {})


def path_of(root: etree._Element, element: etree._Element) -> tuple[Path, Field | None]:
    """The path of an element, or of its nearest planned ancestor, and its field."""
    by_element = {found: (path, field) for path, field, found in places(root)}
    current: etree._Element | None = element
    while current is not None:
        found = by_element.get(current)
        if found is not None:
            return found
        current = current.getparent()
    return (), None


def lines(root: etree._Element, offset: int = 0) -> dict[Path, int]:
    """Line of the source for every path of a document; a cell's line is that of its value where it has one."""
    found: dict[Path, int] = {}
    for path, _, element in places(root):
        if element.sourceline is not None and (path not in found or element.tag == "value"):
            found[path] = element.sourceline + offset
    return found
