"""A rule's example in the form's words."""

from __future__ import annotations

import pytest

from form4_author.page.example import example_text

_SEED = " (in the example filing “seed”)"


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ("non_derivative[0].price = 12.50", f"Table I, line 1, column 4, Price: 12.50{_SEED}"),
        ("non_derivative[0].price = 10", f"Table I, line 1, column 4, Price: 10{_SEED}"),
        (
            "non_derivative[0].transaction_code = S; delete footnotes[0]",
            f"Table I, line 1, column 3, Transaction Code: S; Footnote 1: nothing{_SEED}",
        ),
        ("owners[0].is_director = true", f"Reporting person 1, box 5, Director: checked{_SEED}"),
        ("owners[0].is_director = false", f"Reporting person 1, box 5, Director: not checked{_SEED}"),
        (
            'non_derivative[0].amount = {"value": "5", "footnotes": ["F1", "F2"]}',
            f"Table I, line 1, column 4, Amount: 5 (1) (2){_SEED}",
        ),
        (
            'non_derivative[0].amount = {"footnotes": ["F2"]}',
            f"Table I, line 1, column 4, Amount: (2){_SEED}",
        ),
        ("non_derivative[0].amount = {}", f"Table I, line 1, column 4, Amount: nothing{_SEED}"),
        ("non_derivative = []", f"Table I: nothing{_SEED}"),
        ("remarks = null", f"Remarks: nothing{_SEED}"),
        ('remarks = "0010"', f"Remarks: 0010{_SEED}"),
        # A semicolon within a text does not end the edit.
        (
            "remarks = See Exhibit 24; a note; aff10b5_one = true",
            f"Remarks: See Exhibit 24; a note; Rule 10b5-1(c) box: checked{_SEED}",
        ),
        (
            'footnotes = [{"id": "F1", "text": "One."}, {"id": "F1", "text": "Two."}]',
            f"Footnotes: id F1, text One.; id F1, text Two.{_SEED}",
        ),
        # A place that is no box of the form keeps its name in the draft.
        ("interview.screen = 3", f"interview.screen: 3{_SEED}"),
        # What is no edit is told as it stands.
        ("two owners of the same name", f"two owners of the same name{_SEED}"),
        ("", f"As it stands{_SEED}"),
    ],
)
def test_an_example_names_places_as_the_form_does(example: str, told: str) -> None:
    assert example_text(example) == told


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ("@exercise", "As it stands (in the example filing “exercise”)"),
        (
            "@form5: period_of_report = 2026-06-30",
            "box 3, Issuer's Fiscal Year Ended: 2026-06-30 (in the example filing “form5”)",
        ),
        (
            "@form3: period_of_report = 2026-06-30",
            "box 2, Date of Event Requiring Statement: 2026-06-30 (in the example filing “form3”)",
        ),
    ],
)
def test_another_example_filing_is_named(example: str, told: str) -> None:
    assert example_text(example) == told


def test_an_example_of_xml_is_shown_as_it_stands() -> None:
    assert example_text("XML: a blank line before <?xml?>") == "a blank line before <?xml?>"
