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
from form4_author.wizard.wording import cell_places

__all__ = ["FOOTNOTE", "NOTES", "REMARKS"]


def _number(id: str) -> str:
    return id.removeprefix("F")


def _in_full(view: View, id: str, words: str) -> str:
    """``(1) I-2, I-3 col. 4: The price …``, whole."""
    at = cell_places(view.draft, (path for path, ids in footnote.cells(view.draft) if id in ids))
    return f"({_number(id)}) {at or 'no cell'}: {' '.join(words.split())}"


# ---- the list of footnotes


def _notes_text(view: View) -> tuple[str, ...]:
    """Every footnote whole, and what is odd about one that the last filing had."""
    found: list[str] = []
    for id, words in footnote.texts(view.draft).items():
        found += [_in_full(view, id, words), *_doubts(view, id)]
    return tuple(found) or ("No footnotes.",)


def _doubts(view: View, id: str) -> list[str]:
    days, other = carried_note.dates(view.draft), carried_note.misnumbered(view.draft)
    found = []
    if id in days:
        found.append(f"    From the last filing. It mentions {days[id]}: is it still right?")
    if id in other:
        found.append(f'    The nature of ownership is "{other[id]}": change its number.')
    return found


def _notes_options(view: View) -> tuple[Option, ...]:
    """The footnotes are the menu: a row opens one."""
    footnotes = footnote.texts(view.draft)
    found = [Option("done", "Footnotes are right" if footnotes else "No footnotes needed")]
    found += [Option(f"open {n}", f"Open footnote {_number(id)}") for n, id in enumerate(footnotes)]
    if any(rows(view.draft)):
        found.append(Option("add", "Attach a footnote"))
    return tuple(found)


def _notes_step(view: View, answer: Answer) -> Step:
    verb, _, which = str(answer).partition(" ")
    if verb == "add":
        return Step(draft=view.draft.with_interview(note=NoteInHand(back="notes")), goto="note.cell")
    if verb == "open":
        return Step(draft=view.draft, goto=f"footnotes[{which}].card")
    return Step(draft=view.draft)


NOTES: Final = Screen(
    id="notes",
    section=SECTION,
    title="Footnotes",
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
            reads=_notes_text,
            confirms=("done",),
            passed=lambda view: not view.draft.filing.footnotes,
        ),
    ),
)


# ---- one of them


def _opened(view: View) -> tuple[str, str]:
    """Id and words of the footnote that is open."""
    texts = tuple(footnote.texts(view.draft).items())
    index = view.index or 0
    return texts[index] if index < len(texts) else ("", "")


def _card_text(view: View) -> tuple[str, ...]:
    id, words = _opened(view)
    return (_in_full(view, id, words), *_doubts(view, id))


def _card_options(view: View) -> tuple[Option, ...]:
    _, words = _opened(view)
    found = [
        Option("back", "Back"),
        Option("change", "Change the words"),
        Option("attach", "Attach it to one more cell"),
    ]
    listed = view.shelf.notes
    if listed is not None and words not in {text for _name, text in listed}:  # there is a library
        found.append(Option("keep", "Save it as a reusable footnote"))
    return (*found, Option("remove", "Remove it"))


def _card_step(view: View, answer: Answer) -> Step:
    id, words = _opened(view)
    draft = view.draft
    if answer == "change":
        return Step(draft=draft, goto=f"footnotes[{view.index}].text")
    if answer == "attach":
        return Step(draft=draft.with_interview(note=NoteInHand(back="notes", which=id)), goto="note.cell")
    if answer == "keep":
        return Step(draft=draft, goto="notes", keeps=words)
    if answer == "remove":
        for path, ids in list(footnote.cells(draft)):
            if id in ids:
                draft = footnote.detach(draft, path, words)
    return Step(draft=draft, goto="notes")


FOOTNOTE: Final = Screen(
    id="footnotes",
    section=SECTION,
    title=lambda view: f"Footnote {(view.index or 0) + 1}",
    count=lambda draft: len(draft.filing.footnotes),
    home="notes",
    prompts=(
        Prompt(
            id="footnotes[{i}].card",
            message=lambda view: f"What would you like to do with footnote {(view.index or 0) + 1}?",
            help="A footnote may be attached to several cells. Removed, it disappears from all of them.",
            kind=AnswerKind.CHOICE,
            options=_card_options,
            propose=lambda _view: Proposal("back"),
            act=_card_step,
            hub=True,
            reads=_card_text,
        ),
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


def _not_visited(view: View) -> bool:
    return not view.is_visited(SECTION)


REMARKS: Final = Screen(
    id="remarks",
    section=SECTION,
    title="Remarks",
    prompts=(
        Prompt(
            id="remarks",
            message="Remarks",
            help="For what does not belong to a cell: a full officer title, a list of exhibits (Exhibit List: EX-24 "
            "Power of "
            "Attorney). Up to 2,000 characters. Press Enter alone if there are none.",
            field=form_field("remarks"),
            required=False,
            prefill=True,
            longest=2000,
            propose=_remarks,
            silent=_not_visited,
            passed=_not_visited,
        ),
    ),
)
