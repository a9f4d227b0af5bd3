"""The line on every screen that says when the form is due and how much time is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.model.facts import issuer_facts
from form4_author.timing.deadline import CUT_OFF, day_received, form4_due, late_text
from form4_author.timing.due_date import due_of_filing

if TYPE_CHECKING:
    from datetime import date, datetime

    from form4_author.model.draft import Draft
    from form4_author.model.facts import IssuerFacts
    from form4_author.timing.deadline import BusinessDays, Due

__all__ = ["countdown", "due_of_draft", "left", "open_event_dues"]

_WHEN: Final = {
    "3": "Due within 10 days after the person became an insider, by 10 p.m. Eastern",
    "4": "Due on the 2nd business day after the transaction, by 10 p.m. Eastern",
    "5": "Due within 45 days after the issuer's fiscal year ends, by 10 p.m. Eastern",
}
"""What is known before the form says from which day it counts (Section 16(a)(2); Rule 16a-3(f))."""


def due_of_draft(draft: Draft, calendar: BusinessDays, facts: IssuerFacts | None) -> Due | None:
    """When a draft is due, by its lines and by what happened whose lines are still to come.

    ``facts``: facts on its issuer from the register or a file. The start menu, the interview and ``form4 due`` ask
    here; ``form4 deadline`` shows every due date of the draft, and this is the earliest.
    None for an amendment, which has no due date of its own, and while it is not known.
    """
    filing = draft.filing
    if filing.is_amendment:
        return None
    reported = due_of_filing(filing, calendar, issuer_facts(draft, facts))
    dues = [*([reported] if reported else []), *open_event_dues(draft, calendar)]
    return min(dues, key=lambda due: due.day, default=None)


def open_event_dues(draft: Draft, calendar: BusinessDays) -> tuple[Due, ...]:
    """When what happened is due on Form 4 while its lines are still to come."""
    if (draft.filing.form or "")[:1] != "4" or not draft.interview.events:
        return ()
    from form4_author.wizard.draft import event  # the recipes, which a list of drafts can do without

    return tuple(form4_due(day, calendar) for day in event.open_event_days(draft))


def countdown(draft: Draft, calendar: BusinessDays, now: datetime, facts: IssuerFacts | None) -> str:
    """``Due Tue 11/05/2024 by 10 p.m. Eastern: 1 business day left``; or what it counts from, until that is known.

    An amendment has no due date of its own: ``Amends the form filed on 11/04/2024``.
    ``now``: in the Eastern time zone. ``facts``: facts on the issuer from the register.
    """
    filing = draft.filing
    if filing.is_amendment:
        filed = filing.date_of_original_submission
        return (
            f"Amends the form filed on {filed:%m/%d/%Y}" if filed else "An amendment has no separate due date"
        )
    due = due_of_draft(draft, calendar, facts)
    if due is not None:
        return f"Due {due.day:%a %m/%d/%Y} by 10 p.m. Eastern: {left(due.day, calendar, now)}"
    if filing.base == "4" and any(True for _ in filing.transactions()):
        return "No line yet is due before Form 5"
    return _WHEN.get(filing.base or "", "")


def left(day: date, calendar: BusinessDays, now: datetime) -> str:
    """The time left until 10 p.m. of a day: hours on the day itself, business days before, LATE after."""
    today = now.date()
    if today > day or (today == day and now.time() >= CUT_OFF):
        late = (day_received(now, calendar) - day).days
        return f"LATE by {late_text(late)}" if today > day else "LATE: it is past 10 p.m."
    if today == day:
        minutes = (CUT_OFF.hour - now.hour) * 60 - now.minute
        return f"{minutes // 60} h {minutes % 60:02} min left"
    days = map(type(today).fromordinal, range(today.toordinal() + 1, day.toordinal() + 1))
    count = sum(1 for each in days if calendar.is_business_day(each))
    return f"{count} business day{'' if count == 1 else 's'} left"
