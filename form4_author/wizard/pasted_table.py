"""Tables as they are pasted from a sheet: lines and cells, and what a cell means: a number, a day, a side of a trade.

Nothing is dropped: what may be a date or a side and can't be read is for the caller to refuse, and lines whose commas
can be read in two ways are refused here.
"""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.text import amount_typed
from form4_author.wizard.entry import day_typed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

__all__ = [
    "BUY",
    "SELL",
    "day_in",
    "heading",
    "is_compact",
    "is_dated",
    "is_negative",
    "is_sided",
    "is_timed",
    "number",
    "side",
    "table",
]

SELL: Final = "sell"
BUY: Final = "buy"

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY_FIRST: Final = re.compile(
    rf"\b(\d{{1,2}})[-\s]+{_MONTH}[-,\s]+(\d{{4}}|\d{{2}})\b", re.ASCII | re.IGNORECASE
)
_MONTH_FIRST: Final = re.compile(
    rf"\b{_MONTH}[-\s]+(\d{{1,2}})(?:st|nd|rd|th)?[-,\s]+(\d{{4}})\b", re.ASCII | re.IGNORECASE
)
_NO_YEAR: Final = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})\b(?![.,]\d)", re.ASCII | re.IGNORECASE)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z", re.ASCII)
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\Z", re.ASCII)
_COMPACT_TIMED: Final = re.compile(r"(?:19|20)\d{6}[;,T\s]+\d", re.ASCII)
_MONTH_FIRST_DASHED: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})\Z", re.ASCII)
_WEEKDAY: Final = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b[.,]?\s*", re.ASCII | re.IGNORECASE)
_TIME: Final = re.compile(
    r"[T\s,;]*(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\b\.?)?\s*"
    r"(?:Z\b|UTC|GMT|[A-Z]{1,2}[SD]?T\b|[+-]\d{2}:?\d{2}\b)?[,\s]*",
    re.ASCII | re.IGNORECASE,
)
_TIME_IN_DIGITS: Final = re.compile(r"[;,]\s*\d{6}\Z", re.ASCII)
"""``20261120;093105``: how Interactive Brokers writes a moment."""
_DATED: Final = re.compile(
    rf"\d{{1,4}}[-/.]\w{{1,9}}[-/.]\d{{1,4}}|\d{{1,2}}/\d{{1,2}}\b|\b{_MONTH}[-\s]*\d|\d[-\s]*{_MONTH}(?![a-z])",
    re.ASCII | re.IGNORECASE,
)
_THOUSAND: Final = re.compile(r"\d{1,3}\Z", re.ASCII)
_BEHIND: Final = re.compile(r"\d{3}(?:\.\d+)?\Z", re.ASCII)

_FILL: Final = re.compile(
    r"(?<![\d.,/-])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:shares?\s*|shs?\.?\s*)?@\s*"
    r"(\$?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?!\d)",
    re.ASCII | re.IGNORECASE,
)
"""``1,400 @ $120.10``."""
_PARTED: Final = re.compile(r"[\s,.&+]*(?:and\b\s*)?", re.ASCII | re.IGNORECASE)
"""What may stand between two fills on a line."""

_SELLS: Final = frozenset(("s", "sl", "ss", "sse", "stc", "sto"))
_BUYS: Final = frozenset(("b", "by", "bc", "btc", "bto"))
_ALONE: Final = {"short": SELL, "cover": BUY}
_SELLING: Final = ("sell", "sold", "sld", "sale")
_BUYING: Final = ("buy", "bought", "bot", "purch")
_NEXT: Final = "next"
"""A line below the one that is read: it is taken in where a quotation mark stays open."""
_UNDONE: Final = ("cancel", "cxl", "bust", "corr", "revers", "reject", "void", "expir")
"""What a broker adds to a trade that does not stand."""


# ---- lines and cells


def table(text: str) -> list[list[str]]:
    """The lines of what is pasted, each as its cells.

    Raises MalformedValue where commas may part columns or the thousands of a number.
    """
    by_line = [line for line in re.split(r"[\n\r]+", text) if line.strip()]
    if any("\t" in line for line in by_line):
        return [[cell.strip() for cell in line.split("\t")] for line in by_line]
    if "@" not in text and len(by_line) > 1 and all(";" in line for line in by_line):
        return [[cell.strip() for cell in line.split(";")] for line in by_line]
    lines = [_with_days(line) for line in re.split(r"[\n\r;]+", text) if line.strip()]
    if any("@" in line for line in lines):
        lines = [fill for line in lines for fill in _each_fill(line)]
        return [re.sub(r"\s+(?:at\s+)?@?\s*|@", "\t", line.strip()).split("\t") for line in lines]
    found = [_cells(at, line) for at, line in enumerate(lines, 1)]
    if all(len(row) > 1 for row in found):
        _doubtful(found, lines)
        return found
    return [_NO_YEAR.sub(r"\1-\2", line).split() for line in lines]


def _each_fill(line: str) -> list[str]:
    """The fills of one line: ``400 @ 120.10, 300 @ 120.45`` are two. Words before the first are said of each.

    Raises MalformedValue where it has other words between or behind them.
    """
    if line.count("@") < 2:
        return [line]
    found = list(_FILL.finditer(line))
    between = [line[one.end() : two.start()] for one, two in pairwise(found)]
    behind = line[found[-1].end() :] if found else line
    if len(found) != line.count("@") or not all(map(_PARTED.fullmatch, (*between, behind))):
        raise MalformedValue(
            f"Several fills are on one line with other words: {line.strip()[:40]}. Write each on a separate line"
        )
    before = line[: found[0].start()]
    return [f"{before}{each[1]} @ {each[2]}" for each in found]


