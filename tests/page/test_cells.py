"""What stands in every cell of Table I and II, beside what the SEC's own sample stylesheets print for real filings."""

from __future__ import annotations

import json
import lzma
import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from form4_author.page.html import page_html
from form4_author.page.view import PageStatus, table_rows
from form4_author.wire.read import read_document
from tests.wire.test_roundtrip import EACH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from form4_author.model.filing import Filing

_DOCUMENTS = 6060
_TABLES = (("non_derivative", "table1", "table-1"), ("derivative", "table2", "table-2"))

_Cell = tuple[str, str, int, int]
"""Accession number, table, row, column."""

# The stylesheets misread two spellings that are valid in the XML (ownership-xml.md, section 5). Ours print what the
# filing says: the day without its time zone, and /K for an equity swap however "true" is spelled.
_ZONE = "the stylesheet cuts the date at its hyphens and keeps the time zone in the middle"
_SPELLING = (
    'the stylesheet shows /K only for an equitySwapInvolved spelled "1", and this one is spelled "true"'
)
_DIFFERENCES: dict[_Cell, tuple[str, str, str]] = {
    ("0001477932-23-005022", "table1", 0, 1): ("06/29/2023", "06/29-05:00/2023", _ZONE),
    ("0001477932-23-005022", "table2", 0, 2): ("06/29/2023", "06/29-05:00/2023", _ZONE),
    ("0001477932-23-005023", "table1", 0, 1): ("06/29/2023", "06/29-05:00/2023", _ZONE),
    ("0001477932-23-005023", "table2", 0, 2): ("06/29/2023", "06/29-05:00/2023", _ZONE),
    ("0f2ae0c647745882", "table2", 0, 4): ("J/K(6)", "J(6)", _SPELLING),
    ("0f2ae0c647745882", "table2", 1, 4): ("J/K(7)", "J(7)", _SPELLING),
}


@pytest.fixture(scope="module")
def sheets(shared: Path) -> dict[str, dict[str, Any]]:
    """What the stylesheets print, by accession number."""
    with lzma.open(shared / "corpus" / "sec-cells.jsonl.xz", "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines if line.strip()]
    return {sheet["file"].removesuffix(".xml"): sheet for sheet in read}


@pytest.fixture(scope="module", params=EACH)
def filings(
    corpus: tuple[tuple[str, bytes], ...], sheets: dict[str, dict[str, Any]], request: pytest.FixtureRequest
) -> tuple[tuple[str, Filing], ...]:
    """Every filing, or some of them and those that differ."""
    different = {cell[0] for cell in _DIFFERENCES}
    listed = [(name, data) for name, data in corpus if name in sheets]
    assert len(listed) == _DOCUMENTS
    return tuple(
        (name, read_document(data).filing)
        for place, (name, data) in enumerate(listed)
        if place % request.param == 0 or name in different
    )


_DOLLARS = re.compile(r"\$([0-9,]+)(?:\.([0-9]+))?")


def _money(cells: Iterable[str]) -> list[str]:
    """The stylesheets print $21.5 for a price written 21.50, $472 and $0: ours have two decimals at least."""
    return [_DOLLARS.sub(lambda m: f"${m[1]}.{m[2] or '':0<2}", cell, count=1) for cell in _bare(cells)]


def _bare(cells: Iterable[str]) -> list[str]:
    """Spacing around ``$`` and marks differs between the stylesheets' editions and means nothing."""
    return ["".join(cell.split()) for cell in cells]


def _compared(
    name: str, key: str, ours: list[list[str]], theirs: list[list[str]]
) -> dict[_Cell, tuple[str, str]]:
    assert [len(row) for row in ours] == [len(row) for row in theirs], f"{name}: rows and columns of {key}"
    return {
        (name, key, i, j): (mine, sec)
        for i, (row, other) in enumerate(zip(ours, theirs, strict=True))
        for j, (mine, sec) in enumerate(zip(row, other, strict=True))
        if mine != sec
    }


def test_the_cells_of_every_filing_are_those_of_the_secs_stylesheets(
    filings: tuple[tuple[str, Filing], ...], sheets: dict[str, dict[str, Any]]
) -> None:
    found: dict[_Cell, tuple[str, str]] = {}
    for name, filing in filings:
        for table, key, _ in _TABLES:
            ours = [_bare(cell.plain for cell in row) for row in table_rows(filing, table)]
            found |= _compared(name, key, ours, [_money(row) for row in sheets[name][key]])
    assert found == {cell: (ours, sec) for cell, (ours, sec, _why) in _DIFFERENCES.items()}


def test_each_row_of_the_page_is_one_tr_whose_cells_are_the_printed_columns(
    filings: tuple[tuple[str, Filing], ...], sheets: dict[str, dict[str, Any]]
) -> None:
    found: dict[_Cell, tuple[str, str]] = {}
    different = {cell[0] for cell in _DIFFERENCES}
    # Every eighth filing, and those that differ: the cells of all are compared above, here only the page's rows.
    for name, filing in (f for n, f in enumerate(filings) if n % 8 == 0 or f[0] in different):
        page = html.document_fromstring(page_html(filing, status=PageStatus()))
        for _, key, id in _TABLES:
            rows = page.xpath(f"//table[@id='{id}']/tbody/tr[not(@class='none')]")
            ours = [_bare(cell.text_content() for cell in row.xpath("./td")) for row in rows]
            found |= _compared(name, key, ours, [_money(row) for row in sheets[name][key]])
    assert found == {cell: (ours, sec) for cell, (ours, sec, _why) in _DIFFERENCES.items()}
