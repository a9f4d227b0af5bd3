"""What follows from the answers without asking: rows of events, cells worked out, footnote numbers.

Run after every answer; running it twice changes nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard import flow, question
from form4_author.wizard.draft import balance, event, footnote, row_value
from form4_author.wizard.draft.answer import AnswerState, rows, state
from form4_author.wizard.draft.carried_note import with_row_notes
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import Place, View
from form4_author.wizard.screens.plan import with_deemed_dates
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.line import LineKey
    from form4_author.model.draft import Draft
    from form4_author.wizard.register_offer import Shelf

__all__ = ["settled"]

_ROUNDS: Final = 40
"""A running total may depend on the one above it: at most one round for each row of a table, and some."""


def settled(draft: Draft, today: date, shelf: Shelf = EMPTY) -> tuple[Draft, tuple[str, ...]]:
    """The draft with its consequences drawn, and a word for what had to go, or is another since."""
    start, messages = draft, dict[str, None]()
    for _ in range(_ROUNDS):
        before = draft
        draft, words = event.settled(draft, shelf)
        draft = with_row_notes(draft)
        messages |= dict.fromkeys(words)
        draft = _derived(with_deemed_dates(draft), today, shelf)
        if draft == before:
            break
    all_messages = (*messages, *_adjusted(start, draft))
    draft, gone = footnote.tidy(draft)
    return draft, (*all_messages, *gone)


def _adjusted(before: Draft, now: Draft) -> tuple[str, ...]:
    """A word for each total that stood and is another now, because an event without a line of its own adjusts it."""
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


def _derived(draft: Draft, today: date, shelf: Shelf) -> Draft:
    """The draft in which every answer that is only worked out agrees with what it is worked out from."""
    for place in flow.places(draft, shelf):
        view = View(draft, place.index, shelf)
        answer_state = state(draft, place.id, place.prompt.paths(view))
        follows = answer_state is AnswerState.DEFAULTED and place.prompt.derived
        if follows or (answer_state is AnswerState.NOT_GIVEN and place.prompt.silent):
            draft = _with_proposal(view, place, today)
    return draft


def _with_proposal(view: View, place: Place, today: date) -> Draft:
    proposal = place.prompt.propose(view)
    if proposal is None:
        return view.draft
    return question.with_proposal(view.draft, place, proposal.text, today, view.shelf)
