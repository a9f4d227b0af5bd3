"""What prompts are drawn with: the style, the size of the terminal, lines cut and folded to its width."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from prompt_toolkit.application import get_app
from prompt_toolkit.styles import Style

from form4_author.wizard.prompter import text_in
from form4_author.wizard.wording import whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["STYLE", "encoding", "folded_to", "height", "shown", "width"]

STYLE: Final = Style(
    [("qmark", ""), ("question", "bold"), ("answer", ""), ("pointer", "bold"), ("highlighted", "bold"),
     ("selected", "reverse"), ("instruction", ""), ("validation-toolbar", "bold"), ("text", "")]
)  # fmt: skip


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
