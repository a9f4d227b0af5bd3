"""The envelope: what of a submission is written, and that it reads back."""

from __future__ import annotations

import base64
import re

import pytest

from form4_author.errors import MalformedValue
from form4_author.model.submission import Attachment, Submission
from form4_author.wire.envelope import without_secrets, write_envelope
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.builders import make_filing


def test_what_is_known_is_written_and_nothing_else() -> None:
    exhibit = Attachment(name="poa.txt", type="EX-24", description="Power of attorney", content=b"POWER\n")
    sent = Submission(type="4", test_or_live="TEST", contact_phone="503-555-0100", attachments=(exhibit,))
    filing = make_filing()
    data = write_envelope(filing, sent, {(o.cik or "").lstrip("0"): "abcd123$" for o in filing.owners})
    read = read_document(data).submission

    assert read is not None
    assert read.attachments == (exhibit,)
    assert (read.contact_name, read.contact_phone, read.contact_email) == (None, "503-555-0100", None)
    assert b"<contactName" not in data
    assert b"<contactEmailAddress" not in data


def test_everyone_to_be_notified_is_written_in_order() -> None:
    emails = ("desk@example.com", "counsel@example.com")
    sent = Submission(type="4", test_or_live="TEST", notification_emails=emails)
    filing = make_filing()
    data = write_envelope(filing, sent, {(o.cik or "").lstrip("0"): "abcd123$" for o in filing.owners})
    read = read_document(data).submission

    assert read is not None
    assert read.notification_emails == emails


@pytest.mark.parametrize(
    ("known", "state"),
    [({}, "is missing"), ({"1626115": "abcd1234"}, "is not eight letters, digits and @ # $ *")],
    ids=["missing", "without a sign"],
)
def test_without_each_persons_ccc_there_is_no_envelope(known: dict[str, str], state: str) -> None:
    """The message shows no CCC."""
    said = (
        f"The CCC of reporting person 1 (CIK 0001626115) {state}. Enter it as EDGAR shows it: eight characters,"
        " at least one digit and one of @ # $ *."
    )
    with pytest.raises(MalformedValue, match=f"^{re.escape(said)}$"):
        write_envelope(make_filing(), Submission(type="4", test_or_live="TEST"), known)


def test_without_the_lines_of_the_cccs_it_is_the_document_of_the_packet() -> None:
    """What the signatory adopts and what is sent differ in these lines and in nothing else."""
    filing = make_filing("joint")
    secrets = {"999905": "aaaaaa1$", "999906": "bbbbbb2#"}
    root = read_document(write_envelope(filing, Submission(type="4"), secrets)).envelope
    assert root is not None
    sent = base64.b64decode(root.findtext("edgarDocument/documentMimeBlock") or "")
    assert without_secrets(sent) == write_document(filing)
    assert sent.count(b"\n") == write_document(filing).count(b"\n") + 2
