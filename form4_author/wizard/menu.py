"""The start menu: new, one of the drafts, or a file to check; returns the command it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from form4_author import codes
from form4_author.wizard.option import Option
from form4_author.wizard.prompter import Key, Prompter, key_help
from form4_author.wizard.screen import AnswerKind, Ask
from form4_author.wizard.typed_path import path_typed
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
_TITLE = "form4: SEC Forms 3, 4 and 5 on this computer."
_HELP = (
    "Choose what to do. Every answer of an interview is saved as you go.",
    *fold(key_help(AnswerKind.CHOICE, jumps=False)),
    "",
)
_FILE_HELP = (
    "The name of a draft, of an XML file or of an EDGAR .txt file; it may be pasted with quotes around it.",
    *fold(key_help(AnswerKind.TEXT, jumps=False)),
    "",
)
_WHICH_HELP = (
    "The filings on record, the newest first. The last row asks for a file.",
    *fold(key_help(AnswerKind.CHOICE, jumps=False)),
    "",
)


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
    fault: Callable[[str], str | None] = lambda _typed: None,  # the shape of a fault
) -> list[str]:
    """The words of the command that was chosen; none when the filer leaves.

    ``fault``: what is wrong with the name of a file, which is then asked for again.
    """
    if prompter is None:
        from form4_author.wizard.terminal import at_terminal

        prompter = at_terminal()
    helps = False
    while True:
        prompter.show((_TITLE, "", *(_HELP if helps else _messages_of(recorded))))
        try:
            answer = prompter.choice(menu_ask(drafts, due, recorded.persons))
            if answer is Key.LEAVE or (answer is Key.BACK and not helps):
                return []
            helps = answer is Key.HELP and not helps
            words = _words(answer, prompter, recorded, fault) if isinstance(answer, str) else None
        except (KeyboardInterrupt, EOFError):
            return []
        if words is not None:
            return words


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
        is_menu=True,
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


def _words(
    answer: str, prompter: Prompter, recorded: RecordedOffers, fault: Callable[[str], str | None]
) -> list[str] | None:
    """The command for a row of the menu; empty to leave, None to go back to the menu."""
    word, _, rest = answer.partition(" ")
    if word == "about":
        persons, _, issuer = rest.partition(" ")
        return ["new", *(w for cik in persons.split(",") for w in ("--person", cik)), "--issuer", issuer]
    if word in ("new", "resume"):
        return ["new", "--form", rest] if word == "new" else ["resume", rest]
    if word == "amend" and recorded.filings:
        return _amendment(prompter, recorded.filings, fault)
    return _of_file(word, prompter, fault)


def _amendment(
    prompter: Prompter, filings: tuple[Option, ...], fault: Callable[[str], str | None]
) -> list[str] | None:
    """The command that amends a filing on record, or one in a file."""
    while True:
        which = _asked(prompter, prompter.choice, _which(filings), _WHICH_HELP)
        if not isinstance(which, str):
            return [] if which is Key.LEAVE else None
        if which != _FILE:
            return ["amend", "--accession", which]
        words = _of_file("amend", prompter, fault)
        if words is not None:
            return words


def _of_file(word: str, prompter: Prompter, fault: Callable[[str], str | None]) -> list[str] | None:
    """The command for a file whose name is typed."""
    typed = _asked(prompter, prompter.text, _file(word, fault), _FILE_HELP)
    if not isinstance(typed, str):
        return [] if typed is Key.LEAVE else None
    return [*(("new", "--from") if word == "from" else (word,)), path_typed(typed)]


def _asked(
    prompter: Prompter, put: Callable[[Ask], str | Key], ask: Ask, about: tuple[str, ...]
) -> str | Key | None:
    """The answer, Key.LEAVE, or None to go back; help is shown above the question and closed by the same key."""
    helps = False
    while True:
        prompter.show((_TITLE, "", *(about if helps else ())))
        reply = put(ask)
        if isinstance(reply, str) or reply is Key.LEAVE:
            return reply
        if reply is Key.BACK and not helps:
            return None
        helps = reply is Key.HELP and not helps


def _file(word: str, fault: Callable[[str], str | None]) -> Ask:
    """The question for the name of a file."""

    def check(typed: str) -> str | None:
        return fault(typed) if typed.strip() else "An answer is needed: Which file?"

    return Ask(
        id=f"{word}.file",
        message="Which file? (draft, XML or EDGAR .txt)",
        kind=AnswerKind.TEXT,
        check=check,
    )


def _which(filings: tuple[Option, ...]) -> Ask:
    """The question for the filing on record that is amended."""
    return Ask(
        id="amend.which",
        message="Which form is amended?",
        kind=AnswerKind.CHOICE,
        options=(*filings, Option(_FILE, "Another one, from a file")),
        proposal=filings[0].value,
        filters=True,
        narrows="a name, a symbol, a day or a number",
    )
