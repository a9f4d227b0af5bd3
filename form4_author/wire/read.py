"""From bytes to a document: which kind of file this is, its tree, its envelope, its filing.

Kinds: a primary document (submission or public profile), an ``edgarSubmission`` envelope, and EDGAR's full submission
text. Anything else, or anything broken, raises UnreadableInput with the DOC- id that says why.
Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.6, 4.1 and 4.2.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, TypeVar

from lxml import etree

from form4_author import codes
from form4_author.errors import UnreadableInput
from form4_author.findings import Hit
from form4_author.model.submission import LARGEST_FILE, Attachment, Submission
from form4_author.wire.element import name_of
from form4_author.wire.malformed_xml import reason
from form4_author.wire.sgml import text_content, xml_content
from form4_author.wire.tree import extra_node_hits, read_filing

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.findings import Malformed
    from form4_author.model.filing import Filing

__all__ = ["DEEPEST", "LARGEST_PRIMARY", "Document", "read_document"]

_Day = TypeVar("_Day")

LARGEST_PRIMARY: Final = 8 * 1024 * 1024
"""Bytes of a primary document; 77 times the largest of 20,816 accepted ones."""
DEEPEST: Final = 32
"""Levels of elements; the forms need 6."""

_DECLARATION: Final = re.compile(rb"<\?xml\s[^>]*?version\s*=\s*[\"']([^\"']*)[\"']")
_SGML_DOCUMENT: Final = re.compile(rb"<DOCUMENT>(.*?)(?:</DOCUMENT>|\Z)", re.DOTALL)
_SGML_FIELD: Final = re.compile(rb"^<(TYPE|FILENAME|DESCRIPTION)>([^\r\n]*)", re.MULTILINE)
_ACCESSION: Final = re.compile(rb"(?:ACCESSION NUMBER:|<ACCESSION-NUMBER>)\s*([0-9]{10}-[0-9]{2}-[0-9]{6})")
_FILED: Final = re.compile(rb"(?:FILED AS OF DATE:|<FILING-DATE>)\s*([0-9]{4})([0-9]{2})([0-9]{2})")
_ACCEPTED: Final = re.compile(rb"<ACCEPTANCE-DATETIME>\s*([0-9]{4})" + rb"([0-9]{2})" * 5)
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
"""White space and UTF-8's byte order mark."""
_XML_OBTAIN: Final = (
    "Give the XML file of the filing: on sec.gov it is the one whose name ends in .xml, not the page"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file turned out to be."""

    profile: str
    """``submission`` or ``public``."""
    filing: Filing
    hits: tuple[Hit, ...]
    malformed: tuple[Malformed, ...]
    root: etree._Element
    """The ``ownershipDocument`` element."""
    line_offset: int = 0
    """Lines of the file above the primary document."""
    submission: Submission | None = None
    envelope: etree._Element | None = None
    """The ``edgarSubmission`` element."""


def read_document(data: bytes) -> Document:
    """The filing in a file, whatever kind of file EDGAR uses it is.

    Raises UnreadableInput (DOC-016, DOC-019, DOC-023 … DOC-027, DOC-042) when there is no filing to judge in it.
    """
    _refuse_unreadable(data)
    head = data[:4096].lstrip(_BLANK)
    if head[:9].upper() in (b"<SEC-DOCU", b"<SEC-HEAD", b"<DOCUMENT") or head.startswith(
        b"-----BEGIN PRIVACY"
    ):
        return _full_text(data)
    hits: list[Hit] = []
    root = _tree(_prolog_checked(data, hits), offset=_lines_above(data))
    if root.tag == "edgarSubmission":
        return _envelope(root, hits)
    return _primary(root, hits, line_offset=_lines_above(data))


# ---- the bytes


def _refuse_unreadable(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise UnreadableInput(
            f"The file has {len(data):,} bytes; at most {LARGEST_FILE:,} are read",
            remedy="Give the primary document or the envelope alone",
            id="DOC-027",
        )
    if not data.strip(_BLANK):
        raise UnreadableInput("The file is empty", remedy=_XML_OBTAIN, id="DOC-025")
    _refuse_other_kinds(data)
    place = data.find(b"\0")
    if place >= 0 and not data.startswith(_UTF16_MARKS):
        line, column = _place(data, place)
        raise UnreadableInput(
            "The file contains a NUL byte, which XML does not permit",
            remedy="Save it again as plain ASCII",
            id="DOC-024",
            line=line,
            column=column,
        )


def _refuse_other_kinds(data: bytes) -> None:
    start = data[:2048].lstrip(_BLANK).lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise UnreadableInput(
            "This is a web page (HTML), not the filing's XML", remedy=_XML_OBTAIN, id="DOC-025", line=1
        )
    if start.startswith(b"%pdf"):
        raise UnreadableInput("This is a PDF, not the filing's XML", remedy=_XML_OBTAIN, id="DOC-025", line=1)


def _place(data: bytes, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a byte."""
    return data.count(b"\n", 0, index) + 1, index - (data.rfind(b"\n", 0, index) + 1) + 1


def _lines_above(data: bytes) -> int:
    return data[: len(data) - len(data.lstrip())].count(b"\n")


def _prolog_checked(data: bytes, hits: list[Hit]) -> bytes:
    """The bytes from the XML declaration on; white space before it and another version become hits (DOC-019)."""
    stripped = data.lstrip()
    if stripped.startswith(b"<?xml") and stripped is not data and len(stripped) != len(data):
        hits.append(
            Hit(
                (),
                "The XML declaration follows white space; it must be the very first characters",
                line=1,
                id="DOC-019",
            )
        )
    elif (
        not stripped.startswith(b"<")
        and b"<?xml" in data[:4096]
        and not data.startswith((b"\xef\xbb\xbf", *_UTF16_MARKS))
    ):
        line, column = _place(data, len(data) - len(stripped))
        raise UnreadableInput(
            "The XML declaration follows other text; it must be the very first characters",
            remedy="Remove everything before <?xml",
            id="DOC-019",
            line=line,
            column=column,
        )
    declared = _DECLARATION.match(stripped)
    if declared and declared[1] != b"1.0":
        version = declared[1].decode("ascii", "replace")
        hits.append(Hit((), f'XML version is "{version}"; EDGAR takes 1.0 only', line=1, id="DOC-019"))
    return stripped


_PARSER: Final = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True
)
"""For primary documents; libxml2's own bounds on depth and text length hold. Without the space between elements."""
_LARGE_PARSER: Final = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True, huge_tree=True
)
"""For envelopes, whose attachments may be long texts."""
_DEEP: Final = etree.XPath("count(/" + "/*" * (DEEPEST + 1) + ")")


