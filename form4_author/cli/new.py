"""``form4``, ``form4 new``, ``form4 resume``, ``form4 edit``: the interview on a terminal or from a file of answers."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author import codes
from form4_author.cli.options import READY, UNREADABLE, CommandParser, add_answers, add_register, as_of_date
from form4_author.desk.clock import today
from form4_author.desk.intake import opened
from form4_author.desk.interview import desk, judged, not_attached
from form4_author.desk.issuer import Issuers
from form4_author.desk.register import register_at, register_of
from form4_author.desk.release import release_messages
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import draft_file
from form4_author.files.lock import draft_lock
from form4_author.files.output import write_bytes
from form4_author.page.report import verdict_line
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar
from form4_author.wizard import flow, session
from form4_author.wizard.answers_file import Recorder, Script, answers_text, load_answers
from form4_author.wizard.countdown import due_of_draft
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.carried_note import doubtful, left_out
from form4_author.wizard.replay import LastingScript
from form4_author.wizard.tty import ours
from form4_author.wizard.typed_path import file_fault

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date

    from form4_author.desk.interview_register import RegisterClerk
    from form4_author.model.draft import Draft
    from form4_author.wizard.menu import RecordedOffers
    from form4_author.wizard.prompter import Prompter


__all__ = ["prompter_of", "run", "start_menu"]


_LEFT: Final = -1
"""What an interview that the start menu began comes to when it is left: one goes back to the menu."""
_LEFT_A_LINE: Final = -2
"""The same where a line was typed that is not saved."""
_BACK: Final = -3
"""What going back from a question of the command comes to: nothing was begun."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Start, go on or open at the review."""
    return _begun(word, arguments)


def _begun(word: str, arguments: Sequence[str], *, from_menu: bool = False) -> int:
    parser = _parser(word)
    options = parser.parse_args(arguments)
    options.from_menu = from_menu
    if options.strict and not options.answers:
        parser.error("--strict belongs to --answers")
    as_of = options.as_of or today()
    if word == "new" and (options.person is None) != (options.issuer is None):
        parser.error("--person and --issuer belong together")
    if word == "new" and options.person is not None and options.last is not None:
        parser.error("--from and --person are two ways to begin; give one")
    if word == "new":
        path = (
            Path(options.output)
            if options.output
            else draft_file.free_path(draft_file.default_folder(), _stem(options, as_of))
        )
        if path.exists():
            raise UnreadableInput(
                f"{path} is already there",
                remedy=f"Go on with it by form4 resume {path}, or choose another name",
            )
        return _interview(path, lambda: _starting_draft(options, as_of), options, as_of)
    path = Path(options.draft or _only_draft(word))

    def begin() -> Draft:
        draft = draft_file.load(path).draft
        return session.at_review(draft) if word == "edit" else draft

    return _interview(path, begin, options, as_of, goes_on=word == "resume")


def _only_draft(word: str) -> Path:
    """The draft meant where none is named and one alone waits. Raises UnreadableInput with those that wait."""
    waiting = [draft.path for draft in draft_file.at_hand() if not draft.filed]
    if not waiting:
        raise UnreadableInput("No draft waits to be filed", remedy="Begin one: form4 new")
    if len(waiting) == 1:
        return waiting[0]
    named = "; ".join(f"form4 {word} {path}" for path in waiting)
    raise UnreadableInput(f"{len(waiting)} drafts wait to be filed", remedy=f"Name one: {named}")


def _starting_draft(options: argparse.Namespace, as_of: date) -> Draft:
    """The draft that the interview begins with."""
    if options.person is not None:
        from form4_author.desk.beginning import profile_of

        with register_of(options.register).reading() as book:
            return profile_of(book, options.person, options.issuer, options.form, as_of)
    if options.last is None:
        return opening.fresh(options.form)
    return opening.from_filing(opened(options.last).filing, options.form)


