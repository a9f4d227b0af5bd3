"""The lines that an event touches: what each held before and holds after, asked with the working."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import Prior, counted_back, least, lowest, together
from form4_author.ledger.balance import working as after
from form4_author.model.draft import TABLES, Draft
from form4_author.text import amount, grouped
from form4_author.wizard import recipe
from form4_author.wizard.draft import balance, row_value
from form4_author.wizard.draft.answer import AnswerState, rows, state
from form4_author.wizard.draft.carried_note import is_of_holder
from form4_author.wizard.draft.event_limit import LINES
from form4_author.wizard.draft.memo import recalled_by_view
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.recipe import ADJUSTMENT, ANSWERS, EventRow, Recipe
from form4_author.wizard.recipes import recipe_named
from form4_author.wizard.recipes.shared.question import with_holder
from form4_author.wizard.recipes.shared.series import with_series
from form4_author.wizard.screen import Prompt, Proposal, View, filled
from form4_author.wizard.wording import us_dates

if TYPE_CHECKING:
    from decimal import Decimal

    from form4_author.findings import Path
    from form4_author.ledger.balance import Working

__all__ = [
    "JUMP_HELP",
    "LINES",
    "EventLine",
    "answered",
    "answers",
    "bare",
    "carrier",
    "jump_words",
    "needed",
    "prior",
    "recipe_of",
    "short",
    "unexplained",
    "wide_total",
    "working",
]


def recipe_of(draft: Draft, event: int) -> Recipe | None:
    """The recipe of an event."""
    events = draft.interview.events
    return recipe_named((events[event].recipe or "") if event < len(events) else "")


def answers(view: View) -> dict[str, str]:
    """The answers of a card, by name: of the questions that apply, those that have one, and what follows from them."""
    card_recipe = recipe_of(view.draft, view.index or 0)
    prompts = card_recipe.prompts if card_recipe else ()
    found = {p.id.rpartition(".")[2]: view.text(str(p.path)) for p in prompts if p.when(view)}
    fills = view.text(f"{ANSWERS}fills")
    given = {name: words for name, words in found.items() if words}
    return with_series(view, with_holder({**given, "fills": fills} if fills else given))


def answered(view: View) -> bool:
    """Whether the recipe's own questions have their answers."""
    card_recipe = recipe_of(view.draft, view.index or 0)
    return card_recipe is not None and all(
        state(view.draft, filled(p.id, view.index), p.paths(view)) is not AnswerState.NOT_GIVEN
        for p in card_recipe.prompts
        if p.required and p.when(view)
    )


# ---- lines touched


@recalled_by_view
def bare(view: View) -> tuple[EventRow, ...]:
    """The rows without their totals; empty while a question is open."""
    card_recipe = recipe_of(view.draft, view.index or 0)
    return (
        (*recipe.recipe_rows(card_recipe, answers(view)), *card_recipe.lines(view))
        if card_recipe and answered(view)
        else ()
    )


@recalled_by_view
def _lines_touched(view: View) -> tuple[tuple[EventRow, ...], ...]:
    """The rows of each line of the card."""
    rows = bare(view)
    return tuple(tuple(rows[place] for place in places) for places in recipe.changes(rows).values())


def _touched(view: View, number: int) -> tuple[EventRow, ...]:
    """The rows of the card's n-th line; none where it touches fewer."""
    lines = _lines_touched(view)
    return lines[number] if number < len(lines) else ()


def carrier(view: View, touched_rows: tuple[EventRow, ...]) -> str:
    """The row of the form that shows the total of a line which is only adjusted; empty without one.

    A transaction, else the holding that an earlier event made of the line.
    """
    if touched_rows[0].kind != ADJUSTMENT:
        return ""
    own = view.event.rows or ()
    key = row_value.line_key(touched_rows[0].table, touched_rows[0].line)
    earlier = {path for n in range(view.index or 0) for path in recipe.row_paths(view.draft, n)}
    found = {"transaction": "", "holding": ""}
    for table, index, row in rows(view.draft):
        where, kind = f"{table}[{index}]", row.kind
        if where in own or found.get(kind) or (kind == "holding" and where not in earlier):
            continue
        if row_value.line_key(table, row_value.row_texts(view.draft, table, index)) == key:
            found[kind] = where
    return found["transaction"] or found["holding"]


def _reported_prior(view: View, row: EventRow) -> Prior | None:
    """What the form, the filer or the last filing says that the line of a row held before this event."""
    if row.kind == ADJUSTMENT:
        return balance.started(view.draft, row.table, row.line)
    found = balance.prior(view.draft, row.table, row.line, recipe.earlier(view, row.table))
    return Prior(amount("0"), "a new line") if found is None and row.begins else found


