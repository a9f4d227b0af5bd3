"""Broker's fills: pasted or typed lines, read as trades and grouped as the form may report them.

Trades of one day, the same way, within one dollar may be on one line at their weighted average, with the range and
an undertaking to provide the separate prices: SEC staff no-action letter of June 25, 2008 (Society of
Corporate Secretaries).
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ledger.fill import Fill, FillGroup, comes_to
from form4_author.ledger.fill import groups as grouped_by_band
from form4_author.ledger.fill import total as shares_of
from form4_author.text import amount, amount_text, day, dollars, grouped, is_whole
from form4_author.wizard.entry import FILLS
from form4_author.wizard.pasted_table import (
    BUY,
    SELL,
    day_in,
    heading,
    is_compact,
    is_dated,
    is_negative,
    is_sided,
    is_timed,
    number,
    side,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

__all__ = [
    "MOST_SHOWN",
    "FillGroup",
    "as_answers",
    "columns",
    "contrary",
    "fills_text",
    "groups",
    "is_fills",
    "is_headed",
    "summary",
    "total",
]

_NAMES: Final = ("shares", "price", "date", "side", "-")
_HEADERS: Final = {
    "price": ("execution price", "exec price", "fill price", "trade price", "price", "px", "rate"),
    "date": ("trade d", "traded", "tradedate", "exec", "date/time", "datetime", "transaction d", "date", "day", "time"),
    "side": ("b/s", "buy", "side", "action", "direction", "transaction type", "trans", "activity", "type"),
    "shares": ("filled", "exec q", "executed q", "last q", "quantity", "qty", "share", "volume", "size", "number",
               "amount"),
}  # fmt: skip
"""Words of a heading, the surest first."""
_OTHERS: Final = re.compile(
    r"\b(?:net|gross|proceeds|commissions?|fees?|principal|settle\w*|remaining|leaves|order|limit|stop|account|acct|"
    r"id|symbol|ticker|security|description|cusip|isin|currency|balance|value|basis|cost|price type|total \w*amount)\b",
    re.IGNORECASE,
)
"""Headings of what is no part of a fill, though a word of it may sound so: Net Amount, Settlement Date, Order Qty."""
_DONE: Final = {BUY: "purchased", SELL: "sold", "": "traded"}
_TRADES: Final = {BUY: "purchases", SELL: "sales"}
_FEWEST: Final = 2
"""Columns of a fill: how many, and at what price."""
_MOST_COLUMNS: Final = 40
"""Columns of a line; a broker's confirmation has up to twenty. Each is compared with every two others."""
MOST_SHOWN: Final = 4
"""Lines of a summary: the question stays on the screen."""


# ---- reading


def is_fills(text: str) -> bool:
    """Whether a line is meant as fills: several lines, or columns, or ``100 @ 12.34``."""
    return any(mark in text.strip() for mark in FILLS)


def columns(text: str, near: date) -> str:
    """What each column is treated as, in order: ``date, side, shares, price``; ``-`` for what is not used.

    ``near``: a day about which the fills were made. Raises MalformedValue where lines can be read in two ways.
    """
    found, free, cells = _by_heading(text)
    for at in sorted(free):
        if found[at] == "-" and cells[at]:
            found[at] = _guess(cells[at], found, near)
    _numbers(cells, found, [at for at in sorted(free) if found[at] == "-"])
    return ", ".join(found)


def is_headed(text: str, near: date) -> bool:
    """Whether a heading line names every column that is used. Raises MalformedValue as ``columns`` does."""
    found, _, _ = _by_heading(text)
    return {"shares", "price"} <= set(found) and ", ".join(found) == columns(text, near)


def _by_heading(text: str) -> tuple[list[str], set[int], list[list[str]]]:
    """The columns that a heading line names, those that it leaves open, and the cells of each."""
    rows = table(text)
    head = heading(rows)
    body = rows[1:] if head else rows
    width = max((len(row) for row in rows), default=0)
    if width > _MOST_COLUMNS:
        raise MalformedValue(
            f"A line has {width:,} columns, and at most {_MOST_COLUMNS} are read; paste only the columns of the fills"
        )
    cells = [[row[at] for row in body if at < len(row) and row[at]] for at in range(width)]
    found = ["-"] * width
    free = set(range(width))
    if head:
        free = {at for at in free if at >= len(head) or not _OTHERS.search(head[at])}
        for name in _HEADERS:
            at = _named(name, head, cells, [n for n in sorted(free) if found[n] == "-"])
            if at is not None:
                found[at] = name
    return found, free, cells


