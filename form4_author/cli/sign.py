"""``form4 sign``: a signature in the PDF, where the form has "Signature of Reporting Person"."""

from __future__ import annotations

import hashlib
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import READY, CommandParser
from form4_author.desk.clock import now
from form4_author.desk.secret import Lock, keep_passphrase, passphrase
from form4_author.errors import UnreadableInput
from form4_author.files.draft_file import write_bytes
from form4_author.files.folder import opened_for_packet
from form4_author.files.input import read_bytes
from form4_author.model.conformed_signature import signer_of
from form4_author.page.packet import MANIFEST, listed_hash, manifest_with
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from form4_author.signing.identity import Identity
    from form4_author.signing.seal import SignaturePlace, Witness

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Sign one place of one file; the file and its packet's manifest are replaced whole."""
    options = _options(word, arguments)
    from form4_author.signing.seal import places, sealed

    file = _file(options.target)
    pdf = read_bytes(str(file))
    manifest = _manifest(file, pdf)
    place = _place(file, pdf, options.whose)
    moment = now()
    with _identity(options, place, moment) as identity:
        signed = sealed(pdf, place.field, identity, moment, _witness(options))
    write_bytes(file, signed)
    _tell(file, place, identity, moment, options)
    signature_places = places(signed)
    if manifest is not None:
        updated = manifest_with(manifest, file.name, signed, (p.field for p in signature_places if p.signed))
        write_bytes(file.with_name(MANIFEST), updated)
        opened_for_packet(file.parent)
        sys.stdout.write(f"{MANIFEST} lists the signed file.\n")
    for left in (p for p in signature_places if not p.signed):
        sys.stdout.write(f"Not signed yet: {visible(left.field)}\n")
    return READY


def _options(word: str, arguments: Sequence[str]) -> argparse.Namespace:
    parser = _parser(word)
    options = parser.parse_args(arguments)
    if (options.key is None) != (options.cert is None):
        parser.error("--key and --cert go together")
    if options.pkcs11 is None and (options.token or options.cert_label):
        parser.error("--token and --cert-label go with --pkcs11")
    if options.long_term and options.timestamp is None:
        parser.error("--long-term needs a time-stamp: name a server with --timestamp")
    return options


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Signs the PDF of a packet in its place on the page (PAdES); earlier signatures stay valid.",
        "form4 sign packet --p12 jane.p12\n"
        "  form4 sign packet --as 2 --pkcs11 /usr/lib/opensc-pkcs11.so\n"
        "  form4 sign packet --self-signed",
    )
    parser.add_argument("target", metavar="PACKET|FILE.pdf", help="a packet's folder, or a PDF of one")
    parser.add_argument(
        "--as", dest="whose", metavar="NAME|NUMBER", help="whose place, when there is more than one"
    )
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--p12", metavar="FILE", help="certificate and key in a PKCS#12 file (.p12, .pfx)")
    who.add_argument("--key", metavar="FILE", help="private key in PEM; with --cert")
    who.add_argument("--pkcs11", metavar="MODULE", help="smart card or token: its PKCS#11 library")
    who.add_argument(
        "--self-signed", action="store_true", help="a trial identity made on the spot; it proves nothing"
    )
    parser.add_argument("--cert", metavar="FILE", help="the key's certificate and its issuers', in PEM")
    parser.add_argument("--token", metavar="LABEL", help="which token, when several are plugged in")
    parser.add_argument("--cert-label", metavar="LABEL", help="which certificate on the token")
    parser.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="read passphrase or PIN from descriptor N, not asked"
    )
    parser.add_argument(
        "--keyring", action="store_true", help="take it from the system's keyring where it is"
    )
    parser.add_argument("--keep", action="store_true", help="put it into the system's keyring")
    parser.add_argument("--timestamp", metavar="URL", help="have a server time-stamp it (PAdES B-T; network)")
    parser.add_argument(
        "--long-term", action="store_true", help="keep proof that certificates were good (B-LT; network)"
    )
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="CERT",
        help="root that --long-term trusts; repeatable",
    )
    return parser


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
            remedy="Find out what changed it: form4 verify tells; or make the packet again with form4 render",
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
            remedy="Don't sign it; form4 verify tells more",
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
        raise UnreadableInput("Every place is signed already", remedy="form4 verify tells by whom")
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
def _identity(options: argparse.Namespace, place: SignaturePlace, moment: datetime) -> Iterator[Identity]:
    """Who signs: from a file, from a token while it is open, or made on the spot."""
    from form4_author.signing import identity

    if options.self_signed:
        yield identity.trial(signer_of(place.label.partition(": ")[2]).name, moment)
    elif options.p12 is not None:
        data = read_bytes(options.p12)
        yield _unlocked(lambda secret: identity.of_pkcs12(data, secret), data, options.p12, options)
    elif options.key is not None:
        key, chain = read_bytes(options.key), read_bytes(options.cert)
        yield _unlocked(lambda secret: identity.of_pem(key, chain, secret), key, options.key, options)
    else:
        from form4_author.signing.token import Token, of_token

        token = Token(module=options.pkcs11, label=options.token, certificate=options.cert_label)
        named = options.token or Path(options.pkcs11).name
        lock = Lock(f"PIN of the token {named}", f"token {named}")
        pin = passphrase(lock, options.passphrase_fd, keyring=options.keyring)
        with of_token(token, pin) as on_token:
            if options.keep:
                keep_passphrase(lock, pin)
            yield on_token


def _unlocked(
    opened: Callable[[str], Identity], data: bytes, file: str, options: argparse.Namespace
) -> Identity:
    """The identity in a file; one who types a wrong passphrase is asked again."""
    from form4_author.signing.identity import is_locked

    if not is_locked(data):
        return opened("")
    lock = Lock(f"Passphrase of {file}", str(Path(file).resolve()))
    typed = options.passphrase_fd is None and not options.keyring
    for left in reversed(range(_TRIES if typed else 1)):
        secret = passphrase(lock, options.passphrase_fd, keyring=options.keyring)
        try:
            found = opened(secret)
        except UnreadableInput as error:
            error.file = file
            if not left:
                raise
            sys.stderr.write(f"{error.problem}. Again, please.\n")
        else:
            break
    if options.keep:
        keep_passphrase(lock, secret)
    return found


def _witness(options: argparse.Namespace) -> Witness:
    from form4_author.signing.identity import certificates_in
    from form4_author.signing.seal import Witness

    roots = [root for file in options.trust for root in certificates_in(read_bytes(file))]
    return Witness(timestamp=options.timestamp, long_term=options.long_term, roots=tuple(roots))


def _tell(
    file: Path, place: SignaturePlace, identity: Identity, moment: datetime, options: argparse.Namespace
) -> None:
    certified = "" if identity.trial else f", certified by {identity.issuer}"
    level = "B-LT" if options.long_term else "B-T" if options.timestamp else "B-B"
    sys.stdout.write(
        f"Signed {visible(str(file))}\n"
        f"  {visible(place.field)}\n"
        f"  by {visible(identity.name + certified)}\n"
        f"  {moment:%Y-%m-%d %H:%M:%S} Eastern, PAdES {level}\n"
    )
    if identity.trial:
        sys.stdout.write(f"  {_TRIAL}\n")
    elif identity.name.casefold() not in place.label.casefold():
        sys.stdout.write(
            "  The certificate names someone else than the form does: right only when one signs for the other.\n"
        )


_TRIES: Final = 3
_TRIAL: Final = "Trial identity, self-signed, proves nothing: the page says so as well."
