"""Rules that compare the period, the transaction dates, the deemed execution dates and the dates of signature.

Sources: Form 4, boxes 2, 3 and columns 2, 2A and 3A; Form 4 General Instruction 4(a)(ii); Exchange Act Section
16(a)(2)(C); Rule 16a-3(g).

No document contains its filing date. A filing that will be sent is checked as of the day that the caller names. A
published filing is checked as of its last signature date, which only approximates the filing date: a later date may
mean that the signature date is wrong, so rules of severity ``error`` do not report it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Profile, Rule, When, rule
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
    """Whether ``as_of`` is more than the last signature date in place of the filing date."""
    return context.profile is not Profile.PUBLIC or context.as_of != _last_signature(filing)


def _trades(filing: Filing) -> Iterator[tuple[Path, date]]:
    for path, row in filing.transactions():
        if row.transaction_date.value is not None:
            yield (*path, "transaction_date"), row.transaction_date.value


@rule(
    "DAT-001",
    "Date of earliest transaction in the future",
    Severity.ERROR,
    cite.SECTION_16A_2C,
    cite.FORM4_BOX_3,
    when=When(forms="4"),
)
def period_in_future(filing: Filing, context: Context) -> Iterator[Hit]:
    """On Form 4, the date of the earliest transaction is later than the date as of which the form is checked.

    Why: Form 4 reports executed transactions, so a transaction cannot be reported before it happens.
    Fix: Correct the date, or file on or after it.
    Silent: On Forms 3 and 5 (see DAT-019). On a published filing that is checked as of its signature date, because it
    does not contain its filing date.
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
            f"{_caption(filing)} is {period}, after {context.as_of}, the date of this check",
        )


@rule(
    "DAT-019",
    "Period of report in the future on Form 3 or 5",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(forms="35"),
)
def period_in_future_on_form_3_or_5(filing: Filing, context: Context) -> Iterator[Hit]:
    """On Form 3 or 5, the period of report is later than the date as of which the form is checked.

    Why: The date is probably a mistake, unless a Form 3 is filed ahead of an offering, or a Form 5 before the year
    ends. This rests on general knowledge.
    Fix: Confirm or correct the date.
    Silent: On Form 4 (see DAT-001).
    """
    period = filing.period_of_report
    if filing.base in ("3", "5") and period is not None and period > context.as_of:
        yield Hit(
            ("period_of_report",),
            f"{_caption(filing)} is {period}, after {context.as_of}, the date of this check",
        )


@rule(
    "DAT-002",
    "Box 3 not the date of the earliest transaction",
    Severity.WARNING,
    cite.FORM4_BOX_3,
    when=When(forms="4", has=("transaction",)),
)
def period_not_earliest(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On Form 4, the date in box 3 is not the earliest transaction date.

    Why: Box 3 asks for the date of the earliest transaction.
    Fix: Enter the earliest transaction date in box 3, or correct the transaction date.
    Silent: On a Form 4/A with an earlier date in box 3, because it may repeat only some lines of the original; without
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


@rule(
    "DAT-003",
    "Transaction date in the future",
    Severity.ERROR,
    cite.SECTION_16A_2C,
    when=When(has=("transaction",)),
)
def transaction_in_future(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction date is later than the date as of which the form is checked.

    Why: The form reports executed transactions, so a transaction cannot be reported before it happens.
    Fix: Correct the date; the year is the most common mistake.
    Silent: On a published filing that is checked as of its signature date, because it does not contain its filing date;
    DAT-012 and DAT-020 compare with the signatures.
    """
    if not _day_of_filing_is_known(filing, context):
        return
    for path, traded in _trades(filing):
        if traded > context.as_of:
            yield Hit(path, f"Transaction Date is {traded}, after {context.as_of}, the date of this check")


@rule(
    "DAT-020",
    "Transaction dated after the last signature",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(has=("transaction",)),
)
def transaction_after_signature(filing: Filing, context: Context) -> Iterator[Hit]:
    """A transaction date is later than every date of signature, but the period of report is not.

    Why: A form is signed after the transactions that it reports, so the transaction date is probably wrong. This rests
    on general knowledge.
    Fix: Correct the transaction date.
    Silent: If DAT-003 reports the date, or if the period is also later than the signatures (see DAT-012).
    """
    last, period = _last_signature(filing), filing.period_of_report
    if last is None or period is None or period > last:
        return
    known = _day_of_filing_is_known(filing, context)
    for path, traded in _trades(filing):
        if traded > last and not (known and traded > context.as_of):
            yield Hit(path, f"Transaction Date is {traded}, after the last date of signature, {last}")


@rule(
    "DAT-012",
    "Signature dated before the transaction",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(has=("transaction",)),
)
def signed_before_trade(filing: Filing, context: Context) -> Iterator[Hit]:
    """A date of signature is earlier than the latest transaction on the form.

    Why: A form is signed after the transactions that it reports. This rests on general knowledge.
    Fix: Correct the date of signature or the transaction date.
    Silent: If DAT-003 or DAT-020 reports the transaction date as the wrong one.
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
    """A date is before 1990, or a deemed execution date is in a year after the date of the check.

    Why: These reports are due within days and have been electronic since 2003. A year such as 0026 is a mistake.
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
    "Deemed execution date without a stated basis",
    Severity.ERROR,
    cite.FORM4_INSTR_4A_II,
    cite.RULE_16A_3G,
    when=When(has=("deemed",)),
)
def deemed_without_basis(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A deemed execution date is given, but nothing shows a Rule 10b5-1 plan or a discretionary transaction (code I).

    Why: The column is only for those transactions, in which the filer did not choose the date of execution.
    Fix: Clear the column. If the transaction was under a plan, check the box or say so in a footnote of the line.
    Silent: With code I; with the Rule 10b5-1(c) box checked; if a footnote of the line or Remarks mentions a plan, an
    instruction or an automatic sale; if the date equals the transaction date and so has no effect.
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
                f"Deemed Execution Date is {deemed}, but the line is not code I and mentions no Rule 10b5-1 plan",
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
    "Deemed execution date before the transaction date",
    Severity.ERROR,
    cite.RULE_16A_3G,
    cite.FORM4_INSTR_4A_II,
    when=When(has=("deemed",)),
)
def deemed_before_trade(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A deemed execution date is earlier than the transaction date of its line.

    Why: The deemed date is the day on which the broker or plan administrator gave notice of execution. Notice cannot
    precede the transaction.
    Fix: Check both dates; they may have been switched.
    Silent: If either date is missing.
    """
    for path, deemed, traded in _deemed(filing):
        if deemed < traded:
            yield Hit(
                (*path, "deemed_execution_date"),
                f"Deemed Execution Date is {deemed}, before Transaction Date {traded}",
                related=((*path, "transaction_date"),),
            )


@rule(
    "DAT-009",
    "Deemed execution date after the third business day",
    Severity.ERROR,
    cite.RULE_16A_3G,
    cite.CLOSED_DAYS,
    when=When(has=("deemed",)),
)
def deemed_too_late(filing: Filing, context: Context) -> Iterator[Hit]:
    """A deemed execution date is later than the third business day after the transaction date.

    Why: Under Rule 16a-3(g), the date of execution is deemed to be the third business day if notice comes later.
    Fix: Use the third business day after the transaction date, counted by the SEC's calendar.
    Silent: If either date is missing; if the date is too late only when a day counts that is not confirmed as a
    business day (see DAT-021).
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
    deemed_without_basis,
    deemed_before_trade,
    deemed_too_late,
    signed_before_trade,
    period_in_future_on_form_3_or_5,
    transaction_after_signature,
)
