"""Transactions that need a different code, a different line or no line at all.

Sources: the printed definitions of the codes; Form 4 General Instruction 4(c)(i); Rules 16a-1(c), 16a-4(d), 16a-9,
16a-11, 16a-12 and 16b-3(c). A form does not show whether an exemption applies, so rules about exemptions are notes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.checks.shape import NOTES, table_2, text_matches
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_SOURCES: Final = frozenset("AMXC")
"""Codes whose shares may be withheld from."""
_NETTED: Final = frozenset("MX")
"""Codes of TXN-042; a conversion (C) has no withholding, and an out-of-the-money exercise (O) has no gain."""
_ENDED: Final = frozenset("DJH")
"""Codes under which filers report that a long position expired."""
_UNSURE: Final = frozenset("JADGL")
"""Codes with which filers report transactions that need not be reported."""
_EXEMPT: Final = (
    (
        "a stock split or stock dividend (Rule 16a-9)",
        Pattern(r"\b(?:stock|share|forward|reverse|\w+-for-\w+)\s+(?:split|dividend)", re.IGNORECASE),
    ),
    (
        "dividend reinvestment (Rule 16a-11)",
        Pattern(r"\bdividend\s+re-?investment|re-?investment of (?:cash )?dividends", re.IGNORECASE),
    ),
    (
        "a domestic relations order (Rule 16a-12)",
        Pattern(r"\bdomestic relations order|divorce (?:decree|settlement)", re.IGNORECASE),
    ),
    (
        "a plan under Section 401(k) or 423 (Rule 16b-3(c))",
        Pattern(r"\b401\(k\) (?:plan )?(?:contribution|deferral)s?|\bsection 423\b", re.IGNORECASE),
    ),
)
_ADJUSTED: Final = Pattern(
    r"\badjust|reflect|as a result of|prior to the|after giving effect|pre-split|post-split", re.IGNORECASE
)
_NET: Final = Pattern(
    r"\bnet[- ](?:exercise|settle|share)|\bexercised on a net basis|cashless(?:ly)? exercise", re.IGNORECASE
)
_WORTHLESS: Final = Pattern(
    r"expired? (?:unexercised|worthless|without value|by its terms|in accordance with)"
    r"|expired without being exercised"
    r"|\b(?:forfeit|cancel|terminat|lapse)\w*",
    re.IGNORECASE,
)
_FOR_VALUE: Final = Pattern(
    r"\$|(?<!no )\bconsideration|\b(?:cash|exchang|merger|assum|substitut|replac|convert|conversion|repric"
    r"|new (?:option|award)|tax|withh"
    r"|receive|pay|paid|entitle|vested and|surrender|settle)\w*",
    re.IGNORECASE,
)
"""Words of an expiration or cancellation that may have been for value."""
_WRITTEN: Final = Pattern(r"\b(?:written|wrote|short|sold|obligation)\b", re.IGNORECASE)
_FLOATING: Final = Pattern(
    r"(?:exercise|conversion) price (?:is not fixed|will be determined|floats|is variable|varies)"
    r"|\bfloating (?:exercise|conversion)",
    re.IGNORECASE,
)
_EXCLUDED: Final = (
    ("a right to have shares withheld for tax", Pattern(r"\b(?:tax )?withholding right", re.IGNORECASE)),
    (
        "a right of a pledgee",
        Pattern(r"\bpledge(?:e|d)? (?:right|agreement)|\bright of (?:a |the )?pledgee", re.IGNORECASE),
    ),
    (
        "a right in a merger",
        Pattern(r"\bright to receive (?:the )?merger consideration|\bmerger right", re.IGNORECASE),
    ),
    ("an interest in a broad-based index", Pattern(r"\bindex (?:option|future|fund)s?\b", re.IGNORECASE)),
    ("a right to participate in a plan", Pattern(r"\bright to participate in\b.{0,60}\bplan", re.IGNORECASE)),
    ("an over-allotment option", Pattern(r"\bover-?allotment|\bgreen ?shoe", re.IGNORECASE)),
)


@rule(
    "TXN-015",
    "Shares withheld with no related event",
    Severity.NOTE,
    cite.FORM_CODES,
    when=When(codes=frozenset("F")),
)
def withholding_without_source(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Shares were withheld (code F), but neither a line of that day nor a footnote shows the related award or exercise.

    Why: Code F is for payment of an exercise price or tax incident to the receipt, exercise or vesting of a security.
    Fix: Name the award in a footnote, or add the line of the exercise or grant.
    Silent: With any footnote on the line or text in Remarks; with a line of that day with code A, M, X or C.
    """
    if (filing.remarks or "").strip():
        return
    days = {
        row.transaction_date.value
        for _path, row in filing.transactions()
        if row.transaction_code.value in _SOURCES
    }
    for path, row in filing.transactions():
        if row.transaction_code.value != "F" or row.transaction_date.value in days:
            continue
        if not texts_of_row(filing, path):
            yield Hit(
                (*path, "transaction_code"),
                f"Shares were withheld on {row.transaction_date.value}; name the award in a footnote or add its line",
            )


