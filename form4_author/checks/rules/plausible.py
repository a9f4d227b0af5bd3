"""Plausibility of prices without market data: compared with each other, with usual prices, and per depositary share.

Sources: Form 4 General Instruction 5(a), the price per share. Usual prices are general knowledge, so each rule is at
most a warning.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.codes import purchases_and_sales
from form4_author.findings import Hit, Severity
from form4_author.ledger.title import class_of
from form4_author.text import Pattern, dollars, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES", "hundredfold", "priced"]

_AT_MARKET: Final = purchases_and_sales() | {"F"}
"""Codes whose price is that of the market."""
_APART: Final = 100
"""The ratio of two prices from which one of them is wrong."""
_DEAREST: Final = Decimal(5000)
"""Dollars a share that few shares reach."""
_LARGEST: Final = Decimal(20_000_000_000)
"""Dollars that no line of an accepted filing reaches."""
_DEAR: Final = Pattern(
    r"preferred|preference|\bnotes?\b|\bunits?\b|\bbonds?\b|debenture|convertible|certificate|contract"
    r"|interests?\b|warrant",
    re.IGNORECASE,
)
_PER_DEPOSITARY: Final = Pattern(
    r"(?:\bprices?\b[^.;]{0,60}\b(?:per|of an?|of one|for each)|\$\s?[\d.,]+ (?:per|an?|each|for each|for an?))"
    r" (?:american )?(?:ADS|ADR|GDS|GDR|depositary (?:share|receipt))s?\b",
    re.IGNORECASE,
)
_PER_SHARE: Final = Pattern(
    r"\b(?:per|an?|each|every) (?:ordinary|common|underlying|class \w) (?:ordinary )?share\b[^.;]{0,60}(?:\$"
    r"|price|divid)"
    r"|\$[\d.,]+ (?:per|an?) (?:ordinary|common|underlying|class \w)|\bdivid(?:ed|ing)\b|\bconverted\b|\badjusted\b",
    re.IGNORECASE,
)
_DEPOSITARY: Final = Pattern(r"\bADSs?\b|\bADRs?\b|\bGD[SR]s?\b|depositary", re.IGNORECASE)


def priced(filing: Filing) -> dict[str, list[tuple[Path, Row, Decimal]]]:
    """The lines of Table I with a market price, by class."""
    found: dict[str, list[tuple[Path, Row, Decimal]]] = {}
    for index, row in enumerate(filing.non_derivative):
        path: Path = ("non_derivative", index)
        price = row.price.value
        if row.is_transaction and row.transaction_code.value in _AT_MARKET and price:
            found.setdefault(class_of(row.security_title.value), []).append((path, row, price))
    return found


def hundredfold(one: Decimal, other: Decimal) -> bool:
    """Whether one price is a hundred times the other, or more."""
    return max(one, other) >= _APART * min(one, other)


@rule(
    "TXN-052",
    "Prices of one class that differ a hundred times or more",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(codes=_AT_MARKET),
)
def prices_far_apart(filing: Filing, _context: Context) -> Iterator[Hit]:
    """One market price on the form is at least a hundred times a different price of the same class.

    Why: The form asks for the price per share. One of the two is probably a total, or has a misplaced decimal point.
    That prices on one form differ less is general knowledge.
    Fix: Correct the wrong price.
    Silent: In Table II, where each option has its own price; for codes other than P, S and F.
    """
    for lines in priced(filing).values():
        _low_path, _low_row, low = lowest = min(lines, key=lambda line: line[2])
        _high_path, _high_row, high = highest = max(lines, key=lambda line: line[2])
        if not hundredfold(low, high):
            continue
        near_low = sum(not hundredfold(low, price) for _path, _row, price in lines)
        odd, other = (lowest, highest) if near_low * 2 < len(lines) else (highest, lowest)
        yield Hit(
            (*odd[0], "price"),
            f"Price is ${dollars(odd[2])}, but ${dollars(other[2])} for the same class on this form; give the"
            f" price per share{_total(odd[1], odd[2])}",
            related=((*other[0], "price"),),
        )


def _total(row: Row, price: Decimal) -> str:
    """``; 40,000 at $7,312 is $292,480,000.00``."""
    amount = row.amount.value
    return f"; {grouped(amount)} at ${dollars(price)} is ${amount * price:,.2f}" if amount else ""


@rule(
    "TXN-053",
    "Price above $5,000 or value of a line above $20 billion",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(has=("transaction",)),
)
def price_too_high(filing: Filing, context: Context) -> Iterator[Hit]:
    """A price is above $5,000 a share, or the amount of a line times its price is above $20 billion.

    Why: The form asks for the price per share. So high a price is probably a total, or has a misplaced decimal point.
    That few shares cost so much is general knowledge.
    Fix: Give the price per share. Leave the price if it is right.
    Silent: For preferred shares, notes, units and similar securities; if a supplied market price or an earlier filing
    has a price of that size; if TXN-052 reports the price; in Table II, for the price of one unit.
    """
    if not any(_is_high(row) for _path, row in filing.transactions()):
        return
    apart = {hit.path for hit in prices_far_apart.hits(filing, context)}
    known = {
        price
        for prior in context.facts.history or ()
        for lines in priced(prior.filing).values()
        for *_, price in lines
    }
    for path, row in filing.transactions():
        amount, price, title = row.amount.value, row.price.value, row.security_title.value or ""
        if not price or (*path, "price") in apart:
            continue
        market = context.facts.price(title, row.transaction_date.value)
        confirmed = any(not hundredfold(price, other) for other in (*known, market) if other)
        dear = path[0] == "non_derivative" and price > _DEAREST and not _DEAR.search(title)
        if not confirmed and (dear or (amount is not None and amount * price > _LARGEST)):
            yield Hit(
                (*path, "price"),
                f"Price is ${dollars(price)}; give the price per share, not the total{_total(row, price)}",
                related=((*path, "amount"),),
            )


@rule(
    "TXN-055",
    "Price per depositary share on a line of ordinary shares",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(words=("ads", "adr", "gds", "gdr", "depositary")),
)
def price_per_depositary_share(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote gives the price per depositary share (such as an ADS), but the line is of ordinary or common shares.

    Why: The form asks for the price of one of the securities on the line. One depositary share often represents several
    shares.
    Fix: Divide the price by the number of shares in one depositary share, or report the line in depositary shares.
    Silent: If the title names depositary shares; if the footnote gives the price per share or explains the conversion.
    """
    texts = filing.footnote_texts()
    rows = dict(filing.transactions())
    for path, ids in filing.references():
        row = rows.get(path[:2])
        if row is None or path[-1] != "price" or not row.price.value:
            continue
        if _DEPOSITARY.search(row.security_title.value or ""):
            continue
        found = next((words for id in ids if (words := _per_depositary(texts.get(id, "")))), None)
        if found is not None:
            yield Hit(
                path,
                f'Price is ${dollars(row.price.value)} per depositary share (footnote: "{found}"), but the title is'
                f' "{row.security_title.value}"; give the price per share',
                related=((*path[:2], "security_title"), (*path[:2], "amount")),
            )


def _per_depositary(text: str) -> str | None:
    """The words that give a price per depositary share; None if the text also gives it per share."""
    found = _PER_DEPOSITARY.search(text)
    return found[0] if found is not None and not _PER_SHARE.search(text) else None


def _is_high(row: Row) -> bool:
    """Whether the price or the value of a line is above what few reach."""
    amount, price = row.amount.value, row.price.value
    return price is not None and (price > _DEAREST or (amount is not None and amount * price > _LARGEST))


RULES: Final[tuple[Rule, ...]] = (prices_far_apart, price_too_high, price_per_depositary_share)