def _named(name: str, head: Sequence[str], cells: Sequence[Sequence[str]], free: Sequence[int]) -> int | None:
    """The column whose heading names this the most surely; None where none does."""
    for word in _HEADERS[name]:
        for at in free:
            if at < len(head) and word in head[at].casefold() and _may_be(name, word, cells[at]):
                return at
    return None


def _may_be(name: str, word: str, cells: Sequence[str]) -> bool:
    """Whether the cells don't speak against a heading that several columns may have."""
    if name == "date":
        return not all(is_timed(cell) for cell in cells)
    return (
        name != "side" or word not in ("trans", "activity", "type") or any(is_sided(cell) for cell in cells)
    )


def _guess(cells: Sequence[str], taken: Sequence[str], near: date) -> str:
    """A side or a day by what is there, also where not every cell of the column can be read."""
    if "side" not in taken and any(is_sided(cell) for cell in cells):
        return "side"
    days = all(is_compact(cell) and day_in(cell, near) for cell in cells)
    return "date" if "date" not in taken and (days or any(is_dated(cell) for cell in cells)) else "-"


def _numbers(cells: Sequence[Sequence[str]], names_found: list[str], free: Sequence[int]) -> None:
    """Gives columns of numbers their names: how many, then at what price; what both come to is neither."""
    listed = [at for at in free if cells[at] and all(number(cell) is not None for cell in cells[at])]
    wanted = [name for name in ("shares", "price") if name not in names_found]
    if len(wanted) == _FEWEST and len(listed) > _FEWEST:
        listed = [at for at in listed if not _is_product(at, cells, listed)] or listed
    if len(wanted) == _FEWEST and len(listed) >= _FEWEST and _is_priced(cells[listed[0]], cells[listed[1]]):
        wanted = ["price", "shares"]
    for at, name in zip(listed, wanted, strict=False):
        names_found[at] = name


