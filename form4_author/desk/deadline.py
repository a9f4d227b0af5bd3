"""When the form in a file is due: an answer for the form, and one for each group of rows with a date of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.model.draft import Draft
from form4_author.model.facts import IssuerFacts, issuer_facts
from form4_author.model.label import where
from form4_author.page.deadline import Answer
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import (
    Due,
    ExecutionBasis,
    form4_due,
    form5_due,
    year_end_from,
)
from form4_author.timing.due_date import (
    FOREIGN_INSIDERS,
    FOREIGN_INSIDERS_ACT,
    TWO_DAYS,
    due_of_event,
    due_of_filing,
    due_of_row,
    waits_for_form_5,
)
from form4_author.timing.legal_data import exempt_by_order

if TYPE_CHECKING:
    from form4_author.desk.intake import Intake
    from form4_author.desk.issuer import Issuers
    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row


__all__ = ["StatedDates", "answer_of_dates", "answers_of_intake"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDates:
    """A date to count from and what is known with it: ``trade`` (Form 4), ``event`` (Form 3) or ``year_end``."""

    trade: date | None = None
    code: str | None = None
    """The transaction code."""
    acquired: bool = False
    """With code G: the gift was received."""
    planned: bool = False
    """Made under a Rule 10b5-1(c) plan, and the filer did not choose the day."""
    notice: date | None = None
    """When the filer received notice of it; NEVER for one who did not."""
    event: date | None = None
    initial_registration: bool = False
    """The event is the issuer's first registration."""
    year_end: date | None = None
    """The last day of the issuer's fiscal year."""
    foreign: bool = False
    """The issuer is a foreign private issuer, and the person its director or officer."""


def answer_of_dates(dates: StatedDates) -> Answer:
    """When the form is due that the dates are about. Raises ValueError where there is no date."""
    calendar, year_end = sec_calendar(), dates.year_end
    if dates.trade is not None:
        return _of_trade(dates, dates.trade)
    if dates.event is not None:
        return _of_event(dates, dates.event)
    if year_end is None:
        raise ValueError("a trade, an event or a fiscal year end is required")
    return Answer(f"Form 5 for the fiscal year ended {year_end}", form5_due(year_end, calendar))


def _of_event(dates: StatedDates, event: date) -> Answer:
    registered = event if dates.initial_registration else None
    due = due_of_event(
        event, sec_calendar(), IssuerFacts(foreign_private=dates.foreign, went_public=registered)
    )
    notes: tuple[str, ...] = ()
    if dates.foreign:
        notes = (*_foreign_notes(event), exempt_by_order())
    elif FOREIGN_INSIDERS_ACT <= event <= FOREIGN_INSIDERS:
        notes = (_FOREIGN,)
    what = "the issuer's first registration on" if registered else "an event of"
    return Answer(f"Form 3 for {what} {event}", due, notes)


def _foreign_notes(event: date) -> tuple[str, ...]:
    """What decides the due date of a Form 3 of a foreign private issuer's insider whose event came by that day."""
    if event > FOREIGN_INSIDERS:
        return ()
    return (_IN_OFFICE if event == FOREIGN_INSIDERS else _APPOINTED,)


def _of_trade(dates: StatedDates, traded: date) -> Answer:
    calendar, code = sec_calendar(), dates.code
    direction = "A" if dates.acquired else "D" if code == "G" else None
    named = f"code {code} on" if code else "a transaction of"
    if waits_for_form_5(code, direction, traded):
        end = dates.year_end
        due = form5_due(year_end_from(traded, (end.month, end.day)), calendar) if end is not None else None
        return Answer(f"Form 5 for {named} {traded}", due, () if due else (_WAITS,))
    if dates.foreign and traded < FOREIGN_INSIDERS:
        return Answer(f"Form 4 for {named} {traded}", None, (_BEFORE_FOREIGN, exempt_by_order()))
    planned = dates.planned or code == "I"
    due = form4_due(traded, calendar, plan=planned, notice=dates.notice)
    return Answer(
        f"Form 4 for {named} {traded}{', under a plan' if planned else ''}",
        due,
        (*_notes_on_due(due, code, direction), *((exempt_by_order(),) if dates.foreign else ())),
    )


