"""Questions that may show that something else happened: the event is taken back, and what happened is chosen again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from form4_author.findings import path_from_text
from form4_author.wizard.draft import row_change
from form4_author.wizard.recipe import ANSWERS, row_paths
from form4_author.wizard.screen import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.draft import Draft
    from form4_author.wizard.screen import Answer, Prompt, View

__all__ = ["or_elsewhere"]


def or_elsewhere(name: str, prompt: Prompt, elsewhere: Mapping[str, str]) -> Prompt:
    """The question of this name; ``elsewhere`` has the answers that are of other events, with words that name them."""

    def act(view: View, answer: Answer) -> Step:
        words = elsewhere.get(str(answer))
        if words is None:
            return Step(draft=view.with_text(f"{ANSWERS}{name}", answer).draft)
        return Step(draft=_without(view.draft, view.index or 0), goto="happened", words=(words,))

    return replace(prompt, act=act)


def _without(draft: Draft, number: int) -> Draft:
    """The draft without an event and the rows that it made."""
    paths = [path_from_text(path) for path in row_paths(draft, number)]
    if not paths:
        return row_change.without_event(draft, number)
    for path in reversed(paths):
        draft = row_change.without_row(draft, str(path[0]), int(path[1]))
    return draft
