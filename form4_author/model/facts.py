"""What a lone document cannot say: prior filings, the issuer, the people, powers of attorney, prices, the clock.

A filer, a register or a file supplies them; whatever is not known stays None and keeps the checks that ask for it
silent. Securities and persons are named as on the form; amounts are Decimal shares or US dollars.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.errors import MalformedValue
from form4_author.ident.cik import bare_cik
from form4_author.text import amount, folded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from decimal import Decimal

    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing

from form4_author.ident.accession import year_of_accession

__all__ = [
    "NO_FACTS",
    "Adjustment",
    "Authentication",
    "Facts",
    "IssuerFacts",
    "MarketPrice",
    "OpenDraft",
    "PersonFacts",
    "PowerOfAttorney",
    "PriorFiling",
    "StartedFrom",
    "day_filed",
    "issuer_facts",
    "joined",
    "with_stated",
]

_AFTER_HOURS: Final = timedelta(days=4)
"""How far beyond the day it is read a form may be dated: after 10 p.m. it is of the next business day."""
_LATE: Final = timedelta(days=3 * 366)
"""Within which a signature may follow its period; a year typed wrong does not move the account."""


def day_filed(
    filed: date | None,
    signed: Iterable[date],
    period: date | None,
    accession_number: str | None = None,
    latest: date | None = None,
) -> date | None:
    """The day a form was filed: as EDGAR gave it, else the last believable day beside a signature, else its period.

    Nothing is signed before its period, years after it, after the year in the accession number, or after ``latest``,
    the day it was read.
    """
    if filed is not None and (latest is None or filed <= latest + _AFTER_HOURS):
        return filed
    late = period + _LATE if period and period <= date.max - _LATE else None
    ends = (latest, _end_of_year(accession_number), late)
    end = min((day for day in ends if day is not None), default=date.max)
    believed = [day for day in signed if (period or date.min) <= day <= end]
    otherwise = period if period is None or latest is None else min(period, latest)
    return max(believed, default=otherwise)


def _end_of_year(accession_number: str | None) -> date | None:
    """The last day of the year in an accession number; None where it is none."""
    year = year_of_accession(accession_number)
    return None if year is None else date(year, 12, 31)


class PriorFiling(NamedTuple):
    """A form that was filed before."""

    filing: Filing
    filed: date | None = None
    """The day EDGAR gave it; None where the file does not say."""
    accession_number: str | None = None
    file: str = ""
    """Where it was read from, for messages."""

    @property
    def day(self) -> date | None:
        """The day it was filed: see ``day_filed``."""
        signed = (s.date for s in self.filing.signatures if s.date is not None)
        return day_filed(self.filed, signed, self.filing.period_of_report, self.accession_number)


class IssuerFacts(NamedTuple):
    """What the register knows of an issuer."""

    cik: str | None = None
    foreign_private: bool | None = None
    """Whether it is a foreign private issuer."""
    country: str | None = None
    """EDGAR's code of the place it is organized under (``A6`` Ontario, ``X0`` United Kingdom, ``DE`` Delaware)."""
    qualifying_regulation: bool | None = None
    """Whether its insiders report under a regulation that an order names (see ``codes.exempt_places``)."""
    registered: bool | None = None
    """Whether it has a class registered under Section 12."""
    closed_end_fund: bool | None = None
    """Whether it is a closed-end fund under Section 30(h) of the Investment Company Act."""
    listed: bool | None = None
    """Whether its shares trade on a United States exchange."""
    fiscal_year_end: tuple[int, int] | None = None
    """Month and day."""
    went_public: date | None = None
    """The day its first registration took effect."""
    shares_outstanding: Decimal | None = None


class PersonFacts(NamedTuple):
    """What the register knows of a reporting person."""

    cik: str | None = None
    entity: bool | None = None
    """Whether it is a company, fund or trust and not a natural person."""
    insider_since: date | None = None
    """The day the person became director, officer or holder of more than ten percent."""
    insider_until: date | None = None
    """The day the person ceased to be one."""
    holdings_as_of: date | None = None
    """The day as of which the holdings of a Form 3 were taken from the books."""
    crossed_ten_percent: bool | None = None
    """Whether a purchase made the person a holder of more than ten percent."""
    crossing_shares_listed: bool | None = None
    """Whether the shares of that purchase are among the holdings of the Form 3."""


class PowerOfAttorney(NamedTuple):
    """An authority to sign for someone else."""

    principal: str
    agents: tuple[str, ...] = ()
    issuer_cik: str | None = None
    """None: for every issuer."""
    signed: date | None = None
    until: date | None = None
    """Last day it holds; None: until revoked."""
    revoked: date | None = None
    accession_number: str | None = None
    """The filing it is attached to; None while it is not on file."""
    principal_cik: str | None = None
    """Tells the principal where a form names no names: one that is sent has the CIK only."""
    used: date | None = None
    """The last day a form on record was signed under it; None: no form is known to have been."""


