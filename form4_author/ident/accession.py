"""Accession number: the number EDGAR gives each submission, such as 0001107843-26-000123."""

from __future__ import annotations

import re
from typing import Final

from form4_author.errors import MalformedValue

__all__ = ["accession_in", "accession_number", "year_of_accession"]


_IN_TEXT: Final = re.compile(r"[0-9]{10}-([0-9]{2})-[0-9]{6}")
_FIRST_YEAR: Final = 90
"""Of two digits: later ones are of the last century, in which EDGAR began."""
_ACCESSION: Final = re.compile(r"([0-9]{10})-?([0-9]{2})-?([0-9]{6})\Z")


def accession_number(text: str) -> str:
    """The accession number that a text stands for, with its hyphens: ``0001107843-26-000123``.

    Raises MalformedValue for anything but ten, two and six digits, with or without hyphens between them.
    """
    found = _ACCESSION.match(text.strip(" \t\r\n"))
    if found is None:
        raise MalformedValue(f'"{text}" is not an accession number such as 0001107843-26-000123')
    return "-".join(found.groups())


def accession_in(text: str) -> str | None:
    """The first accession number in a text, such as the name of a file; None without one."""
    found = _IN_TEXT.search(text)
    return found[0] if found else None


def year_of_accession(number: str | None) -> int | None:
    """The year in an accession number; None where it is none."""
    found = _IN_TEXT.match(number or "")
    if found is None:
        return None
    year = int(found[1])
    return year + (1900 if year > _FIRST_YEAR else 2000)
