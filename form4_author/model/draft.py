"""A draft: the filing as far as it was answered, and the interview beside it. It is never changed in place.

A path names a place in either: ``owners[0].cik`` in the filing, ``interview.signing[0].agent`` in the interview. A
value at a path is as a filer reads it: text (``1300``, ``2026-11-23``), a checked box, or None. Text that its field
can't hold is kept in ``interview.unread`` and is the value there until another is given.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar

from form4_author.errors import MalformedValue
from form4_author.findings import Path, path_from_text
from form4_author.model.field import PARSERS, Kind
from form4_author.model.filing import Filing, Footnote
from form4_author.model.interview import (
    EMPTY_INTERVIEW,
    InsiderEvent,
    Interview,
    SigningAnswers,
    TitleSentence,
    TradingPlan,
    UnexplainedTotal,
    UnreadValue,
)
from form4_author.model.label import field_at
from form4_author.model.party import Owner, Signature
from form4_author.model.table import Cell, DerivativeRow, NonDerivativeRow, Row
from form4_author.text import amount_text, day_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.field import Field
    from form4_author.model.table import RowKind

__all__ = [
    "TABLES",
    "Draft",
    "Value",
    "new_row",
    "row_of",
    "row_with",
    "typed_value",
    "value_text",
]

TABLES: Final = ("non_derivative", "derivative")
"""The names of Table I and Table II."""
Value = str | bool | tuple[str, ...] | None
"""What may be put at a path."""
_INTERVIEW: Final = "interview"
_EMPTY: Final[dict[str, object]] = {
    "owners": Owner(),
    "signatures": Signature(),
    "footnotes": Footnote(),
    "events": InsiderEvent(),
    "plans": TradingPlan(),
    "signing": SigningAnswers(),
    "titles": TitleSentence(),
    "jumps": UnexplainedTotal(),
}
"""What an item of a list or mapping is before anything is said of it, by the list's name."""
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True, eq=True)
class Draft:
    """The filing and the interview."""

    filing: Filing = Filing()  # noqa: RUF009  # it is frozen
    interview: Interview = EMPTY_INTERVIEW

    def value(self, path: Path) -> str | bool | None:
        """The value at a path, without a cell's footnotes; None where there is none."""
        found = self._at(path)
        value = found.value if isinstance(found, Cell) else found
        if value is None and self.interview.unread:
            return self._unread_text(path)
        return value_text(value)

    def _at(self, path: Path) -> object:
        found: object = self
        for step in path if path[:1] == (_INTERVIEW,) else ("filing", *path):
            found = _step(found, step)
            if found is None:
                break
        return found

    def has(self, path: Path) -> bool:
        """Whether there is an answer at a path: a value, or a list that was given, even an empty one."""
        return isinstance(self._at(path), tuple) or self.value(path) not in (None, "")

    def count(self, path: str) -> int:
        """How many items the list at a path written ``interview.events`` has; 0 where there is none."""
        listed = self._at(path_from_text(path))
        return len(listed) if isinstance(listed, tuple) else 0

    def text(self, path: str) -> str:
        """The text at a path written ``issuer.name``; empty when there is none."""
        value = self.value(path_from_text(path))
        return value if isinstance(value, str) else ""

    def flag(self, path: str) -> bool:
        """Whether a box is checked, or answered with yes."""
        return self.value(path_from_text(path)) in (True, "true", "1", "yes")

    def with_(self, path: Path, new: Value) -> Draft:
        """The draft with another value at a path; None takes it out. A cell keeps its footnotes.

        An item one past the end of a list is added to it.
        """
        if path[0] == _INTERVIEW:
            draft = self._without_unread(path)
            return replace(draft, interview=_with(draft.interview, path[1:], None if new == "" else new))
        typed = typed_value(field_at(path), new)
        is_unread = isinstance(new, str) and new and typed is None
        if is_unread and self._unread_text(path) == new:  # it keeps its place among the others
            return self
        draft = self._without_unread(path)
        draft = replace(draft, filing=_with(draft.filing, path, typed))
        if is_unread:
            unread = (*draft.interview.unread, UnreadValue(path, json.dumps(new, ensure_ascii=False)))
            return draft.with_interview(unread=unread)
        return draft

    def with_filing(self, **changes: Any) -> Draft:  # noqa: ANN401  # each field has its own type
        """The draft with other fields of the filing."""
        return replace(self, filing=replace(self.filing, **changes))

    def with_interview(self, **changes: Any) -> Draft:  # noqa: ANN401  # as above
        """The draft with other fields of the interview."""
        return replace(self, interview=replace(self.interview, **changes))

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table."""
        return self.filing.non_derivative if table == TABLES[0] else self.filing.derivative

    def with_rows(self, table: str, rows: tuple[Row, ...]) -> Draft:
        """The draft with other rows in a table; texts that could not be read stay where they are."""
        return self.with_filing(**{table: rows})

    def row(self, table: str, index: int) -> Row | None:
        """A row; None where there is none."""
        rows = self.rows(table)
        return rows[index] if 0 <= index < len(rows) else None

    def cell(self, path: Path) -> Cell[Any]:
        """The cell at ``(table, index, column)``; an empty one where there is none."""
        row = self.row(str(path[0]), int(path[1]))
        found = getattr(row, str(path[2]), None)
        return found if isinstance(found, Cell) else Cell()

    def with_notes(self, path: Path, ids: tuple[str, ...]) -> Draft:
        """The draft in which a cell refers to these footnotes."""
        table, index = str(path[0]), int(path[1])
        rows = list(self.rows(table))
        cell = replace(self.cell(path), footnotes=ids)
        rows[index] = row_with(rows[index], str(path[2]), cell)
        return self.with_rows(table, tuple(rows))

    def _unread_text(self, path: Path) -> str | None:
        for each in self.interview.unread:
            if each.path in (path, (*path, "value")):
                value = json.loads(each.json)
                return value if isinstance(value, str) else None
        return None

    def _without_unread(self, path: Path) -> Draft:
        left = tuple(each for each in self.interview.unread if each.path[: len(path)] != path)
        return self if len(left) == len(self.interview.unread) else self.with_interview(unread=left)


def new_row(table: str, kind: str = "transaction") -> Row:
    """A row without cells."""
    kind_of_row: RowKind = "holding" if kind == "holding" else "transaction"
    return (NonDerivativeRow if table == TABLES[0] else DerivativeRow)(kind=kind_of_row)


def row_of(table: str, texts: Mapping[str, str], kind: str = "transaction") -> Row:
    """A row of these cells by column, ``yes`` for a box that is checked; what can't be read is left out."""
    row = new_row(table, kind)
    for column, text in texts.items():
        if column == "equity_swap":
            row = replace(row, equity_swap=text == "yes")
        elif hasattr(row, column):
            row = _with(row, (column,), typed_value(field_at((table, 0, column)), text))
    return row


