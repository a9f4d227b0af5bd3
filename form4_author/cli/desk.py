"""The desk: what ``form4`` alone shows. The filings in progress by due date, and what can be done with each."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Final

from form4_author.cli import submission_desk
from form4_author.cli.options import READY
from form4_author.desk.clock import now, today, today_now
from form4_author.desk.filing_state import Stage
from form4_author.desk.issuer import Issuers
from form4_author.desk.obstacle import SavedObstacles
from form4_author.desk.opening import can_open, open_file
from form4_author.desk.register import register_at
from form4_author.desk.settings import load
from form4_author.desk.token_record import token_messages
from form4_author.desk.work_list import items_in, rows_of, state_of_item
from form4_author.errors import Form4Error
from form4_author.files import disk, draft_file
from form4_author.timing.calendar import sec_calendar
from form4_author.wizard import menu
from form4_author.wizard.option import Option
from form4_author.wizard.prompter import Key, Prompter
from form4_author.wizard.screen import AnswerKind, Ask
from form4_author.wizard.tty import ours
from form4_author.wizard.typed_path import file_fault, path_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from form4_author.desk.deletion import Deleted
    from form4_author.desk.filing_state import FilingState
    from form4_author.desk.work_list import WorkItem

__all__ = ["WorkDesk", "start_menu"]

_CONTINUE, _PACKET, _FILE, _RELEASE, _DELETE = "continue", "packet", "file", "release", "delete"
_SHOW, _OPEN, _READ, _AMEND = "show", "open", "read", "amend"
_SUBMIT, _STATUS = "submit", "status"
_FIRST: Final = {
    Stage.DRAFT: _CONTINUE,
    Stage.OPEN: _CONTINUE,
    Stage.READY: _PACKET,
    Stage.CHANGED: _PACKET,
    Stage.PACKET: _FILE,
    Stage.RELEASED: _FILE,
    Stage.SENT: _STATUS,
    Stage.SUSPENDED: _CONTINUE,
    Stage.ACCEPTED: _STATUS,
    Stage.FILED: _READ,
    Stage.AMENDED: _READ,
}
"""The next step of a filing at each stage."""


def start_menu(usage: Callable[[], str]) -> int:
    """What ``form4`` alone shows; without a terminal, how it is used."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stdout.write(usage())
        return READY
    from form4_author.wizard.terminal import at_terminal

    with ours():
        return WorkDesk(at_terminal(plain=load().flag("screen.plain"))).run()


