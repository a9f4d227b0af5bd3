"""Rule 10b5-1 plans: for each group of trades the adoption, the footnote, who chose the day, and when notice came.

Sources: Form 4, General Instruction 10; Rule 16a-3(g)(2); for plans older than the amended rule the SEC staff's
interpretations of August 2023.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.codes import purchases_and_sales
from form4_author.errors import MalformedValue
from form4_author.findings import path_from_text
from form4_author.model.interview import PlanAnswers
from form4_author.text import day
from form4_author.timing.deadline import form4_due
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.plan import plans_of, rows_under
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View
from form4_author.wizard.wording import line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from form4_author.model.draft import Draft
    from form4_author.model.interview import TradingPlan
    from form4_author.model.table import Row

__all__ = [
    "ANY",
    "is_trade",
    "plan_prompts",
    "transactions",
    "under_plan",
    "with_deemed_dates",
    "without_plans",
]

ANY: Final = "interview.plan.any"
"""``yes`` where trades were under plans for which the box is not checked."""
_CHECKED: Final = "interview.plan.box"
"""Whether the box is checked although all plans are older than the amended rule."""
_FEWEST: Final = 3
"""How many plans the interview has questions for, also where the draft has fewer."""
_ORDINALS: Final = ((), ("second",), ("third",), ("fourth",), ("fifth",), ("sixth",))
_COLUMN: Final = "transaction_code"
_DEEMED: Final = "deemed_execution_date"
_AMENDED: Final = date(2023, 2, 27)
_OLDER: Final = (
    "The box is for plans under the rule as amended on February 27, 2023 (SEC staff, "
    "August 2023). This plan is older. Whether to check the box is asked below; a footnote "
    "may describe the plan either way."
)


def transactions(draft: Draft) -> list[tuple[str, int, Row]]:
    """The rows that a plan may have made."""
    return [(table, index, row) for table, index, row in rows(draft) if row.is_transaction]


def is_trade(row: Row) -> bool:
    """Whether it is a purchase or sale, which plans are made for."""
    return row.transaction_code.value in purchases_and_sales()


def under_plan(view: View) -> bool:
    """Whether a transaction was made under a plan, also where the box is not checked for it."""
    return view.flag("aff10b5_one") or view.text(ANY) == "yes"


def _day_of(text: str | None) -> date | None:
    try:
        return day(text or "")
    except MalformedValue:
        return None


def _attached(draft: Draft, number: int, chosen: Collection[str]) -> Draft:
    """The draft in which the plan's footnote is at these rows and at no others."""
    words = draft.text(f"interview.plans[{number}].note")
    for table, index, _ in transactions(draft) if words else []:
        change = footnote.attach if f"{table}[{index}]" in chosen else footnote.detach
        draft = change(draft, (table, index, _COLUMN), words)
    return draft


def _with_rows(draft: Draft, number: int, chosen: tuple[str, ...]) -> Draft:
    """The draft in which these rows are under the plan, and have its footnote."""
    return _attached(draft, number, chosen).with_(("interview", "plans", number, "rows"), chosen)


def without_plans(draft: Draft, first: int = 0) -> Draft:
    """The draft without its plans from this one on: their footnotes and deemed dates go."""
    for number in reversed(range(first, plans_of(draft))):
        draft = with_deemed_dates(_with_rows(draft, number, ()))
    plans = draft.interview.plans[:first]
    return draft.with_interview(plans=plans, plan=draft.interview.plan if plans else PlanAnswers())


# ---- deemed execution


def with_deemed_dates(draft: Draft) -> Draft:
    """The draft in which each line under a plan counts as executed when notice came, where that was another day.

    At the latest on the third business day after the trade (Rule 16a-3(g)(2)). A date put there by hand stays.
    """
    plans = draft.interview.plans
    old, wanted = [plan.deemed for plan in plans], [_wanted(draft, plan) for plan in plans]
    if wanted == old:
        return draft
    was, now = _together(old), _together(wanted)
    for where in {**was, **now}:
        path = (*path_from_text(where), _DEEMED)
        if not draft.cell(path).footnotes and draft.value(path) in (None, was.get(where)):
            draft = draft.with_(path, now.get(where))
    return draft.with_interview(
        plans=tuple(replace(plan, deemed=dates) for plan, dates in zip(plans, wanted, strict=True))
    )


def _wanted(draft: Draft, plan: TradingPlan) -> dict[str, str]:
    """The dates that a plan puts at its rows, by row."""
    notice = _day_of(plan.notice)
    return {
        where: found
        for table, index, row in transactions(draft)
        if (where := f"{table}[{index}]") in (plan.rows or ()) and (found := _deemed_day(row, notice))
    }


