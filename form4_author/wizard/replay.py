"""Answers that outlive the interview that they were recorded for.

Each question takes the first unused answer to it, wherever in the file. A question without one takes its proposal, or
is left empty where it is optional; each is reported. Any other question without an answer stops the replay. What was
not used is reported at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from form4_author.text import shortened, visible
from form4_author.wizard.answers_file import AnswersRefused, Script
from form4_author.wizard.prompter import Key, key_of
from form4_author.wizard.screen import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from form4_author.wizard.screen import Ask


__all__ = ["RENAMED", "LastingScript", "names_of"]

_LISTS: Final = ("owners[", "events[", "non_derivative[", "derivative[", "footnotes[")
"""What is answered item by item, from a question that is asked again after each."""
_WAYS: Final = re.compile(
    r"whom|joint|happened|several|lines|notes|note\..*|sections|review|review\.finding|override\.reason|.*\.columns"
)
"""The questions of which a draft holds no answer, because they choose what is asked next or are done with."""
_CARRIES: Final = ("lines", "carry")
"""The answer that adds what the last filing also had."""
_LONGEST: Final = 60
"""How much of an answer a report quotes."""
_ROUNDS: Final = 3
"""How often one proposal is taken with no answer from the file in between, until it is seen to lead nowhere."""
_SIGNATURE: Final = re.compile(r"signatures\[\d+\]\.name")


def _signers(person: str) -> tuple[str, str]:
    """The questions on who signs for a person: ``[0]``."""
    return f"signing{person}.capacity", f"signing{person}.power"


_SECRET: Final = re.compile(r"ccc|passw|passphrase|passcode|secret|token|\bpin\b", re.IGNORECASE)
"""A question whose answer is never quoted. No question of the interview is one; a file may hold anything."""


@dataclass(slots=True)
class LastingScript(Script):
    """A prompter that takes from a file the answers that fit, and reports where file and interview differ."""

    source: str = ""
    """The file of answers, as the user named it."""
    draft: str = ""
    """Where the draft is saved."""
    report: Callable[[str], None] = lambda _line: None  # the shape of a report
    past: frozenset[str] = frozenset()
    """The questions that the draft had answers to when the interview was resumed; empty for a new draft."""
    _used: set[int] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)
    _rounds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each proposal was taken since the file had an answer."""
    _back_to: str = ""
    """The question to which the file goes back; empty while it goes forward."""
    _reported: set[str] = field(default_factory=set)
    """What was reported: a question asked again is reported once."""

    # ---- an answer

    def _answer(self, ask: Ask) -> str | tuple[str, ...]:
        if not self._asked and self.awaits_one_of(names_of(ask.id)):
            self.past = frozenset()  # the file begins where the draft stopped
        self._asked.add(ask.id)
        if ask.refused:
            raise self._put_again(ask)
        number = self._unused_answer(ask)
        if number is None:
            return self._unanswered(ask)
        self._used.add(number)
        self.taken = number + 1
        self._rounds.clear()
        given = self.answers[number].answer
        back = isinstance(given, str) and key_of(given) is Key.BACK
        self._back_to = self._asked_after(number) if back else ""
        return given

    def expects(self, id: str) -> bool:
        """Whether an answer to this question is left, or a signature would be worked out from no one's answer."""
        left = any(
            n not in self._used and self.answers[n].id in names_of(id) for n in range(len(self.answers))
        )
        return left or (_SIGNATURE.fullmatch(id) is not None and not self._chose_signer(id))

    def _chose_signer(self, id: str) -> bool:
        """Whether the file said who signs."""
        person = id.removeprefix("signatures").removesuffix(".name")
        return any(self.answers[n].id in _signers(person) for n in self._used)

    def awaits_one_of(self, ids: Sequence[str]) -> bool:
        """Whether the first answer is for one of these questions."""
        return bool(self.answers) and self.answers[0].id in ids

    def _unused_answer(self, ask: Ask) -> int | None:
        """The first unused answer to a question; where a resumed draft chooses where to go, of those ahead of it."""
        ids = names_of(ask.id)
        first = self._reached() + 1 if ask.hub else 0
        for number in range(first, len(self.answers)):
            if number in self._used or self.answers[number].id not in ids:
                continue
            if not self._is_done(ask, number):
                return number
        return None

    def _is_done(self, ask: Ask, number: int) -> bool:
        """Whether an answer adds the lines of the last filing where none is left to add: it is passed over."""
        given = self.answers[number]
        if (ask.id, given.answer) != _CARRIES or any(o.value == given.answer for o in ask.options):
            return False
        self._used.add(number)
        self.report(
            f'{self.source} line {given.line}: "{given.id}" "{given.answer}" is not needed: no line of the last '
            "filing is left to add"
        )
        return True

    def _reached(self) -> int:
        """The last answer of the file whose item was in the draft when it was resumed; -1 without one."""
        answered_ids = {name for id in self.past if id.startswith(_LISTS) for name in names_of(id)}
        return max((n for n, given in enumerate(self.answers) if given.id in answered_ids), default=-1)

    def _asked_after(self, number: int) -> str:
        """The question that the file has after this answer, where it was asked before."""
        following = self.answers[number + 1].id if number + 1 < len(self.answers) else ""
        return following if following in self._asked else ""

    # ---- no answer

    def _unanswered(self, ask: Ask) -> str:
        if ask.id == "review":
            self._say(ask, "the draft is saved, and no packet is made")
            return Key.LEAVE.value
        if self._back_to:
            if ask.id != self._back_to and not self._rounds[ask.id, Key.BACK.value]:
                self._rounds[ask.id, Key.BACK.value] += 1
                return Key.BACK.value
            self._back_to = ""
        if ask.formerly and not ask.proposal:
            label = next((f" ({_line(o.label)})" for o in ask.options if o.value == ask.formerly), "")
            self._say(ask, f'took "{ask.formerly}"{label}, which had answers before it was asked')
            return ask.formerly
        proposed = _proposed(ask)
        fault = _fault(ask) or self._signature(ask)
        if fault is None:
            self._rounds[ask.id, proposed] += 1
            if self._rounds[ask.id, proposed] > _ROUNDS:
                fault = f"the proposed {proposed} leads back to it"
        if fault is not None:
            raise self._stopped(ask, fault)
        self._say(ask, f"took the proposed {proposed}" if proposed else "left empty")
        return ""

    def _signature(self, ask: Ask) -> str | None:
        """Why a signature needs an answer: no one has given it."""
        given = any(self.answers[number].id in names_of(ask.id) for number in self._used)
        if given or not _SIGNATURE.fullmatch(ask.id):
            return None
        return f"a signature is not taken from a proposal, here {_proposed(ask)}"

    def _say(self, ask: Ask, what: str) -> None:
        line = f'{self.source} has no answer to "{ask.id}" ({_words(ask)}): {what}'
        if line not in self._reported:
            self._reported.add(line)
            self.report(line)

    def _put_again(self, ask: Ask) -> AnswersRefused:
        """The error for a question that is put again because its answer could not be taken."""
        if any(id == ask.id for id, _ in self._rounds):
            return self._stopped(ask, f"the proposed {_proposed(ask)} is not accepted: {ask.refused}")
        return AnswersRefused(f"Answer {self.taken}, {ask.id}, is not accepted: {ask.refused}")

    def _stopped(self, ask: Ask, fault: str) -> AnswersRefused:
        """The error for a question that needs an answer and has none."""
        choices = ", ".join(f'"{o.value}" ({_line(o.label)})' for o in ask.options)
        if ask.kind is AnswerKind.CONFIRM:
            choices = '"yes", "no"'
        last = max(self._used, default=-1)
        ahead = next((given for given in self.answers[last + 1 :]), None)
        where = f"to {self.source} before line {ahead.line}" if ahead else f"at the end of {self.source}"
        return AnswersRefused(
            f'{self.source} has no answer to "{ask.id}" ({_words(ask)}), and {fault}. '
            + (f"Choices: {choices}. " if choices else "")
            + f"The draft so far is saved in {self.draft}",
            remedy=f"Add the answer {where}, then continue with form4 resume {self.draft} --answers {self.source}",
        )

    # ---- what is left over

    def finish(self) -> None:
        """Every answer that was not used is reported."""
        unused = [number for number in range(len(self.answers)) if number not in self._used]
        passed = max(self._reached() + 1, min(self._used, default=0)) if self.past else 0
        answered_ids = {name for id in self.past for name in names_of(id)}
        before = [n for n in unused if n < passed and _is_behind(self.answers[n].id, answered_ids)]
        if before:
            count = f"{len(before)} answers are" if len(before) > 1 else "1 answer is"
            self.report(f"{self.source}: {count} not used; the draft was past {_them(before)} already")
        for number in unused:
            if number not in before:
                self.report(self._not_asked(number))

    def _not_asked(self, number: int) -> str:
        given = self.answers[number]
        answer = given.answer if isinstance(given.answer, str) else ", ".join(given.answer)
        quoted = "" if _SECRET.search(given.id) else f' "{_short(answer)}"'
        return f'{self.source} line {given.line}: "{given.id}" is not asked; its answer{quoted} is not used'


