"""A closed day that the user adds: announced after this version was made, with its reason and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.codes import Closure
from form4_author.errors import MalformedValue
from form4_author.text import day

if TYPE_CHECKING:
    from datetime import date

__all__ = ["CLOSED", "ClosedDay", "closed_day"]

CLOSED: Final = ("edgar", "offices")
"""``edgar``: EDGAR is closed, the day does not count. ``offices``: federal offices are, EDGAR is not confirmed."""
_BAR: Final = " | "
_PARTS: Final = 4


class ClosedDay(NamedTuple):
    """One day as it was added."""

    day: date
    closed: str
    """One of ``CLOSED``."""
    reason: str
    source: str

    def closure(self) -> Closure:
        """What the calendar makes of it."""
        source = f"{self.source} (added by the user)"
        if self.closed == "edgar":
            return Closure(self.day, False, False, f"EDGAR closed: {self.reason}", source)
        name = f"federal offices closed: {self.reason}; EDGAR closure not confirmed"
        return Closure(self.day, True, True, name, source)

    def text(self) -> str:
        """As it is stored: ``2026-12-24 | edgar | reason | source``."""
        return _BAR.join((self.day.isoformat(), self.closed, self.reason, self.source))

    def words(self) -> str:
        """``2026-12-24, EDGAR closed: reason (source)``."""
        what = "EDGAR closed" if self.closed == "edgar" else "federal offices closed, EDGAR not confirmed"
        return f"{self.day}, {what}: {self.reason} ({self.source})"


def closed_day(text: str) -> ClosedDay:
    """A day from its text. Raises MalformedValue for one that is not written so."""
    parts = [part.strip() for part in text.split(_BAR.strip())]
    if len(parts) != _PARTS or parts[1] not in CLOSED or not all(parts):
        raise MalformedValue(f'"{text}" is not a closed day', remedy='Write "DATE | edgar | reason | source"')
    return ClosedDay(day(parts[0]), *parts[1:])
