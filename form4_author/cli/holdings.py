"""``form4 holdings``: what a person holds by the ledger, on a day, and adjustments with their reason."""

from __future__ import annotations

import argparse
import sys
import textwrap
from typing import TYPE_CHECKING, Final

from form4_author.cli import action
from form4_author.cli.boundary import READY
from form4_author.cli.options import CommandParser, add_register, as_of_date, written_json
from form4_author.desk.clock import moment, today
from form4_author.desk.register import register_of
from form4_author.errors import Form4Error, MalformedValue
from form4_author.register.account import adjusted, balances, begun, line_meant, relationship_of
from form4_author.register.apart import one_award
from form4_author.register.card import KINDS, found
from form4_author.register.shown import balance_data
from form4_author.text import amount, grouped, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.register.account import Balance
    from form4_author.register.book import Session
    from form4_author.register.table import Issuer, Line, Relationship

__all__ = ["run"]

_WIDTH: Final = 80


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the balances; with ``--adjust`` move a line first."""
    parser = _parser(word)
    options = parser.parse_args(arguments)
    _refuse(parser, options)
    register = register_of(options.register)
    for named, use in (
        (options.join is not None, action.join),
        (options.undo is not None, action.undo),
        (_acts(options), action.record),
    ):
        if named:
            return use(register, lambda session: _issuer(session, options), options)
    if options.adjust is not None:
        with register.writing() as session:
            relation = _relation(session, options)
            line = (_begun if options.begin else _line)(session, relation, options.line)
            superseded = _adjust(session, line, options, options.as_of or _day_after(line))
        if superseded:
            sys.stderr.write(f"form4: {visible(superseded)}\n")
    with register.reading() as session:
        relation = _relation(session, options)
        held = [b for b in balances(session, relation, options.as_of) if not b.added]
        if options.why is not None:
            _explained(relation, line_meant(held, options.why), options)
        elif options.json:
            goes_on = {other.number: one.number for one, other in one_award(held)}
            written_json([balance_data(balance, goes_on.get(balance.number)) for balance in held])
        else:
            _told(relation, held, options.as_of)
    return READY


def _acts(options: argparse.Namespace) -> bool:
    return any(getattr(options, name) for name in action.ACTIONS)


def _refuse(parser: CommandParser, options: argparse.Namespace) -> None:
    """Options that don't go together end the command."""
    given = [
        options.adjust is not None,
        options.line is not None,
        options.reason is not None and not _acts(options),
    ]
    if any(given) and not all(given):
        parser.error("--adjust, --line and --reason belong together")
    if options.begin and not any(given):
        parser.error("--begin begins the line that --adjust, --line and --reason tell")
    if wrong := action.faults(options):
        parser.error(wrong)


def _issuer(session: Session, options: argparse.Namespace) -> tuple[Issuer, list[Relationship]]:
    """The issuer, and what the person is to it; of ``all`` every person who has lines."""
    if options.person != action.EVERYBODY:
        relation = _relation(session, options)
        return relation.issuer, [relation]
    issuer = found(session, KINDS["issuer"], options.issuer)
    return issuer, sorted(issuer.relationships, key=lambda r: r.person.name.casefold())


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Shows what a person holds of an issuer by the forms on record, and where each balance is from.",
        "form4 holdings thakar QLYS --as-of 2026-06-30\n"
        "  form4 holdings thakar QLYS --why 1\n"
        '  form4 holdings thakar QLYS --adjust +12.5 --line "common stock, direct" --reason "dividend reinvested"\n'
        '  form4 holdings all QLYS --split 2:1 --class "common stock" --as-of 2026-05-01',
    )
    parser.add_argument(
        "person", metavar="PERSON", help="CIK or name; all: every person, for an action on a class"
    )
    parser.add_argument("issuer", metavar="ISSUER", help="CIK, symbol or name")
    parser.add_argument(
        "--as-of",
        type=as_of_date,
        metavar="DATE",
        help="holdings as of this date (default: all); of an action the day it takes effect, after the "
        "forms filed that day (default: today)",
    )
    verbs = parser.add_mutually_exclusive_group()
    verbs.add_argument(
        "--why",
        metavar="LINE",
        help="where each number of a line comes from; LINE: its number in the list, or a part of its name",
    )
    verbs.add_argument(
        "--adjust",
        type=_change,
        metavar="CHANGE",
        help="what no form moves: +12.5 or -3, on --as-of (default: today)",
    )
    parser.add_argument(
        "--line", metavar="TEXT", help="the line to adjust: its number, or a part of its name"
    )
    parser.add_argument("--begin", action="store_true", help="--line is a line that no form has yet")
    parser.add_argument("--reason", metavar="TEXT", help="why; the ledger keeps it")
    action.add_actions(parser, verbs)
    add_register(parser)
    return parser


