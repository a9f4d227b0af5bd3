"""Delinquent Section 16(a) reports of a fiscal year: who filed late, how many reports and transactions, the evidence.

Source: Regulation S-K, Item 405(a): each director, officer, beneficial owner of more than ten percent and other person
subject to Section 16 is named, with the number of late reports, the number of transactions not reported on time, and
known failures to file; reports of earlier years count where they were not disclosed before. Each late filing is counted
here as one report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.timing.deadline import year_end_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from form4_author.checks.audit.insider import Insider
    from form4_author.checks.audit.lateness import LateReport
    from form4_author.model.facts import IssuerFacts, PriorFiling

__all__ = [
    "DelinquentPerson",
    "DelinquentReports",
    "FiscalYear",
    "YearEndBasis",
    "delinquent_reports",
    "fiscal_year",
    "transactions_of",
]


class YearEndBasis(StrEnum):
    """Where the end of the fiscal year comes from."""

    REGISTER = "register"
    FORM_5 = "form_5"
    ASSUMED = "assumed"


class FiscalYear(NamedTuple):
    """A fiscal year, by the calendar year it ends in."""

    first: date
    last: date
    basis: YearEndBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class DelinquentPerson:
    """A reporting person with a late report."""

    cik: str
    name: str
    late: tuple[LateReport, ...]
    """Due in the fiscal year, or a Form 5 for it."""
    earlier: tuple[LateReport, ...] = ()
    """Due before the fiscal year and filed in it or later: to be named unless disclosed before."""

    @property
    def reports(self) -> int:
        """How many reports of the fiscal year were late."""
        return len(self.late)

    @property
    def transactions(self) -> int:
        """How many transactions they reported late."""
        return transactions_of(self.late)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelinquentReports:
    """The table that Item 405 asks for, as far as the record shows it."""

    year: FiscalYear
    persons: tuple[DelinquentPerson, ...]
    undated: tuple[PriorFiling, ...] = ()
    """Filings of the fiscal year whose filing date is not on record: not checked."""
    amendments: tuple[PriorFiling, ...] = ()
    """Amendments that add a transaction whose due date had passed: not counted."""
    without_form_3: tuple[tuple[str, str], ...] = ()
    """CIK and name of each person with a filing in the year and no Form 3 on record."""


_DECEMBER: Final = (12, 31)
_DAY: Final = timedelta(days=1)


def fiscal_year(year: int, issuer: IssuerFacts | None, filings: Iterable[PriorFiling]) -> FiscalYear:
    """The fiscal year that ends in this calendar year: by the register, else the last Form 5, else December 31."""
    month_day, basis = _DECEMBER, YearEndBasis.ASSUMED
    ends = [p.filing.period_of_report for p in filings if p.filing.base == "5"]
    known = [end for end in ends if end is not None]
    if issuer is not None and issuer.fiscal_year_end is not None:
        month_day, basis = issuer.fiscal_year_end, YearEndBasis.REGISTER
    elif known:
        month_day, basis = (known[-1].month, known[-1].day), YearEndBasis.FORM_5
    last = year_end_from(_new_year(year), month_day)
    return FiscalYear(year_end_from(_new_year(year - 1), month_day) + _DAY, last, basis)


def _new_year(year: int) -> date:
    return date(year, 1, 1)


def transactions_of(late: Iterable[LateReport]) -> int:
    """How many transactions these reports have that were late."""
    return len([row for report in late for row in report.transactions])


def delinquent_reports(year: FiscalYear, insiders: Sequence[Insider]) -> DelinquentReports:
    """The persons with a late report, by name, and what could not be checked."""
    late: dict[str, dict[int, LateReport]] = {}
    names: dict[str, str] = {}
    undated: dict[int, PriorFiling] = {}
    amendments: dict[int, PriorFiling] = {}
    without: dict[str, str] = {}
    for insider in insiders:
        active = [prior for prior in insider.group.filings if _is_of(prior, year)]
        undated |= {id(p): p for p in active if p.filed is None and not p.filing.is_amendment}
        found = (f.prior for f in insider.findings if f.rule == "AMD-012")
        added = [p for p in found if p is not None and p in active]
        amendments |= {id(p): p for p in added}
        no_form_3 = all(prior.filing.base != "3" for prior in insider.group.filings)
        for cik, name in insider.group.persons:
            names[cik] = name
            late.setdefault(cik, {}).update({id(r.prior): r for r in insider.late})
            if active and no_form_3:
                without[cik] = name
    persons = [_person(cik, names[cik], tuple(found.values()), year) for cik, found in late.items()]
    return DelinquentReports(
        year=year,
        persons=tuple(sorted((p for p in persons if p.late or p.earlier), key=_by_name)),
        undated=tuple(undated.values()),
        amendments=tuple(amendments.values()),
        without_form_3=tuple(sorted(without.items(), key=lambda each: each[1].casefold())),
    )


def _by_name(person: DelinquentPerson) -> tuple[str, str]:
    return person.name.casefold(), person.cik


def _person(cik: str, name: str, late: Sequence[LateReport], year: FiscalYear) -> DelinquentPerson:
    own = tuple(report for report in late if _counts(report, year))
    earlier = tuple(
        report
        for report in late
        if report.due.day < year.first <= report.filed <= year.last and not _counts(report, year)
    )
    return DelinquentPerson(cik=cik, name=name, late=own, earlier=earlier)


def _counts(report: LateReport, year: FiscalYear) -> bool:
    """Whether a report was due in the fiscal year, or is a Form 5 for it."""
    filing = report.prior.filing
    if filing.base == "5" and report.rule:
        return filing.period_of_report == year.last
    return year.first <= report.due.day <= year.last


def _is_of(prior: PriorFiling, year: FiscalYear) -> bool:
    return prior.day is not None and year.first <= prior.day <= year.last
