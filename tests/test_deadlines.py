from __future__ import annotations

from datetime import date, timedelta

import pytest

from form4_author.calendar import sec_calendar
from form4_author.deadlines import plus_business_days


class EveryDay:
    def is_business_day(self, day: date) -> bool:
        return True


def test_zero_business_days_is_the_day_itself() -> None:
    assert plus_business_days(date(2026, 11, 22), 0, EveryDay()) == date(2026, 11, 22)


def test_start_day_never_counts() -> None:
    assert plus_business_days(date(2026, 11, 23), 2, EveryDay()) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        # Worked examples of the reference: trade day, business days, the day counted to.
        ("2026-10-06", 2, "2026-10-08"),
        ("2026-10-09", 2, "2026-10-14"),  # Columbus Day between
        ("2026-10-12", 2, "2026-10-14"),  # on Columbus Day itself
        ("2026-07-01", 2, "2026-07-06"),  # Independence Day observed on the Friday
        ("2026-12-31", 2, "2027-01-05"),
        ("2026-08-01", 2, "2026-08-04"),  # a Saturday
        ("2026-11-19", 3, "2026-11-24"),
        ("2026-11-24", 2, "2026-11-27"),  # Thanksgiving between
        ("2025-01-08", 1, "2025-01-10"),  # the day of mourning between
    ],
)
def test_business_days_of_the_sec(day: str, count: int, due: str) -> None:
    assert plus_business_days(date.fromisoformat(day), count, sec_calendar()) == date.fromisoformat(due)


def test_counted_day_is_a_business_day_and_the_count_is_exact() -> None:
    calendar = sec_calendar()
    for offset in range(366):
        start = date(2026, 1, 1) + timedelta(offset)
        due = plus_business_days(start, 3, calendar)
        between = [start + timedelta(n) for n in range(1, (due - start).days + 1)]
        assert calendar.is_business_day(due)
        assert sum(calendar.is_business_day(day) for day in between) == 3
