"""The one place that asks what day it is: the filing day in Washington, where EDGAR's clock stands."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from form4_author.errors import MalformedValue, UnreadableInput
from form4_author.text import day

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["eastern", "moment", "now", "today"]


def eastern() -> ZoneInfo:
    """The time zone of Washington."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/New_York")


def now() -> datetime:
    """The moment, in the Eastern time zone, to the second."""
    return datetime.now(eastern()).replace(microsecond=0)


def today() -> date:
    """Today in the Eastern time zone; ``FORM4_TODAY`` (YYYY-MM-DD) stands in for it, for rehearsals and tests.

    Raises UnreadableInput when ``FORM4_TODAY`` is not a date.
    """
    stated = os.environ.get("FORM4_TODAY")
    if not stated:
        return now().date()
    try:
        return day(stated)
    except MalformedValue as error:
        raise UnreadableInput(
            f"FORM4_TODAY: {error.problem}", remedy="Unset it or write YYYY-MM-DD"
        ) from None


def moment() -> datetime:
    """The moment in UTC, on the day that ``FORM4_TODAY`` says where it is set."""
    at = now()
    return datetime.combine(today(), at.timetz()).astimezone(UTC)
