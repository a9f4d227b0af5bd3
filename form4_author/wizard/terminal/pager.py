"""A text that may be longer than the terminal, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from form4_author.text import visible
from form4_author.wizard.prompter import Key, footer
from form4_author.wizard.reading import Passage
from form4_author.wizard.terminal.keys import Escape, bind, key_bindings, nothing
from form4_author.wizard.terminal.screen import STYLE, folded_to, height, shown, width
from form4_author.wizard.terminal.window import ends_at_resize
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
        self._first = 0
        self._helps = False
        self._escape = escape
        self._columns = 0
        self._passage = Passage()

    def put(self) -> Key | None:
        """Until the text was read or closed (None), the interview is left, or the window has another size."""
        self._turn_to_passage()
        application: Application[Key | None] = Application(
            layout=Layout(
                Window(
                    FormattedTextControl(self._drawn, focusable=True),
                    dont_extend_height=True,
                )
            ),
            style=STYLE,
            erase_when_done=True,
        )
        bind(application, self._keys(self._escape))
        self._escape.time(application)
        ends_at_resize(application, lambda running: running.exit(result=Key.REDRAW))
        reply: Key | None = questionary.Question(application).unsafe_ask()
        if reply is Key.REDRAW:
            return reply
        clear_typeahead(application.input)  # Enter once too often makes no packet
        discard_typed()
        return reply

    def _turn_to_passage(self) -> None:
        """After the window got another size, what was at the top of it is there again."""
        if self._columns and self._columns != width():
            before = [part for line in self._text for part in whole_words(line, self._columns)]
            self._first = self._passage.line(before, self._first, self._lines, self._page())
        self._columns = width()

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
            self._helps = not self._helps
        else:
            event.app.exit(result=key if key is Key.LEAVE else None)

    def _on(self, event: KeyPressEvent) -> None:
        """The next page; after the last, the text is read."""
        if self._is_last():
            event.app.exit(result=None)
        else:
            self._first += self._page()

    def _moved(self, by: Callable[[], int]) -> Callable[[KeyPressEvent], None]:
        def move(event: KeyPressEvent) -> None:
            del event
            self._first = max(0, min(len(self._lines) - self._page(), self._first + by()))

        return move

    # ---- drawing

    @property
    def _lines(self) -> list[str]:
        """The text in lines as wide as the terminal is now."""
        return self._folded(self._text)

    def _page(self) -> int:
        """Lines of the text that are shown at once."""
        return max(_FEWEST, height() - _KEYS_BELOW - len(self._folded(self._top)))

    def _is_last(self) -> bool:
        return self._first + self._page() >= len(self._lines)

    def _folded(self, lines: Sequence[str]) -> list[str]:
        return [part for line in lines for part in whole_words(line, width())]

    def _drawn(self) -> str:
        columns, lines = width(), self._lines
        last = min(len(lines), self._first + self._page())
        body = self._folded(_HELP) if self._helps else lines[self._first : last]
        place = f"lines {self._first + 1} to {last} of {len(lines)}"
        enter = "goes on" if self._is_last() else "shows more"
        keys = [place, footer(enter, columns, escape="closes")]
        whole = [*self._folded(self._top), *body, *folded_to(keys, columns)]
        return shown("\n".join(whole[: height() - 1]))
