"""`kill -9` at any moment, at a prompt and in the midst of saving: at most the answer being typed is lost."""

from __future__ import annotations

import os
import random
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pytest

from form4_author.files import draft_file
from form4_author.wire.draft import draft_data
from form4_author.wizard import session
from form4_author.wizard.answers_file import AnswersRefused, Script, load_answers
from tests.selection import some
from tests.wizard.replay import ANSWERS, Watched, desk, start
from tests.wizard.terminal import ENTER, Terminal
from tests.wizard.test_terminal import FILING, NEW, RESUME, SEED, filing, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from form4_author.wizard.answers_file import Given
    from form4_author.wizard.prompter import Key
    from form4_author.wizard.screen import Ask

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system whose processes fork")

SCENARIOS: Final = ("seed", "known_vest", "known_plan_sale", "joint_units_and_gift", "exercise_and_sale")
TOUCHES: Final = 7
"""Up to which touch of its folder, from one answer on, an interview is killed; fewer make it the next answer's."""
Reply = TypeVar("Reply")


@dataclass(slots=True)
class Counting(Script):
    """A script that reports each answer it hands over, through a pipe, and what follows an answer."""

    pipe: int = -1
    armed: int = 0
    """The answer from which on touches of the folder count."""
    handed: int = 0

    def text(self, ask: Ask) -> str | Key:
        return self._handed(Script.text(self, ask))

    def choice(self, ask: Ask) -> str | Key:
        return self._handed(Script.choice(self, ask))

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        return self._handed(Script.multi(self, ask))

    def confirm(self, ask: Ask) -> str | Key:
        return self._handed(Script.confirm(self, ask))

    def _handed(self, reply: Reply) -> Reply:
        os.write(self.pipe, b".")
        self.handed += 1
        return reply


def killed(path: Path, name: str, given: Sequence[Given], answer: int, touch: int) -> int:
    """An interview in a separate process, killed when it touches its folder for this time after an answer.

    Returns how many answers it had got.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            script = Counting(given, pipe=writing, armed=answer)
            _kill_at(touch, script, str(path.parent))
            session.Session(path, start(name), script, desk()).run()
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        count = len(pipe.read())
    ended = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(ended), "it came to its end before it was to be killed"
    assert os.WTERMSIG(ended) == signal.SIGKILL
    return count


def _kill_at(touch: int, script: Counting, folder: str) -> None:
    left = touch

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in ("open", "os.rename", "os.link", "os.remove") and folder in str(arguments[0]):
            left -= script.handed >= script.armed
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


@pytest.mark.long
@pytest.mark.parametrize("seed", some(range(30), range(len(SCENARIOS))))
def test_at_most_the_answer_being_typed_is_lost(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  # a moment, not a secret
    name = SCENARIOS[seed % len(SCENARIOS)]
    given = load_answers(ANSWERS / f"{name}.yaml")
    whole = Watched(given)
    expected = draft_data(
        session.Session(tmp_path / "whole.form4.json", start(name), whole, desk()).run().draft
    )
    folder = tmp_path / "killed"
    folder.mkdir()
    path = folder / "draft.form4.json"

    answer, touch = chance.randrange(1, len(given) - TOUCHES), chance.randint(1, TOUCHES)
    count = killed(path, name, given, answer, touch)

    assert answer <= count < len(given)

    at = draft_file.load(path).data["interview"]["at"]
    candidates = [n for n in (count, count - 1) if n >= 0 and given[n].id == at]
    assert expected in [resumed(path, given[n:]) for n in candidates]  # a question may be put twice in a row


def resumed(path: Path, rest: Sequence[Given]) -> dict[str, Any] | None:
    """What a copy of the draft comes to with the rest of the answers; None where they do not fit."""
    copy = path.with_name(f"{len(rest)}.form4.json")
    copy.write_bytes(path.read_bytes())
    script = Script(rest)
    try:
        data = draft_data(session.Session(copy, draft_file.load(copy).draft, script, desk()).run().draft)
        script.finish()
    except AnswersRefused:
        return None
    assert draft_file.load(copy).data == data
    return data


# ---- at a terminal


PROMPTS: Final = (
    "Relationship of Reporting Person",
    "What happened?",
    "Common Stock, direct: how many after",
)
"""A box to check, a long list, a total worked out."""


@pytest.mark.long
@pytest.mark.parametrize("times", [1, 3])
def test_killed_at_a_prompt_the_interview_goes_on_at_the_same_question(tmp_path: Path, times: int) -> None:
    """The line being typed is lost, and nothing else; the filing at the end is the one that was never killed."""
    reached, words = 0, list(NEW)
    for stop in map(step_of, PROMPTS[-times:]):
        with Terminal(tmp_path, *words) as terminal:
            terminal.wait_prompt(SEED[reached][0])
            assert ("Welcome back: this is where you stopped." in terminal.text) == (reached > 0)
            assert not any(
                line.startswith(f" {SEED[reached][0]}") and "12" in line for line in terminal.lines
            )
            terminal.follow(SEED[reached:stop]).wait_prompt(SEED[stop][0]).type("12").kill()
        reached, words = stop, list(RESUME)
    with Terminal(tmp_path, *RESUME) as terminal:
        terminal.follow(SEED[reached:]).wait("Reporting Person: Thakar Sumedh S").type(ENTER)
        terminal.wait("Enter goes on").type(ENTER).answer("Make the packet?", f"q{ENTER}")
        assert terminal.end() == 0

    assert filing(tmp_path) == FILING


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_prompt_only_the_answer_being_typed_is_lost(tmp_path: Path, seed: int) -> None:
    """Three random prompts of one interview; each time the question that was open is put again."""
    chance = random.Random(seed)  # noqa: S311  # which prompts, not a secret
    stops = sorted(chance.sample(range(1, len(SEED)), 3))
    reached, words = 0, list(NEW)
    for stop in stops:
        with Terminal(tmp_path, *words) as terminal:
            terminal.follow(SEED[reached:stop]).wait_prompt(SEED[stop][0])
            terminal.type("12"[: chance.randrange(3)])
            terminal.kill()
        reached, words = stop, list(RESUME)
    with Terminal(tmp_path, *RESUME) as terminal:
        terminal.follow(SEED[reached:]).wait("Reporting Person: Thakar Sumedh S").type(ENTER)
        terminal.wait("Enter goes on").type(ENTER).answer("Make the packet?", f"q{ENTER}")
        assert terminal.end() == 0

    assert filing(tmp_path) == FILING
