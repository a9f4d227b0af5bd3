"""Rules that compare the filing date with the due dates of Forms 3, 4 and 5.

Sources: Exchange Act Section 16(a)(2); Rule 16a-3(g); Rule 0-3; Regulation S-T, Rules 13(a)(4) and 302(b); Form 5
General Instruction 1(a). A form is reported as late only by a count of confirmed business days. A published document
seldom shows its filing date; without one, these rules report nothing. A filing that will be sent is checked as if it
were filed on the date of the check, or on the next business day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.findings import Hit, Severity
from form4_author.timing.deadline import (
    NEVER,
    day_received,
    form4_due,
    late_text,
    plus_business_days,
    roll,
    unconfirmed,
)
from form4_author.timing.due_date import (
    FOREIGN_INSIDERS,
    FOREIGN_INSIDERS_ACT,
    TWO_DAYS,
    due_of_filing,
    due_of_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.facts import IssuerFacts
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row
    from form4_author.timing.deadline import BusinessDays, Due

__all__ = ["RULES", "dues_of", "filed_on", "not_counted"]

_RowDue = tuple["Path", "Row", "Due"]


def filed_on(context: Context) -> date | None:
    """The filing date that EDGAR gave or will give the form; None for a public document that does not show it."""
    if context.facts.filing_at is not None:
        return day_received(context.facts.filing_at, context.calendar)
    day = context.filing_day
    return roll(day, context.calendar) if day is not None and context.profile.will_be_sent else day


def dues_of(filing: Filing, context: Context, calendar: BusinessDays) -> list[_RowDue]:
    """The transactions of an original Form 4 that have a due date, counted with these days.

    A row whose form type is 5 is left to the rules about form types, unless it is a gift.
    """
    if filing.is_amendment:
        return []
    issuer = context.facts.issuer
    year_end = issuer.fiscal_year_end if issuer is not None else None
    found: list[_RowDue] = []
    for path, row in filing.transactions():
        due = due_of_row(row, calendar, year_end)
        voluntary = row.transaction_form_type == "5" and row.transaction_code.value != "G"
        if due is not None and not (voluntary and due.form == "4"):
            found.append((path, row, due))
    return found


def _counted(due: Due) -> str:
    """``the second business day after 2026-10-06: 2026-10-07, 2026-10-08``."""
    days = ", ".join(str(day) for day in due.counted)
    return f"business days after {due.begins}: {days}"


def not_counted(days: tuple[date, ...]) -> str:
    """``2024-12-24 is not confirmed, so not counted``; empty if there is no such day."""
    verb = "is" if len(days) == 1 else "are"
    return f"{' and '.join(map(str, days))} {verb} not confirmed, so not counted" if days else ""


@rule(
    "DAT-005",
    "Transaction reported late on Form 4",
    Severity.WARNING,
    cite.SECTION_16A_2C,
    cite.RULE_16A_3G,
    cite.ITEM_405,
    cite.CLOSED_DAYS,
    when=When(forms="4", effective=TWO_DAYS),
)
def filed_late(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction is reported after the second business day following its execution.

    Why: Form 4 is due by 10 p.m. Eastern on that day. A domestic issuer must name the person in its proxy statement or
    annual report for each late report (Item 405); by general knowledge, Forms 20-F and 40-F have no such item.
    Fix: Correct a wrong date. If others chose the date under a plan, give the date of their notice as Deemed Execution
    Date. Otherwise, file promptly.
    Silent: On amendments; for transactions that may wait for Form 5, unless the issuer's fiscal year end is known; if
    the filing date is not known; for transactions before August 29, 2002; if the report is late only when a day counts
    that is not confirmed as a business day (see DAT-021).
    """
    filed = filed_on(context)
    if filed is None:
        return
    late = [found for found in dues_of(filing, context, context.confirmed_days) if found[2].day < filed]
    if not late:
        return
    path, row, due = min(late, key=lambda found: found[2].day)
    others = tuple((*other, "transaction_date") for other, _row, _due in late if other != path)
    until = _count_text(filing, path, due, context)
    more = f"; {len(others)} more are late" if len(others) > 1 else "; 1 more is late" if others else ""
    yield Hit(
        (*path, "transaction_date"),
        f"Transaction of {row.transaction_date.value} was due on Form {due.form} by {due.day}{until};"
        f" filed on {filed}, it is {late_text(due.days_late(filed))} late{more}{_advice(filing, row, filed, context)}",
        related=others,
    )


