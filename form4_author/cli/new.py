"""``form4``, ``form4 new``, ``form4 resume``, ``form4 edit``: the interview on a terminal or from a file of answers."""

from __future__ import annotations

import sys
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author import codes
from form4_author.cli.meant import draft_meant, open_drafts
from form4_author.cli.options import (
    READY,
    UNREADABLE,
    CommandParser,
    add_answers,
    add_register,
    add_tickers,
    as_of_date,
)
from form4_author.desk.clock import today
from form4_author.desk.draft_name import draft_name, free_draft
from form4_author.desk.intake import opened
from form4_author.desk.interview import desk, judged, not_attached
from form4_author.desk.register import register_at, register_of
from form4_author.desk.release import release_messages
from form4_author.desk.settings import load
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files import disk, draft_file
from form4_author.files.lock import draft_lock
from form4_author.files.output import write_bytes
from form4_author.page.report import foot, verdict_line
from form4_author.text import visible
from form4_author.wizard import flow, session
from form4_author.wizard.answers_file import Recorder, Script, answers_text, load_answers
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.carried_note import doubtful, left_out
from form4_author.wizard.replay import LastingScript
from form4_author.wizard.tty import ours

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date

    from form4_author.desk.interview_clerk import InterviewClerk
    from form4_author.desk.interview_register import RegisterClerk
    from form4_author.findings import Report
    from form4_author.model.draft import Draft
    from form4_author.wizard.prompter import Prompter


__all__ = ["amended", "command_parser", "from_desk", "prompter_of", "run"]


_LEFT: Final = -1
"""What an interview that the start menu began comes to when it is left: one goes back to the menu."""
_LEFT_A_LINE: Final = -2
"""The same where a line was typed that is not saved."""
_NOTHING: Final = -3
"""The same where no question was answered: there is no file."""
_NOT_A_LINE: Final = -4
"""The same where a line was typed in answer to the first question."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Start, go on or open at the review."""
    return _begun(word, arguments)


def _begun(word: str, arguments: Sequence[str], *, from_menu: bool = False) -> int:
    parser = command_parser(word)
    options = parser.parse_args(arguments)
    options.from_menu, options.named = from_menu, False
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
                remedy=f"Continue it with form4 resume {path}, or choose a different name",
            )
        options.named = not options.output and not options.answers
        return _interview(path, lambda: _starting_draft(options, as_of), options, as_of)
    path = Path(draft_meant(options.draft) if options.draft else open_drafts(word))

    def begin() -> Draft:
        draft = draft_file.load(path).draft
        return session.at_review(draft) if word == "edit" else draft

    return _interview(path, begin, options, as_of, goes_on=word == "resume")


def _read_only(path: Path, draft: Draft, options: argparse.Namespace) -> int:
    """A draft that was filed is read and not changed. Raises Form4Error where answers are given for it."""
    if options.answers:
        raise Form4Error(f"{path} was filed and is not changed", remedy=f"Amend it: form4 amend {path}")
    from form4_author.page.text import page_text

    prompter, _script = prompter_of(options, path, frozenset())
    with suppress(KeyboardInterrupt, EOFError):
        prompter.read(page_text(draft.filing).splitlines(), (f"{visible(path.name)} was filed: read-only",))
    return READY


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


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    summaries = {
        "new": (
            "Start the interview for a new form.",
            "form4 new --form 4 -o thakar.form4.json\n  form4 new --person thakar --issuer QLYS",
        ),
        "resume": ("Resume an interview where it stopped.", "form4 resume thakar.form4.json"),
        "edit": ("Open a draft at its review screen.", "form4 edit thakar.form4.json"),
    }
    parser = CommandParser(word, *summaries[word])
    if word == "new":
        parser.add_argument("--form", choices=tuple(codes.forms()), default="4", help="the form (default: 4)")
        parser.add_argument(
            "--from",
            dest="last",
            metavar="FILE",
            help="the last filing: person, issuer and holdings are copied from it (XML, EDGAR .txt or a draft)",
        )
        parser.add_argument(
            "--person",
            metavar="WHICH",
            action="append",
            help="the reporting person, as form4 person show finds it; repeat for joint filers",
        )
        parser.add_argument("--issuer", metavar="WHICH", help="the issuer: CIK, symbol or name")
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
    add_tickers(parser)
    return parser


def _interview(
    path: Path,
    begin: Callable[[], Draft],
    options: argparse.Namespace,
    as_of: date,
    *,
    goes_on: bool = False,
) -> int:
    """The interview on a draft; the file of a new one is named after the person at the first answer."""
    with ExitStack() as stack:
        stack.enter_context(draft_lock(path))
        stack.enter_context(nullcontext() if options.answers else ours())

        named = options.named and not goes_on

        def begun(draft: Draft) -> Path:
            place = free_draft(path.parent, draft_name(draft, as_of))
            stack.enter_context(draft_lock(place))
            return place

        draft = begin()
        if draft.interview.filed is not None:
            return _read_only(path, draft, options)
        past = flow.answered(draft) if goes_on and options.answers else frozenset()
        prompter, script = prompter_of(options, path, past)
        recorder = Recorder(prompter)
        clerk, refused = _clerk(options, as_of, script, path)
        around = replace(
            desk(path, as_of, clerk, (*refused, *not_attached(path, draft)), begun if named else None),
            from_menu=options.from_menu,
        )
        running = session.Session(path, draft, recorder, around)
        try:
            outcome = running.run()
        finally:
            if options.record:
                write_bytes(Path(options.record), answers_text(recorder.given).encode())
    if outcome.ending == "other":
        return _opened_instead(outcome, options, as_of, new=not goes_on)
    if not outcome.path.exists():
        return _without_file(path, options, unaccepted=recorder.unaccepted)
    if options.from_menu and outcome.ending == "left":
        return _LEFT_A_LINE if recorder.unaccepted else _LEFT
    _write_outcome(outcome, script, judged(outcome.path, outcome.draft, as_of, clerk))
    if outcome.ending == "left":
        saved = f"{_SAVED[_LEFT_A_LINE]}\n" if recorder.unaccepted else f"{_SAVED[_LEFT]} "
        sys.stdout.write(f"{saved}Go on with: form4 resume {visible(str(outcome.path))}\n")
    return READY


