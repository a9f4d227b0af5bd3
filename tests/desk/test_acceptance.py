"""What EDGAR says of an accepted filing, typed or pasted; and on which days it may have been filed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from form4_author.desk.acceptance import acceptance_in, filing_days, is_today_likely, typed_day
from form4_author.errors import MalformedValue
from form4_author.timing.calendar import sec_calendar

EASTERN = ZoneInfo("America/New_York")
NUMBER = "0001107843-26-000123"
NOTICE = (
    "FORM TYPE: 4 RECEIVED DATE: 30-Nov-2026 18:05 ACCEPTED DATE: 30-Nov-2026 18:06 "
    f"FILING DATE: 30-Nov-2026 18:05 TEST FILING: NO ACCESSION NUMBER: {NUMBER}"
)
HEADER = (
    f"<SEC-HEADER>{NUMBER}.hdr.sgml : 20261201\n<ACCEPTANCE-DATETIME>20261130220500\n"
    f"ACCESSION NUMBER:\t\t{NUMBER}\nFILED AS OF DATE:\t\t20261201\n"
)
MONDAY = datetime(2026, 11, 30, 9, 10, tzinfo=EASTERN)


@pytest.mark.parametrize("typed", [NUMBER, "000110784326000123", " 0001107843 26 000123 "])
def test_a_number_alone_needs_no_dashes(typed: str) -> None:
    assert acceptance_in(typed) == (NUMBER, None, None)


def test_a_message_gives_day_and_time() -> None:
    assert acceptance_in(NOTICE) == (
        NUMBER,
        date(2026, 11, 30),
        datetime(2026, 11, 30, 18, 6, tzinfo=EASTERN),
    )


def test_the_header_of_a_filing_gives_the_day_that_edgar_gave_it() -> None:
    assert acceptance_in(HEADER) == (
        NUMBER,
        date(2026, 12, 1),
        datetime(2026, 11, 30, 22, 5, tzinfo=EASTERN),
    )


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (
            "000110784326",
            '"000110784326" has 12 digits; an accession number has 18, such as 0001107843-26-000123',
        ),
        ("today", '"today" has no accession number, such as 0001107843-26-000123'),
        (
            NOTICE.replace("TEST FILING: NO", "TEST FILING: YES"),
            "This message is about a TEST filing, which is not filed",
        ),
    ],
)
def test_what_is_no_number_is_refused(typed: str, problem: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        acceptance_in(typed)
    assert refused.value.problem == problem


@pytest.mark.parametrize(
    ("made", "now", "likely"),
    [
        (MONDAY, MONDAY, True),
        (MONDAY.replace(day=29), MONDAY, False),
        (MONDAY, MONDAY.replace(hour=5), False),
        (MONDAY, MONDAY.replace(hour=22), False),
        (MONDAY.replace(day=28), MONDAY.replace(day=28), False),
    ],
    ids=["same day", "made before", "too early", "too late", "Saturday"],
)
def test_today_is_likely_only_on_the_day_of_the_packet_while_edgar_is_open(
    made: datetime, now: datetime, likely: bool
) -> None:
    assert is_today_likely(made, now, sec_calendar()) is likely


def test_the_days_offered_are_those_on_which_edgar_took_filings() -> None:
    made = datetime(2026, 11, 25, 9, tzinfo=EASTERN)
    assert filing_days(made, MONDAY.date(), sec_calendar()) == (
        date(2026, 11, 30),
        date(2026, 11, 27),
        date(2026, 11, 25),
    )
    assert filing_days(MONDAY, date(2026, 11, 25), sec_calendar()) == (date(2026, 11, 25),)


@pytest.mark.parametrize("typed", ["11/27", "11/27/2026", "2026-11-27", "11/27/26"])
def test_a_day_is_read_as_it_is_written(typed: str) -> None:
    assert typed_day(typed, MONDAY.date()) == date(2026, 11, 27)


def test_a_day_without_a_year_is_in_the_past() -> None:
    assert typed_day("12/30", MONDAY.date()) == date(2025, 12, 30)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("11/32", '"11/32" is not a date. Type 11/27 or 11/27/2026'),
        ("12/05/2026", "12/05/2026 is in the future; today is Mon 11/30/2026"),
    ],
)
def test_a_day_that_is_none_is_refused(typed: str, problem: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        typed_day(typed, MONDAY.date())
    assert refused.value.problem == problem
