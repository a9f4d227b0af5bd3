"""The form compared with the person's earlier filings for the issuer.

Sources: Form 4 General Instructions 3(a)(i) and 4(a)(i), with its note that deferred items may be left out of the
total; Rules 16a-2(a), 16a-3(b), 16a-3(f) and 16b-3(f). All need the history, and report nothing where it has no earlier
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
    "Total does not follow from the last filing",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", needs=_ASKS),
)
def total_against_history(filing: Filing, context: Context) -> Iterator[Hit]:
    """In Table I a line's total does not follow from its last reported total and the transactions of this form.

    Why: The total continues from the last reported one, except for items that may be deferred to Form 5.
    Fix: Correct the total, or say in a footnote what changed in between.
    Silent: For lines without an earlier total, or under a different title there (HLD-027); when a footnote or remark
    mentions plans, dividends, splits, transfers or similar causes; on amendments and joint filings; for one share, or
    an adjustment. Where the last filing does not show which of its totals is final, for what follows from any of
    them.
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
    """The hit, with the adjustments of the line since then."""
    path, _row, change, total = first
    return Hit(
        (*path, "amount_owned_following"),
        f"Amount Owned Following Transaction(s) is {grouped(total)}; {grouped(last.total)} on {prior_words(last.prior)}"
        f"{adjustment_words(since)} {signed_words(change)} gives {grouped(last.total + moved + change)}{last.doubt}",
        related=((*path, "amount"),),
    )


@rule(
    "HLD-014",
    "Other holdings of the class omitted",
    Severity.WARNING,
    cite.FORM4_INSTR_3A_I,
    cite.FORM4_INSTR_4A_I,
    when=When(forms="4", needs=_ASKS),
)
def lines_left_out(filing: Filing, context: Context) -> Iterator[Hit]:
    """The last filing shows other holdings of a class with a transaction here, and this form omits them.

    Why: For each class in which a transaction is reported, the form reports all holdings of the class.
    Fix: Add a holding for each.
    Silent: For holdings of 0, or possibly 0 where the last filing does not show which of its totals is final; when
    the last filing is more than a year old; on amendments and joint filings.
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
            how = "direct" if line.form == "D" else f"indirect, {line.nature or 'no nature given'}"
            yield Hit(
                ("non_derivative",),
                f"{prior_words(reported.prior)} shows {grouped(reported.total)} of {reported.title} on a separate line"
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


@rule(
    "F3-008",
    "Second Form 3 for the same issuer",
    Severity.NOTE,
    cite.RULE_16A_3B,
    when=When(forms="3", needs=_ASKS),
)
def second_form_3(filing: Filing, context: Context) -> Iterator[Hit]:
    """The person has already filed a Form 3 for this issuer.

    Why: A new class or a new role needs no Form 3 while the person remains subject to Section 16.
    Fix: Check whether it is due.
    Silent: On amendments; when a filing in between checks the exit box.
    """
    first: PriorFiling | None = None
    for prior in forms_before(filing, context):
        if prior.filing.base == "3" and not prior.filing.is_amendment:
            first = prior
        if prior.filing.not_subject_to_section16:
            first = None
    if first is not None and not filing.is_amendment:
        yield Hit(
            ("form",), f"{prior_words(first)} was already filed for this issuer; a second one is rarely due"
        )


@rule(
    "F5-008", "Form 5 may not be required", Severity.NOTE, cite.RULE_16A_3F, when=When(forms="5", needs=_ASKS)
)
def form_5_not_needed(filing: Filing, context: Context) -> Iterator[Hit]:
    """An earlier filing already reports every transaction of a Form 5.

    Why: By general knowledge of Rule 16a-3(f), no Form 5 is due when everything has been reported; the issuer then
    wants a written statement to that effect.
    Fix: Check whether the form is due.
    Silent: When any transaction is new.
    """
    reported = {
        _identity(row)
        for prior in forms_before(filing, context)
        for _path, row in prior.filing.transactions()
    }
    rows = filing.transactions()
    if rows and all(_identity(row) in reported for _path, row in rows):
        yield Hit(("non_derivative",), "Every transaction is already reported; a Form 5 may not be due")


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
    "Year-end total differs from the last filing",
    Severity.WARNING,
    cite.FORM5_COLUMN_5,
    when=When(forms="5", needs=_ASKS),
)
def year_end_total_differs(filing: Filing, context: Context) -> Iterator[Hit]:
    """A Form 5 holding's total is not the one on the last filing before the end of the fiscal year.

    Why: The column asks for the amount owned at the end of the issuer's fiscal year.
    Fix: Correct the total, or say in a footnote what changed.
    Silent: For holdings with a transaction on this form, or without an earlier total; with any footnote on the total;
    for any of several totals on the last filing, where that filing does not show which one is final.
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


@rule(
    "F5-010",
    "First Form 5 covers two fiscal years",
    Severity.NOTE,
    cite.RULE_16A_3F,
    when=When(forms="5", needs=_ASKS),
)
def first_form_5(filing: Filing, context: Context) -> Iterator[Hit]:
    """The person's filings include no earlier Form 5, and the oldest is of the last fiscal year.

    Why: By general knowledge of Rule 16a-3(f), a new insider's first Form 5 covers two fiscal years.
    Fix: Check the prior year for items that were not reported.
    Silent: With an earlier Form 5; when the oldest filing is more than a year before the end of the fiscal year.
    """
    before = forms_before(filing, context)
    end = filing.period_of_report
    if not before or end is None or any(prior.filing.base == "5" for prior in before):
        return
    oldest = before[0].day
    if oldest is not None and 0 <= (end - oldest).days <= 366:
        yield Hit(
            ("period_of_report",),
            f"The first known filing is of {oldest}; a first Form 5 covers two fiscal years",
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
