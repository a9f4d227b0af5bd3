"""Equity swaps: a swap is a derivative security, which by itself is not a purchase or sale of shares.

Sources: Rule 16a-1(c) (derivative securities include rights with a price related to an equity security, and swaps);
Form 4, columns 5 and 9, and General Instructions 4(a)(i) and 8 (code K beside the main code).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.findings import Hit, Severity
from form4_author.ledger.history import earlier, last_reported
from form4_author.ledger.line import by_letter, line_key
from form4_author.text import Pattern, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_IN_SHARES: Final = Pattern(
    r"(?<!not )(?<!no )(?<!never )\b(?:(?:physical(?:ly)?|share|stock)[- ]settle|physical (?:settlement|delivery)"
    r"|settle[ds]? in (?:shares|stock)|settlement in (?:shares|stock))",
    re.IGNORECASE,
)
"""Words of a swap that is settled in shares."""


@rule(
    "TXN-046",
    "Equity swap in Table I that changes the amount of shares owned",
    Severity.WARNING,
    cite.RULE_16A_1C,
    cite.FORM4_INSTR_8,
    cite.FORM4_COLUMN_5,
    when=When(has=("table_1",)),
)
def swap_moves_shares(filing: Filing, context: Context) -> Iterator[Hit]:
    """A line of Table I is marked as an equity swap, and its total includes or excludes the shares of the swap.

    Why: A swap is a derivative security (Rule 16a-1(c)). It is reported in Table II with its own title and total, and
    does not change the number of shares owned.
    Fix: Report the swap in Table II, and restore the total of the shares. If shares were bought or sold, clear the
    mark.
    Silent: If the total equals the earlier one on the form or the last one reported in the history; if Table II also
    reports a swap; if a footnote of the line says that the swap was settled in shares.
    """
    if any(row.equity_swap for row in filing.derivative):
        return
    for index, row in enumerate(filing.non_derivative):
        change, total = by_letter(row), row.amount_owned_following.value
        if (
            not row.equity_swap
            or not change
            or total is None
            or total in _known_totals(filing, index, context)
        ):
            continue
        path = ("non_derivative", index)
        if any(_IN_SHARES.search(text) for text in texts_of_row(filing, path)):
            continue
        moved = "acquired" if change > 0 else "disposed of"
        yield Hit(
            (*path, "amount_owned_following"),
            f"Equity Swap Involved is checked with {grouped(abs(change))} {moved}, and"
            f" Amount Owned Following Transaction(s) is {grouped(total)}; report a swap, a derivative security,"
            " in Table II and not in the total of the shares",
            related=((*path, "equity_swap"), (*path, "amount")),
        )


def _known_totals(filing: Filing, index: int, context: Context) -> set[Decimal | None]:
    """The earlier totals of the line of a row: on the form, and on the last form with a total."""
    line = line_key("non_derivative", filing.non_derivative[index])
    found = {
        row.amount_owned_following.value
        for place, row in enumerate(filing.non_derivative)
        if line_key("non_derivative", row) == line and (place < index or not row.is_transaction)
    }
    priors = earlier(filing, context.facts.history or (), context.filing_day or context.as_of)
    last = last_reported(priors, "non_derivative").get(line)
    return found if last is None else {*found, *last.totals}


RULES: Final[tuple[Rule, ...]] = (swap_moves_shares,)
