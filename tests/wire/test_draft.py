"""Drafts read into filings: what does not fit its place is left out, never guessed."""

from __future__ import annotations

import pytest

from form4_author.checks.example import draft
from form4_author.wire.draft import draft_from
from form4_author.wire.filing import filing_from


@pytest.mark.parametrize("held", [None, "", "   ", 7, True, ["x"]])
def test_a_value_that_is_no_text_is_no_answer(held: object) -> None:
    filing, malformed = filing_from({**draft("seed"), "remarks": held})
    assert (filing.remarks, malformed) == (None, ())


def test_a_filing_s_draft_reads_back_to_the_filing() -> None:
    filing, _ = filing_from(draft("exercise"))
    assert filing_from(draft_from(filing)) == (filing, ())


def test_a_row_that_is_no_group_of_keys_is_no_row() -> None:
    held = draft("seed")
    filing, _ = filing_from({**held, "non_derivative": ["a row", *held["non_derivative"], 7]})
    assert [row.security_title.value for row in filing.non_derivative] == ["Common Stock"]
