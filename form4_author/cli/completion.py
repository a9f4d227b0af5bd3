"""``form4 completion``: the script that completes commands, options, drafts, persons and issuers in a shell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from form4_author.cli.options import CommandParser

__all__ = ["command_parser", "run"]

_SHELLS: Final = ("bash", "zsh", "fish")
_NAMES: Final = "--names"
"""Asked by the scripts: the words of a kind, one on a line with what it means."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Write the script of a shell; for the scripts themselves, the words of a kind."""
    from form4_author.cli.boundary import READY

    if len(arguments) == 2 and arguments[0] == _NAMES:
        _write_names(arguments[1])
        return READY
    options = command_parser(word).parse_args(arguments)
    from form4_author.desk.completion import index_register

    index_register()
    sys.stdout.write(_script(options.shell))
    return READY


def _write_names(kind: str) -> None:
    from form4_author.desk.completion import completions

    sys.stdout.write("".join(f"{found}\t{meaning}\n" for found, meaning in completions(kind)))


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    from form4_author.cli.options import CommandParser

    parser = CommandParser(
        word,
        "Write the script that completes commands, options, drafts, persons and issuers when\n"
        "Tab is pressed. Persons and issuers come from a small index beside the register,\n"
        "which is renewed when the register changes.",
        "form4 completion fish > ~/.config/fish/completions/form4.fish\n"
        "  form4 completion zsh > ~/.zfunc/_form4                       a folder of fpath\n"
        '  eval "$(form4 completion bash)"                              in ~/.bashrc',
    )
    parser.add_argument("shell", choices=_SHELLS, help="the shell to write the script for")
    return parser


def _script(shell: str) -> str:
    import shtab

    from form4_author.cli.command_tree import whole_parser

    parser = whole_parser()
    _completed(parser, "")
    return shtab.complete(parser, shell=shell) + "\n"


def _completed(parser: argparse.ArgumentParser, command: str) -> None:
    """Each option and argument of the parser, and of those below it, has what completes it."""
    from form4_author.cli.command_tree import options_of, verbs_of

    for action in options_of(parser):
        kind = _kind(action, command)
        if kind and not action.choices and action.nargs != 0:
            action.complete = _SOURCES[kind]  # type: ignore[attr-defined]  # shtab looks for it
    for name, _summary, below in verbs_of(parser):
        _completed(below, command or name)


def _kind(action: argparse.Action, command: str) -> str:
    """What completes the option or argument: a kind of name, ``file``, ``folder``; empty for nothing."""
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    if name in ("WHICH", "TEXT"):
        card = action.dest.removeprefix("said_")
        return card if card in _CARDS else command if name == "WHICH" and command in _CARDS else ""
    if not action.option_strings and name in ("FILE", "DRAFT", "PATH"):
        return "draft"
    return _METAVARS.get(name.partition("[")[0].partition("=")[0], "")


_CARDS: Final = ("person", "issuer")
"""The cards that have a word in the index, and the commands on them."""
_METAVARS: Final = {
    "PERSON": "person",
    "ISSUER": "issuer",
    "DRAFT": "draft",
    "FILE": "file",
    "SHEET": "file",
    "PACKET": "file",
    "PATH": "file",
    "A": "draft",
    "B": "draft",
    "FOLDER": "folder",
    "DIR": "folder",
    "DIRECTORY": "folder",
}


def _source(kind: str, *, files: bool = False) -> dict[str, object]:
    """The functions that complete a kind of name in each shell, with files beside it where they may be named too."""
    name = f"_form4_{kind}_files" if files else f"_form4_{kind}"
    beside = {
        "bash": '  compgen -f -- "$1"\n' if files else "",
        "zsh": "  _files\n" if files else "",
        "fish": "  __fish_complete_path (commandline -ct)\n" if files else "",
    }
    return {
        "bash": name,
        "zsh": name,
        "fish": f"({name})",
        "preamble": {
            "bash": f"{name}() {{\n"
            f'  compgen -W "$(form4 completion {_NAMES} {kind} 2>/dev/null | cut -f 1)" -- "$1"\n'
            f"{beside['bash']}}}\n",
            "zsh": f"{name}() {{\n"
            "  local -a found\n"
            f'  found=("${{(@f)$(form4 completion {_NAMES} {kind} 2>/dev/null)}}")\n'
            "  found=(${found//:/\\\\:})\n"
            "  found=(${found//$'\\t'/:})\n"
            f"  (( $#found )) && _describe {kind} found\n"
            f"{beside['zsh']}}}\n",
            "fish": f"function {name}\n  form4 completion {_NAMES} {kind} 2>/dev/null\n{beside['fish']}end\n",
        },
    }


_FILE: Final = {
    "bash": "_shtab_compgen_files",
    "zsh": "_files",
    "fish": "(__fish_complete_path (commandline -ct))",
}
_FOLDER: Final = {
    "bash": "_shtab_compgen_dirs",
    "zsh": "_files -/",
    "fish": "(__fish_complete_directories)",
}
_SOURCES: Final[dict[str, dict[str, object]]] = {
    "draft": _source("draft", files=True),
    "person": _source("person"),
    "issuer": _source("issuer"),
    "file": {**_FILE},
    "folder": {**_FOLDER},
}
