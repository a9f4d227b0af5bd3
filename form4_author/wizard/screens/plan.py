"""Rule 10b5-1 plans: for each group of trades the adoption, the footnote, who chose the day, and when notice came.

Sources: Form 4, General Instruction 10; Rule 16a-3(g)(2); for plans older than the amended rule the SEC staff's
interpretations of August 2023.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from form4_author.deadlines import form4_due
from form4_author.errors import MalformedValue
from form4_author.findings import path_from_text
from form4_author.values import day
from form4_author.wizard import note
from form4_author.wizard.answer import Data, flat, node, put, rows, text
from form4_author.wizard.entry import Entry
from form4_author.wizard.screen import Answer, Kind, Option, Prompt, Proposal, Step, View
from form4_author.wizard.wording import line

__all__ = ["ANY", "PLANS", "transactions", "under_plan", "with_deemed_dates", "without_plans"]

ANY: Final = "interview.plan.any"
"""``yes`` where trades were under plans for which the box is not ticked."""
_NAMES: Final = ("plan", "plan_2", "plan_3")
"""Where the answers on each plan are kept."""
_COLUMN: Final = "transaction_code"
_DEEMED: Final = "deemed_execution_date"
_AMENDED: Final = date(2023, 2, 27)
_OLDER: Final = (
    "The box is for plans under the rule as amended on 27 February 2023 (SEC staff, August 2023). This one is older: "
    "whether to tick it is asked below; a footnote may tell of the plan all the same."
)


def transactions(data: Data) -> list[tuple[str, int, Data]]:
    """The rows that a plan may have made."""
    return [(table, index, row) for table, index, row in rows(data) if row.get("kind") != "holding"]


def _is_trade(row: Data) -> bool:
    """Whether it is a purchase or sale, which plans are made for."""
    return flat(row).get(_COLUMN) in ("P", "S")


def under_plan(view: View) -> bool:
    """Whether a transaction was made under a plan, also where the box is not ticked for it."""
    return view.flag("aff10b5_one") or view.text(ANY) == "yes"


def _chosen(data: Data, name: str) -> tuple[str, ...]:
    listed = node(data, ("interview", name, "rows"))
    return tuple(listed) if isinstance(listed, list) else ()


def _day_of(data: Data, path: str) -> date | None:
    try:
        return day(text(data, path))
    except MalformedValue:
        return None


def _attached(data: Data, name: str, chosen: tuple[str, ...]) -> Data:
    """The draft in which the plan's footnote stands at these rows and at no others."""
    words = text(data, f"interview.{name}.note")
    for table, index, _ in transactions(data) if words else []:
        change = note.attach if f"{table}[{index}]" in chosen else note.detach
        data = change(data, (table, index, _COLUMN), words)
    return data


def without_plans(data: Data, first: int = 0) -> Data:
    """The draft without its plans from this one on: their footnotes and deemed dates go."""
    for name in _NAMES[first:]:
        if node(data, ("interview", name)) is not None:
            data = with_deemed_dates(put(_attached(data, name, ()), ("interview", name, "rows"), None))
            data = put(data, ("interview", name), None)
    return data


# ---- deemed execution


def with_deemed_dates(data: Data) -> Data:
    """The draft in which each line under a plan counts as executed when notice came, where that was another day.

    At the latest on the third business day after the trade (Rule 16a-3(g)(2)). A date put there by hand stays.
    """
    for name in _NAMES:
        data = _with_deemed_dates(data, name)
    return data


def _with_deemed_dates(data: Data, name: str) -> Data:
    chosen, notice = _chosen(data, name), _day_of(data, f"interview.{name}.notice")
    wanted = {
        where: found
        for table, index, row in transactions(data)
        if (where := f"{table}[{index}]") in chosen and (found := _deemed_day(row, notice))
    }
    made = node(data, ("interview", name, "deemed"))
    old = dict(made) if isinstance(made, dict) else {}
    if wanted == old:
        return data
    for where in {**old, **wanted}:
        path = (*path_from_text(where), _DEEMED)
        if node(data, path) in (None, old.get(where)):
            data = put(data, path, wanted.get(where))
    return put(data, ("interview", name, "deemed"), wanted or None)


