"""``form4 due``: the drafts at hand, when each is due, and the powers of attorney that end soon; as a calendar too."""

from __future__ import annotations

import hashlib
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from form4_author.cli.options import READY, UNREADABLE, CommandParser, add_register, as_of_date, written_json
from form4_author.desk.clock import eastern, now, today
from form4_author.desk.issuer import Issuers
from form4_author.desk.register import register_at, register_of
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import draft_file
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import CUT_OFF
from form4_author.wire.draft import filing_from
from form4_author.wizard.countdown import due_of_draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["run"]

_SOON: Final = timedelta(days=60)


class _Item(NamedTuple):
    """One line of the agenda."""

    day: date | None
    what: str
    file: str = ""
    problem: str = ""


class _Recorded(NamedTuple):
    """What the register has for the agenda."""

    powers: Sequence[_Item] = ()
    """Powers of attorney that end soon."""
    issuers: Issuers = Issuers()


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the agenda, soonest first."""
    options = _parser(word).parse_args(arguments)
    named = [Path(folder) for folder in options.folders]
    if options.ics:
        named.append(Path(options.ics).parent)
    missing = next((folder for folder in named if not folder.is_dir()), None)
    if missing is not None:
        raise UnreadableInput(f"There is no folder {missing}", remedy="Check its name")
    as_of = options.as_of or today()
    recorded, refused = _recorded(options.register, as_of)
    items = sorted(
        (*recorded.powers, *_items(options.folders, recorded.issuers)),
        key=lambda i: (i.day or date.max, i.what, i.file),
    )
    if refused:
        sys.stderr.write(
            f"form4 due: {refused}. Powers of attorney and what it knows of issuers are left out.\n"
        )
    if options.ics:
        _written(Path(options.ics), _calendar(items))
    if options.json:
        written_json([_data(item, as_of) for item in items])
    elif options.ics:
        dated = sum(item.day is not None for item in items)
        sys.stdout.write(f"{options.ics}: {dated} date{'' if dated == 1 else 's'}.\n")
    else:
        _write_agenda(items, as_of)
    return UNREADABLE if refused else READY


def _written(file: Path, content: bytes) -> None:
    try:
        draft_file.write_bytes(file, content)
    except OSError as error:
        raise UnreadableInput(
            f"{file} can't be written: {(error.strerror or str(error)).lower()}",
            remedy="Choose another place",
        ) from None


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Lists the drafts that were not filed yet, with the day each is due, and powers of attorney that end.",
        "form4 due\n  form4 due drafts/ --ics due.ics",
    )
    parser.add_argument(
        "folders", nargs="*", metavar="FOLDER", help="where drafts are (default: here and the drafts folder)"
    )
    parser.add_argument("--ics", metavar="FILE", help="write a calendar file")
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="tell what is left on this day (default: today)"
    )
    add_register(parser)
    return parser


def _recorded(location: str | None, as_of: date) -> tuple[_Recorded, str]:
    """What the register has for the agenda; or nothing, and why it can't be used."""
    try:
        if not location and not register_at(None).is_there:
            return _Recorded(), ""
        from form4_author.register.facts import issuer_facts, powers_ending

        with register_of(location).reading() as session:
            ending = [
                _Item(
                    p.until, f"Last day of the power of attorney of {p.person.name} to {', '.join(p.agents)}"
                )
                for p in powers_ending(session, as_of, as_of + _SOON)
            ]
            return _Recorded(ending, Issuers(issuer_facts(session))), ""
    except Form4Error as error:
        return _Recorded(), error.problem


def _items(folders: Sequence[str], issuers: Issuers) -> Iterator[_Item]:
    found = [d for f in folders for d in draft_file.drafts(Path(f))] if folders else draft_file.at_hand()
    for draft in found:
        if not draft.filed:
            yield _item(draft, issuers)


def _item(draft: draft_file.Summary, issuers: Issuers) -> _Item:
    who = " · ".join(part for part in (draft.person, draft.issuer) if part) or draft.path.name
    if draft.problem:
        return _Item(None, draft.path.name, str(draft.path), draft.problem)
    data = draft_file.load(draft.path).data
    filing = filing_from(data)[0]
    if filing.is_amendment:  # no rule gives it a day
        return _Item(
            None, f"Form {draft.form} · {who}", str(draft.path), "an amendment has no due date of its own"
        )
    due = due_of_draft(data, sec_calendar(), issuers.of(filing))
    what = f"Form {draft.form} · {who}"
    return _Item(due.day if due else None, what, str(draft.path), "" if due else "no due date yet")


def _data(item: _Item, as_of: date) -> dict[str, Any]:
    data: dict[str, Any] = {"what": item.what}
    if item.day is not None:
        data |= {"due": item.day.isoformat(), "late": item.day < as_of}
    return {
        **data,
        **({"file": item.file} if item.file else {}),
        **({"problem": item.problem} if item.problem else {}),
    }


def _write_agenda(items: Sequence[_Item], as_of: date) -> None:
    for item in items:
        when = f"{item.day:%a %Y-%m-%d}" if item.day else f"{'-':14}"
        late = " LATE" if item.day and item.day < as_of else ""
        what = f"{item.what}{f' ({item.problem})' if item.problem else ''}"
        sys.stdout.write(f"{when}{late}  {visible(what)}\n")
        if item.file:
            sys.stdout.write(f"{'':16}{visible(item.file)}\n")
    if not items:
        sys.stdout.write("No draft is waiting to be filed.\n")


def _calendar(items: Sequence[_Item]) -> bytes:
    """The dated items as an iCalendar file: forms at 10 p.m. Eastern, with a reminder the day before."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//form4-author//due//EN")
    calendar.add("version", "2.0")
    for item in items:
        if item.day is None:
            continue
        event = Event()
        event.add(
            "uid", hashlib.sha256(f"{item.file}|{item.what}".encode()).hexdigest()[:32] + "@form4-author"
        )
        event.add("dtstamp", now().astimezone(ZoneInfo("UTC")))
        event.add("dtstart", datetime.combine(item.day, CUT_OFF, eastern()) if item.file else item.day)
        event.add("summary", f"Due: {item.what}" if item.file else item.what)
        if item.file:
            event.add("description", f"By 10 p.m. Eastern. {item.file}")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", item.what)
        alarm.add("trigger", timedelta(days=-1))
        event.add_component(alarm)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    found: bytes = calendar.to_ical()
    return found
