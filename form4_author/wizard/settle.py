"""What follows from the answers without asking: rows of events, cells worked out, footnote numbers.

Run after every answer; running it twice changes nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard import asking, event, flow, note
from form4_author.wizard.answer import Data, State, state
from form4_author.wizard.screen import Place, View
from form4_author.wizard.screens.plan import with_deemed_dates

if TYPE_CHECKING:
    from datetime import date

__all__ = ["settled"]

_ROUNDS: Final = 40
"""A running total may depend on the one above it: at most one round for each row of a table, and some."""


def settled(data: Data, today: date) -> tuple[Data, tuple[str, ...]]:
    """The draft with its consequences drawn, and a word for each footnote that had to go."""
    for _ in range(_ROUNDS):
        before = data
        data = _derived(with_deemed_dates(event.settled(data)), today)
        if data == before:
            break
    return note.tidy(data)


def _derived(data: Data, today: date) -> Data:
    """The draft in which every answer that is only worked out agrees with what it is worked out from."""
    for place in flow.places(data):
        view = View(data, place.index)
        known = state(data, place.id, place.prompt.paths(view))
        follows = known is State.DEFAULTED and place.prompt.derived
        if follows or (known is State.NOT_GIVEN and place.prompt.silent):
            data = _with_proposal(data, place, view, today)
    return data


def _with_proposal(data: Data, place: Place, view: View, today: date) -> Data:
    proposal = place.prompt.propose(view)
    if proposal is None:
        return data
    return asking.with_proposal(data, place, proposal.text, today)
