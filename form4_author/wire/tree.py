"""Reading a primary document: XML → filing, dropping nothing silently.

What no field claims (element, attribute, text, comment, processing instruction) becomes a hit. The bytes are made a
tree by ``form4_author.wire.read``.
Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.2, 4.1 and 5.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lxml import etree

from form4_author.errors import MalformedValue
from form4_author.findings import Hit, Malformed, Path
from form4_author.model.field import DOCUMENT, FOOTNOTE_REFERENCE, PARSERS, Field, Group, Kind, Shape
from form4_author.model.filing import Filing
from form4_author.model.table import EMPTY_TEXT, Cell
from form4_author.wire.element import SECRET_ELEMENT, Plan, name_of, plan
from form4_author.wire.place import path_of, places_by_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["TreeReading", "extra_node_hits", "read_filing"]

_EXTRA_NODES: Final = etree.XPath("count(//comment()) + count(//processing-instruction())")
_ATTRIBUTES: Final = etree.XPath("count(//@*)")
_MIXED_TEXTS: Final = etree.XPath("count(//*[*]/text())")
# They count: a path that answers with nodes, or yes and no, sorts what it finds in time by the square of its number.
_XML_SPACE: Final = " \t\r\n"
_NUMBER: Final = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)\Z").match
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z").match
_BARE: Final = re.compile(r"\S+\Z").match
_DIGITS: Final = re.compile(r"[0-9]+\Z").match
_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER(text) else None


def _day(text: str) -> date | None:
    if not _DATE(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_SPELLED: Final[dict[Kind, Callable[[str], object]]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.FLAG: _FLAGS.get,
    Kind.CODE: lambda text: text if _BARE(text) else None,
    Kind.DIGITS: lambda text: text if _DIGITS(text) else None,
    Kind.TEXT: lambda text: text.strip() or None,
}
"""The value of a text spelled as the specification asks, which is tighter than the schema; None otherwise
(section 3.2; 4.1(5)-(6) for blanks)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeReading:
    """A filing as read, and all that did not fit into it."""

    filing: Filing
    hits: tuple[Hit, ...]
    """What no field claims: DOC-002, DOC-018, DOC-028, OWN-025."""
    malformed: tuple[Malformed, ...]
    root: etree._Element
    """The element that was read, without comments and processing instructions."""


def read_filing(root: etree._Element, line_offset: int = 0) -> TreeReading:
    """The filing that an ``ownershipDocument`` element holds.

    ``line_offset`` is added to line numbers: where the XML begins in the file it was found in.
    """
    reader = _Reader(line_offset)
    if _EXTRA_NODES(root):
        root = reader.without_extra_nodes(root)
    values = reader.group(root, plan(DOCUMENT), ())
    reader.leftovers(root)
    filing = Filing(**values)
    return TreeReading(filing=filing, hits=tuple(reader.hits), malformed=tuple(reader.malformed), root=root)


def extra_node_hits(root: etree._Element, what: str, line_offset: int = 0) -> Iterator[Hit]:
    """A hit for each comment and processing instruction; ``what`` names the file they stand in."""
    if not _EXTRA_NODES(root):
        return
    by_element = places_by_element(root)
    for node in _extra_nodes(root):
        text = node.text or ""
        # The parser gives the line a node ends on.
        line = node.sourceline - text.count("\n") + line_offset if node.sourceline is not None else None
        path = path_of(by_element, node.getparent())[0]
        if node.tag is etree.Comment:
            message = f'There is a comment in the {what}: "{_words(text)}"; EDGAR does not keep it'
            yield Hit(path, message, line=line, id="DOC-028")
        else:
            message = f"<?{node.target}?> is a processing instruction; EDGAR suspends it; remove it"
            yield Hit(path, message, line=line, id="DOC-002")


def _extra_nodes(root: etree._Element) -> Iterator[Any]:
    """Comments and processing instructions in document order, those beside the outermost element too."""
    kinds = (etree.Comment, etree.ProcessingInstruction)
    yield from reversed(list(root.itersiblings(*kinds, preceding=True)))
    yield from root.iter(*kinds)
    yield from root.itersiblings(*kinds)


class _Leaf(NamedTuple):
    """A field in an element of its own, prepared for reading."""

    field: Field
    name: str
    is_cell: bool
    is_coding: bool
    spelled: Callable[[str], object]


@cache
def _leaves(group: Group) -> dict[str, _Leaf]:
    """The fields of a group that are elements, by the element's name."""
    return {
        node.element: _Leaf(
            node, node.name, node.shape is Shape.CELL, node.shape is Shape.CODING, _SPELLED[node.kind]
        )
        for node in group.nodes
        if isinstance(node, Field) and node.element
    }