def _stem(options: argparse.Namespace, as_of: date) -> str:
    return f"form{options.form.lower().replace('/', '')}-{as_of.isoformat()}"


def _parser(word: str) -> CommandParser:
    summaries = {
        "new": (
            "Starts the interview for a new form.",
            "form4 new --form 4 -o thakar.form4.json\n  form4 new --person thakar --issuer QLYS",
        ),
        "resume": ("Goes on where an interview stopped.", "form4 resume thakar.form4.json"),
        "edit": ("Opens a draft at its review screen.", "form4 edit thakar.form4.json"),
    }
    parser = CommandParser(word, *summaries[word])
    if word == "new":
        parser.add_argument("--form", choices=tuple(codes.forms()), default="4", help="the form (default: 4)")
        parser.add_argument(
            "--from",
            dest="last",
            metavar="FILE",
            help="the last filing: person, issuer and what was held are taken over (XML, EDGAR .txt or a draft)",
        )
        parser.add_argument(
            "--person",
            metavar="WHICH",
            action="append",
            help="who files, as form4 person show finds them: the register knows the rest; repeat for joint filers",
        )
        parser.add_argument("--issuer", metavar="WHICH", help="about which issuer: CIK, symbol or name")
        parser.add_argument(
            "-o", "--output", metavar="DRAFT", help="the draft to write (default: in the drafts folder)"
        )
    else:
        parser.add_argument("draft", nargs="?", metavar="DRAFT", help="the draft")
    add_answers(parser)
    parser.add_argument(
        "--as-of",
        type=as_of_date,
        metavar="DATE",
        help="the day to count from (default: today, Eastern time)",
    )
    add_register(parser, json_too=False)
    return parser


def _interview(
    path: Path,
    begin: Callable[[], Draft],
    options: argparse.Namespace,
    as_of: date,
    *,
    goes_on: bool = False,
) -> int:
    with draft_lock(path), nullcontext() if options.answers else ours():
        draft = begin()
        past = flow.answered(draft) if goes_on and options.answers else frozenset()
        prompter, script = prompter_of(options, path, past)
        recorder = Recorder(prompter)
        clerk, refused = _clerk(options, as_of, script)
        around = replace(
            desk(path, as_of, clerk, (*refused, *not_attached(path, draft))), from_menu=options.from_menu
        )
        running = session.Session(path, draft, recorder, around)
        try:
            outcome = running.run()
        finally:
            if options.record:
                write_bytes(Path(options.record), answers_text(recorder.given).encode())
    if options.from_menu and outcome.ending == "left":
        return _LEFT_A_LINE if recorder.unaccepted else _LEFT
    if script is not None:
        script.finish()
        page = script.pages[-1] if outcome.ending == "packet" and script.pages else ()
        sys.stdout.write("\n".join(map(visible, page)) + "\n")
    report = judged(outcome.path, outcome.draft, as_of, clerk)
    sys.stdout.write(verdict_line(report) + "\n")
    for line in release_messages(str(outcome.path)):
        sys.stdout.write(f"{visible(line)}\n")
    for line in (*left_out(outcome.draft), *doubtful(outcome.draft)) if script is not None else ():
        sys.stdout.write(f"{visible(line)}\n")
    if outcome.ending == "left":
        saved = f"{_SAVED[_LEFT_A_LINE]}\n" if recorder.unaccepted else f"{_SAVED[_LEFT]} "
        sys.stdout.write(f"{saved}Go on with: form4 resume {visible(str(outcome.path))}\n")
    return READY


_SAVED: Final = {_LEFT: "Saved.", _LEFT_A_LINE: "Saved. The line you were typing was not.", _BACK: ""}


