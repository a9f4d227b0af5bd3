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
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.draft.memo import recalled_by_draft
from form4_author.wizard.draft.row_value import line_key, number, row, row_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from form4_author.findings import Path
    from form4_author.model.draft import Draft
    from form4_author.model.interview import CarriedLine

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
def _stated(draft: Draft) -> tuple[Stated, ...]:
    """What each row of the draft states of its line; rows without a total are left out."""
    texts = footnote.texts(draft)
    each = (stated((table, index), row(draft, table, index), texts) for table, index, _ in rows(draft))
    return tuple(total for total in each if total is not None)


def _before(draft: Draft, table: str, places: Iterable[int]) -> tuple[Stated, ...]:
    listed = frozenset(places)
    return tuple(each for each in _stated(draft) if each.key.table == table and each.place in listed)


# ---- lines


def stated_total_path(table: str, cells: Mapping[str, str]) -> Path:
    """Where it is kept what the filer said a line held before; asked once for a line."""
    return ("interview", "held_before", str(line_key(table, cells)))


# ---- the account


@recalled_by_draft
def account(draft: Draft) -> Account:
    """What the lines held before the form: of the last filing, as the filer said, and since without a row."""
    since: dict[str, tuple[Decimal, ...]] = {}
    for event in draft.interview.events:
        for key, text in event.adjusts.items():
            since[key] = (*since.get(key, ()), amount(text))
    totals = draft.interview.held_before.items()
    return Account(
        carried=tuple(_carried(line) for line in _listed(draft)),
        stated={key: total for key, text in totals if (total := number(text)) is not None},
        adjustments=since,
    )


def _listed(draft: Draft) -> list[CarriedLine]:
    return [line for _, line in _numbered(draft)]


def _numbered(draft: Draft) -> list[tuple[int, CarriedLine]]:
    """The lines of the last filing with a total, then those that a split gave other terms; each with its number."""
    found, restated = draft.interview.carried, restated_lines(draft)
    split = [(n, new) for n, (old, new) in enumerate(zip(found, restated, strict=True)) if new != old]
    every = (*enumerate(found), *split)
    return [(n, line) for n, line in every if number(line.text("amount_owned_following")) is not None]


def _carried(line: CarriedLine) -> Carried:
    total, title = amount(line.text("amount_owned_following")), line.text("security_title")
    key = line_key(line.table, line.cells)
    return Carried(key, total, line.source or "last filing", bool(line.running), title)


def _account(draft: Draft, cells: Mapping[str, str]) -> Account:
    """The account as a row of these cells finds its line there."""
    return account(draft).spelled(cells.get("security_title") or "")


def carried(draft: Draft, table: str, cells: Mapping[str, str]) -> Carried | None:
    """What the last filing says of a line; None where it does not have it, or not without doubt."""
    return _account(draft, cells).carried_line(line_key(table, cells))


def carried_cells(draft: Draft, table: str, cells: Mapping[str, str]) -> tuple[int, CarriedLine] | None:
    """The line of the last filing that these cells continue with, whole, and its number there; None without one."""
    prior = carried(draft, table, cells)
    if prior is None:
        return None
    return next(((n, line) for n, line in _numbered(draft) if _carried(line) == prior), None)


def started(draft: Draft, table: str, cells: Mapping[str, str]) -> Prior | None:
    """What the line held before the form."""
    return _account(draft, cells).started(line_key(table, cells))


def goes_on(draft: Draft, line: CarriedLine) -> bool:
    """Whether a row of the form continues with a line of the last filing."""
    return account(draft).goes_on(_carried(line), _stated(draft))


def from_rows(draft: Draft, table: str, cells: Mapping[str, str], before: Iterable[int]) -> Prior | None:
    """The closing total of the line by its rows among ``before``; None when it has none there."""
    return _account(draft, cells).from_rows(line_key(table, cells), _before(draft, table, before))


def prior(draft: Draft, table: str, cells: Mapping[str, str], before: Iterable[int]) -> Prior | None:
    """What the line held before: its total by the rows ``before``, else what was said once or carried over.

    What has no row of its own is added to the last two.
    """
    return _account(draft, cells).before(line_key(table, cells), _before(draft, table, before))


def following(draft: Draft, table: str, index: int) -> Working | None:
    """The total that a transaction leaves, when what its line held before is known and enough was not sold short."""
    cells = row_texts(draft, table, index)
    change = change_of(row(draft, table, index))
    if change is None:
        return None
    return _account(draft, cells).following(
        line_key(table, cells), change, _before(draft, table, range(index))
    )
