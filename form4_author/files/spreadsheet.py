"""Sheets that people keep: CSV and XLSX, read as texts and written as templates."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.errors import UnreadableInput
from form4_author.files.input import read_bytes
from form4_author.files.output import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from openpyxl import Workbook

__all__ = [
    "Sheet",
    "SheetRow",
    "TemplateColumn",
    "folded",
    "lines_in",
    "plain_cell",
    "sheet_in",
    "write_template",
]

_REMEDY: Final = (
    "Save it as CSV (UTF-8) or XLSX; form4 batch --template grants -o grants.csv writes one to fill in"
)
_BOOKS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: packed, as XLSX and ODS are, and those of old."""
_LARGEST_BOOK: Final = 40 * 1024 * 1024
"""Bytes of a workbook unpacked; one of two hundred rows has a twentieth of one such megabyte."""
_MOST_ROWS: Final = 10_000
_MOST_COLUMNS: Final = 500
_MOST_PARTS: Final = 1_000
"""Files in a workbook; one with two pages has fifteen."""
_LARGEST_LINES: Final = 20 * 1024 * 1024
"""Bytes of a CSV file."""
_TOO_MANY_ROWS: Final = f"The sheet has more than {_MOST_ROWS:,} rows"

_Faults = dict[tuple[int, int], str]
"""What is wrong with cells, by row and column, both from 1 on."""


class Sheet(NamedTuple):
    """What a sheet holds below its headings."""

    rows: tuple[SheetRow, ...]
    headings: Mapping[str, str]
    """Where each column is and how it is headed, by the heading as rows have it: ``C, Trade date``."""
    encoding_note: str = ""
    """In which encoding it was read, where that had to be guessed."""

    def place(self, row: int, column: str) -> str:
        """A cell as a spreadsheet program names it, with its heading; the row alone where there is no such column."""
        letter, _, heading = self.headings.get(column, "").partition(", ")
        return f"{letter}{row}, {heading}" if letter else f"row {row}, {column}"


def sheet_in(file: str, names: Mapping[str, str] = MappingProxyType({})) -> Sheet:
    """The rows of a sheet that hold something; the first row is the heading.

    ``names``: the column that a heading stands for, by the heading as ``folded`` has it, where it has another name.

    Raises UnreadableInput when it is no such sheet, or a heading is missing or stands twice.
    """
    lines, faults, encoding_note = _lines(file)
    table = [[_text(value) for value in line] for line in lines]
    headings = _headings(file, table[0] if table else [])
    columns = [names.get(folded(heading), folded(heading)) for heading in headings]
    for number, column in enumerate(columns):
        if column in columns[:number]:
            first = headings[columns.index(column)]
            raise UnreadableInput(
                f'{file}, headings: "{headings[number]}" is the same as "{first}"',
                remedy="Keep one of the two",
            )
    by_row: dict[int, dict[int, str]] = {}
    for (at, column_number), problem in faults.items():
        by_row.setdefault(at, {})[column_number] = problem
    rows = [
        _row(file, number, columns, line, by_row.get(number, {})) for number, line in enumerate(table[1:], 2)
    ]
    places = {
        c: f"{_letter(number)}, {h}" for number, (c, h) in enumerate(zip(columns, headings, strict=True), 1)
    }
    filled_rows = tuple(row for row in rows if row.cells)
    if not filled_rows:
        raise UnreadableInput(f"{file} has no row below its headings", remedy="Fill in a row for each event")
    return Sheet(filled_rows, places, encoding_note)


def lines_in(file: str) -> str:
    """The lines of a sheet that hold something, their cells parted by tabs: as they come when pasted.

    Raises UnreadableInput when it is no sheet, or a cell can't be read.
    """
    lines, faults, _encoding_note = _lines(file)
    if faults:
        (row, column), problem = min(faults.items())
        raise UnreadableInput(f"{file}, {_letter(column)}{row}: {problem}", remedy=_REMEDY)
    found = [[" ".join(_text(value).split()) for value in line] for line in lines]
    return "\n".join("\t".join(line) for line in found if any(line))


def _lines(file: str) -> tuple[Sequence[Sequence[Any]], _Faults, str]:
    """The cells line by line, what is wrong with some, and the encoding where it had to be guessed."""
    try:
        content = read_bytes(file)
    except UnreadableInput as error:
        error.file = file
        raise
    if file.lower().endswith((".xlsx", ".xlsm")) or content.startswith(_BOOKS):
        lines, faults = _workbook(file, content)
        return lines, faults, ""
    lines, encoding_note = _csv(file, content)
    return lines, {}, encoding_note


def _headings(file: str, first: list[str]) -> list[str]:
    headings = [" ".join(heading.split()) for heading in first]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise UnreadableInput(f"{file} is empty: its first row should hold the headings", remedy=_REMEDY)
    names = [folded(heading) for heading in headings]
    for number, heading in enumerate(headings, 1):
        if not heading or names.count(folded(heading)) > 1:
            what = f'"{heading}" stands twice' if heading else f"column {_letter(number)} has none"
            raise UnreadableInput(f"{file}, headings: {what}", remedy=_REMEDY)
    return headings


