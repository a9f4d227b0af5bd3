"""When Forms 3, 4 and 5 are due, with the counting: dates in, dates out.

Sources: Exchange Act Section 16(a)(2) (the date of registration, ten days, the second business day); Rule 16a-3(f)
(forty-five days after the fiscal year) and (g) (deemed execution); Rule 0-3 (a last day on a weekend or holiday);
Regulation S-T, Rule 13(a)(4) (10 p.m. Eastern). Which days are business days is not known here: it comes in as a
calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "CUT_OFF",
    "NEVER",
    "OPENS",
    "BusinessDays",
    "ConfirmedDays",
    "CountStep",
    "Due",
    "Execution",
    "ExecutionBasis",
    "NamedDays",
    "UncertainDays",
    "Unit",
    "day_received",
    "execution_of",
    "form3_due",
    "form4_due",
    "form5_due",
    "late_text",
    "plus_business_days",
    "reason",
    "roll",
    "unconfirmed",
    "unconfirmed_between",
    "year_end_from",
    "years_after",
]

OPENS: Final = time(6)
"""EDGAR takes filings from 6 a.m. Eastern (Regulation S-T, Rule 12(c))."""
CUT_OFF: Final = time(22)
"""A Form 3, 4 or 5 sent by 10 p.m. Eastern is filed that day (Regulation S-T, Rule 13(a)(4)); others by 5:30 p.m."""
NEVER: Final = date.max
"""As a day of notice: none was given."""

_NEXT: Final = timedelta(days=1)
_SATURDAY: Final = 5
_FORM_3_DAYS: Final = 10
_FORM_4_DAYS: Final = 2
_FORM_5_DAYS: Final = 45
_LATEST_NOTICE: Final = 3


class BusinessDays(Protocol):
    """Which days count."""

    def is_business_day(self, day: date) -> bool:
        """Whether this day counts towards a deadline."""


class UncertainDays(BusinessDays, Protocol):
    """Which days count, and of which it is not certain."""

    def doubt(self, day: date) -> str | None:
        """Why it is not certain that a business day is one; None where it is."""


class NamedDays(Protocol):
    """Why days do not count."""

    def holiday(self, day: date) -> str | None:
        """The name of the holiday or the reason of the closure; None on a weekend and on a business day."""

    def doubt(self, day: date) -> str | None:
        """Why it is not certain that a business day is one; None where it is."""


class ConfirmedDays:
    """The days that certainly count. A count of them ends on the latest day that a limit may have."""

    def __init__(self, calendar: UncertainDays) -> None:
        """Leave out of this calendar what is not certain."""
        self._calendar = calendar

    def is_business_day(self, day: date) -> bool:
        """Whether this day certainly counts towards a deadline."""
        return self._calendar.is_business_day(day) and self._calendar.doubt(day) is None


class Unit(StrEnum):
    """What is counted."""

    BUSINESS = "business day"
    CALENDAR = "day"


class ExecutionBasis(StrEnum):
    """Why a transaction counts as executed on a day."""

    TRADE = "trade"
    """It was made that day."""
    NOTICE = "notice"
    """The filer was told that day, and had not chosen the day of the trade."""
    LIMIT = "limit"
    """The third business day after the trade: notice came later, or not at all."""
    UNTOLD = "untold"
    """It was made that day; the filer did not choose it, and the day of notice is not known. The earliest answer."""


@dataclass(frozen=True, slots=True)
class CountStep:
    """One day of a count."""

    day: date
    number: int
    """Which one it is; 0 where the day is not counted."""
    unit: Unit
    business: bool
    """Whether it is a business day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """The day on which a transaction counts as executed."""

    traded: date
    day: date
    basis: ExecutionBasis
    steps: tuple[CountStep, ...] = ()
    """The days after the trade, to the third business day, where the count decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day for a form, until 10 p.m. Eastern, and how it was counted."""

    form: str
    """``3``, ``4`` or ``5``."""
    begins: date
    """The execution, event or end of the fiscal year; itself never counted."""
    day: date
    steps: tuple[CountStep, ...]
    """Every day from the one after ``begins`` to ``day``; empty where it is due at once."""
    sources: tuple[str, ...]
    execution: Execution | None = None
    """Form 4 only."""

    def days_late(self, filed: date) -> int:
        """Calendar days from the due date to the day of filing; 0 when on time."""
        return max(0, (filed - self.day).days)

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that were counted."""
        return tuple(step.day for step in self.steps if step.number)


_YEAR: Final = 365


def late_text(days: int) -> str:
    """How late a form is: ``1 day``, ``3 days``; from two years on ``2 years``."""
    years = days // _YEAR
    return f"{years} years" if years > 1 else f"{days} day{'' if days == 1 else 's'}"


def plus_business_days(day: date, count: int, calendar: BusinessDays) -> date:
    """The ``count``-th business day after ``day``, which itself never counts, business day or not.

    ``count`` is at least 1; 0 gives the day itself.
    """
    found = 0
    while found < count and day < date.max:
        day += _NEXT
        found += calendar.is_business_day(day)
    return day


def roll(day: date, calendar: BusinessDays) -> date:
    """The day itself when it is a business day, else the next one (Rule 0-3)."""
    return day if calendar.is_business_day(day) else plus_business_days(day, 1, calendar)


def day_received(moment: datetime, calendar: BusinessDays) -> date:
    """The filing date of a Form 3, 4 or 5 whose transmission begins at this Eastern time."""
    day = moment.date()
    return roll(day, calendar) if moment.time() <= CUT_OFF else plus_business_days(day, 1, calendar)


def execution_of(traded: date, notice: date | None, calendar: BusinessDays) -> Execution:
    """When a transaction counts as executed whose day the filer did not choose (Rule 16a-3(g)(2) to (4)).

    ``notice``: the day the broker, dealer or plan administrator told the filer; NEVER when they did not; None when it
    is not known, which gives the day of the trade. A notice before the trade counts as given on the day of the trade.
    """
    if notice is None:
        return Execution(traded=traded, day=traded, basis=ExecutionBasis.UNTOLD)
    limit = plus_business_days(traded, _LATEST_NOTICE, calendar)
    steps = _business_days(traded, _LATEST_NOTICE, calendar)
    if notice > limit:
        return Execution(traded=traded, day=limit, basis=ExecutionBasis.LIMIT, steps=steps)
    return Execution(traded=traded, day=max(traded, notice), basis=ExecutionBasis.NOTICE, steps=steps)


def form4_due(traded: date, calendar: BusinessDays, *, plan: bool = False, notice: date | None = None) -> Due:
    """The due date of a transaction: the second business day after its execution.

    ``plan``: made under a Rule 10b5-1(c) plan, or a discretionary transaction (code I), and the filer did not choose
    the day; ``notice`` then counts (see ``execution_of``).
    """
    sources: tuple[str, ...] = ("15 U.S.C. 78p(a)(2)(C)", "Form 4, Instr. 1(a)")
    execution = Execution(traded=traded, day=traded, basis=ExecutionBasis.TRADE)
    if plan:
        execution = execution_of(traded, notice, calendar)
        sources = (*sources, "17 CFR 240.16a-3(g)")
    steps = _business_days(execution.day, _FORM_4_DAYS, calendar)
    return Due(
        form="4",
        begins=execution.day,
        day=steps[-1].day,
        steps=steps,
        sources=sources,
        execution=execution,
    )


def form3_due(event: date, calendar: BusinessDays, *, initial_registration: bool = False) -> Due:
    """The due date of a Form 3: ten days after the event, or the day itself when the issuer first registers."""
    if initial_registration:
        return Due(form="3", begins=event, day=event, steps=(), sources=("15 U.S.C. 78p(a)(2)(A)",))
    sources = ("15 U.S.C. 78p(a)(2)(B)", "17 CFR 240.0-3")
    return _rolled("3", event, _FORM_3_DAYS, calendar, sources)


def form5_due(year_end: date, calendar: BusinessDays) -> Due:
    """The due date of a Form 5: the forty-fifth day after the issuer's fiscal year ended."""
    return _rolled("5", year_end, _FORM_5_DAYS, calendar, ("Form 5, Instr. 1(a)", "17 CFR 240.0-3"))


