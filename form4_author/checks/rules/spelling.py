"""A class under a different title than on the last filing, whose total does not continue from there.

Source: Form 4 General Instructions 3(b) and 4(a)(i). What makes two titles one class is practice.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.earlier import EXPLAINED, adjustment_words, forms_before, prior_words, signed_words
from form4_author.findings import Hit, Severity
from form4_author.ledger.continuation import goes_on, respelled_lines
from form4_author.ledger.history import adjusted_since
from form4_author.ledger.title import class_of
from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.ledger.history import Reported
    from form4_author.model.facts import Adjustment
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES", "Restart", "restarts"]


@rule(
    "HLD-027",
    "Total does not continue under a new title of the class",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", needs=("history",)),
)
def restarted(filing: Filing, context: Context) -> Iterator[Hit]:
    """A Table I title is spelled differently than on the last filing, and its total does not continue from there.

    Why: Under a new title a reader, and a program, counts the class again: the shares held before disappear from the
    total.
    Fix: Write the title as on the last filing and continue from its total. If it is a different class, say so in a
    footnote.
    Silent: For titles that differ in more than case, punctuation, par value, abbreviation or one mistyped word; when
    a footnote or remark mentions plans, dividends, splits, transfers or similar causes; on amendments and joint
    filings; for differences of at most one share, or equal to an adjustment.
    """
    for path, row, change, total, last, since in restarts(filing, context):
        expected = last.total + sum((a.change for a in since), change)
        yield Hit(
            (*path, "amount_owned_following"),
            f'Amount Owned Following Transaction(s) is {grouped(total)} of "{row.security_title.value}";'
            f' {prior_words(last.prior)} has {grouped(last.total)} of "{last.title}", which differs only in spelling:'
            f" {grouped(last.total)}{adjustment_words(since)} {signed_words(change)} gives {grouped(expected)}",
            related=((*path, "security_title"), (*path, "amount")),
        )


class Restart(NamedTuple):
    """The first row of a line that begins again under a different title."""

    path: Path
    row: Row
    change: Decimal
    total: Decimal
    last: Reported
    since: tuple[Adjustment, ...]
    """What changed the line since its last total without a form."""


def restarts(filing: Filing, context: Context) -> Iterator[Restart]:
    """The lines that begin again under a different title, each by its first row; HLD-016 leaves them to HLD-027."""
    if filing.form != "4" or len(filing.owners) > 1 or EXPLAINED.search(filing.prose()):
        return
    for line, rows, last in respelled_lines(filing, forms_before(filing, context)):
        known = replace(line, title=class_of(last.title))
        since = adjusted_since(last, known, context.facts.adjustments or ())
        moved = sum((a.change for a in since), Decimal(0))
        if not last.prior.filing.is_amendment and not goes_on(last.totals, rows, moved):
            yield Restart(*rows[0], last, since)


RULES: Final[tuple[Rule, ...]] = (restarted,)
