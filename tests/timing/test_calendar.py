from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from form4_author.codes import closures
from form4_author.timing.calendar import SecCalendar, sec_calendar
from form4_author.timing.closed_day import ClosedDay


def _weekday_holidays(year: int) -> list[str]:
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    calendar = sec_calendar()
    return [
        f"{day:%m-%d}"
        for day in days
        if day.year == year
        and day.weekday() < 5
        and not calendar.is_business_day(day)
        and day not in closures()
    ]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
        (2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
        (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
        (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
    ],
)
def test_federal_holidays_are_no_business_days(year: int, expected: str) -> None:
    """5 U.S.C. 6103: Saturday holidays are observed on the Friday before, Sunday ones on the Monday after."""
    assert " ".join(_weekday_holidays(year)) == expected


CLOSED = [
    "2018-12-05",
    "2018-12-24",
    "2019-12-24",
    "2020-12-24",
    "2021-06-18",
    "2025-01-09",
    "2025-12-24",
    "2025-12-26",
]
NOT_CONFIRMED = [
    "2003-12-26",
    "2004-06-11",
    "2005-01-20",
    "2007-01-02",
    "2007-12-24",
    "2008-12-26",
    "2009-01-20",
    "2012-12-24",
    "2014-12-26",
    "2017-01-20",
    "2021-01-20",
    "2024-12-24",
    "2033-01-20",
]
"""Closed by order or a holiday in Washington only; what EDGAR did is not known."""


def test_each_listed_day_is_closed_or_not_confirmed() -> None:
    assert {str(day) for day in closures()} == {*CLOSED, *NOT_CONFIRMED}


@pytest.mark.parametrize("day", CLOSED)
def test_special_closures_take_no_filings_and_do_not_count(day: str) -> None:
    closed = date.fromisoformat(day)

    said = "; Morrison & Foerster alert" if day == "2018-12-24" else "; SEC statement: EDGAR closed"
    assert said in closures()[closed].source
    assert sec_calendar().source(closed) == closures()[closed].source
    assert sec_calendar().doubt(closed) is None
    assert not sec_calendar().accepts_filings(closed)
    assert not sec_calendar().is_business_day(closed)


@pytest.mark.parametrize("day", NOT_CONFIRMED)
def test_a_day_that_is_not_confirmed_counts_and_says_so(day: str) -> None:
    open_ = date.fromisoformat(day)

    assert sec_calendar().is_business_day(open_)
    assert (sec_calendar().doubt(open_) or "").endswith("; EDGAR closure not confirmed")
    assert (sec_calendar().source(open_) or "").endswith("; no SEC statement found")
    assert sec_calendar().holiday(open_) is None


@pytest.mark.parametrize(
    ("day", "doubt"),
    [
        ("2023-12-26", None),  # known: no order
        ("2026-12-24", "may be closed by order; not confirmed"),
        ("2026-12-26", None),  # a Saturday
        ("2027-12-24", None),  # Christmas, observed
        ("2028-12-26", "may be closed by order; not confirmed"),
        ("2026-12-23", None),
    ],
)
def test_days_around_christmas_of_years_to_come_are_not_confirmed(day: str, doubt: str | None) -> None:
    assert sec_calendar().doubt(date.fromisoformat(day)) == doubt


@pytest.mark.parametrize(
    ("day", "source"),
    [
        ("2026-11-26", "5 U.S.C. 6103"),
        ("2022-01-01", None),  # a Saturday
        ("2026-11-23", None),
        ("2026-12-24", "In other years an executive order closed federal offices on this day"),
    ],
)
def test_a_day_off_has_its_source(day: str, source: str | None) -> None:
    assert sec_calendar().source(date.fromisoformat(day)) == source


def test_good_friday_counts_although_the_exchanges_are_shut() -> None:
    assert sec_calendar().is_business_day(date(2026, 4, 3))
    assert sec_calendar().accepts_filings(date(2026, 4, 3))
    assert not sec_calendar().is_trading_day(date(2026, 4, 3))


def test_weekend_does_not_count() -> None:
    assert [sec_calendar().is_business_day(date(2026, 11, day)) for day in (20, 21, 22, 23)] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-07-03", "Independence Day (observed)"),
        ("2025-01-09", "National day of mourning"),
        ("2026-11-21", None),
        ("2026-11-23", None),
    ],
)
def test_holiday_is_named(day: str, name: str | None) -> None:
    assert sec_calendar().holiday(date.fromisoformat(day)) == name


