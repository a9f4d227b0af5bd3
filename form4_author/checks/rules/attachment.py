"""Rules about the attachments and the e-mail addresses of a submission envelope.

Sources: EDGAR Ownership XML Technical Specification 5.5, sections 3.6.3, 4.2, 4.2.1.2 and 5. All are silent where there
is no envelope, and on published filings, whose attachments EDGAR accepted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.codes import attachment_types
from form4_author.findings import Hit, Path, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing
    from form4_author.model.submission import Attachment, Submission

__all__ = ["RULES", "wrong_file_name"]

_TYPE_LENGTH: Final = 20
_NAME_LENGTH: Final = 32
_EXTENSIONS: Final = (".txt", ".htm", ".jpg", ".gif")
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]*\.[a-z0-9]+\Z")
_EMAIL: Final = re.compile(r"[^\s@<>(),;:\"\[\]]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
_PLAIN: Final = frozenset(b"\t\n\f\r") | frozenset(range(0x20, 0x7F))
_ACTIVE: Final = re.compile(
    rb"<\s*(script|object|embed|applet|iframe|frame|frameset|form|input|button)\b", re.IGNORECASE
)
_PICTURE: Final = re.compile(rb"<\s*img\b", re.IGNORECASE)
_REMOTE: Final = re.compile(rb"\bsrc\s{0,20}=\s{0,20}[\"']?\s{0,20}(?:https?:)?//", re.IGNORECASE)
_MAGIC: Final = {".jpg": b"\xff\xd8\xff", ".gif": b"GIF8"}


def _sent(context: Context) -> Submission | None:
    """The envelope, when the file is still to go to EDGAR."""
    return context.submission if context.profile.will_be_sent else None


def _attachments(context: Context) -> Iterator[tuple[Path, Attachment]]:
    submission = _sent(context)
    for index, attachment in enumerate(submission.attachments if submission else ()):
        yield ("attachments", index), attachment


def _extension(name: str) -> str:
    return name[name.rfind(".") :].lower() if "." in name else ""


@rule(
    "DOC-013",
    "Attachment type not allowed",
    Severity.SUSPENSE,
    cite.SPEC_3_6_3,
    cite.SPEC_4_2,
    when=When(has=("envelope",)),
)
def attachment_type_not_allowed(_filing: Filing, context: Context) -> Iterator[Hit]:
    """An attachment's type is not one of the five that Forms 3, 4 and 5 may have.

    Why: EDGAR accepts only CORRESP, COVER, EX-24, EX-99 and GRAPHIC. Text may follow after a period, as in EX-99.1,
    up to 20 characters in all.
    Fix: Use EX-24 for a power of attorney and EX-99 for any other exhibit.
    Silent: Without an envelope, and on published filings.
    """
    known = attachment_types()
    for path, attachment in _attachments(context):
        kind = attachment.type
        if kind is None:
            continue
        if kind.partition(".")[0] not in known:
            yield Hit((*path, "type"), f'Attachment type "{kind}" is not one of {", ".join(known)}')
        elif len(kind) > _TYPE_LENGTH:
            yield Hit(
                (*path, "type"),
                f'Attachment type "{kind}" has {len(kind)} characters; at most {_TYPE_LENGTH} are allowed',
            )


@rule("DOC-014", "File extension not allowed", Severity.SUSPENSE, cite.SPEC_4_2, when=When(has=("envelope",)))
def file_kind_not_allowed(_filing: Filing, context: Context) -> Iterator[Hit]:
    """A file in the envelope has an extension that EDGAR does not accept.

    Why: The name of the primary document must end in .xml, and that of an attachment in .txt, .htm, .jpg or .gif.
    Fix: Convert the attachment to one of these formats, and rename it.
    Silent: For a PDF, which EDGAR discards with a warning (DOC-038); without an envelope; on published filings.
    """
    submission = _sent(context)
    primary = submission.primary_name if submission else None
    if primary is not None and not primary.endswith(".xml"):
        yield Hit(("primary_name",), f'The primary document\'s name must end in .xml; found "{primary}"')
    for path, attachment in _attachments(context):
        name = attachment.name
        if name is not None and _extension(name) not in (*_EXTENSIONS, ".pdf"):
            yield Hit(
                (*path, "name"), f'An attachment\'s name must end in .txt, .htm, .jpg or .gif; found "{name}"'
            )


@rule(
    "DOC-015",
    "File name not in EDGAR's format",
    Severity.SUSPENSE,
    cite.SPEC_4_2,
    when=When(has=("envelope",)),
)
def file_name_malformed(_filing: Filing, context: Context) -> Iterator[Hit]:
    """A file's name breaks EDGAR's naming rules, or two files have the same name.

    Why: EDGAR accepts at most 32 characters: a lower-case letter first, then lower-case letters, digits, and no more
    than one underscore, one hyphen and one period.
    Fix: Rename the file.
    Silent: Without an envelope, and on published filings.
    """
    submission = _sent(context)
    names: list[tuple[Path, str | None]] = [
        (("primary_name",), submission.primary_name if submission else None)
    ]
    names += [((*path, "name"), attachment.name) for path, attachment in _attachments(context)]
    seen: dict[str, Path] = {}
    for path, name in names:
        if name is None:
            continue
        if wrong := wrong_file_name(name):
            yield Hit(path, f'File name "{name}" {wrong}')
        elif name in seen:
            yield Hit(
                path, f'File name "{name}" is used twice; rename one of the files', related=(seen[name],)
            )
        seen.setdefault(name, path)


def wrong_file_name(name: str) -> str:
    """The fault of a file's name, as the end of a sentence; empty for a name that EDGAR accepts."""
    if len(name) > _NAME_LENGTH:
        return f"has {len(name)} characters; at most {_NAME_LENGTH} are allowed"
    if not _NAME.match(name) or any(name.count(mark) > 1 for mark in "._-"):
        return (
            "must be lower-case letters and digits, a letter first, with at most one underscore, "
            "one hyphen and one period"
        )
    return ""


