"""Attaching a footnote: by pointing at a cell, in own words, from the library or from a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.findings import path_from_text, path_text
from form4_author.model.interview import NoteInHand
from form4_author.model.label import field_at, label, where
from form4_author.text import shortened
from form4_author.wizard.draft import footnote
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.option import Option
from form4_author.wizard.phrase import PHRASES, SLOTS, Phrase, Slot, filled
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.wording import cell_name, line, shown_cell

if TYPE_CHECKING:
    from form4_author.model.draft import Draft

__all__ = ["NOTE", "SECTION", "TEXT_HELP"]

SECTION: Final = "Footnotes and remarks"
TEXT_HELP: Final = (
    "Instruction 6(a). Up to 1,000 characters; a longer one becomes two, attached to one cell, the second starting "
    "at a sentence. Footnotes are numbered automatically, in the order "
    "in which the cells refer to them. The "
    "filing is public: no account numbers, no private addresses."
)
_NEW: Final = "new"
_WHICH: Final = "interview.note.which"


def _row(view: View) -> str:
    return view.text("interview.note.row")


def _cell_options(view: View) -> tuple[Option, ...]:
    """The cells that take a footnote: those of the line where attaching began, else of all lines."""
    found = []
    for table, index, row in rows(view.draft):
        if _row(view) in ("", f"{table}[{index}]"):
            for column in footnote.columns(table, row.kind):
                path = (table, index, column.name)
                found.append(Option(path_text(path), shortened(cell_name(view.draft, path), 66)))
    return tuple(found)


def _cell_step(view: View, answer: Answer) -> Step:
    """The cell pointed at; a footnote that is known already is attached to it at once."""
    row, _, column = str(answer).rpartition(".")
    chosen = view.with_text("interview.note.row", row).with_text("interview.note.column", column)
    words = footnote.texts(view.draft).get(view.text(_WHICH))
    return Step(draft=chosen.draft) if words is None else _attached(chosen, words)


def _row_options(view: View) -> tuple[Option, ...]:
    return tuple(Option(f"{t}[{i}]", shortened(line(t, i, row), 66)) for t, i, row in rows(view.draft))


def _column_options(view: View) -> tuple[Option, ...]:
    at = path_from_text(_row(view))
    row = view.draft.row(str(at[0]), int(at[1]))
    if row is None:
        return ()
    found = []
    for column in footnote.columns(str(at[0]), row.kind):
        path = (*at, column.name)
        name = label(path, view.base).removeprefix(where(path)).lstrip(", ") or column.caption
        found.append(
            Option(column.name, f"{name[:1].upper()}{name[1:]}: {shown_cell(view.draft, path)}"[:66])
        )
    return tuple(found)


def _which_options(view: View) -> tuple[Option, ...]:
    """A new one, those of the form, those of the filer's own library, and patterns."""
    found = [Option(_NEW, "A new footnote, in your own words")]
    found += [
        Option(id, shortened(f"Footnote {id[1:]}: {words}", 66))
        for id, words in footnote.texts(view.draft).items()
    ]
    found += [
        Option(f"library {n}", shortened(f"Library: {name}: {words}", 66))
        for n, (name, words) in enumerate(view.shelf.notes or ())
    ]
    found += [
        Option(f"phrase {n}", shortened(f"Pattern: {phrase.label}", 66)) for n, phrase in enumerate(PHRASES)
    ]
    return tuple(found)


def _phrase(view: View) -> Phrase | None:
    """The pattern chosen."""
    verb, _, number = view.text(_WHICH).partition(" ")
    return PHRASES[int(number)] if verb == "phrase" else None


def _proposed_text(view: View) -> Proposal | None:
    """The words of the pattern with its gaps filled, or of the library."""
    verb, _, number = view.text(_WHICH).partition(" ")
    if verb == "library":
        found = (view.shelf.notes or ())[int(number) :][:1]
        return Proposal(found[0][1]) if found else None
    phrase = _phrase(view)
    if phrase is None:
        return None
    answers = {slot.name: view.text(f"interview.note.slot_{n}") for n, slot in enumerate(phrase.slots, 1)}
    return Proposal(filled(phrase, answers))


