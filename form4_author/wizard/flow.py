"""What comes next: pure functions of the draft, so that back, resume and jump to a finding are one mechanism.

Screens on the main line follow one another. A detour (the card of an event, a row of a table, one footnote) hangs on a
hub: its last answer leads home to it.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Final

from form4_author.wizard.draft.answer import AnswerState, Data, state
from form4_author.wizard.draft.memo import recalled_by_draft
from form4_author.wizard.screen import Place, Screen, View
from form4_author.wizard.screens import SCREENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from form4_author.findings import Path

__all__ = [
    "answered",
    "asked",
    "first",
    "following",
    "has_started",
    "missing",
    "next",
    "open_questions",
    "optional_beside",
    "place",
    "places",
    "previous",
    "section_start",
    "sections",
    "to_path",
]


@recalled_by_draft
def places(data: Data) -> tuple[Place, ...]:
    """Every question that applies to the draft, in the order of the screens."""
    return tuple(place for screen in SCREENS for place in _of_screen(data, screen))


def _of_screen(data: Data, screen: Screen) -> Iterator[Place]:
    count = screen.count(data)
    for index in (None,) if count is None else range(count):
        view = View(data, index)
        if screen.when(view):
            yield from (Place(screen, p, index) for p in screen.listed(view) if p.when(view))


def place(data: Data, id: str) -> Place | None:
    """The question of this id, if it applies to the draft."""
    return _first(p for p in places(data) if p.id == id)


def first(data: Data) -> Place:
    """Where the interview begins."""
    return places(data)[0]


def next(data: Data, at: Place) -> Place | None:  # noqa: A001  # the design's name: flow.next
    """The question after this one; None after the last. A question that no longer applies still has its successors."""
    return _first(p for p in _walk(data, at) if _order(data, p) > _order(data, at)) or _home(data, at)


def previous(data: Data, at: Place) -> Place | None:
    """The question before this one; None before the first."""
    before = [p for p in _walk(data, at) if _order(data, p) < _order(data, at)]
    return before[-1] if before else _home(data, at)


def following(data: Data, at: Place) -> Place | None:
    """The next question of the same instance that has no answer yet, wherever in it; None when it is complete."""
    return _first(p for p in missing(data) if p.instance() == at.instance())


def missing(data: Data) -> tuple[Place, ...]:
    """The questions that must be answered and are not, in order."""
    return tuple(
        p
        for p in places(data)
        if p.prompt.required
        and not p.prompt.hub
        and not p.screen.transient
        and not p.prompt.on_demand
        and _state(data, p) is AnswerState.NOT_GIVEN
    )


def asked(data: Data, at: Place) -> str:
    """A question with the title of its screen."""
    view = View(data, at.index)
    return f"{at.screen.titled(view)}, {at.prompt.asked(view)}"


_OF_AN_INTERVIEW: Final = ("opened", "foreign_issuer", "events")
"""What an interview that was begun has by the time that it asks who signs; a filing opened at its review has none."""


def has_started(data: Data) -> bool:
    """Whether an interview was begun, and did more than open a filing at its review to change something there."""
    interview = data.get("interview")
    if not isinstance(interview, dict) or not isinstance(interview.get("at"), str):
        return False
    jumps = interview.get("back_to")
    at = jumps[0]["to"] if jumps else interview["at"]
    return at != "review" or any(name in interview for name in _OF_AN_INTERVIEW)


def open_questions(data: Data) -> tuple[str, ...]:
    """The questions that must be answered and are not, in words; none where no interview was begun."""
    return tuple(asked(data, at) for at in missing(data)) if has_started(data) else ()


def sections(data: Data) -> tuple[str, ...]:
    """The names for the list of sections, in order."""
    return tuple(dict.fromkeys(p.screen.section for p in places(data) if not p.screen.hub(data)))


def section_start(data: Data, section: str) -> Place:
    """Where a section begins."""
    return builtins.next(
        p
        for p in places(data)
        if p.screen.section == section and _in_order(data, p) and not p.screen.hub(data)
    )


def to_path(data: Data, path: Path) -> Place | None:
    """The question that sets this path of the filing, or the nearest one: for a row, its first; None for no place."""
    all_places = places(data)
    exact = _first(p for p in all_places if not p.prompt.hub and path in p.prompt.paths(View(data, p.index)))
    if exact is not None or not path:
        return exact
    inside = [p for p in all_places if not p.prompt.hub and _below(data, p, path)]
    unanswered = _first(p for p in inside if p.prompt.required and _state(data, p) is AnswerState.NOT_GIVEN)
    if unanswered is not None or inside:
        return unanswered or inside[0]
    return to_path(data, path[:-1]) if len(path) > 1 else _hub_of(all_places, path)


def _below(data: Data, at: Place, path: Path) -> bool:
    return any(p[: len(path)] == path for p in at.prompt.paths(View(data, at.index)))


def _hub_of(places: tuple[Place, ...], path: Path) -> Place | None:
    """The hub from which a list is filled, when the list is empty."""
    hubs = {"non_derivative": "lines", "derivative": "lines", "footnotes": "notes", "owners": "joint"}
    return _first(p for p in places if p.id == hubs.get(str(path[0])))


def answered(data: Data) -> frozenset[str]:
    """The ids of the questions that have an answer."""
    return frozenset(
        p.id for p in places(data) if not p.prompt.hub and _state(data, p) is not AnswerState.NOT_GIVEN
    )


def optional_beside(data: Data, ids: frozenset[str]) -> frozenset[str]:
    """The ids of the questions that may stay open beside these, on the same instances of their screens."""
    all_places = places(data)
    instances = {p.instance() for p in all_places if p.id in ids}
    return frozenset(
        p.id for p in all_places if p.instance() in instances and not (p.prompt.required or p.prompt.hub)
    )


# ---- the walk


def _walk(data: Data, at: Place) -> list[Place]:
    """The questions put in order around this one: its own instance in a detour, else the main line."""
    detour = bool(at.screen.hub(data))
    return [
        p
        for p in places(data)
        if (p.instance() == at.instance() if detour else not p.screen.hub(data)) and _in_order(data, p)
    ]


def _in_order(data: Data, at: Place) -> bool:
    if at.prompt.silent:
        return _state(data, at) is not AnswerState.DEFAULTED
    return not at.prompt.on_demand


def _home(data: Data, at: Place) -> Place | None:
    hub = at.screen.hub(data)
    return place(data, hub) if hub else None


def _order(data: Data, at: Place) -> tuple[int, int, int]:
    """Where a question stands, also when it does not apply just now."""
    ids = [p.id for p in at.screen.listed(View(data, at.index))]
    position = ids.index(at.prompt.id) if at.prompt.id in ids else len(ids)
    return [s.id for s in SCREENS].index(at.screen.id), -1 if at.index is None else at.index, position


def _state(data: Data, at: Place) -> AnswerState:
    return state(data, at.id, at.prompt.paths(View(data, at.index)))


def _first(places: Iterable[Place]) -> Place | None:
    return builtins.next(iter(places), None)
