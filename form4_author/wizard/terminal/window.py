"""The window of the terminal: its size, that it was made larger or smaller, and that it is too small to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from form4_author.wizard.prompter import Key
from form4_author.wizard.terminal.keys import Escape, bind, key_bindings, nothing

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.key_binding import KeyPressEvent

__all__ = ["ends_at_resize", "is_too_small", "until_large", "window_size"]

Reply = TypeVar("Reply")
"""What an application comes to."""

_COLUMNS, _LINES = 40, 12
_TOO_SMALL: Final = f"Make the window at least {_COLUMNS} x {_LINES}."


def window_size() -> Size:
    """Columns and lines of the window now."""
    return get_app_session().output.get_size()


def is_too_small() -> bool:
    """Whether the window has no room for a question."""
    size = window_size()
    return size.columns < _COLUMNS or size.rows < _LINES


def ends_at_resize(application: Application[Reply], end: Callable[[Application[Reply]], None]) -> None:
    """Ends an application once its window has another size than now, so that all of the screen can be drawn again."""
    drawn = window_size()

    def look(running: Application[Reply]) -> None:
        if window_size() != drawn and running.future is not None and not running.future.done():
            end(running)

    application.before_render += look


def until_large(escape: Escape) -> Key | None:
    """Waits until the window has room for a question; Key.LEAVE where the program is left meanwhile."""

    def leave(key: Key, event: KeyPressEvent) -> None:
        if key is Key.LEAVE:
            event.app.exit(result=key)

    reply: Key | None = None
    while reply is not Key.LEAVE and is_too_small():
        application: Application[Key | None] = Application(
            layout=Layout(Window(FormattedTextControl(_TOO_SMALL, focusable=True), wrap_lines=True)),
            erase_when_done=True,
        )
        bindings = key_bindings(escape, leave)
        bindings.add(Keys.Any)(nothing)
        bind(application, bindings)
        ends_at_resize(application, lambda running: running.exit(result=None))
        reply = questionary.Question(application).unsafe_ask()
    return reply
