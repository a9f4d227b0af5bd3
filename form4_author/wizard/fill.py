"""Broker's fills: pasted or typed lines, read as trades and grouped as the form may report them.

Trades of one day, the same way, within one dollar may stand on one line at their weighted average, with the range and
an undertaking to tell the single prices: SEC staff no-action letter of 25 June 2008 (Society of Corporate Secretaries).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.values import amount_text, day, grouped
from form4_author.wizard.entry import FILLS, amount_typed, day_typed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = ["Group", "as_answers", "columns", "groups", "is_fills", "kept", "summary", "total"]

_WIDEST: Final = Decimal(1)
_PLACES: Final = Decimal("0.0001")
"""The form takes four decimals (specification 5.5, section 3.2)."""
_NAMES: Final = ("shares", "price", "date", "side", "-")
_HEADERS: Final = {
    "shares": ("share", "qty", "quantity", "volume", "amount", "filled", "number", "size"),
    "price": ("price", "px", "rate", "execution p"),
    "date": ("date", "day", "trade d"),
    "side": ("side", "b/s", "buy", "action", "direction", "type"),
}
_SELLS: Final = ("s", "sell", "sold", "sale", "sl")
_BUYS: Final = ("b", "buy", "bought", "purchase", "by")
_FEWEST: Final = 2
"""Columns of a fill: how many, and at what price."""


@dataclass(frozen=True, slots=True)
class _Fill:
    day: str
    side: str
    shares: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Trades of one day and one side within one dollar: a line of the form."""

    day: str
    side: str
    """``buy``, ``sell``; empty where the fills do not say."""
    shares: Decimal
    price: Decimal
    """The weighted average, rounded to the form's four decimals."""
    low: Decimal
    high: Decimal


# ---- reading


def is_fills(text: str) -> bool:
    """Whether a line is meant as fills: several lines, or columns, or ``100 @ 12.34``."""
    return any(mark in text.strip() for mark in FILLS)


def _cells(text: str) -> list[list[str]]:
    lines = [line for line in re.split(r"[\n\r;]+", text) if line.strip()]
    if any("\t" in line for line in lines):
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    if any("@" in line for line in lines):
        return [re.sub(r"\s+(?:at\s+)?@?\s*|@", "\t", line.strip()).split("\t") for line in lines]
    found = [[cell.strip() for cell in row] for row in csv.reader(lines, skipinitialspace=True)]
    return found if all(len(row) > 1 for row in found) else [line.split() for line in lines]


def _header(table: list[list[str]]) -> list[str] | None:
    """The first line, when no cell of it is a number."""
    return table[0] if table and not any(_number(cell) for cell in table[0]) else None


def _number(cell: str) -> Decimal | None:
    try:
        return amount_typed(cell.lstrip("-\u2212"))
    except MalformedValue:
        return None


def columns(text: str, today: date) -> str:
    """What each column is taken for, in order: ``date, side, shares, price``; ``-`` for what is not used."""
    table = _cells(text)
    header = _header(table)
    width = max((len(row) for row in table), default=0)
    found = ["-"] * width
    for name in ("price", "date", "side", "shares") if header else ():
        at = next((i for i, h in enumerate(header or ()) if found[i] == "-" and _is_named(h, name)), None)
        if at is not None:
            found[at] = name
    body = table[1:] if header else table
    for at in range(width):
        if found[at] == "-":
            found[at] = _guess([row[at] if at < len(row) else "" for row in body], found, today)
    return ", ".join(found)


def _is_named(cell: str, name: str) -> bool:
    return any(word in cell.casefold() for word in _HEADERS[name])


def _guess(cells: Sequence[str], taken: Sequence[str], today: date) -> str:
    if "side" not in taken and all(_side(cell) for cell in cells):
        return "side"
    if all(_number(cell) is not None for cell in cells):
        return next((name for name in ("shares", "price") if name not in taken), "-")
    return "date" if "date" not in taken and all(_day(cell, today) for cell in cells) else "-"


def _side(cell: str) -> str:
    word = cell.casefold().strip(" .")
    return "sell" if word in _SELLS else "buy" if word in _BUYS else ""


def _day(cell: str, today: date) -> str:
    try:
        return day_typed(cell.split("T", maxsplit=1)[0], today).isoformat()
    except MalformedValue:
        return ""


def kept(text: str, named: str, today: date) -> str:
    """The fills as the draft keeps them, ``day,side,shares,price`` a line, by the columns named.

    Raises MalformedValue, naming the line and what is expected there.
    """
    names = [name.strip().casefold() for name in named.split(",")]
    if any(name not in _NAMES for name in names) or not {"shares", "price"} <= set(names):
        raise MalformedValue(
            "Name the columns in order, such as: date, shares, price; - for one that is not used"
        )
    table = _cells(text)
    body = table[1:] if _header(table) else table
    return "\n".join(_kept(number, row, names, today) for number, row in enumerate(body, 1))


