"""Explanation of responses: footnotes attached to cells, and remarks."""

from __future__ import annotations

from typing import Final

from form4_author.model.interview import NoteInHand
from form4_author.wizard.draft import carried_note, footnote
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.exhibit import SECTION, TEXT_HELP
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.wording import fold

__all__ = ["FOOTNOTE", "NOTES", "REMARKS"]


def _number(id: str) -> str:
    return id.removeprefix("F")


# ---- the list of footnotes


def _notes_intro(view: View) -> tuple[str, ...]:
    found: list[str] = []
    days, other = carried_note.dates(view.draft), carried_note.misnumbered(view.draft)
    for id, words in footnote.texts(view.draft).items():
        cells = "; ".join(footnote.where(view.draft, id)) or "no cell"
        short = words if len(words) <= 150 else f"{words[:149]}…"  # two lines
        found += fold(f"{_number(id)}. {short}", "   ") + fold(f"   at {cells}", "   ")
        if id in days:
            found += fold(f"   From the last filing. It speaks of {days[id]}: is it still right?", "   ")
        if id in other:
            found += fold(f'   The nature of ownership is "{other[id]}": change its number.', "   ")
    return tuple(found) or ("No footnotes.",)


def _notes_options(view: View) -> tuple[Option, ...]:
    footnotes = footnote.texts(view.draft)
    found = [Option("done", "Footnotes are right" if footnotes else "No footnotes needed")]
    if any(rows(view.draft)):
        found.append(Option("add", "Attach a footnote to a cell"))
    found += [
        Option(f"change {n}", f"Change the words of footnote {_number(id)}") for n, id in enumerate(footnotes)
    ]
    found += [Option(f"remove {id}", f"Remove footnote {_number(id)}") for id in footnotes]
    listed = view.shelf.notes
    if listed is not None:  # there is a library
        texts = {words for _name, words in listed}
        fresh = [id for id, words in footnotes.items() if words not in texts]
        found += [Option(f"keep {id}", f"Keep footnote {_number(id)} in my library") for id in fresh]
    return tuple(found)


def _notes_step(view: View, answer: Answer) -> Step:
    verb, _, which = str(answer).partition(" ")
    if verb == "add":
        return Step(draft=view.draft.with_interview(note=NoteInHand(back="notes")), goto="note.row")
    if verb == "change":
        return Step(draft=view.draft, goto=f"footnotes[{which}].text")
    if verb == "keep":
        return Step(draft=view.draft, goto="notes", keeps=footnote.texts(view.draft)[which])
    if verb == "remove":
        draft = view.draft
        words = footnote.texts(draft)[which]
        for path, ids in list(footnote.cells(draft)):
            if which in ids:
                draft = footnote.detach(draft, path, words)
        return Step(draft=draft, goto="notes")
    return Step(draft=view.draft)


NOTES: Final = Screen(
    id="notes",
    section=SECTION,
    title="Footnotes (Explanation of Responses)",
    intro=_notes_intro,
    prompts=(
        Prompt(
            id="notes",
            message="Are the footnotes right?",
            help=TEXT_HELP,
            kind=AnswerKind.CHOICE,
            options=_notes_options,
            propose=lambda _view: Proposal("done"),
            act=_notes_step,
            hub=True,
            idle=lambda view: len(_notes_options(view)) == 1,
        ),
    ),
)


# ---- changing one

FOOTNOTE: Final = Screen(
    id="footnotes",
    section=SECTION,
    title=lambda view: f"Footnote {(view.index or 0) + 1}",
    count=lambda draft: len(draft.filing.footnotes),
    home="notes",
    prompts=(
        Prompt(
            id="footnotes[{i}].text",
            message="Text of the footnote",
            help=TEXT_HELP,
            field=form_field("footnotes[{i}].text"),
            longest=1000,
            prefill=True,
        ),
    ),
)


# ---- remarks


def _remarks(view: View) -> Proposal | None:
    """Those of the draft, else the issuer's own."""
    remarks = view.text("remarks") or view.style("remarks")
    return Proposal(remarks) if remarks else None


REMARKS: Final = Screen(
    id="remarks",
    section=SECTION,
    title="Remarks",
    prompts=(
        Prompt(
            id="remarks",
            message="Remarks",
            help="For what belongs to no cell: a full officer title, a list of exhibits (Exhibit List: EX-24 Power of "
            "Attorney). Up to 2,000 characters. Enter alone for none.",
            field=form_field("remarks"),
            required=False,
            prefill=True,
            longest=2000,
            propose=_remarks,
        ),
    ),
)
