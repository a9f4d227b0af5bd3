"""A footnote that restates one line of a class for a split, and a second line without one: by the form alone.

Sources: Rule 16a-9, under which a split needs no line; Form 4 General Instruction 4(a)(i), by which the totals are
still those after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.findings import Hit, Severity
from form4_author.ledger.bases import two_bases
from form4_author.ledger.line import line_words
from form4_author.ledger.split import ratio_words
from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]


@rule(
    "HLD-028",
    "Split footnote missing from a line of the class",
    Severity.WARNING,
    cite.RULE_16A_9,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="45", words=("split", "dividend", "consolidation", "subdivision")),
)
def footnote_for_one_line(filing: Filing, context: Context) -> Iterator[Hit]:
    """A footnote restates one total for a split; a holding of the same class has no such footnote.

    Why: A split changes every share of the class in each form of ownership: direct, by spouse, by trust.
    Fix: Restate the other line too, with the footnote. If it is already restated, refer to the footnote there.
    Silent: When earlier filings are known, with which HLD-026 compares; when the remarks or a footnote apply the
    split to all numbers; for lines of fewer than 10 shares; on amendments and joint filings.
    """
    if filing.is_amendment or len(filing.owners) > 1 or context.facts.history:
        return
    found = two_bases(filing)
    if found is None:
        return
    for holding in found.shares:
        yield Hit(
            (holding.table, holding.place, "amount_owned_following"),
            f"{line_words(holding.row)}: {grouped(holding.total)} shares, with no footnote on the split, but"
            f" {line_words(found.restated.row)} is restated for a {ratio_words(found.ratio)}",
            related=((found.restated.table, found.restated.place, "amount_owned_following"),),
        )


RULES: Final[tuple[Rule, ...]] = (footnote_for_one_line,)
