"""Prompts on a terminal, drawn by questionary: the one package that imports it and prompt_toolkit.

Works at 80×24 and 60×20, over SSH and without color: the keys that work are under each prompt as plain text, and
nothing depends on color. Where a terminal can't be drawn on, or ``FORM4_PLAIN=1`` asks for it, prompts are plain lines.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from prompt_toolkit.shortcuts import clear

from form4_author.text import visible
from form4_author.wizard.plain import Plain, is_plain
from form4_author.wizard.prompter import Key, Prompter, ask_in
from form4_author.wizard.reading import BACKWARDS, REST, Reading
from form4_author.wizard.terminal.keys import Escape
from form4_author.wizard.terminal.line import Typed, TypedLine
from form4_author.wizard.terminal.pager import Pager
from form4_author.wizard.terminal.rows import Left, Rows
from form4_author.wizard.tty import quiet
from form4_author.wizard.wording import whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from form4_author.wizard.screen import Ask

__all__ = ["Terminal", "at_terminal"]

_NO_CURSOR_QUERY: Final = "PROMPT_TOOLKIT_NO_CPR"
"""Keeps prompt_toolkit from asking where the cursor is: each prompt waits a second where nothing answers, and our
prompts are drawn from where they begin and need no answer."""


def at_terminal(sheet: Callable[[str], str] | None = None, *, plain: bool = False) -> Prompter:
    """The prompter for the terminal that runs the program; ``plain``: plain lines wherever it is."""
    return Plain(sheet) if plain or is_plain() else Terminal(sheet)


class Terminal:
    """Prompts on the terminal that runs the program.

    ``sheet``: the lines of a CSV or XLSX file of this name, which ``@name`` takes in place of a paste.
    """

    def __init__(self, sheet: Callable[[str], str] | None = None) -> None:
        os.environ.setdefault(_NO_CURSOR_QUERY, "1")
        self.unaccepted = False
        self._sheet = sheet
        self._escape = Escape()
        self._page: tuple[str, ...] = ()
        """The page that was shown last."""
        self._above = 0
        """Its lines."""
        self._read: set[tuple[str, ...]] = set()
        """The texts that were shown to their end."""
        self._typed: dict[tuple[str, str], Typed] = {}
        """What was typed and not accepted, by question: it returns with the question."""
        self._left: dict[tuple[str, str], Left] = {}
        """The lists that were left without an answer, by question."""

    def show(self, lines: Sequence[str]) -> None:
        """A fresh page."""
        self._page = tuple(lines)
        self._draw(lines)

    def _draw(self, lines: Sequence[str]) -> None:
        if sys.stdout.isatty():
            clear()
        width = shutil.get_terminal_size().columns
        whole = [part for line in lines for part in whole_words(visible(line), width)]
        self._above = len(whole)
        print("\n".join(whole), flush=True)  # noqa: T201  # showing is what a prompter does

    @contextmanager
    def working(self, words: str) -> Iterator[None]:
        """The words alone on the screen; what is typed meanwhile is discarded."""
        self.show((words,))
        with quiet():
            yield

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """The text in pages. Raises KeyboardInterrupt where the interview is left."""
        if sys.stdout.isatty():
            clear()
        if Pager(lines, top, self._escape).put() is Key.LEAVE:
            raise KeyboardInterrupt

    def text(self, ask: Ask) -> str | Key:
        """A typed line; Enter alone accepts what is proposed."""
        question = ask.id, ask.message
        line = TypedLine(
            ask_in(ask, sys.stdout.encoding), self._escape, self._sheet, self._typed.pop(question, None)
        )
        reply = line.put()
        self.unaccepted = line.left is not None and bool(line.left.text)
        if line.left is not None:
            self._typed[question] = line.left
        return reply

    def choice(self, ask: Ask) -> str | Key:
        """The row chosen: keys move the pointer, Enter chooses."""
        reply = self._listed(ask)
        return reply if isinstance(reply, Key) else str(reply)

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The rows checked with the space bar."""
        reply = self._listed(ask)
        return reply if isinstance(reply, Key) else tuple(reply)

    def confirm(self, ask: Ask) -> str | Key:
        """Yes or no; y and n point, and Enter chooses."""
        return self.choice(ask)

    def _listed(self, ask: Ask) -> str | tuple[str, ...] | Key:
        """The rows under the page; what is to be read above them turns its pages until all of it was shown."""
        if not ask.text:
            return self._chosen(ask)
        width, height = shutil.get_terminal_size()
        reading = Reading(
            ask_in(ask, sys.stdout.encoding), height, width, self._above, read=ask.text in self._read
        )
        while True:
            self._draw((*self._page, *reading.drawn()))
            reply = self._chosen(reading.put())
            if reading.read:
                self._read.add(ask.text)
            if reply not in (REST, BACKWARDS):
                return reply
            reading.turn(1 if reply == REST else -1)

    def _chosen(self, ask: Ask) -> str | tuple[str, ...] | Key:
        question = ask.id, ask.message
        rows = Rows(
            ask_in(ask, sys.stdout.encoding), self._escape, self._left.pop(question, None), self._above
        )
        reply = rows.put()
        self.unaccepted = False
        if rows.left is not None:
            self._left[question] = rows.left
        return reply