def _row(
    file: str, number: int, names: Sequence[str], line: Sequence[str], faults: dict[int, str]
) -> SheetRow:
    for column, text in enumerate(line[len(names) :], len(names) + 1):
        if text:
            raise UnreadableInput(
                f'{file}, {_letter(column)}{number}: "{text}" is below no heading', remedy=_REMEDY
            )
    return SheetRow(
        number=number,
        cells={name: text for name, text in zip(names, line, strict=False) if text},
        faults={names[c - 1]: problem for c, problem in faults.items() if c <= len(names)},
    )


def _letter(column: int) -> str:
    """The letters of a column: A, B … Z, AA."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


# ---- CSV


def _csv(file: str, content: bytes) -> tuple[Sequence[Sequence[Any]], str]:
    """The lines, and the encoding where it had to be guessed."""
    if len(content) > _LARGEST_LINES:
        raise UnreadableInput(
            f"{file} is larger than {_LARGEST_LINES:,} bytes", remedy="Divide it into several files"
        )
    text, encoding_note = _decoded(file, content)
    heading = next(iter(text.splitlines()), "")
    delimiter = max(",;\t", key=heading.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True)
        lines = [
            [_meant(cell) for cell in _within_bounds(file, line)] for line in islice(reader, _MOST_ROWS + 2)
        ]
    except csv.Error as error:
        raise UnreadableInput(f"{file} is not a CSV file: {error}", remedy=_REMEDY) from None
    if len(lines) > _MOST_ROWS + 1:
        raise UnreadableInput(f"{file}: {_TOO_MANY_ROWS}", remedy="Divide it into several files")
    return lines, encoding_note


def _within_bounds(file: str, line: list[str]) -> list[str]:
    if len(line) > _MOST_COLUMNS:
        raise UnreadableInput(f"{file}: the sheet has more than {_MOST_COLUMNS} columns", remedy=_REMEDY)
    return line


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet program would work out."""


def plain_cell(cell: str) -> str:
    """The cell of a CSV as text: an apostrophe keeps a spreadsheet program from working it out."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _meant(cell: str) -> str:
    """The cell without the apostrophe of ``plain_cell``."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _decoded(file: str, content: bytes) -> tuple[str, str]:
    """The text: as its first bytes say, else UTF-8, else as Excel writes CSV on Windows, which is reported."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding, label in (
        *((("utf-16", "UTF-16"),) if wide else (("utf-8-sig", ""),)),
        ("cp1252", "Windows-1252"),
    ):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return (
                text,
                label and f"{file} is not in UTF-8; it was read as {label}. Check names with accents.",
            )
    raise UnreadableInput(f"{file} is not a CSV file in UTF-8", remedy=_REMEDY)


# ---- XLSX


def _workbook(file: str, content: bytes) -> tuple[Sequence[Sequence[Any]], _Faults]:
    """The values of the first sheet that holds any, and the cells whose value it does not have."""
    try:
        _refuse_huge(file, content)
        number, shown = _first_with_values(content)
        return shown, _faults(content, number, shown) if shown else {}
    except (UnreadableInput, MemoryError):
        raise
    except Exception:  # noqa: BLE001  # a damaged book makes the library stumble in any way there is
        raise UnreadableInput(f"{file} is not an XLSX file that can be read", remedy=_REMEDY) from None


def _refuse_huge(file: str, content: bytes) -> None:
    """Raises UnreadableInput for a book that unpacks to more than a sheet of forms ever has."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        size = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS:
        raise UnreadableInput(
            f"{file} holds {len(parts):,} files; at most {_MOST_PARTS:,} are read", remedy=_REMEDY
        )
    if size > _LARGEST_BOOK:
        raise UnreadableInput(
            f"{file} unpacks to {size:,} bytes; at most {_LARGEST_BOOK:,} are read", remedy=_REMEDY
        )


