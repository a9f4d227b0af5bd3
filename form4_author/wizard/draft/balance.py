"""The account of holdings as the draft has it: its rows and lines, in the shapes of ``form4_author.ledger``.

Nothing is worked out here: what a line is, by how much a row changes it and what it held before is the ledger's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.ledger.balance import Account, Carried, Prior, Working
from form4_author.ledger.closing import Stated, stated
from form4_author.ledger.line import signed as change_of
from form4_author.text import amount
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.answer import Data, node, rows
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.draft.memo import recalled_by_draft
from form4_author.wizard.draft.row_value import line_key, number, row, row_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from form4_author.findings import Path

__all__ = [
    "account",
    "carried",
    "carried_cells",
    "following",
    "from_rows",
    "goes_on",
    "prior",
    "started",
    "stated_total_path",
]


# ---- rows of the draft


@recalled_by_draft
def _stated(data: Data) -> tuple[Stated, ...]:
    """What each row of the draft states of its line; rows without a total are left out."""
    texts = footnote.texts(data)
    each = (stated((table, index), row(data, table, index), texts) for table, index, _ in rows(data))
    return tuple(total for total in each if total is not None)


def _before(data: Data, table: str, places: Iterable[int]) -> tuple[Stated, ...]:
    listed = frozenset(places)
    return tuple(each for each in _stated(data) if each.key.table == table and each.place in listed)


# ---- lines


def stated_total_path(table: str, cells: Mapping[str, str]) -> Path:
    """Where it is kept what the filer said a line held before; asked once for a line."""
    return ("interview", "held_before", str(line_key(table, cells)))


# ---- the account


@recalled_by_draft
def account(data: Data) -> Account:
    """What the lines held before the form: of the last filing, as the filer said, and since without a row."""
    stated = node(data, ("interview", "held_before"))
    totals = stated.items() if isinstance(stated, dict) else ()
    events = node(data, ("interview", "events"))
    since: dict[str, tuple[Decimal, ...]] = {}
    for event in events if isinstance(events, list) else []:
        for key, text in (event.get("adjusts") or {}).items() if isinstance(event, dict) else ():
            since[key] = (*since.get(key, ()), amount(text))
    return Account(
        carried=tuple(_carried(line) for line in _listed(data)),
        stated={key: total for key, text in totals if (total := number(text)) is not None},
        adjustments=since,
    )


def _listed(data: Data) -> list[Data]:
    return [line for _, line in _numbered(data)]


def _numbered(data: Data) -> list[tuple[int, Data]]:
    """The lines of the last filing with a total, then those that a split gave other terms; each with its number."""
    listed = node(data, ("interview", "carried"))
    found = [line for line in listed if isinstance(line, dict)] if isinstance(listed, list) else []
    restated = restated_lines(data)
    split = [(n, new) for n, (old, new) in enumerate(zip(found, restated, strict=True)) if new != old]
    every = (*enumerate(found), *split)
    return [(n, line) for n, line in every if number(line.get("amount_owned_following")) is not None]


def _carried(line: Mapping[str, str]) -> Carried:
    total = amount(line["amount_owned_following"])
    source = str(line.get("source") or "last filing")
    key, title = line_key(str(line.get("table")), line), str(line.get("security_title") or "")
    return Carried(key, total, source, bool(line.get("running")), title)


def _account(data: Data, cells: Mapping[str, str]) -> Account:
    """The account as a row of these cells finds its line there."""
    return account(data).spelled(cells.get("security_title") or "")


def carried(data: Data, table: str, cells: Mapping[str, str]) -> Carried | None:
    """What the last filing says of a line; None where it does not have it, or not without doubt."""
    return _account(data, cells).carried_line(line_key(table, cells))


def carried_cells(data: Data, table: str, cells: Mapping[str, str]) -> tuple[int, Data] | None:
    """The line of the last filing that these cells go on with, whole, and its number there; None without one."""
    prior = carried(data, table, cells)
    if prior is None:
        return None
    return next(((n, line) for n, line in _numbered(data) if _carried(line) == prior), None)


def started(data: Data, table: str, cells: Mapping[str, str]) -> Prior | None:
    """What the line held before the form."""
    return _account(data, cells).started(line_key(table, cells))


def goes_on(data: Data, line: Data) -> bool:
    """Whether a row of the form goes on with a line of the last filing."""
    return account(data).goes_on(_carried(line), _stated(data))


def from_rows(data: Data, table: str, cells: Mapping[str, str], before: Iterable[int]) -> Prior | None:
    """The closing total of the line by its rows among ``before``; None when it has none there."""
    return _account(data, cells).from_rows(line_key(table, cells), _before(data, table, before))


def prior(data: Data, table: str, cells: Mapping[str, str], before: Iterable[int]) -> Prior | None:
    """What the line held before: its total by the rows ``before``, else what was said once or carried over.

    What has no row of its own is added to the last two.
    """
    return _account(data, cells).before(line_key(table, cells), _before(data, table, before))


def following(data: Data, table: str, index: int) -> Working | None:
    """The total that a transaction leaves, when what its line held before is known and enough was not sold short."""
    cells = row_texts(data, table, index)
    change = change_of(row(data, table, index))
    if change is None:
        return None
    return _account(data, cells).following(line_key(table, cells), change, _before(data, table, range(index)))
