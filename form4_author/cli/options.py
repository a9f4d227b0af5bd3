"""What commands share: parser, options, questions, and what they write."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from form4_author.cli.boundary import BUG, FINDINGS, READY, UNREADABLE, bounded, own_stderr
from form4_author.desk.clock import eastern
from form4_author.errors import Form4Error, MalformedValue
from form4_author.text import day, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date


__all__ = [
    "BUG",
    "FINDINGS",
    "READY",
    "UNREADABLE",
    "CommandParser",
    "VerbParser",
    "add_answers",
    "add_asked_register",
    "add_attach",
    "add_register",
    "add_tickers",
    "answer_at_terminal",
    "as_of_date",
    "bounded",
    "eastern_moment",
    "hidden_answer",
    "json_text",
    "own_stderr",
    "register_asked",
    "write_notices",
    "written_json",
]


_PICTURES: Final = (".jpg", ".gif")


class VerbParser(argparse.ArgumentParser):
    """An argument parser whose errors say what to do."""

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the command's words; exit code 2."""
        sys.stderr.write(f"{self.prog}: {visible(message)}. See {self.prog} --help.\n")
        raise SystemExit(UNREADABLE)


class CommandParser(VerbParser):
    """The parser of a command, whose help ends with an example."""

    def __init__(self, word: str, summary: str, example: str) -> None:
        super().__init__(
            prog=f"form4 {word}",
            description=summary,
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )


def as_of_date(text: str) -> date:
    """The date of ``--as-of``."""
    try:
        return day(text)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def eastern_moment(text: str) -> datetime:
    """The moment of ``--filed``: a date, or date and time, in the Eastern time zone; a zone of its own is kept.

    A date alone stands for noon, when EDGAR takes filings of that day.
    """
    try:
        moment = datetime.fromisoformat(text if len(text) > len("2026-11-23") else f"{text}T12:00")
        return moment.astimezone(eastern()) if moment.tzinfo else moment.replace(tzinfo=eastern())
    except (ValueError, OverflowError):  # on the first or last day there is, another zone has no such moment
        raise argparse.ArgumentTypeError(f'"{text}" is not a time such as 2026-11-23T21:40') from None


def add_attach(parser: argparse.ArgumentParser) -> None:
    """Adds ``--attach`` to a command's options."""
    parser.add_argument(
        "--attach",
        action="append",
        default=[],
        type=_attachment,
        metavar="FILE[=TYPE]",
        help="attach a .txt, .htm, .jpg or .gif; TYPE: EX-24, EX-99, COVER, CORRESP, GRAPHIC; repeatable",
    )


def _attachment(text: str) -> tuple[str, str]:
    """File and type of ``--attach``; the type of a picture and of a power of attorney follows from the name."""
    file, _, kind = text.partition("=")
    name = Path(file).name.lower()
    if not kind and name.endswith(_PICTURES):
        kind = "GRAPHIC"
    if not kind and ("poa" in name or "ex24" in name or "ex-24" in name or "attorney" in name):
        kind = "EX-24"
    if not kind:
        raise argparse.ArgumentTypeError(f"{file}: say its type, as in --attach {file}=EX-99")
    return file, kind


_ROLE: Final = (
    '"is_director", "is_officer", "is_ten_percent_owner", "is_other", "officer_title", "other_text", "insider_since", '
    '"insider_until"'
)
_SHAPES: Final = {
    "person": '{"cik": "1626115", "name", "entity": false, "address": {"street1", …}, "issuers": [{"cik", "name", '
    f"{_ROLE}}}]}}; what is not known is left out",
    "issuer": '{"cik", "name", "trading_symbol", "foreign_trading_symbol", "foreign_private", "country", '
    '"qualifying_regulation", "registered", "closed_end_fund", "listed", "fiscal_year_end": "12-31", "went_public", '
    '"shares_outstanding", "classes": ["Common Stock"], "series": [{"security_title", …}], "styles": {NAME: VALUE}, '
    f'"persons": [{{"cik", "name", {_ROLE}}}]}}; what is not known is left out',
    "poa": '{"number": 1, "person", "issuer", "agents": ["Sam Roe"], "signed": "2026-01-15", "until", "revoked", '
    '"accession_number", "wording", "used"}; what is not known is left out',
    "footnote": '{"name", "text"}',
    "holdings": '[{"number": 1, "line": "Common Stock, direct", "table": "non_derivative", the cells of the line, '
    '"held": "1000", "unit": "shares", "source", "as_of": "2026-03-04"}]; with --why one such object and its '
    '"steps": [{"day", "kind": "filing", "adjustment" or "action", "rows": [{"row": 1, "code", "change", "total"}], '
    '"closed_by", "certain", …, "balance"}]; with an action {"action": 1, "words", "day", "changes": [{"person", '
    '"line", "before", "after", "becomes", "added_to", "fraction"}]}',
    "filed": '[{"done": "moved", "known" or "corrected", "form", "accession_number", "period", "filed", "accepted_at", '
    '"issuer", "persons": ["Doe Jane"], "file", "sha256", …}]',
    "due": '[{"what": "Form 4 · Doe Jane · …", "due": "2026-11-24", "late": false, "file": "a.form4.json", "problem"}]',
    "import": '[{"file", "what": "added", "known" or "refused", "told", "corrected": [{"line", "before", "after", '
    '"later"}]}]',
    "batch": '[{"rows": [2], "draft", "person", "form", "verdict", "counts": {"warning": 1, …}, "lines": […], "kept", '
    '"problem", "packet", "packet_problem"}]',
    "audit": '{"issuer": {"cik", "name"}, "filings", "counts", "insiders": […]}, as docs/audit.md describes',
    "late": '{"issuer", "fiscal_year", "persons": […], "paragraph", …}, as docs/audit.md describes',
    "reconcile": '{"person", "agreed", "missing": […], "unlisted", …}, as docs/audit.md describes',
    "register show": '{"register": PLACE, "shape": "0001", "holds": {"persons": 12, …}}',
    "register": '{"file", "filings": 120}',
}
"""What the JSON of each command on the register looks like, by the words of the command."""


