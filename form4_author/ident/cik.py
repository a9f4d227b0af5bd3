"""CIK: the number EDGAR gives each filer, one to ten digits; leading zeros are optional, and EDGAR pads it to ten."""

from __future__ import annotations

import re
from typing import Final

from form4_author.errors import MalformedValue

__all__ = ["bare_cik", "cik_typed", "padded_cik"]

_DIGITS: Final = 10


def bare_cik(cik: str | None) -> str:
    """A CIK without leading zeros, by which two are compared; empty where there is none."""
    return (cik or "").strip().lstrip("0")


def padded_cik(cik: str) -> str:
    """A CIK in ten digits, as the XML has it."""
    return cik.zfill(_DIGITS)


def cik_typed(text: str) -> str:
    """The CIK, in ten digits, that a filer types: ``1626115``, ``CIK 0001626115``.

    Raises MalformedValue for anything but one to ten digits.
    """
    digits = re.sub(r"^cik\s*#?\s*", "", text, flags=re.IGNORECASE)
    if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS:
        return padded_cik(digits)
    raise MalformedValue(f'"{text}" is not a CIK; type its 1 to 10 digits, such as 1626115')
