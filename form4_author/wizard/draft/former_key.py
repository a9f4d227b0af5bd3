"""Drafts of earlier versions name lines otherwise: what they hold by line is found again under the present names.

By line a draft holds what the filer said that it held before (``interview.held_before``), and what events without a row
add to it (``adjusts`` of an event).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from form4_author.ledger.balance import together
from form4_author.ledger.former_key import former_lines, is_former
from form4_author.text import amount_text
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import Data, node, put, rows
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from form4_author.findings import Path
    from form4_author.ledger.line import LineKey

__all__ = ["with_present_names"]

_TOTALS_BEFORE: Final[Path] = ("interview", "held_before")


def with_present_names(data: Data) -> tuple[Data, tuple[str, ...]]:
    """The draft with the present names of lines, and a sentence for each answer that could not be kept as it was."""
    messages: list[str] = []
    totals, events = node(data, _TOTALS_BEFORE), node(data, ("interview", "events"))
    if _has_former(totals):
        data = put(data, _TOTALS_BEFORE, _renamed(data, totals, messages))
    for number, event in enumerate(events if isinstance(events, list) else ()):
        adjusts = event.get("adjusts") if isinstance(event, dict) else None
        if _has_former(adjusts):
            data = put(data, ("interview", "events", number, "adjusts"), _added_up(data, adjusts))
    return data, tuple(messages)


def _has_former(amounts: Any) -> bool:  # noqa: ANN401  # JSON data
    return isinstance(amounts, dict) and any(is_former(name) for name in amounts)


def _renamed(data: Data, totals: Any, messages: list[str]) -> dict[str, str]:  # noqa: ANN401  # JSON data
    """What the filer said; of two answers for what is one line now the one under its present name, else the first."""
    found = {name: text for name, text in totals.items() if not is_former(name)}
    for former in (name for name in totals if is_former(name)):
        name, text = _present(data, former), str(totals[former])
        used = str(found.setdefault(name, text))
        if row_value.number(used) != row_value.number(text):
            messages.append(
                f"The draft has two totals before this form for one line, {number_words(used)} and"
                f" {number_words(text)}: {name}. {number_words(used)} is used. Check the total of the line."
            )
        if is_former(name):
            messages.append(
                f"The draft has a total before this form, {number_words(text)}, for a line that is not known:"
                f" {name}. Check the totals."
            )
    return found


def _added_up(data: Data, adjusts: Any) -> dict[str, str]:  # noqa: ANN401  # JSON data
    moves = ((_present(data, name), row_value.number(text)) for name, text in adjusts.items())
    sums = together((name, moved) for name, moved in moves if moved is not None)
    return {name: amount_text(moved) for name, moved in sums.items()}


def _present(data: Data, name: str) -> str:
    """The present name of a line; its former one where that cannot be read.

    Of several lines that it may be, the one that the draft has. A former name had no nature of ownership where a line
    is held directly.
    """
    if not is_former(name):
        return name
    listed, lines = former_lines(name), _lines(data)
    for line in listed:
        same = [
            each for each in lines if each == line or (line.form == "D" and _without_nature(each) == line)
        ]
        if same:
            return str(same[0])
    return str(listed[0]) if listed else name


def _without_nature(line: LineKey) -> LineKey:
    return replace(line, nature="")


def _lines(data: Data) -> list[LineKey]:
    """The lines of the draft's rows and of the last filing."""
    own = [
        row_value.line_key(table, row_value.row_texts(data, table, index)) for table, index, _ in rows(data)
    ]
    carried = (line for line in restated_lines(data) if line.get("table"))
    return [*own, *(row_value.line_key(str(line["table"]), line) for line in carried)]
