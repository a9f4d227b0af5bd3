"""`form4 adjustment-request`: the letter has the SEC's nine items, from the receipts; what they lack is left in brackets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.desk.adjustment import FilerStatement, case_of, letter
from form4_author.edgar.demo.filing_api import error_reply
from form4_author.edgar.demo.reply import Reply
from form4_author.errors import Form4Error
from tests.edgar.filer import WANTED, Filer, filer_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def filer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Filer]:
    with filer_at(tmp_path, monkeypatch, capsys) as made:
        yield made
        assert made.secrets_found() == []


def late(filer: Filer) -> None:
    """Refused and cut off on the evening of the due date, accepted the next morning."""
    api = filer.run.edgar.filing_api
    filer.monkeypatch.setenv("FORM4_TODAY", "2024-11-05")
    filer.at("2024-11-05T21:05")
    api.fault = lambda request: (
        error_reply(503, "EDGAR is not available.") if request.method == "POST" else None
    )
    filer.submit("--live", typed=[WANTED])
    filer.at("2024-11-05T21:41")
    api.fault = lambda request: Reply(202, is_silent=True) if request.method == "POST" else None
    filer.submit("--live", "--again", typed=[WANTED])
    filer.monkeypatch.setenv("FORM4_TODAY", "2024-11-06")
    filer.at("2024-11-06T09:30")
    api.fault = None
    api.script = lambda _taken: [{"status": "ACCEPTED", "final": True}]
    filer.submit("--live", "--again", typed=[WANTED])
    filer.status()


def test_the_letter_has_every_attempt_and_a_blank_for_what_is_not_on_record(filer: Filer) -> None:
    late(filer)
    receipts = filer.receipts()
    assert [(r["outcome"], r["filed"]) for r in receipts] == [
        ("refused", ""), ("unknown", ""), ("sent", "2024-11-06"),
    ]  # fmt: skip
    target = filer.home / "letter.txt"

    code, out, err = filer.form4("adjustment-request", str(filer.packet), "-o", str(target))

    assert (code, err) == (0, "")
    assert out == (
        f"Written to {target}, with 3 attempts on record.\n"
        "Fill in the 6 places in square brackets and confirm the dates. Only the date can be adjusted, and\n"
        "whether it is, the SEC's staff decides. Send it with EDGAR's messages, as correspondence under the filer's\n"
        "own CIK; the filer or counsel signs it.\n"
        "Prepared from SEC rules as of November 29, 2026; not legal advice.\n"
    )
    first, cut, last = ((r["tracking"], r["locator"], r["problem"]) for r in receipts)
    status = receipts[2]["answers"][1]
    text = target.read_text(encoding="utf-8")
    assert " ".join(text.split()) == " ".join(
        f"""
        November 6, 2024
        Securities and Exchange Commission 100 F Street, N.E. Washington, D.C. 20549
        Via EDGAR, as correspondence under the filer's own CIK
        Re: request to adjust a filing date
        Form 4, accession number 0000999001-24-000001
        Filer: Thakar Sumedh S (CIK 1626115)
        Subject company: QUALYS, INC. (CIK 1107843)
        The filer named above requests, under Rule 13(b) of Regulation S-T (17 CFR 232.13(b)), that the filing date of
        this Form 4 be adjusted from November 6, 2024 to November 5, 2024.
        The filing had a due date: November 5, 2024.
        What went wrong
        [What delayed the filing, and why that was beyond the filer's control]
        Each attempt to send the form, with the times recorded by the filer's computer (Eastern time):
        1. LIVE submission, begun November 5, 2024, 9:05:00 p.m.: EDGAR did not accept it, HTTP status 503
        (EDGAR is not available).
        Answer, November 5, 2024, 9:05:00 p.m.: HTTP status 503, tracking {first[0]}, locator {first[1]}
        ERROR: "EDGAR is not available."
        2. LIVE submission, begun November 5, 2024, 9:41:00 p.m.: no answer of EDGAR's is on record ({cut[2]}).
        3. LIVE submission, begun November 6, 2024, 9:30:00 a.m.: EDGAR received it as 0000999001-24-000001 and
        accepted it November 6, 2024, 9:30:00 a.m.
        Answer, November 6, 2024, 9:30:00 a.m.: HTTP status 202, RECEIVED, tracking {last[0]}, locator {last[1]}
        Status, November 6, 2024, 9:30:00 a.m.: HTTP status 200, ACCEPTED, tracking {status["tracking"]},
        locator {status["locator"]}
        If the date is not adjusted
        [The harm to the filer if the request is refused]
        Enclosed
        receipt-1.json, receipt-2.json, receipt-3.json;
        [EDGAR notices of each test and live attempt, as received by email]
        Signature
        [Signature of the filer or its counsel, not of a filing agent] [Name of the filer or of counsel, and capacity] [Telephone and email]
        """.split()
    )
    assert max(map(len, text.splitlines())) <= 78


def test_what_is_stated_fills_the_blanks(filer: Filer) -> None:
    late(filer)
    parts = letter(
        case_of(str(filer.file)),
        FilerStatement(
            date(2024, 11, 4), "A cable was cut.", "The report would be listed as late.", "Sam Roe, counsel"
        ),
        date(2024, 11, 7),
    )
    said = [paragraph for part in parts for paragraph in part.paragraphs]

    assert said[0] == "November 7, 2024"
    assert "be adjusted from November 6, 2024 to November 4, 2024." in said[4]
    assert said[6] == "A cable was cut."
    assert said[8] == "The report would be listed as late."
    assert (
        said[-1]
        == "[Signature of the filer or its counsel, not of a filing agent]\nSam Roe, counsel\n[Telephone and email]"
    )


def test_without_a_receipt_the_attempts_are_blank(filer: Filer) -> None:
    parts = letter(case_of(str(filer.file)), FilerStatement(), date(2024, 11, 6))

    assert parts[1].paragraphs[0].startswith("Form 4, accession number [Accession number]\n")
    assert "be adjusted from [EDGAR's filing date] to November 5, 2024." in parts[2].paragraphs[0]
    assert parts[3].items == (("[Each attempt, with its day and time, and EDGAR's answer]",),)


def test_a_date_that_is_not_earlier_is_refused(filer: Filer) -> None:
    late(filer)

    with pytest.raises(Form4Error) as refused:
        letter(case_of(str(filer.file)), FilerStatement(date(2024, 11, 6)), date(2024, 11, 6))
    assert (refused.value.problem, refused.value.remedy) == (
        "EDGAR's filing date is November 6, 2024, and November 6, 2024 is not an earlier date",
        "Give the filing date to ask for with --to",
    )


def test_words_of_edgar_s_leave_no_blank(filer: Filer) -> None:
    filer.run.edgar.filing_api.fault = lambda request: (
        error_reply(403, "The user [x] is not allowed.") if request.method == "POST" else None
    )
    filer.submit()
    (attempt,) = letter(case_of(str(filer.file)), FilerStatement(), date(2024, 11, 6))[3].items

    assert attempt[0] == (
        "1. TEST submission, begun November 4, 2024, 6:00:00 p.m.: EDGAR did not accept it, HTTP status 403"
        " (The user (x) is not allowed)."
    )
    assert attempt[2] == 'ERROR: "The user (x) is not allowed."'


def test_a_letter_that_is_there_is_not_replaced(filer: Filer) -> None:
    target = filer.home / "letter.txt"
    target.write_text("mine", encoding="utf-8")

    assert filer.form4("adjustment-request", str(filer.file), "-o", str(target))[0] == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert filer.form4("adjustment-request", str(filer.file), "-o", str(target), "--force")[0] == 0
    assert target.read_text(encoding="utf-8").startswith("November 4, 2024\n")


def test_the_letter_as_a_pdf(filer: Filer) -> None:
    from pypdf import PdfReader

    late(filer)
    target = filer.home / "letter.pdf"

    assert filer.form4("adjustment-request", str(filer.file), "-o", str(target))[0] == 0
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "be adjusted from November 6, 2024 to November 5, 2024." in text
    assert (
        "2. LIVE submission, begun November 5, 2024, 9:41:00 p.m.: no answer of EDGAR's is on record" in text
    )