def _change(text: str) -> Decimal:
    """A change with its sign."""
    sign, digits = (text[0], text[1:]) if text[:1] in ("+", "-", "−") else ("+", text)
    try:
        found = amount(digits)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None
    return found if sign == "+" else -found


def _relation(session: Session, options: argparse.Namespace) -> Relationship:
    person = found(session, KINDS["person"], options.person)
    return relationship_of(session, person, found(session, KINDS["issuer"], options.issuer))


def _line(session: Session, relation: Relationship, words: str) -> Line:
    """The line that the words mean. Raises Form4Error where there is none, or several."""
    return line_meant(balances(session, relation), words).line


def _begun(session: Session, relation: Relationship, words: str) -> Line:
    """A new line. Raises Form4Error where it is there already."""
    line = begun(relation, words)
    there = next((known for known in relation.lines if known.key == line.key and known is not line), None)
    if there is not None:
        raise Form4Error(f"There is the line {there.name} already", remedy="Leave --begin out")
    session.flush()
    return line


def _day_after(line: Line) -> date:
    """The day of an adjustment for which none is told: today, or that of a form which counts from a later day."""
    return max((today(), *(entry.day for entry in line.entries)))


def _adjust(session: Session, line: Line, options: argparse.Namespace, day: date) -> str:
    """The line is adjusted; a word where a later form states its total, so that today's balance stays.

    Raises Form4Error where that leaves less than nothing.
    """
    adjusted(line, options.adjust, day, options.reason, moment())
    session.flush()
    left = next(b.amount for b in balances(session, line.holder, day) if b.line is line)
    if left < 0:
        raise Form4Error(
            f"{line.name} would be left at {grouped(left)} on {day}",
            remedy="Give the change, not the balance",
        )
    later = [entry for entry in line.entries if entry.total is not None and entry.day > day]
    now = next(b for b in balances(session, line.holder) if b.line is line)
    stays = f"{line.name}: the balance stays {grouped(now.amount)}, which a form after {day} states ({now.source})"
    return stays if later else ""


def _explained(relation: Relationship, balance: Balance, options: argparse.Namespace) -> None:
    from form4_author.cli.why import explained
    from form4_author.register.why import step_data, steps

    account = steps(balance.line, options.as_of)
    if options.json:
        written_json({**balance_data(balance), "steps": [step_data(step) for step in account]})
    else:
        explained(relation, balance, account)


def _told(relation: Relationship, held: Sequence[Balance], as_of: date | None) -> None:
    day = f", as of {as_of}" if as_of else ""
    sys.stdout.write(visible(f"{relation.person.name} · {relation.issuer.name}{day}") + "\n")
    for balance in held:
        dollars = "$" if balance.in_dollars else ""
        _write(f"{balance.number:>3} {dollars + grouped(balance.amount):>14}  {balance.line.name}")
        _write(f"{'':20}{balance.source}")
    if not held:
        sys.stdout.write("Nothing is on record.\n")
    pairs = one_award(held)
    if pairs:
        _write(
            "These may be one award before and after an adjustment: they have the same title and expiration date and "
            "different exercise prices. If two lines are one, join them:",
            "",
        )
    for one, other in pairs:
        join = f"--join {one.number} {other.number}"
        sys.stdout.write(f"  form4 holdings {relation.person.cik} {relation.issuer.cik} {join}\n")


def _write(text: str, indent: str = " " * 20) -> None:
    wrapped = textwrap.fill(
        visible(text), _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    sys.stdout.write(f"{wrapped}\n")
