"""The clock on the evening of the due date: how long is left, and which filing date EDGAR would give now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.timing.deadline import CUT_OFF, day_received

if TYPE_CHECKING:
    from datetime import date, datetime

    from form4_author.timing.calendar import SecCalendar

__all__ = ["FilingDay", "filing_day"]

_EVENING: Final = 21
_OPENS: Final = 6


class FilingDay(NamedTuple):
    """The filing date of a form that is sent now."""

    day: date
    is_today: bool
    warning: str = ""
    """What the filer has to know before sending; empty where there is nothing."""


def filing_day(at: datetime, due: date | None, calendar: SecCalendar) -> FilingDay:
    """The filing date that EDGAR gives a form whose transmission is completed at this Eastern time.

    Source: Regulation S-T, Rule 13(a); the SEC's description of its API for the completed transmission.
    """
    today, day = at.date(), day_received(at, calendar)
    is_today = day == today
    due_words = f" It was due {due:%a %m/%d/%Y}." if due is not None and day > due else ""
    if not is_today:
        why = "It is after 10 p.m. Eastern" if at.time() > CUT_OFF else "EDGAR is closed today"
        return FilingDay(
            day, False, f"{why}. EDGAR dates a form that it takes next {day:%a %m/%d/%Y}.{due_words}"
        )
    if due is not None and day > due:
        return FilingDay(day, True, f"EDGAR dates it {day:%a %m/%d/%Y}.{due_words}")
    if due == today and at.hour >= _EVENING:
        minutes = (CUT_OFF.hour - at.hour) * 60 - at.minute
        plural = "" if minutes == 1 else "s"
        return FilingDay(
            day,
            True,
            f"Due today by 10 p.m. Eastern: {minutes} minute{plural} left. EDGAR counts a transmission when it is"
            " complete.",
        )
    if at.hour < _OPENS:
        return FilingDay(day, True, "EDGAR opens at 6 a.m. Eastern.")
    return FilingDay(day, True)
