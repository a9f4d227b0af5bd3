"""What a form leaves each line at: the holdings after it, line by line.

Sources: Form 4 General Instructions 3 and 4(a)(i) (totals following the reported transactions, line by line); Form 3,
Table II (no column for the amount owned: what underlies a security is its amount).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ledger import line_of, signed
from form4_author.model.table import DerivativeRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["Holding", "closing", "line_key", "line_words"]

_TABLES: Final = {"non_derivative": "I", "derivative": "II"}


class Holding(NamedTuple):
    """A line as a form leaves it."""

    table: str
    """``non_derivative`` or ``derivative``."""
    place: int
    """The row's place in it, from 0."""
    row: Row
    """The row that tells the total."""
    total: Decimal
    """Shares or units; US dollars where ``in_dollars``."""
    in_dollars: bool


def closing(filing: Filing) -> tuple[Holding, ...]:
    """Each line of the form with its last total, by the lines' first rows; rows without a total are left out."""
    lines: dict[str, list[Holding]] = {}
    for path, row in filing.rows():
        told = _total(row, initial=filing.base == "3")
        if told is not None:
            table = str(path[0])
            found = Holding(table, int(path[1]), row, *told)
            lines.setdefault(line_key(table, row), []).append(found)
    return tuple(_last(told) for told in lines.values())


def line_key(table: str, row: Row) -> str:
    """What tells a line from the others of a person and issuer, as one text."""
    return " | ".join((_TABLES.get(table, table), *line_of(row)))


def line_words(row: Row) -> str:
    """A line as one says it: ``Common Stock, direct``; ``Stock Option, direct, at 12.50, to 2031-05-01``."""
    form = row.ownership_form.value
    held = "direct" if form == "D" else row.nature_of_ownership.value or "indirect"
    words = [row.security_title.value or "without a title", held]
    if isinstance(row, DerivativeRow):
        if row.exercise_price.value is not None:
            words.append(f"at {row.exercise_price.value:f}")
        if row.expiration_date.value is not None:
            words.append(f"to {row.expiration_date.value}")
    return ", ".join(words)


def _total(row: Row, *, initial: bool) -> tuple[Decimal, bool] | None:
    """The total, and whether it is in dollars."""
    if row.amount_owned_following.value is not None:
        return row.amount_owned_following.value, False
    if row.value_owned_following.value is not None:
        return row.value_owned_following.value, True
    if initial and isinstance(row, DerivativeRow) and row.underlying_amount.value is not None:
        return row.underlying_amount.value, False
    return None


def _last(told: Sequence[Holding]) -> Holding:
    """Of several totals of a line the one after everything: of its last day, the one that no other goes on from.

    Some forms list the newest first. Where that tells nothing, the one listed last.
    """
    days = [h.row.transaction_date.value for h in told]
    known = [day for day in days if day is not None]
    latest = [h for h, day in zip(told, days, strict=True) if day is None or day == max(known)]
    gone_on = [_before(h) for h in latest]
    ends = [h for n, h in enumerate(latest) if h.total not in (b for m, b in enumerate(gone_on) if m != n)]
    return (ends or latest)[-1]


def _before(holding: Holding) -> Decimal | None:
    change = None if holding.in_dollars else signed(holding.row)
    return None if change is None else holding.total - change
