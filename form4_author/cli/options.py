"""Options that several commands share, and the parser they all use."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from form4_author.cli.boundary import UNREADABLE
from form4_author.errors import MalformedValue
from form4_author.values import day

if TYPE_CHECKING:
    from datetime import date

__all__ = ["CommandParser", "as_of_date"]


class CommandParser(argparse.ArgumentParser):
    """An argument parser whose help ends with an example and whose errors say what to do."""

    def __init__(self, word: str, summary: str, example: str) -> None:
        super().__init__(
            prog=f"form4 {word}",
            description=summary,
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the command's words; exit code 2."""
        sys.stderr.write(f"{self.prog}: {message}. See {self.prog} --help.\n")
        raise SystemExit(UNREADABLE)


def as_of_date(text: str) -> date:
    """The date of ``--as-of``."""
    try:
        return day(text)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None
