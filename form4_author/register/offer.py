"""What the register offers an interview: whom a form may be about, titles and terms, who may sign, footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, select

from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik
from form4_author.ledger.title import class_of
from form4_author.model.conformed_signature import capacity_of
from form4_author.register.table import (
    Filed,
    FiledPerson,
    HouseStyle,
    Issuer,
    Note,
    Person,
    Power,
    Relationship,
    SecurityClass,
    Series,
)
from form4_author.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

__all__ = [
    "Authority",
    "Beginning",
    "addresses",
    "authorities",
    "beginnings",
    "classes",
    "filed_as",
    "filings",
    "forms_of",
    "issuer_with",
    "issuers",
    "keep_note",
    "notes",
    "people",
    "person_with",
    "place_power",
    "series",
    "styles",
]

_NAME: Final = 40
"""Characters of the name that a footnote of the library gets from its words."""


class Beginning(NamedTuple):
    """Whom a form may be about: a person, or several who file jointly, and an issuer."""

    persons: tuple[tuple[str, str], ...]
    """CIK and name of each, as the register lists them."""
    cik: str
    """The issuer's."""
    issuer: str
    symbol: str | None
    day: date | None
    """The last form of just these persons about it; None where none is on record."""
    form: str = ""
    """Which form that was."""


class Authority(NamedTuple):
    """Someone who may sign for a person on a day."""

    key: str
    agent: str
    capacity: str
    """``attorney`` or ``power``, as the last signature under it reads."""
    issuer: str
    """For which issuer; empty for every one."""
    signed: date | None
    until: date | None
    accession_number: str | None
    """The filing it is on file with; None where that is not known."""
    wording: str
    """The last signature under it; empty where there is none."""
    used: date | None = None
    """The last day a form on record was signed under it."""


# ---- whom


def beginnings(session: Session) -> tuple[Beginning, ...]:
    """The persons with their issuers, those whose form was filed last first; those without one last, by name."""
    joined: dict[int, tuple[int, date, str, set[int]]] = {}
    for filing, person, issuer, day, form in session.execute(
        select(Filed.id, FiledPerson.person_id, Filed.issuer_id, Filed.day, Filed.form).join(
            FiledPerson, FiledPerson.filing_id == Filed.id
        )
    ):
        joined.setdefault(filing, (issuer, day, form, set()))[3].add(person)
    last: dict[tuple[int, tuple[int, ...]], tuple[date, int, str]] = {}
    for filing, (issuer, day, form, persons) in joined.items():
        key = (issuer, tuple(sorted(persons)))
        last[key] = max(last.get(key, (day, filing, form)), (day, filing, form))
    related = session.execute(select(Relationship.issuer_id, Relationship.person_id)).all()
    alone = [(issuer, (person,)) for issuer, person in related if (issuer, (person,)) not in last]
    people_ = {p.id: (p.cik, p.name) for p in session.execute(select(Person.id, Person.cik, Person.name))}
    about = {
        i.id: i for i in session.execute(select(Issuer.id, Issuer.cik, Issuer.name, Issuer.trading_symbol))
    }
    found = [
        Beginning(
            tuple(people_[p] for p in persons),
            about[issuer].cik,
            about[issuer].name,
            about[issuer].trading_symbol,
            last[issuer, persons][0] if (issuer, persons) in last else None,
            last[issuer, persons][2] if (issuer, persons) in last else "",
        )
        for issuer, persons in [*sorted(last, key=lambda key: last[key], reverse=True), *alone]
    ]
    return (
        *(b for b in found if b.day is not None),
        *sorted((b for b in found if b.day is None), key=lambda b: (folded(b.persons[0][1]), b.issuer)),
    )


def people(session: Session) -> dict[str, str]:
    """Every person's name by CIK, without leading zeros."""
    return {p.cik: p.name for p in session.scalars(select(Person).order_by(Person.name))}


def issuers(session: Session) -> dict[str, str]:
    """Every issuer's name with its symbol, by CIK."""
    return {
        i.cik: f"{i.name} ({i.trading_symbol})" if i.trading_symbol else i.name
        for i in session.scalars(select(Issuer).order_by(Issuer.name))
    }


def issuer_with(session: Session, cik: str) -> Issuer | None:
    """The issuer of a CIK; None where it is not known."""
    return session.scalar(select(Issuer).where(Issuer.cik == bare_cik(cik)))


def person_with(session: Session, cik: str) -> Person | None:
    """The person of a CIK; None where they are not known."""
    return session.scalar(select(Person).where(Person.cik == bare_cik(cik)))


