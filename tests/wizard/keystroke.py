"""How many keys a filer presses for the answers of a file, at the terminal as it is.

A typed line: its letters and Enter. What is pasted counts as one key. A list: Enter for what is marked, a key and Enter
for another, and where typing narrows it the letters of a word that brings it to the top, four at least. A yes or no: the
same as a list. Each page of the form that is read before the review: Enter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from form4_author.wizard.option import narrowed
from form4_author.wizard.prompter import Key
from tests.wizard.replay import Watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.wizard.screen import Ask

__all__ = ["Counted"]

_PAGE = 21
"""Lines of a page of the form on a terminal of 24."""
_FEWEST_LETTERS = 4


@dataclass(slots=True)
class Counted(Watched):
    """A script that counts keys."""

    keys: int = 0

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        Watched.read(self, lines, top)
        self.keys += -(-len(lines) // (_PAGE - len(top)))

    def text(self, ask: Ask) -> str | Key:
        reply = Watched.text(self, ask)
        typed = reply.value if isinstance(reply, Key) else reply
        self.keys += 2 if "\n" in typed else len(typed) + 1
        return reply

    def choice(self, ask: Ask) -> str | Key:
        reply = Watched.choice(self, ask)
        if isinstance(reply, Key):
            self.keys += 1
            return reply
        self.keys += 1 if reply == ask.proposal else _letters(ask, reply) + 1 if ask.filters else 2
        return reply

    def confirm(self, ask: Ask) -> str | Key:
        reply = Watched.confirm(self, ask)
        self.keys += 1 if isinstance(reply, Key) or reply == ask.proposal else 2
        return reply

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        reply = Watched.multi(self, ask)
        changed = set(reply) ^ set(ask.chosen) if not isinstance(reply, Key) else set()
        self.keys += 2 * len(changed) + 1
        return reply


def _letters(ask: Ask, value: str) -> int:
    """The shortest beginning of a word that puts an option first, in letters."""
    wanted = next(o.label.casefold() for o in ask.options if o.value == value)
    beginnings = [
        wanted[m.start() : m.start() + length]
        for length in range(_FEWEST_LETTERS, len(wanted))
        for m in re.finditer(r"\b\w", wanted)
    ]
    return len(next(b for b in beginnings if narrowed(ask.options, b)[0].value == value))