def _notes_on_due(due: Due, code: str | None, direction: str | None) -> tuple[str, ...]:
    """What is to be known beside a due date: a day of execution that is not stated, a code that leaves it open."""
    notes = []
    if due.execution is not None and due.execution.basis is ExecutionBasis.UNTOLD:
        notes.append(_UNTOLD)
    if code in ("E", "J"):
        notes.append(_OPEN_CODE.format(code=code))
    if code == "G" and direction == "D":
        notes.append(_GIFT)
    return tuple(notes)


def answers_of_intake(intake: Intake, issuers: Issuers, year_end: date | None) -> list[Answer]:
    """The answers for a file; one that has been filed has no time left, and may state when it was filed."""
    submission = intake.document.submission if intake.document is not None else None
    filed = submission.filed if submission is not None else None
    draft = intake.draft or Draft()
    issuer = issuer_facts(draft, issuers.of(intake.filing))
    if year_end is not None:
        issuer = (issuer or IssuerFacts())._replace(fiscal_year_end=(year_end.month, year_end.day))
    started = () if intake.filing.is_amendment else _started_dues(draft)
    return [
        replace(answer, file=intake.file, published=intake.is_public, filed=filed)
        for answer in _of_filing(intake.file, intake.filing, issuer, started)
    ]


def _started_dues(draft: Draft) -> tuple[Due, ...]:
    """Due dates of what happened whose lines are still to come; only a draft of the interview has such."""
    if not draft.interview.events:
        return ()
    from form4_author.wizard.countdown import open_event_dues

    return open_event_dues(draft, sec_calendar())


def _of_filing(
    file: str, filing: Filing, issuer: IssuerFacts | None, started: tuple[Due, ...]
) -> list[Answer]:
    """One answer for the form, on Form 4 one for each due date of its transactions."""
    title = f"{file}: Form {filing.form or 'not given yet'}"
    amended = (_AMENDMENT,) if filing.is_amendment else ()
    if filing.base != "4":
        due = due_of_filing(filing, sec_calendar(), issuer)
        notes = (*_at_once(filing, issuer), *amended)
        return [Answer(title, due, notes if due else (_NO_PERIOD,))]
    dues = _dues(filing, issuer, started)
    if not dues:
        return [Answer(title, None, (_NO_TRANSACTION,))]
    several = sum(due is not None for due, _why, _rows in dues) > 1 and not filing.is_amendment
    answers: list[Answer] = []
    for due, why, rows in dues:
        notes = amended + _planned(filing, due, rows) if due else (why,)
        first = (_EARLIEST,) if several and not answers else ()
        answers.append(
            Answer(
                title,
                due,
                notes + first,
                tuple(_row_text(*row) for row in rows) + _started_text(due, started),
            )
        )
    return answers


def _at_once(filing: Filing, issuer: IssuerFacts | None) -> tuple[str, ...]:
    """Why a Form 3 is due on another day than the tenth."""
    event = filing.period_of_report
    if filing.base != "3" or event is None or issuer is None:
        return ()
    public, foreign = issuer.went_public, bool(issuer.foreign_private)
    if public is not None and event <= public and not (foreign and public <= FOREIGN_INSIDERS):
        return (_ON_REGISTRATION.format(effective=public, event=event),)
    return _foreign_notes(event) if foreign else ()


def _planned(filing: Filing, due: Due, rows: list[tuple[Path, Row]]) -> tuple[str, ...]:
    """What a day of notice would change on a form with trades under a plan."""
    open_ = any(row.deemed_execution_date.value is None for _path, row in rows)
    by_others = filing.aff10b5_one or any(row.transaction_code.value == "I" for _path, row in rows)
    return (_BROKER_NOTICE,) if due.form == "4" and open_ and by_others else ()


