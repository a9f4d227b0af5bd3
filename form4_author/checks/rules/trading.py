"""Trading days: trades on days without trading, redundant deemed dates, trades of several days on one line.

Sources: Form 4, columns 2, 2A and 3A, and General Instruction 4(a)(ii); the staff's letter of June 25, 2008 on weighted
averages (one day only). That shares trade on the exchanges' days is general knowledge.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.checks.wording import dates_in
from form4_author.codes import purchases_and_sales
from form4_author.findings import Edit, Fix, Hit, Severity
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_UNLISTED: Final = frozenset({"NONE", "N/A", "NA", "-", "--"})
_PRIVATE: Final = Pattern(
    r"private|negotiated|directly (?:from|to)|off[- ]market|tender|merger|offering|purchase agreement|dividend|reinvest"
    r"|espp|stock purchase plan",
    re.IGNORECASE,
)
_DATE: Final = (
    r"(?:[a-z]{3,9}\.?\s*\d{1,2}(?:st|nd|rd|th)?\s*,?\s*\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2})"
)
_DAYS: Final = Pattern(
    rf"\b(?:on|from|between|over|during)\s+({_DATE}(?:\s*(?:,\s*and|,|and|&|to|through|-)\s*{_DATE})+)",
    re.IGNORECASE,
)
"""Days in a row: ``on 5/19/2023, 5/22/2023 and 5/23/2023``."""
_DAY_AFTER_DAY: Final = Pattern(
    r"\d\s*(?:,|and|&|to|through|-)\s*(?:and\s+)?(?:[a-z]{3,9}\.?\s*\d|\d{1,2}/|\d{4}-)", re.IGNORECASE
)
"""What every such list of days contains; searched first, because a pattern that starts with a digit is fast."""
_SEVERAL_DAYS: Final = Pattern(
    r"\b(?:over|on|during) (?:several|multiple|various|two|three|four|five|successive|consecutive)"
    r" (?:trading |business |different )?(?:days|dates)\b",
    re.IGNORECASE,
)
_TRADED: Final = Pattern(
    r"\b(?:sold|bought|purchased|acquired|executed|effected|transactions?|trades?|sales?|purchases?)\b[^;]{0,120}\Z",
    re.IGNORECASE,
)
"""A word for a trade shortly before the end."""
_NEAR: Final = 14
"""Days around the transaction date within which another date is one of the same order."""


@rule(
    "DAT-010",
    "Deemed execution date equal to the transaction date",
    Severity.NOTE,
    cite.FORM4_INSTR_4A_II,
    cite.PRACTICE,
    when=When(has=("deemed",)),
)
def deemed_date_redundant(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The deemed execution date equals the transaction date.

    Why: The column is for a deemed date of execution that differs from the transaction date. Leaving it blank otherwise
    is practice.
    Fix: Clear the column.
    Silent: If the dates differ.
    """
    for path, row in filing.transactions():
        deemed = row.deemed_execution_date.value
        if deemed is not None and deemed == row.transaction_date.value:
            at = (*path, "deemed_execution_date")
            yield Hit(
                at,
                f"Deemed Execution Date is {deemed}, the same as Transaction Date; clear it",
                related=((*path, "transaction_date"),),
                fix=Fix("Clear the deemed execution date", (Edit(at, None),), safe=True),
            )


@rule(
    "DAT-011",
    "Market transaction on a day without trading",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(codes=purchases_and_sales()),
)
def no_trading_that_day(filing: Filing, context: Context) -> Iterator[Hit]:
    """A purchase or sale of a listed security is dated on a weekend or an exchange holiday.

    Why: The exchanges are closed on that day; the date may be the settlement date. This is general knowledge.
    Fix: Give the date on which the order was executed.
    Silent: Without a trading symbol; in Table II; if a footnote of the line mentions a private transaction, a purchase
    plan, an offering or a dividend.
    """
    symbol = (filing.issuer.trading_symbol or "").strip().upper()
    if not symbol or symbol in _UNLISTED:
        return
    for path, row in filing.transactions():
        day = row.transaction_date.value
        if (
            path[0] != "non_derivative"
            or row.transaction_code.value not in purchases_and_sales()
            or day is None
        ):
            continue
        if context.calendar.is_trading_day(day) or any(
            _PRIVATE.search(t) for t in texts_of_row(filing, path)
        ):
            continue
        yield Hit(
            (*path, "transaction_date"),
            f"Transaction Date {day} is {_weekday(day.weekday())}, when the exchanges do not trade",
            related=((*path, "transaction_code"),),
        )


def _weekday(number: int) -> str:
    return {5: "a Saturday", 6: "a Sunday"}.get(number, "a holiday")


@rule(
    "DAT-016",
    "Trades of several days on one line",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_II,
    cite.STAFF_WEIGHTED_AVERAGE,
    when=When(
        codes=purchases_and_sales(),
        words=(
            "sold",
            "purchased",
            "acquired",
            "executed",
            "effected",
            "transaction",
            "trade",
            "sale",
            "purchase",
        ),
    ),
)
def several_days_on_a_line(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote of a purchase or sale says that the trades were made on several days.

    Why: Each transaction is reported on a separate line. The staff permits one line for the trades of one day, but not
    for those of several days.
    Fix: Report each day on a separate line.
    Silent: If the footnote names at most one day near the transaction date; if a second day is that of a different
    event, such as a closing; if each day has a line.
    """
    listed = {row.transaction_date.value for _path, row in filing.transactions()}
    others = cache(lambda text, day: _other_days(text, day, listed))  # many lines share day and footnote
    for path, row in filing.transactions():
        day = row.transaction_date.value
        if row.transaction_code.value not in purchases_and_sales() or day is None:
            continue
        days = next(filter(None, (others(text, day) for text in texts_of_row(filing, path))), None)
        if days:
            yield Hit(
                (*path, "transaction_date"),
                f"Transaction Date is {day}, but a footnote of the line mentions trades {days}",
            )


def _other_days(text: str, day: date, listed: set[date | None]) -> str:
    """``on 2026-10-19 and 2026-10-20``, ``on several days``; empty for one day and where each has a line."""
    rows = _after_trade(_DAYS, text) if _DAY_AFTER_DAY.search(text) else ()
    near = {d for row in rows for d in dates_in(row[1]) if abs((d - day).days) <= _NEAR}
    days = sorted(near)
    if len(days) > 1:
        return "" if near <= listed else f"on {', '.join(str(d) for d in days[:-1])} and {days[-1]}"
    several = "da" in text and any(_after_trade(_SEVERAL_DAYS, text))
    return "on several days" if several else ""


def _after_trade(pattern: Pattern, text: str) -> Iterator[re.Match[str]]:
    """The places that fit and have a word for a trade before them."""
    return (m for m in pattern.finditer(text) if _TRADED.search(text[max(0, m.start() - 135) : m.start()]))


RULES: Final[tuple[Rule, ...]] = (deemed_date_redundant, no_trading_that_day, several_days_on_a_line)
