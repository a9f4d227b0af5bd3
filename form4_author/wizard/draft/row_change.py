"""Changes to rows that keep everything which points at a row pointing at it: events, notes on answers, overrides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from form4_author.findings import path_from_text, path_text
from form4_author.model.draft import Draft, new_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from form4_author.model.interview import InsiderEvent, Interview, TradingPlan
    from form4_author.model.table import Row

__all__ = [
    "is_blank",
    "reordered",
    "with_cells",
    "with_new_row",
    "with_rows_swapped",
    "without_event",
    "without_holding",
    "without_row",
]

_Item = TypeVar("_Item")


def with_new_row(draft: Draft, table: str, kind: str, texts: Mapping[str, str]) -> tuple[Draft, int]:
    """The draft with one more row of these cells at the end of a table, and its index there."""
    index = len(draft.rows(table))
    draft = draft.with_rows(table, (*draft.rows(table), new_row(table, kind)))
    return with_cells(draft, table, index, texts), index


def is_blank(table: str, row: Row) -> bool:
    """Whether nothing was answered in a row but what is filled in unasked."""
    return replace(row, equity_swap=None) == new_row(table, row.kind)


def with_cells(draft: Draft, table: str, index: int, texts: Mapping[str, str]) -> Draft:
    """The draft in which a row has these cells, ``yes`` for a box that is checked; its others stay."""
    for column, text in texts.items():
        draft = draft.with_((table, index, column), text == "yes" if column == "equity_swap" else text)
    return draft


def without_row(draft: Draft, table: str, index: int) -> Draft:
    """The draft without one line; an event that has no line left goes with it."""
    draft = without_holding(draft, table, index)
    for number in reversed(range(len(draft.interview.events))):
        if draft.interview.events[number].rows == ():
            draft = without_event(draft, number)
    return draft


def without_holding(draft: Draft, table: str, index: int) -> Draft:
    """The draft without one line that no event has made."""
    rows = draft.rows(table)
    return reordered(draft.with_rows(table, _without(rows, index)), table, _order_without(len(rows), index))


def without_event(draft: Draft, number: int) -> Draft:
    """The draft without one event's answers; its lines are the caller's business."""
    events = draft.interview.events
    draft = draft.with_interview(events=_without(events, number))
    return _shifted(draft, "events", _order_without(len(events), number))


def _without(items: tuple[_Item, ...], index: int) -> tuple[_Item, ...]:
    return (*items[:index], *items[index + 1 :])


def _order_without(count: int, index: int) -> dict[int, int | None]:
    return {i: (None if i == index else i - (i > index)) for i in range(count)}


def with_rows_swapped(draft: Draft, table: str, index: int) -> Draft:
    """The draft with one line moved above the line before it."""
    rows = list(draft.rows(table))
    rows[index - 1], rows[index] = rows[index], rows[index - 1]
    return reordered(draft.with_rows(table, tuple(rows)), table, {index: index - 1, index - 1: index})


def reordered(draft: Draft, table: str, order: Mapping[int, int | None]) -> Draft:
    """The draft whose remarks about lines of a table follow the lines to their new places.

    ``order``: new index by old one, None for a line that is gone. The lines themselves are the caller's business.
    """
    return _shifted(draft, table, order)


# ---- what points at an item of a list


def _shifted(draft: Draft, name: str, order: Mapping[int, int | None]) -> Draft:
    """The draft whose notes about items of a list follow the items to their new places."""
    places = _Places(name, order)
    interview = draft.interview
    unread = tuple(
        replace(each, path=path_from_text(moved))
        for each in interview.unread
        if (moved := places.moved(path_text(each.path))) is not None
    )
    overrides = tuple(
        each._replace(path=path_from_text(moved))
        for each in interview.overrides
        if (moved := places.moved(path_text(each.path))) is not None
    )
    return replace(draft, interview=places.positions(interview)).with_interview(
        events=tuple(map(places.event, interview.events)),
        plans=tuple(map(places.plan, interview.plans)),
        answered=places.keys(interview.answered),
        jumps=places.keys(interview.jumps),
        noted=places.keys(interview.noted),
        overrides=overrides,
        unread=unread,
    )


class _Places:
    """Where ids and paths about a list lead once its items have other places."""

    def __init__(self, name: str, order: Mapping[int, int | None]) -> None:
        self._name = name
        self._order = order

    def moved(self, place: str | None) -> str | None:
        """The id or path with its index replaced; None when its item is gone."""
        if place is None or not place.startswith(f"{self._name}["):
            return place
        number, closed, rest = place[len(self._name) + 1 :].partition("]")
        if not closed or not number.isdecimal() or int(number) not in self._order:
            return place
        new = self._order[int(number)]
        return None if new is None else f"{self._name}[{new}]{rest}"

    def all(self, places: Iterable[str]) -> tuple[str, ...]:
        return tuple(moved for place in places if (moved := self.moved(place)) is not None)

    def keys(self, values: Mapping[str, _Item]) -> dict[str, _Item]:
        pairs = ((self.moved(key), value) for key, value in values.items())
        return {key: value for key, value in pairs if key is not None}

    def event(self, event: InsiderEvent) -> InsiderEvent:
        rows = None if event.rows is None else self.all(event.rows)
        noted = tuple(replace(each, row=self.moved(each.row) or "") for each in event.noted)
        return replace(event, rows=rows, noted=noted)

    def plan(self, plan: TradingPlan) -> TradingPlan:
        rows = None if plan.rows is None else self.all(plan.rows)
        return replace(plan, rows=rows, deemed=self.keys(plan.deemed))

    def positions(self, interview: Interview) -> Interview:
        """Where the interview stands, and what is in hand."""
        return replace(
            interview,
            at=self.moved(interview.at),
            back_to=tuple(
                replace(each, to=to) for each in interview.back_to if (to := self.moved(each.to)) is not None
            ),
            note=replace(
                interview.note, row=self.moved(interview.note.row), back=self.moved(interview.note.back)
            ),
            sheet=replace(interview.sheet, row=self.moved(interview.sheet.row)),
            doubt=replace(interview.doubt, question=self.moved(interview.doubt.question)),
            override=replace(interview.override, path=self.moved(interview.override.path)),
        )
