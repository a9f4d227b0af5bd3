"""Everything the register has of an issuer, examined: for ``form4 audit`` and ``form4 late``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from form4_author.checks.audit.delinquent import delinquent_reports, fiscal_year
from form4_author.checks.audit.insider import IssuerRecord, audited
from form4_author.errors import Form4Error
from form4_author.register.card import KINDS, card_by_words
from form4_author.register.facts import issuer_adjustments, issuer_facts, issuer_history, issuer_persons
from form4_author.timing.calendar import sec_calendar

if TYPE_CHECKING:
    from form4_author.checks.audit.delinquent import DelinquentReports
    from form4_author.checks.audit.insider import Insider
    from form4_author.register.database import Register
    from form4_author.register.table import Issuer

__all__ = ["IssuerAudit", "audit_of", "late_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerAudit:
    """The issuer, and what was found for each of its insiders."""

    cik: str
    name: str
    record: IssuerRecord
    insiders: tuple[Insider, ...]

    @property
    def foreign(self) -> bool:
        """Whether the register has it as a foreign private issuer."""
        return self.record.issuer is not None and bool(self.record.issuer.foreign_private)


def audit_of(register: Register, words: str) -> IssuerAudit:
    """The audit of the issuer that the words mean: CIK, symbol or name.

    Raises Form4Error where the register has no such issuer, or no filing about it.
    """
    with register.reading() as session:
        issuer: Issuer = card_by_words(session, KINDS["issuer"], words)
        record = IssuerRecord(
            filings=issuer_history(session, issuer),
            issuer=issuer_facts(session)[issuer.cik],
            persons=issuer_persons(issuer),
            adjustments=issuer_adjustments(issuer),
        )
        cik, name = issuer.cik, issuer.name
    if not record.filings:
        raise Form4Error(
            f"The register has no filing about {name}", remedy="Add what was filed: form4 import FILE…"
        )
    return IssuerAudit(cik=cik, name=name, record=record, insiders=audited(record, sec_calendar()))


def late_of(audit: IssuerAudit, year: int) -> DelinquentReports:
    """The late reports of the fiscal year that ends in this calendar year."""
    return delinquent_reports(fiscal_year(year, audit.record.issuer, audit.record.filings), audit.insiders)
