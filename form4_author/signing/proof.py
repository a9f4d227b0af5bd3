"""What the signatures of a PDF prove: whether each is intact, how much of the file it covers, what came later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from form4_author.signing.identity import TRIAL, anchors, common_name, common_names, unfit_purpose
from form4_author.signing.seal import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import DocumentTimestampStatus, ModificationInfo, PdfSignatureStatus
    from pyhanko.sign.validation.status import TimestampSignatureStatus

__all__ = ["Later", "PdfSignature", "signatures"]

_SIGNS: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
"""Either will do: many certificates for e-mail have the first alone."""


class Later(Enum):
    """What was appended to a file after a signature."""

    NOTHING = "nothing"
    ADDITIONS = "additions"
    """Further signatures, or evidence for long-term validation."""
    CHANGES = "changes"
    """Something else: what was signed is not what is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSignature:
    """One signature of a file."""

    field: str
    signer: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    """The common names of the signer's certificate: one, as a rule."""
    signed_at: datetime | None = None
    """As the signer's clock had it."""
    stamped_at: datetime | None = None
    """As an intact time-stamp has it."""
    stamp_broken: bool = False
    """Whether it has a time-stamp that is damaged, or that was made for another signature."""
    not_before: datetime | None = None
    not_after: datetime | None = None
    intact: bool = False
    """Whether the bytes it covers are those that were signed."""
    whole: bool = False
    """Whether it covers the whole file as it was when signed."""
    later: Later = Later.CHANGES
    trusted: bool = False
    """Whether its certificate leads to a root that was given, and is valid at the time-stamp, else now."""
    by_own_clock: bool = False
    """Whether its certificate leads to a root that was given, but was valid only at the time that the signer claims."""
    stamp_trusted: bool = False
    revoked: bool = False
    self_signed: bool = False
    trial: bool = False
    evidence: bool = False
    """Whether the file keeps evidence of the certificate's state (PAdES B-LT)."""
    weak: tuple[str, ...] = ()
    """Algorithms that it relies on and that can be forged."""
    unfit: str = ""
    """What its certificate is for, where that is not signing documents."""

    @property
    def sound(self) -> bool:
        """Whether what is shown is what was signed, whoever signed it."""
        return self.intact and self.whole and self.later is not Later.CHANGES


def signatures(
    pdf: bytes, roots: Sequence[bytes] = (), at: datetime | None = None
) -> tuple[PdfSignature, ...]:
    """The signatures of a file, oldest first; nothing is fetched.

    ``roots``: trusted certificates, DER; ``at``: the time to judge trust at where no trusted time-stamp has one, now by
    default. Raises UnreadableInput when it is no PDF that can be read.
    """
    reader = opened(pdf)
    fields = enumerate_sig_fields(reader, filled_status=True)
    believed = _Believed(anchors(roots), at or datetime.now(UTC))
    read = [_signature(reader, name, field, believed) for name, _value, field in fields]
    return tuple(signature for _revision, signature in sorted(read, key=itemgetter(0)))


class _Believed(NamedTuple):
    """Whom to believe, and as of when."""

    roots: Sequence[Any]
    at: datetime


def _signature(
    reader: PdfFileReader,
    name: str,
    field: Any,  # noqa: ANN401  # pyHanko's own object
    believed: _Believed,
) -> tuple[int, PdfSignature]:
    """Revision and judgment of one; what cannot be read proves nothing."""
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        return embedded.signed_revision, _judged(reader, embedded, believed)
    except Exception:  # noqa: BLE001  # a damaged signature fails anywhere in its layers of encoding
        return reader.total_revisions, PdfSignature(field=name)


