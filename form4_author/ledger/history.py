"""A form among the person's earlier forms with the issuer: which came before, what it amends, what was last reported.

Sources: Form 4 General Instructions 4(a)(i) and 9 (an amendment repeats only the lines it changes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from form4_author.ledger.breaks import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from form4_author.model.facts import Adjustment, PriorFiling
    from form4_author.model.filing import Filing

__all__ = ["Reported", "adjusted_since", "amended", "earlier", "last_reported"]


class Reported(NamedTuple):
    """The last total of a line."""

    total: Decimal
    """As the form lists it last."""
    title: str
    prior: PriorFiling
    totals: tuple[Decimal, ...]
    """Every total the form gives for the line: some list the newest first."""


def earlier(
    filing: Filing, history: Iterable[PriorFiling], until: date | None = None
) -> tuple[PriorFiling, ...]:
    """The forms of any of these persons with this issuer, oldest first, without the form itself.

    ``until``: the day the form was filed; what was filed later is left out.
    """
    issuer = _number(filing.issuer.cik)
    persons = {_number(owner.cik) for owner in filing.owners} - {""}
    return tuple(
        prior
        for prior in history
        if prior.filing is not filing
        and prior.filing != filing
        and issuer
        and _number(prior.filing.issuer.cik) == issuer
        and persons & {_number(owner.cik) for owner in prior.filing.owners}
        and not (until is not None and prior.day is not None and prior.day > until)
    )


def _number(cik: str | None) -> str:
    return (cik or "").lstrip("0")


def amended(filing: Filing, priors: Iterable[PriorFiling]) -> PriorFiling | None:
    """The form that an amendment amends: filed on the day it names, or else of the same period; None where none is."""
    if not filing.is_amendment:
        return None
    same = [prior for prior in priors if prior.filing.base == filing.base and not prior.filing.is_amendment]
    named = filing.date_of_original_submission
    on_day = [prior for prior in same if named is not None and prior.filed == named]
    of_period = [prior for prior in same if prior.filing.period_of_report == filing.period_of_report]
    return next(iter([*on_day, *of_period]), None)


def last_reported(priors: Iterable[PriorFiling], table: str) -> dict[tuple[str, ...], Reported]:
    """The last total of each line of ``non_derivative`` or ``derivative``, by the latest form that gives one."""
    found: dict[tuple[str, ...], Reported] = {}
    for prior in priors:
        for row in prior.filing.derivative if table == "derivative" else prior.filing.non_derivative:
            total, line = row.amount_owned_following.value, line_of(row)
            if total is not None:
                before = found.get(line)
                others = before.totals if before is not None and before.prior is prior else ()
                found[line] = Reported(total, row.security_title.value or "", prior, (*others, total))
    return found


def adjusted_since(
    last: Reported, line: tuple[str, ...], adjustments: Iterable[Adjustment]
) -> tuple[Adjustment, ...]:
    """What moved a line of Table I (``ledger.line_of``) on the day of its last total or later, without a form."""
    day = last.prior.day
    return tuple(a for a in adjustments if _line(a) == line and (day is None or a.day >= day))


def _line(adjustment: Adjustment) -> tuple[str, ...]:
    words = (adjustment.security_title, adjustment.nature_of_ownership)
    title, nature = (" ".join(each.casefold().split()) for each in words)
    return title, adjustment.ownership_form, nature
