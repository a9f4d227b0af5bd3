"""A draft that was filed: its forms as papers, their entry in the register, and the draft closed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from form4_author.desk.clock import eastern, moment
from form4_author.desk.exhibit import powers_go_along
from form4_author.desk.intake import Intake, divided
from form4_author.desk.register import register_of
from form4_author.errors import Form4Error, MalformedValue, UnreadableInput
from form4_author.files import draft_file
from form4_author.files.lock import draft_lock
from form4_author.model.interview import FiledNotice
from form4_author.register.account import overtaken
from form4_author.register.listing import filed_data, inherited_data
from form4_author.register.record import Paper, corrected, filing_on_record, recorded
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import day_received
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from form4_author.model.filing import Filing
    from form4_author.register.database import Session

__all__ = ["close_draft", "documents_of_draft", "enter_and_close", "recorded_document"]


def enter_and_close(
    file: Path, papers: Sequence[Paper], register: str | None, *, timed: bool
) -> list[dict[str, Any]]:
    """The forms of a draft enter the register and the draft is closed; what became of each form."""
    with draft_lock(file):
        with register_of(register, create=True).writing() as session:
            results = [recorded_document(session, paper, timed=timed) for paper in papers]
        close_draft(file, papers)
    return results


def recorded_document(session: Session, paper: Paper, *, timed: bool) -> dict[str, Any]:
    """The form enters the register, and what is told of it; one that is there moves nothing.

    Told again under another number, or with a time, it is corrected. Raises Form4Error for a number that is another's,
    or under which something else is on record.
    """
    there = filing_on_record(session, paper)
    if there is None:
        filed = recorded(session, paper, moment())
        assert filed is not None  # noqa: S101  # it was not known
        lines = [inherited_data(line) for line in overtaken(session, filed)]
        key = "corrected" if filed.form.endswith("/A") else "overtaken"
        return {"done": "moved", **filed_data(filed), **({key: lines} if lines else {})}
    done = "known"
    if timed or there.accession_number != paper.accession_number:
        before = (there.accession_number, there.filed, there.accepted_at)
        corrected(session, there, paper)
        done = "known" if before == (there.accession_number, there.filed, there.accepted_at) else "corrected"
    return {"done": done, **filed_data(there)}


def documents_of_draft(
    intake: Intake, numbers: Sequence[str], at: datetime | None, day: date | None = None
) -> tuple[Paper, ...]:
    """What was filed: one form for each accession number.

    ``at``: when EDGAR accepted it; None where only the ``day`` is known that EDGAR gave it.
    """
    parts = divided(intake)
    if len(set(numbers)) < len(numbers):
        raise Form4Error(
            "The same accession number was given twice", remedy="Each form has a different number"
        )
    if len(parts) != len(numbers):
        raise Form4Error(
            f"The draft makes {len(parts)} form{'' if len(parts) == 1 else 's'}, and {len(numbers)}"
            f" accession number{' was' if len(numbers) == 1 else 's were'} given",
            remedy="Give --accession once for each form, in their order",
        )
    received = day
    if received is None:
        assert at is not None  # noqa: S101  # one of the two is given
        received = day_received(at.astimezone(eastern()), sec_calendar())
    draft = intake.draft
    _refuse_before([part.filing for _companion, part in parts], received)
    return tuple(
        Paper(
            filing=part.filing,
            sha256=hashlib.sha256(write_document(part.filing)).hexdigest(),
            file=Path(intake.file).name,
            accession_number=given,
            filed=received,
            accepted_at=at,
            powers_attached=draft is not None and powers_go_along(draft),
        )
        for (_companion, part), given in zip(parts, numbers, strict=True)
    )


def _refuse_before(filings: Iterable[Filing], received: date) -> None:
    """Raises MalformedValue where a form was filed before what it reports: a wrong year moves the ledger."""
    for filing in filings:
        period = filing.period_of_report
        if period is not None and received < period and filing.base != "5":
            raise MalformedValue(
                f"--at {received} is before the form's period of report, {period}",
                remedy="Give the time of EDGAR's acceptance message",
            )


def close_draft(path: Path, papers: Sequence[Paper]) -> None:
    """The draft says when it was filed; the menu and form4 due list it no more."""
    draft = draft_file.load(path).draft
    at = papers[0].accepted_at
    numbers = tuple(paper.accession_number or "" for paper in papers)
    day = papers[0].filed
    closed = FiledNotice(
        accession_numbers=numbers, at=at.isoformat() if at else day.isoformat() if day else None
    )
    try:
        draft_file.save(path, draft.with_interview(filed=closed))
    except UnreadableInput as error:
        raise Form4Error(
            f"The register has the form, but {error.problem}, so the draft is not closed",
            remedy="Free some space, then run the same command again; nothing is recorded twice",
        ) from None