def _cells(at: int, line: str) -> list[str]:
    """The cells of one line parted by commas.

    Raises MalformedValue where a quotation mark stays open, which would take in the lines below.
    """
    try:
        rows = list(csv.reader((line, _NEXT), skipinitialspace=True))
    except csv.Error:
        raise MalformedValue(
            f"Line {at} is too long for a fill: {line.strip()[:40]}. Paste only the fills"
        ) from None
    if len(rows) == 1:
        raise MalformedValue(
            f"Line {at} has a quotation mark that is not closed: {line.strip()[:40]}. Close it or remove it, and paste"
            " again"
        )
    return [cell.strip() for cell in rows[0]]


def _with_days(line: str) -> str:
    """The line with dates whose month is a word as one piece: ``2026-11-20`` for ``Nov 20, 2026``."""
    line = _DAY_FIRST.sub(lambda m: _iso(m[3], m[2], m[1]), line)
    return _MONTH_FIRST.sub(lambda m: _iso(m[3], m[1], m[2]), line)


def _iso(year: str, month: str, day: str) -> str:
    number = _MONTHS.index(month[:3].lower()) + 1
    return f"{year if len(year) == 4 else f'20{year}'}-{number:02}-{int(day):02}"


def _doubtful(rows: Sequence[Sequence[str]], lines: Sequence[str]) -> None:
    widths = [len([*row]) for row in rows]
    whole = "; put such numbers in quotes, or paste with tabs"
    for at, (row, line) in enumerate(zip(rows, lines, strict=True), 1):
        if widths[at - 1] != widths[0] and any(row[min(widths) :]):
            raise MalformedValue(
                f"Line {at} has {widths[at - 1]} columns where line 1 has {widths[0]}: {line.strip()[:40]}{whole}"
            )
        if heading(rows) is None and len(row) > 2 and _splits_a_number(row, line):
            raise MalformedValue(
                f"Line {at} can be read in two ways, for its comma may belong to a number: {line.strip()[:40]}{whole}"
            )


def _splits_a_number(row: Sequence[str], line: str) -> bool:
    """Whether two cells side by side may be one number, as 1,000 is, and two numbers are left without it."""
    numbers = len([cell for cell in row if number(cell) is not None])
    return numbers > 2 and any(
        _THOUSAND.match(one) and _BEHIND.match(two) and f"{one},{two}" in line for one, two in pairwise(row)
    )


def heading(rows: Sequence[Sequence[str]]) -> Sequence[str] | None:
    """The first line, when no cell of it is a number or a day."""
    if not rows or any(number(cell) is not None or is_dated(cell) for cell in rows[0]):
        return None
    return rows[0]


# ---- cells


def number(cell: str) -> Decimal | None:
    """The amount in a cell, without its sign; None for what is no amount. No sum: 2026-11-20 is a day."""
    bare = cell.strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    bare = bare.lstrip("-\u2212+")
    if re.search(r"[-\u2212+]", bare):
        return None
    try:
        return amount_typed(bare)
    except MalformedValue:
        return None


def is_negative(cell: str) -> bool:
    """Whether an amount is written as one taken away: ``-100``, ``(100)``."""
    return cell.strip()[:1] in ("-", "\u2212", "(")


def is_timed(cell: str) -> bool:
    """Whether a cell is a time of day and nothing else."""
    return bool(_TIME.search(cell)) and not _bare_day(cell)


def is_dated(cell: str) -> bool:
    """Whether a cell may be meant as a day, also one that can't be read."""
    return bool(_DATED.search(cell) or _COMPACT_TIMED.match(cell.strip())) and number(cell) is None


def is_compact(cell: str) -> bool:
    """Whether a cell is a day written in eight digits, or a number of that size."""
    return bool(_COMPACT.match(cell.strip()))


def day_in(cell: str, near: date) -> str:
    """The day in a cell, ISO 8601, its time left out; empty where it can't be read.

    ``near``: a day without a year is the one nearest to this.
    """
    bare = _with_days(_bare_day(cell))
    for pattern, order in ((_YEAR_FIRST, (1, 2, 3)), (_COMPACT, (1, 2, 3)), (_MONTH_FIRST_DASHED, (3, 1, 2))):
        if found := pattern.match(bare):
            year, month, day = (int(found[n]) for n in order)
            bare = f"{year if year > 99 else 2000 + year}-{month}-{day}"
    if not bare[:1].isalnum() or not any(c.isdigit() for c in bare):
        return ""
    from datetime import timedelta

    half = timedelta(days=182)
    try:
        return day_typed(bare.replace("-", " ") if bare[:1].isalpha() else bare, near + half).isoformat()
    except (MalformedValue, OverflowError):
        return ""


def _bare_day(cell: str) -> str:
    bare = _TIME_IN_DIGITS.sub("", _TIME.sub(" ", cell))
    return _WEEKDAY.sub("", bare).strip(" ,;T")


def side(cell: str) -> str:
    """``buy`` or ``sell`` for what a broker calls a trade: BOT, SLD, Sell short, Buy to cover; else empty."""
    words = re.findall(r"[a-z]+", cell.casefold())
    if any(word.startswith(_UNDONE) for word in words):
        return ""
    if len(words) == 1 and words[0] in _ALONE:
        return _ALONE[words[0]]
    sells = any(word in _SELLS or word.startswith(_SELLING) for word in words[:2])
    buys = any(word in _BUYS or word.startswith(_BUYING) for word in words[:2])
    return "" if sells == buys else SELL if sells else BUY


def is_sided(cell: str) -> bool:
    """Whether a cell mentions buying or selling, also in words whose side is not known."""
    words = re.findall(r"[a-z]+", cell.casefold())
    stems = (*_SELLING, "buy", "bought", "purch", "short", "cover")
    return bool(side(cell)) or any(word.startswith(stems) for word in words)
