"""What the register knows, in the shape that others take: facts for the checks, a beginning for the next draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from form4_author.model.facts import Facts, IssuerFacts, PersonFacts, PowerOfAttorney, PriorFiling
from form4_author.register.account import balances, named_filing
from form4_author.register.record import number
from form4_author.register.table import Filed, Issuer, Person, Power, Relationship
from form4_author.values import amount_text
from form4_author.wire.draft import DRAFT_FORMAT, SCHEMA_URL, filing_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from form4_author.model.filing import Filing

__all__ = ["facts", "history", "issuers_known", "powers_ending", "profile"]

_FLAGS: Final = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")


# ---- for the checks


def facts(session: Session, filing: Filing) -> Facts:
    """What the register knows of the form's issuer and persons; what it does not know stays None."""
    issuer = session.scalar(select(Issuer).where(Issuer.cik == number(filing.issuer.cik)))
    ciks = [number(owner.cik) for owner in filing.owners]
    persons = session.scalars(select(Person).where(Person.cik.in_(ciks)).order_by(Person.id)).all()
    return Facts(
        history=history(session, issuer, persons) if issuer is not None and persons else (),
        issuer=None if issuer is None else _issuer_facts(issuer),
        persons=tuple(_person_facts(p, issuer) for p in persons) or None,
        powers=_powers(session, persons) or None,
    )


def history(session: Session, issuer: Issuer, persons: Sequence[Person]) -> tuple[PriorFiling, ...]:
    """The forms on record of any of these persons about the issuer, oldest first."""
    ids = [p.id for p in persons]
    found = session.scalars(
        select(Filed).where(Filed.issuer == issuer, Filed.persons.any(Person.id.in_(ids)))
    )
    priors = [_prior(filed) for filed in found]
    return tuple(sorted(priors, key=lambda p: (str(p.day or ""), p.accession_number or "", p.file)))


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


def issuers_known(session: Session) -> dict[str, IssuerFacts]:
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
    found = session.scalars(select(Power).where(Power.person_id.in_(ids)).order_by(Power.id))
    return tuple(
        PowerOfAttorney(
            principal=power.person.name,
            agents=tuple(power.agents),
            issuer_cik=power.issuer.cik if power.issuer else None,
            signed=power.signed,
            until=power.until,
            revoked=power.revoked,
            accession_number=power.accession_number,
        )
        for power in found
    )


def powers_ending(session: Session, first: date, last: date) -> tuple[Power, ...]:
    """The powers of attorney whose last day lies between the two, soonest first."""
    found = session.scalars(
        select(Power)
        .where(Power.until.between(first, last), Power.revoked.is_(None))
        .order_by(Power.until, Power.id)
    )
    return tuple(found)


# ---- for the next draft


def profile(session: Session, person: Person, issuer: Issuer, form: str = "4") -> dict[str, Any]:
    """A draft that knows what need not be typed: names, address, titles, who signs; below ``interview`` the lines.

    ``interview.carried`` has an entry for each line with its cells, what it holds (``amount_owned_following``) and the
    ``source``; terms that are words stand as words. A line that holds nothing any more is left at 0.
    Raises Form4Error where the register knows of nothing between the two.
    """
    from form4_author.register.account import relationship_of

    relation = relationship_of(session, person, issuer)
    held = balances(session, relation)
    interview: dict[str, Any] = {
        "at": "happened" if form[:1] != "3" else "owners[0].cik",
        "opened": _opened(session, person, issuer),
        "carried": [
            _carried(b.line.cells, amount_text(b.amount), b.source) for b in held if not b.in_dollars
        ],
        "foreign_issuer": "yes" if issuer.foreign_trading_symbol or issuer.foreign_private else "no",
        "signing": _signing(session, person, issuer),
        "styles": {s.name: s.value for s in issuer.styles},
    }
    return {
        "$schema": SCHEMA_URL,
        "format": DRAFT_FORMAT,
        "form": form,
        "issuer": _issuer(issuer),
        "owners": [_owner(relation)],
        "interview": {name: value for name, value in interview.items() if value},
    }


def _opened(session: Session, person: Person, issuer: Issuer) -> str:
    """What the lines are known from: the last form on record."""
    last = session.scalar(
        select(Filed)
        .where(Filed.issuer == issuer, Filed.persons.any(Person.id == person.id))
        .order_by(Filed.day.desc(), Filed.id.desc())
        .limit(1)
    )
    return named_filing(last) if last is not None else "the register"


def _issuer(issuer: Issuer) -> dict[str, Any]:
    named = {
        "cik": issuer.cik.zfill(10),
        "name": issuer.name,
        "trading_symbol": issuer.trading_symbol,
        "foreign_trading_symbol": issuer.foreign_trading_symbol,
    }
    return {name: value for name, value in named.items() if value}


def _owner(relation: Relationship) -> dict[str, Any]:
    person = relation.person
    owner: dict[str, Any] = {"cik": person.cik.zfill(10), "name": person.name}
    if person.address:
        owner["address"] = person.address
    owner |= {name: bool(getattr(relation, name)) for name in _FLAGS}
    return owner | {n: held for n in ("officer_title", "other_text") if (held := getattr(relation, n))}


def _carried(cells: dict[str, Any], amount: str, source: str) -> dict[str, str]:
    words = cells.get("words", {})
    line = {name: value for name, value in cells.items() if name != "words"}
    for name in ("exercise_price", "date_exercisable", "expiration_date"):
        if name in words:
            line["exercise_price_words" if name == "exercise_price" else name] = words[name]
    return {**line, "amount_owned_following": amount, "source": source}


def _signing(session: Session, person: Person, issuer: Issuer) -> list[dict[str, str]]:
    """Who signed the last form for the person, while the power holds."""
    powers = session.scalars(
        select(Power)
        .where(Power.person == person, Power.revoked.is_(None))
        .where((Power.issuer == issuer) | Power.issuer_id.is_(None))
    ).all()
    used = [p for p in powers if p.used is not None and p.wording]
    last = max(used, key=lambda p: (str(p.used), p.id), default=None)
    newest = session.scalar(
        select(Filed.day)
        .where(Filed.issuer == issuer, Filed.persons.any(Person.id == person.id))
        .order_by(Filed.day.desc())
        .limit(1)
    )
    if last is None or last.used is None or (newest is not None and last.used < newest):
        return []
    fact = "in-fact" in (last.wording or "").lower() or "in fact" in (last.wording or "").lower()
    return [{"capacity": "attorney" if fact else "power", "agent": last.agents[0]}]
