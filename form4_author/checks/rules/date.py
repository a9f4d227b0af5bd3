"""Dates: the period, the trades, the deemed execution dates and the signatures against each other.

Sources: Form 4, boxes 2, 3 and columns 2, 2A and 3A; Form 4 General Instruction 4(a)(ii); Exchange Act Section
16(a)(2)(C); Rule 16a-3(g).

The day of filing stands in no document. What will be sent is judged as of the day that the caller names. A published
filing is judged as of its last signature date, which is only a stand-in: dates later than that then point at the
signature as well, and rules of severity ``error`` leave them alone.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Profile, Rule, rule
from form4_author.checks.rules.timeliness import not_counted
from form4_author.checks.wording import speaks_of_arrangement
from form4_author.findings import Edit, Fix, Hit, Path, Severity
from form4_author.timing.deadline import plus_business_days, unconfirmed_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_FIRST_YEAR: Final = 1990
_LATEST_DEEMED: Final = 3
"""Business days after the trade by which execution is deemed to have happened (Rule 16a-3(g))."""
_CAPTIONS: Final = {
    "3": "Date of Event Requiring Statement",
    "4": "Date of Earliest Transaction",
    "5": "Issuer's Fiscal Year Ended",
}


def _caption(filing: Filing) -> str:
    return _CAPTIONS.get(filing.base or "4", "")


def _last_signature(filing: Filing) -> date | None:
    return max((s.date for s in filing.signatures if s.date is not None), default=None)


def _day_of_filing_is_known(filing: Filing, context: Context) -> bool:
    """Whether ``as_of`` is more than the last signature date standing in for it."""
    return context.profile is not Profile.PUBLIC or context.as_of != _last_signature(filing)


def _trades(filing: Filing) -> Iterator[tuple[Path, date]]:
    for path, row in filing.transactions():
        if row.transaction_date.value is not None:
            yield (*path, "transaction_date"), row.transaction_date.value


@rule("DAT-001", "Earliest transaction in the future", Severity.ERROR, cite.SECTION_16A_2C, cite.FORM4_BOX_3)
def period_in_future(filing: Filing, context: Context) -> Iterator[Hit]:
    """On Form 4, the date of the earliest transaction is later than the day the form is judged on.

    Why: A Form 4 reports what has been executed; nothing can be reported before it happens.
    Fix: Correct the date, or file on or after it.
    Silent: On Forms 3 and 5 (see DAT-019). On a published filing that is judged as of its signature date, because
    the day it was filed is not in it.
    """
    period = filing.period_of_report
    if (
        filing.base == "4"
        and period is not None
        and period > context.as_of
        and _day_of_filing_is_known(filing, context)
    ):
        yield Hit(
            ("period_of_report",),
            f"{_caption(filing)} is {period}, after {context.as_of}, the day this form is judged on",
        )


@rule("DAT-019", "Period in the future on Form 3 or 5", Severity.WARNING, cite.PRACTICE)
def period_in_future_on_form_3_or_5(filing: Filing, context: Context) -> Iterator[Hit]:
    """On Form 3 or 5, the period of report is later than the day the form is judged on.

    Why: It is probably a slip. A Form 3 ahead of an offering, or a Form 5 before the year ends, may be meant. This
    rests on general knowledge.
    Fix: Check the date.
    Silent: On Form 4 (see DAT-001).
    """
    period = filing.period_of_report
    if filing.base in ("3", "5") and period is not None and period > context.as_of:
        yield Hit(
            ("period_of_report",),
            f"{_caption(filing)} is {period}, after {context.as_of}, the day this form is judged on",
        )


@rule("DAT-002", "Period is not the earliest transaction", Severity.WARNING, cite.FORM4_BOX_3)
def period_not_earliest(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On Form 4, box 3 is not the earliest of the transaction dates.

    Why: Box 3 asks for the date of the earliest transaction reported.
    Fix: Put the earliest transaction date there, or correct the transaction date.
    Silent: On a Form 4/A with an earlier date there, since it may repeat only some lines of the original; without
    transactions; on Forms 3 and 5.
    """
    period = filing.period_of_report
    if filing.base != "4" or period is None:
        return
    earliest = min(_trades(filing), key=lambda trade: trade[1], default=None)
    if earliest is None or period == earliest[1] or (filing.is_amendment and period < earliest[1]):
        return
    yield Hit(
        ("period_of_report",),
        f"{_caption(filing)} is {period}, but the earliest Transaction Date is {earliest[1]}",
        related=(earliest[0],),
        fix=Fix(f"Write {earliest[1]}", (Edit(("period_of_report",), str(earliest[1])),)),
    )