def _kept(number: int, row: Sequence[str], names: Sequence[str], today: date) -> str:
    cells = dict(zip(names, row, strict=False))
    shares, price = (_number(cells.get(name, "")) for name in ("shares", "price"))
    if not shares or price is None:
        raise MalformedValue(
            f"Fill {number} has no number of shares or no price: {'  '.join(row)[:40]}; 100 @ 120.34 is expected"
        )
    on = _day(cells.get("date", ""), today) if cells.get("date") else ""
    if cells.get("date") and not on:
        raise MalformedValue(f'Fill {number}: "{cells["date"]}" is not a date; 11/18/2026 is expected')
    return f"{on},{_side(cells.get('side', ''))},{amount_text(shares)},{amount_text(price)}"


def _fills(listed: str, otherwise: str) -> list[_Fill]:
    parts = [line.split(",") for line in listed.splitlines() if line]
    return [
        _Fill(on or otherwise, side, Decimal(shares), Decimal(price)) for on, side, shares, price in parts
    ]


def total(listed: str) -> str:
    """All shares of the fills kept."""
    return amount_text(sum((f.shares for f in _fills(listed, "")), Decimal(0)))


# ---- grouping


def groups(listed: str, otherwise: str) -> tuple[Group, ...]:
    """The lines of the form: by day, side and band of one dollar from the lowest price up, the fewest there can be.

    ``otherwise``: the day of fills that tell none, ISO 8601.
    """
    found: list[Group] = []
    fills = sorted(_fills(listed, otherwise), key=lambda f: (f.day, f.side, f.price))
    for _, same in groupby(fills, key=lambda f: (f.day, f.side)):
        band: list[_Fill] = []
        for each in same:
            if band and each.price - band[0].price > _WIDEST:
                found.append(_group(band))
                band = []
            band.append(each)
        found.append(_group(band))
    return tuple(found)


def _group(band: Sequence[_Fill]) -> Group:
    shares = sum((f.shares for f in band), Decimal(0))
    worth = sum((f.shares * f.price for f in band), Decimal(0))
    average = band[0].price
    if band[0].price != band[-1].price:
        average = Decimal(_plain((worth / shares).quantize(_PLACES, ROUND_HALF_UP)))
    return Group(band[0].day, band[0].side, shares, average, band[0].price, band[-1].price)


def as_answers(group: Group) -> dict[str, str]:
    """A group as the answers of a trade: date, quantity, price, the footnote on the average, code and direction."""
    found = {"date": group.day, "quantity": amount_text(group.shares), "price": amount_text(group.price)}
    if group.side:
        found |= {"side_code": "SP"[group.side == "buy"], "side_direction": "DA"[group.side == "buy"]}
    if group.low != group.high:
        done = "purchased" if group.side == "buy" else "sold" if group.side else "traded"
        found["price_note"] = (
            f"The price reported is a weighted average price. These shares were {done} in multiple transactions "
            f"at prices ranging from ${_money(group.low)} to ${_money(group.high)}, inclusive. The reporting person "
            "undertakes to provide to the issuer, any security holder of the issuer, or the staff of the "
            "Securities and Exchange Commission, upon request, full information regarding the number of shares "
            f"{done} at each separate price within the range."
        )
    return found


def _money(price: Decimal) -> str:
    """``120.50``: at least two decimals."""
    text = _plain(price)
    return f"{price:,.2f}" if len(text.partition(".")[2]) <= 2 else text


def _plain(price: Decimal) -> str:
    """``120.34`` for 120.3400."""
    text = amount_text(price)
    return text.rstrip("0").rstrip(".") if "." in text else text


def summary(listed: str, otherwise: str) -> tuple[str, ...]:
    """What the fills come to: how many, then a line for each group with its range and average."""
    found = groups(listed, otherwise)
    count = len(listed.splitlines())
    head = f"{count} fill{'' if count == 1 else 's'}, {grouped(Decimal(total(listed)))} shares, on {len(found)} line"
    return (f"{head}{'' if len(found) == 1 else 's'}:", *(_told(group) for group in found))


def _told(group: Group) -> str:
    on = day(group.day).strftime("%m/%d/%Y") if group.day else "no date"
    side = f" {group.side}" if group.side else ""
    prices = f"{_money(group.low)} to {_money(group.high)}, average {_money(group.price)}"
    return (
        f"  {on}{side} {grouped(group.shares)} at {_money(group.low) if group.low == group.high else prices}"
    )
