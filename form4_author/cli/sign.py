"""``form4 sign``: a signature in the PDF, where the form has "Signature of Reporting Person"."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import READY, CommandParser, as_of_date, hidden_answer
from form4_author.desk.secret import SecretSource
from form4_author.desk.signature import Credential, StatedParticulars, sign_place, witness_of
from form4_author.page.manifest import MANIFEST
from form4_author.text import visible
from form4_author.timing.deadline import years_after

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from form4_author.desk.signature import SignedPlaces
    from form4_author.signing.seal import SignaturePlace

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Sign one place, of a packet in the authentication document too; files and manifest are replaced whole."""
    options = _options(word, arguments)
    token = None
    if options.pkcs11 is not None:
        from form4_author.signing.token import Token

        token = Token(module=options.pkcs11, label=options.token, certificate=options.cert_label)
    signed = sign_place(
        options.target,
        options.whose,
        Credential(
            p12=options.p12,
            key=options.key,
            certificate=options.cert or "",
            token=token,
            stated=StatedParticulars(attested=options.attested, power_dated=options.power_dated),
        ),
        SecretSource(hidden_answer, options.passphrase_fd, keyring=options.keyring, keep=options.keep),
        witness_of(options.timestamp, options.trust, long_term=options.long_term),
    )
    _write_signed(signed, "B-LT" if options.long_term else "B-T" if options.timestamp else "B-B")
    return READY


def _options(word: str, arguments: Sequence[str]) -> argparse.Namespace:
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    if (options.key is None) != (options.cert is None):
        parser.error("--key and --cert go together")
    if options.pkcs11 is None and (options.token or options.cert_label):
        parser.error("--token and --cert-label go with --pkcs11")
    if options.long_term and options.timestamp is None:
        parser.error("--long-term needs a time-stamp: name a server with --timestamp")
    return options


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Sign the PDF of a packet in its signature block (PAdES), and the signatory's authentication document\n"
        "before it; earlier signatures stay valid.",
        "form4 sign packet --p12 jane.p12\n"
        "  form4 sign packet --as 2 --pkcs11 /usr/lib/opensc-pkcs11.so\n"
        "  form4 sign packet --self-signed",
    )
    parser.add_argument("target", metavar="PACKET|FILE.pdf", help="a packet's folder, or a PDF of one")
    parser.add_argument(
        "--as", dest="whose", metavar="NAME|NUMBER", help="whose signature block, if there is more than one"
    )
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--p12", metavar="FILE", help="certificate and key in a PKCS#12 file (.p12, .pfx)")
    who.add_argument("--key", metavar="FILE", help="private key in PEM; with --cert")
    who.add_argument("--pkcs11", metavar="MODULE", help="smart card or token: its PKCS#11 library")
    who.add_argument(
        "--self-signed",
        action="store_true",
        help="a trial identity made for this signature; it proves nothing",
    )
    parser.add_argument("--cert", metavar="FILE", help="the key's certificate and its issuers', in PEM")
    parser.add_argument("--token", metavar="LABEL", help="which token, if several are connected")
    parser.add_argument("--cert-label", metavar="LABEL", help="which certificate on the token")
    parser.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="read the passphrase or PIN from file descriptor N"
    )
    parser.add_argument(
        "--keyring", action="store_true", help="take it from the system's keyring, if stored there"
    )
    parser.add_argument("--keep", action="store_true", help="store it in the system's keyring")
    parser.add_argument(
        "--attested",
        type=as_of_date,
        metavar="DATE",
        help="the day the signatory signed the attestation by hand (form4 attest)",
    )
    parser.add_argument(
        "--power-dated", type=as_of_date, metavar="DATE", help="the day of the power of attorney"
    )
    parser.add_argument(
        "--timestamp", metavar="URL", help="get a time stamp from a server (PAdES B-T; network)"
    )
    parser.add_argument(
        "--long-term", action="store_true", help="add proof that the certificates were valid (B-LT; network)"
    )
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="CERT",
        help="root that --long-term trusts; repeatable",
    )
    return parser


def _write_signed(signed: SignedPlaces, level: str) -> None:
    """Write who signed where and when, and which places are left."""
    identity = signed.identity
    certified = "" if identity.trial else f", certified by {identity.issuer}"
    for file in signed.files:
        sys.stdout.write(f"Signed {visible(str(file.file))}\n  {visible(file.place.field)}\n")
    sys.stdout.write(
        f"  by {visible(identity.name + certified)}\n"
        f"  {signed.moment:%Y-%m-%d %H:%M:%S} Eastern, PAdES {level}\n"
    )
    if identity.trial:
        sys.stdout.write(f"  {_TRIAL}\n")
    else:
        _write_advice(signed, signed.files[-1].place, level)
    if signed.blanks:
        sys.stdout.write(f"  The authentication document does not state {', '.join(signed.blanks)}.\n")
    if any(file.listed for file in signed.files):
        count = sum(file.listed for file in signed.files)
        sys.stdout.write(f"{MANIFEST} lists the signed file{'s' if count > 1 else ''}.\n")
    for left in signed.files[-1].unsigned:
        sys.stdout.write(f"Not signed yet: {visible(left.field)}\n")


def _write_advice(signed: SignedPlaces, place: SignaturePlace, level: str) -> None:
    """Write what makes a signature worth less than it could be."""
    from form4_author.signing.name import same_person
    from form4_author.signing.trust import signatory_of

    identity, ends = signed.identity, signed.identity.not_after
    if not same_person(identity.name, signatory_of(place.label)):
        sys.stdout.write(
            "  The certificate and the form name different persons. This is right only when one signs for the other.\n"
        )
    if level == "B-B" and ends.date() < years_after(signed.moment.date(), _KEPT):
        sys.stdout.write(
            f"  The certificate ends on {ends:%Y-%m-%d}, before the five years for which the document is kept:\n"
            "  sign with --timestamp, so that it can be verified until then.\n"
        )


_KEPT: Final = 5
"""Years for which an authentication document is kept (Regulation S-T, Rule 302(b))."""
_TRIAL: Final = "A self-signed trial identity proves nothing. The page says so too."