def _tree(data: bytes, offset: int = 0) -> etree._Element:
    large = len(data) > LARGEST_PRIMARY
    if large and any(mark in data for mark in _DOCTYPES):  # its parser would expand entities without bound
        raise _doctype(data, offset)
    try:
        root = etree.fromstring(data, _LARGE_PARSER if large else _PARSER)
    except etree.XMLSyntaxError as error:
        raise _broken(error, data, offset) from None
    if root.getroottree().docinfo.doctype:
        raise _doctype(data, offset)
    if root.tag == "ownershipDocument" and large:
        raise UnreadableInput(
            f"The ownership document has {len(data):,} bytes; at most {LARGEST_PRIMARY:,} are read",
            remedy=_XML_OBTAIN,
            id="DOC-027",
        )
    return root


_DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def _doctype(data: bytes, offset: int) -> UnreadableInput:
    place = data.find(_DOCTYPES[0])
    line, column = _place(data, place) if place >= 0 else (1, None)
    return UnreadableInput(
        "The file declares a DOCTYPE; ownership documents have none and entities are not read",
        remedy="Remove the DOCTYPE declaration",
        id="DOC-026",
        line=line + offset,
        column=column,
    )


def _broken(error: etree.XMLSyntaxError, data: bytes, offset: int) -> UnreadableInput:
    """The reason a file is not XML, in our words."""
    line, column = error.position
    id, problem, remedy = reason(str(error), (line, column), data, offset)
    if id == "DOC-026":
        return _doctype(data, offset)
    return UnreadableInput(
        problem, remedy=remedy, id=id, line=line + offset if line else None, column=column or None
    )


# ---- the kinds


def _primary(
    root: etree._Element,
    hits: list[Hit],
    line_offset: int = 0,
    submission: Submission | None = None,
    envelope: etree._Element | None = None,
) -> Document:
    if root.tag != "ownershipDocument":
        raise UnreadableInput(
            f"The outermost element is <{name_of(root)}>{_namespace(root)}; expected <ownershipDocument>",
            remedy=_XML_OBTAIN,
            id="DOC-025",
            line=(root.sourceline or 1) + line_offset,
        )
    reading = read_filing(root, line_offset)
    if reading.hits and _DEEP(root):  # only what no field claims can lie that deep
        raise UnreadableInput(
            f"Elements are nested more than {DEEPEST} levels deep",
            remedy=_XML_OBTAIN,
            id="DOC-027",
            line=(root.sourceline or 1) + line_offset,
        )
    public = reading.filing.edition is not None and envelope is None
    return Document(
        profile="public" if public else "submission",
        filing=reading.filing,
        hits=(*hits, *reading.hits),
        malformed=reading.malformed,
        root=reading.root,
        line_offset=line_offset,
        submission=submission,
        envelope=envelope,
    )