def _is_stated(view: View, row: EventRow) -> bool:
    """Whether neither the form nor the last filing says what the line of a row held before; the filer may have."""
    earlier = recipe.earlier(view, row.table)
    if row.kind != ADJUSTMENT and balance.from_rows(view.draft, row.table, row.line, earlier):
        return False
    return not row.begins and balance.carried(view.draft, row.table, row.line) is None


def needed(view: View, number: int) -> Decimal:
    """What the card's n-th line must have held at least, so that what left it could leave; 0 where nothing did."""
    return least(recipe.signed(row) for row in _touched(view, number))


def short(view: View, number: int) -> Prior | None:
    """What the card's n-th line is on record to hold, where more than that left it; None where it is enough."""
    shorts = _shorts(view)
    return shorts[number] if number < len(shorts) else None


@recalled_by_view
def _shorts(view: View) -> tuple[Prior | None, ...]:
    return tuple(_short(view, touched) for touched in _lines_touched(view))


def _short(view: View, touched: tuple[EventRow, ...]) -> Prior | None:
    reported = _reported_prior(view, touched[0])
    if reported is None or _is_stated(view, touched[0]):
        return None
    moves = [recipe.signed(row) for row in touched if row.kind != ADJUSTMENT]
    if lowest(reported.amount, [*reported.adjustments, *moves]) >= 0:
        return None
    return reported.without(recipe.signed(row) for row in touched if row.kind == ADJUSTMENT)


def prior(view: View, number: int) -> Prior | None:
    """What the card's n-th line held before this event; None where that is not known, or less than what left it."""
    priors = _priors(view)
    return priors[number] if number < len(priors) else None


@recalled_by_view
def _priors(view: View) -> tuple[Prior | None, ...]:
    return tuple(_prior(view, number, touched) for number, touched in enumerate(_lines_touched(view)))


def _prior(view: View, number: int, touched: tuple[EventRow, ...]) -> Prior | None:
    own = tuple(recipe.signed(row) for row in touched if row.kind == ADJUSTMENT)
    if short(view, number) is None:
        reported = _reported_prior(view, touched[0])
        if reported is None or not _is_stated(view, touched[0]):
            return reported
        return reported if reported.without(own).amount >= needed(view, number) else None
    stated = row_value.number(view.text(f"{ANSWERS}held_{number + 1}"))
    if stated is None or stated < needed(view, number):
        return None
    return Prior(stated, "as you said", own)


def working(view: View, number: int) -> Working | None:
    """The total of the card's n-th line, where what it held before is known."""
    before = prior(view, number)
    if before is None:
        return None
    moves = [recipe.signed(row) for row in _touched(view, number) if row.kind != ADJUSTMENT]
    found = after(before.amount, [*before.adjustments, *moves])
    return found if found.total >= 0 else None


def unexplained(view: View, number: int) -> bool:
    """Whether the total of the card's n-th line needs a reason: it, or the balance that it goes on from, was typed."""
    worked_out, typed = working(view, number), row_value.number(view.text(f"{ANSWERS}after_{number + 1}"))
    if worked_out is None or typed is None:
        return False
    return typed != worked_out.total or short(view, number) is not None


def wide_total(view: View, number: int) -> Decimal:
    """What the card's n-th line holds after what happened to its class.

    One not known before begins with nothing, or with what left it.
    """
    worked_out = working(view, number)
    if worked_out is not None:
        return worked_out.total
    moved = together((number, recipe.signed(row)) for row in _touched(view, number))[number]
    return max(moved, amount("0"))


JUMP_HELP: Final = (
    "A reader of the last form can't follow the total without it. It becomes a footnote to the total: Includes 120 "
    "shares "
    "acquired under the employee stock purchase plan. Or go back (<) and correct the number."
)


def jump_words(worked_out: Working | None, typed: Decimal | None) -> str:
    """Why is a total another than what is worked out? ``9,000 is 3,900 more than 5,000 + 100 = 5,100. Why?``."""
    if worked_out is None or typed is None:
        return "Why does the total differ?"
    apart, more = worked_out.difference(typed)
    return f"{grouped(typed)} is {grouped(apart)} {more} than {worked_out.words}. Why?"


