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

_Result = TypeVar("_Result")
_Draft = dict[str, Any]


def recalled_by_view(find: Callable[[View], _Result]) -> Callable[[View], _Result]:
    """The function of a view, which remembers its last few results."""
    recent: deque[tuple[_Draft, int | None, _Result]] = deque(maxlen=64)

    @wraps(find)
    def recalled(view: View) -> _Result:
        for data, index, result in recent:
            if data is view.data and index == view.index:
                return result
        new = find(view)
        recent.appendleft((view.data, view.index, new))
        return new

    return recalled


def recalled_by_event(find: Callable[[_Draft, int | None], _Result]) -> Callable[..., _Result]:
    """The function of a draft and the number of an event, which remembers its last few results."""
    recent: deque[tuple[_Draft, int | None, _Result]] = deque(maxlen=32)

    @wraps(find)
    def recalled(data: _Draft, event: int | None = None) -> _Result:
        for draft, number, result in recent:
            if draft is data and number == event:
                return result
        new = find(data, event)
        recent.appendleft((data, event, new))
        return new

    return recalled


def recalled_by_draft(find: Callable[[_Draft], _Result]) -> Callable[[_Draft], _Result]:
    """The function of a draft, which remembers its last few results."""
    recent: deque[tuple[_Draft, _Result]] = deque(maxlen=4)

    @wraps(find)
    def recalled(data: _Draft) -> _Result:
        for draft, result in recent:
            if draft is data:
                return result
        new = find(data)
        recent.appendleft((data, new))
        return new

    return recalled
