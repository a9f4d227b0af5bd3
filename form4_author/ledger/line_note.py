"""What the footnotes of a form say of a line: of its title, its holder and its terms, and of its total.

The first continue with the line from form to form. A footnote to a total or a transaction applies to that form, and
may not apply to the next. Two lines that only the footnotes to their nature of ownership distinguish have one key:
they are listed beside each other.

Sources: Form 4 General Instructions 4(b)(iii) and 4(b)(iv) (nature of ownership, disclaimer) and 6(a) (footnotes).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.ledger.closing import last, running, stated
from form4_author.text import Pattern, amount_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from form4_author.ledger.closing import Closing, Stated
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = [
    "LINE_COLUMNS",
    "TOTAL",
    "Beside",
    "Noted",
    "beside",
    "line_words_of",
    "noted",
    "refers_to_footnote",
]

TOTAL: Final = "amount_owned_following"
_NATURE: Final = "nature_of_ownership"
_HOLDER: Final = ("ownership_form", _NATURE)
LINE_COLUMNS: Final = (
    "security_title",
    *_HOLDER,
    "exercise_price",
    "date_exercisable",
    "expiration_date",
    "underlying_title",
)
"""The columns whose footnotes belong to the line."""
_OTHERS: Final = ("transaction_date", "transaction_code", "amount", "price", "acquired_disposed")
_REFERS: Final = Pattern(r"\bsee\b.{0,20}?(?:\bfoot ?note|\bnote|\bftn|\bfn\b|\()", re.IGNORECASE)
_NUMBER: Final = Pattern(r"\d+")
_OF_TRANSACTION: Final = Pattern(
    r"10b5-1|\b(?:this|the|these|each|reported) (?:reported )?(?:transaction|sale|purchase)s?\b"
    r"|\btransactions? reported\b|\baverage price\b|\bwithh[eo]ld(?:ing)?\b"
    r"|\b(?:was|were) (?:sold|purchased|made|effected|issued)\b",
    re.IGNORECASE,
)

_DISCLAIMS: Final = Pattern(r"disclaim|beneficial owner|pecuniary|conced|admission", re.IGNORECASE)


class Noted(NamedTuple):
    """The footnotes of a line as a form leaves it, by column."""

    line_notes: Mapping[str, tuple[str, ...]]
    """What is said of the line itself."""
    asked: Mapping[str, tuple[str, ...]]
    """What is said of its total, or of a transaction."""


class Beside(NamedTuple):
    """A line that only the footnotes to its nature of ownership distinguish from others with its key."""

    total: Decimal
    noted: Noted


def refers_to_footnote(nature: str) -> bool:
    """Whether a nature of ownership refers to a footnote: ``By: See footnote (1)``."""
    return _REFERS.search(nature) is not None


def noted(filing: Filing, end: Closing) -> Noted:
    """The footnotes of a line: of the row that gives its total; of its holder, where that has none, of another row."""
    return _noted(filing, end.row, _rows(filing, end))


def beside(filing: Filing, end: Closing) -> tuple[Beside, ...]:
    """The lines of the same key whose holder another footnote names, with a total of their own."""
    rows, texts = _rows(filing, end), filing.footnote_texts()
    holders: dict[tuple[str, ...], list[Stated]] = {}
    for each in rows:
        holders.setdefault(_texts(each.row, _NATURE, texts), []).append(each)
    own = _texts(end.row, _NATURE, texts)
    others = [some for words, some in holders.items() if words and words != own]
    if not own or not others or running((each.change or each.total * 0, each.total) for each in rows):
        return ()
    ends = [(last(some)[0], some) for some in others]
    return tuple(Beside(one.total, _noted(filing, one.row, some)) for one, some in ends)


def line_words_of(filing: Filing, end: Closing) -> dict[str, Any]:
    """The footnotes of a line as a draft keeps them: ``notes``, ``asked`` and ``beside``; what is empty is left out."""
    found = _listed(noted(filing, end))
    others = [{TOTAL: amount_text(each.total), **_listed(each.noted)} for each in beside(filing, end)]
    return found | ({"beside": others} if others else {})


def _listed(found: Noted) -> dict[str, Any]:
    each = (("notes", found.line_notes), ("asked", found.asked))
    return {name: {c: list(texts) for c, texts in columns.items()} for name, columns in each if columns}


def _rows(filing: Filing, end: Closing) -> list[Stated]:
    """The rows of the line, in the order of the form."""
    texts, initial = filing.footnote_texts(), filing.base == "3"
    each = (stated(path, row, texts, initial=initial) for path, row in filing.rows())
    return [found for found in each if found is not None and found.key == end.key]


def _noted(filing: Filing, row: Row, rows: list[Stated]) -> Noted:
    texts = filing.footnote_texts()
    line_notes = {c: words for c in LINE_COLUMNS if (words := _texts(row, c, texts))}
    asked = {TOTAL: words} if (words := _texts(row, TOTAL, texts)) else {}
    title = line_notes.get("security_title", ())
    passing = tuple(words for words in title if row.is_transaction and _is_passing(words))
    if passing:
        asked["security_title"] = passing
        line_notes["security_title"] = tuple(words for words in title if words not in passing)
    if not any(column in line_notes for column in _HOLDER):
        for each in rows:
            line_notes |= {c: words for c in _HOLDER if (words := _texts(each.row, c, texts))}
    nature = row.nature_of_ownership.value or ""
    if not any(line_notes.get(column) for column in ("security_title", *_HOLDER)) and refers_to_footnote(
        nature
    ):
        line_notes[_NATURE] = _referred(row, nature, texts)
    return Noted({c: line_notes[c] for c in LINE_COLUMNS if line_notes.get(c)}, asked)


def _is_passing(words: str) -> bool:
    """Whether a footnote to a title is about the transaction of its row; a disclaimer is about the holder."""
    return _OF_TRANSACTION.search(words) is not None and _DISCLAIMS.search(words) is None


def _referred(row: Row, nature: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The footnotes that a nature of ownership mentions without referring to them: by number, else the row's own."""
    named = tuple(text for number in _NUMBER.findall(nature) if (text := texts.get(f"F{number}")))
    own = (_texts(row, column, texts) for column in (TOTAL, *_OTHERS))
    return named or next((words for words in own if words), ())


def _texts(row: Row, column: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    cell = getattr(row, column, None)
    return tuple(text for id in cell.footnotes if (text := texts.get(id))) if cell is not None else ()