@rule(
    "DOC-036",
    "Notification address given twice",
    Severity.WARNING,
    cite.SPEC_4_2,
    cite.SPEC_5,
    when=When(has=("envelope",)),
)
def notification_address_twice(_filing: Filing, context: Context) -> Iterator[Hit]:
    """The same e-mail address appears twice among the contact and notification addresses.

    Why: EDGAR issues a warning. It notifies the contact in any case.
    Fix: Remove the second address.
    Silent: Without an envelope, and on published filings.
    """
    seen: dict[str, Path] = {}
    for path, address in _addresses(context):
        first = seen.setdefault(address.lower(), path)
        if first != path:
            yield Hit(path, f'E-mail address "{address}" is given twice', related=(first,))


@rule("DOC-037", "Malformed e-mail address", Severity.SUSPENSE, cite.SPEC_5, when=When(has=("envelope",)))
def email_malformed(_filing: Filing, context: Context) -> Iterator[Hit]:
    """A contact or notification address is not a valid e-mail address.

    Why: EDGAR suspends a submission with an improperly formed address.
    Fix: Write it as name@domain, without spaces, brackets or a display name.
    Silent: Without an envelope, and on published filings.
    """
    for path, address in _addresses(context):
        if not _EMAIL.match(address):
            yield Hit(path, f'E-mail address must be written name@domain; found "{address}"')


def _addresses(context: Context) -> Iterator[tuple[Path, str]]:
    submission = _sent(context)
    if submission is not None and submission.contact_email:
        yield ("contact_email",), submission.contact_email
    for index, address in enumerate(submission.notification_emails if submission is not None else ()):
        if address:
            yield ("notification_emails", index), address


