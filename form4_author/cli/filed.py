"""``form4 filed``: a draft was filed; the ledger moves to its totals and the draft is closed."""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from form4_author import store
from form4_author.cli.boundary import READY
from form4_author.cli.clock import now
from form4_author.cli.filling import told_inherited
from form4_author.cli.intake import Intake, divided, opened
from form4_author.cli.options import CommandParser, eastern_moment
from form4_author.cli.registered import add_register, register_of, written_json
from form4_author.errors import Form4Error
from form4_author.register.account import inherited
from form4_author.register.record import Paper, recorded
from form4_author.register.shown import filed_data, inherited_data
from form4_author.wire.write import write_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.register.book import Session
    from form4_author.register.table import Filed

__all__ = ["run"]

_ACCESSION: Final = re.compile(r"([0-9]{10})-?([0-9]{2})-?([0-9]{6})")
_EASTERN: Final = ZoneInfo("America/New_York")


def run(word: str, arguments: Sequence[str]) -> int:
    """Record the filing; a draft that made several forms has several accession numbers."""
    options = _parser(word).parse_args(arguments)
    intake = opened(options.draft)
    if intake.draft is None:
        raise Form4Error(f"{options.draft} is not a draft", remedy="Put filed documents in with form4 import")
    papers = _papers(intake, options.accession, options.at or now())
    told = []
    with register_of(options.register, create=True).writing() as session:
        for paper in papers:
            filed = recorded(session, paper, datetime.now(UTC))
            told.append({"accession_number": paper.accession_number, **_moved(session, filed)})
    _close(Path(options.draft), papers)
    if options.json:
        written_json(told)
        return READY
    for each in told:
        what = (
            "was in the register already; nothing moved"
            if each["known"]
            else "is in the register; the ledger has moved"
        )
        sys.stdout.write(f"{each['accession_number']} {what}.\n")
        for line in told_inherited(each.get("corrected", ())):
            sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{options.draft} is closed.\n")
    return READY


def _moved(session: Session, filed: Filed | None) -> dict[str, Any]:
    """What is told of a filing; one that was there is closed once more, and moves nothing."""
    if filed is None:
        return {"known": True}
    corrected = [inherited_data(found) for found in inherited(session, filed)]
    return {"known": False, **filed_data(filed), **({"corrected": corrected} if corrected else {})}


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
        type=_accession,
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


def _accession(text: str) -> str:
    found = _ACCESSION.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f'"{text}" is not an accession number such as 0001107843-26-000123')
    return "-".join(found.groups())


def _papers(intake: Intake, numbers: Sequence[str], at: datetime) -> tuple[Paper, ...]:
    """What was filed: one form for each accession number."""
    parts = divided(intake)
    if len(parts) != len(numbers):
        raise Form4Error(
            f"The draft makes {len(parts)} form{'' if len(parts) == 1 else 's'}, and {len(numbers)}"
            f" accession number{' was' if len(numbers) == 1 else 's were'} given",
            remedy="Give --accession once for each form, in their order",
        )
    return tuple(
        Paper(
            filing=part.filing,
            sha256=hashlib.sha256(write_document(part.filing)).hexdigest(),
            file=Path(intake.file).name,
            accession_number=number,
            filed=at.astimezone(_EASTERN).date(),
            accepted_at=at,
        )
        for (_companion, part), number in zip(parts, numbers, strict=True)
    )


def _close(path: Path, papers: Sequence[Paper]) -> None:
    """The draft says when it was filed; the menu and form4 due list it no more."""
    data = store.load(path).data
    interview = data.get("interview")
    at = papers[0].accepted_at
    closed = {"accession_numbers": [p.accession_number for p in papers], "at": at.isoformat() if at else ""}
    store.save(
        path, {**data, "interview": {**(interview if isinstance(interview, dict) else {}), "filed": closed}}
    )
