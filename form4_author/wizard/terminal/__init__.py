"""Prompts on a terminal, drawn by questionary: the one package that imports it and prompt_toolkit.

Works at 80×24 and 60×20, over SSH and without color: the keys that work are under each prompt as plain text, and
nothing depends on color. Where a terminal can't be drawn on, or ``FORM4_PLAIN=1`` asks for it, prompts are plain lines.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from prompt_toolkit.shortcuts import clear

from form4_author.text import visible
from form4_author.wizard.plain import Plain, is_plain
from form4_author.wizard.prompter import Key, Prompter, ask_in
from form4_author.wizard.reading import BACKWARDS, REST, Passage, Reading
from form4_author.wizard.terminal.keys import Escape
from form4_author.wizard.terminal.line import Typed, TypedLine
from form4_author.wizard.terminal.pager import Pager
from form4_author.wizard.terminal.rows import Left, Rows
from form4_author.wizard.terminal.window import is_too_small, until_large
from form4_author.wizard.tty import quiet
from form4_author.wizard.wording import whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from form4_author.wizard.screen import Ask

__all__ = ["Terminal", "at_terminal"]

Reply = TypeVar("Reply")
"""What a question is answered with."""

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
        self._clear()
        whole = self._in_lines(lines)
        self._above = len(whole)
        print("\n".join(whole), flush=True)  # noqa: T201  # showing is what a prompter does

    def _in_lines(self, lines: Sequence[str]) -> list[str]:
        width = shutil.get_terminal_size().columns
        return [part for line in lines for part in whole_words(visible(line), width)]

    def _put(
        self,
        put: Callable[[], Reply | Key],
        draw: Callable[[], None] | None = None,
        *,
        is_menu: bool = False,
    ) -> Reply | Key:
        """The answer; where the window got another size the screen is drawn again, and the question put again.

        While it has no room for a question, no key answers one. A menu's rows depend on the size: it is told.
        """
        reply = Key.REDRAW if is_too_small() else put()
        while reply is Key.REDRAW:
            if is_too_small():
                self._clear()
                if until_large(self._escape) is Key.LEAVE:
                    return Key.LEAVE
            if is_menu:
                return Key.REDRAW
            (draw or self._redraw)()
            reply = put()
        return reply

    def _redraw(self) -> None:
        self._draw(self._page)

    @staticmethod
    def _clear() -> None:
        if sys.stdout.isatty():
            clear()

    @contextmanager
    def working(self, words: str) -> Iterator[None]:
        """The words alone on the screen; what is typed meanwhile is discarded."""
        self.show((words,))
        with quiet():
            yield

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """The text in pages. Raises KeyboardInterrupt where the interview is left."""
        pager = Pager(lines, top, self._escape)
        self._clear()
        if self._put(pager.put, self._clear) is Key.LEAVE:
            raise KeyboardInterrupt

    def text(self, ask: Ask) -> str | Key:
        """A typed line; Enter alone accepts what is proposed."""
        return self._put(lambda: self._typed_line(ask))

    def _typed_line(self, ask: Ask) -> str | Key:
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
            return self._put(lambda: self._chosen(ask), is_menu=ask.is_menu)
        put = ask_in(ask, sys.stdout.encoding)
        width, height = shutil.get_terminal_size()
        reading, passage = Reading(put, height, width, self._above, read=ask.text in self._read), Passage()

        def draw() -> None:
            nonlocal reading
            columns, rows = shutil.get_terminal_size()
            above = len(self._in_lines(self._page))
            if (columns, rows) != (reading.width, reading.height):
                reading = reading.resized(rows, columns, above, passage)
            self._draw((*self._page, *reading.drawn()))

        while True:
            draw()
            reply: str | tuple[str, ...] | Key = self._put(lambda: self._chosen(reading.put()), draw)
            if reading.read:
                self._read.add(ask.text)
            if reply not in (REST, BACKWARDS):
                return reply
            reading.turn(1 if reply == REST else -1)

    def _chosen(self, ask: Ask) -> str | tuple[str, ...] | Key:
        question = ask.id, "" if ask.is_menu else ask.message  # a menu's has the captions of its columns
        rows = Rows(
            ask_in(ask, sys.stdout.encoding), self._escape, self._left.pop(question, None), self._above
        )
        reply = rows.put()
        self.unaccepted = False
        if rows.left is not None:
            self._left[question] = rows.left
        return reply
