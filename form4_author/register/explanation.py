"""Where the numbers of a line come from: each filing with its rows, each adjustment, and the balance after it."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.ledger.action import agrees_in_value, balances_after, begins_at
from form4_author.ledger.closing import Closing, Stated, closing, rows_of
from form4_author.register.account import entries_by, named_filing
from form4_author.register.award import in_order, one_series, spoken_of
from form4_author.register.filing_order import own_day
from form4_author.register.table import Filed, Line
from form4_author.text import amount_text, dollars, grouped
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal
    from typing import Any

    from form4_author.ledger.closing import Closing
    from form4_author.register.account import Balance
    from form4_author.register.table import Action, Filed, LedgerEntry, Line


__all__ = ["AccountStep", "Statement", "one_award", "step_data", "steps", "words_of_step"]

_TABLES: Final = {"non_derivative": "Table I", "derivative": "Table II"}


class Statement(NamedTuple):
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


class AccountStep(NamedTuple):
    """One entry of a line's account."""

    entry: LedgerEntry
    before: Decimal | None
    """The balance before it; None for the first."""
    balance: Decimal
    statement: Statement | None
    """None for what no filing says."""
    price_before: Decimal | None = None
    """The exercise price on the filing before, where it was another and no action says why."""

    @property
    def day(self) -> date:
        """The day it is of; of an amendment the day it was filed itself."""
        return self.entry.day if self.entry.filing is None else own_day(self.entry.filing)

    @property
    def begins(self) -> Decimal | None:
        """What the filing continues from, where that is not the balance before it; None where it is, or may be."""
        if self.statement is None or self.statement.counted or self.before is None:
            return None
        moved = any(row.change is not None for row in self.statement.rows)
        return begins_at(self.statement.closing, self.before) if moved else None


def steps(line: Line, as_of: date | None = None) -> tuple[AccountStep, ...]:
    """The account of a line up to a day (default: all of it), oldest first."""
    entries = entries_by(line, as_of)
    after = list(balances_after(entry.move for entry in entries))
    before = [None, *after]
    account: list[AccountStep] = []
    price: Decimal | None = None
    for entry, opening, balance in zip(entries, before, after, strict=False):
        statement = None if entry.filing is None else _statement(line, entry, entry.filing, entries)
        at = None if statement is None or statement.counted else statement.closing.key.price
        account.append(
            AccountStep(entry, opening, balance, statement, price if at is not None and price != at else None)
        )
        price = at if statement is not None else None if entry.action is not None else price
    return tuple(account)


def _statement(line: Line, entry: LedgerEntry, filed: Filed, entries: Sequence[LedgerEntry]) -> Statement:
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
    return Statement(filed, rows, end, counted, original, later)