def _deemed_day(row: Data, notice: date | None) -> str | None:
    try:
        traded = day(flat(row).get("transaction_date", ""))
    except MalformedValue:
        return None
    if notice is None or notice <= traded:
        return None
    from form4_author.calendar import sec_calendar

    return form4_due(traded, sec_calendar(), plan=True, notice=notice).begins.isoformat()


# ---- the questions on one plan


class _Plan:
    """The questions on the n-th plan; a class only to share its number."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._name = _NAMES[number]

    def _path(self, word: str) -> str:
        return f"interview.{self._name}.{word}"

    def applies(self, view: View) -> bool:
        before = _NAMES[self._number - 1] if self._number else ""
        return under_plan(view) and (not before or view.text(f"interview.{before}.another") == "yes")

    def _open(self, view: View) -> list[tuple[str, int, Data]]:
        """The transactions that are under no plan asked before."""
        taken = {where for name in _NAMES[: self._number] for where in _chosen(view.data, name)}
        return [(t, i, row) for t, i, row in transactions(view.data) if f"{t}[{i}]" not in taken]

    def _has_rows(self, view: View) -> bool:
        return self.applies(view) and bool(self._open(view))

    # adoption and footnote

    def _set_adopted(self, view: View, answer: Answer) -> Step:
        """A plan older than the amended rule is not what the box is for; a changed day puts that question anew."""
        data = put(view.data, ("interview", self._name, "adopted"), str(answer))
        data = put(data, ("interview", "plan", "box"), None)
        if view.text(ANY):
            data = put(put(data, ("aff10b5_one",), True), path_from_text(ANY), None)
        return Step(data=data, words=(_OLDER,) if day(str(answer)) < _AMENDED else ())

    def _sentence(self, view: View) -> Proposal | None:
        """The footnote that Instruction 10 asks for: the date the plan was adopted."""
        adopted = _day_of(view.data, self._path("adopted"))
        if adopted is None:
            return None
        written = f"{adopted:%B} {adopted.day}, {adopted.year}"
        return Proposal(f"Effected under a Rule 10b5-1 plan adopted by the reporting person on {written}.")

    def _set_note(self, view: View, answer: Answer) -> Step:
        """The footnote's words change wherever it stands."""
        data = note.reword(view.data, view.text(self._path("note")), str(answer))
        return Step(data=put(data, ("interview", self._name, "note"), str(answer)))

    # which rows

    def _row_options(self, view: View) -> tuple[Option, ...]:
        return tuple(Option(f"{t}[{i}]", line(t, i, row)[:66]) for t, i, row in self._open(view))

    def _proposed_rows(self, view: View) -> Proposal | None:
        """The rows that carry the footnote already; else the purchases and sales, which plans are made for."""
        words, listed = view.text(self._path("note")), self._open(view)
        found = [
            f"{t}[{i}]" for t, i, _ in listed if words and words in note.text_of(view.data, (t, i, _COLUMN))
        ]
        found = found or [f"{t}[{i}]" for t, i, row in listed if _is_trade(row)]
        found = found or [f"{t}[{i}]" for t, i, _ in listed]
        return Proposal(",".join(found)) if found else None

    def _attach(self, view: View, answer: Answer) -> Step:
        chosen = answer if isinstance(answer, tuple) else (answer,)
        data = _attached(view.data, self._name, chosen)
        return Step(data=put(data, ("interview", self._name, "rows"), list(chosen)))

    # who chose the day

    def _told_by_broker(self, view: View) -> bool:
        return self._has_rows(view) and view.text(self._path("chooser")) == "broker"

    def _set_notice(self, view: View, answer: Answer) -> Step:
        notice = day(str(answer))
        chosen = _chosen(view.data, self._name)
        days = [
            _day_of(view.data, f"{t}[{i}].transaction_date")
            for t, i, _ in transactions(view.data)
            if f"{t}[{i}]" in chosen
        ]
        later = [traded for traded in days if traded is not None and notice < traded]
        told: tuple[str, ...] = ()
        if later:
            trade = f"the trade on {min(later):%m/%d/%Y}"
            told = (
                f"Notice on {notice:%m/%d/%Y} came before {trade} and is not used: the trade date counts.",
            )
        return Step(data=put(view.data, ("interview", self._name, "notice"), str(answer)), words=told)

    # another plan

    def _others(self, view: View) -> bool:
        """Whether purchases or sales are left for another plan."""
        chosen = _chosen(view.data, self._name)
        return (
            self._number + 1 < len(_NAMES)
            and self._has_rows(view)
            and bool(chosen)
            and any(f"{t}[{i}]" not in chosen and _is_trade(row) for t, i, row in self._open(view))
        )

    def _set_another(self, view: View, answer: Answer) -> Step:
        data = put(view.data, ("interview", self._name, "another"), str(answer))
        return Step(data=data if answer == "yes" else without_plans(data, self._number + 1))

    def prompts(self) -> tuple[Prompt, ...]:
        """Adoption, footnote, rows, who chose the day, notice, and whether there is another."""
        which = ("the plan", "the second plan", "the third plan")[self._number]
        return (
            Prompt(
                id=f"{self._name}.adopted",
                path=self._path("adopted"),
                message=f"When was {which} adopted?",
                help='Instruction 10: "Provide the date of adoption" of the plan. Not the date of the trade.',
                entry=Entry.DATE,
                when=self.applies,
                act=self._set_adopted,
            ),
            Prompt(
                id=f"{self._name}.note",
                path=self._path("note"),
                message=f"Footnote on {which}",
                help="Instruction 10. It states the adoption date and stands at the code of each transaction under the "
                "plan. Edit the words as needed.",
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
                help="The footnote is attached to the code of each line ticked here. Those under another plan are left "
                "out: that one is asked next.",
                kind=Kind.MULTI,
                when=self._has_rows,
                options=self._row_options,
                propose=self._proposed_rows,
                act=self._attach,
            ),
            *self._days(),
            Prompt(
                id=f"{self._name}.another",
                path=self._path("another"),
                message="Were other trades made under another plan?",
                help="Instruction 10 asks for the adoption date of each plan: one adopted on another day has its own "
                "footnote, and its own day of notice.",
                kind=Kind.CONFIRM,
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
                help="Rule 16a-3(g)(2): where the person did not choose the day, the trade counts as executed when the "
                "person is told of it, at the latest on the third business day after. Where the person chose it, "
                "also by a day fixed in the plan, the trade date counts.",
                kind=Kind.CHOICE,
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
                message="When was the person told of the trades? Enter alone: the same day",
                help="Rule 16a-3(g)(2): it counts as executed when the person is told, at the latest on the third "
                "business day after the trade; the two business days run from then. Another day goes to column 2A "
                "(Table II: 3A).",
                entry=Entry.DATE,
                required=False,
                when=self._told_by_broker,
                act=self._set_notice,
            ),
        )