class _Reader:
    """One pass over one document, collecting what does not fit."""

    def __init__(self, line_offset: int) -> None:
        self.hits: list[Hit] = []
        self.malformed: list[Malformed] = []
        self.offset = line_offset
        self.attributes = 0

    def line(self, element: etree._Element) -> int | None:
        return element.sourceline + self.offset if element.sourceline is not None else None

    def hit(self, id: str, path: Path, message: str, element: etree._Element) -> None:
        self.hits.append(Hit(path, message, line=self.line(element), id=id))

    # ---- groups and records

    def group(self, element: etree._Element, spec: Plan, path: Path) -> dict[str, Any]:
        """The record's values below an element, by attribute name."""
        values: dict[str, Any] = {}
        self.fill(element, spec, path, values)
        return values

    def fill(self, element: etree._Element, spec: Plan, path: Path, values: dict[str, Any]) -> None:
        leaves, by_element = _leaves(spec.group), spec.by_element
        seen: set[str] = set()
        child: etree._Element | None = None
        for child in element:
            tag: Any = child.tag
            leaf = leaves.get(tag)
            if leaf is not None:
                if tag in seen:
                    self.repeated(child, (*path, leaf.field.name))
                if leaf.is_cell:
                    values[leaf.name] = self.cell(child, leaf, path)
                else:
                    self.leaf(child, leaf, path, values)
            elif isinstance(node := by_element.get(tag), Plan):
                if tag in seen and not (node.group.many or node.group.kind):
                    self.repeated(child, (*path, node.group.name) if node.group.name else path)
                self.nested(child, node, path, values)
            else:
                self.unplanned(child, spec, path, values)
                continue
            seen.add(tag)
        if child is None and element.text:
            self.content(element, spec, path, values)

    def nested(self, child: etree._Element, spec: Plan, path: Path, values: dict[str, Any]) -> None:
        group = spec.group
        if group.many:
            earlier = values.get(group.name, ())
            inner = (*path, group.name, len(earlier))
            values[group.name] = (*earlier, self.record(child, spec, inner))
        elif group.kind:
            rows = values.setdefault("rows", [])
            rows.append(self.record(child, spec, (*path, len(rows)), kind=group.kind))
        elif group.name and group.record:
            values[group.name] = self.record(child, spec, (*path, group.name))
        elif group.name:
            earlier_rows = values.get(group.name, ())
            table = self.group(child, spec, (*path, group.name))
            values[group.name] = (*earlier_rows, *table.get("rows", ()))
        else:
            self.fill(child, spec, path, values)

    def record(self, element: etree._Element, spec: Plan, path: Path, **fixed: str) -> object:
        values = self.group(element, spec, path)
        if element.keys():
            self.group_attributes(element, spec, values)
        return spec.build(**values, **fixed)

    def group_attributes(self, element: etree._Element, spec: Plan, values: dict[str, Any]) -> None:
        for node in spec.group.nodes:
            if isinstance(node, Field) and node.shape is Shape.ATTRIBUTE:
                text = element.get(node.element)
                if text is not None:
                    self.attributes += 1
                    values[node.name] = text

    def content(self, element: etree._Element, spec: Plan, path: Path, values: dict[str, Any]) -> None:
        """The text of a group without elements."""
        for node in spec.group.nodes:
            if isinstance(node, Field) and node.shape is Shape.CONTENT:
                values[node.name] = _stripped(element.text)
                return
        self.bare_text(element, path)

    # ---- fields

    def leaf(self, element: etree._Element, leaf: _Leaf, path: Path, values: dict[str, Any]) -> None:
        if len(element):
            self.children_of_leaf(element, (*path, leaf.name))
        text = element.text
        value = self.value(text, element, leaf, path) if text else None
        if leaf.is_coding:
            earlier = values.get(leaf.name, EMPTY_TEXT)
            value = Cell(value, earlier.footnotes)
        values[leaf.name] = value

    def value(self, text: str, element: etree._Element, leaf: _Leaf, path: Path) -> object:
        """What an element's text stands for; None when it is not readable as that."""
        value = leaf.spelled(text)
        if value is not None or leaf.field.kind is Kind.TEXT:
            return value
        return self.tolerated(text, element, leaf.field, (*path, leaf.name))

    def tolerated(self, text: str, element: etree._Element, node: Field, where: Path) -> object:
        """The value of a text that is not spelled as the specification asks, if it can be told; it is reported."""
        self.malformed.append(Malformed(where, text, self.line(element)))
        stripped = text.strip()
        parser = PARSERS.get(node.kind)
        if parser is None or not stripped:
            return stripped or None
        try:
            return parser(stripped)
        except MalformedValue:
            return None

    def cell(self, element: etree._Element, leaf: _Leaf, path: Path) -> Cell[object]:
        value: object = None
        notes: tuple[str, ...] = ()
        seen = False
        child: etree._Element | None = None
        for child in element:
            tag = child.tag
            if tag == "value":
                if seen:
                    self.repeated(child, (*path, leaf.name))
                if len(child):
                    self.children_of_leaf(child, (*path, leaf.name))
                text = child.text
                value = self.value(text, child, leaf, path) if text else None
                seen = True
            elif tag == FOOTNOTE_REFERENCE:
                notes = (*notes, self.reference(child, (*path, leaf.name)))
            else:
                self.unclaimed(child, (*path, leaf.name))
        if child is None and element.text:
            self.bare_text(element, (*path, leaf.name))
        return Cell(value, notes)

    def reference(self, element: etree._Element, where: Path) -> str:
        if len(element) or _stripped(element.text):
            self.hit("DOC-002", where, f"<{FOOTNOTE_REFERENCE}> must be empty, with an id only", element)
        id = element.get("id")
        if id is None:
            return ""
        self.attributes += 1
        return id

    # ---- what does not fit

    def unplanned(self, child: etree._Element, spec: Plan, path: Path, values: dict[str, Any]) -> None:
        coding = spec.coding
        if coding is not None and child.tag == FOOTNOTE_REFERENCE:
            where = (*path, coding.name)
            cell = values.get(coding.name, EMPTY_TEXT)
            values[coding.name] = Cell(cell.value, (*cell.footnotes, self.reference(child, where)))
        elif child.tag == SECRET_ELEMENT and spec.group.element == "reportingOwnerId":
            self.hit("OWN-025", path, "This file contains a CCC; it is not saved or shown here", child)
        else:
            self.unclaimed(child, path)

    def unclaimed(self, child: etree._Element, path: Path) -> None:
        self.hit("DOC-002", path, f"<{name_of(child)}> is not permitted here; remove it", child)

    def bare_text(self, element: etree._Element, path: Path) -> None:
        """Reports text where only elements may stand; text beside elements is found by ``leftovers``."""
        words = _words(element.text)
        if words:
            name = name_of(element)
            self.hit(
                "DOC-002",
                path,
                f'Text "{words}" is in <{name}>, where only elements are permitted',
                element,
            )

    def repeated(self, child: etree._Element, path: Path) -> None:
        self.hit("DOC-002", path, f"<{name_of(child)}> occurs here more than once; keep one", child)

    def children_of_leaf(self, element: etree._Element, where: Path) -> None:
        for child in element:
            self.unclaimed(child, where)

    def without_extra_nodes(self, root: etree._Element) -> etree._Element:
        """A copy without comments and processing instructions, which are reported; lines stay as they are."""
        self.hits += extra_node_hits(root, "document", self.offset)
        bare = copy.deepcopy(root)
        etree.strip_tags(bare, etree.Comment, etree.ProcessingInstruction)
        return bare

    def leftovers(self, root: etree._Element) -> None:
        """Reports attributes and text that no field claims, found by counting."""
        stray = _MIXED_TEXTS(root) > 0 and next(_stray_texts(root), None) is not None
        unclaimed = _ATTRIBUTES(root) != self.attributes
        if not stray and not unclaimed:
            return
        by_element = places_by_element(root)
        for element in root.iter() if unclaimed else ():
            for name in element.attrib:
                if not _is_planned_attribute(element, str(name)):
                    own = etree.QName(name).localname
                    message = f"Attribute {own} of <{name_of(element)}> is not part of the form; remove it"
                    self.hit("DOC-002", path_of(by_element, element)[0], message, element)
        for text, beside, parent in _stray_texts(root) if stray else ():
            message = f'Text "{_words(text)}" is between elements; remove it'
            self.hit("DOC-002", path_of(by_element, parent)[0], message, beside)


def _stray_texts(root: etree._Element) -> Iterator[tuple[str, etree._Element, etree._Element]]:
    """Each text beside elements, the element it stands in or follows, and the one that holds it."""
    for element in root.iter("*"):
        parent = element.getparent()
        if len(element) and (element.text or "").strip(_XML_SPACE):
            yield element.text or "", element, element
        if parent is not None and (element.tail or "").strip(_XML_SPACE):
            yield element.tail or "", element, parent


def _is_planned_attribute(element: etree._Element, name: str) -> bool:
    return name == "id" and element.tag in (FOOTNOTE_REFERENCE, "footnote")


_MAYBE_SECRET: Final = re.compile(r"ccc|(?<!\S)(?=\S*[0-9])(?=\S*[@#$*])\S{8}(?!\S)", re.IGNORECASE)
"""Words that speak of a CCC, or have the form of one."""


def _words(text: str | None) -> str:
    """The text on one line, cut when long, as messages quote it; what may hold a CCC is not quoted."""
    words = " ".join((text or "").split())
    return "not shown, it may hold a CCC" if _MAYBE_SECRET.search(words) else words[:60]


def _stripped(text: str | None) -> str | None:
    return (text.strip() or None) if text else None
