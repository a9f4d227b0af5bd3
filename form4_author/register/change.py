"""What an import changed of what was on record: cards and balances before and after, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from form4_author.register.account import balances
from form4_author.register.table import Issuer, Person, Relationship
from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

__all__ = ["OnRecord", "changes", "new_cards", "on_record"]


class _Known(NamedTuple):
    """One thing on record."""

    about: str
    """Whom or what it is about, in words."""
    what: str
    text: str


OnRecord = dict[tuple[str, object], _Known]
"""What is on record, by a key that stays when it changes."""


def on_record(session: Session, ciks: tuple[str, ...]) -> OnRecord:
    """What is on record of these issuers and persons, and of those who are related to them."""
    found: OnRecord = {}
    relations = session.scalars(
        select(Relationship)
        .join(Relationship.issuer)
        .join(Relationship.person)
        .where(or_(Issuer.cik.in_(ciks), Person.cik.in_(ciks)))
        .order_by(Relationship.id)
    ).all()
    for card in session.scalars(select(Issuer).where(Issuer.cik.in_(ciks))):
        found.update(_issuer(card))
    for card_of_person in session.scalars(select(Person).where(Person.cik.in_(ciks))):
        found.update(_person(card_of_person))
    for relation in relations:
        found.update(_issuer(relation.issuer))
        found.update(_person(relation.person))
        found.update(_relation(session, relation))
    return found


def _issuer(issuer: Issuer) -> OnRecord:
    about = f"{issuer.name} (CIK {issuer.cik})"
    return {
        ("issuer", issuer.id): _Known(about, "name", issuer.name),
        ("symbol", issuer.id): _Known(about, "trading symbol", issuer.trading_symbol or ""),
    }


def _person(person: Person) -> OnRecord:
    about = f"{person.name} (CIK {person.cik})"
    address = ", ".join(str(value) for value in person.address.values() if isinstance(value, str))
    return {
        ("person", person.id): _Known(about, "name", person.name),
        ("address", person.id): _Known(about, "address", address),
    }


def _relation(session: Session, relation: Relationship) -> OnRecord:
    about = f"{relation.person.name} at {relation.issuer.name}"
    found: OnRecord = {("role", relation.id): _Known(about, "relationship", _role(relation))}
    for balance in balances(session, relation):
        line = balance.line
        found["line", line.id] = _Known(about, line.name, grouped(balance.amount))
    return found


def _role(relation: Relationship) -> str:
    flags = (
        ("director", relation.is_director),
        ("officer", relation.is_officer),
        ("10% owner", relation.is_ten_percent_owner),
        ("other", relation.is_other),
    )
    words = [name for name, flag in flags if flag]
    return ", ".join([*words, *filter(None, (relation.officer_title, relation.other_text))])


def changes(before: OnRecord, after: OnRecord) -> tuple[str, ...]:
    """What was on record before and says something else now, a sentence each."""
    return tuple(
        f"{known.about}: {known.what} was {_quoted(before[key].text)}, is now {_quoted(known.text)}"
        for key, known in after.items()
        if key in before and before[key].text != known.text
    )


def new_cards(before: OnRecord, after: OnRecord) -> Mapping[str, int]:
    """How many issuers, persons and lines were not on record before."""
    names = {"issuer": "issuers", "person": "reporting persons", "line": "lines"}
    return {
        name: len([key for key in after if key[0] == kind and key not in before])
        for kind, name in names.items()
    }


def _quoted(text: str) -> str:
    return text or "empty"
