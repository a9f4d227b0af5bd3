"""Running totals: what a line held before a row, and the total that follows from it, with the working.

A line is a class of security, direct or indirect, with its nature of ownership; in Table II with its terms too, as they
are dates or words (see ``form4_author.ledger.closing``). Form 4, General Instruction 4(a)(i): the amount owned is
stated following the reported transaction(s), line by line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ledger.closing import running, terms_key
from form4_author.values import amount, amount_text, grouped
from form4_author.wizard import note
from form4_author.wizard.answer import TABLES, Data, flat, node, rows, value
from form4_author.wizard.restated import restated_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from form4_author.findings import Path

__all__ = [
    "AWARD",
    "Prior",
    "Working",
    "adjustments",
    "carried",
    "following",
    "from_rows",
    "goes_on",
    "last_told",
    "line_key",
    "line_words",
    "number",
    "prior",
    "signed",
    "started",
    "told",
    "told_path",
    "working",
]

AWARD: Final = ("date_exercisable", "expiration_date")
"""The cells of Table II that tell awards of one title apart, by a date or by the footnote in place of one."""
_OF_WRITTEN: Final = {"S": 1, "P": -1, "E": -1}
"""What a transaction does to the number of obligations from written options, or of short swaps, by code."""
_OBLIGATION: Final = re.compile(r"obligation to|\bswap\b.*\bshort\b|\bshort\b.*\bswap\b", re.IGNORECASE)
"""A title of what is counted as it is written or sold short."""


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


def line_key(table: str, cells: Mapping[str, str]) -> str:
    """What tells one line from another, as a key."""
    title = _title_key(table, cells)
    terms = terms_key(*(cells.get(name, "") for name in AWARD)) if table == TABLES[1] else ""
    return f"{title} | {terms}" if terms else title


def _title_key(table: str, cells: Mapping[str, str]) -> str:
    """What the awards of one title and holder share; prices are compared as amounts, and words tell none."""
    form = cells.get("ownership_form", "D")
    parts = [
        table,
        cells.get("security_title", ""),
        form,
        cells.get("nature_of_ownership", "") if form == "I" else "",
    ]
    if table == TABLES[1]:
        price = number(cells.get("exercise_price"))
        parts += ["" if price is None else str(price.normalize()), _day(cells, "expiration_date")]
    return " | ".join(" ".join(part.casefold().split()) for part in parts)


def _day(cells: Mapping[str, str], name: str) -> str:
    found = cells.get(name, "")
    return found if found.replace("-", "").isdecimal() else ""


def told(data: Data, table: str, index: int) -> dict[str, str]:
    """The texts in a row, and whether it is a swap; of an award's terms that are words, the footnotes."""
    row = value(data, (table, index))
    cells = flat(row) if isinstance(row, dict) else {}
    if isinstance(row, dict) and row.get("equity_swap") is True:
        cells = {**cells, "equity_swap": "yes"}
    words = {
        name: " ".join(note.text_of(data, (table, index, name)))
        for name in (AWARD if table == TABLES[1] else ())
        if name not in cells
    }
    return {**cells, **{name: said for name, said in words.items() if said}}


def line_words(cells: dict[str, str]) -> str:
    """The line as one says it: ``Common Stock, direct`` or ``Common Stock, By Spouse``."""
    title = cells.get("security_title") or "this class"
    if cells.get("ownership_form") != "I":
        return f"{title}, direct"
    return f"{title}, {cells.get('nature_of_ownership') or 'indirect'}"


def from_rows(data: Data, table: str, cells: dict[str, str], before: Iterable[int]) -> Prior | None:
    """The total of the line's last row among ``before``; None when it has none there."""
    listed = set(before)
    title = _title_key(table, cells)
    rows_told = ((i, told(data, where, i)) for where, i, _ in rows(data) if where == table and i in listed)
    same = [
        (index, texts)
        for index, texts in rows_told
        if _title_key(table, texts) == title and number(texts.get("amount_owned_following")) is not None
    ]
    own = _of_line(data, table, cells, [texts for _, texts in same])
    return next(
        (Prior(_total(texts), f"line {index + 1}") for index, texts in reversed(same) if texts in own), None
    )


