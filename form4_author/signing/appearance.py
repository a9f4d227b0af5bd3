"""What a signed place shows, compared with what form4 draws there for its certificate and time."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from form4_author.signing.graph import Graph, StreamObject, resolved
from form4_author.signing.history import fields_of
from form4_author.signing.identity import trial
from form4_author.signing.reading import refuse_nested_drawings
from form4_author.signing.seal import sealed

if TYPE_CHECKING:
    from form4_author.signing.proof import PdfSignature

__all__ = ["Appearance", "appearance_of"]

_SIZE: Final = (0, 90)


class Appearance(Enum):
    """What a signed place shows."""

    OURS = "ours"
    """What form4 draws there."""
    OTHER_DRAWING = "other drawing"
    """Something else; where it has words, the certificate's name is among them."""
    OTHER_NAME = "other name"
    """Words without the name of the certificate."""


def appearance_of(after: bytes, before: bytes, signature: PdfSignature) -> Appearance:
    """What the place of a signature shows; ``before`` and ``after`` are the file without and with it."""
    shown = Graph(after)
    field = resolved(fields_of(shown)[signature.field])
    if signature.signed_at is not None:
        signer = replace(
            trial(signature.signer, signature.signed_at),
            name=signature.signer,
            issuer=signature.issuer,
            trial=signature.trial,
        )
        expected = Graph(sealed(before, signature.field, signer, signature.signed_at))
        wanted = resolved(fields_of(expected)[signature.field])
        if not any(expected.differences_below(shown, "AP", wanted.raw_get("/AP"), field.get("/AP"))):
            return Appearance.OURS
    words = _words(shown, resolved(resolved(field.get("/AP", {})).get("/N")))
    named = "".join(signature.signer.split()).casefold() in "".join(words.split()).casefold()
    return Appearance.OTHER_DRAWING if named or not words.strip() else Appearance.OTHER_NAME


def _words(graph: Graph, drawing: Any) -> str:  # noqa: ANN401  # pypdf's own, without types
    if not isinstance(drawing, StreamObject):
        return ""
    refuse_nested_drawings(drawing)
    page: Any = graph.reader.pages[0]
    return str(page.extract_xform_text(drawing, _SIZE, 200.0))
