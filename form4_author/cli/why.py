"""``form4 holdings --why``: where each number of a line comes from, in words."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Final

from form4_author.register.account import named_filing
from form4_author.text import grouped, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from form4_author.ledger.closing import Stated
    from form4_author.register.account import Balance
    from form4_author.register.table import Action, Filed, Relationship
    from form4_author.register.why import Step, Told

__all__ = ["explained"]

_WIDTH: Final = 80
_INDENT: Final = " " * 12
_TABLES: Final = {"non_derivative": "Table I", "derivative": "Table II"}


def explained(relation: Relationship, balance: Balance, account: Sequence[Step]) -> None:
    """Write the account of a line."""
    unit = "US dollars" if balance.in_dollars else "shares"
    _write(f"{relation.person.name} · {relation.issuer.name}", "")
    _write(f"{balance.number}. {balance.line.name}: {grouped(balance.amount)} {unit}", "   ")
    for step in account:
        sys.stdout.write("\n")
        first, *rest = (*_words(step), f"Balance: {grouped(step.balance)}")
        _write(f"{step.day}  {first}", _INDENT)
        for sentence in rest:
            _write(f"{_INDENT}{sentence}", f"{_INDENT}  ")


def _write(text: str, indent: str) -> None:
    """A paragraph at the width of a terminal."""
    wrapped = textwrap.fill(
        visible(text), _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    sys.stdout.write(f"{wrapped}\n")


def _words(step: Step) -> Iterator[str]:
    told = step.told
    if step.entry.action is not None:
        yield from _of_action(step, step.entry.action)
        return
    if told is None:
        yield f"Adjustment: {_signed(step.entry.change)}, {step.entry.reason}"
        return
    yield _named(told.filed)
    if told.replaces is not None:
        yield f"Replaces {_named(told.replaces)}."
    yield from _of_rows(told)
    yield _closing(told)
    if step.begins is not None and step.before is not None:
        yield f"The filing begins at {grouped(step.begins)}; the balance before it is {grouped(step.before)}."
    if step.price_before is not None and told.closing.key.price is not None:
        now, before = grouped(told.closing.key.price), grouped(step.price_before)
        yield f"The exercise price is {now}; on the filing before it is {before}."
    yield from (_replaced(told, filed, total) for filed, total in told.replaced_by)


def _of_action(step: Step, action: Action) -> Iterator[str]:
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


def _replaced(told: Told, filed: Filed, total: Decimal) -> str:
    before = grouped(told.closing.total)
    what = "with the same total" if total == told.closing.total else f"{grouped(total)} instead of {before}"
    return f"Replaced by {_named(filed)}: {what}."


def _of_rows(told: Told) -> Iterator[str]:
    table = _TABLES[told.closing.table]
    for row in told.rows:
        yield f"{table}, line {row.place + 1}: {', '.join(_cells(row))}"


def _cells(row: Stated) -> Iterator[str]:
    if row.row.is_transaction:
        day, code = row.row.transaction_date.value, row.row.transaction_code.value
        yield from (str(each) for each in (day, code and f"code {code}") if each)
        yield _signed(row.change) if row.change is not None else "no number"
    else:
        yield "holding"
    yield f"{grouped(row.total)} owned following"


def _closing(told: Told) -> str:
    end = told.closing
    line = f"line {end.place + 1}"
    if told.counted:
        return f"Counted in the total of {_TABLES[end.table]}, {line}: nothing is left in this line."
    over = " It is one running total over several awards of this title." if end.running else ""
    if not end.certain:
        totals = " and ".join(grouped(total) for total in dict.fromkeys(end.totals))
        return (
            f"Closing total: {line}, not certain. The filing gives {totals} and does not show which is last; {line} is "
            f"listed last on the latest date.{over}"
        )
    only = "the only total stated" if len(told.rows) == 1 else "from which no other line continues"
    return f"Closing total: {line}, {only}.{over}"


def _signed(change: Decimal | None) -> str:
    """``+12.5``; ``−3``."""
    return f"{'−' if change < 0 else '+'}{grouped(abs(change))}" if change else "0"
