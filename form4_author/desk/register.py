"""The register for the commands that use it: where it is, opened, and the cards that words mean."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from form4_author.register.place import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing
    from form4_author.register.database import Register
    from form4_author.register.place import RegisterPlace

__all__ = ["after_filing", "names_missing", "register_at", "register_of", "report_upgrade", "with_names"]


def register_at(location: str | None) -> RegisterPlace:
    """Where the register is: at ``location``, else as ``FORM4_REGISTER`` says, else in the data folder."""
    return place_of(location or os.environ.get("FORM4_REGISTER"))


def register_of(location: str | None, *, create: bool = False, as_it_is: bool = False) -> Register:
    """The register, opened; ``as_it_is``: one of an older shape is not upgraded.

    Raises Form4Error where there is none and none is to be made.
    """
    from form4_author.register.database import opened

    register = opened(register_at(location), create=create, as_it_is=as_it_is)
    report_upgrade(register)
    return register


def report_upgrade(register: Register) -> None:
    """Log what upgrading the register changed, once; a program that does not handle logs has it on standard error."""
    import logging  # SQLAlchemy has loaded it by then

    log = logging.getLogger(__name__)
    if register.former_copy is not None:
        log.warning("The register was upgraded; the former one is saved at %s.", register.former_copy)
    for note in register.notes:
        log.warning("%s.", note)
    register.former_copy, register.notes = None, ()


def with_names(filing: Filing, location: str | None) -> Filing:
    """The form with the names that the register knows, where it is one as it is sent and there is a register."""
    if not _nameless(filing) or not register_at(location).is_there:
        return filing
    from form4_author.register.facts import named

    with register_of(location).reading() as session:
        return named(session, filing)


def names_missing(filing: Filing) -> str:
    """What is left to do where XML as it is sent names no one, as a line; empty for any other form."""
    return "Submission XML contains no names. Fill them in.\n" if _nameless(filing) else ""


def _nameless(filing: Filing) -> bool:
    return any(cik and not name for cik, name in _parties(filing))


def _parties(filing: Filing) -> Iterator[tuple[str | None, str | None]]:
    yield filing.issuer.cik, filing.issuer.name
    yield from ((owner.cik, owner.name) for owner in filing.owners)


def after_filing(draft: object, forms: int = 1) -> str:
    """What is left to do for the register once the forms of a draft were filed."""
    numbers = " ".join(["--accession NUMBER"] * forms)
    return f"When EDGAR has accepted it: form4 filed {draft} {numbers}"
