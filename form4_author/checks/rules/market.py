"""Rules that compare prices and exercises with market prices that the user supplies.

Sources: Form 4 General Instruction 5(a); the printed definitions of codes X and O; Rule 16b-6(b).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.earlier import forms_before, prior_words
from form4_author.checks.rules.plausible import hundredfold, priced
from form4_author.codes import purchases_and_sales
from form4_author.findings import Hit, Severity
from form4_author.model.table import DerivativeRow
from form4_author.text import dollars, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.facts import PriorFiling
    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_AGGREGATE: Final = 20
"""Multiple of the market price at which a price is treated as the total for all shares."""
_TENTH: Final = Decimal("0.1")
_BY_MARKET: Final = frozenset("XO")
"""Codes of TXN-038: the market price decides which of the two is right."""


@rule(
    "TXN-019",
    "Total price in place of the price per share",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(needs=("prices",)),
)
def price_aggregate(filing: Filing, context: Context) -> Iterator[Hit]:
    """A price is at least twenty times the market price, or is about the market price times the number of shares.

    Why: The form asks for the price per share, not the total for all shares.
    Fix: Divide the price by the number of shares.
    Silent: If no market price of the security on that day was supplied.
    """
    for path, row in filing.transactions():
        price, shares = row.price.value, row.amount.value
        market = context.facts.price(row.security_title.value, row.transaction_date.value)
        if not price or not shares or not market:
            continue
        each = price / shares
        if price >= _AGGREGATE * market or (shares > 1 and abs(each - market) <= market * _TENTH):
            yield Hit(
                (*path, "price"),
                f"Price is ${dollars(price)}, but the market price is ${dollars(market)};"
                f" for {grouped(shares)} shares it is ${each:,.2f} each",
                related=((*path, "amount"),),
            )


@rule(
    "TXN-038",
    "Exercise code that contradicts the market price",
    Severity.WARNING,
    cite.FORM_CODES,
    cite.RULE_16B_6,
    when=When(codes=_BY_MARKET, needs=("prices",)),
)
def exercise_against_market(filing: Filing, context: Context) -> Iterator[Hit]:
    """A call has code X with a market price below its exercise price, or code O with a market price at or above it.

    Why: Code X is for the exercise of in-the-money or at-the-money derivative securities. Code O is for the exercise of
    out-of-the-money derivative securities, which is not exempt.
    Fix: Use the other code, or correct the exercise price.
    Silent: For puts; if no market price of the underlying security on that day was supplied.
    """
    for path, row in filing.transactions():
        if not isinstance(row, DerivativeRow) or row.transaction_code.value not in _BY_MARKET:
            continue
        if "put" in (row.security_title.value or "").lower():
            continue
        strike, code = row.exercise_price.value, row.transaction_code.value
        market = context.facts.price(row.underlying_title.value, row.transaction_date.value)
        if strike is None or market is None:
            continue
        if (code == "X") != (strike <= market):
            state = "in or at the money" if strike <= market else "out of the money"
            yield Hit(
                (*path, "transaction_code"),
                f"Transaction Code is {code}, but at ${dollars(market)} a right to buy at ${dollars(strike)} is"
                f" {state}",
                related=((*path, "exercise_price"),),
            )


@rule(
    "TXN-054",
    "Price a hundred times higher or lower than on the last filing",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(codes=purchases_and_sales() | {"F"}, needs=("history",)),
)
def price_far_from_last(filing: Filing, context: Context) -> Iterator[Hit]:
    """A market price is at least a hundred times higher or lower than on the last filing with a price of the class.

    Why: The form asks for the price per share. A total price or a misplaced decimal point is the likely cause. That
    prices change less between two filings is general knowledge.
    Fix: Correct the price.
    Silent: If a text mentions a split; without an earlier filing with a price of the class; in Table II.
    """
    if "split" in filing.prose():
        return
    last: dict[str, tuple[PriorFiling, Decimal]] = {}
    for prior in forms_before(filing, context):
        last |= {name: (prior, lines[-1][2]) for name, lines in priced(prior.filing).items()}
    for name, lines in priced(filing).items():
        for path, _row, price in lines if name in last else ():
            prior, before = last[name]
            if hundredfold(price, before):
                yield Hit(
                    (*path, "price"),
                    f"Price is ${dollars(price)}, but ${dollars(before)} on {prior_words(prior)}; give the price"
                    f" per share",
                )


RULES: Final[tuple[Rule, ...]] = (price_aggregate, exercise_against_market, price_far_from_last)
