"""Short-swing profit within one form, the six-month boundary, and insiders of foreign private issuers.

Sources: 15 U.S.C. 78p(b); Rule 3a12-3(b), which excludes the securities of foreign private issuers.
``form4_author.shortswing``
matches the trades. A match is a prompt to consult counsel, not a fault of the form.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.codes import matchable
from form4_author.findings import Hit, Severity
from form4_author.ident.cik import bare_cik
from form4_author.model.facts import PriorFiling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.shortswing.basis import Basis
    from form4_author.shortswing.matching import Pair
    from form4_author.shortswing.trade import Boundary, Trade

__all__ = [
    "RULES",
    "Pool",
    "hit_of",
    "is_planned",
    "matched",
    "not_comparable",
    "owes_nothing",
    "pools",
]

_BOTH: Final = matchable() - frozenset("SU")
"""Codes of which a form with a purchase and a sale has at least one, unless puts were sold."""


class Pool(NamedTuple):
    """The form itself, and the trades of one class that it belongs to."""

    own: PriorFiling
    trades: tuple[Trade, ...]
    """On one basis."""
    basis: Basis
    """The splits for which they were restated, and what suggests another one."""

    @property
    def words(self) -> str:
        """What a message adds about splits."""
        if self.basis.signs:
            return "; a stock split seems to have occurred between trades, so that the figure is uncertain"
        splits = " and the ".join(applied.split.words for applied in self.basis.applied)
        return f"; restated for the {splits}" if splits else ""


def owes_nothing(filing: Filing, context: Context) -> bool:
    """Whether the issuer is known to be a foreign private one."""
    issuer = context.facts.issuer
    if issuer is None or not issuer.foreign_private:
        return False
    return issuer.cik is None or bare_cik(issuer.cik) == bare_cik(filing.issuer.cik)


def is_planned(trade: Trade, context: Context) -> bool:
    """Whether it is a row of a form to be filed with a date in the future."""
    return context.profile.will_be_sent and trade.day > context.as_of


def pools(filing: Filing, context: Context, *, history: bool) -> Iterator[Pool]:
    """The trades of the form by class, together with those of the prior forms of its persons if wanted."""
    if not history and not _may_match_itself(filing):
        return
    from form4_author.shortswing.basis import on_one_basis
    from form4_author.shortswing.history import groups, reported
    from form4_author.shortswing.reading import read

    own = PriorFiling(filing=filing, filed=context.filing_day)
    prior = (context.facts.history or ()) if history else ()
    for group in groups((own, *prior)):
        if group.filings[0] is not own:
            continue
        classes: dict[str, list[Trade]] = {}
        for trade in read(reported(group.filings)[0]).trades:
            classes.setdefault(trade.share_class, []).append(trade)
        forms = sorted(group.filings, key=lambda prior: prior.day or date.min)
        for trades in classes.values():
            if len({trade.side for trade in trades}) < 2:  # nothing can match
                continue
            basis = on_one_basis(trades, forms)
            yield Pool(own, basis.trades, basis)


def _may_match_itself(filing: Filing) -> bool:
    """Whether the form can hold a purchase and a sale: the most common, with sales of stock alone, cannot."""
    return not _BOTH.isdisjoint(filing.transaction_codes()) or any(
        row.transaction_code.value == "S" for row in filing.derivative
    )


def matched(pool: Pool, context: Context) -> tuple[Pair, ...]:
    """The pairs, lowest price in against highest price out, that have a row of the form itself."""
    from form4_author.shortswing.gain import Market
    from form4_author.shortswing.matching import board, customary

    pairs = customary(board(pool.trades, Market(context.facts.prices or ()))).pairs
    return tuple(p for p in pairs if _rows(p, pool.own))


def not_comparable(pool: Pool, *, inside: bool) -> Iterator[Hit]:
    """A hit where a split seems to have occurred between a trade of the form and an opposite one that it may match.

    ``inside``: of the form itself; otherwise of a prior form.
    """
    from form4_author.shortswing.split_sign import across

    own = [trade for trade in pool.trades if trade.place.prior is pool.own]
    others = own if inside else [trade for trade in pool.trades if trade.place.prior is not pool.own]
    for sign in pool.basis.signs:
        for trade in own:
            if any(other.side is not trade.side and across((trade, other), sign.after) for other in others):
                yield Hit(
                    (*trade.place.path, "transaction_code"),
                    f"A stock split seems to have occurred between this trade and one it may match ({sign.words})."
                    " Use form4 shortswing --split",
                )
                return


def hit_of(lead: str, own: PriorFiling, pairs: Sequence[Pair], end: str = "") -> Hit:
    """One hit for these pairs, at the form's row of the greatest profit; ``{profit}`` in the lead is their total."""
    from form4_author.shortswing.matching import Matching
    from form4_author.shortswing.wording import listed, money

    best = max(pairs, key=lambda p: p.profit)
    rows: dict[Path, None] = dict.fromkeys(_rows(best, own))
    for pair in pairs:
        rows |= dict.fromkeys(_rows(pair, own))
    path, *related = ((*row, "transaction_code") for row in rows)
    message = lead.format(profit=money(Matching(tuple(pairs)).total))
    return Hit(path, listed(message, pairs, end), related=tuple(related))


