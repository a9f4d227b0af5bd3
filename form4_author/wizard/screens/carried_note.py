"""The footnotes of the last filing that are kept only where the filer says so: to totals, and about transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.model.label import label
from form4_author.wizard.draft import carried_note, footnote
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.exhibit import SECTION

if TYPE_CHECKING:
    from form4_author.wizard.draft.carried_note import NoteQuestion

__all__ = ["CARRIED_NOTES"]

_OPTIONS: Final = (
    Option(carried_note.LEAVE, "Leave it out"),
    Option(carried_note.KEEP, "Keep it: it is right for this form"),
)


def _of_line(view: View) -> tuple[NoteQuestion, ...]:
    return tuple(each for each in carried_note.asked(view.draft) if each.line == view.index)


def _prompt(place: int) -> Prompt:
    """The question on the line's n-th footnote, from 1."""

    def about(view: View) -> NoteQuestion | None:
        return next((each for each in _of_line(view) if each.place == place), None)

    def message(view: View) -> str:
        note = about(view)
        where = f" to {label(note.cell, view.base)}? {carried_note.quoted(note.words)}" if note else "?"
        return f"Keep the last filing's footnote{where}"

    def proposal(view: View) -> Proposal:
        note = about(view)
        there = note is not None and note.words in footnote.text_of(view.draft, note.cell)
        return Proposal(carried_note.KEEP if there else carried_note.LEAVE)

    def answered(view: View, answer: Answer) -> Step:
        note = about(view)
        return Step(draft=carried_note.with_answer(view.draft, note, str(answer)) if note else view.draft)

    return Prompt(
        id=f"carried[{{i}}].note_{place}",
        path=f"interview.carried[{{i}}].answers.note_{place}",
        message=message,
        help="The last filing had this footnote to the total, or about a transaction: Includes 1,200 unvested units. "
        "It may no longer be correct. Keep it if it is right for this form; you can edit it next.",
        kind=AnswerKind.CHOICE,
        options=lambda _view: _OPTIONS,
        propose=proposal,
        required=False,
        when=lambda view: about(view) is not None,
        act=answered,
        reads=lambda view: (f'"{note.words}"',) if (note := about(view)) else (),
        confirms=(carried_note.KEEP,),
    )


def _prompts(view: View) -> tuple[Prompt, ...]:
    """One for each footnote; the first also where there is none."""
    return tuple(_prompt(place) for place in range(1, max(1, len(_of_line(view))) + 1))


CARRIED_NOTES: Final = Screen(
    id="carried",
    section=SECTION,
    title="Footnotes of the last filing",
    count=lambda draft: len(draft.interview.carried),
    when=lambda view: bool(_of_line(view)),
    prompts=_prompts,
)
