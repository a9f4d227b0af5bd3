from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from form4_author.timing.calendar import sec_calendar
from form4_author.timing.deadline import (
    NEVER,
    ConfirmedDays,
    CountStep,
    Due,
    ExecutionBasis,
    Unit,
    day_received,
    execution_of,
    form3_due,
    form4_due,
    form5_due,
    plus_business_days,
    reason,
    roll,
    unconfirmed,
    year_end_from,
    years_after,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def counting(steps: tuple[CountStep, ...]) -> list[str]:
    """Each day of a count as it is printed."""
    return [f"{step.day:%a %m-%d} {reason(step, sec_calendar())}" for step in steps]


class EveryDay:
    def is_business_day(self, day: date) -> bool:
        return True


# ---- business days


def test_zero_business_days_is_the_day_itself() -> None:
    assert plus_business_days(date(2026, 11, 22), 0, EveryDay()) == date(2026, 11, 22)


def test_start_day_never_counts() -> None:
    assert plus_business_days(date(2026, 11, 23), 2, EveryDay()) == date(2026, 11, 25)


def test_counted_day_is_a_business_day_and_the_count_is_exact() -> None:
    calendar = sec_calendar()
    for offset in range(366):
        start = date(2026, 1, 1) + timedelta(offset)
        due = plus_business_days(start, 3, calendar)
        between = [start + timedelta(n) for n in range(1, (due - start).days + 1)]
        assert calendar.is_business_day(due)
        assert sum(calendar.is_business_day(day) for day in between) == 3


@pytest.mark.parametrize(
    ("given", "rolled"),
    [
        ("2026-11-25", "2026-11-25"),
        ("2026-11-26", "2026-11-27"),  # Thanksgiving
        ("2026-11-28", "2026-11-30"),  # a Saturday
        ("2026-02-14", "2026-02-17"),  # a Saturday before Washington's Birthday
    ],
)
def test_last_day_moves_to_the_next_business_day(given: str, rolled: str) -> None:
    assert roll(day(given), sec_calendar()) == day(rolled)


# ---- the worked examples of the reference, all of them


@pytest.mark.parametrize(
    ("traded", "due"),
    [
        pytest.param("2026-10-06", "2026-10-08", id="an ordinary Tuesday"),
        pytest.param("2026-10-09", "2026-10-14", id="Columbus Day on the Monday after"),
        pytest.param("2026-10-12", "2026-10-14", id="on Columbus Day: exchanges open, EDGAR shut"),
        pytest.param("2026-07-01", "2026-07-06", id="Independence Day observed on the Friday"),
        pytest.param("2026-12-31", "2027-01-05", id="New Year"),
        pytest.param("2026-08-01", "2026-08-04", id="a gift on a Saturday"),
    ],
)
def test_form_4_is_due_on_the_second_business_day_after_the_transaction(traded: str, due: str) -> None:
    found = form4_due(day(traded), sec_calendar())

    assert (found.day, found.begins) == (day(due), day(traded))
    assert found.execution is not None
    assert (found.execution.day, found.execution.basis) == (day(traded), ExecutionBasis.TRADE)
    assert found.sources == ("15 U.S.C. 78p(a)(2)(C)", "Form 4, Instr. 1(a)")


@pytest.mark.parametrize(
    ("traded", "notice", "basis", "deemed", "due"),
    [
        ("2026-11-19", day("2026-11-23"), ExecutionBasis.NOTICE, "2026-11-23", "2026-11-25"),
        ("2026-11-19", NEVER, ExecutionBasis.LIMIT, "2026-11-24", "2026-11-27"),
        ("2026-11-19", day("2026-11-30"), ExecutionBasis.LIMIT, "2026-11-24", "2026-11-27"),
        ("2026-10-06", day("2026-10-09"), ExecutionBasis.NOTICE, "2026-10-09", "2026-10-14"),
        # Beside them: the boundary, the conservative default, and a notice that came too early to be one.
        ("2026-11-19", day("2026-11-24"), ExecutionBasis.NOTICE, "2026-11-24", "2026-11-27"),
        ("2026-11-19", day("2026-11-25"), ExecutionBasis.LIMIT, "2026-11-24", "2026-11-27"),
        ("2026-11-19", None, ExecutionBasis.UNTOLD, "2026-11-19", "2026-11-23"),
        ("2026-11-19", day("2026-11-18"), ExecutionBasis.NOTICE, "2026-11-19", "2026-11-23"),
    ],
)
def test_plan_trade_counts_from_the_day_of_notice_but_at_most_three_business_days_on(
    traded: str, notice: date | None, basis: ExecutionBasis, deemed: str, due: str
) -> None:
    found = form4_due(day(traded), sec_calendar(), plan=True, notice=notice)

    assert found.execution is not None
    assert (found.execution.traded, found.execution.day) == (day(traded), day(deemed))
    assert (found.execution.basis, found.begins, found.day) == (basis, day(deemed), day(due))
    assert found.sources[-1] == "17 CFR 240.16a-3(g)"


@pytest.mark.parametrize(
    ("event", "due"),
    [
        pytest.param("2026-06-23", "2026-07-06", id="tenth day a holiday on a Friday"),
        pytest.param("2026-06-25", "2026-07-06", id="tenth day a Sunday"),
        pytest.param("2026-10-01", "2026-10-13", id="tenth day a Sunday before a holiday"),
        pytest.param("2026-11-16", "2026-11-27", id="tenth day Thanksgiving"),
    ],
)
def test_form_3_is_due_on_the_tenth_day_or_the_next_business_day(event: str, due: str) -> None:
    found = form3_due(day(event), sec_calendar())

    assert (found.form, found.begins, found.day) == ("3", day(event), day(due))
    assert found.execution is None


@pytest.mark.parametrize(
    ("year_end", "due"),
    [
        pytest.param("2025-12-31", "2026-02-17", id="Saturday before Washington's Birthday"),
        pytest.param("2026-12-31", "2027-02-16", id="Sunday before Washington's Birthday"),
        pytest.param("2026-06-30", "2026-08-14", id="a Friday"),
        pytest.param("2026-09-30", "2026-11-16", id="a Saturday"),
        pytest.param("2026-01-31", "2026-03-17", id="a Tuesday"),
    ],
)
def test_form_5_is_due_on_the_forty_fifth_day_or_the_next_business_day(year_end: str, due: str) -> None:
    found = form5_due(day(year_end), sec_calendar())

    assert (found.form, found.begins, found.day) == ("5", day(year_end), day(due))


# ---- beside the worked examples


def test_form_3_on_first_registration_is_due_that_day() -> None:
    due = form3_due(day("2026-10-01"), sec_calendar(), initial_registration=True)

    assert (due.day, due.steps, due.sources) == (day("2026-10-01"), (), ("15 U.S.C. 78p(a)(2)(A)",))


@pytest.mark.parametrize(
    ("traded", "due"),
    [
        ("2018-12-03", "2018-12-06"),
        ("2019-12-23", "2019-12-27"),
        ("2020-12-23", "2020-12-29"),
        ("2021-06-17", "2021-06-22"),
        ("2025-01-08", "2025-01-13"),
        ("2025-10-02", "2025-10-06"),  # no appropriations: EDGAR open, the days count
        ("2026-04-02", "2026-04-06"),  # Good Friday: exchanges shut, the day counts
    ],
)
def test_special_closures_do_not_count(traded: str, due: str) -> None:
    assert form4_due(day(traded), sec_calendar()).day == day(due)


@pytest.mark.parametrize(
    ("filed", "late"), [("2026-10-07", 0), ("2026-10-08", 0), ("2026-10-09", 1), ("2026-11-08", 31)]
)
def test_days_late_are_calendar_days(filed: str, late: int) -> None:
    assert form4_due(day("2026-10-06"), sec_calendar()).days_late(day(filed)) == late


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        ("2026-10-08T22:00", "2026-10-08"),
        ("2026-10-08T22:00:01", "2026-10-09"),
        ("2026-10-09T22:01", "2026-10-13"),  # a Friday before Columbus Day
        ("2026-10-12T12:00", "2026-10-13"),
        ("2026-10-10T23:00", "2026-10-13"),
    ],
)
def test_day_received_is_the_same_day_until_ten_in_the_evening(moment: str, received: str) -> None:
    assert day_received(datetime.fromisoformat(moment), sec_calendar()) == day(received)


