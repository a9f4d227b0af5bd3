"""Events in the draft: the rows that follow from the answers of a card, and what else follows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.findings import path_from_text
from form4_author.ledger.balance import counted_back, in_proportion, together
from form4_author.model.draft import TABLES, Draft
from form4_author.model.interview import MadeRow, TotalNote
from form4_author.text import amount_text, day
from form4_author.wizard import recipe
from form4_author.wizard.currency import CONVERTED
from form4_author.wizard.draft import balance, footnote, row_change, row_value
from form4_author.wizard.draft.answer import AnswerState, mark, state, with_event
from form4_author.wizard.draft.answer import rows as draft_rows
from form4_author.wizard.draft.carried_note import with_notes
from form4_author.wizard.draft.event_line import (
    LINES,
    EventLine,
    answered,
    bare,
    carrier,
    needed,
    prior,
    recipe_of,
    short,
    unexplained,
    wide_total,
    working,
)
from form4_author.wizard.draft.event_rows import remade
from form4_author.wizard.recipe import ADJUSTMENT, ANSWERS, EventRow
from form4_author.wizard.screen import Prompt, View, filled
from form4_author.wizard.wording import PRICES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.line import LineKey
    from form4_author.model.draft import Draft
    from form4_author.model.interview import InsiderEvent

__all__ = [
    "card",
    "open_event_days",
    "recipe_of",
    "rows_with_totals",
    "taken_back",
    "whole",
    "with_adjustments",
    "with_rows",
]

_TOTAL: Final = "amount_owned_following"
_OF_LINES: Final = tuple(prompt for number in range(LINES) for prompt in EventLine(number).prompts())
_DAYS: Final = ("date", "vested_on")
"""The answers with the days of an event's lines."""


def card(view: View) -> tuple[Prompt, ...]:
    """The questions of an event: the recipe's own, then what each line it touches held before and holds after."""
    card_recipe = recipe_of(view.draft, view.index or 0)
    if card_recipe is None:
        return ()
    return (*card_recipe.prompts, *_OF_LINES)


# ---- the rows


def rows_with_totals(view: View) -> tuple[EventRow, ...]:
    """The rows of an event with their totals; empty while a question that they need is open.

    A line that is only adjusted becomes a holding, unless a transaction of the form shows its total.
    """
    rows = bare(view)
    before: dict[LineKey, Decimal] = {}
    after: dict[LineKey, Decimal] = {}
    reasons: dict[int, str] = {}
    began: dict[int, Decimal] = {}
    for number, (key, places) in enumerate(recipe.changes(rows).items()):
        lines = tuple(rows[place] for place in places)
        if carrier(view, lines):
            continue
        total = (
            wide_total(view, number)
            if lines[0].wide
            else row_value.number(view.text(f"{ANSWERS}after_{number + 1}"))
        )
        if total is None:
            return ()
        after[key] = total
        moves = [recipe.signed(row) for row in lines if row.kind != ADJUSTMENT]
        began.update(dict.fromkeys(places, counted_back(total, moves)))
        prior_total = prior(view, number)
        if prior_total is not None:
            before[key] = prior_total.total
        if not lines[0].wide and unexplained(view, number):
            reasons[places[-1]] = view.text(f"{ANSWERS}jump_{number + 1}")
    totals = recipe.totals(rows, before, after)
    return tuple(
        with_notes(
            view.draft,
            _marked_late(
                _with_rates(_finished(row, totals.get(i, ""), reasons.get(i, "")), view.event.answers),
                view.event.answers,
            ),
            began.get(i),
        )
        for i, row in enumerate(rows)
        if not carrier(view, (row,))
    )


def _finished(row: EventRow, total: str, reason: str) -> EventRow:
    notes = dict(row.notes)
    if reason:
        notes[_TOTAL] = (*notes.get(_TOTAL, ()), reason)
    cells = {**row.cells, _TOTAL: total} if total else dict(row.cells)
    if row.kind != ADJUSTMENT:
        return replace(row, cells=cells, notes=notes, was=None, begins=False)
    if row.table == TABLES[1] and total:
        cells["underlying_amount"] = _underlying(row.cells, total)
    columns = (
        "security_title",
        "transaction_form_type",
        _TOTAL,
        "ownership_form",
        "nature_of_ownership",
        *_TERMS,
    )
    return EventRow(row.table, {c: cells[c] for c in columns if c in cells}, notes, "holding")


