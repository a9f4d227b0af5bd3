"""The manual page, ``docs/form4.1``: made from the parsers of the commands, so that it says what ``--help`` says.

``make generated`` writes it, the wheel holds it as ``share/man/man1/form4.1``. It names no version and no date: the
same commands give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from form4_author.cli import COMMANDS
from form4_author.cli.command_tree import command_parsers, options_of, verbs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["manual_page"]

_HEAD: Final = r""".\" Made from the commands by make generated; do not edit.
.TH FORM4 1 "" form4 "User Commands"
.SH NAME
form4 \- prepare SEC Forms 3, 4 and 5 on this computer
.SH SYNOPSIS
.B form4
.RI [ command ]
.RI [ options ]
.SH DESCRIPTION
.B form4
asks what happened, checks the answers, and makes the XML to file and the PDF to keep.
Without a command it opens the start menu.
What it says is prepared from SEC rules as of a date that each report names; it is not legal advice.
.SH COMMANDS
"""
_TAIL: Final = r""".SH "EXIT STATUS"
.TP
.B 0
Ready.
.TP
.B 1
Findings that block, or a profit, a late report or a missing library, as the command describes.
.TP
.B 2
Wrong usage, or input that cannot be read.
.TP
.B 3
An error in form4 itself.
.SH ENVIRONMENT
.TP
.B FORM4_REGISTER
The register: a file or an SQLAlchemy URL without a password.
.TP
.B NO_COLOR
No color, whatever its value.
.SH FILES
.TP
.I ~/.local/share/form4\-author/drafts
The drafts, on Linux; form4 doctor shows the folder.
.TP
.I ~/.local/share/form4\-author/register.sqlite3
The register where none is named.
"""


def manual_page() -> str:
    """The page as roff."""
    return _HEAD + "".join(_command(word, parser) for word, parser in command_parsers().items()) + _TAIL


def _command(word: str, parser: argparse.ArgumentParser) -> str:
    """The section of a command: what it does, its arguments and options, its verbs, its examples."""
    lines = [f'.SS "form4 {_roff(word)}"', *_paragraphs(parser.description or COMMANDS[word][1])]
    lines += _entries(parser, parser)
    for name, summary, verb in verbs_of(parser):
        lines += [
            ".PP",
            rf"\fBform4 {_roff(word)} {_roff(name)}\fR",
            *([".br", _line(summary)] if summary else []),
        ]
        lines += [".RS", *_entries(verb, parser), ".RE"]
    example = (parser.epilog or "").removeprefix("example:\n")
    if example:
        lines += [
            ".PP",
            "Example:",
            ".PP",
            ".nf",
            ".RS",
            *(_line(each.removeprefix("  ")) for each in example.split("\n")),
        ]
        lines += [".RE", ".fi"]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> list[str]:
    """Text whose empty lines begin paragraphs."""
    return [".PP" if not line.strip() else _line(line.strip()) for line in text.splitlines()]


def _entries(parser: argparse.ArgumentParser, outer: argparse.ArgumentParser) -> Iterator[str]:
    """The arguments and options with their help."""
    formatter = outer._get_formatter()  # noqa: SLF001  # it expands %(default)s and %%
    for action in options_of(parser):
        if not isinstance(action, argparse._HelpAction):  # noqa: SLF001
            yield ".TP"
            yield _named(action)
            yield _line(formatter._expand_help(action) if action.help else "")  # noqa: SLF001


def _named(action: argparse.Action) -> str:
    """An option with its value, or an argument."""
    value = "" if action.nargs == 0 else _value(action)
    if not action.option_strings:
        return rf"\fI{_roff(value)}\fR"
    names = ", ".join(rf"\fB{_roff(name)}\fR" for name in action.option_strings)
    return rf"{names} \fI{_roff(value)}\fR" if value else names


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    if action.metavar is None and action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.metavar or action.dest


def _line(text: str) -> str:
    """A line of text, which no roff request begins."""
    made = _roff(" ".join(text.split()))
    return rf"\&{made}" if made.startswith((".", "'")) else made


def _roff(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-")


if __name__ == "__main__":
    sys.stdout.write(manual_page())
