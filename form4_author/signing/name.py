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
_MORE: Final = 1
"""Names, such as a middle one, that one of two may leave out."""


def same_person(one: str, other: str) -> bool:
    """Whether two names are those of one person, in any order of their words.

    Accents, case, initials, titles and one further name don't count; look-alike letters of different scripts do.
    """
    first, second = _words(one), _words(other)
    fewer, more = sorted((first, second), key=len)
    common = fewer & more
    return (
        fewer == common and len(more) - len(common) <= _MORE and (len(common) > 1 or first == second != set())
    )


def _words(name: str) -> set[str]:
    """The words of a name, two letters and longer, without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = plain.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return set(re.findall(r"[^\W\d_]{2,}", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain))) - _BESIDE


def misleading_characters(name: str) -> tuple[str, ...]:
    """The characters of a name that nobody sees, that turn its order, or that look like letters of another script."""
    found = [c for c in name if unicodedata.category(c) in ("Cf", "Cc", "Co", "Cn", "Zl", "Zp")]
    letters = {c: _script(c) for c in name if c.isalpha()}
    if "LATIN" in letters.values():
        found += [c for c, script in letters.items() if script != "LATIN"]
    return tuple(f"U+{ord(c):04X} {unicodedata.name(c, 'unnamed')}" for c in dict.fromkeys(found))


def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name; full-width and mathematical letters are none."""
    return unicodedata.name(letter, "UNNAMED").partition(" ")[0]
