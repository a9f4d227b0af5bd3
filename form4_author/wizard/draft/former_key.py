"""Drafts of earlier versions name lines otherwise: what they hold by line is found again under the present names.

By line a draft holds what the filer said that it held before (``interview.held_before``), and what events without a row
add to it (``adjusts`` of an event).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from form4_author.ledger.balance import together
from form4_author.ledger.former_key import former_lines, is_former
from form4_author.text import amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import rows, with_event
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from form4_author.ledger.line import LineKey
    from form4_author.model.draft import Draft
    from form4_author.model.interview import Texts

__all__ = ["with_present_names"]


def with_present_names(draft: Draft) -> tuple[Draft, tuple[str, ...]]:
    """The draft with the present names of lines, and a sentence for each answer that could not be kept as it was."""
    messages: list[str] = []
    totals = draft.interview.held_before
    if any(map(is_former, totals)):
        draft = draft.with_interview(held_before=_renamed(draft, totals, messages))
    for number, event in enumerate(draft.interview.events):
        if any(map(is_former, event.adjusts)):
            renamed = replace(event, adjusts=_added_up(draft, event.adjusts))
            draft = with_event(draft, number, renamed)
    return draft, tuple(messages)


def _renamed(draft: Draft, totals: Texts, messages: list[str]) -> dict[str, str]:
    """What the filer said; of two answers for what is one line now the one under its present name, else the first."""
    found = {name: text for name, text in totals.items() if not is_former(name)}
    for former in (name for name in totals if is_former(name)):
        name, text = _present(draft, former), totals[former]
        used = found.setdefault(name, text)
        if row_value.number(used) != row_value.number(text):
            messages.append(
                f"The draft has two totals before this form for one line, {number_words(used)} and"
                f" {number_words(text)}: {name}. {number_words(used)} is used. Check the total of the line."
            )
        if is_former(name):
            messages.append(
                f"The draft has a total before this form, {number_words(text)}, for an unknown line:"
                f" {name}. Check the totals."
            )
    return found


def _added_up(draft: Draft, adjusts: Texts) -> dict[str, str]:
    moves = ((_present(draft, name), row_value.number(text)) for name, text in adjusts.items())
    sums = together((name, moved) for name, moved in moves if moved is not None)
    return {name: amount_text(moved) for name, moved in sums.items()}


def _present(draft: Draft, name: str) -> str:
    """The present name of a line; its former one where that cannot be read.

    Of several lines that it may be, the one that the draft has. A former name had no nature of ownership where a line
    is held directly.
    """
    if not is_former(name):
        return name
    listed, lines = former_lines(name), _lines(draft)
    for line in listed:
        same = [
            each for each in lines if each == line or (line.form == "D" and _without_nature(each) == line)
        ]
        if same:
            return str(same[0])
    return str(listed[0]) if listed else name


def _without_nature(line: LineKey) -> LineKey:
    return replace(line, nature="")


def _lines(draft: Draft) -> list[LineKey]:
    """The lines of the draft's rows and of the last filing."""
    own = [
        row_value.line_key(table, row_value.row_texts(draft, table, index)) for table, index, _ in rows(draft)
    ]
    carried = (line for line in restated_lines(draft) if line.table)
    return [*own, *(row_value.line_key(line.table, line.cells) for line in carried)]
