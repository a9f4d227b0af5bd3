"""A page of the documentation as a reader follows it: files, commands, questions with their answers, screens.

What only the tests need is a comment, which a reader does not see::

    <!-- test
    today: 2026-11-27
    file: okafor.form4.json = @exercise: non_derivative[1].price = 1
    run: form4 import last.xml
    exit: 1
    -->

``exit`` is the exit code of the next command that is shown. ``run`` is not shown, and has to succeed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Answered", "Command", "Drawn", "Given", "Item", "items", "pressed"]

KEYS: Final = {
    "Enter": "\r", "Space": " ", "Tab": "\t", "Esc": "\x1b", "↓": "\x1b[B", "↑": "\x1b[A", "Ctrl-U": "\x15", "Ctrl-S": "\x13",
}  # fmt: skip
ASKED: Final = ("The program asks", "You type")
"""The head of a table of questions."""
_PIECE: Final = re.compile(
    r"<!-- test\n(?P<comment>.*?)-->|^```(?P<language>\w+)(?P<options>[^\n]*)\n(?P<code>.*?)^```$"
    r"|^!\[[^\]]*\]\((?P<image>[^)\s]+\.svg)\)|(?P<table>(?:^\|[^\n]*\|\n)+)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Given:
    """A line of a comment: ``today``, ``file``, ``run``, ``exit``, ``edgar``."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that the page shows with its name."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line after ``$``, with what is shown below it."""

    words: str
    shown: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of a table of questions: how the question begins, and the keys that answer it."""

    question: str
    keys: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A screen, by the path of its file."""

    path: str


Item = Given | File | Command | Answered | Drawn


def items(text: str) -> Iterator[Item]:
    """What is done on a page, in its order."""
    for piece in _PIECE.finditer(text):
        if piece["comment"] is not None:
            for line in piece["comment"].splitlines():
                name, _, value = line.partition(":")
                yield Given(name.strip(), value.strip())
        elif piece["language"] == "console":
            yield from _commands(piece["code"])
        elif piece["language"]:
            title = re.search(r'title="([^"]+)"', piece["options"])
            if title:
                yield File(title[1], piece["code"])
        elif piece["image"]:
            yield Drawn(piece["image"])
        else:
            yield from _answers(piece["table"])


def _commands(code: str) -> Iterator[Command]:
    first, *parts = re.split(r"^\$ ", code, flags=re.MULTILINE)
    assert first == "", f"a console block begins with no command: {code}"
    for part in parts:
        words, _, shown = part.partition("\n")
        while words.endswith("\\"):
            more, _, shown = shown.partition("\n")
            words = f"{words}\n{more.removeprefix('> ')}"
        yield Command(words, shown)


def _answers(table: str) -> Iterator[Answered]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    if tuple(rows[0]) == ASKED:
        yield from (Answered(question.replace("\\", ""), pressed(typed)) for question, typed in rows[2:])


def pressed(cell: str) -> str:
    """The keys that a cell names: a text in backticks alone is followed by Enter.

    Raises KeyError for a key without a name in ``KEYS``.
    """
    if re.fullmatch(r"`[^`]+`", cell):
        return f"{cell.strip('`')}\r"
    parts = re.findall(r"`[^`]+`|[^,`]+", cell)
    return "".join(
        part.strip("`") if part.startswith("`") else KEYS[part.strip()] for part in parts if part.strip()
    )
