"""What the register offers while an interview runs. No part of the draft on disk.

Every screen is a function of the draft and of this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.draft import Draft
    from form4_author.model.interview import CarriedLine
    from form4_author.model.party import Address
    from form4_author.wizard.option import Option

__all__ = ["EMPTY", "Clerk", "OtherDraft", "Shelf", "SignerOption"]


class SignerOption(NamedTuple):
    """Someone who may sign for a person."""

    key: str
    agent: str
    capacity: str
    details: str
    """Since when, until when, where on file."""
    warning: str = ""
    """That it ends soon; empty where it does not."""
    wording: str = ""
    """How a signature under it read last."""
    on_file: bool = True
    """Whether it is known with which filing it is on file."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtherDraft:
    """Another draft of the same persons about the same issuer that is not filed, and has a line."""

    file: str
    """Its path."""
    name: str
    """What it reports: ``gift of 11/25/2026``."""
    what: str
    """The same with the weekday: ``gift of Wed 11/25/2026``."""
    state: str
    """``packet made`` or ``draft``."""
    lines: tuple[CarriedLine, ...]
    """Every line after it."""
    shown: tuple[CarriedLine, ...]
    """Those of them that it shows."""
    held: Mapping[str, str]
    """What it leaves those at, by line."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shelf:
    """What the register and other drafts offer for one draft."""

    beginnings: tuple[Option, ...] = ()
    """Whom a form may be about."""
    persons: tuple[str, ...] = ()
    """``0001626115  Thakar Sumedh S``: what completes a CIK being typed."""
    issuers: tuple[str, ...] = ()
    company: tuple[str, str] = ("", "")
    """Name and symbol of the issuer in the SEC's list of companies."""
    classes: tuple[str, ...] = ()
    """The issuer's titles of Table I."""
    series: tuple[CarriedLine, ...] = ()
    """The issuer's derivative securities, as lines that no one holds yet."""
    authorities: tuple[tuple[SignerOption, ...], ...] = ()
    """Who may sign, for each reporting person."""
    notes: tuple[tuple[str, str], ...] | None = None
    """Name and text of each footnote of the library; None where there is no library."""
    styles: Mapping[str, str] = field(default_factory=dict)
    address: Address | None = None
    """The business address that others at the issuer give."""
    others: tuple[OtherDraft, ...] = ()
    """Open drafts of the same persons about the issuer, the last saved first."""


EMPTY: Final = Shelf()


class Clerk(Protocol):
    """Who fetches from the register and puts into it. What can't be had is in ``messages``; nothing is raised."""

    def shelf(self, draft: Draft) -> Shelf:
        """What is available for this draft."""

    def started_draft(self, draft: Draft, choice: str) -> Draft:
        """The draft about those who were chosen from ``Shelf.beginnings``."""

    def filled(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """The draft with what is known of persons and issuer of whom it has the CIK only, and words on that."""

    def renewed(self, draft: Draft) -> tuple[Draft, tuple[str, ...]]:
        """The draft with what forms filed since it was begun left each line at, and a word on that."""

    def keep(self, text: str) -> bool:
        """One more footnote in the library; whether it is there now."""

    def place_power(self, key: str, accession: str) -> bool:
        """With which filing a power of attorney is on file is on record; whether it is there now."""

    def messages(self) -> tuple[str, ...]:
        """What went wrong since this was asked last."""
