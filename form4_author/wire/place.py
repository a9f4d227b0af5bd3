"""Places in the tree: which path an element belongs to, and which line a path is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.findings import Path
from form4_author.model.field import DOCUMENT, FOOTNOTE_REFERENCE, Field, Shape
from form4_author.wire.element import Plan, plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = [
    "Place",
    "PlacesByElement",
    "line_at",
    "lines_by_path",
    "nearest_line",
    "path_of",
    "places",
    "places_by_element",
]

Place = tuple[Path, Field | None, "etree._Element"]  # noqa: SLF001  # the stubs' only name for an element
"""A path, the field it ends in (None for a record or a row), and the element."""

PlacesByElement = dict["etree._Element", tuple[Path, Field | None]]  # noqa: SLF001  # as above


def places(root: etree._Element) -> Iterator[Place]:
    """Every planned element of a document with its path, in document order.

    A cell comes twice: with its own element, and with its value element when it has one. An attribute and the text of
    a record come with the record's element.
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
        if isinstance(node, Field) and node.shape in (Shape.ATTRIBUTE, Shape.CONTENT):
            yield (*where, node.name), node, element
    yield from _below(element, spec, where, {})


def places_by_element(root: etree._Element) -> PlacesByElement:
    """Path and field by element, of every planned element; where one element has two paths, the inner."""
    return {found: (path, field) for path, field, found in places(root)}


def path_of(by_element: PlacesByElement, element: etree._Element | None) -> tuple[Path, Field | None]:
    """The path of an element, or of its nearest planned ancestor, and its field."""
    current = element
    while current is not None:
        found = by_element.get(current)
        if found is not None:
            return found
        current = current.getparent()
    return (), None


def lines_by_path(root: etree._Element, offset: int = 0) -> dict[Path, int | None]:
    """Line by path, of every planned element; what ``line_at`` says, for looking up many."""
    lines: dict[Path, int | None] = {}
    values: set[Path] = set()
    for path, field, element in places(root):
        if field is None and element.tag == FOOTNOTE_REFERENCE:
            continue
        is_value = element.tag == "value" and path not in values
        if is_value:
            values.add(path)
        if is_value or path not in lines:
            lines[path] = element.sourceline + offset if element.sourceline is not None else None
    return lines


def nearest_line(lines: dict[Path, int | None], path: Path) -> int | None:
    """The line of a path among known ones, or of the nearest record around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def line_at(root: etree._Element, path: Path, offset: int = 0) -> int | None:
    """The line of the source that a path is on, or the nearest record around it; a cell's is that of its value.

    ``offset`` is added: where the XML begins in the file it was found in.
    """
    element, spec = root, plan(DOCUMENT)
    steps = list(path)
    while steps:
        found = _below_step(element, spec, steps)
        if found is None:
            break
        element, inner = found
        if inner is None:
            break
        spec = inner
    return element.sourceline + offset if element.sourceline is not None else None


def _below_step(
    element: etree._Element, spec: Plan, steps: list[str | int]
) -> tuple[etree._Element, Plan | None] | None:
    """The element that the next step or two lead to, taking them off; no plan where it is a field's."""
    name = steps[0]
    for tag, node in spec.by_element.items():
        if isinstance(node, Field):
            if node.name == name:
                found = element.find(tag)
                return _value_of(found) if found is not None else None
        elif node.group.name == name:
            return _record_at(element, tag, node, steps)
        elif not node.group.name and not node.group.kind:
            inner = element.find(tag)
            if inner is not None:
                deeper = _below_step(inner, node, steps)
                if deeper is not None:
                    return deeper
    return None


def _value_of(found: etree._Element) -> tuple[etree._Element, None]:
    value = found.find("value")
    return (found if value is None else value), None


def _record_at(
    element: etree._Element, tag: str, node: Plan, steps: list[str | int]
) -> tuple[etree._Element, Plan | None] | None:
    steps.pop(0)
    elements = element.findall(tag)
    if not elements or not steps or not isinstance(steps[0], int):
        return (elements[0], node) if elements else None
    index = steps.pop(0)
    if node.group.many:
        return (elements[int(index)], node) if int(index) < len(elements) else None
    rows = [row for table in elements for row in table if row.tag in node.by_element]
    if int(index) >= len(rows):
        return None
    kind = node.by_element[str(rows[int(index)].tag)]
    return rows[int(index)], kind if isinstance(kind, Plan) else None
