"""``form4 register``: where it is and what it holds; backup and restore."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import READY, CommandParser, VerbParser, add_register, written_json
from form4_author.desk.register import register_at, register_of, report_upgrade
from form4_author.errors import Form4Error
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

__all__ = ["command_parser", "run"]

_FORCED: Final = {
    "backup": "replace a file that is not a backup",
    "restore": "replace the contents of the register",
}


def run(word: str, arguments: Sequence[str]) -> int:
    """Show, back up or restore."""
    first = arguments[:1]
    bare = not first or (first[0].startswith("-") and first[0] not in ("-h", "--help"))
    options = command_parser(word).parse_args(["show", *arguments] if bare else arguments)
    return {"show": _show, "backup": _backup, "restore": _restore}[options.verb](options)


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Show where the register is and what it contains; back it up to one file and restore it.",
        "form4 register backup register-2026-11-23.sqlite3",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=VerbParser)
    helps = {
        "show": "show where it is, its version and how much it contains",
        "backup": "write everything to FILE",
        "restore": "restore everything from FILE",
    }
    for verb, help_text in helps.items():
        below = verbs.add_parser(verb, help=help_text, description=help_text, allow_abbrev=False)
        if verb != "show":
            below.add_argument("file", metavar="FILE", help="the backup")
        if verb in _FORCED:
            below.add_argument("--force", action="store_true", help=_FORCED[verb])
        add_register(below)
    return parser


def _show(options: argparse.Namespace) -> int:
    place = register_at(options.register)
    if not place.is_there:
        if options.json:
            written_json({"register": str(place), "shape": None})
        else:
            sys.stdout.write(f"There is no register at {visible(str(place))} yet.\n")
        return READY
    from form4_author.register.listing import counts

    register = register_of(options.register)
    with register.reading() as session:
        row_counts = counts(session)
    if options.json:
        written_json({"register": str(place), "shape": register.shape(), "holds": row_counts})
        return READY
    sys.stdout.write(f"register: {visible(str(place))}\nshape: {register.shape()}\n")
    for name, count in row_counts.items():
        sys.stdout.write(f"{name}: {count}\n")
    return READY


def _backup(options: argparse.Namespace) -> int:
    from form4_author.register.backup import backed_up

    register = register_of(options.register, as_it_is=True)
    count = backed_up(register, Path(options.file), replace=options.force)
    return _write_result(options, f"{options.file} holds the whole register, {_filings(count)}.", count)


def _restore(options: argparse.Namespace) -> int:
    from form4_author.register.backup import restored

    if not Path(options.file).is_file():
        raise Form4Error(f"There is no backup {options.file}", remedy="Check the name and the folder")
    register = register_of(options.register, create=True)
    count = restored(register, Path(options.file), replace=options.force)
    report_upgrade(register)
    return _write_result(
        options, f"The register {register.place} holds what {options.file} held, {_filings(count)}.", count
    )


def _filings(count: int) -> str:
    return f"{count} filing{'' if count == 1 else 's'}"


def _write_result(options: argparse.Namespace, message: str, count: int) -> int:
    if options.json:
        written_json({"file": options.file, "filings": count})
    else:
        sys.stdout.write(f"{visible(message)}\n")
    return READY
