"""Rules about prices: given if value was paid, 0 if nothing was paid, per share, in United States dollars.

Sources: Form 4 General Instructions 4(c)(iii), 5(a) and 5(b); the printed definitions of the codes. What a price
usually looks like is practice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import EXERCISES, texts_of_row
from form4_author.checks.shape import code_in, set_to
from form4_author.codes import purchases_and_sales, unpriced
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern, dollars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_IN_KIND: Final = Pattern(
    r"in[- ]kind|in exchange for|exchanged for|exchange fund|contribut(?:ed|ions?)\b(?:[^.;]{0,40} to\b| of\b)"
    r"|in return for|as consideration|no cash consideration"
    r"|in consideration (?:of|for)|for no consideration|without consideration|pro rata distribution",
    re.IGNORECASE,
)
_CURRENCY: Final = Pattern(
    r"[\u00a3\u20ac\u00a5]|\b(?:C\$|CAD|CDN|GBP|EUR|JPY|CHF|NIS|ILS|HK\$|HKD|RMB|CNY|AUD|A\$|SEK|NOK|DKK|INR"
    r"|pence|euros?|pounds? sterling|yen|francs?|shekels?|canadian dollars?)\b"
)
_CURRENCIES: Final = (
    "\u00a3", "\u20ac", "\u00a5", "C$", "CAD", "CDN", "GBP", "EUR", "JPY", "CHF", "NIS", "ILS", "HK$", "HKD", "RMB",
    "CNY", "AUD", "A$", "SEK", "NOK", "DKK", "INR", "pence", "euro", "pound", "yen", "franc", "shekel", "canadian",
)  # fmt: skip
"""What is looked for first: one of them is in everything that the pattern fits."""
_IN_DOLLARS: Final = Pattern(
    r"US\$|U\.S\.\$|\bUSD\b|\$\s?\d|(?:u\.?s\.?|united states) dollars?|exchange rate|conver(?:ted|sion)",
    re.IGNORECASE,
)
_NET: Final = Pattern(
    r"\b(?:net of|after deduct\w*|less|includ(?:es|ing)|inclusive of)\b[^.;]{0,40}"
    r"\b(?:commissions?|brokerage|fees|underwriting discount)",
    re.IGNORECASE,
)
_GROSS: Final = Pattern(
    r"(?:does not include|exclu\w+|not includ\w+|before|prior to|without)[^.;]{0,50}"
    r"(?:commission|brokerage|fees|discount)",
    re.IGNORECASE,
)
_FOR_VALUE: Final = purchases_and_sales() | {"U"}
"""Codes of TXN-017: what is bought, sold or tendered has a price, in cash or not."""


def _zero(row: Row) -> bool:
    """Whether the price is 0 and has no footnote that explains it."""
    return row.price.value == 0 and not row.price.footnotes


_FREE: Final = set_to("Write a price of 0", "price", "0")


def _rows(filing: Filing, codes: str | frozenset[str], table: str = "") -> Iterator[tuple[Path, Row]]:
    for path, row in filing.transactions():
        if (row.transaction_code.value or "?") in codes and table in ("", path[0]):
            yield path, row


@rule(
    "TXN-013",
    "Gift or inheritance with a price",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(codes=unpriced("I")),
)
@code_in(
    unpriced("I"),
    "price",
    "Price is ${text}, but nothing is paid under Transaction Code {code}",
    when=lambda row: row.price.value,
    related=("transaction_code",),
    fix=_FREE,
)
def gift_priced() -> None:
    """A gift or an inheritance (codes G, W) has a price.

    Why: Nothing is paid for a gift or an inheritance; that the price is then 0 is general knowledge.
    Fix: Write 0. The market value may be given in a footnote.
    Silent: For a price of 0.
    """


@rule(
    "TXN-014",
    "Withheld or delivered shares at a price of 0",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(codes=frozenset("F")),
)
@code_in("F", "price", "Price is 0; give the market value used for the Transaction Code F shares", when=_zero)
def withholding_unpriced() -> None:
    """Shares were withheld or delivered (code F) at a price of 0.

    Why: The shares pay an exercise price or a tax at their value on that day; reporting that value as the price is
    practice.
    Fix: Give the market value per share that was used.
    Silent: With a footnote on the price.
    """


@rule(
    "TXN-040",
    "Tendered shares at a price of 0",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(codes=frozenset("U")),
)
def tender_unpriced(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Shares were tendered in a change of control (code U) at a price of 0.

    Why: The form asks for the price per share and, for other consideration, its value (Instruction 5(b)).
    Fix: Give the price of the offer, or describe the consideration in a footnote.
    Silent: With any footnote on the line.
    """
    for path, row in _rows(filing, "U"):
        if row.price.value == 0 and not texts_of_row(filing, path):
            yield Hit((*path, "price"), "Price is 0; give the price or describe the consideration")


