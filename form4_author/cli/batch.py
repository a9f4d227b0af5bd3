"""``form4 batch``: the rows of a sheet become drafts, one table to review, and their packets."""

from __future__ import annotations

import os
import sys
import textwrap
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from form4_author import __version__
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
from form4_author.desk.clock import today
from form4_author.desk.exhibit import brought
from form4_author.desk.intake import opened
from form4_author.desk.interview import desk, judged, make_packet
from form4_author.desk.register import register_at, register_of
from form4_author.desk.sheet import NOBODY_NAMED, Roster, groups, refuse_name
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import draft_file
from form4_author.files.output import make_folder
from form4_author.files.spreadsheet import sheet_in, write_template
from form4_author.findings import Verdict
from form4_author.text import visible
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.carried_note import KEEP, doubtful, left_out
from form4_author.wizard.session import Session
from form4_author.wizard.sheet import CARRIED_NOTES, OWN_COLUMNS, CellRefused, answers_of, columns_for
from form4_author.wizard.wording import line as read_aloud

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from form4_author.desk.interview_register import RegisterClerk
    from form4_author.desk.sheet import SheetGroup
    from form4_author.files.spreadsheet import Sheet
    from form4_author.findings import Path as Place
    from form4_author.findings import Report
    from form4_author.register.database import Register

__all__ = ["run"]

T = TypeVar("T")

_WIDTHS: Final = (5, 22, 26, 5)


@dataclass(slots=True)
class _Line:
    """What became of one group of rows."""

    rows: list[int]
    draft: str
    person: str = ""
    form: str = ""
    verdict: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """The lines of the form and who signs it, as one reads them: nobody saw what was proposed and taken."""
    assumed: list[str] = field(default_factory=list)
    """What was taken because no earlier form says it."""
    problem: str = ""
    """Why there is no draft that can be used: the cell and what is wrong with it."""
    packet: str = ""
    packet_problem: str = ""
    """Why a draft that is ready has no packet."""


class _Around(NamedTuple):
    """What the drafts are made with."""

    sheet: Sheet
    folder: Path
    beside: Path
    """The folder of the sheet."""
    as_of: date
    roster: Roster
    clerk: RegisterClerk | None


def run(word: str, arguments: Sequence[str]) -> int:
    """Make the drafts; 1 where one is blocked, 2 where a row or a packet could not be made."""
    parser = _parser(word)
    options = parser.parse_args(arguments)
    if options.template:
        return _template(options)
    if options.sheet is None:
        sys.stderr.write(
            "form4 batch: name a sheet, or --template for one to fill in. See form4 batch --help.\n"
        )
        return UNREADABLE
    if options.issuer is not None:
        parser.error("--issuer goes with --template; a sheet has a column issuer")
    return _from_sheet(options, sheet_in(options.sheet))


def _from_sheet(options: argparse.Namespace, sheet: Sheet) -> int:
    """Drafts, packets where they are asked for, and the table."""
    rows = [row for row in sheet.rows if row.faults or not set(row.cells) <= set(OWN_COLUMNS)]
    if not rows:
        raise UnreadableInput(
            f"{options.sheet} has names in its rows and nothing beside them", remedy="Fill in what happened"
        )
    around = _around(options, sheet)
    lines = [_drafted(group, around) for group in _progress(groups(rows, around.roster), "Drafts")]
    if options.packets:
        for line in _progress([line for line in lines if line.verdict.startswith("ready")], "Packets"):
            _pack(line, around)
    for message in (sheet.encoding_note, *(around.clerk.messages() if around.clerk is not None else ())):
        sys.stderr.write(f"form4 batch: {visible(message)}\n" if message else "")
    if options.json:
        written_json([asdict(line) for line in lines])
    else:
        sys.stdout.write("\n".join(_table(lines, len(sheet.rows) - len(rows))) + "\n")
    return _ended(lines)