def unconfirmed(earliest: Due, latest: Due, calendar: UncertainDays) -> tuple[date, ...]:
    """The days that make the difference between a due date counted with all days and with the confirmed ones."""
    if earliest.day == latest.day:
        return ()
    if earliest.execution is None:
        return unconfirmed_between(earliest.day - _NEXT, latest.day, calendar)
    return unconfirmed_between(earliest.execution.traded, latest.day, calendar)


def unconfirmed_between(begins: date, last: date, calendar: UncertainDays) -> tuple[date, ...]:
    """The business days after ``begins``, to ``last``, that are not certain."""
    days = (begins + n * _NEXT for n in range(1, (last - begins).days + 1))
    return tuple(day for day in days if calendar.is_business_day(day) and calendar.doubt(day) is not None)


def _days_after(day: date, count: int) -> date:
    """The day so many days later; the last that there is, December 31, 9999, where none is later."""
    return date.fromordinal(min(day.toordinal() + count, date.max.toordinal()))


def year_end_from(day: date, month_day: tuple[int, int]) -> date:
    """The end of the fiscal year that ``day`` is in: the first such month and day on or after it.

    The last day of February is meant by 28 and by 29.
    """
    end = _month_day(day.year, month_day)
    return end if end >= day else _month_day(min(day.year + 1, MAXYEAR), month_day)


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(min(day.year + years, MAXYEAR), 3, 1)


def reason(step: CountStep, calendar: NamedDays) -> str:
    """Why a day counts or not: ``business day 1``, ``Saturday, not counted``, ``day 10, Thanksgiving Day``."""
    if step.business:
        label = f"{step.unit} {step.number}" if step.number else "next business day"
        doubt = calendar.doubt(step.day) if step.unit is Unit.BUSINESS or not step.number else None
        return f"{label} ({doubt})" if doubt else label
    name = (
        f"{step.day:%A}"
        if step.day.weekday() >= _SATURDAY
        else calendar.holiday(step.day) or "no business day"
    )
    return f"{step.unit} {step.number}, {name}" if step.number else f"{name}, not counted"


def _month_day(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    if (month, day) in ((2, 28), (2, 29)):
        return date(year, 3, 1) - _NEXT
    return date(year, month, day)


def _business_days(begins: date, count: int, calendar: BusinessDays) -> tuple[CountStep, ...]:
    """Every day after ``begins`` to the ``count``-th business day."""
    steps: list[CountStep] = []
    found, day = 0, begins
    while found < count:
        day = _days_after(day, 1)
        business = calendar.is_business_day(day)
        found = count if day == date.max else found + business
        steps.append(CountStep(day, found if business else 0, Unit.BUSINESS, business))
    return tuple(steps)


def _rolled(form: str, begins: date, count: int, calendar: BusinessDays, sources: tuple[str, ...]) -> Due:
    """Due on the ``count``-th day, or on the next business day."""
    last = _days_after(begins, count)
    day = roll(last, calendar)
    days = [begins + n * _NEXT for n in range(1, (day - begins).days + 1)]
    steps = tuple(
        CountStep(d, n if n <= count else 0, Unit.CALENDAR, calendar.is_business_day(d))
        for n, d in enumerate(days, 1)
    )
    return Due(form=form, begins=begins, day=day, steps=steps, sources=sources)
