"""Rules for Form 3, Form 5 or an amendment only.

Sources: Form 3 General Instruction 1(c); Form 5 General Instructions 1(a) and 8; Release 33-11138 on gifts; EDGAR
Ownership XML Technical Specification 5.5, sections 4.3 and 4.3.3; the mark of late items (SEC, Ownership Form Codes).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.rules.coding import is_deferred_gift, typed_4
from form4_author.checks.rules.document import late_holdings
from form4_author.checks.shape import DESCRIPTION, code_in, required
from form4_author.codes import due_on
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern
from form4_author.timing.due_date import GIFTS_DUE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_RIGHTS: Final = Pattern(
    r"\b(?:options?|rsus?|restricted stock units?|warrants?|phantom|performance (?:shares?|units?))\b",
    re.IGNORECASE,
)


@rule("F3-004", "No securities listed on Form 3", Severity.NOTE, cite.FORM3_INSTR_1C, when=When(forms="3"))
def no_securities(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 3 lists no securities.

    Why: By general knowledge of the instruction, the form is due even so, and states "No securities are beneficially
    owned".
    Fix: Confirm that no securities are owned, including options and units.
    Silent: When either table has a line.
    """
    if not filing.non_derivative and not filing.derivative:
        yield Hit(
            ("non_derivative",),
            'Form 3 lists no securities; it will state "No securities are beneficially owned"',
        )


