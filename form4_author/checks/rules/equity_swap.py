"""Equity swaps: a swap is a derivative security, and no shares are bought or sold with it.

Sources: Rule 16a-1(c) (derivative securities include rights with a price related to an equity security, and swaps);
Form 4, columns 5 and 9, and General Instructions 4(a)(i) and 8 (code K beside the main code).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, rule
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
"""Words of a swap whose settlement moves shares."""


@rule(
    "TXN-046",
    "Equity swap in Table I changes the total of the shares",
    Severity.WARNING,
    cite.RULE_16A_1C,
    cite.FORM4_INSTR_8,
    cite.FORM4_COLUMN_5,
)
def swap_moves_shares(filing: Filing, context: Context) -> Iterator[Hit]:
    """A line of Table I is marked as an equity swap, and its total counts the shares that the swap refers to.

    Why: A swap is a derivative security (Rule 16a-1(c)). It is a line of Table II with its own title and total, and
    the person owns neither more nor fewer shares because of it.
    Fix: Report the swap in Table II, and give the shares the total they had. If shares were bought or sold, clear the
    mark.
    Silent: Where the total equals the one before it on the form, or the last one reported, which the history shows;
    where Table II reports a swap too; where the footnotes of the line say that it was settled in shares.
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
            f" Amount Owned Following Transaction(s) is {grouped(total)}; a swap is a derivative security: report it in"
            " Table II, and do not count it in the total of the shares",
            related=((*path, "equity_swap"), (*path, "amount")),
        )


def _known_totals(filing: Filing, index: int, context: Context) -> set[Decimal | None]:
    """The totals that the line of a row had before it: on the form, and by the last form that gives one."""
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
