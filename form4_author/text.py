"""Amounts, dates and flags as the forms' XML spells them.

Lexical rules: EDGAR Ownership XML Technical Specification 5.5, section 3.2, and XML Schema Part 2
(xs:decimal, xs:date, xs:boolean). Amounts are ``Decimal`` made from text only; a ``float`` is refused.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "DECIMALS",
    "LARGEST_AMOUNT",
    "Pattern",
    "ZonedDate",
    "amount",
    "amount_text",
    "amount_typed",
    "day",
    "day_text",
    "dollars",
    "flag",
    "folded",
    "grouped",
    "is_whole",
    "shortened",
    "trimmed",
    "unfit_character",
    "visible",
    "whole_number",
    "without_tags",
]

LARGEST_AMOUNT: Final = Decimal("999999999999.9999")
"""The largest amount EDGAR takes (specification 5.5, section 3.2)."""

DECIMALS: Final = 4
"""Digits after the decimal point that EDGAR keeps (specification 5.5, section 3.2)."""

_AMOUNT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
_TYPED: Final = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(\.\d*)?\s*([kKmM]?)\Z", re.ASCII)
_SCALES: Final = {"": Decimal(1), "k": Decimal(1000), "m": Decimal(1000000)}
_MOST_DIGITS: Final = 20
"""The point counted; below what arithmetic with decimals keeps exactly."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?\Z")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STEERING: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a terminal obeys: controls (C0, C1), separators of lines, marks that turn the direction of a text.

Halves of characters are among them: the system's file names that are not UTF-8 have them, and no output takes them.
"""
_TAG: Final = re.compile(r"<[^>]*>")
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}


class ZonedDate(date):
    """A date that was written with a time-zone suffix, which is kept: ``2023-01-05-05:00``.

    It equals the plain date. EDGAR's specification has no suffix; accepted filings with one exist.
    """

    zone: str

    @classmethod
    def of(cls, plain: date, zone: str) -> ZonedDate:
        """The same day with its suffix (``Z`` or ``+hh:mm``)."""
        zoned = cls(plain.year, plain.month, plain.day)
        zoned.zone = zone
        return zoned


def amount(text: str) -> Decimal:
    """The number that an xs:decimal text stands for; surrounding blanks are ignored.

    Raises MalformedValue for anything else: exponents, commas, currency signs, an empty text, or a value
    that is not text (an amount never passes through binary floating point).
    """
    if not isinstance(text, str):
        raise MalformedValue(f"an amount must be text, not {type(text).__name__}: {text!r}")
    stripped = text.strip(" \t\r\n")
    if _AMOUNT.match(stripped) is None:
        raise MalformedValue(f'"{text}" is not a number such as 1000 or 120.34')
    return Decimal(stripped)


def amount_text(value: Decimal) -> str:
    """Plain digits for the XML: no exponent, no sign of plus, zeros beyond the fourth decimal dropped."""
    text = format(value, "f")
    whole, point, decimals = text.partition(".")
    if point and len(decimals) > DECIMALS:
        kept = decimals[:DECIMALS] + decimals[DECIMALS:].rstrip("0")
        return f"{whole}.{kept}"
    return text


def amount_typed(text: str) -> Decimal:
    """The number meant by ``1,200``, ``1.2k``, ``$120.34``, ``300+150`` or ``239,602-7,007``.

    Raises MalformedValue for anything else, and for a sum below zero.
    """
    pieces = re.split(r"\s*([+\-\u2212])\s*", text.strip())
    total = _term(pieces[0], text)
    for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        total += _term(piece, text) if sign == "+" else -_term(piece, text)
    if total < 0:
        raise MalformedValue(f'"{text}" is less than zero')
    return total


def _term(piece: str, text: str) -> Decimal:
    found = _TYPED.match(piece.strip())
    if found is None:
        raise MalformedValue(
            f'"{text}" is not a number; type 1,200 or 1.2k or $120.34, or a sum such as 300+150'
        )
    digits = found[1].replace(",", "") + (found[2] or "")
    if len(digits) > _MOST_DIGITS:
        raise MalformedValue(f'"{text}" has more digits than any number on the form')
    scaled = Decimal(digits) * _SCALES[found[3].lower()]
    return scaled.to_integral_value() if found[3] and is_whole(scaled) else scaled


def is_whole(value: Decimal) -> bool:
    """Whether a number has no decimals but zeros."""
    return value == value.to_integral_value()


def trimmed(value: Decimal) -> str:
    """Plain digits without zeros at the end: ``120.34`` for 120.3400."""
    return format(value.normalize() + 0, "f")


def dollars(price: Decimal) -> str:
    """``12.50``, ``1,200.00``; a price of more than two decimals with all of them."""
    whole, _, cents = grouped(price).partition(".")
    return f"{whole}.{cents:0<2}"


def grouped(value: Decimal) -> str:
    """The number with thousands separators, as messages quote it: ``232,595`` or ``1,010.5``."""
    text = format(value, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_number(text: str) -> int | None:
    """The number that ASCII digits stand for; None for other text, and for more digits than any id or count has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def folded(text: str | None) -> str:
    """The text by which two spellings are compared: lower case, one space between words; empty for none."""
    return " ".join(text.casefold().split()) if text else ""


