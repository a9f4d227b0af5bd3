"""``form4 holdings``: what a person holds by the ledger, on a day, and adjustments with their reason."""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli.options import READY, CommandParser, add_register, as_of_date, written_json
from form4_author.desk.clock import moment
from form4_author.desk.holdings import StatedAction, StatedAdjustment, adjust_line, planned_action
from form4_author.desk.register import register_of
from form4_author.errors import Form4Error, MalformedValue
from form4_author.ledger.action import Part, Ratio
from form4_author.register.account import balances, line_meant, relationship_of
from form4_author.register.action import (
    ActionChange,
    ActionRequest,
    joined,
    left_out,
    record_action,
)
from form4_author.register.card import KINDS, card_by_words
from form4_author.register.explanation import one_award, words_of_step
from form4_author.register.listing import balance_data
from form4_author.text import amount, amount_text, grouped, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.register.account import Balance
    from form4_author.register.database import Register, Session
    from form4_author.register.explanation import AccountStep
    from form4_author.register.table import Action, Issuer, Relationship


__all__ = [
    "ACTIONS",
    "EVERYBODY",
    "add_actions",
    "command_parser",
    "explained",
    "faults",
    "join",
    "record",
    "run",
    "undo",
]

_WIDTH: Final = 80


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the balances; with ``--adjust`` move a line first."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    _refuse(parser, options)
    register = register_of(options.register)
    for named, use in (
        (options.join is not None, join),
        (options.undo is not None, undo),
        (_acts(options), record),
    ):
        if named:
            return use(register, lambda session: _issuer(session, options), options)
    if options.adjust is not None:
        with register.writing() as session:
            relation = _relation(session, options)
            wanted = StatedAdjustment(options.line, options.adjust, options.reason, options.as_of)
            superseded = adjust_line(session, relation, wanted, begin=options.begin)
        if superseded:
            sys.stderr.write(f"form4: {visible(superseded)}\n")
    with register.reading() as session:
        relation = _relation(session, options)
        lines = [b for b in balances(session, relation, options.as_of) if not b.added]
        if options.why is not None:
            _explained(relation, line_meant(lines, options.why), options)
        elif options.chart is not None:
            _chart(relation, lines, options)
        elif options.json:
            goes_on = {other.number: one.number for one, other in one_award(lines)}
            written_json([balance_data(balance, goes_on.get(balance.number)) for balance in lines])
        else:
            _write_balances(relation, lines, options.as_of)
    return READY


def _acts(options: argparse.Namespace) -> bool:
    return any(getattr(options, name) for name in ACTIONS)


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
        parser.error("--begin starts the line that --adjust, --line and --reason describe")
    if wrong := faults(options):
        parser.error(wrong)


def _issuer(session: Session, options: argparse.Namespace) -> tuple[Issuer, list[Relationship]]:
    """The issuer, and what the person is to it; of ``all`` every person who has lines."""
    if options.person != EVERYBODY:
        relation = _relation(session, options)
        return relation.issuer, [relation]
    issuer = card_by_words(session, KINDS["issuer"], options.issuer)
    return issuer, sorted(issuer.relationships, key=lambda r: r.person.name.casefold())


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Show what a person holds of an issuer by the recorded forms, and where each balance is from.",
        "form4 holdings thakar QLYS --as-of 2026-06-30\n"
        "  form4 holdings thakar QLYS --why 1\n"
        "  form4 holdings thakar QLYS --chart holdings.html\n"
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
        help="the source of each number of a line; LINE: its number in the list, or part of its name",
    )
    verbs.add_argument(
        "--chart",
        type=_chart_file,
        metavar="FILE",
        help="draw the balances over time: a page (.html) with every value, or a picture (.svg, .png)",
    )
    parser.add_argument("--force", action="store_true", help="with --chart: replace a file that exists")
    verbs.add_argument(
        "--adjust",
        type=_change,
        metavar="CHANGE",
        help="an adjustment not reported on a form: +12.5 or -3, on --as-of (default: today)",
    )
    parser.add_argument("--line", metavar="TEXT", help="the line to adjust: its number, or part of its name")
    parser.add_argument("--begin", action="store_true", help="--line is a line that is not on a form yet")
    parser.add_argument("--reason", metavar="TEXT", help="the reason, which the ledger stores")
    add_actions(parser, verbs)
    add_register(parser)
    return parser


