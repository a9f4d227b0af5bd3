"""Weighted average prices and what must be said about them.

Source: the SEC staff's no-action letter of 25 June 2008: trades of one day, the same way, in the open market and within
one dollar may be reported on one line at their weighted average, with the range and an undertaking to tell the prices.
"""

from __future__ import annotations

import re
from decimal import Decimal
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
"""Begins where its digits begin: a row of n digits is looked at once, not n times."""
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


def _averages(filing: Filing) -> Iterator[tuple[Path, Row, str]]:
    """The lines whose footnotes call the price a weighted average, each with the text that does."""
    for path, row in filing.transactions():
        text = next((text for text in texts_of_row(filing, path) if _AVERAGE.search(text)), None)
        if text is not None:
            yield path, row, text


def _range(text: str, price: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest price that a text tells; of several ranges the one that holds the price, or the first.

    None when the text tells no pair of numbers near the price.
    """
    told = [found for pattern in _RANGE for found in _ranges(pattern, text, price)]
    holding = (one for one in told if price and _within(price, one))
    return next(holding, told[0] if told else None)


def _ranges(pattern: Pattern, text: str, price: Decimal | None) -> Iterator[tuple[Decimal, Decimal]]:
    for found in pattern.finditer(text):
        low, high = sorted(Decimal(part.replace(",", "")) for part in found.groups())
        near = not price or (low <= price * _FAR and high * _FAR >= price)
        if near and not _is_date(found[0]):
            yield low, high


def _within(price: Decimal, told: tuple[Decimal, Decimal]) -> bool:
    """Whether an average may be of this range: it is rounded, by as much as the last digit of the ends."""
    low, high = told
    return low - _digit(low) <= price <= high + _digit(high)


def _digit(price: Decimal) -> Decimal:
    exponent = price.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _is_date(text: str) -> bool:
    return re.search(r"\b(?:19|20)\d\d\b", text) is not None and "$" not in text


@rule(
    "TXN-021",
    "Average without range or undertaking",
    Severity.WARNING,
    cite.STAFF_WEIGHTED_AVERAGE,
    when=_AVERAGED,
)
def average_unexplained(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote calls a price a weighted average and does not give the range, or does not undertake to tell all of it.

    Why: The staff's letter lets trades be added up on these terms.
    Fix: Add "at prices from $LOW to $HIGH" and that the reporting person will give full information on request.
    Silent: For codes other than P and S; when any footnote or remark of the form has the missing part.
    """
    prose = filing.prose()
    undertaken = _UNDERTAKING.search(prose) is not None
    for path, row, text in _averages(filing):
        if row.transaction_code.value not in purchases_and_sales():
            continue
        price = row.price.value
        ranged = any(_range(t, price) is not None for t in (text, *texts_of_row(filing, path)))
        ranged = ranged or _range(prose, price) is not None
        missing = [
            what
            for what, told in (("the range of prices", ranged), ("an undertaking to tell them", undertaken))
            if not told
        ]
        if missing:
            yield Hit(
                (*path, "price"),
                f"The price is a weighted average by its footnote, which lacks {' and '.join(missing)}",
            )


@rule(
    "TXN-022",
    "Average over more than a dollar",
    Severity.WARNING,
    cite.STAFF_WEIGHTED_AVERAGE,
    when=_AVERAGED,
)
def range_over_one_dollar(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The footnote of a weighted average gives a range of more than one dollar.

    Why: The staff's letter covers trades within a one dollar range.
    Fix: Give each range of a dollar a line of its own.
    Silent: For codes other than P and S; for a range of one dollar or less.
    """
    for path, row, text in _averages(filing):
        told = _range(text, row.price.value) if row.transaction_code.value in purchases_and_sales() else None
        if told is not None and told[1] - told[0] > _WIDEST:
            low, high = told
            yield Hit(
                (*path, "price"),
                f"The weighted average is over ${dollars(low)} to ${dollars(high)}, a range of ${dollars(high - low)};"
                " at most $1.00 goes on a line",
            )


@rule("TXN-023", "Average outside its range", Severity.WARNING, cite.PRACTICE, when=_AVERAGED)
def average_outside_range(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A weighted average price is below the lowest or above the highest price that its footnote gives.

    Why: No average can be; one of the numbers is wrong. This is arithmetic, no rule.
    Fix: Correct the price or the range.
    Silent: When the footnote gives no range.
    """
    for path, row, text in _averages(filing):
        price = row.price.value
        told = _range(text, price)
        if price and told is not None and not _within(price, told):
            yield Hit(
                (*path, "price"),
                f"Price is ${dollars(price)}, outside the range of its footnote, ${dollars(told[0])} to "
                f"${dollars(told[1])}",
            )


@rule(
    "TXN-024", "Average where none is admitted", Severity.WARNING, cite.STAFF_WEIGHTED_AVERAGE, when=_AVERAGED
)
def average_not_admitted(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote calls a price a weighted average on a line with another code than P or S, or of a private deal.

    Why: The staff's letter covers open market purchases and sales.
    Fix: Give each transaction a line, or take the words out if the price is none.
    Silent: For exercises and withholdings, whose prices may be of several grants; when the line's price is blank.
    """
    for path, row, text in _averages(filing):
        code = row.transaction_code.value or ""
        if not row.price.value:
            continue
        if code in purchases_and_sales() and _PRIVATE.search(text):
            yield Hit(
                (*path, "price"),
                "A weighted average is for open market trades; the footnote speaks of a private one",
            )
        elif code in _WITHOUT_AVERAGE:
            yield Hit(
                (*path, "price"),
                f"A weighted average is for purchases and sales; the line has Transaction Code {code}",
                related=((*path, "transaction_code"),),
            )


_WITHOUT_AVERAGE: Final = frozenset("GWZUH")
"""Codes of TXN-024: one event at one price, or none. For the others an average may be of several grants or lots."""

RULES: Final[tuple[Rule, ...]] = (
    average_unexplained,
    range_over_one_dollar,
    average_outside_range,
    average_not_admitted,
)
