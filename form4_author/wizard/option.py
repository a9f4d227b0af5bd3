"""The answers to choose from, and how typing narrows a long list of them: by the beginnings of words, in any order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.ident.cik import bare_cik

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BLANK", "Option", "narrowed"]

_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_INSIDE: Final = re.compile(r"(?<=\w)\((\w)\)")
"""The letter of 401(k)."""
_UNSAID: Final = re.compile(r"(?<=\w)['\u2019.](?=\w)|\.(?=\s|\Z)")
"""What is written inside a word or behind it and not typed: 10% holder's, L.P."""
_FILLING: Final = frozenset((
    "a", "an", "and", "are", "at", "been", "by", "for", "from", "had", "has", "have", "he", "her", "his", "i", "in",
    "is", "it", "its", "my", "of", "on", "or", "our", "she", "the", "their", "they", "to", "under", "was", "we",
    "were", "with",
))  # fmt: skip
"""Words that say nothing of what happened, beside others."""
_TAKE_ES: Final = ("ses", "xes", "ches", "shes", "zes")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    value: str
    label: str
    also: str = ""
    """Other words by which it is found where typing narrows the list: ``donation charity``."""
    stays: bool = False
    """Whether it is offered whatever is typed."""
    barred: str = ""
    """Why it can't be chosen; empty where it can."""
    key: str = ""
    """The digit or letter that points at it in a list whose rows have fixed keys."""


BLANK: Final = Option("", "", barred=" ")
"""A blank line between rows."""


def narrowed(options: Sequence[Option], typed: str) -> tuple[Option, ...]:
    """The options in which each word typed begins a word, of their label or beside it; then those that stay.

    What can't be chosen comes first, so that its reason is read.
    """
    wanted = [words for words in _wanted(typed) if words]
    found = [o for o in options if not o.stays and any(_fits(words, o) for words in wanted)]
    return (
        *(o for o in found if o.barred),
        *(o for o in found if not o.barred),
        *(o for o in options if o.stays),
    )


def _wanted(typed: str) -> tuple[tuple[str, ...], ...]:
    """The words typed, in each way they may be meant: spin-off, spin off, spinoff."""
    found = _words(typed)
    said = [word for word in found if word not in _FILLING] or found
    apart = tuple(part for word in said for part in word.split("-"))
    return tuple(dict.fromkeys((apart, tuple(word.replace("-", "") for word in said))))


def _words(text: str) -> list[str]:
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return _WORD.findall(_UNSAID.sub("", _INSIDE.sub(r"\1", plain)))


def _fits(words: tuple[str, ...], option: Option) -> bool:
    known = _known(option.label, option.also)
    return all(any(each.startswith((word, _singular(word))) for each in known) for word in words)


@cache
def _known(label: str, also: str) -> frozenset[str]:
    """The words of an option, whole and in parts, in singular and plural; numbers also without leading zeros."""
    found: set[str] = set()
    for word in _words(f"{label} {also}"):
        parts = {word.replace("-", ""), *word.split("-")}
        found |= parts | {_singular(part) for part in parts} | {bare_cik(part) for part in parts}
    return frozenset(found - {""})


def _singular(word: str) -> str:
    """The beginning that singular and plural share: ``share``, ``equity``, ``tax``; ``clas`` does no harm for class."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith(_TAKE_ES):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
