"""``form4 poa``: the powers of attorney on record; ``new`` writes one as an exhibit that EDGAR takes."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli.options import READY, CommandParser, as_of_date
from form4_author.errors import Form4Error, MalformedValue, UnreadableInput
from form4_author.files.output import write_bytes
from form4_author.model.power_of_attorney import Grant, power_page, power_text
from form4_author.text import day, flag, visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write one, or list, add, edit, show or remove those on record."""
    if next(iter(arguments), "") == "new":
        return _write_new(f"{word} new", arguments[1:])
    from form4_author.cli import person

    return person.run(word, arguments)


def _write_new(word: str, arguments: Sequence[str]) -> int:
    """Write a power of attorney; nothing is filed, and nothing is written over without ``--force``."""
    parser = _new_parser(word)
    options = parser.parse_args(arguments)
    target = Path(options.output)
    _refuse_name(target)
    if target.exists() and not options.force:
        parser.error(f"{target} already exists; --force replaces it")
    answers = _answers(options)
    if not (answers.get("principal") and answers.get("agents")):
        if not sys.stdin.isatty():
            parser.error("--principal and --agent are needed, or --answers, or a terminal to ask at")
        answers = _asked(answers)
    grant = Grant(**answers)
    write = power_text if target.suffix == ".txt" else power_page
    write_bytes(target, write(grant))
    _tell(target, grant)
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    from form4_author.cli import person
    from form4_author.cli.command_tree import verbs_of

    parser = person.command_parser(word)
    for name, _summary, verb in verbs_of(parser):
        if name == "new":
            _add_options(verb)
    return parser


def _new_parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Write a power of attorney for Forms 3, 4 and 5 (Form 4, Instruction 7(a)) as\n"
        "Exhibit 24. What is not given as an option or by --answers is asked. Have\n"
        "counsel read it before it is signed.",
        "form4 poa new -o poa.txt\n"
        '  form4 poa new -o poa.htm --principal "Jane Doe" --agent "Sam Roe"\n'
        "  form4 poa new -o poa.txt --answers poa.yaml",
    )
    _add_options(parser)
    return parser


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="what to write: .txt or .htm")
    parser.add_argument(
        "--answers", metavar="FILE", help=f"YAML or JSON with {', '.join(_PARSERS)}; options go before it"
    )
    parser.add_argument("--principal", metavar="NAME", help="the reporting person who gives it")
    parser.add_argument(
        "--agent",
        dest="agents",
        action="append",
        metavar="NAME",
        help="who may sign and file, alone; repeatable",
    )
    parser.add_argument("--issuer", metavar="NAME", help="for this company only (default: any)")
    parser.add_argument("--issuer-cik", metavar="CIK", help="the company's CIK")
    parser.add_argument("--until", type=as_of_date, metavar="DATE", help="last day (default: until revoked)")
    parser.add_argument(
        "--signed", type=as_of_date, metavar="DATE", help="day it was signed (default: lines to fill by hand)"
    )
    parser.add_argument("--signer", metavar="NAME", help="who signs for a principal that is an entity")
    parser.add_argument("--title", metavar="TEXT", help="office of the principal, or of the signer")
    parser.add_argument(
        "--no-edgar-access",
        dest="edgar_access",
        action="store_false",
        default=None,
        help="without authority over EDGAR access (Form ID)",
    )
    parser.add_argument("--form-144", action="store_true", default=None, help="with authority over Form 144")
    for option, what in (
        ("--schedules-13", "with authority over Schedules 13D and 13G, for ten percent holders"),
        ("--substitution", "agents may appoint a substitute"),
        ("--ratification", "gives full power, and confirms what is lawfully done under it"),
        ("--reliance", "agents may rely on the information that they are given"),
        ("--notary", "lines for a notary, to fill by hand (Form ID); not together with --signed"),
    ):
        parser.add_argument(option, action="store_true", default=None, help=what)
    parser.add_argument("--force", action="store_true", help="replace an existing file")


def _refuse_name(target: Path) -> None:
    """Raises Form4Error for a name that EDGAR would not take."""
    from form4_author.checks.rules.attachment import wrong_file_name

    if target.suffix not in (".txt", ".htm"):
        raise Form4Error(
            f'An exhibit ends in .txt or .htm; found "{target.name}"', remedy="Name it such as poa.txt"
        )
    if wrong := wrong_file_name(target.name):
        raise Form4Error(f'File name "{target.name}" {wrong}', remedy="Name it such as poa_doe.txt")