def _together(each: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The dates of all plans; of a row under two of them that of the first."""
    return {where: day_text for plan in reversed(each) for where, day_text in plan.items()}


def _deemed_day(row: Row, notice: date | None) -> str | None:
    traded = row.transaction_date.value
    if traded is None or notice is None or notice <= traded:
        return None
    from form4_author.timing.calendar import sec_calendar

    return form4_due(traded, sec_calendar(), plan=True, notice=notice).begins.isoformat()


# ---- the questions on one plan


class _Plan:
    """The questions on the n-th plan; a class only to share its number."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._name = f"plan_{number + 1}" if number else "plan"

    def _path(self, word: str) -> str:
        return f"interview.plans[{self._number}].{word}"

    def applies(self, view: View) -> bool:
        before = self._number - 1
        return under_plan(view) and (before < 0 or view.text(f"interview.plans[{before}].another") == "yes")

    def _open(self, view: View) -> list[tuple[str, int, Row]]:
        """The transactions that are under no plan asked before."""
        taken = {where for number in range(self._number) for where in rows_under(view.draft, number)}
        return [(t, i, row) for t, i, row in transactions(view.draft) if f"{t}[{i}]" not in taken]

    def _has_rows(self, view: View) -> bool:
        return self.applies(view) and bool(self._open(view))

    # adoption and footnote

    def _set_adopted(self, view: View, answer: Answer) -> Step:
        """The box is not for a plan that predates the amended rule; a changed day asks about it again."""
        changed = view.with_text(self._path("adopted"), str(answer)).with_text(_CHECKED, None)
        if view.text(ANY):
            changed = changed.with_text("aff10b5_one", True).with_text(ANY, None)
        return Step(draft=changed.draft, words=(_OLDER,) if day(str(answer)) < _AMENDED else ())

    def _sentence(self, view: View) -> Proposal | None:
        """The footnote that Instruction 10 asks for: the date the plan was adopted."""
        adopted = _day_of(view.text(self._path("adopted")))
        if adopted is None:
            return None
        written = f"{adopted:%B} {adopted.day}, {adopted.year}"
        return Proposal(f"Effected under a Rule 10b5-1 plan adopted by the reporting person on {written}.")

    def _set_note(self, view: View, answer: Answer) -> Step:
        """The footnote's words change wherever it stands."""
        path = self._path("note")
        reworded = view.of(footnote.reword(view.draft, view.text(path), str(answer)))
        return Step(draft=reworded.with_text(path, str(answer)).draft)

    # which rows

    def _row_options(self, view: View) -> tuple[Option, ...]:
        return tuple(Option(f"{t}[{i}]", line(t, i, row)[:66]) for t, i, row in self._open(view))

    def _proposed_rows(self, view: View) -> Proposal | None:
        """The rows that carry the footnote already; else the purchases and sales, which plans are made for."""
        words, listed = view.text(self._path("note")), self._open(view)
        found = [
            f"{t}[{i}]"
            for t, i, _ in listed
            if words and words in footnote.text_of(view.draft, (t, i, _COLUMN))
        ]
        found = found or [f"{t}[{i}]" for t, i, row in listed if is_trade(row)]
        found = found or [f"{t}[{i}]" for t, i, _ in listed]
        return Proposal(",".join(found)) if found else None

    def _attach(self, view: View, answer: Answer) -> Step:
        """A line that was under a later plan is so no longer."""
        chosen = answer if isinstance(answer, tuple) else (answer,)
        draft = _with_rows(view.draft, self._number, chosen)
        for later in range(self._number + 1, plans_of(draft)):
            own = tuple(where for where in rows_under(draft, later) if where not in chosen)
            if len(own) < len(rows_under(draft, later)):
                draft = _with_rows(draft, later, own)
        return Step(draft=draft)

    # who chose the day

    def _is_by_broker(self, view: View) -> bool:
        return self._has_rows(view) and view.text(self._path("chooser")) == "broker"

    def _set_notice(self, view: View, answer: Answer) -> Step:
        notice = day(str(answer))
        chosen = rows_under(view.draft, self._number)
        days = [row.transaction_date.value for t, i, row in transactions(view.draft) if f"{t}[{i}]" in chosen]
        later = [traded for traded in days if traded is not None and notice < traded]
        words: tuple[str, ...] = ()
        if later:
            trade = f"the trade on {min(later):%m/%d/%Y}"
            words = (
                f"Notice on {notice:%m/%d/%Y} came before {trade} and is not used: the trade date counts.",
            )
        return Step(draft=view.with_text(self._path("notice"), str(answer)).draft, words=words)

    # another plan

    def _others(self, view: View) -> bool:
        """Whether purchases or sales are left for another plan."""
        chosen = rows_under(view.draft, self._number)
        return (
            self._has_rows(view)
            and bool(chosen)
            and any(f"{t}[{i}]" not in chosen and is_trade(row) for t, i, row in self._open(view))
        )

    def _set_another(self, view: View, answer: Answer) -> Step:
        draft = view.with_text(self._path("another"), str(answer)).draft
        return Step(draft=draft if answer == "yes" else without_plans(draft, self._number + 1))

    def prompts(self) -> tuple[Prompt, ...]:
        """Adoption, footnote, rows, who chose the day, notice, and whether there is another."""
        which = _which(self._number)
        return (
            Prompt(
                id=f"{self._name}.adopted",
                path=self._path("adopted"),
                message=f"When was {which} adopted?",
                help='Instruction 10: "Provide the date of adoption" of the plan. Not the date of the trade.',
                entry=EntryKind.DATE,
                when=self.applies,
                act=self._set_adopted,
            ),
            Prompt(
                id=f"{self._name}.note",
                path=self._path("note"),
                message=f"Footnote on {which}",
                help="Instruction 10. It states the adoption date and is attached to the code of each transaction "
                "under the "
                "plan. Edit it as needed.",
                when=self.applies,
                propose=self._sentence,
                derived=True,
                prefill=True,
                longest=1000,
                act=self._set_note,
            ),
            Prompt(
                id=f"{self._name}.rows",
                path=self._path("rows"),
                message=f"Which transactions were under {which}?",
                help="The footnote is attached to the code of each line checked here. Leave out those under a "
                "different plan; it is asked next.",
                kind=AnswerKind.MULTI,
                when=self._has_rows,
                options=self._row_options,
                propose=self._proposed_rows,
                act=self._attach,
            ),
            *self._days(),
            Prompt(
                id=f"{self._name}.another",
                path=self._path("another"),
                message="Were other trades made under a different plan?",
                help="Instruction 10 asks for the adoption date of each plan. A plan adopted on a different "
                "day has its own footnote and its own date of notice.",
                kind=AnswerKind.CONFIRM,
                when=self._others,
                propose=lambda _view: Proposal("no"),
                act=self._set_another,
            ),
        )

    def _days(self) -> tuple[Prompt, ...]:
        return (
            Prompt(
                id=f"{self._name}.chooser",
                path=self._path("chooser"),
                message="Who chose the day of the trades?",
                help="Rule 16a-3(g)(2): where the person did not choose the day, the trade is treated as executed "
                "when the person is notified, but no later than the "
                "third business day after it. Where the person chose the day, or the plan fixed it, "
                "the trade date counts.",
                kind=AnswerKind.CHOICE,
                when=self._has_rows,
                options=lambda _view: (
                    Option("broker", "The broker or the plan's administrator"),
                    Option("person", "The reporting person, or the plan fixed it"),
                ),
                propose=lambda _view: Proposal("broker"),
                supersedes=(self._path("notice"),),
            ),
            Prompt(
                id=f"{self._name}.notice",
                path=self._path("notice"),
                message="When was the person notified of the trades? (Enter: the same day)",
                help="Rule 16a-3(g)(2): it is treated as executed when the person is notified, but no later "
                "than the third business day after the trade; the two business days run from then. A "
                "different date goes in column 2A "
                "(Table II: 3A).",
                entry=EntryKind.DATE,
                required=False,
                when=self._is_by_broker,
                act=self._set_notice,
            ),
        )


# ---- the box where all plans are older than the amended rule


def _all_older(view: View) -> bool:
    asked = [number for number in range(plans_of(view.draft) + 1) if _Plan(number).applies(view)]
    days = [_day_of(view.text(f"interview.plans[{number}].adopted")) for number in asked]
    return bool(days) and all(adopted is not None and adopted < _AMENDED for adopted in days)


def _set_older(view: View, answer: Answer) -> Step:
    ticked = answer == "yes"
    view = view.with_text(_CHECKED, str(answer)).with_text(ANY, None if ticked else "yes")
    return Step(draft=view.with_text("aff10b5_one", ticked).draft)


_BOX: Final = Prompt(
    id="plan.box",
    path=_CHECKED,
    message="The plan predates the amended rule. Check the box anyway?",
    help="SEC staff, Exchange Act Rules C&DI 120.31 (August 2023): the box is for plans under Rule "
    "10b5-1(c) as amended, adopted on or after February 27, 2023 (PLN-005). If the box is not checked, "
    "the footnote describes the plan.",
    kind=AnswerKind.CONFIRM,
    when=_all_older,
    propose=lambda _view: Proposal("no"),
    act=_set_older,
)


def plan_prompts(view: View) -> tuple[Prompt, ...]:
    """Asked where a transaction was made under a plan: of each plan on the list, and of one more."""
    return _prompts(max(_FEWEST, plans_of(view.draft) + 1))


@cache
def _prompts(plans: int) -> tuple[Prompt, ...]:
    return (*(prompt for number in range(plans) for prompt in _Plan(number).prompts()), _BOX)


def _which(number: int) -> str:
    """``the plan``, ``the second plan``."""
    if number < len(_ORDINALS):
        return " ".join(("the", *_ORDINALS[number], "plan"))
    return f"plan {number + 1}"
