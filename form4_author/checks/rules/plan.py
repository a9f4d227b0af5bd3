"""The Rule 10b5-1(c) box and what the text says about plans.

Sources: Form 4 General Instruction 10 (Release 33-11138, in force for transactions from 27 February 2023 and filings
from 1 April 2023); the staff's interpretation of August 2023 that the box is for plans under the amended rule only;
EDGAR Ownership XML Technical Specification 5.5, section 3.5.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.reference import texts_of_row
from form4_author.checks.shape import NOTES, set_to, text_matches, transactions
from form4_author.checks.wording import (
    StatedDay,
    dates_in,
    mentions_date,
    mentions_plan,
    says_made_under_plan,
    sentences,
    stated_days,
)
from form4_author.codes import purchases_and_sales
from form4_author.findings import Hit, Severity
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.table import Row

__all__ = ["RULES"]

_AMENDED: Final = date(2023, 2, 27)
"""The day the amended rule took effect; the box is not for older plans."""
_BEFORE: Final = Pattern(r"\b(?:prior to|before|prior version|former rule|grandfather)", re.IGNORECASE)


@rule("PLN-002", "Rule 10b5-1(c) box on Form 3", Severity.WARNING, cite.SPEC_3_5, when=When(forms="3"))
def box_on_form_3(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A Form 3 says whether a transaction was made under a Rule 10b5-1(c) plan.

    Why: Form 3 reports no transaction and has no such box; the specification calls the field not applicable.
    Fix: Leave it out.
    Silent: On Forms 4 and 5.
    """
    if filing.base == "3" and filing.aff10b5_one is not None:
        yield Hit(("aff10b5_one",), f"Rule 10b5-1(c) box is not used on Form {filing.form}; remove it")


