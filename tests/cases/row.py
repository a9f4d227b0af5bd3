"""A row of a table of cases beside the checkout: its command is run here, and what it must give is asserted."""

from __future__ import annotations

import csv
import json
import shlex
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest

__all__ = ["Desk", "cells", "rows"]

_UNREADABLE: Final = 2


def rows(folder: Path) -> list[tuple[str, str]]:
    """File and command of each row of ``expected.tsv``, in order."""
    with (folder / "expected.tsv").open(encoding="utf-8", newline="") as stream:
        return [(row[0], row[1]) for row in csv.reader(stream, delimiter="\t")][1:]


def cells(row: dict[str, Any], *names: str) -> tuple[Any, ...]:
    """The values of a line of a draft, without their footnotes."""
    found = (row.get(name) for name in names)
    return tuple(cell.get("value") if isinstance(cell, dict) else cell for cell in found)


@dataclass(frozen=True)
class Desk:
    """A folder with the files of the cases, in which ``form4`` runs."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @classmethod
    def at(
        cls, cases: Path, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> Desk:
        """A copy of the cases in a folder, which becomes the current one."""
        shutil.copytree(cases, folder, dirs_exist_ok=True)
        patch.chdir(folder)
        patch.delenv("FORM4_REGISTER", raising=False)
        patch.setenv("FORM4_TODAY", "2026-11-30")
        return cls(folder, capsys)

    def run(self, command: str) -> tuple[int, str]:
        """The exit code, and all that was written, its lines joined to one."""
        code = main(shlex.split(command.removeprefix("form4 ")))
        said = self.capsys.readouterr()
        return code, " ".join(f"{said.out} {said.err}".split())

    def said(self, command: str) -> str:
        """All that a command wrote that could read its files, its lines joined to one."""
        code, text = self.run(command)
        assert code < _UNREADABLE, text
        return text

    def findings(self, command: str) -> dict[str, dict[str, Any]]:
        """The findings of a check by their rule, the last of each."""
        code = main([*shlex.split(command.removeprefix("form4 ")), "--json"])
        said = self.capsys.readouterr()
        assert code < _UNREADABLE, said.out + said.err
        return {each["id"]: each for result in json.loads(said.out)["files"] for each in result["findings"]}

    def answer(self, file: str, before: str, lines: Iterable[str]) -> None:
        """Answer what an interview asks now, before the answer whose line begins so."""
        place = self.folder / file
        text = place.read_text(encoding="utf-8")
        assert text.count(f"\n- {before}") == 1
        added = "".join(f"\n- {line}" for line in lines)
        place.write_text(text.replace(f"\n- {before}", f"{added}\n- {before}"), encoding="utf-8")

    def draft(self, file: str) -> dict[str, Any]:
        """A draft as data."""
        data: dict[str, Any] = json.loads((self.folder / file).read_text(encoding="utf-8"))
        return data
