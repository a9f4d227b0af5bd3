"""Running totals: what a line held before a row, and the total that follows from it, with the working.

A line is a class of security, direct or indirect, with its nature of ownership; in Table II with its terms too. Form 4,
General Instruction 4(a)(i): the amount owned is stated following the reported transaction(s), line by line.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.values import amount, amount_text, grouped
from form4_author.wizard.answer import Data, flat, node, rows, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from form4_author.findings import Path

__all__ = [
    "Prior",
    "Working",
    "adjustments",
    "carried",
    "following",
    "from_rows",
    "line_key",
    "line_words",
    "number",
    "prior",
    "signed",
    "started",
    "told_path",
    "working",
]

_TERMS: Final = ("exercise_price", "expiration_date")
_OF_WRITTEN: Final = {"S": 1, "P": -1, "E": -1}
"""What a transaction does to the number of obligations from written options, by code."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What a line held before, and how that is known."""

    amount: Decimal
    source: str
    adjustments: tuple[Decimal, ...] = ()
    """What is added since without a line of its own, such as reinvested dividends; taken away: negative."""

    @property
    def total(self) -> Decimal:
        """The amount with its adjustments."""
        return sum(self.adjustments, self.amount)


@dataclass(frozen=True, slots=True)
class Working:
    """A total and the sum it comes from: ``239,602 − 7,007 = 232,595``."""

    total: Decimal
    words: str

    @property
    def text(self) -> str:
        """The total as the draft holds it."""
        return amount_text(self.total)


def number(typed: object) -> Decimal | None:
    """The amount in a draft; None for anything that is not one."""
    if not isinstance(typed, str):
        return None
    try:
        return amount(typed)
    except MalformedValue:
        return None


def line_key(table: str, cells: dict[str, str]) -> str:
    """What tells one line from another, as a key."""
    form = cells.get("ownership_form", "D")
    parts = [
        table,
        cells.get("security_title", ""),
        form,
        cells.get("nature_of_ownership", "") if form == "I" else "",
    ]
    if table == "derivative":
        parts += [cells.get(name, "") for name in _TERMS]
    return " | ".join(" ".join(part.casefold().split()) for part in parts)


def line_words(cells: dict[str, str]) -> str:
    """The line as one says it: ``Common Stock, direct`` or ``Common Stock, By Spouse``."""
    title = cells.get("security_title") or "this class"
    if cells.get("ownership_form") != "I":
        return f"{title}, direct"
    return f"{title}, {cells.get('nature_of_ownership') or 'indirect'}"


def from_rows(data: Data, table: str, cells: dict[str, str], before: Iterable[int]) -> Prior | None:
    """The total of the line's last row among ``before``; None when it has none there."""
    key = line_key(table, cells)
    listed = set(before)
    found: Prior | None = None
    for where, index, row in rows(data):
        texts = flat(row)
        if where != table or index not in listed or line_key(table, texts) != key:
            continue
        total = number(texts.get("amount_owned_following"))
        if total is not None:
            found = Prior(total, f"line {index + 1}")
    return found


def told_path(table: str, cells: dict[str, str]) -> Path:
    """Where it is kept what the filer said a line held before; asked once for a line."""
    return ("interview", "held_before", line_key(table, cells))


def prior(data: Data, table: str, cells: dict[str, str], before: Iterable[int]) -> Prior | None:
    """What the line held before: the total of its last row among ``before``, else what was asked once or carried over.

    What has no row of its own is added to the last two.
    """
    found = from_rows(data, table, cells, before)
    return found if found is not None else started(data, table, cells)


def started(data: Data, table: str, cells: dict[str, str]) -> Prior | None:
    """What the line held before the form: what the filer said, else what the last filing says."""
    key = line_key(table, cells)
    told = number(value(data, told_path(table, cells)))
    since = adjustments(data, key)
    if told is not None:
        return Prior(told, "as you said", since)
    last = carried(data).get(key)
    return None if last is None else Prior(last.amount, last.source, since)


def adjustments(data: Data, key: str) -> tuple[Decimal, ...]:
    """What events without a row of their own add to a line, in order."""
    events = node(data, ("interview", "events"))
    found = (
        [e.get("adjusts") or {} for e in events if isinstance(e, dict)] if isinstance(events, list) else []
    )
    return tuple(Decimal(each[key]) for each in found if key in each)


def carried(data: Data) -> dict[str, Prior]:
    """What the lines of the last filing held, by line key."""
    listed = node(data, ("interview", "carried"))
    found: dict[str, Prior] = {}
    for line in listed if isinstance(listed, list) else []:
        held = number(line.get("amount_owned_following"))
        if held is not None:
            found[line_key(str(line.get("table")), _valued(line))] = Prior(
                held, str(line.get("source") or "last filing")
            )
    return found


def _valued(line: dict[str, str]) -> dict[str, str]:
    """The line without terms that are words: on the form those are footnotes."""
    plain = str.maketrans("", "", "-.")
    return {
        name: found
        for name, found in line.items()
        if name not in _TERMS or found.translate(plain).isdecimal()
    }


def working(before: Decimal, changes: Iterable[Decimal]) -> Working:
    """The total after the changes (disposed of: negative), with the sum written out."""
    total, words = before, grouped(before)
    for change in changes:
        total += change
        words += f" {'+' if change >= 0 else '−'} {grouped(abs(change))}"
    return Working(total, f"{words} = {grouped(total)}")


def signed(cells: Mapping[str, str]) -> Decimal:
    """What a row adds to its line; taken away: negative.

    A line of written options counts obligations: writing more (S) adds to them, buying back (P) and expiry (E) take
    them away, whatever the form calls acquired and disposed of.
    """
    moved = number(cells.get("amount")) or Decimal(0)
    code = cells.get("transaction_code", "")
    if code in _OF_WRITTEN and "obligation to" in cells.get("security_title", "").casefold():
        return moved * _OF_WRITTEN[code]
    return moved if cells.get("acquired_disposed") == "A" else -moved


def following(data: Data, table: str, index: int) -> Working | None:
    """The total that a transaction leaves, when what its line held before is known and enough was not sold short."""
    row = value(data, (table, index))
    if not isinstance(row, dict):
        return None
    cells = flat(row)
    moved = number(cells.get("amount"))
    known = prior(data, table, cells, range(index))
    if moved is None or known is None or cells.get("acquired_disposed") not in ("A", "D"):
        return None
    changes = [*known.adjustments, signed(cells)]
    found = working(known.amount, changes)
    return found if found.total >= 0 else None
