"""A filed form enters the register: who, what they are to the issuer, its titles and terms, and the lines it moves."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from form4_author.errors import Form4Error
from form4_author.holding import Holding, closing, line_key, line_words
from form4_author.register.award import Placed, placed, told_apart
from form4_author.register.table import (
    Entry,
    Filed,
    Issuer,
    Person,
    Power,
    Relationship,
    SecurityClass,
    Series,
    name_without,
)
from form4_author.values import amount_text
from form4_author.wire.draft import draft_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from form4_author.model.filing import Filing
    from form4_author.model.party import Owner

__all__ = ["TERMS", "Paper", "agent_in", "cells_of", "corrected", "known", "number", "recorded"]

TERMS: Final = (
    "security_title",
    "ownership_form",
    "nature_of_ownership",
    "exercise_price",
    "date_exercisable",
    "expiration_date",
    "underlying_title",
)
"""The cells that tell a line, as a draft names them."""

_SERIES: Final = (
    "security_title",
    "exercise_price",
    "date_exercisable",
    "expiration_date",
    "underlying_title",
)
_FLAGS: Final = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")
_AGENT: Final = re.compile(
    r"(?:/s/\s*)?(?:By:?\s+)?(?P<agent>[^,/]+?)(?:,\s*(?:as\s+)?attorney[- ]in[- ]fact|\s+by power of attorney)\b",
    re.IGNORECASE,
)
_DUE_WITHIN: Final = timedelta(days=4)
"""About when a form of a period is filed; places an amendment whose original is not known."""


class Paper(NamedTuple):
    """A filing as it was read, with what is known about it."""

    filing: Filing
    sha256: str
    file: str = ""
    accession_number: str | None = None
    filed: date | None = None
    """The day EDGAR gave it."""
    accepted_at: datetime | None = None
    powers_attached: bool = False
    """Whether it carries an exhibit 24."""

    @property
    def day(self) -> date | None:
        """The day it was filed; where that is not known, the last beside a signature, else the period."""
        signed = max((s.date for s in self.filing.signatures if s.date is not None), default=None)
        return self.filed or signed or self.filing.period_of_report


def number(cik: str | None) -> str:
    """A CIK as the register keeps it: without leading zeros."""
    return (cik or "").strip().lstrip("0")


def recorded(session: Session, paper: Paper, now: datetime) -> Filed | None:
    """The form's entry in the register; None when it is there already, by its content or its accession number.

    Raises Form4Error for a form that names no issuer, no person or no day.
    """
    if known(session, paper) is not None:
        return None
    with session.no_autoflush:  # what a form adds is written in one go, and not before each look
        filed = _entered(session, paper, now)
    for place, person in enumerate(filed.persons):
        _authority(session, paper, person, place, filed)
    session.flush()
    return filed


def _entered(session: Session, paper: Paper, now: datetime) -> Filed:
    filing, day = _whole(paper)
    issuer = _issuer(session, filing, day)
    owners = {number(o.cik): o for o in filing.owners}
    persons = {cik: _person(session, owner, day) for cik, owner in owners.items()}
    session.flush()
    filed = Filed(
        sha256=paper.sha256,
        accession_number=paper.accession_number,
        form=filing.form,
        edition=filing.edition,
        issuer=issuer,
        period=filing.period_of_report,
        filed=paper.filed,
        accepted_at=paper.accepted_at,
        recorded_at=now,
        day=_place(session, filing, issuer, day),
        file=paper.file,
        content=draft_from(filing),
        persons=list(persons.values()),
    )
    session.add(filed)
    _titles(filing, issuer)
    left_at = closing(filing)
    for cik, owner in owners.items():
        relation = _relation(session, persons[cik], issuer, owner, day)
        for each in placed(relation, left_at, filed):
            _moved(each, filed, now)
        told_apart(relation)
    return filed


def known(session: Session, paper: Paper) -> Filed | None:
    """The form on record with the accession number, else with the content; None where there is neither."""
    if paper.accession_number:
        found = session.scalar(select(Filed).where(Filed.accession_number == paper.accession_number))
        if found is not None:
            return found
    return session.scalar(select(Filed).where(Filed.sha256 == paper.sha256))


def corrected(session: Session, filed: Filed, paper: Paper) -> None:
    """The form on record was filed under the paper's number and at its time; the ledger keeps its totals.

    An amendment keeps its place beside the form that it amends.
    """
    filed.accession_number, filed.filed, filed.accepted_at = (
        paper.accession_number,
        paper.filed,
        paper.accepted_at,
    )
    if paper.filed is not None and not filed.form.endswith("/A"):
        filed.day = paper.filed
        for entry in session.scalars(select(Entry).where(Entry.filing == filed)):
            entry.day = paper.filed
    session.flush()


def _whole(paper: Paper) -> tuple[Filing, date]:
    """The filing and its day, when it has what the register needs."""
    filing = paper.filing
    lacks = [
        what
        for what, given in (
            ("a form that is known", filing.base),
            ("an issuer's CIK", number(filing.issuer.cik)),
            ("a reporting person", filing.owners),
            ("a CIK for each reporting person", all(number(o.cik) for o in filing.owners)),
            ("a date", paper.day),
        )
        if not given
    ]
    if lacks or paper.day is None:
        raise Form4Error(f"The form lacks {lacks[0]}", remedy="Correct the file, or leave it out")
    return filing, paper.day


def _place(session: Session, filing: Filing, issuer: Issuer, day: date) -> date:
    """The form's place in the ledger: an amendment stands beside the form it amends, so that later totals hold."""
    if not filing.is_amendment:
        return day
    if filing.date_of_original_submission is not None:
        return filing.date_of_original_submission
    period = filing.period_of_report
    ciks = [number(o.cik) for o in filing.owners]
    original = session.scalar(
        select(Filed.day)
        .where(Filed.issuer == issuer, Filed.period == period, Filed.form == filing.base)
        .where(Filed.persons.any(Person.cik.in_(ciks)))
        .order_by(Filed.day.desc())
        .limit(1)
    )
    return original or (min(day, period + _DUE_WITHIN) if period else day)


