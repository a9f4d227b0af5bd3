"""A window that is made larger or smaller: the same pointer, the same text, and all of the screen drawn again."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import create_app_session, get_app
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.files import draft_file
from form4_author.wizard.option import Option
from form4_author.wizard.prompter import Key
from form4_author.wizard.screen import AnswerKind, Ask
from tests.packets import packets_in
from tests.wizard.terminal import ENTER, ESC, Terminal
from tests.wizard.test_keys import Desk, Screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from prompt_toolkit.input import PipeInput

SIZES = ((20, 60), (40, 100), (12, 40), (24, 80))
SMALL = (8, 30)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with four drafts, one of which has a packet."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("FORM4_TODAY", "2024-11-05")
    packets_in(tmp_path / "packets", monkeypatch)
    folder = draft_file.default_folder()
    folder.mkdir(parents=True)
    for name in ("seed", "gift", "exercise", "form3"):
        (folder / f"{name}.form4.json").write_text(json.dumps(draft(name)), encoding="utf-8")
    assert main(["render", str(folder / "seed.form4.json"), "--as-of", "2024-11-04"]) == 0
    return tmp_path


def pointed(terminal: Terminal) -> str:
    """The row that the pointer is at."""
    return next((line for line in terminal.lines if line.startswith(" > ")), "")


@pytest.mark.long
def test_the_desk_and_the_next_steps_are_drawn_again(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.wait_prompt("    Due ").wait("Esc leaves").type("2").wait(" > 2 ")
        first, row = terminal.text, pointed(terminal)
        for rows, columns in SIZES:
            terminal.resize(*SMALL).wait("Make the window at least").wait_gone("Due")
            terminal.resize(rows, columns).wait("form4 desk").wait("Esc leaves")
            assert pointed(terminal).startswith(" > 2 ")
            assert row[24:30].strip() in pointed(terminal)
            assert all(len(line) < columns for line in terminal.lines)
            assert terminal.text.count("form4 desk") == 1
        assert terminal.text == first

        terminal.type(f"1{ENTER}").wait("not released").wait("Esc back")
        number = next(line[3] for line in terminal.lines if line.endswith("Show the next steps"))
        terminal.type(number).wait(f" > {number} Show the next steps").type(ENTER)
        terminal.wait("1 Bruce Posey signs").wait("Esc closes")
        first = terminal.text
        for rows, columns in SIZES:
            terminal.resize(*SMALL).wait("Make the window at least").wait_gone("Next steps")
            terminal.resize(rows, columns).wait("Next steps").wait("Esc closes")
            assert "1 Bruce Posey signs" in terminal.text
        assert terminal.text == first
        terminal.type(ESC).wait("Esc leaves").type(ESC)
        assert terminal.end() == 0


# ---- without a process: the window changes before the keys that follow a size


class Window(Screen):
    """A screen whose size changes where a size stands among the keys."""

    def __init__(
        self, pipe: PipeInput, sizes: dict[str, tuple[int, int]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        super().__init__(pipe)
        self._sizes, self._size = sizes, Size(rows=24, columns=80)
        self.pages: list[str] = []
        self.output.get_size = lambda: self._size  # type: ignore[method-assign]  # the window of this test
        monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size(self._size[::-1]))

    def flush(self) -> None:
        """The next key is pressed, or the window changed, once a question is drawn whole in the window as it is."""
        page = "\n".join(line.rstrip() for line in self._sign.display)
        if "Esc" not in page and "Make the window" not in page:
            return
        self.pages.append(page)
        if self.keys and self.keys[0] in self._sizes:
            rows, columns = self._sizes[str(self.keys.pop(0))]
            self._size = Size(rows=rows, columns=columns)
            self._sign.resize(rows, columns)
            self._sign.reset()
            get_app().invalidate()
        else:
            super().flush()


NARROW, SMALL_WINDOW, BACK = "narrow", "small", "back"
TEXT = tuple(f"({n}) " + " ".join(f"word{n}-{each}" for each in range(60)) for n in range(4))


@contextmanager
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, Window]]:
    with create_pipe_input() as pipe:
        screen = Window(pipe, {NARROW: (20, 60), SMALL_WINDOW: (8, 30), BACK: (24, 80)}, monkeypatch)
        with create_app_session(input=pipe, output=screen.output):
            yield Desk(screen), screen


def test_a_typed_line_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    with window(monkeypatch) as (desk, screen):
        desk.terminal.show(("The page",))
        screen.keys = ["abc", NARROW, "d", SMALL_WINDOW, "xyz\r", BACK, "e", "\r"]
        assert desk.terminal.text(Ask(id="line", message="Title?", kind=AnswerKind.TEXT)) == "abcde"
        assert any("Make the window at least 40 x 12." in page.replace("\n", " ") for page in screen.pages)


def test_a_list_keeps_its_pointer_and_a_menu_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    options = tuple(Option(each, each.title()) for each in ("one", "two", "three"))
    ask = Ask(id="list", message="Which?", kind=AnswerKind.CHOICE, options=options, proposal="one")
    with window(monkeypatch) as (desk, screen):
        screen.keys = ["3", NARROW, SMALL_WINDOW, "1\r", BACK, "\r"]
        assert desk.terminal.choice(ask) == "three"
        screen.keys = ["2", NARROW]
        menu = replace(ask, is_menu=True)
        assert desk.terminal.choice(menu) is Key.REDRAW
        screen.keys = ["\r"]
        assert desk.terminal.choice(replace(menu, message="Captions of other columns")) == "two"
        screen.keys = [SMALL_WINDOW, "\x13"]
        assert desk.terminal.choice(menu) is Key.LEAVE


def test_a_text_to_confirm_stays_at_its_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (Option("right", "Right"), Option("change", "Change"))
    ask = Ask(
        id="read",
        message="Right?",
        kind=AnswerKind.CHOICE,
        options=rows,
        text=TEXT,
        confirms=("right",),
        proposal="right",
    )
    with window(monkeypatch) as (desk, screen):
        screen.keys = ["\r", NARROW, BACK, "\r", "\r"]
        assert desk.terminal.choice(ask) == "right"
    printed = dict.fromkeys(page.partition("Lines ")[2] for page in screen.pages if "Lines " in page)
    numbers, tops = zip(*dict.fromkeys(tuple(page.split("\n")[:2]) for page in printed), strict=True)
    assert [number.partition(";")[0] for number in numbers] == [
        "1 to 16 of 32",
        "17 to 32 of 32",
        "21 to 33 of 40",
        "16 to 32 of 32",
    ]
    assert [top.split()[:2] for top in tops] == [
        ["(0)", "word0-0"],
        ["(2)", "word2-0"],
        ["(2)", "word2-0"],
        ["word1-57", "word1-58"],
    ]


def test_a_text_that_is_read_stays_at_its_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    with window(monkeypatch) as (desk, screen):
        screen.keys = [" ", NARROW, SMALL_WINDOW, BACK, "\x1b"]
        desk.terminal.read(TEXT, ("Top",))
        shown = [page.split("\n") for page in screen.pages if page.startswith("Top\n")]
        tops = list(dict.fromkeys(page[1] for page in shown if page[1]))
        assert [top.split()[0] for top in tops] == ["(0)", "word2-33", "(2)"]
        assert any("word2-33" in line for line in shown[-3])
        assert shown[-1][1] == tops[1]
