"""The day on which a trade counts as executed whose day the person did not choose: what column 2A (3A) has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.errors import MalformedValue
from form4_author.text import day
from form4_author.timing.deadline import form4_due

if TYPE_CHECKING:
    from datetime import date

__all__ = ["deemed_day"]


def deemed_day(traded: str, notice: str) -> str:
    """The deemed execution date where it is another day than the trade's; empty where it is the same or not known.

    The day of notice, at the latest the third business day after the trade (Rule 16a-3(g)(2) and (3)).
    """
    traded_on, notice_on = _day(traded), _day(notice)
    if traded_on is None or notice_on is None or notice_on <= traded_on:
        return ""
    from form4_author.timing.calendar import sec_calendar

    return form4_due(traded_on, sec_calendar(), plan=True, notice=notice_on).begins.isoformat()


def _day(text: str) -> date | None:
    try:
        return day(text)
    except MalformedValue:
        return None
