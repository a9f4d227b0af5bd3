"""The display rules, value by value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from form4_author.model.table import Cell
from form4_author.page.display import (
    Printed,
    date_text,
    marks,
    number_text,
    printed_date,
    printed_number,
    printed_text,
)
from form4_author.text import ZonedDate


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("0", "0"),
        ("0.0000", "0"),
        ("00", "0"),
        ("7", "7"),
        ("232595", "232,595"),
        ("999999999999.9999", "999,999,999,999.9999"),
        ("120.34", "120.34"),
        # Exactly one decimal gets a second one; none other is added.
        ("84.6", "84.60"),
        ("472.0", "472.00"),
        ("1234.5", "1,234.50"),
        # Zeros at the end go.
        ("21.50", "21.5"),
        ("472.00", "472"),
        ("100", "100"),
        ("1.2500", "1.25"),
        # Never more than four decimals, halves to even.
        ("0.12345", "0.1234"),
        ("0.12355", "0.1236"),
        ("0.00004", "0"),
        ("-1500.25", "-1,500.25"),
        # More digits than a form takes are shown as they are: the page of a draft that is blocked.
        ("9" * 30, ",".join(["999"] * 10)),
    ],
)
def test_numbers_are_grouped_and_have_at_most_four_decimals(written: str, printed: str) -> None:
    assert number_text(Decimal(written)) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (date(2024, 11, 1), "11/01/2024"),
        (date(988, 2, 3), "02/03/0988"),
        (ZonedDate.of(date(2023, 6, 29), "-05:00"), "06/29/2023"),
        (None, ""),
    ],
)
def test_dates_are_month_day_year_without_a_time_zone(value: date | None, printed: str) -> None:
    assert date_text(value) == printed


def test_marks_are_the_footnotes_numbers() -> None:
    assert marks(("F1", "F12", "X")) == ("1", "12", "X")


@pytest.mark.parametrize(
    ("cell", "dollars", "plain"),
    [
        (Cell(Decimal("120.34")), True, "$120.34"),
        (Cell(Decimal(0)), True, "$0.00"),
        (Cell(Decimal("21.50")), True, "$21.50"),
        (Cell(Decimal(472)), True, "$472.00"),
        (Cell(Decimal("1234.5")), True, "$1,234.50"),
        (Cell(Decimal("0.3325")), True, "$0.3325"),
        (Cell(Decimal("12.505000")), True, "$12.505"),
        (Cell(Decimal("0.00004")), True, "$0.00"),
        (Cell(Decimal(7007), ("F1", "F2")), False, "7,007 (1) (2)"),
        (Cell(Decimal("84.6"), ("F3",)), True, "$84.60 (3)"),
        (Cell(None, ("F3",)), True, "(3)"),
        (Cell(None), True, ""),
    ],
)
def test_a_number_cell_is_sign_number_and_marks(cell: Cell[Decimal], dollars: bool, plain: str) -> None:
    assert printed_number(cell, dollars=dollars).plain == plain


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (Cell("Common Stock", ("F1",)), Printed("Common Stock", ("1",))),
        (Cell(None, ("F2",)), Printed("", ("2",))),
        # The stylesheets format a title that is a number as a number.
        (Cell("2500"), Printed("2,500")),
        (Cell("7.5"), Printed("7.50")),
        (Cell("7.5% Notes"), Printed("7.5% Notes")),
        (Cell("-5"), Printed("-5")),
        (Cell("1.2.3"), Printed("1.2.3")),
    ],
)
def test_a_text_cell_is_printed_as_it_stands_unless_it_is_a_number(cell: Cell[str], printed: Printed) -> None:
    assert printed_text(cell) == printed


def test_a_date_cell_may_hold_only_a_mark() -> None:
    assert printed_date(Cell(date(2029, 3, 1), ("F2",))) == Printed("03/01/2029", ("2",))
    assert printed_date(Cell(None, ("F2",))).plain == "(2)"
    assert printed_date(Cell()).plain == ""
