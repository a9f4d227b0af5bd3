"""``form4 batch``: the rows of a sheet become drafts, one table to review, and their packets."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from form4_author.cli.options import (
    BUG,
    FINDINGS,
    READY,
    UNREADABLE,
    CommandParser,
    add_register,
    as_of_date,
    own_stderr,
    written_json,
)
from form4_author.desk.batch import BUG_WORDS, BatchForm, BatchWork, draft_of_rows, make_packet_of
from form4_author.desk.batch_review import REVIEW, review_table
from form4_author.desk.clock import today
from form4_author.desk.register import register_at, register_of
from form4_author.desk.sheet import Roster, groups
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import draft_file
from form4_author.files.output import make_folder, write_bytes
from form4_author.files.spreadsheet import TemplateColumn, sheet_in, write_template
from form4_author.findings import Verdict
from form4_author.text import visible
from form4_author.wizard.sheet import OWN_COLUMNS, columns_for
from form4_author.wizard.sheet_heading import COLUMN_NAMES, choices_for, heading_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from form4_author.files.spreadsheet import Sheet
    from form4_author.register.database import Register

__all__ = ["command_parser", "run"]

T = TypeVar("T")

_WIDTHS: Final = (5, 22, 26, 5)


def run(word: str, arguments: Sequence[str]) -> int:
    """Make the drafts; 1 where one is blocked, 2 where a row or a packet could not be made."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    if options.template:
        return _template(options)
    if options.sheet is None:
        sys.stderr.write(
            "form4 batch: name a sheet, or give --template to write one to fill in. See form4 batch --help.\n"
        )
        return UNREADABLE
    if options.issuer is not None:
        parser.error("--issuer goes with --template; a sheet has a column issuer")
    return _from_sheet(options, sheet_in(options.sheet, COLUMN_NAMES))


def _from_sheet(options: argparse.Namespace, sheet: Sheet) -> int:
    """Drafts, packets where they are asked for, and the table."""
    rows = [row for row in sheet.rows if row.faults or not set(row.cells) <= set(OWN_COLUMNS)]
    if not rows:
        raise UnreadableInput(
            f"{options.sheet} has names in its rows, but nothing next to them", remedy="Fill in what happened"
        )
    around = _around(options, sheet)
    lines = [draft_of_rows(group, around) for group in _progress(groups(rows, around.roster), "Drafts")]
    if options.packets and not options.preview:
        for line in _progress([line for line in lines if line.verdict.startswith("ready")], "Packets"):
            make_packet_of(line, around)
    for message in (sheet.encoding_note, *(around.clerk.messages() if around.clerk is not None else ())):
        sys.stderr.write(f"form4 batch: {visible(message)}\n" if message else "")
    if not options.preview:
        write_bytes(around.folder / REVIEW, review_table(lines))
    if options.json:
        written_json([asdict(line) for line in lines])
    else:
        sys.stdout.write("\n".join(_table(lines, len(sheet.rows) - len(rows))) + "\n")
        if options.preview:
            sys.stdout.write("Preview: no draft was made.\n")
    return _ended(lines)


def _ended(lines: Sequence[BatchForm]) -> int:
    problems = [problem for line in lines for problem in (line.problem, line.packet_problem) if problem]
    if any(problem.startswith(BUG_WORDS) for problem in problems):
        return BUG
    if problems:
        return UNREADABLE
    return FINDINGS if any(line.verdict == Verdict.BLOCKED.value for line in lines) else READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Make one draft for each person in a CSV or XLSX sheet, and list them; with --packets also their packets.\n"
        "The columns person and issuer take names, address, title, lines and who signs from the register.",
        "form4 batch --template grants --issuer QLYS\n  form4 batch grants.xlsx --packets",
    )
    parser.add_argument("sheet", nargs="?", metavar="SHEET", help="the sheet: .csv or .xlsx")
    parser.add_argument(
        "--template",
        metavar="EVENT",
        help="write a sheet to fill in with recorded insiders: grants, options, vests, sales, purchases, gifts, "
        "fees (stock instead of fees), bonuses (vested stock), payouts (deferred units), cash (units paid in cash), "
        "or an event's id",
    )
    parser.add_argument(
        "--issuer", metavar="WHICH", help="with --template: only insiders of this CIK, symbol or name"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="the folder for the drafts (default: the sheet's name beside it); the sheet of --template (default: "
        "EVENT.xlsx here)",
    )
    parser.add_argument("--force", action="store_true", help="with --template: replace an existing sheet")
    parser.add_argument(
        "--preview",
        action="store_true",
        help="show what each row adds, with the balances after; save no draft",
    )
    parser.add_argument(
        "--replace", action="store_true", help="replace drafts that an earlier run made from different rows"
    )
    parser.add_argument(
        "--packets", action="store_true", help="make the packets of the drafts that are ready"
    )
    parser.add_argument(
        "--as-of",
        type=as_of_date,
        metavar="DATE",
        help="the day to count from (default: today, Eastern time)",
    )
    add_register(parser)
    return parser


