"""Small acquisitions under Rule 16a-6 (code L): up to $10,000 in six months, not from the issuer, without a later sale.

Source: Rule 16a-6(a) and (b). Earlier filings of the person count if they are known.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.shape import NOTES, coded, text_matches
from form4_author.codes import matchable
from form4_author.findings import Hit, Severity
from form4_author.ledger.history import earlier
from form4_author.shortswing.window import window
from form4_author.text import Pattern, dollars, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_SMALL: Final = When(codes=frozenset("L"))
_MOST: Final = Decimal(10000)
_FROM_ISSUER: Final = Pattern(
    r"(?:from|by) the (?:issuer|company)\b|\bissued by\b|(?:issuer|company)'s [\w -]{0,40}\bplan\b|under (?:the"
    r"|an) [\w -]*plan of"
    r" the (?:issuer|company)",
    re.IGNORECASE,
)
_NOT_EXEMPT: Final = matchable() - frozenset("LOHE")
"""Codes of dispositions that end the deferral, without those that exercise or end a derivative security, whose (D) is
not a disposition of the shares."""


def _small(filing: Filing) -> Iterator[tuple[Path, Row, date]]:
    for path, row in filing.transactions():
        day = row.transaction_date.value
        if row.transaction_code.value == "L" and day is not None:
            yield path, row, day


def _cost(row: Row) -> Decimal | None:
    amount, price = row.amount.value, row.price.value
    return amount * price if amount is not None and price is not None else None


@rule("TXN-031", "Small acquisitions over $10,000", Severity.WARNING, cite.RULE_16A_6, when=_SMALL)
def small_acquisition_too_large(filing: Filing, context: Context) -> Iterator[Hit]:
    """Acquisitions with code L exceed $10,000, alone or together with others within six months.

    Why: Rule 16a-6 defers the reporting of acquisitions that do not exceed $10,000 in market value within six months.
    Fix: Report them on Form 4 with code P, within two business days.
    Silent: Without a price or an amount. Earlier filings count only if they are known.
    """
    others = [
        (day, cost)
        for prior in earlier(filing, context.facts.history or ())
        for _path, row, day in _small(prior.filing)
        if (cost := _cost(row)) is not None
    ]
    before: list[tuple[date, Decimal]] = []
    for path, row, day in _small(filing):
        cost = _cost(row)
        if cost is None:
            continue
        recent = [c for d, c in (*others, *before) if d <= day < window(d).mark]
        total = cost + sum(recent, Decimal(0))
        before.append((day, cost))
        if total > _MOST:
            amount, price = row.amount.value or Decimal(0), row.price.value or Decimal(0)
            terms = f"{grouped(amount)} at ${dollars(price)} cost ${cost:,.2f}"
            more = f", and ${total:,.2f} with others within six months" if recent else ""
            yield Hit(
                (*path, "transaction_code"),
                f"{terms}{more}, over the ${_MOST:,f} limit for code L",
                related=((*path, "amount"), (*path, "price")),
            )


@rule("TXN-032", "Small acquisition from the issuer", Severity.WARNING, cite.RULE_16A_6, when=_SMALL)
@text_matches(
    NOTES,
    _FROM_ISSUER.search,
    "Transaction Code L is not for securities from the issuer or its plan, as in the footnote",
    of=coded("L"),
    when=lambda row: row.transaction_date.value is not None,
    at="transaction_code",
)
def small_acquisition_from_issuer() -> None:
    """A footnote of an acquisition with code L says that the securities came from the issuer or its plan.

    Why: The rule does not cover acquisitions from the issuer, including from its plans.
    Fix: Use code A, or J with a description.
    Silent: If no footnote of the line says so.
    """


@rule(
    "TXN-033",
    "Disposition within six months after a small acquisition",
    Severity.WARNING,
    cite.RULE_16A_6,
    when=When(codes=_NOT_EXEMPT),
)
def small_acquisition_sold(filing: Filing, context: Context) -> Iterator[Hit]:
    """A disposition that is not exempt follows a small acquisition within six months, on this or an earlier filing.

    Why: Reporting is deferred only if there is no disposition within six months, other than an exempt one. Otherwise,
    the small acquisitions are due on Form 4.
    Fix: Report the small acquisitions on Form 4 within two business days.
    Silent: For exempt dispositions such as withholdings and gifts.
    """
    acquired = [(day, "on this form") for _path, _row, day in _small(filing)]
    for prior in earlier(filing, context.facts.history or ()):
        acquired += [
            (day, f"on Form {prior.filing.form} of {prior.day}") for _p, _r, day in _small(prior.filing)
        ]
    if not acquired:
        return
    for path, row in filing.transactions():
        day = row.transaction_date.value
        if row.transaction_code.value not in _NOT_EXEMPT or row.acquired_disposed.value != "D" or day is None:
            continue
        found = next((one for one in acquired if one[0] <= day < window(one[0]).mark), None)
        if found is not None:
            yield Hit(
                (*path, "transaction_date"),
                f"Disposition on {day} ends the deferral of the small acquisition of {found[0]} {found[1]},"
                f" {(day - found[0]).days} days before",
            )


RULES: Final[tuple[Rule, ...]] = (
    small_acquisition_too_large,
    small_acquisition_from_issuer,
    small_acquisition_sold,
)
