"""The answers to choose from, and how typing narrows a long list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Option", "narrowed"]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    value: str
    label: str
    also: str = ""
    """Other words by which it is found where typing narrows the list: ``donation charity``."""
    key: str = ""
    """The digit or letter that points at it in a list whose rows have fixed keys."""
    is_open: bool = True
    """Whether it can be chosen; the label of one that cannot says why. Without a label it is a blank line."""


def narrowed(options: Sequence[Option], typed: str) -> tuple[Option, ...]:
    """The options that have every word typed, in their label or beside it; empty where none has."""
    words = typed.casefold().split()
    return tuple(o for o in options if all(w in f"{o.label} {o.also}".casefold() for w in words))
