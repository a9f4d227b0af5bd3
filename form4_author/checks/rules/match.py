"""Short-swing profit with prior filings, and the matches of a planned trade.

Sources: 15 U.S.C. 78p(b); the pairs are those of ``form4_author.shortswing``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.rules.swing import (
    hit_of,
    is_planned,
    matched,
    not_comparable,
    owes_nothing,
    pools,
)
from form4_author.codes import matchable
from form4_author.findings import Hit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.checks.rules.swing import Pool
    from form4_author.model.facts import PriorFiling
    from form4_author.model.filing import Filing
    from form4_author.shortswing.matching import Pair

__all__ = ["RULES"]


@rule(
    "SWG-002",
    "Purchase and sale within six months at a profit, one on a prior filing",
    Severity.WARNING,
    cite.SECTION_16B,
    when=When(forms="45", codes=matchable(), needs=("history",)),
)
def matched_with_history(filing: Filing, context: Context) -> Iterator[Hit]:
    """A trade on this form and one on a prior filing match at a profit, less than six months apart.

    Why: The profit belongs to the issuer, regardless of intention; any shareholder may sue for it. Trades before a
    stock split are restated when a form gives its ratio and date; where a split only seems to have occurred, the
    finding says so.
    Fix: Check codes, dates and prices. If they are right, consult counsel. The form is filed as it is.
    Silent: For what SWG-001 excludes; for filings of other issuers or persons; for matches within this form and among
    the prior filings; for planned trades.
    """
    if owes_nothing(filing, context):
        return
    hits: dict[Hit, None] = {}
    for pool in pools(filing, context, history=True):
        pairs = tuple(p for p in matched(pool, context) if _is_shared(p) and not is_planned(p.later, context))
        if pairs:
            lead = f"Short-swing profit of {{profit}} with {_forms(pairs, pool.own)}"
            hits |= dict.fromkeys((hit_of(lead, pool.own, pairs, pool.words),))
        else:
            hits |= dict.fromkeys(not_comparable(pool, inside=False))
    yield from hits


def _forms(pairs: Sequence[Pair], own: PriorFiling) -> str:
    """The prior form that the pairs are with, or how many."""
    from form4_author.shortswing.history import name_of

    places = [trade.place.prior for pair in pairs for trade in (pair.purchase, pair.sale)]
    priors = {id(prior): prior for prior in places if prior is not None and prior is not own}
    return name_of(next(iter(priors.values()))) if len(priors) == 1 else f"{len(priors)} prior filings"


def _is_shared(pair: Pair) -> bool:
    """Whether its trades are of two forms."""
    return pair.purchase.place.prior is not pair.sale.place.prior


@rule(
    "SWG-005",
    "Planned trade would create a short-swing match",
    Severity.WARNING,
    cite.SECTION_16B,
    when=When(forms="45", codes=matchable(), needs=("history",)),
)
def planned_trade_would_match(filing: Filing, context: Context) -> Iterator[Hit]:
    """A trade in a draft has a future date and would match at a profit, within less than six months.

    Why: The profit would belong to the issuer, regardless of intention.
    Fix: Make the trade on the first safe day or later, or consult counsel.
    Silent: For what SWG-001 excludes; for completed trades; on published filings; for matches within this form. The
    command ``form4 shortswing --plan`` answers without a draft.
    """
    if owes_nothing(filing, context):
        return
    hits: dict[Hit, None] = {}
    for pool in pools(filing, context, history=True):
        pairs = tuple(p for p in matched(pool, context) if _is_shared(p) and is_planned(p.later, context))
        if pairs:
            end = f"; first safe day {_first_safe(pool, pairs, context)}{pool.words}"
            hits |= dict.fromkeys(
                (
                    hit_of(
                        "The planned trade would create a short-swing profit of {profit}",
                        pool.own,
                        pairs,
                        end,
                    ),
                )
            )
    yield from hits


def _first_safe(pool: Pool, pairs: Sequence[Pair], context: Context) -> str:
    """The first day on which none of the planned trades matches what was traded, at its price."""
    from form4_author.shortswing.account import safe_days
    from form4_author.shortswing.gain import Market

    market = Market(context.facts.prices or ())
    made = [trade for trade in pool.trades if not is_planned(trade, context)]
    return max(safe_days(made, pair.later, market)[0] for pair in pairs).isoformat()


RULES: Final[tuple[Rule, ...]] = (matched_with_history, planned_trade_would_match)
