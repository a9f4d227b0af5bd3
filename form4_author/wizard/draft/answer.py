"""Answers in a draft: which of three states each is in.

``Interview.answered`` holds what the filing itself can't show: that a value is our proposal, accepted as it stood
(``defaulted``), that the filer said there is none (``none``), or went on without an answer (``left out``). A blank is
never stored.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from form4_author.model.draft import TABLES, value_text
from form4_author.model.field import Need
from form4_author.model.filing import cell_names
from form4_author.model.label import field_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.draft import Draft
    from form4_author.model.interview import InsiderEvent
    from form4_author.model.table import Row

__all__ = ["LEFT_OUT", "NONE_STATED", "AnswerState", "cells", "mark", "rows", "state", "with_event"]


NONE_STATED: Final = "none"
"""Recorded of an answer where the filer said that there is none."""
LEFT_OUT: Final = "left out"
"""Recorded of an answer where the filer passed on without one."""


class AnswerState(Enum):
    """What is known about an answer."""

    GIVEN = "given"
    """The filer said so; also that there is none."""
    DEFAULTED = "defaulted"
    """A proposal that the filer let stand."""
    NOT_GIVEN = "not given"


def state(draft: Draft, id: str, paths: tuple[Path, ...]) -> AnswerState:
    """The state of the answer that sets these paths."""
    recorded = draft.interview.answered.get(id)
    if any(draft.has(path) or _noted(draft, path) for path in paths):
        return AnswerState.DEFAULTED if recorded == AnswerState.DEFAULTED.value else AnswerState.GIVEN
    return AnswerState.GIVEN if recorded in (NONE_STATED, LEFT_OUT) else AnswerState.NOT_GIVEN


def _noted(draft: Draft, path: Path) -> bool:
    """Whether a footnote is in place of the value, where the form allows that."""
    if len(path) != 3 or path[0] not in TABLES or not draft.cell(path).footnotes:
        return False
    field = field_at(path)
    return field is not None and field.need in (Need.VALUE_OR_NOTE, Need.OPTIONAL)


def mark(draft: Draft, id: str, how: str | None) -> Draft:
    """The draft that remembers ``defaulted`` or ``none`` of an answer; None: nothing to remember."""
    if draft.interview.answered.get(id) == how:
        return draft
    others = {name: state for name, state in draft.interview.answered.items() if name != id}
    return draft.with_interview(answered=others if how is None else {**others, id: how})


def with_event(draft: Draft, number: int, event: InsiderEvent) -> Draft:
    """The draft with another event in the place of one."""
    events = draft.interview.events
    return draft.with_interview(events=(*events[:number], event, *events[number + 1 :]))


def rows(draft: Draft) -> Iterator[tuple[str, int, Row]]:
    """Every row: table, index, and the row, Table I first."""
    for table in TABLES:
        yield from ((table, index, row) for index, row in enumerate(draft.rows(table)))


def cells(table: str, row: Row | None) -> dict[str, str]:
    """The texts in a row by column, without footnotes; flags, empty cells and the row's kind left out."""
    if row is None:
        return {}
    values = {name: value_text(getattr(row, name).value) for name in cell_names(table, row.kind)}
    values["transaction_form_type"] = row.transaction_form_type
    return {name: value for name, value in values.items() if isinstance(value, str) and value}
