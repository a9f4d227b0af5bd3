"""Explanation of responses: footnotes attached to cells, and remarks."""

from __future__ import annotations

from typing import Final

from form4_author.findings import path_from_text
from form4_author.model.label import field_at, label, where
from form4_author.wizard import note
from form4_author.wizard.answer import Data, node, put, rows, text
from form4_author.wizard.screen import Answer, Kind, Option, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.wording import fold, line, shown_cell

__all__ = ["FOOTNOTE", "NOTE", "NOTES", "REMARKS"]

_SECTION: Final = "Footnotes and remarks"
_NEW: Final = "new"
_TEXT_HELP: Final = (
    "Instruction 6(a). Up to 1,000 characters; a longer one continues in the next footnote. Footnotes are numbered by "
    "themselves, in the order in which the cells refer to them. The filing is public: no account numbers, no private "
    "addresses."
)


def _number(id: str) -> str:
    return id.removeprefix("F")


# ---- the list of footnotes


def _notes_intro(view: View) -> tuple[str, ...]:
    found: list[str] = []
    for id, words in note.texts(view.data).items():
        cells = "; ".join(note.where(view.data, id)) or "no cell"
        short = words if len(words) <= 150 else f"{words[:149]}…"  # two lines
        found += fold(f"{_number(id)}. {short}", "   ") + fold(f"   at {cells}", "   ")
    return tuple(found) or ("No footnotes.",)


def _notes_options(view: View) -> tuple[Option, ...]:
    known = note.texts(view.data)
    found = [Option("done", "Footnotes are right" if known else "No footnotes needed")]
    if any(rows(view.data)):
        found.append(Option("add", "Attach a footnote to a cell"))
    found += [
        Option(f"change {n}", f"Change the words of footnote {_number(id)}") for n, id in enumerate(known)
    ]
    found += [Option(f"remove {id}", f"Remove footnote {_number(id)}") for id in known]
    return tuple(found)


def _notes_step(view: View, answer: Answer) -> Step:
    verb, _, which = str(answer).partition(" ")
    if verb == "add":
        return Step(data=put(view.data, ("interview", "note"), {}), goto="note.row")
    if verb == "change":
        return Step(data=view.data, goto=f"footnotes[{which}].text")
    if verb == "remove":
        data = view.data
        words = note.texts(data)[which]
        for path, ids in list(note.cells(data)):
            if which in ids:
                data = note.detach(data, path, words)
        return Step(data=data, goto="notes")
    return Step(data=view.data)


NOTES: Final = Screen(
    id="notes",
    section=_SECTION,
    title="Footnotes (Explanation of Responses)",
    intro=_notes_intro,
    prompts=(
        Prompt(
            id="notes",
            message="Are the footnotes right?",
            help=_TEXT_HELP,
            kind=Kind.CHOICE,
            options=_notes_options,
            propose=lambda _view: Proposal("done"),
            act=_notes_step,
            hub=True,
        ),
    ),
)


# ---- attaching one


def _row(view: View) -> str:
    return view.text("interview.note.row")


def _row_options(view: View) -> tuple[Option, ...]:
    return tuple(Option(f"{t}[{i}]", line(t, i, row)[:66]) for t, i, row in rows(view.data))


def _column_options(view: View) -> tuple[Option, ...]:
    at = path_from_text(_row(view))
    row = node(view.data, at)
    if not isinstance(row, dict):
        return ()
    found = []
    for column in note.columns(str(at[0]), str(row.get("kind"))):
        path = (*at, column.name)
        name = label(path).removeprefix(where(path)).lstrip(", ") or column.caption
        found.append(Option(column.name, f"{name[:1].upper()}{name[1:]}: {shown_cell(view.data, path)}"[:66]))
    return tuple(found)


def _which_options(view: View) -> tuple[Option, ...]:
    known = note.texts(view.data)
    found = [Option(_NEW, "A new footnote")]
    return (*found, *(Option(id, f"Footnote {_number(id)}: {words}"[:66]) for id, words in known.items()))


def _target(view: View) -> tuple[str | int, ...]:
    return (*path_from_text(_row(view)), view.text("interview.note.column"))


def _which_step(view: View, answer: Answer) -> Step:
    data = put(view.data, ("interview", "note", "which"), str(answer))
    if answer == _NEW:
        return Step(data=data)
    return _attached(view, note.texts(view.data)[str(answer)])


def _note_home(data: Data) -> str:
    """Where attaching began: the list of footnotes, or the columns of a line."""
    return text(data, "interview.note.back") or "notes"


def _attached(view: View, words: str) -> Step:
    data = note.attach(view.data, _target(view), words)
    return Step(data=put(data, ("interview", "note"), None), goto=_note_home(view.data))


def _cancelled(data: Data) -> bool:
    return node(data, ("interview", "note")) is not None


NOTE: Final = Screen(
    id="note",
    section=_SECTION,
    title="Attach a footnote to a cell",
    when=lambda view: _cancelled(view.data),
    home=_note_home,
    transient=True,
    prompts=(
        Prompt(
            id="note.row",
            path="interview.note.row",
            message="On which line?",
            help="A footnote belongs to a cell: first choose its line, then its column.",
            kind=Kind.CHOICE,
            options=_row_options,
        ),
        Prompt(
            id="note.column",
            path="interview.note.column",
            message="In which column?",
            help="The mark is printed in this column. (A) or (D) of Table II takes no footnote.",
            kind=Kind.CHOICE,
            options=_column_options,
            when=lambda view: bool(_row(view)),
        ),
        Prompt(
            id="note.which",
            path="interview.note.which",
            message="Which footnote?",
            help="One footnote may stand at several cells.",
            kind=Kind.CHOICE,
            options=_which_options,
            when=lambda view: bool(view.text("interview.note.column")) and bool(note.texts(view.data)),
            act=_which_step,
        ),
        Prompt(
            id="note.text",
            path="interview.note.text",
            message="Text of the footnote",
            help=_TEXT_HELP,
            field=field_at(("footnotes", 0, "text")),
            longest=1000,
            when=lambda view: bool(view.text("interview.note.column")),
            act=lambda view, answer: _attached(view, str(answer)),
        ),
    ),
)


# ---- changing one

FOOTNOTE: Final = Screen(
    id="footnotes",
    section=_SECTION,
    title=lambda view: f"Footnote {(view.index or 0) + 1}",
    count=lambda data: View(data).count("footnotes"),
    home="notes",
    prompts=(
        Prompt(
            id="footnotes[{i}].text",
            message="Text of the footnote",
            help=_TEXT_HELP,
            field=form_field("footnotes[{i}].text"),
            longest=1000,
            prefill=True,
        ),
    ),
)


# ---- remarks

REMARKS: Final = Screen(
    id="remarks",
    section=_SECTION,
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
            propose=lambda view: Proposal(text(view.data, "remarks")) if text(view.data, "remarks") else None,
        ),
    ),
)
