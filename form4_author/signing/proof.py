"""What the signatures of a PDF prove: whether each is intact, how much of the file it covers, what came later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from form4_author.signing.identity import TRIAL, anchors, common_name
from form4_author.signing.seal import opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

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
    signed_at: datetime | None = None
    """As the signer's clock had it."""
    stamped_at: datetime | None = None
    """As an intact time-stamp has it."""
    intact: bool = False
    """Whether the bytes it covers are those that were signed."""
    whole: bool = False
    """Whether it covers the whole file as it was when signed."""
    later: Later = Later.CHANGES
    trusted: bool = False
    """Whether its certificate, and its time-stamp's, lead to a root that was given and were valid when it was made."""
    stamp_trusted: bool = False
    revoked: bool = False
    self_signed: bool = False
    trial: bool = False
    evidence: bool = False
    """Whether the file keeps evidence of the certificate's state (PAdES B-LT)."""

    @property
    def sound(self) -> bool:
        """Whether what is shown is what was signed, whoever signed it."""
        return self.intact and self.whole and self.later is not Later.CHANGES


def signatures(pdf: bytes, roots: Sequence[bytes] = ()) -> tuple[PdfSignature, ...]:
    """The signatures of a file, oldest first; nothing is fetched.

    ``roots``: trusted certificates, DER. Raises UnreadableInput when it is no PDF that can be read.
    """
    reader = opened(pdf)
    fields = enumerate_sig_fields(reader, filled_status=True)
    trusted = anchors(roots)
    read = [_signature(reader, name, field, trusted) for name, _value, field in fields]
    return tuple(signature for _revision, signature in sorted(read, key=itemgetter(0)))


def _signature(
    reader: PdfFileReader,
    name: str,
    field: Any,  # noqa: ANN401  # pyHanko's own object
    trusted: Sequence[Any],
) -> tuple[int, PdfSignature]:
    """Revision and judgement of one; what cannot be read proves nothing."""
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        return embedded.signed_revision, _judged(reader, embedded, trusted)
    except Exception:  # noqa: BLE001  # a damaged signature fails anywhere in its layers of encoding
        return reader.total_revisions, PdfSignature(field=name)


def _judged(reader: PdfFileReader, embedded: EmbeddedPdfSignature, trusted: Sequence[Any]) -> PdfSignature:
    claimed = embedded.self_reported_timestamp
    context, evidence = _context(reader, trusted, claimed)
    status, stamp = _validated(embedded, context)
    certificate = embedded.signer_cert
    trial = certificate.subject.native.get("organization_name") == TRIAL
    return PdfSignature(
        field=embedded.fq_name,
        signer=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        signed_at=claimed,
        stamped_at=stamp.timestamp if stamp is not None and stamp.valid and stamp.intact else None,
        intact=status.intact and status.valid,
        whole=embedded.coverage
        in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION),
        later=_later(status),
        trusted=status.trusted,
        stamp_trusted=stamp is not None and stamp.trusted,
        revoked=status.revoked,
        self_signed=certificate.self_signed != "no",
        trial=trial,
        evidence=evidence,
    )


def _validated(
    embedded: EmbeddedPdfSignature, context: ValidationContext
) -> tuple[PdfSignatureStatus | DocumentTimestampStatus, TimestampSignatureStatus | None]:
    """PyHanko's judgement of a signature and of its time-stamp, which a time-stamp of the whole file is itself."""
    if embedded.sig_object_type == "/DocTimeStamp":
        alone = validate_pdf_timestamp(embedded, context)
        return alone, alone
    status = validate_pdf_signature(embedded, context, key_usage_settings=_SIGNS)
    return status, status.timestamp_validity


def _context(
    reader: PdfFileReader, trusted: Sequence[Any], moment: datetime | None
) -> tuple[ValidationContext, bool]:
    """Whom to believe, as of the signing, with the evidence that the file keeps; and whether it keeps any."""
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
        return ValidationContext(**believed), False
    return store.as_validation_context(believed), True


def _later(status: ModificationInfo) -> Later:
    level = status.modification_level
    if level is ModificationLevel.NONE:
        return Later.NOTHING
    added = level in (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    return Later.ADDITIONS if added and status.docmdp_ok is not False else Later.CHANGES
