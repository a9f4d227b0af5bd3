"""A filed form enters the register: who, what they are to the issuer, its titles and terms, and the lines it moves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik
from form4_author.ledger.closing import closing
from form4_author.ledger.line import line_key, line_words
from form4_author.ledger.title import class_of
from form4_author.model.conformed_signature import agent_of
from form4_author.model.facts import day_filed
from form4_author.register.award import MatchedLine, matched_lines, name_awards
from form4_author.register.cell import SERIES, TERMS, cells_of, line_cells
from form4_author.register.filing_identity import refuse_other, saying
from form4_author.register.filing_order import amendments_ordered, ordered, own_day, within_day
from form4_author.register.table import (
    Filed,
    Issuer,
    LedgerEntry,
    Person,
    Power,
    Relationship,
    SecurityClass,
    Series,
    name_without,
)
from form4_author.text import amount, folded
from form4_author.wire.draft import draft_from
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from form4_author.model.filing import Filing
    from form4_author.model.party import Owner

    _SeriesKey = tuple[str, Decimal | None, date | None]

__all__ = ["TERMS", "Paper", "cells_of", "corrected", "filing_on_record", "moved", "recorded"]

_CIK: Final = re.compile(r"[0-9]{1,10}")
_NOTHING: Final = amount("0")
_FLAGS: Final = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")


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

    def day(self, latest: date) -> date | None:
        """The day it was filed, as far as that is known, and believable on the ``latest``: see ``day_filed``."""
        filing = self.filing
        signed = [s.date for s in filing.signatures if s.date is not None]
        return day_filed(self.filed, signed, filing.period_of_report, self.accession_number, latest)


def recorded(session: Session, paper: Paper, now: datetime) -> Filed | None:
    """The form's entry in the register; None when it is there already, by its accession number or by what it says.

    What the register lacked of a form that is there, it takes from this paper: number, day and time, exhibit 24.
    Raises Form4Error for a form that names no issuer, no person or no day, and for one under the number of another.
    """
    there = filing_on_record(session, paper)
    if there is not None:
        _completed(session, there, paper, now)
        return None
    with session.no_autoflush:  # what a form adds is written in one go, and not before each look
        filed = _entered(session, paper, now)
    for place, person in enumerate(filed.persons):
        _authority(session, paper, person, place, filed)
    session.flush()
    (ordered if paper.filing.is_amendment else amendments_ordered)(session, filed)
    session.flush()
    return filed


def _entered(session: Session, paper: Paper, now: datetime) -> Filed:
    filing, day = _whole(paper, now.date())
    issuer = _issuer(session, filing, day)
    owners = {bare_cik(o.cik): o for o in filing.owners}
    persons = {cik: _person(session, owner, day) for cik, owner in owners.items()}
    session.flush()
    filed = Filed(
        sha256=paper.sha256,
        accession_number=paper.accession_number,
        form=filing.form,
        edition=filing.edition,
        issuer=issuer,
        period=filing.period_of_report,
        filed=paper.filed if paper.filed == day else None,
        accepted_at=paper.accepted_at,
        recorded_at=now,
        day=day,
        file=paper.file,
        content=draft_from(filing),
        persons=list(persons.values()),
    )
    session.add(filed)
    if filing.is_amendment:
        session.flush()
        ordered(session, filed)  # what its lines are called depends on it
    _titles(session, filing, filed)
    left_at = closing(filing)
    for cik, owner in owners.items():
        relation = _relation(session, persons[cik], issuer, owner, day)
        for each in matched_lines(relation, left_at, filed):
            moved(each, filed, now)
        name_awards(relation)
    return filed


def filing_on_record(session: Session, paper: Paper) -> Filed | None:
    """The form on record with the accession number, else with the content; None where there is neither.

    Raises Form4Error where the number is that of a form that says something else.
    """
    content = draft_from(paper.filing)
    if paper.accession_number:
        filed = session.scalar(select(Filed).where(Filed.accession_number == paper.accession_number))
        if filed is not None:
            refuse_other(filed, content, paper.accession_number)
            return filed
    filed = session.scalar(select(Filed).where(Filed.sha256 == paper.sha256))
    return filed or saying(session, content)


def _completed(session: Session, filed: Filed, paper: Paper, now: datetime) -> None:
    """What was missing from the form on record is taken from the document."""
    filed.accession_number = filed.accession_number or paper.accession_number
    filed.accepted_at = filed.accepted_at or paper.accepted_at
    if filed.filed is None and paper.filed is not None and paper.filed == paper.day(now.date()):
        filed.filed = paper.filed
    if session.is_modified(filed):
        _moved_to(session, filed)
    if paper.powers_attached:
        for place, person in enumerate(filed.persons):
            _authority(session, paper, person, place, filed)


def corrected(session: Session, filed: Filed, paper: Paper) -> None:
    """The form on record was filed under the paper's number and at its time; the ledger keeps its totals.

    An amendment keeps its place beside the form that it amends. A time on record stays where the paper has the same
    day and no time.
    """
    known = filed.accepted_at if filed.filed == paper.filed else None
    filed.accession_number, filed.filed, filed.accepted_at = (
        paper.accession_number,
        paper.filed,
        paper.accepted_at or known,
    )
    _moved_to(session, filed)


def _moved_to(session: Session, filed: Filed) -> None:
    """The form, of which day, time or number are now known, is at its place in the ledger."""
    if filed.filed is not None and not filed.form.endswith("/A"):
        filed.day = filed.filed
    session.flush()
    ordered(session, filed)
    session.flush()


def _whole(paper: Paper, latest: date) -> tuple[Filing, date]:
    """The filing and its day, when it has what the register needs."""
    filing, day = paper.filing, paper.day(latest)
    lacks = [
        what
        for what, given in (
            ("a form that is known", filing.base),
            ("an issuer's CIK", bare_cik(filing.issuer.cik)),
            ("a reporting person", filing.owners),
            ("a CIK for each reporting person", all(bare_cik(o.cik) for o in filing.owners)),
            ("a date", day),
        )
        if not given
    ]
    if lacks or day is None:
        raise Form4Error(f"The form lacks {lacks[0]}", remedy="Correct the file, or leave it out")
    for cik in (filing.issuer.cik, *(o.cik for o in filing.owners)):
        if _CIK.fullmatch(bare_cik(cik)) is None:
            raise Form4Error(
                f'"{cik}" is not a CIK, which has up to 10 digits', remedy="Correct the file, or leave it out"
            )
    return filing, day


# ---- who


def _newer(last_stated: date | None, day: date, *, fresh: bool) -> bool:
    """Whether a form of this day may say something else; what was typed in, no form changes."""
    return fresh or (last_stated is not None and last_stated <= day)


def _issuer(session: Session, filing: Filing, day: date) -> Issuer:
    stated = filing.issuer
    issuer = session.scalar(select(Issuer).where(Issuer.cik == bare_cik(stated.cik)))
    fresh = issuer is None
    if issuer is None:
        issuer = Issuer(cik=bare_cik(stated.cik), name="")
        session.add(issuer)
    if _newer(issuer.told, day, fresh=fresh):
        issuer.name = stated.name or issuer.name or name_without(issuer.cik)
        issuer.trading_symbol = stated.trading_symbol or issuer.trading_symbol
        issuer.foreign_trading_symbol = stated.foreign_trading_symbol or issuer.foreign_trading_symbol
        issuer.told = day
    issuer.trading_symbol = issuer.trading_symbol or stated.trading_symbol
    issuer.foreign_trading_symbol = issuer.foreign_trading_symbol or stated.foreign_trading_symbol
    return issuer


def _person(session: Session, owner: Owner, day: date) -> Person:
    person = session.scalar(select(Person).where(Person.cik == bare_cik(owner.cik)))
    fresh = person is None
    if person is None:
        person = Person(cik=bare_cik(owner.cik), name="", address={})
        session.add(person)
    if _newer(person.told, day, fresh=fresh):
        person.name = owner.name or person.name or name_without(person.cik)
        person.address = _address(owner) or person.address
        person.told = day
    person.address = person.address or _address(owner)
    return person


def _address(owner: Owner) -> dict[str, Any]:
    names = ("non_us", "street1", "street2", "city", "non_us_state_territory", "state", "country", "zip")
    return {name: value for name in names if (value := getattr(owner.address, name)) is not None}


def _relation(session: Session, person: Person, issuer: Issuer, owner: Owner, day: date) -> Relationship:
    relation = session.scalar(
        select(Relationship).where(Relationship.person == person, Relationship.issuer == issuer)
    )
    fresh = relation is None
    if relation is None:
        relation = Relationship(person=person, issuer=issuer)
        session.add(relation)
    names = (*_FLAGS, "officer_title", "other_text")
    if _newer(relation.told, day, fresh=fresh or all(getattr(relation, name) is None for name in names)):
        for name in names:
            setattr(relation, name, getattr(owner, name))
        relation.told = day
    return relation


def _authority(session: Session, paper: Paper, person: Person, place: int, filed: Filed) -> None:
    """Who signs for the person, as the signatures read: the one in the person's place, any where they don't pair."""
    signatures, issuer, day = paper.filing.signatures, filed.issuer, own_day(filed)
    own = signatures[place : place + 1] if len(signatures) == len(filed.persons) else signatures
    for signature in own:
        agent = agent_of(signature.name or "", person.name)
        if agent is None:
            continue
        powers = session.scalars(select(Power).where(Power.person == person, Power.issuer == issuer))
        power = next((p for p in powers if folded(agent) in map(folded, p.agents)), None)
        if power is None:
            power = Power(person=person, issuer=issuer, agents=[agent], used=day)
            session.add(power)
        if power.used is None or power.used <= day:
            power.wording, power.used = signature.name, day
        if paper.powers_attached and power.accession_number is None:
            power.accession_number = paper.accession_number


# ---- what


def _titles(session: Session, filing: Filing, filed: Filed) -> None:
    """The issuer's classes and series that the form mentions; a series has the terms of the last form that has it."""
    issuer = filed.issuer
    classes = {class_of(each.title) for each in issuer.classes}
    series = {(s.title, s.price, s.expiration): s for s in issuer.series}
    rows = draft_from(filing)
    texts = filing.footnote_texts()
    for row in filing.non_derivative:
        title = row.security_title.value or ""
        class_name = class_of(title)
        if class_name and class_name not in classes:
            classes.add(class_name)
            issuer.classes.append(SecurityClass(title=title))
    for key, cells in zip(_series_keys(filing), rows.get("derivative", ()), strict=True):
        terms = cells_of(cells, SERIES, texts)
        if key[0] and key not in series:
            series[key] = Series(title=key[0], price=key[1], expiration=key[2], terms=terms)
            issuer.series.append(series[key])
        elif key[0] and series[key].terms != terms and not _stated_later(session, filed, key):
            series[key].terms = terms


