"""What happens to a class happens to every line of it: the questions and rows of such events (26, 36, 47, 48).

Which lines there are is known from the last filing, and from what else the form has. The card lists them as they were
and as they become; each can be changed. Of a class that no earlier form has, one line is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger.balance import Fractions, change, net, split_whole, underlying
from form4_author.ledger.title import same_class
from form4_author.model.interview import CarriedLine
from form4_author.text import amount, amount_text, day
from form4_author.wizard.draft import balance, row_value
from form4_author.wizard.draft.answer import cells as row_cells
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.class_change import (
    MOST,
    is_of,
    is_repeated,
    restated_lines,
    splits_terms,
    touched,
)
from form4_author.wizard.draft.memo import recalled_by_view
from form4_author.wizard.recipe import ADJUSTMENT, EventRow, earlier, fits, row_paths
from form4_author.wizard.recipes.shared.cell import TABLE_1, TABLE_2
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.wording import money_words, number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from form4_author.model.draft import Draft
    from form4_author.wizard.screen import View

__all__ = [
    "LineChange",
    "award_words",
    "awards",
    "cells_of_line",
    "change_words",
    "changes",
    "has_line",
    "lines_before",
    "list_words",
    "on_day",
    "prior_total",
    "rate_of",
    "recorded_lines",
    "restated_awards",
    "restated_shares",
    "terms_of",
]

_TOTAL: Final = "amount_owned_following"
_HOLDER: Final = ("security_title", "ownership_form", "nature_of_ownership")
_TERMS: Final = ("exercise_price", "date_exercisable", "expiration_date", "underlying_title")


class LineChange(NamedTuple):
    """A line of the class before and after the event."""

    number: int
    """As the card counts its lines, from 1."""
    line: CarriedLine
    """As it was before."""
    total_before: Decimal
    after: CarriedLine
    """As it is after."""
    total: Decimal
    """What it holds after, as proposed or given."""
    recorded: str = ""
    """The action on record by which it is changed already, in words."""


def has_line(view: View) -> bool:
    """Whether a line of the class is known, direct or indirect; also where the event repeats an earlier one."""
    security = answer_to(view, "security")
    reported = any(
        line.table == TABLE_1
        and is_of(line, security)
        and not line.dormant
        and row_value.number(line.text(_TOTAL))
        for line in restated_lines(view.draft, view.index)
    )
    return reported or any(line.table == TABLE_1 for _, line, _ in lines_before(view))


def recorded_lines(view: View) -> frozenset[int]:
    """The numbers of the lines that an action on record has changed already."""
    return frozenset(each.number for each in touched(view.draft, view.index or 0) if each.recorded)


@recalled_by_view
def lines_before(view: View) -> tuple[tuple[int, CarriedLine, Decimal], ...]:
    """Number and amount of each line the event is about, before it."""
    before = _before(view)
    found: list[tuple[int, CarriedLine, Decimal]] = []
    for each in touched(view.draft, view.index or 0):
        table, cells = each.line.table, each.line.cells
        total = row_value.number(each.line.text(_TOTAL))
        if _disposes(view):
            total = prior_total(view, table, cells)
        elif table == TABLE_1:
            started = balance.started(before, table, cells)
            total = _then(view, cells, started.total if started else amount("0"))
        found.append((each.number, each.line, total or amount("0")))
    numbers = range(len(found) + 1, MOST + 1)
    others = _others(view, before, [line.cells for _, line, _ in found if line.table == TABLE_1])
    found.extend((number, line, total) for number, (line, total) in zip(numbers, others, strict=False))
    return tuple(each for each in found if each[2] > 0)


def _disposes(view: View) -> bool:
    """Whether the event has rows of transactions, which continue from those before them."""
    recipe = view.text("interview.events[{i}].recipe")
    return recipe == "merged" or (recipe == "reclassified" and answer_to(view, "what") != "name")


def prior_total(view: View, table: str, cells: Mapping[str, str]) -> Decimal:
    """What a line holds before the rows of this event."""
    prior = balance.prior(view.draft, table, cells, earlier(view, table))
    return prior.total if prior else amount("0")


def _before(view: View) -> Draft:
    """The draft without this event and what came after it: what adjusts a line there was before."""
    return view.draft.with_interview(events=view.interview.events[: view.index or 0])


def _then(view: View, cells: Mapping[str, str], started: Decimal) -> Decimal:
    """What a line of Table I held on the day of the event: with the form's transactions that were before it."""
    first, key = answer_to(view, "effective"), row_value.line_key(TABLE_1, cells)
    moves = [
        ("A", row_value.signed(table, row))
        for table, row in ((table, row_cells(table, row)) for table, _, row in rows(view.draft))
        if table == TABLE_1
        if first and row.get("transaction_date", first) < first and row_value.line_key(table, row) == key
    ]
    return net([("A", started), *moves])


