"""The parsers of all commands as one tree: shell completion and the manual page are made from it."""

from __future__ import annotations

import argparse
import importlib
from typing import TYPE_CHECKING, Any, cast

from form4_author import __version__
from form4_author.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["command_parsers", "options_of", "verbs_of", "whole_parser"]


def command_parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, in the order of ``form4 --help``."""
    return {
        word: importlib.import_module(f"form4_author.cli.{module}").command_parser(word)
        for word, (module, _summary) in COMMANDS.items()
    }


def whole_parser() -> argparse.ArgumentParser:
    """One parser that has every command below it."""
    parsers = command_parsers()
    whole = argparse.ArgumentParser(prog="form4", allow_abbrev=False)
    whole.add_argument("--version", action="version", version=__version__, help="the version")

    def made(**given: Any) -> argparse.ArgumentParser:  # noqa: ANN401  # what argparse gives to a parser's class
        return parsers[given["prog"].split()[-1]]

    below = whole.add_subparsers(dest="command", metavar="COMMAND", parser_class=cast(Any, made))
    for word, (_module, summary) in COMMANDS.items():
        below.add_parser(word, help=summary)
    return whole


def verbs_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """The verbs of a command, such as ``add``: name, summary and parser."""
    for action in parser._actions:  # noqa: SLF001  # argparse has no public way to list them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            helps = {choice.dest: choice.help or "" for choice in action._get_subactions()}  # noqa: SLF001
            for name, verb in action.choices.items():
                yield name, helps.get(name, ""), verb


def options_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The options and arguments that help shows, verbs apart."""
    return [
        action
        for action in parser._actions  # noqa: SLF001
        if action.help != argparse.SUPPRESS and not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    ]
