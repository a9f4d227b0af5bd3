"""What a file turns out to be: primary document, envelope, full submission text; what comes along is kept."""

from __future__ import annotations

import base64
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest

from form4_author.errors import UnreadableInput
from form4_author.findings import Hit
from form4_author.model.submission import Attachment, Submission
from form4_author.wire.read import read_document
from tests.wire.test_broken_file import DOCUMENT, OBTAIN, refused

FILED: Final = (Path(__file__).parents[1] / "corpus" / "0000707549-25-000004.xml").read_bytes()


def member(name: str, kind: str, content: bytes | str, description: str = "") -> str:
    """One document of an envelope, on three lines; content as text goes in as it stands."""
    block = base64.b64encode(content).decode() if isinstance(content, bytes) else content
    told = f"<documentDescription>{description}</documentDescription>" if description else ""
    return (
        f"<edgarDocument><documentName>{name}</documentName><documentType>{kind}</documentType>{told}\n"
        f"<documentMimeBlock>\n{block}</documentMimeBlock></edgarDocument>\n"
    )


def envelope(*members: str, head: str = "") -> bytes:
    """A submission file; its members begin on line 3."""
    return (
        '<?xml version="1.0"?>\n<edgarSubmission><submissionType>4</submissionType>'
        f"<testOrLive>TEST</testOrLive>{head}\n{''.join(members)}</edgarSubmission>"
    ).encode()


