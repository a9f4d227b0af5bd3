"""Signatures of the PDF in a packet: whose place is signed, with which identity; what the signed file proves."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.desk.clock import now, today
from form4_author.desk.secret import Lock, SecretSource, keep_passphrase, passphrase, unlocked
from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.folder import opened_for_packet
from form4_author.files.input import read_bytes
from form4_author.files.output import write_bytes
from form4_author.model.conformed_signature import signer_of
from form4_author.page.manifest import MANIFEST, listed_hash, manifest_with
from form4_author.timing.calendar import sec_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from form4_author.signing.identity import Identity
    from form4_author.signing.proof import PdfSignature
    from form4_author.signing.seal import SignaturePlace, Witness
    from form4_author.signing.token import Token
    from form4_author.signing.verification import Remark

__all__ = ["Credential", "SignedFile", "printed_copy", "sign_place", "verified", "witness_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Where the signer's certificate and key are: one of the three, or none for a trial identity."""

    p12: str | None = None
    """A PKCS#12 file."""
    key: str | None = None
    """A private key in PEM; ``certificate`` has its certificate and those of its issuers."""
    certificate: str = ""
    token: Token | None = None
    """A smart card or token."""


@dataclass(frozen=True, slots=True)
class SignedFile:
    """One place of one file, signed."""

    file: Path
    place: SignaturePlace
    identity: Identity
    moment: datetime
    """In the Eastern time zone, to the second."""
    listed: bool
    """Whether the packet's manifest lists it, which has its new hash now."""
    unsigned: tuple[SignaturePlace, ...]
    """Places that are left to sign."""


def sign_place(
    target: str, whose: str | None, credential: Credential, secrets: SecretSource, witness: Witness
) -> SignedFile:
    """Sign a place of a PDF or of the form in a packet's folder; file and manifest are replaced whole.

    ``whose``: a number or a part of a name; None where one place is free. Raises UnreadableInput for what can't be
    signed or opened, and where ``whose`` is not one free place.
    """
    from form4_author.signing.seal import places, sealed

    file = _file(target)
    pdf = read_bytes(str(file))
    manifest = _manifest(file, pdf)
    place = _place(file, pdf, whose)
    moment = now()
    with _identity(credential, secrets, place, moment) as identity:
        signed = sealed(pdf, place.field, identity, moment, witness)
    write_bytes(file, signed)
    signature_places = places(signed)
    if manifest is not None:
        updated = manifest_with(manifest, file.name, signed, (p.field for p in signature_places if p.signed))
        write_bytes(file.with_name(MANIFEST), updated)
        opened_for_packet(file.parent)
    unsigned = tuple(p for p in signature_places if not p.signed)
    return SignedFile(file, place, identity, moment, manifest is not None, unsigned)


def witness_of(timestamp: str | None, roots: Sequence[str], *, long_term: bool) -> Witness:
    """Who confirms the time and the certificates; ``roots``: files of root certificates."""
    from form4_author.signing.identity import certificates_in
    from form4_author.signing.seal import Witness

    certificates = tuple(root for file in roots for root in certificates_in(read_bytes(file)))
    return Witness(timestamp=timestamp, long_term=long_term, roots=certificates)


def _file(target: str) -> Path:
    """The PDF: itself, or the form's in a packet's folder."""
    path = Path(target)
    if not path.is_dir():
        return path
    forms = sorted(path.glob("form[345]*.pdf"))
    if len(forms) == 1:
        return forms[0]
    parts = sorted(part.parent.name for part in path.glob("*of*/form[345]*.pdf"))
    if parts:
        raise UnreadableInput(
            f"{target} holds {len(parts)} packets: {', '.join(parts)}",
            remedy="Sign each, one after the other",
        )
    raise UnreadableInput(
        f"{target} holds {'more than one' if forms else 'no'} PDF of a form",
        remedy="Name the PDF itself" if forms else "Make the packet with form4 render",
    )


def _manifest(file: Path, pdf: bytes) -> bytes | None:
    """The manifest of the packet that the file belongs to; None for a file that none lists."""
    beside = file.with_name(MANIFEST)
    if not beside.is_file():
        return None
    manifest = read_bytes(str(beside))
    listed = listed_hash(manifest, file.name)
    if listed is None:
        return None
    if listed != hashlib.sha256(pdf).hexdigest():
        raise UnreadableInput(
            f"{file} is not the file that {MANIFEST} lists",
            remedy="Run form4 verify to see what changed, or make the packet again with form4 render",
        )
    return manifest


def _place(file: Path, pdf: bytes, whose: str | None) -> SignaturePlace:
    """The place to sign, in a file whose earlier signatures are sound."""
    from form4_author.signing.proof import signatures
    from form4_author.signing.seal import places

    signature_places = places(pdf)
    if not signature_places:
        raise UnreadableInput(
            f"{file} has no place for a signature: it is marked DRAFT, or form4 did not make it",
            remedy="Clear what form4 check finds, make the packet again with form4 render, and sign that",
        )
    broken = next((s for s in signatures(pdf) if not s.sound), None)
    if broken is not None:
        raise UnreadableInput(
            f'{file} was changed after "{broken.field}" was signed',
            remedy="Don't sign it; form4 verify shows what changed",
        )
    return _chosen(signature_places, whose)