def _ended(lines: Sequence[_Line]) -> int:
    problems = [problem for line in lines for problem in (line.problem, line.packet_problem) if problem]
    if any(problem.startswith(_BUG) for problem in problems):
        return BUG
    if problems:
        return UNREADABLE
    return FINDINGS if any(line.verdict == Verdict.BLOCKED.value for line in lines) else READY


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Makes one draft for each person in a CSV or XLSX sheet, and a table of them; with --packets their packets.\n"
        "The columns person and issuer take names, address, title, lines and who signs from the register.",
        "form4 batch --template grants --issuer QLYS\n  form4 batch grants.xlsx --packets",
    )
    parser.add_argument("sheet", nargs="?", metavar="SHEET", help="the sheet: .csv or .xlsx")
    parser.add_argument(
        "--template",
        metavar="EVENT",
        help="write a sheet to fill in, with the insiders known: grants, options, vests, sales, purchases, gifts, or "
        "an event's id",
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
    parser.add_argument("--force", action="store_true", help="with --template: replace a sheet that is there")
    parser.add_argument("--packets", action="store_true", help="make the packets of those that are ready")
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
    columns = columns_for(options.template)
    path = Path(options.output or f"{options.template}.xlsx")
    if path.exists() and not options.force:
        raise UnreadableInput(
            f"{path} is already there", remedy="Choose another name, or give --force to replace it"
        )
    book, missing = _register(options)
    if book is None and options.issuer is not None:
        raise Form4Error("There is no register to take insiders from", remedy="Fill it by form4 import FILE…")
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


def _around(options: argparse.Namespace, sheet: Sheet) -> _Around:
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
            f"{folder} is no folder for drafts: {(error.strerror or str(error)).lower()}",
            remedy="Name another with -o",
        ) from None
    roster = Roster(book, as_of, missing)
    return _Around(sheet, folder, given.parent, as_of, roster, clerk)


# ---- drafts and packets


def _progress(items: list[T], what: str) -> Iterator[T]:
    """The items, with a bar on a terminal."""
    from tqdm import tqdm

    yield from tqdm(
        items, desc=what, unit="", leave=False, disable=not sys.stderr.isatty(), file=own_stderr()
    )


_BUG: Final = f"this is a bug in form4 {__version__}"


def _guarded(make: Callable[[], None], sheet: Sheet, row: int) -> str:
    """What is wrong, where something is, so that it stops nothing else; empty when it was made."""
    try:
        make()
    except CellRefused as error:
        return f"{sheet.place(error.row, error.column)}: {error.problem}"
    except Form4Error as error:
        return f"row {row}: {error}"
    except OSError as error:
        return f"row {row}: the system says: {error.strerror or error}"
    except Exception as error:
        if os.environ.get("FORM4_TRACEBACK") == "1":
            raise
        return f"{_BUG} ({type(error).__name__}), met at row {row}"
    return ""


def _drafted(group: SheetGroup, around: _Around) -> _Line:
    """One draft from its rows; what is wrong with them is told and stops nothing else."""
    path = around.folder / f"{group.name}{draft_file.SUFFIX}"
    line = _Line(rows=[row.number for row in group.rows], draft=str(path))

    def make() -> None:
        if group.refused is not None:
            raise group.refused
        refuse_name(group.name, group.rows[0])
        report, unknown = _interviewed(group, path, around)
        line.form = report.form or ""
        line.verdict = report.verdict.value
        line.counts = report.counts
        data = draft_file.load(path).data
        owners = data.get("owners") or ()
        line.person = "; ".join(str(owner.get("name") or owner.get("cik") or "") for owner in owners)
        line.assumed = [
            f"{line.person}: no earlier total is known for {each}; taken as 0"
            for each in dict.fromkeys(unknown)
        ]
        line.lines = [read_aloud(*each) for each in rows(data)]
        line.lines += _footnotes(data)
        line.lines += [str(signed.get("name")) for signed in data.get("signatures") or ()]

    line.problem = _guarded(make, around.sheet, group.rows[0].number)
    return line


def _footnotes(data: dict[str, Any]) -> Iterator[str]:
    """What is to be known of footnotes of the last filing, as nobody was asked."""
    left = left_out(data)
    yield from left
    if left:
        yield f'To keep {"it" if len(left) == 1 else "them"}, write "{KEEP}" in a column {CARRIED_NOTES} of the sheet.'
    yield from doubtful(data)