def _first_with_values(content: bytes) -> tuple[int, Sequence[Sequence[Any]]]:
    """Which sheet of the book is the first that holds values, from 0 on, and its lines."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for number, sheet in enumerate(book.worksheets):
        sheet.reset_dimensions()
        values = sheet.iter_rows(values_only=True, max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS)
        lines = [_trimmed(line) for line in values]
        while lines and not lines[-1]:
            lines.pop()
        if len(lines) > _MOST_ROWS:
            raise UnreadableInput(_TOO_MANY_ROWS, remedy="Divide it into several files")
        if lines:
            return number, lines
    return 0, []


def _trimmed(line: Sequence[Any]) -> Sequence[Any]:
    """The line without the blank cells at its end."""
    last = max((n for n, value in enumerate(line, 1) if value is not None), default=0)
    return line[:last]


def _faults(content: bytes, number: int, shown: Sequence[Sequence[Any]]) -> _Faults:
    """Cells that look filled in and have no value here: formulas never worked out, and those merged with another."""
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[number]
    sheet.reset_dimensions()
    last_row, last_column = len(shown), max((len(line) for line in shown), default=0)
    found: _Faults = {}
    for row, line in enumerate(sheet.iter_rows(max_row=last_row, max_col=last_column), 1):
        for column, cell in enumerate(line, 1):
            cells = shown[row - 1][column - 1 : column]
            if cell.data_type == "f" and (not cells or cells[0] is None):
                found[row, column] = (
                    f'"{cell.value}" has no value yet: open the sheet in a spreadsheet program and save it,'
                    " or type the value"
                )
    return found | _merged(_merged_places(content, number), last_row, last_column)


def _merged(places: Iterable[str], last_row: int, last_column: int) -> _Faults:
    """The cells merged with another, of those that the lines have; no cell is made for the others.

    Raises UnreadableInput where they cover one another, as no spreadsheet program writes them.
    """
    from openpyxl.utils.cell import range_boundaries

    found: _Faults = {}
    covered = 0
    for place in places:
        left, top, right, bottom = (n or 1 for n in range_boundaries(place))
        first = f"{_letter(left)}{top}"
        rows, columns = range(top, min(bottom, last_row) + 1), range(left, min(right, last_column) + 1)
        covered += len(rows) * len(columns)
        if covered > last_row * last_column:
            raise UnreadableInput(
                "Merged cells of the sheet overlap", remedy="Unmerge them and save it again"
            )
        for row in rows:
            for column in columns:
                if (row, column) != (top, left):
                    found[row, column] = f"is merged with {first}: unmerge the cells and fill in each"
    return found


def _merged_places(content: bytes, number: int) -> list[str]:
    """What the sheet says is merged, such as ``A1:C1``: openpyxl would make a cell for each of them."""
    import zipfile
    from xml.parsers import expat  # the bounds of the book were looked at; entities are refused

    from openpyxl import load_workbook

    sheet: Any = load_workbook(io.BytesIO(content), read_only=True).worksheets[number]
    found: list[str] = []

    def started(name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(" ")[2] == "mergeCell":
            found.append(attributes.get("ref", ""))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = started
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parser.Parse(packed.read(sheet._worksheet_path), True)  # noqa: SLF001  # its only name for the part
    return found


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
        number = Decimal(f"{value:.15g}")  # as many digits as a spreadsheet program shows
        return format(number.to_integral_value() if number == number.to_integral_value() else number, "f")
    return str(value).strip()


# ---- templates


class TemplateColumn(NamedTuple):
    """A column of a template."""

    name: str
    """As rows have it, and as a CSV is headed."""
    about: str
    """What it is for: a comment beside the heading of an XLSX."""
    heading: str = ""
    """The heading in an XLSX, where it has another than the name."""
    choices: tuple[str, ...] = ()
    """What its list offers in an XLSX; other texts may be typed."""


def write_template(
    path: Path, columns: Sequence[TemplateColumn], rows: Iterable[Mapping[str, str]] = ()
) -> None:
    """A sheet with these columns and rows; an XLSX says beside each heading what the column is for."""
    lines = [[row.get(column.name, "") for column in columns] for row in rows]
    if path.suffix.lower() != ".xlsx":
        text = io.StringIO()
        csv.writer(text).writerows(
            [[column.name for column in columns], *([plain_cell(cell) for cell in line] for line in lines)]
        )
        write_bytes(path, text.getvalue().encode("utf-8-sig" if lines else "utf-8"))
        return
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.worksheets[0]
    for number, column in enumerate(columns, 1):
        heading = column.heading or column.name
        cell = sheet.cell(row=1, column=number, value=heading)
        cell.comment = Comment(column.about, "form4")
        widest = max((len(line[number - 1]) for line in lines), default=0)
        sheet.column_dimensions[_letter(number)].width = max(len(heading), widest) + 3
        for row, line in enumerate(lines, 2):
            if line[number - 1]:
                sheet.cell(row=row, column=number, value=line[number - 1]).data_type = "s"  # never a formula
    _add_lists(book, columns)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    write_bytes(path, stream.getvalue())


def _add_lists(book: Workbook, columns: Sequence[TemplateColumn]) -> None:
    """A list to choose from in each column that has choices; they are on a hidden page, for they may have commas."""
    from openpyxl.worksheet.datavalidation import DataValidation

    chosen = [(_letter(n), column.choices) for n, column in enumerate(columns, 1) if column.choices]
    if not chosen:
        return
    sheet, page = book.worksheets[0], book.create_sheet("Lists")
    page.sheet_state = "hidden"
    for number, (letter, choices) in enumerate(chosen, 1):
        for row, choice in enumerate(choices, 1):
            page.cell(row=row, column=number, value=choice).data_type = "s"
        place = f"Lists!${_letter(number)}$1:${_letter(number)}${len(choices)}"
        offered = DataValidation(type="list", formula1=place, allow_blank=True, showErrorMessage=False)
        offered.add(f"{letter}2:{letter}{_MOST_ROWS}")
        sheet.add_data_validation(offered)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One line of the sheet that holds something."""

    number: int
    """In the file, where the heading is 1."""
    cells: Mapping[str, str]
    """By heading as ``folded`` has it; blank cells are left out."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """By heading: why a cell could not be read as it is meant."""


def folded(heading: str) -> str:
    """A heading as it is compared: without its case, with one _ for spaces."""
    return "_".join(heading.casefold().split())