class Adjustment(NamedTuple):
    """What moved a line of Table I since the last form without a separate form."""

    security_title: str
    change: Decimal
    """Added; taken away: negative."""
    day: date
    reason: str
    ownership_form: str = "D"
    nature_of_ownership: str = ""


class Authentication(NamedTuple):
    """The record of an authentication document under Regulation S-T, Rule 302(b)."""

    signatory: str
    signed_at: datetime | None = None
    """With a zone."""
    electronic: bool | None = None
    """Whether it was signed electronically."""
    attested: date | None = None
    """The day the signatory signed the attestation by hand."""
    retain_until: date | None = None
    attestation_retain_until: date | None = None


class OpenDraft(NamedTuple):
    """Another draft of the same persons about the same issuer."""

    file: str
    """Its name in its folder."""
    what: str
    """What it reports: ``gift of 11/25/2026``."""
    filing: Filing
    filed: bool = False
    """Whether it was filed since: it is open no more."""


class StartedFrom(NamedTuple):
    """The draft from whose balances another one was started."""

    file: str
    what: str
    held: tuple[tuple[str, Decimal], ...]
    """What it left each line at, by ``str`` of the line's key."""


class MarketPrice(NamedTuple):
    """The price of a security on a day, US dollars a share."""

    security_title: str
    day: date
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known beside the document. None says that no one looked; an empty tuple, that there is none."""

    history: tuple[PriorFiling, ...] | None = None
    """Prior filings of any person and issuer, oldest first."""
    issuer: IssuerFacts | None = None
    persons: tuple[PersonFacts, ...] | None = None
    powers: tuple[PowerOfAttorney, ...] | None = None
    authentications: tuple[Authentication, ...] | None = None
    prices: tuple[MarketPrice, ...] | None = None
    adjustments: tuple[Adjustment, ...] | None = None
    """Of these persons with this issuer, by day."""
    open_drafts: tuple[OpenDraft, ...] | None = None
    """Other drafts of just these persons about this issuer, by file."""
    started_from: StartedFrom | None = None
    """The draft whose balances this one continues from."""
    event_issuers: tuple[str, ...] | None = None
    """CIKs of the issuers whose securities the reported events were about."""
    filing_at: datetime | None = None
    """The moment of transmission, planned or past, in the Eastern time zone."""
    from_register: bool | None = None
    """True where the register was asked."""

    def person(self, cik: str | None) -> PersonFacts | None:
        """What is known of the person with this CIK, leading zeros or not."""
        wanted = bare_cik(cik)
        return next((p for p in self.persons or () if wanted and bare_cik(p.cik) == wanted), None)

    def price(self, security_title: str | None, day: date | None) -> Decimal | None:
        """The price of a security on a day, where it was supplied."""
        wanted = folded(security_title)
        return next(
            (p.price for p in self.prices or () if p.day == day and folded(p.security_title) == wanted),
            None,
        )


NO_FACTS: Final = Facts()
"""Nothing is known beside the document."""


def joined(first: Facts, second: Facts) -> Facts:
    """Facts from two sources: what the first says, and where it is silent what the second does.

    Prior filings of both are taken together, each once by its accession number, oldest first.
    """
    silent = {f.name: getattr(second, f.name) for f in fields(Facts) if getattr(first, f.name) is None}
    found = replace(first, **silent)
    if first.history is not None and second.history:
        found = replace(found, history=_history(first.history, second.history))
    if first.issuer is not None and second.issuer is not None:
        stated = {name: value for name, value in first.issuer._asdict().items() if value is not None}
        found = replace(found, issuer=second.issuer._replace(**stated))
    return found


def _history(first: tuple[PriorFiling, ...], second: tuple[PriorFiling, ...]) -> tuple[PriorFiling, ...]:
    there = {prior.accession_number for prior in first if prior.accession_number}
    new = [p for p in second if p.accession_number not in there and all(p.filing != t.filing for t in first)]
    return tuple(sorted((*first, *new), key=lambda p: (str(p.day or ""), p.file)))


def with_stated(draft: Draft, facts: Facts) -> Facts:
    """The facts known, and what the draft states where they are silent.

    Only a foreign private issuer is a statement: "no" is also the proposal for an issuer without a foreign symbol.
    """
    start = draft.interview.start
    if start.file is not None and facts.started_from is None:
        held = tuple(
            (line, total) for line, text in start.held.items() if (total := _total(text)) is not None
        )
        facts = replace(facts, started_from=StartedFrom(start.file, start.what or "", held))
    if draft.interview.foreign_issuer != "yes":
        return facts
    issuer = IssuerFacts(cik=draft.filing.issuer.cik, foreign_private=True)
    return joined(facts, Facts(issuer=issuer))


def _total(text: str) -> Decimal | None:
    """The total that a draft has; None where it was changed by hand to something else."""
    try:
        return amount(text)
    except MalformedValue:
        return None


def issuer_facts(draft: Draft, facts: IssuerFacts | None) -> IssuerFacts | None:
    """What is known of the draft's issuer: facts from elsewhere, and what the draft states where they are silent."""
    return with_stated(draft, Facts(issuer=facts)).issuer
