"""The form as text, for the review screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from form4_author.checks.example import names
from form4_author.model.filing import Filing
from form4_author.page.text import page_text
from tests.builders import make_filing


def test_the_seed_as_text() -> None:
    assert page_text(make_filing()) == (
        "FORM 4  STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP OF SECURITIES\n"
        "\n"
        "1. Name and Address of Reporting Person: Thakar Sumedh S\n"
        "   C/O QUALYS, INC., 919 E. HILLSDALE BLVD., FOSTER CITY CA 94404, UNITED STATES\n"
        "5. Relationship of Reporting Person(s) to Issuer: Director, Officer (CEO &\n"
        "   PRESIDENT)\n"
        "2. Issuer Name and Ticker or Trading Symbol: QUALYS, INC. [QLYS]\n"
        "3. Date of Earliest Transaction: 11/01/2024\n"
        "[ ] Transaction under a Rule 10b5-1(c) plan\n"
        "\n"
        "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n"
        "  Line 1. 1. Title of Security: Common Stock; 2. Transaction Date: 11/01/2024;\n"
        "    3. Code: F; 4. Amount: 7,007 (1); 4. (A) or (D): D; 4. Price: $120.34; 5.\n"
        "    Amount of Securities Beneficially Owned Following Reported Transaction(s):\n"
        "    232,595; 6. Ownership Form: D\n"
        "\n"
        "Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned\n"
        "  (no rows)\n"
        "\n"
        "Explanation of Responses:\n"
        "  (1) The reported shares were withheld to cover the Reporting Person's tax\n"
        "      liability in connection with the vesting of restricted stock units.\n"
        "\n"
        "Signature: /s/ Bruce Posey by power of attorney for Sumedh S. Thakar   Date:\n"
        "   11/04/2024\n"
    )


def test_nothing_given_yet() -> None:
    assert page_text(Filing(form="3")) == (
        "FORM 3  INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES\n"
        "\n"
        "1. Name and Address of Reporting Person: (not given)\n"
        "4. Relationship of Reporting Person(s) to Issuer: (not given)\n"
        "3. Issuer Name and Ticker or Trading Symbol: (not given)\n"
        "2. Date of Event Requiring Statement: (not given)\n"
        "\n"
        "Table I - Non-Derivative Securities Beneficially Owned\n"
        "  (no rows)\n"
        "\n"
        "Table II - Derivative Securities Beneficially Owned\n"
        "  (no rows)\n"
        "\n"
        "Explanation of Responses:\n"
        "  No securities are beneficially owned\n"
        "\n"
        "Signature: (not given)\n"
    )


def test_a_form_4_without_footnotes_says_so() -> None:
    assert "Explanation of Responses:\n  (no footnotes)\n" in page_text(Filing(form="4"))


def test_an_amendment_names_the_original() -> None:
    text = page_text(make_filing("amendment"))
    assert text.startswith("FORM 4/A  STATEMENT OF CHANGES")
    assert "\n4. If Amendment, Date Original Filed: " in text


def test_an_owner_in_every_relationship_abroad() -> None:
    filing = make_filing(
        "seed",
        [
            "owners[0].is_ten_percent_owner = true",
            "owners[0].is_other = true",
            "owners[0].other_text = Trustee",
            "issuer.foreign_trading_symbol = QL.TO",
            "not_subject_to_section16 = true",
            "aff10b5_one = true",
            'remarks = "First line\\nSecond line"',
        ],
    )
    lines = page_text(filing, 200).splitlines()
    assert (
        "5. Relationship of Reporting Person(s) to Issuer:"
        " Director, 10% Owner, Officer (CEO & PRESIDENT), Other (Trustee)"
    ) in lines
    assert "2a. Foreign Trading Symbol: QL.TO" in lines
    assert "[X] No longer subject to Section 16" in lines
    assert "[X] Transaction under a Rule 10b5-1(c) plan" in lines
    assert lines[lines.index("Remarks:") + 1 :][:2] == ["  First line", "  Second line"]


def test_form_5_shows_what_should_have_been_reported_before() -> None:
    text = page_text(
        make_filing(
            "form5",
            ["non_derivative[0].transaction_form_type = 4", "non_derivative[1].transaction_form_type = 3"],
        )
    )
    assert "[X] Form 3 holdings reported\n[X] Form 4 transactions reported\n" in text
    assert "3. Transaction Code: G4 (1)" in " ".join(text.split())


def test_an_edition_without_the_plan_box_has_no_line_for_it() -> None:
    assert "10b5-1" not in page_text(replace(make_filing(), edition="X0306"))


def test_every_owner_is_told() -> None:
    text = page_text(make_filing("joint"))
    assert text.count("1. Name and Address of Reporting Person: ") == 2


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("name", names())
def test_lines_keep_to_the_width(name: str, width: int) -> None:
    assert max(len(line) for line in page_text(make_filing(name), width).splitlines()) <= width
