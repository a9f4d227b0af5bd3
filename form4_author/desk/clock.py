"""The one place that asks what day it is: the filing day in Washington, where EDGAR's clock stands."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from form4_author.errors import MalformedValue, UnreadableInput
from form4_author.text import day

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["eastern", "moment", "now", "today", "today_now"]


def eastern() -> ZoneInfo:
    """The time zone of Washington."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/New_York")


def now() -> datetime:
    """The moment, in the Eastern time zone, to the second."""
    return datetime.now(eastern()).replace(microsecond=0)


def today() -> date:
    """Today in the Eastern time zone; ``FORM4_TODAY`` stands in for it, for rehearsals and tests.

    Raises UnreadableInput when ``FORM4_TODAY`` is neither a date (YYYY-MM-DD) nor a moment (YYYY-MM-DDTHH:MM).
    """
    stated = _stated()
    return now().date() if stated is None else stated.date()


def today_now() -> datetime:
    """The moment in the Eastern time zone, on the day and, where it says one, at the time of ``FORM4_TODAY``.

    Raises UnreadableInput as ``today``.
    """
    at, stated = now(), _stated()
    if stated is None:
        return at
    if "T" in os.environ["FORM4_TODAY"]:
        return stated.replace(tzinfo=eastern())
    return at.replace(year=stated.year, month=stated.month, day=stated.day)


def moment() -> datetime:
    """The same in UTC."""
    return today_now().astimezone(UTC)


def _stated() -> datetime | None:
    """What ``FORM4_TODAY`` says, without a time zone; None where it is not set."""
    text = os.environ.get("FORM4_TODAY")
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text, re.ASCII):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise UnreadableInput(
                f'FORM4_TODAY: "{text}" is not a moment', remedy="Unset it or write YYYY-MM-DDTHH:MM"
            ) from None
    try:
        return datetime.combine(day(text), time())
    except MalformedValue as error:
        raise UnreadableInput(
            f"FORM4_TODAY: {error.problem}", remedy="Unset it or write YYYY-MM-DD"
        ) from None
