"""What comes next: pure functions of the draft, so that back, resume and jump to a finding are one mechanism.

Screens on the main line follow one another. A detour (the card of an event, a row of a table, one footnote) hangs on a
hub: its last answer leads home to it.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from form4_author.model.interview import ReturnPlace
from form4_author.wizard.draft.answer import AnswerState, state
from form4_author.wizard.draft.memo import recalled_beside
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import Place, Screen, View
from form4_author.wizard.screens import SCREENS
from form4_author.wizard.screens.party import ISSUER, JOINT, PERSONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from form4_author.findings import Path
    from form4_author.model.draft import Draft
    from form4_author.wizard.register_offer import Shelf

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
    "passed_over",
    "place",
    "places",
    "previous",
    "resumed",
    "section_start",
    "sections",
    "to_path",
]


@recalled_beside
def places(draft: Draft, shelf: Shelf = EMPTY) -> tuple[Place, ...]:
    """Every question that applies to the draft, in the order of the screens."""
    return tuple(place for screen in SCREENS for place in _of_screen(draft, screen, shelf))


def _of_screen(draft: Draft, screen: Screen, shelf: Shelf = EMPTY) -> Iterator[Place]:
    count = screen.count(draft)
    for index in (None,) if count is None else range(count):
        view = View(draft, index, shelf)
        if screen.when(view):
            yield from (Place(screen, p, index) for p in screen.listed(view) if p.when(view))


def place(draft: Draft, id: str, shelf: Shelf = EMPTY) -> Place | None:
    """The question of this id, if it applies to the draft."""
    return _first(p for p in places(draft, shelf) if p.id == id)


def first(draft: Draft, shelf: Shelf = EMPTY) -> Place:
    """Where the interview begins."""
    return places(draft, shelf)[0]


def next(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> Place | None:  # noqa: A001  # the design's name: flow.next
    """The question after this one; None after the last. A question that no longer applies still has its successors."""
    return _first(
        p for p in _walk(draft, at, shelf) if _order(draft, p, shelf) > _order(draft, at, shelf)
    ) or _home(draft, at, shelf)


def resumed(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> tuple[Draft, Place]:
    """Where the interview of a saved draft resumes.

    At the issuer, to come back here, where it was left at a question on a person before the issuer was asked for, as
    an earlier version asked.
    """
    first = _first(p for p in missing(draft, shelf) if p.screen is ISSUER)
    if first is None or at.screen not in (PERSONS, JOINT):
        return draft, at
    back = ReturnPlace(to=at.id, until="section", section=ISSUER.section)
    return draft.with_interview(back_to=(*draft.interview.back_to, back)), first


def passed_over(draft: Draft, at: Place, following: Place, shelf: Shelf = EMPTY) -> tuple[Place, ...]:
    """The questions between two that are not asked in order, because their answers were worked out or came whole."""
    first, last = _order(draft, at, shelf), _order(draft, following, shelf)
    return tuple(
        p
        for p in places(draft, shelf)
        if (p.prompt.is_silent(v := View(draft, p.index, shelf)) or p.prompt.passed(v))
        and (p.instance() == at.instance() or not (p.screen.hub(draft) or at.screen.hub(draft)))
        and first < _order(draft, p, shelf) < last
    )


def previous(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> Place | None:
    """The question before this one; None before the first."""
    before = [p for p in _walk(draft, at, shelf) if _order(draft, p, shelf) < _order(draft, at, shelf)]
    return before[-1] if before else _home(draft, at, shelf)


def following(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> Place | None:
    """The next question of the same instance that has no answer yet, wherever in it; None when it is complete."""
    return _first(p for p in missing(draft, shelf) if p.instance() == at.instance())


def missing(draft: Draft, shelf: Shelf = EMPTY) -> tuple[Place, ...]:
    """The questions that must be answered and are not, in order."""
    return tuple(
        p
        for p in places(draft, shelf)
        if p.prompt.required
        and not p.prompt.hub
        and not p.screen.transient
        and not p.prompt.on_demand
        and _state(draft, p, shelf) is AnswerState.NOT_GIVEN
    )


def asked(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> str:
    """A question with the title of its screen."""
    view = View(draft, at.index, shelf)
    return f"{at.screen.titled(view)}, {at.prompt.asked(view)}"


def has_started(draft: Draft) -> bool:
    """Whether an interview was begun, and did more than open a filing at its review to change something there."""
    interview = draft.interview
    if interview.at is None:
        return False
    at = interview.back_to[0].to if interview.back_to else interview.at
    return at != "review" or bool(interview.opened or interview.foreign_issuer or interview.events)


def open_questions(draft: Draft, shelf: Shelf = EMPTY) -> tuple[str, ...]:
    """The questions that must be answered and are not, in words; none where no interview was begun."""
    return tuple(asked(draft, at, shelf) for at in missing(draft, shelf)) if has_started(draft) else ()


def sections(draft: Draft, shelf: Shelf = EMPTY) -> tuple[str, ...]:
    """The names for the list of sections, in order."""
    return tuple(dict.fromkeys(p.screen.section for p in places(draft, shelf) if not p.screen.hub(draft)))


def section_start(draft: Draft, section: str, shelf: Shelf = EMPTY) -> Place:
    """Where a section begins."""
    there = [p for p in places(draft, shelf) if p.screen.section == section and not p.screen.hub(draft)]
    return _first(p for p in there if _in_order(draft, p, shelf)) or there[0]


def to_path(draft: Draft, path: Path, shelf: Shelf = EMPTY) -> Place | None:
    """The question that sets this path of the filing, or the nearest one: for a row, its first; None for no place."""
    all_places = places(draft, shelf)
    exact = _first(
        p for p in all_places if not p.prompt.hub and path in p.prompt.paths(View(draft, p.index, shelf))
    )
    if exact is not None or not path:
        return exact
    inside = [p for p in all_places if not p.prompt.hub and _below(draft, p, path, shelf)]
    unanswered = _first(
        p for p in inside if p.prompt.required and _state(draft, p, shelf) is AnswerState.NOT_GIVEN
    )
    if unanswered is not None or inside:
        return unanswered or inside[0]
    return to_path(draft, path[:-1], shelf) if len(path) > 1 else _hub_of(all_places, path)


def _below(draft: Draft, at: Place, path: Path, shelf: Shelf = EMPTY) -> bool:
    return any(p[: len(path)] == path for p in at.prompt.paths(View(draft, at.index, shelf)))


def _hub_of(places: tuple[Place, ...], path: Path) -> Place | None:
    """The hub from which a list is filled, when the list is empty."""
    hubs = {"non_derivative": "lines", "derivative": "lines", "footnotes": "notes", "owners": "joint"}
    return _first(p for p in places if p.id == hubs.get(str(path[0])))


def answered(draft: Draft, shelf: Shelf = EMPTY) -> frozenset[str]:
    """The ids of the questions that have an answer."""
    return frozenset(
        p.id
        for p in places(draft, shelf)
        if not p.prompt.hub and _state(draft, p, shelf) is not AnswerState.NOT_GIVEN
    )


def optional_beside(draft: Draft, ids: frozenset[str], shelf: Shelf = EMPTY) -> frozenset[str]:
    """The ids of the questions that may stay open beside these, on the same instances of their screens."""
    all_places = places(draft, shelf)
    instances = {p.instance() for p in all_places if p.id in ids}
    return frozenset(
        p.id for p in all_places if p.instance() in instances and not (p.prompt.required or p.prompt.hub)
    )


# ---- the walk


def _walk(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> list[Place]:
    """The questions put in order around this one: its own instance in a detour, else the main line."""
    detour = bool(at.screen.hub(draft))
    return [
        p
        for p in places(draft, shelf)
        if (p.instance() == at.instance() if detour else not p.screen.hub(draft))
        and _in_order(draft, p, shelf)
    ]


def _in_order(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> bool:
    if at.prompt.passed(View(draft, at.index, shelf)):
        return False
    if at.prompt.is_silent(View(draft, at.index, shelf)):
        return _state(draft, at, shelf) is not AnswerState.DEFAULTED
    idle = at.prompt.idle is not None and at.prompt.idle(View(draft, at.index, shelf))
    return not at.prompt.on_demand and not idle


def _home(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> Place | None:
    hub = at.screen.hub(draft)
    return place(draft, hub, shelf) if hub else None


def _order(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> tuple[int, int, int]:
    """Where a question stands, also when it does not apply just now."""
    ids = [p.id for p in at.screen.listed(View(draft, at.index, shelf))]
    position = ids.index(at.prompt.id) if at.prompt.id in ids else len(ids)
    return [s.id for s in SCREENS].index(at.screen.id), -1 if at.index is None else at.index, position


def _state(draft: Draft, at: Place, shelf: Shelf = EMPTY) -> AnswerState:
    return state(draft, at.id, at.prompt.paths(View(draft, at.index, shelf)))


def _first(places: Iterable[Place]) -> Place | None:
    return builtins.next(iter(places), None)