def _of_line(
    data: Data, table: str, cells: dict[str, str], same: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Which rows of its title are of the line: all under one running total, else those of its terms.

    Where there is none of its terms, those that go on from what it last held: their words may have been changed since.
    """
    keys = {line_key(table, texts) for texts in same}
    if len(keys) > 1 and running((_change(texts), _total(texts)) for texts in same):
        return same
    key = line_key(table, cells)
    if key in keys:
        return [texts for texts in same if line_key(table, texts) == key]
    last, own = last_told(data, table, cells), []
    held = last.amount if last else None
    for texts in same:
        if _total(texts) - _change(texts) == held:
            held = _total(texts)
            own.append(texts)
    return own


def _total(cells: Mapping[str, str]) -> Decimal:
    return number(cells.get("amount_owned_following")) or Decimal(0)


def _change(cells: Mapping[str, str]) -> Decimal:
    moved = number(cells.get("amount")) or Decimal(0)
    return -moved if cells.get("acquired_disposed") == "D" else moved


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
    said = number(value(data, told_path(table, cells)))
    since = adjustments(data, line_key(table, cells))
    if said is not None:
        return Prior(said, "as you said", since)
    last = last_told(data, table, cells)
    return None if last is None else Prior(last.amount, last.source, since)


def adjustments(data: Data, key: str) -> tuple[Decimal, ...]:
    """What events without a row of their own add to a line, in order."""
    events = node(data, ("interview", "events"))
    found = (
        [e.get("adjusts") or {} for e in events if isinstance(e, dict)] if isinstance(events, list) else []
    )
    return tuple(Decimal(each[key]) for each in found if key in each)


def carried(data: Data) -> dict[str, Prior]:
    """What the lines of the last filing held, by line key; also those that a split gave other terms."""
    return {line_key(str(line.get("table")), line): _prior(line) for line in _listed(data)}


def _listed(data: Data) -> list[Data]:
    listed = node(data, ("interview", "carried"))
    found = [line for line in listed if isinstance(line, dict)] if isinstance(listed, list) else []
    split = [new for old, new in zip(found, restated_lines(data), strict=True) if new != old]
    return [line for line in (*found, *split) if number(line.get("amount_owned_following")) is not None]


def _prior(line: Mapping[str, str]) -> Prior:
    return Prior(_total(line), str(line.get("source") or "last filing"))


def last_told(data: Data, table: str, cells: dict[str, str]) -> Prior | None:
    """What the last filing says of a line; None where it does not have it, or not without doubt."""
    found = _last_line(data, table, cells)
    return None if found is None else _prior(found)


def _last_line(data: Data, table: str, cells: Mapping[str, str]) -> Data | None:
    """The line of the last filing that has all the terms.

    Else the only one of its title, where other terms are no other line: an exercise price and a last day tell a series
    by themselves; the last filing has one total over several terms; or no terms are given.
    """
    key, title = line_key(table, cells), _title_key(table, cells)
    same = [line for line in _listed(data) if _title_key(str(line.get("table")), line) == title]
    exact = [line for line in same if line_key(table, line) == key]
    if exact or len(same) != 1:
        return exact[-1] if exact else None
    series = bool(cells.get("exercise_price")) and bool(_day(cells, "expiration_date"))
    return same[0] if series or same[0].get("running") or key == title else None


def goes_on(data: Data, line: Data) -> bool:
    """Whether a row of the form goes on with a line of the last filing, by its terms or by what it held."""
    table = str(line.get("table"))
    for where, index, row in rows(data):
        cells = told(data, where, index)
        if where != table or _title_key(table, cells) != _title_key(table, line):
            continue
        known = _last_line(data, table, cells)
        began = row.get("kind") != "holding" and _total(cells) - _change(cells) == _total(line)
        if known == line or (known is None and table == TABLES[1] and began):
            return True
    return False


def working(before: Decimal, changes: Iterable[Decimal]) -> Working:
    """The total after the changes (disposed of: negative), with the sum written out."""
    total, words = before, grouped(before)
    for change in changes:
        total += change
        words += f" {'+' if change >= 0 else '−'} {grouped(abs(change))}"
    return Working(total, f"{words} = {grouped(total)}")


def signed(table: str, cells: Mapping[str, str]) -> Decimal:
    """What a row adds to its line; taken away: negative.

    A line of written options or of short swaps counts what is open: writing or selling more (S) adds to it, buying back
    (P) and expiry (E) take away, whatever the form calls acquired and disposed of. A swap never moves the total of the
    shares it refers to: it is a derivative security (Rule 16a-1(c)), whose line is in Table II.
    """
    if table == TABLES[0] and cells.get("equity_swap") == "yes":
        return Decimal(0)
    moved = number(cells.get("amount")) or Decimal(0)
    code = cells.get("transaction_code", "")
    if code in _OF_WRITTEN and _OBLIGATION.search(cells.get("security_title", "")):
        return moved * _OF_WRITTEN[code]
    return moved if cells.get("acquired_disposed") == "A" else -moved


def following(data: Data, table: str, index: int) -> Working | None:
    """The total that a transaction leaves, when what its line held before is known and enough was not sold short."""
    cells = told(data, table, index)
    moved = number(cells.get("amount"))
    known = prior(data, table, cells, range(index))
    if moved is None or known is None or cells.get("acquired_disposed") not in ("A", "D"):
        return None
    changes = [*known.adjustments, signed(table, cells)]
    found = working(known.amount, changes)
    return found if found.total >= 0 else None