# ---- who


def _newer(told: date | None, day: date, *, fresh: bool) -> bool:
    """Whether a form of this day may say something else; what was typed in, no form changes."""
    return fresh or (told is not None and told <= day)


def _issuer(session: Session, filing: Filing, day: date) -> Issuer:
    said = filing.issuer
    issuer = session.scalar(select(Issuer).where(Issuer.cik == number(said.cik)))
    fresh = issuer is None
    if issuer is None:
        issuer = Issuer(cik=number(said.cik), name="")
        session.add(issuer)
    if _newer(issuer.told, day, fresh=fresh):
        issuer.name = said.name or issuer.name or name_without(issuer.cik)
        issuer.trading_symbol = said.trading_symbol or issuer.trading_symbol
        issuer.foreign_trading_symbol = said.foreign_trading_symbol or issuer.foreign_trading_symbol
        issuer.told = day
    issuer.trading_symbol = issuer.trading_symbol or said.trading_symbol
    issuer.foreign_trading_symbol = issuer.foreign_trading_symbol or said.foreign_trading_symbol
    return issuer


def _person(session: Session, owner: Owner, day: date) -> Person:
    person = session.scalar(select(Person).where(Person.cik == number(owner.cik)))
    fresh = person is None
    if person is None:
        person = Person(cik=number(owner.cik), name="", address={})
        session.add(person)
    if _newer(person.told, day, fresh=fresh):
        person.name = owner.name or person.name or name_without(person.cik)
        person.address = _address(owner) or person.address
        person.told = day
    person.address = person.address or _address(owner)
    return person


def _address(owner: Owner) -> dict[str, Any]:
    names = ("non_us", "street1", "street2", "city", "non_us_state_territory", "state", "country", "zip")
    return {name: held for name in names if (held := getattr(owner.address, name)) is not None}


def _relation(session: Session, person: Person, issuer: Issuer, owner: Owner, day: date) -> Relationship:
    found = session.scalar(
        select(Relationship).where(Relationship.person == person, Relationship.issuer == issuer)
    )
    fresh = found is None
    if found is None:
        found = Relationship(person=person, issuer=issuer)
        session.add(found)
    said = (*_FLAGS, "officer_title", "other_text")
    if _newer(found.told, day, fresh=fresh or all(getattr(found, name) is None for name in said)):
        for name in said:
            setattr(found, name, getattr(owner, name))
        found.told = day
    return found