class WorkDesk:
    """The desk on a terminal, until it is left."""

    def __init__(self, prompter: Prompter) -> None:
        self._prompter = prompter
        self._messages: tuple[str, ...] = ()
        self._undo: Deleted | None = None
        self._issuers = Issuers()
        self._recorded = menu.NOTHING_RECORDED
        self._items: tuple[WorkItem, ...] = ()
        self._obstacles = SavedObstacles(today())
        self._helps = False

    def run(self) -> int:
        """The exit code when the desk is left."""
        self._remove_expired()
        while True:
            try:
                reply = self._put()
            except (KeyboardInterrupt, EOFError):
                return READY
            try:
                if reply is Key.LEAVE or (reply is Key.BACK and not self._helps):
                    return READY
                self._helps = reply is Key.HELP and not self._helps
                if reply is Key.JUMP:
                    self._list_all()
                elif isinstance(reply, str):
                    self._do(reply)
            except Form4Error as error:
                self._say(f"{error.problem}. {error.remedy}." if error.remedy else f"{error.problem}.")
            except (KeyboardInterrupt, EOFError):
                return READY

    def _remove_expired(self) -> None:
        """Drafts that were deleted more than five years ago go."""
        from form4_author.desk.deletion import remove_expired

        for folder in remove_expired(draft_file.default_folder(), now()):
            self._say(f"Removed: {folder.name}, deleted more than five years ago.")

    def _say(self, *messages: str) -> None:
        self._messages = (*self._messages, *messages)

    # ---- what there is

    @property
    def _open(self) -> tuple[WorkItem, ...]:
        return tuple(item for item in self._items if not item.is_filed)

    def _item(self, path: str) -> WorkItem | None:
        return next((item for item in self._items if str(item.path) == path), None)

    def _state(self, item: WorkItem) -> FilingState:
        return state_of_item(item, self._obstacles.of, self._items)

    def _put(self) -> str | Key:
        """The desk is drawn, again where the window got another size; what was chosen."""
        recorded, self._issuers = _on_record()
        self._recorded = recorded._replace(messages=(*recorded.messages, *token_messages(today())))
        self._items = items_in(draft_file.places(), self._issuers)
        self._obstacles = SavedObstacles(today())
        reply: str | Key = Key.REDRAW
        while reply is Key.REDRAW:
            width, height = menu.screen_size()
            shown = self._view(most=menu.rows_shown(height))
            head = menu.desk_head(shown, width, helps=self._helps)
            self._prompter.show(head)
            reply = self._prompter.choice(menu.desk_ask(shown, width, height, above=len(head.title) - 1))
        self._messages = ()
        return reply

    def _view(self, most: int) -> menu.DeskView:
        """What the desk shows, with the states of so many filings."""
        moment, opened = today_now(), self._open
        shown = menu.DeskView(
            moment=_moment_words(moment),
            rows=rows_of(opened, moment, self._obstacles.of, most=most),
            filed=len(self._items) - len(opened),
            has_packet=any(self._has_packet(item) for item in opened),
            is_at_edgar=any(submission_desk.was_sent(item.path) for item in opened),
            recorded=self._recorded,
            messages=self._messages,
            undo=f"keep {self._undo.draft.name}" if self._undo is not None else "",
        )
        self._obstacles.save()
        return shown

    def _has_packet(self, item: WorkItem) -> bool:
        from form4_author.desk.packet_place import latest_packet

        return item.draft is not None and latest_packet(item.path) is not None

    # ---- what is chosen

    def _do(self, reply: str) -> None:
        undo, self._undo = self._undo, None
        if reply == "undo" and undo is not None:
            from form4_author.desk.deletion import restored

            restored(undo)
            self._say(f"{undo.draft.name} is back.")
            return
        commands: dict[str, Callable[[], None]] = {
            menu.ALL: self._list_all,
            "n": self._new,
            "l": lambda: self._with_file("from", "Which file? (draft, XML or EDGAR .txt)", self._from),
            "a": self._amend,
            menu.SEND: self._choose_sent,
            menu.STATUS: self._choose_watched,
            "f": self._choose_filed,
            "h": self._holdings,
            "b": lambda: self._with_file("batch", "Which sheet? (.csv or .xlsx)", self._batch),
            "c": lambda: self._with_file("check", "Which file? (draft, XML or EDGAR .txt)", self._check),
            "d": self._choose_deleted,
        }
        if reply in commands:
            commands[reply]()
        elif (item := self._item(reply)) is not None:
            self._page(item)

    def _asked(self, ask: Ask, *top: str, help_: str = "") -> str | None:
        """The answer; None to go back to the desk. Raises KeyboardInterrupt where the desk is left."""
        put = {AnswerKind.TEXT: self._prompter.text}.get(ask.kind, self._prompter.choice)
        reply = menu.asked(self._prompter, put, ask, top, help_)
        if reply is Key.LEAVE:
            raise KeyboardInterrupt
        return reply if isinstance(reply, str) else None

    def _list_all(self) -> None:
        width, _height = menu.screen_size()
        rows = rows_of(self._items, today_now(), self._obstacles.of)
        chosen = self._asked(
            menu.rows_ask(menu.ALL, "Which filing?", rows, width), "All filings, filed ones too"
        )
        if chosen is not None and (item := self._item(chosen)) is not None:
            self._page(item)

    def _one_of(self, id: str, message: str, items: Sequence[WorkItem], title: str) -> WorkItem | None:
        width, _height = menu.screen_size()
        rows = rows_of(items, today_now(), self._obstacles.of)
        chosen = self._asked(menu.rows_ask(id, message, rows, width), title)
        return self._item(chosen) if chosen is not None else None

    def _only_or_one_of(
        self, id: str, message: str, items: Sequence[WorkItem], title: str
    ) -> WorkItem | None:
        """The only one, without a question."""
        return items[0] if len(items) == 1 else self._one_of(id, message, items, title)

    # ---- interviews

    def _interview(self, word: str, arguments: Sequence[str]) -> None:
        from form4_author.cli import new

        self._say(*new.from_desk(word, arguments))

    def _new(self) -> None:
        form = self._asked(menu.form_ask(), "New filing")
        if form is not None:
            self._interview("new", ["--form", form])

    def _from(self, file: str) -> None:
        self._interview("new", ["--from", file])

    def _with_file(self, word: str, message: str, do: Callable[[str], None]) -> None:
        typed = self._asked(
            menu.file_ask(word, message, file_fault),
            "form4 desk",
            help_="Type or paste the name of the file; quotes around it are removed.",
        )
        if typed is not None:
            do(path_typed(typed))

    def _amend(self) -> None:
        if not self._recorded.filings:
            self._with_file(
                "amend", "Which file? (draft, XML or EDGAR .txt)", lambda file: self._amended([file])
            )
            return
        which = self._asked(
            menu.which_ask(self._recorded.filings),
            "Amend a filing",
            help_="The recorded filings, newest first. The last row asks for a file.",
        )
        if which == menu.FILE:
            self._with_file(
                "amend", "Which file? (draft, XML or EDGAR .txt)", lambda file: self._amended([file])
            )
        elif which is not None:
            self._amended(["--accession", which])

    def _amended(self, words: Sequence[str]) -> None:
        from form4_author.cli import new

        self._say(*new.amended(words))

    # ---- commands whose result is read

    def _batch(self, file: str) -> None:
        from form4_author.cli import batch

        self._read("Batch", lambda: batch.run("batch", [file]))

    def _check(self, file: str) -> None:
        from form4_author.cli import check

        self._read("Check", lambda: check.run("check", [file]))

    def _holdings(self) -> None:
        from form4_author.cli import holdings

        ask = Ask(
            id="holdings",
            message="Whose holdings?",
            kind=AnswerKind.CHOICE,
            options=self._recorded.persons,
            filters=True,
            narrows="a name, a symbol or a CIK",
        )
        chosen = self._asked(ask, "Holdings, as of the recorded filings")
        if chosen is None:
            return
        persons, _, issuer = chosen.partition(" ")
        first, *others = persons.split(",")
        self._read(
            "Holdings", lambda: max(holdings.run("holdings", [cik, issuer]) for cik in (first, *others))
        )
        again = Ask(
            id="holdings.next",
            message="What next?",
            kind=AnswerKind.CHOICE,
            options=(Option("back", "Back to the desk"), Option("new", "New filing for this person")),
            proposal="back",
        )
        if self._asked(again) == "new":
            who = [word for cik in (first, *others) for word in ("--person", cik)]
            self._interview("new", [*who, "--issuer", issuer])

    def _read(self, title: str, command: Callable[[], int]) -> None:
        """What a command writes, page by page."""
        said = io.StringIO()
        with self._prompter.working(f"{title} ..."), redirect_stdout(said), redirect_stderr(said):
            try:
                command()
            except SystemExit:
                pass
            except Form4Error as error:
                said.write(f"{error.problem}. {error.remedy}.\n")
        self._prompter.read(said.getvalue().splitlines() or ["Done."], (title,))

    # ---- one filing

    def _page(self, item: WorkItem) -> None:
        """What can be done with a filing; the pointer is at its next step."""
        if item.draft is None:
            self._say(f"{item.path.name}: {item.problem}. Its backup ends in .bak.")
            return
        state = self._state(item)
        *top, where = _page_head(item, state, today_now(), self._issuers)
        options = _steps(state)
        ask = Ask(
            id="filing",
            message=where,
            kind=AnswerKind.CHOICE,
            options=options,
            proposal=_FIRST.get(state.stage, _CONTINUE),
        )
        chosen = self._asked(ask, *top)
        steps: dict[str | None, Callable[[], None]] = {
            _CONTINUE: lambda: self._interview("resume", [str(item.path)]),
            _PACKET: lambda: self._make_packet(item),
            _FILE: lambda: self._mark_filed(item, state),
            _RELEASE: lambda: self._release(item, state),
            _SHOW: lambda: self._show_steps(state),
            _OPEN: lambda: self._open_pdf(state),
            _DELETE: lambda: self._delete(item),
            _READ: lambda: self._interview("resume", [str(item.path)]),
            _AMEND: lambda: self._amended([str(item.path)]),
            _SUBMIT: lambda: self._send(item),
            _STATUS: lambda: submission_desk.watched(item.path),
        }
        steps.get(chosen, lambda: None)()

    def _make_packet(self, item: WorkItem) -> None:
        from form4_author.cli import render

        self._read("Making the packet", lambda: render.run("render", [str(item.path)]))

    def _show_steps(self, state: FilingState) -> None:
        from form4_author.page.next_steps import NEXT_STEPS

        assert state.packet is not None  # noqa: S101  # the row is there for a packet only
        files = sorted(state.packet.folder.rglob(NEXT_STEPS))
        lines = [line for file in files for line in disk.read(file).decode("utf-8").splitlines()]
        self._prompter.read((*lines, "", f"Packet: {state.packet.folder}"), ("Next steps",))

    def _open_pdf(self, state: FilingState) -> None:
        assert state.packet is not None  # noqa: S101  # as above
        for file in sorted(state.packet.folder.rglob("form*.pdf"))[:1]:
            open_file(file)

    def _release(self, item: WorkItem, state: FilingState) -> None:
        from form4_author.cli import release

        title = tuple(filter(None, (f"Release: {_title(item)}", state.released)))
        ask = Ask(id="release.by", message="Reviewed by", kind=AnswerKind.TEXT, check=_name_fault)
        by = self._asked(ask, *title, "This records that the filing was reviewed. It sends nothing.")
        if by is None:
            return
        note_ask = Ask(id="release.note", message="Note (optional)", kind=AnswerKind.TEXT, required=False)
        note = self._asked(note_ask, *title, f"Reviewed by: {by}")
        if note is None:
            return
        sure = Ask(
            id="release.sure",
            message="Release it?",
            kind=AnswerKind.CONFIRM,
            options=(
                Option("yes", f"Yes: record {by}, {_moment_words(today_now())} Eastern"),
                Option("no", "No"),
            ),
        )
        said = (f"Reviewed by: {by}", f"Note: {note or 'not given'}")
        if self._asked(sure, *title, *said) == "yes":
            words = [str(item.path), "--by", by, *(["--note", note] if note else [])]
            self._read("Release", lambda: release.run("release", words))

    # ---- EDGAR

    def _choose_sent(self) -> None:
        """One of the filings that have a packet is sent."""
        items = [item for item in self._open if self._has_packet(item)]
        item = self._only_or_one_of("sent", "Which filing is sent?", items, "Send to EDGAR")
        if item is not None:
            self._send(item)

    def _send(self, item: WorkItem) -> None:
        submission_desk.submitted(item.path, self._asked, _title(item))

    def _choose_watched(self) -> None:
        """One of the filings that were sent is watched."""
        items = [item for item in self._open if submission_desk.was_sent(item.path)]
        item = self._only_or_one_of("watched", "Which filing was sent?", items, "EDGAR's answer")
        if item is not None:
            submission_desk.watched(item.path)

    # ---- filed

    def _choose_filed(self) -> None:
        """One of the filings that have a packet, the one due first first."""
        items = [item for item in self._open if self._has_packet(item)]
        states = {item.path: self._state(item) for item in items}
        made = [item for item in items if states[item.path].stage in (Stage.PACKET, Stage.RELEASED)]
        others = [item for item in items if item not in made]
        item = self._one_of("filed", "Which filing was accepted?", (*made, *others), "Mark as filed")
        if item is not None:
            self._mark_filed(item, states[item.path])

    def _mark_filed(self, item: WorkItem, state: FilingState) -> None:
        from form4_author.cli import filing_record

        said = filing_record.recorded_from_desk(item, state, self._asked, _title(item), today_now())
        self._say(*said)

    # ---- deleted

    def _choose_deleted(self) -> None:
        item = self._one_of("delete", "Which draft?", self._open, "Delete a draft")
        if item is not None:
            self._delete(item)

    def _delete(self, item: WorkItem) -> None:
        from form4_author.desk.deletion import deleted, why_kept

        why = why_kept(item.path)
        if why:
            self._say(f"{item.path.name} is not deleted: {why}.")
            return
        options = [Option("keep", "Keep it"), Option("draft", "Delete the draft")]
        if self._has_packet(item):
            options.append(Option("packet", "Delete the draft and its packet"))
        ask = Ask(id="delete.what", message="Delete it?", kind=AnswerKind.CHOICE, options=tuple(options))
        chosen = self._asked(
            ask,
            _title(item),
            "",
            "It moves to the folder deleted next to the drafts and is stored for five years.",
        )
        if chosen in ("draft", "packet"):
            self._undo = deleted(item.path, today_now(), packet=chosen == "packet")
            self._say(f"{item.path.name} is in {self._undo.moves[-1][1].parent}.")


