"""A form's place in the ledger: by the day it was filed, within the day by period, time and number.

An amendment stands directly after the very form it amends, so that later totals hold. Which form that is, is looked up
again whenever a form enters that may be it: the order of entering does not matter.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from form4_author.errors import MalformedValue
from form4_author.ledger.history import amended
from form4_author.model.facts import PriorFiling, day_filed
from form4_author.register.table import Filed, LedgerEntry, Person
from form4_author.text import day as day_of
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

__all__ = ["AFTER_FORMS", "amendments_ordered", "ordered", "own_day", "within_day"]

AFTER_FORMS: Final = 2
"""The rank of an adjustment: after the forms of its day."""

_DUE_WITHIN: Final = timedelta(days=4)
"""About when a form of a period is filed; places an amendment whose original is not known."""


def own_day(filed: Filed) -> date:
    """The day the form itself was filed, an amendment too."""
    if not filed.form.endswith("/A"):
        return filed.day
    signed = (_day(s.get("date")) for s in filed.content.get("signatures", ()))
    day_of_filing = day_filed(
        filed.filed,
        (day for day in signed if day is not None),
        filed.period,
        filed.accession_number,
        filed.recorded_at.date(),
    )
    return day_of_filing or filed.day


def _day(text: object) -> date | None:
    try:
        return day_of(str(text))
    except MalformedValue:
        return None


def ordered(session: Session, filed: Filed) -> None:
    """The form has its place in the ledger, and so have the amendments on record that may be of it."""
    if filed.form.endswith("/A"):
        _amendment_ordered(session, filed)
        return
    _set(session, filed, filed.day, within_day(filed))
    amendments_ordered(session, filed)


def amendments_ordered(session: Session, filed: Filed) -> None:
    """The amendments on record that may be of a form have their place in the ledger."""
    for amendment in _of_the_same(session, filed, f"{filed.form}/A"):
        _amendment_ordered(session, amendment)


def _amendment_ordered(session: Session, amendment: Filed) -> None:
    own = own_day(amendment)
    originals = _of_the_same(session, amendment, amendment.form.removesuffix("/A"))
    original = _original(amendment, [form for form in originals if form.day <= own])
    behind = f"/ {own} {within_day(amendment)}"
    if original is not None:
        _set(session, amendment, original.day, f"{within_day(original)} {behind}")
        return
    stated, period = _stated_date(amendment), amendment.period
    if stated is None or not (period or date.min) <= stated <= own:
        stated = min(own, period + _DUE_WITHIN) if period else own
    _set(session, amendment, stated, f"{period or ''} ~ {behind}")


def _of_the_same(session: Session, filed: Filed, form: str) -> Sequence[Filed]:
    """The forms of this kind of any of its persons about the issuer."""
    ids = [person.id for person in filed.persons]
    return session.scalars(
        select(Filed)
        .where(Filed.issuer == filed.issuer, Filed.form == form, Filed.persons.any(Person.id.in_(ids)))
        .order_by(Filed.day, Filed.id)
    ).all()


def _original(amendment: Filed, earlier: Sequence[Filed]) -> Filed | None:
    """The form that it amends: see ``ledger.history.amended``."""
    if not earlier:
        return None
    priors = [_prior(filed) for filed in earlier]
    prior_amended = amended(filing_from(amendment.content)[0], priors)
    return next((filed for filed, prior in zip(earlier, priors, strict=True) if prior is prior_amended), None)


def _prior(filed: Filed) -> PriorFiling:
    return PriorFiling(filing_from(filed.content)[0], filed.day, filed.accession_number, str(filed.id))


def _stated_date(amendment: Filed) -> date | None:
    """The day of the original, as the amendment says."""
    return _day(amendment.content.get("date_of_original_submission"))


def within_day(filed: Filed) -> str:
    """What orders the forms of a day: by period, then as EDGAR took them; those whose time is not known come first."""
    at = filed.accepted_at.astimezone(UTC).isoformat() if filed.accepted_at else ""
    return f"{filed.period or ''} {at} {filed.accession_number or filed.sha256}"


def _set(session: Session, filed: Filed, day: date, tie: str) -> None:
    filed.day = day
    for entry in session.scalars(select(LedgerEntry).where(LedgerEntry.filing == filed)):
        entry.day, entry.rank, entry.tie = day, 0, tie
