"""A text to be confirmed that may be longer than the screen: no answer that confirms it is there before all was shown.

Pure text; the terminal draws it and turns the pages.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.option import Option
from form4_author.wizard.screen import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.wizard.screen import Ask

__all__ = ["AROUND", "FEWEST_LINES", "REST", "Passage", "Reading", "folded", "part_words", "with_rest"]

REST: Final = "the rest"
"""The answer that turns to the next page; no answer of a question is called so."""

_MARK: Final = re.compile(r" *(?:\(\d+\) )?")
"""What a paragraph begins with and its other lines are indented by."""
FEWEST_LINES: Final = 4
_FEWEST_ROWS: Final = 3
_MOST_ROWS: Final = 12
AROUND: Final = 2
"""Lines around the text: what part of it is shown, a blank one."""
_WIDE: Final = 60
_MORE_ROWS: Final = 1
"""The line that says that the list continues."""


@dataclass(slots=True)
class Reading:
    """One text above a question, on a screen of so many lines, with so many of them above it."""

    ask: Ask
    height: int
    width: int
    above: int
    below: int = 2
    """Lines under it beside the rows of a list: the question, hints, the keys."""
    read: bool = False
    """Whether all of it has been on the screen."""
    first: int = 0
    """The first line shown."""
    lines: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = [part for words in self.ask.text for part in folded(words, self.width - 2)]
        self._saw()

    @property
    def rows(self) -> int:
        """Rows of the list that are shown at once: half of the screen where the text needs the rest, three at least."""
        rows, free = min(self._count, _MOST_ROWS), self._free
        if len(self.lines) <= free - rows or rows <= _FEWEST_ROWS:
            return rows
        return max(_FEWEST_ROWS, min(rows, max(free - _MORE_ROWS - len(self.lines), free // 2 - _MORE_ROWS)))

    @property
    def room(self) -> int:
        """Lines of the text that are shown at once: what the rows leave, four at least."""
        return max(FEWEST_LINES, self._free - self.rows - (_MORE_ROWS if self.rows < self._count else 0))

    @property
    def _count(self) -> int:
        return 0 if self.ask.kind is AnswerKind.TEXT else len(self.ask.options) + (0 if self.read else 1)

    @property
    def _free(self) -> int:
        return self.height - self.above - self.below - AROUND - 1

    @property
    def last(self) -> int:
        """The number of the last line shown."""
        return min(len(self.lines), self.first + self.room)

    def _saw(self) -> None:
        self.read = self.read or self.last >= len(self.lines)

    @property
    def at(self) -> int:
        """How many words come before the first line shown: where it is, however wide the window."""
        return _words_in(self.lines[: self.first])

    def go(self, at: int) -> None:
        """To the line that has the word after so many."""
        starts = [_words_in(self.lines[:number]) for number in range(len(self.lines))]
        self.first = min(
            max(0, len(self.lines) - self.room), max(n for n, start in enumerate(starts) if start <= at)
        )
        self._saw()

    def turn(self, pages: int) -> None:
        """So many pages on, or back where negative; the last page is full."""
        end = max(0, len(self.lines) - self.room)
        self.first = max(0, min(end, self.first + pages * self.room))
        self._saw()

    def drawn(self) -> tuple[str, ...]:
        """What part it is, where it is not all, and this part."""
        part = self.lines[self.first : self.last]
        if len(part) == len(self.lines):
            return (*part, "")
        return (part_words(self.first + 1, self.last, len(self.lines), self.width), *part, "")

    def put(self) -> Ask:
        """The question as it can be answered now."""
        return self.ask if self.read else with_rest(self.ask)


class Passage:
    """The passage at the top of a screen, which stays there while the lines of its text become longer or shorter."""

    def __init__(self) -> None:
        self._line = -1
        self._signs = 0
        """Those before the passage, spaces aside."""

    def line(self, before: Sequence[str], first: int, after: Sequence[str], room: int) -> int:
        """The line at the top now, where ``first`` was: the one with the passage, or the first of the last page.

        ``room``: lines shown at once.
        """
        if first != self._line:
            self._signs = _signs(" ".join(before[:first]))
        left = self._signs
        self._line = max(0, len(after) - 1)
        for number, line in enumerate(after):
            left -= _signs(line)
            if left < 0:
                self._line = number
                break
        self._line = max(0, min(self._line, len(after) - room))
        return self._line


def _signs(line: str) -> int:
    return len("".join(line.split()))


def _words_in(lines: Sequence[str]) -> int:
    return len(" ".join(lines).split())


def with_rest(ask: Ask) -> Ask:
    """The question while a part of its text was not shown: the rest comes before what confirms it."""
    if ask.kind is AnswerKind.TEXT:
        return ask
    left = tuple(o for o in ask.options if o.value not in ask.confirms)
    return replace(ask, options=(Option(REST, "Show the rest (PgDn)"), *left), proposal=REST, shown="")


def part_words(first: int, last: int, total: int, width: int) -> str:
    """``Lines 1 to 6 of 15; PgDn shows more``."""
    is_more = last < total
    words = (" shows more" if is_more else " shows those before") if width >= _WIDE else ""
    return f"Lines {first} to {last} of {total}; {'PgDn' if is_more else 'PgUp'}{words}"


def folded(words: str, width: int) -> Sequence[str]:
    """A paragraph in lines that fit; the following ones are indented as far as its number and spaces go."""
    mark = _MARK.match(words)
    indent = " " * (mark.end() if mark else 0)
    return textwrap.wrap(words, width, subsequent_indent=indent, break_on_hyphens=False) or [""]
