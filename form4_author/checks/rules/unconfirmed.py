"""Limits that depend on a day for which it is not confirmed whether EDGAR was closed.

Sources: Exchange Act Section 16(a)(2); Rule 16a-3(g); Rule 0-3; Regulation S-T, Rule 11 (the Commission announces each
closure separately). The rules that report a late filing count only confirmed business days; this rule notes a date
between that count and the earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, rule
from form4_author.checks.rules.timeliness import dues_of, filed_on
from form4_author.findings import Hit, Severity
from form4_author.timing.deadline import plus_business_days, unconfirmed, unconfirmed_between
from form4_author.timing.due_date import due_of_filing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.timing.deadline import Due

__all__ = ["RULES"]

_LATEST_DEEMED: Final = 3


@rule(
    "DAT-021",
    "Limit that depends on a day not confirmed as a business day",
    Severity.NOTE,
    cite.SECTION_16A_2,
    cite.RULE_16A_3G,
    cite.RULE_0_3,
    cite.CLOSED_DAYS,
)
def limit_not_confirmed(filing: Filing, context: Context) -> Iterator[Hit]:
    """The form is late, or a deemed execution date is too late, only if a day counts that may not be a business day.

    Why: The federal government was closed that day by order, or may be, and no SEC statement about EDGAR was found. If
    EDGAR was closed, the day does not count and the limit is one business day later.
    Fix: Look for the SEC's announcement of EDGAR's hours for that day. If EDGAR was open, the earlier limit applies.
    Silent: If the count is the same with and without the day. For due dates, also on amendments and if the filing date
    is not known.
    """
    filed = filed_on(context)
    if filed is not None and not filing.is_amendment:
        for path, what, earliest, latest in _dues(filing, context):
            if earliest.day < filed <= latest.day:
                without = _days(unconfirmed(earliest, latest, context.calendar))
                yield Hit(
                    path,
                    f"{what} was due by {earliest.day} or, without {without}, by {latest.day};"
                    f" filed on {filed}, it is late only in the first case",
                )
    for path, deemed, traded in _deemed(filing):
        earliest_limit = plus_business_days(traded, _LATEST_DEEMED, context.calendar)
        latest_limit = plus_business_days(traded, _LATEST_DEEMED, context.confirmed_days)
        if earliest_limit < deemed <= latest_limit:
            days = unconfirmed_between(traded, latest_limit, context.calendar)
            yield Hit(
                (*path, "deemed_execution_date"),
                f"Deemed Execution Date is {deemed}; the third business day after Transaction Date {traded} is"
                f" {earliest_limit} or, without {_days(days)}, {latest_limit}",
                related=((*path, "transaction_date"),),
            )


def _days(days: tuple[date, ...]) -> str:
    """``2024-12-24, which is not confirmed as a business day``."""
    verb = "is not confirmed as a business day" if len(days) == 1 else "are not confirmed as business days"
    return f"{' and '.join(map(str, days))}, which {verb}"


def _dues(filing: Filing, context: Context) -> Iterator[tuple[Path, str, Due, Due]]:
    """What has a due date, each with the earliest and the latest one."""
    if filing.base == "4":
        pairs = zip(
            dues_of(filing, context, context.calendar),
            dues_of(filing, context, context.confirmed_days),
            strict=True,
        )
        for (path, row, earliest), (_path, _row, latest) in pairs:
            what = f"Transaction of {row.transaction_date.value}"
            yield (*path, "transaction_date"), what, earliest, latest
        return
    both = [
        due_of_filing(filing, calendar, context.facts.issuer)
        for calendar in (context.calendar, context.confirmed_days)
    ]
    if both[0] is not None and both[1] is not None:
        yield ("period_of_report",), f"Form {filing.base}", both[0], both[1]


def _deemed(filing: Filing) -> Iterator[tuple[Path, date, date]]:
    for path, row in filing.transactions():
        deemed, traded = row.deemed_execution_date.value, row.transaction_date.value
        # Three business days never take fewer than three days: most lines need no calendar.
        if deemed is not None and traded is not None and (deemed - traded).days > _LATEST_DEEMED:
            yield path, deemed, traded


RULES: Final[tuple[Rule, ...]] = (limit_not_confirmed,)
