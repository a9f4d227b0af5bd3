"""Recipes: what happened, in the filer's words, and the rows it makes.

A recipe is data: the questions it asks, the rows it makes, the footnotes it offers, the rule that says so. Changing an
answer makes the rows again; a cell that the filer has changed by hand since keeps what the filer put there. What needs
no row adjusts a line's total, with a footnote: such a row of a recipe has the kind ``adjustment``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from form4_author.findings import path_from_text
from form4_author.ledger import balance as ledger
from form4_author.model.field import Kind
from form4_author.model.label import field_at
from form4_author.wizard import fill
from form4_author.wizard.draft import row_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from form4_author.ledger.line import LineKey
    from form4_author.model.draft import Draft
    from form4_author.wizard.screen import Prompt, View

__all__ = [
    "ADJUSTMENT",
    "ANSWERS",
    "EventRow",
    "Recipe",
    "RowRecipe",
    "Take",
    "Worked",
    "changes",
    "earlier",
    "fits",
    "recipe_rows",
    "row_paths",
    "signed",
    "source_value",
    "totals",
]

ANSWERS: Final = "interview.events[{i}].answers."
"""Where the answers of an event are kept."""
ADJUSTMENT: Final = "adjustment"
"""A row that only adjusts what a line holds, because nothing is to be reported (Rules 16a-9, 16a-11, 16a-13 …)."""


@dataclass(frozen=True, slots=True)
class Take:
    """A cell's source: the answer of this name, or ``otherwise`` when there is none."""

    name: str
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """A cell's source: what is worked out from the answers."""

    by: Callable[[Mapping[str, str]], str]


Source = str | Take | Worked


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRecipe:
    """One row that a recipe makes; with ``fills`` one for each group of the broker's fills, where there are any."""

    table: str
    cells: Mapping[str, Source]
    kind: str = "transaction"
    fills: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    """Column → the answer whose words become its footnote."""
    when: Callable[[Mapping[str, str]], bool] = lambda _answers: True  # the shape of a condition
    begins: Callable[[Mapping[str, str]], bool] = lambda _answers: False  # the shape of a condition
    """Whether its line is new: no form has it, and it held nothing before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Something that happened."""

    id: str
    number: int
    """Its number in the interview's list of events; 0 for what that list does not number."""
    label: str
    """As the filer says it."""
    also: str = ""
    """Other words under which a filer may look for it: what it is called, in each form that no plural makes."""
    rule: str
    """Which rows, and the rule that says so."""
    prompts: tuple[Prompt, ...]
    rows: tuple[RowRecipe, ...]
    insiders: bool = False
    """Whether it is for directors and officers only (Rule 16b-3)."""
    insiders_by: str = "Rule 16b-3"
    """What says so: ``code F, Rule 16b-3(e)``."""
    sets: Mapping[str, str | bool] = field(default_factory=dict)
    """Boxes of the form that follow, by path."""
    sets_if: Callable[[View], bool] = lambda _view: True  # the shape of a condition
    """Whether these boxes follow, by the answers."""
    lines: Callable[[View], tuple[EventRow, ...]] = lambda _view: ()  # the shape of rows
    """The rows of each line of the class, for what happens to a whole class."""
    listed: Callable[[View], tuple[str, ...]] = lambda _view: ()  # the shape of a list
    """Those lines before and after, as the card shows them."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row as a recipe makes it: values by column, and the words of footnotes by column."""

    table: str
    cells: Mapping[str, str]
    notes: Mapping[str, tuple[str, ...]]
    kind: str = "transaction"
    was: Mapping[str, str] | None = None
    """The line as it was before what happened to its class, from which its total follows; None for a total asked."""
    begins: bool = False
    """Whether its line held nothing before, so that no one is asked."""

    @property
    def wide(self) -> bool:
        """Whether it is the row of a line to which something happened because of its class."""
        return self.was is not None

    @property
    def line(self) -> dict[str, str]:
        """The cells, with the words in place of an award's terms: what identifies its line."""
        words = {c: " ".join(self.notes[c]) for c in row_value.AWARD if c in self.notes}
        return {**words, **self.cells}


