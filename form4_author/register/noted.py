"""The footnotes of a line on record: those of the last form that states its total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.ledger.closing import closing
from form4_author.ledger.noted import line_words_of
from form4_author.register.award import in_order
from form4_author.wire.draft import filing_from

if TYPE_CHECKING:
    from form4_author.register.table import Line

__all__ = ["line_notes"]


def line_notes(line: Line) -> dict[str, Any]:
    """The footnotes of a line as a draft keeps them; nothing where no form on record tells."""
    for entry in reversed(in_order(line.entries)):
        if entry.total is None or entry.filing is None:
            continue
        filing = filing_from(entry.filing.content)[0]
        ends = [each for each in closing(filing) if each.key == line.key]
        end = next((each for each in ends if each.total == entry.total), None) or next(iter(ends), None)
        if end is not None:
            return line_words_of(filing, end)
    return {}
