"""``form4 sign``: a signature in the PDF, where the form has "Signature of Reporting Person"."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import READY, CommandParser, hidden_answer
from form4_author.desk.secret import SecretSource
from form4_author.desk.signature import Credential, sign_place, witness_of
from form4_author.page.manifest import MANIFEST
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from form4_author.desk.signature import SignedFile

__all__ = ["run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Sign one place of one file; the file and its packet's manifest are replaced whole."""
    options = _options(word, arguments)
    token = None
    if options.pkcs11 is not None:
        from form4_author.signing.token import Token

        token = Token(module=options.pkcs11, label=options.token, certificate=options.cert_label)
    signed = sign_place(
        options.target,
        options.whose,
        Credential(p12=options.p12, key=options.key, certificate=options.cert or "", token=token),
        SecretSource(hidden_answer, options.passphrase_fd, keyring=options.keyring, keep=options.keep),
        witness_of(options.timestamp, options.trust, long_term=options.long_term),
    )
    _write_signed(signed, "B-LT" if options.long_term else "B-T" if options.timestamp else "B-B")
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


def _write_signed(signed: SignedFile, level: str) -> None:
    """Write who signed where and when, and which places are left."""
    place, identity = signed.place, signed.identity
    certified = "" if identity.trial else f", certified by {identity.issuer}"
    sys.stdout.write(
        f"Signed {visible(str(signed.file))}\n"
        f"  {visible(place.field)}\n"
        f"  by {visible(identity.name + certified)}\n"
        f"  {signed.moment:%Y-%m-%d %H:%M:%S} Eastern, PAdES {level}\n"
    )
    if identity.trial:
        sys.stdout.write(f"  {_TRIAL}\n")
    elif identity.name.casefold() not in place.label.casefold():
        sys.stdout.write(
            "  The certificate names someone else than the form does: right only when one signs for the other.\n"
        )
    if signed.listed:
        sys.stdout.write(f"{MANIFEST} lists the signed file.\n")
    for left in signed.unsigned:
        sys.stdout.write(f"Not signed yet: {visible(left.field)}\n")


_TRIAL: Final = "Trial identity, self-signed, proves nothing: the page says so as well."