class EventLine:
    """The questions on the n-th line of a card; a class only to share its number."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._after = f"{ANSWERS}after_{number + 1}"
        self._first = recalled_by_view(self._first_row)
        self._unknown = recalled_by_view(self._is_unknown)

    def _first_row(self, view: View) -> EventRow | None:
        touched = _touched(view, self._number)
        return touched[0] if touched and not touched[0].wide and not carrier(view, touched) else None

    def _applies(self, view: View) -> bool:
        return self._first(view) is not None

    def _is_unknown(self, view: View) -> bool:
        """Whether neither the form nor the last filing says what the line held before."""
        row = self._first(view)
        return row is not None and _is_stated(view, row)

    def _short(self, view: View) -> bool:
        """Whether more left the line than it is on record to hold."""
        return self._applies(view) and short(view, self._number) is not None

    def _before(self, view: View) -> str:
        least = needed(view, self._number)
        asked = "how many before this?"
        return self._named(
            view, f"{asked} At least {grouped(least)}, the number disposed of" if least else asked
        )

    def _before_short(self, view: View) -> str:
        recorded, least = short(view, self._number), needed(view, self._number)
        on_record = (
            ""
            if recorded is None
            else f", and {grouped(recorded.total)} are on record ({us_dates(recorded.source)})"
        )
        return self._named(view, f"{grouped(least)} left{on_record}. How many before this?")

    def _too_few(self, view: View, typed: str) -> str | None:
        given, least = row_value.number(typed), needed(view, self._number)
        if given is None or given >= least:
            return None
        return f"{grouped(least)} left this line, so it held at least {grouped(least)} before; {grouped(given)} is less"

    def _stated_path(self, view: View) -> Path:
        row = self._first(view)
        return balance.stated_total_path(row.table, row.line) if row else ("interview", "held_before", "")

    def _named(self, view: View, sentence: str) -> str:
        row = self._first(view)
        return f"{row_value.short_line_words(row.cells)}: {sentence}" if row else sentence

    def _nothing_before(self, view: View) -> str:
        """What answers stand for that were recorded while 0 was proposed for a line that is not on record.

        It is proposed no more: a wrong total would be filed unnoticed.
        """
        row = self._first(view)
        if row is None or needed(view, self._number):
            return ""
        new = row.table == TABLES[1] and row.cells.get("acquired_disposed") == "A"
        return "0" if new or balance.account(view.draft).carried else ""

    def _worked(self, view: View) -> Proposal | None:
        worked_out = working(view, self._number)
        return Proposal(worked_out.text, worked_out.words) if worked_out else None

    def _jumps(self, view: View) -> bool:
        if not self._applies(view) or not unexplained(view, self._number):
            return False
        typed, touched = row_value.number(view.text(self._after)), _touched(view, self._number)
        moves = [recipe.signed(row) for row in touched if row.kind != ADJUSTMENT]
        return typed is None or not is_of_holder(view.draft, touched[0], counted_back(typed, moves))

    def _difference(self, view: View) -> str:
        recorded, before = short(view, self._number), prior(view, self._number)
        if recorded is not None and before is not None:
            apart, on_record = grouped(before.amount - recorded.total), grouped(recorded.total)
            known = f"the {on_record} on record ({us_dates(recorded.source)})"
            return f"{grouped(before.amount)} is {apart} more than {known}. Why?"
        return jump_words(working(view, self._number), row_value.number(view.text(self._after)))

    def prompts(self) -> tuple[Prompt, ...]:
        """How many before, how many after, and why the two differ by something else than what happened."""
        name = self._number + 1
        return (
            Prompt(
                id=f"events[{{i}}].before_{name}",
                path=self._stated_path,
                message=self._before,
                help="What this line held after the last report: it gives the new totals, with the sums "
                "shown. Enter alone to type the new total yourself.",
                entry=EntryKind.NUMBER,
                required=False,
                when=self._unknown,
                formerly=self._nothing_before,
                fault=self._too_few,
            ),
            Prompt(
                id=f"events[{{i}}].held_{name}",
                path=f"{ANSWERS}held_{name}",
                message=self._before_short,
                help="The number disposed of is more than the line held on the recorded forms. Type what it "
                "held immediately before this; the reason for the difference is asked next. If the "
                "number disposed of is wrong, go back (<) and correct it.",
                entry=EntryKind.NUMBER,
                when=self._short,
                fault=self._too_few,
            ),
            Prompt(
                id=f"events[{{i}}].after_{name}",
                path=self._after,
                message=lambda view: self._named(view, "how many after it?"),
                help="Column 5 (Table II: column 9), Instruction 4(a)(i): what this line holds following "
                "the transaction, the same class held in the same way. A sum may be typed: 239,602-7,007.",
                entry=EntryKind.NUMBER,
                when=self._applies,
                propose=self._worked,
                derived=True,
            ),
            Prompt(
                id=f"events[{{i}}].jump_{name}",
                path=f"{ANSWERS}jump_{name}",
                message=self._difference,
                help=JUMP_HELP,
                longest=1000,
                when=self._jumps,
            ),
        )