def _authority(session: Session, paper: Paper, person: Person, place: int, filed: Filed) -> None:
    """Who signs for the person, as the signatures read: the one in the person's place, any where they don't pair."""
    signatures, issuer, day = paper.filing.signatures, filed.issuer, paper.day or filed.day
    own = signatures[place : place + 1] if len(signatures) == len(filed.persons) else signatures
    for signature in own:
        agent = agent_in(signature.name or "")
        if agent is None:
            continue
        held = session.scalars(select(Power).where(Power.person == person, Power.issuer == issuer))
        power = next((p for p in held if agent.casefold() in (a.casefold() for a in p.agents)), None)
        if power is None:
            power = Power(person=person, issuer=issuer, agents=[agent], used=day)
            session.add(power)
        if power.used is None or power.used <= day:
            power.wording, power.used = signature.name, day
        if paper.powers_attached and power.accession_number is None:
            power.accession_number = paper.accession_number


def agent_in(words: str) -> str | None:
    """Who signs under a power of attorney, as a typed signature reads; None where none is spoken of."""
    found = _AGENT.search(words)
    return None if found is None else found["agent"].strip()


# ---- what


def _titles(filing: Filing, issuer: Issuer) -> None:
    """The issuer's classes and series that the form speaks of."""
    classes = {" ".join(c.title.casefold().split()) for c in issuer.classes}
    series = {s.key: s for s in issuer.series}
    rows = draft_from(filing)
    texts = filing.footnote_texts()
    for row in filing.non_derivative:
        title = row.security_title.value or ""
        folded = " ".join(title.casefold().split())
        if folded and folded not in classes:
            classes.add(folded)
            issuer.classes.append(SecurityClass(title=title))
    for option, cells in zip(filing.derivative, rows.get("derivative", ()), strict=True):
        parts = line_key("derivative", option).split(" | ")
        key = " | ".join((parts[1], *parts[4:]))
        if parts[1] and key not in series:
            series[key] = Series(key=key, terms=cells_of(cells, _SERIES, texts))
            issuer.series.append(series[key])


def cells_of(row: Mapping[str, Any], names: tuple[str, ...], texts: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a draft's row as plain values; of one that has only a footnote its text, below ``words``."""
    found: dict[str, Any] = {}
    for name in names:
        held = row.get(name)
        value = held.get("value") if isinstance(held, dict) else held
        notes = held.get("footnotes", ()) if isinstance(held, dict) else ()
        if value is not None:
            found[name] = value
        elif notes:
            found.setdefault("words", {})[name] = " ".join(texts.get(n, "") for n in notes).strip()
    return found


def _moved(placed: Placed, filed: Filed, now: datetime) -> None:
    """The entry of a form in a line's account."""
    line, holding = placed.line, placed.holding
    last = max((e.day for e in line.entries if e.total is not None), default=filed.day)
    if last <= filed.day and not placed.counted:
        line.name = line_words(holding.row)
        line.cells = _line_cells(holding, filed)
    line.entries.append(
        Entry(
            filing=filed,
            day=filed.day,
            rank=1 if filed.form.endswith("/A") else 0,
            tie=f"{filed.period or ''} {filed.accession_number or filed.sha256}",
            total=Decimal(0) if placed.counted else holding.total,
            in_dollars=holding.in_dollars,
            made_at=now,
        )
    )


def _line_cells(holding: Holding, filed: Filed) -> dict[str, Any]:
    """The cells that tell the line, from the filing as a draft."""
    texts = {n["id"]: n.get("text", "") for n in filed.content.get("footnotes", ()) if "id" in n}
    row = filed.content[holding.table][holding.place]
    cells = {"table": holding.table, **cells_of(row, TERMS, texts)}
    if holding.running:
        cells["running"] = "yes"
    return cells if holding.each is None else {**cells, "each": amount_text(holding.each)}
