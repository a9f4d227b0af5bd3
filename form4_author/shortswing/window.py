"""The six months of Section 16(b).

"Any period of less than six months": the day of the earlier trade counts, so that from day D to the day before D's
sixth monthly return is exactly six months, and "less than" takes one more day away (*Stella v. Graham-Paige*,
*Colonial Realty v. MacWilliams*; general knowledge of case law). It works both ways: which trade came first is
indifferent.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

__all__ = ["LONGEST", "Window", "days_to_mark", "matches", "window"]

LONGEST: Final = 184
"""Days that six months have at most: trades further apart cannot match."""
_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class Window:
    """The six months from an earlier trade."""

    opened: date
    """The day of the earlier trade."""
    mark: date
    """The same day six months later, or the last day of that month where it has no such day."""

    @property
    def last_matching(self) -> date:
        """The last day on which a later trade matches."""
        return self.mark - timedelta(days=2)

    @property
    def first_safe(self) -> date:
        """The first day on which it no longer does."""
        return self.mark - timedelta(days=1)


def window(earlier: date) -> Window:
    """The window that a trade on this day opens."""
    months = earlier.year * 12 + earlier.month - 1 + _MONTHS
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        return Window(earlier, date.max)
    return Window(earlier, date(year, month, min(earlier.day, monthrange(year, month)[1])))


def days_to_mark(one: date, other: date) -> int:
    """How many days before the six-month mark the later of two trades was made; negative when after it."""
    return (window(min(one, other)).mark - max(one, other)).days


def matches(one: date, other: date) -> bool:
    """Whether trades on these days are within less than six months of each other."""
    return days_to_mark(one, other) >= 2
