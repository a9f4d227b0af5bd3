"""Rows and lines of a draft as values: amounts, keys, directions, and the words for a line."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ledger.line import LineKey
from form4_author.ledger.line import line_key as key_of
from form4_author.ledger.line import signed as change_of
from form4_author.ledger.title import same_class
from form4_author.model.draft import TABLES, row_of, row_with
from form4_author.model.table import Cell
from form4_author.text import amount, shortened
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.answer import cells

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from form4_author.model.draft import Draft
    from form4_author.model.table import Row

__all__ = [
    "AWARD",
    "line_key",
    "line_words",
    "number",
    "row",
    "row_texts",
    "same",
    "short_line_words",
    "signed",
]


AWARD: Final = ("date_exercisable", "expiration_date")
"""The cells of Table II that tell awards of one title apart, by a date or by the footnote in place of one."""


_LINE: Final = ("security_title", "ownership_form", "nature_of_ownership", "exercise_price", *AWARD)
"""The cells that tell a line."""


_MOVES: Final = ("security_title", "transaction_code", "amount", "acquired_disposed", "equity_swap")
"""The cells that say what a row adds to its line."""


_LONGEST: Final = {"security_title": 60, "nature_of_ownership": 40}
"""Columns of a title and of a nature of ownership in a question."""


def number(typed: str | None) -> Decimal | None:
    """The amount that a text is; None for anything that is not one."""
    if typed is None:
        return None
    try:
        return amount(typed)
    except MalformedValue:
        return None


def same(name: str, one: str, other: str) -> bool:
    """Whether two texts of this cell are the same class or, of any other cell, the same amount."""
    return same_class(one, other) if name == "security_title" else number(one) == number(other)


def row(draft: Draft, table: str, index: int) -> Row:
    """A row of the draft as the ledger reads it; direct where it does not say how it is held."""
    found = draft.row(table, index) or row_of(table, {})
    return found if found.ownership_form.value else replace(found, ownership_form=Cell("D"))


def row_texts(draft: Draft, table: str, index: int) -> dict[str, str]:
    """The texts in a row, and whether it is a swap; of an award's terms that are words, the footnotes."""
    found = draft.row(table, index)
    texts = cells(table, found)
    if found is not None and found.equity_swap:
        texts["equity_swap"] = "yes"
    for name in AWARD if table == TABLES[1] and found is not None else ():
        words = "" if name in texts else " ".join(footnote.text_of(draft, (table, index, name)))
        if words:
            texts[name] = words
    return texts


def line_key(table: str, texts: Mapping[str, str]) -> LineKey:
    """The line of some cells, in which the words of a footnote may stand for a date."""
    return _key(table, *(texts.get(name, "") for name in _LINE))


@lru_cache(maxsize=4096)
def _key(table: str, *texts: str) -> LineKey:
    found = {"ownership_form": "D", **{n: text for n, text in zip(_LINE, texts, strict=True) if text}}
    words = {name: found.pop(name) for name in AWARD if name in found and not _is_day(found[name])}
    row = row_of(table, found)
    for name, text in words.items():  # the words are their own footnote
        row = row_with(row, name, Cell(footnotes=(text.strip(),)))
    return key_of(table, row, {text.strip(): text for text in words.values()})


def _is_day(text: str) -> bool:
    return text.replace("-", "").isdecimal()


def line_words(texts: Mapping[str, str]) -> str:
    """The line as one says it: ``Common Stock, direct`` or ``Common Stock, By Spouse``."""
    title = texts.get("security_title") or "this class"
    if texts.get("ownership_form") != "I":
        return f"{title}, direct"
    return f"{title}, {texts.get('nature_of_ownership') or 'indirect'}"


def short_line_words(texts: Mapping[str, str]) -> str:
    """The line as a question names it: a long title or nature is cut, so that the question can be read at a glance."""
    return line_words(
        {**texts, **{name: shortened(texts.get(name, ""), room) for name, room in _LONGEST.items()}}
    )


def signed(table: str, texts: Mapping[str, str]) -> Decimal:
    """By how much a row of these cells changes its line; nothing where it does not say."""
    return _signed(table, *(texts.get(name, "") for name in _MOVES))


@lru_cache(maxsize=4096)
def _signed(table: str, *texts: str) -> Decimal:
    found = {name: text for name, text in zip(_MOVES, texts, strict=True) if text}
    return change_of(row_of(table, found)) or amount("0")
