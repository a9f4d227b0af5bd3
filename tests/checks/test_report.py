"""The one function that makes a report."""

from __future__ import annotations

from datetime import date

from form4_author.checks.report import Circumstances, report_of
from form4_author.errors import UnreadableInput
from form4_author.findings import Override, Verdict
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.builders import make_draft, make_filing

SIGNED = Circumstances(as_of=date(2024, 11, 4), calendar=sec_calendar())


def test_of_a_draft() -> None:
    report = report_of(draft_of(make_draft()), "d.form4.json", SIGNED)

    assert (report.file, report.form, report.edition) == ("d.form4.json", "4", "X0609")
    assert report.verdict is Verdict.READY


def test_of_a_document_with_what_was_written_beside_it() -> None:
    document = read_document(write_document(make_filing()))
    reason = Override("SIG-002", (), "Agreed.", "2024-11-04T12:00:00+00:00")

    report = report_of(
        document,
        "form4.xml",
        Circumstances(as_of=date(2024, 11, 4), calendar=sec_calendar(), overrides=(reason,)),
    )

    assert (report.form, report.edition, report.overrides) == ("4", "X0609", (reason,))
    assert report.stale == (reason,)


def test_open_questions_block() -> None:
    asked = Circumstances(as_of=date(2024, 11, 4), calendar=sec_calendar(), open=("Who signs?",))

    assert report_of(draft_of(make_draft()), "d.form4.json", asked).verdict is Verdict.BLOCKED


def test_of_a_file_that_cannot_be_read() -> None:
    report = report_of(UnreadableInput("The file is empty", remedy="Give another", id="DOC-025"), "f.xml")

    assert report.verdict is Verdict.UNREADABLE
    assert [(f.id, f.message) for f in report.findings] == [("DOC-025", "The file is empty. Give another.")]
    assert (report.form, report.edition) == (None, None)