def addresses(session: Session, issuer: str, but: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
    """The addresses of the other persons who are on record with an issuer."""
    found = session.scalars(
        select(Person)
        .join(Relationship, Relationship.person_id == Person.id)
        .join(Issuer, Issuer.id == Relationship.issuer_id)
        .where(Issuer.cik == bare_cik(issuer))
        .order_by(Person.id)
    )
    return tuple(person.address for person in found if person.cik not in but and person.address)


# ---- what


def classes(session: Session, cik: str) -> tuple[str, ...]:
    """The issuer's titles of Table I, the one most lines have first."""
    issuer = issuer_with(session, cik)
    if issuer is None:
        return ()
    stated = [
        class_of(str(line.cells.get("security_title", "")))
        for relation in issuer.relationships
        for line in relation.lines
    ]
    titles = session.scalars(
        select(SecurityClass.title).where(SecurityClass.issuer_id == issuer.id).order_by(SecurityClass.id)
    ).all()
    return tuple(sorted(titles, key=lambda title: -stated.count(class_of(title))))


def series(session: Session, cik: str) -> tuple[Mapping[str, Any], ...]:
    """The issuer's derivative securities with their terms, the last to become known first."""
    return tuple(
        session.scalars(
            select(Series.terms)
            .join(Issuer, Issuer.id == Series.issuer_id)
            .where(Issuer.cik == bare_cik(cik))
            .order_by(Series.id.desc())
        )
    )


def styles(session: Session, cik: str) -> dict[str, str]:
    """The issuer's house styles."""
    rows = session.scalars(
        select(HouseStyle).join(Issuer, Issuer.id == HouseStyle.issuer_id).where(Issuer.cik == bare_cik(cik))
    )
    return {style.name: style.value for style in rows}


# ---- who signs


def authorities(session: Session, person: str, issuer: str, day: date) -> tuple[Authority, ...]:
    """Who may sign for a person about an issuer on a day, each agent once, the one who did last first.

    What is recorded of an agent's power stands for what was only read from signatures: an end that is known counts.
    """
    powers = session.scalars(
        select(Power)
        .join(Person, Person.id == Power.person_id)
        .outerjoin(Issuer, Issuer.id == Power.issuer_id)
        .where(Person.cik == bare_cik(person), (Issuer.cik == bare_cik(issuer)) | Power.issuer_id.is_(None))
        .order_by(Power.id)
    ).all()
    of_agent: dict[str, list[tuple[Power, int]]] = {}
    for power in powers:
        for place, agent in enumerate(power.agents):
            of_agent.setdefault(folded(agent), []).append((power, place))
    offered = [
        (last, _authority(best, last)) for each in of_agent.values() for best, last in _of_one(each, day)
    ]
    offered.sort(key=lambda pair: str(pair[0].used or ""), reverse=True)
    return tuple(authority for _last, authority in offered)


def _of_one(powers: list[tuple[Power, int]], day: date) -> list[tuple[tuple[Power, int], Power]]:
    """The one power that is offered of those of one agent, and that under which the agent signed last; none that ended.

    One on file comes before one that is not known to be, and one that lasts longer before another.
    """
    recorded = [(p, n) for p, n in powers if p.signed or p.until or p.revoked or p.accession_number]
    holding = [(p, n) for p, n in recorded or powers if _holds(p, day)]
    if not holding:
        return []
    best = max(holding, key=lambda pair: (pair[0].accession_number is not None, str(pair[0].until or "9999")))
    return [(best, max((p for p, _place in powers), key=lambda p: str(p.used or "")))]


def _holds(power: Power, day: date) -> bool:
    ends = (power.until, power.revoked)
    return (power.signed is None or power.signed <= day) and all(end is None or day <= end for end in ends)


def _authority(offered: tuple[Power, int], last: Power) -> Authority:
    power, place = offered
    return Authority(
        key=f"{power.id}.{place}",
        agent=power.agents[place],
        capacity=capacity_of(last.wording),
        issuer=power.issuer.name if power.issuer else "",
        signed=power.signed,
        until=power.until,
        accession_number=power.accession_number,
        wording=last.wording or "",
        used=last.used,
    )


def place_power(session: Session, key: str, accession: str) -> None:
    """It is on record with which filing the power offered by this key is on file."""
    power = session.get(Power, int(key.partition(".")[0]))
    if power is not None:
        power.accession_number = accession
        session.flush()


# ---- footnotes


def notes(session: Session) -> tuple[tuple[str, str], ...]:
    """Name and text of each footnote of the library, the newest first."""
    return tuple((n.name, n.text) for n in session.scalars(select(Note).order_by(Note.id.desc())))


def keep_note(session: Session, text: str) -> Note | None:
    """The words are in the library, named after their beginning; None where they were there already."""
    words = " ".join(text.split())
    if any(" ".join(saved.split()) == words for _name, saved in notes(session)):
        return None
    short = words if len(words) <= _NAME else f"{words[:_NAME].rsplit(' ', 1)[0]} …"
    taken = set(session.scalars(select(Note.name)))
    name = next(
        n for n in (short, *(f"{short} ({count})" for count in range(2, len(taken) + 3))) if n not in taken
    )
    note = Note(name=name, text=text)
    session.add(note)
    session.flush()
    return note


# ---- forms on record


def filed_as(session: Session, accession: str) -> Filed:
    """The form of an accession number, with or without its dashes. Raises Form4Error where it is not on record."""
    digits = accession.replace("-", "").strip()
    filed = session.scalar(select(Filed).where(func.replace(Filed.accession_number, "-", "") == digits))
    if filed is None:
        raise Form4Error(
            f"The register has no form with accession number {accession}",
            remedy="Put it in with form4 import FILE, or name the file itself",
        )
    return filed


def forms_of(session: Session, persons: Sequence[str], issuer: str) -> tuple[Filed, ...]:
    """The forms on record that just these persons filed about the issuer, newest first."""
    wanted = {bare_cik(cik) for cik in persons}
    found = session.scalars(
        select(Filed)
        .join(Issuer, Issuer.id == Filed.issuer_id)
        .where(Issuer.cik == bare_cik(issuer), Filed.persons.any(Person.cik.in_(wanted)))
        .order_by(Filed.day.desc(), Filed.id.desc())
    )
    return tuple(filed for filed in found if {p.cik for p in filed.persons} == wanted)


def filings(session: Session, most: int) -> tuple[Filed, ...]:
    """The forms on record that have an accession number, newest first."""
    return tuple(
        session.scalars(
            select(Filed)
            .where(Filed.accession_number.is_not(None))
            .order_by(Filed.day.desc(), Filed.id.desc())
            .limit(most)
        )
    )
