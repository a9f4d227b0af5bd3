"""The form against the person's earlier forms with the issuer.

Sources: Form 4 General Instructions 3(a)(i) and 4(a)(i), with its note that deferred items may be left out of the
total; Rules 16a-2(a), 16a-3(b), 16a-3(f) and 16b-3(f). All need the history, and say nothing where it has no earlier
form.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.earlier import EXPLAINED, adjustment_words, forms_before, prior_words, signed_words
from form4_author.findings import Hit, Severity
from form4_author.ledger.continuation import goes_on, moved_lines, respelled
from form4_author.ledger.history import adjusted_since, last_reported
from form4_author.ledger.line import line_key
from form4_author.ledger.title import class_of
from form4_author.shortswing.window import window
from form4_author.text import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.ledger.continuation import Moved
    from form4_author.ledger.history import Reported
    from form4_author.model.facts import Adjustment, PriorFiling
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_ASKS: Final = ("history",)


@rule(
    "HLD-004",
    "Total against the last form",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", needs=_ASKS),
)
def total_against_history(filing: Filing, context: Context) -> Iterator[Hit]:
    """In Table I the total of a line does not follow from the last total reported for it and this form's transactions.

    Why: The total goes on from what was last reported, but for items that may wait for Form 5.
    Fix: Correct the total, or say in a footnote what changed in between.
    Silent: For lines without an earlier total, or under another title there (HLD-027); when a note or remark speaks of
    plans, dividends, splits, transfers or the like; on amendments and joint filings; for one share, or an adjustment.
    Where the last form does not show which of its totals is the last, for what follows from any.
    """
    if filing.is_amendment or len(filing.owners) > 1 or EXPLAINED.search(filing.prose()):
        return
    totals = last_reported(forms_before(filing, context), "non_derivative")
    for line, rows in moved_lines(filing).items():
        last = totals.get(line)
        if (
            last is None or last.prior.filing.is_amendment or respelled(rows, last)
        ):  # HLD-027: under another title
            continue
        since = adjusted_since(last, line, context.facts.adjustments or ())
        moved = sum((a.change for a in since), Decimal(0))
        if not goes_on(last.totals, rows, moved):
            yield _unfollowed(last, rows[0], since, moved)


def _unfollowed(last: Reported, first: Moved, since: Sequence[Adjustment], moved: Decimal) -> Hit:
    """The hit, with what moved the line since without a form."""
    path, _row, change, total = first
    return Hit(
        (*path, "amount_owned_following"),
        f"Amount Owned Following Transaction(s) is {grouped(total)}; {grouped(last.total)} on {prior_words(last.prior)}"
        f"{adjustment_words(since)} {signed_words(change)} gives {grouped(last.total + moved + change)}{last.doubt}",
        related=((*path, "amount"),),
    )


@rule(
    "HLD-014",
    "Other lines of the class left out",
    Severity.WARNING,
    cite.FORM4_INSTR_3A_I,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", needs=_ASKS),
)
def lines_left_out(filing: Filing, context: Context) -> Iterator[Hit]:
    """The last form shows other lines of the class that trades here, and this form leaves them out.

    Why: For each class in which a transaction is reported, all holdings of the class are.
    Fix: Add a holding line for each.
    Silent: For lines that were 0, or may have been, where the last form does not show which of its totals is the last;
    when the last form is older than a year; on amendments and joint filings.
    """
    before = forms_before(filing, context)
    forms = [prior for prior in before if prior.filing.base == "4" and not prior.filing.is_amendment]
    if filing.is_amendment or len(filing.owners) > 1 or not forms:
        return
    here = {line_key("non_derivative", row) for row in filing.non_derivative}
    classes = {
        class_of(row.security_title.value)
        for path, row in filing.transactions()
        if path[0] == "non_derivative"
    }
    last, period, totals = forms[-1], filing.period_of_report, last_reported(before, "non_derivative")
    if last.day is not None and period is not None and (period - last.day).days > 366:
        return
    for line in last_reported([last], "non_derivative"):
        reported = totals[line]
        if line.title in classes and line not in here and all(reported.totals):
            how = "direct" if line.form == "D" else f"indirect, {line.nature or 'nature not told'}"
            yield Hit(
                ("non_derivative",),
                f"{prior_words(reported.prior)} shows {grouped(reported.total)} of {reported.title} on another line"
                f" ({how}); this form does not{reported.doubt}",
            )


@rule(
    "ISS-011",
    "Trading symbol different from the last filing",
    Severity.NOTE,
    cite.PRACTICE,
    when=When(needs=_ASKS),
)
def symbol_changed(filing: Filing, context: Context) -> Iterator[Hit]:
    """The trading symbol differs from the one on the last filing about the issuer.

    Why: Trading symbols rarely change; this is general knowledge.
    Fix: Confirm the symbol.
    Silent: Without an earlier filing.
    """
    symbol = (filing.issuer.trading_symbol or "").strip()
    for prior in forms_before(filing, context)[-1:]:
        last = (prior.filing.issuer.trading_symbol or "").strip()
        if symbol and last and symbol.upper() != last.upper():
            yield Hit(
                ("issuer", "trading_symbol"),
                f'Trading Symbol is "{symbol}"; on {prior_words(prior)} it was "{last}"',
            )


@rule(
    "TXN-041",
    "Opposite discretionary transactions within six months",
    Severity.WARNING,
    cite.RULE_16B_3F,
    when=When(codes=frozenset("I"), needs=_ASKS),
)
def elections_too_close(filing: Filing, context: Context) -> Iterator[Hit]:
    """A discretionary transaction (code I) follows an opposite one within six months.

    Why: By general knowledge of Rule 16b-3(f), a discretionary transaction is exempt only if its election is at least
    six months after the last opposite election.
    Fix: Confirm whether the transaction may be matched under Section 16(b).
    Silent: Without an earlier transaction with code I.
    """
    earlier_rows = [
        (prior, row)
        for prior in forms_before(filing, context)
        for _path, row in prior.filing.transactions()
        if row.transaction_code.value == "I" and row.transaction_date.value is not None
    ]
    for path, row in filing.transactions():
        day, letter = row.transaction_date.value, row.acquired_disposed.value
        if row.transaction_code.value != "I" or day is None:
            continue
        for prior, other in earlier_rows:
            before = other.transaction_date.value
            opposite = {letter, other.acquired_disposed.value} == {"A", "D"}
            if before is not None and opposite and before <= day < window(before).mark:
                yield Hit(
                    (*path, "transaction_date"),
                    f"Discretionary transaction of {day} is {(day - before).days} days after the opposite one of"
                    f" {before} on {prior_words(prior)}",
                )
                break


@rule("F3-008", "Second Form 3", Severity.NOTE, cite.RULE_16A_3B, when=When(forms="3", needs=_ASKS))
def second_form_3(filing: Filing, context: Context) -> Iterator[Hit]:
    """The person has filed a Form 3 for this issuer before.

    Why: A new class or a new role needs none while the person stays subject to Section 16.
    Fix: See whether it is due.
    Silent: On amendments; when a form in between ticked the exit box.
    """
    first: PriorFiling | None = None
    for prior in forms_before(filing, context):
        if prior.filing.base == "3" and not prior.filing.is_amendment:
            first = prior
        if prior.filing.not_subject_to_section16:
            first = None
    if first is not None and not filing.is_amendment:
        yield Hit(
            ("form",), f"{prior_words(first)} was filed for this issuer already; a second one is rarely due"
        )


@rule(
    "F5-008", "Form 5 perhaps not needed", Severity.NOTE, cite.RULE_16A_3F, when=When(forms="5", needs=_ASKS)
)
def form_5_not_needed(filing: Filing, context: Context) -> Iterator[Hit]:
    """Every line of a Form 5 stands on an earlier form already.

    Why: By general knowledge of Rule 16a-3(f), no Form 5 is due when everything was reported; the issuer then wants a
    written statement to that effect.
    Fix: See whether it is due.
    Silent: When any line is new.
    """
    told = {
        _identity(row)
        for prior in forms_before(filing, context)
        for _path, row in prior.filing.transactions()
    }
    rows = filing.transactions()
    if rows and all(_identity(row) in told for _path, row in rows):
        yield Hit(("non_derivative",), "Every line was reported before; a Form 5 may not be due")


def _identity(row: Row) -> tuple[object, ...]:
    """What makes two lines report the same transaction."""
    return (
        class_of(row.security_title.value),
        row.transaction_date.value,
        row.transaction_code.value,
        row.amount.value,
        row.acquired_disposed.value,
    )


@rule(
    "F5-009",
    "Total at the end of the year against the last form",
    Severity.WARNING,
    cite.FORM5_COLUMN_5,
    when=When(forms="5", needs=_ASKS),
)
def year_end_total_differs(filing: Filing, context: Context) -> Iterator[Hit]:
    """On Form 5 a holding's total is not what the last form before the end of the fiscal year shows for the line.

    Why: The column asks for the amount owned at the end of the issuer's fiscal year.
    Fix: Correct the total, or say in a footnote what changed.
    Silent: For lines with a transaction on this form, or without an earlier total; with any footnote on the total; for
    any total that may be the last one, where that form does not show which is.
    """
    end = filing.period_of_report
    totals = last_reported(
        (p for p in forms_before(filing, context) if end is None or p.day is None or p.day <= end),
        "non_derivative",
    )
    traded = {line_key(str(path[0]), row) for path, row in filing.transactions()}
    for index, row in enumerate(filing.non_derivative):
        total, last = row.amount_owned_following, totals.get(line_key("non_derivative", row))
        if (
            row.is_transaction
            or last is None
            or line_key("non_derivative", row) in traded
            or total.value is None
            or total.footnotes
        ):
            continue
        if all(abs(total.value - each) > 1 for each in last.totals):
            yield Hit(
                ("non_derivative", index, "amount_owned_following"),
                f"Amount owned at the end of the fiscal year is {grouped(total.value)}; {prior_words(last.prior)} shows"
                f" {grouped(last.total)}{last.doubt}",
            )


@rule("F5-010", "First Form 5", Severity.NOTE, cite.RULE_16A_3F, when=When(forms="5", needs=_ASKS))
def first_form_5(filing: Filing, context: Context) -> Iterator[Hit]:
    """No earlier Form 5 is among the person's forms, and the oldest of them is of the last fiscal year.

    Why: By general knowledge of Rule 16a-3(f), the first Form 5 of a new insider looks back on two fiscal years.
    Fix: See whether the year before has items that were not reported.
    Silent: With an earlier Form 5; when the oldest form is older than a year before the end of the fiscal year.
    """
    before = forms_before(filing, context)
    end = filing.period_of_report
    if not before or end is None or any(prior.filing.base == "5" for prior in before):
        return
    oldest = before[0].day
    if oldest is not None and 0 <= (end - oldest).days <= 366:
        yield Hit(
            ("period_of_report",),
            f"The first form known is of {oldest}; a first Form 5 looks back on two fiscal years",
        )


@rule(
    "DAT-017",
    "First Form 4 within six months after the issuer went public",
    Severity.NOTE,
    cite.RULE_16A_2,
    when=When(forms="4", needs=("history", "issuer")),
)
def lookback_after_offering(filing: Filing, context: Context) -> Iterator[Hit]:
    """The issuer went public less than six months earlier, and this is the person's first Form 4.

    Why: By general knowledge of Rule 16a-2(a), a director or officer may also have to report transactions within six
    months before the first reported transaction.
    Fix: Confirm whether there was an opposite transaction before the offering.
    Silent: After six months; with an earlier Form 4; for persons who are only 10% owners.
    """
    issuer, first = context.facts.issuer, filing.period_of_report
    public = issuer.went_public if issuer is not None else None
    insider = any(owner.is_director or owner.is_officer for owner in filing.owners)
    if public is None or first is None or not insider or not public <= first < window(public).mark:
        return
    if not any(prior.filing.base == "4" for prior in forms_before(filing, context)):
        yield Hit(
            ("period_of_report",),
            f"The issuer went public on {public}, less than six months before {first}; transactions before that may be"
            f" reportable",
        )


RULES: Final[tuple[Rule, ...]] = (
    total_against_history,
    lines_left_out,
    symbol_changed,
    elections_too_close,
    second_form_3,
    form_5_not_needed,
    year_end_total_differs,
    first_form_5,
    lookback_after_offering,
)