def _change(text: str) -> Decimal:
    """A change with its sign."""
    sign, digits = (text[0], text[1:]) if text[:1] in ("+", "-", "−") else ("+", text)
    try:
        number = amount(digits)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None
    return number if sign == "+" else -number


def _relation(session: Session, options: argparse.Namespace) -> Relationship:
    person = card_by_words(session, KINDS["person"], options.person)
    return relationship_of(session, person, card_by_words(session, KINDS["issuer"], options.issuer))


def _explained(relation: Relationship, balance: Balance, options: argparse.Namespace) -> None:
    from form4_author.register.explanation import step_data, steps

    account = steps(balance.line, options.as_of)
    if options.json:
        written_json({**balance_data(balance), "steps": [step_data(step) for step in account]})
    else:
        explained(relation, balance, account)


_CHARTS: Final = (".html", ".htm", ".svg", ".png")


def _chart(relation: Relationship, lines: Sequence[Balance], options: argparse.Namespace) -> None:
    """Write the chart, as a page or a picture by the end of the name. Raises Form4Error where the file exists."""
    from form4_author.cli.page_file import refuse_existing, write_page
    from form4_author.desk.holding_chart import holding_charts
    from form4_author.page.chart_page import holdings_html, holdings_picture

    kind = options.chart.suffix.lower().removeprefix(".")
    refuse_existing(options.chart, force=options.force)
    shown = holding_charts(relation, lines, options.as_of)
    content = holdings_picture(shown, kind) if kind in ("svg", "png") else holdings_html(shown).encode()
    write_page(options.chart, content, "The chart")


def _chart_file(text: str) -> Path:
    """The file of ``--chart``, whose name says what it is."""
    if not text.lower().endswith(_CHARTS):
        raise argparse.ArgumentTypeError(f'"{text}" does not end in .html, .svg or .png')
    return Path(text)


def _write_balances(relation: Relationship, lines: Sequence[Balance], as_of: date | None) -> None:
    day = f", as of {as_of}" if as_of else ""
    sys.stdout.write(visible(f"{relation.person.name} · {relation.issuer.name}{day}") + "\n")
    for balance in lines:
        dollars = "$" if balance.in_dollars else ""
        _write(f"{balance.number:>3} {dollars + grouped(balance.amount):>14}  {balance.line.name}")
        _write(f"{'':20}{balance.source}")
    if not lines:
        sys.stdout.write("Nothing is recorded.\n")
    pairs = one_award(lines)
    if pairs:
        _write(
            "These may be one award before and after an adjustment: they have the same title and expiration date and "
            "different exercise prices. If two lines are one, join them:",
            "",
        )
    for one, other in pairs:
        join = f"--join {one.number} {other.number}"
        sys.stdout.write(f"  form4 holdings {relation.person.cik} {relation.issuer.cik} {join}\n")


def _write_change(text: str) -> None:
    _write(text, " " * 35)


