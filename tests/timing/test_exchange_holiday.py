"""The table of the exchange's holidays, checked against the library that computes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import holidays

from form4_author import codes

_TABLE: Final = Path(codes.__file__).parent / "exchange_holiday.csv"
_YEARS: Final = range(2003, 2051)


def _line(year: int) -> str:
    days = sorted(holidays.financial_holidays("NYSE", years=year))
    return f"{year},{' '.join(f'{day:%m-%d}' for day in days)}"


def test_the_table_is_what_the_library_computes() -> None:
    comments = [line for line in _TABLE.read_text("ascii").splitlines() if line.startswith("#")]
    expected = [*comments, "year,days", *map(_line, _YEARS)]
    if os.environ.get("FORM4_UPDATE_GOLDEN"):
        _TABLE.write_text("\n".join(expected) + "\n", "ascii")

    assert _TABLE.read_text("ascii").splitlines() == expected


def test_a_year_of_the_table_does_not_load_the_library_and_any_other_does() -> None:
    code = (
        "import sys\n"
        "from datetime import date\n"
        "from form4_author.timing.calendar import sec_calendar\n"
        "for day in (date(2003, 7, 4), date(2024, 3, 29), date(2050, 7, 4), date(2051, 7, 4)):\n"
        "    print(sec_calendar().is_trading_day(day), 'holidays' in sys.modules)\n"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.splitlines() == ["False False", "False False", "False False", "False True"]
