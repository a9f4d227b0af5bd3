"""Rules that need the time of filing or facts from the register.

Sources: Regulation S-T, Rules 12(c) and 13(a)(4); Exchange Act Section 16(a)(2)(A); Rule 16a-2(b); Form 4 General
Instruction 1(b); Form 5, box 3; Regulation S-K, Item 405.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.rules.timeliness import filed_on
from form4_author.codes import matchable
from form4_author.findings import Edit, Fix, Hit, Severity
from form4_author.ledger.history import amended, same_people
from form4_author.timing.deadline import CUT_OFF, OPENS, day_received, late_text, year_end_from
from form4_author.timing.due_date import due_of_filing, due_of_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from form4_author.findings import Path
    from form4_author.model.facts import PriorFiling
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_OUTRIGHT: Final = matchable() - frozenset("OHE")
"""Codes of trades that may be matched, without those that exercise or end a derivative security: what these are of the
shares, their (A) or (D) does not say."""
_HALF_A_YEAR: Final = timedelta(days=182)
_WEEK: Final = timedelta(days=7)
_NEXT: Final = timedelta(days=1)


@rule(
    "DAT-014",
    "Filing time outside EDGAR's hours",
    Severity.WARNING,
    cite.REGULATION_ST_12,
    cite.REGULATION_ST_13,
    cite.CLOSED_DAYS,
    when=When(needs=("filing_at",)),
)
def sent_after_hours(filing: Filing, context: Context) -> Iterator[Hit]:
    """The form is to be filed after 10 p.m. or before 6 a.m. Eastern, or on a day when EDGAR is closed.

    Why: EDGAR accepts filings from 6 a.m. to 10 p.m. Eastern on business days. A later filing receives the date of the
    next business day, and may be late.
    Fix: File while EDGAR is open; on the due date, by 10 p.m. Eastern.
    Silent: If the time of filing is not known; on published filings.
    """
    at = context.facts.filing_at
    if at is None or not context.profile.will_be_sent:
        return
    closed = _closed(at, context)
    if not closed:
        return
    received = day_received(at, context.calendar)
    due = None if filing.is_amendment else due_of_filing(filing, context.confirmed_days, context.facts.issuer)
    late = f", after {due.day}, the due date" if due is not None and at.date() <= due.day < received else ""
    yield Hit(
        (), f"Filing at {at:%H:%M} Eastern on {at.date()}, {closed}: the filing date is {received}{late}"
    )


def _closed(at: datetime, context: Context) -> str:
    """Why EDGAR accepts no filings at this time; empty when it does."""
    if not context.calendar.is_business_day(at.date()):
        return "a day when EDGAR is closed"
    if at.time() > CUT_OFF:
        return "after 10 p.m."
    return "before EDGAR opens at 6 a.m." if at.time() < OPENS else ""


@rule(
    "DAT-018",
    "Transaction after the reporting person ceased to be an insider",
    Severity.NOTE,
    cite.FORM4_INSTR_1B,
    cite.RULE_16A_2,
    when=When(forms="45", needs=("persons",)),
)
def after_exit(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction is dated after the day on which the reporting person ceased to be an insider.

    Why: After that day, a transaction is reportable only if it is opposite to a nonexempt transaction made while an
    insider and less than six months earlier.
    Fix: Remove the transaction if there is no such earlier one. Check the box "no longer subject to Section 16".
    Silent: If such a transaction is on the form or in the history; if one of several reporting persons is still an
    insider or the day is not known.
    """
    left = _left(filing, context)
    if left is None:
        return
    after = [
        (path, row) for path, row in filing.transactions() if (row.transaction_date.value or left) > left
    ]
    if not after:
        return
    before = [row for row in _known_rows(filing, context) if (row.transaction_date.value or left) <= left]
    for path, row in after:
        if not any(_may_match(row, earlier) for earlier in before):
            yield Hit(
                (*path, "transaction_date"),
                f"Transaction of {row.transaction_date.value} is after {left}, when the person ceased to be an insider;"
                " it is reportable only if opposite to a nonexempt transaction before then, less than six months"
                " earlier",
            )


def _left(filing: Filing, context: Context) -> date | None:
    """The day on which the last of the reporting persons ceased to be an insider; None where it is not known."""
    known = [context.facts.person(owner.cik) for owner in filing.owners]
    days = [
        person.insider_until for person in known if person is not None and person.insider_until is not None
    ]
    return max(days) if days and len(days) == len(filing.owners) else None


def _known_rows(filing: Filing, context: Context) -> list[Row]:
    """The transactions of the form and of the persons' earlier forms with the issuer."""
    forms = [filing, *(p.filing for p in context.facts.history or () if same_people(p.filing, filing))]
    return [row for form in forms for _path, row in form.transactions()]