def _clerk(
    options: argparse.Namespace, as_of: date, script: Script | None
) -> tuple[RegisterClerk | None, tuple[str, ...]]:
    """Who fetches from the register, where there is one; a register that can't be used is told, and stops nothing."""
    place = register_at(options.register)
    if not place.is_there and not options.register:
        return None, ()
    from form4_author.desk.interview_register import clerk_at

    try:
        offers = script is None or script.awaits("whom")
        return clerk_at(options.register, as_of, offers=offers), ()
    except Form4Error as error:
        return None, (f"{error.problem}. The interview goes on without it.",)


# ---- the start menu


def _due_words(path: Path, issuers: Issuers) -> str:
    """``due Tue 11/05``, ``LATE, was due …``; empty while that is not known."""
    try:
        draft = draft_file.load(path).draft
        due = due_of_draft(draft, sec_calendar(), issuers.of(draft.filing))
    except Form4Error:
        return ""
    if due is None:
        return ""
    return f"{'due' if due.day >= today() else 'LATE, was due'} {due.day:%a %m/%d}"


def start_menu(usage: Callable[[], str]) -> int:
    """What ``form4`` alone shows: new, resume, edit, check a file; without a terminal, how it is used."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stdout.write(usage())
        return READY
    from form4_author.wizard.menu import chosen

    said: tuple[str, ...] = ()
    with ours():
        while True:
            recorded, issuers = _recorded()
            recorded = recorded._replace(messages=(*said, *recorded.messages))
            words = chosen(
                draft_file.at_hand(),
                due=lambda path, issuers=issuers: _due_words(path, issuers),  # type: ignore[misc]
                recorded=recorded,
                fault=file_fault,
            )
            if not words:
                return READY
            ended = _done(words)
            if ended not in _SAVED:
                return ended
            said = tuple(filter(None, (_SAVED[ended],)))


def _done(words: Sequence[str]) -> int:
    """The exit code of the command chosen, or ``_LEFT``."""
    if words[0] == "check":
        from form4_author.cli import check

        return check.run("check", words[1:])
    if words[0] == "amend":
        return _amended(words[1:])
    return _begun(words[0], words[1:], from_menu=True)


def _recorded() -> tuple[RecordedOffers, Issuers]:
    """What the menu shows from the register, where there is one, and what the due dates of drafts depend on."""
    from form4_author.wizard.menu import NOTHING_RECORDED, RecordedOffers

    try:
        if not register_at(None).is_there:
            return NOTHING_RECORDED, Issuers()
        from form4_author.desk.interview_register import clerk_at

        clerk = clerk_at(None, today())
        found, issuers = clerk.recorded(), clerk.issuers()
        return found._replace(messages=(*found.messages, *clerk.messages())), issuers
    except Form4Error as error:
        return RecordedOffers(messages=(f"{error.problem}.",)), Issuers()


def _amended(words: Sequence[str]) -> int:
    """An amendment of a form from a file or on record, among the drafts, and the interview on it."""
    from form4_author.cli import amend

    path = draft_file.free_path(draft_file.default_folder(), f"amendment-{today().isoformat()}")
    ended = amend.run("amend", [*words, "-o", str(path)])
    if ended == READY and not path.exists():
        return _BACK
    return _begun("resume", [str(path)], from_menu=True) if ended == READY else ended


def prompter_of(
    options: argparse.Namespace, path: Path, past: frozenset[str]
) -> tuple[Prompter, Script | None]:
    """Who answers; ``past``: the questions that a draft which is resumed has answers to."""
    if options.answers:
        given = load_answers(Path(options.answers))
        script = (
            Script(given)
            if options.strict
            else LastingScript(
                given, source=str(options.answers), draft=str(path), report=_reported, past=past
            )
        )
        return script, script
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stderr.write("form4: the interview needs a terminal. Without one, give --answers FILE.\n")
        raise SystemExit(UNREADABLE)
    from form4_author.files.spreadsheet import lines_in
    from form4_author.wizard.terminal import at_terminal

    return at_terminal(lines_in), None


def _reported(line: str) -> None:
    sys.stderr.write(f"{visible(line)}\n")