def _series_keys(filing: Filing) -> list[_SeriesKey]:
    """What identifies the series of each row of Table II: class, exercise price and expiration date."""
    keys = (line_key("derivative", option) for option in filing.derivative)
    return [(key.title, key.price, key.expiration) for key in keys]


def _stated_later(session: Session, filed: Filed, key: _SeriesKey) -> bool:
    """Whether a form on record that comes after this one mentions the series."""
    at = (filed.day, within_day(filed))
    near = session.scalars(
        select(Filed).where(Filed.issuer == filed.issuer, Filed.day >= filed.day, Filed.id != filed.id)
    )
    return any(
        key in _series_keys(filing_from(later.content)[0])
        for later in near
        if (later.day, within_day(later)) > at and later.content.get("derivative")
    )


def moved(match: MatchedLine, filed: Filed, now: datetime) -> None:
    """The entry of a form in a line's account."""
    line, end = match.line, match.closing
    last = max((e.day for e in line.entries if e.total is not None), default=filed.day)
    changed_since = any(e.action is not None and e.day >= filed.day for e in line.entries)
    if last <= filed.day and not changed_since and not match.counted:
        line.key = end.key
        line.name = line_words(end.row)
        line.cells = line_cells(end, filed.content)
    line.entries.append(
        LedgerEntry(
            filing=filed,
            day=filed.day,
            rank=0,
            tie=within_day(filed),  # `order.ordered` sets an amendment's
            total=_NOTHING if match.counted else end.total,
            row=end.place,
            in_dollars=end.in_dollars,
            made_at=now,
        )
    )
