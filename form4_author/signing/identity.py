"""Who signs: a certificate with its key, from a file, a token, or made on the spot for trial."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509 as certificates
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as to_asn1
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as key_to_asn1
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from form4_author.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "TRIAL",
    "Identity",
    "anchors",
    "certificates_in",
    "common_name",
    "common_names",
    "described",
    "is_locked",
    "of_pem",
    "of_pkcs12",
    "trial",
    "unfit_purpose",
]

TRIAL: Final = "Trial identity, self-signed, proves nothing"
"""The organization that the certificate of a trial identity names, and the line in its place on the page."""
_DER: Final = b"\x30"
"""How a DER file begins: a sequence."""
_LONGEST_NAME: Final = 64
"""Characters of a common name (RFC 5280, appendix A.1, ub-common-name)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Someone who can sign now."""

    signer: Signer
    name: str
    """Whom the certificate names."""
    issuer: str
    """Who says so."""
    not_before: dt.datetime
    not_after: dt.datetime
    trial: bool = False
    """Whether it was made on the spot and proves nothing."""


def is_locked(data: bytes) -> bool:
    """Whether a PEM key or a PKCS#12 file asks for a passphrase."""
    if not data.startswith(_DER):
        return b"ENCRYPTED" in data
    try:
        pkcs12.load_pkcs12(data, None)
    except UnsupportedAlgorithm:
        return False
    except ValueError:
        return True
    return False


def certificates_in(data: bytes) -> tuple[bytes, ...]:
    """The certificates of a PEM or DER file, each as DER.

    Raises UnreadableInput when it holds none.
    """
    try:
        loaded = (
            [certificates.load_der_x509_certificate(data)]
            if data.startswith(_DER)
            else certificates.load_pem_x509_certificates(data)
        )
    except (ValueError, certificates.InvalidVersion):
        raise UnreadableInput(
            "This is not a certificate", remedy="Name a PEM or DER file, such as ca.pem"
        ) from None
    return tuple(certificate.public_bytes(serialization.Encoding.DER) for certificate in loaded)


def anchors(roots: Iterable[bytes]) -> list[Any]:
    """The certificates, DER, as pyHanko takes those to trust."""
    return [to_asn1(certificates.load_der_x509_certificate(root)) for root in roots]


def of_pkcs12(data: bytes, passphrase: str) -> Identity:
    """The identity in a PKCS#12 file (.p12, .pfx).

    Raises UnreadableInput when it is no such file, when the passphrase is not its, or when it holds no key.
    """
    if not data.startswith(_DER):
        raise UnreadableInput(
            "This is not a PKCS#12 file", remedy="Name a .p12 or .pfx file, or use --key and --cert for PEM"
        )
    try:
        bundle = pkcs12.load_pkcs12(data, passphrase.encode() or None)
    except UnsupportedAlgorithm:
        raise _unfit_key() from None
    except ValueError:
        raise UnreadableInput(
            "The passphrase does not open this PKCS#12 file, or the file is damaged",
            remedy="Try again with the passphrase that the file was made with",
        ) from None
    if bundle.key is None or bundle.cert is None:
        raise UnreadableInput(
            "This PKCS#12 file has no private key with its certificate",
            remedy="Export the certificate again together with its private key",
        )
    return _identity(
        bundle.key, bundle.cert.certificate, (extra.certificate for extra in bundle.additional_certs)
    )


def of_pem(key: bytes, chain: bytes, passphrase: str) -> Identity:
    """The identity of a PEM key and the PEM certificates of its holder and issuers, in any order.

    Raises UnreadableInput when either cannot be read, or no certificate belongs to the key.
    """
    try:
        private = serialization.load_pem_private_key(key, passphrase.encode() or None)
    except UnsupportedAlgorithm:
        raise _unfit_key() from None
    except (ValueError, TypeError):
        raise UnreadableInput(
            "The passphrase does not open this key, or it is not a PEM private key",
            remedy="Name the key's file with --key and the certificate's with --cert",
        ) from None
    try:
        chain_certificates = certificates.load_pem_x509_certificates(chain)
    except (ValueError, certificates.InvalidVersion):
        raise UnreadableInput(
            "This is not a PEM certificate", remedy="Name a file that begins with BEGIN CERTIFICATE"
        ) from None
    mine = next((c for c in chain_certificates if _key_of(c) == private.public_key()), None)
    if mine is None:
        raise UnreadableInput(
            "No certificate in this file belongs to the key",
            remedy="Name the certificate that was issued for this key",
        )
    return _identity(private, mine, (c for c in chain_certificates if c is not mine))


