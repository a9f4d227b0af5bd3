"""The business days of the SEC: federal holidays by the ``holidays`` library, special closures from a table of ours.

Not the exchanges' calendar: on Columbus Day and Veterans Day shares trade and EDGAR is shut, on Good Friday the other
way round. Sources: 5 U.S.C. 6103; Regulation S-T, Rules 11 and 12; each special closure's own in ``codes/closure.csv``.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.codes import Closure, closures, exchange_holidays, exchange_spans, federal_holidays

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.timing.closed_day import ClosedDay

__all__ = ["SecCalendar", "sec_calendar"]

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
_LONGEST_YEAR: Final = 366
_FEDERAL_HOLIDAYS: Final = "5 U.S.C. 6103"
_CHRISTMAS_KNOWN: Final = 2025
"""The last year whose closings around Christmas are in the table."""
_AROUND_CHRISTMAS: Final = frozenset({(12, 24), (12, 26)})
"""Days on which orders of most recent years closed federal offices, each announced a few days before."""
_NOT_YET_KNOWN: Final = "may be closed by order; not confirmed"
_NOT_YET_ANNOUNCED: Final = "In other years an executive order closed federal offices on this day"


@cache
def _federal_holidays(year: int) -> frozenset[date]:
    """Days of the year on which federal offices are closed, observed days included.

    The library is asked only about a year that the table made from it does not have.
    """
    known = federal_holidays().get(year)
    if known is not None:
        return known
    import holidays

    return frozenset(holidays.country_holidays("US", years=year, observed=True))


@cache
def _exchange_holidays(year: int) -> frozenset[date]:
    """Days of the year on which the New York Stock Exchange does not trade; of the library as in the other table."""
    known = exchange_holidays().get(year)
    if known is not None:
        return known
    import holidays

    return frozenset(holidays.financial_holidays("NYSE", years=year))


def _near_holiday(day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in exchange_spans())


class SecCalendar:
    """Which days EDGAR is open and which count towards a deadline. Loads the holiday library at the first question."""

    def __init__(self) -> None:
        self._added: dict[date, ClosedDay] = {}

    def add(self, days: Iterable[ClosedDay]) -> None:
        """Closed days that the user adds; they take the place of those added before.

        The table goes before them where it is certain that a day is closed: that was looked up.
        """
        self._added = {each.day: each for each in days}

    @property
    def added(self) -> tuple[ClosedDay, ...]:
        """The closed days that the user added, by date."""
        return tuple(self._added[day] for day in sorted(self._added))

    def is_closed_by_table(self, day: date) -> bool:
        """Whether the day is certainly closed without anything that was added."""
        listed = closures().get(day)
        return not listed.counts if listed is not None else not self._is_ordinary_business_day(day)

    def special_days(self, year: int) -> list[Closure]:
        """The weekdays of a year that are closed, or not confirmed as business days, each with what says so."""
        days = (date(year, 1, 1) + n * _DAY for n in range(_LONGEST_YEAR))
        return [
            Closure(day, self.accepts_filings(day), self.is_business_day(day), name, source)
            for day in days
            if day.year == year
            and (source := self.source(day)) is not None
            and (name := self.holiday(day) or self.doubt(day)) is not None
        ]

    def is_business_day(self, day: date) -> bool:
        """Whether the day counts towards a deadline."""
        special = self._special(day)
        return special.counts if special else self._is_ordinary_business_day(day)

    def accepts_filings(self, day: date) -> bool:
        """Whether EDGAR takes filings on this day, 6 a.m. to 10 p.m. Eastern."""
        special = self._special(day)
        return special.takes_filings if special else self._is_ordinary_business_day(day)

    def is_trading_day(self, day: date) -> bool:
        """Whether the New York Stock Exchange trades on this day.

        The table is read only near a holiday: most days need no answer from it.
        """
        if day.weekday() >= _SATURDAY:
            return False
        return not _near_holiday(day) or day not in _exchange_holidays(day.year)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday or the reason of the closure; None on a weekend and on a business day."""
        special = self._special(day)
        if special is not None:
            return None if special.counts else special.name
        if day not in _federal_holidays(day.year):
            return None
        import holidays

        name: str | None = holidays.country_holidays("US", years=day.year, observed=True).get(day)
        return name

    def doubt(self, day: date) -> str | None:
        """Why it is not certain that a business day is one; None where it is."""
        special = self._special(day)
        if special is not None:
            return special.name if special.counts else None
        return _NOT_YET_KNOWN if self._may_be_closed(day) else None

    def source(self, day: date) -> str | None:
        """What says that a weekday does not count, or why it is not certain; None for any other day."""
        special = self._special(day)
        if special is not None:
            return special.source
        if self._may_be_closed(day):
            return _NOT_YET_ANNOUNCED
        is_holiday = day.weekday() < _SATURDAY and day in _federal_holidays(day.year)
        return _FEDERAL_HOLIDAYS if is_holiday else None

    def _special(self, day: date) -> Closure | None:
        listed, added = closures().get(day), self._added.get(day)
        return added.closure() if added is not None and not self.is_closed_by_table(day) else listed

    def _may_be_closed(self, day: date) -> bool:
        """Whether federal offices may be closed by an order that the table does not have yet."""
        return (
            day.year > _CHRISTMAS_KNOWN
            and (day.month, day.day) in _AROUND_CHRISTMAS
            and self._is_ordinary_business_day(day)
        )

    @staticmethod
    def _is_ordinary_business_day(day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in _federal_holidays(day.year)


@cache
def sec_calendar() -> SecCalendar:
    """The calendar; one for the process."""
    return SecCalendar()
