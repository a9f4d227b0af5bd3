from __future__ import annotations

from datetime import date

from form4_author.codes import exempt_places
from form4_author.timing.closed_day import ClosedDay
from form4_author.timing.legal_data import AS_OF, basis, basis_data, basis_lines, exempt_by_order


def test_basis_names_the_day_of_the_data_and_what_it_is_not() -> None:
    assert date(2026, 11, 29) == AS_OF
    assert basis() == "Prepared from SEC rules as of November 29, 2026; not legal advice."


def test_basis_names_the_closed_days_that_were_added() -> None:
    added = (ClosedDay(date(2026, 12, 24), "edgar", "Executive order", "SEC announcement"),)
    day = "2026-12-24, EDGAR closed: Executive order (SEC announcement)"

    assert basis_lines(()) == (basis(),)
    assert basis_lines(added) == (basis(), f"Closed day added: {day}.")
    assert basis_data(added) == {"basis": basis(), "closed_days_added": [day]}


def test_each_order_is_named_with_its_places_its_date_and_its_conditions() -> None:
    assert exempt_by_order() == (
        "Directors and officers of foreign private issuers of Canada, Chile, the European Economic Area, South Korea,"
        " Switzerland and the United Kingdom (SEC order of March 5, 2026) and of Australia, India and Singapore"
        " (SEC order of May 20, 2026) may be exempt where they report at home under a regulation that the order names,"
        " and each report is public in English within two business days. See whether the conditions hold."
    )


def test_the_law_is_not_older_than_its_orders() -> None:
    assert max(each.order for each in exempt_places().values()) <= AS_OF
