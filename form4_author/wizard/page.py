"""The page above a question: what it is about, and what of it is shown where the window has no room for all.

Pure text. What is left out when space is short, in this order: answers given on the screen, the introduction, rows of
the list (the list does that itself), blank lines, all of the head but one line. One can scroll to what is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, overload

from form4_author.text import shortened
from form4_author.wizard.reading import folded, part_words
from form4_author.wizard.wording import WIDTH

__all__ = ["Fitted", "Page", "turned"]

_LAST_COLUMNS: Final = 2
"""Columns that stay free, where some terminals wrap early."""
_FEWEST: Final = 4
"""Lines of a text that is scrolled."""
_WAYS: Final = ((True, True), (False, True), (False, False))
"""With blank lines or without, with the whole head or one line of it: from the roomiest to the tightest."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The page as it fits a window."""

    lines: tuple[str, ...]
    total: int = 0
    """Lines of the text that scrolls; 0 where all of it is shown."""
    room: int = 0
    """How many of them are shown at once."""
    last: int = 0
    """How many of them, the last ones, are shown while nothing was scrolled."""


def turned(fitted: Fitted, first: int | None, way: int) -> int | None:
    """The first line shown after a page on (1) or back (-1); None: the page as it is before anything is scrolled."""
    end = max(0, fitted.total - fitted.room)
    if not fitted.total or (first is None and way > 0):
        return first
    if first is None:
        return max(0, min(end, fitted.total - fitted.last - fitted.room))
    return max(0, min(end, first + way * fitted.room))


@dataclass(frozen=True, slots=True)
class Page(Sequence[str]):
    """What is above a question, part by part; as a sequence, the lines of the whole page.

    Paragraphs are folded to the window.
    """

    head: tuple[str, ...] = ()
    """The lines that every screen begins with."""
    short: str = ""
    """The head in one line, where space is short; empty where there is no shorter one."""
    title: tuple[str, ...] = ()
    intro: tuple[str, ...] = ()
    """What the screen has to say."""
    given: tuple[str, ...] = ()
    """The answers given on the screen so far, a line each."""
    words: tuple[str, ...] = ()
    """What the last answer brought about, or what is wrong with it: never left out."""
    help: tuple[str, ...] = ()
    """Shown in place of the introduction."""

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """A line of the whole page, or some."""
        return self._whole()[at]

    def __len__(self) -> int:
        """How many lines the whole page has."""
        return len(self._whole())

    def _whole(self) -> tuple[str, ...]:
        return self._around([*self._text(WIDTH), *self._answers(WIDTH)], WIDTH, is_fitted=False)

    # ---- in a window

    def fitted(self, size: tuple[int, int], most: int, least: int, first: int | None = None) -> Fitted:
        """The page for a window of so many columns and lines, over a prompt of so many lines at most and at least.

        ``first``: the first line shown of a text that was scrolled.
        """
        columns, height = size
        width = min(WIDTH, columns - _LAST_COLUMNS)
        text, given = self._text(width), self._answers(width)
        whole, room = [*text, *given], height - len(self._around((), width))
        if len(whole) <= room - most or (self.help and len(whole) <= room - least):
            return Fitted(self._around(whole, width))
        part, is_roomy, is_whole = self._part(width, height - least)
        if self.help or first is not None:
            first = max(0, min(first or 0, len(whole) - part))
            end = min(len(whole), first + part)
            shown = [part_words(first + 1, end, len(whole), columns), *whole[first:end]]
            lines = self._around(shown, width, is_roomy=is_roomy, is_whole=is_whole)
            return Fitted(lines, len(whole), part)
        texts = _last_lines(text, max(1, room - most - bool(given)))
        answers = _last_answers(given, room - most - len(text))
        lines = self._tight([*texts, *answers], width, height - least)
        last = len(texts) - (len(texts) < len(text)) + len(answers) - (len(answers) < len(given))
        return Fitted(lines, len(whole), part, last)

    def _part(self, width: int, most: int) -> tuple[int, bool, bool]:
        """How many lines of the text are shown at once, with blank lines or without, with the whole head or a line."""
        for is_roomy, is_whole in _WAYS:
            around = self._around((), width, is_roomy=is_roomy, is_whole=is_whole)
            room = most - len(around) - 1  # the line that says which part it is
            if room >= _FEWEST:
                break
        return max(1, room), is_roomy, is_whole

    def _tight(self, shown: Sequence[str], width: int, most: int) -> tuple[str, ...]:
        """The lines; where they are more than ``most``, without blank ones, with the short head, without the text."""
        for is_roomy, is_whole in _WAYS:
            lines = self._around(shown, width, is_roomy=is_roomy, is_whole=is_whole)
            if len(lines) <= most:
                return lines
        return self._around((), width, is_roomy=False, is_whole=False)

    # ---- parts

    def _text(self, width: int) -> list[str]:
        return _folded(self.help or self.intro, width)

    def _answers(self, width: int) -> list[str]:
        return [shortened(line, width) for line in self.given]

    def _around(
        self,
        shown: Sequence[str],
        width: int,
        *,
        is_roomy: bool = True,
        is_whole: bool = True,
        is_fitted: bool = True,
    ) -> tuple[str, ...]:
        """These lines between head, title and words."""
        blank = ("",) if is_roomy else ()
        head = (self.short,) if self.short and not is_whole else self.head
        heading = [*head, *(blank if head else ()), *self.title]
        if is_fitted:
            heading = [part for line in heading for part in _line(line, width)]
        words = _folded(self.words, width)
        page = (*heading, *shown, *(blank if words else ()), *words)
        return (*page, "") if page else ()


def _line(line: str, width: int) -> Sequence[str]:
    """A line of the head: it may take all columns but one."""
    return (line,) if len(line) < width + _LAST_COLUMNS else folded(line, width)


def _last_lines(lines: list[str], room: int) -> list[str]:
    """The last lines, and how many came before, where some are left out."""
    if len(lines) <= room:
        return lines
    left = len(lines) - room + 1
    return [f"({left} lines above; PgUp shows them)", *lines[left:]]


def _last_answers(answers: list[str], room: int) -> list[str]:
    """The last answers, and how many came before; one alone takes no more room than these words."""
    if len(answers) <= max(1, room):
        return answers
    left = len(answers) - max(0, room - 1)
    return [f"({left} answers above; Esc shows them)", *answers[left:]]


def _folded(paragraphs: Sequence[str], width: int) -> list[str]:
    return [part for words in paragraphs for part in folded(words, width)]
