"""The line on every screen that says when the form is due and how much time is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.deadlines import CUT_OFF
from form4_author.due import due_of_filing

if TYPE_CHECKING:
    from datetime import date, datetime

    from form4_author.deadlines import BusinessDays
    from form4_author.model.filing import Filing

__all__ = ["countdown", "left"]


def countdown(filing: Filing, calendar: BusinessDays, now: datetime) -> str:
    """``Due Tue 11/05/2024 by 10 p.m. Eastern: 1 business day left``; empty while that is not known.

    An amendment has no due date of its own: ``Amends the form filed on 11/04/2024``.
    ``now``: in the Eastern time zone.
    """
    if filing.is_amendment:
        filed = filing.date_of_original_submission
        return f"Amends the form filed on {filed:%m/%d/%Y}" if filed else ""
    due = due_of_filing(filing, calendar)
    if due is None:
        return ""
    return f"Due {due.day:%a %m/%d/%Y} by 10 p.m. Eastern: {left(due.day, calendar, now)}"


def left(day: date, calendar: BusinessDays, now: datetime) -> str:
    """The time left until 10 p.m. of a day: hours on the day itself, business days before, LATE after."""
    today = now.date()
    if today > day or (today == day and now.time() >= CUT_OFF):
        late = (today - day).days
        return f"LATE by {late} day{'' if late == 1 else 's'}" if late else "LATE, it has passed 10 p.m."
    if today == day:
        minutes = (CUT_OFF.hour - now.hour) * 60 - now.minute
        return f"{minutes // 60} h {minutes % 60:02} min left"
    count = sum(
        calendar.is_business_day(type(today).fromordinal(n))
        for n in range(today.toordinal() + 1, day.toordinal() + 1)
    )
    return f"{count} business day{'' if count == 1 else 's'} left"
