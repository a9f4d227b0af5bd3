"""What EDGAR lists against the register and the drafts: the list is read, the record gathered, missing files found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.checks.audit.reconciliation import ListedFiling, OpenFiling, reconciled
from form4_author.errors import Form4Error, MalformedValue, UnreadableInput
from form4_author.files import draft_file
from form4_author.files.input import filings_below
from form4_author.ident.accession import accession_in, accession_number
from form4_author.ident.cik import bare_cik
from form4_author.register.account import balances, entries_by
from form4_author.register.card import KINDS, card_by_words
from form4_author.register.facts import filings_on_record
from form4_author.text import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from form4_author.checks.audit.reconciliation import Reconciliation
    from form4_author.edgar.source import Source
    from form4_author.register.database import Register
    from form4_author.register.table import Person

__all__ = [
    "Adjusted",
    "EdgarList",
    "PersonReconciliation",
    "edgar_list",
    "files_for",
    "list_in",
    "open_filings",
    "person_meant",
    "person_reconciliation",
]

_COLUMNS: Final = ("accessionNumber", "form", "filingDate", "reportDate")


class EdgarList(NamedTuple):
    """The filings of one filer as EDGAR lists them."""

    cik: str
    name: str
    filings: tuple[ListedFiling, ...]
    complete_from: date | None
    """The first day the list covers; None where it has every filing."""


class Adjusted(NamedTuple):
    """A line whose balance is not what the last form says, because it was adjusted since."""

    issuer: str
    line: str
    held: Decimal
    source: str


class PersonReconciliation(NamedTuple):
    """What the comparison found for a person."""

    cik: str
    name: str
    result: Reconciliation
    adjusted: tuple[Adjusted, ...]


def list_in(file: str) -> EdgarList:
    """The list in a file as EDGAR serves it (submissions/CIK##########.json, or one of its older pages).

    Raises UnreadableInput for anything else.
    """
    try:
        data: Any = draft_file.read_data(Path(file))
        inside = data.get("filings", data)
        recent = inside.get("recent", inside)
        older = inside.get("files") or []
        filings = tuple(_rows(recent))
        days = [each.filed for each in filings if each.filed is not None]
        cik = bare_cik(str(data.get("cik") or ""))
        return EdgarList(
            cik, str(data.get("name") or ""), filings, min(days, default=None) if older or not cik else None
        )
    except (AttributeError, KeyError, TypeError, ValueError, MalformedValue):
        problem = "this is not a list of filings as EDGAR serves it"
        remedy = "Give the file of https://data.sec.gov/submissions/CIK##########.json"
        raise UnreadableInput(f"{file}: {problem}", remedy=remedy) from None


def edgar_list(source: Source, cik: str) -> EdgarList:
    """The whole list of a filer on EDGAR, with its older pages. Raises EdgarError where it can't be read."""
    filer = source.filer(cik)
    filings = tuple(ListedFiling(e.accession, e.form, e.period, e.filed) for e in source.entries(filer, None))
    return EdgarList(cik, filer.name, filings, None)


def person_meant(register: Register, words: str) -> str:
    """The CIK, without leading zeros, of the person with this CIK or name. Raises Form4Error where there is none."""
    with register.reading() as session:
        person: Person = card_by_words(session, KINDS["person"], words)
        return person.cik


def _rows(columns: Mapping[str, Sequence[Any]]) -> Iterable[ListedFiling]:
    """The rows of parallel columns."""
    for number, form, filed, period in zip(*(columns[name] for name in _COLUMNS), strict=True):
        yield ListedFiling(
            accession_number(str(number)),
            str(form),
            day(str(period)) if period else None,
            day(str(filed)) if filed else None,
        )


def person_reconciliation(
    register: Register, words: str | None, edgar: EdgarList, drafts: Sequence[OpenFiling]
) -> PersonReconciliation:
    """The list against what the register has of the person; of the person that the list is of where no words are given.

    Raises Form4Error where the list is of another filer, or of none that the register has.
    """
    with register.reading() as session:
        person: Person = card_by_words(session, KINDS["person"], words or edgar.cik)
        if edgar.cik and edgar.cik != person.cik:
            raise Form4Error(
                f"The list is of {edgar.name or 'a filer'} (CIK {edgar.cik}), not of {person.name} (CIK {person.cik})",
                remedy=f"Give the list of CIK {person.cik}",
            )
        record = filings_on_record(session, person)
        own = [each for each in drafts if person.cik in each.owner_ciks]
        adjusted = tuple(
            Adjusted(relation.issuer.name, balance.line.name, balance.amount, balance.source)
            for relation in person.relationships
            for balance in balances(session, relation)
            if entries_by(balance.line)[-1].total is None
        )
        result = reconciled(edgar.filings, record, own, complete_from=edgar.complete_from)
        return PersonReconciliation(person.cik, person.name, result, adjusted)


def open_filings() -> tuple[OpenFiling, ...]:
    """The drafts in the places where drafts are that are not recorded as filed."""
    found = []
    for path in draft_file.places():
        try:
            draft = draft_file.load(path).draft
        except Form4Error:
            continue
        if draft.interview.filed is None:
            filing = draft.filing
            owners = tuple(bare_cik(owner.cik) for owner in filing.owners)
            found.append(
                OpenFiling(
                    str(path), filing.form or "", filing.period_of_report, filing.issuer.cik or "", owners
                )
            )
    return tuple(found)


def files_for(result: Reconciliation, folder: str) -> tuple[str, ...]:
    """The files of a folder whose names have the accession numbers that the register lacks."""
    wanted = {each.accession for each in result.missing}
    return tuple(str(file) for file in filings_below(Path(folder)) if accession_in(file.name) in wanted)