@rule("F3-005", "Holding of 0 shares on Form 3", Severity.WARNING, cite.PRACTICE, when=When(forms="3"))
def holding_of_zero(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Table I line of a Form 3 has an amount of 0.

    Why: Form 3 does not list what is not owned; without lines it states that no securities are owned. This is general
    knowledge.
    Fix: Remove the line.
    Silent: With a footnote on the amount.
    """
    for index, row in enumerate(filing.non_derivative):
        total = row.amount_owned_following
        if total.value == 0 and not total.footnotes:
            at = ("non_derivative", index, "amount_owned_following")
            yield Hit(at, "Amount of Securities Beneficially Owned is 0; remove the line")


@rule(
    "F3-010",
    "No derivative securities listed on an insider's Form 3",
    Severity.NOTE,
    cite.PRACTICE,
    when=When(forms="3"),
)
def derivatives_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """An officer's or director's Form 3 lists shares and no derivative securities.

    Why: Filers often overlook options and units; it is practice to ask again.
    Fix: Confirm that there are no derivative securities.
    Silent: With any line in Table II; for 10% owners only; when Table I or a text mentions options or units.
    """
    insider = any(owner.is_director or owner.is_officer for owner in filing.owners)
    if not insider or filing.derivative or not filing.non_derivative or _RIGHTS.search(filing.prose()):
        return
    if not any(_RIGHTS.search(row.security_title.value or "") for row in filing.non_derivative):
        yield Hit(
            ("derivative",),
            "Table II has no line; confirm that the person has no options, units or other rights",
        )


@rule(
    "F5-003",
    "Form 4 transaction with form type 5",
    Severity.WARNING,
    cite.FORM_CODES,
    cite.SPEC_4_3_8,
    when=When(forms="5", codes=due_on("4")),
)
@code_in(
    due_on("4"),
    "transaction_form_type",
    "Form Type is 5, but Transaction Code {code} was due on Form 4; form type 4 prints {code}4",
    when=lambda row: row.transaction_form_type == "5",
    related=("transaction_code",),
    fix=typed_4,
)
def late_item_mistyped() -> None:
    """A Form 5 gives form type 5 for a transaction that was due on Form 4.

    Why: With form type 4 it is shown as P4, S4 and so on: due earlier on Form 4. Form type 5 conceals that.
    Fix: Write form type 4.
    Silent: For codes that may be deferred to Form 5.
    """


@rule(
    "F5-004",
    "Disposition by gift with form type 5",
    Severity.WARNING,
    cite.RELEASE_33_11138,
    when=When(forms="5", codes=frozenset("G"), effective=GIFTS_DUE),
)
@code_in(
    "G",
    "transaction_form_type",
    "Form Type is 5, but a gift disposed of on {row.transaction_date.value} was due on Form 4; form type 4 prints G4",
    when=is_deferred_gift,
    related=("transaction_code",),
    fix=typed_4,
)
def gift_on_form_5() -> None:
    """A Form 5 gives form type 5 for a disposition by gift on or after February 27, 2023.

    Why: Since that date, such a gift is due on Form 4; form type 4 shows it as G4.
    Fix: Write form type 4.
    Silent: For gifts received and earlier gifts; on Form 4 (see TXN-027).
    """


@rule(
    "F5-006",
    "Late Form 3 holding without an explanation",
    Severity.WARNING,
    cite.FORM5_INSTR_8,
    when=When(forms="5"),
)
@required(
    DESCRIPTION,
    "No footnote says why and when this holding was due on Form 3",
    when=lambda row: not row.is_transaction and row.transaction_form_type == "3",
    at="transaction_form_type",
)
def late_holding_unexplained() -> None:
    """A Form 5 shows a holding that was due on Form 3, and no text says when Form 3 was due.

    Why: By general knowledge of the instruction, the form identifies the event that made Form 3 due.
    Fix: Add a footnote with the event and its date.
    Silent: With any footnote on the line, or remarks.
    """


@rule(
    "F5-007",
    "Transaction outside the fiscal year of Form 5",
    Severity.WARNING,
    cite.RULE_16A_3F,
    when=When(forms="5"),
)
def outside_fiscal_year(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 5 transaction of form type 5 is dated outside the fiscal year and is not marked late.

    Why: By general knowledge of Rule 16a-3(f), the form covers that year; a transaction omitted from an earlier
    report is marked L.
    Fix: Correct the date, or write L as timeliness.
    Silent: With timeliness L, and for transactions of form type 4.
    """
    end = filing.period_of_report
    if end is None:
        return
    begin = _year_before(end)
    for path, row in filing.transactions():
        day = row.transaction_date.value
        if day is None or row.transaction_form_type != "5" or row.timeliness.value == "L":
            continue
        if not begin < day <= end:
            yield Hit(
                (*path, "transaction_date"),
                f"Transaction Date is {day}, outside the fiscal year after {begin} through {end}; mark it L if late",
                related=((*path, "timeliness"),),
            )


def _year_before(end: date) -> date:
    """The end of the fiscal year before; 29 February becomes 28 February."""
    try:
        return end.replace(year=end.year - 1)
    except ValueError:
        return end.replace(year=end.year - 1, day=28)


@rule(
    "AMD-008", "Amendment without a line", Severity.SUSPENSE, cite.SPEC_4_3_3, when=When(has=("amendment",))
)
def amendment_without_line(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 4/A or 5/A has no line in either table, and its exit box is not checked.

    Why: EDGAR suspends it, as it does a Form 4 or 5 without a transaction whose box "no longer subject to Section 16"
    is not checked.
    Fix: Repeat the line that changes. To correct only a footnote, repeat the line to which it is attached.
    Silent: On original filings (see DOC-010) and on Form 3/A. With holdings only: see DOC-043.
    """
    empty = not filing.non_derivative and not filing.derivative
    if filing.is_amendment and filing.base in ("4", "5") and empty and not filing.not_subject_to_section16:
        yield Hit(
            ("non_derivative",),
            f"Form {filing.form} has no line; EDGAR suspends it. Repeat the line that the amendment concerns",
            related=(("not_subject_to_section16",),),
        )


@rule(
    "DOC-011",
    "Form 5 with late holdings but no transaction",
    Severity.NOTE,
    cite.SPEC_4_3_3,
    cite.SPEC_4_3,
    when=When(forms="5"),
)
def late_holdings_only(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 5 reports holdings that should have been on Form 3, but no transaction.

    Why: EDGAR's specification requires a transaction in 4.3.3, but refers to a transaction or a holding in 4.3.
    Fix: Send a test filing first.
    Silent: When the box "no longer subject to Section 16" is checked.
    """
    if late_holdings(filing) and not any(filing.transactions()) and not filing.not_subject_to_section16:
        yield Hit(
            ("non_derivative",),
            "Form 5 has late holdings but no transaction; EDGAR's specification requires one only in 4.3.3",
        )


RULES: Final[tuple[Rule, ...]] = (
    no_securities,
    holding_of_zero,
    derivatives_missing,
    late_item_mistyped,
    gift_on_form_5,
    late_holding_unexplained,
    outside_fiscal_year,
    amendment_without_line,
    late_holdings_only,
)
