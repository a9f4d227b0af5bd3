"""A text that may be longer than the terminal, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import questionary
from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.keys import Keys

from form4_author.text import visible
from form4_author.wizard.prompter import Key, footer
from form4_author.wizard.reading import Passage
from form4_author.wizard.terminal.keys import Escape, bind, key_bindings, nothing
from form4_author.wizard.terminal.screen import (
    STYLE,
    Redraw,
    draw,
    folded_to,
    height,
    layout_of,
    shown,
    size,
    watch,
    width,
)
from form4_author.wizard.tty import discard_typed
from form4_author.wizard.wording import whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

__all__ = ["Pager"]

_KEYS_BELOW: Final = 3
"""Lines for the place in the text, the keys, and one that stays free."""
_FEWEST: Final = 5
_HELP: Final = (
    "Enter, Space and PgDn show the next page, PgUp the one before.",
    "The arrow keys move by one line, Home and End go to the top and to the end.",
    "Ctrl-N and Ctrl-P do the same as PgDn and PgUp.",
    "< or Esc closes the text; q, Ctrl-S or Ctrl-C saves and leaves.",
    "? or F1 closes this help.",
)


class Pager:
    """One text to be read."""

    def __init__(self, lines: Sequence[str], top: Sequence[str], escape: Escape) -> None:
        self._text = [visible(line) for line in lines]
        self._top = [visible(line) for line in top]
        self._escape = escape
        self._first = 0
        self._helps = False
        self._left = 0
        """The first line shown of the text, or of the help, whichever is not open."""
        self._columns = size()[0]
        self._passage = Passage()

    def put(self) -> Key | Redraw | None:
        """Until the text was read or closed (None), the interview is left, or the window has another size."""
        draw(())
        self._fit(size()[0])
        reply: Key | Redraw | None = questionary.Question(self._application()).unsafe_ask()
        if isinstance(reply, Redraw):
            return reply
        clear_typeahead(get_app_session().input)  # Enter once too often makes no packet
        discard_typed()
        return reply

    def _application(self) -> Application[Key | Redraw | None]:
        application: Application[Key | Redraw | None] = Application(
            layout=layout_of(self._drawn), style=STYLE, erase_when_done=True
        )
        bind(application, self._keys(self._escape))
        self._escape.time(application)
        watch(application)
        return application

    def _fit(self, columns: int) -> None:
        """After the window got another size, what was at the top of it is there again."""
        if columns != self._columns:
            before = self._folded(self._lines_of(), self._columns)
            after = self._folded(self._lines_of(), columns)
            self._first = self._passage.line(before, self._first, after, self._page())
        self._columns = columns

    # ---- keys

    def _keys(self, escape: Escape) -> KeyBindings:
        bindings = key_bindings(escape, self._key)
        bindings.add(Keys.Any)(nothing)
        for key in (Key.BACK, Key.HELP, Key.LEAVE):
            bindings.add(key.value)(lambda event, key=key: self._key(key, event))
        bindings.add("c-d")(lambda event: self._key(Key.LEAVE, event))
        for name in ("enter", "c-j", "space"):  # c-j: Enter typed before the page was drawn
            bindings.add(name)(self._on)
        for names, way in ((("pagedown", "c-n"), 1), (("pageup", "c-p"), -1)):
            for name in names:
                bindings.add(name)(self._moved(lambda way=way: way * self._page()))  # type: ignore[misc]
        bindings.add("down")(self._moved(lambda: 1))
        bindings.add("up")(self._moved(lambda: -1))
        bindings.add("home")(self._moved(lambda: -len(self._lines)))
        bindings.add("end")(self._moved(lambda: len(self._lines)))
        return bindings

    def _key(self, key: Key, event: KeyPressEvent) -> None:
        if key is Key.HELP or (self._helps and key is Key.BACK):
            self._turn_help()
        else:
            event.app.exit(result=key if key is Key.LEAVE else None)

    def _turn_help(self) -> None:
        """The help is opened or closed; the text is where it was."""
        self._helps = not self._helps
        self._first, self._left = self._left, self._first

    def _on(self, event: KeyPressEvent) -> None:
        """The next page; after the last, the text is read and help is closed."""
        if not self._is_last():
            self._first += self._page()
        elif self._helps:
            self._first = 0
            self._turn_help()
        else:
            event.app.exit(result=None)

    def _moved(self, by: Callable[[], int]) -> Callable[[KeyPressEvent], None]:
        def move(event: KeyPressEvent) -> None:
            del event
            self._first = max(0, min(len(self._lines) - self._page(), self._first + by()))

        return move

    # ---- drawing

    def _lines_of(self) -> Sequence[str]:
        """The text or the help, line by line."""
        return _HELP if self._helps else self._text

    @property
    def _lines(self) -> list[str]:
        """The same in lines as wide as the terminal is now."""
        return self._folded(self._lines_of(), width())

    def _page(self) -> int:
        """Lines of the text that are shown at once."""
        return max(_FEWEST, height() - _KEYS_BELOW - len(self._folded(self._top, width())))

    def _is_last(self) -> bool:
        return self._first + self._page() >= len(self._lines)

    def _folded(self, lines: Sequence[str], columns: int) -> list[str]:
        return [part for line in lines for part in whole_words(line, columns)]

    def _drawn(self) -> str:
        columns, lines = width(), self._lines
        last = min(len(lines), self._first + self._page())
        place = f"lines {self._first + 1} to {last} of {len(lines)}"
        enter = "goes on" if self._is_last() else "shows more"
        keys = [place, footer(enter, columns, escape="closes")]
        top = self._folded(self._top, columns)
        whole = [*top, *lines[self._first : last], *folded_to(keys, columns)]
        return shown("\n".join(whole[: height() - 1]))
