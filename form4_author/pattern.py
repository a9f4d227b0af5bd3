"""A regular expression that is compiled when it is first used.

The rules hold some thirty of them and most filings need a few; compiling all at import would be a tenth of the time
of a cold ``form4 check``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Pattern"]


class Pattern:
    """As ``re.compile`` gives it, later; texts only."""

    __slots__ = ("_compiled", "flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags
        self._compiled: re.Pattern[str] | None = None

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self.flags)
        return self._compiled

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place that fits."""
        return self._ready().search(text, start)

    def match(self, text: str) -> re.Match[str] | None:
        """The beginning, when it fits."""
        return self._ready().match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The whole text, when it fits."""
        return self._ready().fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All places that fit."""
        return self._ready().finditer(text)

    def findall(self, text: str) -> list[str]:
        """The texts of all places that fit."""
        return [found[0] for found in self.finditer(text)]

    def sub(self, new: str, text: str) -> str:
        """The text with every place that fits replaced."""
        return self._ready().sub(new, text)
