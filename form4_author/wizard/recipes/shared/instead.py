"""An event that turns out to be a different one: its questions are put instead, or what happened is chosen again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.findings import path_from_text
from form4_author.wizard.draft import row_change
from form4_author.wizard.draft.answer import with_event
from form4_author.wizard.recipe import ANSWERS, row_paths
from form4_author.wizard.screen import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.draft import Draft
    from form4_author.wizard.screen import Answer, Prompt, View

__all__ = ["LATE", "chosen_again", "instead", "or_elsewhere"]

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
    """The step back to the list of events, without this one and the lines that it made."""
    return Step(draft=_without(view.draft, view.index or 0), goto="happened", words=(words,))


def or_elsewhere(name: str, prompt: Prompt, elsewhere: Mapping[str, str]) -> Prompt:
    """The question of this name; ``elsewhere`` has the answers that are of other events, with words that name them."""

    def act(view: View, answer: Answer) -> Step:
        words = elsewhere.get(str(answer))
        if words is None:
            return Step(draft=view.with_text(f"{ANSWERS}{name}", answer).draft)
        return chosen_again(view, words)

    return replace(prompt, act=act)


def _without(draft: Draft, number: int) -> Draft:
    """The draft without an event and the rows that it made."""
    paths = [path_from_text(path) for path in row_paths(draft, number)]
    if not paths:
        return row_change.without_event(draft, number)
    for path in reversed(paths):
        draft = row_change.without_row(draft, str(path[0]), int(path[1]))
    return draft
