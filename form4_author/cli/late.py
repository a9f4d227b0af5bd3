"""``form4 late``: the table of late reports for Item 405, its evidence, and the draft of the paragraph."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import FINDINGS, READY, CommandParser, add_register, written_json
from form4_author.desk.audit import audit_of, late_of
from form4_author.desk.register import register_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command_parser", "run"]

_FIRST: Final = 2003
"""Reports have been electronic since June 30, 2003."""
_LAST: Final = 9998


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the table; 1 where a report was late."""
    options = command_parser(word).parse_args(arguments)
    audit = audit_of(register_of(options.register), options.issuer)
    found = late_of(audit, options.year)
    from form4_author.page.delinquent import delinquent_data, delinquent_text

    if options.json:
        written_json(delinquent_data(audit.cik, audit.name, found, foreign=audit.foreign))
    else:
        sys.stdout.write(delinquent_text(audit.name, found, foreign=audit.foreign))
    return FINDINGS if found.persons else READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Lists the reports under Section 16(a) that were filed late, by reporting person, for the\n"
        "disclosure under Regulation S-K, Item 405: number of reports, number of transactions, the\n"
        "evidence for each, and a draft paragraph. Not legal advice.\n\n"
        "Exit code: 0 with no late report, 1 with one, 2 when the register cannot be read.",
        "form4 late --issuer QLYS --year 2026",
    )
    parser.add_argument("--issuer", required=True, metavar="ISSUER", help="CIK, symbol or name")
    parser.add_argument(
        "--year",
        required=True,
        type=_year,
        metavar="YEAR",
        help="the fiscal year, by the calendar year it ends in",
    )
    add_register(parser)
    return parser


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4 and _FIRST <= int(text) <= _LAST):
        raise argparse.ArgumentTypeError(f'"{text}" is not a year such as 2026')
    return int(text)
