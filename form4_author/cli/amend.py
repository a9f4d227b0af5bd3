"""``form4 amend``: a filed form becomes the draft of its amendment."""

from __future__ import annotations

import sys
from pathlib import Path as File
from typing import TYPE_CHECKING

from form4_author.cli.options import READY, CommandParser, add_register, as_of_date
from form4_author.desk.amendment import day_filed, day_of_original
from form4_author.desk.intake import opened
from form4_author.desk.register import names_missing, register_of, with_names
from form4_author.desk.settings import load
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.model.draft import Draft
from form4_author.model.interview import Interview
from form4_author.revision.amendment import REASON_AT, amendment, line_named, lines
from form4_author.text import shortened, visible
from form4_author.wire.filing import filing_from
from form4_author.wizard.draft.amended_line import with_original
from form4_author.wizard.draft.opening import as_worked_out, signing_of
from form4_author.wizard.option import Option
from form4_author.wizard.page import Page
from form4_author.wizard.prompter import Key, key_help
from form4_author.wizard.screen import AnswerKind, Ask
from form4_author.wizard.tty import ours
from form4_author.wizard.wording import line_row

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing

__all__ = ["command_parser", "run"]

_INTRO = ("The lines that do not change are not repeated (Instruction 9).",)
_LINES_HELP = (
    "Check each line of the filing that changes. A line that was left out is added in the interview.",
    key_help(AnswerKind.MULTI, jumps=False),
)
_NO_LINE = (
    Option("added", "A line was left out: add one"),
    Option("other", "Only boxes, footnotes, remarks or a signature change"),
)
_ROOM = 66
"""Columns of a row beside its box."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the draft; at a terminal what is not given is asked for."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    target = File(options.output)
    if target.exists() and not options.force:
        raise UnreadableInput(
            f"{target} is already there", remedy="Choose another name, or give --force to replace it"
        )
    filing, filed = _original(parser, options)
    filing = with_names(filing, options.register)
    original = day_of_original(filing, filed, options.original)
    chosen = _chosen(filing, options.lines)
    if chosen is None:
        sys.stdout.write("No draft was made.\n")
        return READY
    changed, picked = chosen
    amended = amendment(filing, changed, original, options.reason, options.reason_at)
    draft = as_worked_out(Draft(amended, Interview(signing=signing_of(filing))))
    draft_file.save(target, with_original(draft, picked=picked))
    repeated = len(amended.rows())
    where = visible(str(target))
    sys.stdout.write(
        f"{where}: Form {amended.form} with {repeated} line{'' if repeated == 1 else 's'} of the original.\n"
    )
    if amended.date_of_original_submission is None:
        sys.stdout.write(
            "The original's filing date is missing: "
            f"box {'5' if amended.base == '3' else '4'}, or --original here.\n"
        )
    sys.stdout.write(names_missing(amended))
    sys.stdout.write(f"Next: form4 edit {where}\n")
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Start an amendment: a draft with only the lines of the filed form that change.",
        'form4 amend filed.xml -o amended.form4.json --lines I.2 --original 2026-10-08 --reason "Corrects the price."\n'
        "  form4 amend --accession 0001107843-26-000123 -o amended.form4.json",
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="the form as filed: XML, envelope, EDGAR .txt or draft"
    )
    parser.add_argument(
        "--accession",
        metavar="NUMBER",
        help="in place of FILE: the recorded filing with this accession number",
    )
    add_register(parser, json_too=False)
    parser.add_argument("-o", "--output", required=True, metavar="DRAFT", help="the draft to write")
    parser.add_argument(
        "--lines",
        metavar="LINES",
        help="the lines that change: I.1,II.3 or all or none (default: asked at a terminal, else all)",
    )
    parser.add_argument(
        "--original",
        type=as_of_date,
        metavar="DATE",
        help="the date the original was filed (default: the date in the file)",
    )
    parser.add_argument(
        "--reason", metavar="TEXT", help="the reason for the amendment, for a footnote to the lines"
    )
    parser.add_argument(
        "--reason-at",
        choices=REASON_AT,
        default=REASON_AT[0],
        metavar="WHERE",
        help=f"where the reason appears: {', '.join(REASON_AT)} (default: {REASON_AT[0]})",
    )
    parser.add_argument("--force", action="store_true", help="replace an existing draft")
    return parser


def _original(parser: CommandParser, options: argparse.Namespace) -> tuple[Filing, date | None]:
    """The form that is amended, from a file or from the register, and the day it was filed where that is known."""
    if (options.file is None) == (options.accession is None):
        parser.error("give the form as FILE, or by --accession where it is recorded")
    if options.accession is None:
        intake = opened(options.file)
        return intake.filing, day_filed(intake)
    from form4_author.register.offer import filed_as

    with register_of(options.register).reading() as session:
        filed = filed_as(session, options.accession)
        return filing_from(filed.content)[0], filed.filed


def _chosen(filing: Filing, typed: str | None) -> tuple[tuple[Path, ...], bool] | None:
    """The lines meant by ``--lines`` or by what is typed at the terminal, and whether they were picked one by one.

    None where the question is left.
    """
    if typed is None and lines(filing) and sys.stdin.isatty():
        return _asked(filing)
    return _understood(filing, typed or "all")


def _understood(filing: Filing, typed: str) -> tuple[tuple[Path, ...], bool]:
    lines_by_name = lines(filing)
    wanted = typed.strip().lower()
    if wanted in ("", "all"):
        return tuple(lines_by_name.values()), False
    if wanted == "none":
        return (), True
    return tuple(line_named(filing, name) for name in typed.split(",")), True


def _asked(filing: Filing) -> tuple[tuple[Path, ...], bool] | None:
    """The lines that are checked in the list of all lines at the terminal; None where the list is left."""
    from form4_author.wizard.terminal import at_terminal

    ask = Ask(
        id="amend.lines",
        message="Which lines change?",
        kind=AnswerKind.MULTI,
        options=(*_line_options(filing), *_NO_LINE),
    )
    prompter, helps = at_terminal(plain=load().flag("screen.plain")), False
    with ours():
        while True:
            prompter.show(Page(title=(_title(filing),), intro=_INTRO, help=_LINES_HELP if helps else ()))
            try:
                reply = prompter.multi(ask)
            except (KeyboardInterrupt, EOFError):
                return None
            if isinstance(reply, tuple):
                return tuple(line_named(filing, name) for name in reply if name in lines(filing)), True
            if reply is Key.LEAVE or (reply is Key.BACK and not helps):
                return None
            helps = reply is Key.HELP and not helps


def _line_options(filing: Filing) -> Iterator[Option]:
    """Each line of the filing as a row."""
    for name, path in lines(filing).items():
        table, index = str(path[0]), int(path[1])
        row = Draft(filing).row(table, index)
        if row is not None:
            yield Option(name, shortened(line_row(table, index, row), _ROOM))


def _title(filing: Filing) -> str:
    """``Amend: Form 4 of Okafor Adaeze N``."""
    who = filing.owners[0].name if filing.owners else None
    return f"Amend: Form {filing.form}{f' of {who}' if who else ''}"
