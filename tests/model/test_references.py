"""The walk over cells that refer to footnotes: the order of the form, and every cell of every kind of row."""

from __future__ import annotations

import pytest

from form4_author.findings import path_text
from form4_author.model.field import Group, Shape, rows_of
from form4_author.model.filing import Filing
from form4_author.model.table import Cell, DerivativeRow, NonDerivativeRow, Row, RowKind
from tests.builders import make_filing


def _walk(filing: Filing) -> list[tuple[str, tuple[str, ...]]]:
    return [(path_text(path), ids) for path, ids in filing.references()]


def test_references_come_in_the_order_of_the_form() -> None:
    filing = make_filing(
        "exercise",
        [
            'derivative[0].transaction_code = {"value": "M", "footnotes": ["F2", "F1"]}',
            'non_derivative[2].nature_of_ownership = {"value": "By Spouse", "footnotes": ["F3"]}',
        ],
    )

    assert _walk(filing) == [
        ("non_derivative[1].amount", ("F1",)),
        ("non_derivative[2].nature_of_ownership", ("F3",)),
        ("derivative[0].transaction_code", ("F2", "F1")),
        ("derivative[0].date_exercisable", ("F2",)),
    ]


def test_filing_without_rows_has_none() -> None:
    assert _walk(Filing()) == []


def _cell_fields(group: Group) -> list[str]:
    names: list[str] = []
    for node in group.nodes:
        if isinstance(node, Group):
            names += _cell_fields(node)
        elif node.shape in (Shape.CELL, Shape.CODING):
            names.append(node.name)
    return names


@pytest.mark.parametrize("table", ["non_derivative", "derivative"])
@pytest.mark.parametrize("kind", ["transaction", "holding"])
def test_no_cell_of_a_row_is_left_out(table: str, kind: RowKind) -> None:
    group = rows_of(table)[0 if kind == "transaction" else 1]
    names = _cell_fields(group)
    record: type[Row] = DerivativeRow if table == "derivative" else NonDerivativeRow
    cells: dict[str, Cell[str]] = {name: Cell(None, (f"F{number}",)) for number, name in enumerate(names, 1)}
    row = record(kind=kind, **cells)  # type: ignore[arg-type]  # a cell without value fits every field

    filing = Filing(**{table: (row,)})  # type: ignore[arg-type]  # the table is named by the parameter

    assert _walk(filing) == [(f"{table}[0].{name}", (f"F{n}",)) for n, name in enumerate(names, 1)]


def test_footnote_texts_keep_the_first_of_an_id_and_leave_out_what_has_none() -> None:
    filing = make_filing(
        edits=[
            'footnotes = [{"id": "F1", "text": "One."}, {"id": "F1", "text": "Two."}, {"text": "x"}, {"id": "F2"}]'
        ]
    )

    assert filing.footnote_texts() == {"F1": "One.", "F2": ""}