def row_with(row: Row, column: str, cell: Cell[Any]) -> Row:
    """The row with another cell in a column."""
    return _replaced(row, column, cell)


def value_text(value: object) -> str | bool | None:
    """A value as a filer reads it; None for a record or a list."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return amount_text(value)
    return day_text(value) if isinstance(value, date) else None


def typed_value(field: Field | None, new: Value) -> object:
    """The value that a text stands for in a field; None where it can't be read as one."""
    if field is None or not isinstance(new, str):
        fits = field is None or isinstance(new, bool) == (field.kind is Kind.FLAG)
        return new if fits else None
    text = new.strip()
    parser = PARSERS.get(field.kind)
    if not text or parser is None:
        return text or None
    try:
        return parser(text)
    except MalformedValue:
        return None


def _step(found: object, step: str | int) -> object:
    if isinstance(step, int):
        return found[step] if isinstance(found, tuple) and 0 <= step < len(found) else None
    return found.get(step) if isinstance(found, dict) else getattr(found, step, None)


def _with(record: _Record, path: Path, new: object, name: str = "") -> _Record:
    """The record, list or mapping with another value at a path below it; ``name``: the list's own."""
    step, rest = path[0], path[1:]
    if isinstance(record, tuple):
        index = int(step)
        before = record[index] if index < len(record) else _empty_item(name)
        after = _with(before, rest, new) if rest else new
        items: Any = (*record[:index], *(() if after is None else (after,)), *record[index + 1 :])
        return items  # type: ignore[no-any-return]  # a tuple as it was
    if isinstance(record, dict):
        after = _with(record.get(step, _EMPTY.get(name)), rest, new) if rest else new
        mapped: Any = {key: value for key, value in record.items() if key != step or after is not None}
        if after is not None:
            mapped[step] = after
        return mapped  # type: ignore[no-any-return]  # a mapping as it was
    inner = getattr(record, str(step))
    if rest:
        return _replaced(record, str(step), _with(inner, rest, new, str(step)))
    return _replaced(record, str(step), _leaf(inner, new))


def _leaf(before: object, new: object) -> object:
    if isinstance(before, Cell):
        return replace(before, value=new)
    if new is None and isinstance(before, tuple | dict):
        return type(before)()
    return new


def _replaced(record: _Record, name: str, value: object) -> _Record:
    holder: Any = record
    changed: _Record = replace(holder, **{name: value})
    return changed


def _empty_item(name: str) -> Any:  # noqa: ANN401  # each list has its own records
    return new_row(name) if name in TABLES else _EMPTY[name]
