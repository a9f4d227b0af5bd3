"""The footnotes of a line on record: those of the last form that states its total."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from form4_author.ledger.closing import closing
from form4_author.ledger.line_note import line_words_of
from form4_author.register.award import in_order
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from form4_author.ledger.closing import Closing
    from form4_author.model.filing import Filing
    from form4_author.register.table import Filed, Line

    Reader = Callable[[Filed], tuple[Filing, Sequence[Closing]]]

__all__ = ["line_notes", "read_once"]


def read_once() -> Reader:
    """A reader of forms on record that reads each once."""

    @cache
    def read(filed: Filed) -> tuple[Filing, Sequence[Closing]]:
        filing = filing_from(filed.content)[0]
        return filing, closing(filing)

    return read


def line_notes(line: Line, read: Reader) -> dict[str, Any]:
    """The footnotes of a line as a draft keeps them; nothing where no form on record says.

    ``read``: the form with its closing totals, read once for all lines.
    """
    for entry in reversed(in_order(line.entries)):
        if entry.total is None or entry.filing is None:
            continue
        filing, closings = read(entry.filing)
        ends = [each for each in closings if each.key == line.key]
        end = next((each for each in ends if each.total == entry.total), None) or next(iter(ends), None)
        if end is not None:
            return line_words_of(filing, end)
    return {}
