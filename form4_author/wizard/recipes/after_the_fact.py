"""The insider's death, items that earlier forms should have shown, and trades that were undone (56, 57 and 60).

Rule 16a-2(d) (executors, for 12 months) and what follows from a trade that is undone are general knowledge here. The
filer says what the facts are; what no line shows is said in words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Take, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_1, adjustment, cells_of
from form4_author.wizard.recipes.shared.instead import chosen_again, instead
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    price,
    quantity,
    required_note,
    says,
    security,
    texts_on_record,
    traded_on,
)
from form4_author.wizard.recipes.shared.table_choice import in_either, security_of_either, terms_of_either
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import Answer, AnswerKind, Proposal, Step, View
from form4_author.wizard.wording import us_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.wizard.screen import Prompt

__all__ = ["DIED", "LATE_ITEM", "REVERSED"]


def _gated(prompts: tuple[Prompt, ...], applies: Callable[[View], bool]) -> tuple[Prompt, ...]:
    """The questions, where they apply."""

    def gated(prompt: Prompt) -> Prompt:
        return replace(prompt, when=lambda view: applies(view) and prompt.when(view))

    return tuple(gated(prompt) for prompt in prompts)


# ---- 56: the insider died

_WHOM: Final = (
    Option("deceased", "The person who died"),
    Option("executor", "The executor or personal representative, who is an insider, too"),
    Option("recipient", "Someone who received shares from the estate"),
)
_RECEIVED: Final = (
    "Shares received by will or descent have code W and may wait for Form 5. Their questions come next."
)
_UNREPORTED: Final = (
    "Choose each such trade next; it is due as if the person lived. The personal representative signs: choose executor "
    "under Signatures. By general knowledge, a power of attorney ends at death. The exit box is checked."
)
_NO_FORM: Final = (
    "Death alone makes no form due; the person who died has no line of code W. Not legal advice."
)
_EXECUTOR: Final = (
    "By general knowledge: for 12 months after the appointment an executor is not treated as the owner of the estate's "
    "shares (Rule 16a-2(d)). Shares transferred to the executor are reported as inherited. Not legal advice."
)


def _for_whom(view: View, answer: Answer) -> Step:
    if answer == "recipient":
        return instead(view, "inherited", "date", _RECEIVED, {"direction": "A"})
    words = (_EXECUTOR,) if answer == "executor" else ()
    return Step(draft=view.with_text(f"{ANSWERS}form_for", answer).draft, words=words)


def _trade_before_death(view: View, answer: Answer) -> Step:
    words = _UNREPORTED if answer == "yes" else _NO_FORM
    return Step(draft=view.with_text(f"{ANSWERS}unreported", answer).draft, words=(words,))


def _shows_estate(view: View) -> bool:
    return says("form_for", "executor")(view) and says("estate_shown", "yes")(view)


_HELD: Final = "Held by an estate of which the reporting person is executor."

DIED: Final = Recipe(
    id="died",
    number=56,
    label="The insider died, or is the executor of an estate",
    also="death dead decedent deceased estate executor executrix administrator personal representative widow widower "
    "survivor probate passed away",
    rule="No line by death alone, and no form: what the person traded before stays due (Instruction 4(a)(i)). Who "
    "received shares reports code W. The estate's shares are holdings of an executor who reports them (Rule 16a-2(d), "
    "by general knowledge).",
    prompts=(
        asked(
            "form_for",
            "Whom is this form for?",
            "Box 1, Rule 16a-2(d). Each is a different reporting person. The estate is not a reporting person.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _WHOM,
            act=_for_whom,
        ),
        asked(
            "unreported",
            "Is any trade before the death not yet reported?",
            "Instruction 4(a)(i). A trade of the person stays due in two business days; whoever represents the estate "
            "signs.",
            kind=AnswerKind.CONFIRM,
            act=_trade_before_death,
            when=says("form_for", "deceased"),
        ),
        asked(
            "estate_shown",
            "Does the person report shares that the estate holds?",
            "Column 7, Rule 16a-2(d), by general knowledge: an executor is not treated as their owner for 12 months. "
            "No: nothing is added.",
            kind=AnswerKind.CONFIRM,
            when=says("form_for", "executor"),
        ),
        *_gated(
            (
                *security_of_either(),
                quantity(
                    "How many came to the estate's line?", "Column 5 (Table II: 9), Instruction 4(a)(i)."
                ),
                *terms_of_either(),
                asked(
                    "estate_nature",
                    "How is the estate named? As column 7 has it",
                    "Column 7, Instruction 4(b)(iii): By Estate, By Parent's Estate.",
                    "nature_of_ownership",
                    suggests=texts_on_record("nature_of_ownership", "By Estate"),
                ),
                required_note(
                    "estate_note",
                    "Footnote at the total",
                    "Column 5 (Table II: 9). It says why the line is on the form without a transaction.",
                    _HELD,
                ),
            ),
            _shows_estate,
        ),
    ),
    rows=in_either(
        adjustment(
            "A",
            "estate_note",
            when=lambda answers: answers.get("estate_shown") == "yes",
            ownership_form="I",
            nature_of_ownership=Take("estate_nature"),
        )
    ),
    sets={"not_subject_to_section16": True},
    sets_if=says("unreported", "yes"),
)

# ---- 57: late items

_FORMS: Final = (
    Option("4", "A Form 4"),
    Option("5", "The Form 5 of an earlier year"),
    Option("3", "The Form 3: a holding was left out"),
)
_WAYS: Final = (
    Option("form4", "On a late Form 4, now"),
    Option("form5", "On this Form 5"),
)
_CHOOSE: Final = (
    "Choose what happened: its lines are marked late (L) and have the footnote. Add what else of the year was deferred "
    "afterwards."
)
_ON_FORM_4: Final = {
    "4": "A late Form 4 shows the transaction as a timely one does; it has no mark for late. Choose what happened.",
    "5": "What an earlier Form 5 should have shown is marked late on a Form 5 only: begin a Form 5 for it.",
    "3": "A holding that Form 3 left out is added by an amendment of that form, or on a Form 5: begin one of them.",
}
_NEW_FORM_4: Final = (
    "Begin a Form 4 for it. It is late in either case (Item 405 of Regulation S-K); by general knowledge nothing is "
    "gained by waiting for Form 5."
)
_is_held: Final = says("should", "3")


def _should_have_shown(view: View, answer: Answer) -> Step:
    if view.base != "5":
        return chosen_again(view, _ON_FORM_4[str(answer)])
    return Step(draft=view.with_text(f"{ANSWERS}should", answer).draft)


def _report(view: View, answer: Answer) -> Step:
    if answer == "form4":
        return chosen_again(view, _NEW_FORM_4)
    return Step(draft=view.with_text(f"{ANSWERS}where", answer).draft)


def _note(view: View, answer: Answer) -> Step:
    draft = view.with_text(f"{ANSWERS}late_note", answer).draft
    return Step(draft=draft) if _is_held(view) else Step(draft=draft, goto="happened", words=(_CHOOSE,))


def _late_words(view: View) -> Proposal:
    by = answer_to(view, "was_due")
    form = answer_to(view, "should")
    return Proposal(f"Should have been reported on Form {form}{f' by {us_day(by)}' if by else ''}.")


LATE_ITEM: Final = Recipe(
    id="late_item",
    number=57,
    label="Something that an earlier form should have shown",
    also="late missed omitted omission forgot forgotten delinquent overdue unreported prior year Form 5 holding left "
    "off Form 3 not reported in time",
    rule="On Form 5: the line of what happened with form type 4, or 5 for an earlier Form 5, and L for late; a holding "
    "that Form 3 left out has form type 3 (Instruction 4(a)(i); specification 4.3.8). A late Form 4 shows "
    "nothing of it.",
    prompts=(
        asked(
            "should",
            "Which form should have shown it?",
            "Column 3 of Form 5, the form type: 4 prints S4 for a sale, 5 prints G5 for a gift, 3 is a holding.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _FORMS,
            act=_should_have_shown,
        ),
        replace(
            chosen(
                "where",
                "Where is it reported?",
                "Column 3. It is late on either form (Item 405 of Regulation S-K), and a late Form 4 can be filed now.",
                _WAYS,
            ),
            act=_report,
            when=says("should", "4"),
        ),
        asked(
            "was_due",
            "By when was it due?",
            "Column 3, for the footnote: 11/18/26. Enter alone: the footnote gives no day.",
            "transaction_date",
            entry=EntryKind.DATE,
            required=False,
        ),
        *_gated(
            (
                *security_of_either(),
                quantity("How many were held?", "Column 5 (Table II: 9), at the end of the year."),
                *terms_of_either(),
                *holder(),
            ),
            _is_held,
        ),
        replace(
            required_note(
                "late_note",
                "Footnote on the late item",
                "Column 3 (of a holding column 5), in the Explanation of Responses. It says which form should have "
                "shown it.",
            ),
            propose=_late_words,
            derived=True,
            act=_note,
        ),
    ),
    rows=in_either(
        adjustment(
            "A",
            "late_note",
            when=lambda answers: answers.get("should") == "3",
            transaction_form_type="3",
        )
    ),
)

# ---- 60: a trade that was undone

_UNDONE: Final = (
    Option("canceled", "The broker canceled it before settlement"),
    Option("reversed", "It settled and was then reversed"),
    Option("agreed", "It was agreed later to undo it"),
)
_NOTHING: Final = (
    "A trade that was canceled before settlement and is on no form makes no line here. By general knowledge; not legal "
    "advice."
)
_AMEND: Final = (
    "The filed form shows a trade that was canceled: amend that form and remove the line (form4 amend). Nothing is "
    "added here. By general knowledge; not legal advice."
)
_OPEN: Final = (
    "Both the trade and its reversal are listed. Whether undoing a trade removes liability under Section 16(b) is open "
    "and not judged here."
)
_was_settled: Final = says("what", "reversed", "agreed")


def _on_form(view: View, answer: Answer) -> Step:
    draft = view.with_text(f"{ANSWERS}reported", answer).draft
    if _was_settled(view):
        return Step(draft=draft, words=(_OPEN,))
    return Step(draft=draft, words=(_AMEND if answer == "yes" else _NOTHING,))


def _reversal(view: View) -> Proposal:
    return Proposal(
        f"Reverses the transaction of {us_day(answer_to(view, 'date'))}, made in error by "
        f"{answer_to(view, 'mistaken')}."
    )


def _is_undone(answers: Mapping[str, str]) -> bool:
    return answers.get("what") in ("reversed", "agreed")


def _is_unreported(answers: Mapping[str, str]) -> bool:
    return _is_undone(answers) and answers.get("reported") == "no"


def _way(answers: Mapping[str, str]) -> str:
    """Acquired or disposed of, by the trade itself."""
    return "A" if answers.get("side") == "P" else "D"


def _way_back(answers: Mapping[str, str]) -> str:
    return "D" if _way(answers) == "A" else "A"


REVERSED: Final = Recipe(
    id="reversed",
    number=60,
    label="A trade was canceled, reversed or undone",
    also="broker error reversal reverse cancel cancelled cancellation rescinded rescission busted wrong account "
    "correction corrected unwound unwind mistaken mistake sale purchase",
    rule="Canceled before settlement: no line; a form that shows it is amended. Settled and reversed: the trade, and "
    "code J the other way at the same price with a description, each due in two business days (Instruction 8). By "
    "general knowledge; not legal advice.",
    prompts=(
        asked(
            "what",
            "What happened to the trade?",
            "Column 3, Instruction 8. A trade that settled took place, and is reported even if it was a mistake.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _UNDONE,
        ),
        asked(
            "reported",
            "Is the trade already on a filed form?",
            "Column 3, Instruction 9. Yes: of a trade that settled, only the reversal has a line here.",
            kind=AnswerKind.CONFIRM,
            act=_on_form,
        ),
        *_gated(
            (
                chosen(
                    "side",
                    "Was it a purchase or a sale?",
                    "Column 3, Instruction 8: code P or S for the trade, J for its reversal.",
                    (Option("P", "A purchase"), Option("S", "A sale")),
                ),
                traded_on("Date of the trade", "Column 2."),
                asked(
                    "reversed_on",
                    "Date of the reversal",
                    "Column 2. The day on which it was reversed, for example 11/18/26.",
                    "transaction_date",
                    entry=EntryKind.DATE,
                ),
                security(),
                quantity("How many shares?", "Column 4. As many as were reversed."),
                price(
                    "Price per share, US dollars",
                    "Column 4. The price of the trade, at which it was reversed.",
                ),
                *holder(),
                asked(
                    "mistaken",
                    "Who made the mistake?",
                    "Column 3, for the footnote: the broker, for example.",
                    propose=lambda _view: Proposal("the broker"),
                ),
                replace(
                    required_note(
                        "reversal",
                        "Footnote on the reversal",
                        "Column 3, Instruction 8: code J is described.",
                    ),
                    propose=_reversal,
                    derived=True,
                ),
            ),
            _was_settled,
        ),
    ),
    rows=(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(Take("side", "P"), Worked(_way), price=Take("price")),
            when=_is_unreported,
        ),
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("J", Worked(_way_back), price=Take("price"), transaction_date=Take("reversed_on")),
            notes={"transaction_code": "reversal"},
            when=_is_undone,
        ),
    ),
)
