"""Names compared: a certificate's with a signatory's, and the characters that make one look like another."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["misleading_characters", "same_person"]

_BESIDE: Final = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "esq", "cpa", "md", "phd", "mr", "mrs", "ms", "dr", "prof"}
)
"""Words beside a name that one of two may leave out."""
_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MORE: Final = 1
"""Names, such as a middle one, that one of two may leave out."""


def same_person(one: str, other: str) -> bool:
    """Whether two names are those of one person, in any order of their words.

    Accents, case, titles and one further name don't count, nor do initials that only one of them has. Look-alike
    letters of different scripts do, and so do different initials and different generations, such as Jr. and Sr.
    """
    first, second = _words(one), _words(other)
    fewer, more = sorted((first, second), key=len)
    common = fewer & more
    alike = (
        fewer == common and len(more) - len(common) <= _MORE and (len(common) > 1 or first == second != set())
    )
    return (
        alike and not _differing(_generations(one), _generations(other)) and not _initials_differ(one, other)
    )


def _initials_differ(one: str, other: str) -> bool:
    """Whether each name has an initial, or a word, that the other has not, and they begin differently."""
    first, second = _words(one), _words(other)
    mine = _initials(one) | {word[0] for word in first - second}
    yours = _initials(other) | {word[0] for word in second - first}
    return _differing(mine, yours)


def _differing(first: set[str], second: set[str]) -> bool:
    return bool(first and second and not first & second)


def _plain(name: str) -> str:
    """A name in small letters, without accents, apostrophes and the full stops between initials."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)


def _words(name: str) -> set[str]:
    """The words of a name, two letters and longer."""
    return set(re.findall(r"[^\W\d_]{2,}", _plain(name))) - _BESIDE


def _initials(name: str) -> set[str]:
    return set(re.findall(r"\b[^\W\d_]\b", _plain(name)))


def _generations(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", _plain(name))) & _GENERATIONS


def misleading_characters(name: str) -> tuple[str, ...]:
    """The characters of a name that no one sees, that turn its order, or that look like other letters."""
    composed = unicodedata.normalize("NFC", name)
    found = [c for c in composed if unicodedata.category(c) in _UNSEEN or c in _EMPTY]
    letters = {c: _script(c) for c in composed if c.isalpha()}
    if "LATIN" in letters.values():
        found += [c for c, script in letters.items() if script != "LATIN"]
    found += [c for c in letters if unicodedata.normalize("NFKD", c) != unicodedata.normalize("NFD", c)]
    return tuple(f"U+{ord(c):04X} {unicodedata.name(c, 'unnamed')}" for c in dict.fromkeys(found))


_UNSEEN: Final = frozenset({"Cf", "Cc", "Co", "Cn", "Zl", "Zp", "Mn", "Me"})
"""Categories of characters that occupy no place of their own; accents are composed with their letters before."""
_EMPTY: Final = frozenset(
    "\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\N{HAIR SPACE}"
)


def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name; full-width and mathematical letters are none."""
    return unicodedata.name(letter, "UNNAMED").partition(" ")[0]
