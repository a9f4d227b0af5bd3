"""Events in the draft: the answers of a card, the lines it touches, and the rows that follow from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.findings import Path, path_from_text
from form4_author.wizard import balance, recipe
from form4_author.wizard.answer import Data, State, mark, node, put, state, text
from form4_author.wizard.entry import Entry
from form4_author.wizard.recipe import ANSWERS, Made, Recipe
from form4_author.wizard.recipes import recipe_named
from form4_author.wizard.screen import Prompt, Proposal, View, filled

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

__all__ = ["LINES", "answers", "card", "made", "recipe_of", "settled"]

LINES: Final = 2
"""How many lines of holdings a recipe touches at most."""


def recipe_of(data: Data, event: int) -> Recipe | None:
    """The recipe of an event."""
    return recipe_named(text(data, f"interview.events[{event}].recipe"))


def answers(view: View) -> dict[str, str]:
    """The answers of a card, by name: of the questions that apply, those that have one."""
    known = recipe_of(view.data, view.index or 0)
    prompts = known.prompts if known else ()
    found = {p.id.rpartition(".")[2]: view.text(str(p.path)) for p in prompts if p.when(view)}
    return {name: words for name, words in found.items() if words}


def card(view: View) -> tuple[Prompt, ...]:
    """The questions of an event: the recipe's own, then what each line it touches held before and holds after."""
    known = recipe_of(view.data, view.index or 0)
    if known is None:
        return ()
    return (*known.prompts, *(p for number in range(LINES) for p in _line_prompts(number)))


def _answered(view: View) -> bool:
    """Whether the recipe's own questions have their answers."""
    known = recipe_of(view.data, view.index or 0)
    return known is not None and all(
        state(view.data, filled(p.id, view.index), p.paths(view)) is not State.NOT_GIVEN
        for p in known.prompts
        if p.required and p.when(view)
    )


# ---- lines touched


def _bare(view: View) -> tuple[Made, ...]:
    """The rows without their totals; empty while a question is open."""
    known = recipe_of(view.data, view.index or 0)
    return recipe.made_rows(known, answers(view)) if known and _answered(view) else ()


def _touched(view: View, number: int) -> tuple[str, tuple[Made, ...]] | None:
    """Key and rows of the card's n-th line."""
    rows = _bare(view)
    lines = list(recipe.changes(rows).items())
    if number >= len(lines):
        return None
    key, places = lines[number]
    return key, tuple(rows[place] for place in places)


def _earlier(view: View, table: str) -> range:
    """The rows of a table that stand before this event's."""
    own = [path_from_text(p) for p in recipe.row_paths(view.data, view.index or 0)]
    first = min((int(p[1]) for p in own if p[0] == table), default=view.count(table))
    return range(first)


def _from_rows(view: View, row: Made) -> Decimal | None:
    found = balance.from_rows(view.data, row.table, dict(row.cells), _earlier(view, row.table))
    return found.amount if found else None


def _before(view: View, row: Made) -> Decimal | None:
    found = balance.prior(view.data, row.table, dict(row.cells), _earlier(view, row.table))
    return found.amount if found else None


def _line_prompts(number: int) -> tuple[Prompt, ...]:
    def first(view: View) -> Made | None:
        touched = _touched(view, number)
        return touched[1][0] if touched else None

    def unknown(view: View) -> bool:
        row = first(view)
        return row is not None and _from_rows(view, row) is None

    def told(view: View) -> Path:
        row = first(view)
        return balance.told_path(row.table, dict(row.cells)) if row else ("interview", "held_before", "")

    def working(view: View) -> Proposal | None:
        touched = _touched(view, number)
        before = _before(view, touched[1][0]) if touched else None
        if touched is None or before is None:
            return None
        found = balance.working(before, [recipe.signed(row) for row in touched[1]])
        return Proposal(found.text, found.words) if found.total >= 0 else None

    def words(sentence: str) -> Callable[[View], str]:
        return lambda view: (
            f"{balance.line_words(dict(row.cells))}: {sentence}" if (row := first(view)) else sentence
        )

    return (
        Prompt(
            id=f"events[{{i}}].before_{number + 1}",
            path=told,
            message=words("how many before this?"),
            help="What this line held after the last report: it gives the new totals, with the sums "
            "shown. Enter alone to "
            "type the new total yourself.",
            entry=Entry.NUMBER,
            required=False,
            when=unknown,
        ),
        Prompt(
            id=f"events[{{i}}].after_{number + 1}",
            path=f"{ANSWERS}after_{number + 1}",
            message=words("how many after it?"),
            help="Column 5 (Table II: column 9), Instruction 4(a)(i): what this line holds following "
            "the transaction, the "
            "same class held in the same way. A sum may be typed: 239,602-7,007.",
            entry=Entry.NUMBER,
            when=lambda view: first(view) is not None,
            propose=working,
            derived=True,
        ),
    )


# ---- the rows


def made(view: View) -> tuple[Made, ...]:
    """The rows of an event with their totals; empty while a question that they need is open."""
    rows = _bare(view)
    before: dict[str, Decimal] = {}
    after: dict[str, Decimal] = {}
    for number, key in enumerate(recipe.changes(rows)):
        total = balance.number(view.text(f"{ANSWERS}after_{number + 1}"))
        if total is None:
            return ()
        after[key] = total
        touched = _touched(view, number)
        held = _before(view, touched[1][0]) if touched else None
        if held is not None:
            before[key] = held
    found = recipe.totals(rows, before, after)
    return tuple(
        replace(row, cells={**row.cells, "amount_owned_following": found[i]}) if i in found else row
        for i, row in enumerate(rows)
    )


def settled(data: Data) -> Data:
    """The draft in which every complete event has the rows that follow from its answers."""
    events = node(data, ("interview", "events"))
    for event in range(len(events) if isinstance(events, list) else 0):
        rows = made(View(data, event))
        old = _baseline(data, event)
        if rows and rows != old:
            data = recipe.remade(data, event, old, rows)
            data = put(data, ("interview", "events", event, "made"), [_kept(row) for row in rows])
            data = _totals_marked(data, event, rows)
    return data


def _totals_marked(data: Data, event: int, rows: tuple[Made, ...]) -> Data:
    """Totals that were worked out follow when their row is changed; the one that was typed does not."""
    typed = set()
    for number, places in enumerate(recipe.changes(rows).values()):
        id = f"events[{event}].after_{number + 1}"
        if state(data, id, (path_from_text(filled(f"{ANSWERS}after_{number + 1}", event)),)) is State.GIVEN:
            typed.add(places[-1])
    for place, where in enumerate(recipe.row_paths(data, event)):
        how = None if place in typed else State.DEFAULTED.value
        data = mark(data, f"{where}.amount_owned_following", how)
    return data


def _kept(row: Made) -> Data:
    return {"table": row.table, "cells": dict(row.cells), "notes": {c: list(n) for c, n in row.notes.items()}}


def _baseline(data: Data, event: int) -> tuple[Made, ...]:
    """The rows as they were made last: what hand-made changes are told from."""
    kept = node(data, ("interview", "events", event, "made"))
    return tuple(
        Made(row["table"], row["cells"], {column: tuple(words) for column, words in row["notes"].items()})
        for row in (kept if isinstance(kept, list) else [])
    )