def _slot(number: int, kind: str) -> Prompt:
    """The question on the n-th gap of a pattern, when it is of this kind."""

    def slot(view: View) -> Slot | None:
        phrase = _phrase(view)
        slots = phrase.slots if phrase else ()
        return slots[number - 1] if len(slots) >= number and slots[number - 1].kind == kind else None

    def message(view: View) -> str:
        found = slot(view)
        return f"{found.name[:1].upper()}{found.name[1:]}" if found else ""

    return Prompt(
        id=f"note.slot_{number}",
        path=f"interview.note.slot_{number}",
        message=message,
        help="It completes the sentence, which can be changed before it is used.",
        entry=Slot("", kind).entry,
        when=lambda view: slot(view) is not None,
    )


def _target(view: View) -> tuple[str | int, ...]:
    return (*path_from_text(_row(view)), view.text("interview.note.column"))


def _which_step(view: View, answer: Answer) -> Step:
    if answer not in footnote.texts(view.draft):
        return Step(draft=view.with_text(_WHICH, str(answer)).draft)
    return _attached(view, footnote.texts(view.draft)[str(answer)])


def _note_home(draft: Draft) -> str:
    """Where attaching began: the list of footnotes, or the columns of a line."""
    return draft.interview.note.back or "notes"


def _attached(view: View, words: str) -> Step:
    draft = footnote.attach(view.draft, _target(view), words)
    return Step(draft=draft.with_interview(note=NoteInHand()), goto=_note_home(view.draft))


NOTE: Final = Screen(
    id="note",
    section=SECTION,
    title="Attach a footnote to a cell",
    when=lambda view: view.interview.note != NoteInHand(),
    home=_note_home,
    transient=True,
    prompts=(
        Prompt(
            id="note.cell",
            sets=("interview.note.column", "interview.note.row"),
            message="Attach a footnote to which cell?",
            help="A footnote belongs to a cell, where its mark is printed. Column (A) or (D) of Table II cannot "
            "have a footnote.",
            kind=AnswerKind.CHOICE,
            options=_cell_options,
            act=_cell_step,
            filters=True,
            narrows="a line, a column number or a word",
        ),
        Prompt(
            id="note.row",
            path="interview.note.row",
            message="On which line?",
            help="A footnote belongs to a cell: first choose its line, then its column.",
            kind=AnswerKind.CHOICE,
            options=_row_options,
            on_demand=True,
        ),
        Prompt(
            id="note.column",
            path="interview.note.column",
            message="In which column?",
            help="The mark is printed in this column. Column (A) or (D) of Table II cannot have a footnote.",
            kind=AnswerKind.CHOICE,
            options=_column_options,
            when=lambda view: bool(_row(view)),
            on_demand=True,
        ),
        Prompt(
            id="note.which",
            path=_WHICH,
            message="Which footnote?",
            help="A footnote may be attached to several cells.",
            kind=AnswerKind.CHOICE,
            options=_which_options,
            when=lambda view: bool(view.text("interview.note.column")),
            propose=lambda _view: Proposal(_NEW),
            act=_which_step,
            filters=True,
        ),
        *(
            _slot(number, kind)
            for number in range(1, SLOTS + 1)
            for kind in ("date", "number", "price", "words")
        ),
        Prompt(
            id="note.text",
            path="interview.note.text",
            message="Text of the footnote",
            help=TEXT_HELP,
            field=field_at(("footnotes", 0, "text")),
            longest=1000,
            prefill=True,
            propose=_proposed_text,
            when=lambda view: bool(view.text("interview.note.column")),
            act=lambda view, answer: _attached(view, str(answer)),
        ),
    ),
)
