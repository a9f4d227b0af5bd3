"""What is known of issuers wherever a due date is shown: the register is read once for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from form4_author.desk.register import register_at, register_of
from form4_author.errors import Form4Error
from form4_author.ident.cik import bare_cik
from form4_author.model.facts import Facts, IssuerFacts, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.filing import Filing

__all__ = ["Issuers", "issuers_at"]


@dataclass(frozen=True, slots=True)
class Issuers:
    """Facts by issuer."""

    by_cik: Mapping[str, IssuerFacts] = field(default_factory=dict)
    """From the register, by CIK without leading zeros."""
    given: IssuerFacts | None = None
    """From a file of facts; it comes before the register, as in ``form4 check``."""

    def of(self, filing: Filing) -> IssuerFacts | None:
        """What is known of the form's issuer; None where that is nothing."""
        recorded = self.by_cik.get(bare_cik(filing.issuer.cik))
        return joined(Facts(issuer=self.given), Facts(issuer=recorded)).issuer


def issuers_at(place: str | None, given: IssuerFacts | None = None) -> tuple[Issuers, str]:
    """What is known of issuers, where there is a register; and why it can't be used, where that is so.

    ``place``: the register named, which must exist; None for the usual one, which need not.
    """
    try:
        if not place and not register_at(None).is_there:
            return Issuers(given=given), ""
        from form4_author.register.facts import issuer_facts

        with register_of(place).reading() as session:
            return Issuers(issuer_facts(session), given), ""
    except Form4Error as error:
        return Issuers(given=given), error.problem
