"""The desk: the filings in progress by due date, and what can be done there, as questions."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author import codes
from form4_author.wizard.option import BLANK, Option
from form4_author.wizard.page import Page
from form4_author.wizard.prompter import Key, key_help
from form4_author.wizard.screen import AnswerKind, Ask
from form4_author.wizard.wording import fold
from form4_author.wizard.work_row import NARROW, header, row_text, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from form4_author.wizard.prompter import Prompter
    from form4_author.wizard.work_row import WorkRow

__all__ = [
    "ALL",
    "FILE",
    "NOTHING_RECORDED",
    "SEND",
    "STATUS",
    "DeskView",
    "RecordedOffers",
    "asked",
    "desk_ask",
    "desk_head",
    "file_ask",
    "form_ask",
    "rows_ask",
    "rows_shown",
    "screen_size",
    "which_ask",
]

ALL: Final = "all"
"""The row that lists every filing."""
FILE: Final = "file"
"""The row that asks for a file."""
SEND: Final = "s"
"""The row that sends a filing."""
STATUS: Final = "e"
"""The row that watches a filing that was sent."""
_BESIDE: Final = 15
"""Lines of the desk that are not filings."""
_FEWEST, _MOST, _MOST_TALL = 3, 9, 25
_TALL: Final = 40
"""Lines from which more than nine filings are shown."""
_ROOMY: Final = 24
"""Lines from which a blank line divides filings and commands."""
_MOST_LISTED: Final = 2000


class RecordedOffers(NamedTuple):
    """What the desk shows from the register."""

    persons: tuple[Option, ...] = ()
    """Persons with their issuers, those whose form was filed last first."""
    filings: tuple[Option, ...] = ()
    """Forms on record, by accession number, newest first."""
    messages: tuple[str, ...] = ()
    """What ends soon, or that the register can't be used."""


NOTHING_RECORDED = RecordedOffers()


class DeskView(NamedTuple):
    """What the desk shows."""

    moment: str = ""
    """``Mon 11/30/2026, 9:10 a.m.``"""
    rows: tuple[WorkRow, ...] = ()
    """The filings in progress, the one due first first."""
    filed: int = 0
    has_packet: bool = False
    is_at_edgar: bool = False
    """Whether any of them was sent."""
    recorded: RecordedOffers = NOTHING_RECORDED
    messages: tuple[str, ...] = ()
    undo: str = ""
    """What ``Undo`` takes back; empty where there is nothing."""


_COMMANDS: Final = (
    ("n", "New filing", "New filing"),
    ("l", "New filing from a past one (its XML or EDGAR .txt, or a draft)", "From a past filing"),
    ("a", "Amend a filing", "Amend"),
    (SEND, "Send a filing to EDGAR", "Send to EDGAR"),
    (STATUS, "EDGAR's answer to a filing that was sent", "EDGAR's answer"),
    ("f", "Mark a filing as filed", "Mark as filed"),
    ("h", "Holdings of a person", "Holdings"),
    ("b", "Batch: many filings from a spreadsheet", "Batch"),
    ("c", "Check a file", "Check a file"),
    ("d", "Delete a draft", "Delete a draft"),
)
"""Letter, label, and label where the screen is narrow. Those for EDGAR are shown where there is such a filing."""
_HELP = (
    "Each row above is a filing in progress; press Enter to open it. A letter points at a command.",
    (
        "States: draft; 2 to answer, 1 to correct (what the review lists); ready; packet made; released; changed after "
        "(the last packet or release has different contents); sent, not known, suspended, accepted (at EDGAR); filed."
    ),
)


def desk_head(desk: DeskView, width: int, *, helps: bool = False) -> Page:
    """The first lines of the desk."""
    title = "form4 desk"
    right = f"{desk.moment} {'ET' if width < NARROW else 'Eastern'}" if desk.moment else ""
    if width < NARROW:
        right = right.partition(" ")[2] if right[:3].isalpha() else right
    first = f"{title}{right:>{max(0, width - 1 - len(title))}}"
    said = [part for message in (*desk.messages, *desk.recorded.messages) for part in fold(message)]
    about = (*_HELP, key_help(AnswerKind.CHOICE, jumps=False)) if helps else ()
    return Page(title=(first, *said), help=about)


