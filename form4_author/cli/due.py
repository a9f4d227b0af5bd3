"""``form4 due``: the drafts at hand, when each is due, and the powers of attorney that end soon; as a calendar too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from form4_author.cli.options import READY, UNREADABLE, CommandParser, add_register, as_of_date, written_json
from form4_author.desk.agenda import AgendaItem, agenda, calendar_file
from form4_author.desk.clock import today
from form4_author.errors import UnreadableInput
from form4_author.files.output import write_bytes
from form4_author.page.report import foot
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the agenda, soonest first."""
    options = command_parser(word).parse_args(arguments)
    named = [Path(folder) for folder in options.folders]
    if options.ics:
        named.append(Path(options.ics).parent)
    missing = next((folder for folder in named if not folder.is_dir()), None)
    if missing is not None:
        raise UnreadableInput(f"There is no folder {missing}", remedy="Check its name")
    as_of = options.as_of or today()
    items, refused = agenda(options.folders, options.register, as_of)
    if refused:
        sys.stderr.write(
            f"form4 due: {refused}. Its powers of attorney and facts about issuers are left out.\n"
        )
    if options.ics:
        _written(Path(options.ics), calendar_file(items))
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
        write_bytes(file, content)
    except OSError as error:
        raise UnreadableInput(
            f"{file} can't be written: {(error.strerror or str(error)).lower()}",
            remedy="Choose another place",
        ) from None


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "List the drafts that are not filed yet, with the day each is due, and powers of attorney that end.",
        "form4 due\n  form4 due drafts/ --ics due.ics",
    )
    parser.add_argument(
        "folders", nargs="*", metavar="FOLDER", help="where drafts are (default: here and the drafts folder)"
    )
    parser.add_argument("--ics", metavar="FILE", help="write a calendar file")
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="count the time left from this day (default: today)"
    )
    add_register(parser)
    return parser


def _data(item: AgendaItem, as_of: date) -> dict[str, Any]:
    data: dict[str, Any] = {"what": item.what}
    if item.day is not None:
        data |= {"due": item.day.isoformat(), "late": item.day < as_of}
    return {
        **data,
        **({"file": item.file} if item.file else {}),
        **({"problem": item.problem} if item.problem else {}),
    }


def _write_agenda(items: Sequence[AgendaItem], as_of: date) -> None:
    for item in items:
        when = f"{item.day:%a %Y-%m-%d}" if item.day else f"{'-':14}"
        late = " LATE" if item.day and item.day < as_of else ""
        what = f"{item.what}{f' ({item.problem})' if item.problem else ''}"
        sys.stdout.write(f"{when}{late}  {visible(what)}\n")
        if item.file:
            sys.stdout.write(f"{'':16}{visible(item.file)}\n")
    if not items:
        sys.stdout.write("There is no draft to file.\n")
    sys.stdout.write(foot())