def test_holiday_library_is_loaded_at_the_first_question_only() -> None:
    code = "import sys; from form4_author.timing.calendar import sec_calendar; sec_calendar(); print('holidays' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )


@pytest.mark.parametrize(
    ("day", "trades"),
    [
        ("2026-10-12", True),  # Columbus Day: EDGAR is shut
        ("2026-11-11", True),  # Veterans Day
        ("2026-04-03", False),  # Good Friday: EDGAR is open
        ("2026-11-26", False),
        ("2026-11-27", True),  # a short day
        ("2026-10-17", False),
        ("2026-10-18", False),
        ("2012-10-29", False),  # a hurricane
        ("2025-01-09", False),  # a day of mourning
        ("2026-08-05", True),
    ],
)
def test_the_exchange_trades_on_days_of_its_own(day: str, trades: bool) -> None:
    assert sec_calendar().is_trading_day(date.fromisoformat(day)) is trades


def test_every_holiday_of_the_exchange_since_2004_is_looked_up() -> None:
    """Most days are answered without the library; none of its holidays is among them."""
    import holidays

    closed = [
        day for day in holidays.financial_holidays("NYSE", years=range(2004, 2036)) if day.weekday() < 5
    ]
    assert len(closed) > 280
    assert [day for day in closed if sec_calendar().is_trading_day(day)] == []


def _added(on: date, closed: str = "edgar") -> ClosedDay:
    return ClosedDay(on, closed, "Executive order", "SEC announcement")


def test_a_day_that_is_added_is_closed() -> None:
    day = date(2026, 12, 2)
    calendar = SecCalendar()
    calendar.add([_added(day)])

    assert not calendar.is_business_day(day)
    assert not calendar.accepts_filings(day)
    assert calendar.holiday(day) == "EDGAR closed: Executive order"
    assert calendar.source(day) == "SEC announcement (added by the user)"
    assert calendar.doubt(day) is None
    calendar.add([])
    assert calendar.is_business_day(day)


def test_a_day_on_which_offices_are_closed_counts_and_is_not_confirmed() -> None:
    day = date(2026, 12, 2)
    calendar = SecCalendar()
    calendar.add([_added(day, "offices")])

    assert calendar.is_business_day(day)
    assert calendar.doubt(day) == "federal offices closed: Executive order; EDGAR closure not confirmed"


def test_what_is_added_settles_a_day_that_is_not_confirmed_and_leaves_one_that_is() -> None:
    unconfirmed, closed, holiday = date(2003, 12, 26), date(2025, 12, 24), date(2026, 12, 25)
    calendar = SecCalendar()
    calendar.add([_added(closed, "offices"), _added(unconfirmed), _added(holiday, "offices")])

    assert not calendar.is_business_day(unconfirmed)
    assert calendar.holiday(closed) == "EDGAR closed by executive order"
    assert calendar.holiday(holiday) == "Christmas Day"
    assert [each.day for each in calendar.added] == [unconfirmed, closed, holiday]


def test_the_special_days_of_a_year_have_their_sources() -> None:
    calendar = SecCalendar()
    calendar.add([_added(date(2026, 12, 2))])
    days = calendar.special_days(2026)

    assert len(days) == 13
    assert [(each.day, each.counts, each.name, each.source) for each in days[-3:]] == [
        (date(2026, 12, 2), False, "EDGAR closed: Executive order", "SEC announcement (added by the user)"),
        (
            date(2026, 12, 24),
            True,
            "may be closed by order; not confirmed",
            "In other years an executive order closed federal offices on this day",
        ),
        (date(2026, 12, 25), False, "Christmas Day", "5 U.S.C. 6103"),
    ]
    assert [each.day for each in calendar.special_days(2024) if each.counts] == [date(2024, 12, 24)]