def full_text(document: bytes = DOCUMENT, *, form: str = "4") -> bytes:
    """EDGAR's submission text of a form with a power of attorney; the XML begins on line 15."""
    return (
        b"<SEC-DOCUMENT>0001234567-24-000012.txt : 20241104\n<SEC-HEADER>0001234567-24-000012.hdr.sgml : 20241104\n"
        b"ACCESSION NUMBER:\t\t0001234567-24-000012\nCONFORMED SUBMISSION TYPE:\t4\n</SEC-HEADER>\n"
        b"<DOCUMENT>\n<TYPE>" + form.encode() + b"\n<SEQUENCE>1\n<FILENAME>form4.xml\n"
        b"<DESCRIPTION>PRIMARY DOCUMENT\n<TEXT>\n\n<XML>\n\n"
        + document
        + b"</XML>\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-24.1\n<SEQUENCE>2\n<FILENAME>poa.txt\n<TEXT>\n"
        b"Know all\nby these presents\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )


# Primary documents.


def test_document_with_an_edition_is_a_public_one() -> None:
    document = read_document(FILED)

    assert (document.profile, document.filing.edition, document.filing.form) == ("public", "X0508", "4/A")
    assert (document.submission, document.envelope, document.line_offset) == (None, None, 0)


def test_document_without_an_edition_is_one_to_send() -> None:
    document = read_document(DOCUMENT)

    assert (document.profile, document.filing.edition) == ("submission", None)


def test_byte_order_mark_is_no_matter() -> None:
    assert read_document(b"\xef\xbb\xbf" + DOCUMENT).hits == ()


@pytest.mark.parametrize(("before", "offset"), [(b"\n", 1), (b" ", 0), (b"\r\n\t\n", 2)])
def test_white_space_before_the_declaration(before: bytes, offset: int) -> None:
    document = read_document(before + DOCUMENT)

    message = "The XML declaration follows white space; it must be the very first characters"
    assert document.hits == (Hit((), message, line=1, id="DOC-019"),)
    assert document.line_offset == offset


def test_white_space_before_a_document_without_declaration_is_xml() -> None:
    document = read_document(b"\n\n" + DOCUMENT.split(b"\n", 1)[1])

    assert (document.hits, document.line_offset) == ((), 2)


def test_version_1_1() -> None:
    document = read_document(DOCUMENT.replace(b"1.0", b"1.1"))

    assert document.hits == (Hit((), 'XML version is "1.1"; EDGAR takes 1.0 only', line=1, id="DOC-019"),)


# Envelopes.


def test_envelope_gives_its_primary_document_and_keeps_the_rest() -> None:
    contact = (
        "<pointOfContact><contactName>Jane Doe</contactName><contactPhoneNumber> 212-555-0100 </contactPhoneNumber>"
        "<contactEmailAddress>j@example.com</contactEmailAddress></pointOfContact><notificationAddresses>"
        "<notificationEmailAddress>a@example.com</notificationEmailAddress><notificationEmailAddress/>"
        "</notificationAddresses>"
    )
    document = read_document(
        envelope(
            member("poa.txt", "EX-24", b"Know all", "Power of attorney"),
            member("form4.xml", "4", DOCUMENT),
            head=contact,
        )
    )

    assert document.filing.remarks == "text"
    assert document.profile == "submission"
    assert document.envelope is not None
    assert document.envelope.tag == "edgarSubmission"
    assert document.submission == Submission(
        type="4",
        test_or_live="TEST",
        contact_name="Jane Doe",
        contact_phone="212-555-0100",
        contact_email="j@example.com",
        notification_emails=("a@example.com", ""),
        primary_name="form4.xml",
        attachments=(
            Attachment(name="poa.txt", type="EX-24", description="Power of attorney", content=b"Know all"),
        ),
    )


def test_what_is_in_an_envelope_is_to_be_sent_even_with_an_edition() -> None:
    assert read_document(envelope(member("a.xml", "4/A", FILED))).profile == "submission"


def test_second_primary_document_is_kept_as_what_it_is() -> None:
    document = read_document(envelope(member("a.xml", "4", DOCUMENT), member("b.xml", "4/A", FILED)))

    assert document.filing.form == "4"
    assert document.submission is not None
    assert document.submission.attachments == (Attachment(name="b.xml", type="4/A", content=FILED),)


def test_base64_may_be_broken_into_lines() -> None:
    block = base64.encodebytes(DOCUMENT).decode()

    assert block.count("\n") > 1
    assert read_document(envelope(member("a.xml", "4", block))).filing.form == "4"


def test_document_without_content_is_empty() -> None:
    bare = (
        "<edgarDocument><documentName>x.txt</documentName><documentType>EX-99</documentType></edgarDocument>"
    )
    document = read_document(envelope(member("a.xml", "4", DOCUMENT), bare))

    assert document.submission is not None
    assert document.submission.attachments == (Attachment(name="x.txt", type="EX-99", content=b""),)


@pytest.mark.parametrize("members", [(), (member("poa.txt", "EX-24", b"Know all"),)])
def test_envelope_without_a_primary_document(members: tuple[str, ...]) -> None:
    assert refused(envelope(*members)) == (
        "DOC-042",
        2,
        None,
        (
            "The envelope has no primary document: none of its documents has the type 3, 3/A, 4, 4/A, 5 or 5/A. "
            "Add the ownership document with its form type as documentType."
        ),
    )


@pytest.mark.parametrize("block", ["@@@@", "AAA", "é"])
def test_document_that_is_not_base64(block: str) -> None:
    members = member("a.xml", "4", DOCUMENT), member("b.txt", "EX-24", block)

    assert refused(envelope(*members)) == (
        "DOC-042",
        6,
        None,
        'Document "b.txt" of the envelope is not base64 text. Pack the submission again.',
    )


@pytest.mark.parametrize(
    ("content", "id", "line", "column", "problem"),
    [
        (b"", "DOC-025", None, None, f"The file is empty. {OBTAIN}"),
        (b"<html>", "DOC-025", 1, None, f"This is a web page (HTML), not the filing's XML. {OBTAIN}"),
        (
            b"\n" + DOCUMENT.replace(b"text", b"A&B"),
            "DOC-016",
            5,
            13,
            "The text contains a raw & or <. Write &amp; or &lt; instead.",
        ),
        (
            envelope(),
            "DOC-025",
            2,
            None,
            f"The outermost element is <edgarSubmission>; expected <ownershipDocument>. {OBTAIN}",
        ),
    ],
)
def test_primary_document_that_cannot_be_read(
    content: bytes, id: str, line: int | None, column: int | None, problem: str
) -> None:
    assert refused(envelope(member("a.xml", "4", content))) == (
        id,
        line,
        column,
        f'Document "a.xml" of the envelope cannot be read: {problem}',
    )


def test_comments_of_an_envelope_are_noted() -> None:
    head = "<!-- packed\nby hand --><?packer x?>"
    document = read_document(envelope(member("a.xml", "4", DOCUMENT), head=head))

    assert document.hits == (
        Hit(
            (),
            'There is a comment in the envelope: "packed by hand"; EDGAR does not keep it',
            line=2,
            id="DOC-028",
        ),
        Hit((), "<?packer?> is a processing instruction; EDGAR suspends it; remove it", line=3, id="DOC-002"),
    )


# Full submission texts.


def test_full_submission_text_gives_its_primary_document_and_keeps_the_rest() -> None:
    data = full_text()
    document = read_document(data)

    assert document.filing.remarks == "text"
    assert document.line_offset == 14
    assert data.split(b"\n")[14] == b'<?xml version="1.0"?>'
    assert document.submission == Submission(
        primary_name="form4.xml",
        attachments=(Attachment(name="poa.txt", type="EX-24.1", content=b"Know all\nby these presents"),),
        accession_number="0001234567-24-000012",
    )
    assert document.envelope is None


def test_full_submission_text_of_a_filing_is_public() -> None:
    document = read_document(full_text(FILED, form="4/A"))

    assert (document.profile, document.filing) == ("public", read_document(FILED).filing)


@pytest.mark.parametrize("head", [b"<DOCUMENT>\n", b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n<DOCUMENT>\n"])
def test_full_submission_text_without_header(head: bytes) -> None:
    text = full_text()
    data = head + text[text.index(b"<TYPE>") :]
    document = read_document(data)

    assert document.filing.form == "4"
    assert document.submission is not None
    assert document.submission.accession_number is None


def test_lines_of_hits_count_from_the_top_of_the_submission_text() -> None:
    data = full_text(DOCUMENT.replace(b"<remarks>", b"<remark/><remarks>"))

    assert read_document(data).hits == (
        Hit((), "<remark> is not permitted here; remove it", line=18, id="DOC-002"),
    )
    assert b"<remark/>" in data.split(b"\n")[17]


def test_lines_of_a_refusal_count_from_the_top_of_the_submission_text() -> None:
    assert refused(full_text(DOCUMENT.replace(b"</remarks>", b"</remark>"))) == (
        "DOC-023",
        18,
        23,
        "<remarks> of line 18 is closed by </remark>. Correct the tags at that place.",
    )


def test_second_primary_document_of_a_submission_text_is_kept() -> None:
    again = full_text()
    data = full_text() + again[again.index(b"<DOCUMENT>") :]
    document = read_document(data)

    assert document.submission is not None
    assert [(a.name, a.type) for a in document.submission.attachments] == [
        ("poa.txt", "EX-24.1"),
        ("form4.xml", "4"),
        ("poa.txt", "EX-24.1"),
    ]


def test_document_of_a_submission_text_without_text_is_kept_empty() -> None:
    data = full_text() + b"<DOCUMENT>\n<TYPE>GRAPHIC\n<FILENAME>a.gif\n</DOCUMENT>\n"
    document = read_document(data)

    assert document.submission is not None
    assert document.submission.attachments[-1] == Attachment(name="a.gif", type="GRAPHIC", content=b"")


def test_old_submission_text_without_xml() -> None:
    data = (
        b"<SEC-DOCUMENT>0000000001-02-000001.txt\n<DOCUMENT>\n<TYPE>4\n<TEXT>\nFORM 4\n</TEXT>\n</DOCUMENT>\n"
    )

    assert refused(data) == (
        "DOC-025",
        1,
        None,
        f"This EDGAR submission text has no ownership XML (filings before 2003 have none). {OBTAIN}",
    )


def test_submission_text_cut_off() -> None:
    data = full_text()
    cut = data[: data.index(b"</remarks>")]

    assert refused(cut) == (
        "DOC-023",
        18,
        14,
        "The file ends before its elements are closed, so it is probably incomplete. Download or save the complete file again.",
    )


def test_unreadable_attachment_type_does_not_hide_the_filing() -> None:
    with pytest.raises(UnreadableInput):
        read_document(full_text(form="EX-99"))
    assert read_document(full_text()).filing.form == "4"


@pytest.mark.parametrize(
    ("told", "filed"),
    [
        (b"FILED AS OF DATE:\t\t20241104", date(2024, 11, 4)),
        (b"<FILING-DATE>20241104", date(2024, 11, 4)),
        (b"FILED AS OF DATE:\t\t20241304", None),
        (b"FILED:\t20241104", None),
    ],
)
def test_the_day_of_filing_stands_in_the_header(told: bytes, filed: date | None) -> None:
    submission = read_document(full_text().replace(b"</SEC-HEADER>", told + b"\n</SEC-HEADER>")).submission

    assert submission is not None
    assert submission.filed == filed


@pytest.mark.parametrize(
    ("told", "accepted"),
    [
        (b"<ACCEPTANCE-DATETIME>20241104163132", datetime(2024, 11, 4, 16, 31, 32)),  # noqa: DTZ001  # Eastern
        (b"<ACCEPTANCE-DATETIME>20241104993132", None),
        (b"ACCEPTED 20241104163132", None),
    ],
)
def test_the_time_of_acceptance_stands_in_the_header(told: bytes, accepted: datetime | None) -> None:
    submission = read_document(full_text().replace(b"</SEC-HEADER>", told + b"\n</SEC-HEADER>")).submission

    assert submission is not None
    assert submission.accepted == accepted
