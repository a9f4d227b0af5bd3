"""The two boxes in the form's head: Rule 10b5-1(c) with its adoption date, and no longer subject to Section 16."""

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
from form4_author.wizard.screen import Answer, Kind, Option, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.wording import line

__all__ = ["BOXES", "with_deemed_dates"]

_COLUMN: Final = "transaction_code"
_DEEMED: Final = "deemed_execution_date"
_SECTION: Final = "10b5-1 plan and exit box"


def _under_plan(view: View) -> bool:
    return view.flag("aff10b5_one")


def _sentence(view: View) -> Proposal | None:
    """The footnote that Instruction 10 asks for: the date the plan was adopted."""
    try:
        adopted: date = day(view.text("interview.plan.adopted"))
    except MalformedValue:
        return None
    written = f"{adopted:%B} {adopted.day}, {adopted.year}"
    return Proposal(f"Effected under a Rule 10b5-1 plan adopted by the reporting person on {written}.")


def _set_box(view: View, answer: Answer) -> Step:
    data = put(view.data, ("aff10b5_one",), answer == "yes")
    if answer == "no":
        data = with_deemed_dates(put(_attached(View(data), ()), ("interview", "plan", "notice"), None))
        data = put(data, ("interview", "plan"), None) if view.text("interview.plan.note") else data
    return Step(data=data)


_AMENDED: Final = date(2023, 2, 27)


def _set_adopted(view: View, answer: Answer) -> Step:
    """A plan older than the amended rule is not what the box is for."""
    data = put(view.data, ("interview", "plan", "adopted"), str(answer))
    if day(str(answer)) >= _AMENDED:
        return Step(data=data)
    told = (
        "The box is for plans under the rule as amended on 27 February 2023 (SEC staff, August 2023). This one is "
        "older: go back (<) and answer no; a footnote may tell of it all the same."
    )
    return Step(data=data, words=(told,))


def _set_note(view: View, answer: Answer) -> Step:
    """The footnote's words change wherever it stands."""
    data = note.reword(view.data, view.text("interview.plan.note"), str(answer))
    return Step(data=put(data, ("interview", "plan", "note"), str(answer)))


def _transactions(data: Data) -> list[tuple[str, int, Data]]:
    return [(table, index, row) for table, index, row in rows(data) if row.get("kind") != "holding"]


def _row_options(view: View) -> tuple[Option, ...]:
    return tuple(Option(f"{t}[{i}]", line(t, i, row)[:66]) for t, i, row in _transactions(view.data))


def _proposed_rows(view: View) -> Proposal | None:
    """The rows that carry the footnote already; else the purchases and sales, which plans are made for."""
    words = view.text("interview.plan.note")
    listed = _transactions(view.data)
    found = [f"{t}[{i}]" for t, i, _ in listed if words and words in note.text_of(view.data, (t, i, _COLUMN))]
    found = found or [f"{t}[{i}]" for t, i, row in listed if str(row.get(_COLUMN)) in ("P", "S")]
    found = found or [f"{t}[{i}]" for t, i, _ in listed]
    return Proposal(",".join(found)) if found else None


def _attached(view: View, chosen: tuple[str, ...]) -> Data:
    data, words = view.data, view.text("interview.plan.note")
    for table, index, _ in _transactions(data) if words else []:
        at = (table, index, _COLUMN)
        change = note.attach if f"{table}[{index}]" in chosen else note.detach
        data = change(data, at, words)
    return data


# ---- deemed execution


def with_deemed_dates(data: Data) -> Data:
    """The draft in which each line under the plan counts as executed when notice came, where that was another day.

    At the latest on the third business day after the trade (Rule 16a-3(g)(2)). A date put there by hand stays.
    """
    chosen = node(data, ("interview", "plan", "rows"))
    try:
        notice = day(text(data, "interview.plan.notice"))
    except MalformedValue:
        notice = None
    wanted = {
        where: found
        for table, index, row in _transactions(data)
        if (where := f"{table}[{index}]") in (chosen if isinstance(chosen, list) else [])
        and (found := _deemed_day(row, notice))
    }
    made = node(data, ("interview", "plan", "deemed"))
    old = dict(made) if isinstance(made, dict) else {}
    if wanted == old:
        return data
    for where in {**old, **wanted}:
        path = (*path_from_text(where), _DEEMED)
        if node(data, path) in (None, old.get(where)):
            data = put(data, path, wanted.get(where))
    return put(data, ("interview", "plan", "deemed"), wanted or None)