@rule(
    "TXN-034",
    "Transaction that may be exempt from reporting",
    Severity.NOTE,
    cite.RULE_16A_9,
    cite.RULE_16A_11,
    cite.RULE_16A_12,
    cite.RULE_16B_3,
    cite.STAFF_SECTION_403,
    when=When(words=("split", "dividend", "domestic relations", "divorce", "401(k)", "section 423")),
)
def perhaps_not_reportable(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote of a transaction mentions an event that the rules exempt from reporting.

    Why: Stock splits, stock dividends, dividend reinvestment, domestic relations orders and tax-conditioned plans may
    be exempt from reporting.
    Fix: Remove the line and adjust the total, with a footnote. The line may also be left on the form.
    Silent: For purchases and sales; if the text only says that numbers were adjusted.
    """
    exempt = cache(_exempt)  # many lines share a footnote
    for path, row in filing.transactions():
        if row.transaction_code.value not in _UNSURE:
            continue
        for text in texts_of_row(filing, path):
            what = exempt(text)
            if what is not None and not _ADJUSTED.search(text):
                yield Hit(
                    (*path, "transaction_code"),
                    f"A footnote of the line mentions {what}, which may not need a line",
                )
                break


def _exempt(text: str) -> str | None:
    """The event that a text mentions and the rules exempt; None where there is none."""
    return next((what for what, pattern in _EXEMPT if pattern.search(text)), None)


@rule(
    "TXN-042",
    "Net exercise without the shares withheld",
    Severity.WARNING,
    cite.FORM4_INSTR_4C_I,
    when=When(codes=_NETTED, words=("net ", "net-", "cashless")),
)
def exercise_netted(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On a net exercise, Table I shows fewer shares acquired than exercised, and no line for the shares withheld.

    Why: The exercise is reported gross. The shares withheld are a separate disposition, with code F (or D or S).
    Fix: Report all shares of the exercise, and the shares withheld on a separate line.
    Silent: If the numbers agree, or if a line of that day is a disposition of shares.
    """
    if not _NET.search(filing.prose()):
        return
    for path, row in filing.transactions():
        code, day = row.transaction_code.value, row.transaction_date.value
        if path[0] != "non_derivative" or code not in _NETTED or row.acquired_disposed.value != "A":
            continue
        exercised = [
            other.underlying_amount.value
            for other in filing.derivative
            if other.transaction_code.value == code and other.transaction_date.value == day
        ]
        disposed = any(
            other.acquired_disposed.value == "D" and other.transaction_date.value == day
            for other in filing.non_derivative
        )
        shares = row.amount.value
        if (
            disposed
            or shares is None
            or len(exercised) != 1
            or exercised[0] is None
            or shares >= exercised[0]
        ):
            continue
        yield Hit(
            (*path, "amount"),
            f"{shares:,f} shares are acquired of {exercised[0]:,f} exercised; report the {exercised[0] - shares:,f}"
            " withheld with code F",
        )


@rule(
    "DRV-021",
    "Expiration or cancellation without value reported",
    Severity.NOTE,
    cite.RULE_16A_4,
    when=When(codes=_ENDED, words=("expire", "forfeit", "cancel", "terminat", "lapse")),
)
def worthless_expiration(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A long derivative position that expired, or was forfeited or canceled, without value is reported.

    Why: By general knowledge, Rule 16a-4(d) exempts the expiration or cancellation of a long position for no value.
    Fix: You may omit the line; the total on the next form then excludes the units or options.
    Silent: At a price; for a position that was written or sold short; when a footnote mentions anything received.
    """
    for path, row in filing.transactions():
        if path[0] != "derivative" or row.transaction_code.value not in _ENDED or row.price.value:
            continue
        texts = texts_of_row(filing, path)
        short = any(_WRITTEN.search(text) for text in (row.security_title.value or "", *texts))
        if (
            not short
            and any(_WORTHLESS.search(t) for t in texts)
            and not any(_FOR_VALUE.search(t) for t in texts)
        ):
            yield Hit(
                (*path, "transaction_code"),
                "A long position expired or canceled without value need not be reported (Rule 16a-4(d))",
            )


@rule(
    "DRV-024",
    "Derivative security without a fixed price",
    Severity.NOTE,
    cite.RULE_16A_1C,
    when=When(words=("floating", "not fixed", "will be determined", "floats", "variable", "varies")),
)
@text_matches(
    NOTES,
    _FLOATING.search,
    "A footnote says that the price floats; until it is fixed, this is not a derivative security",
    of=table_2,
    when=lambda row: row.exercise_price.value is None,
    at="exercise_price",
)
def price_not_fixed() -> None:
    """A footnote to a line in Table II says that the exercise or conversion price floats.

    Why: A right without a fixed price is not a derivative security until the price is fixed (Rule 16a-1(c)(6)).
    Fix: Check whether the right is reportable yet.
    Silent: When column 2 gives a price.
    """


@rule(
    "DRV-025",
    "Right excluded from the definition of derivative securities",
    Severity.NOTE,
    cite.RULE_16A_1C,
    when=When(has=("table_2",)),
)
def excluded_right(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A title in Table II describes a right that Rule 16a-1(c) excludes.

    Why: The rule excludes withholding rights, pledges, merger rights, broad-based indexes, rights to participate in a
    plan and over-allotment options.
    Fix: Check whether the line is needed.
    Silent: For every other title.
    """
    for index, row in enumerate(filing.derivative):
        title = row.security_title.value or ""
        what = next((what for what, pattern in _EXCLUDED if pattern.search(title)), None)
        if what is not None:
            yield Hit(
                ("derivative", index, "security_title"),
                f'"{title}" seems to be {what}, not a derivative security under Rule 16a-1(c)',
            )


RULES: Final[tuple[Rule, ...]] = (
    withholding_without_source,
    perhaps_not_reportable,
    exercise_netted,
    worthless_expiration,
    price_not_fixed,
    excluded_right,
)