# ---- words


def _moment_words(at: datetime) -> str:
    """``Mon 11/30/2026, 9:10 a.m.``: the moment in words."""
    half = "a.m." if at.hour < 12 else "p.m."  # noon
    return f"{at:%a %m/%d/%Y}, {at.hour % 12 or 12}:{at:%M} {half}"


def _on_record() -> tuple[menu.RecordedOffers, Issuers]:
    """What the desk shows from the register, where there is one, and what the due dates of drafts depend on."""
    try:
        if not register_at(None).is_there:
            return menu.NOTHING_RECORDED, Issuers()
        from form4_author.desk.interview_register import clerk_at

        clerk = clerk_at(None, today())
        found, issuers = clerk.recorded(), clerk.issuers()
        return found._replace(messages=(*found.messages, *clerk.messages())), issuers
    except Form4Error as error:
        return menu.RecordedOffers(messages=(f"{error.problem}.",)), Issuers()


def _title(item: WorkItem) -> str:
    """``Okafor Adaeze N · EXAMPLE INC. · Form 4 · gift 20,000``."""
    from form4_author.desk.work_list import row_of

    row = row_of(item, today_now(), "")
    form = f"Form {row.form}" if row.form else ""
    return " · ".join(part for part in (row.full_person, row.full_issuer, form, row.what) if part)


