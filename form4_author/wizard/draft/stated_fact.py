"""What a draft states beside the form: answers of the interview that no field reports and the checks ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from form4_author.model.facts import Facts, IssuerFacts, StartedFrom, joined
from form4_author.wizard.draft.row_value import number

if TYPE_CHECKING:
    from form4_author.model.draft import Draft

__all__ = ["issuer_facts", "with_stated"]


def with_stated(draft: Draft, facts: Facts) -> Facts:
    """The facts known, and what the draft states where they are silent.

    Only a foreign private issuer is a statement: "no" is also the proposal for an issuer without a foreign symbol.
    """
    start = draft.interview.start
    if start.file is not None and facts.started_from is None:
        held = tuple(
            (line, total) for line, text in start.held.items() if (total := number(text)) is not None
        )
        facts = replace(facts, started_from=StartedFrom(start.file, start.what or "", held))
    if draft.interview.foreign_issuer != "yes":
        return facts
    issuer = IssuerFacts(cik=draft.filing.issuer.cik, foreign_private=True)
    return joined(facts, Facts(issuer=issuer))


def issuer_facts(draft: Draft, facts: IssuerFacts | None) -> IssuerFacts | None:
    """What is known of the draft's issuer: facts from elsewhere, and what the draft states where they are silent."""
    return with_stated(draft, Facts(issuer=facts)).issuer
