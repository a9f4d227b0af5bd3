"""Writing the envelope: a primary document with the owners' CCCs in it, and its attachments, as ``edgarSubmission``.

The only place where a CCC meets a document. It is handed in, is in the bytes returned and nowhere else: no record,
no message and no exception holds it.
Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.4, 3.6.3, 4.1, 4.2 and 4.3.2.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from form4_author.errors import MalformedValue
from form4_author.ident.ccc import is_ccc
from form4_author.ident.cik import bare_cik
from form4_author.wire.element import SECRET_ELEMENT
from form4_author.wire.write import document_bytes, document_element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from form4_author.model.filing import Filing
    from form4_author.model.submission import Submission

__all__ = ["without_secrets", "write_envelope"]

_LINE: Final = 76
"""Characters of a line of base64."""


def write_envelope(filing: Filing, submission: Submission, secrets: Mapping[str, str]) -> bytes:
    """The submission file of a filing, ready to be sent.

    ``secrets``: the CCC of each owner by CIK without leading zeros.
    Raises MalformedValue, which names the owner and never the value, where a CCC is missing or has not its form.
    """
    primary = _primary_document(filing, secrets)
    root = etree.Element("edgarSubmission")
    _added(root, "submissionType", submission.type or filing.form or "")
    _added(root, "testOrLive", submission.test_or_live or "TEST")
    _contact(root, submission)
    _notified(root, submission)
    _document(root, submission.primary_name or "form.xml", filing.form or "", None, primary)
    for attachment in submission.attachments:
        _document(
            root, attachment.name or "", attachment.type or "", attachment.description, attachment.content
        )
    etree.indent(root, space="  ")
    body: bytes = etree.tostring(root, encoding="us-ascii", xml_declaration=False)
    return b'<?xml version="1.0"?>\n' + body + b"\n"


def _primary_document(filing: Filing, secrets: Mapping[str, str]) -> bytes:
    root = document_element(filing)
    for number, owner in enumerate(filing.owners, 1):
        ccc = secrets.get(bare_cik(owner.cik), "")
        if not is_ccc(ccc):
            state = "is not eight letters, digits and @ # $ *" if ccc else "is missing"
            raise MalformedValue(
                f"The CCC of reporting person {number} (CIK {owner.cik or 'not given'}) {state}",
                remedy="Enter it as EDGAR shows it: eight characters, at least one digit and one of @ # $ *",
            )
        place = root.findall("reportingOwner")[number - 1].find("reportingOwnerId/rptOwnerCik")
        assert place is not None  # noqa: S101  # an owner with a CCC has a CIK
        secret = etree.Element(SECRET_ELEMENT)
        secret.text = ccc
        place.addnext(secret)
    return document_bytes(root)


_SECRET_LINE: Final = re.compile(
    rb"^[ ]*<%(name)s>[^<\n]*</%(name)s>\n" % {b"name": SECRET_ELEMENT.encode()}, re.MULTILINE
)


def without_secrets(primary: bytes) -> bytes:
    """A primary document of an envelope without the lines of the CCCs: the document that a packet holds."""
    return _SECRET_LINE.sub(b"", primary)


def _contact(root: etree._Element, submission: Submission) -> None:
    values = (
        ("contactName", submission.contact_name),
        ("contactPhoneNumber", submission.contact_phone),
        ("contactEmailAddress", submission.contact_email),
    )
    if any(value for _name, value in values):
        contact = etree.SubElement(root, "pointOfContact")
        for name, value in values:
            if value:
                _added(contact, name, value)


def _notified(root: etree._Element, submission: Submission) -> None:
    if submission.notification_emails:
        addresses = etree.SubElement(root, "notificationAddresses")
        for address in submission.notification_emails:
            _added(addresses, "notificationEmailAddress", address)


def _document(root: etree._Element, name: str, kind: str, description: str | None, content: bytes) -> None:
    document = etree.SubElement(root, "edgarDocument")
    _added(document, "documentName", name)
    _added(document, "documentType", kind)
    if description:
        _added(document, "documentDescription", description)
    text = base64.b64encode(content).decode("ascii")
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    _added(document, "documentMimeBlock", "\n" + "\n".join(lines) + "\n")


def _added(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