def step_data(step: AccountStep) -> dict[str, Any]:
    """A step as plain data."""
    entry, statement = step.entry, step.statement
    data: dict[str, Any] = {
        "day": step.day.isoformat(),
        "kind": "adjustment" if statement is None else "filing",
    }
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
    elif statement is None:
        data |= {"change": _text(entry.change), "reason": entry.reason}
    else:
        end = statement.closing
        data |= {
            "source": named_filing(statement.filed),
            "accession_number": statement.filed.accession_number,
            "table": end.table,
            "rows": [_row_data(row) for row in statement.rows],
            "closed_by": end.place + 1,
            "certain": end.certain,
            "counted_in_another_line": statement.counted or None,
            "begins_at": _text(step.begins),
            "exercise_price": _text(statement.closing.key.price),
            "replaces": statement.replaces and named_filing(statement.replaces),
            "replaced_by": [named_filing(filed) for filed, _total in statement.replaced_by] or None,
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


def words_of_step(step: AccountStep) -> Iterator[str]:
    """What a step says, a sentence at a time."""
    statement = step.statement
    if step.entry.action is not None:
        yield from _of_action(step, step.entry.action)
        return
    if statement is None:
        yield f"Adjustment: {_signed(step.entry.change)}, {step.entry.reason}"
        return
    yield _named(statement.filed)
    if statement.replaces is not None:
        yield f"Replaces {_named(statement.replaces)}."
    yield from _of_rows(statement)
    yield _closing(statement)
    if step.begins is not None and step.before is not None:
        yield f"The filing begins at {grouped(step.begins)}; the balance before it is {grouped(step.before)}."
    if step.price_before is not None and statement.closing.key.price is not None:
        now, before = dollars(statement.closing.key.price), dollars(step.price_before)
        yield f"The exercise price is ${now}; on the filing before it is ${before}."
    yield from (_replaced(statement, filed, total) for filed, total in statement.replaced_by)


def _of_action(step: AccountStep, action: Action) -> Iterator[str]:
    yield f"{action.words[:1].upper()}{action.words[1:]} (action {action.id})"
    if action.reason:
        yield f"Reason: {action.reason}"
    ratio, before = step.entry.move.ratio, step.before
    if ratio is None or before is None:
        yield f"Added: {_signed(step.entry.change)}"
    elif ratio.new and ratio.new != ratio.old:
        settled = {"cash": ", fraction paid in cash", "up": ", rounded up"}.get(ratio.fractions, "")
        exact = ratio.exact(before)
        more = settled if exact != step.balance else ""
        yield f"{grouped(before)} × {grouped(ratio.new)} ÷ {grouped(ratio.old)} = {grouped(exact)}{more}"


def _named(filed: Filed) -> str:
    """The filing with its accession number, where that is known."""
    number = filed.accession_number
    return named_filing(filed) + (f" ({number})" if number else "")


def _replaced(statement: Statement, filed: Filed, total: Decimal) -> str:
    before = grouped(statement.closing.total)
    what = (
        "with the same total" if total == statement.closing.total else f"{grouped(total)} instead of {before}"
    )
    return f"Replaced by {_named(filed)}: {what}."


def _of_rows(statement: Statement) -> Iterator[str]:
    table = _TABLES[statement.closing.table]
    for row in statement.rows:
        yield f"{table}, line {row.place + 1}: {', '.join(_cells(row))}"


def _cells(row: Stated) -> Iterator[str]:
    if row.row.is_transaction:
        day, code = row.row.transaction_date.value, row.row.transaction_code.value
        yield from (str(each) for each in (day, code and f"code {code}") if each)
        yield _signed(row.change) if row.change is not None else "no number"
    else:
        yield "holding"
    yield f"{grouped(row.total)} owned following"


def _closing(statement: Statement) -> str:
    end = statement.closing
    line = f"line {end.place + 1}"
    if statement.counted:
        return f"Counted in the total of {_TABLES[end.table]}, {line}: nothing is left in this line."
    over = " It is one running total for several awards with this title." if end.running else ""
    if not end.certain:
        totals = " and ".join(grouped(total) for total in dict.fromkeys(end.totals))
        return (
            f"Closing total: {line}, not certain. The filing gives {totals} and does not show which is last; {line} is "
            f"listed last on the latest date.{over}"
        )
    only = "the only total stated" if len(statement.rows) == 1 else "from which no other line continues"
    return f"Closing total: {line}, {only}.{over}"


def _signed(change: Decimal | None) -> str:
    """``+12.5``; ``−3``."""
    return f"{'−' if change < 0 else '+'}{grouped(abs(change))}" if change else "0"


def one_award(all_balances: Sequence[Balance]) -> tuple[tuple[Balance, Balance], ...]:
    """Pairs of an earlier line that still holds something and a later one of the same title and expiration date.

    Number times exercise price is preserved within 1 %, or a footnote mentions an adjustment.
    """
    awards = [balance for balance in all_balances if balance.line.table == "derivative"]
    return tuple(pair for pair in permutations(awards, 2) if _follows(*pair))


def _follows(one: Balance, other: Balance) -> bool:
    old, new = one.line.key, other.line.key
    if not one.amount or not one_series(old, new):
        return False
    if in_order(one.line.entries)[-1].day >= in_order(other.line.entries)[0].day:
        return False
    statement = steps(other.line)[0].statement
    if statement is None or old.price is None or statement.closing.key.price is None:
        return False
    end = statement.closing
    price = end.key.price or old.price
    return agrees_in_value(one.amount, old.price, end.before, price) or spoken_of(
        end, statement.filed.content
    )
