"""``form4 import --ticker`` and its like: filings on EDGAR enter the register, oldest first, each by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.import_filing import Done, Read, entered, filed_document_in
from form4_author.edgar.refusal import NotThere
from form4_author.errors import UnreadableInput
from form4_author.ident.cik import bare_cik
from form4_author.register.change import changes, new_cards, on_record
from form4_author.register.listing import accessions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from form4_author.edgar.filer import Entry, FilerList
    from form4_author.edgar.source import Source
    from form4_author.register.change import OnRecord
    from form4_author.register.database import Register
    from form4_author.register.record import Paper

__all__ = ["EdgarImport", "ListedFilings", "Wish", "listed_by"]

_NO_XML: Final = "DOC-025"
_FIRST_XML: Final = date(2003, 1, 1)
"""Before 2003 no Form 3, 4 or 5 was filed as XML."""


class Wish(NamedTuple):
    """What is to be imported: the list of an issuer or person, or one filing."""

    issuer: str = ""
    """CIK without leading zeros: only forms about this issuer."""
    person: str = ""
    """CIK without leading zeros: only forms of this reporting person."""
    accession: str = ""
    since: date | None = None


class ListedFilings(NamedTuple):
    """What EDGAR lists of a wish."""

    filer: FilerList | None
    entries: tuple[Entry, ...]
    """Oldest first."""
    without_xml: int = 0
    """Forms of before 2003, which have no XML; they are not asked for."""


def listed_by(source: Source, wish: Wish) -> ListedFilings:
    """What is listed. Raises EdgarError, and NotThere for a CIK that EDGAR does not know."""
    from form4_author.edgar.filer import Entry

    if wish.accession:
        return ListedFilings(None, (Entry(wish.accession, "", None),))
    filer = source.filer(wish.person or wish.issuer)
    entries = source.entries(filer, wish.since)
    with_xml = tuple(e for e in entries if e.filed is None or e.filed >= _FIRST_XML)
    return ListedFilings(filer, with_xml, len(entries) - len(with_xml))


@dataclass
class EdgarImport:
    """An import from EDGAR into a register.

    ``done`` grows while it runs and holds what is on disk, so that a run that ends early can be reported.
    """

    source: Source
    book: Register
    wish: Wish
    done: list[Done] = field(default_factory=list)
    other: int = 0
    """Forms in the list that are about another issuer or of another person, and not taken."""
    without_xml: int = 0
    """Forms of 2003 that were still filed as text."""
    _before: OnRecord = field(default_factory=dict)
    _ciks: tuple[str, ...] = ()

    def run(self, listed: ListedFilings) -> Iterator[Entry]:
        """Each entry, once what became of it is in ``done`` or counted.

        Raises EdgarError where EDGAR can't be read any longer; what was entered by then stays.
        """
        with self.book.reading() as session:
            known = accessions(session)
            self._ciks = tuple(filter(None, (self.wish.issuer, self.wish.person)))
            self._before = on_record(session, self._ciks) if self._ciks else {}
        for _day, group in groupby(listed.entries, key=lambda entry: entry.filed):
            entries = tuple(group)
            fresh = [entry for entry in entries if not known.get(entry.accession)]
            self.done += [Done(e.accession, "known") for e in entries if known.get(e.accession)]
            reads = [read for entry in fresh if (read := self._read(entry)) is not None]
            if self.wish.accession and reads:
                self._one_filing(reads[0])
            for read in sorted(reads, key=_place):
                self.done += entered(self.book, [read])
            yield from entries

    def _read(self, entry: Entry) -> Read | None:
        """The filing of an entry, where it is wanted."""
        parties = (self.wish.person, self.wish.issuer, bare_cik(entry.accession.partition("-")[0]))
        try:
            content = self.source.filing(filter(None, parties), entry.accession)
            paper = _paper(content, entry.accession)
        except (UnreadableInput, NotThere) as error:
            if isinstance(error, UnreadableInput) and error.id == _NO_XML and _is_early(entry):
                self.without_xml += 1
            else:
                self.done.append(Done(entry.accession, "refused", str(error)))
            return None
        filing = paper.filing
        if self.wish.issuer and bare_cik(filing.issuer.cik) != self.wish.issuer:
            self.other += 1
            return None
        if self.wish.person and self.wish.person not in {bare_cik(owner.cik) for owner in filing.owners}:
            self.other += 1
            return None
        return Read(entry.accession, paper)

    def _one_filing(self, read: Read) -> None:
        """Of one filing the parties are known only now."""
        filing = read.paper.filing
        self._ciks = tuple(dict.fromkeys(map(bare_cik, (filing.issuer.cik, *(o.cik for o in filing.owners)))))
        with self.book.reading() as session:
            self._before = on_record(session, self._ciks)

    def outcome(self) -> tuple[Sequence[str], Mapping[str, int]]:
        """What changed of what was on record, a sentence each; and how many cards and lines are new."""
        if not self._ciks:
            return (), {}
        with self.book.reading() as session:
            after = on_record(session, self._ciks)
        return changes(self._before, after), new_cards(self._before, after)


def _paper(content: bytes, accession: str) -> Paper:
    """The filing in a full text. Raises UnreadableInput, also where it is another one than was asked for."""
    paper = filed_document_in(content, f"{accession}.txt")
    if paper.accession_number != accession:
        raise UnreadableInput(
            f"EDGAR's answer is the filing {paper.accession_number}", remedy="Give the command again later"
        )
    return paper


def _is_early(entry: Entry) -> bool:
    return entry.filed is not None and entry.filed.year == _FIRST_XML.year


def _place(read: Read) -> tuple[datetime, bool, str]:
    """Where a filing is among those of its day: by EDGAR's clock, an amendment after a form of the same moment."""
    paper = read.paper
    return (
        paper.accepted_at or datetime.max.replace(tzinfo=UTC),
        paper.filing.is_amendment,
        read.file,
    )
