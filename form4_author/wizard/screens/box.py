"""The two boxes in the form's head: Rule 10b5-1(c) with its plans, and no longer subject to Section 16."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.findings import path_from_text
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.screens.plan import ANY, is_trade, plan_prompts, transactions, without_plans
from form4_author.wizard.wording import line

if TYPE_CHECKING:
    from form4_author.findings import Path

__all__ = ["BOXES", "PLAN_AND_EXIT", "boxes_words"]

PLAN_AND_EXIT: Final = "10b5-1 plan and exit box"


def _box_path(view: View) -> Path:
    """The answer as the box states it, except for plans for which the box is not checked."""
    return path_from_text(ANY) if view.text(ANY) else ("aff10b5_one",)


def _set_box(view: View, answer: Answer) -> Step:
    if answer == "no":
        return Step(draft=without_plans(view.with_text("aff10b5_one", False).draft))
    return Step(draft=view.draft if view.text(ANY) else view.with_text("aff10b5_one", True).draft)


def _usual(view: View) -> Proposal | None:
    """No where no line is a purchase or sale, which plans are made for; of one it is not assumed."""
    traded = any(is_trade(row) for _table, _index, row in transactions(view.draft))
    return None if traded else Proposal("no")


def _not_asked(view: View) -> bool:
    """Whether the exit box is not asked in order: something is reported, and the section was not chosen."""
    return not view.is_visited(PLAN_AND_EXIT) and (bool(view.interview.events) or any(rows(view.draft)))


def boxes_words(view: View) -> str:
    """``Boxes: Rule 10b5-1 no; no longer subject to Section 16 no``."""
    planned = view.draft.value(("aff10b5_one",))
    plan = "not asked yet" if planned is None else "yes" if planned else "no"
    left = "yes" if view.flag("not_subject_to_section16") else "no"
    return f"Boxes: Rule 10b5-1 {plan}; no longer subject to Section 16 {left}"


_PLANNED: Final = Prompt(
    id="aff10b5_one",
    path=_box_path,
    sets=("aff10b5_one",),
    message="Was any transaction made under a Rule 10b5-1 plan?",
    help="Instruction 10. Yes if a transaction was made pursuant to a contract, instruction or "
    "written plan meant to "
    "satisfy the affirmative defense conditions of Rule 10b5-1(c), as amended in 2023. The "
    "plan's adoption date is "
    "then stated in the Explanation of Responses.",
    kind=AnswerKind.CONFIRM,
    field=form_field("aff10b5_one"),
    propose=_usual,
    formerly="no",
    act=_set_box,
)

_EXIT: Final = Prompt(
    id="exit",
    path="not_subject_to_section16",
    message="Has the person stopped being subject to Section 16?",
    help="Instruction 1(b), the exit box. Yes when the person is no longer a director, officer "
    "or 10% holder; Form 4 "
    "or 5 obligations may continue for up to six months.",
    kind=AnswerKind.CONFIRM,
    field=form_field("not_subject_to_section16"),
    propose=lambda _view: Proposal("no"),
    silent=_not_asked,
    passed=_not_asked,
)


def _prompts(view: View) -> tuple[Prompt, ...]:
    return (_PLANNED, *plan_prompts(view), _EXIT)


BOXES: Final = Screen(
    id="boxes",
    section=PLAN_AND_EXIT,
    title="Rule 10b5-1 plan and exit box",
    when=lambda view: view.base != "3",  # Form 3 has neither box
    intro=lambda view: tuple(line(t, i, row) for t, i, row in transactions(view.draft))[:4],
    prompts=_prompts,
)
