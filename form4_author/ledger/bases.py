"""Lines of one class on two bases: a footnote restates the total of one for a split, and another has no such footnote.

By the form alone it is not certain that the other line has its old total: its footnote may be missing. A sentence about
all numbers, or one in the remarks, is for every line.

Source: Rule 16a-9, under which a split changes every line of the class and needs no row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.closing import closing
from form4_author.ledger.line import line_words
from form4_author.ledger.split import mentions, ratio_words
from form4_author.ledger.title import same_class
from form4_author.model.table import DerivativeRow
from form4_author.text import Pattern, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from form4_author.ledger.closing import Closing
    from form4_author.model.filing import Filing

__all__ = ["TwoBases", "is_award", "two_bases"]

_GENERAL: Final = Pattern(r"\ball\b|\bthroughout\b|\bherein\b|\bthis form\b|\bthis report\b")
_AWARD: Final = Pattern(r"option|right|warrant|unit|phantom|\brsu|\bpsu|performance share")
_NAMED: Final = 2
"""Lines that are named; of more, only the number."""
_LEAST: Final = 10
"""Shares below which a line says nothing."""


class TwoBases(NamedTuple):
    """A line whose total a footnote restates for a split, and those of its class that have no such footnote."""

    restated: Closing
    ratio: Fraction
    shares: tuple[Closing, ...]
    """Holdings of Table I."""
    awards: tuple[Closing, ...]
    """Holdings of Table II over the class."""

    @property
    def words(self) -> str:
        """``Common Stock, direct is restated for a 2-for-1 split; no footnote restates By Spouse (700)``."""
        named = [f"{_holder(each)} ({grouped(each.total)})" for each in self.shares[:_NAMED]]
        more = [(len(self.shares) - len(named), "more line"), (len(self.awards), "award")]
        named += [f"{count} {kind}{'s' if count > 1 else ''}" for count, kind in more if count]
        others = ", ".join(named[:-1]) + (" and " if len(named) > 1 else "") + named[-1]
        split = f"{line_words(self.restated.row)} is restated for a {ratio_words(self.ratio)}"
        return f"{split}; no footnote restates {others}"


def _holder(end: Closing) -> str:
    row = end.row
    return row.nature_of_ownership.value or ("indirect" if row.ownership_form.value == "I" else "direct")


def is_award(title: str) -> bool:
    """Whether a title of Table II is of what a split changes in number and price, as it does not a convertible."""
    return _AWARD.search(title.casefold()) is not None


def two_bases(filing: Filing) -> TwoBases | None:
    """The first line that a footnote to its total restates for a split while others of the class have none."""
    if mentions(filing.remarks or ""):
        return None
    ends = closing(filing)
    if not any(end.row.amount_owned_following.footnotes for end in ends):
        return None
    texts, notes = filing.footnote_texts(), filing.notes_of_rows()
    bare = [
        end
        for end in ends
        if not end.row.is_transaction
        and end.total >= _LEAST
        and not any(mentions(texts.get(id, "")) for id in notes.get((end.table, end.place), ()))
    ]
    for end in ends:
        ratio = _ratio(texts.get(id, "") for id in end.row.amount_owned_following.footnotes)
        if end.table != "non_derivative" or ratio is None:
            continue
        title = end.row.security_title.value
        shares = tuple(each for each in bare if each.table == end.table and _is_of(each, title))
        awards = tuple(each for each in bare if _is_over(each, title))
        if shares or awards:
            return TwoBases(end, ratio, shares, awards)
    return None


def _ratio(texts: Iterable[str]) -> Fraction | None:
    """The split that these footnotes restate for; None where they name none, or one that is for all numbers."""
    found = [m for text in texts for m in mentions(text) if m.ratio is not None and not m.ahead]
    exact = [m.ratio for m in found if not _GENERAL.search(m.text.casefold())]
    return exact[0] if exact else None


def _is_of(end: Closing, title: str | None) -> bool:
    return same_class(end.row.security_title.value, title)


def _is_over(end: Closing, title: str | None) -> bool:
    row = end.row
    return (
        isinstance(row, DerivativeRow)
        and is_award(row.security_title.value or "")
        and same_class(row.underlying_title.value, title)
    )
