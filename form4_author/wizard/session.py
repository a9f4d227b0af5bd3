"""The interview as it runs: puts a question, keeps the answer on disk, continues. One loop for new, resume and edit.

The draft is saved before every question with the place of that question, so that nothing is lost but the answer being
typed. Ctrl-C and Ctrl-D leave like ``q``. Going back returns to the question put before, as long as the session lasts;
in a draft that was resumed, to the one before in order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from form4_author.errors import MalformedValue, UnreadableInput
from form4_author.files import draft_file
from form4_author.findings import path_text
from form4_author.model.interview import ReturnPlace
from form4_author.wizard import flow, header, notice, question, review
from form4_author.wizard.draft import former_key
from form4_author.wizard.draft.answer import rows
from form4_author.wizard.draft.consequence import settled
from form4_author.wizard.guard import failure, guarded
from form4_author.wizard.option import Option
from form4_author.wizard.page import Page
from form4_author.wizard.prompter import Forewarned, Key, Prompter, key_help
from form4_author.wizard.register_offer import EMPTY
from form4_author.wizard.screen import Answer, AnswerKind, Ask, Place, Step, View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path as FilePath

    from form4_author.findings import Finding, Path
    from form4_author.model.draft import Draft
    from form4_author.wizard.register_offer import Clerk

__all__ = ["Desk", "Outcome", "Session", "at_review"]

_SECTIONS_HELP: Final = (
    "Help: Choose a section to go through it; after its last question the interview returns to the question you came "
    "from. Esc returns there now."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What surrounds a session: the day, the checks, the page, the packet. Handed in, so that tests set them."""

    today: date
    now: Callable[[], str]
    """The moment, ISO 8601 with its zone; asked when a finding is accepted."""
    check: Callable[[Draft], Sequence[Finding]]
    render: Callable[[Draft], str]
    """The form as text."""
    due: Callable[[Draft], str] = lambda _draft: ""  # the shape of a line
    """When the form is due, the time left; on a line below, what else the head says. Empty while neither is known."""
    clerk: Clerk | None = None
    """Who fetches from the register; None where there is none."""
    messages: tuple[str, ...] = ()
    """Words shown on the first screen."""
    past: Callable[[Draft, str], Draft] = lambda draft, _file: draft  # the shape of it
    """The draft that begins from the past filing in a file. Raises Form4Error where it cannot be read."""
    bring: Callable[[Draft, Path], tuple[Draft, tuple[str, ...]]] = lambda draft, _path: (draft, ())
    """Copies the file named at a path into the draft's folder where it is elsewhere; the draft, and words on that."""
    begin: Callable[[Draft], FilePath] | None = None
    """Where a draft is saved that has no file yet, asked at its first answer; None: where the session was told."""
    packet: Callable[[Draft], Sequence[str]] | None = None
    """Makes the packet and says, line by line, where it is and what to do next."""
    from_menu: bool = False
    """Whether the start menu began it, to which one goes back from the first question."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a session ended; the draft is saved, unless no question was answered."""

    ending: Literal["left", "packet", "other"]
    """``left``: saved to be resumed. ``packet``: the packet was asked for, and made when the desk has a way to.
    ``other``: another draft is opened instead."""
    path: FilePath
    draft: Draft
    opens: str = ""
    """The path of that other draft."""


