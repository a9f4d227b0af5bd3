"""A US address that was pasted whole where its street is asked, in the parts that the form has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import MalformedValue
from form4_author.wizard.entry import code_typed
from form4_author.wizard.place import STATE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AddressParts", "address_parts"]

_LONGEST_STREET: Final = 40
_LONGEST_CITY: Final = 30
_END: Final = re.compile(r"([A-Za-z. ]+?)\s+(\d{5}(?:-\d{4})?)")
"""State and Zip Code: ``CA 94404``."""
_CARE_OF: Final = re.compile(r"C/O|ATTN", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\d|P\.? ?O\.? BOX", re.IGNORECASE)
"""How the line of the street begins, after ``C/O EXAMPLE INC.``."""


class AddressParts(NamedTuple):
    """The parts of a US address."""

    street1: str
    street2: str
    city: str
    state: str
    zip: str


def address_parts(text: str) -> AddressParts | None:
    """The parts of an address with commas between them; None where it does not end in city, state and Zip Code."""
    *streets, city, end = ("", "", *(part for each in text.split(",") if (part := each.strip())))
    found, streets = _END.fullmatch(end), [part for part in streets if part]
    if found is None or not streets or not city or len(city) > _LONGEST_CITY:
        return None
    try:
        state = code_typed(found[1], STATE.names, STATE.aliases, STATE.elsewhere)
    except MalformedValue:
        return None
    lines = _two_lines(streets)
    return AddressParts(*lines, city, state, found[2]) if lines else None


def _two_lines(parts: Sequence[str]) -> tuple[str, str] | None:
    """The street in one line, or in two that both fit; after ``C/O`` the second begins with its number."""
    ways = [(", ".join(parts[:at]), ", ".join(parts[at:])) for at in range(len(parts), 0, -1)]
    fitting = [way for way in ways if max(map(len, way)) <= _LONGEST_STREET]
    numbered = [way for way in fitting if _CARE_OF.match(way[0]) and _NUMBERED.match(way[1])]
    return next(iter((*numbered[-1:], *fitting)), None)
