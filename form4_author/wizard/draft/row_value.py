"""Rows and lines of a draft as values: amounts, keys, directions, and the words for a line."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ledger.line import LineKey
from form4_author.ledger.line import line_key as key_of
from form4_author.ledger.line import signed as change_of
from form4_author.ledger.title import same_class
from form4_author.text import amount
from form4_author.wire.draft import filing_from
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.answer import TABLES, Data, flat, value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from form4_author.model.table import Row

__all__ = ["AWARD", "line_key", "line_words", "number", "row", "row_texts", "same", "signed"]


AWARD: Final = ("date_exercisable", "expiration_date")
"""The cells of Table II that tell awards of one title apart, by a date or by the footnote in place of one."""


_LINE: Final = ("security_title", "ownership_form", "nature_of_ownership", "exercise_price", *AWARD)
"""The cells that tell a line."""


_MOVES: Final = ("security_title", "transaction_code", "amount", "acquired_disposed", "equity_swap")
"""The cells that say what a row adds to its line."""


def number(typed: object) -> Decimal | None:
    """The amount in a draft; None for anything that is not one."""
    if not isinstance(typed, str):
        return None
    try:
        return amount(typed)
    except MalformedValue:
        return None


def same(name: str, one: str, other: str) -> bool:
    """Whether two texts of this cell are the same class or, of any other cell, the same amount."""
    return same_class(one, other) if name == "security_title" else number(one) == number(other)


def row(data: Data, table: str, index: int) -> Row:
    """A row of the draft as the ledger reads it; direct where it does not say how it is held."""
    found = value(data, (table, index))
    return _row(table, found if isinstance(found, dict) else {})


def _row(table: str, cells: Mapping[str, object]) -> Row:
    with_ownership = {"ownership_form": "D", **cells}
    (found,) = getattr(filing_from({table: [with_ownership]})[0], table)
    row: Row = found
    return row


def row_texts(data: Data, table: str, index: int) -> dict[str, str]:
    """The texts in a row, and whether it is a swap; of an award's terms that are words, the footnotes."""
    content = value(data, (table, index))
    cells = flat(content) if isinstance(content, dict) else {}
    if isinstance(content, dict) and content.get("equity_swap") is True:
        cells = {**cells, "equity_swap": "yes"}
    words = {
        name: " ".join(footnote.text_of(data, (table, index, name)))
        for name in (AWARD if table == TABLES[1] else ())
        if name not in cells
    }
    return {**cells, **{name: text for name, text in words.items() if text}}


def line_key(table: str, cells: Mapping[str, str]) -> LineKey:
    """The line of some cells, in which the words of a footnote may stand for a date."""
    return _key(table, *(str(cells.get(name) or "") for name in _LINE))


@lru_cache(maxsize=4096)
def _key(table: str, *texts: str) -> LineKey:
    cells: dict[str, object] = {name: text for name, text in zip(_LINE, texts, strict=True) if text}
    words = [str(cells[name]) for name in AWARD if name in cells and not _is_day(str(cells[name]))]
    for name in AWARD:  # the words are their own footnote
        if cells.get(name) in words:
            cells[name] = {"footnotes": [cells[name]]}
    return key_of(table, _row(table, cells), {text.strip(): text for text in words})


def _is_day(text: str) -> bool:
    return text.replace("-", "").isdecimal()


def line_words(cells: Mapping[str, str]) -> str:
    """The line as one says it: ``Common Stock, direct`` or ``Common Stock, By Spouse``."""
    title = cells.get("security_title") or "this class"
    if cells.get("ownership_form") != "I":
        return f"{title}, direct"
    return f"{title}, {cells.get('nature_of_ownership') or 'indirect'}"


def signed(table: str, cells: Mapping[str, str]) -> Decimal:
    """By how much a row of these cells changes its line; nothing where it does not say."""
    return _signed(table, *(str(cells.get(name) or "") for name in _MOVES))


@lru_cache(maxsize=4096)
def _signed(table: str, *texts: str) -> Decimal:
    cells: dict[str, object] = {name: text for name, text in zip(_MOVES, texts, strict=True) if text}
    cells["equity_swap"] = cells.get("equity_swap") == "yes"
    return change_of(_row(table, cells)) or amount("0")
