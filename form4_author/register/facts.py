"""What the register knows beside a form: facts for the checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from form4_author.checks.audit.reconciliation import OnRecord
from form4_author.ident.cik import bare_cik
from form4_author.ledger.action import changes_by, taken_out
from form4_author.model.facts import Adjustment, Facts, IssuerFacts, PersonFacts, PowerOfAttorney, PriorFiling
from form4_author.register.account import entries_by
from form4_author.register.action_undo import title_on
from form4_author.register.filing_order import own_day
from form4_author.register.table import Filed, Issuer, Person, Power, party_name
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from form4_author.model.filing import Filing
    from form4_author.register.table import Line

__all__ = [
    "facts",
    "filings_on_record",
    "history",
    "issuer_adjustments",
    "issuer_facts",
    "issuer_history",
    "issuer_persons",
    "named",
    "powers_ending",
]


def facts(session: Session, filing: Filing) -> Facts:
    """What the register knows of the form's issuer and persons; what it does not know stays None.

    Powers of attorney: where it knows all the persons, also that there is none.
    """
    issuer = session.scalar(select(Issuer).where(Issuer.cik == bare_cik(filing.issuer.cik)))
    ciks = [bare_cik(owner.cik) for owner in filing.owners]
    persons = session.scalars(select(Person).where(Person.cik.in_(ciks)).order_by(Person.id)).all()
    return Facts(
        history=history(session, issuer, persons) if issuer is not None and persons else (),
        issuer=None if issuer is None else _issuer_facts(issuer),
        persons=tuple(_person_facts(p, issuer) for p in persons) or None,
        adjustments=_adjustments(issuer, persons) or None,
        powers=_powers(session, persons) if persons and len(persons) == len(set(ciks)) else None,
        from_register=True,
    )


def _adjustments(issuer: Issuer | None, persons: Sequence[Person]) -> tuple[Adjustment, ...]:
    """What moved the persons' lines of Table I without a form, by day."""
    relations = [r for person in persons for r in person.relationships if r.issuer is issuer]
    found = [
        each
        for relation in relations
        for line in relation.lines
        if line.table == "non_derivative"
        for each in _without_form(line)
    ]
    return tuple(sorted(found, key=lambda a: a.day))


def _without_form(line: Line) -> Iterator[Adjustment]:
    """What moved a line without a form; a class that was converted leaves under its old title."""
    entries = entries_by(line)
    for entry, (change, balance) in zip(entries, changes_by(entry.move for entry in entries), strict=True):
        if entry.total is not None:
            continue
        reason = entry.reason or (entry.action.words if entry.action is not None else "")
        old, new = title_on(line, entry.day), title_on(line, entry.day + timedelta(days=1))
        moved = ((old, change),) if old == new else ((old, taken_out(change, balance)), (new, balance))
        for title, change_of_title in moved:
            yield Adjustment(
                security_title=title,
                change=change_of_title,
                day=entry.day,
                reason=reason,
                ownership_form=str(line.cells.get("ownership_form", "D")),
                nature_of_ownership=str(line.cells.get("nature_of_ownership", "")),
            )


def history(session: Session, issuer: Issuer, persons: Sequence[Person]) -> tuple[PriorFiling, ...]:
    """The forms on record of any of these persons about the issuer, oldest first."""
    ids = [p.id for p in persons]
    filings = session.scalars(
        select(Filed).where(Filed.issuer == issuer, Filed.persons.any(Person.id.in_(ids)))
    )
    priors = [_prior(filed) for filed in filings]
    return tuple(sorted(priors, key=lambda p: (str(p.day or ""), p.accession_number or "", p.file)))


def issuer_history(session: Session, issuer: Issuer) -> tuple[PriorFiling, ...]:
    """All forms on record about the issuer, in the order of filing: by the day, then the time of acceptance."""
    filings = session.scalars(select(Filed).where(Filed.issuer == issuer))

    def order(filed: Filed) -> tuple[str, ...]:
        accepted = filed.accepted_at.isoformat() if filed.accepted_at is not None else ""
        return str(own_day(filed)), accepted, filed.accession_number or "", filed.file

    return tuple(_prior(filed) for filed in sorted(filings, key=order))