@rule("DAT-003", "Transaction in the future", Severity.ERROR, cite.SECTION_16A_2C)
def transaction_in_future(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction date is later than the day the form is judged on.

    Why: The form reports what has been executed; nothing can be reported before it happens.
    Fix: Correct the date; the year is the usual slip.
    Silent: On a published filing that is judged as of its signature date, because the day it was filed is not in
    it; DAT-012 and DAT-020 compare with the signatures.
    """
    if not _day_of_filing_is_known(filing, context):
        return
    for path, traded in _trades(filing):
        if traded > context.as_of:
            yield Hit(
                path, f"Transaction Date is {traded}, after {context.as_of}, the day this form is judged on"
            )


@rule("DAT-020", "Transaction after the latest signature", Severity.WARNING, cite.PRACTICE)
def transaction_after_signature(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction is dated after everyone has signed, while the period of report is not.

    Why: A form is signed after what it reports has happened, so this line's date is probably wrong. This rests on
    general knowledge.
    Fix: Correct the transaction date.
    Silent: Where DAT-003 reports the date, and where the period is later than the signatures as well (see DAT-012).
    """
    last, period = _last_signature(filing), filing.period_of_report
    if last is None or period is None or period > last:
        return
    known = _day_of_filing_is_known(filing, context)
    for path, traded in _trades(filing):
        if traded > last and not (known and traded > context.as_of):
            yield Hit(path, f"Transaction Date is {traded}, after the latest date of signature {last}")


@rule("DAT-012", "Signed before the trade", Severity.WARNING, cite.PRACTICE)
def signed_before_trade(filing: Filing, context: Context) -> Iterator[Hit]:
    """A signature is dated before the latest transaction that the form reports.

    Why: A form is signed after what it reports has happened. This rests on general knowledge.
    Fix: Correct the date of signature or the transaction date.
    Silent: Where DAT-003 or DAT-020 holds the transaction date for the wrong one.
    """
    latest = max(_trades(filing), key=lambda trade: trade[1], default=None)
    last = _last_signature(filing)
    if latest is None or last is None:
        return
    if latest[1] > context.as_of and _day_of_filing_is_known(filing, context):
        return
    period = filing.period_of_report
    if latest[1] > last and period is not None and period <= last:
        return
    for index, signature in enumerate(filing.signatures):
        if signature.date is not None and signature.date < latest[1]:
            yield Hit(
                ("signatures", index, "date"),
                f"Date of signature is {signature.date}, before Transaction Date {latest[1]}",
                related=(latest[0],),
            )


@rule("DAT-004", "Implausible year", Severity.ERROR, cite.SECTION_16A_2)
def implausible_year(filing: Filing, context: Context) -> Iterator[Hit]:
    """A date lies before 1990, or a deemed execution date after the year the form is judged in.

    Why: These reports are due within days and have been electronic since 2003; a year such as 0026 is a slip.
    Fix: Correct the year.
    Silent: On future periods and transactions (see DAT-001, DAT-003 and DAT-019), and on dates of exercise and
    expiration.
    """
    last_year = context.as_of.year if _day_of_filing_is_known(filing, context) else date.max.year
    for path, words, value in _reported_dates(filing):
        if value.year < _FIRST_YEAR:
            yield Hit(path, f"{words} is {value}; its year must be {_FIRST_YEAR} or later")
        elif path[-1] == "deemed_execution_date" and value.year > last_year:
            yield Hit(path, f"{words} is {value}; its year must be {last_year} or earlier")


def _reported_dates(filing: Filing) -> Iterator[tuple[Path, str, date]]:
    if filing.period_of_report is not None:
        yield ("period_of_report",), _caption(filing), filing.period_of_report
    if filing.date_of_original_submission is not None:
        yield ("date_of_original_submission",), "Date Original Filed", filing.date_of_original_submission
    for path, row in filing.transactions():
        if row.transaction_date.value is not None:
            yield (*path, "transaction_date"), "Transaction Date", row.transaction_date.value
        if row.deemed_execution_date.value is not None:
            yield (*path, "deemed_execution_date"), "Deemed Execution Date", row.deemed_execution_date.value
    for index, signature in enumerate(filing.signatures):
        if signature.date is not None:
            yield ("signatures", index, "date"), "Date of signature", signature.date


@rule(
    "DAT-007",
    "Deemed execution date without ground",
    Severity.ERROR,
    cite.FORM4_INSTR_4A_II,
    cite.RULE_16A_3G,
)
def deemed_without_ground(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A deemed execution date is given for a trade that is neither under a Rule 10b5-1 plan nor of code I.

    Why: The column is for those trades only, whose day the filer did not choose.
    Fix: Clear the column. If the trade was under a plan, tick the box or say so in a footnote of the line.
    Silent: With code I, with the Rule 10b5-1(c) box ticked, where a footnote of the line or the remarks speak of a
    plan, an instruction or an automatic sale, and where the date equals the transaction date and so changes nothing.
    """
    if filing.aff10b5_one or speaks_of_arrangement(filing.remarks or ""):
        return
    for path, row in filing.transactions():
        deemed = row.deemed_execution_date.value
        if deemed is None or deemed == row.transaction_date.value or row.transaction_code.value == "I":
            continue
        if not _row_speaks_of_arrangement(filing, path):
            yield Hit(
                (*path, "deemed_execution_date"),
                f"Deemed Execution Date is {deemed}, but the line is not code I and nothing says that it was "
                "under a Rule 10b5-1 plan",
                related=((*path, "transaction_code"), ("aff10b5_one",)),
                fix=Fix("Clear the deemed execution date", (Edit((*path, "deemed_execution_date"), None),)),
            )


def _row_speaks_of_arrangement(filing: Filing, path: Path) -> bool:
    texts = filing.footnote_texts()
    return any(
        speaks_of_arrangement(texts.get(id, ""))
        for cell, ids in filing.references()
        if cell[:2] == path
        for id in ids
    )


@rule(
    "DAT-008",
    "Deemed execution date before the trade",
    Severity.ERROR,
    cite.RULE_16A_3G,
    cite.FORM4_INSTR_4A_II,
)
def deemed_before_trade(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A deemed execution date is earlier than the transaction date of its line.

    Why: The deemed date is the day the broker or plan administrator told you of the trade, which can't come before it.
    Fix: Check both dates; they may have been exchanged.
    Silent: When either date is missing.
    """
    for path, deemed, traded in _deemed(filing):
        if deemed < traded:
            yield Hit(
                (*path, "deemed_execution_date"),
                f"Deemed Execution Date is {deemed}, before Transaction Date {traded}",
                related=((*path, "transaction_date"),),
            )


@rule("DAT-009", "Deemed execution date too late", Severity.ERROR, cite.RULE_16A_3G, cite.CLOSED_DAYS)
def deemed_too_late(filing: Filing, context: Context) -> Iterator[Hit]:
    """A deemed execution date is later than the third business day after the trade.

    Why: However late the notice comes, execution is deemed to have happened by the third business day.
    Fix: Use the third business day after the transaction date, counted by the SEC's calendar.
    Silent: When either date is missing; where it is too late only if a day counts that is not confirmed as a business
    day (see DAT-021).
    """
    for path, deemed, traded in _deemed(filing):
        # Three business days never take fewer than three days: most lines need no calendar.
        if (deemed - traded).days <= _LATEST_DEEMED:
            continue
        limit = plus_business_days(traded, _LATEST_DEEMED, context.confirmed_days)
        if deemed > limit:
            left_out = not_counted(unconfirmed_between(traded, limit, context.calendar))
            yield Hit(
                (*path, "deemed_execution_date"),
                f"Deemed Execution Date is {deemed}; the third business day after Transaction Date {traded} is {limit}"
                f"{' (' if left_out else ''}{left_out}{')' if left_out else ''}",
                related=((*path, "transaction_date"),),
                fix=Fix(f"Write {limit}", (Edit((*path, "deemed_execution_date"), str(limit)),)),
            )


def _deemed(filing: Filing) -> Iterator[tuple[Path, date, date]]:
    for path, row in filing.transactions():
        deemed, traded = row.deemed_execution_date.value, row.transaction_date.value
        if deemed is not None and traded is not None:
            yield path, deemed, traded


RULES: Final[tuple[Rule, ...]] = (
    period_in_future,
    period_not_earliest,
    transaction_in_future,
    implausible_year,
    deemed_without_ground,
    deemed_before_trade,
    deemed_too_late,
    signed_before_trade,
    period_in_future_on_form_3_or_5,
    transaction_after_signature,
)
