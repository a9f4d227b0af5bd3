"""The start menu: new, one of the drafts, or a file to check; returns the command it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from form4_author import codes
from form4_author.wizard.option import Option
from form4_author.wizard.prompter import Key, Prompter
from form4_author.wizard.screen import AnswerKind, Ask
from form4_author.wizard.wording import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from form4_author.files.draft_file import Summary

__all__ = ["NOTHING_RECORDED", "RecordedOffers", "chosen", "menu_ask"]

_MOST = 20
_FILE = "file"
_WIDEST = 74
"""Columns of a line of the list."""
_NAMES = 24
"""The fewest columns for person and issuer; before they get fewer, the time of saving is left out."""


class RecordedOffers(NamedTuple):
    """What the menu shows from the register."""

    persons: tuple[Option, ...] = ()
    """Those whose form was filed last, with their issuers."""
    filings: tuple[Option, ...] = ()
    """Forms on record, by accession number, newest first."""
    messages: tuple[str, ...] = ()
    """What ends soon, or that the register can't be used."""


NOTHING_RECORDED = RecordedOffers()


def chosen(
    drafts: Sequence[Summary],
    prompter: Prompter | None = None,
    due: Callable[[Path], str] = lambda _path: "",  # the shape of a due date
    recorded: RecordedOffers = NOTHING_RECORDED,
) -> list[str]:
    """The words of the command that was chosen; none when the filer leaves."""
    if prompter is None:
        from form4_author.wizard.terminal import Terminal

        prompter = Terminal()
    prompter.show(("form4: SEC Forms 3, 4 and 5 on this computer.", "", *_messages_of(recorded)))
    while True:
        try:
            answer = prompter.choice(menu_ask(drafts, due, recorded.persons))
        except (KeyboardInterrupt, EOFError):
            return []
        if answer is Key.LEAVE:
            return []
        if isinstance(answer, str):
            return _words(answer, prompter, recorded)
        prompter.show(("Choose what to do; q leaves. Every answer of an interview is saved as you go.", ""))


def menu_ask(
    drafts: Sequence[Summary],
    due: Callable[[Path], str] = lambda _path: "",  # the shape of a due date
    persons: Sequence[Option] = (),
) -> Ask:
    """The question of the menu: what can be started, the drafts with their due dates, the persons known.

    Drafts stand last saved first; those that were filed are done and not listed.
    """
    forms = sorted((form for form in codes.forms() if "/A" not in form), key=lambda form: (form != "4", form))
    new = [Option(value=f"new {form}", label=f"New Form {form}") for form in forms]
    amend = Option(value="amend", label="Amend a filed form (XML, EDGAR .txt or a draft)")
    waiting = [d for d in drafts if not d.filed]
    resumed = [Option(value=f"resume {d.path}", label=_draft_label(d, due(d.path))) for d in waiting[:_MOST]]
    about = [Option(value=f"about {p.value}", label=f"New Form 4: {p.label}"[:_WIDEST]) for p in persons]
    check = [Option(value="check", label="Check a file")]
    last = Option(value="from", label="New Form 4 from the last filing (XML, EDGAR .txt or a draft)")
    return Ask(
        id="start",
        message="What do you want to do?",
        kind=AnswerKind.CHOICE,
        options=(new[0], last, *resumed, *about, *new[1:], amend, *check),
        proposal=new[0].value,
    )


def _draft_label(draft: Summary, until: str) -> str:
    """``Go on: Form 4 · Thakar Sumedh S · QUALYS, INC. · due Tue 11/05``: names give way to what comes after them."""
    if draft.problem:
        return f"Go on: {draft.path.name} (can't be read: {draft.problem})"[:_WIDEST]
    first = f"Go on: Form {draft.form} · "
    due, saved = f" · {until}" if until else "", f" · saved {draft.saved.astimezone():%m/%d %H:%M}"
    room = _WIDEST - len(first)
    wanted = min(_NAMES, len(_names(draft, room)))
    last = f"{due}{saved}" if not due or room - len(due) - len(saved) >= wanted else due
    return f"{first}{_names(draft, room - len(last))}{last}"


def _names(draft: Summary, room: int) -> str:
    """Person and issuer, or the file, in this room: the longer of the two is cut first."""
    if not (draft.person and draft.issuer):
        return (draft.person or draft.issuer or draft.path.name)[:room]
    room -= len(" · ")
    person = max(room // 2, room - len(draft.issuer))
    issuer = room - min(person, len(draft.person))
    return f"{draft.person[:person].rstrip()} · {draft.issuer[:issuer].rstrip()}"


def _messages_of(recorded: RecordedOffers) -> tuple[str, ...]:
    lines = [part for message in recorded.messages for part in fold(message)]
    return (*lines, "") if lines else ()


def _words(answer: str, prompter: Prompter, recorded: RecordedOffers) -> list[str]:
    word, _, rest = answer.partition(" ")
    if word == "about":
        persons, _, issuer = rest.partition(" ")
        return ["new", *(w for cik in persons.split(",") for w in ("--person", cik)), "--issuer", issuer]
    if word == "amend" and recorded.filings:
        which = _filing(prompter, recorded.filings)
        if which != _FILE:
            return ["amend", "--accession", which] if which else []
    if word == "new":
        return ["new", "--form", rest]
    if word == "resume":
        return ["resume", rest]
    typed = prompter.text(
        Ask(id=f"{word}.file", message="Which file? (draft, XML or EDGAR .txt)", kind=AnswerKind.TEXT)
    )
    if not isinstance(typed, str) or not typed.strip():
        return []
    return [*(("new", "--from") if word == "from" else (word,)), typed.strip()]


def _filing(prompter: Prompter, filings: tuple[Option, ...]) -> str:
    """The accession number of the form chosen; ``file`` for one that is not on record, empty for none."""
    ask = Ask(
        id="amend.which",
        message="Which form is amended?",
        kind=AnswerKind.CHOICE,
        options=(*filings, Option(_FILE, "Another one, from a file")),
        proposal=filings[0].value,
        filters=True,
        narrows="a name, a symbol, a day or a number",
    )
    answer = prompter.choice(ask)
    return answer if isinstance(answer, str) else ""
