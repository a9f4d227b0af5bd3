"""``form4 diff``: what changed between two filings, by the form's own labels."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING

from form4_author.cli.options import READY, CommandParser
from form4_author.desk.intake import opened
from form4_author.findings import path_text
from form4_author.revision.comparison import Difference, differences
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["command_parser", "run"]

_WIDTH = 80


def run(word: str, arguments: Sequence[str]) -> int:
    """Tell the differences; nothing but a line that says so where there are none."""
    options = command_parser(word).parse_args(arguments)
    all_differences = differences(opened(options.first).filing, opened(options.second).filing)
    if options.json:
        listed = [
            {"path": path_text(d.path), "place": d.place, "before": d.before, "after": d.after}
            for d in all_differences
        ]
        sys.stdout.write(
            json.dumps({"a": options.first, "b": options.second, "differences": listed}, indent=2) + "\n"
        )
        return READY
    for difference in all_differences:
        sys.stdout.write("\n".join(_difference_lines(difference, options.first, options.second)) + "\n")
    if not all_differences:
        sys.stdout.write(f"{visible(options.first)} and {visible(options.second)} have the same contents.\n")
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Show what changed from one filing to another: drafts, XML, envelopes, EDGAR .txt, of any edition.",
        "form4 diff filed.xml amended.form4.json",
    )
    parser.add_argument("first", metavar="A", help="the filing before")
    parser.add_argument("second", metavar="B", help="the filing after")
    parser.add_argument("--json", action="store_true", help="write JSON")
    return parser


def _difference_lines(difference: Difference, first: str, second: str) -> Iterator[str]:
    yield visible(difference.place)
    if difference.after is None:
        yield from _folded(f"only in {first}: {difference.before}")
    elif difference.before is None:
        yield from _folded(f"only in {second}: {difference.after}")
    else:
        yield from _folded(f"- {difference.before}")
        yield from _folded(f"+ {difference.after}")


def _folded(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")