def _deemed_day(row: Data, notice: date | None) -> str | None:
    try:
        traded = day(flat(row).get("transaction_date", ""))
    except MalformedValue:
        return None
    if notice is None or notice <= traded:
        return None
    from form4_author.calendar import sec_calendar

    return form4_due(traded, sec_calendar(), plan=True, notice=notice).begins.isoformat()


def _attach(view: View, answer: Answer) -> Step:
    chosen = answer if isinstance(answer, tuple) else (answer,)
    return Step(data=put(_attached(view, chosen), ("interview", "plan", "rows"), list(chosen)))


BOXES: Final = Screen(
    id="boxes",
    section=_SECTION,
    title="Rule 10b5-1 plan and exit box",
    when=lambda view: view.base != "3",  # Form 3 has neither box
    intro=lambda view: tuple(line(t, i, row) for t, i, row in _transactions(view.data))[:4],
    prompts=(
        Prompt(
            id="aff10b5_one",
            message="Was any transaction made under a Rule 10b5-1 plan?",
            help="Instruction 10. Yes if a transaction was made pursuant to a contract, instruction or "
            "written plan meant to "
            "satisfy the affirmative defense conditions of Rule 10b5-1(c), as amended in 2023. The "
            "plan's adoption date is "
            "then stated in the Explanation of Responses.",
            kind=Kind.CONFIRM,
            field=form_field("aff10b5_one"),
            propose=lambda _view: Proposal("no"),
            act=_set_box,
        ),
        Prompt(
            id="plan.adopted",
            path="interview.plan.adopted",
            message="When was the plan adopted?",
            help='Instruction 10: "Provide the date of adoption" of the plan. Not the date of the trade.',
            entry=Entry.DATE,
            when=_under_plan,
            act=_set_adopted,
        ),
        Prompt(
            id="plan.note",
            path="interview.plan.note",
            message="Footnote on the plan",
            help="Instruction 10. It states the adoption date and stands at the code of each "
            "transaction under the plan. "
            "Edit the words as needed.",
            when=_under_plan,
            propose=_sentence,
            derived=True,
            prefill=True,
            longest=1000,
            act=_set_note,
        ),
        Prompt(
            id="plan.rows",
            path="interview.plan.rows",
            message="Which transactions were under the plan?",
            help="The footnote is attached to the code of each line ticked here.",
            kind=Kind.MULTI,
            when=lambda view: _under_plan(view) and bool(_transactions(view.data)),
            options=_row_options,
            propose=_proposed_rows,
            act=_attach,
        ),
        Prompt(
            id="plan.notice",
            path="interview.plan.notice",
            message="When was the person told of the trades? Enter alone: the same day",
            help="Rule 16a-3(g)(2): where the plan or broker chose the day of the trade, it counts as executed when "
            "the person is told, at the latest on the third business day after it; the two business days run from "
            "then. Enter alone also where the person chose the day. Another day goes to column 2A (Table II: 3A).",
            entry=Entry.DATE,
            required=False,
            when=lambda view: _under_plan(view) and bool(_transactions(view.data)),
        ),
        Prompt(
            id="exit",
            path="not_subject_to_section16",
            message="Has the person stopped being subject to Section 16?",
            help="Instruction 1(b), the exit box. Yes when the person is no longer a director, officer "
            "or 10% holder; Form 4 "
            "or 5 obligations may continue for up to six months.",
            kind=Kind.CONFIRM,
            field=form_field("not_subject_to_section16"),
            propose=lambda _view: Proposal("no"),
        ),
    ),
)