def _may_match(row: Row, earlier: Row) -> bool:
    """Whether two transactions are opposite, neither exempt by its code, and less than six months apart."""
    from form4_author.shortswing.window import matches

    codes = {row.transaction_code.value, earlier.transaction_code.value}
    directions = {row.acquired_disposed.value, earlier.acquired_disposed.value}
    one, other = row.transaction_date.value, earlier.transaction_date.value
    if one is None or other is None or directions != {"A", "D"}:
        return False
    return codes <= _OUTRIGHT and matches(other, one)


@rule(
    "F3-007",
    "Form 3 filed after the issuer's first registration took effect",
    Severity.WARNING,
    cite.SECTION_16A_2A,
    when=When(forms="3", needs=("issuer",)),
)
def after_first_registration(filing: Filing, context: Context) -> Iterator[Hit]:
    """The issuer's first registration took effect on or after the event, and Form 3 is filed after that day.

    Why: A director, officer or 10% owner at the issuer's first registration files by that day, not ten days later.
    Fix: File at once. Correct the Date of Event if the person became an insider later.
    Silent: For events after the registration; on amendments; when the date of registration or of filing is not known.
    """
    issuer, event = context.facts.issuer, filing.period_of_report
    effective = issuer.went_public if issuer is not None else None
    filed = filed_on(context)
    if effective is None or event is None or filed is None or filing.is_amendment:
        return
    if event <= effective < filed:
        yield Hit(
            ("period_of_report",),
            f"Date of Event Requiring Statement is {event}, and the issuer's first registration took effect on"
            f" {effective}; Form 3 was due that day, filed on {filed} it is {late_text((filed - effective).days)} late",
        )


@rule(
    "F5-001",
    "Period is not the issuer's fiscal year end",
    Severity.WARNING,
    cite.FORM5_BOX_3,
    when=When(forms="5", needs=("issuer",)),
)
def not_the_year_end(filing: Filing, context: Context) -> Iterator[Hit]:
    """Box 3 of a Form 5 is not the last day of the issuer's fiscal year.

    Why: The caption of the box is "Statement for Issuer's Fiscal Year Ended".
    Fix: Give the last day of the fiscal year that the form covers.
    Silent: When the fiscal year end is not known; within a week of a year end in mid-month, as in fiscal years of 52
    or 53 weeks.
    """
    issuer, period = context.facts.issuer, filing.period_of_report
    if issuer is None or issuer.fiscal_year_end is None or period is None:
        return
    end = year_end_from(max(period, date.min + _HALF_A_YEAR) - _HALF_A_YEAR, issuer.fiscal_year_end)
    ends_month = (min(end, date.max - _NEXT) + _NEXT).day == 1
    if period == end or (not ends_month and abs(period - end) <= _WEEK):
        return
    path: Path = ("period_of_report",)
    yield Hit(
        path,
        f"Issuer's Fiscal Year Ended is {period}, but the issuer's fiscal year ends on"
        f" {issuer.fiscal_year_end[0]:02}-{issuer.fiscal_year_end[1]:02}; give {end} or the intended year end",
        fix=Fix(f"Set Issuer's Fiscal Year Ended to {end}", (Edit(path, str(end)),)),
    )


@rule(
    "AMD-012",
    "Transaction added by amendment was already late at the original filing",
    Severity.NOTE,
    cite.ITEM_405,
    cite.CLOSED_DAYS,
    when=When(forms="4", needs=("history",)),
)
def late_by_amendment(filing: Filing, context: Context) -> Iterator[Hit]:
    """An amendment adds a transaction whose due date had passed when the original was filed.

    Why: The issuer counts it as a transaction not reported on a timely basis (Item 405). This reading is general
    knowledge.
    Fix: No change on the form; inform the issuer.
    Silent: When the original is not in the history, and for a line that corrects one of the original.
    """
    original = _original(filing, context)
    if original is None or original.day is None:
        return
    reported = [(path[0], row) for path, row in original.filing.transactions()]
    for path, row in filing.transactions():
        due = due_of_row(row, context.confirmed_days)
        if due is None or due.day >= original.day or any(_corrects(path, row, there) for there in reported):
            continue
        yield Hit(
            (*path, "transaction_date"),
            f"Transaction of {row.transaction_date.value} was due on {due.day}, before the original was filed on"
            f" {original.day}, which does not report it; the issuer counts it as late",
        )


def _original(filing: Filing, context: Context) -> PriorFiling | None:
    """The form that this one amends, in the history."""
    theirs = (p for p in context.facts.history or () if same_people(p.filing, filing))
    found = amended(filing, theirs)
    return found if found is not None and found.day == filing.date_of_original_submission else None


def _corrects(path: Path, row: Row, there: tuple[object, Row]) -> bool:
    """Whether a row may restate one of the original: same table, code and direction, and same day or amount."""
    table, other = there
    if path[0] != table or row.transaction_code.value != other.transaction_code.value:
        return False
    if row.acquired_disposed.value != other.acquired_disposed.value:
        return False
    return (
        row.transaction_date.value == other.transaction_date.value or row.amount.value == other.amount.value
    )


RULES: Final[tuple[Rule, ...]] = (
    sent_after_hours,
    after_exit,
    after_first_registration,
    not_the_year_end,
    late_by_amendment,
)