def _write(text: str, indent: str = " " * 20) -> None:
    """A paragraph at the width of a terminal; ``indent``: that of its lines after the first."""
    wrapped = textwrap.fill(
        visible(text), _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    sys.stdout.write(f"{wrapped}\n")


ACTIONS: Final = ("split", "stock_dividend", "adjust_awards", "adjust_award", "convert_to", "end")
"""The options that name an action on a class or an award."""
EVERYBODY: Final = "all"
"""What stands for every person of the issuer."""
_RATIO: Final = re.compile(r"([0-9.]+)\s*(?::|/|[- ]?for[- ]?)\s*([0-9.]+)", re.IGNORECASE)
_ONE: Final = amount("1")
_HUNDRED: Final = amount("100")
_FRACTIONS: Final = ("cash", "up", "held")


def add_actions(parser: argparse.ArgumentParser, verbs: Any) -> None:  # noqa: ANN401  # argparse hides the type
    """The options of actions; ``verbs``: the group of which one can be given."""
    verbs.add_argument(
        "--split", type=_ratio, metavar="NEW:OLD", help="a split of --class: 2:1; reverse: 1:10"
    )
    verbs.add_argument("--stock-dividend", type=_percent, metavar="PERCENT", help="one on --class: 5%%")
    verbs.add_argument(
        "--adjust-awards",
        type=_ratio,
        metavar="NEW:OLD",
        help="the awards over --class only, such as after a spin-off: number and exercise price",
    )
    verbs.add_argument("--adjust-award", metavar="LINE", help="one award, to --number and --price")
    verbs.add_argument("--convert-to", metavar="TITLE", help="--class becomes this class, --ratio for one")
    verbs.add_argument("--end", action="store_true", help="--class ends: a merger or cash-out")
    verbs.add_argument(
        "--join", nargs=2, metavar="LINE", help="two lines that are one line before and after a day"
    )
    verbs.add_argument("--undo", type=int, metavar="NUMBER", help="undo an action, by its number")
    parser.add_argument("--class", dest="security", metavar="TITLE", help="the class, or a part of its title")
    parser.add_argument("--ratio", type=_ratio, metavar="NEW:OLD", help="of --convert-to (default: 1:1)")
    parser.add_argument("--number", type=_amount, metavar="NUMBER", help="of --adjust-award: the new number")
    parser.add_argument("--price", type=_amount, metavar="DOLLARS", help="of --adjust-award: the new price")
    parser.add_argument(
        "--fractions", choices=_FRACTIONS, help="of a share: paid in cash, rounded up, or still held"
    )
    parser.add_argument("--yes", action="store_true", help="record an action without asking")


def _ratio(text: str) -> Ratio:
    match = _RATIO.fullmatch(text.strip())
    if match is None or not (_amount(match[1]) and _amount(match[2])):
        raise argparse.ArgumentTypeError(f'"{text}" is not a ratio such as 2:1')
    return Ratio(_amount(match[1]), _amount(match[2]))


def _percent(text: str) -> Decimal:
    number = _amount(text.strip().removesuffix("%"))
    if not number:
        raise argparse.ArgumentTypeError("a stock dividend of 0 changes nothing")
    return number


def _amount(text: str) -> Decimal:
    try:
        return amount(text)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def faults(options: argparse.Namespace) -> str:
    """What does not go together in the options; empty where all does."""
    given = [name for name in ACTIONS if getattr(options, name)]
    of_class = bool(given) and given != ["adjust_award"]
    adjusts = given == ["adjust_award"] and (options.number is not None or options.price is not None)
    ratios = given and given[0] in ("split", "stock_dividend", "adjust_awards", "convert_to")
    for wrong, what in (
        (of_class and options.security is None, "give --class, the class that it is an action on"),
        (not of_class and options.security is not None, "--class needs an action, such as --split"),
        (given == ["adjust_award"] and not adjusts, "--adjust-award needs --number, --price or both"),
        (not adjusts and (options.number or options.price), "--number and --price belong to --adjust-award"),
        (given != ["convert_to"] and options.ratio is not None, "--ratio belongs to --convert-to"),
        (not ratios and options.fractions is not None, "--fractions belongs to a split or conversion"),
        (not given and options.yes, "--yes records an action; name one, such as --split"),
        (options.json and given and not options.yes, "--json needs --yes: nothing is asked"),
        (
            options.person == EVERYBODY and not of_class and options.undo is None,
            "name a person; all is for an action on a class",
        ),
    ):
        if wrong:
            return what
    return ""


def record(register: Register, issuer_of: Any, options: argparse.Namespace) -> int:  # noqa: ANN401  # a function of a session
    """Show what an action does, ask, and record it. ``issuer_of``: issuer and relationships, from a session."""
    with register.reading() as session:
        _issuer, relations = issuer_of(session)
        plan = planned_action(session, relations, _stated_action(options))
        if not options.json:
            _shown(plan.request, plan.changes)
            for line in left_out(relations, plan.request):
                _write(
                    f"Not changed: {line.name}; a form filed after {plan.request.day} states its terms.",
                    " " * 2,
                )
    if not options.yes:
        _asked()
    with register.writing() as session:
        issuer, relations = issuer_of(session)
        same = plan.on(relations)
        data = [_data(change) for change in same]
        action = record_action(session, issuer, plan.request, same, moment())
        _recorded(action, issuer, options, data)
    return READY


def _stated_action(options: argparse.Namespace) -> StatedAction:
    kind, value = next((name, getattr(options, name)) for name in ACTIONS if getattr(options, name))
    ratio = options.ratio if kind == "convert_to" else value if kind in ("split", "adjust_awards") else None
    return StatedAction(
        kind=kind,
        security=options.security or "",
        ratio=ratio,
        percent=options.stock_dividend,
        becomes=(options.convert_to or "").strip(),
        award=options.adjust_award,
        number=options.number,
        price=options.price,
        fractions=options.fractions,
        day=options.as_of,
        reason=(options.reason or "").strip(),
        everybody=options.person == EVERYBODY,
    )


def _shown(request: ActionRequest, plan: Sequence[ActionChange]) -> None:
    sys.stdout.write(f"{visible(request.words[:1].upper() + request.words[1:])} on {request.day}\n")
    person = ""
    for change in plan:
        if (name := change.line.holder.person.name) != person:
            person = name
            sys.stdout.write(f"{visible(person)}\n")
        head = f"{grouped(change.before):>14} → {grouped(change.after):>14}  "
        _write_change(head + change.line.name)
        for more in _more(change):
            _write_change(f"{'':33}{more}")


def _more(change: ActionChange) -> Iterator[str]:
    if change.into is not None:
        yield f"added to {change.into.name}"
    elif change.name != change.line.name and change.cells != change.line.cells:
        yield f"then {change.name}"
    before, after = change.line.cells, change.cells
    if before.get("underlying_title") != after.get("underlying_title"):
        yield f"over {after['underlying_title']}"
    if before.get("each") != after.get("each"):
        yield f"{after['each']} underlying shares each"
    if change.fraction:
        paid = "paid in cash" if change.part is Part.CLASS else "dropped"
        yield f"fraction of {grouped(change.fraction)} {paid}"
    if change.joins is not None:
        yield "continues as the line on a later form"


def _asked() -> None:
    """Raises Form4Error unless a yes is typed."""
    again = "Check the list, and give --yes to record it"
    if not sys.stdin.isatty():
        raise Form4Error("Nothing was recorded: there is no terminal to ask at", remedy=again)
    sys.stderr.write("Record this? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise Form4Error("Nothing was recorded", remedy=again)


def _data(change: ActionChange) -> dict[str, Any]:
    data = {
        "person": change.line.holder.person.name,
        "line": change.line.name,
        "before": amount_text(change.before),
        "after": amount_text(change.after),
        "becomes": change.name if change.name != change.line.name else None,
        "added_to": change.into and change.into.name,
        "fraction": amount_text(change.fraction) if change.fraction else None,
    }
    return {name: value for name, value in data.items() if value is not None}


def _recorded(
    action: Action, issuer: Issuer, options: argparse.Namespace, data: Sequence[dict[str, Any]]
) -> None:
    undoing = f"form4 holdings {options.person} {issuer.cik} --undo {action.id}"
    if options.json:
        written_json(
            {"action": action.id, "words": action.words, "day": action.day.isoformat(), "changes": data}
        )
    else:
        sys.stdout.write(f"Recorded as action {action.id}. To undo it: {visible(undoing)}\n")


def join(register: Register, issuer_of: Any, options: argparse.Namespace) -> int:  # noqa: ANN401  # a function of a session
    """Record that two lines are one."""
    with register.writing() as session:
        issuer, relations = issuer_of(session)
        lines = balances(session, relations[0])
        one, two = (line_meant(lines, words).line for words in options.join)
        action = joined(session, one, two, moment())
        if not options.json:
            _write(f"{action.words[:1].upper()}{action.words[1:]}.", " " * 2)
        _recorded(action, issuer, options, [])
    return READY


def undo(register: Register, issuer_of: Any, options: argparse.Namespace) -> int:  # noqa: ANN401  # a function of a session
    """Take out an action."""
    from form4_author.register.action import undone

    with register.writing() as session:
        issuer, _relations = issuer_of(session)
        action = undone(session, issuer, options.undo)
        number, words, day = options.undo, action.words, action.day.isoformat()
    if options.json:
        written_json({"undone": number, "words": words, "day": day})
    else:
        _write(f"Undone: action {number}, {words} on {day}.", " " * 2)
    return READY


_INDENT: Final = " " * 12


def explained(relation: Relationship, balance: Balance, account: Sequence[AccountStep]) -> None:
    """Write the account of a line."""
    unit = "US dollars" if balance.in_dollars else "shares"
    _write(f"{relation.person.name} · {relation.issuer.name}", "")
    _write(f"{balance.number}. {balance.line.name}: {grouped(balance.amount)} {unit}", "   ")
    for step in account:
        sys.stdout.write("\n")
        first, *rest = (*words_of_step(step), f"Balance: {grouped(step.balance)}")
        _write(f"{step.day}  {first}", _INDENT)
        for sentence in rest:
            _write(f"{_INDENT}{sentence}", f"{_INDENT}  ")
