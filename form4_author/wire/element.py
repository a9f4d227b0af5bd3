"""The element table: the field table compiled for reading and writing XML.

Order, names and shapes come from ``form4_author.model.field``; nothing about elements is listed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from form4_author.model.field import Field, Group, Shape
from form4_author.model.filing import Filing, Footnote
from form4_author.model.party import Address, Issuer, Owner, Signature
from form4_author.model.table import DerivativeRow, NonDerivativeRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

__all__ = ["RECORDS", "SECRET_ELEMENT", "Plan", "coding_field", "name_of", "plan"]

SECRET_ELEMENT: Final = "rptOwnerCcc"  # noqa: S105  # an element's name, not a secret
"""The one element that is never kept: an owner's CCC."""

RECORDS: Final[dict[str, type]] = {
    "Address": Address,
    "DerivativeRow": DerivativeRow,
    "Filing": Filing,
    "Footnote": Footnote,
    "Issuer": Issuer,
    "NonDerivativeRow": NonDerivativeRow,
    "Owner": Owner,
    "Signature": Signature,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A group's nodes by element name, and how to make its record."""

    group: Group
    by_element: dict[str, Field | Plan]
    coding: Field | None
    """The cell that footnote references lying directly in this group belong to."""
    record: Callable[..., object] | None

    def build(self, **values: Any) -> object:  # noqa: ANN401  # each record has its own fields
        """The record of these values; only for a group that has one."""
        assert self.record is not None  # noqa: S101  # the field table's groups that are read so have one
        return self.record(**values)


def coding_field(group: Group) -> Field | None:
    """The field of a coding group that the group's footnote references belong to."""
    return next((n for n in group.nodes if isinstance(n, Field) and n.shape is Shape.CODING), None)


def name_of(element: etree._Element) -> str:
    """The element's name as written, with its prefix if it has one."""
    name = str(element.tag).rpartition("}")[2]
    return f"{element.prefix}:{name}" if element.prefix else name


@cache
def plan(group: Group) -> Plan:
    """The reading plan of a group."""
    by_element: dict[str, Field | Plan] = {}
    for node in group.nodes:
        if isinstance(node, Group):
            by_element[node.element] = plan(node)
        elif node.element:
            by_element[node.element] = node
    return Plan(group, by_element, coding_field(group), RECORDS.get(group.record))
