"""A price in another currency than the form's: read from a text, and worked out in US dollars at a rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.codes import currencies
from form4_author.text import DECIMALS, LARGEST_AMOUNT, amount, folded, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ForeignPrice", "foreign_price"]

_SIGNS: Final = {
    "\u00a3": "GBP", "\u20ac": "EUR", "\u00a5": "JPY", "\u20b9": "INR", "\u20a9": "KRW", "\u20aa": "ILS",
    "\u20bd": "RUB", "\u20ba": "TRY", "\u0e3f": "THB", "\u20ab": "VND", "\u20b1": "PHP", "\u20a6": "NGN", "c$": "CAD",
    "ca$": "CAD", "can$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "sg$": "SGD",
    "nt$": "TWD", "r$": "BRL", "mx$": "MXN",
}  # fmt: skip
_LONGEST: Final = 60
_BEFORE: Final = re.compile(r"(?P<of>[^\d\s.,]\D*?)\s*(?P<number>\d[\d.,' ]*|\.\d+)\Z", re.ASCII)
_BEHIND: Final = re.compile(r"(?P<number>\d[\d.,' ]*|\.\d+)(?P<of>[^\d.,][^\d]*)\Z", re.ASCII)
_APART: Final = re.compile(r"[.,' ]")
_WHOLE: Final = re.compile(r"(?:\d+|\d{1,3}(?P<mark>[.,' ])(?:\d{2,3}(?P=mark))*\d{3})\Z", re.ASCII)
"""Digits, or groups of three; of two before the last, as in India."""
_PLACES: Final = Decimal(1).scaleb(-DECIMALS)


@dataclass(frozen=True, slots=True)
class ForeignPrice:
    """A price in another currency than US dollars."""

    code: str
    """The currency, ISO 4217."""
    number: Decimal

    def __str__(self) -> str:
        """``GBP 4.12``."""
        return f"{self.code} {grouped(self.number)}"

    def in_dollars(self, rate: Decimal) -> Decimal | None:
        """The price in US dollars at so many dollars for one unit; None where it is more than a form takes."""
        if not 0 < rate <= LARGEST_AMOUNT or self.number * rate > LARGEST_AMOUNT:
            return None
        return (self.number * rate).quantize(_PLACES, ROUND_HALF_UP)


def foreign_price(text: str) -> ForeignPrice | None:
    """The price in another currency that a text is, ``EUR 4,12`` or ``4.12 pounds``; None for any other text."""
    if len(text) > _LONGEST:
        return None
    bare = text.strip()
    for found in filter(None, (_BEFORE.match(bare), _BEHIND.match(bare))):
        code = _codes().get(folded(found["of"].replace(".", "")))
        number = _number(found["number"].strip())
        if code and number is not None:
            return ForeignPrice(code, number)
    return None


@cache
def _codes() -> Mapping[str, str]:
    """The code of a currency by whatever it is called."""
    named = {
        folded(word): each.code
        for each in currencies().values()
        for word in (each.code, each.name, *each.also)
    }
    return {**named, **_SIGNS}


def _number(text: str) -> Decimal | None:
    """The number, with a point or a comma before its decimals; None for none that a form takes."""
    point = max(text.rfind("."), text.rfind(","))
    mark = text[point : point + 1]
    groups = text.count(mark) > 1 or (mark == "," and len(text) - point == 4 and "." not in text)
    head, tail = (text, "") if point < 0 or groups else (text[:point], text[point + 1 :])
    if not _WHOLE.match(head or "0") or not (tail or "0").isdecimal():
        return None
    value = amount(f"{_APART.sub('', head) or 0}.{tail or 0}")
    return value if value <= LARGEST_AMOUNT else None