def _judged(reader: PdfFileReader, embedded: EmbeddedPdfSignature, believed: _Believed) -> PdfSignature:
    claimed = embedded.self_reported_timestamp
    status, stamp = _validated(embedded, _context(reader, believed.roots, believed.at))
    stamped = stamp.timestamp if stamp is not None and stamp.valid and stamp.intact else None
    stamp_trusted = stamped is not None and stamp is not None and stamp.trusted
    trusted, revoked = status.trusted, status.revoked
    if stamp_trusted:
        at_stamp, _ = _validated(embedded, _context(reader, believed.roots, stamped))
        trusted, revoked = at_stamp.trusted, at_stamp.revoked
    own_clock = False
    if not trusted and not revoked and claimed is not None:
        then, _ = _validated(embedded, _context(reader, believed.roots, claimed))
        own_clock = then.trusted
    certificate = embedded.signer_cert
    return PdfSignature(
        field=embedded.fq_name,
        signer=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        names=common_names(certificate.subject),
        signed_at=claimed,
        stamped_at=stamped,
        stamp_broken=_stamp_token(embedded) is not None and stamped is None,
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        intact=status.intact and status.valid,
        whole=embedded.coverage
        in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION),
        later=_later(status),
        trusted=trusted,
        by_own_clock=own_clock,
        stamp_trusted=stamp_trusted,
        revoked=revoked,
        self_signed=certificate.self_signed != "no",
        trial=certificate.subject.native.get("organization_name") == TRIAL,
        evidence="/DSS" in reader.root,
        weak=tuple(dict.fromkeys(_weak(embedded))),
        unfit=unfit_purpose(certificate),
    )


def _stamp_token(embedded: EmbeddedPdfSignature) -> Any:  # noqa: ANN401  # asn1crypto has no types
    """The time-stamp that a signature bears; None where it has none."""
    tokens = (
        each["values"][0]
        for each in embedded.signer_info["unsigned_attrs"] or ()
        if each["type"].native == "signature_time_stamp_token"
    )
    return next(tokens, None)


_FORGEABLE: Final = frozenset({"md2", "md4", "md5", "sha1", "ripemd160"})
_SHORTEST: Final = 2048
"""Bits of an RSA key (NIST SP 800-131A)."""


def _weak(embedded: EmbeddedPdfSignature) -> Iterator[str]:
    """The algorithms of a signature, its certificates and its time-stamp that can be forged."""
    information = embedded.signer_info
    digests = [information["digest_algorithm"]["algorithm"].native]
    own_root = embedded.signer_cert.self_signed != "no"
    certificates = [
        c for c in (embedded.signer_cert, *embedded.other_embedded_certs) if c.issuer != c.subject
    ]
    algorithms = (information["signature_algorithm"], *(c["signature_algorithm"] for c in certificates))
    digests += [_hash_of(algorithm) for algorithm in algorithms]
    token = _stamp_token(embedded)
    if token is not None:
        imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
        digests.append(imprint["hash_algorithm"]["algorithm"].native)
    yield from (digest.upper() for digest in digests if digest in _FORGEABLE)
    for certificate in (embedded.signer_cert, *(() if own_root else certificates)):
        key = certificate.public_key
        if key.algorithm == "rsa" and key.bit_size < _SHORTEST:
            yield f"an RSA key of {key.bit_size} bits"


def _hash_of(algorithm: Any) -> str:  # noqa: ANN401  # asn1crypto has no types
    try:
        return str(algorithm.hash_algo)
    except ValueError:  # Ed25519, which has one of its own
        return ""


def _validated(
    embedded: EmbeddedPdfSignature, context: ValidationContext
) -> tuple[PdfSignatureStatus | DocumentTimestampStatus, TimestampSignatureStatus | None]:
    """PyHanko's judgment of a signature and of its time-stamp, which a time-stamp of the whole file is itself."""
    if embedded.sig_object_type == "/DocTimeStamp":
        alone = validate_pdf_timestamp(embedded, context)
        return alone, alone
    status = validate_pdf_signature(embedded, context, key_usage_settings=_SIGNS)
    return status, status.timestamp_validity


def _context(reader: PdfFileReader, trusted: Sequence[Any], moment: datetime | None) -> ValidationContext:
    """Whom to believe, as of a moment, with the evidence that the file keeps."""
    believed: dict[str, Any] = {
        "trust_roots": list(trusted),
        "moment": moment,
        "allow_fetching": False,
        "revocation_mode": "soft-fail",
        "retroactive_revinfo": True,
    }
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return ValidationContext(**believed)
    return store.as_validation_context(believed)


def _later(status: ModificationInfo) -> Later:
    level = status.modification_level
    if level is ModificationLevel.NONE:
        return Later.NOTHING
    added = level in (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    return Later.ADDITIONS if added and status.docmdp_ok is not False else Later.CHANGES
