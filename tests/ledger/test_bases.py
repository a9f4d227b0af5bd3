"""Lines of a class on two bases: what a form says of one for a split, and not of the others."""

from __future__ import annotations

from typing import Any

import pytest

from form4_author.ledger.bases import two_bases
from form4_author.wire.filing import filing_from

SPLIT = "Restated for a 2-for-1 stock split."
DIRECT = {
    "kind": "holding",
    "security_title": "Common Stock",
    "ownership_form": "D",
    "amount_owned_following": {"value": "10000", "footnotes": ["F1"]},
}
SPOUSE = {
    **DIRECT,
    "ownership_form": "I",
    "nature_of_ownership": "By Spouse",
    "amount_owned_following": "700",
}
OPTION = {
    "kind": "holding",
    "security_title": "Stock Option (Right to Buy)",
    "exercise_price": "12.50",
    "expiration_date": "2030-01-01",
    "underlying_title": "Common Stock",
    "underlying_amount": "1000",
    "amount_owned_following": "1000",
    "ownership_form": "D",
}
NOTED = {"value": "1400", "footnotes": ["F1"]}


def found(*rows: dict[str, Any], text: str = SPLIT, remarks: str = "") -> str:
    """The words on the first two bases that the form has."""
    draft = {
        "form": "4",
        "non_derivative": [row for row in rows if "exercise_price" not in row],
        "derivative": [row for row in rows if "exercise_price" in row],
        "footnotes": [{"id": "F1", "text": text}],
        "remarks": remarks,
    }
    bases = two_bases(filing_from(draft)[0])
    return bases.words if bases else ""


def test_the_lines_and_awards_that_are_not_restated_are_named() -> None:
    assert found(DIRECT, SPOUSE, OPTION) == (
        "Common Stock, direct is restated for a 2-for-1 split; no footnote restates By Spouse (700) and 1 award"
    )


def test_more_than_two_lines_are_counted() -> None:
    others = [{**SPOUSE, "nature_of_ownership": f"By Trust {n}"} for n in range(4)]
    own = {**DIRECT, "amount_owned_following": "90"}
    spouse = {**SPOUSE, "amount_owned_following": NOTED}
    bare = {**SPOUSE, "nature_of_ownership": {"footnotes": ["F2"]}}

    assert found(DIRECT, *others).endswith("restates By Trust 0 (700), By Trust 1 (700) and 2 more lines")
    assert found(DIRECT, SPOUSE).endswith("no footnote restates By Spouse (700)")
    assert found(DIRECT, OPTION, {**OPTION, "exercise_price": "20"}).endswith("no footnote restates 2 awards")
    assert found(spouse, own, bare).endswith("no footnote restates direct (90) and indirect (700)")


@pytest.mark.parametrize(
    "rows",
    [
        (DIRECT,),
        (DIRECT, {**SPOUSE, "amount_owned_following": NOTED}),
        (DIRECT, {**SPOUSE, "security_title": "Class B Common Stock"}),
        (DIRECT, {**SPOUSE, "amount_owned_following": "9"}),
        (DIRECT, {**SPOUSE, "nature_of_ownership": {"value": "By Spouse", "footnotes": ["F1"]}}),
        (DIRECT, {**OPTION, "underlying_title": "Class B Common Stock"}),
        (DIRECT, {**OPTION, "security_title": "Series A Convertible Preferred Stock"}),
        (DIRECT, {**OPTION, "amount_owned_following": NOTED}),
        ({**DIRECT, "amount_owned_following": "10000"}, SPOUSE),
        (SPOUSE, {**OPTION, "amount_owned_following": NOTED}),
    ],
    ids=[
        "one line",
        "both",
        "a different class",
        "a few shares",
        "elsewhere in the row",
        "an award over a different class",
        "a convertible",
        "an award restated too",
        "no footnote",
        "only the award",
    ],
)
def test_what_is_no_sign_of_two_bases(rows: tuple[dict[str, Any], ...]) -> None:
    assert found(*rows) == ""


@pytest.mark.parametrize(
    "text",
    [
        "All numbers are restated for a 2-for-1 stock split.",
        "A 2-for-1 stock split will take effect on December 1, 2026.",
        "Includes shares from a stock split.",
    ],
)
def test_what_is_for_every_line_or_still_to_come_is_none(text: str) -> None:
    assert found(DIRECT, SPOUSE, text=text) == ""


def test_remarks_are_for_every_line() -> None:
    assert found(DIRECT, SPOUSE, remarks=SPLIT) == ""
