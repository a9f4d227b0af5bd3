"""The seam between the interview and whoever answers: a terminal, a file of answers, a test."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from form4_author.text import shortened, visible
from form4_author.wizard.screen import NONE, AnswerKind
from form4_author.wizard.wording import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from form4_author.wizard.screen import Ask

__all__ = [
    "NARROW",
    "Forewarned",
    "Key",
    "Prompter",
    "ask_in",
    "changed_key_fault",
    "footer",
    "hint_of",
    "key_help",
    "key_in",
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
    REDRAW = "\f"
    """The window has another size: the page is to be shown again. No line that is typed is this."""


NARROW: Final = 72
"""Columns below which the footer has its short words."""


_PROPOSED: Final = 44
"""Columns of a proposal, which leave room for what else can be done."""


class Prompter(Protocol):
    """Puts questions. Each method returns the answer or a Key; KeyboardInterrupt and EOFError mean Key.LEAVE."""

    unaccepted: bool
    """Whether a line was typed and not accepted when the last question was left."""

    def working(self, words: str) -> AbstractContextManager[None]:
        """Shows the words while something takes its time; keys typed meanwhile are discarded."""

    def show(self, lines: Sequence[str]) -> None:
        """A fresh page: what is above the prompt."""

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """A text that may be longer than the screen, page by page; ``top`` is on each page."""

    def text(self, ask: Ask) -> str | Key:
        """A typed line that ``ask.check`` accepts; empty when the proposal is accepted as it is."""

    def choice(self, ask: Ask) -> str | Key:
        """The value of the option chosen; Key.REDRAW for a menu whose rows depend on the size of the window."""

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The values of the options checked."""

    def confirm(self, ask: Ask) -> str | Key:
        """``yes`` or ``no``."""


@runtime_checkable
class Forewarned(Protocol):
    """A prompter that knows for which questions it has answers."""

    def expects(self, id: str) -> bool:
        """Whether this question is to be put, though its answer was worked out."""


def key_of(text: str) -> Key | None:
    """The key that a typed line stands for; None for an answer."""
    stripped = text.strip()
    return next((key for key in Key if key.value == stripped), None)


def key_in(line: str, before: str) -> Key | None:
    """The key that a line stands for, alone or behind the text that was in the line before anything was typed."""
    return key_of(line) or (key_of(line.removeprefix(before)) if before else None)


def changed_key_fault(line: str) -> str | None:
    """What is wrong with a changed line that ends in a key, so that a key never becomes text."""
    last = line.rstrip()[-1:]
    what = {Key.HELP.value: "Press F1 for help", Key.BACK.value: "Press Esc to go back"}.get(last)
    return f'The line ends in "{last}". {what}, or delete the "{last}".' if what else None


def footer(  # noqa: PLR0913  # one for each part of the line
    enter: str,
    width: int,
    *,
    escape: str = "back",
    jumps: bool = False,
    finds: bool = False,
    leaves: bool = True,
) -> str:
    """The keys that work at a prompt, in one line; ``enter``: what Enter does, ``jumps``: where there are sections.

    ``finds``: where ``/`` finds a filing.
    """
    for wide, bare, barest in ((width >= NARROW, False, False), (False, True, False), (False, True, True)):
        parts = [
            f"Enter {enter}" if wide else "Enter",
            "Esc" if barest else f"Esc {escape}",
            "F1" if bare else "F1 help",
            "/ go to" if jumps else "/ find" if finds else "",
            ("Ctrl-S save and leave" if wide else "Ctrl-S" if bare else "Ctrl-S leave") if leaves else "",
        ]
        line = "   ".join(filter(None, parts))
        if len(line) <= width - 2:
            break
    return line


def key_help(kind: AnswerKind, *, jumps: bool) -> str:
    """All keys of a prompt of this kind, in sentences."""
    go_to = ", / goes to a section" if jumps else ""
    if kind is AnswerKind.TEXT:
        return (
            "Keys: Enter accepts the line. Esc goes back, F1 shows or closes this help"
            f"{f'{go_to} (then Enter)' if go_to else ''}, Ctrl-S or Ctrl-C saves and leaves. "
            "On an empty line Tab puts the proposal in; Ctrl-U clears the line. PgUp and PgDn (or Ctrl-P and Ctrl-N) "
            "scroll the text above. "
            "<, ? and q, each alone with Enter, do the same as Esc, F1 and Ctrl-S."
        )
    moves = "Space checks a row, Enter accepts" if kind is AnswerKind.MULTI else "Enter chooses"
    return (
        "Keys: arrows, Home and End move the pointer, digits and letters point at or search for a row; PgUp and PgDn "
        "(or Ctrl-P and Ctrl-N) scroll the text above, or the list; "
        f"{moves}. < or Esc goes back, ? or F1 shows or closes this help{go_to}, q, Ctrl-S or Ctrl-C saves and leaves."
    )


def unless_untouched(ask: Ask, line: str) -> str:
    """A proposal that was in the line and was left as it is counts as accepted; an emptied line means none."""
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
    """The question; a text that is in the line to be edited begins on a separate line."""
    words = f"{ask.message}{'' if ask.message.endswith(('?', ':')) else ':'}"
    return f"{words}\n" if ask.prefill else words


def hint_of(ask: Ask) -> str:
    """What Enter does."""
    if ask.prefill and ask.proposal:
        return "Enter accepts the line" + ("" if ask.required else f", {NONE} leaves it empty")
    if ask.shown:
        sum_words, is_sum, result = ask.shown.rpartition(" = ")
        tail = f", {NONE} leaves it empty" if not ask.required else ", Tab to change it"
        line = f"Enter accepts [{shortened(result, _PROPOSED)}]{tail}"
        return "\n".join((line, *(_sum_lines(sum_words) if is_sum else ())))
    return "Type it, then Enter" if ask.required else "Enter alone leaves it out"


def _sum_lines(words: str) -> list[str]:
    """The sum behind a result, in lines that keep each number with its sign."""
    bound = re.sub(r"([+−]) ", "\\1\N{NO-BREAK SPACE}", f"= {words}")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in fold(bound, "  ")]
