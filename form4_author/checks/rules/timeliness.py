"""Whether the form is on time: due dates of Forms 3, 4 and 5 against the day of filing.

Sources: Exchange Act Section 16(a)(2); Rule 16a-3(g); Rule 0-3; Regulation S-T, Rules 13(a)(4) and 302(b); Form 5
General Instruction 1(a). A published document seldom tells when it was filed; then nothing is said. What will be sent is
judged as if it were filed on the day it is judged on, or on the next business day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.deadlines import NEVER, day_received, form4_due, plus_business_days, roll
from form4_author.due import TWO_DAYS, due_of_filing, due_of_row, filed_on_registration
from form4_author.findings import Hit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from form4_author.deadlines import Due
    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_RowDue = tuple["Path", "Row", "Due"]


def _filed(context: Context) -> date | None:
    """The day EDGAR gave the form or will give it; None for a public document that does not tell."""
    if context.facts.filing_at is not None:
        return day_received(context.facts.filing_at, context.calendar)
    day = context.filing_day
    return roll(day, context.calendar) if day is not None and context.profile.will_be_sent else day


def _dues(filing: Filing, context: Context) -> list[_RowDue]:
    """The transactions of an original Form 4 that have a due date.

    A row that says it may wait for Form 5 is left to the rules about its form type, unless it is a gift.
    """
    if filing.is_amendment:
        return []
    issuer = context.facts.issuer
    year_end = issuer.fiscal_year_end if issuer is not None else None
    found: list[_RowDue] = []
    for path, row in filing.transactions():
        due = due_of_row(row, context.calendar, year_end)
        voluntary = row.transaction_form_type == "5" and row.transaction_code.value != "G"
        if due is not None and not (voluntary and due.form == "4"):
            found.append((path, row, due))
    return found


def _counted(due: Due) -> str:
    """``the second business day after 2026-10-06: 2026-10-07, 2026-10-08``."""
    days = ", ".join(str(day) for day in due.counted)
    return f"business days after {due.begins}: {days}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


@rule(
    "DAT-005",
    "Filed late",
    Severity.WARNING,
    cite.SECTION_16A_2C,
    cite.RULE_16A_3G,
    cite.ITEM_405,
    when=When(forms="4", effective=TWO_DAYS),
)
def filed_late(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction is filed after the second business day that follows its execution.

    Why: Form 4 is due then, by 10 p.m. Eastern. The issuer has to name the person in its proxy statement or annual
    report for each late report (Item 405).
    Fix: Correct a wrong date. If others chose the day under a plan, give the day they told you as Deemed Execution Date.
    Otherwise file at once.
    Silent: On amendments; for what may wait for Form 5, unless the issuer's fiscal year end is known; when the day of
    filing is not known; for transactions before 29 August 2002.
    Rejected: signatures[0].date = 2024-11-06; non_derivative[0].transaction_date = 2024-10-31
    Accepted: non_derivative[0].transaction_date = 2024-10-31; non_derivative[0].deemed_execution_date = 2024-11-01
    """
    filed = _filed(context)
    late = [found for found in _dues(filing, context) if filed is not None and found[2].day < filed]
    if not late or filed is None:
        return
    path, row, due = min(late, key=lambda found: found[2].day)
    others = tuple((*other, "transaction_date") for other, _row, _due in late if other != path)
    until = "" if due.form == "5" else f" ({_counted(due)})"
    more = f"; so are {len(others)} more" if len(others) > 1 else "; so is 1 more" if others else ""
    yield Hit(
        (*path, "transaction_date"),
        f"Transaction of {row.transaction_date.value} was due on Form {due.form} by {due.day}{until};"
        f" filed on {filed} it is {_days(due.days_late(filed))} late{more}{_advice(filing, row, filed, context)}",
        related=others,
    )


def _advice(filing: Filing, row: Row, filed: date, context: Context) -> str:
    """Where a day of notice would make a plan trade timely."""
    traded = row.transaction_date.value
    chosen_by_others = filing.aff10b5_one or row.transaction_code.value == "I"
    if traded is None or row.deemed_execution_date.value is not None or not chosen_by_others:
        return ""
    latest = form4_due(traded, context.calendar, plan=True, notice=NEVER)
    if filed > latest.day:
        return ""
    return "; if others chose the day and told you later, give Deemed Execution Date"


RULES: Final[tuple[Rule, ...]] = (filed_late,)
