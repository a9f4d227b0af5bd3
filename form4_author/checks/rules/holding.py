"""Lines compared with each other: duplicate holdings and lines, and changes of form only.

Sources: the reminder below Table I ("a separate line for each class"); Form 4 General Instruction 4(a)(i); Rule 16a-13.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.findings import Hit, Severity
from form4_author.ledger.title import class_of
from form4_author.model.table import DerivativeRow
from form4_author.text import Pattern, folded, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_MOVED: Final = frozenset("JGSPA")
"""Codes under which filers report a change of form (TXN-035)."""


def _line(row: Row) -> tuple[object, ...]:
    """What identifies a holding: class, form and nature of ownership, and in Table II the terms."""
    terms: tuple[object, ...] = ()
    if isinstance(row, DerivativeRow):
        terms = (row.exercise_price, row.date_exercisable, row.expiration_date, row.underlying_amount)
    notes = (row.security_title.footnotes, row.nature_of_ownership.footnotes)
    return (
        class_of(row.security_title.value),
        row.ownership_form.value,
        folded(row.nature_of_ownership.value),
        notes,
        terms,
    )


def _figures(row: Row) -> tuple[object, ...]:
    """What identical lines have in common and few others do."""
    return row.amount.value, row.amount_owned_following.value


@rule(
    "HLD-012", "Duplicate holding", Severity.WARNING, cite.FORM4_TABLE_1_REMINDER, when=When(has=("holding",))
)
def holding_given_twice(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Two holdings have the same class, form and nature of ownership.

    Why: The form asks for one line for each class and each form of ownership.
    Fix: Add them together on one line, or distinguish the holders.
    Silent: For holdings that footnotes distinguish; in joint filings; in Table II, for different terms; without a
    title.
    """
    if len(filing.owners) > 1:
        return
    seen: dict[tuple[object, ...], Path] = {}
    for path, row in filing.rows():
        if row.is_transaction or not row.security_title.value or row.amount_owned_following.footnotes:
            continue
        first = seen.setdefault((path[0], *_line(row)), path)
        if first != path:
            yield Hit(
                path,
                f'A second holding has the same class, "{row.security_title.value}", and ownership',
                related=(first,),
            )


