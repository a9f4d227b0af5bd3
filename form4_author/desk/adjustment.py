"""The letter that asks for another filing date (Regulation S-T, Rule 13(b), 17 CFR 232.13(b)), from the receipts.

What the receipts do not have is left in square brackets. Whether the rule covers the delay is not decided here.
"""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author import __version__
from form4_author.desk.clock import eastern
from form4_author.desk.intake import opened
from form4_author.desk.receipt import all_receipts, receipts_of
from form4_author.desk.state import filing_hash
from form4_author.desk.submission import packet_draft
from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik
from form4_author.model.draft import Draft
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import us_date
from form4_author.wizard.countdown import due_of_draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from form4_author.desk.intake import Intake
    from form4_author.desk.receipt import Receipt
    from form4_author.page.html import Paper

__all__ = [
    "Case",
    "FilerStatement",
    "LetterPart",
    "case_of",
    "letter",
    "letter_html",
    "letter_text",
    "unfilled",
]

_WIDTH: Final = 78
_SUBMISSION: Final = "submission"


class FilerStatement(NamedTuple):
    """What the filer states."""

    wanted: date | None = None
    """The filing date that is asked for."""
    problem: str = ""
    """What went wrong."""
    harm: str = ""
    """What it means for the filer if the date stays."""
    signer: str = ""
    """The filer, or counsel."""


class Case(NamedTuple):
    """One filing whose date is to be adjusted."""

    whole: Intake
    receipts: tuple[Receipt, ...]
    """Of every attempt, oldest first."""
    due: date | None

    @property
    def accepted(self) -> tuple[Receipt, ...]:
        """The LIVE forms that EDGAR accepted."""
        return tuple(each for each in self.receipts if each.mode == "LIVE" and each.result == "accepted")

    @property
    def filed(self) -> date | None:
        """EDGAR's filing date, where it is one."""
        days = {each.filed for each in self.accepted if each.filed}
        return date.fromisoformat(days.pop()) if len(days) == 1 else None


class LetterPart(NamedTuple):
    """A part of the letter."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[tuple[str, ...], ...] = ()
    """The attempts: what was done, and below it each answer."""


def case_of(name: str) -> Case:
    """The filing of a packet, draft or envelope, with its receipts. Raises Form4Error where it can't be read."""
    path = Path(name)
    file = packet_draft(path) if path.is_dir() else path
    whole = opened(str(file))
    digest = filing_hash(whole)
    found = list(receipts_of(file))
    found += [each for each in all_receipts() if each.filing_sha256 == digest and each not in found]
    due = due_of_draft(whole.draft or Draft(whole.filing), sec_calendar(), None)
    receipts = tuple(sorted(found, key=lambda each: (each.at, each.number)))
    return Case(whole, receipts, due.day if due is not None else None)


def letter(case: Case, stated: FilerStatement, today: date) -> tuple[LetterPart, ...]:
    """The parts of the letter. Raises Form4Error where the date that is asked for is not before EDGAR's."""
    wanted = stated.wanted
    if wanted is None and case.due is not None and (case.filed is None or case.due < case.filed):
        wanted = case.due
    if case.filed is not None and (wanted is None or wanted >= case.filed):
        asked = us_date(wanted) if wanted is not None else "the date asked for"
        raise Form4Error(
            f"EDGAR's filing date is {us_date(case.filed)}, and {asked} is not an earlier date",
            remedy="Give the filing date to ask for with --to",
        )
    return (
        LetterPart(
            paragraphs=(
                us_date(today),
                "Securities and Exchange Commission\n100 F Street, N.E.\nWashington, D.C. 20549",
                "Via EDGAR, as correspondence under the filer's own CIK",
            )
        ),
        LetterPart("Re: request to adjust a filing date", tuple(_subject(case))),
        LetterPart(paragraphs=(_request(case, wanted), _due(case))),
        LetterPart(
            "What went wrong",
            (
                stated.problem
                or _blank("What delayed the filing, and why that was beyond the filer's control"),
                "Each attempt to send the form, with the times recorded by the filer's computer (Eastern time):",
            ),
            tuple(_attempts(case)) or ((_blank("Each attempt, with its day and time, and EDGAR's answer"),),),
        ),
        LetterPart(
            "If the date is not adjusted",
            (stated.harm or _blank("The harm to the filer if the request is refused"),),
        ),
        LetterPart("Enclosed", (_enclosed(case),)),
        LetterPart(
            "Signature",
            (
                "\n".join(
                    (
                        _blank("Signature of the filer or its counsel, not of a filing agent"),
                        stated.signer or _blank("Name of the filer or of counsel, and capacity"),
                        _blank("Telephone and email"),
                    )
                ),
            ),
        ),
    )


def unfilled(parts: Sequence[LetterPart]) -> int:
    """How many places are to be filled in."""
    return letter_text(parts).count("[")


def _blank(what: str) -> str:
    return f"[{what}]"


def _subject(case: Case) -> Iterator[str]:
    """Items 1 to 4: filer, subject company, accession number, type of the filing."""
    filing = case.whole.filing
    form = filing.form or _blank("Form type")
    numbers = [each.accession_number for each in case.accepted] or [_blank("Accession number")]
    plural = "" if len(numbers) == 1 else "s"
    people = [
        f"Filer: {_plain(owner.name) or _blank('Name')} (CIK {_cik(owner.cik)})" for owner in filing.owners
    ]
    yield "\n".join(
        (
            f"Form {form}, accession number{plural} {', '.join(numbers)}",
            *people,
            f"Subject company: {_plain(filing.issuer.name) or _blank('Name')} (CIK {_cik(filing.issuer.cik)})",
        )
    )


