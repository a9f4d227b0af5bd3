"""What prompts are drawn with: the style, the size of the window, lines folded to it; when a prompt is drawn again."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

from prompt_toolkit.application import get_app, get_app_session
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.styles import Style

from form4_author.wizard.prompter import text_in
from form4_author.wizard.terminal.window import ends_at_resize, window_size
from form4_author.wizard.wording import whole_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import AnyFormattedText

__all__ = [
    "STYLE",
    "Redraw",
    "draw",
    "encoding",
    "folded_to",
    "height",
    "layout_of",
    "shown",
    "size",
    "watch",
    "width",
]

Reply = TypeVar("Reply")
"""What an application comes to."""

STYLE: Final = Style(
    [("qmark", ""), ("question", "bold"), ("answer", ""), ("pointer", "bold"), ("highlighted", "bold"),
     ("selected", "reverse"), ("instruction", ""), ("validation-toolbar", "bold"), ("text", "")]
)  # fmt: skip


class Redraw(Enum):
    """Why a prompt ends without an answer, to be put again."""

    RESIZED = "resized"
    """The window has another size."""
    ON = "on"
    """The next page of the text above."""
    BACK = "back"
    """The page before."""
    REST = "rest"
    """Enter, while a part of a text to be confirmed was not shown yet."""


def size() -> tuple[int, int]:
    """Columns and lines of the window; also while no prompt is open."""
    found = window_size()
    return found.columns, found.rows


def draw(lines: Iterable[str]) -> None:
    """The lines alone on the screen."""
    output = get_app_session().output
    output.erase_screen()
    output.cursor_goto(0, 0)
    output.write("".join(f"{line}\n" for line in lines))
    output.flush()


def watch(application: Application[Reply]) -> None:
    """A prompt ends when the window gets another size: what it was drawn with fits no more."""
    ends_at_resize(application, lambda running: running.exit(result=Redraw.RESIZED))  # type: ignore[arg-type]  # as its put expects


def layout_of(drawn: Callable[[], AnyFormattedText]) -> Layout:
    """A window with what this draws, and nothing below it."""
    return Layout(Window(FormattedTextControl(drawn, focusable=True), dont_extend_height=True))


def width() -> int:
    """Columns of the terminal."""
    return get_app().output.get_size().columns


def height() -> int:
    """Lines of the terminal."""
    return get_app().output.get_size().rows


def encoding() -> str | None:
    """What the terminal's signs are written in."""
    return sys.stdout.encoding


def folded_to(lines: Iterable[str], columns: int) -> list[str]:
    """The lines with a space before each, broken between words where they are longer."""
    return [f" {part}" for line in lines if line for part in whole_words(line, columns - 2)]


def shown(text: str) -> str:
    """The text in signs that the terminal has."""
    return text_in(text, encoding())