@rule(
    "DOC-038",
    "PDF attached",
    Severity.WARNING,
    cite.SPEC_4_2,
    cite.SPEC_5,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def pdf_attached(_filing: Filing, context: Context) -> Iterator[Hit]:
    """An attachment is a PDF.

    Why: EDGAR discards a PDF attached to Form 3, 4 or 5 with a warning, so the PDF is not published.
    Fix: Attach the text as .txt or .htm.
    Silent: Without an envelope, and on published filings.
    """
    for path, attachment in _attachments(context):
        if _extension(attachment.name or "") == ".pdf" or attachment.content.startswith(b"%PDF-"):
            yield Hit(path, f'"{attachment.name}" is a PDF, which EDGAR discards; attach it as .txt or .htm')


@rule(
    "DOC-039",
    "Graphic not referenced in an HTML attachment",
    Severity.SUSPENSE,
    cite.SPEC_5,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def graphic_unreferenced(_filing: Filing, context: Context) -> Iterator[Hit]:
    """No attached HTML document refers to an attached GRAPHIC.

    Why: EDGAR suspends a submission with a graphic to which no HTML document refers.
    Fix: Refer to the graphic by its file name in an attached .htm document, or leave it out.
    Silent: Without an envelope, and on published filings.
    """
    attachments = list(_attachments(context))
    pages = [a.content.lower() for _, a in attachments if _extension(a.name or "") == ".htm"]
    for path, attachment in attachments:
        if (attachment.type or "").partition(".")[0] == "GRAPHIC" and attachment.name:
            name = attachment.name.lower().encode("utf-8")
            if not any(name in page for page in pages):
                yield Hit(path, f'No attached .htm document refers to graphic "{attachment.name}"')


@rule(
    "DOC-040",
    "Attachment that EDGAR may not accept",
    Severity.WARNING,
    cite.SPEC_5,
    cite.FILER_MANUAL,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def content_refusable(_filing: Filing, context: Context) -> Iterator[Hit]:
    """An attachment is empty, does not match its extension, or has content that EDGAR may not accept.

    Why: EDGAR may suspend a submission or issue a warning for characters that are not plain ASCII, active content or
    pictures on other sites. The full list is in the EDGAR Filer Manual, which was not re-read for this check.
    Fix: Save the text again as plain ASCII or simple HTML.
    Silent: Without an envelope, and on published filings.
    """
    for path, attachment in _attachments(context):
        if trouble := _trouble(_extension(attachment.name or ""), attachment.content):
            yield Hit(path, f'"{attachment.name}" {trouble}')


def _trouble(extension: str, content: bytes) -> str:
    if not content.strip():
        return "is empty"
    magic = _MAGIC.get(extension)
    if magic is not None:
        return "" if content.startswith(magic) else f"is not a {extension} picture"
    if extension not in (".txt", ".htm"):
        return ""
    return _text_trouble(content) or (_page_trouble(content) if extension == ".htm" else "")


def _text_trouble(content: bytes) -> str:
    if _PLAIN.issuperset(content):
        return ""
    at = next(index for index, byte in enumerate(content) if byte not in _PLAIN)
    line = content.count(b"\n", 0, at) + 1
    return f"has a character that is not ASCII (byte {content[at]:#04x}) in line {line}"


def _page_trouble(content: bytes) -> str:
    if active := _ACTIVE.search(content):
        return f"has a <{active[1].decode('ascii').lower()}> element; use simple HTML without it"
    return "shows a picture from another site; attach it as GRAPHIC" if _has_remote_picture(content) else ""


def _has_remote_picture(content: bytes) -> bool:
    """Whether a picture's tag names another site; each byte is read once, however many tags are left open."""
    tag = _PICTURE.search(content)
    while tag is not None:
        end = content.find(b">", tag.end())
        if _REMOTE.search(content, tag.end(), end if end >= 0 else len(content)):
            return True
        tag = _PICTURE.search(content, end) if end >= 0 else None
    return False


RULES: Final[tuple[Rule, ...]] = (
    attachment_type_not_allowed,
    file_kind_not_allowed,
    file_name_malformed,
    notification_address_twice,
    email_malformed,
    pdf_attached,
    graphic_unreferenced,
    content_refusable,
)