def recipe_rows(recipe: Recipe, answers: Mapping[str, str]) -> tuple[EventRow, ...]:
    """The rows that follow from the answers, without their totals."""
    return tuple(
        _event_row(row, each)
        for row in recipe.rows
        if row.when(answers)
        for each in _each_group(row, answers)
    )


def _each_group(row: RowRecipe, answers: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    """The answers for each group of the broker's fills; unchanged without fills."""
    if not row.fills or not answers.get("fills"):
        return (answers,)
    otherwise = _side(row, answers)
    return tuple(
        {**answers, **fill.as_answers(group, otherwise)}
        for group in fill.groups(answers["fills"], answers["date"])
    )


def _side(row: RowRecipe, answers: Mapping[str, str]) -> str:
    """The side of a trade whose fills say none: what the row is made as without them."""
    return "buy" if source_value(row.cells["acquired_disposed"], answers) == "A" else "sell"


def _event_row(row: RowRecipe, answers: Mapping[str, str]) -> EventRow:
    cells: dict[str, str] = {}
    notes: dict[str, tuple[str, ...]] = {}
    for column, source in row.cells.items():
        text = source_value(source, answers)
        if text and fits(row.table, column, text):
            cells[column] = text
        elif text:
            notes[column] = (text,)
    for column, name in row.notes.items():
        if answers.get(name):
            notes[column] = (*notes.get(column, ()), answers[name])
    if cells.get("ownership_form") != "I":
        cells.pop("nature_of_ownership", None)
    return EventRow(row.table, cells, notes, row.kind, begins=row.begins(answers))


def source_value(source: Source, answers: Mapping[str, str]) -> str:
    """What a cell's source gives for these answers."""
    if isinstance(source, Take):
        return answers.get(source.name, "") or source.otherwise
    return source.by(answers) if isinstance(source, Worked) else source


def fits(table: str, column: str, text: str) -> bool:
    """Whether a text is the column's value; words in place of a number or a date become its footnote."""
    row_field = field_at((table, 0, column))
    if row_field is None or row_field.kind not in (Kind.NUMBER, Kind.DATE):
        return True
    return text.replace("-", "").replace(".", "").isdecimal()


# ---- totals


def changes(event_rows: tuple[EventRow, ...]) -> dict[LineKey, tuple[int, ...]]:
    """The rows of each line touched, in the order of the form."""
    found: dict[LineKey, tuple[int, ...]] = {}
    for number, row in enumerate(event_rows):
        key = row_value.line_key(row.table, row.line)
        found[key] = (*found.get(key, ()), number)
    return found


def signed(row: EventRow) -> Decimal:
    """What the row adds to its line; taken away: negative."""
    return row_value.signed(row.table, row.cells)


def totals(
    event_rows: tuple[EventRow, ...], before: Mapping[LineKey, Decimal], after: Mapping[LineKey, Decimal]
) -> dict[int, str]:
    """The total of each row, by row: counted on from what the line held before, or back from what it holds after.

    The last row of a line has what the filer said it holds after.
    """
    moves = {
        key: [(n, signed(event_rows[n])) for n in numbers] for key, numbers in changes(event_rows).items()
    }
    return ledger.totals(moves, before, after)


# ---- into the draft


def earlier(view: View, table: str) -> range:
    """The rows of a table that are listed before those of this event."""
    own = [path_from_text(path) for path in view.event.rows or ()]
    first = min((int(path[1]) for path in own if path[0] == table), default=len(view.draft.rows(table)))
    return range(first)


def row_paths(draft: Draft, event: int) -> tuple[str, ...]:
    """Where an event's rows stand: ``non_derivative[0]``; empty while it has none."""
    events = draft.interview.events
    return (events[event].rows or ()) if event < len(events) else ()
