"""``form4 ready``: can a filing be sent tonight, and if not, why."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING, Final

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
from form4_author.desk.edgar_secret import forget, store, tokens_for
from form4_author.desk.readiness import (
    condition_point,
    filers_meant,
    person_point,
    token_points,
    unasked_points,
)
from form4_author.desk.register import register_at, register_of
from form4_author.desk.secret import SecretSource, cccs_known, keep
from form4_author.edgar.address import filing_address_in
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from form4_author.desk.readiness import Filer, Point
    from form4_author.edgar.sender import Tokens

__all__ = ["command_parser", "run"]

_EDGAR: Final = 2
"""The line about EDGAR comes after those of the two tokens; the persons follow."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Write one line for EDGAR, each token and each person; exit code 1 where one is not ready, 2 where not known."""
    options = command_parser(word).parse_args(arguments)
    if options.forget:
        forget()
        sys.stdout.write("Both tokens are removed from the system's keyring.\n")
        return READY
    register = register_of(options.register) if register_at(options.register).is_there else None
    filers = filers_meant(register, options.person)
    source = SecretSource(hidden_answer, options.token_fd, keyring=options.keyring)
    tokens = tokens_for(source, both=True, without="checks without it")
    points: list[Point] = [*token_points(tokens, now())]
    good = all(point.good is not False for point in points)
    cccs: Mapping[str, str] = {}
    if good and not options.offline:
        secrets = SecretSource(hidden_answer, options.ccc_fd, keyring=options.keyring)
        cccs = cccs_known([filer.cik for filer in filers], secrets)
        points += _asked(tokens, filers, cccs)
        good = points[_EDGAR].good is not None
    elif not options.offline:
        points += unasked_points(filers)
    if options.keep:
        _keep(tokens if good else None, _right(filers, points, cccs))
    if options.json:
        written_json([point._asdict() for point in points])
    else:
        sys.stdout.write("".join(_line(point) for point in points))
    if any(point.good is False for point in points):
        return FINDINGS
    return UNREADABLE if any(point.good is None for point in points) else READY


def _asked(tokens: Tokens, filers: Sequence[Filer], cccs: Mapping[str, str]) -> list[Point]:
    """What EDGAR says."""
    from form4_author.desk import edgar
    from form4_author.edgar.sender import Sender

    with Sender(filing_address_in(os.environ), tokens, edgar.time) as sender:
        return [
            condition_point(sender),
            *(person_point(sender, filer, cccs.get(filer.cik), today()) for filer in filers),
        ]


def _right(filers: Sequence[Filer], points: Sequence[Point], cccs: Mapping[str, str]) -> dict[str, str]:
    """The CCCs that are EDGAR's."""
    people = zip(filers, points[_EDGAR + 1 :], strict=False)
    return {filer.cik: cccs[filer.cik] for filer, point in people if point.good}


def _keep(tokens: Tokens | None, cccs: Mapping[str, str]) -> None:
    """Store what is right in the keyring. ``tokens``: None where they are not."""
    if tokens is None:
        sys.stderr.write("form4 ready: the tokens are not stored, because they do not work.\n")
        return
    store(tokens)
    keep(cccs)


def _line(point: Point) -> str:
    """``yes  Doe Jane (CIK 9990002): may file, CCC right``, with what to do behind it."""
    answer = {True: "yes", False: "no", None: "?"}[point.good]
    words = f"{point.what}: {point.words}{f'; {point.action}' if point.action else ''}"
    lines = textwrap.wrap(visible(words), 75, subsequent_indent="  ", break_long_words=False)
    return "".join(f"{answer if number == 0 else '':<5}{line}\n" for number, line in enumerate(lines))


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
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
    parser.add_argument(
        "--keep",
        action="store_true",
        help="store the tokens in the system's keyring where they work, and each CCC that is EDGAR's",
    )
    parser.add_argument(
        "--forget", action="store_true", help="remove both tokens from the system's keyring; check nothing"
    )
    add_register(parser)
    return parser