def _others(
    view: View, before: Draft, listed: Iterable[Mapping[str, str]]
) -> Iterator[tuple[CarriedLine, Decimal]]:
    """The lines of the class that only an event before this one gave the form, as shares that a trust received."""
    keys = {row_value.line_key(TABLE_1, cells) for cells in listed}
    event_paths = {path for n in range(view.index or 0) for path in row_paths(view.draft, n)}
    if not answer_to(view, "security") or is_repeated(view.draft, view.index or 0):
        return
    for table, index, row in rows(view.draft):
        cells = row_cells(table, row)
        key = row_value.line_key(table, cells)
        same = table == TABLE_1 and same_class(cells.get("security_title"), answer_to(view, "security"))
        if f"{table}[{index}]" in event_paths and not row.is_transaction and same and key not in keys:
            keys.add(key)
            started = balance.started(before, table, cells)
            total = started.total if started else amount("0")
            held: dict[str, str] = {name: cells[name] for name in _HOLDER if name in cells}
            yield CarriedLine(table=TABLE_1, cells=held), total


# ---- before and after


@recalled_by_view
def changes(view: View) -> tuple[LineChange, ...]:
    """Each line before and after; empty while the answers do not say what it becomes."""
    if not _says_how(view):
        return ()
    after = restated_lines(view.draft, (view.index or 0) + 1)
    by_number = {each.number: each for each in touched(view.draft, view.index or 0)}
    found = []
    for number, line, before in lines_before(view):
        changed = after[by_number[number].place] if number in by_number else line
        if recorded := by_number[number].recorded if number in by_number else "":
            found.append(LineChange(number, line, before, line, before, recorded))
            continue
        of_award = _less(changed, by_number[number].taken if number in by_number else "")
        by_ratio = line.table == TABLE_1 or is_of(line, answer_to(view, "security"))
        total = _shares(view, number, before) if by_ratio else of_award
        found.append(LineChange(number, line, before, changed, total))
    return tuple(found)


def _less(line: CarriedLine, taken: str) -> Decimal:
    """What an award holds after the event, without what the form took from it before."""
    total = row_value.number(line.text(_TOTAL)) or amount("0")
    return net([("A", total), ("D", amount(taken))]) if taken else total


def _says_how(view: View) -> bool:
    recipe = view.text("interview.events[{i}].recipe")
    if recipe == "split":
        return bool(rate_of(view))
    if recipe == "reclassified":
        return bool(answer_to(view, "new_title")) and (
            answer_to(view, "what") == "name" or bool(rate_of(view))
        )
    return (
        recipe == "award_adjusted" and bool(answer_to(view, "security")) and bool(answer_to(view, "reason"))
    )


def rate_of(view: View) -> tuple[Decimal, Decimal] | None:
    """How many new shares for how many old ones; None while that is not answered."""
    new, old = (row_value.number(answer_to(view, name)) for name in ("new", "old"))
    return (new, old) if new and old else None


def _fractions(view: View) -> Fractions:
    return Fractions(answer_to(view, "fractions") or Fractions.CASH.value)


def _shares(view: View, number: int, before: Decimal) -> Decimal:
    """What a line of Table I holds afterwards."""
    given = (
        row_value.number(answer_to(view, f"number_{number}")) if answer_to(view, "apply") == "no" else None
    )
    rate = rate_of(view)
    if given is not None or rate is None:
        return before if given is None else given
    return split_whole(before, *rate, _fractions(view))


