"""Signatures of the PDFs in a packet: whose place is signed, in which files, with which identity."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.desk.clock import now
from form4_author.desk.secret import Lock, SecretSource, keep_passphrase, passphrase, unlocked
from form4_author.errors import UnreadableInput
from form4_author.files.folder import opened_for_packet
from form4_author.files.input import read_bytes
from form4_author.files.output import write_bytes
from form4_author.model.conformed_signature import signer_of
from form4_author.model.power_of_attorney import power_reading
from form4_author.page.manifest import MANIFEST, listed_hash, manifest_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from form4_author.signing.identity import Identity
    from form4_author.signing.reading import PdfReading
    from form4_author.signing.seal import SignaturePlace, Witness
    from form4_author.signing.token import Token

__all__ = ["Credential", "SignedFile", "SignedPlaces", "StatedParticulars", "sign_place", "witness_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedParticulars:
    """What an authentication document says of the signature beside what the certificate says."""

    attested: date | None = None
    """The day the signatory signed the attestation by hand."""
    power_dated: date | None = None
    """The day of the power of attorney; None: as the exhibit of the packet has it."""


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
    stated: StatedParticulars = field(default_factory=StatedParticulars)


@dataclass(frozen=True, slots=True)
class SignedFile:
    """One place of one file, signed."""

    file: Path
    place: SignaturePlace
    listed: bool
    """Whether the packet's manifest lists it, which has its new hash now."""
    unsigned: tuple[SignaturePlace, ...]
    """Places that are left to sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPlaces:
    """The files that were signed with one unlocking of the key, in their order."""

    files: tuple[SignedFile, ...]
    identity: Identity
    moment: datetime
    """In the Eastern time zone, to the second."""
    blanks: tuple[str, ...] = ()
    """What an authentication document could not state."""


def sign_place(
    target: str,
    whose: str | None,
    credential: Credential,
    secrets: SecretSource,
    witness: Witness,
) -> SignedPlaces:
    """Sign a place of a PDF, or of the form in a packet's folder after its signatory's authentication document.

    Each file is made again from what is inside it, and refused when it is not the same. Files and manifest are replaced
    whole, and only when everything is signed. ``whose``: a number or a part of a name; None where one place is free.
    Raises UnreadableInput for what can't be signed or opened, and where ``whose`` is not one free place.
    """
    file = _file(target)
    pdf = read_bytes(str(file))
    manifest = _manifest(file, pdf)
    place = _place(file, pdf, whose)
    ours = _unaltered(file, pdf)
    first = _authentication(file.parent, place, ours) if Path(target).is_dir() else None
    moment = now()
    with _identity(credential, secrets, place, moment) as identity:
        said = _Said(_kind(credential), credential.stated, file.parent)
        documents = [*([first] if first is not None else []), _Document(file, pdf, place, ours)]
        signed = [_signed(document, identity, moment, witness, said) for document in documents]
    names = tuple(
        _written(document, content, manifest) for document, content in zip(documents, signed, strict=True)
    )
    if manifest is not None:
        opened_for_packet(file.parent)
    return SignedPlaces(files=names, identity=identity, moment=moment, blanks=tuple(said.blanks))


class _Document(NamedTuple):
    """A file to sign."""

    file: Path
    pdf: bytes
    place: SignaturePlace
    reading: PdfReading


@dataclass
class _Said:
    """What is stated in authentication documents, and what could not be."""

    credential: str
    stated: StatedParticulars
    folder: Path
    blanks: list[str] = field(default_factory=list)


def _kind(credential: Credential) -> str:
    """The kind of credential that is presented."""
    if credential.p12 is not None:
        return "Certificate and key in a PKCS#12 file"
    if credential.key is not None:
        return "Certificate and key in PEM files"
    return (
        "Certificate on a token (PKCS#11)" if credential.token is not None else "Trial identity, self-signed"
    )


def _unaltered(file: Path, pdf: bytes) -> PdfReading:
    """What a file holds, when it is the one that form4 makes of that and only signatures were added since.

    Raises UnreadableInput, which names the objects that differ.
    """
    from form4_author.signing.history import history_of
    from form4_author.signing.reading import reading_of
    from form4_author.signing.verification import (
        differences_from,
        differing_versions,
        history_remarks,
        made_again,
    )

    history = history_of(pdf)
    for remark in history_remarks(history):
        raise UnreadableInput(f"{file}: {remark.text}", remedy=_AGAIN)
    reading = reading_of(history.first)
    versions = differing_versions(reading)
    if versions:
        raise UnreadableInput(
            f"{file} was drawn by other versions, so form4 cannot confirm what it shows: {versions}",
            remedy=_AGAIN,
        )
    differing = differences_from(made_again(reading), history.first)
    if differing:
        raise UnreadableInput(
            f"{file} is not the file that form4 makes of this XML: {differing}", remedy=_AGAIN
        )
    return reading


_AGAIN: Final = "Do not sign it; make the packet again with form4 render, and read it"


def _authentication(folder: Path, place: SignaturePlace, form: PdfReading) -> _Document | None:
    """The authentication document of a packet for a place of its form; None where there is none to sign.

    Raises UnreadableInput for a packet that does not hold together.
    """
    from form4_author.desk.verification import packet_problems
    from form4_author.signing.reading import reading_of
    from form4_author.signing.seal import places
    from form4_author.signing.trust import signatory_of

    for text in packet_problems(folder):
        raise UnreadableInput(f"{folder}: {text}", remedy=_AGAIN)
    for file in sorted(folder.glob("authentication*.pdf")):
        pdf = read_bytes(str(file))
        free = [each for each in places(pdf) if not each.signed]
        if not any(
            signatory_of(each.label).casefold() == signatory_of(place.label).casefold()
            for each in places(pdf)
        ):
            continue
        about = {each.content for each in reading_of(pdf).files if each.relationship == "Source"}
        if about != {each.content for each in form.files if each.relationship == "Source"}:
            raise UnreadableInput(f"{file} is for a different XML than the form's PDF", remedy=_AGAIN)
        reading = _unaltered(file, pdf)
        return _Document(file, pdf, free[0], reading) if free else None
    return None


def _signed(
    document: _Document, identity: Identity, moment: datetime, witness: Witness, said: _Said
) -> bytes:
    """A document with its signature; an authentication document is filled in before."""
    from form4_author.page.authentication import Particulars
    from form4_author.page.authentication_file import RECORD, authentication_pdf, record_from
    from form4_author.signing.seal import sealed
    from form4_author.wire.read import read_document

    pdf = document.pdf
    inside = {file.name: file.content for file in document.reading.files}
    if RECORD in inside:
        record = record_from(inside[RECORD])
        filing = read_document(inside[record.document]).filing
        dated, exhibit = _power(said)
        particulars = Particulars(
            credential=said.credential,
            provider="none" if identity.trial else identity.issuer,
            date=f"{moment:%m/%d/%Y}",
            time=f"{moment:%H:%M:%S}",
            attested=f"{said.stated.attested:%m/%d/%Y}" if said.stated.attested is not None else "",
            power_dated=dated,
            power_filed=exhibit,
        )
        said.blanks += [] if particulars.attested else ["the day of the attestation (--attested)"]
        pdf = authentication_pdf(
            filing, inside[record.document], replace(record, filed=None, particulars=particulars)
        )
    return sealed(pdf, document.place.field, identity, moment, witness)


def _power(said: _Said) -> tuple[str, str]:
    """The day of the power of attorney and the name of the exhibit that it is."""
    exhibits = sorted(said.folder.glob("ex24*"))
    dated = said.stated.power_dated
    for exhibit in exhibits if dated is None else ():
        read = power_reading(read_bytes(str(exhibit)), exhibit.name)
        dated = read.signed if read is not None else None
    return (f"{dated:%m/%d/%Y}" if dated is not None else ""), (exhibits[0].name if exhibits else "")


def _written(document: _Document, signed: bytes, manifest: bytes | None) -> SignedFile:
    """Write a signed file, and its hash into the manifest that lists it."""
    from form4_author.signing.seal import places

    write_bytes(document.file, signed)
    signature_places = places(signed)
    if manifest is not None:
        beside = document.file.with_name(MANIFEST)
        fields = (place.field for place in signature_places if place.signed)
        write_bytes(beside, manifest_with(read_bytes(str(beside)), document.file.name, signed, fields))
    unsigned = tuple(place for place in signature_places if not place.signed)
    return SignedFile(document.file, document.place, manifest is not None, unsigned)


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
            f"{file} has no signature block: it is marked DRAFT, or form4 did not make it",
            remedy="Correct what form4 check finds, make the packet again with form4 render, and sign that",
        )
    broken = next((s for s in signatures(pdf) if not s.sound), None)
    if broken is not None:
        raise UnreadableInput(
            f'{file} was changed after "{broken.field}" was signed',
            remedy="Do not sign it; form4 verify shows what changed",
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
        raise UnreadableInput(
            "Every signature block is signed already", remedy="Run form4 verify to see who signed"
        )
    match wanted:
        case [place] if not place.signed:
            return place
        case [place]:
            problem = f'"{place.field}" is signed already'
        case []:
            problem = f'No signature block is named "{whose}"'
        case _:
            problem = "There is more than one signature block" if not whose else f'"{whose}" names several'
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
    lock = Lock(f"Passphrase of {file}", os.path.realpath(file))
    try:
        return unlocked(lock, partial(opened, data), secrets)
    except UnreadableInput as error:
        error.file = file
        raise
