"""Terms of derivative securities: exercise price, ratio, underlying amount, column 9.

Sources: Form 4 General Instructions 4(a)(i), 4(c)(iii) and 5; Exchange Act Section 16(c) and Rule 16c-4. Much of it is
arithmetic and practice.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import EXERCISES, has_notes
from form4_author.checks.shape import table_2, text_matches
from form4_author.codes import purchases_and_sales, transaction_codes
from form4_author.findings import Hit, Severity
from form4_author.ledger.line import line_key
from form4_author.ledger.title import class_of
from form4_author.text import Pattern, dollars, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.ledger.line import LineKey
    from form4_author.model.filing import Filing
    from form4_author.model.table import DerivativeRow, NonDerivativeRow

__all__ = ["RULES"]

_PRICED: Final = Pattern(r"\b(?:option|warrant)s?\b", re.IGNORECASE)
_PAID_FOR: Final = EXERCISES - {"C"}
"""Codes of exercises at a price in money; in a conversion the security itself is the price."""
_PUT_EQUIVALENT: Final = (
    ("S", Pattern(r"obligation to sell|written call|short call", re.IGNORECASE), "A call is written"),
    (
        "P",
        Pattern(r"\A(?!.*(?:obligation|written|short)).*(?:right to sell|\bputs?\b)", re.IGNORECASE),
        "A put is bought",
    ),
)
"""By transaction code, the titles whose holder gains when the shares fall (Rule 16a-1(h))."""


def _derivatives(filing: Filing, codes: str | frozenset[str]) -> Iterator[tuple[Path, DerivativeRow]]:
    for index, row in enumerate(filing.derivative):
        if row.is_transaction and (row.transaction_code.value or "?") in codes:
            yield ("derivative", index), row


def _pair(filing: Filing, row: DerivativeRow) -> tuple[Path, NonDerivativeRow] | None:
    """The one line of Table I of the same day and code; None where there are several, or several in Table II."""
    code, day = row.transaction_code.value, row.transaction_date.value
    same = [
        r for r in filing.derivative if r.transaction_code.value == code and r.transaction_date.value == day
    ]
    shares = [
        (("non_derivative", i), r)
        for i, r in enumerate(filing.non_derivative)
        if r.transaction_code.value == code and r.transaction_date.value == day
    ]
    return shares[0] if len(same) == len(shares) == 1 else None


@rule(
    "DRV-014",
    "Price paid on exercise differs from the exercise price",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_III,
    when=When(codes=_PAID_FOR),
)
def strike_and_price_differ(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The price of the shares acquired on exercise differs from the exercise price of the derivative security.

    Why: The price paid on exercise is the exercise price: column 2 of Table II and column 4 of Table I agree.
    Fix: Correct the one that is wrong.
    Silent: With a footnote on either price; when either price is 0 or blank; when several lines belong to the
    exercise.
    """
    for path, row in _derivatives(filing, _PAID_FOR):
        pair = _pair(filing, row)
        if pair is None or row.exercise_price.footnotes or pair[1].price.footnotes:
            continue
        strike, price = row.exercise_price.value, pair[1].price.value
        if strike and price and strike != price:
            yield Hit(
                (*pair[0], "price"),
                f"Price is ${dollars(price)}, but the exercise price in Table II is ${dollars(strike)}",
                related=((*path, "exercise_price"),),
            )


@rule(
    "DRV-016",
    "Option or warrant with an exercise price of 0",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(has=("table_2",)),
)
@text_matches(
    "security_title",
    _PRICED.search,
    'Conversion or Exercise Price of "{text}" is 0; give the price or explain it',
    of=table_2,
    when=lambda row: row.exercise_price.value == 0 and not row.exercise_price.footnotes,
    at="exercise_price",
)
def exercise_price_zero() -> None:
    """The exercise price of an option or warrant is 0, without a footnote on it.

    Why: Options and warrants have an exercise price. That 0 is a mistake is general knowledge.
    Fix: Give the price, or a footnote that explains it.
    Silent: For units and other titles.
    """


