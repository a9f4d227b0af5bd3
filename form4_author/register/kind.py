"""What a kind of card is: its fields, and by what a card of it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from form4_author.errors import MalformedValue
from form4_author.text import unfit_character

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.register.table import Base

__all__ = ["Field", "Kind", "text_of"]


def text_of(text: str) -> str:
    """The words, with one space between them."""
    if unfit_character(text) is not None:
        raise MalformedValue(f"{text!r} has a character in it that no form can hold")
    return " ".join(text.split())


class Field(NamedTuple):
    """One thing that a card says."""

    name: str
    help: str
    parse: Callable[[str], object] = text_of
    several: bool = False
    """Whether it may be given several times, each adding one."""
    column: str = ""
    """Where it is kept, when the column is named otherwise."""
    filed: bool = False
    """Whether forms tell it as well: what was typed in, no import changes."""

    @property
    def option(self) -> str:
        """As the command line has it."""
        return "--" + self.name.replace("_", "-")


class Kind(NamedTuple):
    """One kind of card."""

    word: str
    table: type[Base]
    fields: tuple[Field, ...]
    needed: tuple[str, ...]
    """What a new card must say."""
    names: Callable[[Any], tuple[str, ...]]
    """By what a card is found: what tells it from all others, then others, last its name, of which a part will do."""
    example: str
