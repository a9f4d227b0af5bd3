"""``form4 tickers``: find a company's CIK by its symbol or name in the SEC's list, which is stored on this computer."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

from form4_author.cli.edgar_import import asked_contact
from form4_author.cli.options import (
    READY,
    UNREADABLE,
    CommandParser,
    add_tickers,
    write_notices,
    written_json,
)
from form4_author.desk.edgar import kept_tickers, source_of
from form4_author.errors import Form4Error
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.edgar.ticker import Tickers

__all__ = ["command_parser", "run"]

_MOST = 50


def run(word: str, arguments: Sequence[str]) -> int:
    """List the companies found; exit code 2 when none is. Only ``--update`` uses the network."""
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    words = " ".join(options.words).strip()
    if not words and not options.update:
        parser.error("name a symbol, a company or a CIK, or give --update")
    if options.update:
        with closing(source_of(asked_contact(), lambda line: write_notices([line]))) as source:
            tickers = source.tickers(update=True)
        sys.stderr.write(f"form4: The SEC's list has {len(tickers.names):,} companies and is stored here.\n")
    else:
        tickers = _stored(options.tickers)
    return _found(tickers, words, as_json=options.json) if words else READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Find a company by its ticker symbol, a part of its name, or its CIK, in the SEC's list as it\n"
        "is stored on this computer. Reporting persons are not in it.",
        f"form4 {word} --update\n  form4 {word} QLYS",
    )
    parser.add_argument("words", nargs="*", metavar="WORDS", help="symbol, words of the name, or CIK")
    parser.add_argument("--update", action="store_true", help="fetch the list from www.sec.gov and store it")
    add_tickers(parser)
    parser.add_argument(
        "--json", action="store_true", help='write JSON: [{"cik", "name", "symbols": ["QLYS"]}]'
    )
    return parser


def _stored(file: str | None) -> Tickers:
    tickers = kept_tickers(file)
    if tickers is None:
        raise Form4Error(
            "The SEC's list of ticker symbols is not stored on this computer",
            remedy="Fetch it with form4 tickers --update, or name a file with --tickers FILE",
        )
    return tickers


def _found(tickers: Tickers, words: str, *, as_json: bool) -> int:
    ciks = tickers.named(words)
    if as_json:
        written_json(
            [
                {"cik": cik, "name": tickers.names[cik], "symbols": list(tickers.symbols.get(cik, ()))}
                for cik in ciks
            ]
        )
    else:
        for cik in ciks[:_MOST]:
            symbols = ", ".join(tickers.symbols.get(cik, ()))
            sys.stdout.write(visible(f"{cik:>10}  {symbols:8}  {tickers.names[cik]}") + "\n")
        if len(ciks) > _MOST:
            sys.stdout.write(f"… and {len(ciks) - _MOST} more. Give more words of the name.\n")
    if not ciks:
        sys.stderr.write(
            f'form4: No company in the list has "{visible(words)}" as its symbol, name or CIK.\n'
        )
    return READY if ciks else UNREADABLE