def _is_priced(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the first column has parts of a whole and the second has none: prices before numbers of shares."""
    whole = [
        all(is_whole(count) for cell in column if (count := number(cell)) is not None)
        for column in (first, second)
    ]
    return whole == [False, True]


def _is_product(at: int, cells: Sequence[Sequence[str]], among: Sequence[int]) -> bool:
    """Whether a column is what two others come to, less a commission of at most one percent."""
    others = [n for n in among if n != at]
    return any(
        all(_comes_to(*row) for row in zip(cells[at], cells[one], cells[two], strict=False))
        for one, two in combinations(others, 2)
    )


def _comes_to(worth: str, one: str, two: str) -> bool:
    found = [amount for cell in (worth, one, two) if (amount := number(cell)) is not None]
    return len(found) == 3 and comes_to(*found)


def fills_text(text: str, named: str, near: date) -> str:
    """The fills as the draft keeps them, ``day,side,shares,price`` a line, by the columns named.

    Raises MalformedValue, naming the line and what is expected there.
    """
    names = [name.strip().casefold() for name in named.split(",")]
    used = [name for name in names if name != "-"]
    if not set(names) <= set(_NAMES) or not {"shares", "price"} <= set(used) or len(set(used)) < len(used):
        raise MalformedValue(
            "Name the columns in order, such as: date, shares, price; - for one that is not used"
        )
    rows = table(text)
    body = rows[1:] if heading(rows) else rows
    if "side" not in names:
        names += ["-"] * max((len(row) - len(names) for row in body), default=0)
        _left_out(body, names)
    cells = [dict(zip(names, row, strict=False)) for row in body]
    fills = [_read_fill(n, row, each, near) for n, (row, each) in enumerate(zip(body, cells, strict=True), 1)]
    sides = [side for _, side, _, _ in fills]
    if "side" not in names and any(is_negative(each["shares"]) for each in cells):
        sides = [SELL if is_negative(each["shares"]) else BUY for each in cells]
    if any(sides) and not all(sides):
        raise MalformedValue(
            f"Fill {sides.index('') + 1} does not say whether it was a buy or a sell, and others do"
        )
    return "\n".join(
        f"{on},{side},{shares},{price}" for side, (on, _, shares, price) in zip(sides, fills, strict=True)
    )


def _left_out(body: Sequence[Sequence[str]], names: Sequence[str]) -> None:
    """Raises MalformedValue where a column that is not used distinguishes buys from sells."""
    for at, name in enumerate(names):
        if name == "-" and {side(row[at]) for row in body if at < len(row)} >= {BUY, SELL}:
            raise MalformedValue(f"Column {at + 1} distinguishes buys from sells: name it side")


def _read_fill(
    at: int, row: Sequence[str], cells: Mapping[str, str], near: date
) -> tuple[str, str, str, str]:
    shares, price = (number(cells.get(name, "")) for name in ("shares", "price"))
    if not shares or not price:
        raise MalformedValue(
            f"Fill {at} has no number of shares or no price: {'  '.join(row)[:40]}; 100 @ 120.34 is expected"
        )
    day_text, side_text = cells.get("date", ""), cells.get("side", "")
    on = day_in(day_text, near) if day_text else ""
    if not on and "date" in cells:
        problem = f': "{day_text}" is not a date' if day_text else " has no date"
        raise MalformedValue(f"Fill {at}{problem}; 11/18/2026 is expected")
    if side_text and not side(side_text):
        raise MalformedValue(
            f'Fill {at}: "{side_text}" says neither buy nor sell; change the word, or take out a trade that does not '
            "stand, and paste again"
        )
    return on, side(side_text), amount_text(shares), amount_text(price)


def _fills(listed: str, otherwise: str) -> list[Fill]:
    parts = [line.split(",") for line in listed.splitlines() if line]
    return [Fill(on or otherwise, side, amount(shares), amount(price)) for on, side, shares, price in parts]


def total(listed: str) -> str:
    """All shares of the fills kept."""
    return amount_text(shares_of(_fills(listed, "")))


# ---- grouping


def groups(listed: str, otherwise: str) -> tuple[FillGroup, ...]:
    """The lines of the form, as ``ledger.fill`` has them.

    ``otherwise``: the day of fills that say none, ISO 8601.
    """
    return grouped_by_band(_fills(listed, otherwise))


def as_answers(group: FillGroup, otherwise: str = "") -> dict[str, str]:
    """A group as the answers of a trade: date, quantity, price, the footnote on the average, code and direction.

    ``otherwise``: the side of fills that say none.
    """
    found = {"date": group.day, "quantity": amount_text(group.shares), "price": amount_text(group.price)}
    if group.side:
        code, letter = ("P", "A") if group.side == BUY else ("S", "D")
        found |= {"side_code": code, "side_direction": letter}
    if group.low != group.high:
        done = _DONE[group.side or otherwise]
        found["price_note"] = (
            f"The price reported is a weighted average price. These shares were {done} in multiple transactions "
            f"at prices ranging from ${dollars(group.low)} to ${dollars(group.high)}, inclusive. The reporting person "
            "undertakes to provide to the issuer, any security holder of the issuer, or the staff of the "
            "Securities and Exchange Commission, upon request, full information regarding the number of shares "
            f"{done} at each separate price within the range."
        )
    return found


def contrary(listed: str, wanted: str, *, only: bool) -> str:
    """What is wrong with the sides of fills that should be of the side ``wanted``; empty where nothing is.

    ``only``: no fill may be of the other side; else one at least has to be of this.
    """
    sides = [line.split(",")[1] for line in listed.splitlines()]
    other = BUY if wanted == SELL else SELL
    if other not in sides or (not only and wanted in sides):
        return ""
    if wanted in sides:
        return f"Fill {sides.index(other) + 1} is a {other}: only the {_TRADES[wanted]} belong here"
    return f"These fills are {_TRADES[other]}, and {_TRADES[wanted]} are asked for here"


def summary(listed: str, otherwise: str, most: int | None = MOST_SHOWN) -> tuple[str, ...]:
    """What the fills come to: how many, then a line for each group with its range and average, up to so many."""
    fill_groups = groups(listed, otherwise)
    lines = [_group_line(group) for group in fill_groups]
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [f"  and {len(lines) - most + 1} lines more"]
    count = len(listed.splitlines())
    shares = grouped(shares_of(_fills(listed, otherwise)))
    head = f"{count} fill{'' if count == 1 else 's'}, {shares} shares, on {len(fill_groups)} line"
    return (f"{head}{'' if len(fill_groups) == 1 else 's'}:", *lines)


def _group_line(group: FillGroup) -> str:
    on = day(group.day).strftime("%m/%d/%Y") if group.day else "no date"
    side = f" {group.side}" if group.side else ""
    low, high, average = (f"${dollars(price)}" for price in (group.low, group.high, group.price))
    prices = low if low == high else f"{low} to {high}, average {average}"
    return f"  {on}{side} {grouped(group.shares)} at {prices}"
