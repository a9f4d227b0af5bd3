"""Lines of the last filing that the form does not have yet, and their way onto it as holdings.

Form 4, General Instruction 4(a)(i): for each class in which a transaction is reported, all holdings of the class. In
Table II the class is the title: of other derivative securities nothing is repeated. One of which the last form does not
tell how many shares underlie it is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import underlying, working
from form4_author.ledger.title import class_of
from form4_author.text import amount_text
from form4_author.wizard.draft import balance, footnote, row_value
from form4_author.wizard.draft.answer import TABLES, Data, flat, node, put, rows
from form4_author.wizard.draft.carried_note import holders, with_row_notes
from form4_author.wizard.draft.class_change import ended, restated_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path

__all__ = ["added", "pending"]

_COLUMNS: Final = ("security_title", "ownership_form", "nature_of_ownership")
_TERMS: Final = ("exercise_price", *row_value.AWARD, "underlying_title")
_DONE: Final = ("interview", "carried_classes")


def _class(table: str, cells: Data) -> str:
    title = class_of(str(cells.get("security_title") or ""))
    return title if table == TABLES[0] else f"{table} | {title}"


def _lines(data: Data) -> Iterator[Data]:
    """The lines that the last form on their class has, whole; those of one key that footnotes tell apart too."""
    gone = ended(data)
    lines = (line for place, line in enumerate(restated_lines(data)) if place not in gone)
    for line in (each for whole in lines for each in holders(whole)):
        total = row_value.number(line.get("amount_owned_following"))
        if total and not line.get("dormant") and (line.get("table") == TABLES[0] or line.get("each")):
            yield line


def pending(data: Data) -> tuple[Data, ...]:
    """The lines last reported, of a class that was traded, which are not on the form; what has expired is left out.

    Once those of a class were added, none of it is offered again: what the filer then takes out stays out.
    """
    moved = [(table, flat(row)) for table, _, row in rows(data) if row.get("kind") != "holding"]
    settled = node(data, _DONE) or []
    wanted = {_class(*each) for each in moved} - set(settled if isinstance(settled, list) else [])
    first = min(
        (cells["transaction_date"] for _, cells in moved if cells.get("transaction_date")), default=""
    )
    return tuple(
        line
        for line in _lines(data)
        if _class(str(line.get("table")), line) in wanted
        and not (line.get("expiration_date") or "9") < first
        and not _is_there(data, line)
    )


def _is_there(data: Data, line: Data) -> bool:
    """Whether a row of the form goes on with a line; where its footnotes tell it from another, with those."""
    if "beside" not in line and "twin" not in line:
        return balance.goes_on(data, line)
    own = line.get("notes", {}).get(_COLUMNS[2], ())
    return any(
        set(own) <= set(footnote.text_of(data, (table, index, _COLUMNS[2])))
        for table, index, row in rows(data)
        if row_value.line_key(table, row_value.row_texts(data, table, index))
        == row_value.line_key(str(line["table"]), line)
    )


def added(data: Data) -> Data:
    """The draft with the pending lines as holdings, at what they last held and what was adjusted since.

    Their footnotes go with them.
    """
    lines = pending(data)
    for line in lines:
        table = str(line["table"])
        prior = balance.started(data, table, line)
        listed = data.get(table)
        index = len(listed) if isinstance(listed, list) else 0
        row = {column: line[column] for column in _COLUMNS if line.get(column)}
        if "beside" in line or "twin" in line:
            row["amount_owned_following"] = line["amount_owned_following"]
        elif prior:
            row["amount_owned_following"] = working(prior.amount, prior.adjustments).text
        data = put(data, (table, index), {"kind": "holding", **row})
        for words in line.get("notes", {}).get(_COLUMNS[2], ()):  # tells it from another of its key
            data = footnote.attach(data, (table, index, _COLUMNS[2]), words)
        if table == TABLES[1]:
            data = _with_terms(data, (table, index), line)
    done = node(data, _DONE)
    classes = {_class(str(line["table"]), line) for line in lines}
    data = put(data, _DONE, sorted({*(done if isinstance(done, list) else []), *classes}))
    return with_row_notes(data)


def _with_terms(data: Data, at: Path, line: Data) -> Data:
    """The draft in which a holding has the terms of its line: words are footnotes. Underlying shares as they were told.

    What the last form does not tell is left empty.
    """
    for column in _TERMS:
        term = str(
            line.get(column) or (line.get("exercise_price_words") if column == _TERMS[0] else "") or ""
        )
        plain = column == _TERMS[-1] or term.replace("-", "").replace(".", "").isdecimal()
        if term and plain:
            data = put(data, (*at, column), term)
        for words in (line.get("notes", {}).get(column) or (term,)) if term and not plain else ():
            data = footnote.attach(data, (*at, column), words)
    each, total = (
        row_value.number(line.get("each")),
        row_value.number(node(data, (*at, "amount_owned_following"))),
    )
    if each is None or total is None:
        return data
    return put(data, (*at, "underlying_amount"), amount_text(underlying(each, total)))
