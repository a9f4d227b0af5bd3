"""Changes to rows that keep everything which points at a row pointing at it: events, notes on answers, overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.wizard.draft.answer import Data, node, put, shifted

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["reordered", "with_rows_swapped", "without_event", "without_holding", "without_row"]


def without_row(data: Data, table: str, index: int) -> Data:
    """The draft without one line; an event that has no line left goes with it."""
    data = without_holding(data, table, index)
    events = node(data, ("interview", "events"))
    if not isinstance(events, list):
        return data
    for number in reversed(range(len(events))):
        if events[number].get("rows") == []:
            data = without_event(data, number)
    return data


def without_holding(data: Data, table: str, index: int) -> Data:
    """The draft without one line that no event has made."""
    listed = data.get(table)
    count = len(listed) if isinstance(listed, list) else 0
    order = {i: (None if i == index else i - (i > index)) for i in range(count)}
    return reordered(put(data, (table, index), None), table, order)


def without_event(data: Data, number: int) -> Data:
    """The draft without one event's answers; its lines are the caller's business."""
    events = node(data, ("interview", "events"))
    count = len(events) if isinstance(events, list) else 0
    order = {i: (None if i == number else i - (i > number)) for i in range(count)}
    return shifted(put(data, ("interview", "events", number), None), "events", order)


def with_rows_swapped(data: Data, table: str, index: int) -> Data:
    """The draft with one line moved above the line before it."""
    above, line = node(data, (table, index - 1)), node(data, (table, index))
    data = put(put(data, (table, index - 1), line), (table, index), above)
    return reordered(data, table, {index: index - 1, index - 1: index})


def reordered(data: Data, table: str, order: Mapping[int, int | None]) -> Data:
    """The draft whose remarks about lines of a table follow the lines to their new places."""
    data = shifted(data, table, order)
    overrides = data.get("overrides")
    if not isinstance(overrides, list):
        return data
    moved = shifted({"interview": {"overrides": overrides}}, table, order)["interview"]["overrides"]
    remaining = [o for o in moved if isinstance(o, dict) and o.get("path")]
    return put(data, ("overrides",), remaining or None)
