"""Exercises and conversions have two legs: the derivative security in Table II, the shares acquired in Table I.

Source: Form 4, General Instruction 4(c)(i).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import EXERCISES, texts_of_row
from form4_author.findings import Hit, Severity
from form4_author.ledger.title import class_of
from form4_author.model.table import DerivativeRow
from form4_author.text import Pattern, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_Leg = tuple["date", str]


def _leg(row: Row) -> _Leg | None:
    """Day and code of an exercise or conversion; None for any other row."""
    day, code = row.transaction_date.value, row.transaction_code.value
    if not row.is_transaction or day is None or code not in EXERCISES:
        return None
    return day, code


def _lonely(filing: Filing, table: str) -> Iterator[tuple[Path, _Leg, str]]:
    """The first row of each day and code that the other table lacks, with the closest one there.

    A day and code with both letters in the table are left out: there, one security was converted into a second one.
    """
    here: Sequence[Row] = filing.derivative if table == "derivative" else filing.non_derivative
    there: Sequence[Row] = filing.non_derivative if table == "derivative" else filing.derivative
    wanted = {leg for row in there if (leg := _leg(row)) is not None}
    ways = {(leg, row.acquired_disposed.value) for row in here if (leg := _leg(row)) is not None}
    for index, row in enumerate(here):
        leg = _leg(row)
        if leg is None or leg in wanted or {(leg, "A"), (leg, "D")} <= ways:
            continue
        wanted.add(leg)
        yield (table, index), leg, _closest(leg, there)


def _closest(leg: _Leg, rows: Sequence[Row]) -> str:
    """``; it has code M on 2026-10-07``: the same code on another day, or another code that day."""
    day, code = leg
    others = [other for row in rows if (other := _leg(row)) is not None]
    for found, letter in others:
        if letter == code or found == day:
            return f"; it has code {letter} on {found}"
    return ""


@rule(
    "DRV-009",
    "Exercise or conversion without a line in Table I",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(codes=EXERCISES, has=("table_2",)),
)
def exercise_without_table_1(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Table II reports an exercise or conversion, but Table I has no line of that date and code.

    Why: Table I reports the acquisition of the shares that an exercise or conversion delivers.
    Fix: Add the line to Table I, or correct its date or code.
    Silent: When a footnote of the line or the remarks mention cash; when a different derivative security is acquired
    under the same code that day; on amendments, which may repeat only some lines.
    """
    if filing.is_amendment or "cash" in (filing.remarks or "").lower():
        return
    for path, (day, code), closest in _lonely(filing, "derivative"):
        if not any("cash" in text.lower() for text in texts_of_row(filing, path)):
            yield Hit(
                (*path, "transaction_code"),
                f"Transaction Code {code} on {day} has no line in Table I for the securities acquired{closest}",
                related=((*path, "transaction_date"),),
            )


@rule(
    "DRV-010",
    "Exercise or conversion without a line in Table II",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(codes=EXERCISES, has=("table_1",)),
)
def exercise_without_table_2(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Table I reports an exercise or conversion, but Table II has no line of that date and code.

    Why: Table II reports the disposition of the derivative security that was exercised or converted.
    Fix: Add the line to Table II, or correct its date or code. An award that was never in Table II needs no code M
    when it vests.
    Silent: When a different security in Table I is disposed of under the same code that day; on amendments, which may
    repeat only some lines.
    """
    if filing.is_amendment:
        return
    for path, (day, code), closest in _lonely(filing, "non_derivative"):
        yield Hit(
            (*path, "transaction_code"),
            f"Transaction Code {code} on {day} has no line in Table II for the security exercised or"
            f" converted{closest}",
            related=((*path, "transaction_date"),),
        )


@rule(
    "DRV-011",
    "Number of shares of an exercise differs between the tables",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(
        codes=EXERCISES,
        has=(
            "table_1",
            "table_2",
        ),
    ),
)
def legs_disagree(filing: Filing, _context: Context) -> Iterator[Hit]:
    """For one exercise, the shares acquired in Table I differ from the underlying shares in Table II.

    Why: The underlying shares in Table II are the shares that Table I reports as acquired.
    Fix: Correct the amount that is wrong.
    Silent: When a footnote of the lines or the remarks mention cash, net settlement, fractions, a ratio or securities
    exchanged together; when Table I acquires several titles; on amendments.
    """
    if filing.is_amendment or not filing.derivative or not filing.non_derivative:
        return
    shares = _sums(filing.non_derivative, "A")
    underlying = _sums(filing.derivative, "D")
    for leg, (amount, rows, _titles) in underlying.items():
        if leg not in shares or len(shares[leg][2]) != 1 or len(underlying[leg][2]) != 1:
            continue
        acquired, indices = shares[leg][0], shares[leg][1]
        if amount is None or acquired is None or abs(amount - acquired) <= 1:
            continue
        paths = [("derivative", i) for i in rows] + [("non_derivative", i) for i in indices]
        texts = [text for path in paths for text in texts_of_row(filing, path)]
        if any(_EXPLAINED.search(text) for text in (*texts, filing.remarks or "")):
            continue
        day, code = leg
        yield Hit(
            ("derivative", rows[0], "underlying_amount"),
            f"Transaction Code {code} on {day}: {grouped(amount)} underlying shares in Table II,"
            f" {grouped(acquired)} shares acquired in Table I",
            related=tuple(("non_derivative", i, "amount") for i in indices),
        )


def _sums(rows: Sequence[Row], letter: str) -> dict[_Leg, tuple[Decimal | None, list[int], set[str]]]:
    """Amount (in Table II: underlying), line indices and titles of each exercise; no amount where one is blank."""
    found: dict[_Leg, tuple[Decimal | None, list[int], set[str]]] = {}
    for index, row in enumerate(rows):
        leg = _leg(row)
        if leg is None or row.acquired_disposed.value != letter:
            continue
        amount, title = row.amount.value, row.security_title.value
        if isinstance(row, DerivativeRow):
            amount, title = row.underlying_amount.value, row.underlying_title.value
        total, indices, titles = found.get(leg, (Decimal(0), [], set()))
        both = total + amount if total is not None and amount is not None else None
        found[leg] = both, [*indices, index], {*titles, class_of(title)}
    return found


_EXPLAINED: Final = Pattern(
    r"\bcash|\bnet\b|fraction|\bratios?\b|multipl|together with|dividend equivalent|\d\s?%|percent",
    re.IGNORECASE,
)

RULES: Final[tuple[Rule, ...]] = (exercise_without_table_1, exercise_without_table_2, legs_disagree)
