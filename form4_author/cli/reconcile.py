"""``form4 reconcile``: what EDGAR lists for a person against the register and the drafts."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import (
    FINDINGS,
    READY,
    CommandParser,
    add_register,
    write_notices,
    written_json,
)
from form4_author.desk.reconcile import (
    edgar_list,
    files_for,
    list_in,
    open_filings,
    person_meant,
    person_reconciliation,
)
from form4_author.desk.register import register_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from form4_author.desk.reconcile import EdgarList
    from form4_author.register.database import Register

_EDGAR: Final = ""
"""What stands for EDGAR in place of a folder."""

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the differences; with ``--take-over`` import what is missing. 1 where the two sides differ."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    if options.take_over is not None and options.json:
        parser.error("--take-over writes what was imported; leave --json out")
    if options.list is None and options.person is None:
        parser.error("name a PERSON to read EDGAR's list, or give the list as a file with --list")
    from_folder = options.take_over not in (None, _EDGAR)
    if from_folder != (options.list is not None) and options.take_over is not None:
        parser.error("--take-over names a folder together with --list only; without --list it reads EDGAR")
    register = register_of(options.register)
    edgar = list_in(options.list) if options.list else _read(register, options.person)
    compared = person_reconciliation(register, options.person, edgar, open_filings())
    found = compared.result
    from form4_author.page.reconciliation import reconciliation_data, reconciliation_text

    if options.json:
        written_json(reconciliation_data(compared.cik, compared.name, found))
        return FINDINGS if found.differs else READY
    adjusted = [(f"{each.issuer}, {each.line}", each.source) for each in compared.adjusted]
    source = " --list FILE --take-over FOLDER" if options.list else " --take-over"
    command = f"form4 reconcile {compared.cik}{source}"
    name = f"{compared.name} (CIK {compared.cik})"
    sys.stdout.write(reconciliation_text(name, found, adjusted, command))
    if options.take_over is None or not found.missing:
        return FINDINGS if found.differs else READY
    if options.take_over == _EDGAR:
        from form4_author.cli.edgar_import import import_person

        return import_person(compared.cik, options.register)
    return _taken_over(options, files_for(found, options.take_over), len(found.missing))


def _read(register: Register, words: str) -> EdgarList:
    """The person's list on EDGAR, read over the network."""
    from form4_author.cli.edgar_import import asked_contact
    from form4_author.desk.edgar import source_of

    cik = person_meant(register, words)
    with closing(source_of(asked_contact(), lambda line: write_notices([line]))) as source:
        return edgar_list(source, cik)


def _taken_over(options: argparse.Namespace, files: Sequence[str], missing: int) -> int:
    """Import the files of what is missing; 1 where some have no file in the folder."""
    if files:
        from form4_author.cli.import_ import filled

        code = filled(files, options.register, as_json=False)
        if code != READY:
            return code
    if len(files) < missing:
        sys.stdout.write(f"Missing in the folder: {missing - len(files)} of {missing} filings.\n")
        return FINDINGS
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Compare the filings that EDGAR lists for a person with the register and the open drafts.\n"
        "Without --list, read EDGAR over the network.\n\n"
        "Exit code: 0 when both agree, 1 when they differ, 2 when a file cannot be read.",
        "form4 reconcile thakar\n  form4 reconcile thakar --take-over\n"
        "  form4 reconcile thakar --list CIK0001626115.json --take-over filings/",
    )
    parser.add_argument(
        "person", nargs="?", metavar="PERSON", help="CIK or name (default with --list: the filer of the list)"
    )
    parser.add_argument(
        "--list",
        metavar="FILE",
        help="the filer's list as a file: https://data.sec.gov/submissions/CIK….json",
    )
    parser.add_argument(
        "--take-over",
        nargs="?",
        const=_EDGAR,
        metavar="FOLDER",
        help="import what is missing: from EDGAR or, with --list, from this folder, whose files have accession"
        " numbers as names",
    )
    add_register(parser)
    return parser
