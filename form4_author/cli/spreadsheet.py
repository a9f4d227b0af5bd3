"""Sheets that people keep: CSV and XLSX, read as texts and written as templates."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.intake import read_bytes
from form4_author.errors import UnreadableInput
from form4_author.store import write_bytes
from form4_author.wizard.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["lines_in", "rows_in", "write_template"]

_REMEDY = "Save it as CSV (UTF-8) or XLSX; form4 batch --template grants -o grants.csv writes one to fill in"


def rows_in(file: str) -> tuple[Row, ...]:
    """The rows of a sheet that hold something; the first row is the heading.

    Raises UnreadableInput when it is no such sheet, or a heading is missing or stands twice.
    """
    table = _table(file)
    headings = table[0] if table else []
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise UnreadableInput(f"{file} is empty: its first row should hold the headings", remedy=_REMEDY)
    for column, heading in enumerate(headings, 1):
        if not heading or headings.count(heading) > 1:
            what = f'"{heading}" stands twice' if heading else f"column {column} has none"
            raise UnreadableInput(f"{file}, headings: {what}", remedy=_REMEDY)
    rows = []
    for number, line in enumerate(table[1:], 2):
        beyond = [text for text in line[len(headings) :] if text]
        if beyond:
            raise UnreadableInput(
                f'{file}, row {number}: "{beyond[0]}" stands below no heading', remedy=_REMEDY
            )
        cells = {heading: text for heading, text in zip(headings, line, strict=False) if text}
        if cells:
            rows.append(Row(number=number, cells=cells))
    return tuple(rows)


def lines_in(file: str) -> str:
    """The lines of a sheet that hold something, their cells parted by tabs: as they come when pasted.

    Raises UnreadableInput when it is no sheet.
    """
    found = [[" ".join(cell.split()) for cell in line] for line in _table(file)]
    return "\n".join("\t".join(line) for line in found if any(line))


def _table(file: str) -> list[list[str]]:
    lines = _xlsx(file) if file.lower().endswith(".xlsx") else _csv(file)
    return [[_text(value) for value in line] for line in lines]


def _csv(file: str) -> list[list[object]]:
    try:
        text = read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableInput(f"{file} is not a CSV file in UTF-8", remedy=_REMEDY) from None
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        return [list(line) for line in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise UnreadableInput(f"{file} is not a CSV file: {error}", remedy=_REMEDY) from None


def _xlsx(file: str) -> Iterable[Sequence[object]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    data = read_bytes(file)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [list(line) for line in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError):
        raise UnreadableInput(f"{file} is not an XLSX file that can be read", remedy=_REMEDY) from None


def _text(value: object) -> str:
    """A cell as it would be typed: dates as 2026-11-23, numbers in full."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        number = Decimal(repr(value))
        return format(number.to_integral_value() if number == number.to_integral_value() else number, "f")
    return str(value).strip()


def write_template(path: Path, columns: Mapping[str, str]) -> None:
    """A sheet with these headings; an XLSX tells beside each heading what the column is for."""
    if path.suffix.lower() != ".xlsx":
        text = io.StringIO()
        csv.writer(text).writerow(columns)
        write_bytes(path, text.getvalue().encode())
        return
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.worksheets[0]
    for number, (heading, about) in enumerate(columns.items(), 1):
        cell = sheet.cell(row=1, column=number, value=heading)
        cell.comment = Comment(about, "form4")
    made = io.BytesIO()
    book.save(made)
    write_bytes(path, made.getvalue())