@rule(
    "DRV-017",
    "Underlying shares of the remaining position given for an exercise",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(codes=EXERCISES),
)
def underlying_of_the_rest(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On an exercise, the underlying amount is what remains afterward, not what was exercised.

    Why: Columns 5 and 7 report this transaction; column 9 reports what remains. This is general knowledge.
    Fix: Give the underlying amount of this transaction.
    Silent: When the number exercised and its underlying amount agree, or when nothing remains.
    """
    for path, row in _derivatives(filing, EXERCISES):
        underlying, rest, moved = (
            row.underlying_amount.value,
            row.amount_owned_following.value,
            row.amount.value,
        )
        if underlying and rest == underlying and moved and moved != underlying:
            yield Hit(
                (*path, "underlying_amount"),
                f"Amount of underlying securities is {grouped(underlying)}, what remains after this exercise of"
                f" {grouped(moved)}; give the amount for {grouped(moved)}",
                related=((*path, "amount"), (*path, "amount_owned_following")),
            )


@rule("DRV-018", "Conversion ratio not explained", Severity.NOTE, cite.PRACTICE, when=When(has=("table_2",)))
def ratio_unexplained(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The underlying amount differs from the number of derivative securities, and no footnote of the line says why.

    Why: A reader cannot distinguish a conversion ratio from a mistake. To explain the ratio is practice.
    Fix: Add a footnote with the ratio.
    Silent: With any footnote on the line; when the two numbers agree or either one is missing.
    """
    for path, row in _derivatives(filing, frozenset(transaction_codes())):
        amount, underlying = row.amount.value, row.underlying_amount.value
        if amount and underlying and amount != underlying and not has_notes(filing, path):
            yield Hit(
                (*path, "underlying_amount"),
                f"{grouped(amount)} derivative securities are for {grouped(underlying)} shares; no footnote gives"
                " the ratio",
                related=((*path, "amount"),),
            )


@rule(
    "DRV-020",
    "Column 9 combines several series of derivative securities",
    Severity.NOTE,
    cite.PRACTICE,
    when=When(has=("table_2",)),
)
def series_added_up(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Several series of a derivative security are granted, and each line's total is the sum of all of them.

    Why: Column 9 is for the series of its line: the same exercise price and expiration date. This is practice.
    Fix: Give each line the total of its own series.
    Silent: With a footnote on the total; when there is only one series.
    """
    if len(filing.derivative) < 2:
        return
    grants: dict[str, list[tuple[Path, DerivativeRow]]] = {}
    for path, row in _derivatives(filing, "AP"):
        if (
            row.acquired_disposed.value == "A"
            and row.amount.value
            and not row.amount_owned_following.footnotes
        ):
            grants.setdefault(class_of(row.security_title.value), []).append((path, row))
    for rows in grants.values():
        series = {(row.exercise_price.value, row.expiration_date.value) for _path, row in rows}
        total = sum((row.amount.value or Decimal(0) for _path, row in rows), Decimal(0))
        if len(series) > 1 and all(row.amount_owned_following.value == total for _path, row in rows):
            first, *others = (path for path, _row in rows)
            terms = " + ".join(grouped(row.amount.value or Decimal(0)) for _path, row in rows)
            yield Hit(
                (*first, "amount_owned_following"),
                f"Each line has {terms} = {grouped(total)}; column 9 is for the series of its line only",
                related=tuple((*path, "amount_owned_following") for path in others),
            )


@rule(
    "DRV-028",
    "Call written or put bought on more shares than are owned",
    Severity.NOTE,
    cite.SECTION_16C,
    cite.RULE_16C_4,
    when=When(
        codes=purchases_and_sales(),
        has=(
            "table_1",
            "table_2",
        ),
    ),
)
def call_uncovered(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A call is written, or a put bought, on more shares than the lines of Table I report as owned.

    Why: Section 16(c) prohibits short sales; Rule 16c-4 allows a put equivalent position up to the number of shares
    owned.
    Fix: Check the number of shares, and whether the person owns shares that these lines do not report.
    Silent: Without a total in Table I; for every title other than that of a written call or a purchased put.
    """
    options = tuple(_derivatives(filing, purchases_and_sales()))
    totals: dict[LineKey, Decimal] = {}
    for row in filing.non_derivative if options else ():
        if row.amount_owned_following.value is not None:
            totals[line_key("non_derivative", row)] = row.amount_owned_following.value
    owned = sum(totals.values(), Decimal(0))
    for path, option in options if totals else ():
        shares, title = option.underlying_amount.value, option.security_title.value or ""
        for code, words, what in _PUT_EQUIVALENT:
            if (
                option.transaction_code.value == code
                and shares is not None
                and shares > owned
                and words.search(title)
            ):
                yield Hit(
                    (*path, "underlying_amount"),
                    f"{what} on {grouped(shares)} shares, but Table I reports {grouped(owned)} owned",
                )


RULES: Final[tuple[Rule, ...]] = (
    strike_and_price_differ,
    exercise_price_zero,
    underlying_of_the_rest,
    ratio_unexplained,
    series_added_up,
    call_uncovered,
)
