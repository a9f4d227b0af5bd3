"""Someone who does what a page says, in an empty home: writes its files, runs its commands, answers its questions."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.checks.example import edited
from tests.docs.drawing import drawn
from tests.docs.markdown import Answered, Command, Drawn, File, Given, items
from tests.docs.site import CHECKOUT
from tests.wizard.terminal import Terminal

if TYPE_CHECKING:
    from tests.docs.markdown import Item

__all__ = ["Reader", "agrees"]

TODAY: Final = "2026-11-30"
"""On which day a page is followed that names no other."""
HOME: Final = "/home/dana"
"""How the home folder is shown."""
_PASSED: Final = ("PATH", "LANG", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "TMPDIR")


class Reader:
    """Follows one page; ``screens`` has the drawings of the page by their paths afterwards."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "work"
        self.folder.mkdir(parents=True)
        (home / "Documents").mkdir()
        self.screens: dict[str, str] = {}
        self._environment = self._surroundings()
        self._exit = 0
        self._terminal: Terminal | None = None
        self._draw: list[str] = []

    def _surroundings(self) -> dict[str, str]:
        """No settings of the person who runs the tests, and a `form4` that is this one."""
        commands = self.home / ".bin"
        commands.mkdir()
        program = commands / "form4"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m form4_author "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
        return passed | {
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_STATE_HOME": str(self.home / ".local/state"),
            "FORM4_SETTINGS": "",
            "FORM4_REGISTER": "",
            "PATH": f"{commands}{os.pathsep}{passed.get('PATH', os.defpath)}",
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUTF8": "1",
            "COLUMNS": "80",
            "TERM": "xterm",
            "FORM4_TODAY": TODAY,
        }

    def follow(self, text: str) -> None:
        """Everything that the page says, to its end."""
        done = list(items(text))
        for item, following in zip(done, [*done[1:], None], strict=True):
            self._do(item, following)
        self._ended()

    def _do(self, item: Item, following: Item | None) -> None:
        match item:
            case Given():
                self._prepare(item)
            case File():
                self._write(item.name, item.content)
            case Drawn():
                self._draw.append(item.path)
            case Answered():
                self._answer(item)
            case Command():
                self._ended()
                if isinstance(following, Answered | Drawn):
                    self._begin(item)
                else:
                    self._run(item)

    def _prepare(self, given: Given) -> None:
        match given.name:
            case "today":
                self._environment["FORM4_TODAY"] = given.value
            case "exit":
                self._exit = int(given.value)
            case "copy":
                name, _, source = given.value.partition(" = ")
                (self.folder / name).write_bytes((CHECKOUT / source).read_bytes())
            case "file":
                name, _, spec = given.value.partition(" = ")
                self._write(name, json.dumps(edited(spec)))
            case "set":
                name, _, value = given.value.partition("=")
                self._environment[name] = value
            case "run":
                self._ended()
                self._run(Command(given.value, ""))
            case _:
                raise AssertionError(f"no such line of a comment: {given}")

    def _write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, encoding="utf-8")

    # --- commands

    def _run(self, command: Command) -> None:
        done = subprocess.run(
            ["bash", "-c", f"{{ {command.words}\n}} 2>&1"],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
        said = self._plain(done.stdout)
        assert done.returncode == self._exit, f"$ {command.words}\n{said}\nexit code {done.returncode}"
        self._exit = 0
        if command.shown:
            assert agrees(command.shown, said), f"$ {command.words}\n{said}"

    def _plain(self, said: str) -> str:
        """What was said, as on the computer of the page."""
        return said.replace(str(self.home), HOME)

    # --- questions

    def _begin(self, command: Command) -> None:
        program, *words = shlex.split(command.words)
        assert program == "form4", command.words
        self._terminal = Terminal(self.folder, *words, **self._environment)

    def _answer(self, row: Answered) -> None:
        assert self._terminal is not None, f"no program asks {row.question}"
        self._terminal.wait_prompt(row.question)
        self._record()
        self._terminal.type(row.keys)

    def _record(self) -> None:
        """The screens that the page shows here."""
        assert self._terminal is not None or not self._draw, f"no program shows {self._draw}"
        for path in self._draw:
            assert self._terminal is not None
            self.screens[path] = drawn(self._terminal.screen)
        self._draw.clear()

    def _ended(self) -> None:
        """The program that asked has ended by now."""
        if self._terminal is None:
            return
        code = self._terminal.end()
        assert code == self._exit, f"exit code {code}\n{self._terminal.text}"
        self._exit = 0
        self._record()
        self._terminal = None


def agrees(shown: str, said: str) -> bool:
    """Whether a program said what is shown, where ``…`` alone in a line means any lines, and within one any words."""
    pattern = "".join(
        "(?:.*\n)*?"
        if line.strip() == "…"
        else "[^\n]*".join(map(re.escape, line.rstrip().split("…"))) + r" *\n"
        for line in shown.rstrip("\n").splitlines()
    )
    return re.fullmatch(pattern, said if said.endswith("\n") else f"{said}\n") is not None
