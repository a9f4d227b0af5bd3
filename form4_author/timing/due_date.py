"""When a form, or one row of it, is due: the deadlines applied to what the form says.

Sources: Form 4 General Instruction 4(a)(i) and Rule 16a-3(f), (g) (what may wait for Form 5); Release 33-11138 (gifts);
Exchange Act Section 16(a)(2)(A) (first registration); Release 34-104903 (insiders of foreign private issuers).
"""

from __future__ import annotations

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
    "GIFTS_DUE",
    "TWO_DAYS",
    "due_of_filing",
    "due_of_row",
    "filed_on_registration",
    "waits_for_form_5",
]

TWO_DAYS: Final = date(2002, 8, 29)
"""From this day transactions are due in two business days (Sarbanes-Oxley Act, Section 403); before, by the month."""
GIFTS_DUE: Final = date(2023, 2, 27)
"""From this day a gift disposed of is due on Form 4 (Release 33-11138)."""
FOREIGN_INSIDERS: Final = date(2026, 3, 18)
"""The day the directors and officers of foreign private issuers had to file their Form 3."""


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


def filed_on_registration(event: date, issuer: IssuerFacts | None) -> bool:
    """Whether a Form 3 with this event is due on the event's own day.

    So where the issuer's first registration took effect on that day or later, and for those who were directors or
    officers of a foreign private issuer on 18 March 2026.
    """
    if issuer is None:
        return False
    if issuer.went_public is not None and event <= issuer.went_public:
        return True
    return bool(issuer.foreign_private) and event == FOREIGN_INSIDERS


def due_of_filing(filing: Filing, calendar: BusinessDays, issuer: IssuerFacts | None = None) -> Due | None:
    """When the form is due: a Form 4 by its earliest transaction.

    None where what it depends on is not there: the period, or on Form 4 a transaction that has a due date.
    """
    period = filing.period_of_report
    if filing.base == "3" and period is not None:
        if filed_on_registration(period, issuer):
            event = max(period, issuer.went_public or period) if issuer is not None else period
            return form3_due(event, calendar, initial_registration=True)
        return form3_due(period, calendar)
    if filing.base == "5" and period is not None:
        return form5_due(period, calendar)
    if filing.base == "4":
        year_end = issuer.fiscal_year_end if issuer is not None else None
        dues = [due_of_row(row, calendar, year_end) for _path, row in filing.transactions()]
        return min((due for due in dues if due is not None), key=lambda due: due.day, default=None)
    return None
