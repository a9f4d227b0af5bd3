"""Where the numbers of a line come from: each filing with its rows, each adjustment, and the balance after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from form4_author.ledger.action import balances_after, begins_at
from form4_author.ledger.closing import Closing, Stated, closing, rows_of
from form4_author.register.account import entries_by, named_filing
from form4_author.register.order import own_day
from form4_author.text import amount_text
from form4_author.wire.draft import filing_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.register.table import Entry, Filed, Line

__all__ = ["Step", "Told", "step_data", "steps"]


class Told(NamedTuple):
    """What a filing says of a line."""

    filed: Filed
    rows: tuple[Stated, ...]
    """The rows that state a total of it, as listed."""
    closing: Closing
    counted: bool
    """Whether the filing counts it in the total of another line, which the closing is."""
    replaces: Filed | None
    """The filing that it amends."""
    replaced_by: tuple[tuple[Filed, Decimal], ...]
    """The amendments on record, with the total each gives."""


class Step(NamedTuple):
    """One entry of a line's account."""

    entry: Entry
    before: Decimal | None
    """The balance before it; None for the first."""
    balance: Decimal
    told: Told | None
    """None for what no filing says."""
    price_before: Decimal | None = None
    """The exercise price on the filing before, where it was another and no action says why."""

    @property
    def day(self) -> date:
        """The day it is of; of an amendment the day it was filed itself."""
        return self.entry.day if self.entry.filing is None else own_day(self.entry.filing)

    @property
    def begins(self) -> Decimal | None:
        """What the filing goes on from, where that is not the balance before it; None where it is, or may be."""
        if self.told is None or self.told.counted or self.before is None:
            return None
        moved = any(row.change is not None for row in self.told.rows)
        return begins_at(self.told.closing, self.before) if moved else None


def steps(line: Line, as_of: date | None = None) -> tuple[Step, ...]:
    """The account of a line up to a day (default: all of it), oldest first."""
    entries = entries_by(line, as_of)
    after = list(balances_after(entry.move for entry in entries))
    before = [None, *after]
    found: list[Step] = []
    price: Decimal | None = None
    for entry, held, balance in zip(entries, before, after, strict=False):
        told = None if entry.filing is None else _told(line, entry, entry.filing, entries)
        at = None if told is None or told.counted else told.closing.key.price
        found.append(Step(entry, held, balance, told, price if at is not None and price != at else None))
        price = at if told is not None else None if entry.action is not None else price
    return tuple(found)


def _told(line: Line, entry: Entry, filed: Filed, entries: Sequence[Entry]) -> Told:
    filing = filing_from(filed.content)[0]
    end = next(e for e in closing(filing) if (e.table, e.place) == (line.table, entry.row))
    rows = rows_of(filing, end)
    counted = not entry.total and end.total != entry.total
    near = [e for e in entries if e.filing is not None and e is not entry]
    original = next((e.filing for e in near if entry.tie.startswith(f"{e.tie} / ")), None)
    later = tuple(
        (e.filing, e.total)
        for e in near
        if e.filing is not None and e.total is not None and e.tie.startswith(f"{entry.tie} / ")
    )
    return Told(filed, rows, end, counted, original, later)


def step_data(step: Step) -> dict[str, Any]:
    """A step as plain data."""
    entry, told = step.entry, step.told
    data: dict[str, Any] = {"day": step.day.isoformat(), "kind": "adjustment" if told is None else "filing"}
    if entry.action is not None:
        data |= {
            "kind": "action",
            "action": entry.action.id,
            "source": entry.action.words,
            "change": entry.change,
        }
        data |= {
            "ratio_new": _text(entry.ratio_new),
            "ratio_old": _text(entry.ratio_old),
            "reason": entry.reason,
        }
    elif told is None:
        data |= {"change": _text(entry.change), "reason": entry.reason}
    else:
        end = told.closing
        data |= {
            "source": named_filing(told.filed),
            "accession_number": told.filed.accession_number,
            "table": end.table,
            "rows": [_row_data(row) for row in told.rows],
            "closed_by": end.place + 1,
            "certain": end.certain,
            "counted_in_another_line": told.counted or None,
            "begins_at": _text(step.begins),
            "exercise_price": _text(told.closing.key.price),
            "replaces": told.replaces and named_filing(told.replaces),
            "replaced_by": [named_filing(filed) for filed, _total in told.replaced_by] or None,
        }
    return _given({**data, "balance": amount_text(step.balance)})


def _row_data(row: Stated) -> dict[str, Any]:
    code = row.row.transaction_code.value
    change, total = _text(row.change), amount_text(row.total)
    return _given({"row": row.place + 1, "code": code, "change": change, "total": total})


def _given(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else amount_text(value)
