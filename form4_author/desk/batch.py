"""Many drafts from the rows of a sheet, each with its report; what is wrong with one stops no other."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author import __version__
from form4_author.desk.exhibit import brought
from form4_author.desk.intake import opened
from form4_author.desk.interview import desk, judged, made_packet, make_packet
from form4_author.desk.release import releases
from form4_author.desk.sheet import NO_ONE_NAMED, Roster, refuse_name
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import disk, draft_file
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.carried_note import KEEP, doubtful, left_out
from form4_author.wizard.session import Session
from form4_author.wizard.sheet import CARRIED_NOTES, CellRefused, answers_of
from form4_author.wizard.wording import line as read_aloud

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from form4_author.desk.interview_register import RegisterClerk
    from form4_author.desk.sheet import SheetGroup
    from form4_author.files.spreadsheet import Sheet
    from form4_author.findings import Path as Place
    from form4_author.findings import Report
    from form4_author.model.draft import Draft

__all__ = ["BUG_WORDS", "BatchForm", "BatchWork", "draft_of_rows", "make_packet_of"]


BUG_WORDS: Final = f"this is a bug in form4 {__version__}"


@dataclass(slots=True)
class BatchForm:
    """What became of one group of rows."""

    rows: list[int]
    draft: str
    person: str = ""
    form: str = ""
    verdict: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """The lines of the form and who signs it, in words: no one saw what was proposed and accepted."""
    assumed: list[str] = field(default_factory=list)
    """What was taken because no earlier form says it."""
    problem: str = ""
    """Why there is no draft that can be used: the cell and what is wrong with it."""
    kept: str = ""
    """``unchanged`` or ``replaced``, where the draft was there before."""
    packet: str = ""
    packet_problem: str = ""
    """Why a draft that is ready has no packet."""


class BatchWork(NamedTuple):
    """What the drafts are made with."""

    sheet: Sheet
    folder: Path
    beside: Path
    """The folder of the sheet."""
    as_of: date
    roster: Roster
    clerk: RegisterClerk | None
    packets: Path | None = None
    """The folder for packets, where the user named one."""
    replace: bool = False
    """Whether drafts of an earlier run are replaced."""
    preview: bool = False
    """Whether no draft is left."""


def _problem_of(make: Callable[[], None], sheet: Sheet, row: int) -> str:
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
        return f"{BUG_WORDS} ({type(error).__name__}), met at row {row}"
    return ""


def draft_of_rows(group: SheetGroup, around: BatchWork) -> BatchForm:
    """One draft from its rows; what is wrong with them is reported and stops nothing else."""
    path = around.folder / f"{group.name}{draft_file.SUFFIX}"
    line = BatchForm(rows=[row.number for row in group.rows], draft=str(path))

    def make() -> None:
        if group.refused is not None:
            raise group.refused
        refuse_name(group.name, group.rows[0])
        draft, report, unknown, line.kept = _interviewed(group, path, around)
        line.form = report.form or ""
        line.verdict = report.verdict.value
        line.counts = report.counts
        line.person = "; ".join(owner.name or owner.cik or "" for owner in draft.filing.owners)
        line.assumed = [
            f"{line.person}: no earlier total is recorded for {each}; taken as 0"
            for each in dict.fromkeys(unknown)
        ]
        line.lines = [read_aloud(*each) for each in rows(draft)]
        line.lines += _footnotes(draft)
        line.lines += [str(signed.name) for signed in draft.filing.signatures]

    line.problem = _problem_of(make, around.sheet, group.rows[0].number)
    return line


def _footnotes(draft: Draft) -> Iterator[str]:
    """Remarks on the footnotes of the last filing, which no one was asked about."""
    left = left_out(draft)
    yield from left
    if left:
        yield f'To keep {"it" if len(left) == 1 else "them"}, write "{KEEP}" in a column {CARRIED_NOTES} of the sheet.'
    yield from doubtful(draft)


def make_packet_of(line: BatchForm, around: BatchWork) -> None:
    """The packet of one draft."""
    path = Path(line.draft)

    def make() -> None:
        draft = draft_file.load(path).draft
        there = made_packet(path, draft, around.packets)
        if there is not None:
            line.packet = str(there)
            return
        packets = make_packet(path, draft, around.as_of, around.clerk, around.packets)
        line.packet = str(packets[0][0])

    line.packet_problem = _problem_of(make, around.sheet, line.rows[0])


def _starting_draft(group: SheetGroup, around: BatchWork) -> Draft:
    """The draft that the rows continue from: what the register knows, or the last filing, or an empty one."""
    row = next((row for row in group.rows if "from" in row.cells), group.rows[0])
    if group.whom is not NO_ONE_NAMED:
        return around.roster.started_draft(group.whom, group.form, row.number)
    if "from" not in row.cells:
        return opening.fresh(group.form)
    try:
        last = opened(str(around.beside / row.cells["from"])).filing
    except UnreadableInput as error:
        raise CellRefused(error.problem, column="from", row=row.number) from None
    return opening.from_filing(last, group.form, recalls=False)


def _interviewed(group: SheetGroup, path: Path, around: BatchWork) -> tuple[Draft, Report, list[str], str]:
    """The draft that the rows make, its report, the lines without an earlier total, what became of one before.

    A draft that could not be finished is not left behind.
    """
    prompter = answers_of(group.rows)
    start = _starting_draft(group, around)

    def bring(draft: Draft, place: Place) -> tuple[Draft, tuple[str, ...]]:
        return brought(draft, place, path.parent, around.beside)

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
            problem = f'"{lost.text}" is not the answer to any question'
            raise CellRefused(problem, column=lost.column, row=lost.row)
        made = draft_file.load(temporary).draft
        kept = _put(temporary, path, group.rows[0].number, around)
    return made, judged(path, outcome.draft, around.as_of, around.clerk), prompter.unknown, kept


def _put(new: Path, path: Path, row: int, around: BatchWork) -> str:
    """Put the draft in its place; what became of one that was there: ``unchanged``, ``replaced``, or nothing.

    Raises CellRefused for one that was filed or released, and for one that differs, unless it is to be replaced.
    """
    if not path.exists():
        if not around.preview:
            disk.rename(new, path)
        return ""
    before = draft_file.load(path)
    if before.data == draft_file.load(new).data:
        return "unchanged"
    closed = "filed" if before.draft.interview.filed is not None else "released" if releases(path) else ""
    if closed:
        raise CellRefused(
            f"{path} was {closed} and is not replaced; choose a different name for the draft",
            column="draft",
            row=row,
        )
    if not around.replace:
        problem = (
            f"{path} already exists and is different; give --replace, move it or choose a different name"
        )
        raise CellRefused(problem, column="draft", row=row)
    if not around.preview:
        draft_file.save(path, draft_file.load(new).draft)
    return "replaced"
