"""The audit, the table of late reports and the comparison as text, data and a page with charts."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.audit.course import course_of
from form4_author.checks.audit.delinquent import delinquent_reports, fiscal_year
from form4_author.checks.audit.reconciliation import ListedFiling, OnRecord, OpenFiling, reconciled
from form4_author.errors import Form4Error
from form4_author.model.facts import IssuerFacts
from form4_author.page.audit import audit_data, audit_html, audit_text, filing_words
from form4_author.page.chart import chart_svg
from form4_author.page.delinquent import delinquent_data, delinquent_text, paragraph
from form4_author.page.reconciliation import reconciliation_data, reconciliation_text
from tests.checks.test_audit import FORM_3, insiders, prior, row

if TYPE_CHECKING:
    from form4_author.checks.audit.insider import Insider

NAME = "NORTHWIND INSTRUMENTS, INC."
SECOND = {"cik": "300", "name": "Adams $ <Bo>", "is_director": True}


def history() -> tuple[Insider, ...]:
    """A clean insider, and one with a profit, a late report and a break."""
    return insiders(
        FORM_3,
        prior(2, "2026-02-06", row("2026-02-02", "1100", code="P")),
        prior(3, "2026-03-04", row("2026-03-02", "1000", price="15")),
        prior(4, "2026-04-06", row("2026-04-02", "400")),
        prior(5, "2026-04-07", row(None, "9"), form="3", owners=[SECOND], period_of_report="2026-04-02"),
        prior(6, None, row(None, "9"), owners=[{"cik": "400", "name": "Zhu Lin"}]),
    )


def test_the_text_lists_each_finding_below_its_insider() -> None:
    text = audit_text(f"{NAME} (CIK 100)", history())

    assert max(map(len, text.splitlines())) <= 80
    assert text.startswith(
        "NORTHWIND INSTRUMENTS, INC. (CIK 100)\n"
        "3 insiders, 6 filings: 1 break in holdings, 1 late report, 1 Form 3 not on\n"
        "  record, 1 possible short-swing profit.\n"
        "\n"
        "Okafor Adaeze N (CIK 200)\n"
        "  Late (warning DAT-005): Form 4 filed February 6, 2026 (0000000100-26-000002)\n"
    )
    assert (
        "  Holdings (warning HLD-004): Form 4 filed April 6, 2026 (0000000100-26-000004),\n"
        "    after Form 4 filed March 4, 2026 (0000000100-26-000003)\n"
    ) in text
    assert "  Short-swing (warning SWG-002)\n    Common Stock: possible profit of $500" in text
    assert "\nNo Form 3 on record, see whether EDGAR has one: Zhu Lin (CIK 400).\n" in text
    assert "\nNo other findings: Adams $ <Bo> (CIK 300); Zhu Lin (CIK 400).\n" in text


def test_a_history_without_findings_says_so() -> None:
    text = audit_text(NAME, insiders(FORM_3))

    assert text.startswith(
        f"{NAME}\n1 insider, 1 filing: no findings.\n\nNo findings: Okafor Adaeze N (CIK 200).\n"
    )


def test_where_every_insider_has_findings_no_others_are_named() -> None:
    (okafor,) = [each for each in history() if each.name.startswith("Okafor")]

    text = audit_text(NAME, (okafor,))

    assert text.startswith(
        f"{NAME}\n1 insider, 4 filings: 1 break in holdings, 1 late report, 1 possible short-swing\n  profit.\n"
    )
    assert "findings:" not in text.partition("\n\n")[2]


def test_a_filing_is_named_as_far_as_it_is_known() -> None:
    assert filing_words(prior(1, "2026-01-05")) == "Form 4 filed January 5, 2026 (0000000100-26-000001)"
    assert filing_words(prior(1, None)._replace(accession_number=None)) == "Form 4 of about January 5, 2026"
    bare = prior(1, None, signatures=[], period_of_report=None, form=None)
    assert filing_words(bare._replace(accession_number=None)) == "Form ?"


def test_the_data_has_the_filings_of_a_break() -> None:
    data = audit_data("100", NAME, history())

    assert data["counts"] == {"holdings": 1, "late": 1, "missing": 1, "short_swing": 1, "other": 0}
    assert data["filings"] == 6
    okafor = next(
        each for each in data["insiders"] if each["persons"] == [{"cik": "200", "name": "Okafor Adaeze N"}]
    )
    (found,) = [each for each in okafor["findings"] if each["kind"] == "holdings"]
    assert (found["filing"]["accession_number"], found["earlier"]["accession_number"]) == (
        "0000000100-26-000004",
        "0000000100-26-000003",
    )
    assert found["path"] == "non_derivative[0].amount_owned_following"
    assert [each["earlier"] for each in okafor["findings"] if each["kind"] == "late"] == [None]


def test_the_page_has_a_chart_with_words_and_tables() -> None:
    page = audit_html("100", NAME, history())

    assert page.count("<svg ") == 3
    assert '<title id="chart-1-title">Holdings of Adams $ &lt;Bo&gt; (CIK 300)</title>' in page
    assert (
        "Common Stock, direct: 1,000 on January 2, 2026, 400 on April 2, 2026. Six months from purchases: February 2,"
        " 2026 to July 31, 2026."
    ) in page
    assert "<metadata" not in page
    assert "<!DOCTYPE svg" not in page
    assert (
        '<td class="number">1,100</td><td>Form 4 filed February 6, 2026 (0000000100-26-000002)</td>' in page
    )
    assert "<td>Purchase</td><td>P</td><td>Common Stock</td>" in page
    assert "Adams $ <Bo>" not in page


def test_an_insider_without_shares_has_no_chart() -> None:
    page = audit_html("100", NAME, insiders(prior(1, "2026-01-05", form="3")))

    assert "<svg" not in page
    assert "<p>No findings.</p>" in page


def test_a_chart_is_the_same_each_time_and_its_ids_are_its_own() -> None:
    (insider,) = [each for each in history() if each.group.persons[0][0] == "200"]
    course = course_of(insider)
    first, again, other = (chart_svg(course, "T", "D", number) for number in (1, 1, 2))

    assert first == again
    assert first.startswith('<svg role="img" aria-labelledby="chart-1-title chart-1-text" ')
    assert first != other.replace("chart-2", "chart-1")


def test_without_the_library_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(Form4Error) as error:
        chart_svg(course_of(history()[0]), "T", "D", 1)
    assert str(error.value) == (
        'Charts need matplotlib, which is not installed. pip install "form4-author[chart]".'
    )


# ---- Item 405


def test_the_table_has_its_evidence_and_a_draft() -> None:
    long = [{"cik": "500", "name": "Featherstonehaugh-Cholmondeley Maximiliana K", "is_director": True}]
    found = insiders(
        prior(1, "2026-01-20", row(None, "1000"), form="3"),
        prior(2, "2026-02-06", row("2026-02-02", "900"), row("2026-02-02", "800")),
        prior(3, "2026-02-16", row("2025-05-05", "700")),
        prior(4, None, row("2026-03-02", "600")),
        prior(5, "2026-05-06", row("2026-05-01", "5"), owners=long),
        prior(
            6,
            "2026-05-06",
            row("2026-01-05", "5", code="P"),
            owners=long,
            form="5",
            period_of_report="2026-04-30",
        ),
    )
    table = delinquent_reports(fiscal_year(2026, IssuerFacts(fiscal_year_end=(12, 31)), ()), found)
    text = delinquent_text(NAME, table, foreign=True)

    assert max(map(len, text.splitlines())) <= 80
    assert "Okafor Adaeze N (CIK 200)                                2              2\n" in text
    assert (
        "Featherstonehaugh-Cholmondeley Maximiliana K (CIK 500)\n"
        "                                                         2              2\n"
    ) in text
    assert (
        "  Form 3 filed January 20, 2026 (0000000100-26-000001): period 2026-01-02, due\n"
        "    2026-01-12, filed 2026-01-20\n"
    ) in text
    assert "    Transactions: S 2026-02-02, due 2026-02-04; S 2026-02-02, due 2026-02-04\n" in text
    assert "    Due in an earlier fiscal year; not counted above. Name it unless it was\n" in text
    assert "\nTo check. Filing date not on record, timeliness not determined:\n  Form 4 of about" in text
    assert "The register lists a foreign private issuer." in text
    assert paragraph(NAME, table) == (
        "Section 16(a) of the Exchange Act requires our directors, officers and holders of more than 10% of a registered"
        " class of our equity securities to report their ownership of our securities, and changes in it, to the SEC."
        " Based on our review of the reports filed for the fiscal year ended December 31, 2026 [and written"
        " representations from reporting persons], we believe that NORTHWIND INSTRUMENTS, INC. [the Company] had the"
        " following late reports: Featherstonehaugh-Cholmondeley Maximiliana K, one late Form 4 and one Form 5 with"
        " transactions due on Form 4, reporting two transactions not on time; Okafor Adaeze N, one late Form 3 and one"
        " late Form 4, reporting two transactions not on time [unless disclosed before, of an earlier fiscal year: one"
        " late Form 4, reporting one transaction not on time]. [Add known failures to file.]"
    )
    data = delinquent_data("100", NAME, table)
    assert [(p["late_reports"], p["transactions"]) for p in data["persons"]] == [(2, 2), (2, 2)]
    assert data["persons"][1]["evidence"][1]["transactions"][0] == {
        "date": "2026-02-02",
        "code": "S",
        "due": "2026-02-04",
    }
    assert data["fiscal_year"] == {"first": "2026-01-01", "last": "2026-12-31", "basis": "register"}


def test_many_reports_and_one_without_a_period_and_a_name() -> None:
    nameless = [{"cik": "200", "is_director": True}]
    filings = [
        prior(n, "2026-03-06", row("2026-02-02", str(900 - n)), owners=nameless, period_of_report=None)
        for n in range(1, 10)
    ]
    shifted = [prior(n, "2026-03-09", row("2026-02-03", str(700 - n)), owners=nameless) for n in (1, 2)]
    table = delinquent_reports(fiscal_year(2026, None, ()), insiders(*filings, *shifted))

    assert ": CIK 200, 11 late Forms 4, reporting 11 transactions not on time." in paragraph(NAME, table)
    text = delinquent_text(NAME, table)
    assert "(0000000100-26-000001): due 2026-02-04, filed 2026-03-06" in " ".join(text.split())


def test_nothing_late_drafts_nothing() -> None:
    table = delinquent_reports(fiscal_year(2026, None, ()), insiders(FORM_3))
    text = delinquent_text(NAME, table)

    assert "\nNo late report is on record.\n" in text
    assert "\n  None: nothing was found that Item 405 asks to disclose." in text
    assert delinquent_data("100", NAME, table)["paragraph"] is None


# ---- reconciliation


def test_a_comparison_lists_both_sides() -> None:
    day = date(2026, 2, 2)
    missing = ListedFiling("0000000100-26-000002", "4/A", day, date(2026, 2, 9))
    drafted = ListedFiling("0000000100-26-000003", "4", date(2026, 3, 2), None)
    bare = ListedFiling("0000000100-26-000004", "4", None, None)
    numbered = ListedFiling("0000000100-26-000005", "4", date(2026, 4, 2), None)
    own = OnRecord("0000000100-26-000001", "4", day, date(2026, 2, 4), "100", ("200",))
    unlisted = OnRecord("0000000100-26-000009", "4", None, None, "100", ("200",))
    unnumbered = OnRecord(None, "4", date(2026, 4, 2), None, "100", ("200",), name="form4.xml")
    draft = OpenFiling("d.form4.json", "4", date(2026, 3, 2), "100", ("200",))
    both = ListedFiling("0000000100-26-000001", "4", day, date(2026, 2, 4))
    found = reconciled([both, missing, drafted, bare, numbered], [own, unlisted, unnumbered], [draft])

    assert reconciliation_text(
        "Okafor", found, [("Common Stock, direct", "-3 on 2026-05-01: x")], "form4 x"
    ) == (
        "Okafor: 1 filing on both sides.\n"
        "\n"
        "On EDGAR, not in the register:\n"
        "  Form 4/A filed February 9, 2026, period February 2, 2026\n"
        "    (0000000100-26-000002); amends a filing on record\n"
        "  Form 4, period March 2, 2026 (0000000100-26-000003); may be the draft\n"
        "    d.form4.json: form4 filed d.form4.json --accession 0000000100-26-000003\n"
        "  Form 4 (0000000100-26-000004)\n"
        "\n"
        "In the register, not on EDGAR's list:\n"
        "  Form 4 (0000000100-26-000009)\n"
        "\n"
        "In the register without an accession number:\n"
        "  Form 4, period April 2, 2026 (form4.xml); may be 0000000100-26-000005\n"
        "\n"
        "Imported, not prepared here:\n"
        "  Form 4 filed February 4, 2026, period February 2, 2026 (0000000100-26-000001)\n"
        "\n"
        "Adjusted since the last form, so the balance differs from it:\n"
        "  Common Stock, direct: -3 on 2026-05-01: x\n"
        "\n"
        "To import the missing filings: form4 x\n"
    )
    data = reconciliation_data("200", "Okafor", found)
    assert data["amendments"] == ["0000000100-26-000002"]
    assert data["drafts"] == [{"accession_number": "0000000100-26-000003", "draft": "d.form4.json"}]
    assert data["unnumbered"] == [{"file": "form4.xml", "accession_number": "0000000100-26-000005"}]
    assert data["missing"][2] == {
        "accession_number": "0000000100-26-000004",
        "form": "4",
        "period": None,
        "filed": None,
    }


def test_two_sides_that_agree_say_so() -> None:
    assert reconciliation_text("Okafor", reconciled([], []), [], "form4 x") == (
        "Okafor: 0 filings on both sides.\n\nEDGAR's list and the register agree.\n"
    )
