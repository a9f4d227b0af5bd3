"""What was found last about a draft, kept while the same draft is asked about again.

A draft is never changed in place (see ``form4_author.wizard.draft.answer``), so that the very same object has the same
consequences. Only the last few are kept, and with them the drafts, so that no other object takes their identity.
"""

from __future__ import annotations

from collections import deque
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.wizard.screen import View

__all__ = ["recalled_by_draft", "recalled_by_event", "recalled_by_view"]

_Found = TypeVar("_Found")
_Draft = dict[str, Any]


def recalled_by_view(find: Callable[[View], _Found]) -> Callable[[View], _Found]:
    """The function of a view, which remembers its last few results."""
    kept: deque[tuple[_Draft, int | None, _Found]] = deque(maxlen=64)

    @wraps(find)
    def found(view: View) -> _Found:
        for data, index, known in kept:
            if data is view.data and index == view.index:
                return known
        new = find(view)
        kept.appendleft((view.data, view.index, new))
        return new

    return found


def recalled_by_event(find: Callable[[_Draft, int | None], _Found]) -> Callable[..., _Found]:
    """The function of a draft and the number of an event, which remembers its last few results."""
    kept: deque[tuple[_Draft, int | None, _Found]] = deque(maxlen=32)

    @wraps(find)
    def found(data: _Draft, event: int | None = None) -> _Found:
        for draft, number, known in kept:
            if draft is data and number == event:
                return known
        new = find(data, event)
        kept.appendleft((data, event, new))
        return new

    return found


def recalled_by_draft(find: Callable[[_Draft], _Found]) -> Callable[[_Draft], _Found]:
    """The function of a draft, which remembers its last few results."""
    kept: deque[tuple[_Draft, _Found]] = deque(maxlen=4)

    @wraps(find)
    def found(data: _Draft) -> _Found:
        for draft, known in kept:
            if draft is data:
                return known
        new = find(data)
        kept.appendleft((data, new))
        return new

    return found
