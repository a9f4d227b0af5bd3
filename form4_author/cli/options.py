"""Options that several commands share, and the parser they all use."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from form4_author.cli.boundary import UNREADABLE
from form4_author.cli.clock import eastern
from form4_author.errors import MalformedValue
from form4_author.text import day, visible

if TYPE_CHECKING:
    from datetime import date

__all__ = ["CommandParser", "VerbParser", "as_of_date", "eastern_moment"]


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
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a time such as 2026-11-23T21:40') from None
    return moment.astimezone(eastern()) if moment.tzinfo else moment.replace(tzinfo=eastern())
