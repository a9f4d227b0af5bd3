"""``form4 deadline``: when a form is due, with every day of the count."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import READY, UNREADABLE, CommandParser, add_register, as_of_date
from form4_author.codes import transaction_codes
from form4_author.desk.clock import now, today
from form4_author.desk.deadline import StatedDates, answer_of_dates, answers_of_intake
from form4_author.desk.issuer import issuers_at
from form4_author.page.deadline import Answer, Inquiry, answers_json, answers_text
from form4_author.timing.deadline import (
    NEVER,
)
from form4_author.timing.due_date import (
    TWO_DAYS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


__all__ = ["command_parser", "run"]

_FORM_OF: Final = {"trade": "4", "event": "3", "year_end": "5"}
_ASKS: Final = {"3": "--event", "4": "--trade", "5": "--year-end"}


def run(word: str, arguments: Sequence[str]) -> int:
    """Count, and show the count."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    wrong = _wrong(options)
    if wrong:
        parser.error(wrong)
    asked = _asked_on(options.as_of)
    answers, refused = _of_files(options) if options.files else ([answer_of_dates(_dates(options))], "")
    if refused:
        sys.stderr.write(f"form4 deadline: {refused}. The register's facts about issuers are left out.\n")
    write = answers_json if options.json else answers_text
    sys.stdout.write(write(answers, asked))
    return UNREADABLE if refused else READY


def _of_files(options: argparse.Namespace) -> tuple[list[Answer], str]:
    """The answers for the files, by what is known of their issuers; and why the register can't be used."""
    from form4_author.desk.intake import facts_in, opened

    given, _ = facts_in(options.facts, ())
    intakes = [opened(file) for file in options.files]
    issuers, refused = issuers_at(options.register, given.issuer)
    return [a for intake in intakes for a in answers_of_intake(intake, issuers, options.year_end)], refused


def _dates(options: argparse.Namespace) -> StatedDates:
    return StatedDates(
        trade=options.trade,
        code=options.code,
        acquired=options.acquired,
        planned=options.plan,
        notice=options.notice,
        event=options.event,
        initial_registration=options.initial_registration,
        year_end=options.year_end,
        foreign=options.foreign,
    )


def _asked_on(on: date | None) -> Inquiry:
    """This day, or today by the clock."""
    if on is not None:
        return Inquiry(on)
    day, moment = today(), now()
    return Inquiry(day, moment if moment.date() == day else None)


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Show when a form is due and how the SEC's business days are counted.",
        "form4 deadline smith.form4.json\n"
        "  form4 deadline --trade 2026-11-19 --plan --notice 2026-11-23\n"
        "  form4 deadline --form 3 --event 2026-10-01\n"
        "  form4 deadline --form 5 --year-end 2026-12-31",
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="draft, XML or EDGAR .txt, for its own due dates"
    )
    parser.add_argument("--form", choices=("3", "4", "5"), help="follows from the date given")
    parser.add_argument("--trade", type=as_of_date, metavar="DATE", help="Form 4: day of the transaction")
    parser.add_argument(
        "--plan",
        action="store_true",
        help="under a Rule 10b5-1(c) plan, where the filer did not choose the day",
    )
    parser.add_argument(
        "--notice",
        type=_notice,
        metavar="DATE",
        help="day the filer was notified of the plan trade, or never",
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
        "--foreign",
        action="store_true",
        help="Forms 3 and 4: a director or officer of a foreign private issuer",
    )
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="count the time left from this day (default: today)"
    )
    parser.add_argument("--facts", metavar="FILE", help="with FILE: YAML or JSON, facts about the issuer")
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
    if options.foreign and options.event is None and options.trade is None:
        return "--foreign goes with --event or --trade DATE"
    return _wrong_form(options, given) or _wrong_trade(options) or _wrong_event(options)


def _wrong_beside_files(options: argparse.Namespace) -> str:
    """A file tells everything but the year's end."""
    names = (
        "form",
        "trade",
        "plan",
        "notice",
        "code",
        "acquired",
        "event",
        "initial_registration",
        "foreign",
    )
    extra = next((name for name in names if getattr(options, name)), None)
    return f"a FILE has its own dates; leave out --{extra.replace('_', '-')}" if extra else ""


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
