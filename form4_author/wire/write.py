"""Writing a primary document: filing → XML, from the same table that reads it.

Two profiles: the submission profile, which leaves out what EDGAR fills in itself, and the public profile of an
edition, as EDGAR disseminates it. Booleans are spelled as the SEC's stylesheets read them: digits, but words for the
non-US flag (a ``1`` there would print "UNITED STATES").
Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.2, 3.5 and 4.1.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from lxml import etree

from form4_author.model.field import DOCUMENT, FOOTNOTE_REFERENCE, Field, Group, Shape, rows_of
from form4_author.model.table import Cell, Row
from form4_author.text import amount_text, day_text

if TYPE_CHECKING:
    from form4_author.codes import Edition
    from form4_author.model.filing import Filing

__all__ = ["document_bytes", "document_element", "omitted_paths", "write_document"]

_WORDS: Final = frozenset({"non_us"})
"""Flags spelled true/false."""


def write_document(filing: Filing, edition: Edition | None = None) -> bytes:
    """The primary document: the submission profile, or the public profile of ``edition``.

    The same filing gives the same bytes. What the edition does not have is left out: see ``omitted_paths``.
    """
    return document_bytes(document_element(filing, edition))


def document_bytes(root: etree._Element) -> bytes:
    """The document in the one way in which it is written, an element a line, with empty lines between its parts."""
    etree.indent(root, space="    ")
    for child in root:
        child.tail = "\n\n    " if child.getnext() is not None else "\n"
    root.text = "\n\n    "
    body: bytes = etree.tostring(root, encoding="us-ascii", xml_declaration=False)
    return b'<?xml version="1.0"?>\n' + body + b"\n"


def document_element(filing: Filing, edition: Edition | None = None) -> etree._Element:
    """The ``ownershipDocument`` element, not indented; everything the filing holds is in it, fitting or not.

    Fields that EDGAR fills in are written for the public profile only.
    """
    writer = _Writer(edition)
    root = etree.Element(DOCUMENT.element)
    writer.nodes(root, DOCUMENT, filing)
    if edition is not None:
        version = root.find("schemaVersion")
        if version is None:
            version = etree.Element("schemaVersion")
            root.insert(0, version)
        version.text = edition.edition
    return root


def omitted_paths(filing: Filing, edition: Edition) -> tuple[tuple[str | int, ...], ...]:
    """Paths of values that the public profile of an edition has no element for; a box not checked says nothing."""
    writer = _Writer(edition)
    writer.nodes(etree.Element(DOCUMENT.element), DOCUMENT, filing)
    return tuple(writer.omitted)


class _Writer:
    """Writes records below elements; remembers what the edition has no place for."""

    def __init__(self, edition: Edition | None) -> None:
        self.edition = edition
        self.omitted: list[tuple[str | int, ...]] = []

    def nodes(
        self, parent: etree._Element, group: Group, record: object, path: tuple[str | int, ...] = ()
    ) -> None:
        for node in group.nodes:
            if isinstance(node, Group):
                self.group(parent, node, record, path)
            else:
                self.field(parent, node, record, path)
        self.coding_notes(parent, group, record)

    def group(
        self, parent: etree._Element, group: Group, record: object, path: tuple[str | int, ...]
    ) -> None:
        if group.many:
            for index, item in enumerate(getattr(record, group.name)):
                element = etree.SubElement(parent, group.element)
                self.nodes(element, group, item, (*path, group.name, index))
            return
        if group.name and not group.record:
            self.table(parent, group, getattr(record, group.name))
            return
        inner = getattr(record, group.name) if group.name else record
        element = etree.SubElement(parent, group.element)
        self.nodes(element, group, inner, (*path, group.name) if group.name else path)
        if not len(element):
            parent.remove(element)

    def table(self, parent: etree._Element, group: Group, rows: tuple[Row, ...]) -> None:
        if not rows:
            return
        table = etree.SubElement(parent, group.element)
        transaction, holding = rows_of(group.name)
        for index, row in enumerate(rows):
            kind = transaction if row.is_transaction else holding
            self.nodes(etree.SubElement(table, kind.element), kind, row, (group.name, index))

    def field(
        self, parent: etree._Element, field: Field, record: object, path: tuple[str | int, ...]
    ) -> None:
        value = getattr(record, field.name)
        if value is None or (isinstance(value, Cell) and value.is_blank):
            return
        if not self.has(field):
            if self.edition is not None and value is not False:
                self.omitted.append((*path, field.name))
            return
        if field.shape is Shape.CELL:
            self.cell(parent, field, value)
        elif field.shape is Shape.CODING:
            if value.value is not None and field.element:
                etree.SubElement(parent, field.element).text = value.value
        else:
            _bare(parent, field, value, sent=self.edition is None)

    def has(self, field: Field) -> bool:
        """Whether the profile has this field at all."""
        if self.edition is None:
            return not field.filled
        return field.since <= self.edition.schema

    def cell(self, parent: etree._Element, field: Field, cell: Cell[object]) -> None:
        element = etree.SubElement(parent, field.element)
        if cell.value is not None:
            etree.SubElement(element, "value").text = _text(field, cell.value, sent=self.edition is None)
        elif field.keep_value:
            etree.SubElement(element, "value").text = ""
        for id in cell.footnotes:
            etree.SubElement(element, FOOTNOTE_REFERENCE, id=id)

    def coding_notes(self, parent: etree._Element, group: Group, record: object) -> None:
        for node in group.nodes:
            if isinstance(node, Field) and node.shape is Shape.CODING:
                for id in getattr(record, node.name).footnotes:
                    etree.SubElement(parent, FOOTNOTE_REFERENCE, id=id)


def _bare(parent: etree._Element, field: Field, value: object, *, sent: bool) -> None:
    if field.shape is Shape.ATTRIBUTE:
        parent.set(field.element, str(value))
    elif field.shape is Shape.CONTENT:
        parent.text = str(value)
    else:
        etree.SubElement(parent, field.element).text = _text(field, value, sent=sent)


def _text(field: Field, value: object, *, sent: bool) -> str:
    """The value as the XML spells it; a date's time zone, which the specification does not have, is not sent."""
    if isinstance(value, bool):
        words = field.name in _WORDS
        return ("true" if value else "false") if words else ("1" if value else "0")
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat() if sent else day_text(value)
    return str(value)
