"""What a filing reports, in a few words that distinguish it from the person's other filings: ``sale 1,200``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["WORDS", "first_day", "happened"]

WORDS: Final = {
    "A": "grant",
    "C": "conversion",
    "D": "return to issuer",
    "E": "expiration",
    "F": "vest",
    "G": "gift",
    "H": "expiration",
    "I": "plan transaction",
    "J": "other",
    "K": "swap",
    "L": "small purchase",
    "M": "exercise",
    "O": "exercise",
    "P": "purchase",
    "S": "sale",
    "U": "tender",
    "V": "voluntary report",
    "W": "inheritance",
    "X": "exercise",
    "Z": "voting trust",
}
"""By transaction code; what a filer calls it."""
_RECIPES: Final = {
    "bought": "purchase",
    "sold": "sale",
    "gave": "gift",
    "rsu_withheld": "vest",
    "rsu_sold": "vest",
    "stock_withheld": "vest",
}
"""By recipe, while the event has no lines."""
_OPTION: Final = re.compile(r"\boption|right to buy|\bwarrant", re.IGNORECASE)
_UNITS: Final = re.compile(r"\bunit", re.IGNORECASE)
_MOST: Final = 2
"""Kinds of transactions that are named."""


class _Kind(NamedTuple):
    """Transactions of one kind: their word, how many shares, and of what."""

    word: str
    amount: Decimal | None
    unit: str = ""


def happened(draft: Draft) -> str:
    """``sale 1,200``, ``option 10,000, sale``, ``vest 11/27``, ``1 option`` on a Form 3; empty before an event."""
    filing = draft.filing
    if filing.is_amendment:
        filed = filing.date_of_original_submission
        return f"amends {filed:%m/%d/%Y}" if filed else "amendment"
    if filing.base == "3":
        return _owned(filing)
    kinds = list(dict.fromkeys(_kinds(filing)))
    if kinds:
        return ", ".join((_first(kinds[0], filing), *(kind.word for kind in kinds[1:_MOST])))
    words = [_RECIPES.get(event.recipe or "", "") for event in draft.interview.events]
    return ", ".join(list(dict.fromkeys(word for word in words if word))[:_MOST])


def first_day(filing: Filing) -> date | None:
    """The day of the first transaction, or of what the form is about."""
    days = [row.transaction_date.value for _path, row in filing.transactions() if row.transaction_date.value]
    return min(days, default=filing.period_of_report)


def _first(kind: _Kind, filing: Filing) -> str:
    if kind.word == "vest":
        day = first_day(filing)
        return f"vest {day:%m/%d}" if day else "vest"
    amount = grouped(kind.amount) if kind.amount is not None else ""
    return " ".join(part for part in (kind.word, amount, kind.unit) if part)


def _kinds(filing: Filing) -> Iterator[_Kind]:
    """The kinds, each once, with the sum of its shares; an exercise and its shares of Table I are one."""
    found: dict[str, _Kind] = {}
    derived = {_word(row) for row in filing.derivative if row.is_transaction}
    for row, is_derivative in _transactions(filing):
        word, amount = _word(row), row.amount.value
        if word == "vest" and "option" in derived:
            word = "withheld"
        if word == "exercise" and not is_derivative and derived & {"option", "exercise"}:
            continue
        before = found[word].amount if word in found else None
        total = amount if before is None else before if amount is None else before + amount
        found[word] = _Kind(word, total, _unit(row))
    yield from (kind for kind in found.values() if not ("vest" in found and kind.word == "exercise"))


def _transactions(filing: Filing) -> Iterator[tuple[Row, bool]]:
    for is_derivative, rows in ((True, filing.derivative), (False, filing.non_derivative)):
        yield from ((row, is_derivative) for row in rows if row.is_transaction)


def _word(row: Row) -> str:
    code = row.transaction_code.value or ""
    if code in ("M", "X") and _OPTION.search(str(row.security_title.value or "")):
        return "option"
    return WORDS.get(code, "transaction")


def _unit(row: Row) -> str:
    if row.transaction_code.value == "G" and row.acquired_disposed.value == "A":
        return "received"
    title = str(row.security_title.value or "")
    if row.transaction_code.value != "A":
        return ""
    return "units" if _UNITS.search(title) else "options" if _OPTION.search(title) else ""


def _owned(filing: Filing) -> str:
    """``1 option``, ``2 holdings``: what a Form 3 reports; one that is signed without a row reports nothing."""
    rows = (*filing.non_derivative, *filing.derivative)
    if filing.no_securities_owned or (filing.signatures and not rows):
        return "nothing owned"
    if not rows:
        return ""
    options = all(_OPTION.search(str(row.security_title.value or "")) for row in rows)
    word = "option" if options else "holding"
    return f"{len(rows)} {word}{'' if len(rows) == 1 else 's'}"
