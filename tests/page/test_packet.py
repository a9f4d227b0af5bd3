"""The packet: which files there are, what they say, and that they are the same each time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from form4_author import __version__
from form4_author.checks.run import check_draft
from form4_author.codes import edition_named
from form4_author.findings import Finding, Override, Report, Severity, Verdict
from form4_author.model.submission import Attachment
from form4_author.page.html import page_html
from form4_author.page.manifest import listed_hash, manifest_with
from form4_author.page.packet import PARTS, PacketRequest, packet
from form4_author.page.report import Checked, heading, report_text, reports_json
from form4_author.page.view import PageStatus
from form4_author.text import day
from form4_author.timing.legal_data import basis, basis_data
from form4_author.wire.draft import draft_of
from form4_author.wire.read import read_document
from form4_author.wire.write import write_document
from tests.builders import last_signed, make_context, make_draft, make_filing

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK = Finding("TXN-007", Severity.ERROR, ("non_derivative", 0, "acquired_disposed"), "Code F disposes.")
_WITHOUT_PDF = frozenset({"xml", "html", "report"})


def packet_report(base: str = "seed", edits: Sequence[str] = (), findings: Sequence[Finding] = ()) -> Report:
    """The report of an example filing, with these findings."""
    filing = make_filing(base, edits)
    return Report(file="a.form4.json", form=filing.form, edition="X0609", findings=tuple(findings))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_ready_filing_leaves_everything() -> None:
    filing, report = make_filing(), packet_report()
    made = packet(filing, report, PacketRequest())
    xml = write_document(filing)
    assert list(made.files) == [
        "form4.xml",
        "form4.html",
        "form4.pdf",
        "authentication.pdf",
        "report.txt",
        "report.json",
        "manifest.json",
    ]
    assert made.files["form4.xml"] == xml
    assert (
        made.files["form4.html"]
        == page_html(filing, status=PageStatus(draft=False, xml_sha256=_sha256(xml), sent=True)).encode()
    )
    checked = Checked("Form 4 · Thakar Sumedh S · QUALYS, INC. [QLYS] · 11/01/2024", _sha256(xml))
    assert made.files["report.txt"] == f"{heading(report, checked)}{report_text(report)}{basis()}\n".encode()
    assert made.files["report.json"] == reports_json([report], [checked]).encode()
    assert (made.xml_withheld, made.omitted) == (False, ())
    page = PdfReader(BytesIO(made.files["form4.pdf"])).pages[0].extract_text()
    assert f"XML SHA-256: {_sha256(xml)}" in page
    assert "DRAFT" not in page


def test_the_seed_is_ready_by_the_checks_themselves() -> None:
    """What the packet is given is what the checks say; the example has nothing that blocks."""
    data = make_draft()
    findings = check_draft(draft_of(data), day(last_signed()), make_context(make_filing()).calendar)
    report = Report(file="a.form4.json", form="4", edition="X0609", findings=findings)
    made = packet(make_filing(), report, PacketRequest(parts=_WITHOUT_PDF))
    assert (made.xml_withheld, report.verdict) == (False, Verdict.READY)
    assert made.files["form4.xml"] == write_document(make_filing())


def test_the_manifest_names_every_file_with_its_hash() -> None:
    made = packet(make_filing(), packet_report(), PacketRequest(parts=_WITHOUT_PDF))
    others = {name: content for name, content in made.files.items() if name != "manifest.json"}
    assert json.loads(made.files["manifest.json"]) == {
        "tool": "form4-author",
        "version": __version__,
        "form": "4",
        "edition": "X0609",
        "profile": "submission",
        "verdict": "ready",
        **basis_data(()),
        "files": {
            name: {"sha256": _sha256(content), "bytes": len(content)}
            for name, content in sorted(others.items())
        },
    }


@pytest.mark.parametrize(
    "report",
    [
        packet_report(findings=[_BLOCK]),
        Report(file="a.xml", readable=False),
        Report(file="a.form4.json", form="4", open=("Signature for Thakar Sumedh S, Who signs?",)),
    ],
)
def test_while_findings_block_there_is_no_xml_and_every_page_is_a_draft(report: Report) -> None:
    made = packet(make_filing(), report, PacketRequest())
    assert list(made.files) == ["form4.html", "form4.pdf", "report.txt", "report.json", "manifest.json"]
    assert made.xml_withheld
    html = made.files["form4.html"].decode()
    assert '<p class="draft-mark">DRAFT</p>' in html
    assert "SHA-256" not in html
    for page in PdfReader(BytesIO(made.files["form4.pdf"])).pages:
        assert "DRAFT" in page.extract_text()
        assert "No XML was made." in page.extract_text()


def test_an_override_with_a_reason_lets_the_xml_out() -> None:
    override = Override("TXN-007", _BLOCK.path, "Counsel agreed.", "2026-11-23T21:00:00-05:00")
    report = Report(file="a.form4.json", form="4", edition="X0609", findings=(_BLOCK,), overrides=(override,))
    made = packet(make_filing(), report, PacketRequest(parts=_WITHOUT_PDF))
    assert "form4.xml" in made.files
    assert json.loads(made.files["manifest.json"])["verdict"] == "ready-with-overrides"


def test_the_xml_of_an_earlier_run_is_out_of_date_whatever_was_asked_for() -> None:
    made = packet(make_filing(), packet_report(findings=[_BLOCK]), PacketRequest(parts=frozenset({"report"})))
    assert list(made.files) == ["report.txt", "report.json", "manifest.json"]
    assert made.xml_withheld


def _enclosed(pdf: bytes) -> dict[str, bytes]:
    return {name: held[0] for name, held in PdfReader(BytesIO(pdf)).attachments.items()}


def test_the_pdf_holds_the_xml_and_thepacket_report() -> None:
    made = packet(make_filing(), packet_report(), PacketRequest())
    assert _enclosed(made.files["form4.pdf"]) == {
        "form4.xml": made.files["form4.xml"],
        "report.json": made.files["report.json"],
    }


def test_the_pdf_holds_the_exhibits_that_are_filed_with_the_form() -> None:
    attached = (Attachment(name="ex24-poa.txt", type="EX-24", content=b"I appoint."),)
    request = PacketRequest(parts=frozenset({"pdf"}), attached=attached)
    made = packet(make_filing(), packet_report(), request)
    assert _enclosed(made.files["form4.pdf"])["ex24-poa.txt"] == b"I appoint."


def test_the_pdf_of_a_blocked_filing_holds_the_report_alone() -> None:
    made = packet(make_filing(), packet_report(findings=[_BLOCK]), PacketRequest())
    assert _enclosed(made.files["form4.pdf"]) == {"report.json": made.files["report.json"]}


def test_each_signatory_has_a_paper_about_the_xml_that_would_be_sent() -> None:
    filing, papers = make_filing("joint"), frozenset({"papers"})
    made = packet(filing, packet_report("joint"), PacketRequest(parts=papers, filed=day("2026-10-15")))
    assert list(made.files) == ["authentication.pdf", "manifest.json"]
    text = PdfReader(BytesIO(made.files["authentication.pdf"])).pages[0].extract_text()
    assert f"SHA-256 {_sha256(write_document(filing))}" in text
    assert "Managing Member" in text
    assert "/s/ Maja Lindqvist" in text
    assert "at least until 10/15/2031" in text
    second = replace(filing.signatures[1], name="/s/ Olga Berg, Attorney-in-Fact for Maja Lindqvist")
    two = packet(
        replace(filing, signatures=(filing.signatures[0], second)),
        packet_report("joint"),
        PacketRequest(parts=papers),
    )
    assert list(two.files) == ["authentication-1.pdf", "authentication-2.pdf", "manifest.json"]


def test_neither_a_blocked_filing_nor_a_public_view_has_papers_or_attachments() -> None:
    attached = (Attachment(name="ex24-poa.txt", type="EX-24", content=b"I appoint."),)
    request = PacketRequest(parts=frozenset({"papers"}), attached=attached)
    assert list(packet(make_filing(), packet_report(findings=[_BLOCK]), request).files) == ["manifest.json"]
    public = replace(request, public=edition_named("X0508"))
    assert list(packet(make_filing(), packet_report(), public).files) == ["manifest.json"]
    made = packet(make_filing(), packet_report(), replace(request, parts=frozenset({"xml"})))
    assert made.files["ex24-poa.txt"] == b"I appoint."
    assert json.loads(made.files["manifest.json"])["files"]["ex24-poa.txt"]["sha256"] == _sha256(
        b"I appoint."
    )


@pytest.mark.parametrize("part", PARTS)
def test_one_part_alone(part: str) -> None:
    made = packet(make_filing(), packet_report(), PacketRequest(parts=frozenset({part})))
    several = {"report": ["report.txt", "report.json"], "papers": ["authentication.pdf"]}
    files = several.get(part, [f"form4.{part}"])
    assert list(made.files) == [*files, "manifest.json"]


def test_the_page_alone_still_bears_the_hash_of_the_xml_that_would_be_sent() -> None:
    made = packet(make_filing(), packet_report(), PacketRequest(parts=frozenset({"html"})))
    assert _sha256(write_document(make_filing())) in made.files["form4.html"].decode()


def test_a_public_view_is_made_even_while_findings_block() -> None:
    edits = ["issuer.foreign_trading_symbol = QL.TO"]
    filing, edition = make_filing("seed", edits), edition_named("X0508")
    made = packet(
        filing, packet_report("seed", edits, [_BLOCK]), PacketRequest(parts=_WITHOUT_PDF, public=edition)
    )
    xml = made.files["form4.xml"]
    assert not made.xml_withheld
    assert xml == write_document(filing, edition)
    assert read_document(xml).filing.edition == "X0508"
    assert ("issuer", "foreign_trading_symbol") in made.omitted
    html = made.files["form4.html"].decode()
    assert "Date of Original Filed" in html
    assert "2a. Foreign Trading Symbol" not in html
    assert "DRAFT" in html
    assert _sha256(xml) in html
    manifest = json.loads(made.files["manifest.json"])
    assert (manifest["edition"], manifest["profile"], manifest["verdict"]) == ("X0508", "public", "blocked")


@pytest.mark.parametrize(
    ("base", "name"), [("form3", "form3"), ("form5", "form5"), ("amendment", "form4a"), ("seed", "form4")]
)
def test_files_are_named_after_the_form_as_edgar_allows(base: str, name: str) -> None:
    made = packet(make_filing(base), packet_report(base), PacketRequest(parts=_WITHOUT_PDF))
    assert list(made.files)[:2] == [f"{name}.xml", f"{name}.html"]


def test_a_draft_that_does_not_say_its_form_is_shown_as_form_4() -> None:
    filing = make_filing("seed", ["delete form"])
    made = packet(
        filing, Report(file="a", findings=(_BLOCK,)), PacketRequest(parts=frozenset({"html", "xml"}))
    )
    assert list(made.files) == ["form4.html", "manifest.json"]
    assert json.loads(made.files["manifest.json"])["form"] is None


def test_the_same_filing_gives_the_same_bytes() -> None:
    first, second = (packet(make_filing("joint"), packet_report("joint"), PacketRequest()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b'{"files": []}',
        b'{"files": {"form4.pdf": 1}}',
        b'{"files": {"form4.pdf": {"sha256": 1}}}',
    ],
)
def test_what_is_no_manifest_lists_no_hash(manifest: bytes) -> None:
    assert listed_hash(manifest, "form4.pdf") is None


def test_a_manifest_with_a_signed_file_keeps_the_others() -> None:
    before = b'{"files": {"a.pdf": {"sha256": "1", "bytes": 1}, "b.xml": {"sha256": "2", "bytes": 2}}, "tool": "t"}'
    after = manifest_with(before, "a.pdf", b"signed", ["Signature 1: Jane Doe"])
    assert json.loads(after) == {
        "files": {
            "a.pdf": {
                "sha256": hashlib.sha256(b"signed").hexdigest(),
                "bytes": 6,
                "signed": ["Signature 1: Jane Doe"],
            },
            "b.xml": {"sha256": "2", "bytes": 2},
        },
        "tool": "t",
    }
    assert listed_hash(after, "b.xml") == "2"
