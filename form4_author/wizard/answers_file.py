"""Answers from a file instead of a terminal, and the recording of such a file.

The file is a list, in the order asked, of one question id and its answer each; YAML or JSON. The answer is what would
be typed, the value of the option chosen, ``yes`` or ``no``, or a list of values; empty accepts the proposal. ``<``,
``?``, ``/`` and ``q`` are the keys. For a ``Script``, a question that was not expected and an answer left over are
errors: a replay either does what it was written for or says where it parted. A ``LastingScript`` takes what fits.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.wizard.prompter import Forewarned, Key, Prompter, key_of
from form4_author.wizard.reading import folded
from form4_author.wizard.screen import NONE
from form4_author.wizard.wording import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from form4_author.wizard.screen import Ask

__all__ = ["AnswersRefused", "Given", "Recorder", "Script", "answers_text", "load_answers"]


class AnswersRefused(UnreadableInput):
    """A file of answers does not fit the interview: another question, one too many, or an answer that is refused."""

    def __init__(
        self, problem: str, *, remedy: str = "Correct the file of answers, or record it again"
    ) -> None:
        super().__init__(problem, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of the file."""

    id: str
    answer: str | tuple[str, ...]
    line: int = field(default=0, compare=False)
    """Where it begins in the file; 0 for one that comes from no file."""


def load_answers(path: Path) -> tuple[Given, ...]:
    """The answers in a file, in order.

    Raises UnreadableInput when it can't be read, AnswersRefused when it is not a list of ``question: answer``.
    """
    data, lines = draft_file.read_items(path)
    if not isinstance(data, list):
        raise AnswersRefused(
            f"{path} is not a list of answers; each line has the form  - issuer.cik: 1107843"
        )
    return tuple(
        replace(_given(item, number, path), line=line)
        for number, (item, line) in enumerate(zip(data, lines, strict=True), 1)
    )


def _given(item: object, number: int, path: Path) -> Given:
    if isinstance(item, dict) and len(item) == 1:
        ((id, answer),) = item.items()
        if isinstance(answer, str):
            return Given(str(id), answer)
        if isinstance(answer, list) and all(isinstance(each, str) for each in answer):
            return Given(str(id), tuple(answer))
    raise AnswersRefused(f"Answer {number} in {path} is not one question with a text or a list of texts")


def answers_text(given: Sequence[Given]) -> str:
    """The file, as YAML that is JSON where it matters: every answer in quotes."""
    return "".join(f"- {g.id}: {_spelled(g.answer)}\n" for g in given)


def _spelled(answer: str | tuple[str, ...]) -> str:
    return json.dumps(answer if isinstance(answer, str) else list(answer), ensure_ascii=False)


