"""The keys that mean the same at every prompt, and how long Esc waits for the rest of a sequence."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final, TypeVar

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyBindingsBase, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys

from form4_author.wizard.prompter import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.application import Application

__all__ = ["Escape", "bind", "key_bindings", "nothing"]

Reply = TypeVar("Reply")
"""What an application comes to."""

_WAITS: Final = 0.1
"""Seconds in which the rest of a sequence follows Esc on this computer."""
_WAITS_FAR: Final = 0.3
"""The same over SSH."""
_WAITS_FOR_ALT: Final = 0.05
_LATE: Final = 0.5
"""Seconds after Esc in which the rest of a sequence may still come over a slow line."""
_FINAL: Final = "ABCDEFHPQRSZ"
"""What ends the sequences of arrows, Home, End and the first function keys."""


class Escape:
    """When Esc was pressed last, and how long it waits."""

    def __init__(self) -> None:
        self._pressed: float | None = None

    def press(self) -> None:
        """Esc was pressed now."""
        self._pressed = time.monotonic()

    def is_recent(self) -> bool:
        """Whether what comes now may be the rest of a sequence that began with Esc."""
        return self._pressed is not None and time.monotonic() - self._pressed < _LATE

    def time(self, application: Application[Reply]) -> None:
        """Sets how long an application waits after Esc: ``ESCDELAY`` in milliseconds, else by the line."""
        delay = os.environ.get("ESCDELAY", "")
        far = any(name in os.environ for name in ("SSH_CONNECTION", "SSH_TTY"))
        application.ttimeoutlen = (
            int(delay) / 1000 if delay.isdecimal() and len(delay) < 6 else _WAITS_FAR if far else _WAITS
        )
        application.timeoutlen = _WAITS_FOR_ALT


def nothing(event: KeyPressEvent) -> None:
    """A key without a meaning here."""
    del event


def key_bindings(escape: Escape, act: Callable[[Key, KeyPressEvent], None]) -> KeyBindings:
    """Esc, F1, Ctrl-S and Ctrl-C at once; Alt with a letter, and the rest of a late sequence, do nothing."""
    bindings = KeyBindings()

    @bindings.add("escape")
    @bindings.add("escape", "escape")
    def back(event: KeyPressEvent) -> None:
        escape.press()
        act(Key.BACK, event)

    @bindings.add("f1")
    def help_(event: KeyPressEvent) -> None:
        act(Key.HELP, event)

    @bindings.add("c-s")
    @bindings.add("c-c")
    def leave(event: KeyPressEvent) -> None:
        act(Key.LEAVE, event)

    bindings.add("escape", Keys.Any)(nothing)
    late = Condition(escape.is_recent)
    for final in _FINAL:
        bindings.add("[", final, filter=late)(nothing)
        bindings.add("O", final, filter=late)(nothing)
    for digit in "12345678":
        bindings.add("[", digit, "~", filter=late)(nothing)
    return bindings


def bind(application: Application[Reply], bindings: KeyBindings) -> None:
    """Adds keys to an application; they go before those that it has."""
    present: KeyBindingsBase | None = application.key_bindings
    application.key_bindings = bindings if present is None else merge_key_bindings([present, bindings])
