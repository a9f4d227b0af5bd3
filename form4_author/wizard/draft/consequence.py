"""What follows from the answers without asking: rows of events, cells worked out, footnote numbers.

Run after every answer; running it twice changes nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.wizard import flow, question
from form4_author.wizard.draft import balance, event, footnote, row_value
from form4_author.wizard.draft.answer import AnswerState, rows, state
from form4_author.wizard.draft.carried_note import with_row_notes
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import Place, View
from form4_author.wizard.screens.event import CARDS
from form4_author.wizard.screens.plan import with_deemed_dates
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.line import LineKey
    from form4_author.model.draft import Draft
    from form4_author.wizard.register_offer import Shelf

__all__ = ["settled"]


def settled(draft: Draft, today: date, shelf: Shelf = EMPTY) -> tuple[Draft, tuple[str, ...]]:
    """The draft with its consequences drawn, and a word for what had to go, or is another since.

    One pass, in which each step needs only those before it.
    """
    start, events = draft, range(len(draft.interview.events))
    # What an event adds to a line without a row counts in the totals of every event.
    for number in events:
        draft = event.with_adjustments(View(draft, number, shelf))
    # An event continues from the rows of those before it.
    draft, messages = _with_rows(draft, events, today, shelf)
    # The total of a line that is only adjusted is at a row that a later event may have made.
    adjusting = [n for n in events if draft.interview.events[n].adjusts]
    draft, more = _with_rows(draft, adjusting, today, shelf)
    # Rows by hand have the footnotes of their line before a cell is worked out, which a footnote may be in place of.
    draft = with_row_notes(draft)
    # What a plan puts at a row follows from the row's day.
    draft = with_deemed_dates(draft)
    # Cells in the order of the form: a total continues from the lines above it; what is signed comes last.
    of_form = [place for place in flow.places(draft, shelf) if place.screen is not CARDS]
    draft = _derived(draft, of_form, today, shelf)
    all_messages = (*dict.fromkeys((*messages, *more)), *_adjusted(start, draft))
    draft, gone = footnote.tidy(draft)
    return draft, (*all_messages, *gone)


def _with_rows(
    draft: Draft, events: Iterable[int], today: date, shelf: Shelf
) -> tuple[Draft, tuple[str, ...]]:
    """The draft in which these events have their rows; what a card works out follows its answers one by one."""
    messages: tuple[str, ...] = ()
    for number in events:
        for prompt in CARDS.listed(View(draft, number, shelf)):
            if prompt.when(View(draft, number, shelf)):
                draft = _derived(draft, [Place(CARDS, prompt, number)], today, shelf)
        draft, words = event.with_rows(View(draft, number, shelf))
        messages = (*messages, *words)
    return draft, messages


def _adjusted(before: Draft, now: Draft) -> tuple[str, ...]:
    """A note on each total that has changed because an event without a row adjusts it."""
    was, found = _last_totals(before), _last_totals(now)
    return tuple(
        f"{row_value.line_words(cells)}: the total is {number_words(total)} now, {number_words(was[key][1])} before."
        for key, (cells, total) in found.items()
        if key in was and was[key][1] != total and _since(before, key) != _since(now, key)
    )


def _since(draft: Draft, key: LineKey) -> tuple[Decimal, ...]:
    return balance.account(draft).adjustments.get(str(key), ())


def _last_totals(draft: Draft) -> dict[LineKey, tuple[dict[str, str], str]]:
    """The cells and total of the last row of each line that has one."""
    found = {}
    for table, index, _row in rows(draft):
        cells = row_value.row_texts(draft, table, index)
        if total := cells.get("amount_owned_following"):
            found[row_value.line_key(table, cells)] = cells, total
    return found


def _derived(draft: Draft, places: Iterable[Place], today: date, shelf: Shelf) -> Draft:
    """The draft in which answers that are only worked out agree with what they are worked out from."""
    for place in places:
        view = View(draft, place.index, shelf)
        answer_state = state(draft, place.id, place.prompt.paths(view))
        follows = answer_state is AnswerState.DEFAULTED and place.prompt.derived
        if follows or (answer_state is AnswerState.NOT_GIVEN and place.prompt.is_silent(view)):
            draft = _with_proposal(view, place, today)
    return draft


def _with_proposal(view: View, place: Place, today: date) -> Draft:
    proposal = place.prompt.propose(view)
    if proposal is None:
        return view.draft
    return question.with_proposal(view.draft, place, proposal.text, today, view.shelf)
