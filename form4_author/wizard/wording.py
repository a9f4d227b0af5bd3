"""Values as a filer reads them: dates with their weekday, amounts with separators, codes with their meaning, names."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.model.field import Kind
from form4_author.model.filing import cell_names
from form4_author.model.label import caption, column_of, field_at
from form4_author.text import amount, day, dollars, grouped
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import cells, rows
from form4_author.wizard.screen import AnswerKind, Prompt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.findings import Path
    from form4_author.model.draft import Draft, Value
    from form4_author.model.table import Row

__all__ = [
    "PRICES",
    "WIDTH",
    "cell_name",
    "cell_places",
    "day_words",
    "entered",
    "fold",
    "line",
    "line_name",
    "line_row",
    "lines",
    "money_words",
    "note_marks",
    "number_words",
    "shown",
    "shown_cell",
    "us_dates",
    "us_day",
    "whole_words",
]

WIDTH: Final = 78
"""Columns that a line of ours may take: 80, less the last two, where some terminals wrap early."""


def day_words(text: str) -> str:
    """``Fri 11/01/2024`` for ``2024-11-01``; anything else as it is."""
    try:
        return day(text).strftime("%a %m/%d/%Y")
    except MalformedValue:
        return text


def us_day(text: str) -> str:
    """``11/01/2024`` for ``2024-11-01``; anything else as it is."""
    try:
        return day(text).strftime("%m/%d/%Y")
    except MalformedValue:
        return text


_ISO: Final = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-]|\.\w)")


def us_dates(text: str) -> str:
    """The text with its days as the screens write them: ``11/05/2024`` for ``2024-11-05``."""
    return _ISO.sub(r"\2/\3/\1", text)


def number_words(text: str) -> str:
    """``7,007`` for ``7007``; anything else as it is."""
    try:
        return grouped(amount(text))
    except MalformedValue:
        return text


def shown(value: Value, kind: Kind | None) -> str:
    """A value of the draft in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if not isinstance(value, str):
        return ""
    if kind is Kind.DATE:
        return day_words(value)
    if kind is Kind.NUMBER:
        return number_words(value)
    if kind is Kind.FLAG:
        return {"yes": "Yes", "no": "No", "true": "Yes", "1": "Yes", "false": "No", "0": "No"}.get(
            value, value
        )
    return " ".join(value.split())


def entered(value: Value, prompt: Prompt) -> str:
    """An answer in words, by how it was read."""
    if isinstance(value, str) and prompt.entry.is_day:
        return day_words(value)
    if isinstance(value, str) and prompt.entry.is_number:
        return money_words(value) if prompt.field and prompt.field.name in PRICES else number_words(value)
    confirmed = prompt.kind is AnswerKind.CONFIRM
    return shown(value, Kind.FLAG if confirmed else prompt.field.kind if prompt.field else None)


def shown_cell(draft: Draft, path: Path) -> str:
    """One cell with its footnote marks; ``(empty)`` when there is nothing."""
    field = field_at(path)
    value = draft.value(path)
    priced = field is not None and field.name in PRICES and isinstance(value, str)
    words = money_words(str(value)) if priced else shown(value, field.kind if field else None)
    marks = note_marks(draft.cell(path).footnotes)
    return f"{words} {marks}".strip() or "(empty)"


def line_name(path: Path) -> str:
    """``I-2`` for the second line of Table I."""
    return f"{'II' if path[0] == 'derivative' else 'I'}-{int(path[1]) + 1}"


def cell_name(draft: Draft, path: Path) -> str:
    """``I-1  column 4, Price: $121.50``."""
    base = (draft.filing.form or "4")[:1]
    words = caption(path, base)
    return f"{line_name(path)}  {words}: {shown_cell(draft, path)}"


def cell_places(draft: Draft, paths: Iterable[Path]) -> str:
    """``I-2, I-3 col. 4; II-1 col. 8``: the lines of each column, in the order of the form, each once."""
    base = (draft.filing.form or "4")[:1]
    columns: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        columns.setdefault((str(path[0]), column_of(path, base)), []).append(line_name(path))
    return "; ".join(
        f"{', '.join(dict.fromkeys(names))} col. {column}" for (_, column), names in columns.items()
    )


def note_marks(ids: Iterable[str]) -> str:
    """``(1) (2)`` for a cell that refers to F1 and F2."""
    return " ".join(f"({id.removeprefix('F')})" for id in ids)


def fold(text: str, indent: str = "") -> list[str]:
    """The text in lines that fit; the following ones are indented."""
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=True) or [""]


# ---- lines of the tables


def line(table: str, index: int, row: Row) -> str:
    """One row as one reads it aloud: ``I-1  F  Fri 11/01/2024  disposed of 7,007 at $120.34, leaves 232,595 …``."""
    texts = cells(table, row)
    name = f"{'II' if table == 'derivative' else 'I'}-{index + 1}"
    total = number_words(texts.get("amount_owned_following", "?"))
    holding = row_value.line_words(texts)
    if not row.is_transaction:
        # Table II of Form 3 has no column for the amount owned: what underlies a security is its amount.
        held = total if total != "?" else number_words(texts.get("underlying_amount", ""))
        return f"{name}  {f'holding of {held}' if held else 'holding'}  {holding}"
    moved = {"A": "acquired", "D": "disposed of"}.get(texts.get("acquired_disposed", ""), "(A) or (D)?")
    price = money_words(texts.get("price", ""))
    at = f" at {price}" if price else ""
    marks = " ".join(
        dict.fromkeys(
            m for name in cell_names(table, row.kind) if (m := note_marks(getattr(row, name).footnotes))
        )
    )
    return (
        f"{name}  {texts.get('transaction_code', '?')}  {day_words(texts.get('transaction_date', '?'))}  {moved} "
        f"{number_words(texts.get('amount', '?'))}{at}; then {total}  {holding}{f'  {marks}' if marks else ''}"
    )


def line_row(table: str, index: int, row: Row) -> str:
    """One row of the form as a row of a list: ``I-1  11/27/2026 S 5,000 (D) at $121.50  227,595 after``."""
    texts = cells(table, row)
    name, holding = line_name((table, index)), row_value.line_words(texts)
    if not row.is_transaction:
        held = texts.get("amount_owned_following") or texts.get("underlying_amount", "?")
        return f"{name}  {number_words(held)} held  {holding}"
    on, price = day_words(texts.get("transaction_date", "?")).split()[-1], money_words(texts.get("price", ""))
    moved = f"{number_words(texts.get('amount', '?'))} ({texts.get('acquired_disposed', '?')})"
    at = f" at {price}" if price else ""
    total = number_words(texts.get("amount_owned_following", "?"))
    return f"{name}  {on} {texts.get('transaction_code', '?')} {moved}{at}  {total} after  {holding}"


PRICES: Final = ("price", "exercise_price")
"""The columns of what is paid for one share, US dollars."""


def money_words(text: str) -> str:
    """``$51.60`` for ``51.6``, ``$0.00`` for 0, ``$0.3325``; words as they are."""
    try:
        return f"${dollars(amount(text))}"
    except MalformedValue:
        return text


def lines(draft: Draft) -> tuple[str, ...]:
    """Both tables, a line or two for each row."""
    found = [part for table, index, row in rows(draft) for part in fold(line(table, index, row), "       ")]
    return tuple(found)


def whole_words(line: str, width: int) -> list[str]:
    """The line as it is, or broken between words where the terminal would break it anywhere."""
    if len(line) <= width:
        return [line]
    return textwrap.wrap(
        line, width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
