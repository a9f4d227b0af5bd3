"""A form among earlier ones on the days where one more or one less decides: the same day counts, the day named wins."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from form4_author.ledger.history import (
    adjusted_since,
    amended,
    corrected,
    earlier,
    last_reported,
    person,
    same_people,
)
from form4_author.ledger.line import line_key
from form4_author.model.facts import Adjustment, PriorFiling
from tests.builders import make_filing
from tests.ledger.accounts import PAR, filing, share

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
        pytest.param("2026-09-05", "2", id="a day of no form, nearest to the second"),
        pytest.param(None, "1", id="no day"),
    ],
)
def test_of_two_forms_of_a_period_the_one_of_the_day_named_is_amended(named: str | None, number: str) -> None:
    edits: list[Any] = [f"date_of_original_submission = {named}"] if named else []
    amendment = make_filing("exercise", ["form = 4/A", *edits])
    found = amended(amendment, [prior(1), prior(2, date(2026, 9, 4))])

    assert found is not None
    assert found.filing.remarks == number


# ---- whose lines an amendment may correct


def amendment(number: int, named: str | None = "2026-09-02", *edits: str) -> PriorFiling:
    """An amendment of the form filed on the day named."""
    day = [f"date_of_original_submission = {named}"] if named else []
    return prior(number, date(2026, 9, 20 + number), "form = 4/A", *day, *edits)


def numbers(found: tuple[PriorFiling, ...]) -> list[str | None]:
    return [each.filing.remarks for each in found]


def test_the_day_named_singles_out_the_form_whose_lines_an_amendment_corrects() -> None:
    filings = [prior(1), prior(2, date(2026, 9, 4)), amendment(3)]

    assert numbers(corrected(filings[2], filings)) == ["1"]


def test_without_a_day_the_lines_of_every_form_of_the_period_may_be_corrected() -> None:
    filings = [prior(1), prior(2, date(2026, 9, 4)), amendment(3, None)]

    assert numbers(corrected(filings[2], filings)) == ["1", "2"]


def test_an_amendment_corrects_the_other_amendments_of_its_form_only() -> None:
    other = amendment(4, "2026-09-04")
    filings = [prior(1), prior(2, date(2026, 9, 4)), amendment(3), other, amendment(5)]

    assert numbers(corrected(filings[4], filings)) == ["1", "3"]
    assert numbers(corrected(other, filings)) == ["2"]


@pytest.mark.parametrize(
    ("named", "edits", "found"),
    [
        pytest.param("2026-09-02", ["period_of_report = 2026-08-01"], ["1"], id="the same day named"),
        pytest.param(
            "2026-09-21", ["period_of_report = 2026-08-01"], ["1"], id="the amendment's own day named"
        ),
        pytest.param("2026-09-03", [], ["1"], id="the same period"),
        pytest.param("2026-09-03", ["period_of_report = 2026-08-01"], [], id="another day and period"),
        pytest.param(None, ["delete period_of_report"], [], id="neither day nor period"),
    ],
)
def test_amendments_of_a_form_that_is_not_there(
    named: str | None, edits: list[str], found: list[str]
) -> None:
    filings = [amendment(1), amendment(2, named, *edits)]

    assert numbers(corrected(filings[1], filings)) == found


def test_a_form_that_is_no_amendment_corrects_nothing() -> None:
    filings = [prior(1), prior(2)]

    assert corrected(filings[1], filings) == ()


@pytest.mark.parametrize(
    ("edits", "same"),
    [
        ([], True),
        (["owners[0].cik = 1"], False),
        (["issuer.cik = 1"], False),
        (["delete owners[0].cik"], False),
    ],
)
def test_people_are_the_same_by_issuer_and_person(edits: list[str], same: bool) -> None:
    assert same_people(make_filing("exercise"), make_filing("exercise", edits)) is same


def test_a_person_without_a_number_goes_by_name() -> None:
    named = make_filing("exercise", ["delete owners[0].cik", "owners[0].name = OKAFOR  Adaeze N"])

    assert person(named.owners[0]) == "okafor adaeze n"
    assert same_people(named, make_filing("exercise", ["delete owners[0].cik"]))


def test_a_form_that_is_no_amendment_amends_none() -> None:
    assert amended(make_filing("exercise"), [prior(1)]) is None


def test_the_form_of_the_day_named_is_amended_though_its_period_is_another() -> None:
    amendment = make_filing("exercise", ["form = 4/A", "date_of_original_submission = 2026-09-02"])
    found = amended(amendment, [prior(1, date(2026, 9, 1)), prior(2, FILED, "period_of_report = 2026-08-31")])

    assert found is not None
    assert found.filing.remarks == "2"


def test_of_two_forms_of_one_day_the_one_with_the_same_lines_is_amended() -> None:
    amendment = make_filing("exercise", ["form = 4/A", "date_of_original_submission = 2026-09-02"])
    found = amended(amendment, [prior(1, FILED, "derivative[0].exercise_price = 22.50"), prior(2)])

    assert found is not None
    assert found.filing.remarks == "2"


def test_earlier_forms_are_those_of_the_person_with_the_issuer() -> None:
    """Leading zeros do not count; the form itself is none of them, read twice neither; one without an issuer has none."""
    history = [
        prior(1, FILED, "issuer.cik = 999901"),
        prior(2, FILED, "issuer.cik = 0000999999"),
        prior(3, FILED, "owners[0].cik = 0000999999"),
        prior(4, FILED, "issuer.cik = 0"),
        PriorFiling(make_filing("exercise"), FILED),
    ]
    found = earlier(make_filing("exercise"), history)

    assert [each.filing.remarks for each in found] == ["1"]
    assert earlier(make_filing("exercise", ["issuer.cik = 0"]), history) == ()


# ---- totals last reported


@pytest.mark.parametrize(
    ("rows", "total", "totals", "certain"),
    [
        pytest.param([share("5", "105"), share("-2", "103")], 103, (103,), True, id="certain"),
        pytest.param([share("5", "105"), share("-5", "100")], 100, (105, 100), False, id="up and back again"),
        pytest.param(
            [share("5", "105"), share("5", "905", security_title=PAR)], 905, (105, 905), False, id="two spellings",
        ),
    ],
)  # fmt: skip
def test_a_later_form_may_go_on_from_each_total_that_may_be_the_last(
    rows: list[dict[str, Any]], total: int, totals: tuple[int, ...], certain: bool
) -> None:
    (last,) = last_reported([PriorFiling(filing(*rows))], "non_derivative").values()

    assert (int(last.total), tuple(map(int, last.totals)), last.certain) == (total, totals, certain)


def test_a_message_names_each_total_that_may_be_the_last() -> None:
    rows = [share("5", "1105"), share("-5", "1100")], [share("5", "1105"), share("-2", "1103")]
    found = [
        last.doubt
        for each in rows
        for last in last_reported([PriorFiling(filing(*each))], "non_derivative").values()
    ]

    assert found == ["; the earlier form does not show which of its totals is the last, 1,105 or 1,100", ""]


def test_the_latest_form_that_states_a_line_reports_it() -> None:
    first, other = filing(share("5", "105")), filing(share("5", "55", security_title="Class B"))
    found = last_reported(map(PriorFiling, (first, filing(share("-5", "100")), other)), "non_derivative")

    assert [f"{each.total} {each.title}" for each in found.values()] == ["100 Common Stock", "55 Class B"]


def test_an_adjustment_is_of_the_line_that_it_names() -> None:
    trust = {"ownership_form": "I", "nature_of_ownership": "By Trust"}
    undated = PriorFiling(filing(share("5", "105"), share("5", "55", **trust)))
    day = date(2026, 3, 2)
    direct = Adjustment("Common Stock", Decimal(1), day, "dividend reinvested")
    indirect = Adjustment("common stock", Decimal(2), day, "dividend reinvested", "I", "by  TRUST")
    found = {
        line.form: adjusted_since(last, line, [direct, indirect])
        for line, last in last_reported([undated], "non_derivative").items()
    }

    assert undated.day is None
    assert found == {"D": (direct,), "I": (indirect,)}