def _count_text(filing: Filing, path: Path, due: Due, context: Context) -> str:
    """How a due date was counted, in parentheses, with the days omitted because they are not confirmed."""
    earliest = next(found[2] for found in dues_of(filing, context, context.calendar) if found[0] == path)
    left_out = not_counted(unconfirmed(earliest, due, context.calendar))
    parts = [part for part in ("" if due.form == "5" else _counted(due), left_out) if part]
    return f" ({'; '.join(parts)})" if parts else ""


def _advice(filing: Filing, row: Row, filed: date, context: Context) -> str:
    """The advice to give a deemed execution date, where one would make a plan transaction timely."""
    traded = row.transaction_date.value
    chosen_by_others = filing.aff10b5_one or row.transaction_code.value == "I"
    if traded is None or row.deemed_execution_date.value is not None or not chosen_by_others:
        return ""
    latest = form4_due(traded, context.confirmed_days, plan=True, notice=NEVER)
    if filed > latest.day:
        return ""
    return "; if notice came later, give Deemed Execution Date"


@rule(
    "DAT-006",
    "Due by the next business day and not signed today",
    Severity.NOTE,
    cite.SECTION_16A_2,
    cite.FORM5_INSTR_1A,
    cite.CLOSED_DAYS,
    when=When(has=("to_send",)),
)
def due_soon(filing: Filing, context: Context) -> Iterator[Hit]:
    """The form is due today or on the next business day, but has no signature dated today.

    Why: The report is late after 10 p.m. Eastern on the due date, and a domestic issuer must then disclose it (Item
    405).
    Fix: Sign and file the form.
    Silent: On the day of signature, when the form is about to be filed; if the time of filing is known; once the form
    is late; on amendments and published filings.
    """
    filed = filed_on(context)
    if filed is None or filing.is_amendment or not _is_unsent(filing, context):
        return
    issuer = context.facts.issuer
    due = due_of_filing(filing, context.calendar, issuer)
    if due is None or not filed <= due.day <= plus_business_days(filed, 1, context.calendar):
        return
    signed = max((s.date for s in filing.signatures if s.date is not None), default=None)
    state = f"it was signed on {signed} but is not yet filed" if signed else "it is not signed yet"
    yield Hit(
        ("signatures", 0, "date") if filing.signatures else ("signatures",),
        f"Form {filing.form} is due on {due.day} by 10 p.m. Eastern; {state}",
        related=(("period_of_report",),),
    )


def _is_unsent(filing: Filing, context: Context) -> bool:
    """Whether the form is still to be filed, at an unknown time, and has no signature of the day of the check."""
    if not context.profile.will_be_sent or context.facts.filing_at is not None:
        return False
    return all(s.date is None or s.date < context.as_of for s in filing.signatures)


@rule("DAT-013", "Signature dated after the filing date", Severity.WARNING, cite.REGULATION_ST_302B)
def signed_after_filing(filing: Filing, context: Context) -> Iterator[Hit]:
    """A date of signature is later than the filing date.

    Why: The authentication document is signed before or at the time of the electronic filing.
    Fix: Give the date on which the person signed.
    Silent: If the filing date is not known, as for most published filings.
    """
    filed = filed_on(context)
    for index, signature in enumerate(filing.signatures):
        if filed is not None and signature.date is not None and signature.date > filed:
            yield Hit(
                ("signatures", index, "date"),
                f"Date of signature is {signature.date}, after {filed}, the filing date;"
                " give the date on which the person signed",
            )


@rule(
    "DAT-015",
    "Late and timely transactions on one form",
    Severity.NOTE,
    cite.SECTION_16A_2C,
    cite.CLOSED_DAYS,
    when=When(forms="4", effective=TWO_DAYS, has=("to_send",)),
)
def late_among_timely(filing: Filing, context: Context) -> Iterator[Hit]:
    """A form that is not yet filed reports a late transaction together with transactions that are not late.

    Why: Each transaction has its own due date. Waiting for the later transactions delays the late report further.
    Fix: File promptly, and report any later transaction on a separate form.
    Silent: If all transactions are late or all are timely; on published filings and amendments.
    """
    filed = filed_on(context) or context.as_of
    dues = dues_of(filing, context, context.confirmed_days)
    late = [found for found in dues if found[2].day < filed]
    timely = [found for found in dues if found[2].day >= filed]
    if not late or not timely:
        return
    first, later = (min(found, key=lambda f: f[2].day) for found in (late, timely))
    yield Hit(
        (*first[0], "transaction_date"),
        f"Transaction of {first[1].transaction_date.value} was due on {first[2].day}, and that of"
        f" {later[1].transaction_date.value} is due on {later[2].day}; file promptly and do not wait",
        related=((*later[0], "transaction_date"),),
    )


