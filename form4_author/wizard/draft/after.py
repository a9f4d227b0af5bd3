"""The total of each line after a draft: another draft of the same persons continues from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.balance import working
from form4_author.ledger.closing import closing
from form4_author.model.draft import TABLES
from form4_author.model.table import DerivativeRow
from form4_author.text import amount, amount_text
from form4_author.wizard.draft import balance, opening, row_value
from form4_author.wizard.draft.class_change import ended, restated_lines
from form4_author.wizard.register_offer import OtherDraft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.model.interview import CarriedLine
    from form4_author.model.table import Row

__all__ = ["held_after", "lines_after", "other_draft", "reported"]

_WHAT: Final = {
    "A": "grant",
    "C": "conversion",
    "D": "disposition to the issuer",
    "E": "expiration",
    "F": "withholding",
    "G": "gift",
    "H": "expiration",
    "I": "plan transaction",
    "J": "other transaction",
    "K": "swap",
    "L": "small acquisition",
    "M": "exercise",
    "O": "exercise",
    "P": "purchase",
    "S": "sale",
    "U": "tender",
    "W": "transfer by will",
    "X": "exercise",
    "Z": "voting trust",
}
"""What a transaction is called in a few words, by its code."""


def reported(filing: Filing, *, weekday: bool = False) -> str:
    """What a form reports, by its first transaction: ``gift of 11/25/2026``; ``holdings`` where it has none."""
    row = next((row for _, row in filing.transactions()), None)
    if row is None:
        return "holdings"
    code, day = row.transaction_code.value or "", row.transaction_date.value
    name = "vest" if code == "M" and _is_unit(filing) else _WHAT.get(code, "transaction")
    if day is None:
        return name
    return f"{name} of {day:%a %m/%d/%Y}" if weekday else f"{name} of {day:%m/%d/%Y}"


def _is_unit(filing: Filing) -> bool:
    """Whether what was exercised has no price: units that vested."""
    rows = [row for _, row in filing.transactions() if isinstance(row, DerivativeRow) and _is_exercise(row)]
    return bool(rows) and all(row.exercise_price.value is None for row in rows)


def _is_exercise(row: Row) -> bool:
    return row.transaction_code.value == "M"


def held_after(filing: Filing) -> dict[str, str]:
    """What a form leaves each line that it shows at, by line."""
    return {str(end.key): amount_text(end.total) for end in closing(filing) if not end.in_dollars}


def lines_after(draft: Draft, source: str) -> tuple[CarriedLine, ...]:
    """Every line after a draft: those that its form shows, and those that it does not touch."""
    return (*opening.carried_lines(draft.filing, source), *_untouched(draft))


def _untouched(draft: Draft) -> Iterator[CarriedLine]:
    """The lines carried into a draft with no row that continues with them, with what is added to them without a row."""
    gone, adjusted = ended(draft), balance.account(draft).adjustments
    for place, line in enumerate(restated_lines(draft)):
        if place in gone or balance.goes_on(draft, line):
            continue
        changes = adjusted.get(str(row_value.line_key(line.table, line.cells)), ())
        total = line.text("amount_owned_following")
        if changes and total:
            cells = {**line.cells, "amount_owned_following": working(amount(total), changes).text}
            yield replace(line, cells=cells)
        else:
            yield line


def other_draft(file: str, draft: Draft, *, packet: bool) -> OtherDraft | None:
    """An open draft as one that the next continues from; None while it has no total."""
    held = held_after(draft.filing)
    if not held or draft.filing.is_amendment:
        return None
    name = reported(draft.filing)
    lines = lines_after(draft, f"open draft, {name}")
    shown = tuple(line for line in lines if str(row_value.line_key(line.table, line.cells)) in held)
    if not shown:
        return None
    return OtherDraft(
        file=file,
        name=name,
        what=reported(draft.filing, weekday=True),
        state="packet made" if packet else "draft",
        lines=lines,
        shown=tuple(sorted(shown, key=lambda line: line.table != TABLES[0])),
        held=held,
    )
