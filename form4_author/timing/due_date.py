"""When a form, or one row of it, is due: the deadlines applied to what the form says.

Sources: Form 4 General Instruction 4(a)(i) and Rule 16a-3(f), (g) (what may wait for Form 5); Release 33-11138 (gifts);
Exchange Act Section 16(a)(2)(A) (first registration); Release 34-104903 and the staff's FAQs of March 2026 (insiders
of foreign private issuers).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.codes import transaction_codes
from form4_author.timing.deadline import Due, form3_due, form4_due, form5_due, year_end_from

if TYPE_CHECKING:
    from form4_author.model.facts import IssuerFacts
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row
    from form4_author.timing.deadline import BusinessDays

__all__ = [
    "FOREIGN_INSIDERS",
    "FOREIGN_INSIDERS_ACT",
    "GIFTS_DUE",
    "TWO_DAYS",
    "due_of_event",
    "due_of_filing",
    "due_of_row",
    "waits_for_form_5",
]

TWO_DAYS: Final = date(2002, 8, 29)
"""From this day transactions are due in two business days (Sarbanes-Oxley Act, Section 403); before, by the month."""
GIFTS_DUE: Final = date(2023, 2, 27)
"""From this day a gift disposed of is due on Form 4 (Release 33-11138)."""
FOREIGN_INSIDERS: Final = date(2026, 3, 18)
"""From this day the directors and officers of foreign private issuers file; Forms 3 of those in office were due."""
FOREIGN_INSIDERS_ACT: Final = date(2025, 12, 18)
"""The day of the Holding Foreign Insiders Accountable Act."""
_FOREIGN_SOURCES: Final = (
    "Release 34-104903",
    "SEC staff, Holding Foreign Insiders Accountable Act FAQs (March 2026)",
)


def waits_for_form_5(
    code: str | None, direction: str | None, day: date, form_type: str | None = None
) -> bool:
    """Whether a transaction may wait for Form 5.

    ``direction``: ``A`` or ``D``. ``form_type``: what the row says, which decides where the code leaves it open: J and
    E by the exemption relied on, a gift of unknown direction, and an unknown code.
    """
    transaction_code = transaction_codes().get(code or "")
    if code == "G" and direction in ("A", "D"):
        return direction == "A" or day < GIFTS_DUE
    if transaction_code is None or transaction_code.form_type == "either":
        return form_type == "5"
    return transaction_code.form_type == "5"


def due_of_row(
    row: Row, calendar: BusinessDays, fiscal_year_end: tuple[int, int] | None = None
) -> Due | None:
    """When a transaction is due.

    A deemed execution date counts as the day of notice. None: a holding, a row without a date, a date before
    29 August 2002, and what may wait for Form 5 while the end of the issuer's fiscal year (month, day) is not known.
    """
    traded = row.transaction_date.value
    if not row.is_transaction or traded is None or traded < TWO_DAYS:
        return None
    code, deemed = row.transaction_code.value, row.deemed_execution_date.value
    if waits_for_form_5(code, row.acquired_disposed.value, traded, row.transaction_form_type):
        return form5_due(year_end_from(traded, fiscal_year_end), calendar) if fiscal_year_end else None
    return form4_due(traded, calendar, plan=code == "I" or deemed is not None, notice=deemed)


def due_of_event(event: date, calendar: BusinessDays, issuer: IssuerFacts | None = None) -> Due:
    """When a Form 3 with this event is due.

    Of a foreign private issuer's director or officer whose event came before 18 March 2026: on that day, or on the
    tenth day after the event where that is later.
    """
    public = issuer.went_public if issuer is not None else None
    registered = public if public is not None and event <= public else None
    if issuer is not None and issuer.foreign_private and (registered or event) <= FOREIGN_INSIDERS:
        return _foreign_due(event, calendar, registered=registered is not None)
    if registered is not None:
        return form3_due(registered, calendar, initial_registration=True)
    return form3_due(event, calendar)


def _foreign_due(event: date, calendar: BusinessDays, *, registered: bool) -> Due:
    """The due date of a Form 3 whose event came by 18 March 2026, at a foreign private issuer."""
    due = form3_due(event, calendar)
    sources = (*due.sources, *_FOREIGN_SOURCES)
    if registered or event == FOREIGN_INSIDERS or due.day <= FOREIGN_INSIDERS:
        return Due(form="3", begins=event, day=FOREIGN_INSIDERS, steps=(), sources=sources)
    return replace(due, sources=sources)


def due_of_filing(filing: Filing, calendar: BusinessDays, issuer: IssuerFacts | None = None) -> Due | None:
    """When the form is due: a Form 4 by its earliest transaction.

    None where what it depends on is not there: the period, or on Form 4 a transaction that has a due date.
    """
    period = filing.period_of_report
    if filing.base == "3" and period is not None:
        return due_of_event(period, calendar, issuer)
    if filing.base == "5" and period is not None:
        return form5_due(period, calendar)
    if filing.base == "4":
        year_end = issuer.fiscal_year_end if issuer is not None else None
        dues = [due_of_row(row, calendar, year_end) for _path, row in filing.transactions()]
        return min((due for due in dues if due is not None), key=lambda due: due.day, default=None)
    return None