def _key_of(certificate: certificates.Certificate) -> object:
    """The key that the certificate names; None where it names none that can be read."""
    try:
        return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None


def _unfit_key() -> UnreadableInput:
    return UnreadableInput(
        "This kind of key cannot sign a PDF", remedy="Use an RSA, elliptic-curve or Ed25519 key"
    )


def trial(name: str, moment: dt.datetime) -> Identity:
    """An identity made on the spot, for trying out: it says in every viewer that it proves nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = certificates.Name(
        [
            certificates.NameAttribute(NameOID.ORGANIZATION_NAME, TRIAL),
            certificates.NameAttribute(
                NameOID.COMMON_NAME, shorten(name, _LONGEST_NAME, placeholder="...") or "Nobody"
            ),
        ]
    )
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(moment - dt.timedelta(days=1))
        .not_valid_after(moment + dt.timedelta(days=365))
        .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_SIGNS, critical=True)
        .sign(key, hashes.SHA256())
    )
    return _identity(key, certificate, (), trial=True)


_SIGNS: Final = certificates.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def _identity(
    key: object,
    certificate: certificates.Certificate,
    chain: Iterable[certificates.Certificate],
    *,
    trial: bool = False,
) -> Identity:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        raise _unfit_key()
    own = to_asn1(certificate)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko leaves this one out
    store.register_multiple(map(to_asn1, chain))
    return described(SimpleSigner(own, key_to_asn1(key), store), trial=trial)


def described(signer: Signer, *, trial: bool = False) -> Identity:
    """The identity of someone who can sign: what the certificate says of itself."""
    certificate = signer.signing_cert
    assert certificate is not None  # noqa: S101  # each signer here was made with one
    return Identity(
        signer=signer,
        name=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        trial=trial,
    )


def common_name(name: Any) -> str:  # noqa: ANN401  # asn1crypto has no types
    """The common name, or the whole name of one who has none; several with a stroke between them."""
    return " / ".join(common_names(name)) or str(name.human_friendly)


def common_names(name: Any) -> tuple[str, ...]:  # noqa: ANN401  # as above
    """The common names, of which a certificate for one person has one."""
    parts = (part for relative in name.chosen for part in relative)
    return tuple(str(part["value"].native) for part in parts if part["type"].native == "common_name")


_PURPOSES: Final = {
    "server_auth": "web servers",
    "code_signing": "signing programs",
    "time_stamping": "time-stamps",
    "ocsp_signing": "the state of certificates",
}
_FOR_DOCUMENTS: Final = frozenset(
    {
        "any_extended_key_usage",
        "client_auth",
        "email_protection",
        "1.3.6.1.5.5.7.3.36",
        "1.2.840.113583.1.1.5",
        "1.3.6.1.4.1.311.10.3.12",
        "microsoft_document_signing",
        "adobe_authentic_documents_trust",
        "microsoft_smart_card_logon",
    }
)
"""Purposes under which people sign: RFC 9336, and those that viewers accept for documents."""


def unfit_purpose(certificate: Any) -> str:  # noqa: ANN401  # asn1crypto has no types
    """What a certificate is for, where that is not signing documents; empty where it may be."""
    if certificate.ca and certificate.self_signed == "no":
        return "issuing certificates"
    usage = certificate.key_usage_value
    if usage is not None and not {"digital_signature", "non_repudiation"} & usage.native:
        return "encryption" if "key_encipherment" in usage.native else "other uses than signatures"
    purposes = certificate.extended_key_usage_value
    stated = purposes.native if purposes is not None else []
    if not stated or _FOR_DOCUMENTS.intersection(stated):
        return ""
    return " and ".join(_PURPOSES.get(purpose, f"the purpose {purpose}") for purpose in stated)
