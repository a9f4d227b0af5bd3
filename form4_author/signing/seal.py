"""Filling a place of a page with a signature: PAdES, visible, in a file that stays PDF/A-3a and PDF/UA-1.

    sealed(pdf, "Signature 1: Jane Doe", identity, moment)                      baseline B-B
    sealed(pdf, …, Witness(timestamp="https://…"))                              B-T
    sealed(pdf, …, Witness(timestamp="https://…", long_term=True, roots=(…,)))  B-LT

Any PDF that ``render.conformance.finish`` gave places will do: the form, an authentication document, an attestation.
Each signature is an incremental update, so earlier ones stay valid (ISO 32000-1, 12.8; ETSI EN 319 142-1).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment as Align
from pyhanko.pdf_utils.layout import BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from form4_author.errors import Form4Error, UnreadableInput
from form4_author.page.pdf import seal_pdf
from form4_author.page.seal import Seal
from form4_author.signing.identity import TRIAL, anchors

if TYPE_CHECKING:
    from datetime import datetime

    from form4_author.signing.identity import Identity

__all__ = ["NO_WITNESS", "SignaturePlace", "Witness", "opened", "places", "sealed"]

_EASTERN: Final = ZoneInfo("America/New_York")
"""The clock that a filing is checked by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePlace:
    """A place for a signature in a PDF."""

    field: str
    label: str
    """What a screen reader says."""
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What others are asked to vouch for; with it the network is used, and only then."""

    timestamp: str | None = None
    """Address of a time-stamp server (RFC 3161): baseline B-T."""
    long_term: bool = False
    """Whether the certificates' state is fetched and kept in the file: baseline B-LT."""
    roots: tuple[bytes, ...] = ()
    """Trusted certificates, DER, to which the signer's and the server's chains lead."""


NO_WITNESS: Final = Witness()


def opened(pdf: bytes) -> PdfFileReader:
    """The file, read.

    Raises UnreadableInput when it is no PDF that can be read, or is encrypted.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        list(enumerate_sig_fields(reader))
    except Exception as error:  # noqa: BLE001  # a damaged file fails anywhere in its layers of encoding
        raise UnreadableInput(
            f"This is not a PDF file that can be read ({error})", remedy="Name a PDF that form4 render made"
        ) from None
    if reader.encrypted:
        raise UnreadableInput("This PDF is encrypted", remedy="Name a PDF that form4 render made")
    return reader


def places(pdf: bytes) -> tuple[SignaturePlace, ...]:
    """The places for signatures, in the order of the pages.

    Raises UnreadableInput as :func:`opened`.
    """
    return tuple(
        SignaturePlace(field=name, label=str(field.get_object().get("/TU", "")), signed=value is not None)
        for name, value, field in enumerate_sig_fields(opened(pdf))
    )


def sealed(
    pdf: bytes, field: str, identity: Identity, moment: datetime, witness: Witness = NO_WITNESS
) -> bytes:
    """The PDF with a signature in one of its places, appended to what was there.

    ``moment``: the signing time, with its zone. Raises UnreadableInput when the file has no such place free, Form4Error
    when the certificate is not valid at that time or a server that was named does not answer.
    """
    _refuse_unusable(pdf, field, identity, moment)
    writer = _Appending(BytesIO(pdf))
    metadata = PdfSignatureMetadata(
        field_name=field,
        name=identity.name,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=witness.long_term,
        validation_context=_context(witness),
    )
    signer = _Dated(
        metadata,
        identity.signer,
        timestamper=HTTPTimeStamper(witness.timestamp, timeout=30) if witness.timestamp else None,
        stamp_style=_style(_seal(identity, moment), *_size(writer, field)),
    )
    signer.moment = moment
    try:
        output = signer.sign_pdf(writer, existing_fields_only=True)
    except TimestampRequestError as error:
        raise Form4Error(
            f"The time-stamp server did not answer as one ({error})",
            remedy="Check its address, or sign without --timestamp",
        ) from None
    except SigningError as error:
        raise Form4Error(
            f"Signing failed: {_why(error)}",
            remedy="Check the certificate, its chain and the roots given with --trust",
        ) from None
    signed: bytes = output.getvalue()
    return signed


def _why(error: Exception) -> str:
    """The error's words with those of what caused it, without full stops at the end."""
    words = str(error).rstrip(".")
    return f"{words} ({str(error.__cause__).rstrip('.')})" if error.__cause__ is not None else words


class _Appending(IncrementalPdfFileWriter):
    """Leaves the metadata as they are: pyHanko would write anew what says that the file is PDF/A-3a and PDF/UA-1."""

    def _update_meta(self) -> None:
        pass


class _Dated(PdfSigner):
    """Signs at a given time, which the page shows as well."""

    moment: datetime

    def register_extensions(self, *_given: Any, **_named: Any) -> None:  # noqa: ANN401  # as below
        """Registers none: they are optional, and would make the file PDF 2.0, on which PDF/A-3 is not based."""

    def init_signing_session(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401  # pyHanko's own signature
        session = super().init_signing_session(*given, **named)
        session.system_time = self.moment
        return session


def _refuse_unusable(pdf: bytes, field: str, identity: Identity, moment: datetime) -> None:
    if field not in {place.field for place in places(pdf) if not place.signed}:
        raise UnreadableInput(
            f'This PDF has no free place "{field}"', remedy="Choose a different one, or render the form again"
        )
    if not identity.not_before <= moment <= identity.not_after:
        raise Form4Error(
            f"The certificate of {identity.name} is valid from {identity.not_before:%Y-%m-%d} to "
            f"{identity.not_after:%Y-%m-%d}, not on {moment:%Y-%m-%d}",
            remedy="Sign with a certificate that is valid today",
        )


def _context(witness: Witness) -> ValidationContext | None:
    """Whom to believe and whether to ask; None for a signature that embeds no evidence."""
    if not witness.long_term:
        return None
    return ValidationContext(
        trust_roots=anchors(witness.roots), allow_fetching=True, revocation_mode="hard-fail"
    )


def _seal(identity: Identity, moment: datetime) -> Seal:
    """What the place shows."""
    when = moment.astimezone(_EASTERN)
    return Seal(
        name=identity.name,
        lines=(
            f"{when:%Y-%m-%d %H:%M:%S} Eastern",
            *(() if identity.trial else (f"Certified by {identity.issuer}",)),
        ),
        trial=TRIAL if identity.trial else "",
    )


def _size(writer: IncrementalPdfFileWriter, field: str) -> tuple[int, int]:
    """Width and height of a place, in the whole points that pyHanko gives to an appearance."""
    found = next(f for name, _value, f in enumerate_sig_fields(writer) if name == field)
    x1, y1, x2, y2 = found.get_object()["/Rect"]
    return int(abs(x2 - x1)), int(abs(y2 - y1))


def _style(seal: Seal, width: int, height: int) -> StaticStampStyle:
    whole = SimpleBoxLayoutRule(x_align=Align.ALIGN_MIN, y_align=Align.ALIGN_MIN, margins=Margins(0, 0, 0, 0))
    return StaticStampStyle(
        border_width=0,
        background=_Page(seal_pdf(seal, width, height), width, height),
        background_layout=whole,
        background_opacity=1.0,
    )


class _Page(PdfContent):
    """A page as the appearance of a field: its fonts come along, each a subset with widths of its own."""

    def __init__(self, pdf: bytes, width: int, height: int) -> None:
        super().__init__(box=BoxConstraints(width=width, height=height))
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)))
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Seal"), page)
        return b"/Seal Do"
