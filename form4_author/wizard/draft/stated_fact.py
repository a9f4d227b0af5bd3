"""What a draft states beside the form: answers of the interview that no field reports and the checks ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.model.facts import Facts, IssuerFacts, joined
from form4_author.wizard.draft.answer import node

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["issuer_facts", "with_stated"]


def with_stated(data: Mapping[str, Any], facts: Facts) -> Facts:
    """The facts known, and what the draft states where they are silent.

    Only a foreign private issuer is a statement: "no" is also the proposal for an issuer without a foreign symbol.
    """
    plain = dict(data)
    if node(plain, ("interview", "foreign_issuer")) != "yes":
        return facts
    cik = node(plain, ("issuer", "cik"))
    issuer = IssuerFacts(cik=cik if isinstance(cik, str) else None, foreign_private=True)
    return joined(facts, Facts(issuer=issuer))


def issuer_facts(data: Mapping[str, Any], facts: IssuerFacts | None) -> IssuerFacts | None:
    """What is known of the draft's issuer: facts from elsewhere, and what the draft states where they are silent."""
    return with_stated(data, Facts(issuer=facts)).issuer
