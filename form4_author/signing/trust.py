"""What signatures are worth: whose they are, when they were made, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from textwrap import shorten
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from form4_author.model.conformed_signature import signer_of
from form4_author.signing.name import misleading_characters, same_person
from form4_author.signing.proof import Later
from form4_author.signing.remark import note, ok, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.remark import Remark
    from form4_author.signing.seal import SignaturePlace

__all__ = ["Demand", "signatory_of", "signature_remarks"]

_SKEW: Final = timedelta(minutes=5)
"""By how much two clocks may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is asked of signatures."""

    at: datetime
    """Now."""
    trust: bool = False
    """Whether a signature that leads to no trusted root is a problem, as is a place that is not signed."""
    names: tuple[str, ...] = ()
    """Names of certificates that may be in any place."""


def signatory_of(label: str) -> str:
    """The individual whose place this is, by its label."""
    return signer_of(label.partition(": ")[2]).name


def signature_remarks(
    signed: Sequence[PdfSignature], places: Sequence[SignaturePlace], demand: Demand
) -> Iterator[Remark]:
    """What the signatures prove, and the places that have none."""
    for signature in signed:
        yield from _on_signature(signature, demand)
        if signature.intact:
            yield from _on_names(signature, places, demand)
    yield from _on_empty([place.field for place in places if not place.signed], demand, signed=bool(signed))


def _on_signature(signature: PdfSignature, demand: Demand) -> Iterator[Remark]:
    field = f'"{signature.field}"'
    if not signature.intact:
        yield problem("signature", f"{field} is broken: what it covers is not what was signed")
        return
    if not signature.whole:
        yield problem("signature", f"{field} leaves out a part of the file as it was then")
    elif signature.later is Later.CHANGES:
        yield problem("signature", f"the file was changed after {field} was signed")
    else:
        covers = (
            "the whole file"
            if signature.later is Later.NOTHING
            else "the file as it was then; only signatures and evidence were added since"
        )
        yield ok("signature", f"{field} is intact and covers {covers}")
    yield _on_time(signature, demand)
    yield from _on_times(signature, demand)
    yield _on_trust(signature, demand)
    for weak in signature.weak:
        yield problem("signature", f"{field} relies on {weak}, which can be forged")
    if signature.unfit:
        text = f"the certificate of {signature.signer} is for {signature.unfit}, not for signing documents"
        yield problem("trust", text)


def _on_time(signature: PdfSignature, demand: Demand) -> Remark:
    if signature.stamp_broken:
        return problem("time", "its time stamp is damaged, or was made for a different signature")
    if signature.stamped_at is None:
        return note("time", f"signed {_eastern_text(signature.signed_at)} by the signer's own clock")
    text = f"time-stamped {_eastern_text(signature.stamped_at)}"
    if signature.stamp_trusted:
        return ok("time", text)
    made = problem if demand.trust else note
    return made("time", f"{text}, by a server that leads to no root given with --trust")


def _on_times(signature: PdfSignature, demand: Demand) -> Iterator[Remark]:
    """Times that cannot be right."""
    stated = (("signed", signature.signed_at), ("time-stamped", signature.stamped_at))
    for how, moment in stated:
        if moment is None:
            continue
        if moment > demand.at + _SKEW:
            yield problem("time", f"{how} {_eastern_text(moment)}, which is in the future")
        begin, end = signature.not_before, signature.not_after
        if begin is not None and end is not None and not begin <= moment <= end:
            life = f"from {begin:%Y-%m-%d} to {end:%Y-%m-%d}"
            text = f"{how} {_eastern_text(moment)}, outside the life of its certificate, {life}"
            yield problem("time", text)
    if signature.signed_at and signature.stamped_at and signature.signed_at > signature.stamped_at + _SKEW:
        text = (
            f"signed {_eastern_text(signature.signed_at)} by the signer's clock, but time-stamped before that"
        )
        yield problem("time", text)


def _on_trust(signature: PdfSignature, demand: Demand) -> Remark:
    made = problem if demand.trust else note
    if signature.revoked:
        return problem("trust", f"the certificate of {signature.signer} had been revoked")
    if signature.trusted:
        evidence = ", evidence of that is in the file" if signature.evidence else ""
        text = f"{signature.signer}, certified by {signature.issuer}, leads to a root given with --trust{evidence}"
        return ok("trust", text)
    if signature.by_own_clock:
        text = (
            f"{signature.signer}, certified by {signature.issuer}, is valid only by the signer's own clock: the"
            " certificate is not valid now, and no trusted time stamp says when it was used"
        )
        return made("trust", text)
    if signature.trial:
        why = "trial identity, self-signed, proves nothing about who signed"
    elif signature.self_signed:
        why = "self-signed, anyone can make such a certificate in any name"
    else:
        why = f"certified by {signature.issuer}, which leads to no root given with --trust"
    return made("trust", f"{signature.signer} is not trusted: {why}")


def _on_names(signature: PdfSignature, places: Sequence[SignaturePlace], demand: Demand) -> Iterator[Remark]:
    """Whether the certificate names whose place it is."""
    for name in signature.names:
        odd = misleading_characters(name)
        if odd:
            yield problem(
                "name", f"the certificate's name {name} has characters that mislead: {', '.join(odd)}"
            )
    if len(signature.names) > 1:
        yield problem("name", f"the certificate names {len(signature.names)}: {signature.signer}")
        return
    if signature.trial and _names_field(signature):
        return
    label = next((place.label for place in places if place.field == signature.field), "")
    wanted = signatory_of(label)
    if not label or signature.signer in (wanted, *demand.names) or same_person(signature.signer, wanted):
        return
    others = [place.field for place in places if same_person(signature.signer, signatory_of(place.label))]
    exchanged = f', but the signatory of "{others[0]}"' if others else ""
    made = problem if demand.trust else note
    yield made(
        "name",
        f"the certificate in the place of {wanted} names {signature.signer}, not {wanted}{exchanged};"
        " --allow-name accepts it",
    )


_NAME: Final = 64
"""Characters of a certificate's name, at most (X.520); form4 cuts a longer one for a trial."""


def _names_field(signature: PdfSignature) -> bool:
    """Whether a trial identity is named as the field is, as far as a certificate's name can be."""
    return signature.signer == shorten(signature.field.partition(": ")[2], _NAME, placeholder="...")


def _on_empty(empty: Sequence[str], demand: Demand, *, signed: bool) -> Iterator[Remark]:
    made = problem if demand.trust else note
    if not signed:
        yield made("signature", "not signed")
    for field in empty:
        yield made("signature", f'"{field}" is not signed')


def _eastern_text(moment: datetime | None) -> str:
    if moment is None:
        return "at a time that it does not say,"
    return f"{moment.astimezone(ZoneInfo('America/New_York')):%Y-%m-%d %H:%M:%S} Eastern"
