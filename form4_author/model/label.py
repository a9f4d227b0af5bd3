"""Labels: what the form itself calls a place in the filing.

Built from the field table; ``where`` names table and line, ``caption`` the box.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.model.field import DOCUMENT, Field, Group, rows_of

if TYPE_CHECKING:
    from form4_author.findings import Path

__all__ = ["caption", "column_of", "field_at", "fields_of", "label", "where", "words"]

_BASES: Final = "345"
_PERIOD: Final = {
    "3": "Date of Event Requiring Statement",
    "4": "Date of Earliest Transaction",
    "5": "Issuer's Fiscal Year Ended",
}


@cache
def fields_of(group: Group) -> dict[str, Field]:
    """The fields of one record, by name: the group's own and those of groups without a record."""
    found: dict[str, Field] = {}
    for node in group.nodes:
        if isinstance(node, Field):
            found.setdefault(node.name, node)
        elif not node.name and not node.record:
            for name, inner in fields_of(node).items():
                found.setdefault(name, inner)
    return found


@cache
def _records() -> dict[str, Group]:
    """The groups with a record of their own, by the attribute that holds them."""
    found: dict[str, Group] = {}

    def collect(group: Group) -> None:
        for node in group.nodes:
            if isinstance(node, Group):
                if node.name:
                    found[node.name] = node
                collect(node)

    collect(DOCUMENT)
    return found


def field_at(path: Path) -> Field | None:
    """The field that a path ends in; None for a row, a record, the whole filing or an unknown name."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return None
    if names[0] in ("non_derivative", "derivative"):
        if len(names) < 2:  # table and cell
            return None
        transaction, holding = rows_of(names[0])
        return fields_of(transaction).get(names[1]) or fields_of(holding).get(names[1])
    group = DOCUMENT
    for name in names[:-1]:
        inner = _records().get(name)
        if inner is None:
            return None
        group = inner
    return fields_of(group).get(names[-1])


_ENVELOPE: Final = {
    "attachments": "Attachment",
    "contact_email": "Envelope, contact e-mail address",
    "contact_name": "Envelope, contact name",
    "contact_phone": "Envelope, contact telephone number",
    "notification_emails": "Envelope, notification address",
    "primary_name": "Envelope, name of the primary document",
    "test_or_live": "Envelope, TEST or LIVE",
    "type": "Envelope, submission type",
}
"""Places of the envelope by attribute of Submission; no box of the form, so not in the field table."""


def where(path: Path) -> str:
    """The table and line, owner, footnote or signature that a path is in; empty for the form's head.

    Lines count from 1, as a reader counts them.
    """
    head = path[0] if path else ""
    index = path[1] + 1 if len(path) > 1 and isinstance(path[1], int) else None
    names = {"non_derivative": "Table I", "derivative": "Table II"}
    if head in names:
        return names[str(head)] + (f", line {index}" if index else "")
    if head == "issuer":
        return "Issuer"
    if head in _ENVELOPE:
        return _ENVELOPE[str(head)] + (f" {index}" if index else "")
    singular = {"owners": "Reporting person", "footnotes": "Footnote", "signatures": "Signature"}
    if head in singular:
        return f"{singular[str(head)]} {index}" if index else f"{singular[str(head)]}s"
    return ""


_OWNED: Final = "Amount of Securities Beneficially Owned"
"""Form 3, Table I, column 2: nothing goes before it."""


def words(field: Field, base: str | None = "4") -> str:
    """The form's words for a field, without its number; those of the period and of what is owned differ by form."""
    if field.name == "amount_owned_following" and base == "3" and field.boxes[0]:
        return _OWNED
    return _PERIOD.get(base or "4", field.caption) if field.name == "period_of_report" else field.caption


def column_of(path: Path, base: str | None = "4") -> str:
    """The number of a cell's column on the form, ``3a``; empty where it has none."""
    field, number = field_at(path), _BASES.find(base or "4")
    return field.boxes[number] if field is not None and number >= 0 else ""


def caption(path: Path, base: str | None = "4") -> str:
    """The form's words for the cell, with its box: ``column 5, Amount Owned Following Transaction(s)``.

    ``base`` is the form without /A; empty text when the path ends in no field.
    """
    field = field_at(path)
    if field is None:
        return ""
    box = column_of(path, base)
    if not box:
        return words(field, base)
    unit = "column" if path[0] in ("non_derivative", "derivative") else "box"
    return f"{unit} {box}, {words(field, base)}"


def label(path: Path, base: str | None = "4") -> str:
    """Table, line and box together: ``Table I, line 2, column 5, Amount Owned Following Transaction(s)``."""
    return ", ".join(part for part in (where(path), caption(path, base)) if part)