def _dues(
    filing: Filing, issuer: IssuerFacts | None, started: tuple[Due, ...]
) -> list[tuple[Due | None, str, list[tuple[Path, Row]]]]:
    """The transactions by due date, earliest first; those without one last, by why they have none.

    ``started``: due dates of what happened whose lines are still to come.
    """
    fiscal_year_end = issuer.fiscal_year_end if issuer is not None else None
    found: dict[tuple[Due | None, str], list[tuple[Path, Row]]] = {(due, ""): [] for due in started}
    for path, row in filing.transactions():
        due = due_of_row(row, sec_calendar(), fiscal_year_end)
        found.setdefault((due, "" if due else _why_none(row)), []).append((path, row))
    order = sorted(found, key=lambda key: key[0].day if key[0] else date.max)
    return [(due, why, found[due, why]) for due, why in order]


def _why_none(row: Row) -> str:
    traded = row.transaction_date.value
    if traded is None:
        return "No due date: the transaction date is missing."
    return _OLD if traded < TWO_DAYS else _WAITS


def _started_text(due: Due | None, started: tuple[Due, ...]) -> tuple[str, ...]:
    """What happened and has no line to name yet, by its day."""
    days = dict.fromkeys(
        each.execution.traded for each in started if each == due and each.execution is not None
    )
    return tuple(f"Event of {day}: it has no lines yet" for day in days)


def _row_text(path: Path, row: Row) -> str:
    """``Table I, line 2: S of 2026-10-20``."""
    code, day = row.transaction_code.value or "no code", row.transaction_date.value or "no date"
    return f"{where(path)}: {code} of {day}"


_UNTOLD: Final = (
    "The day of notice is not known, so the days are counted from the trade. That gives the earliest due date."
    " Give --notice DATE, or --notice never."
)
_OPEN_CODE: Final = "Code {code} is due on Form 4, unless the exemption relied on permits Form 5."
_GIFT: Final = "Treated as a gift given. A gift received may be reported on Form 5 (--acquired)."
_WAITS: Final = (
    "It may be reported on Form 5, due 45 days after the fiscal year ends; --year-end DATE counts it."
)
_ON_REGISTRATION: Final = (
    "The issuer's first registration took effect on {effective}, on or after the event of {event}:"
    " Form 3 is due that day."
)
_IN_OFFICE: Final = (
    "Treated as a director or officer of a foreign private issuer in office on 2026-03-18:"
    " Form 3 was due that day. For one appointed on 2026-03-18 it was due on 2026-03-30, by the tenth day"
    " (SEC staff FAQs, March 2026)."
)
_OLD: Final = "No due date: before 2002-08-29 the due date depended on the month."
_NO_PERIOD: Final = "No due date: the form or its date is missing."
_NO_TRANSACTION: Final = "No due date: the form reports no transaction."
_EARLIEST: Final = "The earliest transaction sets the due date. Do not wait for the later ones."
_BROKER_NOTICE: Final = (
    "If others chose the day under a plan and notified the filer later, the day of notice counts:"
    " give it as Deemed Execution Date."
)
_AMENDMENT: Final = (
    "An amendment has no separate due date. This is when the transactions it reports were due."
)
_APPOINTED: Final = (
    "Treated as a director or officer of a foreign private issuer: Form 3 was due on 2026-03-18 or, of those"
    " appointed since 2025-12-18, on the tenth day where that was later (SEC staff FAQs, March 2026)."
)
_BEFORE_FOREIGN: Final = (
    "No due date: directors and officers of foreign private issuers report transactions since 2026-03-18"
    " (Release 34-104903)."
)
_FOREIGN: Final = (
    "Directors and officers of foreign private issuers may have a different due date; --foreign counts it."
)
