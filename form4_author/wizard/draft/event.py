"""Events in the draft: the rows that follow from the answers of a card, and what else follows."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.findings import path_from_text
from form4_author.ledger.balance import counted_back, in_proportion, together
from form4_author.text import amount_text, day
from form4_author.wizard import recipe
from form4_author.wizard.draft import balance, footnote, row_change, row_value
from form4_author.wizard.draft.answer import TABLES, AnswerState, Data, flat, mark, node, put, state, text
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

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.line import LineKey

__all__ = ["card", "open_event_days", "recipe_of", "rows_with_totals", "settled", "taken_back", "whole"]

_TOTAL: Final = "amount_owned_following"
_OF_LINES: Final = tuple(prompt for number in range(LINES) for prompt in EventLine(number).prompts())
_DAYS: Final = ("date", "vested_on")
"""The answers with the days of an event's lines."""


def card(view: View) -> tuple[Prompt, ...]:
    """The questions of an event: the recipe's own, then what each line it touches held before and holds after."""
    card_recipe = recipe_of(view.data, view.index or 0)
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
        with_notes(view.data, _finished(row, totals.get(i, ""), reasons.get(i, "")), began.get(i))
        for i, row in enumerate(rows)
        if not carrier(view, (row,))
    )


def _finished(row: EventRow, total: str, reason: str) -> EventRow:
    notes = dict(row.notes)
    if reason:
        notes[_TOTAL] = (*notes.get(_TOTAL, ()), reason)
    cells = {**row.cells, _TOTAL: total} if total else dict(row.cells)
    if row.kind != ADJUSTMENT:
        return replace(row, cells=cells, notes=notes, was=None)
    if row.table == TABLES[1] and total:
        cells["underlying_amount"] = _underlying(row.cells, total)
    columns = ("security_title", _TOTAL, "ownership_form", "nature_of_ownership", *_TERMS)
    return EventRow(row.table, {c: cells[c] for c in columns if c in cells}, notes, "holding")


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
    card_recipe = recipe_of(view.data, view.index or 0)
    if card_recipe is None or not answered(view):
        return False
    return bool(rows_with_totals(view)) or not [r for r in bare(view) if not carrier(view, (r,))]


def open_event_days(data: Data) -> tuple[date, ...]:
    """The days of what happened whose lines are still to come and will be due in two business days."""
    found = []
    for number in range(View(data).count("interview.events")):
        card_recipe = recipe_of(data, number)
        dates = [text(data, f"interview.events[{number}].answers.{name}") for name in _DAYS]
        first = min((each for each in dates if each), default="")
        pressing = card_recipe is not None and any(
            row.cells.get("transaction_form_type") == "4" for row in card_recipe.rows
        )
        if first and pressing and not recipe.row_paths(data, number):
            with suppress(MalformedValue):  # a draft changed by hand: the question is put again
                found.append(day(first))
    return tuple(found)


def settled(data: Data) -> tuple[Data, tuple[str, ...]]:
    """The draft in which every complete event has the rows that follow from its answers.

    With it a word for what was made by hand and had to go with its row.
    """
    events = node(data, ("interview", "events"))
    messages: tuple[str, ...] = ()
    for event in range(len(events) if isinstance(events, list) else 0):
        data = _reopened(_boxes(_adjusted(data, event), event), event)
        view = View(data, event)
        rows = rows_with_totals(view)
        old = _baseline(data, event)
        data = _without_replaced(data, view)
        if (rows or (old and whole(view))) and rows != old:
            data, words = remade(data, event, old, rows)
            data = put(data, ("interview", "events", event, "made"), [_row_data(row) for row in rows])
            data = _totals_marked(data, event, rows)
            messages = (*messages, *words)
        data = _carriers_noted(data, event)
    return data, messages


def _without_replaced(data: Data, view: View) -> Data:
    """The draft without the holdings carried over that lines of the class have replaced, as they were before."""
    replaced = [row for row in bare(view) if row.was is not None]
    lines = {
        row_value.line_key(row.table, cells): row for row in replaced for cells in (row.was or {}, row.line)
    }
    if not lines:
        return data
    event_paths = {path for n in range(view.count("interview.events")) for path in recipe.row_paths(data, n)}
    for table, index, row in reversed(tuple(draft_rows(data))):
        key = row_value.line_key(table, row_value.row_texts(data, table, index))
        if row.get("kind") == "holding" and f"{table}[{index}]" not in event_paths and key in lines:
            was = balance.started(data, table, lines[key].was or {})
            amount_owned = row_value.number(flat(row).get(_TOTAL))
            if was is not None and amount_owned in (was.amount, was.total):
                data = row_change.without_holding(data, table, index)
    return data