@pytest.mark.parametrize(
    ("within", "month_day", "end"),
    [
        ("2026-08-04", (12, 31), "2026-12-31"),
        ("2026-12-31", (12, 31), "2026-12-31"),
        ("2026-10-01", (9, 30), "2027-09-30"),
        ("2027-12-01", (2, 28), "2028-02-29"),
        ("2026-12-01", (2, 29), "2027-02-28"),
    ],
)
def test_year_end_is_the_first_on_or_after_the_day(within: str, month_day: tuple[int, int], end: str) -> None:
    assert year_end_from(day(within), month_day) == day(end)


# ---- the counting, line by line


def test_count_of_business_days_names_each_day() -> None:
    assert counting(form4_due(day("2026-11-25"), sec_calendar()).steps) == [
        "Thu 11-26 Thanksgiving Day, not counted",
        "Fri 11-27 business day 1",
        "Sat 11-28 Saturday, not counted",
        "Sun 11-29 Sunday, not counted",
        "Mon 11-30 business day 2",
    ]


def test_count_of_days_names_where_the_last_one_falls_and_where_it_moves() -> None:
    assert counting(form3_due(day("2026-10-01"), sec_calendar()).steps)[-3:] == [
        "Sun 10-11 day 10, Sunday",
        "Mon 10-12 Columbus Day, not counted",
        "Tue 10-13 next business day",
    ]


