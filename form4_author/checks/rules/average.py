"""Weighted average prices and the footnotes that they require.

Source: the SEC staff's no-action letter of June 25, 2008: same-way open market trades of one day within a one-dollar
range may be reported on one line at their weighted average, with the range and an undertaking to provide the prices.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.codes import purchases_and_sales
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern, dollars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_AVERAGED: Final = When(words=("weighted", "average price", "average sale", "average purchase"))
_AVERAGE: Final = Pattern(
    r"weighted[- ]?average|\baverage (?:sales? |sale |selling |purchase )?price", re.IGNORECASE
)
_AMOUNT: Final = r"(?:US\s?D?\s?)?\$?\s?((?<!\d)\d{1,3}(?:,\d{3}){1,6}(?:\.\d+)?|(?<!\d)\d+(?:\.\d+)?|\.\d+)"
"""Begins where its digits begin: a row of n digits is examined once, not n times."""
_BETWEEN: Final = (
    r"\s*(?:to|and|through|-|\u2013|\u2014|up to|(?:and|to) a high(?: price)? of|per share to)"
    r"\s*(?:a high of\s*)?"
)
_RANGE: Final = (
    Pattern(
        r"(?:rang\w{0,20}|prices?|between|from|varying|low)\b[^$\d]{0,60}"
        rf"{_AMOUNT}(?:\s*per share)?,?{_BETWEEN}{_AMOUNT}",
        re.IGNORECASE,
    ),
    Pattern(rf"{_AMOUNT}(?:\s*per share)?\s*(?:to|-|\u2013|\u2014)\s*{_AMOUNT}", re.IGNORECASE),
    Pattern(
        rf"(?:high|low)(?:est)?\b[^$\d.]{{0,60}}{_AMOUNT}[^$\d]{{0,20}}(?:high|low)(?:est)?\b[^$\d.]{{0,60}}{_AMOUNT}",
        re.IGNORECASE,
    ),
)
_UNDERTAKING: Final = Pattern(
    r"undertak|upon request|on request|will provide|agrees? to provide|full information|at each separate price",
    re.IGNORECASE,
)
_PRIVATE: Final = Pattern(
    r"privately|private (?:transaction|sale|purchase|placement)|negotiated transaction", re.IGNORECASE
)
_WIDEST: Final = Decimal(1)
_FAR: Final = 3
"""Times the price beyond which a number is not one end of its range."""


_Range = tuple[Decimal, Decimal]
"""The lowest and the highest price."""


class _Averages:
    """The weighted averages of a filing, and the ranges of prices in its texts, each text read once."""

    def __init__(self, filing: Filing) -> None:
        self.lines: Final[tuple[tuple[Path, Row, str], ...]] = tuple(_lines(filing))
        """The lines with a footnote that describes the price as a weighted average, each with that text."""
        self._ranges: Final[dict[str, tuple[list[_Range], Iterator[_Range]]]] = {}
        """By text, the ranges found so far and those still to be looked for."""

    def range(self, text: str, price: Decimal | None) -> tuple[Decimal, Decimal] | None:
        """The lowest and highest price in a text; of several ranges, the one that includes the price, or the first.

        None when the text has no pair of numbers near the price.
        """
        first = None
        for one in self._found(text):
            if price and (one[0] > price * _FAR or one[1] * _FAR < price):
                continue
            if not price or _within(price, one):
                return one
            first = first or one
        return first

    def _found(self, text: str) -> Iterator[tuple[Decimal, Decimal]]:
        """The ranges in a text, each looked for when the ones before it were not enough."""
        if text not in self._ranges:
            self._ranges[text] = [], (one for pattern in _RANGE for one in _ranges(pattern, text))
        known, others = self._ranges[text]
        yield from tuple(known)
        for one in others:
            known.append(one)
            yield one


def _lines(filing: Filing) -> Iterator[tuple[Path, Row, str]]:
    averaged = cache(_AVERAGE.search)  # many lines share a footnote
    for path, row in filing.transactions():
        text = next((text for text in texts_of_row(filing, path) if averaged(text)), None)
        if text is not None:
            yield path, row, text


def _ranges(pattern: Pattern, text: str) -> Iterator[tuple[Decimal, Decimal]]:
    for found in pattern.finditer(text):
        if not _is_date(found[0]):
            low, high = sorted(Decimal(part.replace(",", "")) for part in found.groups())
            yield low, high


def _within(price: Decimal, ends: tuple[Decimal, Decimal]) -> bool:
    """Whether an average may be of this range: it may be rounded to the last digit of the ends."""
    low, high = ends
    return low - _digit(low) <= price <= high + _digit(high)


def _digit(price: Decimal) -> Decimal:
    exponent = price.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _is_date(text: str) -> bool:
    return re.search(r"\b(?:19|20)\d\d\b", text) is not None and "$" not in text


@rule(
    "TXN-021",
    "Weighted average price without the range or the undertaking",
    Severity.WARNING,
    cite.STAFF_WEIGHTED_AVERAGE,
    when=_AVERAGED,
)
def average_unexplained(filing: Filing, context: Context) -> Iterator[Hit]:
    """A footnote describes a weighted average price without the range of prices, or without the undertaking.

    Why: The staff's letter permits one line for several trades if a footnote gives the range of prices and undertakes
    to provide full information on request.
    Fix: Add "at prices from $LOW to $HIGH" and that the reporting person will provide full information on request.
    Silent: For codes other than P and S; if any footnote or Remarks has the missing part.
    """
    prose = filing.prose()
    averages = context.once(_Averages, filing)
    undertaken = _UNDERTAKING.search(prose) is not None
    for path, row, text in averages.lines:
        if row.transaction_code.value not in purchases_and_sales():
            continue
        price = row.price.value
        texts = (text, *texts_of_row(filing, path), prose)
        ranged = any(averages.range(each, price) is not None for each in texts)
        missing = [
            part
            for part, found in (("the range", ranged), ("an undertaking to provide the prices", undertaken))
            if not found
        ]
        if missing:
            yield Hit(
                (*path, "price"),
                f"A footnote says the price is a weighted average; add {' and '.join(missing)}",
            )


@rule(
    "TXN-022",
    "Weighted average of prices more than one dollar apart",
    Severity.WARNING,
    cite.STAFF_WEIGHTED_AVERAGE,
    when=_AVERAGED,
)
def range_over_one_dollar(filing: Filing, context: Context) -> Iterator[Hit]:
    """The footnote of a weighted average price gives a range of more than one dollar.

    Why: The staff's letter covers trades within a one-dollar range.
    Fix: Report each one-dollar range on a separate line.
    Silent: For codes other than P and S; for a range of one dollar or less.
    """
    averages = context.once(_Averages, filing)
    for path, row, text in averages.lines:
        of_trades = row.transaction_code.value in purchases_and_sales()
        ends = averages.range(text, row.price.value) if of_trades else None
        if ends is not None and ends[1] - ends[0] > _WIDEST:
            low, high = ends
            yield Hit(
                (*path, "price"),
                f"The prices are ${dollars(low)} to ${dollars(high)}, ${dollars(high - low)} apart;"
                " a line may average a range of $1.00",
            )


@rule("TXN-023", "Weighted average price outside its range", Severity.WARNING, cite.PRACTICE, when=_AVERAGED)
def average_outside_range(filing: Filing, context: Context) -> Iterator[Hit]:
    """A weighted average price is below the lowest or above the highest price in its footnote.

    Why: An average cannot be outside its range, so one of the numbers is wrong. This is arithmetic; no rule says so.
    Fix: Correct the price or the range.
    Silent: If the footnote gives no range.
    """
    averages = context.once(_Averages, filing)
    for path, row, text in averages.lines:
        price = row.price.value
        ends = averages.range(text, price)
        if price and ends is not None and not _within(price, ends):
            yield Hit(
                (*path, "price"),
                f"Price is ${dollars(price)}, outside the range in its footnote, ${dollars(ends[0])} to "
                f"${dollars(ends[1])}",
            )


@rule(
    "TXN-024",
    "Weighted average price not permitted for this transaction",
    Severity.WARNING,
    cite.STAFF_WEIGHTED_AVERAGE,
    when=_AVERAGED,
)
def average_not_permitted(filing: Filing, context: Context) -> Iterator[Hit]:
    """A footnote describes a weighted average price on a line of a private transaction or of code G, W, Z, U or H.

    Why: The staff's letter covers open market purchases and sales.
    Fix: Report each transaction on a separate line, or correct the footnote if the price is not an average.
    Silent: For exercises and withholdings, whose prices may be of several grants; if the line has no price.
    """
    for path, row, text in context.once(_Averages, filing).lines:
        code = row.transaction_code.value or ""
        if not row.price.value:
            continue
        if code in purchases_and_sales() and _PRIVATE.search(text):
            yield Hit(
                (*path, "price"),
                "A weighted average is for open market trades; the footnote mentions a private one",
            )
        elif code in _WITHOUT_AVERAGE:
            yield Hit(
                (*path, "price"),
                f"A weighted average is for purchases and sales; the line has Transaction Code {code}",
                related=((*path, "transaction_code"),),
            )


_WITHOUT_AVERAGE: Final = frozenset("GWZUH")
"""Codes of TXN-024: one event at one price or without a price. For other codes, an average may be of several lots."""

RULES: Final[tuple[Rule, ...]] = (
    average_unexplained,
    range_over_one_dollar,
    average_outside_range,
    average_not_permitted,
)