def _write_outcome(outcome: session.Outcome, script: Script | None, report: Report) -> None:
    """The last page, where no terminal showed it, and the verdict."""
    if script is not None:
        script.finish()
        page = script.pages[-1] if outcome.ending == "packet" and script.pages else ()
        sys.stdout.write("\n".join(map(visible, page)) + "\n")
    sys.stdout.write(verdict_line(report) + "\n")
    if outcome.ending == "left":  # the page of a packet has said so
        sys.stdout.write(foot())
    for line in release_messages(str(outcome.path)):
        sys.stdout.write(f"{visible(line)}\n")
    for line in (*left_out(outcome.draft), *doubtful(outcome.draft)) if script is not None else ():
        sys.stdout.write(f"{visible(line)}\n")


def _opened_instead(outcome: session.Outcome, options: argparse.Namespace, as_of: date, *, new: bool) -> int:
    """The interview of another draft, which was chosen in place of this one; a draft just begun is taken away."""
    if new:
        for name in (outcome.path, outcome.path.with_name(f"{outcome.path.name}.bak")):
            disk.remove_file(name, missing_ok=True)
    other = Path(outcome.opens)
    return _interview(other, lambda: draft_file.load(other).draft, options, as_of, goes_on=True)


def _without_file(path: Path, options: argparse.Namespace, *, unaccepted: bool) -> int:
    """An interview that was left before its first answer leaves no file, its lock neither."""
    disk.remove_file(path.with_name(f".{path.name}.lock"), missing_ok=True)
    if options.from_menu:
        return _NOT_A_LINE if unaccepted else _NOTHING
    sys.stdout.write("Nothing was saved, because no question was answered.\n")
    return READY


_SAVED: Final = {
    _LEFT: "Saved.",
    _LEFT_A_LINE: "Saved. The line you were typing was not.",
    _NOTHING: "",
    _NOT_A_LINE: "The line you were typing was not saved.",
}


def _clerk(
    options: argparse.Namespace, as_of: date, script: Script | None, path: Path
) -> tuple[InterviewClerk, tuple[str, ...]]:
    """Who fetches from the register and the other drafts.

    A register that can't be used is told, and stops nothing.
    """
    from form4_author.desk.company_list import CompanyList
    from form4_author.desk.interview_clerk import InterviewClerk
    from form4_author.desk.other_draft import drafts_beside

    offers = script is None or script.awaits("whom")
    asks = script is None or any(given.id == "start.balances" for given in script.answers)
    register, refused = _register_clerk(options, as_of, offers=offers)
    last = [Path(options.last)] if getattr(options, "last", None) else []
    companies = CompanyList(options.tickers)
    clerk = InterviewClerk(
        register, drafts_beside(path, *last), offers=offers, asks=asks, companies=companies
    )
    return clerk, refused


def _register_clerk(
    options: argparse.Namespace, as_of: date, *, offers: bool
) -> tuple[RegisterClerk | None, tuple[str, ...]]:
    """Who fetches from the register, where there is one; and why it can't be used, where that is so."""
    place = register_at(options.register)
    if not place.is_there and not options.register:
        return None, ()
    from form4_author.desk.interview_register import clerk_at

    try:
        return clerk_at(options.register, as_of, offers=offers), ()
    except Form4Error as error:
        return None, (f"{error.problem}. The interview continues without it.",)


# ---- from the desk


def from_desk(word: str, arguments: Sequence[str]) -> tuple[str, ...]:
    """An interview that the desk began; what the desk says of how it ended."""
    ended = _begun(word, arguments, from_menu=True)
    if ended not in _SAVED:
        return ()
    return tuple(filter(None, (_SAVED[ended],)))


def amended(words: Sequence[str]) -> tuple[str, ...]:
    """An amendment of a form from a file or on record, among the drafts, and the interview on it."""
    from form4_author.cli import amend

    folder = draft_file.default_folder()
    path = draft_file.free_path(folder, f"amendment-{today().isoformat()}")
    ended = amend.run("amend", [*words, "-o", str(path)])
    if ended == READY and path.exists():
        path = disk.rename(path, free_draft(folder, draft_name(draft_file.load(path).draft, today())))
    return from_desk("resume", [str(path)]) if ended == READY and path.exists() else ()


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

    return at_terminal(lines_in, plain=load().flag("screen.plain")), None


def _reported(line: str) -> None:
    sys.stderr.write(f"{visible(line)}\n")
