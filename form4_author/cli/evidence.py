"""What a draft tells of powers of attorney: the exhibits that go with it, and those that are on file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from form4_author.cli.attachment import attachments_of, named_for_edgar
from form4_author.errors import UnreadableInput
from form4_author.model.facts import Facts, PowerOfAttorney

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from form4_author.model.submission import Attachment

__all__ = ["exhibits_of", "powers_go_along", "with_powers_told"]


def exhibits_of(draft: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """The powers of attorney that the filer attached, under names EDGAR takes; a file that is gone is not there."""
    files = dict.fromkeys(str(said["exhibit"]) for _owner, said in _signing(draft) if said.get("exhibit"))
    found: list[Attachment] = []
    for file in files:
        try:
            found += attachments_of([(file, "EX-24")])
        except UnreadableInput:  # SIG-006 then says that none is attached
            continue
    return tuple(named_for_edgar(attachment, number) for number, attachment in enumerate(found, 1))


def powers_go_along(draft: Mapping[str, Any]) -> bool:
    """Whether every power under which the form is signed is attached to it."""
    asked = [said.get("exhibit") for _owner, said in _signing(draft)]
    return bool(asked) and all(asked)


def with_powers_told(draft: Mapping[str, Any], facts: Facts) -> Facts:
    """The facts with what the filer was asked of the powers under which the form is signed."""
    asked = [(owner, said) for owner, said in _signing(draft) if said.get("evidence")]
    if not asked:
        return facts
    told = [
        PowerOfAttorney(
            principal=str(owner.get("name") or ""),
            agents=(str(said["agent"]),),
            accession_number=str(said["accession_number"]),
            principal_cik=owner.get("cik"),
        )
        for owner, said in asked
        if said.get("accession_number") and said.get("agent")
    ]
    return replace(facts, powers=(*(facts.powers or ()), *told))


def _signing(draft: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each reporting person whom an attorney-in-fact signs for, with what was answered on it."""
    interview = draft.get("interview")
    listed = interview.get("signing") if isinstance(interview, dict) else None
    owners = draft.get("owners")
    for owner, said in zip(
        owners if isinstance(owners, list) else [], listed if isinstance(listed, list) else [], strict=False
    ):
        if (
            isinstance(owner, dict)
            and isinstance(said, dict)
            and said.get("capacity") in ("attorney", "power")
        ):
            yield owner, said
