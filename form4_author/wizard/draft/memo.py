"""What was found last about a draft, kept while the same draft is asked about again.

A draft is never changed in place (see ``form4_author.model.draft``), so that the very same object has the same
consequences. Only the last few are kept, and with them the drafts, so that no other object takes their identity.
"""

from __future__ import annotations

from collections import deque
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from form4_author.wizard.register_offer import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.draft import Draft
    from form4_author.wizard.register_offer import Shelf
    from form4_author.wizard.screen import View

__all__ = ["recalled_beside", "recalled_by_draft", "recalled_by_event", "recalled_by_view"]

_Result = TypeVar("_Result")


def recalled_by_view(find: Callable[[View], _Result]) -> Callable[[View], _Result]:
    """The function of a view, which remembers its last few results."""
    recent: deque[tuple[View, _Result]] = deque(maxlen=64)

    @wraps(find)
    def recalled(view: View) -> _Result:
        for seen, result in recent:
            if seen.draft is view.draft and seen.index == view.index and seen.shelf is view.shelf:
                return result
        new = find(view)
        recent.appendleft((view, new))
        return new

    return recalled


def recalled_by_event(find: Callable[[Draft, int | None], _Result]) -> Callable[..., _Result]:
    """The function of a draft and the number of an event, which remembers its last few results."""
    recent: deque[tuple[Draft, int | None, _Result]] = deque(maxlen=32)

    @wraps(find)
    def recalled(draft: Draft, event: int | None = None) -> _Result:
        for seen, number, result in recent:
            if seen is draft and number == event:
                return result
        new = find(draft, event)
        recent.appendleft((draft, event, new))
        return new

    return recalled


def recalled_beside(
    find: Callable[[Draft, Shelf], _Result],
) -> Callable[..., _Result]:
    """The function of a draft and of what the register offers, which remembers its last few results."""
    recent: deque[tuple[Draft, Shelf, _Result]] = deque(maxlen=4)

    @wraps(find)
    def recalled(draft: Draft, shelf: Shelf = EMPTY) -> _Result:
        for seen, beside, result in recent:
            if seen is draft and beside is shelf:
                return result
        new = find(draft, shelf)
        recent.appendleft((draft, shelf, new))
        return new

    return recalled


def recalled_by_draft(find: Callable[[Draft], _Result]) -> Callable[[Draft], _Result]:
    """The function of a draft, which remembers its last few results."""
    recent: deque[tuple[Draft, _Result]] = deque(maxlen=4)

    @wraps(find)
    def recalled(draft: Draft) -> _Result:
        for seen, result in recent:
            if seen is draft:
                return result
        new = find(draft)
        recent.appendleft((draft, new))
        return new

    return recalled
