"""The names of lines in drafts of earlier versions: what each part is, also where a text has the sign between them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from form4_author.ledger.former_key import former_lines, is_former
from form4_author.ledger.line import LineKey

LAST = date(2031, 5, 1)


def line_1(title: str, form: str = "D", nature: str = "") -> LineKey:
    return LineKey(table="non_derivative", title=title, form=form, nature=nature)


def line_2(**parts: Any) -> LineKey:
    return LineKey(**{"table": "derivative", "title": "stock option", "form": "D", **parts})


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("non_derivative | common stock, par value $0.01 | d | ", line_1("common stock")),
        ("non_derivative | common stock | i | by spouse", line_1("common stock", "I", "by spouse")),
        ("non_derivative | units | class a | d | ", line_1("unit | class a")),
        (
            "non_derivative | common stock | i | by trust | second",
            line_1("common stock", "I", "by trust | second"),
        ),
        ("non_derivative | a | d | common stock | d | ", line_1("a | d | common stock")),
    ],
)
def test_a_line_of_table_1(name: str, line: LineKey) -> None:
    assert former_lines(name) == (line,)


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("d |  | 12.5 | 2031-05-01 | 2031-05-01", line_2(price=Decimal("12.5"), expiration=LAST)),
        (
            "d |  | 1.2e+2 | 2031-05-01 | 2026-05-01 | 2031-05-01",
            line_2(price=Decimal(120), expiration=LAST, terms=("2026-05-01", "")),
        ),
        ("d |  |  | ", line_2()),
        ("i | by trust |  | ", line_2(form="I", nature="by trust")),
        (
            "i | by trust | second | 5 |  | one | two",
            line_2(form="I", nature="by trust | second", price=Decimal(5), terms=("one | two", "")),
        ),
    ],
)
def test_a_line_of_table_2(rest: str, line: LineKey) -> None:
    assert former_lines(f"derivative | stock option | {rest}")[0] == line


def test_terms_in_words_without_a_day_may_be_of_either_cell() -> None:
    found = former_lines("derivative | stock option | d |  | 5 |  | vests in four years")

    assert [line.terms for line in found] == [("vests in four years", ""), ("", "vests in four years")]


@pytest.mark.parametrize(
    "name",
    [
        "I / common stock / D",
        "non_derivative | common stock",
        "non_derivative | common stock | d | by spouse",
        "derivative | stock option | d |  | twelve | ",
        "derivative | stock option | d |  | 5 | 2031-02-30",
        "derivative | stock option | d | by spouse | 5 | ",
        "derivative | stock option | d | ",
    ],
)
def test_what_is_no_such_name_is_of_no_line(name: str) -> None:
    assert former_lines(name) == ()


def test_a_present_name_is_told_from_a_former_one() -> None:
    line = line_2(price=Decimal("12.5"), expiration=LAST)

    assert (is_former(str(line)), is_former("derivative | stock option | d |  | 12.5 | 2031-05-01")) == (
        False,
        True,
    )
    assert is_former("non_derivative") is False