def at_review(draft: Draft) -> Draft:
    """The draft as it is opened at the review."""
    return draft.with_interview(back_to=(), at="review")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A question that was answered in this session."""

    id: str
    back_to: tuple[ReturnPlace, ...]
    """The jumps that were open when it was put."""
    answer: Answer = ""


@dataclass(frozen=True, slots=True)
class _Reopened:
    """The row of a list through which one went to a card that is kept, after going back from it."""

    at: str
    answer: Answer
    card: str
    """The question of the card; empty where going back removed it."""


class Session:
    """One interview on one draft."""

    def __init__(self, path: FilePath, draft: Draft, prompter: Prompter, desk: Desk) -> None:
        self.path = path
        self.draft = draft
        self._shelf = EMPTY
        self._prompter = prompter
        self._desk = desk
        self._words: tuple[str, ...] = desk.messages
        self._refused = ""
        self._help = False
        self._answered_before: frozenset[str] = frozenset()
        self._read: set[review.Key] = set()
        """The problems that were opened at the review."""
        self._trail: list[_Seen] = []
        self._given: Answer = ""
        self._reopened: _Reopened | None = None
        self._form_read = draft.interview.at == "review"
        self._begun = path.exists()
        """Whether there is a file: not before the first answer."""
        self._judged: tuple[Draft, tuple[Finding, ...]] | None = None
        self._told: set[tuple[str, str]] = set()
        self._reply: str | tuple[str, ...] = ""
        self._again: str | tuple[str, ...] = ""

    def run(self) -> Outcome:
        """The interview, until it is left or the packet is asked for; the draft is on disk when this returns.

        Raises UnreadableInput for a draft that was changed by hand so that the interview can't continue with it; the
        file stays as it is.
        """
        at = self._opened()
        while True:
            self._save(at)
            try:
                step = self._turn(at)
            except (KeyboardInterrupt, EOFError):
                step = Step(draft=self.draft, ends="left")
            if step.ends:
                return self._ended(at, step)
            at = self._followed(at, step)

    def _followed(self, at: Place, step: Step) -> Place:
        """The next place; the question left behind is where going back leads, unless this went back."""
        seen = _Seen(at.id, self._jumps(), self._given)
        following = self._next(at, step)
        if not step.back and following.id != at.id:
            self._trail.append(seen)
            self._reopened = None
        return following

    def _opened(self) -> Place:
        """The first place of the draft, once it is renewed and what follows from its answers is drawn."""
        try:
            self._renewed()
            self._shelved()
            self.draft, messages = settled(self.draft, self._desk.today, self._shelf)
            self._words = (*self._words, *messages)
            return self._start()
        except (LookupError, MalformedValue, TypeError, ValueError) as error:
            reason = error.problem if isinstance(error, MalformedValue) else type(error).__name__
            raise UnreadableInput(
                f'The interview part of the draft "{self.path.name}" can\'t be used ({reason})',
                remedy="Undo what was changed in the file by hand, or go back to the copy beside it that ends in"
                ' .bak; form4 check lists what it can read, and "docs/draft.md" describes the file',
            ) from error

    def _renewed(self) -> None:
        """A draft that was left has the present names of lines, and counts on from what was filed since.

        What could not be read of the interview is shown; of the filing the findings show it.
        """
        self.draft, renamed = former_key.with_present_names(self.draft)
        places = [path_text(each.path) for each in self.draft.interview.unread if each.path[0] == "interview"]
        messages = (*renamed, *(notice.unread(places) if places else ()))
        if self._desk.clerk is not None:
            self.draft, more = self._desk.clerk.renewed(self.draft)
            messages = (*messages, *more)
        self._words = (*self._words, *messages)

    def _shelved(self) -> None:
        """Uses what the register knows while the interview runs."""
        if self._desk.clerk is not None:
            self._shelf = self._desk.clerk.shelf(self.draft)
            self._words = (*self._words, *self._desk.clerk.messages())

    def _fetched(self, step: Step) -> None:
        """What the register knows of those whom the answer named enters the draft; its questions are passed over."""
        clerk = self._desk.clerk
        if clerk is None:
            return
        given = self.draft
        messages: tuple[str, ...] = ()
        if step.about:
            self.draft = clerk.started_draft(self.draft, step.about)
        else:
            self.draft, messages = clerk.filled(self.draft)
        if self.draft is given:
            self._words = (*self._words, *messages)
            self._shelved()
            return
        before = flow.answered(given, self._shelf)
        new = flow.answered(self.draft, self._shelf) - before
        self._answered_before |= new | flow.optional_beside(self.draft, new, self._shelf)
        self._words = (*self._words, *messages)
        self._shelved()

    # ---- one question

    def _start(self, *, resumed: bool = True) -> Place:
        interview = self.draft.interview
        last = interview.at
        place = flow.place(self.draft, last, self._shelf) if last is not None else None
        start = flow.place(self.draft, "start.balances", self._shelf) if last == "happened" else None
        if start is not None and interview.start.choice is None:
            return start
        if place is not None:
            opened = interview.opened and not interview.events
            if resumed and last != "review" and not opened:
                self._words = ("Welcome back: this is where you stopped.", *self._words)
            self.draft, place = flow.resumed(self.draft, place, self._shelf)
            return place
        amended = flow.place(self.draft, "lines", self._shelf) if self.draft.filing.is_amendment else None
        if amended is not None and last is None and any(rows(self.draft)):
            self._words = (
                "Open each line that changes; the others are not repeated (Instruction 9).",
                *self._words,
            )
            return amended
        if last is None and (first := flow.first(self.draft, self._shelf)).prompt.hub:  # whom it is about
            return first
        open_ = flow.missing(self.draft, self._shelf)
        return (
            open_[0]
            if open_
            else flow.place(self.draft, "review", self._shelf) or flow.first(self.draft, self._shelf)
        )

    def _turn(self, at: Place) -> Step:
        """Put the question and say what follows from what comes back."""
        findings = self._findings()
        if at.id == "review":
            return self._review(at, findings)
        return self._asked(at, self._show(at, findings, self._words))

    def _findings(self) -> tuple[Finding, ...]:
        """What the checks say of the draft; asked once of each."""
        if self._judged is None or self._judged[0] is not self.draft:
            self._judged = (self.draft, tuple(self._desk.check(self.draft)))
        return self._judged[1]

    def _show(self, at: Place, findings: Sequence[Finding], words: Sequence[str]) -> Ask:
        """The page is drawn; the question that belongs under it is returned."""
        view, answered = View(self.draft, at.index, self._shelf), self._answered(at)
        head = self._head(review.so_far(self.draft, at, findings, self._shelf))
        top = replace(head, words=tuple(words), help=self._about(at))
        self._prompter.show(header.page(view, at, answered, top))
        return self._put(question.ask(self.draft, at, self._desk.today, self._shelf))

    def _put(self, ask: Ask) -> Ask:
        """The question as it is put: its check never raises, and it says why the last answer was refused."""
        ask = replace(guarded(ask), refused=self._refused, jumps=True)
        self._refused = ""
        again, self._again = self._again, ""
        if isinstance(again, tuple):
            return replace(ask, chosen=again)
        if again:  # the answer is there to be changed
            return replace(ask, proposal=again, shown=again, prefill=ask.kind is AnswerKind.TEXT)
        used = self._reopened
        if used is not None and used.at == ask.id and any(o.value == used.answer for o in ask.options):
            ask = replace(ask, proposal=str(used.answer))
        return ask

    def _taken(self, at: Place, take: Callable[[], Step]) -> Step:
        """What an answer does; where form4 fails at it, the question again and why."""
        try:
            step = take()
        except Exception as error:  # noqa: BLE001  # a bug is no reason to lose the interview
            self._refused = failure(error)
        else:
            self._begun = self._begun or not step.fills
            return step
        return Step(draft=self.draft, goto=at.id, words=(f"Not accepted: {self._refused}.",))

    def _head(self, findings: Sequence[Finding]) -> Page:
        """The lines at the top of every screen."""
        count, due = header.counted(self.draft, findings), self._desk.due(self.draft)
        lines = (header.status(self.draft, count), *due.splitlines())
        return Page(head=lines, short=header.short(self.draft, due))

    def _about(self, at: Place) -> tuple[str, ...]:
        """Help on a question, where it is open."""
        if not self._help:
            return ()
        help_ = at.prompt.help
        about = help_(View(self.draft, at.index, self._shelf)) if callable(help_) else help_
        return f"Help: {about}", key_help(at.prompt.kind, jumps=True)

    def _answered(self, at: Place) -> tuple[Place, ...]:
        """The questions of this instance that come before."""
        found = [p for p in flow.places(self.draft, self._shelf) if p.instance() == at.instance()]
        ids = [p.id for p in found]
        return tuple(found[: ids.index(at.id)]) if at.id in ids else ()

    def _asked(self, at: Place, ask: Ask) -> Step:
        put_ = {
            AnswerKind.TEXT: self._prompter.text,
            AnswerKind.CHOICE: self._prompter.choice,
            AnswerKind.MULTI: self._prompter.multi,
            AnswerKind.CONFIRM: self._prompter.confirm,
        }[ask.kind]
        reply: str | tuple[str, ...] | Key = put_(ask)
        if isinstance(reply, Key):
            return self._key(at, reply)
        self._words, self._help = (), False
        self._reply = reply
        given = self._given = reply or ask.proposal
        used = self._reopened
        if used is not None and used.card and (used.at, used.answer) == (at.id, given):
            return Step(draft=self.draft, goto=used.card)
        return self._taken(
            at, lambda: question.answered(self.draft, at, reply, self._desk.today, self._shelf)
        )

    # ---- keys

    def _key(self, at: Place, key: Key) -> Step:
        """What a key does; help is closed by the key that opened it, and by going back."""
        helped = self._help
        self._given, self._help = "", key is Key.HELP and not helped
        if key is Key.HELP or (helped and key is Key.BACK):
            return Step(draft=self.draft, goto=at.id)
        self._words = ()
        if key is Key.LEAVE:
            return Step(draft=self.draft, ends="left")
        if key is Key.JUMP:
            return self._sections(at)
        return self._backwards(at)

    def _backwards(self, at: Place) -> Step:
        """To the question put before this one; without one, to the one before in order."""
        while self._trail:
            seen = self._trail.pop()
            before = flow.place(self.draft, seen.id, self._shelf)
            if before is not None and seen.id != at.id:
                return self._back_to(at, before, seen)
        jumps = self._jumps()
        if jumps and jumps[-1].until == "answer":
            return replace(self._returned(self.draft), back=True)
        before = flow.previous(self.draft, at, self._shelf)
        if jumps and (before is None or before.screen.section != jumps[-1].section):
            return replace(self._returned(self.draft), back=True)
        if before is None and self._desk.from_menu:
            return Step(draft=self.draft, ends="left")
        if before is None:
            return Step(draft=self.draft, goto=at.id, words=("This is the first question.",))
        return Step(draft=question.abandoned(self.draft, at, before), goto=before.id, back=True)

    def _back_to(self, at: Place, before: Place, seen: _Seen) -> Step:
        """Back to a question seen; a card without an answer is removed, and one with answers can be opened again."""
        draft = question.abandoned(self.draft, at, before)
        is_kept = draft is self.draft and bool(at.screen.hub(draft))
        if draft is not self.draft:
            places = {p.id for p in flow.places(self.draft, self._shelf) if p.instance() == at.instance()}
            self._trail = [each for each in self._trail if each.id not in places]
        if before.prompt.hub:
            self._reopened = _Reopened(before.id, seen.answer, at.id if is_kept else "")
        return Step(draft=draft.with_interview(back_to=seen.back_to), goto=before.id, back=True)

    def _sections(self, at: Place) -> Step:
        """The list of sections; the one chosen is walked, then the interview comes back here."""
        names = flow.sections(self.draft, self._shelf)
        listed = tuple(Option(str(n), name) for n, name in enumerate(names, 1))
        here = names.index(at.screen.section) if at.screen.section in names else 0
        findings = review.so_far(self.draft, at, tuple(self._desk.check(self.draft)), self._shelf)
        top = replace(self._head(findings), title=("Sections",))
        self._prompter.show(top)
        ask = Ask(id="sections", message="Go to which section?", kind=AnswerKind.CHOICE, options=listed)
        reply = self._prompter.choice(replace(ask, proposal=str(here + 1)))
        while reply is Key.HELP:
            top = replace(top, help=() if top.help else (_SECTIONS_HELP,))
            self._prompter.show(top)
            reply = self._prompter.choice(replace(ask, proposal=str(here + 1)))
        if reply is Key.LEAVE:
            return Step(draft=self.draft, ends="left")
        if isinstance(reply, Key):
            return Step(draft=self.draft, goto=at.id)
        section = names[int(reply) - 1]
        target = flow.section_start(self.draft, section, self._shelf)
        if section == at.screen.section or target.id == "review":
            return Step(draft=self.draft.with_interview(back_to=()), goto=target.id)
        back_to = (*self._jumps(), ReturnPlace(to=at.id, until="section", section=section))
        return Step(draft=self.draft.with_interview(back_to=back_to), goto=target.id)

    # ---- continuing

    def _next(self, at: Place, step: Step) -> Place:
        """The next place; where form4 fails at what the answer changes, the question again and why."""
        before, known = self.draft, self._findings()
        try:
            following = self._after(at, step)
            return self._noticed(at, following, before, known)
        except Exception as error:  # noqa: BLE001  # as above
            self.draft, self._refused = before, failure(error)
            self._words = (f"Not accepted: {self._refused}.",)
            return at

    def _noticed(self, at: Place, following: Place, before: Draft, known: Sequence[Finding]) -> Place:
        """The next place, with what the answer brought about in the checks above it; or the question again."""
        if self.draft.filing is before.filing and self.draft.interview.events == before.interview.events:
            return following
        new = notice.brought(known, self._findings())
        refused = next((f for f in new if notice.is_refused(self.draft, at, f, self._shelf)), None)
        if refused is not None:
            self.draft, self._refused, self._again = before, notice.words(refused), self._reply
            self._words = (self._refused,)
            return at
        shadow = notice.begun_rows(self.draft, at, self._shelf)
        if shadow is not None:
            new = notice.brought((), notice.at_the_date(tuple(self._desk.check(shadow)), shadow))
        elif new and following.id != "review":
            new = review.so_far(self.draft, following, new, self._shelf)
        told = {(f.id, f.message): f for f in new if (f.id, f.message) not in self._told}
        self._told |= told.keys()
        if following.id != "review":
            self._words = (*map(notice.words, told.values()), *self._words)
        return following

    def _jumps(self) -> tuple[ReturnPlace, ...]:
        """Where to come back to, the last jump last."""
        return self.draft.interview.back_to

    def _returned(self, draft: Draft) -> Step:
        """Back to where the last jump began."""
        *rest, last = self._jumps()
        draft = draft.with_interview(back_to=tuple(rest))
        target = flow.place(draft, last.to, self._shelf) or flow.place(draft, "review", self._shelf)
        return Step(draft=draft, goto=target.id if target else None)

    def _after(self, at: Place, step: Step) -> Place:
        """The next place; the answer's consequences are drawn first."""
        self.draft, messages = settled(step.draft, self._desk.today, self._shelf)
        self._words = (*self._words, *step.words, *messages)
        self._fetched(step)
        if step.fills:
            self.draft = self._desk.past(self.draft, step.fills)
            self._begun = True
            self._shelved()
            return self._start(resumed=False)
        if step.about:
            return self._start(resumed=False)
        if step.keeps and self._desk.clerk is not None and self._desk.clerk.keep(step.keeps):
            self._shelved()
            self._words = (*self._words, "Saved as a reusable footnote.")
        if step.attaches:
            self.draft, notes = self._desk.bring(self.draft, step.attaches)
            self._words = (*self._words, *notes)
        if step.places and self._desk.clerk is not None and self._desk.clerk.place_power(*step.places):
            self._shelved()
            self._words = (*self._words, "Stored with the power of attorney in your register.")
        if step.come_back and step.goto is not None:
            place = ReturnPlace(to=at.id, until="answer", section=at.screen.section)
            self.draft = self.draft.with_interview(back_to=(*self._jumps(), place))
        return self._onwards(at) if step.goto is None else self._gone_to(at, step.goto)

    def _gone_to(self, at: Place, id: str) -> Place:
        """Where an answer leads; to where the last jump began, that jump is over."""
        if any(jump.to == id for jump in self._jumps()[-1:]):
            return self._back_at(at)
        return flow.place(self.draft, id, self._shelf) or self._onwards(at)

    def _onwards(self, at: Place) -> Place:
        jumps = self._jumps()
        if jumps and jumps[-1].until == "answer":
            opened = flow.following(self.draft, at, self._shelf)
            if opened is not None and opened.id != at.id:
                return opened
            return self._back_at(at)
        following = flow.next(self.draft, at, self._shelf) or at
        if (expected := self._expected(at, following)) is not None:
            return expected
        while (
            following.id in self._answered_before
            and (after := flow.next(self.draft, following, self._shelf)) is not None
        ):
            following = after
        if jumps and (following.id == jumps[-1].to or following.screen.section != jumps[-1].section):
            return self._back_at(at)
        return following

    def _expected(self, at: Place, following: Place) -> Place | None:
        """The first question passed over, because its answer was worked out, to which the prompter has another."""
        prompter = self._prompter
        if not isinstance(prompter, Forewarned):
            return None
        passed = flow.passed_over(self.draft, at, following, self._shelf)
        return next((place for place in passed if prompter.expects(place.id)), None)

    def _back_at(self, at: Place) -> Place:
        step = self._returned(self.draft)
        self.draft = step.draft
        return flow.place(self.draft, step.goto or "", self._shelf) or at

    # ---- review

    def _review(self, at: Place, findings: tuple[Finding, ...]) -> Step:
        draft = review.with_override(self.draft, self._desk.now())
        if draft is not self.draft:
            self.draft = draft
            findings = tuple(self._desk.check(draft))
            self._save(at)
        if not self._form_read:
            self._form_read = True
            self._read_form(findings)
        problems = review.problems(self.draft, findings, self._shelf)
        self._show_review(at, findings, review.heading(problems))
        reply = self._prompter.choice(self._put(review.ask(problems, frozenset(self._read))))
        if isinstance(reply, Key):
            return self._key(at, reply)
        self._words, self._help = (), False
        choice = review.understood(reply or review.proposal(problems, frozenset(self._read)), problems)
        if choice.startswith("open "):
            return self._opened_problem(at, findings, problems, int(choice[5:]))
        return self._done(at, findings, problems, choice)

    def _done(
        self, at: Place, findings: Sequence[Finding], problems: Sequence[review.Problem], choice: str
    ) -> Step:
        """What was chosen at the review or at one of its problems."""
        step = self._taken(at, lambda: review.step(self.draft, choice, problems))
        if step.page == "form":
            self._read_form(findings)
        elif step.page == "sections":
            return replace(self._sections(at), words=step.words)
        return step

    def _opened_problem(
        self, at: Place, findings: Sequence[Finding], problems: Sequence[review.Problem], number: int
    ) -> Step:
        """One problem in full, with what can be done about it; it counts as read."""
        problem = problems[number - 1]
        self._read.add(problem.key)
        ask = review.card(problem, number)
        self._show_review(at, findings, (f"Review: {number} of {len(problems)}",))
        reply = self._prompter.choice(ask)
        if reply is Key.HELP:
            self._help = True
            self._show_review(at, findings, (f"Review: {number} of {len(problems)}",))
            reply, self._help = self._prompter.choice(ask), False
        if reply is Key.LEAVE:
            return Step(draft=self.draft, ends="left")
        if isinstance(reply, Key) or reply == "back":
            return Step(draft=self.draft, goto="review")
        return self._done(at, findings, problems, review.understood(reply, problems))

    def _read_form(self, findings: Sequence[Finding]) -> None:
        self._prompter.read(self._desk.render(self.draft).splitlines(), self._head(findings).head)

    def _show_review(self, at: Place, findings: Sequence[Finding], heading: tuple[str, ...]) -> None:
        """The page of the review or of one of its problems."""
        top = self._head(findings)
        self._prompter.show(replace(top, title=heading, words=self._words, help=self._about(at)))

    # ---- ending

    def _ended(self, at: Place, step: Step) -> Outcome:
        self.draft = step.draft
        self._save(at)
        if step.ends == "packet" and self._desk.packet is not None:
            with self._prompter.working("Making the packet ..."):
                lines = tuple(self._desk.packet(self.draft))
            self._prompter.show(lines)
        ending: Literal["left", "other"] = "other" if step.opens else "left"
        return Outcome("packet" if step.ends == "packet" else ending, self.path, self.draft, step.opens)

    def _save(self, at: Place) -> None:
        judged = self._judged
        is_judged = judged is not None and judged[0] is self.draft
        self.draft = self.draft.with_interview(at=at.id)
        if judged is not None and is_judged:  # where the interview stands is no matter of the checks
            self._judged = (self.draft, judged[1])
        if self._begun:
            self.path = self._desk.begin(self.draft) if self._desk.begin is not None else self.path
            draft_file.save(self.path, self.draft)
