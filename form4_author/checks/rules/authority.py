"""Powers of attorney for the signatures: on record, or attached as Exhibit 24.

Source: Form 4 General Instruction 7(a). The register may be incomplete, and an exhibit is a text: nothing here is more
than a warning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, rule
from form4_author.checks.rules.signature import names_person, quoted, signs_for_another
from form4_author.findings import Hit, Severity
from form4_author.ident.cik import bare_cik
from form4_author.model.conformed_signature import signer_of
from form4_author.model.facts import PowerOfAttorney
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.party import Owner, Signature
    from form4_author.model.power_of_attorney import PowerReading
    from form4_author.model.submission import Attachment

__all__ = ["RULES"]

_SUBSTITUTE: Final = Pattern(r"substitut", re.IGNORECASE)


def _agents(filing: Filing) -> Iterator[tuple[int, Signature]]:
    """The signatures of attorneys-in-fact."""
    for index, signature in enumerate(filing.signatures):
        if signature.name and signs_for_another(signature.name):
            yield index, signature


def _powers(filing: Filing, context: Context) -> tuple[PowerOfAttorney, ...]:
    """The powers of attorney on record of these reporting persons, for this issuer."""
    issuer = bare_cik(filing.issuer.cik)
    return tuple(
        power
        for power in context.facts.powers or ()
        if power.issuer_cik is None or bare_cik(power.issuer_cik) == issuer
        if any(_gives(owner, power) for owner in filing.owners)
    )


def _gives(owner: Owner, power: PowerOfAttorney) -> bool:
    """Whether the person gave it: by CIK where it has one, since submission XML has no names."""
    if power.principal_cik and owner.cik:
        return bare_cik(power.principal_cik) == bare_cik(owner.cik)
    return names_person(power.principal, owner.name)


def _of_signer(powers: Iterable[PowerOfAttorney], signature: Signature) -> list[PowerOfAttorney]:
    """Those that name the signer, or no attorney-in-fact; of these the recorded ones, where one is recorded.

    One that is only inferred from earlier signatures has no dates, and it is not known where it is on file.
    """
    signer = signer_of(signature.name or "").name
    own = [p for p in powers if not p.agents or any(names_person(signer, agent) for agent in p.agents)]
    return [p for p in own if _is_recorded(p)] or own


def _is_recorded(power: PowerOfAttorney) -> bool:
    return any((power.signed, power.until, power.revoked, power.accession_number))


def _holds(power: PowerOfAttorney, day: date) -> bool:
    ends = [end for end in (power.until, power.revoked) if end is not None]
    return (power.signed is None or power.signed <= day) and all(day <= end for end in ends)


def _day(signature: Signature, context: Context) -> date:
    return signature.date or context.as_of


def _attached(context: Context) -> bool:
    return bool(_exhibits(context))


def _exhibits(context: Context) -> list[tuple[Path, Attachment]]:
    """The powers of attorney attached to the form."""
    attachments = context.submission.attachments if context.submission is not None else ()
    return [(("attachments", i), a) for i, a in enumerate(attachments) if (a.type or "").startswith("EX-24")]


def _readings(context: Context) -> list[tuple[Path, PowerReading]] | None:
    """What the attached ones say; None where one of them is not a text, or is attached to a published filing."""
    exhibits = _exhibits(context)
    if not exhibits:
        return []
    if not context.profile.will_be_sent:
        return None
    from form4_author.model.power_of_attorney import power_reading

    read = [(path, power_reading(a.content, a.name or "")) for path, a in exhibits]
    known = [(path, reading) for path, reading in read if reading is not None]
    return known if len(known) == len(read) else None


@rule(
    "SIG-006", "Attorney-in-fact without a power of attorney on record", Severity.WARNING, cite.FORM4_INSTR_7A
)
def authority_missing(filing: Filing, context: Context) -> Iterator[Hit]:
    """An attorney-in-fact signs, but the power of attorney is neither attached nor known to be on file.

    Why: It is attached, or filed as soon as practicable in an amendment, unless one still in effect is on file.
    Fix: Attach it as EX-24, or enter the accession number of the filing with which it is on file.
    Silent: When one is attached, or the signer's own has its accession number on record; earlier signatures do not
    count. When the register is not consulted and nothing is attached; when all on record name other attorneys-in-fact
    (SIG-010). In a joint filing, when an attached one names the person signed for.
    """
    if _attached(context):
        yield from _principals_without(filing, context)
    elif context.facts.powers is not None:
        powers = _powers(filing, context)
        for index, signature in _agents(filing):
            signs = f'"{quoted(signature.name or "")}" signs under a power of attorney'
            own = _of_signer(powers, signature)
            if not powers:
                yield Hit(("signatures", index, "name"), f"{signs}, but none is attached or on record")
            elif own and not any(power.accession_number for power in own):
                yield Hit(
                    ("signatures", index, "name"), f"{signs} that is neither attached nor known to be on file"
                )


def _principals_without(filing: Filing, context: Context) -> Iterator[Hit]:
    """The signatures of a joint filing for a person without a power of attorney, attached or on record."""
    readings = _readings(context)
    if readings is None or len(filing.owners) < 2:
        return
    for index, signature in _agents(filing):
        whom = [o.name for o in filing.owners if o.name and names_person(signature.name or "", o.name)]
        if len(whom) != 1 or any(names_person(reading.text, whom[0]) for _path, reading in readings):
            continue
        if not any(names_person(power.principal, whom[0]) for power in _powers(filing, context)):
            yield Hit(
                ("signatures", index, "name"),
                f'"{quoted(signature.name or "")}" signs for {whom[0]}, but no attached power of attorney names'
                " that person",
                related=tuple(path for path, _reading in readings),
            )


@rule("SIG-010", "Signer not named in the power of attorney", Severity.WARNING, cite.FORM4_INSTR_7A)
def agent_not_named(filing: Filing, context: Context) -> Iterator[Hit]:
    """An attorney-in-fact signs, but the powers of attorney attached and on record name others.

    Why: A power of attorney must designate the person who signs; a substitute needs evidence of the substitution.
    Fix: Have a named attorney-in-fact sign, or attach or enter the power of attorney that names the signer.
    Silent: When the attorneys-in-fact of an attached one cannot be read, or its text has the signer's name anywhere;
    when none is attached or on record; for a substitute who says so; on published filings, for those attached to
    them.
    """
    if not context.facts.powers and context.submission is None:
        return
    readings = _readings(context)
    if readings is None or not all(reading.agents for _path, reading in readings):
        return
    attached = [agent for _path, reading in readings for agent in reading.agents]
    named = attached + [agent for power in _powers(filing, context) for agent in power.agents]
    if not named:
        return
    where = "in the attached power of attorney" if attached else "on record"
    for index, signature in _agents(filing):
        name = signature.name or ""
        if _SUBSTITUTE.search(name) or any(names_person(name, agent) for agent in named):
            continue
        if not any(names_person(reading.text, signer_of(name).name) for _path, reading in readings):
            yield Hit(
                ("signatures", index, "name"),
                f'"{quoted(name)}" is not an attorney-in-fact {where}: {", ".join(dict.fromkeys(named))}',
                related=tuple(path for path, _reading in readings),
            )


@rule("SIG-011", "Power of attorney not in effect", Severity.WARNING, cite.FORM4_INSTR_7A)
def power_not_in_effect(filing: Filing, context: Context) -> Iterator[Hit]:
    """An attorney-in-fact signs, but each known power of attorney had ended or was signed later.

    Why: It must be in effect when the form is signed.
    Fix: Have a new one signed and attach it.
    Silent: When none is attached or on record; when an attached one cannot be read or has no date; on published
    filings, for those attached to them.
    """
    if not context.facts.powers and context.submission is None:
        return
    readings = _readings(context)
    if readings is None:
        return
    attached = [PowerOfAttorney("", signed=r.signed, until=r.until) for _path, r in readings]
    recorded = _powers(filing, context)
    powers = [*recorded, *attached]
    if not powers:
        return
    for index, signature in _agents(filing):
        day = _day(signature, context)
        own = [*_of_signer(recorded, signature), *attached] or powers
        if not any(_holds(power, day) for power in own):
            ends = (min((e for e in (p.until, p.revoked) if e is not None), default=None) for p in own)
            last = max((end for end in ends if end is not None), default=None)
            ended = f"ended on {last}" if last is not None and last < day else "was signed later"
            yield Hit(
                ("signatures", index, "date"),
                f"Signed on {day} under a power of attorney that {ended}",
                related=(("signatures", index, "name"), *(path for path, _reading in readings)),
            )


RULES: Final[tuple[Rule, ...]] = (
    authority_missing,
    agent_not_named,
    power_not_in_effect,
)
