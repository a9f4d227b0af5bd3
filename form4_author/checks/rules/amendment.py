"""Amendments, checked without the original, to which ``restatement`` compares them.

Sources: Form 4 General Instruction 9; box 4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.earlier import forms_before
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_FEWEST: Final = 4
"""Words of remarks that count as an explanation."""
_EXPLAINS: Final = Pattern(
    r"amend|adjust|correct|omit|omission|inadvertent|error|mistake|restat|revis|replac|supersed|supplement|clarif"
    r"|incorrect"
    r"|originally|original (?:form|filing|report)|previous(?:ly)? (?:filed|reported)|re-?fil|fail\w* to|typographical"
    r"|solely to|purpose of|should have|did not (?:include|reflect|report)|\bto reflect\b|\bwrong|left out"
    r"|\badd(?:s|ed|ing)?\b"
    r"|\bchang(?:e|es|ed|ing)\b|\bmiss(?:ed|ing)\b|delet|remov|inaccura|instead of|\bupdat",
    re.IGNORECASE,
)


@rule(
    "AMD-002",
    "Impossible date of the original filing",
    Severity.WARNING,
    cite.FORM4_INSTR_9,
    cite.PRACTICE,
    when=When(has=("amendment",)),
)
def original_date_impossible(filing: Filing, context: Context) -> Iterator[Hit]:
    """The date of the original filing is in the future or, on Form 4, before the earliest transaction.

    Why: An original cannot be filed after its amendment, nor a Form 4 before its transaction. This follows from the
    dates; no rule says it.
    Fix: Give the date on which EDGAR received the original. Filers often enter the transaction date by mistake.
    Silent: On Forms 3 and 5, for the second part: they may be filed early.
    """
    original, period = filing.date_of_original_submission, filing.period_of_report
    if original is None or not filing.is_amendment:
        return
    path = ("date_of_original_submission",)
    if original > context.as_of:
        yield Hit(path, f"Date Original Filed is {original}, after {context.as_of}, the date of this check")
    elif filing.base == "4" and period is not None and original < period:
        yield Hit(
            path,
            f"Date Original Filed is {original}, before Date of Earliest Transaction {period}",
            related=(("period_of_report",),),
        )


@rule(
    "AMD-003",
    "Amendment without an explanation",
    Severity.WARNING,
    cite.FORM4_INSTR_9,
    when=When(has=("amendment",)),
)
def amendment_unexplained(filing: Filing, context: Context) -> Iterator[Hit]:
    """No footnote or remark of an amendment says what it changes.

    Why: An amendment restates the affected lines. A reader cannot see what changed unless the form says so.
    Fix: Add a footnote or remark such as "This amendment corrects the number of shares sold."
    Silent: When any text mentions amending, correcting, omitting, an error or the original filing; when the remarks
    have four words or more; when a footnote is attached to the title of every line; or, where the original is known,
    when any text is new.
    """
    if filing.is_amendment and not _is_explained(filing, context):
        yield Hit(("remarks",), "No footnote or remark says what this amendment changes")


def _is_explained(filing: Filing, context: Context) -> bool:
    texts = {text for text in (*filing.footnote_texts().values(), filing.remarks) if text and text.strip()}
    if any(_EXPLAINS.search(text) for text in texts) or len((filing.remarks or "").split()) >= _FEWEST:
        return True
    titles = [set(row.security_title.footnotes) for _path, row in filing.rows()]
    if titles and set.intersection(*titles):
        return True
    original = next(
        (
            prior.filing
            for prior in forms_before(filing, context)
            if prior.day == filing.date_of_original_submission
        ),
        None,
    )
    return original is not None and bool(texts - {*original.footnote_texts().values(), original.remarks})


RULES: Final[tuple[Rule, ...]] = (original_date_impossible, amendment_unexplained)
