"""``form4 demo edgar``: a local EDGAR with fictitious filings, so that anyone can try what reads EDGAR."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.options import READY, CommandParser, VerbParser
from form4_author.errors import Form4Error
from form4_author.files.input import filings_below, read_bytes
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.edgar.demo.archive import Held

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Serve the local EDGAR until Ctrl-C; exit code 0."""
    options = command_parser(word).parse_args(arguments)
    from form4_author.edgar.demo.archive import Archive
    from form4_author.edgar.demo.server import LocalEdgar, served

    filings = _filings(options.filings)
    edgar = LocalEdgar(Archive(filings), time.time)
    try:
        with served(edgar, options.port) as base:
            sys.stdout.write(_shown(base, filings))
            sys.stdout.flush()
            _wait()
    except OSError as error:
        raise Form4Error(
            f"Port {options.port} can't be used: {(error.strerror or str(error)).lower()}",
            remedy="Choose another with --port, or leave it out for one that is free",
        ) from None
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Serve a local EDGAR on this computer, which answers as data.sec.gov and www.sec.gov do.",
        f"form4 {word} edgar",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=VerbParser)
    edgar = verbs.add_parser("edgar", help="a local EDGAR with fictitious filings, until Ctrl-C")
    edgar.add_argument(
        "--port", type=_port, default=0, metavar="N", help="port to serve on (default: one that is free)"
    )
    edgar.add_argument(
        "--filings", metavar="FOLDER", help="serve the EDGAR .txt files of this folder instead"
    )
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)


def _filings(folder: str | None) -> tuple[Held, ...]:
    """The filings of a folder, or the fictitious ones. Raises Form4Error where the folder has none."""
    from form4_author.edgar.demo.archive import held
    from form4_author.edgar.demo.filings import fictitious_filings

    if folder is None:
        return fictitious_filings()
    files = [file for file in filings_below(Path(folder)) if file.suffix.lower() == ".txt"]
    if not files:
        raise Form4Error(
            f"There is no filing in {folder}", remedy="Name a folder with the .txt files of filings"
        )
    return tuple(held(read_bytes(str(file))) for file in files)


def _shown(base: str, filings: tuple[Held, ...]) -> str:
    """What the local EDGAR has, and how another terminal reads it."""
    from form4_author.edgar.demo.token import DEMO_TOKENS

    companies = {each.issuer[0]: each.filing.issuer for each in filings}
    persons = dict(owner for each in filings for owner in each.owners if owner[0] not in companies)
    issuer = next(iter(companies.values()))
    export = "set" if os.name == "nt" else "export"
    lines = [
        f"Local EDGAR with {len(filings)} filings at {base}",
        *(
            f"  {each.name}, symbol {each.trading_symbol}, CIK {cik}"
            for cik, each in list(companies.items())[:5]
        ),
        *(f"  {name}, CIK {cik}" for cik, name in list(persons.items())[:5]),
        "In another terminal, with a register for the trial:",
        f"  {export} FORM4_EDGAR_DATA={base}",
        f"  {export} FORM4_EDGAR_WWW={base}",
        f"  {export} FORM4_EDGAR_API={base}",
        f"  {export} FORM4_REGISTER=demo.sqlite3",
        f"  form4 import --ticker {issuer.trading_symbol}",
        "Tokens of the trial for form4 submit and form4 status, filer and user:",
        *(f"  {token}" for token in DEMO_TOKENS),
        "Nothing leaves this computer. Ctrl-C ends it.",
    ]
    return "".join(f"{visible(line)}\n" for line in lines)


def _wait() -> None:
    """Until Ctrl-C."""
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        sys.stdout.write("\nThe local EDGAR ended.\n")