def _pack(line: _Line, around: _Around) -> None:
    """The packet of one draft."""
    draft = Path(line.draft)

    def make() -> None:
        packets = make_packet(draft, draft_file.load(draft).data, around.as_of, around.clerk)
        line.packet = str(packets[0][0])

    line.packet_problem = _guarded(make, around.sheet, line.rows[0])


def _starting_draft(group: SheetGroup, around: _Around) -> dict[str, Any]:
    """The draft that the rows go on from: what the register knows, or the last filing, or an empty one."""
    row = next((row for row in group.rows if "from" in row.cells), group.rows[0])
    if group.whom is not NOBODY_NAMED:
        return around.roster.started_draft(group.whom, group.form, row.number)
    if "from" not in row.cells:
        return opening.fresh(group.form)
    try:
        last = opened(str(around.beside / row.cells["from"])).filing
    except UnreadableInput as error:
        raise CellRefused(error.problem, column="from", row=row.number) from None
    return opening.from_filing(last, group.form, recalls=False)


def _interviewed(group: SheetGroup, path: Path, around: _Around) -> tuple[Report, list[str]]:
    """The report of the draft that the rows make, and the lines without an earlier total.

    A draft that could not be finished is not left behind.
    """
    prompter = answers_of(group.rows)
    start = _starting_draft(group, around)

    def bring(data: dict[str, Any], place: Place) -> tuple[dict[str, Any], tuple[str, ...]]:
        return brought(data, place, path.parent, around.beside)

    with TemporaryDirectory(prefix=".form4-batch-", dir=path.parent) as place:
        temporary = Path(place) / path.name
        outcome = Session(
            temporary,
            start,
            prompter,
            replace(desk(path, around.as_of, around.clerk), packet=None, bring=bring),
        ).run()
        lost = prompter.unused()
        if lost is not None:
            problem = f'"{lost.text}" answers nothing that was asked'
            raise CellRefused(problem, column=lost.column, row=lost.row)
        if not path.exists():
            temporary.rename(path)
        elif (
            draft_file.load(path).data != draft_file.load(temporary).data
        ):  # made by a run before, from a sheet that has changed
            problem = f"{path} is already there; move it away or choose another name"
            raise CellRefused(problem, column="draft", row=group.rows[0].number)
    return judged(path, outcome.data, around.as_of, around.clerk), prompter.unknown


# ---- the table


def _table(lines: list[_Line], without: int) -> Iterator[str]:
    yield _columns("row", "draft", "person", "form", "verdict")
    for line in lines:
        first = str(line.rows[0]) if len(line.rows) == 1 else f"{line.rows[0]}…"
        verdict = "not made" if line.problem else _verdict(line)
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


def _sum(lines: list[_Line], without: int) -> Iterator[str]:
    """How many there are of each, and the rows in which nothing happened."""
    bad = sum(1 for line in lines if line.problem)
    ready = sum(1 for line in lines if line.verdict.startswith("ready"))
    unpacked = sum(1 for line in lines if line.packet_problem)
    counted = "1 form" if len(lines) == 1 else f"{len(lines)} forms"
    parts = [f"{ready} ready", f"{len(lines) - ready - bad} blocked", f"{bad} with a bad row"]
    yield f"{counted}: {', '.join([*parts, *([f'{unpacked} without the packet'] if unpacked else [])])}"
    if without:
        yield f"{without} row{'' if without == 1 else 's'} left out: nothing stands beside the names"


def _verdict(line: _Line) -> str:
    counted = ", ".join(f"{n} {what}" for what, n in line.counts.items() if n)
    return f"{line.verdict}{f' ({counted})' if counted else ''}"


def _columns(*cells: str) -> str:
    plain = ["".join(sign if sign.isprintable() else " " for sign in cell) for cell in cells]
    fixed = [cell[: width - 1].ljust(width) for cell, width in zip(plain, _WIDTHS, strict=False)]
    return ("".join(fixed) + plain[-1]).rstrip()