# ---- the box where all plans are older than the amended rule


def _all_older(view: View) -> bool:
    asked = [plan for plan in map(_Plan, range(len(_NAMES))) if plan.applies(view)]
    days = [_day_of(view.data, f"interview.{name}.adopted") for name in _NAMES[: len(asked)]]
    return bool(days) and all(adopted is not None and adopted < _AMENDED for adopted in days)


def _set_older(view: View, answer: Answer) -> Step:
    data = put(view.data, ("interview", "plan", "box"), str(answer))
    ticked = answer == "yes"
    data = put(data, path_from_text(ANY), None if ticked else "yes")
    return Step(data=put(data, ("aff10b5_one",), ticked))


PLANS: Final = (
    *(prompt for number in range(len(_NAMES)) for prompt in _Plan(number).prompts()),
    Prompt(
        id="plan.box",
        path="interview.plan.box",
        message="The plan is older than the amended rule. Tick the box all the same?",
        help="SEC staff, Exchange Act Section 16 interpretations of August 2023: the box is for plans under Rule "
        "10b5-1(c) as amended, adopted on or after 27 February 2023 (PLN-005). Without the tick the footnote tells of "
        "the plan.",
        kind=Kind.CONFIRM,
        when=_all_older,
        propose=lambda _view: Proposal("no"),
        act=_set_older,
    ),
)
"""Asked where a transaction was made under a plan."""
