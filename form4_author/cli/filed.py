"""``form4 filed``: a draft was filed; the ledger moves to its totals and the draft is closed."""

from __future__ import annotations

import argparse
import hashlib
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli.options import READY, CommandParser, add_register, eastern_moment, written_json
from form4_author.desk.clock import eastern, moment, now, today
from form4_author.desk.exhibit import powers_go_along
from form4_author.desk.import_filing import correction_messages
from form4_author.desk.intake import Intake, divided, judged, opened
from form4_author.desk.register import register_of
from form4_author.errors import Form4Error, MalformedValue, UnreadableInput
from form4_author.files import draft_file
from form4_author.files.lock import draft_lock
from form4_author.ident.accession import accession_number
from form4_author.register.account import overtaken
from form4_author.register.listing import filed_data, inherited_data
from form4_author.register.record import Paper, corrected, filing_on_record, recorded
from form4_author.text import grouped, visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import day_received
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from form4_author.model.filing import Filing
    from form4_author.register.database import Session

__all__ = ["run"]

_SAID: Final = {
    "moved": "is in the register; the ledger has moved",
    "known": "was in the register already; nothing moved",
    "corrected": "was in the register already; its number and time are corrected",
}


def run(word: str, arguments: Sequence[str]) -> int:
    """Record the filing; a draft that made several forms has several accession numbers."""
    options = _parser(word).parse_args(arguments)
    intake = opened(options.draft)
    if intake.draft is None:
        raise Form4Error(f"{options.draft} is not a draft", remedy="Put filed documents in with form4 import")
    papers = _papers(intake, options.accession, _past(options.at))
    with draft_lock(Path(options.draft)):
        with register_of(options.register, create=True).writing() as session:
            results = [_moved(session, paper, timed=options.at is not None) for paper in papers]
        _close(Path(options.draft), papers)
    if options.json:
        written_json(results)
        return READY
    for each in results:
        sys.stdout.write(f"{each['accession_number']} {_SAID[each['done']]}.\n")
        for line in (
            *correction_messages(each.get("corrected", ())),
            *_overtaken_messages(each.get("overtaken", ())),
        ):
            sys.stdout.write(f"{visible(line)}\n")
    for line in _doubts(options.draft, papers[0]):
        sys.stdout.write(f"{visible(line)}\n")
    sys.stdout.write(f"{visible(options.draft)} is closed.\n")
    return READY


def _past(at: datetime | None) -> datetime:
    """When it was filed. Raises MalformedValue for a day that is yet to come."""
    if at is not None and at > now() and at.date() > today():
        raise MalformedValue(
            f"--at {at:%Y-%m-%d %H:%M} is yet to come", remedy="Give the time of EDGAR's acceptance message"
        )
    return at or now()


def _moved(session: Session, paper: Paper, *, timed: bool) -> dict[str, Any]:
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


def _overtaken_messages(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Where a form told late leaves the balance alone, in sentences."""
    for line in lines:
        yield (
            f"{line['line']}: {grouped(Decimal(line['after']))} after this form, but the balance is that of later ones:"
            f" {'; '.join(line['later'])}. See whether they count this one."
        )


def _doubts(draft: str, paper: Paper) -> Iterator[str]:
    """What the checks stop. A filed form is a fact and goes on record all the same."""
    report, _ = judged(draft, None, lambda: paper.day(today()) or today())
    if report.blocking:
        yield f"form4 check finds errors in it; it is on record as it was filed. form4 amend {draft} corrects it."


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Tells the register that a draft was filed: the ledger moves to its totals, the draft is closed.",
        "form4 filed thakar.form4.json --accession 0001107843-26-000123 --at 2026-11-23T18:05",
    )
    parser.add_argument("draft", metavar="DRAFT", help="the draft")
    parser.add_argument(
        "--accession",
        required=True,
        action="append",
        type=_number,
        metavar="NUMBER",
        help="EDGAR's accession number; one for each form, where the draft made several",
    )
    parser.add_argument(
        "--at",
        type=eastern_moment,
        metavar="WHEN",
        help="when EDGAR accepted it, Eastern time (default: now)",
    )
    add_register(parser)
    return parser


def _number(text: str) -> str:
    try:
        return accession_number(text)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def _papers(intake: Intake, numbers: Sequence[str], at: datetime) -> tuple[Paper, ...]:
    """What was filed: one form for each accession number."""
    parts = divided(intake)
    if len(set(numbers)) < len(numbers):
        raise Form4Error("One accession number was given twice", remedy="Each form has its own")
    if len(parts) != len(numbers):
        raise Form4Error(
            f"The draft makes {len(parts)} form{'' if len(parts) == 1 else 's'}, and {len(numbers)}"
            f" accession number{' was' if len(numbers) == 1 else 's were'} given",
            remedy="Give --accession once for each form, in their order",
        )
    received = day_received(at.astimezone(eastern()), sec_calendar())
    _refuse_before([part.filing for _companion, part in parts], received)
    return tuple(
        Paper(
            filing=part.filing,
            sha256=hashlib.sha256(write_document(part.filing)).hexdigest(),
            file=Path(intake.file).name,
            accession_number=given,
            filed=received,
            accepted_at=at,
            powers_attached=intake.draft is not None and powers_go_along(intake.draft),
        )
        for (_companion, part), given in zip(parts, numbers, strict=True)
    )


def _refuse_before(filings: Iterable[Filing], received: date) -> None:
    """Raises MalformedValue where a form was filed before what it reports: a wrong year moves the ledger."""
    for filing in filings:
        period = filing.period_of_report
        if period is not None and received < period and filing.base != "5":
            raise MalformedValue(
                f"--at {received} lies before the form's period of report, {period}",
                remedy="Give the time of EDGAR's acceptance message",
            )


def _close(path: Path, papers: Sequence[Paper]) -> None:
    """The draft says when it was filed; the menu and form4 due list it no more."""
    data = draft_file.load(path).data
    interview = data.get("interview")
    at = papers[0].accepted_at
    closed = {"accession_numbers": [p.accession_number for p in papers], "at": at.isoformat() if at else ""}
    try:
        draft_file.save(
            path,
            {**data, "interview": {**(interview if isinstance(interview, dict) else {}), "filed": closed}},
        )
    except UnreadableInput as error:
        raise Form4Error(
            f"The register has the form, but {error.problem}, so that the draft is not closed",
            remedy="Free some space, then give the same command again: nothing moves twice",
        ) from None
