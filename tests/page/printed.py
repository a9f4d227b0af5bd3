"""The printed copy's pages as text, and its words with their places."""

from __future__ import annotations

import subprocess
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["BOX", "Sheet", "met", "printed", "sheets", "tight"]

BOX = tuple[float, float, float, float]
"""Left, top, right and bottom, in points."""


class Sheet(NamedTuple):
    """A page: width, height, and the words on it with their boxes."""

    width: float
    height: float
    words: list[tuple[str, BOX]]


@cache
def printed(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def tight(text: str) -> str:
    """The text without spacing."""
    return "".join(text.split())


def sheets(data: bytes, folder: Path) -> Iterator[Sheet]:
    """Each page; the draft's mark, which lies below all other words, is left out."""
    file = folder / "page.pdf"
    file.write_bytes(data)
    found = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True).stdout
    for page in etree.fromstring(found).iter("{*}page"):
        words = [
            (word.text or "", (_at(word, "xMin"), _at(word, "yMin"), _at(word, "xMax"), _at(word, "yMax")))
            for word in page.iter("{*}word")
        ]
        yield Sheet(
            _at(page, "width"),
            _at(page, "height"),
            [w for w in words if w[0] not in set("DRAFT") | {"DRAFT"}],
        )


def _at(element: Any, name: str) -> float:
    return float(element.get(name))


def met(words: list[tuple[str, BOX]]) -> list[tuple[str, str]]:
    """The pairs of words that lie on each other."""
    # Neighbours in the page's order of lines are the ones that could meet.
    by_place = sorted(words, key=lambda word: (word[1][1], word[1][0]))
    return [
        (one[0], other[0])
        for place, one in enumerate(by_place)
        for other in by_place[place + 1 : place + 60]
        if _overlap(one[1], other[1])
    ]


def _overlap(one: BOX, other: BOX) -> bool:
    """Whether two words share ground: more than half a point across and a third of a line high."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and high > min(one[3] - one[1], other[3] - other[1]) / 3
