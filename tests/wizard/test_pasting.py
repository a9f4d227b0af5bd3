"""Sheets at the terminal: pasted where it marks a paste, pasted key by key where it does not, named as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from form4_author import __version__
from form4_author.errors import UnreadableInput
from form4_author.files.spreadsheet import lines_in
from form4_author.wizard.guard import failure, guarded
from form4_author.wizard.screen import AnswerKind, Ask
from form4_author.wizard.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.wizard.prompter import Key

_SHEET = "Date\tSide\tQty\tPrice\n11/20/2026\tSLD\t100\t10.1\n11/20/2026\tSLD\t300\t10.5"


def typed(keys: str, *, pastes: bool = True, file: bool = True) -> str | Key:
    """What a question gets when these keys come from the terminal at once."""
    ask = Ask(id="q", message="How many?", kind=AnswerKind.TEXT, pastes=pastes, proposal="5", check=refused)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        return Terminal(lines_in if file else None).text(ask)


def refused(text: str) -> str | None:
    """Only words are refused."""
    return "not this" if text.startswith("no") else None


def test_a_marked_paste_is_one_answer() -> None:
    assert typed(f"\x1b[200~{_SHEET}\x1b[201~\r") == _SHEET


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_paste_key_by_key_is_one_answer_too(end: str) -> None:
    """Without bracketed paste tabs vanished, and each end of a line answered a question."""
    got = typed(_SHEET.replace("\n", end) + end)

    assert isinstance(got, str)
    assert [line for line in got.split("\n") if line] == _SHEET.split("\n")


@pytest.mark.long
def test_a_long_paste_key_by_key_is_one_answer_too() -> None:
    lines = ["11/20/2026\tSLD\t100\t10.1"] * 200

    assert typed("\r".join(lines) + "\r") == "\n".join(lines)


def test_elsewhere_the_end_of_a_line_ends_an_answer() -> None:
    assert typed("100\r10.5\r", pastes=False) == "100"


def test_a_tab_on_the_empty_line_still_fills_in_the_proposal() -> None:
    assert typed("\t0\r") == "50"


def test_a_file_is_read_as_if_it_were_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fills.csv").write_text(_SHEET.replace("\t", ",") + "\n\n", "utf-8")

    assert typed("@fills.csv\r") == _SHEET
    assert typed("100 @ 10.5\r") == "100 @ 10.5"
    assert typed("@fills.csv\r", file=False) == "@fills.csv"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    asked: list[str] = []
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):

        def sheet(name: str) -> str:
            asked.append(name)
            pipe.send_text("\x7f" * 10 + "7\r")  # what is typed after the refusal
            return lines_in(str(tmp_path / name))

        pipe.send_text("@other.csv\r")
        ask = Ask(id="q", message="How many?", kind=AnswerKind.TEXT, pastes=True)
        assert Terminal(sheet).text(ask) == "7"
    assert asked == ["other.csv"]


def test_a_bug_met_at_the_terminal_is_a_refused_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was a traceback of the terminal's library, again at each Enter."""
    monkeypatch.delenv("FORM4_TRACEBACK", raising=False)
    said: list[str | None] = []

    def broken(text: str) -> str | None:
        if text == "7":
            return None
        raise ZeroDivisionError

    def sheet(name: str) -> str:
        raise ZeroDivisionError(name)

    functions = {"check": broken, "echo": broken}
    ask = guarded(Ask(id="q", message="How many?", kind=AnswerKind.TEXT, pastes=True, **functions))  # type: ignore[arg-type]  # returns nothing
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):

        def check(text: str) -> str | None:
            said.append(ask.check(text))
            pipe.send_text("\x7f" * 10 + ("@fills.csv\r" if text == "1" else "7\r"))
            return said[-1]

        def refused(name: str) -> str:
            pipe.send_text("\x7f" * 10 + "7\r")
            return sheet(name)

        pipe.send_text("1\r")
        assert Terminal(refused).text(replace(ask, check=check)) == "7"
    bug = f"form4 cannot use this answer because of a bug in form4 {__version__} (ZeroDivisionError). "
    assert said == [
        f"{bug}Everything entered before it is saved. Change the answer, and report the bug",
        None,
    ]


def test_a_bug_shows_its_traceback_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_TRACEBACK", "1")

    with pytest.raises(ZeroDivisionError):
        failure(ZeroDivisionError())
    assert failure(UnreadableInput("It is empty", remedy="Name another")) == "It is empty. Name another"


def test_a_workbook_is_read_as_if_it_were_pasted(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Date", "Qty", "Price"],
        [datetime.fromisoformat("2026-11-20T09:31:00"), 100, 10.1],
        [None, None, None],
    ):
        sheet.append(row)
    book.save(tmp_path / "fills.xlsx")

    assert typed(f"@{tmp_path / 'fills.xlsx'}\r") == "Date\tQty\tPrice\n2026-11-20\t100\t10.1"
