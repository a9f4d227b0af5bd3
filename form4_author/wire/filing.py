"""A filing as plain JSON data ⇄ filing.

A key is the model's attribute, so one path serves both. A cell without footnotes is a bare value, otherwise
``{"value": …, "footnotes": ["F1"]}``. Amounts and dates are text. Anything may be missing. What does not fit its place
is left to the draft's JSON Schema to report (``form4_author.checks.schema``); reading never guesses.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from form4_author.errors import MalformedValue
from form4_author.findings import Malformed
from form4_author.model.field import DOCUMENT, PARSERS, Field, Group, Kind, Shape, rows_of
from form4_author.model.filing import Filing
from form4_author.model.table import Cell, Row
from form4_author.text import ZonedDate, amount_text, day_text, unfit_character
from form4_author.wire.element import RECORDS

if TYPE_CHECKING:
    from form4_author.findings import Path

__all__ = ["filing_data", "filing_from"]


def filing_from(draft: Mapping[str, Any]) -> tuple[Filing, tuple[Malformed, ...]]:
    """The filing that a draft describes so far, and the texts in it that are not spelled as their field asks for."""
    malformed: list[Malformed] = []
    values = _record_values(draft, DOCUMENT, (), malformed)
    return Filing(**values), tuple(malformed)


def filing_data(filing: Filing) -> dict[str, Any]:
    """The data of a filing: only what it holds, in the order of the form."""
    data = _record_data(filing, DOCUMENT)
    data.pop("edition", None)
    return data


# ---- reading


def _record_values(
    data: Mapping[str, Any], group: Group, path: Path, malformed: list[Malformed]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for node in group.nodes:
        if isinstance(node, Group):
            values.update(_group_values(data, node, path, malformed))
        elif node.name in data:
            value = _field_value(data[node.name], node, (*path, node.name), malformed)
            if value is not None:
                values[node.name] = value
    return values


def _group_values(
    data: Mapping[str, Any], group: Group, path: Path, malformed: list[Malformed]
) -> dict[str, object]:
    if not group.name:
        return _record_values(data, group, path, malformed)
    value = data.get(group.name)
    if group.many:
        items = [(i, item) for i, item in enumerate(_list(value)) if isinstance(item, Mapping)]
        return {
            group.name: tuple(_record(item, group, (*path, group.name, i), malformed) for i, item in items)
        }
    if not group.record:
        return {group.name: _rows(_list(value), group.name, malformed)}
    return (
        {group.name: _record(value, group, (*path, group.name), malformed)}
        if isinstance(value, Mapping)
        else {}
    )


def _record(data: Mapping[str, Any], group: Group, path: Path, malformed: list[Malformed]) -> object:
    return RECORDS[group.record](**_record_values(data, group, path, malformed))


def _rows(items: list[Any], table: str, malformed: list[Malformed]) -> tuple[Row, ...]:
    transaction, holding = rows_of(table)
    rows: list[Row] = []
    for index, item in enumerate(items):
        if isinstance(item, Mapping):
            group = holding if item.get("kind") == "holding" else transaction
            values = _record_values(item, group, (table, index), malformed)
            rows.append(RECORDS[group.record](kind=group.kind, **values))
    return tuple(rows)


def _field_value(data: object, field: Field, path: Path, malformed: list[Malformed]) -> object:
    if field.shape not in (Shape.CELL, Shape.CODING):
        return _value(data, field, path, malformed)
    if not isinstance(data, Mapping):
        return Cell(_value(data, field, path, malformed))
    return Cell(_value(data.get("value"), field, path, malformed), _notes(data.get("footnotes")))


def _notes(data: object) -> tuple[str, ...]:
    """Footnote ids; what can't be in XML is left to the draft's schema, which refuses it."""
    texts = (note.strip() for note in _list(data) if isinstance(note, str))
    return tuple(note for note in texts if unfit_character(note) is None)


def _value(data: object, field: Field, path: Path, malformed: list[Malformed]) -> object:
    if isinstance(data, bool):
        return data if field.kind is Kind.FLAG else None
    if not isinstance(data, str):
        return None
    text = data.strip()
    if not text:
        return None
    if unfit_character(text) is not None:
        malformed.append(Malformed(path, data, None))
        return None
    parser = PARSERS.get(field.kind)
    if parser is None:
        return text
    try:
        value = parser(text)
    except MalformedValue:
        value = None
    if value is None or isinstance(value, ZonedDate):  # a zone is kept, and told
        malformed.append(Malformed(path, data, None))
    return value


def _list(data: object) -> list[Any]:
    return data if isinstance(data, list) else []


# ---- writing


def _record_data(record: object, group: Group) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for node in group.nodes:
        if isinstance(node, Field):
            data[node.name] = _field_data(getattr(record, node.name))
        elif not node.name:
            data.update(_record_data(record, node))
        else:
            data[node.name] = _group_data(getattr(record, node.name), node)
    return {name: value for name, value in data.items() if value is not None and value not in ([], {})}


def _group_data(value: Any, group: Group) -> object:  # noqa: ANN401  # a record, records, or rows
    if group.many:
        return [_record_data(item, group) for item in value]
    if not group.record:
        return [_row_data(row, group.name) for row in value]
    return _record_data(value, group)


def _row_data(row: Row, table: str) -> dict[str, Any]:
    transaction, holding = rows_of(table)
    return {"kind": row.kind, **_record_data(row, transaction if row.is_transaction else holding)}


def _field_data(value: object) -> object:
    if isinstance(value, Cell):
        bare = _field_data(value.value)
        if not value.footnotes:
            return bare
        cell = {} if bare is None else {"value": bare}
        return {**cell, "footnotes": list(value.footnotes)}
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return day_text(value)
    return value
