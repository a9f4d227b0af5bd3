"""``form4 deadline``: when a form is due, with every day of the count."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import READY, UNREADABLE, CommandParser, add_register, as_of_date
from form4_author.codes import transaction_codes
from form4_author.desk.clock import now, today
from form4_author.desk.issuer import Issuers, issuers_at
from form4_author.model.facts import IssuerFacts
from form4_author.model.label import where
from form4_author.page.deadline import Answer, Inquiry, answers_json, answers_text
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import (
    NEVER,
    Due,
    ExecutionBasis,
    form3_due,
    form4_due,
    form5_due,
    year_end_from,
)
from form4_author.timing.due_date import (
    FOREIGN_INSIDERS,
    TWO_DAYS,
    due_of_filing,
    due_of_row,
    filed_on_registration,
    waits_for_form_5,
)
from form4_author.wizard.countdown import open_event_dues
from form4_author.wizard.draft.stated_fact import issuer_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.desk.intake import Intake
    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["run"]

_FORM_OF: Final = {"trade": "4", "event": "3", "year_end": "5"}
_ASKS: Final = {"3": "--event", "4": "--trade", "5": "--year-end"}
_UNTOLD: Final = (
    "The day of notice is not known: counted from the trade, which gives the earliest due date."
    " Give --notice DATE, or --notice never."
)
_OPEN_CODE: Final = "Code {code} is due on Form 4 unless the exemption relied on lets it wait for Form 5."
_GIFT: Final = "Counted as a gift given; one received may wait for Form 5 (--acquired)."
_FOREIGN: Final = (
    "Directors and officers of foreign private issuers in office on 2026-03-18 had to file that day"
    " (--initial-registration shows it)."
)
_WAITS: Final = (
    "It may wait for Form 5, due on the 45th day after the issuer's fiscal year; --year-end DATE counts it."
)
_ON_REGISTRATION: Final = (
    "The issuer's first registration took effect on {effective}, on or after the event of {event}:"
    " Form 3 is due that day."
)
_IN_OFFICE: Final = (
    "Counted for a director or officer of a foreign private issuer in office on 2026-03-18:"
    " Form 3 was due that day."
)
_OLD: Final = "No due date: before 2002-08-29 transactions were due by the month."
_NO_PERIOD: Final = "No due date: the form or its date is missing."
_NO_TRANSACTION: Final = "No due date: the form reports no transaction."
_EARLIEST: Final = "The form is due by its earliest transaction; do not hold it for the later ones."
_TOLD_LATER: Final = (
    "If others chose the day under a plan and told the filer later, the day of notice counts:"
    " give it as Deemed Execution Date."
)
_AMENDMENT: Final = "An amendment has no due date of its own: this is when what it reports was due."


def run(word: str, arguments: Sequence[str]) -> int:
    """Count, and show the count."""
    parser = _parser(word)
    options = parser.parse_args(arguments)
    wrong = _wrong(options)
    if wrong:
        parser.error(wrong)
    asked = _asked_on(options.as_of)
    answers, refused = _of_files(options) if options.files else ([_of_words(options)], "")
    if refused:
        sys.stderr.write(f"form4 deadline: {refused}. What the register knows of issuers is left out.\n")
    write = answers_json if options.json else answers_text
    sys.stdout.write(write(answers, asked))
    return UNREADABLE if refused else READY


def _of_files(options: argparse.Namespace) -> tuple[list[Answer], str]:
    """The answers for the files, by what is known of their issuers; and why the register can't be used."""
    from form4_author.desk.intake import facts_in, opened

    given, _ = facts_in(options.facts, ())
    intakes = [opened(file) for file in options.files]
    issuers, refused = issuers_at(options.register, given.issuer)
    return [a for intake in intakes for a in _of_intake(intake, issuers, options.year_end)], refused