def _rows(pair: Pair, own: PriorFiling) -> tuple[Path, ...]:
    """The rows of the form in a pair, the later first."""
    return tuple(t.place.path for t in (pair.later, pair.earlier) if t.place.prior is own)


@rule(
    "SWG-001",
    "Purchase and sale on this form within six months at a profit",
    Severity.WARNING,
    cite.SECTION_16B,
    when=When(forms="45", codes=matchable()),
)
def matched_inside_form(filing: Filing, context: Context) -> Iterator[Hit]:
    """A purchase and a sale on this form are less than six months apart, with the sale at a higher price.

    Why: The profit belongs to the issuer, regardless of intention; any shareholder may sue for it. Trades before a
    stock split are restated when the form gives its ratio and date; where a split only seems to have occurred, the
    finding says so.
    Fix: Check codes, dates and prices. If they are right, consult counsel. The form is filed as it is.
    Silent: For exempt codes, code J, lines without a price in figures, and options against stock unless market prices
    are known; when the issuer is known to be a foreign private issuer.
    """
    if owes_nothing(filing, context):
        return
    for pool in pools(filing, context, history=False):
        pairs = matched(pool, context)
        if pairs:
            yield hit_of("Short-swing profit of {profit} within this form", pool.own, pairs, pool.words)
        else:
            yield from not_comparable(pool, inside=True)


@rule(
    "SWG-003",
    "Purchase and sale close to six months apart",
    Severity.NOTE,
    cite.SECTION_16B,
    when=When(forms="45", codes=matchable()),
)
def almost_six_months_apart(filing: Filing, context: Context) -> Iterator[Hit]:
    """A purchase and a sale at a profit are six months apart, within a day or two.

    Why: The statute says "less than six months". Courts count the first day, but month ends leave room for argument.
    Fix: Check both dates. If the later trade is still planned, postpone it.
    Silent: For what SWG-001 excludes, and for trades without a profit. Prior filings count where they are known.
    """
    if owes_nothing(filing, context):
        return
    from form4_author.shortswing.account import boundaries
    from form4_author.shortswing.gain import Market

    market = Market(context.facts.prices or ())
    hits: dict[Hit, None] = {}
    for pool in pools(filing, context, history=context.facts.history is not None):
        for found in boundaries(pool.trades, market):
            hits |= dict.fromkeys(_boundary(found, pool.own))
    yield from hits


def _boundary(found: Boundary, own: PriorFiling) -> Iterator[Hit]:
    """The hit for a pair that has a row of the form itself."""
    from form4_author.shortswing.wording import near

    trades = sorted((found.sale, found.purchase), key=lambda trade: trade.day, reverse=True)
    rows = tuple((*t.place.path, "transaction_date") for t in trades if t.place.prior is own)
    if rows:
        yield Hit(rows[0], near(found), related=rows[1:])


@rule(
    "SWG-004",
    "Short-swing match of a foreign private issuer's insider",
    Severity.NOTE,
    cite.SECTION_16B,
    cite.RULE_3A12_3B,
    when=When(forms="45", codes=matchable(), needs=("issuer",)),
)
def match_not_owed(filing: Filing, context: Context) -> Iterator[Hit]:
    """Trades match at a profit, but insiders of a foreign private issuer owe no short-swing profit.

    Why: Directors and officers of foreign private issuers have reported since March 18, 2026, but Rule 3a12-3(b)
    still exempts them from Sections 16(b) and 16(c).
    Fix: No change, while the issuer is a foreign private issuer. Check that it was one on the date of each trade.
    Silent: When no trades match. Prior filings count where they are known.
    """
    if not owes_nothing(filing, context):
        return
    hits: dict[Hit, None] = {}
    for pool in pools(filing, context, history=context.facts.history is not None):
        pairs = matched(pool, context)
        if pairs:
            lead = "Short-swing profit of {profit}, not owed: the issuer is a foreign private issuer"
            hits |= dict.fromkeys((hit_of(lead, pool.own, pairs, pool.words),))
    yield from hits


RULES: Final[tuple[Rule, ...]] = (matched_inside_form, almost_six_months_apart, match_not_owed)
