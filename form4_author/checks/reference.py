"""The footnotes to which a row refers, and the codes of exercises, which report a row in each table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.codes import exercises

if TYPE_CHECKING:
    from form4_author.findings import Path
    from form4_author.model.filing import Filing

__all__ = ["EXERCISES", "has_notes", "texts_of_row"]

EXERCISES: Final = exercises()
"""Codes of exercise or conversion: a disposition in Table II beside an acquisition in Table I (Instr. 4(c)(i))."""


def has_notes(filing: Filing, row: Path) -> bool:
    """Whether any cell of the row at this path refers to a footnote."""
    return row in filing.notes_of_rows()


def texts_of_row(filing: Filing, row: Path) -> tuple[str, ...]:
    """The texts of the footnotes that the cells of a row refer to, each once, in the order of the row."""
    texts = filing.footnote_texts()
    return tuple(texts[id] for id in filing.notes_of_rows().get(row, ()) if id in texts)
