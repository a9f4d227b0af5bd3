"""The legal data that the program holds: as of which day, what it is not, and who may have nothing to file.

Sources: ``codes/exempt_place.csv`` (orders on insiders of foreign private issuers), ``codes/closure.csv``.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.codes import exempt_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.timing.closed_day import ClosedDay

__all__ = ["AS_OF", "basis", "basis_data", "basis_lines", "exempt_by_order", "us_date"]

AS_OF: Final = date(2026, 11, 29)
"""The day on which rules, orders, staff positions and announced closures were last read for this version."""


def us_date(day: date) -> str:
    """``November 29, 2026``."""
    return f"{day:%B} {day.day}, {day.year}"


def basis() -> str:
    """What a document rests on, and what it is not, in one line."""
    return f"Prepared from SEC rules as of {us_date(AS_OF)}; not legal advice."


def basis_lines(added: Sequence[ClosedDay]) -> tuple[str, ...]:
    """What a document rests on, and the closed days that the user added, each in one line."""
    return (basis(), *(f"Closed day added: {each.words()}." for each in added))


def basis_data(added: Sequence[ClosedDay]) -> dict[str, object]:
    """The same for machines."""
    return {"basis": basis(), "closed_days_added": [each.words() for each in added]}


def exempt_by_order() -> str:
    """Which foreign private issuers' insiders may have nothing to file, by which order and on which conditions."""
    places: dict[date, list[str]] = {}
    for each in exempt_places().values():
        named = places.setdefault(each.order, [])
        if each.place not in named:
            named.append(each.place)
    orders = " and of ".join(
        f"{_listed(sorted(named, key=_by_name))} (SEC order of {us_date(order)})"
        for order, named in sorted(places.items())
    )
    return (
        f"Directors and officers of foreign private issuers of {orders} may be exempt where they report at home under "
        "a regulation that the order names, and each report is public in English within two business days. "
        "See whether the conditions hold."
    )


def _by_name(place: str) -> str:
    return place.removeprefix("the ")


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
