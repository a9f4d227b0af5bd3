"""Rules that compare the transaction code with its row: form type, timeliness, price, footnotes, who may use it.

Sources: the printed definitions of the codes (Form 4, General Instruction 8; SEC, Ownership Form Codes); General
Instructions 4(a)(i) and 5(a); Rule 16b-3; Release 33-11138 on gifts; EDGAR Ownership XML Technical Specification 5.5,
section 4.3.8. Rules that compare (A) or (D) with the code are in ``direction``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.checks.shape import DESCRIPTION, code_in, coded, required, transactions
from form4_author.codes import due_on, purchases_and_sales, timeliness, transaction_codes
from form4_author.findings import Edit, Fix, Hit, Severity
from form4_author.text import Pattern
from form4_author.timing.due_date import GIFTS_DUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES", "is_deferred_gift", "typed_4"]

_VOLUNTARY: Final = Pattern(
    r"volunt|purchase plan|\bespp\b|dividend|401\s?\(k\)|savings plan|deferred comp", re.IGNORECASE
)


_DEPUTIZED: Final = Pattern(
    r"deputiz|\b(?:designee|nominee|representative|appointee)s? (?:\w+ ){0,8}(?:board|director)"
    r"|\bboard (?:designee|nominee|representative)|\bdirectors? by (?:designation|virtue)",
    re.IGNORECASE,
)
_TABLE_2_ONLY: Final = frozenset(code for code, known in transaction_codes().items() if not known.table_1)


def is_deferred_gift(row: Row) -> bool:
    """Whether a gift made after gifts became due on Form 4 has form type 5."""
    given = row.transaction_date.value
    return (
        row.acquired_disposed.value == "D"
        and row.transaction_form_type == "5"
        and given is not None
        and given >= GIFTS_DUE
    )


def typed_4(path: Path, _form_type: str) -> Fix:
    """The correction that writes form type 4."""
    return _typed(path, "4")


@rule(
    "TXN-003",
    "Transaction without code, form type and equity swap box",
    Severity.SUSPENSE,
    cite.SPEC_3_5,
    when=When(has=("transaction",)),
)
def coding_absent(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A transaction has no transaction code, no form type and no answer for the equity swap box.

    Why: EDGAR's schema permits the whole group to be left out, but its specification requires it.
    Fix: Give the code, the form type (4, or 5 for a transaction that may wait for Form 5) and whether an equity swap
    was involved.
    Silent: If one of the three is given; other rules then report the missing ones.
    """
    for path, row in filing.transactions():
        if (
            row.transaction_code.value is None
            and row.transaction_form_type is None
            and row.equity_swap is None
        ):
            yield Hit(
                (*path, "transaction_code"),
                f"Transaction Code, Form Type and Equity Swap Involved are required on Form {filing.form or 4}",
            )


@rule(
    "TXN-009",
    "Code for derivative securities in Table I",
    Severity.ERROR,
    cite.FORM4_INSTR_8,
    cite.FORM_CODES,
    when=When(codes=_TABLE_2_ONLY, has=("table_1",)),
)
@code_in(
    _TABLE_2_ONLY,
    "transaction_code",
    "Transaction Code {code} is for derivative securities ({name}); use Table II",
    table="non_derivative",
)
def table_2_code_in_table_1() -> None:
    """A row of Table I has a code that is only for derivative securities: E or H.

    Why: E and H report the expiration or cancellation of a derivative position. Derivative securities are reported in
    Table II.
    Fix: Move the row to Table II, or correct the code.
    Silent: Never.
    """


