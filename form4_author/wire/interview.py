"""The interview of a draft ⇄ plain JSON data, by the records of ``form4_author.model.interview``.

A key is a record's attribute; a default is not written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Final, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from form4_author.findings import Override, path_from_text, path_text
from form4_author.model import interview as records
from form4_author.model.filing import Filing
from form4_author.model.interview import Interview
from form4_author.wire.filing import filing_data, filing_from

__all__ = ["FieldShape", "interview_data", "interview_from", "override_data", "overrides_from", "shapes"]

_ELSEWHERE: Final = ("overrides", "unread")
"""Fields of the interview that stand elsewhere in a draft."""
_Record = TypeVar("_Record")


class FieldShape(NamedTuple):
    """What a field holds."""

    kind: str
    """``text``, ``texts``, ``record``, ``records``, ``map``, or ``map of`` texts, records or maps."""
    record: type | None = None


def interview_from(data: object) -> Interview:
    """The interview that the data describe; what does not fit its place is left out."""
    return _record(Interview, data)


def interview_data(interview: Interview) -> dict[str, Any]:
    """The data of an interview: what is not as by default, in the order of its fields."""
    data = _data(interview)
    return {name: value for name, value in data.items() if name not in _ELSEWHERE}


def overrides_from(data: object) -> tuple[Override, ...]:
    """The written reasons of a draft; an entry that is not whole is left out."""
    entries = data if isinstance(data, list) else []
    return tuple(
        Override(id=e["id"], path=path_from_text(e["path"]), reason=e["reason"], at=e["at"])
        for e in entries
        if isinstance(e, dict) and all(isinstance(e.get(k), str) for k in ("id", "path", "reason", "at"))
    )


def override_data(override: Override) -> dict[str, str]:
    """The data of a written reason."""
    return {**override._asdict(), "path": path_text(override.path)}


# ---- shapes


@cache
def shapes(name: str) -> dict[str, FieldShape]:
    """The fields of the record of this name."""
    record = getattr(records, name)
    hints = get_type_hints(record, vars(records))
    return {each.name: _shape(hints[each.name]) for each in fields(record) if each.name not in _ELSEWHERE}


def _shape(hint: Any) -> FieldShape:  # noqa: ANN401  # a type as written
    arguments = get_args(hint)
    if isinstance(hint, UnionType):
        return _shape(next(each for each in arguments if each is not type(None)))
    if hint is str:
        return FieldShape("text")
    if get_origin(hint) is tuple:
        return FieldShape("texts") if arguments[0] is str else FieldShape("records", arguments[0])
    if get_origin(hint) is Mapping:
        inner = _shape(arguments[1])
        return FieldShape(
            {"text": "map", "texts": "map of texts", "record": "map of records"}.get(
                inner.kind, "map of maps"
            ),
            inner.record,
        )
    return FieldShape("record", hint)


# ---- reading


def _record(record: type[_Record], data: object) -> _Record:
    keys = data if isinstance(data, Mapping) else {}
    values = {
        name: value
        for name, shape in shapes(record.__name__).items()
        if name in keys and (value := _value(shape, keys[name])) is not None
    }
    return record(**values)


def _value(shape: FieldShape, data: object) -> object:
    """The value of this shape; None for anything else."""
    if shape.kind == "text":
        return data if isinstance(data, str) else None
    if shape.kind == "texts":
        return _texts(data)
    if shape.record is not None and not shape.kind.startswith("map"):
        return _records(shape, shape.record, data)
    if not isinstance(data, Mapping):
        return None
    each = {key: _item(shape, value) for key, value in data.items()}
    return {key: value for key, value in each.items() if value is not None}


def _records(shape: FieldShape, record: type, data: object) -> object:
    """A record, or records; None for anything else."""
    if shape.kind == "records":
        listed = data if isinstance(data, list) else None
        return (
            None
            if listed is None
            else tuple(_record(record, each) for each in listed if isinstance(each, Mapping))
        )
    if not isinstance(data, Mapping):
        return None
    if record is Filing:
        return filing_from(data)[0]
    return _record(record, data)


def _item(shape: FieldShape, data: object) -> object:
    if shape.kind == "map":
        return data if isinstance(data, str) else None
    if shape.kind == "map of texts":
        return _texts(data)
    if shape.kind == "map of records" and shape.record is not None:
        return _record(shape.record, data) if isinstance(data, Mapping) else None
    return _value(FieldShape("map of texts"), data)


def _texts(data: object) -> tuple[str, ...] | None:
    return tuple(each for each in data if isinstance(each, str)) if isinstance(data, list) else None


# ---- writing


def _data(record: Any) -> dict[str, Any]:  # noqa: ANN401  # each record has its own fields
    data: dict[str, Any] = {}
    for name, shape in shapes(type(record).__name__).items():
        value = getattr(record, name)
        if name == "rows" and value is not None:
            data[name] = list(value)
        elif value and (written := _written(shape, value)):
            data[name] = written
    return data


def _written(shape: FieldShape, value: Any) -> Any:  # noqa: ANN401  # JSON data
    """The data of a value: a record, texts, or records and texts in lists and mappings."""
    if shape.record is Filing:
        return filing_data(value)
    return _plain(value)


def _plain(value: Any) -> Any:  # noqa: ANN401  # JSON data
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, Mapping) else _data(value)
