"""Less than six months: the last day that matches and the first that does not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form4_author.shortswing.window import LONGEST, Window, days_to_mark, matches, window

_DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("earlier", "mark", "last", "safe"),
    [
        ("2026-01-01", "2026-07-01", "2026-06-29", "2026-06-30"),
        ("2026-01-15", "2026-07-15", "2026-07-13", "2026-07-14"),
        ("2026-02-02", "2026-08-02", "2026-07-31", "2026-08-01"),
        ("2025-10-01", "2026-04-01", "2026-03-30", "2026-03-31"),
        ("2026-08-31", "2027-02-28", "2027-02-26", "2027-02-27"),
        ("2023-08-30", "2024-02-29", "2024-02-27", "2024-02-28"),
        ("2026-12-31", "2027-06-30", "2027-06-28", "2027-06-29"),
    ],
)
def test_the_six_months_of_a_trade(earlier: str, mark: str, last: str, safe: str) -> None:
    found = window(date.fromisoformat(earlier))

    assert found == Window(date.fromisoformat(earlier), date.fromisoformat(mark))
    assert (found.last_matching.isoformat(), found.first_safe.isoformat()) == (last, safe)
    assert matches(found.opened, found.last_matching)
    assert not matches(found.opened, found.first_safe)


def test_the_calendar_ends() -> None:
    assert window(date(9999, 7, 1)) == Window(date(9999, 7, 1), date.max)


@given(_DAYS, _DAYS)
def test_which_came_first_is_indifferent(one: date, other: date) -> None:
    assert matches(one, other) == matches(other, one)
    assert days_to_mark(one, other) == days_to_mark(other, one)


@given(_DAYS)
def test_six_months_have_181_to_184_days(day: date) -> None:
    assert 181 <= (window(day).mark - day).days <= LONGEST