def filings_on_record(session: Session, person: Person) -> tuple[OnRecord, ...]:
    """The person's filings in the register, in the order they were recorded."""
    filings = session.scalars(
        select(Filed).where(Filed.persons.any(Person.id == person.id)).order_by(Filed.id)
    )
    return tuple(
        OnRecord(
            accession=filed.accession_number,
            form=filed.form,
            period=filed.period,
            filed=filed.filed,
            issuer_cik=filed.issuer.cik,
            owner_ciks=tuple(each.cik for each in filed.persons),
            prepared_here=".form4." in filed.file,
            name=filed.file,
        )
        for filed in filings
    )


def issuer_adjustments(issuer: Issuer) -> tuple[tuple[str, Adjustment], ...]:
    """What moved lines of Table I without a form, each with the CIK of its person."""
    return tuple(
        (relation.person.cik, each)
        for relation in issuer.relationships
        for each in _adjustments(issuer, [relation.person])
    )


def issuer_persons(issuer: Issuer) -> tuple[PersonFacts, ...]:
    """What is known of each reporting person of the issuer."""
    return tuple(_person_facts(relation.person, issuer) for relation in issuer.relationships)


def _prior(filed: Filed) -> PriorFiling:
    filing = replace(filing_from(filed.content)[0], edition=filed.edition)
    return PriorFiling(filing, filed.filed, filed.accession_number, filed.file)


def _issuer_facts(issuer: Issuer) -> IssuerFacts:
    month, _, day = (issuer.fiscal_year_end or "").partition("-")
    return IssuerFacts(
        cik=issuer.cik,
        foreign_private=issuer.foreign_private,
        country=issuer.country,
        qualifying_regulation=issuer.qualifying_regulation,
        registered=issuer.registered,
        closed_end_fund=issuer.closed_end_fund,
        listed=issuer.listed,
        fiscal_year_end=(int(month), int(day)) if day else None,
        went_public=issuer.went_public,
        shares_outstanding=issuer.shares_outstanding,
    )


def issuer_facts(session: Session) -> dict[str, IssuerFacts]:
    """What is known of each issuer, by its CIK without leading zeros."""
    return {issuer.cik: _issuer_facts(issuer) for issuer in session.scalars(select(Issuer))}


def _person_facts(person: Person, issuer: Issuer | None) -> PersonFacts:
    relation = next((r for r in person.relationships if r.issuer is issuer), None)
    return PersonFacts(
        cik=person.cik,
        entity=person.entity,
        insider_since=relation.insider_since if relation else None,
        insider_until=relation.insider_until if relation else None,
    )


def _powers(session: Session, persons: Sequence[Person]) -> tuple[PowerOfAttorney, ...]:
    ids = [p.id for p in persons]
    powers = session.scalars(select(Power).where(Power.person_id.in_(ids)).order_by(Power.id))
    return tuple(
        PowerOfAttorney(
            principal=power.person.name,
            agents=tuple(power.agents),
            issuer_cik=power.issuer.cik if power.issuer else None,
            signed=power.signed,
            until=power.until,
            revoked=power.revoked,
            accession_number=power.accession_number,
            principal_cik=power.person.cik,
            used=power.used,
        )
        for power in powers
    )


def powers_ending(session: Session, first: date, last: date) -> tuple[Power, ...]:
    """The powers of attorney whose last day lies between the two, soonest first."""
    powers = session.scalars(
        select(Power)
        .where(Power.until.between(first, last), Power.revoked.is_(None))
        .order_by(Power.until, Power.id)
    )
    return tuple(powers)


def named(session: Session, filing: Filing) -> Filing:
    """The form with the names that the register knows where it has none: XML as it is sent."""
    issuer = session.scalar(select(Issuer).where(Issuer.cik == bare_cik(filing.issuer.cik)))
    persons = session.scalars(select(Person).where(Person.cik.in_([bare_cik(o.cik) for o in filing.owners])))
    names = {person.cik: party_name(person) for person in persons}
    return replace(
        filing,
        issuer=replace(filing.issuer, name=filing.issuer.name or (party_name(issuer) if issuer else None)),
        owners=tuple(replace(o, name=o.name or names.get(bare_cik(o.cik))) for o in filing.owners),
    )
