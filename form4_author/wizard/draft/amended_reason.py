"""What an amendment changes, in a sentence for its Remarks: from the cells that differ from the original."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.model.draft import TABLES
from form4_author.model.filing import Filing
from form4_author.model.label import column_of, field_at
from form4_author.revision.comparison import differences
from form4_author.text import amount, day, dollars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.model.draft import Draft
    from form4_author.revision.comparison import Difference

__all__ = ["reason"]

_PRICES: Final = ("price", "exercise_price")
_MOST: Final = 4
"""Cells that one sentence can name."""


def reason(draft: Draft) -> str:
    """What the amendment corrects: Table I, column 4 (Price), from $120.34 to $121.34.

    Empty where the original is not known, or more has changed than values of a few cells.
    """
    original, form = draft.interview.original, draft.filing
    if original is None:
        return ""
    now = Filing(non_derivative=form.non_derivative, derivative=form.derivative, footnotes=form.footnotes)
    found = [each for each in differences(original, now) if each.after is not None]
    if not 0 < len(found) <= _MOST or not all(_is_value(each) for each in found):
        return ""
    return (
        f"This amendment corrects {_joined([_words(draft, each) for each in found])}; nothing else changes."
    )


def _is_value(found: Difference) -> bool:
    """Whether the value of one cell changed, and not its footnotes or a whole line."""
    return len(found.path) == 3 and found.before is not None and not found.place.endswith("footnotes")


def _words(draft: Draft, found: Difference) -> str:
    table, index, name = found.path[0], int(found.path[1]), str(found.path[2])
    line = f", line {index + 1}" if len(draft.rows(str(table))) > 1 else ""
    column, field = column_of(found.path, (draft.filing.form or "4")[:1]), field_at(found.path)
    caption = field.caption if field else name
    before, after = (_value(name, text) for text in (found.before, found.after))
    in_table = f"Table {'II' if table == TABLES[1] else 'I'}{line}"
    return f"{in_table}, column {column} ({caption}), from {before} to {after}"


def _value(name: str, text: str | None) -> str:
    """A value as the sentence has it: ``$120.34``, ``11/01/2024``."""
    try:
        if name in _PRICES:
            return f"${dollars(amount((text or '').replace(',', '')))}"
        return f"{day(text or ''):%m/%d/%Y}"
    except MalformedValue:
        return text or ""


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])}; and {parts[-1]}"