def _page_head(item: WorkItem, state: FilingState, at: datetime, issuers: Issuers) -> tuple[str, ...]:
    """The first lines of a filing's page."""
    from form4_author.wizard.countdown import countdown

    draft = item.draft
    assert draft is not None  # noqa: S101  # its page is shown
    due = countdown(draft, sec_calendar(), at, issuers.of(draft.filing)) if not item.is_filed else ""
    return tuple(line for line in (_title(item), due, _state_text(item, state)) if line)


def _state_text(item: WorkItem, state: FilingState) -> str:
    """``Packet made 11/29/2026, 6:02 p.m.; not released``."""
    draft = item.draft
    if (
        state.stage in (Stage.FILED, Stage.AMENDED)
        and draft is not None
        and draft.interview.filed is not None
    ):
        numbers = draft.interview.filed.accession_numbers or (draft.interview.filed.accession_number or "",)
        return f"{state.words.capitalize()}: {', '.join(numbers)}"
    if state.stage in _AT_EDGAR:
        return _AT_EDGAR_WORDS[state.words]
    if state.stage is Stage.CHANGED:
        return state.released or "Changed after its packet was made"
    if state.released:
        return state.released
    if state.packet is not None:
        from form4_author.desk.clock import eastern

        return f"Packet made {_moment_words(state.packet.made.astimezone(eastern()))[4:]}; not released"
    return state.words.capitalize()


