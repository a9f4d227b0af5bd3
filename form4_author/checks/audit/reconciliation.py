"""A list of what EDGAR has against what is on record: missing filings, unlisted ones, amendments, drafts filed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.ident.cik import bare_cik

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

__all__ = ["FORMS", "ListedFiling", "OnRecord", "OpenFiling", "Reconciliation", "reconciled"]

FORMS: Final = frozenset({"3", "4", "5", "3/A", "4/A", "5/A"})
"""The forms that are compared."""


class ListedFiling(NamedTuple):
    """A filing as EDGAR lists it."""

    accession: str
    form: str
    period: date | None
    filed: date | None
    issuer_cik: str = ""
    """Empty where the list does not say; only the document decides."""
    owner_ciks: tuple[str, ...] = ()


class OnRecord(NamedTuple):
    """A filing in the register."""

    accession: str | None
    form: str
    period: date | None
    filed: date | None
    issuer_cik: str
    owner_ciks: tuple[str, ...]
    prepared_here: bool = False
    """Whether it was recorded from a draft; otherwise it was imported."""
    name: str = ""
    """The name of the file it was read from."""


class OpenFiling(NamedTuple):
    """A draft that is not recorded as filed."""

    file: str
    form: str
    period: date | None
    issuer_cik: str
    owner_ciks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What the comparison found; each part in the order of its list."""

    missing: tuple[ListedFiling, ...] = ()
    """On EDGAR's list and not on record: filed elsewhere, or never recorded."""
    drafts: tuple[tuple[ListedFiling, OpenFiling], ...] = ()
    """Of the missing: each that an open draft may be, with the draft."""
    amendments: tuple[ListedFiling, ...] = ()
    """Of the missing: amendments of a filing on record."""
    unlisted: tuple[OnRecord, ...] = ()
    """On record with an accession number that the list lacks, though the list covers its date."""
    unnumbered: tuple[tuple[OnRecord, ListedFiling], ...] = ()
    """On record without an accession number, with the listed filing it may be."""
    imported: tuple[OnRecord, ...] = ()
    """On record and on the list, but not prepared here: others filed them."""
    agreed: int = 0
    """How many filings are on both."""

    @property
    def differs(self) -> bool:
        """Whether anything is on one side only."""
        return bool(self.missing or self.unlisted or self.unnumbered)


def reconciled(
    listed: Iterable[ListedFiling],
    on_record: Sequence[OnRecord],
    drafts: Sequence[OpenFiling] = (),
    *,
    complete_from: date | None = None,
) -> Reconciliation:
    """The list compared with the record; forms other than 3, 4, 5 and their amendments are left out.

    ``complete_from``: the first day that the list covers; what was filed before is not called unlisted.
    """
    theirs = {each.accession: each for each in listed if each.form in FORMS}
    ours = {each.accession: each for each in on_record if each.accession}
    missing = [each for number, each in theirs.items() if number not in ours]
    unnumbered = _unnumbered([each for each in on_record if not each.accession], missing)
    named = {there.accession for _own, there in unnumbered}
    missing = [each for each in missing if each.accession not in named]
    both = [each for number, each in ours.items() if number in theirs]
    return Reconciliation(
        missing=tuple(missing),
        drafts=tuple((each, draft) for each in missing for draft in drafts if _may_be(draft, each)),
        amendments=tuple(each for each in missing if _amends(each, on_record)),
        unlisted=tuple(
            each for number, each in ours.items() if number not in theirs and _covered(each, complete_from)
        ),
        unnumbered=unnumbered,
        imported=tuple(each for each in both if not each.prepared_here),
        agreed=len(both),
    )


def _unnumbered(
    own: Iterable[OnRecord], missing: Iterable[ListedFiling]
) -> tuple[tuple[OnRecord, ListedFiling], ...]:
    """The filings without a number, each with the one listed filing of its form, period and persons."""
    left = {each.accession: each for each in missing}
    found = []
    for each in own:
        fitting = [there for there in left.values() if _may_be(each, there) and _same_day(each, there)]
        if len(fitting) == 1:
            found.append((each, left.pop(fitting[0].accession)))
    return tuple(found)


def _may_be(own: OnRecord | OpenFiling, there: ListedFiling) -> bool:
    """Whether form, period, issuer and a person agree, as far as the list says them."""
    issuer = not there.issuer_cik or bare_cik(there.issuer_cik) == bare_cik(own.issuer_cik)
    persons = {bare_cik(cik) for cik in there.owner_ciks}
    shared = not persons or bool(persons & {bare_cik(cik) for cik in own.owner_ciks})
    return (
        own.form == there.form and own.period is not None and own.period == there.period and issuer and shared
    )


def _same_day(own: OnRecord, there: ListedFiling) -> bool:
    return own.filed is None or there.filed is None or own.filed == there.filed


def _amends(each: ListedFiling, on_record: Iterable[OnRecord]) -> bool:
    """Whether it is an amendment of a filing on record, by form and period."""
    if not each.form.endswith("/A"):
        return False
    original = each._replace(form=each.form.removesuffix("/A"))
    return any(_may_be(own, original) for own in on_record)


def _covered(each: OnRecord, complete_from: date | None) -> bool:
    return complete_from is None or (each.filed is not None and each.filed >= complete_from)
