"""What is shown in a window that is too small for a question."""

from __future__ import annotations

from typing import Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.keys import Keys

from form4_author.wizard.prompter import Key
from form4_author.wizard.terminal.keys import Escape, bind, key_bindings, nothing
from form4_author.wizard.terminal.screen import STYLE, Redraw, draw, folded_to, layout_of, size, watch, width

__all__ = ["large_enough"]

_COLUMNS: Final = 40
_LINES: Final = 12
_WORDS: Final = f"Make the window at least {_COLUMNS} x {_LINES}."


def large_enough(escape: Escape) -> bool:
    """Until the window has the fewest columns and lines; False where the interview is left before."""
    while True:
        columns, lines = size()
        if columns >= _COLUMNS and lines >= _LINES:
            return True
        if _put(escape) is Key.LEAVE:
            return False


def _put(escape: Escape) -> Key | Redraw:
    draw(())
    application: Application[Key | Redraw] = Application(
        layout=layout_of(lambda: "\n".join(folded_to((_WORDS,), width()))), style=STYLE, erase_when_done=True
    )
    bindings = key_bindings(
        escape, lambda key, event: event.app.exit(result=key) if key is Key.LEAVE else None
    )
    bindings.add(Keys.Any)(nothing)
    bindings.add("c-d")(lambda event: event.app.exit(result=Key.LEAVE))
    bind(application, bindings)
    escape.time(application)
    watch(application)
    reply: Key | Redraw = questionary.Question(application).unsafe_ask()
    return reply