_AT_EDGAR_WORDS: Final = {
    "sent": "Sent to EDGAR; not accepted yet",
    "not known": "Sent, and the result is not known: EDGAR may have it",
    "suspended": "Suspended by EDGAR; nothing is filed",
    "accepted": "Accepted by EDGAR; not recorded as filed yet",
}


def _name_fault(typed: str) -> str | None:
    return None if typed.strip() else "An answer is needed: Reviewed by"


def _steps(state: FilingState) -> tuple[Option, ...]:
    """What can be done with a filing, the next step first."""
    if state.stage in (Stage.FILED, Stage.AMENDED):
        correct = Option(_FILE, "Correct the accession number or the filing date")
        return _numbered((Option(_READ, "Read the form"), Option(_AMEND, "Amend it"), correct))
    if state.stage in _AT_EDGAR:
        return _numbered(_steps_at_edgar(state))
    blocked = state.stage in (Stage.DRAFT, Stage.OPEN)
    made = state.stage in (Stage.PACKET, Stage.RELEASED) and state.packet is not None
    go_on = "Continue the interview" if blocked else "Continue the interview at the review"
    again = "Make the packet again" if state.packet is not None else "Make the packet"
    why = state.words if blocked else "nothing has changed" if made else ""
    packet = Option(_PACKET, again, barred=why)
    release = [] if blocked else [Option(_RELEASE, "Release: record that it was reviewed")]
    filed, resume = Option(_FILE, "Mark as filed"), Option(_CONTINUE, go_on)
    shows = [Option(_SHOW, "Show the next steps")] if made else []
    opens = [Option(_OPEN, "Open the PDF")] if made and can_open() else []
    delete = Option(_DELETE, "Delete the draft")
    if blocked:
        ordered = [resume, packet, filed, delete]
    elif made:
        sends = Option(_SUBMIT, "Send to EDGAR")
        ordered = [filed, *opens, *shows, *release, resume, packet, sends, delete]
    else:
        ordered = [packet, *release, resume, filed, delete]
    return _numbered(ordered)


_AT_EDGAR: Final = (Stage.SENT, Stage.SUSPENDED, Stage.ACCEPTED)


def _steps_at_edgar(state: FilingState) -> list[Option]:
    """What can be done with a filing that was sent."""
    status, filed = Option(_STATUS, "Show EDGAR's status"), Option(_FILE, "Mark as filed")
    if state.stage is Stage.SUSPENDED:
        resume = Option(_CONTINUE, "Continue the interview at the review")
        return [
            resume,
            status,
            Option(_SUBMIT, "Send to EDGAR"),
            Option(_PACKET, "Make the packet again"),
            filed,
        ]
    again = [Option(_SUBMIT, "Send to EDGAR again")] if state.words == "not known" else []
    return [status, filed, *again]


def _numbered(options: Sequence[Option]) -> tuple[Option, ...]:
    """The rows, each with the digit that points at it."""
    return tuple(
        Option(each.value, each.label, key=str(number), barred=each.barred)
        for number, each in enumerate(options, 1)
    )