def _request(case: Case, wanted: date | None) -> str:
    """Item 5: from which date to which."""
    at = us_date(case.filed) if case.filed is not None else _blank("EDGAR's filing date")
    to = us_date(wanted) if wanted is not None else _blank("The filing date that is asked for")
    several = len(case.whole.filing.owners) > 1
    return (
        f"The filer{'s' if several else ''} named above request{'' if several else 's'}, under Rule 13(b) of"
        f" Regulation S-T (17 CFR 232.13(b)), that the filing date of this Form"
        f" {case.whole.filing.form or '4'} be adjusted from {at} to {to}."
    )


def _due(case: Case) -> str:
    """Item 6: that the filing had a due date."""
    day = us_date(case.due) if case.due is not None else _blank("Due date, and the rule that sets it")
    return f"The filing had a due date: {day}."


def _attempts(case: Case) -> Iterator[tuple[str, ...]]:
    """Items 7 and 9: each attempt with its times, and EDGAR's messages."""
    for number, receipt in enumerate(case.receipts, 1):
        part = f" (form {receipt.part})" if receipt.part else ""
        yield (
            f"{number}. {receipt.mode} submission{part}, begun {_time(receipt.begun)}: {_outcome(receipt)}".rstrip(
                "."
            )
            + ".",
            *(line for answer in receipt.answers for line in _answer(answer)),
        )


def _outcome(receipt: Receipt) -> str:
    problem = f" ({_plain(receipt.problem)})" if receipt.problem else ""
    if receipt.outcome == "unknown":
        return f"no answer of EDGAR's is on record{problem}"
    if receipt.outcome == "not sent":
        return f"no connection to EDGAR was made{problem}"
    if receipt.outcome == "refused":
        return f"EDGAR did not accept it, HTTP status {receipt.http_status}{problem}"
    said = f"EDGAR received it as {receipt.accession_number}"
    if receipt.result == "suspended":
        return f"{said} and suspended it"
    if receipt.result == "accepted":
        at = f" {_time(receipt.accepted)}" if receipt.accepted else ""
        return f"{said} and accepted it{at}"
    return f"{said}; its end is not on record"


def _answer(answer: Mapping[str, object]) -> Iterator[str]:
    """An answer of EDGAR's, with its messages word for word."""
    about = "Answer" if answer.get("to") == _SUBMISSION else f"From the {answer.get('to')}"
    if answer.get("to") == "status":
        about = "Status"
    facts = [
        f"HTTP status {answer['http_status']}" if answer.get("http_status") else "",
        str(answer.get("status") or ""),
        f"tracking {answer['tracking']}" if answer.get("tracking") else "",
        f"locator {answer['locator']}" if answer.get("locator") else "",
    ]
    yield _plain(f"{about}, {_time(str(answer['at']))}: {', '.join(fact for fact in facts if fact)}")
    messages = answer.get("messages")
    for message in messages if isinstance(messages, list) else ():
        number = f" {message['number']}" if message.get("number") else ""
        yield _plain(f'{message.get("kind", "")}{number}: "{message.get("text", "")}"')


def _enclosed(case: Case) -> str:
    names = [f"receipt-{each.number}.json" for each in case.receipts]
    kept = f"{', '.join(names)}; " if names else ""
    return f"{kept}{_blank('EDGAR notices of each test and live attempt, as received by email')}"


def _time(text: str) -> str:
    """``November 4, 2024, 9:05:00 p.m.``, Eastern."""
    at = datetime.fromisoformat(text).astimezone(eastern())
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{us_date(at.date())}, {at.hour % 12 or 12}:{at:%M:%S} {half}"


def _plain(text: str | None) -> str:
    """On one line, without square brackets, which mark what is to be filled in."""
    return visible(" ".join((text or "").split())).replace("[", "(").replace("]", ")")


def _cik(text: str | None) -> str:
    return bare_cik(text) if text else _blank("CIK")


# ---- as a file


def letter_text(parts: Sequence[LetterPart]) -> str:
    """The letter as text."""
    lines: list[str] = []
    for part in parts:
        lines += [part.heading, ""] if part.heading else []
        for paragraph in part.paragraphs:
            lines += [line for each in paragraph.split("\n") for line in _wrapped(each)]
            lines.append("")
        for item in part.items:
            lines += _wrapped(item[0], after="   ")
            lines += [line for answer in item[1:] for line in _wrapped(answer, "   ", "     ")]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _wrapped(text: str, before: str = "", after: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=before, subsequent_indent=after, break_on_hyphens=False)


def letter_html(parts: Sequence[LetterPart], case: Case, paper: Paper = "letter") -> str:
    """The letter as a page. Raises ResourceMissing when the templates are not installed."""
    from form4_author.page.html import environment

    owner = next(iter(case.whole.filing.owners), None)
    template = environment().get_template("paper/adjustment.html.j2")
    name = _plain(owner.name) if owner is not None else ""
    return template.render(parts=parts, name=name, paper=paper, version=__version__)
