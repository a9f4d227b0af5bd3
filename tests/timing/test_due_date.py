from __future__ import annotations

from datetime import date

import pytest

from form4_author.model.facts import IssuerFacts
from form4_author.model.filing import Filing
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.due_date import due_of_event, due_of_filing, due_of_row, waits_for_form_5
from tests.builders import make_filing

BEFORE, SINCE = date(2023, 2, 26), date(2023, 2, 27)


@pytest.mark.parametrize(
    ("code", "direction", "day", "form_type", "waits"),
    [
        ("P", "A", SINCE, "5", False),
        ("F", "D", SINCE, None, False),
        ("L", "A", SINCE, "4", True),
        ("W", "D", SINCE, None, True),
        ("Z", "A", SINCE, None, True),
        ("G", "D", SINCE, "5", False),
        ("G", "D", BEFORE, "4", True),
        ("G", "A", SINCE, "4", True),
        ("G", None, SINCE, "5", True),
        ("G", None, SINCE, "4", False),
        ("J", "A", SINCE, "5", True),
        ("J", "A", SINCE, "4", False),
        ("E", "D", SINCE, "5", True),
        ("E", "D", SINCE, None, False),
        (None, "A", SINCE, "5", True),
        ("?", "A", SINCE, None, False),
    ],
)
def test_what_may_wait_for_form_5(
    code: str | None, direction: str | None, day: date, form_type: str | None, waits: bool
) -> None:
    assert waits_for_form_5(code, direction, day, form_type) is waits


def _row_due(*edits: str, base: str = "seed", fiscal_year_end: tuple[int, int] | None = None) -> date | None:
    due = due_of_row(make_filing(base, edits).non_derivative[0], sec_calendar(), fiscal_year_end)
    return due.day if due is not None else None


@pytest.mark.parametrize(
    ("edits", "due"),
    [
        ((), date(2024, 11, 5)),
        (("non_derivative[0].deemed_execution_date = 2024-11-05",), date(2024, 11, 7)),
        (("non_derivative[0].deemed_execution_date = 2024-11-29",), date(2024, 11, 8)),
        (("non_derivative[0].transaction_code = I",), date(2024, 11, 5)),
        (("delete non_derivative[0].transaction_date",), None),
        (("non_derivative[0].transaction_date = 2002-08-28",), None),
        (("non_derivative[0].transaction_date = 2002-08-29",), date(2002, 9, 3)),
    ],
)
def test_row_is_due_two_business_days_after_its_execution(edits: tuple[str, ...], due: date | None) -> None:
    assert _row_due(*edits) == due


def test_holding_has_no_due_date() -> None:
    assert _row_due(base="form3") is None


def test_row_that_may_wait_is_due_after_the_fiscal_year_where_its_end_is_known() -> None:
    received = "non_derivative[0].acquired_disposed = A"

    assert _row_due(received, base="gift") is None
    assert _row_due(received, base="gift", fiscal_year_end=(12, 31)) == date(2027, 2, 16)
    assert _row_due(base="gift", fiscal_year_end=(12, 31)) == date(2026, 9, 17)


FOREIGN = IssuerFacts(foreign_private=True)


@pytest.mark.parametrize(
    ("event", "issuer", "day"),
    [
        (date(2026, 10, 1), None, date(2026, 10, 13)),
        (date(2026, 10, 1), IssuerFacts(), date(2026, 10, 13)),
        (date(2026, 10, 1), IssuerFacts(went_public=date(2026, 10, 1)), date(2026, 10, 1)),
        (date(2026, 9, 1), IssuerFacts(went_public=date(2026, 10, 1)), date(2026, 10, 1)),
        (date(2026, 10, 2), IssuerFacts(went_public=date(2026, 10, 1)), date(2026, 10, 13)),
        (date(2026, 3, 18), IssuerFacts(foreign_private=False), date(2026, 3, 30)),
        (date(2026, 3, 18), FOREIGN, date(2026, 3, 18)),
        (date(2026, 3, 19), FOREIGN, date(2026, 3, 30)),
        # In office before the Act, and appointed since: March 18, or the tenth day where that is later.
        (date(2019, 5, 1), FOREIGN, date(2026, 3, 18)),
        (date(2025, 12, 18), FOREIGN, date(2026, 3, 18)),
        (date(2026, 3, 1), FOREIGN, date(2026, 3, 18)),
        (date(2026, 3, 8), FOREIGN, date(2026, 3, 18)),
        (date(2026, 3, 9), FOREIGN, date(2026, 3, 19)),
        (date(2026, 3, 17), FOREIGN, date(2026, 3, 27)),
        # Registered first in that time, and later.
        (date(2026, 3, 12), FOREIGN._replace(went_public=date(2026, 3, 16)), date(2026, 3, 18)),
        (date(2026, 3, 17), FOREIGN._replace(went_public=date(2026, 3, 16)), date(2026, 3, 27)),
        (date(2026, 3, 12), FOREIGN._replace(went_public=date(2026, 4, 6)), date(2026, 4, 6)),
    ],
)
def test_form_3_is_due(event: date, issuer: IssuerFacts | None, day: date) -> None:
    assert due_of_event(event, sec_calendar(), issuer).day == day


@pytest.mark.parametrize(("event", "counted"), [(date(2026, 3, 1), 0), (date(2026, 3, 10), 10)])
def test_form_3_of_a_foreign_insider_names_the_release_and_the_staff(event: date, counted: int) -> None:
    due = due_of_event(event, sec_calendar(), FOREIGN)

    assert (due.begins, len(due.counted)) == (event, counted)
    assert due.sources == (
        "15 U.S.C. 78p(a)(2)(B)",
        "17 CFR 240.0-3",
        "Release 34-104903",
        "SEC staff, Holding Foreign Insiders Accountable Act FAQs (March 2026)",
    )


@pytest.mark.parametrize(
    ("base", "edits", "issuer", "due"),
    [
        ("form3", (), None, date(2026, 10, 13)),
        ("form3", (), IssuerFacts(went_public=date(2026, 10, 2)), date(2026, 10, 2)),
        (
            "form3",
            ("period_of_report = 2026-03-18",),
            IssuerFacts(foreign_private=True),
            date(2026, 3, 18),
        ),
        ("form3", ("delete period_of_report",), None, None),
        ("form5", (), None, date(2027, 2, 16)),
        ("form5", ("delete period_of_report",), None, None),
        ("plan", (), None, date(2026, 10, 21)),
        ("joint", (), IssuerFacts(fiscal_year_end=(12, 31)), date(2026, 10, 15)),
        ("seed", ("non_derivative = []",), None, None),
    ],
)
def test_form_is_due(base: str, edits: tuple[str, ...], issuer: IssuerFacts | None, due: date | None) -> None:
    found = due_of_filing(make_filing(base, edits), sec_calendar(), issuer)

    assert (found and found.day) == due


def test_unknown_form_has_no_due_date() -> None:
    assert due_of_filing(Filing(), sec_calendar()) is None