def day(text: str) -> date:
    """The date that ``YYYY-MM-DD`` stands for; a time-zone suffix gives a ZonedDate.

    Raises MalformedValue for another form or a day that the calendar does not have.
    """
    match = _DAY.match(text.strip(" \t\r\n"))
    if match is None:
        raise MalformedValue(f'"{text}" is not a date of the form YYYY-MM-DD')
    try:
        plain = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise MalformedValue(f'"{text}" is not a calendar date') from None
    return ZonedDate.of(plain, match[4]) if match[4] else plain


def day_text(value: date) -> str:
    """``YYYY-MM-DD``, with the suffix of a ZonedDate."""
    text = value.isoformat()
    return text + value.zone if isinstance(value, ZonedDate) else text


def flag(text: str) -> bool:
    """Whether a check box is ticked: ``1``/``true`` or ``0``/``false``.

    Raises MalformedValue for any other text (XML Schema Part 2, xs:boolean).
    """
    value = _FLAGS.get(text.strip(" \t\r\n"))
    if value is None:
        raise MalformedValue(f'"{text}" is not a check box value: 1, true, 0 or false')
    return value


def unfit_character(text: str) -> str | None:
    """The first character that no XML can hold: control characters, lone surrogates, U+007F; None when all fit."""
    found = _UNFIT.search(text)
    return found[0] if found else None


def visible(text: str, kept: str = "") -> str:
    """The text for a terminal: what would steer it is shown as JSON escapes it: by a backslash, u and its number.

    ``kept``: signs that stay, such as the ends of lines of a page. In JSON the text stays the same value.
    """
    return _STEERING.sub(lambda found: found[0] if found[0] in kept else _escape(found[0]), text)


def without_tags(text: str, block: re.Pattern[str] | None = None, between: str = " ") -> str:
    """The text of a page: a blank for each tag, ``between`` for one that ``block`` fits; tags left open stay.

    Only what has a ``>`` behind it is searched for tags, so that each sign is looked at once.
    """
    closed = text.rfind(">") + 1
    inner = text[:closed] if block is None else block.sub(between, text[:closed])
    closed_again = inner.rfind(">") + 1
    return _TAG.sub(" ", inner[:closed_again]) + inner[closed_again:] + text[closed:]


def _escape(sign: str) -> str:
    return _SHORT.get(sign) or f"\\u{ord(sign):04x}"


# ---- patterns


class Pattern:
    """A regular expression that is compiled when it is first used; texts only.

    There are 120 in the package and most filings need a few. Compiling all of them at import takes 20 ms of the 200 ms
    of processor time of a cold ``form4 check`` (median of 25 runs, Python 3.11).
    """

    __slots__ = ("_compiled", "finditer", "flags", "fullmatch", "match", "pattern", "search", "sub")

    search: Callable[..., re.Match[str] | None]
    """The first place that fits, from a position on."""
    match: Callable[[str], re.Match[str] | None]
    """The beginning, when it fits."""
    fullmatch: Callable[[str], re.Match[str] | None]
    """The whole text, when it fits."""
    finditer: Callable[[str], Iterator[re.Match[str]]]
    """All places that fit."""
    sub: Callable[[str, str], str]
    """A text with every place that fits replaced."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags
        self._compiled: re.Pattern[str] | None = None
        # The first call of any compiles the pattern and puts its own methods in the place of these.
        self.search = lambda *where: self._ready().search(*where)
        self.match = lambda text: self._ready().match(text)
        self.fullmatch = lambda text: self._ready().fullmatch(text)
        self.finditer = lambda text: self._ready().finditer(text)
        self.sub = lambda new, text: self._ready().sub(new, text)

    def _ready(self) -> re.Pattern[str]:
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = re.compile(self.pattern, self.flags)
            self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
            self.finditer, self.sub = compiled.finditer, compiled.sub
        return compiled

    def findall(self, text: str) -> list[str]:
        """The texts of all places that fit."""
        return [found[0] for found in self.finditer(text)]


def shortened(text: str, room: int) -> str:
    """The text, or as much of it as so many columns take: cut at a space, unless it is one long word."""
    if len(text) <= room:
        return text
    head, space, _ = text[: max(1, room - 1)].rpartition(" ")
    return f"{head.rstrip()} …" if space and head.strip() else f"{text[: max(1, room - 1)]}…"
