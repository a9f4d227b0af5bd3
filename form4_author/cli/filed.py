"""``form4 filed``: a draft was filed; the ledger moves to its totals and the draft is closed."""

from __future__ import annotations

import argparse
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli.options import (
    READY,
    CommandParser,
    add_register,
    as_of_date,
    eastern_moment,
    write_notices,
    written_json,
)
from form4_author.desk.clock import moment, now, today
from form4_author.desk.filing import enter_and_close, papers_of_draft
from form4_author.desk.import_filing import correction_messages
from form4_author.desk.intake import judged, opened
from form4_author.desk.release import record_filer, refuse_filer
from form4_author.errors import Form4Error, MalformedValue
from form4_author.ident.accession import accession_number
from form4_author.text import grouped, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from form4_author.register.record import Paper

__all__ = ["command_parser", "run"]

_SAID: Final = {
    "moved": "is in the register; the ledger is updated",
    "known": "was already in the register; nothing changed",
    "corrected": "was already in the register; its number and time are corrected",
}


def run(word: str, arguments: Sequence[str]) -> int:
    """Record the filing; a draft that made several forms has several accession numbers."""
    options = command_parser(word).parse_args(arguments)
    intake = opened(options.draft)
    if intake.draft is None:
        raise Form4Error(f"{options.draft} is not a draft", remedy="Add filed documents with form4 import")
    refuse_filer(Path(options.draft), options.by)
    if options.on is not None and options.on > today():
        raise MalformedValue(
            f"--on {options.on} is in the future", remedy="Give the filing date of EDGAR's acceptance message"
        )
    at = None if options.on is not None and options.at is None else _past(options.at)
    papers = papers_of_draft(intake, options.accession, at, options.on)
    timed = options.at is not None or options.on is not None
    results = enter_and_close(Path(options.draft), papers, options.register, timed=timed)
    if options.by:
        record_filer(Path(options.draft), options.by, options.accession, moment())
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
    """When it was filed. Raises MalformedValue for a day that is in the future."""
    if at is not None and at > now() and at.date() > today():
        raise MalformedValue(
            f"--at {at:%Y-%m-%d %H:%M} is in the future", remedy="Give the time of EDGAR's acceptance message"
        )
    return at or now()


def _overtaken_messages(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Where a form told late leaves the balance alone, in sentences."""
    for line in lines:
        yield (
            f"{line['line']}: {grouped(Decimal(line['after']))} after this form; the balance comes from later forms:"
            f" {'; '.join(line['later'])}. Check whether they include this one."
        )


def _doubts(draft: str, paper: Paper) -> Iterator[str]:
    """What the checks stop. A filed form is a fact and goes on record all the same."""
    report, _filing, unattached, _is_public = judged(draft, None, lambda: paper.day(today()) or today())
    write_notices(unattached)
    if report.blocking:
        yield f"form4 check finds errors in it; it is recorded as it was filed. form4 amend {draft} corrects it."


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Record a filing: update the ledger to its totals and close the draft.",
        "form4 filed thakar.form4.json --accession 0001107843-26-000123 --at 2026-11-23T18:05",
    )
    parser.add_argument("draft", metavar="DRAFT", help="the draft")
    parser.add_argument(
        "--accession",
        required=True,
        action="append",
        type=_number,
        metavar="NUMBER",
        help="EDGAR's accession number; one for each form if the draft makes several",
    )
    parser.add_argument(
        "--at",
        type=eastern_moment,
        metavar="WHEN",
        help="when EDGAR accepted it, Eastern time (default: now)",
    )
    parser.add_argument(
        "--on",
        type=as_of_date,
        metavar="DATE",
        help="the filing date from EDGAR, if the time is not known",
    )
    parser.add_argument(
        "--by",
        default="",
        metavar="NAME",
        help="who filed it, for the release record; a statement, not an identity",
    )
    add_register(parser)
    return parser


def _number(text: str) -> str:
    try:
        return accession_number(text)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None
