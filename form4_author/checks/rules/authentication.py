"""Authentication documents behind the signatures, and the attestations behind electronic ones.

Sources: Regulation S-T, Rule 302(b); Rule 16a-3(i). All ask the register; whether it knows everything, it can't tell,
so nothing here is more than a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.rules.signature import names_person, quoted
from form4_author.findings import Hit, Severity
from form4_author.timing.deadline import years_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.facts import Authentication
    from form4_author.model.filing import Filing
    from form4_author.model.party import Signature

__all__ = ["RULES"]

_PAPERS: Final = When(needs=("authentications",))
_KEPT: Final = 5
"""Years for which an authentication document is kept after the filing."""
_ATTESTATION_KEPT: Final = 7
"""Years for which an attestation is kept after the last document signed electronically under it."""


def _papers(signature: Signature, context: Context) -> tuple[Authentication, ...]:
    """The authentication documents on record of whoever signed here."""
    return tuple(
        a for a in context.facts.authentications or () if names_person(signature.name or "", a.signatory)
    )


@rule(
    "SIG-012",
    "No authentication document",
    Severity.WARNING,
    cite.REGULATION_ST_302B,
    cite.RULE_16A_3I,
    when=_PAPERS,
)
def authentication_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """A form is about to be sent, and no authentication document of the signatory is on record, or it is signed later.

    Why: Each signatory signs one before or at the time of filing; the filer keeps it for five years.
    Fix: Have it signed before the form is sent.
    Silent: On published forms; without a signature.
    """
    if not context.profile.will_be_sent:
        return
    at = context.facts.filing_at
    for index, signature in enumerate(filing.signatures):
        if not signature.name:
            continue
        papers = _papers(signature, context)
        where = ("signatures", index, "name")
        if not papers:
            yield Hit(where, f'No authentication document of "{quoted(signature.name)}" is on record')
            continue
        signed = min((a.signed_at for a in papers if a.signed_at is not None), default=None)
        if signed is not None and at is not None and signed > at:
            yield Hit(
                where,
                f"The authentication document is signed at {signed:%Y-%m-%d %H:%M}, after the filing at"
                f" {at:%Y-%m-%d %H:%M}",
            )


@rule(
    "SIG-013",
    "No attestation behind an electronic signature",
    Severity.WARNING,
    cite.REGULATION_ST_302B,
    when=_PAPERS,
)
def attestation_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """An authentication document is signed electronically, and the signatory had not signed the attestation by hand.

    Why: Before the first electronic signature the signatory attests by hand that it is as good as a manual one.
    Fix: Have the attestation signed by hand and enter its date.
    Silent: For documents signed by hand, and while it is not known how they were signed.
    """
    for index, signature in enumerate(filing.signatures):
        for paper in _papers(signature, context):
            late = (
                paper.attested is not None
                and paper.signed_at is not None
                and paper.attested > paper.signed_at.date()
            )
            if paper.electronic and (paper.attested is None or late):
                told = f"signed on {paper.attested}, later" if late else "not on record"
                yield Hit(
                    ("signatures", index, "name"),
                    f"{paper.signatory} signs the authentication document electronically; the attestation is {told}",
                )


@rule("SIG-014", "Papers kept too short", Severity.NOTE, cite.REGULATION_ST_302B, when=_PAPERS)
def retention_too_short(filing: Filing, context: Context) -> Iterator[Hit]:
    """An authentication document is kept for less than five years after filing, or an attestation for less than seven.

    Why: The filer keeps the document five years, the attestation seven after the last signature under it.
    Fix: Enter the later date.
    Silent: While the day of filing is not known.
    """
    filed = context.filing_day
    if filed is None:
        return
    for index, signature in enumerate(filing.signatures):
        for paper in _papers(signature, context):
            for until, years, what in (
                (paper.retain_until, _KEPT, "authentication document"),
                (paper.attestation_retain_until, _ATTESTATION_KEPT, "attestation"),
            ):
                due = years_after(filed, years)
                if until is not None and until < due:
                    yield Hit(
                        ("signatures", index, "name"),
                        f"The {what} of {paper.signatory} is kept until {until}; {years} years after {filed} are {due}",
                    )


RULES: Final[tuple[Rule, ...]] = (
    authentication_missing,
    attestation_missing,
    retention_too_short,
)
