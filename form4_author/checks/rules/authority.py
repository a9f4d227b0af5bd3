"""Powers of attorney and authentication documents behind the signatures.

Sources: Form 4 General Instruction 7(a); Regulation S-T, Rule 302(b); Rule 16a-3(i). All ask the register; whether it
knows everything, it can't tell, so nothing here is more than a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.rules.signature import names_person, quoted, signs_for_another
from form4_author.deadlines import years_after
from form4_author.findings import Hit, Severity
from form4_author.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from form4_author.model.facts import Authentication, PowerOfAttorney
    from form4_author.model.filing import Filing
    from form4_author.model.party import Signature

__all__ = ["RULES"]

_POWERS: Final = When(needs=("powers",))
_PAPERS: Final = When(needs=("authentications",))
_KEPT: Final = 5
"""Years for which an authentication document is kept after the filing."""
_ATTESTATION_KEPT: Final = 7
"""Years for which an attestation is kept after the last document signed electronically under it."""
_SUBSTITUTE: Final = Pattern(r"substitut", re.IGNORECASE)


def _agents(filing: Filing) -> Iterator[tuple[int, Signature]]:
    """The signatures by somebody who signs under a power of attorney."""
    for index, signature in enumerate(filing.signatures):
        if signature.name and signs_for_another(signature.name):
            yield index, signature


def _powers(filing: Filing, context: Context) -> tuple[PowerOfAttorney, ...]:
    """The powers on record of these reporting persons, for this issuer."""
    issuer = (filing.issuer.cik or "").lstrip("0")
    return tuple(
        power
        for power in context.facts.powers or ()
        if power.issuer_cik is None or power.issuer_cik.lstrip("0") == issuer
        if any(names_person(power.principal, owner.name) for owner in filing.owners)
    )


def _holds(power: PowerOfAttorney, day: date) -> bool:
    ends = [end for end in (power.until, power.revoked) if end is not None]
    return (power.signed is None or power.signed <= day) and all(day <= end for end in ends)


def _day(signature: Signature, context: Context) -> date:
    return signature.date or context.as_of


def _attached(context: Context) -> bool:
    attachments = context.submission.attachments if context.submission is not None else ()
    return any((attachment.type or "").startswith("EX-24") for attachment in attachments)


@rule("SIG-006", "No power of attorney on record", Severity.WARNING, cite.FORM4_INSTR_7A, when=_POWERS)
def authority_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """Somebody signs under a power of attorney, none is attached, and none of the person is on record.

    Why: It is attached, or filed as soon as practicable in an amendment, unless one still in effect is on file.
    Fix: Attach it as EX-24, or enter the one that is on file.
    Silent: When one is attached, or on record for this person and issuer.
    Rejected: known.powers = []
    Accepted: known.powers = [{"principal": "Thakar Sumedh S", "agents": ["Bruce Posey"]}]
    """
    if _attached(context) or _powers(filing, context):
        return
    for index, signature in _agents(filing):
        yield Hit(
            ("signatures", index, "name"),
            f'"{quoted(signature.name or "")}" signs under a power of attorney; none is attached or on record',
        )


@rule(
    "SIG-010", "Agent not named in the power of attorney", Severity.WARNING, cite.FORM4_INSTR_7A, when=_POWERS
)
def agent_not_named(filing: Filing, context: Context) -> Iterator[Hit]:
    """Somebody signs under a power of attorney, and those on record name other agents.

    Why: It has to designate the person who signs; a substitute needs evidence of the substitution.
    Fix: Let a named agent sign, or enter the power that names this one.
    Silent: When one is attached to this form, or none is on record; for a substitute who says so.
    Rejected: known.powers = [{"principal": "Sumedh S. Thakar", "agents": ["Sam Roe"]}]
    Accepted: known.powers = [{"principal": "Sumedh S. Thakar", "agents": ["Sam Roe", "Bruce Posey"]}]
    """
    powers = _powers(filing, context)
    named = [agent for power in powers for agent in power.agents]
    if _attached(context) or not named:
        return
    for index, signature in _agents(filing):
        name = signature.name or ""
        if not _SUBSTITUTE.search(name) and not any(names_person(name, agent) for agent in named):
            yield Hit(
                ("signatures", index, "name"),
                f'"{quoted(name)}" names none of the agents on record: {", ".join(dict.fromkeys(named))}',
            )


@rule("SIG-011", "Power of attorney not in effect", Severity.WARNING, cite.FORM4_INSTR_7A, when=_POWERS)
def power_not_in_effect(filing: Filing, context: Context) -> Iterator[Hit]:
    """Somebody signs under a power of attorney, and each on record ended before, or was signed after, the signature.

    Why: It has to be still in effect when the form is signed.
    Fix: Have a new one signed and attach it.
    Silent: When one is attached to this form, or none is on record.
    Rejected: known.powers = [{"principal": "Sumedh S. Thakar", "agents": ["Bruce Posey"], "until": "2024-11-03"}]
    Accepted: known.powers = [{"principal": "Sumedh S. Thakar", "agents": ["Bruce Posey"], "until": "2024-11-04"}]
    """
    powers = _powers(filing, context)
    if _attached(context) or not powers:
        return
    for index, signature in _agents(filing):
        day = _day(signature, context)
        if not any(_holds(power, day) for power in powers):
            ends = (min((e for e in (p.until, p.revoked) if e is not None), default=None) for p in powers)
            last = max((end for end in ends if end is not None), default=None)
            ended = f"ended on {last}" if last is not None and last < day else "was signed later"
            yield Hit(
                ("signatures", index, "date"),
                f"Signed on {day} under a power of attorney that {ended}",
                related=(("signatures", index, "name"),),
            )


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
    Rejected: known.authentications = []
    Accepted: known.authentications = [{"signatory": "Bruce Posey", "signed_at": "2024-11-04T16:00-05:00"}]
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
    Rejected: known.authentications = [{"signatory": "Bruce Posey", "electronic": true}]
    Accepted: known.authentications = [{"signatory": "Bruce Posey", "electronic": true, "attested": "2024-01-15"}]
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
    Rejected: known.authentications = [{"signatory": "Bruce Posey", "retain_until": "2029-11-03"}]
    Accepted: known.authentications = [{"signatory": "Bruce Posey", "retain_until": "2029-11-04"}]
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
    authority_missing,
    agent_not_named,
    power_not_in_effect,
    authentication_missing,
    attestation_missing,
    retention_too_short,
)
