"""An amendment's lines beside those of the form it amends: which were not changed and need not be repeated.

Source: Form 4, General Instruction 9(b) (an amendment does not repeat lines that do not change). The lines as the
original has them stand at ``interview.original``, unless the filer chose the lines to repeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author.wizard.draft import footnote, row_change
from form4_author.wizard.draft.answer import TABLES, Data, node, put, rows

if TYPE_CHECKING:
    from form4_author.findings import Path

__all__ = ["unchanged", "with_original", "without_unchanged"]

_PLACE: Final[Path] = ("interview", "original")
_UNASKED: Final = frozenset(("transaction_form_type", "equity_swap"))
"""Cells that old editions and hasty originals lack."""


def with_original(draft: Data) -> Data:
    """The draft of an amendment that still has every line of the original, which is kept to compare with."""
    original = {name: draft[name] for name in (*TABLES, "footnotes") if name in draft}
    return put(draft, _PLACE, original)


def unchanged(data: Data) -> tuple[tuple[str, int], ...]:
    """The lines that stand just so on the original, footnotes too; none where it is not known."""
    original = node(data, _PLACE)
    if not isinstance(original, dict):
        return ()
    before = [(table, _stated_cells(original, table, index, row)) for table, index, row in rows(original)]
    return tuple(
        (table, index)
        for table, index, row in rows(data)
        if any(t == table and _same(_stated_cells(data, table, index, row), cells) for t, cells in before)
    )


def without_unchanged(data: Data) -> Data:
    """The draft without those lines."""
    for table, index in reversed(unchanged(data)):
        data = row_change.without_row(data, table, index)
    return data


def _stated_cells(data: Data, table: str, index: int, row: Data) -> dict[str, tuple[Any, ...]]:
    """A line's cells with their footnotes in words, whose numbers may have changed."""
    values = {name: cell.get("value") if isinstance(cell, dict) else cell for name, cell in row.items()}
    texts = {name: footnote.text_of(data, (table, index, name)) for name in row}
    return {name: (values[name], texts[name]) for name in row if values[name] is not None or texts[name]}


def _same(now: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a line says what it said, but for what the interview fills in unasked."""
    return {name: cell for name, cell in now.items() if name in before or name not in _UNASKED} == before
