"""Faults in the structure of a filing: missing fields, fields of a different form, and lists that are too long.

The messages use the form's captions in place of the XSD's element names; ``form4_author.checks.schema`` asks for them
when the XSD rejects a document. The checks that need the XML of a document for EDGAR (the CCCs, the spelling of the
equity swap box) are here too. Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.3, 3.5 and 4.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.findings import Hit, Path
from form4_author.model.field import DOCUMENT, Field, Group, Kind, Need, rows_of
from form4_author.model.label import words
from form4_author.model.table import Cell, Row
from form4_author.revision.division import MOST_ROWS
from form4_author.wire.element import SECRET_ELEMENT
from form4_author.wire.place import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from form4_author.codes import Edition
    from form4_author.model.filing import Filing

__all__ = ["secret_hits", "spelling_hits", "structure_hits"]

_CCC_LENGTH: Final = 8


def structure_hits(filing: Filing, edition: Edition) -> Iterator[Hit]:
    """Every required field that is empty, every field the form does not have, every list that is too long."""
    return _Structure(filing, edition).record(filing, DOCUMENT, ())


class _Structure:
    def __init__(self, filing: Filing, edition: Edition) -> None:
        self.known = filing.base is not None
        self.base = filing.base or "4"
        self.form = f"Form {filing.form}" if filing.base else "the form"
        self.amendment = filing.is_amendment
        self.edition = edition

    def record(self, record: object, group: Group, path: Path) -> Iterator[Hit]:
        for node in group.nodes:
            if isinstance(node, Field):
                yield from self.field(record, node, path)
            elif node.many:
                yield from self.many(getattr(record, node.name), node, path)
            elif node.name and not node.record:
                yield from self.table(getattr(record, node.name), node)
            elif node.name:
                yield from self.record(getattr(record, node.name), node, (*path, node.name))
            else:
                yield from self.inline(record, node, path)

    def inline(self, record: object, group: Group, path: Path) -> Iterator[Hit]:
        """A group that has no separate record."""
        if self.base not in group.forms:
            given = [n for n in group.nodes if isinstance(n, Field) and not _blank(getattr(record, n.name))]
            for node in given:
                yield self.not_used(node, group.unused, path)
            return
        yield from self.one_of(record, group, path)
        yield from self.record(record, group, path)

    def one_of(self, record: object, group: Group, path: Path) -> Iterator[Hit]:
        choices = [n for n in group.nodes if isinstance(n, Field) and n.need is Need.ONE_OF]
        if not choices:
            return
        given = [n for n in choices if not _blank(getattr(record, n.name))]
        names = " or ".join(words(n, self.base) for n in choices)
        if not given:
            yield Hit((*path, choices[0].name), f"{names} is required on {self.form}", id=choices[0].missing)
        elif len(given) > 1:
            where = (*path, given[1].name)
            both = " and ".join(words(n, self.base) for n in given)
            yield Hit(where, f"{both} are both given; give exactly one", id=choices[0].missing)
        elif getattr(record, given[0].name).value is None:
            yield self.value_needed(given[0], (*path, given[0].name))

    def field(self, record: object, field: Field, path: Path) -> Iterator[Hit]:
        value = getattr(record, field.name)
        if field.since > self.edition.schema:
            return
        where = (*path, field.name)
        if self.base not in field.forms:
            if not _blank(value):
                yield self.not_used(field, field.unused, path)
        elif field.need is Need.AMENDMENT:
            if self.amendment and value is None:
                yield self.required(field, where)
            elif not self.amendment and value is not None and self.known:
                yield self.not_used(field, field.unused, path)
        elif self.base in field.needed_on:
            yield from self.need(field, value, where)

    def need(self, field: Field, value: object, where: Path) -> Iterator[Hit]:
        if field.need not in (Need.VALUE, Need.VALUE_OR_NOTE):
            return
        if _blank(value):
            yield self.required(field, where)
        elif isinstance(value, Cell):
            if value.value is None and field.need is Need.VALUE:
                yield self.value_needed(field, where)
            if value.footnotes and not field.notes:
                yield self.no_notes(field, where)

    def many(self, items: tuple[object, ...], group: Group, path: Path) -> Iterator[Hit]:
        if not items and group.missing != "DOC-032":
            yield Hit(
                (*path, group.name),
                f"At least one {group.caption} is required on {self.form}",
                id=group.missing,
            )
        if group.most is not None and len(items) > group.most:
            yield self.too_many(group, len(items), (*path, group.name))
        for index, item in enumerate(items):
            yield from self.record(item, group, (*path, group.name, index))

    def table(self, rows: tuple[Row, ...], group: Group) -> Iterator[Hit]:
        if group.most is not None and len(rows) > group.most:
            yield self.too_many(group, len(rows), (group.name,))
        transaction, holding = rows_of(group.name)
        for index, row in enumerate(rows):
            kind = transaction if row.is_transaction else holding
            where = (group.name, index)
            if self.base not in kind.forms:
                yield Hit(where, f"{self.form} does not report transactions; use Form 4", id=kind.unused)
            else:
                yield from self.record(row, kind, where)

    # ---- messages

    def required(self, field: Field, where: Path) -> Hit:
        extra = " (a value or a footnote)" if field.need is Need.VALUE_OR_NOTE else ""
        return Hit(where, f"{words(field, self.base)} is required on {self.form}{extra}", id=field.missing)

    def value_needed(self, field: Field, where: Path) -> Hit:
        typed = "a number" if field.kind is Kind.NUMBER else "a value"
        return Hit(
            where,
            f"{words(field, self.base)} needs {typed}; a footnote alone is not enough here",
            id="FTN-012",
        )

    def no_notes(self, field: Field, where: Path) -> Hit:
        return Hit(
            where,
            f"{words(field, self.base)} cannot have a footnote here; attach it to a different cell of the row",
            id="DRV-027",
        )

    def not_used(self, field: Field, id: str, path: Path) -> Hit:
        return Hit(
            (*path, field.name), f"{words(field, self.base)} is not used on {self.form}; remove it", id=id
        )

    def too_many(self, group: Group, count: int, where: Path) -> Hit:
        what = f"rows of {group.caption}" if group.most == MOST_ROWS else f"{group.caption}s"
        divided = "" if group.too_many == "FTN-006" else "; form4 render and form4 pack divide the draft"
        message = f"A filing can have at most {group.most} {what}; found {count}{divided}"
        return Hit(where, message, id=group.too_many)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, Cell) and value.is_blank)


# ---- documents for EDGAR


def secret_hits(root: etree._Element) -> Iterator[Hit]:
    """Every reporting person of an envelope's document whose CCC is missing or of the wrong length; never its text."""
    for index, owner in enumerate(root.findall("reportingOwner")):
        element = owner.find(f"reportingOwnerId/{SECRET_ELEMENT}")
        length = len((element.text or "").strip()) if element is not None else 0
        if length != _CCC_LENGTH:
            found = f"has {length} characters" if length else "is missing"
            message = f"The CCC of Reporting Person {index + 1} {found}; EDGAR requires {_CCC_LENGTH}"
            yield Hit(("owners", index), message, id="OWN-003")


def spelling_hits(root: etree._Element) -> Iterator[Hit]:
    """Every equity swap box whose value, ``true``, the SEC's page does not show."""
    for path, field, element in places(root):
        if field is not None and field.name == "equity_swap" and (element.text or "").strip() == "true":
            message = 'Equity Swap Involved is "true", but the SEC\'s page shows /K only for "1"; write 1'
            yield Hit(path, message, id="TXN-005")
