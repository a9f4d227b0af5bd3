"""A stock split that restates one line of a class and not a second one, or not the awards over it.

Sources: Rule 16a-9, under which a split needs no line; Form 4 General Instruction 4(a)(i), by which the totals are
still those after it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.findings import Hit, Severity
from form4_author.ledger.bases import is_award
from form4_author.ledger.closing import closing
from form4_author.ledger.history import earlier, last_reported
from form4_author.ledger.line import line_words
from form4_author.ledger.split import ratio_words
from form4_author.model.table import DerivativeRow
from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from form4_author.ledger.closing import Closing
    from form4_author.ledger.history import Reported
    from form4_author.ledger.split import Mention
    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_ROUNDING: Final = 1
"""Shares by which a total may differ: fractions are paid in cash or rounded away."""
_LEAST: Final = 10
"""Shares below which an unchanged line is no evidence."""

_Lines = list[tuple["Closing", "Reported"]]
"""Lines of one class as this form leaves them, each with what was last reported for it."""


@rule(
    "HLD-026",
    "Only some lines of a class restated for a split",
    Severity.WARNING,
    cite.RULE_16A_9,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="45", words=("split", "dividend", "consolidation", "subdivision"), needs=("history",)),
)
def line_not_restated(filing: Filing, context: Context) -> Iterator[Hit]:
    """A text reports a split; one line of the class is restated, but a second line or an award has its prior total.

    Why: A split changes every share of the class in each form of ownership: direct, by spouse, by trust.
    Fix: Restate the line, with a footnote; if its shares were not split, say so. The number and price of an option or
    unit over the class change in proportion.
    Silent: When no line of the class begins with its last total times the ratio; for lines last reported on or after
    the day of the split; for awards with a transaction dated before the split; on amendments and joint filings.
    """
    if filing.is_amendment or len(filing.owners) > 1:
        return
    from form4_author.model.facts import PriorFiling
    from form4_author.shortswing.split_sign import mentions_of

    own = PriorFiling(filing=filing, filed=context.filing_day)
    awards = _awards(filing, context, own.day)
    for name, lines in _classes(filing, context, own.day).items():
        splits = [
            mention
            for _, mention in mentions_of((own,), name)
            if mention.ratio is not None and not mention.ahead
        ]
        yield from _unrestated(lines, awards.get(name, []), splits)


def _classes(filing: Filing, context: Context, day: date | None) -> dict[str, _Lines]:
    """The lines of Table I with an earlier total, by class."""
    from form4_author.shortswing.share_class import share_class

    before = earlier(filing, context.facts.history or (), day)
    totals = last_reported(before, "non_derivative")
    found: dict[str, _Lines] = {}
    for holding in closing(filing):
        last = totals.get(holding.key)
        if holding.table == "non_derivative" and last is not None:
            found.setdefault(share_class(holding.row.security_title.value or ""), []).append((holding, last))
    return found


def _awards(filing: Filing, context: Context, day: date | None) -> dict[str, _Lines]:
    """The options and units with an earlier total at the same price, by the class that they are over."""
    from form4_author.shortswing.share_class import share_class

    totals = last_reported(earlier(filing, context.facts.history or (), day), "derivative")
    found: dict[str, _Lines] = {}
    for holding in closing(filing):
        row, last = holding.row, totals.get(holding.key)
        if isinstance(row, DerivativeRow) and last is not None and is_award(row.security_title.value or ""):
            found.setdefault(share_class(row.underlying_title.value or ""), []).append((holding, last))
    return found


def _open_to(mention: Mention, lines: _Lines) -> _Lines:
    """The lines that were last reported before the split and have no row dated before it."""
    return [
        (holding, last)
        for holding, last in lines
        if last.total >= _LEAST
        and (mention.day is None or last.prior.day is None or last.prior.day < mention.day)
        and not (holding.table == "derivative" and _is_before(holding, mention.day))
    ]


def _is_before(holding: Closing, day: date | None) -> bool:
    traded = holding.row.transaction_date.value
    return day is not None and traded is not None and traded < day


def _unrestated(lines: _Lines, awards: _Lines, splits: Sequence[Mention]) -> Iterator[Hit]:
    for mention in splits:
        ratio = mention.ratio or Fraction(1)
        open_to_it = _open_to(mention, lines)
        restated = [holding for holding, last in open_to_it if _begins_with(holding, last, ratio)]
        unchanged = [
            (holding, last)
            for holding, last in (*open_to_it, *_open_to(mention, awards))
            if _begins_with(holding, last, Fraction(1))
        ]
        if restated and unchanged:
            for holding, last in unchanged:
                yield _hit(holding, last, restated[0], ratio)
            return


def _begins_with(holding: Closing, last: Reported, ratio: Fraction) -> bool:
    """Whether the line begins with its last total times the ratio."""
    return abs(Fraction(holding.before) - Fraction(last.total) * ratio) <= _ROUNDING


def _hit(holding: Closing, last: Reported, other: Closing, ratio: Fraction) -> Hit:
    from form4_author.shortswing.trade import plain
    from form4_author.shortswing.wording import shown

    after = plain(Fraction(last.total) * ratio)
    kind = "shares" if holding.table == "non_derivative" else "held"
    return Hit(
        (holding.table, holding.place, "amount_owned_following"),
        f"{line_words(holding.row)}: {grouped(holding.before)} {kind} as on Form {last.prior.filing.form} of"
        f" {last.prior.day}, but {line_words(other.row)} is restated for a {ratio_words(ratio)}, which makes"
        f" {shown(after)} of them",
        related=((other.table, other.place, "amount_owned_following"),),
    )


RULES: Final[tuple[Rule, ...]] = (line_not_restated,)
