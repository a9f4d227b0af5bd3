"""The boundary of the program: each exception becomes a paragraph and an exit code; no text steers the terminal."""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys
import unicodedata
from typing import TYPE_CHECKING, Final, TextIO

from form4_author import __version__
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BUG", "FINDINGS", "READY", "UNREADABLE", "bounded", "own_stderr"]

READY: Final = 0
FINDINGS: Final = 1
"""Findings that block."""
UNREADABLE: Final = 2
"""Wrong usage or unreadable input."""
BUG: Final = 3
"""A bug of ours."""
_ALIKE: Final = {
    "·": "-", "−": "-", "–": "-", "—": "-", "×": "x", "…": "...", "→": "->", "≤": "<=", "≥": ">=",
    "“": '"', "”": '"', "‘": "'", "’": "'", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
"""What a terminal without a sign of ours shows in its place."""


def bounded(command: Callable[[], int]) -> int:
    """The command's exit code; an exception is reported in one paragraph on standard error.

    ``FORM4_TRACEBACK=1`` in the environment shows the traceback of a bug as well.
    """
    try:
        _streams_open()
        _any_character()
        _shown()
        code = command()
        sys.stdout.flush()
        _is_flushed()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else UNREADABLE
        return code if _is_flushed() else UNREADABLE
    except BrokenPipeError:
        _unheard(sys.stdout)
        return READY
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("FORM4_TRACEBACK") == "1":
            raise
        return _ended_by(error)
    return code


def _ended_by(error: BaseException) -> int:
    """Say why the command ended; the exit code is the same whether or not anyone can be told."""
    ignored = _without_interrupts() if isinstance(error, KeyboardInterrupt) else None
    try:
        if isinstance(error, MemoryError):
            error.__traceback__ = error.__context__ = None  # what they hold is let go before anything is said
        message, code = _error_message(error)
        try:
            sys.stderr.write(f"form4: {visible(message)}\n")
            sys.stderr.flush()
        except (OSError, MemoryError):
            _unheard(sys.stderr)
        _is_flushed()
    finally:
        if ignored is not None:
            signal.signal(signal.SIGINT, ignored)
    return code


def _without_interrupts() -> Callable[..., object] | int | None:
    """Ignore a second Ctrl-C while the first is answered; what was done with it before, None off the main thread."""
    try:
        return signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:
        return None


def _streams_open() -> None:
    """Standard streams that were closed lead nowhere, so that no file of ours takes their place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115  # stays open


def _is_flushed() -> bool:
    """Whether standard output took everything; what a stream could not take is not tried again as the program ends."""
    took = True
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            _unheard(stream)
            took = took and (stream is sys.stderr or isinstance(error, BrokenPipeError))
    return took


def _unheard(stream: TextIO) -> None:
    """What is still to be written to it leads nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _any_character() -> None:
    """No output fails for a sign that its encoding lacks: a terminal shows the like of it, else it is a JSON escape."""
    codecs.register_error("form4", _escaped)
    codecs.register_error("form4-shown", _alike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="form4-shown" if stream.isatty() else "form4")


class _Shown(io.TextIOWrapper):
    """A standard stream on which nothing of a text steers the terminal; the program's own ends of lines stay."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        super().__init__(
            stream.buffer,
            encoding=stream.encoding,
            errors=stream.errors,
            newline="",
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )
        self.beneath = stream

    def isatty(self) -> bool:
        """Whether a person reads along."""
        return self.beneath.isatty()

    def write(self, text: str) -> int:
        """Write the text as ``values.visible`` has it."""
        super().write(visible(text, kept="\n\t"))
        return len(text)

    def close(self) -> None:
        """The underlying buffer belongs to the former stream."""
        if not self.buffer.closed:
            self.flush()


def own_stderr() -> TextIO:
    """Standard error for what draws on the terminal itself and writes nothing foreign: the bar of a long run."""
    return sys.stderr.beneath if isinstance(sys.stderr, _Shown) else sys.stderr


def _shown() -> None:
    """Whatever is written from here on is shown and not obeyed, wherever it comes from."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and not isinstance(stream, _Shown):
            stream.flush()
            setattr(sys, name, _Shown(stream))


def _alike(error: UnicodeError) -> tuple[str, int]:
    """What looks like the signs that could not be encoded; letters without their accents; else their JSON escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    sign = error.object[error.start]
    shown = _ALIKE.get(sign) or unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return (shown, error.start + 1) if shown else _escaped(error)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """The JSON escapes of what could not be encoded, and where to continue."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)), error.end


def _error_message(error: BaseException) -> tuple[str, int]:
    """The paragraph and the exit code of an exception."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped; every answer so far is saved.", UNREADABLE
    if isinstance(error, MemoryError) or _no_room_for_library(error):
        return "there is not enough memory for this file. Close other programs and try again.", UNREADABLE
    if isinstance(error, UnreadableInput):
        place = "".join(
            f", {name} {at}" for name, at in (("line", error.line), ("column", error.column)) if at
        )
        return f"{error.file}{place}: {error}" if error.file else str(error), UNREADABLE
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return (
            f"the system says: {error.strerror or error}{where}. Check the place and try again.",
            UNREADABLE,
        )
    return (str(error), UNREADABLE) if isinstance(error, Form4Error) else (_bug_message(error), BUG)


def _no_room_for_library(error: BaseException) -> bool:
    """Whether a library could not be loaded because memory is at its end, as the system's loader says."""
    return isinstance(error, ImportError) and any(
        words in str(error) for words in ("failed to map segment", "cannot allocate memory")
    )


def _bug_message(error: BaseException) -> str:
    from form4_author.cli.bug import saved_report

    bug = f"this is a bug in form4 {__version__} ({type(error).__name__}); nothing was filed or lost."
    report = saved_report(error)
    if report is None:
        return f"{bug} Run the command again with FORM4_TRACEBACK=1 set and report what it prints."
    return f"{bug} Where it happened is in {report}, without any value of a form: report that file."