def _with_rates(row: EventRow, answers: Mapping[str, str]) -> EventRow:
    """The row with the footnote of each price that was converted from another currency."""
    notes = dict(row.notes)
    for name, words in answers.items():
        price = answers.get(name.removesuffix(CONVERTED)) if name.endswith(CONVERTED) else None
        for column in PRICES if price else ():
            if row.cells.get(column) == price:
                notes[column] = (*notes.get(column, ()), words)
    return replace(row, notes=notes)


def _marked_late(row: EventRow, answers: Mapping[str, str]) -> EventRow:
    """A transaction that an earlier form should have shown, with that form's type, L and the footnote that says so."""
    late = answers.get("late")
    if not late or row.kind != "transaction":
        return row
    noted = (*row.notes.get("transaction_code", ()), answers.get("late_note", ""))
    cells = {**row.cells, "transaction_form_type": late, "timeliness": "L"}
    return replace(row, cells=cells, notes={**row.notes, "transaction_code": noted})


def _underlying(cells: Mapping[str, str], total: str) -> str:
    """The shares that underlie a holding: as many for each as of those that came or went."""
    of, moved = (row_value.number(cells.get(name)) for name in ("underlying_amount", "amount"))
    amount_owned = row_value.number(total)
    if not of or not moved or amount_owned is None or of == moved:
        return total
    return amount_text(in_proportion(amount_owned, of, moved))


_TERMS: Final = (
    "exercise_price",
    "date_exercisable",
    "expiration_date",
    "underlying_title",
    "underlying_amount",
)


def whole(view: View) -> bool:
    """Whether an event has all its answers: its rows are made, or it makes none."""
    card_recipe = recipe_of(view.draft, view.index or 0)
    if card_recipe is None or not answered(view):
        return False
    return bool(rows_with_totals(view)) or not [r for r in bare(view) if not carrier(view, (r,))]


def open_event_days(draft: Draft) -> tuple[date, ...]:
    """The days of what happened whose lines are still to come and will be due in two business days."""
    found = []
    for number in range(len(draft.interview.events)):
        card_recipe = recipe_of(draft, number)
        dates = [draft.interview.events[number].answers.get(name, "") for name in _DAYS]
        first = min((each for each in dates if each), default="")
        pressing = card_recipe is not None and any(
            row.cells.get("transaction_form_type") == "4" for row in card_recipe.rows
        )
        is_open = not recipe.row_paths(draft, number) and not whole(View(draft, number))
        if first and pressing and is_open:
            with suppress(MalformedValue):  # a draft changed by hand: the question is put again
                found.append(day(first))
    return tuple(found)


def with_rows(view: View) -> tuple[Draft, tuple[str, ...]]:
    """The draft in which an event, once it is complete, has the rows that follow from its answers.

    With it a word for what was made by hand and had to go with its row.
    """
    event, messages = view.index or 0, tuple[str, ...]()
    view = view.of(_reopened(view.of(_boxes(view))))
    rows, old = rows_with_totals(view), _baseline(view.event)
    draft = _without_replaced(view.draft, view)
    if (rows or (old and whole(view))) and rows != old:
        draft, messages = remade(draft, event, old, rows)
        made = tuple(_made_row(row) for row in rows)
        draft = with_event(draft, event, replace(draft.interview.events[event], made=made))
        draft = _totals_marked(view.of(draft), rows)
    return _carriers_noted(view.of(draft)), messages


def _without_replaced(draft: Draft, view: View) -> Draft:
    """The draft without the holdings carried over that lines of the class have replaced, as they were before."""
    replaced = [row for row in bare(view) if row.was is not None]
    lines = {
        row_value.line_key(row.table, cells): row for row in replaced for cells in (row.was or {}, row.line)
    }
    if not lines:
        return draft
    event_paths = {path for event in view.interview.events for path in event.rows or ()}
    for table, index, row in reversed(tuple(draft_rows(draft))):
        key = row_value.line_key(table, row_value.row_texts(draft, table, index))
        if not row.is_transaction and f"{table}[{index}]" not in event_paths and key in lines:
            was = balance.started(draft, table, lines[key].was or {})
            if was is not None and row.amount_owned_following.value in (was.amount, was.total):
                draft = row_change.without_holding(draft, table, index)
    return draft


