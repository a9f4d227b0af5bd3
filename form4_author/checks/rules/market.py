"""Prices and exercises against the market prices that were supplied.

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
"""Times the market price from which a price is taken for that of all shares together."""
_TENTH: Final = Decimal("0.1")
_BY_MARKET: Final = frozenset("XO")
"""Codes of TXN-038: which of the two is right, the market price decides."""


@rule(
    "TXN-019",
    "Price of all shares together",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(needs=("prices",)),
)
def price_aggregate(filing: Filing, context: Context) -> Iterator[Hit]:
    """A price is twenty times the market price or more, or divided by the number of shares it is about that price.

    Why: The form asks for the price per share, not for that of all shares together.
    Fix: Divide by the number of shares.
    Silent: Where no market price of the security on that day was supplied.
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
                f"Price is ${dollars(price)} at a market price of ${dollars(market)};"
                f" divided by {grouped(shares)} shares it is ${each:,.2f}",
                related=((*path, "amount"),),
            )


@rule(
    "TXN-038",
    "Exercise against the market",
    Severity.WARNING,
    cite.FORM_CODES,
    cite.RULE_16B_6,
    when=When(codes=_BY_MARKET, needs=("prices",)),
)
def exercise_against_market(filing: Filing, context: Context) -> Iterator[Hit]:
    """A call was exercised as in the money (X) below its exercise price, or as out of the money (O) at or above it.

    Why: Code X is for derivative securities in or at the money, code O for those out of the money, which is not exempt.
    Fix: Use the other code, or correct the exercise price.
    Silent: For puts; where no market price of the underlying security on that day was supplied.
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
    "Price a hundredfold from the last filing's",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(codes=purchases_and_sales() | {"F"}, needs=("history",)),
)
def price_far_from_last(filing: Filing, context: Context) -> Iterator[Hit]:
    """A market price differs a hundredfold or more from that of the class on the last earlier form that has one.

    Why: The form asks for the price per share; a total, or a decimal point in the wrong place, is the likely cause.
    That prices move less between two forms is general knowledge.
    Fix: Correct the price.
    Silent: Where a text speaks of a split; without an earlier form with a price of the class; in Table II.
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
