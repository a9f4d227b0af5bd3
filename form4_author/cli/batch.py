"""``form4 batch``: the rows of a sheet become drafts, one table to review, and their packets."""

from __future__ import annotations

import json
import sys
import textwrap
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from form4_author import store
from form4_author.cli.boundary import FINDINGS, READY, UNREADABLE
from form4_author.cli.clock import today
from form4_author.cli.intake import opened
from form4_author.cli.interview import desk, judged, make_packet
from form4_author.cli.options import CommandParser, as_of_date
from form4_author.cli.spreadsheet import rows_in, write_template
from form4_author.errors import Form4Error
from form4_author.findings import Verdict
from form4_author.wizard import opening
from form4_author.wizard.session import Session
from form4_author.wizard.sheet import CellRefused, Row, answers_of, columns_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from form4_author.findings import Report
    from form4_author.model.filing import Filing

__all__ = ["run"]

T = TypeVar("T")

_WIDTHS = (5, 22, 26, 5)


@dataclass(slots=True)
class _Line:
    """What became of one group of rows."""

    rows: list[int]
    draft: str
    person: str = ""
    form: str = ""
    verdict: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    problem: str = ""
    """Why there is no draft that can be used: the cell and what is wrong with it."""
    packet: str = ""


def run(word: str, arguments: Sequence[str]) -> int:
    """Make the drafts; 1 where one is blocked, 2 where a row could not be used."""
    options = _parser(word).parse_args(arguments)
    if options.template:
        write_template(Path(options.output), columns_for(options.template))
        sys.stdout.write(
            f"{options.output}: fill in a row for each event, then form4 batch {options.output}\n"
        )
        return READY
    if options.sheet is None:
        sys.stderr.write(
            "form4 batch: name a sheet, or --template for one to fill in. See form4 batch --help.\n"
        )
        return UNREADABLE
    as_of = options.as_of or today()
    folder = Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    groups = _groups(rows_in(options.sheet))
    lines = [_made(rows, folder, Path(options.sheet).parent, as_of) for rows in _progress(groups, "Drafts")]
    if options.packets:
        for line in _progress([line for line in lines if line.verdict.startswith("ready")], "Packets"):
            draft = Path(line.draft)
            line.packet = str(make_packet(draft, store.load(draft).data, as_of)[0][0])
    if options.json:
        sys.stdout.write(json.dumps([asdict(line) for line in lines], indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_table(lines)) + "\n")
    if any(line.problem for line in lines):
        return UNREADABLE
    return FINDINGS if any(line.verdict == Verdict.BLOCKED.value for line in lines) else READY


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Makes one draft for each person in a CSV or XLSX sheet, and a table of them; with --packets their packets.",
        "form4 batch --template grants -o grants.xlsx\n  form4 batch grants.xlsx -o november --packets",
    )
    parser.add_argument("sheet", nargs="?", metavar="SHEET", help="the sheet: .csv or .xlsx")
    parser.add_argument(
        "--template",
        metavar="EVENT",
        help="write a sheet to fill in: grants, options, vests, sales, purchases, gifts, or an event's id",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="PATH",
        help="the folder for the drafts; the sheet of --template",
    )
    parser.add_argument("--packets", action="store_true", help="make the packets of those that are ready")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.add_argument(
        "--as-of",
        type=as_of_date,
        metavar="DATE",
        help="the day to count from (default: today, Eastern time)",
    )
    return parser


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of each draft, in the order in which the drafts first occur; a row without a name stands alone."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.cells.get("draft", f"row-{row.number}"), []).append(row)
    return list(found.values())


def _progress(items: list[T], what: str) -> Iterator[T]:
    """The items, with a bar on a terminal."""
    from tqdm import tqdm

    yield from tqdm(items, desc=what, unit="", leave=False, disable=not sys.stderr.isatty(), file=sys.stderr)


def _made(rows: list[Row], folder: Path, beside: Path, as_of: date) -> _Line:
    """One draft from its rows; what is wrong with them is told and stops nothing else."""
    name = rows[0].cells.get("draft", f"row-{rows[0].number}")
    path = folder / f"{name}{store.SUFFIX}"
    line = _Line(rows=[row.number for row in rows], draft=str(path))
    try:
        _check_name(name, path, rows[0])
        report = _interviewed(rows, path, beside, as_of)
    except CellRefused as error:
        line.problem = f"row {error.row}, {error.column}: {error.problem}"
    except Form4Error as error:
        line.problem = f"row {rows[0].number}: {error}"
    else:
        line.form = report.form or ""
        line.verdict = report.verdict.value
        line.counts = report.counts
        owners = store.load(path).data.get("owners") or [{}]
        line.person = str(owners[0].get("name") or owners[0].get("cik") or "")
    return line


def _check_name(name: str, path: Path, row: Row) -> None:
    if Path(name).name != name or name.startswith("."):
        raise CellRefused(f'"{name}" cannot be the name of a file', column="draft", row=row.number)
    if path.exists():
        raise CellRefused(
            f"{path} is already there; move it away or choose another name", column="draft", row=row.number
        )
    if "happened" not in row.cells:
        raise CellRefused("is needed: what happened, as in grants", column="happened", row=row.number)


def _begun(last: Filing | None) -> dict[str, Any]:
    """The draft that the rows go on from."""
    return opening.fresh() if last is None else opening.from_filing(last, recalls=False)


def _interviewed(rows: list[Row], path: Path, beside: Path, as_of: date) -> Report:
    """The report of the draft that the rows make; a draft that could not be finished is not left behind."""
    prompter = answers_of(rows)
    last = next((row.cells["from"] for row in rows if "from" in row.cells), None)
    begun = _begun(None if last is None else opened(str(beside / last)).filing)
    with TemporaryDirectory(prefix=".form4-batch-", dir=path.parent) as place:
        made = Path(place) / path.name
        outcome = Session(made, begun, prompter, replace(desk(path, as_of), packet=None)).run()
        lost = prompter.unused()
        if lost is not None:
            problem = f'"{lost.text}" answers nothing that was asked'
            raise CellRefused(problem, column=lost.column, row=lost.row)
        made.rename(path)
    return judged(path, outcome.data, as_of)


def _table(lines: list[_Line]) -> Iterator[str]:
    yield _columns("row", "draft", "person", "form", "verdict")
    for line in lines:
        rows = str(line.rows[0]) if len(line.rows) == 1 else f"{line.rows[0]}…"
        said = "not made" if line.problem else _verdict(line)
        yield _columns(rows, Path(line.draft).name.removesuffix(store.SUFFIX), line.person, line.form, said)
        if line.problem:
            yield textwrap.fill(line.problem, 80, initial_indent="     ", subsequent_indent="     ")
    bad = sum(1 for line in lines if line.problem)
    ready = sum(1 for line in lines if line.verdict.startswith("ready"))
    counted = "1 form" if len(lines) == 1 else f"{len(lines)} forms"
    yield f"{counted}: {ready} ready, {len(lines) - ready - bad} blocked, {bad} with a bad row"


def _verdict(line: _Line) -> str:
    counted = ", ".join(f"{n} {what}" for what, n in line.counts.items() if n)
    return f"{line.verdict}{f' ({counted})' if counted else ''}"


def _columns(*cells: str) -> str:
    fixed = [cell[: width - 1].ljust(width) for cell, width in zip(cells, _WIDTHS, strict=False)]
    return ("".join(fixed) + cells[-1]).rstrip()
