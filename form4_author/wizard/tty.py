"""The terminal itself: its flow control, and what is typed while no one asks."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    _Modes = list[int | list[bytes | int]]

__all__ = ["discard_typed", "ours", "quiet"]

_ENDINGS: Final = ("SIGTERM", "SIGHUP")
"""Signals that end the program; an exception in their place lets the terminal be restored."""
_INPUT_FLAGS: Final = 0
_LOCAL_FLAGS: Final = 3
"""Where `termios.tcgetattr` has them."""


def _modes() -> tuple[int, _Modes] | None:
    """The number and the modes of the terminal that is typed at; None where there is none, as on Windows."""
    try:
        import termios

        number = sys.stdin.fileno()
        return number, termios.tcgetattr(number)
    except (ImportError, OSError, ValueError, AttributeError):
        return None
    except termios.error:
        return None


def _without(flags: int | list[bytes | int], taken: int) -> int | list[bytes | int]:
    return flags & ~taken if isinstance(flags, int) else flags


def _set(number: int, modes: _Modes) -> None:
    import termios

    with suppress(termios.error):
        termios.tcsetattr(number, termios.TCSANOW, modes)


@contextmanager
def ours() -> Iterator[None]:
    """The terminal passes Ctrl-S on; at every exit it is as it was, also after SIGTERM and an exception."""
    before = _modes()
    if before is None:
        yield
        return
    import termios

    number, modes = before
    changed = [*modes]
    changed[_INPUT_FLAGS] = _without(modes[_INPUT_FLAGS], termios.IXON)
    handlers = {name: signal.signal(name, _ended) for name in _signals()}
    try:
        _set(number, changed)
        yield
    finally:
        _set(number, modes)
        for name, handler in handlers.items():
            signal.signal(name, handler)


def _signals() -> list[signal.Signals]:
    return [signal.Signals[name] for name in _ENDINGS if hasattr(signal, name)]


def _ended(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


@contextmanager
def quiet() -> Iterator[None]:
    """What is typed is not shown, and is discarded at the end."""
    before = _modes()
    if before is None:
        yield
        return
    import termios

    number, modes = before
    changed = [*modes]
    changed[_LOCAL_FLAGS] = _without(modes[_LOCAL_FLAGS], termios.ECHO | termios.ICANON)
    try:
        _set(number, changed)
        yield
    finally:
        discard_typed()
        _set(number, modes)


def discard_typed() -> None:
    """What was typed and not read yet reaches nothing."""
    before = _modes()
    if before is None:
        return
    import termios

    with suppress(termios.error):
        termios.tcflush(before[0], termios.TCIFLUSH)
