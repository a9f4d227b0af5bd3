"""An amendment's lines beside those of the form it amends: which were not changed and need not be repeated.

Source: Form 4, General Instruction 9(b) (an amendment does not repeat lines that do not change). The lines as the
original has them are kept at ``interview.original``.
"""

from __future__ import annotations

from typing import Final

from form4_author.model.draft import Draft
from form4_author.model.filing import Filing, cell_names
from form4_author.model.interview import AmendmentAnswers
from form4_author.wizard.draft import footnote, row_change
from form4_author.wizard.draft.answer import rows

__all__ = ["unchanged", "with_original", "without_unchanged"]

_UNASKED: Final = frozenset(("transaction_form_type", "equity_swap"))
"""Cells that old editions and hasty originals lack."""
_Stated = tuple[str | bool | None, tuple[str, ...]]


def with_original(draft: Draft, *, picked: bool = False) -> Draft:
    """The draft of an amendment with the lines as they were filed, which are kept to compare with.

    ``picked``: whether the filer chose these lines; otherwise they are all lines of the original.
    """
    form = draft.filing
    original = Filing(
        non_derivative=form.non_derivative, derivative=form.derivative, footnotes=form.footnotes
    )
    answers = AmendmentAnswers(lines="picked" if picked else None)
    return draft.with_interview(original=original, amendment=answers)


def unchanged(draft: Draft) -> tuple[tuple[str, int], ...]:
    """The lines that stand just so on the original, footnotes too; none where it is not known or they were picked."""
    if draft.interview.original is None or draft.interview.amendment.lines == "picked":
        return ()
    original = Draft(draft.interview.original)
    before = [(table, _stated_cells(original, table, index)) for table, index, _ in rows(original)]
    return tuple(
        (table, index)
        for table, index, _ in rows(draft)
        if any(t == table and _same(_stated_cells(draft, table, index), cells) for t, cells in before)
    )


def without_unchanged(draft: Draft) -> Draft:
    """The draft without those lines."""
    for table, index in reversed(unchanged(draft)):
        draft = row_change.without_row(draft, table, index)
    return draft


def _stated_cells(draft: Draft, table: str, index: int) -> dict[str, _Stated]:
    """A line's cells with their footnotes in words, whose numbers may have changed."""
    row = draft.row(table, index)
    names = cell_names(table, row.kind) if row is not None else ()
    texts = {
        name: (draft.value((table, index, name)), footnote.text_of(draft, (table, index, name)))
        for name in ("kind", *names, *sorted(_UNASKED))
    }
    return {name: (value, words) for name, (value, words) in texts.items() if value is not None or words}


def _same(now: dict[str, _Stated], before: dict[str, _Stated]) -> bool:
    """Whether a line says what it said, but for what the interview fills in unasked."""
    return {name: cell for name, cell in now.items() if name in before or name not in _UNASKED} == before
