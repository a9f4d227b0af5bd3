"""An event that turns out to be a different one: its questions are put instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.draft import row_change
from form4_author.wizard.draft.answer import with_event
from form4_author.wizard.screen import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.wizard.screen import View

__all__ = ["LATE", "chosen_again", "instead"]

LATE: Final = ("late", "late_note")
"""What an event keeps whatever it turns out to be: the form that should have shown it, and its footnote."""


def instead(
    view: View, recipe: str, first: str, words: str, answers: Mapping[str, str] | None = None
) -> Step:
    """The step to the question ``first`` of a different event, with the answers that it keeps."""
    kept = {name: text for name, text in view.event.answers.items() if name in LATE}
    event = replace(view.event, recipe=recipe, answers={**kept, **(answers or {})})
    draft = with_event(view.draft, view.index or 0, event)
    return Step(draft=draft, goto=f"events[{view.index}].{first}", words=(words,))


def chosen_again(view: View, words: str) -> Step:
    """The step back to the list of events, without this one."""
    return Step(draft=row_change.without_event(view.draft, view.index or 0), goto="happened", words=(words,))
