"""The agenda: drafts that were not filed, and powers of attorney that end, by the day; as a calendar too."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from form4_author.desk.clock import eastern, now
from form4_author.desk.issuer import Issuers
from form4_author.desk.register import register_at, register_of
from form4_author.desk.token_record import token_records
from form4_author.errors import Form4Error
from form4_author.files import draft_file
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import CUT_OFF
from form4_author.timing.legal_data import us_date
from form4_author.wizard.countdown import due_of_draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["AgendaItem", "agenda", "calendar_file"]

_SOON: Final = timedelta(days=60)


class AgendaItem(NamedTuple):
    """One line of the agenda."""

    day: date | None
    what: str
    file: str = ""
    """Empty for a power of attorney or a token."""
    problem: str = ""
    """Why there is no day."""


class _Recorded(NamedTuple):
    """What the register has for the agenda."""

    powers: Sequence[AgendaItem] = ()
    """Powers of attorney that end soon."""
    issuers: Issuers = Issuers()


def agenda(folders: Sequence[str], register: str | None, as_of: date) -> tuple[tuple[AgendaItem, ...], str]:
    """The items, soonest first; and why the register can't be used, where that is so.

    ``folders``: where drafts are; none for the current folder and that of the drafts.
    """
    recorded, refused = _recorded(register, as_of)
    items = (*recorded.powers, *_tokens(as_of), *_items(folders, recorded.issuers))
    return tuple(sorted(items, key=lambda i: (i.day or date.max, i.what, i.file))), refused


def _tokens(as_of: date) -> Iterator[AgendaItem]:
    """EDGAR's tokens that end soon, or have ended."""
    for each in token_records():
        if each.until < as_of:
            yield AgendaItem(None, f"EDGAR {each.words}", problem=f"expired {us_date(each.until)}")
        elif each.until <= as_of + _SOON:
            yield AgendaItem(each.until, f"Last day of the EDGAR {each.words}")


def _recorded(location: str | None, as_of: date) -> tuple[_Recorded, str]:
    """What the register has for the agenda; or nothing, and why it can't be used."""
    try:
        if not location and not register_at(None).is_there:
            return _Recorded(), ""
        from form4_author.register.facts import issuer_facts, powers_ending

        with register_of(location).reading() as session:
            ending = [
                AgendaItem(
                    p.until, f"Last day of the power of attorney of {p.person.name} to {', '.join(p.agents)}"
                )
                for p in powers_ending(session, as_of, as_of + _SOON)
            ]
            return _Recorded(ending, Issuers(issuer_facts(session))), ""
    except Form4Error as error:
        return _Recorded(), error.problem


def _items(folders: Sequence[str], issuers: Issuers) -> Iterator[AgendaItem]:
    drafts = [d for f in folders for d in draft_file.drafts(Path(f))] if folders else draft_file.at_hand()
    for draft in drafts:
        if not draft.filed:
            yield _item(draft, issuers)


def _item(draft: draft_file.Summary, issuers: Issuers) -> AgendaItem:
    who = " · ".join(part for part in (draft.person, draft.issuer) if part) or draft.path.name
    if draft.problem:
        return AgendaItem(None, draft.path.name, str(draft.path), draft.problem)
    read = draft_file.load(draft.path).draft
    if read.filing.is_amendment:  # no rule gives it a day
        return AgendaItem(
            None, f"Form {draft.form} · {who}", str(draft.path), "an amendment has no separate due date"
        )
    due = due_of_draft(read, sec_calendar(), issuers.of(read.filing))
    what = f"Form {draft.form} · {who}"
    return AgendaItem(due.day if due else None, what, str(draft.path), "" if due else "no due date yet")


def calendar_file(items: Sequence[AgendaItem]) -> bytes:
    """The dated items as an iCalendar file: forms at 10 p.m. Eastern, with a reminder the day before."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//form4-author//due//EN")
    calendar.add("version", "2.0")
    for item in items:
        if item.day is None:
            continue
        event = Event()
        identity = f"{item.file}|{item.what}".encode("utf-8", "surrogateescape")
        event.add("uid", hashlib.sha256(identity).hexdigest()[:32] + "@form4-author")
        what = visible(item.what)
        event.add("dtstamp", now().astimezone(ZoneInfo("UTC")))
        event.add("dtstart", datetime.combine(item.day, CUT_OFF, eastern()) if item.file else item.day)
        event.add("summary", f"Due: {what}" if item.file else what)
        if item.file:
            event.add("description", f"By 10 p.m. Eastern. {visible(item.file)}")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", what)
        alarm.add("trigger", timedelta(days=-1))
        event.add_component(alarm)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
