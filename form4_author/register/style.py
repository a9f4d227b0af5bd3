"""House styles: how an issuer's forms are written where the form leaves a choice, and what each may say.

``form4 issuer edit --style NAME=VALUE`` sets one; the interview follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import MalformedValue

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PERSON", "SIGNER", "STYLES", "Style", "styled"]

SIGNER: Final = "{signer}"
PERSON: Final = "{person}"


class Style(NamedTuple):
    """One choice that an issuer makes for all its forms."""

    about: str
    """What it decides, and what it may be."""
    parse: Callable[[str], str]
    """The value as it is kept. Raises MalformedValue for another."""


def _table(text: str) -> str:
    number = text.strip().upper()
    if number not in ("I", "II"):
        raise MalformedValue(f'"{text}" is not I or II, the table in which units are reported')
    return number


def _signature(text: str) -> str:
    wording = " ".join(text.split())
    if SIGNER not in wording:
        raise MalformedValue(
            f'The wording "{wording}" has no place for who signs',
            remedy=f'Write it with {SIGNER}, and {PERSON} where the reporting person is named: "/s/ {SIGNER}, as '
            f'attorney for {PERSON}"',
        )
    return wording


def _words(most: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        words = text.strip()
        if len(words) > most:
            raise MalformedValue(f"The words may have at most {most:,} characters; there are {len(words):,}")
        return words

    return parse


_FOOTNOTE: Final = _words(1000)

STYLES: Final = {
    "rsu": Style("the table in which units are reported: I or II", _table),
    "signature": Style(f"how an attorney-in-fact signs, with {SIGNER} and {PERSON}", _signature),
    "remarks": Style("the remarks of every form", _words(2000)),
    "withheld_note": Style("footnote to shares withheld for tax", _FOOTNOTE),
    "sold_note": Style("footnote to shares sold to cover tax", _FOOTNOTE),
    "unit_note": Style("footnote in place of a unit's exercise price", _FOOTNOTE),
}
"""The styles by name; those of footnotes are named after the interview's question."""


def styled(text: str) -> tuple[str, str]:
    """Name and value of ``rsu=II``; an empty value takes the style out.

    Raises MalformedValue for a style that there is none of, and for a value it can't have.
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or name not in STYLES:
        raise MalformedValue(
            f'"{text}" is not NAME=VALUE with one of the styles {", ".join(STYLES)}',
            remedy="Write one such as rsu=II",
        )
    return name, STYLES[name].parse(value) if value else ""