def add_register(parser: argparse.ArgumentParser, *, json_too: bool = True) -> None:
    """The options of every command on the register."""
    parser.add_argument(
        "--register",
        metavar="URL",
        help="the register: a file or an SQLAlchemy URL (default: FORM4_REGISTER, else the data folder)",
    )
    if json_too:
        shape = next((s for words, s in _SHAPES.items() if parser.prog.startswith(f"form4 {words}")), "")
        many = "a list of " if parser.prog.endswith(" list") else ""
        parser.add_argument("--json", action="store_true", help=f"write JSON{shape and f': {many}{shape}'}")


def add_asked_register(parser: argparse.ArgumentParser) -> None:
    """The option of a command that asks the register only where it is given; see ``register_asked``."""
    parser.add_argument(
        "--register",
        nargs="?",
        const="",
        metavar="URL",
        help="also use the register's history, powers of attorney, issuers and persons "
        "(alone: FORM4_REGISTER, else the data folder)",
    )


def register_asked(arguments: Sequence[str]) -> list[str]:
    """The arguments, where ``--register`` without a place does not take the file name after it as its place."""
    found: list[str] = []
    for word, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        bare = word == "--register" and not (
            "://" in following or following.endswith((".sqlite3", ".sqlite", ".db"))
        )
        found.append("--register=" if bare else word)
    return found


def json_text(data: Any) -> str:  # noqa: ANN401  # plain data
    """One JSON value as it is written."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def written_json(data: Any) -> None:  # noqa: ANN401  # plain data
    """One JSON value on standard output."""
    sys.stdout.write(json_text(data))


def add_answers(parser: argparse.ArgumentParser) -> None:
    """The options for a file of answers."""
    parser.add_argument(
        "--answers",
        metavar="FILE",
        help="take the answers from a file, without a terminal; answers to questions that are no longer asked are "
        "skipped, new questions take what is proposed, and both are reported on standard error; a new question "
        "without a proposal, or a missing signature, stops it with exit code 2, and the draft so far is saved",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="with --answers: stop at the first question or answer that differs from the file",
    )
    parser.add_argument(
        "--record", metavar="FILE", help="write the answers given to a file that --answers reads"
    )


def add_tickers(parser: argparse._ActionsContainer) -> None:
    """The option for a ticker file."""
    parser.add_argument(
        "--tickers",
        metavar="FILE",
        help="look symbols and names up in this file (company_tickers.json of the SEC) instead of the stored one",
    )


def answer_at_terminal(question: str) -> str:
    """What is typed at the terminal; empty at the end of the input."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def write_notices(notices: Iterable[str]) -> None:
    """What a use case has to say beside its result, on standard error."""
    sys.stderr.write("".join(f"form4: {visible(notice)}\n" for notice in notices))


def hidden_answer(question: str, remark: str) -> str:
    """What is typed and not shown, after a remark on the answer before it.

    Raises EOFError at the end of the input, Form4Error where nothing can be typed unseen.
    """
    import getpass
    import warnings

    if remark:
        sys.stderr.write(f"{remark}\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(visible(question), stream=sys.stderr)
        except getpass.GetPassWarning:
            raise Form4Error(
                "There is no terminal to ask at",
                remedy="Give it by a file descriptor or the keyring: see --help",
            ) from None
