"""Who answers the interview: a person at the terminal, or a file of answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.boundary import UNREADABLE
from form4_author.text import visible
from form4_author.wizard.lasting import LastingScript
from form4_author.wizard.script import Script, load_answers

if TYPE_CHECKING:
    import argparse

    from form4_author.wizard.prompter import Prompter

__all__ = ["add_answers", "prompter_of"]


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


def prompter_of(
    options: argparse.Namespace, path: Path, past: frozenset[str]
) -> tuple[Prompter, Script | None]:
    """Who answers; ``past``: the questions that a draft which is resumed has answers to."""
    if options.answers:
        given = load_answers(Path(options.answers))
        script = (
            Script(given)
            if options.strict
            else LastingScript(
                given, source=str(options.answers), draft=str(path), report=_reported, past=past
            )
        )
        return script, script
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stderr.write("form4: the interview needs a terminal. Without one, give --answers FILE.\n")
        raise SystemExit(UNREADABLE)
    from form4_author.cli.spreadsheet import lines_in
    from form4_author.wizard.prompts import Terminal

    return Terminal(lines_in), None


def _reported(line: str) -> None:
    sys.stderr.write(f"{visible(line)}\n")
