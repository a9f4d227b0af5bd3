"""Counting in business days of the SEC.

Sources: Exchange Act Section 16(a)(2)(C) ("second business day"), Rule 16a-3(g) (deemed execution), Rule 0-3. Which
days are business days is not known here: it comes in as a calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Protocol

__all__ = ["BusinessDays", "plus_business_days"]

_NEXT: Final = timedelta(days=1)


class BusinessDays(Protocol):
    """Which days count."""

    def is_business_day(self, day: date) -> bool:
        """Whether this day counts towards a deadline."""


def plus_business_days(day: date, count: int, calendar: BusinessDays) -> date:
    """The ``count``-th business day after ``day``, which itself never counts, business day or not.

    ``count`` is at least 1; 0 gives the day itself.
    """
    found = 0
    while found < count:
        day += _NEXT
        found += calendar.is_business_day(day)
    return day
