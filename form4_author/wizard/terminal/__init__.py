"""Prompts on a terminal, drawn by questionary: the one package that imports it and prompt_toolkit.

Works at 80×24 and 60×20, over SSH and without color: the keys that work are under each prompt as plain text, and
nothing depends on color. Where a terminal can't be drawn on, or ``FORM4_PLAIN=1`` asks for it, prompts are plain lines.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from form4_author.text import visible
from form4_author.wizard.page import Page, turned
from form4_author.wizard.plain import Plain, is_plain
from form4_author.wizard.prompter import Key, Prompter, ask_in, text_in
from form4_author.wizard.reading import AROUND, FEWEST_LINES, REST, Reading, folded, with_rest
from form4_author.wizard.screen import AnswerKind
from form4_author.wizard.terminal.keys import Escape
from form4_author.wizard.terminal.line import Typed, TypedLine
from form4_author.wizard.terminal.pager import Pager
from form4_author.wizard.terminal.rows import Chosen, Left, Rows
from form4_author.wizard.terminal.screen import Redraw, draw, size
from form4_author.wizard.terminal.window import is_too_small, until_large
from form4_author.wizard.tty import quiet
from form4_author.wizard.wording import whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from form4_author.wizard.screen import Ask

__all__ = ["Terminal", "at_terminal"]

Kept = TypeVar("Kept")
"""How a question was left."""

_MOST: Final = 12
_FEWEST: Final = 3
"""Rows of a list that are shown at once where there is room, and where there is none."""
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
        self._page = Page()
        """The page of the question put next."""
        self._first: int | None = None
        """The first line shown of its text; None where it was not scrolled."""
        self._at: tuple[tuple[str, ...], int] = (), 0
        """A text to be read, and how many of its words come before the first line shown."""
        self._read: set[tuple[str, ...]] = set()
        """The texts that were shown to their end."""
        self._typed: dict[tuple[str, str], Typed] = {}
        """What was typed and not accepted, by question: it returns with the question."""
        self._left: dict[tuple[str, str], Left] = {}
        """The lists that were left without an answer, by question."""

    def show(self, lines: Sequence[str]) -> None:
        """A page is drawn with the question put next; other lines are drawn at once."""
        self._first = None
        if isinstance(lines, Page):
            self._page = lines
            self._first = 0 if lines.help else None
            return
        columns, _ = size()
        whole = [part for line in lines for part in whole_words(visible(line), columns)]
        self._page = Page(title=tuple(lines))
        draw(whole)

    @contextmanager
    def working(self, words: str) -> Iterator[None]:
        """The words alone on the screen; what is typed meanwhile is discarded."""
        self.show((words,))
        with quiet():
            yield

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """The text in pages. Raises KeyboardInterrupt where the interview is left."""
        pager = Pager(lines, top, self._escape)
        reply: Key | Redraw | None = Redraw.RESIZED
        while reply is Redraw.RESIZED:
            reply = pager.put() if self._has_room() else Key.LEAVE
        if reply is Key.LEAVE:
            raise KeyboardInterrupt

    def text(self, ask: Ask) -> str | Key:
        """A typed line; Enter alone accepts what is proposed."""
        reply = self._put(ask)
        line = self._typed.get(_named(ask))
        self.unaccepted = line is not None and bool(line.text)
        return reply if isinstance(reply, Key) else str(reply)

    def choice(self, ask: Ask) -> str | Key:
        """The row chosen: keys move the pointer, Enter chooses."""
        reply = self._put(ask)
        self.unaccepted = False
        return reply if isinstance(reply, Key) else str(reply)

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The rows checked with the space bar."""
        reply = self._put(ask)
        self.unaccepted = False
        return reply if isinstance(reply, Key) else tuple(reply)

    def confirm(self, ask: Ask) -> str | Key:
        """Yes or no; y and n point, and Enter chooses."""
        return self.choice(ask)

    # ---- a question, drawn again when the window changes or the text above is scrolled

    def _put(self, ask: Ask) -> str | tuple[str, ...] | Key:
        """What the question gets."""
        while self._has_room():
            put = self._under_text if ask.text and not self._page.help else self._under_page
            reply = put(ask)
            if not isinstance(reply, Redraw):
                return reply
            if reply is Redraw.RESIZED and ask.is_menu:  # its rows depend on the size
                return Key.REDRAW if self._has_room() else Key.LEAVE
        return Key.LEAVE

    def _has_room(self) -> bool:
        """Waits until the window has room for a question; False where the program is left meanwhile."""
        if not is_too_small():
            return True
        draw(())
        return until_large(self._escape) is not Key.LEAVE

    def _under_page(self, ask: Ask) -> Chosen:
        """The question under its page. What is to be read gives way to help, which closes to show it."""
        unread = bool(ask.text) and ask.text not in self._read
        prompt = self._prompt(with_rest(ask) if unread else ask)
        columns, rows = size()
        fitted = self._page.fitted(
            (columns, rows), prompt.height(columns, _MOST), prompt.height(columns, _FEWEST), self._first
        )
        draw(self._in_signs(fitted.lines))
        reply = self._answered(ask, prompt, len(fitted.lines), scrolls=bool(fitted.total), more=unread)
        if reply in (Redraw.ON, Redraw.BACK):
            self._first = turned(fitted, self._first, 1 if reply is Redraw.ON else -1)
        return Key.HELP if reply in (REST, Redraw.REST) else reply

    def _under_text(self, ask: Ask) -> Chosen:
        """The question under a text, whose pages turn until all of it was shown."""
        columns, rows = size()
        is_read = ask.text in self._read
        prompt = self._prompt(ask if is_read else with_rest(ask))
        below = prompt.height(columns, _FEWEST) + AROUND
        wanted = below + len([part for words in ask.text for part in folded(words, columns - 2)])
        above = self._page.fitted((columns, rows), wanted, below + FEWEST_LINES).lines
        reading = Reading(ask, rows, columns, len(above), prompt.height(columns, 0), read=is_read)
        reading.go(self._at[1] if self._at[0] == ask.text else 0)
        lines = (*above, *reading.drawn())
        draw(self._in_signs(lines))
        if reading.read:
            self._read.add(ask.text)
        reply = self._answered(
            ask, self._prompt(reading.put()), len(lines), scrolls=True, more=not reading.read
        )
        if reply in (REST, Redraw.REST, Redraw.ON, Redraw.BACK):
            reading.turn(-1 if reply is Redraw.BACK else 1)
            self._at = ask.text, reading.at
            return Redraw.ON
        if not isinstance(reply, (Key, Redraw)):
            self._at = (), 0
        return reply

    def _prompt(self, ask: Ask) -> TypedLine | Rows:
        """The question as it was left, where it was."""
        question, put = _named(ask), ask_in(ask, sys.stdout.encoding)
        if ask.kind is AnswerKind.TEXT:
            return TypedLine(put, self._escape, self._sheet, self._typed.get(question))
        return Rows(put, self._escape, self._left.get(question))

    def _answered(
        self, ask: Ask, prompt: TypedLine | Rows, above: int, *, scrolls: bool, more: bool
    ) -> Chosen:
        """What a prompt gets; what was typed or chosen and not accepted is kept for the next time."""
        question = _named(ask)
        if isinstance(prompt, TypedLine):
            reply: Chosen = prompt.put(scrolls=scrolls, more=more)
            _keep(self._typed, question, prompt.left)
        else:
            reply = prompt.put(above, scrolls=scrolls)
            _keep(self._left, question, prompt.left)
        return reply

    def _in_signs(self, lines: Sequence[str]) -> list[str]:
        """The lines in signs that the terminal has."""
        return [text_in(line, sys.stdout.encoding) for line in lines]


def _named(ask: Ask) -> tuple[str, str]:
    """What distinguishes a question: the words of a menu are the captions of its columns."""
    return ask.id, "" if ask.is_menu else ask.message


def _keep(kept: dict[tuple[str, str], Kept], question: tuple[str, str], left: Kept | None) -> None:
    kept.pop(question, None)
    if left is not None:
        kept[question] = left
