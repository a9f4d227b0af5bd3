"""Lines of the last filing that the form does not have yet, and their way onto it as holdings.

Form 4, General Instruction 4(a)(i): for each class in which a transaction is reported, all holdings of the class. In
Table II the class is the title: of other derivative securities nothing is repeated. One of which the last form does not
say how many shares underlie it is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import underlying, working
from form4_author.ledger.title import class_of
from form4_author.model.draft import TABLES, Draft
from form4_author.text import amount_text
from form4_author.wizard.draft import balance, footnote, row_value
from form4_author.wizard.draft.answer import cells, rows
from form4_author.wizard.draft.carried_note import holders, with_row_notes
from form4_author.wizard.draft.class_change import ended, restated_lines
from form4_author.wizard.draft.row_change import with_new_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from form4_author.findings import Path
    from form4_author.model.draft import Draft
    from form4_author.model.interview import CarriedLine

__all__ = ["added", "pending"]

_COLUMNS: Final = ("security_title", "ownership_form", "nature_of_ownership")
_TERMS: Final = ("exercise_price", *row_value.AWARD, "underlying_title")


def _class(table: str, texts: Mapping[str, str]) -> str:
    title = class_of(texts.get("security_title", ""))
    return title if table == TABLES[0] else f"{table} | {title}"


def _lines(draft: Draft) -> Iterator[CarriedLine]:
    """The lines that the last form on their class has, whole; those of one key that footnotes distinguish too."""
    gone = ended(draft)
    lines = (line for place, line in enumerate(restated_lines(draft)) if place not in gone)
    for line in (each for whole in lines for each in holders(whole)):
        total = row_value.number(line.text("amount_owned_following"))
        if total and not line.dormant and (line.table == TABLES[0] or line.text("each")):
            yield line


def pending(draft: Draft) -> tuple[CarriedLine, ...]:
    """The lines last reported, of a class that was traded, which are not on the form; what has expired is left out.

    Once those of a class were added, none of it is offered again: what the filer then takes out stays out.
    """
    moved = [(table, cells(table, row)) for table, _, row in rows(draft) if row.is_transaction]
    wanted = {_class(*each) for each in moved} - set(draft.interview.carried_classes)
    first = min((day for _, texts in moved if (day := texts.get("transaction_date"))), default="")
    return tuple(
        line
        for line in _lines(draft)
        if _class(line.table, line.cells) in wanted
        and not (line.text("expiration_date") or "9") < first
        and not _is_there(draft, line)
    )


def _is_there(draft: Draft, line: CarriedLine) -> bool:
    """Whether a row of the form continues with a line; where its footnotes distinguish it from another, with those."""
    if not line.beside and not line.twin:
        return balance.goes_on(draft, line)
    own = line.notes.get(_COLUMNS[2], ())
    return any(
        set(own) <= set(footnote.text_of(draft, (table, index, _COLUMNS[2])))
        for table, index, row in rows(draft)
        if row_value.line_key(table, row_value.row_texts(draft, table, index))
        == row_value.line_key(line.table, line.cells)
    )


def added(draft: Draft) -> Draft:
    """The draft with the pending lines as holdings, at what they last held and what was adjusted since.

    Their footnotes go with them.
    """
    lines = pending(draft)
    for line in lines:
        prior = balance.started(draft, line.table, line.cells)
        texts = {column: line.text(column) for column in _COLUMNS if line.text(column)}
        if line.beside or line.twin:
            texts["amount_owned_following"] = line.text("amount_owned_following")
        elif prior:
            texts["amount_owned_following"] = working(prior.amount, prior.adjustments).text
        draft, index = with_new_row(draft, line.table, "holding", texts)
        for words in line.notes.get(_COLUMNS[2], ()):  # distinguishes it from another of its key
            draft = footnote.attach(draft, (line.table, index, _COLUMNS[2]), words)
        if line.table == TABLES[1]:
            draft = _with_terms(draft, (line.table, index), line)
    classes = {_class(line.table, line.cells) for line in lines}
    done = tuple(sorted({*draft.interview.carried_classes, *classes}))
    return with_row_notes(draft.with_interview(carried_classes=done))


def _with_terms(draft: Draft, at: Path, line: CarriedLine) -> Draft:
    """The draft in which a holding has the terms of its line: words are footnotes. Underlying shares as they were told.

    What the last form does not say is left empty.
    """
    for column in _TERMS:
        term = line.text(column) or (line.text("exercise_price_words") if column == _TERMS[0] else "")
        plain = column == _TERMS[-1] or term.replace("-", "").replace(".", "").isdecimal()
        if term and plain:
            draft = draft.with_((*at, column), term)
        for words in (line.notes.get(column) or (term,)) if term and not plain else ():
            draft = footnote.attach(draft, (*at, column), words)
    total = draft.cell((*at, "amount_owned_following")).value
    each = row_value.number(line.text("each"))
    if each is None or total is None:
        return draft
    return draft.with_((*at, "underlying_amount"), amount_text(underlying(each, total)))
