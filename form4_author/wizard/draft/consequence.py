"""What follows from the answers without asking: rows of events, cells worked out, footnote numbers.

Run after every answer; running it twice changes nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard import flow, question
from form4_author.wizard.draft import balance, event, footnote, row_value
from form4_author.wizard.draft.answer import AnswerState, Data, rows, state
from form4_author.wizard.draft.carried_note import with_row_notes
from form4_author.wizard.screen import Place, View
from form4_author.wizard.screens.plan import with_deemed_dates
from form4_author.wizard.wording import number_words

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from form4_author.ledger.line import LineKey

__all__ = ["settled"]

_ROUNDS: Final = 40
"""A running total may depend on the one above it: at most one round for each row of a table, and some."""


def settled(data: Data, today: date) -> tuple[Data, tuple[str, ...]]:
    """The draft with its consequences drawn, and a word for what had to go, or is another since."""
    start, messages = data, dict[str, None]()
    for _ in range(_ROUNDS):
        before = data
        data, words = event.settled(data)
        data = with_row_notes(data)
        messages |= dict.fromkeys(words)
        data = _derived(with_deemed_dates(data), today)
        if data == before:
            break
    all_messages = (*messages, *_adjusted(start, data))
    data, gone = footnote.tidy(data)
    return data, (*all_messages, *gone)


def _adjusted(before: Data, now: Data) -> tuple[str, ...]:
    """A word for each total that stood and is another now, because an event without a line of its own adjusts it."""
    was, found = _last_totals(before), _last_totals(now)
    return tuple(
        f"{row_value.line_words(cells)}: the total is {number_words(total)} now, {number_words(was[key][1])} before."
        for key, (cells, total) in found.items()
        if key in was and was[key][1] != total and _since(before, key) != _since(now, key)
    )


def _since(data: Data, key: LineKey) -> tuple[Decimal, ...]:
    return balance.account(data).adjustments.get(str(key), ())


def _last_totals(data: Data) -> dict[LineKey, tuple[dict[str, str], str]]:
    """The cells and total of the last row of each line that has one."""
    found = {}
    for table, index, _row in rows(data):
        cells = row_value.row_texts(data, table, index)
        if total := cells.get("amount_owned_following"):
            found[row_value.line_key(table, cells)] = cells, total
    return found


def _derived(data: Data, today: date) -> Data:
    """The draft in which every answer that is only worked out agrees with what it is worked out from."""
    for place in flow.places(data):
        view = View(data, place.index)
        answer_state = state(data, place.id, place.prompt.paths(view))
        follows = answer_state is AnswerState.DEFAULTED and place.prompt.derived
        if follows or (answer_state is AnswerState.NOT_GIVEN and place.prompt.silent):
            data = _with_proposal(data, place, view, today)
    return data


def _with_proposal(data: Data, place: Place, view: View, today: date) -> Data:
    proposal = place.prompt.propose(view)
    if proposal is None:
        return data
    return question.with_proposal(data, place, proposal.text, today)
