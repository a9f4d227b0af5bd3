"""``form4 ready``: can a filing be sent tonight, and if not, why."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING

from form4_author.cli.options import (
    FINDINGS,
    READY,
    UNREADABLE,
    CommandParser,
    add_register,
    hidden_answer,
    written_json,
)
from form4_author.desk.clock import now, today
from form4_author.desk.edgar_secret import tokens_for
from form4_author.desk.readiness import condition_point, filers_meant, person_point, token_points
from form4_author.desk.register import register_at, register_of
from form4_author.desk.secret import SecretSource, cccs_known
from form4_author.edgar.address import filing_address_in
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from form4_author.desk.readiness import Filer, Point
    from form4_author.edgar.sender import Tokens

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Write one line for EDGAR, each token and each person; exit code 1 where one is not ready, 2 where not known."""
    options = _parser(word).parse_args(arguments)
    register = register_of(options.register) if register_at(options.register).is_there else None
    filers = filers_meant(register, options.person)
    tokens = tokens_for(SecretSource(hidden_answer, options.token_fd, keyring=options.keyring), both=True)
    assert tokens is not None  # noqa: S101  # both are needed
    points: list[Point] = [*token_points(tokens, now())]
    if not options.offline and all(point.good is not False for point in points):
        points += _asked(tokens, filers, options)
    if options.json:
        written_json([point._asdict() for point in points])
    else:
        sys.stdout.write("".join(_line(point) for point in points))
    if any(point.good is False for point in points):
        return FINDINGS
    return UNREADABLE if any(point.good is None for point in points) else READY


def _asked(tokens: Tokens, filers: Sequence[Filer], options: argparse.Namespace) -> list[Point]:
    """What EDGAR says."""
    from form4_author.desk import edgar
    from form4_author.edgar.sender import Sender

    secrets = SecretSource(hidden_answer, options.ccc_fd, keyring=options.keyring)
    cccs = cccs_known([filer.cik for filer in filers], secrets)
    with Sender(filing_address_in(os.environ), tokens, edgar.time) as sender:
        return [
            condition_point(sender),
            *(person_point(sender, filer, cccs.get(filer.cik), today()) for filer in filers),
        ]


def _line(point: Point) -> str:
    """``yes  Doe Jane (CIK 9990002): may file, CCC right``, with what to do behind it."""
    answer = {True: "yes", False: "no", None: "?"}[point.good]
    words = f"{point.what}: {point.words}{f'; {point.action}' if point.action else ''}"
    lines = textwrap.wrap(visible(words), 75, subsequent_indent="  ", break_long_words=False)
    return "".join(f"{answer if number == 0 else '':<5}{line}\n" for number, line in enumerate(lines))


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Check whether a filing can be sent tonight: EDGAR's hours, both tokens, and for each person whether\n"
        "the tokens may file, the yearly confirmation and the CCC. Nothing is sent.\n\n"
        "Exit code: 0 when all is ready, 1 when something is not, 2 when something is not known.",
        "form4 ready\n  form4 ready thakar --keyring",
    )
    parser.add_argument(
        "person", nargs="*", metavar="PERSON", help="names or CIKs (default: all in the register)"
    )
    parser.add_argument(
        "--offline", action="store_true", help="read only what the tokens say; use no network"
    )
    parser.add_argument(
        "--token-fd", type=int, metavar="N",
        help="read the filer and the user API token, a line each, from file descriptor N instead of asking",
    )  # fmt: skip
    parser.add_argument("--ccc-fd", type=int, metavar="N", help="read lines 'CIK CCC' from file descriptor N")
    parser.add_argument(
        "--keyring",
        action="store_true",
        help="take tokens and CCCs from the system's keyring, if stored there",
    )
    add_register(parser)
    return parser
