"""Reports that were filed late: the due date of each against the day it was filed.

Sources: Exchange Act Section 16(a)(2); Rule 16a-3(f) and (g); Form 5 General Instruction 1(a). A report counts as late
only by a count of confirmed business days. Where the day of filing is not on record, nothing is called late.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.checks.base import Context, Profile
from form4_author.checks.rules import timeliness
from form4_author.checks.run import edition_of, last_signature_date
from form4_author.model.submission import Submission
from form4_author.timing.deadline import late_text
from form4_author.timing.due_date import due_of_filing, due_of_row

if TYPE_CHECKING:
    from datetime import date

    from form4_author.checks.base import Calendar
    from form4_author.findings import Path
    from form4_author.model.facts import Facts, PriorFiling
    from form4_author.timing.deadline import Due

__all__ = ["LateReport", "LateTransaction", "context_of", "late_report", "signed_late"]

_RULES: Final = {rule.id: rule for rule in timeliness.RULES if rule.id in ("DAT-005", "F3-006", "F5-002")}
"""What calls a form late, by id."""


class LateTransaction(NamedTuple):
    """A transaction that was not reported on time."""

    path: Path
    """The row's."""
    day: date
    code: str
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReport:
    """A filing that was late, or that reports a transaction late."""

    prior: PriorFiling
    filed: date
    due: Due
    """The earliest due date that was missed."""
    transactions: tuple[LateTransaction, ...]
    """None on a Form 3, whose holdings are no transactions."""
    rule: str
    """The rule that says so; empty for transactions on a Form 5 that were due on Form 4."""
    message: str

    @property
    def days_late(self) -> int:
        """Calendar days from the earliest due date that was missed."""
        return self.due.days_late(self.filed)


def context_of(prior: PriorFiling, facts: Facts, calendar: Calendar) -> Context:
    """What the rules know of a filing on record: a public document, as of the day it was filed."""
    filing = prior.filing
    as_of = prior.day or last_signature_date(filing) or filing.period_of_report
    assert as_of is not None  # noqa: S101  # a filing without any date is not on record
    return Context(
        as_of=as_of,
        profile=Profile.PUBLIC,
        edition=edition_of(filing),
        calendar=calendar,
        submission=Submission(filed=prior.filed, accession_number=prior.accession_number),
        facts=facts,
    )


def late_report(prior: PriorFiling, context: Context) -> LateReport | None:
    """How a filing was late; None where it was not, or where the day of filing is not on record."""
    filed = prior.filed
    if filed is None:
        return None
    for id_, rule in _RULES.items():
        for hit in rule.hits(prior.filing, context):
            rows = _late_rows(prior, context, filed)
            due = due_of_filing(prior.filing, context.confirmed_days, context.facts.issuer)
            earliest = min((row.due for row in rows), key=lambda each: each.day, default=due)
            assert earliest is not None  # noqa: S101  # the rule has found one
            return LateReport(
                prior=prior, filed=filed, due=earliest, transactions=rows, rule=id_, message=hit.message
            )
    return _late_on_form_5(prior, context, filed)


def _late_on_form_5(prior: PriorFiling, context: Context, filed: date) -> LateReport | None:
    """A Form 5, itself on time, with transactions that were due on Form 4."""
    rows = _late_rows(prior, context, filed) if prior.filing.form == "5" else ()
    if not rows:
        return None
    first = min(rows, key=lambda row: row.due.day)
    message = (
        f"Transaction of {first.day} is marked as due on Form 4, by {first.due.day};"
        f" filed on Form 5 on {filed} it is {late_text(first.due.days_late(filed))} late"
    )
    return LateReport(prior=prior, filed=filed, due=first.due, transactions=rows, rule="", message=message)


def _late_rows(prior: PriorFiling, context: Context, filed: date) -> tuple[LateTransaction, ...]:
    """The transactions that were reported late.

    On Form 5: those that the filer marks as due on Form 4; where the form itself is late, all.
    """
    filing = prior.filing
    if filing.base == "4":
        dues = timeliness.dues_of(filing, context, context.confirmed_days)
        return tuple(
            _transaction(path, row.transaction_date.value, row.transaction_code.value, due)
            for path, row, due in dues
            if due.day < filed
        )
    found: list[LateTransaction] = []
    whole = due_of_filing(filing, context.confirmed_days)
    for path, row in filing.transactions() if filing.base == "5" else ():
        due = due_of_row(row, context.confirmed_days) if row.transaction_form_type == "4" else whole
        if due is not None and due.day < filed:
            found.append(_transaction(path, row.transaction_date.value, row.transaction_code.value, due))
    return tuple(found)


def _transaction(path: Path, day: date | None, code: str | None, due: Due) -> LateTransaction:
    return LateTransaction(path, day or due.begins, code or "", due)


def signed_late(prior: PriorFiling, context: Context) -> Due | None:
    """The due date of a form whose day of filing is not on record and that was signed after it; else None.

    The signature may bear a wrong date, so this is a prompt to look the filing up.
    """
    signed = last_signature_date(prior.filing)
    if prior.filed is not None or prior.filing.is_amendment or signed is None:
        return None
    due = due_of_filing(prior.filing, context.confirmed_days, context.facts.issuer)
    return due if due is not None and due.day < signed else None