@rule(
    "F3-006",
    "Form 3 filed late",
    Severity.WARNING,
    cite.SECTION_16A_2B,
    cite.RULE_0_3,
    cite.ITEM_405,
    cite.STAFF_FOREIGN_INSIDERS,
    cite.CLOSED_DAYS,
    when=When(forms="3"),
)
def form_3_late(filing: Filing, context: Context) -> Iterator[Hit]:
    """A Form 3 is filed more than ten days after the event.

    Why: It is due within ten days; a tenth day on a weekend or holiday moves to the next business day. A foreign
    private issuer's director or officer whose event was by March 18, 2026 had until that day, or the tenth day if
    later (appointed that day: March 30). A domestic issuer must disclose the late report (Item 405).
    Fix: Correct the Date of Event if it is wrong; otherwise file at once.
    Silent: On amendments; when the filing date is not known; on the issuer's first registration; when it is late only
    if a day counts that is not confirmed as a business day (see DAT-021).
    """
    event, filed = filing.period_of_report, filed_on(context)
    if event is None or filed is None or filing.is_amendment:
        return
    issuer = context.facts.issuer
    if issuer is not None and issuer.went_public is not None and event <= issuer.went_public:
        return
    due = due_of_filing(filing, context.confirmed_days, issuer)
    if due is None or due.day >= filed:
        return
    yield Hit(
        ("period_of_report",),
        f"Date of Event Requiring Statement is {event}; Form 3 was due by {due.day}"
        f" ({_limit(due, event, issuer)}{_moved(filing, due, context)}), filed on {filed} it is"
        f" {late_text(due.days_late(filed))} late{_relief(due, filed)}",
    )


def _limit(due: Due, event: date, issuer: IssuerFacts | None) -> str:
    """What makes the day the last one for a Form 3."""
    if issuer is None or not issuer.foreign_private or event > FOREIGN_INSIDERS:
        return "the tenth day after"
    if event == due.day:
        return "that day if in office; 2026-03-30 if appointed then"
    return f"the later of {FOREIGN_INSIDERS} and the tenth day for a foreign insider"


def _relief(due: Due, filed: date) -> str:
    """What the staff said of reports due before 18 March 2026 for which access to EDGAR came too late."""
    if not (FOREIGN_INSIDERS_ACT <= due.day <= FOREIGN_INSIDERS and filed <= _RELIEF_ENDS):
        return ""
    return "; staff relief may apply"


_RELIEF_ENDS: Final = date(2026, 4, 1)
"""Frequently asked questions 6 and 7 of the staff, March 2026."""


def _moved(filing: Filing, due: Due, context: Context) -> str:
    """Where the last day was no business day, or one that is not confirmed."""
    if not due.steps or due.steps[-1].number:
        return ""
    earliest = due_of_filing(filing, context.calendar, context.facts.issuer) or due
    left_out = not_counted(unconfirmed(earliest, due, context.calendar))
    return f", moved to the next business day{'; ' if left_out else ''}{left_out}"


@rule(
    "F5-002",
    "Form 5 filed late",
    Severity.WARNING,
    cite.FORM5_INSTR_1A,
    cite.RULE_0_3,
    cite.ITEM_405,
    cite.CLOSED_DAYS,
    when=When(forms="5"),
)
def form_5_late(filing: Filing, context: Context) -> Iterator[Hit]:
    """A Form 5 is filed after the forty-fifth day after the end of the issuer's fiscal year.

    Why: It is due on that day; a forty-fifth day on a weekend or holiday moves to the next business day. A domestic
    issuer must disclose the person's late report (Item 405).
    Fix: Correct the fiscal year end if it is wrong; otherwise file at once.
    Silent: On amendments; when the filing date is not known; when it is late only if a day counts that is not
    confirmed as a business day (see DAT-021).
    """
    year_end, filed = filing.period_of_report, filed_on(context)
    if year_end is None or filed is None or filing.is_amendment:
        return
    due = due_of_filing(filing, context.confirmed_days, context.facts.issuer)
    if due is not None and due.day < filed:
        yield Hit(
            ("period_of_report",),
            f"Issuer's Fiscal Year Ended is {year_end}; Form 5 was due by {due.day} (the forty-fifth day after"
            f"{_moved(filing, due, context)}), filed on {filed} it is {late_text(due.days_late(filed))} late",
        )


RULES: Final[tuple[Rule, ...]] = (
    filed_late,
    due_soon,
    signed_after_filing,
    late_among_timely,
    form_3_late,
    form_5_late,
)
