"""The columns of a sheet as people read them, and what may be chosen in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.model.conformed_signature import Capacity
from form4_author.model.draft import Draft
from form4_author.model.interview import InsiderEvent, Interview
from form4_author.text import folded
from form4_author.wizard.screen import AnswerKind, View
from form4_author.wizard.sheet import event_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMN_NAMES", "choices_for", "heading_of"]

_HEADINGS: Final = {
    "person": "Reporting person",
    "happened": "What happened",
    "on_record": "On record (read only)",
    "draft": "Draft name",
    "from": "Last filing (file)",
    "style": "Table",
    "table": "Table of the form",
    "vested": "Units vested",
    "vesting": "Vesting footnote",
    "unit": "Shares per unit",
    "unit_note": "Unit footnote",
    "withheld_note": "Withholding footnote",
    "strike": "Exercise price",
    "option": "Option title",
    "underlying": "Underlying security",
    "exercisable": "Exercisable or vests",
    "ownership": "Held directly or indirectly",
    "nature": "Nature of ownership",
    "donee": "Recipient footnote",
    "carried_notes": "Footnotes of the last filing",
    "signing[0].capacity": "Signer's capacity",
    "signing[0].agent": "Attorney-in-fact",
    "signatures[0].date": "Signature date",
}
COLUMN_NAMES: Final[Mapping[str, str]] = {
    folded(heading).replace(" ", "_"): column for column, heading in _HEADINGS.items()
}
"""The column that a heading stands for, by the heading folded; a column's own name is a heading, too."""
_BY_FORM: Final = frozenset({"security", "spelling", "series"})
"""What may be chosen follows from the person's last form."""


def heading_of(column: str) -> str:
    """``Vesting footnote`` for ``vesting``; any other name with spaces and a capital."""
    return _HEADINGS.get(column) or column.replace("_", " ").capitalize()


def choices_for(word: str) -> dict[str, tuple[str, ...]]:
    """What may be chosen in the columns of a template, by column; none for an event that is not known."""
    recipe = event_of(word)
    choices = {"signing[0].capacity": tuple(each.value for each in Capacity)}
    if recipe is None:
        return choices
    started = Interview(events=(InsiderEvent(recipe=recipe.id),))
    view = View(Draft(interview=started), 0)
    for prompt in recipe.prompts:
        name = prompt.id.partition(".")[2]
        if prompt.kind is AnswerKind.CHOICE and name not in _BY_FORM:
            choices[name] = tuple(option.label for option in prompt.options(view))
        elif prompt.kind is AnswerKind.CONFIRM:
            choices[name] = ("yes", "no")
    return {name: listed for name, listed in choices.items() if len(listed) > 1}
