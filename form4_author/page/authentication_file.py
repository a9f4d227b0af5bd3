"""The authentication document as a file, which holds the XML that it is about and what it was made from.

So it can be made again, and what it shows compared with that.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from form4_author.errors import UnreadableInput
from form4_author.page.authentication import Particulars, authentication_html, authentication_views
from form4_author.page.html import PAPERS
from form4_author.page.pdf import Enclosure, upright_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper

__all__ = [
    "RECORD",
    "AuthenticationRecord",
    "authentication_files",
    "authentication_pdf",
    "record_from",
    "xml_enclosure",
]

RECORD: Final = "authentication.json"
"""What an authentication document was made from, inside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticationRecord:
    """What an authentication document is made from, beside the XML."""

    number: int = 1
    """Which signatory's, from 1."""
    document: str
    """File name of the XML."""
    issuer: str
    owners: tuple[str, ...]
    """Names, which the XML as it is sent does not hold."""
    paper: Paper = "letter"
    filed: date | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the packet's other files, which the signature so covers."""
    particulars: Particulars | None = None
    """Of the electronic signature; None for a document that is signed by hand, or not yet."""


def xml_enclosure(name: str, xml: bytes) -> Enclosure:
    """The document that a page shows, or that an authentication document is about."""
    return Enclosure(name=name, content=xml, description="Primary document, EDGAR XML", relationship="Source")


def authentication_files(filing: Filing, xml: bytes, about: AuthenticationRecord) -> dict[str, bytes]:
    """The document of each signatory: ``authentication.pdf``, numbered where there are several.

    ``about``: what all of them say.
    """
    count = len(authentication_views(filing, document=about.document, sha256=""))
    return {
        f"authentication{f'-{number}' if count > 1 else ''}.pdf": authentication_pdf(
            filing, xml, replace(about, number=number)
        )
        for number in range(1, count + 1)
    }


def authentication_pdf(filing: Filing, xml: bytes, record: AuthenticationRecord) -> bytes:
    """One document, with the XML and its own record inside. Raises UnreadableInput where there is no such signatory."""
    named = replace(
        filing,
        issuer=replace(filing.issuer, name=record.issuer or None),
        owners=tuple(
            replace(owner, name=name or None)
            for owner, name in zip(filing.owners, record.owners, strict=True)
        ),
    )
    views = authentication_views(
        named, document=record.document, sha256=hashlib.sha256(xml).hexdigest(), filed=record.filed
    )
    html = authentication_html(views[record.number - 1], record.paper, record.particulars)
    inside = (
        xml_enclosure(record.document, xml),
        Enclosure(
            name=RECORD,
            content=_text(record),
            description="What the authentication document was made from",
            relationship="Data",
        ),
    )
    return upright_pdf(html, inside, filing.period_of_report)


def _text(record: AuthenticationRecord) -> bytes:
    data: dict[str, Any] = {**asdict(record), "files": dict(record.files)}
    data["filed"] = record.filed.isoformat() if record.filed is not None else None
    return (json.dumps({"tool": "form4-author", **data}, indent=2, ensure_ascii=True) + "\n").encode()


def record_from(text: bytes) -> AuthenticationRecord:
    """The record that an authentication document holds. Raises UnreadableInput for any other text."""
    try:
        data = json.loads(text)
        filed, particulars = data["filed"], data["particulars"]
        record = AuthenticationRecord(
            number=int(data["number"]),
            document=str(data["document"]),
            issuer=str(data["issuer"]),
            owners=tuple(str(owner) for owner in data["owners"]),
            paper={size: size for size in PAPERS.values()}[data["paper"]],
            filed=date.fromisoformat(filed) if filed is not None else None,
            files={str(name): str(sha256) for name, sha256 in data["files"].items()},
            particulars=Particulars(**particulars) if particulars is not None else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableInput(
            f"{RECORD} is not what form4 writes", remedy="Make the packet again with form4 render"
        ) from None
    return record
