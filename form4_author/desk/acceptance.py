"""What EDGAR says of a filing that it accepted: accession number, filing date and time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.clock import eastern
from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_in, accession_number
from form4_author.timing.deadline import CUT_OFF

if TYPE_CHECKING:
    from form4_author.timing.calendar import SecCalendar

__all__ = ["Acceptance", "acceptance_in", "filing_days", "is_today_likely", "typed_day"]

_OPENS: Final = 6
"""The hour at which EDGAR begins to take filings."""
_MOST_DAYS: Final = 6
"""Business days that are offered."""
_HEADER_TIME: Final = re.compile(r"<ACCEPTANCE-DATETIME>\s*([0-9]{14})")
_HEADER_DAY: Final = re.compile(r"FILED AS OF DATE:\s*([0-9]{8})", re.IGNORECASE)
_NOTICE_TIME: Final = re.compile(
    r"ACCEPTED DATE:\s*([0-9]{1,2}-[A-Za-z]{3}-[0-9]{4}\s+[0-9]{1,2}:[0-9]{2})", re.IGNORECASE
)
_NOTICE_DAY: Final = re.compile(r"FILING DATE:\s*([0-9]{1,2}-[A-Za-z]{3}-[0-9]{4})", re.IGNORECASE)
_TEST: Final = re.compile(r"TEST FILING:\s*YES", re.IGNORECASE)
_LENGTH: Final = 18
"""Digits of an accession number."""


class Acceptance(NamedTuple):
    """What was typed or pasted."""

    number: str
    day: date | None = None
    """The filing date, where the message has it."""
    at: datetime | None = None
    """When EDGAR accepted it, Eastern time."""


def acceptance_in(text: str) -> Acceptance:
    """The number, and the day and time where the text is an acceptance message or the header of a filing.

    Raises MalformedValue, which says what is wrong with it.
    """
    typed = " ".join(text.split())
    if _TEST.search(typed):
        raise MalformedValue("This message is about a TEST filing, which is not filed")
    found = accession_in(typed)
    if found is None:
        digits = re.sub(r"[\s-]", "", typed)
        if not digits.isdecimal() or not digits.isascii():
            raise MalformedValue(f'"{typed[:40]}" has no accession number, such as 0001107843-26-000123')
        if len(digits) != _LENGTH:
            raise MalformedValue(
                f'"{typed}" has {len(digits)} digits; an accession number has {_LENGTH}, such as'
                " 0001107843-26-000123"
            )
        return Acceptance(accession_number(digits))
    at = _moment(typed)
    return Acceptance(found, _day(typed), at)


def _moment(text: str) -> datetime | None:
    header, notice = _HEADER_TIME.search(text), _NOTICE_TIME.search(text)
    if header is not None:
        return _parsed(header[1], "%Y%m%d%H%M%S")
    return _parsed(" ".join(notice[1].split()), "%d-%b-%Y %H:%M") if notice is not None else None


def _day(text: str) -> date | None:
    header, notice = _HEADER_DAY.search(text), _NOTICE_DAY.search(text)
    found = _parsed(header[1], "%Y%m%d") if header is not None else None
    if found is None and notice is not None:
        found = _parsed(notice[1], "%d-%b-%Y")
    return found.date() if found is not None else None


def _parsed(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=eastern())
    except ValueError:
        return None


def is_today_likely(made: datetime, now: datetime, calendar: SecCalendar) -> bool:
    """Whether a filing whose packet was made then was filed today: the same day, while EDGAR takes filings.

    ``now``: in the Eastern time zone.
    """
    same = made.astimezone(eastern()).date() == now.date()
    return same and calendar.accepts_filings(now.date()) and now.hour >= _OPENS and now.time() < CUT_OFF


def filing_days(made: datetime, today: date, calendar: SecCalendar) -> tuple[date, ...]:
    """The days on which a filing whose packet was made then may have been filed, the latest first."""
    first = min(made.astimezone(eastern()).date(), today)
    days = (today - timedelta(days=back) for back in range((today - first).days + 1))
    return tuple(day for day in days if calendar.accepts_filings(day))[:_MOST_DAYS]


def typed_day(text: str, today: date) -> date:
    """The day that was typed as 11/27/2026, 11/27 or 2026-11-27. Raises MalformedValue."""
    for form in ("%m/%d/%Y", "%Y-%m-%d", "%m/%d/%y"):
        found = _parsed(text.strip(), form)
        if found is not None:
            return _past(found.date(), today)
    found = _parsed(f"{text.strip()}/{today.year}", "%m/%d/%Y")
    if found is None:
        raise MalformedValue(f'"{text.strip()}" is not a date. Type 11/27 or 11/27/2026')
    day = found.date()
    return day if day <= today else _past(day.replace(year=today.year - 1), today)


def _past(day: date, today: date) -> date:
    if day > today:
        raise MalformedValue(f"{day:%m/%d/%Y} is in the future; today is {today:%a %m/%d/%Y}")
    return day
