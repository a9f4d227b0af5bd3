"""The real `form4` in a pseudo-terminal of 80×24, and what a person would see there."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Self

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = ["CTRL_C", "CTRL_D", "CTRL_S", "CTRL_U", "ENTER", "ESC", "F1", "Terminal"]

ENTER, ESC, F1 = "\r", "\x1b", "\x1bOP"
CTRL_C, CTRL_D, CTRL_S, CTRL_U = "\x03", "\x04", "\x13", "\x15"
_PATIENCE = 60
"""Seconds until a test gives up; on a busy machine a start takes several."""


def _interruptible() -> None:
    """Ctrl-C interrupts, as for a command typed at a shell; a run in the background would pass on that it does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """One run of `form4 …`; use it as a context, so that nothing keeps running.

    It answers nothing that the program asks the terminal itself, such as where the cursor is.
    """

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        surroundings = {**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "PYTHONUTF8": "1", **environment}
        if len(surroundings.get("FORM4_TODAY", "")) == len("2024-11-05"):
            surroundings["FORM4_TODAY"] += "T10:05"  # the screens say how many hours are left
        self.child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "form4_author", *arguments],
            cwd=str(folder),
            env=surroundings,
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=_PATIENCE,
            preexec_fn=_interruptible,
        )
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.Stream(self._screen)
        self.raw = ""
        self._typed_at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    @property
    def screen(self) -> pyte.Screen:
        """What the screen shows now, with its colors."""
        return self._screen

    @property
    def lines(self) -> list[str]:
        """What the screen shows now, without blanks at the ends of lines."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The same as one text."""
        return "\n".join(self.lines)

    def wait(self, text: str) -> Terminal:
        """Until the screen shows this text."""
        return self._until(lambda: text in self.text, text)

    def wait_gone(self, text: str) -> Terminal:
        """Until the screen no longer shows this text."""
        return self._until(lambda: text not in self.text, f"a screen without {text}")

    def wait_prompt(self, message: str) -> Terminal:
        """Until this question stands open: prompts begin in the second column, what was answered in the third."""
        return self._until(lambda: any(line.startswith(f" {message}") for line in self.lines), message)

    def wait_raw(self, *texts: str) -> Terminal:
        """Until these texts were sent, in this order, since the last keys: what scrolled off the screen counts."""
        return self._until(lambda: _in_order(self.raw[self._typed_at :], texts), " … ".join(texts))

    def wait_rows(self, rows: list[str]) -> Terminal:
        """Until the open list has exactly these rows."""
        return self._until(lambda: self.rows == rows, "\n".join(rows))

    @property
    def rows(self) -> list[str]:
        """The rows of the open list, each with its pointer."""
        return [line for line in self.lines if line.startswith((" > ", " - ", "   "))]

    def _until(self, holds: Callable[[], bool], wanted: str) -> Terminal:
        """Looks at whole screens only: while one is drawn the cursor is hidden."""
        while self._screen.cursor.hidden or not holds():
            try:
                part = self.child.read_nonblocking(4096, timeout=_PATIENCE)
            except (pexpect.TIMEOUT, pexpect.EOF) as end:
                raise AssertionError(
                    f"{wanted!r} did not appear ({type(end).__name__}):\n{self.text}"
                ) from None
            self.raw += part
            self._stream.feed(part)
        return self

    def wait_other(self, before: str, *texts: str) -> Terminal:
        """Until the screen is another and shows one of these texts."""
        return self._until(
            lambda: self.text != before and any(text in self.text for text in texts), " or ".join(texts)
        )

    def resize(self, rows: int, columns: int) -> Terminal:
        """The window is made larger or smaller."""
        self.child.setwinsize(rows, columns)
        self._screen.resize(rows, columns)
        return self

    def type(self, keys: str) -> Terminal:
        """Keys as they are pressed."""
        self._typed_at = len(self.raw)
        self.child.send(keys)
        return self

    def answer(self, message: str, keys: str) -> Terminal:
        """Keys, once the question stands there."""
        return self.wait_prompt(message).type(keys)

    def follow(self, steps: Iterable[tuple[str, str]]) -> Terminal:
        """Question after question."""
        for message, keys in steps:
            self.answer(message, keys)
        return self

    def read_through(self) -> Terminal:
        """The pages of the form, each left by Enter, until the review is asked for."""
        before = ""
        while "Enter goes on" not in self._page_after(before).text:
            before = self.lines[4]
            self.type(ENTER)
        return self.type(ENTER)

    def _page_after(self, before: str) -> Terminal:
        """Until a page of the form stands there whose fifth line is another."""
        keys = ("Enter shows more", "Enter goes on")
        return self._until(
            lambda: self.lines[4] != before and any(key in self.text for key in keys), "a page of the form"
        )

    def end(self) -> int:
        """Until the program has ended; its exit code."""
        self.drained()
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)

    def drained(self) -> None:
        """Until the program has ended; the terminal is still open."""
        while True:
            try:
                part = self.child.read_nonblocking(4096, timeout=_PATIENCE)
            except pexpect.EOF:
                break
            self.raw += part
            self._stream.feed(part)

    def kill(self) -> None:
        """`kill -9`: the program has no chance to save anything."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()


def _in_order(text: str, parts: Iterable[str]) -> bool:
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
