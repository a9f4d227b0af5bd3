from __future__ import annotations

from datetime import date

import pytest

from form4_author.errors import MalformedValue
from form4_author.timing.closed_day import ClosedDay, closed_day

EDGAR = ClosedDay(date(2026, 12, 24), "edgar", "Executive order", "SEC announcement of December 18, 2026")


def test_a_closed_day_is_read_as_it_is_written() -> None:
    text = "2026-12-24 | edgar | Executive order | SEC announcement of December 18, 2026"

    assert EDGAR.text() == text
    assert closed_day(text) == EDGAR == closed_day(text.replace(" | ", "|"))


def test_a_closed_day_in_words() -> None:
    assert EDGAR.words() == (
        "2026-12-24, EDGAR closed: Executive order (SEC announcement of December 18, 2026)"
    )
    assert EDGAR._replace(closed="offices").words() == (
        "2026-12-24, federal offices closed, EDGAR not confirmed: Executive order"
        " (SEC announcement of December 18, 2026)"
    )


@pytest.mark.parametrize(
    "text",
    ["2026-12-24", "2026-12-24 | shut | a | b", "2026-12-24 | edgar | | b", "2026-12-24 | edgar | a | b | c"],
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        closed_day(text)

    assert str(refused.value) == f'"{text}" is not a closed day. Write "DATE | edgar | reason | source".'


def test_another_day_is_refused() -> None:
    with pytest.raises(MalformedValue, match="12/24/2026"):
        closed_day("12/24/2026 | edgar | a | b")