def with_adjustments(view: View) -> Draft:
    """The draft that knows what an event adds to lines without a row."""
    adjusting = (row for row in bare(view) if row.kind == ADJUSTMENT)
    sums = together((str(row_value.line_key(row.table, row.line)), recipe.signed(row)) for row in adjusting)
    wanted = {key: amount_text(moved) for key, moved in sums.items() if moved}
    if view.event.adjusts == wanted:
        return view.draft
    return with_event(view.draft, view.index or 0, replace(view.event, adjusts=wanted))


def _reopened(view: View) -> Draft:
    """The draft without a total that was worked out from a balance which is not known any more: it is asked again."""
    for number in range(LINES):
        id, path = (
            filled(f"events[{{i}}].after_{number + 1}", view.index),
            view.path(f"{ANSWERS}after_{number + 1}"),
        )
        stale = state(view.draft, id, (path,)) is AnswerState.DEFAULTED and needed(view, number)
        if stale and working(view, number) is None:
            view = view.of(mark(view.draft.with_(path, None), id, None))
    return view.draft


def _boxes(view: View) -> Draft:
    """The draft with the boxes checked that follow from an event, once its questions are answered."""
    draft, event = view.draft, view.index or 0
    card_recipe = recipe_of(draft, event)
    if card_recipe is None or not card_recipe.sets or view.event.boxes or not answered(view):
        return draft
    if not card_recipe.sets_if(view):
        return draft
    for path, setting in card_recipe.sets.items():
        draft = draft.with_(path_from_text(path), setting)
    return with_event(draft, event, replace(view.event, boxes="set"))


def taken_back(draft: Draft, event: int) -> Draft:
    """The draft without an event that made no row, and without what followed from it elsewhere."""
    card_recipe = recipe_of(draft, event)
    for path, setting in (
        card_recipe.sets.items() if card_recipe and draft.interview.events[event].boxes else ()
    ):
        if draft.value(path_from_text(path)) == setting:
            draft = draft.with_(path_from_text(path), None)
    for noted in draft.interview.events[event].noted:
        draft = footnote.detach(draft, (*path_from_text(noted.row), _TOTAL), noted.words)
    return row_change.without_event(draft, event)


def _carriers_noted(view: View) -> Draft:
    """The draft in which the totals that include an adjustment have its footnote, and no others."""
    draft, wanted = view.draft, list[TotalNote]()
    for row in bare(view):
        where = carrier(view, (row,))
        wanted += [TotalNote(row=where, words=words) for words in row.notes.get(_TOTAL, ()) if where]
    old = view.event.noted
    for gone in (each for each in old if each not in wanted and each.row):
        draft = footnote.detach(draft, (*path_from_text(gone.row), _TOTAL), gone.words)
    for new in wanted:
        draft = footnote.attach(draft, (*path_from_text(new.row), _TOTAL), new.words)
    if old == tuple(wanted):
        return draft
    return with_event(draft, view.index or 0, replace(view.event, noted=tuple(wanted)))


def _totals_marked(view: View, rows: tuple[EventRow, ...]) -> Draft:
    """Totals that were worked out follow when their row is changed; the one that was typed does not."""
    typed = set()
    for number, places in enumerate(recipe.changes(rows).values()):
        id = filled(f"events[{{i}}].after_{number + 1}", view.index)
        if state(view.draft, id, (view.path(f"{ANSWERS}after_{number + 1}"),)) is AnswerState.GIVEN:
            typed.add(places[-1])
        if short(view, number) is not None:  # the record says otherwise: nothing follows from it
            typed.update(places)
    draft = view.draft
    for place, where in enumerate(view.event.rows or ()):
        how = None if place in typed else AnswerState.DEFAULTED.value
        draft = mark(draft, f"{where}.{_TOTAL}", how)
    return draft


def _made_row(row: EventRow) -> MadeRow:
    return MadeRow(table=row.table, kind=row.kind, cells=row.cells, notes=row.notes)


def _baseline(event: InsiderEvent) -> tuple[EventRow, ...]:
    """The rows as they were made last: changes by hand are found by comparison with them."""
    return tuple(EventRow(row.table, row.cells, row.notes, row.kind) for row in event.made)
