"""A certification authority of one's own: people, a time-stamp server, and who was revoked; on this machine only.

Its certificates are good from 2020 to 2120, so that no test depends on the day it is run on.
"""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

__all__ = ["FROM", "UNTIL", "Authority", "Holder", "served"]

FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2120, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey | RSAPrivateKey

    def pem(self, passphrase: str = "") -> tuple[bytes, bytes]:
        """Key and certificate."""
        lock = (
            serialization.BestAvailableEncryption(passphrase.encode())
            if passphrase
            else serialization.NoEncryption()
        )
        key = self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
        return key, self.certificate.public_bytes(serialization.Encoding.PEM)

    def der(self) -> tuple[bytes, bytes]:
        """Key, as a token takes it, and certificate."""
        lock, form = serialization.NoEncryption(), serialization.PrivateFormat.TraditionalOpenSSL
        key = self.key.private_bytes(serialization.Encoding.DER, form, lock)
        return key, self.certificate.public_bytes(serialization.Encoding.DER)

    def p12(self, passphrase: str, *others: x509.Certificate) -> bytes:
        """Both in a PKCS#12 file; an empty passphrase: not locked."""
        lock = (
            serialization.BestAvailableEncryption(passphrase.encode())
            if passphrase
            else serialization.NoEncryption()
        )
        return pkcs12.serialize_key_and_certificates(b"mine", self.key, self.certificate, others, lock)


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@dataclass
class Authority:
    """An authority whose people's certificates name its servers at ``address``."""

    address: str = ""
    revoked: list[int] = field(default_factory=list)
    """Serial numbers."""

    def __post_init__(self) -> None:
        self._key, number = ec.generate_private_key(ec.SECP256R1()), x509.random_serial_number()
        name = named("Example Root CA")
        self.root = (
            _draft(name, name, self._key, number)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(issues=True), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def root_pem(self) -> bytes:
        """The certificate to trust."""
        return self.root.public_bytes(serialization.Encoding.PEM)

    @property
    def root_der(self) -> bytes:
        """The same."""
        return self.root.public_bytes(serialization.Encoding.DER)

    def holder(
        self, name: str, *, stamps: bool = False, until: dt.datetime = UNTIL, listed: bool = True
    ) -> Holder:
        """Someone it certifies; ``stamps``: a time-stamp server; ``listed``: says where the revoked are listed."""
        key: EllipticCurvePrivateKey | RSAPrivateKey = (
            rsa.generate_private_key(65537, 2048)  # all that pyHanko's server for tests signs with
            if stamps
            else ec.generate_private_key(ec.SECP256R1())
        )
        draft = (
            _draft(named(name), self.root.subject, key, x509.random_serial_number(), until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(), critical=True)
        )
        if stamps:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            draft = draft.add_extension(purpose, critical=True)
        if self.address and listed:
            place = x509.UniformResourceIdentifier(f"{self.address}/crl")
            point = x509.DistributionPoint([place], None, None, None)
            draft = draft.add_extension(x509.CRLDistributionPoints([point]), critical=False)
            issuer = x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS,
                x509.UniformResourceIdentifier(f"{self.address}/root"),
            )
            draft = draft.add_extension(x509.AuthorityInformationAccess([issuer]), critical=False)
        return Holder(draft.sign(self._key, hashes.SHA256()), key)

    def crl(self) -> bytes:
        """Who is revoked, DER."""
        draft = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(FROM)
            .next_update(UNTIL)
        )
        for number in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(FROM)
            draft = draft.add_revoked_certificate(entry.build())
        return draft.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _draft(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey | RSAPrivateKey,
    number: int,
    until: dt.datetime = UNTIL,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(FROM)
        .not_valid_after(until)
    )


def _usage(*, issues: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )


@contextmanager
def served(moment: dt.datetime) -> Iterator[Authority]:
    """An authority with its servers: time-stamps of one moment at ``/tsa``, the revoked at ``/crl``."""
    answers: dict[str, Any] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*answers[self.path](b""))

        def do_POST(self) -> None:
            self._send(*answers[self.path](self.rfile.read(int(self.headers["Content-Length"]))))

        def _send(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    authority = Authority(f"http://127.0.0.1:{server.server_address[1]}")
    stamper = _stamper(authority, moment)
    answers["/crl"] = lambda _body: ("application/pkix-crl", authority.crl())
    answers["/root"] = lambda _body: ("application/pkix-cert", authority.root_der)
    answers["/tsa"] = lambda body: ("application/timestamp-reply", _stamped(stamper, body))
    answers["/none"] = lambda _body: ("text/html", b"<html></html>")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _stamper(authority: Authority, moment: dt.datetime) -> DummyTimeStamper:
    holder = authority.holder("Example Time", stamps=True)
    der = holder.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = (holder.certificate, authority.root)
    held = [asn1.Certificate.load(c.public_bytes(serialization.Encoding.DER)) for c in certificates]
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko leaves this one out
    store.register_multiple(held)
    return DummyTimeStamper(held[0], keys.PrivateKeyInfo.load(der), store, fixed_dt=moment)


def _stamped(stamper: DummyTimeStamper, request: bytes) -> bytes:
    return bytes(stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump())
