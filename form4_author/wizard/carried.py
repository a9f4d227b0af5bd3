"""Lines of the last filing that the form does not have yet, and their way onto it as holdings.

Form 4, General Instruction 4(a)(i): for each class in which a transaction is reported, all holdings of the class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard import balance
from form4_author.wizard.answer import TABLES, Data, flat, node, put, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["added", "pending"]

_COLUMNS: Final = ("security_title", "amount_owned_following", "ownership_form", "nature_of_ownership")
_DONE: Final = ("interview", "carried_classes")


def _class(cells: Data) -> str:
    return " ".join(str(cells.get("security_title") or "").casefold().split())


def _lines(data: Data) -> Iterator[Data]:
    """The lines of Table I that the last form on their class has."""
    listed = node(data, ("interview", "carried"))
    for line in listed if isinstance(listed, list) else []:
        held = line.get("amount_owned_following") != "0" and not line.get("dormant")
        if line.get("table") == TABLES[0] and held:
            yield line


def pending(data: Data) -> tuple[Data, ...]:
    """The lines of Table I last reported, of a class that was traded, which are not on the form.

    Once those of a class were added, none of it is offered again: what the filer then takes out stays out.
    """
    listed = [(table, row) for table, _, row in rows(data)]
    present = {balance.line_key(table, flat(row)) for table, row in listed}
    traded = {_class(flat(r)) for t, r in listed if t == TABLES[0] and r.get("kind") != "holding"}
    settled = node(data, _DONE) or []
    wanted = traded - set(settled if isinstance(settled, list) else [])
    return tuple(
        line
        for line in _lines(data)
        if _class(line) in wanted and balance.line_key(TABLES[0], line) not in present
    )


def added(data: Data) -> Data:
    """The draft with the pending lines as holdings, at what they last held and what was adjusted since."""
    lines = pending(data)
    classes = {_class(line) for line in lines}
    for line in lines:
        known = balance.started(data, TABLES[0], line)
        listed = data.get(TABLES[0])
        index = len(listed) if isinstance(listed, list) else 0
        row = {column: line[column] for column in _COLUMNS if line.get(column)}
        total = balance.working(known.amount, known.adjustments).text if known else ""
        data = put(
            data,
            (TABLES[0], index),
            {"kind": "holding", **row, **({"amount_owned_following": total} if total else {})},
        )
    done = node(data, _DONE)
    return put(data, _DONE, sorted({*(done if isinstance(done, list) else []), *classes}))