def _chosen(signature_places: Sequence[SignaturePlace], whose: str | None) -> SignaturePlace:
    free = [place for place in signature_places if not place.signed]
    if whose is None:
        wanted = free
    elif whose.isdecimal():
        wanted = [place for place in signature_places[int(whose) - 1 : int(whose)] if whose != "0"]
    else:
        wanted = [place for place in signature_places if whose.casefold() in place.label.casefold()]
    if not free:
        raise UnreadableInput("Every place is signed already", remedy="form4 verify shows by whom")
    match wanted:
        case [place] if not place.signed:
            return place
        case [place]:
            problem = f'"{place.field}" is signed already'
        case []:
            problem = f'No place is named "{whose}"'
        case _:
            problem = "There is more than one place to sign" if not whose else f'"{whose}" names several'
    raise UnreadableInput(problem, remedy=f"Choose with --as a number or a name: {_listed(signature_places)}")


def _listed(signature_places: Sequence[SignaturePlace]) -> str:
    return "; ".join(f"{place.field}{' (signed)' if place.signed else ''}" for place in signature_places)


@contextmanager
def _identity(
    credential: Credential, secrets: SecretSource, place: SignaturePlace, moment: datetime
) -> Iterator[Identity]:
    """Who signs: from a file, from a token while it is open, or made on the spot."""
    from form4_author.signing import identity

    if credential.p12 is not None:
        yield _in_file(credential.p12, identity.of_pkcs12, secrets)
    elif credential.key is not None:
        chain = read_bytes(credential.certificate)
        yield _in_file(credential.key, lambda data, secret: identity.of_pem(data, chain, secret), secrets)
    elif credential.token is not None:
        from form4_author.signing.token import of_token

        named = credential.token.label or Path(credential.token.module).name
        lock = Lock(f"PIN of the token {named}", f"token {named}")
        pin = passphrase(lock, secrets)
        with of_token(credential.token, pin) as on_token:
            if secrets.keep:
                keep_passphrase(lock, pin)
            yield on_token
    else:
        yield identity.trial(signer_of(place.label.partition(": ")[2]).name, moment)


def _in_file(file: str, opened: Callable[[bytes, str], Identity], secrets: SecretSource) -> Identity:
    """The identity in a file, which may be locked."""
    from form4_author.signing.identity import is_locked

    data = read_bytes(file)
    if not is_locked(data):
        return opened(data, "")
    lock = Lock(f"Passphrase of {file}", str(Path(file).resolve()))
    try:
        return unlocked(lock, partial(opened, data), secrets)
    except UnreadableInput as error:
        error.file = file
        raise


def printed_copy(file: str) -> str:
    """The file, or the printed copy in a packet. Raises UnreadableInput for a folder without one."""
    if not Path(file).is_dir():
        return file
    forms = sorted(Path(file).glob("form*.pdf"))
    if len(forms) != 1:
        raise UnreadableInput(
            f"{file} holds no form as PDF", remedy="Name the PDF, or the folder of a packet"
        )
    return str(forms[0])


def verified(
    file: str, trust: Sequence[str], *, trust_required: bool
) -> tuple[tuple[PdfSignature, ...], tuple[Remark, ...]]:
    """The signatures of a PDF that form4 made, and what they, the XML inside it and its pages are found to prove.

    ``trust``: files of root certificates. ``trust_required``: a signature that leads to none of them is a problem.
    Raises UnreadableInput, which names the file, for one that form4 did not make.
    """
    try:
        return _verified(file, trust, trust_required=trust_required)
    except UnreadableInput as error:
        error.file = error.file or file
        raise


def _verified(
    file: str, trust: Sequence[str], *, trust_required: bool
) -> tuple[tuple[PdfSignature, ...], tuple[Remark, ...]]:
    from form4_author.signing.identity import certificates_in
    from form4_author.signing.proof import signatures
    from form4_author.signing.reading import reading_of
    from form4_author.signing.seal import places
    from form4_author.signing.verification import is_ours, remarks_on, signature_remarks

    pdf = read_bytes(file)
    signed = signatures(pdf, [root for name in trust for root in certificates_in(read_bytes(name))])
    reading = reading_of(pdf)
    if not is_ours(reading):
        raise UnreadableInput(
            "This PDF was not made by form4, so there is nothing to hold it against",
            remedy="Name the PDF of a packet; pdfsig or a PDF viewer verifies signatures of any other",
        )
    empty = [place.field for place in places(pdf) if not place.signed]
    return signed, (
        *signature_remarks(signed, empty, trust_required=trust_required),
        *remarks_on(reading, today(), sec_calendar(), _beside(file)),
    )


def _beside(file: str) -> dict[str, str]:
    """The XML files of the packet that a file lies in, by their SHA-256."""
    xml_files = sorted(Path(file).parent.glob("form*.xml"))
    return {hashlib.sha256(disk.read(xml)).hexdigest(): xml.name for xml in xml_files}