def _is_behind(id: str, answered_ids: set[str]) -> bool:
    """Whether a resumed draft had an answer to a question, or the question chose the way and left no answer."""
    return id in answered_ids or _WAYS.fullmatch(id) is not None


def _them(numbers: Sequence[int]) -> str:
    return "them" if len(numbers) > 1 else "it"


def _proposed(ask: Ask) -> str:
    """What is proposed, in quotes, with the words of an option; empty for nothing."""
    if ask.kind is AnswerKind.MULTI:
        return ", ".join(f'"{_short(each)}"' for each in ask.chosen)
    if not ask.proposal:
        return ""
    label = next((o.label for o in ask.options if o.value == ask.proposal), "")
    return f'"{_short(ask.proposal)}"' + (f" ({_line(label)})" if label else "")


def _fault(ask: Ask) -> str | None:
    """Why a question can't go without an answer; None where it can."""
    proposed = _proposed(ask)
    if ask.kind is AnswerKind.TEXT:
        fault = ask.check("")
        return fault if fault is None else _refused(proposed, fault)
    if ask.kind is AnswerKind.MULTI:
        return None if proposed or not ask.required else _refused(proposed, "")
    offered = [o.value for o in ask.options] if ask.kind is AnswerKind.CHOICE else ["yes", "no"]
    return None if ask.proposal in offered else _refused(proposed, "it is not one of the choices")


def _refused(proposed: str, fault: str) -> str:
    return f"the proposed {proposed} is not accepted: {fault}" if proposed else "nothing is proposed"


def _words(ask: Ask) -> str:
    return _line(ask.message)


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


def _short(text: str) -> str:
    """A text on one line, cut where it is long."""
    return visible(shortened(text, _LONGEST))


RENAMED: Final[Mapping[str, tuple[str, ...]]] = {}
"""The former ids of a question by its id, both with ``{i}`` for the number of the owner, event or row."""
_NUMBER: Final = re.compile(r"\[(\d+)\]")


def names_of(id: str) -> tuple[str, ...]:
    """The ids under which answers to a question may be recorded: ``events[0].way``, then the former ones."""
    number = _NUMBER.search(id)
    former = RENAMED.get(_NUMBER.sub("[{i}]", id), ())
    return (id, *(name.replace("{i}", number[1]) if number else name for name in former))
