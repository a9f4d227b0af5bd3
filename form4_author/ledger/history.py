"""A form among the persons' other forms with the issuer: which came before, what it amends, what was last reported.

Sources: Form 4 General Instructions 4(a)(i) and 9 (an amendment repeats only the lines it changes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from form4_author.ident.cik import bare_cik
from form4_author.ledger.closing import closing
from form4_author.ledger.line import LineKey, line_key
from form4_author.ledger.title import class_of
from form4_author.text import folded, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.model.facts import Adjustment, PriorFiling
    from form4_author.model.filing import Filing
    from form4_author.model.party import Owner

__all__ = [
    "Reported",
    "adjusted_since",
    "amended",
    "corrected",
    "earlier",
    "last_reported",
    "person",
    "same_people",
]


class Reported(NamedTuple):
    """The last total of a line."""

    total: Decimal
    """The closing total of the form."""
    title: str
    place: int
    """The row's place in its table, from 0."""
    prior: PriorFiling
    totals: tuple[Decimal, ...]
    """The totals from which a later form may continue: the closing one; every one that the form gives where that is
    uncertain."""
    certain: bool
    """Whether the form shows which of its totals is the last."""

    @property
    def doubt(self) -> str:
        """What a message adds where that is uncertain: the totals it may be; empty where it is certain."""
        if self.certain:
            return ""
        listed = " or ".join(grouped(total) for total in dict.fromkeys(self.totals))
        return f"; the earlier form does not show which of its totals is the last, {listed}"


def earlier(
    filing: Filing, history: Iterable[PriorFiling], until: date | None = None
) -> tuple[PriorFiling, ...]:
    """The forms of any of these persons with this issuer, oldest first, without the form itself.

    ``until``: the day the form was filed; what was filed later is left out.
    """
    issuer = bare_cik(filing.issuer.cik)
    persons = {bare_cik(owner.cik) for owner in filing.owners} - {""}
    return tuple(
        prior
        for prior in history
        if prior.filing is not filing
        and prior.filing != filing
        and issuer
        and bare_cik(prior.filing.issuer.cik) == issuer
        and persons & {bare_cik(owner.cik) for owner in prior.filing.owners}
        and not (until is not None and prior.day is not None and prior.day > until)
    )


def person(owner: Owner) -> str:
    """What identifies a reporting person: the CIK, without one the name."""
    return bare_cik(owner.cik) or folded(owner.name)


def same_people(one: Filing, other: Filing) -> bool:
    """Whether two forms have the issuer and a reporting person in common."""
    if bare_cik(one.issuer.cik) != bare_cik(other.issuer.cik):
        return False
    return not {person(owner) for owner in one.owners}.isdisjoint(person(owner) for owner in other.owners)


# ---- amendments


def amended(filing: Filing, priors: Iterable[PriorFiling]) -> PriorFiling | None:
    """Which of the priors an amendment amends; None where it is none of them, or no amendment.

    The form that was filed on the day it names; where several were, or none, the one of its period. Of several of
    those the one filed closest to the day named, then the one that has most of its lines, then the first.
    """
    found, named = _amendable(filing, priors), filing.date_of_original_submission
    if len(found) < 2:
        return found[0] if found else None
    lines = _lines(filing)

    def unlikeness(prior: PriorFiling) -> tuple[int, int]:
        apart = abs((prior.day - named).days) if named is not None and prior.day is not None else 0
        return apart, -len(lines & _lines(prior.filing))

    return min(found, key=unlikeness)


def _amendable(filing: Filing, priors: Iterable[PriorFiling]) -> Sequence[PriorFiling]:
    """The forms that an amendment may amend, by the day it names and by its period; none where it is no amendment."""
    if not filing.is_amendment:
        return ()
    named = filing.date_of_original_submission
    same = [prior for prior in priors if prior.filing.base == filing.base and not prior.filing.is_amendment]
    on_day = [prior for prior in same if named is not None and prior.day == named]
    of_period = [
        prior for prior in on_day or same if prior.filing.period_of_report == filing.period_of_report
    ]
    return of_period or on_day


def corrected(amendment: PriorFiling, filings: Iterable[PriorFiling]) -> tuple[PriorFiling, ...]:
    """The filings whose lines an amendment may correct: the forms it may amend, and other amendments of these.

    Several forms where day and period do not single out one: which of them has the line decides then.
    """
    theirs = [each for each in filings if each is amendment or same_people(amendment.filing, each.filing)]
    forms = _amendable(amendment.filing, theirs)

    def of_the_same(other: PriorFiling) -> bool:
        if not amendment.filing.is_amendment or other.filing.form != amendment.filing.form:
            return False
        amendable = _amendable(other.filing, theirs)
        if forms or amendable:
            return any(one is form for one in amendable for form in forms)
        return _alike(amendment, other)

    return tuple(
        each
        for each in theirs
        if each is not amendment and (any(each is form for form in forms) or of_the_same(each))
    )


def _alike(amendment: PriorFiling, other: PriorFiling) -> bool:
    """Whether two amendments may be of one form that is not there: by the day named or by the period."""
    one, two = amendment.filing, other.filing
    named = one.date_of_original_submission
    if named is not None and named in (two.date_of_original_submission, other.day):
        return True
    return one.period_of_report is not None and one.period_of_report == two.period_of_report


def _lines(filing: Filing) -> frozenset[LineKey]:
    return frozenset(line_key(str(path[0]), row).series for path, row in filing.rows())


def last_reported(priors: Iterable[PriorFiling], table: str) -> dict[LineKey, Reported]:
    """The last total of each line of ``non_derivative`` or ``derivative``, by the latest form that gives one."""
    found: dict[LineKey, Reported] = {}
    for prior in priors:
        for end in closing(prior.filing):
            if end.table == table:
                title = end.row.security_title.value or ""
                earlier = found.get(end.key)
                twice = earlier.totals if earlier is not None and earlier.prior is prior else ()
                totals = (*twice, *((end.total,) if end.certain else end.totals))
                found[end.key] = Reported(
                    end.total, title, end.place, prior, totals, end.certain and not twice
                )
    return found


def adjusted_since(
    last: Reported, line: LineKey, adjustments: Iterable[Adjustment]
) -> tuple[Adjustment, ...]:
    """What moved a line of Table I on the day of its last total or later, without a form."""
    day = last.prior.day
    return tuple(a for a in adjustments if _line(a) == line and (day is None or a.day >= day))


def _line(adjustment: Adjustment) -> LineKey:
    return LineKey(
        table="non_derivative",
        title=class_of(adjustment.security_title),
        form=adjustment.ownership_form,
        nature=folded(adjustment.nature_of_ownership),
    )