def desk_ask(desk: DeskView, width: int, height: int, above: int = 0) -> Ask:
    """The question of the desk: its filings, as many as fit, and its commands. ``above``: lines of messages."""
    rows = told_apart(desk.rows, width)
    added = desk.has_packet + desk.is_at_edgar
    shown = rows[: rows_shown(height, above, added)]
    undo = [Option("undo", f"Undo: {desk.undo}", key="u")] if desk.undo else []
    filings = [
        Option(row.path, row_text(row, width), key=str(number) if number < 10 else "")
        for number, row in enumerate(shown, 1)
    ]
    more = _more(len(rows) - len(shown), desk.filed)
    blank = [BLANK] if filings and height >= _ROOMY + added else []
    options = (*undo, *filings, *more, *blank, *_commands(desk, width))
    return Ask(
        id="start",
        message=header(width) if filings else "No filings in progress.",
        kind=AnswerKind.CHOICE,
        options=options,
        proposal=options[0].value if undo or filings else "n",
        is_menu=True,
        jumps=bool(desk.rows or desk.filed),
    )


def rows_shown(height: int, above: int = 0, added: int = 0) -> int:
    """How many filings the desk shows at most. ``added``: rows for EDGAR; the first takes the blank line's place."""
    most = _MOST_TALL if height >= _TALL else _MOST
    return max(_FEWEST, min(most, height - _BESIDE - above - max(0, added - 1)))


def _more(hidden: int, filed: int) -> list[Option]:
    """The row that lists what the desk has no room for."""
    parts = [f"{hidden} open" if hidden else "", f"{filed} filed" if filed else ""]
    told = ", ".join(part for part in parts if part)
    return [Option(ALL, f"More: {told}", key="m")] if told else []


def _commands(desk: DeskView, width: int) -> list[Option]:
    closed = {
        "f": "" if desk.has_packet else "no packet has been made",
        "h": "" if desk.recorded.persons else "no filing is recorded",
        "d": "" if desk.rows else "there is no draft",
    }
    absent = {SEND: not desk.has_packet, STATUS: not desk.is_at_edgar}
    found = []
    for key, wide, narrow in _COMMANDS:
        if absent.get(key):
            continue
        why = closed.get(key, "")
        label = narrow if width < NARROW else wide
        found.append(Option(key, label, key=key, barred=why))
    return found


def rows_ask(id: str, message: str, rows: Sequence[WorkRow], width: int) -> Ask:
    """The question for one of several filings; typing narrows a long list."""
    return Ask(
        id=id,
        message=message,
        kind=AnswerKind.CHOICE,
        options=tuple(
            Option(row.path, row_text(row, width), also=f"{row.full_person} {row.full_issuer} {row.what}")
            for row in told_apart(rows, width)
        ),
        filters=id == ALL,
        narrows="a name, a symbol, a form or what happened",
    )


def form_ask() -> Ask:
    """The question for the form of a new filing."""
    about = {"4": "a transaction", "3": "a new insider", "5": "annual"}
    forms = sorted((form for form in codes.forms() if "/A" not in form), key=lambda form: (form != "4", form))
    return Ask(
        id="new.form",
        message="Which form?",
        kind=AnswerKind.CHOICE,
        options=tuple(Option(form, f"Form {form}: {about[form]}") for form in forms),
        proposal=forms[0],
    )


def file_ask(word: str, message: str, fault: Callable[[str], str | None]) -> Ask:
    """The question for the name of a file."""

    def check(typed: str) -> str | None:
        return fault(typed) if typed.strip() else f"An answer is needed: {message.partition(' (')[0]}"

    return Ask(id=f"{word}.file", message=message, kind=AnswerKind.TEXT, check=check)


def which_ask(filings: Sequence[Option]) -> Ask:
    """The question for the filing on record that is amended."""
    return Ask(
        id="amend.which",
        message="Which filing is amended?",
        kind=AnswerKind.CHOICE,
        options=(*filings[:_MOST_LISTED], Option(FILE, "A filing in a file")),
        proposal=filings[0].value if filings else FILE,
        filters=True,
        narrows="a name, a symbol, a day or a number",
    )


def asked(
    prompter: Prompter, put: Callable[[Ask], str | Key], ask: Ask, top: Sequence[str], help_: str = ""
) -> str | Key:
    """The answer, Key.BACK or Key.LEAVE; help is shown above the question and closed by the same key."""
    helps = False
    about = tuple(filter(None, (help_, key_help(ask.kind, jumps=False))))
    while True:
        prompter.show(Page(title=tuple(top), help=about if helps else ()))
        try:
            reply = put(ask)
        except (KeyboardInterrupt, EOFError):
            return Key.LEAVE
        if isinstance(reply, str) or reply is Key.LEAVE:
            return reply
        if reply is Key.BACK and not helps:
            return Key.BACK
        helps = reply is Key.HELP and not helps


def screen_size() -> tuple[int, int]:
    """Columns and lines of the terminal."""
    size = shutil.get_terminal_size()
    return size.columns, size.lines
