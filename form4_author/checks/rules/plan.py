"""The Rule 10b5-1(c) box and what the text says about plans.

Sources: Form 4 General Instruction 10 (Release 33-11138, in force for transactions from 27 February 2023 and filings
from 1 April 2023); the staff's interpretation of August 2023 that the box is for plans under the amended rule only;
EDGAR Ownership XML Technical Specification 5.5, section 3.5.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.wording import dates_in, mentions_date, mentions_plan, says_made_under_plan
from form4_author.findings import Hit, Severity
from form4_author.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.model.filing import Filing

__all__ = ["RULES"]

_AMENDED: Final = date(2023, 2, 27)
"""The day the amended rule took effect; the box is not for older plans."""
_BEFORE: Final = Pattern(r"\b(?:prior to|before|prior version|former rule|grandfather)", re.IGNORECASE)


@rule("PLN-002", "Rule 10b5-1(c) box on Form 3", Severity.WARNING, cite.SPEC_3_5)
def box_on_form_3(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 3 answers whether a transaction was made under a Rule 10b5-1(c) plan.

    Why: Form 3 reports no transaction and has no such box; the specification calls the field not applicable.
    Fix: Leave it out.
    Silent: On Forms 4 and 5.
    Rejected: @form3: aff10b5_one = false
    Accepted: @form3: remarks = None.
    """
    if filing.base == "3" and filing.aff10b5_one is not None:
        yield Hit(("aff10b5_one",), f"Rule 10b5-1(c) box is not used on Form {filing.form}; remove it")


@rule("PLN-003", "No explanation beside the Rule 10b5-1(c) box", Severity.ERROR, cite.FORM4_INSTR_10)
def plan_unexplained(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The Rule 10b5-1(c) box is ticked, and the form has neither a footnote nor remarks.

    Why: The instruction asks for the plan's date of adoption in the Explanation of Responses.
    Fix: Add a footnote such as "Effected under a Rule 10b5-1 plan adopted by the reporting person on March 3, 2026."
    Silent: When there is any footnote or remark (see PLN-011).
    Rejected: aff10b5_one = true; footnotes = []; non_derivative[0].amount = 7007
    Accepted: @plan: aff10b5_one = true
    """
    if (
        filing.aff10b5_one
        and filing.base in ("4", "5")
        and not filing.footnotes
        and not (filing.remarks or "").strip()
    ):
        yield Hit(
            ("aff10b5_one",),
            "Rule 10b5-1(c) box is ticked, but no footnote or remark gives the date the plan was adopted",
        )


@rule("PLN-011", "No adoption date of the plan", Severity.WARNING, cite.FORM4_INSTR_10)
def adoption_date_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The Rule 10b5-1(c) box is ticked, and no text about the plan gives a date.

    Why: The instruction asks for the plan's date of adoption in the Explanation of Responses.
    Fix: Add the date to the footnote about the plan.
    Silent: When a text that mentions Rule 10b5-1, a plan or an instruction names a date, in any spelling.
    Rejected: @plan: footnotes[0].text = Effected under a Rule 10b5-1 plan.
    Accepted: @plan: footnotes[0].text = Effected under a 10b5-1(c) plan dated 3/3/2026.
    """
    if not filing.aff10b5_one or filing.base not in ("4", "5"):
        return
    texts = [text for text in (*(note.text for note in filing.footnotes), filing.remarks) if text]
    if texts and not any(_is_about_plan(text) and mentions_date(text) for text in texts):
        yield Hit(
            ("aff10b5_one",),
            "Rule 10b5-1(c) box is ticked, but no text about the plan gives the date it was adopted",
        )


_PLAN_WORDS: Final = ("plan", "instruction", "contract", "arrangement", "adopted", "election", "authoriz")


def _is_about_plan(text: str) -> bool:
    return mentions_plan(text) or any(word in text.lower() for word in _PLAN_WORDS)


@rule(
    "PLN-004",
    "Plan in the text, box not ticked",
    Severity.WARNING,
    cite.FORM4_INSTR_10,
    cite.STAFF_PLAN_BOX,
    when=When(effective=_AMENDED),
)
def plan_without_box(filing: Filing, context: Context) -> Iterator[Hit]:
    """A text says that a transaction was made under a Rule 10b5-1 plan, and the box is not ticked.

    Why: The box is to be ticked for a transaction under a plan meant to satisfy Rule 10b5-1(c) as amended.
    Fix: Tick the box and give the date of adoption, or say in the text that the plan is older than 27 February 2023.
    Silent: When the text names a date before 27 February 2023 or says that the plan is older, or does not plainly
    say that the transaction was made under the plan; in editions without the box.
    Rejected: @plan: aff10b5_one = false
    Accepted: @plan: aff10b5_one = false; footnotes[0].text = Effected under a Rule 10b5-1 plan adopted May 2, 2022.
    """
    if filing.aff10b5_one is not False or not context.edition.has_plan_box or filing.base not in ("4", "5"):
        return
    for index, note in enumerate(filing.footnotes):
        text = note.text or ""
        if mentions_plan(text) and says_made_under_plan(text) and not _is_old(text):
            yield Hit(
                ("aff10b5_one",),
                f"Footnote {note.id} says that a transaction was made under a Rule 10b5-1 plan, but the "
                f"Rule 10b5-1(c) box is not ticked; tick it unless the plan is older than {_AMENDED}",
                related=(("footnotes", index, "text"),),
            )
            return


def _is_old(text: str) -> bool:
    days = list(dates_in(text))
    if any(day < _AMENDED for day in days):
        return True
    return _BEFORE.search(text) is not None and (not days or _AMENDED in days)


RULES: Final[tuple[Rule, ...]] = (box_on_form_3, plan_unexplained, plan_without_box, adoption_date_missing)
