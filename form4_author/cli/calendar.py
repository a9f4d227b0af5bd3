"""``form4 calendar``: the closed days of a year, and those that are announced later."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any, Final

from form4_author import __version__
from form4_author.cli.options import READY, CommandParser, VerbParser, add_register, as_of_date, written_json
from form4_author.desk.clock import today
from form4_author.desk.closed_days import add_day, kept_days, remove_day, use_calendar
from form4_author.errors import MalformedValue
from form4_author.page.deadline import filled_line
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.closed_day import CLOSED, ClosedDay
from form4_author.timing.legal_data import AS_OF, basis

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date

    from form4_author.codes import Closure

__all__ = ["command_parser", "run"]

_FIRST_YEAR: Final = 1996
_LAST_YEAR: Final = 2099
_SATURDAY: Final = 5


def run(word: str, arguments: Sequence[str]) -> int:
    """Show a year, or add, remove or export closed days."""
    words = list(arguments)
    if words and words[0].isdecimal():
        words = ["show", *words]
    options = command_parser(word).parse_args(words)
    match options.verb:
        case "add":
            _add(options)
        case "remove":
            _remove(options)
        case "export":
            _export(options)
        case _:
            _show(options)
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "List the days of a year on which EDGAR is closed, with their sources, and add those\n"
        "announced later. An added day counts in every command at once. It is stored in the\n"
        "register that --register or FORM4_REGISTER names, else in the settings.",
        "form4 calendar 2026\n"
        '  form4 calendar add 2026-12-24 --closed edgar --reason "Executive order" \\\n'
        '    --source "SEC announcement of December 18, 2026"\n'
        "  form4 calendar remove 2026-12-24",
    )
    parser.set_defaults(verb="show", year=None, json=False, register=None)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=VerbParser)
    show = verbs.add_parser("show", help="the closed days of a year (default: this year)")
    show.add_argument("year", nargs="?", type=int, metavar="YEAR")
    show.add_argument("--json", action="store_true", help="write one JSON object")
    add = verbs.add_parser("add", help="add a day that was announced")
    remove = verbs.add_parser("remove", help="remove a day that was added")
    export = verbs.add_parser("export", help="write the added days as CSV")
    add.add_argument("day", type=as_of_date, metavar="DATE")
    add.add_argument(
        "--closed",
        required=True,
        choices=CLOSED,
        help="edgar: EDGAR is closed and the day does not count; offices: federal offices are closed, and EDGAR's"
        " closure is not confirmed",
    )
    add.add_argument("--reason", required=True, metavar="TEXT", help="why it is closed")
    add.add_argument("--source", required=True, metavar="TEXT", help="who announced it, where and when")
    remove.add_argument("day", type=as_of_date, metavar="DATE")
    for each in (add, remove):
        each.add_argument(
            "--force", action="store_true", help="change a past day; forms due then were checked without it"
        )
    for each in (show, add, remove, export):
        add_register(each, json_too=False)
    return parser


# ---- changes


def _add(options: argparse.Namespace) -> None:
    day, calendar = options.day, sec_calendar()
    reason, source = _plain("--reason", options.reason), _plain("--source", options.source)
    _refuse_past(options)
    if day.weekday() >= _SATURDAY:
        raise MalformedValue(f"{day} is a {day:%A} and does not count", remedy="Check the date")
    if calendar.is_closed_by_table(day):
        raise MalformedValue(
            f"{day} is closed already: {calendar.holiday(day)} ({calendar.source(day)})",
            remedy="form4 calendar shows the year",
        )
    added = ClosedDay(day, options.closed, reason, source)
    place = add_day(added, options.register)
    _say(f"Added: {added.words()}. Stored in {place}.")


def _remove(options: argparse.Namespace) -> None:
    _refuse_past(options)
    place = remove_day(options.day, options.register)
    _say(f"Removed: {options.day}, from {place}.")


def _refuse_past(options: argparse.Namespace) -> None:
    if options.day < today() and not options.force:
        raise MalformedValue(
            f"{options.day} is past; forms due then were checked without this change",
            remedy="Give --force to change it all the same",
        )


def _plain(option: str, text: str) -> str:
    """One line of text without the bar that separates the parts. Raises MalformedValue."""
    line = text.strip()
    if not line or "|" in line or not line.isprintable():
        raise MalformedValue(
            f'{option} "{visible(text)}" is empty or has a character that cannot be stored',
            remedy="Write one line without |",
        )
    return line


def _say(line: str) -> None:
    sys.stdout.write("\n".join(filled_line(visible(line))) + "\n")


# ---- what is shown


def _year(options: argparse.Namespace) -> int:
    year = today().year if options.year is None else int(options.year)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise MalformedValue(
            f"{year} is not a year of this calendar", remedy=f"Give one from {_FIRST_YEAR} to {_LAST_YEAR}"
        )
    return year


def _show(options: argparse.Namespace) -> None:
    year = _year(options)
    use_calendar([f"--register={options.register}"] if options.register else [])
    days, places = sec_calendar().special_days(year), _places(options.register)
    if options.json:
        written_json(
            {
                "tool": "form4-author",
                "version": __version__,
                "year": year,
                "as_of": AS_OF.isoformat(),
                "days": [_data(each, places) for each in days],
            }
        )
        return
    lines = [f"Days of {year} on which EDGAR is closed, or may be", ""]
    for each in days:
        lines += filled_line(f"  {each.day:%a} {each.day}  {_state(each)}", " " * 18)
        stored = f" Stored in {places[each.day]}." if each.day in places else ""
        lines += filled_line(f"{' ' * 18}Source: {each.source}.{stored}", " " * 18)
    lines += ["", "Saturdays and Sundays do not count either.", *filled_line(basis())]
    sys.stdout.write(visible("\n".join(lines) + "\n", kept="\n"))


def _state(each: Closure) -> str:
    return f"{each.name}; counted" if each.counts else each.name


def _data(each: Closure, places: dict[date, str]) -> dict[str, Any]:
    return {
        "day": each.day.isoformat(),
        "counts": each.counts,
        "name": each.name,
        "source": each.source,
        "stored": places.get(each.day),
    }


def _places(register: str | None) -> dict[date, str]:
    """Where the days are stored that were added."""
    return {each.added.day: each.place for each in kept_days(register)}


def _export(options: argparse.Namespace) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("date", "closed", "reason", "source"))
    writer.writerows(each.added for each in kept_days(options.register))