@dataclass(slots=True)
class Script:
    """A prompter that takes its answers from a file, strictly."""

    answers: Sequence[Given]
    pages: list[tuple[str, ...]] = field(default_factory=list)
    """What was shown, page by page."""
    taken: int = 0
    """How many answers have been used."""
    unaccepted: bool = False

    def working(self, words: str) -> AbstractContextManager[None]:
        """A script waits."""
        del words
        return nullcontext()

    def show(self, lines: Sequence[str]) -> None:
        """The page is kept, for tests."""
        self.pages.append(tuple(lines))

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """The text is kept, for tests."""
        del top
        self.pages.append(tuple(lines))

    def text(self, ask: Ask) -> str | Key:
        """The next answer; AnswersRefused when the question is another or the answer is not accepted."""
        answer = self._next(ask) or ("" if ask.proposal else ask.formerly)
        key = key_of(answer)
        if key is not None:
            return key
        fault = ask.check(answer)
        if fault is not None:
            raise self._refused(ask, answer, fault)
        return answer

    def choice(self, ask: Ask) -> str | Key:
        """The next answer, the value of an option; what is to be read above it is kept with the page."""
        self.pages[-1:] = [
            (*page, *(part for words in ask.text for part in folded(words, WIDTH)))
            for page in self.pages[-1:]
        ]
        answer = self._next(ask) or _as_before(ask)
        key = key_of(answer)
        if key is not None:
            return key
        if answer == "=" and ask.above:
            answer = ask.above
        if answer not in [o.value for o in ask.options if not o.barred]:
            barred = next(
                (o.barred for o in (*ask.barred, *ask.options) if o.barred and o.value == answer), ""
            )
            choices = barred or f"choose one of {', '.join(o.value for o in ask.options if not o.barred)}"
            if fault := (ask.check(answer) if ask.typed else choices):
                raise self._refused(ask, answer, fault)
        return answer

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """The next answer, a list of values; one value may be alone, empty accepts what is checked."""
        answer = self._answer(ask)
        if isinstance(answer, str):
            key = key_of(answer)
            if key is not None:
                return key
            answer = ask.chosen if not answer else () if answer == NONE else (answer,)
        unknown = [each for each in answer if each not in [o.value for o in ask.options]]
        if unknown:
            raise self._refused(
                ask, ", ".join(unknown), f"choose from {', '.join(o.value for o in ask.options)}"
            )
        if ask.required and not answer:
            raise self._refused(ask, "", "at least one is required")
        return answer

    def confirm(self, ask: Ask) -> str | Key:
        """The next answer, ``yes`` or ``no``."""
        answer = self._next(ask) or ask.proposal or ask.formerly
        key = key_of(answer)
        if key is None and answer not in ("yes", "no"):
            raise self._refused(ask, answer, "answer yes or no")
        return key or answer

    def awaits(self, id: str) -> bool:
        """Whether the first answer is for this question."""
        return bool(self.answers) and self.answers[0].id == id

    def expects(self, id: str) -> bool:
        """Whether the next answer is for this question."""
        return self.taken < len(self.answers) and self.answers[self.taken].id == id

    def finish(self) -> None:
        """Every answer has been used; AnswersRefused when some were not."""
        if self.taken < len(self.answers):
            left = self.answers[self.taken]
            raise AnswersRefused(
                f"The interview ended before answer {self.taken + 1} of {len(self.answers)}, {left.id}, was asked for"
            )

    def _answer(self, ask: Ask) -> str | tuple[str, ...]:
        if ask.refused:
            raise AnswersRefused(f"Answer {self.taken}, {ask.id}, is not accepted: {ask.refused}")
        if self.taken >= len(self.answers):
            raise AnswersRefused(
                f"The answers end after {len(self.answers)}, but the interview asks {ask.id} ({ask.message})"
            )
        given = self.answers[self.taken]
        self.taken += 1
        if given.id != ask.id:
            raise AnswersRefused(
                f"Answer {self.taken} is for {given.id}, but the interview asks {ask.id} ({ask.message})"
            )
        return given.answer

    def _next(self, ask: Ask) -> str:
        answer = self._answer(ask)
        if not isinstance(answer, str):
            raise self._refused(ask, ", ".join(answer), "one answer is expected, not a list")
        return answer

    def _refused(self, ask: Ask, answer: str, fault: str) -> AnswersRefused:
        return AnswersRefused(f'Answer {self.taken}, {ask.id}: "{answer}" is not accepted: {fault}')


def _as_before(ask: Ask) -> str:
    """What an empty answer means: the proposal; at the review what blocks is corrected, or the packet made."""
    if ask.id != "review" or not ask.proposal.startswith("open "):
        return ask.proposal or ask.formerly
    is_free = any(o.value == "p" and not o.barred for o in ask.options)
    return "p" if is_free else ask.proposal.removeprefix("open ")


@dataclass(slots=True)
class Recorder:
    """A prompter that passes everything on and keeps the replies as a file of answers would have them."""

    prompter: Prompter
    given: list[Given] = field(default_factory=list)
    unaccepted: bool = False

    def working(self, words: str) -> AbstractContextManager[None]:
        """Passed on."""
        return self.prompter.working(words)

    def show(self, lines: Sequence[str]) -> None:
        """Passed on."""
        self.prompter.show(lines)

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        """Passed on."""
        self.prompter.read(lines, top)

    def text(self, ask: Ask) -> str | Key:
        """Passed on, and kept."""
        return self._recorded(ask, self.prompter.text(ask))

    def choice(self, ask: Ask) -> str | Key:
        """Passed on, and kept."""
        return self._recorded(ask, self.prompter.choice(ask))

    def confirm(self, ask: Ask) -> str | Key:
        """Passed on, and kept."""
        return self._recorded(ask, self.prompter.confirm(ask))

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        """Passed on, and kept."""
        reply = self.prompter.multi(ask)
        self._keep(ask, reply.value if isinstance(reply, Key) else reply)
        return reply

    def expects(self, id: str) -> bool:
        """As the prompter that it passes on to."""
        return isinstance(self.prompter, Forewarned) and self.prompter.expects(id)

    def _recorded(self, ask: Ask, reply: str | Key) -> str | Key:
        self._keep(ask, reply.value if isinstance(reply, Key) else reply)
        return reply

    def _keep(self, ask: Ask, answer: str | tuple[str, ...]) -> None:
        """The answer is kept, in place of the one that was refused."""
        self.unaccepted = self.prompter.unaccepted
        if ask.refused:
            self.given.pop()
        left_out = answer == "" and ask.formerly and not ask.proposal  # or it would stand for what it did
        self.given.append(Given(ask.id, NONE if left_out else answer))
