"""The names of lines in drafts of earlier versions, which had the title as it was spelled: which lines they may be.

``non_derivative | common stock | d | `` and ``derivative | stock option | d |  | 12.5 | 2031-05-01 | 2026-05-01 |
2031-05-01``: the table, the title, how it is held and its nature; in Table II the exercise price, the expiration date,
and last what the cells with the terms said, those without text left out.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ledger.line import LineKey
from form4_author.ledger.title import class_of
from form4_author.text import Pattern, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

__all__ = ["former_lines", "is_former"]

_BETWEEN: Final = " | "
_TABLES: Final = ("non_derivative", "derivative")
_PRICE: Final = Pattern(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
"""As Python writes a number without zeros at the end: 120 is ``1.2e+2``."""


def is_former(name: str) -> bool:
    """Whether this is such a name, and not one as ``str`` of a ``LineKey`` gives it."""
    return name.startswith(tuple(f"{table}{_BETWEEN}" for table in _TABLES))


def former_lines(name: str) -> tuple[LineKey, ...]:
    """The lines that a former name may be of, the likeliest first; none where it cannot be read."""
    table, *parts = name.split(_BETWEEN)
    if table not in _TABLES:
        return ()
    for at in range(1, len(parts)):
        if parts[at] in ("d", "i"):
            title, form = class_of(_BETWEEN.join(parts[:at])), parts[at].upper()
            line = LineKey(table=table, title=title, form=form)
            read = _of_table_1 if table == _TABLES[0] else _of_table_2
            found = tuple(read(line, parts[at + 1 :]))
            if found:
                return found
    return ()


def _of_table_1(line: LineKey, rest: Sequence[str]) -> Iterator[LineKey]:
    if line.form == "I" or list(rest) == [""]:
        yield replace(line, nature=_BETWEEN.join(rest))


def _of_table_2(line: LineKey, rest: Sequence[str]) -> Iterator[LineKey]:
    """The price is the first part after the nature that is one, or is empty, with a day or nothing behind it."""
    for at in range(1, len(rest) - 1):
        nature, price, last, terms = _BETWEEN.join(rest[:at]), rest[at], rest[at + 1], rest[at + 2 :]
        if (
            (price and not _PRICE.fullmatch(price))
            or (last and not _day(last))
            or (line.form == "D" and nature)
        ):
            continue
        key = replace(line, nature=nature, price=Decimal(price) if price else None, expiration=_day(last))
        yield from (replace(key, terms=each) for each in _terms(terms, last))
        return


def _terms(words: Sequence[str], last: str) -> Iterator[tuple[str, str]]:
    """What is said of when it can be exercised and when it expires; one text alone may be either."""
    if last:
        yield _BETWEEN.join(words[:-1]), ""
        return
    for at in range(len(words), -1, -1):
        yield _BETWEEN.join(words[:at]), _BETWEEN.join(words[at:])


def _day(text: str) -> date | None:
    try:
        return day(text)
    except MalformedValue:
        return None
