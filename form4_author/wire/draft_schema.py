"""The draft's JSON Schema, made from the field table so that the two can't differ.

``schemas/draft-2.schema.json`` is this, written out for editors; ``make generated`` writes it and a test compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author import codes
from form4_author.model.field import DOCUMENT, Field, Group, Kind, Shape, rows_of
from form4_author.model.filing import Filing
from form4_author.wire.draft_format import DRAFT_FORMAT, SCHEMA_URL
from form4_author.wire.interview import FieldShape, shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["draft_schema"]

_NUMBER = r"^[0-9]*\.?[0-9]*$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$"


def draft_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the draft, format 2. Everything is optional; unknown keys are refused."""
    properties: dict[str, Any] = {
        "$schema": {"type": "string"},
        "format": {"const": DRAFT_FORMAT, "description": "Version of the draft format."},
        **_properties(DOCUMENT),
        "overrides": {
            "type": "array",
            "description": "Written reasons for overriding an error finding.",
            "items": _object({k: {"type": "string"} for k in ("id", "path", "reason", "at")}),
        },
        "interview": {
            **_record("Interview"),
            "description": "Position in the interview; set by the program.",
        },
    }
    properties.pop("edition", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_URL,
        "title": "form4-author draft",
        "description": "A filer's answers for SEC Form 3, 4 or 5; may be incomplete.",
        **_object(properties),
        "$defs": {"footnotes": {"type": "array", "items": {"type": "string", "pattern": "^F[1-9][0-9]?$"}}},
    }


def _record(name: str) -> dict[str, Any]:
    """A record of the interview."""
    return _object({field: _shaped(shape) for field, shape in shapes(name).items()})


def _shaped(shape: FieldShape) -> dict[str, Any]:
    texts = {"type": "array", "items": {"type": "string"}}
    if shape.record is Filing:
        return {"type": "object"}
    record = _record(shape.record.__name__) if shape.record is not None else {}
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "string"},
        "texts": texts,
        "record": record,
        "records": {"type": "array", "items": record},
        "map": {"type": "object", "additionalProperties": {"type": "string"}},
        "map of texts": {"type": "object", "additionalProperties": texts},
        "map of records": {"type": "object", "additionalProperties": record},
        "map of maps": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": texts},
        },
    }
    return kinds[shape.kind]


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _properties(group: Group) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in group.nodes:
        if isinstance(node, Field):
            found[node.name] = _field(node)
        elif node.many:
            found[node.name] = _list(node, _object(_properties(node)))
        elif node.name and not node.record:
            found[node.name] = _list(node, _row(node.name))
        elif node.name:
            found[node.name] = {**_object(_properties(node)), "description": node.caption}
        else:
            found.update(_properties(node))
    return found


def _list(group: Group, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": group.caption, "items": items}


def _row(table: str) -> dict[str, Any]:
    transaction, holding = (_properties(group) for group in rows_of(table))
    unfit: dict[str, Any] = {name: {"not": {}} for name in sorted(set(transaction) - set(holding))}
    differing = sorted(name for name in holding if holding[name] != transaction[name])
    common = {name: field for name, field in transaction.items() if name not in differing}
    described = {name: {"description": transaction[name]["description"]} for name in differing}
    return {
        **_object(
            {
                "kind": {
                    "enum": ["transaction", "holding"],
                    "description": "Whether the row reports a transaction.",
                },
                **common,
                **described,
            }
        ),
        "required": ["kind"],
        "if": {"properties": {"kind": {"const": "holding"}}, "required": ["kind"]},
        "then": {"properties": {**{name: holding[name] for name in differing}, **unfit}},
        "else": {"properties": {name: transaction[name] for name in differing}},
    }


def _field(field: Field) -> dict[str, Any]:
    bare = {**_value(field), "description": field.caption}
    if field.shape not in (Shape.CELL, Shape.CODING):
        return bare
    footnotes = {"footnotes": {"$ref": "#/$defs/footnotes"}}
    if not field.element:  # a holding has no code, only the footnotes of its coding group
        return {**_object(footnotes), "description": field.caption}
    noted = _object({"value": _value(field), **footnotes})
    return {"description": field.caption, "anyOf": [_value(field), noted]}


def _value(field: Field) -> dict[str, Any]:
    if field.kind is Kind.FLAG:
        return {"enum": [True, False, "true", "false", "1", "0"]}
    value: dict[str, Any] = {"type": "string"}
    if field.kind is Kind.NUMBER:
        value["pattern"] = _NUMBER
    elif field.kind is Kind.DATE:
        value["pattern"] = _DATE
    elif field.kind is Kind.DIGITS:
        value["pattern"] = f"^[0-9]{{1,{field.longest}}}$"
    elif field.kind is Kind.CODE:
        return _coded(field)
    else:
        value["maxLength"] = field.longest
    return value


def _coded(field: Field) -> dict[str, Any]:
    if isinstance(field.codes, tuple):
        return {"type": "string", "enum": list(field.codes)} if field.codes else {"type": "string"}
    tables: dict[str, Callable[[], Mapping[str, object]]] = {
        "transaction": codes.transaction_codes,
        "form": codes.forms,
        "state": codes.states,
        "country": codes.countries,
    }
    if field.codes in tables:
        return {"type": "string", "enum": list(tables[field.codes]())}
    return {"type": "string", "pattern": "^F[1-9][0-9]?$"}
