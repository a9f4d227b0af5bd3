"""Authentication documents for the signatures, and attestations for electronic signatures.

Sources: Regulation S-T, Rule 302(b); Rule 16a-3(i). All ask the register, which may be incomplete, so that nothing
here is more than a warning.
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

_ASKS: Final = When(needs=("authentications",))
_RETAINED: Final = 5
"""Years for which an authentication document is retained after the filing."""
_ATTESTATION_RETAINED: Final = 7
"""Years for which an attestation is retained after the last document signed electronically under it."""


def _documents(signature: Signature, context: Context) -> tuple[Authentication, ...]:
    """The authentication documents on record of whoever signed here."""
    return tuple(
        a for a in context.facts.authentications or () if names_person(signature.name or "", a.signatory)
    )


@rule(
    "SIG-012",
    "No authentication document before the filing",
    Severity.WARNING,
    cite.REGULATION_ST_302B,
    cite.RULE_16A_3I,
    when=_ASKS,
)
def authentication_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """At filing, the signatory's authentication document is not on record or has a later date.

    Why: Each signatory signs one before or at the time of filing; the filer retains it for five years.
    Fix: Have it signed before the form is filed.
    Silent: On published filings; without a signature.
    """
    if not context.profile.will_be_sent:
        return
    at = context.facts.filing_at
    for index, signature in enumerate(filing.signatures):
        if not signature.name:
            continue
        documents = _documents(signature, context)
        where = ("signatures", index, "name")
        if not documents:
            yield Hit(where, f'No authentication document of "{quoted(signature.name)}" is on record')
            continue
        signed = min((a.signed_at for a in documents if a.signed_at is not None), default=None)
        if signed is not None and at is not None and signed > at:
            yield Hit(
                where,
                f"The authentication document is signed at {signed:%Y-%m-%d %H:%M}, after the filing at"
                f" {at:%Y-%m-%d %H:%M}",
            )


@rule(
    "SIG-013",
    "No attestation before an electronic signature",
    Severity.WARNING,
    cite.REGULATION_ST_302B,
    when=_ASKS,
)
def attestation_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """The signatory signs an authentication document electronically without a prior attestation signed by hand.

    Why: Before the first electronic signature, the signatory attests by hand that it is the legal equivalent of a
    manual signature.
    Fix: Have the attestation signed by hand and enter its date.
    Silent: For documents signed by hand, and when it is not known how they were signed.
    """
    for index, signature in enumerate(filing.signatures):
        for document in _documents(signature, context):
            late = (
                document.attested is not None
                and document.signed_at is not None
                and document.attested > document.signed_at.date()
            )
            if document.electronic and (document.attested is None or late):
                state = f"signed on {document.attested}, later" if late else "not on record"
                yield Hit(
                    ("signatures", index, "name"),
                    f"{document.signatory} signs the authentication document electronically; the attestation is"
                    f" {state}",
                )


@rule(
    "SIG-014",
    "Authentication document or attestation retained too briefly",
    Severity.NOTE,
    cite.REGULATION_ST_302B,
    when=_ASKS,
)
def retention_too_short(filing: Filing, context: Context) -> Iterator[Hit]:
    """The retention date is less than five years (authentication document) or seven (attestation) after filing.

    Why: The filer retains the document for five years, and the attestation for seven years after the last signature
    under it.
    Fix: Enter the later date.
    Silent: When the filing date is not known.
    """
    filed = context.filing_day
    if filed is None:
        return
    for index, signature in enumerate(filing.signatures):
        for document in _documents(signature, context):
            for until, years, what in (
                (document.retain_until, _RETAINED, "authentication document"),
                (document.attestation_retain_until, _ATTESTATION_RETAINED, "attestation"),
            ):
                due = years_after(filed, years)
                if until is not None and until < due:
                    yield Hit(
                        ("signatures", index, "name"),
                        f"The {what} of {document.signatory} is retained until {until}, not {due} ({years} years after"
                        f" {filed})",
                    )


RULES: Final[tuple[Rule, ...]] = (
    authentication_missing,
    attestation_missing,
    retention_too_short,
)