@rule(
    "TXN-025",
    "Price with fractions of a cent and no footnote",
    Severity.NOTE,
    cite.PRACTICE,
    when=When(codes=purchases_and_sales()),
)
def price_of_fractions(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A purchase or sale has a price of three or four decimals and no footnote.

    Why: A single trade rarely has such a price. A weighted average of several trades needs the footnotes of the staff's
    letter. This is general knowledge.
    Fix: If the price is an average, say so in a footnote, with the range and the undertaking.
    Silent: With any footnote on the line; for prices below one dollar.
    """
    for path, row in _rows(filing, purchases_and_sales(), "non_derivative"):
        price = row.price.value
        if price is None or price < 1 or texts_of_row(filing, path):
            continue
        exponent = price.normalize().as_tuple().exponent
        if isinstance(exponent, int) and exponent < -2:
            yield Hit(
                (*path, "price"),
                f"Price is ${dollars(price)}; if it is an average of several trades, say so",
            )


@rule(
    "DRV-012",
    "Price of a derivative security given for an exercise",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_III,
    when=When(codes=EXERCISES),
)
@code_in(
    EXERCISES,
    "price",
    "Price of Derivative Security is ${text}; for an exercise or conversion enter 0",
    table="derivative",
    when=lambda row: row.price.value and not row.price.footnotes,
    related=("transaction_code",),
    fix=_FREE,
)
def exercise_priced() -> None:
    """A Table II line for an exercise or conversion gives a price of the derivative security.

    Why: The instruction leaves column 8 blank for an exercise. The exercise price goes in column 2 and in Table I.
    Fix: Enter 0, which the data require in place of a blank.
    Silent: With a footnote on the price.
    """


@rule(
    "DRV-013",
    "Derivative security purchased or sold at a price of 0",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_III,
    when=When(codes=purchases_and_sales()),
)
@code_in(
    purchases_and_sales(),
    "price",
    "Price is 0, but Transaction Code is {code}; give the premium",
    table="derivative",
    when=lambda row: _zero(row) and not row.equity_swap,
)
def option_unpriced() -> None:
    """A Table II purchase or sale has a price of 0.

    Why: Column 8 asks for the price paid or received for the derivative security.
    Fix: Give the premium per unit, or explain the 0 in a footnote on the price.
    Silent: With a footnote on the price; for equity swaps.
    """


@rule(
    "DRV-022",
    "Position closed for value, but no value reported",
    Severity.WARNING,
    cite.FORM_CODES,
    when=When(codes=frozenset("H")),
)
@code_in(
    "H", "price", "Price is 0, but Transaction Code H means value was received; give the value", when=_zero
)
def value_of_ending_missing() -> None:
    """A long derivative position expired or was canceled for value (code H), but the price is 0.

    Why: The code is for an expiration or cancellation with value received. One without value is not reportable (Rule
    16a-4(d)).
    Fix: Give the value per unit, or remove the line.
    Silent: With a footnote on the price.
    """


@rule(
    "DRV-023",
    "Price given for the expiration of a short position",
    Severity.NOTE,
    cite.PRACTICE,
    when=When(codes=frozenset("E")),
)
@code_in(
    "E",
    "price",
    "Price is ${text}; the premium belongs on the line for the written option",
    when=lambda row: row.price.value,
    fix=_FREE,
)
def expiration_priced() -> None:
    """A line for the expiration of a short derivative position (code E) gives a price.

    Why: The premium is reported on the line for the sale, when the option was written. That it is not repeated here
    is general knowledge.
    Fix: Enter 0.
    Silent: For a price of 0.
    """


@rule(
    "TXN-017",
    "Consideration other than cash without a value",
    Severity.WARNING,
    cite.FORM4_INSTR_5B,
    when=When(codes=_FOR_VALUE),
)
def value_of_consideration_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A purchase, sale or tender was for consideration other than cash, but neither price nor footnote gives its value.

    Why: The instruction requires a description of the consideration and its value.
    Fix: Give the value per share as the price or in the footnote.
    Silent: With a price above 0, or a dollar sign in a footnote of the line.
    """
    for path, row in _rows(filing, _FOR_VALUE):
        if row.price.value:
            continue
        texts = texts_of_row(filing, path)
        if any(_IN_KIND.search(text) for text in texts) and not any("$" in text for text in texts):
            yield Hit(
                (*path, "price"),
                "A footnote says the consideration is not cash; give its value per share in dollars",
            )


@rule(
    "TXN-018",
    "Price in a foreign currency",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(has=("footnotes",)),
)
def price_in_foreign_currency(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote on a price mentions a foreign currency, but neither dollars nor an exchange rate.

    Why: The form asks for prices in United States dollars.
    Fix: Give the price in US dollars, and the exchange rate and its date in the footnote.
    Silent: If the footnote mentions dollars, a conversion or a rate.
    """
    texts = filing.footnote_texts()
    currency = cache(_currency)  # many lines share a footnote
    for path, ids in filing.references():
        if path[-1] not in ("price", "exercise_price"):
            continue
        for id in ids:
            found = currency(texts.get(id, ""))
            if found is not None and not _IN_DOLLARS.search(texts[id]):
                yield Hit(
                    path,
                    f'Footnote {id} mentions "{found[0]}" but not dollars; give the price in US dollars',
                )
                break


def _currency(text: str) -> re.Match[str] | None:
    """The foreign currency that a text names."""
    return _CURRENCY.search(text) if any(name in text for name in _CURRENCIES) else None


@rule(
    "TXN-020",
    "Price net of commission",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(
        codes=purchases_and_sales(), words=("commission", "brokerage", "underwriting discount", "fees")
    ),
)
def price_net_of_commission(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote says that the price of a purchase or sale is net of, or includes, commissions or fees.

    Why: The instruction requires the price without brokerage commissions and other costs of execution.
    Fix: Give the price before commissions.
    Silent: If the text says that commissions are excluded; for offerings, in which the underwriters have a discount.
    """
    is_net = cache(lambda text: _NET.search(text) and not _GROSS.search(text))  # many lines share a footnote
    for path, row in _rows(filing, purchases_and_sales()):
        for text in texts_of_row(filing, path):
            if is_net(text):
                yield Hit(
                    (*path, "price"),
                    f"A footnote says the price {_dollars(row)}is net of commissions; give it before commissions",
                )
                break


def _dollars(row: Row) -> str:
    return f"(${dollars(row.price.value)}) " if row.price.value is not None else ""


RULES: Final[tuple[Rule, ...]] = (
    gift_priced,
    withholding_unpriced,
    tender_unpriced,
    price_of_fractions,
    exercise_priced,
    option_unpriced,
    value_of_ending_missing,
    expiration_priced,
    value_of_consideration_missing,
    price_in_foreign_currency,
    price_net_of_commission,
)
