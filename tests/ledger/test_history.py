"""A form among earlier ones on the days where one more or one less decides: the same day counts, the day named wins."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from form4_author.ledger.history import adjusted_since, amended, earlier, last_reported
from form4_author.ledger.line import line_key
from form4_author.model.facts import Adjustment, PriorFiling
from tests.builders import make_filing

FILED = date(2026, 9, 2)
DAY = timedelta(1)


def prior(number: int, filed: date = FILED, *edits: str) -> PriorFiling:
    """An earlier form, which its remarks tell from others."""
    return PriorFiling(make_filing("exercise", [f"remarks = {number}", *edits]), filed)


@pytest.mark.parametrize(
    ("until", "numbers"), [(FILED - DAY, []), (FILED, ["1"]), (FILED + DAY, ["1", "2"]), (None, ["1", "2"])]
)
def test_a_form_filed_the_same_day_is_an_earlier_one(until: date | None, numbers: list[str]) -> None:
    found = earlier(make_filing("exercise"), [prior(1), prior(2, FILED + DAY)], until)

    assert [each.filing.remarks for each in found] == numbers


@pytest.mark.parametrize(("day", "count"), [(FILED - DAY, 0), (FILED, 1), (FILED + DAY, 1)])
def test_an_adjustment_on_the_day_of_the_last_form_comes_after_it(day: date, count: int) -> None:
    line = line_key("non_derivative", make_filing("exercise").non_derivative[0])
    last = last_reported([prior(1)], "non_derivative")[line]
    moved = Adjustment("common  STOCK", Decimal("12.5"), day, "dividend reinvested")

    assert adjusted_since(last, line, [moved]) == (moved,) * count


@pytest.mark.parametrize(
    ("named", "number"),
    [
        pytest.param("2026-09-04", "2", id="the day named"),
        pytest.param("2026-09-03", "1", id="a day of no form"),
        pytest.param(None, "1", id="no day"),
    ],
)
def test_of_two_forms_of_a_period_the_one_of_the_day_named_is_amended(named: str | None, number: str) -> None:
    edits: list[Any] = [f"date_of_original_submission = {named}"] if named else []
    amendment = make_filing("exercise", ["form = 4/A", *edits])
    found = amended(amendment, [prior(1), prior(2, date(2026, 9, 4))])

    assert found is not None
    assert found.filing.remarks == number


def test_a_form_that_is_no_amendment_amends_none() -> None:
    assert amended(make_filing("exercise"), [prior(1)]) is None