@rule(
    "HLD-013",
    "Holding that repeats the total of a transaction",
    Severity.NOTE,
    cite.FORM4_TABLE_1_REMINDER,
    when=When(
        has=(
            "holding",
            "transaction",
            "table_1",
        )
    ),
)
def holding_redundant(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A holding has the same class, form and nature of ownership as a transaction.

    Why: The transaction already reports the total.
    Fix: Remove the holding, or distinguish its holder.
    Silent: For lines that footnotes distinguish; in joint filings; in Table II.
    """
    if len(filing.owners) > 1:
        return
    traded = {_line(row): path for path, row in filing.transactions() if path[0] == "non_derivative"}
    for path, row in filing.rows():
        total = row.amount_owned_following
        if not row.is_transaction and path[0] == "non_derivative" and not total.footnotes:
            first = traded.get(_line(row))
            if first is not None:
                yield Hit(
                    path,
                    "A transaction already reports the total of this holding; remove the holding",
                    related=(first,),
                )


@rule(
    "TXN-035",
    "Change only in the form of ownership, reported as a transaction",
    Severity.NOTE,
    cite.RULE_16A_13,
    when=When(codes=_MOVED),
)
def change_of_form(filing: Filing, _context: Context) -> Iterator[Hit]:
    """On one day, the same shares are disposed of directly and acquired indirectly, or the reverse.

    Why: A mere change in the form of beneficial ownership is exempt (Rule 16a-13) if the pecuniary interest does not
    change.
    Fix: If the interest does not change, show only the new totals, with a footnote.
    Silent: For exercises; if the numbers, titles or days differ.
    """
    given: dict[tuple[object, ...], Path] = {}
    for path, row in filing.transactions():
        if row.transaction_code.value not in _MOVED or row.amount.value is None:
            continue
        same = (path[0], class_of(row.security_title.value), row.transaction_date.value, row.amount.value)
        letter, form = row.acquired_disposed.value, row.ownership_form.value
        other = given.get(
            (*same, {"A": "D", "D": "A"}.get(letter or ""), {"D": "I", "I": "D"}.get(form or ""))
        )
        given.setdefault((*same, letter, form), path)
        if other is not None:
            yield Hit(
                (*path, "transaction_code"),
                f"{grouped(row.amount.value)} shares change from {'direct' if form == 'I' else 'indirect'} to"
                f" {'indirect' if form == 'I' else 'direct'} ownership; that may be exempt (Rule 16a-13)",
                related=((*other, "transaction_code"),),
            )


@rule(
    "TXN-039",
    "Two identical transaction lines",
    Severity.WARNING,
    cite.PRACTICE,
    when=When(has=("transaction",)),
)
def line_given_twice(filing: Filing, _context: Context) -> Iterator[Hit]:
    """Two transaction lines are identical: title, date, code, amount, price, total and ownership.

    Why: The transaction was probably entered twice. This is general knowledge.
    Fix: Remove one line, or correct its total.
    Silent: If any cell or footnote differs.
    """
    if len(filing.transactions()) < 2:
        return
    keys = Counter(_figures(row) for _path, row in filing.transactions())
    seen: dict[Row, Path] = {}
    for path, row in filing.transactions():
        if keys[_figures(row)] < 2:
            continue
        first = seen.setdefault(row, path)
        if first != path:
            yield Hit(
                path, "This line is identical to a previous line; remove or correct one", related=(first,)
            )


_OTHERS: Final = Pattern(
    r"\bincludes?\b[^.;]{0,90}\b(?:held|owned|registered|in the name|beneficially)\b[^.;]{0,60}"
    r"\b(?:spouse|wife|husband|child(?:ren)?|sons?|daughters?|trusts?|partnership|llc|foundation)\b",
    re.IGNORECASE,
)
_OWN: Final = Pattern(r"\bjoint|\bunit|\bplan\b|\brabbi\b|community property|in common", re.IGNORECASE)


@rule(
    "HLD-032",
    "Direct total that includes others' shares",
    Severity.NOTE,
    cite.FORM4_INSTR_4B_III,
    when=When(has=("footnotes",)),
)
def direct_total_of_others(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote says that the total of a direct holding includes shares of others.

    Why: Securities owned indirectly are reported on separate lines, with the nature of each. Whose they are is
    inferred from the text.
    Fix: Report them on separate lines with Ownership Form I, and exclude them from the direct total.
    Silent: For joint ownership, plans and units; for indirect holdings.
    """
    texts = filing.footnote_texts()
    rows = dict(filing.rows())
    for path, ids in filing.references():
        if path[-1] != "amount_owned_following" or rows[path[:2]].ownership_form.value != "D":
            continue
        found = next((words for id in ids if (words := _OTHERS.search(texts.get(id, "")))), None)
        if found is not None and not _OWN.search(found[0]):
            yield Hit(
                path,
                f'The total is of direct ownership, but a footnote says "{found[0]}"; report indirect ownership'
                f" on a separate line",
                related=((*path[:2], "ownership_form"),),
            )


_OTHER_PERSON: Final = Pattern(
    r"\birrevocable\b|\bchild(?:ren)?\b|\bfoundation\b|\bcharit(?:y|able)\b"
    r"|\b(?:former|ex)[- ](?:spouse|wife|husband)\b",
    re.IGNORECASE,
)
_ANNUITY: Final = Pattern(r"\bannuity\b|\bgrats?\b", re.IGNORECASE)


@rule(
    "HLD-033",
    "Rule 16a-13 cited for a line of a different person",
    Severity.NOTE,
    cite.RULE_16A_13,
    when=When(words=("16a-13",)),
)
def change_of_form_to_others(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A footnote cites Rule 16a-13 on a line of an irrevocable trust, children or a foundation.

    Why: The rule covers only a change in the form of ownership. What is given to others is a gift, code G, due in two
    business days. Who holds it is inferred from the text.
    Fix: Check whether the pecuniary interest changed; if it did, report a gift.
    Silent: For annuity trusts, and for lines that name no one else.
    """
    texts = filing.footnote_texts()
    rows = dict(filing.rows())
    for path, ids in filing.notes_of_rows().items():
        nature = rows[path].nature_of_ownership.value or ""
        notes = " ".join(texts.get(id, "") for id in ids)
        if "16a-13" in notes and _OTHER_PERSON.search(nature) and not _ANNUITY.search(f"{nature} {notes}"):
            yield Hit(
                (*path, "nature_of_ownership"),
                f'A footnote cites Rule 16a-13, and Nature of Indirect Beneficial Ownership is "{nature}"; a transfer'
                " that changes the pecuniary interest is a gift (code G)",
            )


RULES: Final[tuple[Rule, ...]] = (
    holding_given_twice,
    holding_redundant,
    change_of_form,
    line_given_twice,
    direct_total_of_others,
    change_of_form_to_others,
)
