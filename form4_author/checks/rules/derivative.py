"""Table II without Table I: the underlying security and the term of a derivative security.

Sources: EDGAR Ownership XML Technical Specification 5.5, section 3.5; Form 4, General Instruction 4(c) and the
captions of columns 3, 6 and 7. What an exercise shows in Table I as well is in ``leg``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import EXERCISES
from form4_author.findings import Hit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import DerivativeRow

__all__ = ["RULES"]


def _rows(filing: Filing) -> Iterator[tuple[Path, DerivativeRow]]:
    for index, row in enumerate(filing.derivative):
        yield ("derivative", index), row


@rule(
    "DRV-004",
    "Underlying security incomplete",
    Severity.SUSPENSE,
    cite.SPEC_3_5,
    cite.SCHEMA,
    when=When(has=("table_2",)),
)
def underlying_incomplete(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A line of Table II lacks the title of the underlying security, or exactly one of its amount and its value.

    Why: EDGAR's specification requires the title and one of the two; its schema files alone accept less.
    Fix: Give the title and the number of underlying shares, the value where no number is fixed, or a footnote.
    Silent: When a footnote takes the place of the amount or the value.
    """
    form = f"Form {filing.form or 4}"
    for path, row in _rows(filing):
        if row.underlying_title.is_blank:
            yield Hit((*path, "underlying_title"), f"Title of Underlying Security is required on {form}")
        if row.underlying_amount.is_blank and row.underlying_value.is_blank:
            yield Hit(
                (*path, "underlying_amount"),
                "Amount or Number of Underlying Shares or Value of Underlying Security is required"
                f" on {form} (a number or a footnote)",
            )
        elif not row.underlying_amount.is_blank and not row.underlying_value.is_blank:
            yield Hit(
                (*path, "underlying_value"),
                "Exactly one of Amount or Number of Underlying Shares and Value of Underlying Security may be given;"
                " both are",
                related=((*path, "underlying_amount"),),
            )


@rule(
    "DRV-006",
    "Expiration date before the date exercisable",
    Severity.WARNING,
    cite.FORM4_COLUMN_6,
    when=When(has=("table_2",)),
)
def expires_before_exercisable(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The expiration date of a line is before its date exercisable.

    Why: A derivative security that expires before it becomes exercisable is worthless; one of the dates is wrong.
    Fix: Check both dates; they may be interchanged.
    Silent: When either date is missing or given by a footnote only.
    """
    for path, row in _rows(filing):
        first, last = row.date_exercisable.value, row.expiration_date.value
        if first is not None and last is not None and last < first:
            yield Hit(
                (*path, "expiration_date"),
                f"Expiration Date is {last}, before Date Exercisable {first}",
                related=((*path, "date_exercisable"),),
            )


@rule(
    "DRV-007",
    "Derivative security acquired after it expired",
    Severity.WARNING,
    cite.FORM4_COLUMN_6,
    when=When(has=("table_2",)),
)
def acquired_after_expiration(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A derivative security that was granted (A) or purchased (P) had expired before the transaction date.

    Why: No one grants or purchases an expired right; one of the dates is wrong, often by a year.
    Fix: Correct the expiration date or the transaction date.
    Silent: For other codes, and when either date is missing.
    """
    for path, row in _rows(filing):
        traded, last = row.transaction_date.value, row.expiration_date.value
        if (
            row.transaction_code.value in ("A", "P")
            and traded is not None
            and last is not None
            and last < traded
        ):
            yield Hit(
                (*path, "expiration_date"),
                f"Expiration Date is {last}, before Transaction Date {traded}",
                related=((*path, "transaction_date"),),
            )


@rule(
    "DRV-008",
    "Exercise or conversion outside the term of the derivative security",
    Severity.WARNING,
    cite.FORM4_COLUMN_6,
    when=When(has=("table_2",)),
)
def exercised_outside_term(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A derivative security is exercised or converted before its date exercisable or after its expiration date.

    Why: It can be exercised only within its term; one of the dates is wrong.
    Fix: Correct the date. Where exercisability was accelerated, give the earlier date or a footnote in its place.
    Silent: For other codes, and when the dates are missing or given by footnotes only.
    """
    for path, row in _rows(filing):
        traded, first, last = (
            row.transaction_date.value,
            row.date_exercisable.value,
            row.expiration_date.value,
        )
        if row.transaction_code.value not in EXERCISES or traded is None:
            continue
        if first is not None and traded < first:
            yield Hit(
                (*path, "transaction_date"),
                f"Transaction Date is {traded}, before Date Exercisable {first}",
                related=((*path, "date_exercisable"),),
            )
        if last is not None and traded > last:
            yield Hit(
                (*path, "transaction_date"),
                f"Transaction Date is {traded}, after Expiration Date {last}",
                related=((*path, "expiration_date"),),
            )


RULES: Final[tuple[Rule, ...]] = (
    underlying_incomplete,
    expires_before_exercisable,
    acquired_after_expiration,
    exercised_outside_term,
)