@rule(
    "TXN-012",
    "Purchase or sale at a price of 0",
    Severity.WARNING,
    cite.FORM4_INSTR_5A,
    when=When(codes=purchases_and_sales(), has=("table_1",)),
)
def free_purchase_or_sale(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A purchase or sale in Table I has a price of 0 and no footnote on the price.

    Why: The form asks for the price per share, and an open market or private purchase or sale has a price.
    Fix: Give the price. If nothing was paid, use a different code, such as G or J.
    Silent: If the price has a footnote; in Table II.
    """
    for index, row in enumerate(filing.non_derivative):
        code = row.transaction_code.value
        if (
            code in purchases_and_sales()
            and row.is_transaction
            and row.price.value == 0
            and not row.price.footnotes
        ):
            what = "purchase" if code == "P" else "sale"
            yield Hit(
                ("non_derivative", index, "price"),
                f"Price is 0, but Transaction Code {code} is a {what}; give the price or explain it in a footnote",
                related=(("non_derivative", index, "transaction_code"),),
            )


@rule(
    "TXN-016",
    "Code J without a description of the transaction",
    Severity.ERROR,
    cite.FORM4_INSTR_8,
    when=When(codes=frozenset("J")),
)
@required(
    DESCRIPTION,
    "Transaction Code J requires a description; add a footnote that describes the transaction",
    of=coded("J"),
    at="transaction_code",
)
def other_transaction_undescribed() -> None:
    """A row has code J, but no footnote on the row and no text in Remarks that describes the transaction.

    Why: The form's definition of code J says "describe transaction".
    Fix: Add a footnote to the transaction code that describes the transaction.
    Silent: With any footnote on the row, or any text in Remarks.
    """


@rule(
    "TXN-026",
    "Rule 16b-3 code used only by 10% owners",
    Severity.WARNING,
    cite.RULE_16B_3,
    when=When(has=("transaction",)),
)
def insider_code_for_outsider(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A code based on Rule 16b-3 (A, D, F, I, M) is used, but every reporting person is only a 10% owner.

    Why: The rule exempts transactions between the issuer and its directors and officers, not those of other holders.
    Fix: Check Director or Officer if the person is one; otherwise use P, S, C, X or J.
    Silent: If one reporting person is a director, an officer or "other", or no box is checked; if a text mentions a
    director by deputization or a board designee.
    """
    owners = filing.owners
    if not any(o.is_ten_percent_owner for o in owners):
        return
    if any(o.is_director or o.is_officer or o.is_other for o in owners):
        return
    known = transaction_codes()
    cells: list[Path] = []
    letters: dict[str, None] = {}
    for path, row in filing.transactions():
        code = known.get(row.transaction_code.value or "")
        if code is not None and code.insiders_only:
            cells.append((*path, "transaction_code"))
            letters[code.code] = None
    if cells and not _DEPUTIZED.search(filing.prose()):
        yield Hit(
            cells[0],
            f"{'Transaction Codes' if len(letters) > 1 else 'Transaction Code'} {', '.join(letters)}"
            f" {'are' if len(letters) > 1 else 'is'} for directors and officers (Rule 16b-3);"
            " the reporting person is only a 10% owner",
            related=tuple(cells[1:]),
        )


@rule(
    "TXN-027",
    "Form type 5 for a disposition by gift",
    Severity.ERROR,
    cite.RELEASE_33_11138,
    cite.RULE_16A_3,
    when=When(forms="4", codes=frozenset("G"), effective=GIFTS_DUE),
)
@code_in(
    "G",
    "transaction_form_type",
    "Form Type is 5, but a gift made on {row.transaction_date.value} was due on Form 4 within two business days",
    when=is_deferred_gift,
    related=("transaction_code", "acquired_disposed"),
    fix=typed_4,
)
def gift_deferred() -> None:
    """On Form 4, a disposition by gift on or after February 27, 2023, has form type 5.

    Why: Since that date, a disposition by gift is due on Form 4 within two business days, not on Form 5.
    Fix: Write form type 4.
    Silent: For gifts received, and for earlier gifts; on Form 5 (see F5-004).
    """


@rule(
    "TXN-028",
    "Form type 5 for a transaction that is due on Form 4",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_I,
    cite.FORM4_INSTR_8,
    when=When(forms="4", has=("transaction",)),
)
def early_flag_on_form_4_item(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On Form 4, a row has form type 5, but transactions with its code are due on Form 4.

    Why: With form type 5, the form shows V, "voluntarily reported earlier than required". Purchases, sales, grants,
    withholding, exercises and conversions are not reported early: they are due within two business days.
    Fix: Write form type 4.
    Silent: If a footnote of the row says that the report is voluntary, or mentions a stock purchase plan, a savings or
    deferral plan or dividends; on Form 5.
    """
    if not any(row.transaction_form_type == "5" for _path, row in filing.transactions()):
        return
    known = transaction_codes()
    voluntary = cache(lambda text: _VOLUNTARY.search(text) is not None)  # many lines share a footnote
    for path, row in filing.transactions():
        code = known.get(row.transaction_code.value or "")
        if row.transaction_form_type != "5" or code is None or code.form_type != "4":
            continue
        if not any(voluntary(text) for text in texts_of_row(filing, path)):
            yield Hit(
                (*path, "transaction_form_type"),
                f"Form Type is 5, but Transaction Code {code.code} is due on Form 4 within two business days",
                related=((*path, "transaction_code"),),
                fix=_typed(path, "4"),
            )


def _typed(path: Path, form_type: str) -> Fix:
    """The correction of a line's form type, which also clears the timeliness that depends on it."""
    edits = (Edit((*path, "transaction_form_type"), form_type), Edit((*path, "timeliness"), None))
    return Fix(f"Write form type {form_type}", edits, safe=True)


@rule(
    "TXN-029",
    "Early report without form type 5",
    Severity.NOTE,
    cite.FORM4_INSTR_8,
    when=When(forms="4", codes=due_on("5") | {"G"}),
)
def early_flag_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On Form 4, a transaction that may wait for Form 5 has form type 4: codes L, W, Z, and gifts received.

    Why: With form type 5, the form shows V, "voluntarily reported earlier than required".
    Fix: Write form type 5.
    Silent: For dispositions by gift on or after February 27, 2023, which are due on Form 4.
    """
    for path, row in filing.transactions():
        code, letter = row.transaction_code.value or "?", row.acquired_disposed.value
        if row.transaction_form_type == "4" and (code in due_on("5") or (code == "G" and letter == "A")):
            what = "a gift received" if code == "G" else f"Transaction Code {code}"
            yield Hit(
                (*path, "transaction_form_type"),
                f"Form Type is 4, but {what} may wait for Form 5; form type 5 marks it V (early)",
                related=((*path, "transaction_code"),),
                fix=_typed(path, "5"),
            )


@rule(
    "TXN-006",
    "Equity swap without a description",
    Severity.WARNING,
    cite.FORM4_INSTR_8,
    cite.PRACTICE,
    when=When(has=("transaction",)),
)
@required(
    DESCRIPTION,
    "Equity Swap Involved is checked, but no footnote describes the swap",
    of=transactions,
    when=lambda row: row.equity_swap,
    at="equity_swap",
)
def swap_undescribed() -> None:
    """A line is marked as an equity swap but has no footnote.

    Why: The mark K appears beside the transaction code. In practice, a footnote gives the terms of the swap.
    Fix: Add a footnote with the terms, or clear the mark.
    Silent: With any footnote on the line, or any text in Remarks.
    """


@rule("TXN-010", "Transaction of 0 shares", Severity.WARNING, cite.PRACTICE, when=When(has=("transaction",)))
def no_shares(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The amount of a transaction is 0.

    Why: A transaction changes an amount, so a line of 0 shares is probably a mistake. This is general knowledge.
    Fix: Give the amount, or remove the line.
    Silent: If the amount has a footnote.
    """
    for path, row in filing.transactions():
        if row.amount.value == 0 and not row.amount.footnotes:
            yield Hit(
                (*path, "amount"), "Amount is 0; give the number acquired or disposed of, or remove the line"
            )


@rule(
    "TXN-030",
    "Timeliness not allowed for the form type on Form 4",
    Severity.SUSPENSE,
    cite.SPEC_4_3_8,
    when=When(forms="4", has=("transaction",)),
)
def timeliness_on_form_4(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On Form 4, a row of form type 4 has a timeliness, or a row of form type 5 has L.

    Why: With form type 4, timeliness must be blank; with form type 5, it must be blank or E. EDGAR suspends any other
    combination.
    Fix: Clear the timeliness.
    Silent: On Form 5 (see F5-005).
    """
    yield from _untimely(filing, "4")


@rule(
    "F5-005",
    "Timeliness E on Form 5",
    Severity.SUSPENSE,
    cite.SPEC_4_3_8,
    when=When(forms="5", has=("transaction",)),
)
def timeliness_on_form_5(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A transaction on Form 5 has timeliness E (early).

    Why: On Form 5 EDGAR accepts L (late) or no timeliness; nothing on it is early.
    Fix: Clear the timeliness, or write L for a transaction that should have been reported before.
    Silent: On Form 4 (see TXN-030).
    """
    yield from _untimely(filing, "5")


def _untimely(filing: Filing, base: str) -> Iterator[Hit]:
    table = timeliness()
    for path, row in filing.transactions():
        value = row.timeliness.value
        known = table.get((base, row.transaction_form_type or ""))
        # Any other letter is malformed, which the schema layer reports.
        if value in ("E", "L") and known is not None and value not in known.allowed:
            allowed = " or ".join([*sorted(known.allowed), "blank"])
            yield Hit(
                (*path, "timeliness"),
                f"Timeliness is {value}; for Form Type {known.form_type} on Form {base} it must be {allowed}",
                related=((*path, "transaction_form_type"),),
            )


RULES: Final[tuple[Rule, ...]] = (
    coding_absent,
    table_2_code_in_table_1,
    free_purchase_or_sale,
    other_transaction_undescribed,
    insider_code_for_outsider,
    gift_deferred,
    early_flag_on_form_4_item,
    timeliness_on_form_4,
    timeliness_on_form_5,
    early_flag_missing,
    swap_undescribed,
    no_shares,
)