# ---- answers


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise MalformedValue("it must be text")
    return " ".join(value.split())


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise MalformedValue("it must be a list of names")
    return tuple(_text(item) for item in value)


def _flag(value: object) -> bool:
    return value if isinstance(value, bool) else flag(_text(value))


_PARSERS: Final[dict[str, Callable[[Any], object]]] = {
    "principal": _text,
    "agents": _names,
    "issuer": _text,
    "issuer_cik": _text,
    "signed": lambda value: day(_text(value)),
    "until": lambda value: day(_text(value)),
    "signer": _text,
    "title": _text,
    "edgar_access": _flag,
    "form_144": _flag,
    "schedules_13": _flag,
    "substitution": _flag,
    "ratification": _flag,
    "reliance": _flag,
    "notary": _flag,
}
"""How each answer of a file is read: the fields of ``Grant``."""


def _answers(options: argparse.Namespace) -> dict[str, Any]:
    """The answers of the file, with those of the options put over them."""
    from_file = _answers_in(options.answers) if options.answers is not None else {}
    given = {f.name: getattr(options, f.name) for f in fields(Grant)}
    if given["agents"] is not None:
        given["agents"] = tuple(" ".join(agent.split()) for agent in given["agents"])
    given_answers = {
        k: " ".join(v.split()) if isinstance(v, str) else v for k, v in given.items() if v is not None
    }
    return from_file | given_answers


def _answers_in(file: str) -> dict[str, Any]:
    """The answers in a file.

    Raises UnreadableInput, which names file and key.
    """
    from form4_author.files import draft_file

    data = draft_file.read_data(Path(file))
    if not isinstance(data, dict):
        raise _unfit(file, "it must hold keys", f"Use {', '.join(_PARSERS)}")
    unknown = next((key for key in data if key not in _PARSERS), None)
    if unknown is not None:
        raise _unfit(file, f"{unknown} is not a known key", f"Use {', '.join(_PARSERS)}")
    answers = {}
    for key, value in data.items():
        if value not in (None, ""):
            try:
                answers[key] = _PARSERS[key](value)
            except MalformedValue as error:
                raise _unfit(file, f"{key}: {error.problem}", "Correct the answer") from None
    return answers


def _unfit(file: str, problem: str, remedy: str) -> UnreadableInput:
    error = UnreadableInput(problem, remedy=remedy, id="DOC-030")
    error.file = file
    return error


# ---- asked at the terminal


def _asked(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with those that were typed: the names, and what else was not given."""
    say = sys.stdout.write
    say(
        "A power of attorney for Forms 3, 4 and 5. Enter leaves a question with [ ] as it is; Ctrl-C stops.\n"
    )
    completed = dict(answers)
    if not completed.get("principal"):
        completed["principal"] = _typed("Who gives it (the reporting person)? ", needed=True)
    if not completed.get("agents"):
        agents = [_typed("Who may sign and file? ", needed=True)]
        while more := _typed("Who else? [no one] "):
            agents.append(more)
        completed["agents"] = tuple(agents)
    if "issuer" not in completed and (issuer := _typed("For which company? [any] ")):
        completed["issuer"] = issuer
    for name, question in (
        ("until", "Last day, YYYY-MM-DD? [until revoked] "),
        ("signed", "Signed on, YYYY-MM-DD? [lines to fill by hand] "),
    ):
        if name not in completed and (day_given := _typed_day(question)) is not None:
            completed[name] = day_given
    return completed


def _typed(question: str, *, needed: bool = False) -> str:
    while True:
        sys.stdout.write(question)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        text = " ".join(line.split())
        if text or not needed:
            return text


def _typed_day(question: str) -> Any:  # noqa: ANN401  # a date or None
    while True:
        text = _typed(question)
        if not text:
            return None
        try:
            return day(text)
        except MalformedValue as error:
            sys.stdout.write(f"{error.problem}.\n")


def _tell(target: Path, grant: Grant) -> None:
    lasts = f"until {grant.until}" if grant.until is not None else "until revoked"
    who = visible(f"{target}: {grant.principal} appoints {', '.join(grant.agents)}")
    sys.stdout.write(
        f"Written to {who}, {lasts}.\n"
        + (
            "Have it signed and dated; keep the signed original.\n"
            "This file has blank lines: do not attach it. When it is signed, write the exhibit to a second file, with\n"
            "--signed and the date.\n"
            if grant.signed is None
            else "Keep the signed original.\n"
        )
        + (
            ""
            if grant.signed is None
            else f"It goes with the form: form4 check DRAFT --attach {target}=EX-24, likewise render and pack.\n"
        )
    )
