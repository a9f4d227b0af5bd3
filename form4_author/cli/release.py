"""``form4 release``: record who reviewed a draft, and when."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from form4_author.cli.meant import draft_meant
from form4_author.cli.options import (
    FINDINGS,
    READY,
    CommandParser,
    add_asked_register,
    add_attach,
    as_of_date,
    register_asked,
)
from form4_author.desk.attachment import attachments_of
from form4_author.desk.clock import today
from form4_author.desk.facts import FactsSource
from form4_author.desk.intake import opened, refuse_outside, with_attachments
from form4_author.desk.packet import judged_parts, release_draft
from form4_author.page.release import STATEMENT, when
from form4_author.page.report import report_text
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Release the draft; exit code 1 and the findings when they block."""
    options = command_parser(word).parse_args(register_asked(arguments))
    options.file = draft_meant(options.file)
    intake = with_attachments(opened(options.file), attachments_of(options.attach))
    refuse_outside(intake)
    source = FactsSource(register=options.register)
    as_of = options.as_of or today()
    parts = judged_parts(intake, as_of, source.of)
    blocked = [report for _name, _form, report in parts if report.is_blocked]
    if blocked:
        sys.stdout.write("".join(report_text(report) for report in blocked))
        sys.stdout.write("Not released.\n")
        return FINDINGS
    made, folder = release_draft(intake, parts, options.by, options.note)
    sys.stdout.write(
        f"Released: {visible(made.by)}, {when(made)}.\nSHA-256: {made.sha256}\n"
        f"Packet: {visible(str(folder))}\n{STATEMENT}\n"
    )
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Record that a draft was reviewed: by whom, when, and the hash of the filing.\n"
        f"Sends nothing. Any change of the filing ends the release.\n{STATEMENT}",
        'form4 release okafor.form4.json --by "Dana Cho" --note "Checked against the plan statement"',
    )
    parser.add_argument("file", metavar="DRAFT", help="the draft")
    parser.add_argument(
        "--by", required=True, metavar="NAME", help="who reviewed it; a statement, not an identity"
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="what was checked")
    add_attach(parser)
    add_asked_register(parser)
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="judge as of this date (default: today)"
    )
    return parser