def _asked_on(on: date | None) -> Inquiry:
    """This day, or today by the clock."""
    if on is not None:
        return Inquiry(on)
    day, moment = today(), now()
    return Inquiry(day, moment if moment.date() == day else None)


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Says when a form is due and shows the counting, in business days of the SEC.",
        "form4 deadline smith.form4.json\n"
        "  form4 deadline --trade 2026-11-19 --plan --notice 2026-11-23\n"
        "  form4 deadline --form 3 --event 2026-10-01\n"
        "  form4 deadline --form 5 --year-end 2026-12-31",
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="draft, XML or EDGAR .txt: its own due dates"
    )
    parser.add_argument("--form", choices=("3", "4", "5"), help="follows from the date given")
    parser.add_argument("--trade", type=as_of_date, metavar="DATE", help="Form 4: day of the transaction")
    parser.add_argument(
        "--plan",
        action="store_true",
        help="made under a Rule 10b5-1(c) plan, and the filer did not choose the day",
    )
    parser.add_argument(
        "--notice", type=_notice, metavar="DATE", help="day the filer was told of the plan trade, or never"
    )
    parser.add_argument(
        "--code", type=_code, metavar="CODE", help="transaction code: some may wait for Form 5"
    )
    parser.add_argument("--acquired", action="store_true", help="with --code G: the gift was received")
    parser.add_argument(
        "--event", type=as_of_date, metavar="DATE", help="Form 3: day the person became an insider"
    )
    parser.add_argument(
        "--initial-registration",
        action="store_true",
        help="Form 3: the event is the issuer's first registration",
    )
    parser.add_argument(
        "--year-end", type=as_of_date, metavar="DATE", help="Form 5: last day of the issuer's fiscal year"
    )
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="tell what is left on this day (default: today)"
    )
    parser.add_argument(
        "--facts", metavar="FILE", help="with FILE: YAML or JSON, what is known of the issuer"
    )
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    add_register(parser, json_too=False)
    return parser


def _notice(text: str) -> date:
    return NEVER if text.lower() == "never" else as_of_date(text)


def _code(text: str) -> str:
    code = text.upper()
    if code not in transaction_codes():
        codes = " ".join(transaction_codes())
        raise argparse.ArgumentTypeError(f'"{text}" is not a transaction code; they are {codes}')
    return code


# ---- what does not go together


def _wrong(options: argparse.Namespace) -> str:
    """What is wrong with the words, in a sentence without its full stop; empty when nothing is."""
    given = [name for name in _FORM_OF if getattr(options, name) is not None]
    if options.files:
        return _wrong_beside_files(options)
    if not given:
        asks = _ASKS.get(options.form or "")
        return (
            f"--form {options.form} counts from {asks} DATE"
            if asks
            else ("name a FILE, or give --trade, --event or --year-end with a DATE")
        )
    beside = next((name for name in ("facts", "register") if getattr(options, name) is not None), None)
    if beside is not None:
        return f"--{beside} goes with FILE"
    return _wrong_form(options, given) or _wrong_trade(options) or _wrong_event(options)


def _wrong_beside_files(options: argparse.Namespace) -> str:
    """A file tells everything but the year's end."""
    names = ("form", "trade", "plan", "notice", "code", "acquired", "event", "initial_registration")
    extra = next((name for name in names if getattr(options, name)), None)
    return f"a FILE tells its own dates; leave out --{extra.replace('_', '-')}" if extra else ""


def _wrong_form(options: argparse.Namespace, given: list[str]) -> str:
    main = given[0]
    if given not in ([main], ["trade", "year_end"]):
        names = " and ".join(f"--{name.replace('_', '-')}" for name in given)
        return f"{names} belong to different forms; give one of them"
    form = _FORM_OF[main]
    if options.form not in (None, form):
        return f"--form {options.form} counts from {_ASKS[options.form]} DATE, not from {_ASKS[form]}"
    return ""


def _wrong_trade(options: argparse.Namespace) -> str:
    if options.trade is None:
        extra = next((n for n in ("plan", "notice", "code", "acquired") if getattr(options, n)), None)
        return f"--{extra} goes with --trade DATE" if extra else ""
    if options.notice is not None and not (options.plan or options.code == "I"):
        return "--notice goes with --plan or --code I"
    if options.notice is not None and options.notice < options.trade:
        return f"--notice {options.notice} is before --trade {options.trade}"
    if options.acquired and options.code != "G":
        return "--acquired goes with --code G"
    return (
        f"--trade {options.trade} is before {TWO_DAYS}, when other due dates held"
        if options.trade < TWO_DAYS
        else ""
    )


