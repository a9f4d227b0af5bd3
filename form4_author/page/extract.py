"""A row of the form in a terminal: the columns that hold something, under short captions, the cells in question marked.

``^`` marks the cell that a finding is about, ``~`` cells of the same row that it is compared with. Columns that do not
fit beside each other continue below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from form4_author.model.label import field_at
from form4_author.page.view import short_columns, table_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.page.display import Printed

__all__ = ["row_extract"]

_GAP: Final = "  "
_LONGEST: Final = 28
"""Characters of a cell; more of it is cut, marked by three dots."""
_BLANK: Final = "____"
_BASES: Final = "345"


@dataclass(frozen=True, slots=True)
class _Cell:
    heading: str
    text: str
    mark: str

    @property
    def width(self) -> int:
        return max(len(self.text), len(self.heading))


def row_extract(filing: Filing, path: Path, related: Iterable[Path] = (), width: int = 80) -> tuple[str, ...]:
    """The lines that show the row a path is in; none for a path outside the tables or a row that is not there."""
    table, index = (path[0], path[1]) if len(path) > 1 else ("", "")
    if table not in ("non_derivative", "derivative") or not isinstance(index, int):
        return ()
    rows = tuple(table_rows(filing, str(table)))
    if index >= len(rows):
        return ()
    base = filing.base or "4"
    columns = short_columns(str(table), base)
    compared = {other[2] for other in related if other[:2] == path[:2] and len(other) > 2}
    marked = _marked(path[2] if len(path) > 2 else "", columns, rows[index])
    cells = []
    for place, ((short, fields), printed) in enumerate(zip(columns, rows[index], strict=True)):
        mark = "^" if place == marked else "~" if printed.plain and compared.intersection(fields) else ""
        if printed.plain or mark:
            box = _box((table, index, fields[0]), base)
            cells.append(_Cell(f"{box} {short}".strip(), _cut(printed.plain) or _BLANK, mark))
    return tuple(line for band in _bands(cells, width) for line in _drawn(band))


def _marked(
    field: str | int, columns: Sequence[tuple[str, tuple[str, ...]]], row: Sequence[Printed]
) -> int | None:
    """The column to mark: of several that may show the field, the first that holds something."""
    places = [place for place, (_short, fields) in enumerate(columns) if field in fields]
    return next(iter([p for p in places if row[p].plain] or places), None)


def _box(path: Path, base: str) -> str:
    """The column's number on the form."""
    field = field_at(path)
    return field.boxes[_BASES.index(base)] if field is not None else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3].rstrip()}..."


def _bands(cells: Sequence[_Cell], width: int) -> list[list[_Cell]]:
    """The cells in as many bands as it takes for each to fit the width."""
    bands: list[list[_Cell]] = [[]]
    used = 0
    for cell in cells:
        if bands[-1] and used + cell.width > width:
            bands.append([])
            used = 0
        bands[-1].append(cell)
        used += cell.width + len(_GAP)
    return bands


def _drawn(band: Sequence[_Cell]) -> list[str]:
    """Captions, values and marks of a band; no line of marks where nothing is marked."""
    lines = (
        [cell.heading for cell in band],
        [cell.text for cell in band],
        [cell.mark * len(cell.text) for cell in band],
    )
    drawn = [
        _GAP.join(text.ljust(cell.width) for text, cell in zip(line, band, strict=True)).rstrip()
        for line in lines
    ]
    return drawn if drawn[-1] else drawn[:-1]
