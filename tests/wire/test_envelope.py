"""The envelope: what of a submission is written, and that it reads back."""

from __future__ import annotations

from form4_author.model.submission import Attachment, Submission
from form4_author.wire.envelope import write_envelope
from form4_author.wire.read import read_document
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
