"""The closed days that were added: in the register where it is shared, else in the settings.

A register is shared where it is named, by ``--register`` or ``FORM4_REGISTER``. Every command counts with what both
places hold; what is added goes to the register where one is named.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.settings import load, stored
from form4_author.errors import Form4Error
from form4_author.text import day, visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.closed_day import ClosedDay, closed_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from form4_author.register.place import RegisterPlace

__all__ = ["Kept", "add_day", "count_with", "kept_days", "remove_day", "use_calendar"]

_STATED: Final = "as stated in the settings"
_STATED_BY: Final = "The setting calendar.closed; not checked against an SEC announcement"


class Kept(NamedTuple):
    """A closed day and where it is stored."""

    added: ClosedDay
    place: str


def use_calendar(words: Sequence[str] = ()) -> None:
    """Count with the closed days that were added. ``words``: the command's, which may name a register.

    A register that can't be read is reported and left out. Raises UnreadableInput for settings that can't be used.
    """
    count_with(each.added for each in kept_days(_named(words)))


def count_with(days: Iterable[ClosedDay]) -> None:
    """Count with these closed days and no others that were added."""
    sec_calendar().add(days)


def kept_days(location: str | None) -> tuple[Kept, ...]:
    """Every closed day that was added and where it is; the register's go before the settings' of the same date."""
    settings = load()
    found = {
        on: Kept(ClosedDay(on, "edgar", _STATED, _STATED_BY), str(settings.file))
        for on in map(day, settings.items("calendar.closed"))
    }
    for text in settings.items("calendar.added"):
        added = closed_day(text)
        found[added.day] = Kept(added, str(settings.file))
    for kept in _of_register(location or os.environ.get("FORM4_REGISTER")):
        found[kept.added.day] = kept
    return tuple(found[on] for on in sorted(found))


def add_day(added: ClosedDay, location: str | None) -> str:
    """Store the day; where. Raises Form4Error where that place can't be used."""
    place = _shared(location)
    if place is None:
        others = [each for each in map(closed_day, load().items("calendar.added")) if each.day != added.day]
        return _in_settings([*others, added])
    from form4_author.desk.clock import moment
    from form4_author.desk.register import register_of
    from form4_author.register.closed_day import add_closed_day

    with register_of(location, create=True).writing() as session:
        add_closed_day(session, added, moment())
    return str(place)


def remove_day(on: date, location: str | None) -> str:
    """Remove the day from each place that holds it; which ones. Raises Form4Error where none does."""
    settings = load()
    places = []
    added = [closed_day(text) for text in settings.items("calendar.added")]
    if any(each.day == on for each in added):
        places.append(_in_settings([each for each in added if each.day != on]))
    stated = settings.items("calendar.closed")
    if on.isoformat() in stated:
        places.append(
            str(stored("calendar.closed", tuple(each for each in stated if each != on.isoformat())).file)
        )
    place = _shared(location)
    for kept in _of_register(str(place) if place is not None else None):
        if kept.added.day == on:
            _remove_from_register(kept.added, location)
            places.append(kept.place)
    if not places:
        raise Form4Error(f"{on} was not added", remedy="form4 calendar export lists the days that were")
    return " and ".join(dict.fromkeys(places))


def _remove_from_register(added: ClosedDay, location: str | None) -> None:
    from form4_author.desk.register import register_of
    from form4_author.register.closed_day import remove_closed_day

    with register_of(location).writing() as session:
        remove_closed_day(session, added)


def _in_settings(days: Iterable[ClosedDay]) -> str:
    return str(stored("calendar.added", tuple(each.text() for each in sorted(days))).file)


def _shared(location: str | None) -> RegisterPlace | None:
    """The register that was named; None where none was."""
    named = location or os.environ.get("FORM4_REGISTER")
    if not named:
        return None
    from form4_author.register.place import place_of

    return place_of(named)


def _of_register(named: str | None) -> list[Kept]:
    """The days of a register; one that can't be read is reported on standard error."""
    if not named:
        return []
    from form4_author.register.closed_day import closed_days_at
    from form4_author.register.place import place_of

    try:
        place = place_of(named)
        return [Kept(closed_day(text), str(place)) for text in closed_days_at(place)]
    except Form4Error as error:
        sys.stderr.write(f"form4: The closed days in the register can't be read: {visible(error.problem)}.\n")
        return []


def _named(words: Sequence[str]) -> str | None:
    """The register that a command's words name."""
    for word, following in zip(words, (*words[1:], ""), strict=False):
        if word.startswith("--register="):
            return word.partition("=")[2] or None
        if word == "--register" and (
            "://" in following or following.endswith((".sqlite3", ".sqlite", ".db"))
        ):
            return following
    return None
