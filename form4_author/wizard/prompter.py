"""The seam between the interview and whoever answers: a terminal, a file of answers, a test."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

from form4_author.text import shortened, visible
from form4_author.wizard.screen import NONE
from form4_author.wizard.wording import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.wizard.screen import Ask

__all__ = [
    "KEYS_IN_LINE",
    "KEYS_IN_LIST",
    "Key",
    "Prompter",
    "ask_in",
    "hint_of",
    "key_of",
    "message_of",
    "text_in",
    "unless_untouched",
]


class Key(Enum):
    """What may be said at every prompt in place of an answer."""

    BACK = "<"
    HELP = "?"
    LEAVE = "q"
    JUMP = "/"


KEYS_IN_LINE: Final = "< back  ? help  / sections  q save and leave  (then Enter)"
KEYS_IN_LIST: Final = "Enter chooses  < back  ? help  / sections  q save and leave"


_PROPOSED: Final = 44
"""Columns of a proposal, which leave room for what else can be done."""


class Prompter(Protocol):
    """Puts questions. Each method returns the answer or a Key; KeyboardInterrupt and EOFError mean Key.LEAVE."""

    def show(self, lines: Sequence[str]) -> None:
        """A fresh page: what stands above the prompt."""

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """A text that may be longer than the screen, page by page; ``top`` stands on each page."""

    def text(self, ask: Ask) -> str | Key:
        """A typed line that ``ask.check`` accepts; empty when the proposal is accepted as it stands."""

    def choice(self, ask: Ask) -> str | Key:
        """The value of the option chosen."""

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The values of the options ticked."""

    def confirm(self, ask: Ask) -> str | Key:
        """``yes`` or ``no``."""


def key_of(text: str) -> Key | None:
    """The key that a typed line stands for; None for an answer."""
    stripped = text.strip()
    return next((key for key in Key if key.value == stripped), None)


def unless_untouched(ask: Ask, line: str) -> str:
    """A proposal that stood in the line and was left as it is counts as accepted; an emptied line means none."""
    if not ask.prefill or not ask.proposal:
        return line
    if line == ask.proposal:
        return ""
    return line if line.strip() else NONE


def text_in(text: str, encoding: str | None) -> str:
    """The text as a terminal of this encoding can show it: a sign that it lacks or would obey as an escape."""
    text = visible(text, kept="\n")
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return text.encode(encoding or "utf-8", "form4-shown").decode(encoding or "utf-8")
    return text


def ask_in(ask: Ask, encoding: str | None) -> Ask:
    """The question as a terminal of this encoding can show it."""
    options = tuple(replace(o, label=text_in(visible(o.label), encoding)) for o in ask.options)
    message, shown = text_in(visible(ask.message), encoding), text_in(visible(ask.shown), encoding)
    text = tuple(text_in(visible(words), encoding) for words in ask.text)
    return replace(ask, message=message, shown=shown, options=options, text=text)


def message_of(ask: Ask) -> str:
    """The question; a text that stands in the line to be edited begins on a line of its own."""
    words = f"{ask.message}{'' if ask.message.endswith(('?', ':')) else ':'}"
    return f"{words}\n" if ask.prefill else words


def hint_of(ask: Ask) -> str:
    """What Enter does."""
    if ask.prefill and ask.proposal:
        return "Enter accepts the line" + ("" if ask.required else f", {NONE} for none")
    if ask.shown:
        sum_words, is_sum, result = ask.shown.rpartition(" = ")
        tail = f", {NONE} for none" if not ask.required else ", Tab to change it"
        line = f"Enter accepts [{shortened(result, _PROPOSED)}]{tail}"
        return "\n ".join((line, *(_sum_lines(sum_words) if is_sum else ())))
    return "Type it, then Enter" if ask.required else "Enter alone for none"


def _sum_lines(words: str) -> list[str]:
    """The sum behind a result, in lines that keep each number with its sign."""
    bound = re.sub(r"([+−]) ", "\\1\N{NO-BREAK SPACE}", f"= {words}")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in fold(bound, "  ")]
