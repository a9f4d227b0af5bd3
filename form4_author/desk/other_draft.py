"""The other drafts of a person: read from the folders where drafts are, and offered to the next one."""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.packet_place import latest_packet
from form4_author.errors import Form4Error
from form4_author.files import draft_file
from form4_author.ident.cik import bare_cik
from form4_author.model.facts import OpenDraft
from form4_author.model.party import NO_ADDRESS, Issuer, Owner
from form4_author.wizard.draft.after import other_draft, reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from form4_author.model.draft import Draft
    from form4_author.model.filing import Filing
    from form4_author.model.party import Address
    from form4_author.wizard.register_offer import OtherDraft

__all__ = [
    "OtherDrafts",
    "Parties",
    "business_address",
    "draft_in",
    "drafts_beside",
    "parties_of",
    "person_line",
]


class Parties(NamedTuple):
    """Who a filing is of and about, by CIK without leading zeros; persons in order."""

    issuer: str
    persons: tuple[str, ...]


def parties_of(filing: Filing) -> Parties:
    """The CIKs of a filing; empty where one is not given."""
    return Parties(bare_cik(filing.issuer.cik), tuple(sorted(bare_cik(owner.cik) for owner in filing.owners)))


class _Read(NamedTuple):
    """A draft as it was read."""

    path: Path
    draft: Draft

    @property
    def is_open(self) -> bool:
        return self.draft.interview.filed is None


def drafts_beside(own: Path, *others: Path) -> OtherDrafts:
    """The drafts in the drafts folder, the last changed first.

    The draft itself is left out, and so are ``others``, such as the file that it began from. Files in any other folder
    may be of any age and purpose; they are not drafts in progress.
    """
    left_out = {os.path.realpath(path) for path in (own, *others)}
    found: dict[Path, int] = {}
    for path in draft_file.named_in(draft_file.default_folder()):
        if os.path.realpath(path) not in left_out:
            found[path] = path.stat(follow_symlinks=path.exists()).st_mtime_ns
    newest = sorted(found, key=lambda path: (found[path], path.name), reverse=True)
    return OtherDrafts([_Read(path, draft) for path in newest if (draft := draft_in(path)) is not None])


def draft_in(path: Path) -> Draft | None:
    """The draft in a file; None where it can't be read, which the list of drafts says."""
    try:
        state = path.stat()
    except OSError:
        return None
    return _read(str(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4096)
def _read(path: str, _saved: int, _size: int) -> Draft | None:
    """The draft in a file, read once while the file stays the same."""
    try:
        return draft_file.load(Path(path)).draft
    except (Form4Error, ValueError, TypeError, LookupError):
        return None


class OtherDrafts:
    """The drafts beside this one, the last saved first."""

    def __init__(self, found: Sequence[_Read] = ()) -> None:
        self._found = tuple(found)
        self._open = tuple(each for each in found if each.is_open)

    def __bool__(self) -> bool:
        return bool(self._found)

    def facts(self, filing: Filing) -> tuple[OpenDraft, ...]:
        """Those of the same persons about the same issuer, as the checks ask for them."""
        return tuple(
            OpenDraft(each.path.name, reported(each.draft.filing), each.draft.filing, not each.is_open)
            for each in self._same(self._found, filing)
        )

    def offered(self, filing: Filing) -> tuple[OtherDraft, ...]:
        """Those still to be filed from which the next draft may continue."""
        made = (
            other_draft(str(each.path), each.draft, packet=latest_packet(each.path) is not None)
            for each in self._same(self._open, filing)
        )
        return tuple(each for each in made if each is not None)

    def _same(self, found: Iterable[_Read], filing: Filing) -> Iterator[_Read]:
        wanted = parties_of(filing)
        if wanted.issuer and wanted.persons and all(wanted.persons):
            yield from (each for each in found if parties_of(each.draft.filing) == wanted)

    # ---- who is in them

    def open_count(self) -> Counter[Parties]:
        """How many open drafts there are of each, the last saved first."""
        every = (parties_of(each.draft.filing) for each in self._open)
        return Counter(each for each in every if each.issuer and each.persons and all(each.persons))

    def newest(self, parties: Parties) -> Draft | None:
        """The last saved draft of just these persons about this issuer."""
        return next(
            (each.draft for each in self._open if parties_of(each.draft.filing) == parties and _named(each)),
            None,
        )

    def persons(self) -> dict[str, str]:
        """Every person's name by CIK."""
        owners = [owner for each in self._open for owner in each.draft.filing.owners]
        return {bare_cik(o.cik): o.name for o in reversed(owners) if o.cik and o.name}

    def issuers(self) -> dict[str, Issuer]:
        """Every issuer by CIK."""
        issuers = [each.draft.filing.issuer for each in self._open]
        return {bare_cik(i.cik): i for i in reversed(issuers) if i.cik and i.name}

    def person(self, cik: str, issuer: str) -> Owner | None:
        """A person as the last saved draft has them; with the relationship only where it is about the issuer."""
        found = [
            (bare_cik(each.draft.filing.issuer.cik) == issuer, owner)
            for each in self._open
            for owner in each.draft.filing.owners
            if cik and bare_cik(owner.cik) == cik and owner.name
        ]
        best = next((owner for same, owner in found if same), None)
        if best is not None or not found:
            return best
        other = found[0][1]
        return Owner(cik=other.cik, name=other.name, address=other.address)

    def addresses(self, issuer: str, but: Sequence[str]) -> tuple[Address, ...]:
        """The addresses of the other persons at an issuer."""
        return tuple(
            owner.address
            for each in self._open
            if issuer and bare_cik(each.draft.filing.issuer.cik) == issuer
            for owner in each.draft.filing.owners
            if bare_cik(owner.cik) not in but and owner.address != NO_ADDRESS
        )


def _named(each: _Read) -> bool:
    return bool(each.draft.filing.issuer.name) and all(owner.name for owner in each.draft.filing.owners)


_CARE_OF: Final = ("C/O ", "C/O:", "CARE OF ")


def business_address(addresses: Iterable[Address]) -> Address | None:
    """The address that others at an issuer give most often, of those in care of someone; None without one.

    A street without C/O may be someone's home, and is offered to no one else.
    """
    plain = [a for a in addresses if a.street1 and a.street1.upper().startswith(_CARE_OF)]
    counted = Counter(plain).most_common(1)
    return counted[0][0] if counted else None


_NAME: Final = 30
_SYMBOL: Final = 20


def person_line(names: Sequence[str], about: str, state: str) -> str:
    """``Okafor Adaeze N · EXMP · Form 4 filed 11/04/2024``."""
    first, *others = names
    who = f"{first[: 24 if others else _NAME]}{f' + {len(others)} more' if others else ''}"
    return f"{who} · {about[:_SYMBOL].rstrip()} · {state}"
