"""Dates: the period, the trades, the deemed execution dates and the signatures against each other.

Sources: Form 4, boxes 2, 3 and columns 2, 2A and 3A; Form 4 General Instruction 4(a)(ii); Exchange Act Section
16(a)(2)(C); Rule 16a-3(g).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks.base import Context, Rule, rule
from form4_author.checks.cite import FORM4_INSTR_4A_II, RULE_16A_3G
from form4_author.findings import Hit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]


@rule("DAT-008", "Deemed execution date before the trade", Severity.ERROR, RULE_16A_3G, FORM4_INSTR_4A_II)
def deemed_before_trade(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A deemed execution date is earlier than the transaction date of its line.

    Why: The deemed date is the day the broker or plan administrator told you of the trade, which can't come before it.
    Fix: Check both dates; they may have been exchanged.
    Silent: When either date is missing.
    Rejected: non_derivative[0].deemed_execution_date = 2024-10-31
    Accepted: non_derivative[0].transaction_date = 2024-11-01
    """
    for path, row in filing.transactions():
        deemed, traded = row.deemed_execution_date.value, row.transaction_date.value
        if deemed is not None and traded is not None and deemed < traded:
            yield Hit(
                (*path, "deemed_execution_date"),
                f"Deemed Execution Date is {deemed}, before Transaction Date {traded}",
                related=((*path, "transaction_date"),),
            )


RULES: Final[tuple[Rule, ...]] = (deemed_before_trade,)
