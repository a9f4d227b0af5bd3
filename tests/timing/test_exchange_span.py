"""The spans of the year in which the exchange has holidays, held against the library that knows them."""

from __future__ import annotations

import os
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import holidays

from form4_author import codes
from form4_author.timing.calendar import sec_calendar

_TABLE: Final = Path(codes.__file__).parent / "exchange_span.csv"
_YEARS: Final = range(2004, 2051)
_APART: Final = timedelta(days=3)
"""Holidays that lie this near to each other are in one span."""


def closed() -> set[date]:
    return {day for year in _YEARS for day in holidays.financial_holidays("NYSE", years=year)}


def spans() -> list[str]:
    """The lines of the table, by the library."""
    days = sorted({date(2000, day.month, day.day) for day in closed()})
    first = [days[0], *(later for day, later in pairwise(days) if later - day > _APART)]
    last = [*(day for day, later in pairwise(days) if later - day > _APART), days[-1]]
    return [f"{begin:%m-%d},{end:%m-%d}" for begin, end in zip(first, last, strict=True)]


def test_the_spans_are_those_of_the_library() -> None:
    comments = [line for line in _TABLE.read_text("ascii").splitlines() if line.startswith("#")]
    if os.environ.get("FORM4_UPDATE_GOLDEN"):
        _TABLE.write_text("\n".join([*comments, "first,last", *spans()]) + "\n", "ascii")

    assert _TABLE.read_text("ascii").splitlines() == [*comments, "first,last", *spans()]


def test_no_holiday_lies_outside_them() -> None:
    """The calendar asks the library only inside a span: each holiday is one all the same."""
    assert [str(day) for day in sorted(closed()) if sec_calendar().is_trading_day(day)] == []