def _namespace(root: etree._Element) -> str:
    namespace = etree.QName(root).namespace
    return f" of the namespace {namespace}" if namespace else ""


def _envelope(root: etree._Element, hits: list[Hit]) -> Document:
    hits += extra_node_hits(root, "envelope")
    primary: tuple[str | None, bytes] | None = None
    attachments: list[Attachment] = []
    for element in root.iterfind("edgarDocument"):
        kind = _text(element, "documentType")
        name = _text(element, "documentName")
        content = _decoded(element, name)
        if kind in codes.forms() and primary is None:
            primary = name, content
        else:
            attachments.append(
                Attachment(
                    name=name, type=kind, description=_text(element, "documentDescription"), content=content
                )
            )
    if primary is None:
        raise UnreadableInput(
            "The envelope has no primary document: none of its documents has the type 3, 3/A, 4, 4/A, 5 or 5/A",
            remedy="Add the ownership document with its form type as documentType",
            id="DOC-042",
            line=root.sourceline,
        )
    contact = root.find("pointOfContact")
    submission = Submission(
        type=_text(root, "submissionType"),
        test_or_live=_text(root, "testOrLive"),
        contact_name=_text(contact, "contactName"),
        contact_phone=_text(contact, "contactPhoneNumber"),
        contact_email=_text(contact, "contactEmailAddress"),
        notification_emails=tuple(
            (e.text or "").strip() for e in root.iterfind("notificationAddresses/notificationEmailAddress")
        ),
        primary_name=primary[0],
        attachments=tuple(attachments),
    )
    above = _lines_above(primary[1])
    try:
        _refuse_unreadable(primary[1])
        inner = _tree(_prolog_checked(primary[1], hits), offset=above)
        return _primary(inner, hits, line_offset=above, submission=submission, envelope=root)
    except UnreadableInput as error:
        raise UnreadableInput(
            f'Document "{primary[0]}" of the envelope cannot be read: {error.problem}',
            remedy=error.remedy,
            id=error.id,
            line=error.line,
            column=error.column,
        ) from None


def _text(element: etree._Element | None, name: str) -> str | None:
    text = element.findtext(name) if element is not None else None
    return (text.strip() or None) if text else None


def _decoded(element: etree._Element, name: str | None) -> bytes:
    block = element.find("documentMimeBlock")
    text = "".join((block.text or "").split()) if block is not None else ""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableInput(
            f'Document "{name}" of the envelope is not base64 text',
            remedy="Pack the submission again",
            id="DOC-042",
            line=element.sourceline,
        ) from None


def _full_text(data: bytes) -> Document:
    primary: tuple[str | None, bytes, int] | None = None
    attachments: list[Attachment] = []
    for found in _SGML_DOCUMENT.finditer(data):
        fields = {
            m[1].decode(): m[2].decode("utf-8", "replace").strip() for m in _SGML_FIELD.finditer(found[1])
        }
        inner = xml_content(found[1])
        if fields.get("TYPE") in codes.forms() and inner is not None and primary is None:
            lines = data.count(b"\n", 0, found.start(1) + inner.start)
            primary = fields.get("FILENAME"), inner.content, lines
        else:
            attachments.append(
                Attachment(
                    name=fields.get("FILENAME"),
                    type=fields.get("TYPE"),
                    description=fields.get("DESCRIPTION"),
                    content=text_content(found[1]),
                )
            )
    if primary is None:
        _refuse_cut_off(data)
        raise UnreadableInput(
            "This EDGAR submission text has no ownership XML (filings before 2003 have none)",
            remedy=_XML_OBTAIN,
            id="DOC-025",
            line=1,
        )
    accession = _ACCESSION.search(data)
    submission = Submission(
        primary_name=primary[0],
        attachments=tuple(attachments),
        accession_number=accession[1].decode() if accession else None,
        filed=_in_header(data, _FILED, date),
        accepted=_in_header(data, _ACCEPTED, datetime),
    )
    hits: list[Hit] = []
    root = _tree(_prolog_checked(primary[1], hits), offset=primary[2])
    return _primary(root, hits, line_offset=primary[2], submission=submission)


def _in_header(data: bytes, pattern: re.Pattern[bytes], kind: Callable[..., _Day]) -> _Day | None:
    """The day or moment in the header; None where there is none or it is none of the calendar."""
    found = pattern.search(data)
    try:
        return kind(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _refuse_cut_off(data: bytes) -> None:
    """Raises when the submission text ends within its XML."""
    start = data.rfind(b"<XML>")
    if start >= 0 and data.find(b"</XML>", start) < 0:
        line, column = _place(data, len(data.rstrip()))
        raise UnreadableInput(
            "The file ends before its elements are closed, so it is probably incomplete",
            remedy="Download or save the complete file again",
            id="DOC-023",
            line=line,
            column=column,
        )