def _adjusted(data: Data, event: int) -> Data:
    """The draft that knows what an event adds to lines without a row."""
    adjusting = (row for row in bare(View(data, event)) if row.kind == ADJUSTMENT)
    sums = together((str(row_value.line_key(row.table, row.line)), recipe.signed(row)) for row in adjusting)
    path = ("interview", "events", event, "adjusts")
    wanted = {key: amount_text(moved) for key, moved in sums.items() if moved} or None
    return data if node(data, path) == wanted else put(data, path, wanted)


def _reopened(data: Data, event: int) -> Data:
    """The draft without a total that was worked out from a balance which is not known any more: it is asked again."""
    for number in range(LINES):
        id, path = f"events[{event}].after_{number + 1}", filled(f"{ANSWERS}after_{number + 1}", event)
        view = View(data, event)
        stale = state(data, id, (path_from_text(path),)) is AnswerState.DEFAULTED and needed(view, number)
        if stale and working(view, number) is None:
            data = mark(put(data, path_from_text(path), None), id, None)
    return data


def _boxes(data: Data, event: int) -> Data:
    """The draft with the boxes ticked that follow from an event, once its questions are answered."""
    card_recipe = recipe_of(data, event)
    if card_recipe is None or not card_recipe.sets or node(data, ("interview", "events", event, "boxes")):
        return data
    if not answered(View(data, event)):
        return data
    for path, setting in card_recipe.sets.items():
        data = put(data, path_from_text(path), setting)
    return put(data, ("interview", "events", event, "boxes"), "set")


def taken_back(data: Data, event: int) -> Data:
    """The draft without an event that made no row, and without what followed from it elsewhere."""
    card_recipe = recipe_of(data, event)
    for path, setting in card_recipe.sets.items() if card_recipe else ():
        if node(data, path_from_text(path)) == setting:
            data = put(data, path_from_text(path), None)
    listed = node(data, ("interview", "events", event, "noted"))
    for noted in listed if isinstance(listed, list) else []:
        data = footnote.detach(data, (*path_from_text(noted["row"]), _TOTAL), noted["words"])
    return row_change.without_event(data, event)


def _carriers_noted(data: Data, event: int) -> Data:
    """The draft in which the totals that include an adjustment have its footnote, and no others."""
    view = View(data, event)
    wanted = []
    for row in bare(view):
        where = carrier(view, (row,))
        wanted += [{"row": where, "words": w} for w in row.notes.get(_TOTAL, ()) if where]
    path = ("interview", "events", event, "noted")
    listed = node(data, path)
    old = [dict(each) for each in listed] if isinstance(listed, list) else []
    for gone in (each for each in old if each not in wanted and each.get("row")):
        data = footnote.detach(data, (*path_from_text(gone["row"]), _TOTAL), gone["words"])
    for new in wanted:
        data = footnote.attach(data, (*path_from_text(new["row"]), _TOTAL), new["words"])
    return data if old == wanted else put(data, path, wanted or None)


def _totals_marked(data: Data, event: int, rows: tuple[EventRow, ...]) -> Data:
    """Totals that were worked out follow when their row is changed; the one that was typed does not."""
    typed = set()
    for number, places in enumerate(recipe.changes(rows).values()):
        id = f"events[{event}].after_{number + 1}"
        if (
            state(data, id, (path_from_text(filled(f"{ANSWERS}after_{number + 1}", event)),))
            is AnswerState.GIVEN
        ):
            typed.add(places[-1])
        if short(View(data, event), number) is not None:  # the record says otherwise: nothing follows from it
            typed.update(places)
    for place, where in enumerate(recipe.row_paths(data, event)):
        how = None if place in typed else AnswerState.DEFAULTED.value
        data = mark(data, f"{where}.{_TOTAL}", how)
    return data


def _row_data(row: EventRow) -> Data:
    return {
        "table": row.table,
        "kind": row.kind,
        "cells": dict(row.cells),
        "notes": {c: list(n) for c, n in row.notes.items()},
    }


def _baseline(data: Data, event: int) -> tuple[EventRow, ...]:
    """The rows as they were made last: what hand-made changes are told from."""
    recorded = node(data, ("interview", "events", event, "made"))
    return tuple(
        EventRow(
            row["table"],
            row["cells"],
            {column: tuple(words) for column, words in row["notes"].items()},
            row.get("kind", "transaction"),
        )
        for row in (recorded if isinstance(recorded, list) else [])
    )