@rule(
    "PLN-003",
    "Rule 10b5-1(c) box checked without an explanation",
    Severity.ERROR,
    cite.FORM4_INSTR_10,
    when=When(forms="45", has=("plan_box",)),
)
def plan_unexplained(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The Rule 10b5-1(c) box is checked, and the form has neither a footnote nor remarks.

    Why: The instruction asks for the plan's date of adoption in the Explanation of Responses.
    Fix: Add a footnote such as "Effected under a Rule 10b5-1 plan adopted by the reporting person on March 3, 2026."
    Silent: When there is any footnote or remark (see PLN-011).
    """
    if (
        filing.aff10b5_one
        and filing.base in ("4", "5")
        and not filing.footnotes
        and not (filing.remarks or "").strip()
    ):
        yield Hit(
            ("aff10b5_one",),
            "Rule 10b5-1(c) box is checked, but no footnote or remark gives the date the plan was adopted",
        )


@rule(
    "PLN-011",
    "Adoption date of the plan missing",
    Severity.WARNING,
    cite.FORM4_INSTR_10,
    when=When(forms="45", has=("plan_box",)),
)
def adoption_date_missing(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The Rule 10b5-1(c) box is checked, and no text about the plan gives a date.

    Why: The instruction asks for the plan's date of adoption in the Explanation of Responses.
    Fix: Add the date to the footnote about the plan.
    Silent: When a sentence that mentions Rule 10b5-1, a plan or an instruction gives a date, in any spelling. A date
    in a sentence about an equity plan or an award agreement is that of the award.
    """
    texts = [text for text in (*(note.text for note in filing.footnotes), filing.remarks) if text]
    if texts and not any(_gives_date(sentence) for text in texts for sentence in sentences(text)):
        yield Hit(
            ("aff10b5_one",),
            "Rule 10b5-1(c) box is checked, but no text about the plan gives the date it was adopted",
        )


_PLAN_WORDS: Final = ("plan", "instruction", "contract", "arrangement", "adopted", "election", "authoriz")


_EQUITY_PLAN: Final = Pattern(
    r"\b(?:equity|incentive|stock|share|option|omnibus|award|compensation|bonus|retirement|savings|purchase"
    r"|reinvestment|performance|long[- ]term|benefit|inducement)\b(?:[\s,&\"'()-]+[\w.]+){0,6}?[\s\")(]+plans?\b"
    r"|\b(?:grant|award|exchange|purchase|merger|option|unit|stock|rsu)s? (?:\w+ )?agreement|\bplan of (?:merger"
    r"|reorg)",
    re.IGNORECASE,
)
_TRADING_PLAN: Final = Pattern(r"trading (?:plan|arrangement|program)|\binstructions?\b", re.IGNORECASE)


def _gives_date(sentence: str) -> bool:
    """Whether a sentence about a plan of trading names a date."""
    if not mentions_date(sentence):
        return False
    about_award = _EQUITY_PLAN.search(sentence) and not _TRADING_PLAN.search(sentence)
    return mentions_plan(sentence) or (_is_about_plan(sentence) and not about_award)


def _is_about_plan(text: str) -> bool:
    return mentions_plan(text) or any(word in text.lower() for word in _PLAN_WORDS)


@rule(
    "PLN-004",
    "Text mentions a Rule 10b5-1 plan, but the box is not checked",
    Severity.WARNING,
    cite.FORM4_INSTR_10,
    cite.STAFF_PLAN_BOX,
    when=When(effective=_AMENDED, forms="45", has=("footnotes",)),
)
def plan_without_box(filing: Filing, context: Context) -> Iterator[Hit]:
    """A text says that a transaction was made under a Rule 10b5-1 plan, but the box is not checked.

    Why: The box is for a transaction under a plan intended to satisfy Rule 10b5-1(c) as amended.
    Fix: Check the box and give the date of adoption, or say in the text that the plan was adopted before February 27,
    2023.
    Silent: When the text gives a date before February 27, 2023 or says that the plan is older, or does not clearly
    say that the transaction was made under the plan; in editions without the box.
    """
    if filing.aff10b5_one is not False or not context.edition.has_plan_box or filing.base not in ("4", "5"):
        return
    for index, note in enumerate(filing.footnotes):
        text = note.text or ""
        if mentions_plan(text) and says_made_under_plan(text) and not _is_old(text):
            yield Hit(
                ("aff10b5_one",),
                f"Footnote {note.id} says that a transaction was made under a Rule 10b5-1 plan, but the "
                f"Rule 10b5-1(c) box is not checked; check it unless the plan predates {_AMENDED}",
                related=(("footnotes", index, "text"),),
            )
            return


def _is_old(text: str) -> bool:
    days = list(dates_in(text))
    if any(day < _AMENDED for day in days):
        return True
    return _BEFORE.search(text) is not None and (not days or _AMENDED in days)


_ADOPTED: Final = Pattern(
    r"\b(?:adopt\w*|entered into|enter into|establish\w*|dated|executed on)\b", re.IGNORECASE
)
_NEXT_SENTENCE: Final = Pattern(r"(?<=[a-z0-9)][a-z0-9)])[.;]\s+(?=[A-Z])")  # not after an initial
_CHANGED: Final = Pattern(r"(?<!\bas )\b(?:amended|modified|restated|renewed)\b", re.IGNORECASE)
_CLAUSE_END: Final = Pattern(r"\b(?:adopted|entered into|established)\b", re.IGNORECASE)
"""A different event, whose date is not that of the change."""
_STAFF_SAID: Final = date(2023, 8, 25)
_REACH: Final = 90
"""Characters after such a word within which its date is looked for."""
_CHOSEN: Final = Pattern(
    r"reporting person\W+(?:has |had )?(?:selected|chose|chosen|directed|instructed|determined)\b[^.;]{0,40}"
    r"\b(?:date|day|time|execut)",
    re.IGNORECASE,
)
_DENIED: Final = Pattern(
    r"\bnot\b[^.;]{0,40}\b(?:pursuant|under|part of)\b[^.;]{0,40}\bplan\b", re.IGNORECASE
)
_GRANTS: Final = frozenset("AFM")
"""Codes of PLN-008: grants, withholdings and exercises, which hardly anyone makes under a plan."""
_BOX: Final = When(forms="45", edition="X0407", words=("10b5", "10b-5", "plan", "instruction", "contract"))


def _adopted(text: str) -> list[StatedDay]:
    """The days on which a text says a plan was adopted, entered into or dated."""
    return [stated for found in _ADOPTED.finditer(text) for stated in stated_days(_near(text, found.start()))]


def _near(text: str, start: int) -> str:
    """The text from there to the end of its sentence, or for as far as a date is looked for."""
    end = _NEXT_SENTENCE.search(text, start)
    return text[start : min(start + _REACH, end.start() if end else len(text))]


def _plan_texts(filing: Filing) -> Iterator[tuple[Path, str]]:
    """The texts that mention a Rule 10b5-1 plan."""
    for index, note in enumerate(filing.footnotes):
        if note.text and mentions_plan(note.text):
            yield ("footnotes", index, "text"), note.text
    if filing.remarks and mentions_plan(filing.remarks):
        yield ("remarks",), filing.remarks


@rule(
    "PLN-005",
    "Rule 10b5-1(c) box checked for a plan that predates the amended rule",
    Severity.WARNING,
    cite.STAFF_PLAN_BOX,
    when=_BOX._replace(has=("plan_box",)),
)
def box_for_old_plan(filing: Filing, context: Context) -> Iterator[Hit]:
    """The Rule 10b5-1(c) box is checked, and the only adoption date is before February 27, 2023.

    Why: The staff's position is that the box is for plans under the rule as amended on that date.
    Fix: Clear the box. A footnote may still mention the plan.
    Silent: When any adoption date is on or after that date, or the plan was amended or modified since; before the
    staff's statement of August 25, 2023.
    """
    if not filing.aff10b5_one or context.as_of < _STAFF_SAID:
        return
    adoptions = [(path, day) for path, text in _plan_texts(filing) for day in _adopted(text)]
    changed = any(
        _CHANGED.search(text) and any(day >= _AMENDED for day in dates_in(text))
        for _path, text in _plan_texts(filing)
    )
    if adoptions and not changed and all(_is_surely_old(day) for _path, day in adoptions):
        path, day = max(adoptions, key=lambda one: one[1])
        yield Hit(
            ("aff10b5_one",),
            f"Rule 10b5-1(c) box is checked, but the plan was adopted {day}, before {_AMENDED}",
            related=(path,),
        )


def _is_surely_old(stated: StatedDay) -> bool:
    """Whether the day is before that of the amended rule; of a month named alone, every day must be."""
    return stated.day < (_AMENDED if stated.whole else _AMENDED.replace(day=1))


@rule(
    "PLN-006",
    "Transaction within the cooling-off period",
    Severity.WARNING,
    cite.RULE_10B5_1,
    cite.STAFF_COOLING_OFF,
    when=_BOX._replace(effective=_AMENDED, has=("plan_box",)),
)
def within_cooling_off(filing: Filing, _context: Context) -> Iterator[Hit]:
    """A plan transaction is within 90 days (30 without a director or officer) after the plan's adoption or change.

    Why: A director or officer waits for the later of 90 days and two business days after the 10-Q or 10-K for the
    quarter of adoption, at most 120 days; others wait 30 days. The last day is within the period, as the staff counts
    (C&DI 120.29). A change of amount, price or timing is a new adoption (Rule 10b5-1(c)(1)(iv)).
    Fix: Check the dates of adoption or change and of the transaction.
    Silent: For plans adopted before February 27, 2023 and not changed since; when the text gives several dates of
    adoption.
    """
    insider = any(owner.is_director or owner.is_officer for owner in filing.owners)
    needed = 90 if insider else 30
    for path, row in filing.transactions():
        traded = row.transaction_date.value
        texts = [text for text in texts_of_row(filing, path) if mentions_plan(text)]
        since = _start(texts, traded) if traded is not None else None
        if traded is None or since is None or since[0].day < _AMENDED:
            continue
        waited = (traded - since[0].day).days
        if waited <= needed:
            yield Hit(
                (*path, "transaction_date"),
                f"Transaction Date is {traded}, {_waited(waited, *since)}; the cooling-off period runs through"
                f" {since[0].day + timedelta(days=needed)}, day {needed}, or longer",
                related=(("aff10b5_one",),),
            )


def _start(texts: Sequence[str], traded: date) -> tuple[StatedDay, str] | None:
    """What began the cooling-off period: the plan's last change, or its one adoption; None where that is open."""
    changed = [day for text in texts for day in _changes(text) if day.day <= traded]
    adopted = [day for text in texts for day in _adopted(text) if day not in changed]
    if changed:
        return max(changed), "change"
    return (adopted[0], "adoption") if len(set(adopted)) == 1 else None


def _changes(text: str) -> Iterator[StatedDay]:
    """The days on which a text says a plan was changed: those between such a word and the end of the clause."""
    for found in _CHANGED.finditer(text):
        clause = re.split(_CLAUSE_END.pattern, _near(text, found.start()), maxsplit=1, flags=re.IGNORECASE)[0]
        yield from list(stated_days(clause))[:1]


def _waited(count: int, since: StatedDay, what: str) -> str:
    """``69 days after the plan's adoption on 2023-03-15``; of a month alone, the most it can be."""
    if count < 0:
        return f"before the plan's {what} {since}"
    days = "1 day" if count == 1 else f"{count} days"
    return f"{'' if since.whole else 'at most '}{days} after the plan's {what} {since}"


@rule(
    "PLN-007",
    "No footnote identifies the transactions under the plan",
    Severity.WARNING,
    cite.PRACTICE,
    when=_BOX._replace(has=("plan_box",)),
)
def plan_lines_unmarked(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The Rule 10b5-1(c) box is checked, and none of several purchases and sales has a footnote about the plan.

    Why: The box is about a transaction; by practice a footnote identifies each line under the plan.
    Fix: Put the footnote about the plan on the lines made under it.
    Silent: With one purchase or sale; when any line has such a footnote; when the remarks cover all transactions.
    """
    trades = [
        path for path, row in filing.transactions() if row.transaction_code.value in purchases_and_sales()
    ]
    if len(trades) < 2 or any(
        word in (filing.remarks or "").lower() for word in ("all ", "each ", "transactions reported")
    ):
        return
    noted = any(
        _is_about_plan(text) for path, _row in filing.transactions() for text in texts_of_row(filing, path)
    )
    if not noted:
        yield Hit(
            ("aff10b5_one",),
            f"Rule 10b5-1(c) box is checked, but no footnote on the {len(trades)} purchases and sales says"
            " which were under the plan",
            related=tuple((*path, "transaction_code") for path in trades),
        )


@rule(
    "PLN-008",
    "Rule 10b5-1(c) box checked for grants, withholdings or exercises only",
    Severity.NOTE,
    cite.PRACTICE,
    when=When(forms="45", edition="X0407", codes=_GRANTS, has=("plan_box",)),
)
def plan_implausible(filing: Filing, _context: Context) -> Iterator[Hit]:
    """The Rule 10b5-1(c) box is checked, and every transaction is a grant, withholding or exercise.

    Why: Grants are not made under such a plan, and withholdings rarely are. This is general knowledge.
    Fix: Confirm or clear the box.
    Silent: With any purchase, sale, gift or other code.
    """
    codes = filing.transaction_codes()
    if filing.aff10b5_one and codes and codes <= _GRANTS:
        yield Hit(
            ("aff10b5_one",),
            f"Rule 10b5-1(c) box is checked, but the form has only Transaction Code {', '.join(sorted(codes))}",
        )


def _under_box(filing: Filing, _context: Context) -> tuple[tuple[Path, Row], ...]:
    """The transactions of a form whose Rule 10b5-1(c) box is checked."""
    return filing.transactions() if filing.aff10b5_one else ()


@rule(
    "PLN-009",
    "Deemed execution date on a line outside the plan",
    Severity.WARNING,
    cite.FORM4_INSTR_4A_II,
    when=_BOX._replace(has=("plan_box",)),
)
@text_matches(
    NOTES,
    _DENIED.search,
    "Deemed Execution Date is {row.deemed_execution_date.value}, but a footnote says that the line was not under the"
    " plan",
    of=_under_box,
    when=lambda row: row.deemed_execution_date.value is not None and row.transaction_code.value != "I",
    at="deemed_execution_date",
    fix=set_to("Clear the deemed execution date", "deemed_execution_date", None),
)
def deemed_date_outside_plan() -> None:
    """The box is checked, and a footnote says that a line with a deemed execution date was not under the plan.

    Why: The column is used only for plan trades and discretionary transactions (code I). Rule 16a-3(g)(2) also covers
    other contracts and instructions, so that the text of a footnote alone does not decide it.
    Fix: Clear the deemed execution date.
    Silent: For code I; when no footnote of the line denies the plan. Without the box or a plan: see DAT-007.
    """


@rule(
    "PLN-010",
    "Deemed execution date, though the person chose the trade date",
    Severity.WARNING,
    cite.RULE_16A_3G,
    when=_BOX._replace(has=("deemed",)),
)
@text_matches(
    NOTES,
    _CHOSEN.search,
    "Deemed Execution Date is {row.deemed_execution_date.value}, but the reporting person chose the trade date",
    of=transactions,
    when=lambda row: row.deemed_execution_date.value is not None,
    at="deemed_execution_date",
)
def deemed_date_of_chosen_day() -> None:
    """A line has a deemed execution date, and a footnote says that the reporting person chose the trade date.

    Why: A later date is deemed the execution date only where the reporting person does not select the date of
    execution.
    Fix: Clear the deemed execution date.
    Silent: When no footnote of the line says so.
    """


RULES: Final[tuple[Rule, ...]] = (
    box_on_form_3,
    plan_unexplained,
    plan_without_box,
    adoption_date_missing,
    box_for_old_plan,
    within_cooling_off,
    plan_lines_unmarked,
    plan_implausible,
    deemed_date_outside_plan,
    deemed_date_of_chosen_day,
)