def list_words(view: View) -> tuple[str, ...]:
    """The lines before and after, as the card lists them: ``Common Stock, By Spouse: 700 → 1,400``."""
    return tuple(f"  {each.number}  {change_words(each)}" for each in changes(view))


def change_words(each: LineChange) -> str:
    """A line before and after: ``Common Stock, By Spouse: 700 → 1,400``; one that is changed already with why."""
    name, after = row_value.line_words(each.line.cells), _of(each.after, each.total)
    if each.recorded:
        return f"{name}: {after} (includes the {each.recorded})"
    return f"{name}: {_of(each.line, each.total_before)} → {after}"


# ---- words


def _of(line: CarriedLine, total: Decimal) -> str:
    """What a line holds, with the exercise price of an award: ``2,000 at $6.25``."""
    price = line.text("exercise_price")
    return f"{number_words(amount_text(total))}{f' at {money_words(price)}' if price else ''}"


def on_day(view: View, name: str = "effective") -> str:
    """`` on October 1, 2026``; empty where no day is given."""
    day_text = answer_to(view, name)
    if not day_text:
        return ""
    on = day(day_text)
    return f" on {on:%B} {on.day}, {on.year}"


def award_words(each: LineChange, why: str) -> str:
    """What became of an award: ``Restated from 1,000 at $12.50 to 2,000 at $6.25 for a 2-for-1 stock split``."""
    before = "" if each.recorded else f"from {_of(each.line, each.total_before)} "
    return f"Restated {before}to {_of(each.after, each.total)} {why}."


# ---- rows


def restated_shares(view: View, note: str) -> tuple[EventRow, ...]:
    """The adjustment of each line of the class in Table I; ``note`` names the answer with its footnote."""
    found = []
    for each in changes(view):
        moved, letter = change(each.total_before, each.total)
        if each.line.table == TABLE_1 and (moved or each.recorded):
            cells = _holder(each.line)
            cells |= {"amount": amount_text(moved), "acquired_disposed": letter}
            found.append(
                EventRow(
                    TABLE_1, cells, {_TOTAL: (answer_to(view, note),)}, ADJUSTMENT, cells_of_line(each.line)
                )
            )
    return tuple(found)


def restated_awards(view: View, words: Callable[[LineChange], str]) -> tuple[EventRow, ...]:
    """The awards with their new terms as holdings of Table II, where a form says how many shares underlie them."""
    if answer_to(view, "awards") != "yes":
        return ()
    return tuple(_holding(each, words(each)) for each in awards(view))


def awards(view: View) -> tuple[LineChange, ...]:
    """The awards over the class of which a form says how many shares underlie them."""
    security = answer_to(view, "security")
    return tuple(
        each for each in changes(view) if splits_terms(each.line, security) and each.after.text("each")
    )


def _holding(each: LineChange, words: str) -> EventRow:
    cells = _holder(each.after)
    notes: dict[str, tuple[str, ...]] = {_TOTAL: (words,)}
    for column, text in terms_of(each.after).items():
        if fits(TABLE_2, column, text):
            cells[column] = text
        else:
            notes[column] = (text,)
    number = amount(each.after.text("each"))
    cells |= {
        "amount": amount_text(each.total),
        "underlying_amount": amount_text(underlying(number, each.total)),
    }
    return EventRow(TABLE_2, cells, notes, ADJUSTMENT, cells_of_line(each.line))


def _holder(line: CarriedLine) -> dict[str, str]:
    """Title and holder of a line, as far as it has them."""
    return {name: text for name in _HOLDER if (text := line.text(name))}


def cells_of_line(line: CarriedLine) -> dict[str, str]:
    """The cells of a line by which it is found, as it was."""
    return {name: text for name, text in line.cells.items() if name in (*_HOLDER, *_TERMS)}


def terms_of(line: CarriedLine) -> dict[str, str]:
    """The terms of an award, by column: a value, or the words in its place."""
    words = {"exercise_price": line.text("exercise_price") or line.text("exercise_price_words")}
    found = {column: words.get(column) or line.text(column) for column in _TERMS}
    return {column: text for column, text in found.items() if text}