def _wrong_event(options: argparse.Namespace) -> str:
    lost = options.initial_registration and options.event is None
    return "--initial-registration goes with --event DATE" if lost else ""


# ---- the answers


def _of_words(options: argparse.Namespace) -> Answer:
    """The answer to a date given as an option."""
    calendar = sec_calendar()
    if options.trade is not None:
        return _of_trade(options)
    if options.event is not None:
        due = form3_due(options.event, calendar, initial_registration=options.initial_registration)
        what = "the issuer's first registration on" if options.initial_registration else "an event of"
        foreign = options.event == FOREIGN_INSIDERS and not options.initial_registration
        return Answer(f"Form 3 for {what} {options.event}", due, (_FOREIGN,) if foreign else ())
    due = form5_due(options.year_end, calendar)
    return Answer(f"Form 5 for the fiscal year ended {options.year_end}", due)


def _of_trade(options: argparse.Namespace) -> Answer:
    calendar, code, traded = sec_calendar(), options.code, options.trade
    direction = "A" if options.acquired else "D" if code == "G" else None
    named = f"code {code} on" if code else "a transaction of"
    if waits_for_form_5(code, direction, traded):
        end = options.year_end
        due = form5_due(year_end_from(traded, (end.month, end.day)), calendar) if end is not None else None
        return Answer(f"Form 5 for {named} {traded}", due, () if due else (_WAITS,))
    planned = options.plan or code == "I"
    due = form4_due(traded, calendar, plan=planned, notice=options.notice)
    return Answer(
        f"Form 4 for {named} {traded}{', under a plan' if planned else ''}", due, _notes(due, code, direction)
    )


def _notes(due: Due, code: str | None, direction: str | None) -> tuple[str, ...]:
    notes = []
    if due.execution is not None and due.execution.basis is ExecutionBasis.UNTOLD:
        notes.append(_UNTOLD)
    if code in ("E", "J"):
        notes.append(_OPEN_CODE.format(code=code))
    if code == "G" and direction == "D":
        notes.append(_GIFT)
    return tuple(notes)


def _of_intake(intake: Intake, issuers: Issuers, year_end: date | None) -> list[Answer]:
    """The answers for a file; one that has been filed has no time left, and may state when it was filed."""
    submission = intake.document.submission if intake.document is not None else None
    filed = submission.filed if submission is not None else None
    draft = intake.draft or {}
    issuer = issuer_facts(draft, issuers.of(intake.filing))
    if year_end is not None:
        issuer = (issuer or IssuerFacts())._replace(fiscal_year_end=(year_end.month, year_end.day))
    started = () if intake.filing.is_amendment else open_event_dues(draft, sec_calendar())
    return [
        replace(answer, file=intake.file, published=intake.is_public, filed=filed)
        for answer in _of_filing(intake.file, intake.filing, issuer, started)
    ]


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
    """Why a Form 3 is due without the ten days."""
    event = filing.period_of_report
    if filing.base != "3" or event is None or issuer is None or not filed_on_registration(event, issuer):
        return ()
    if issuer.went_public is not None and event <= issuer.went_public:
        return (_ON_REGISTRATION.format(effective=issuer.went_public, event=event),)
    return (_IN_OFFICE,)


def _planned(filing: Filing, due: Due, rows: list[tuple[Path, Row]]) -> tuple[str, ...]:
    """What a day of notice would change on a form with trades under a plan."""
    open_ = any(row.deemed_execution_date.value is None for _path, row in rows)
    by_others = filing.aff10b5_one or any(row.transaction_code.value == "I" for _path, row in rows)
    return (_TOLD_LATER,) if due.form == "4" and open_ and by_others else ()


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
    return tuple(f"Event of {day}: its lines are still to come" for day in days)


def _row_text(path: Path, row: Row) -> str:
    """``Table I, line 2: S of 2026-10-20``."""
    code, day = row.transaction_code.value or "no code", row.transaction_date.value or "no date"
    return f"{where(path)}: {code} of {day}"