def test_count_names_a_special_closure_and_a_day_in_doubt() -> None:
    assert counting(form4_due(day("2025-01-08"), sec_calendar()).steps)[0] == (
        "Thu 01-09 National day of mourning, not counted"
    )
    assert counting(form4_due(day("2024-12-23"), sec_calendar()).steps) == [
        "Tue 12-24 business day 1 (federal offices closed by order; EDGAR closure not confirmed)",
        "Wed 12-25 Christmas Day, not counted",
        "Thu 12-26 business day 2",
    ]


def test_day_moved_to_is_told_to_be_in_doubt_and_a_day_in_between_is_not() -> None:
    moved = form3_due(day("2014-12-15"), sec_calendar())  # the tenth day is Christmas

    assert counting(moved.steps)[-3:] == [
        "Wed 12-24 day 9",
        "Thu 12-25 day 10, Christmas Day",
        "Fri 12-26 next business day (federal offices closed by order; EDGAR closure not confirmed)",
    ]
    assert [text[:9] for text in counting(form3_due(day("2024-12-15"), sec_calendar()).steps)[-3:]] == [
        "Tue 12-24",
        "Wed 12-25",
        "Thu 12-26",
    ]


@pytest.mark.parametrize(
    ("traded", "due"),
    [
        ("2025-12-22", "2025-12-29"),
        ("2025-12-23", "2025-12-30"),
        ("2025-12-24", "2025-12-30"),
        ("2018-12-20", "2018-12-26"),
        ("2018-12-21", "2018-12-27"),
    ],
)
def test_days_on_which_edgar_was_closed_by_order_are_not_counted(traded: str, due: str) -> None:
    assert form4_due(day(traded), sec_calendar()).day == day(due)


@pytest.mark.parametrize("event", ["2025-12-14", "2025-12-16"])
def test_last_day_on_which_edgar_was_closed_by_order_moves_past_all_of_them(event: str) -> None:
    assert form3_due(day(event), sec_calendar()).day == day("2025-12-29")


def test_count_of_confirmed_days_gives_the_latest_reading_and_the_days_between() -> None:
    confirmed = ConfirmedDays(sec_calendar())
    pairs = [
        (form4_due(day("2024-12-23"), c), form3_due(day("2024-12-14"), c), form4_due(day("2024-12-26"), c))
        for c in (sec_calendar(), confirmed)
    ]

    assert [[str(due.day) for due in dues] for dues in pairs] == [
        ["2024-12-26", "2024-12-24", "2024-12-30"],
        ["2024-12-27", "2024-12-26", "2024-12-30"],
    ]
    assert [unconfirmed(a, b, sec_calendar()) for a, b in zip(pairs[0], pairs[1], strict=True)] == [
        (day("2024-12-24"),),
        (day("2024-12-24"),),
        (),
    ]


def test_day_off_without_a_name_is_called_no_business_day() -> None:
    step = CountStep(date(2026, 10, 8), 0, Unit.BUSINESS, business=False)

    assert reason(step, sec_calendar()) == "no business day, not counted"


def test_count_to_the_latest_notice_is_shown() -> None:
    execution = execution_of(day("2026-11-19"), NEVER, sec_calendar())

    assert counting(execution.steps) == [
        "Fri 11-20 business day 1",
        "Sat 11-21 Saturday, not counted",
        "Sun 11-22 Sunday, not counted",
        "Mon 11-23 business day 2",
        "Tue 11-24 business day 3",
    ]


def test_counted_days_are_those_with_a_number() -> None:
    assert form4_due(day("2026-10-09"), sec_calendar()).counted == (day("2026-10-13"), day("2026-10-14"))


@pytest.mark.parametrize("offset", range(0, 366, 5))
def test_every_count_runs_day_by_day_from_the_start_to_the_due_date(offset: int) -> None:
    start, calendar = date(2026, 1, 1) + timedelta(offset), sec_calendar()
    dues: list[Due] = [form4_due(start, calendar), form3_due(start, calendar), form5_due(start, calendar)]

    for due in dues:
        days = [step.day for step in due.steps]
        assert days == [start + timedelta(n) for n in range(1, len(days) + 1)]
        assert days[-1] == due.day
        assert calendar.is_business_day(due.day)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_no_day_is_counted_beyond_the_last_that_there_is(count: int) -> None:
    """A date of the year 9999 stands in filings for what never ends."""
    last, calendar = date.max, sec_calendar()
    assert plus_business_days(last, count, calendar) == last
    for due in (form4_due(last, calendar), form3_due(last, calendar), form5_due(last, calendar)):
        assert due.day == last
    assert form4_due(date(9999, 12, 29), calendar).day == last
    assert year_end_from(last, (6, 30)) == date(9999, 6, 30)
    assert years_after(date(9996, 2, 29), 5) == date(9999, 3, 1)