def _template(options: argparse.Namespace) -> int:
    """A sheet to fill in, with a row for each insider that the register knows."""
    choices = choices_for(options.template)
    columns = [
        TemplateColumn(name, about, heading_of(name), choices.get(name, ()))
        for name, about in columns_for(options.template).items()
    ]
    path = Path(options.output or f"{options.template}.xlsx")
    if path.exists() and not options.force:
        raise UnreadableInput(
            f"{path} is already there", remedy="Choose another name, or give --force to replace it"
        )
    book, missing = _register(options)
    if book is None and options.issuer is not None:
        raise Form4Error("There is no register with insiders", remedy="Fill it by form4 import FILE…")
    rows = Roster(book, options.as_of or today(), missing).rows(options.template, options.issuer)
    write_template(path, columns, rows)
    insiders = (
        f"a row for each of {len(rows)} insiders, fill in what happened"
        if rows
        else "fill in a row for each event"
    )
    sys.stdout.write(visible(f"{path}: {insiders}, then form4 batch {path}") + "\n")
    return READY


def _register(options: argparse.Namespace) -> tuple[Register | None, str]:
    """The register that is named, or the usual one; or why there is none, which is told where it can't be used.

    Raises Form4Error for one that is named, or that a template is to be made from, and can't be used.
    """
    place = register_at(options.register)
    if not place.is_there and not options.register:
        return None, f"there is no register at {place}; form4 import FILE… makes one"
    try:
        return register_of(options.register), ""
    except Form4Error as error:
        if options.register or options.template:
            raise
        sys.stderr.write(
            f"form4 batch: {visible(error.problem)}. The drafts are made and judged without it.\n"
        )
        return None, "the register can't be used"


def _around(options: argparse.Namespace, sheet: Sheet) -> BatchWork:
    as_of = options.as_of or today()
    given = Path(options.sheet)
    folder = Path(options.output) if options.output else given.with_name(f"{given.stem}-drafts")
    book, missing = _register(options)
    clerk = None
    if book is not None:
        from form4_author.desk.interview_register import RegisterClerk

        clerk = RegisterClerk(book, as_of, offers=False, fills=False)
    try:
        make_folder(folder)
    except OSError as error:
        raise UnreadableInput(
            f"{folder} cannot be the folder for drafts: {(error.strerror or str(error)).lower()}",
            remedy="Name another with -o",
        ) from None
    roster = Roster(book, as_of, missing)
    named = folder if options.output else None
    return BatchWork(
        sheet, folder, given.parent, as_of, roster, clerk, named, options.replace, options.preview
    )


# ---- drafts and packets


def _progress(items: list[T], what: str) -> Iterator[T]:
    """The items, with a bar on a terminal."""
    from tqdm import tqdm

    yield from tqdm(
        items, desc=what, unit="", leave=False, disable=not sys.stderr.isatty(), file=own_stderr()
    )


# ---- the table


def _table(lines: list[BatchForm], without: int) -> Iterator[str]:
    yield _columns("row", "draft", "person", "form", "verdict")
    for line in lines:
        first = str(line.rows[0]) if len(line.rows) == 1 else f"{line.rows[0]}…"
        verdict = "not made" if line.problem else _verdict(line)
        verdict += f"; {line.kept}" if line.kept else ""
        yield _columns(
            first, Path(line.draft).name.removesuffix(draft_file.SUFFIX), line.person, line.form, verdict
        )
        for each in line.lines:
            yield textwrap.fill(each, 80, initial_indent="     ", subsequent_indent="          ")
        for assumption in line.assumed:
            yield textwrap.fill(assumption, 80, initial_indent="     ", subsequent_indent="     ")
        for problem in (line.problem, line.packet_problem and f"no packet: {line.packet_problem}"):
            if problem:
                yield textwrap.fill(problem, 80, initial_indent="     ", subsequent_indent="     ")
    yield from _sum(lines, without)


def _sum(lines: list[BatchForm], without: int) -> Iterator[str]:
    """How many there are of each, and the rows in which nothing happened."""
    bad = sum(1 for line in lines if line.problem)
    ready = sum(1 for line in lines if line.verdict.startswith("ready"))
    unpacked = sum(1 for line in lines if line.packet_problem)
    counted = "1 form" if len(lines) == 1 else f"{len(lines)} forms"
    parts = [f"{ready} ready", f"{len(lines) - ready - bad} blocked", f"{bad} with a bad row"]
    yield f"{counted}: {', '.join([*parts, *([f'{unpacked} without the packet'] if unpacked else [])])}"
    if without:
        yield f"{without} row{'' if without == 1 else 's'} left out: nothing is filled in next to the names"


def _verdict(line: BatchForm) -> str:
    counted = ", ".join(f"{n} {what}" for what, n in line.counts.items() if n)
    return f"{line.verdict}{f' ({counted})' if counted else ''}"


def _columns(*cells: str) -> str:
    plain = ["".join(sign if sign.isprintable() else " " for sign in cell) for cell in cells]
    fixed = [cell[: width - 1].ljust(width) for cell, width in zip(plain, _WIDTHS, strict=False)]
    return ("".join(fixed) + plain[-1]).rstrip()
