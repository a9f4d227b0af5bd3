"""`kill -9` at any moment, also in the midst of saving: at most the answer being typed is lost."""

from __future__ import annotations

import os
import random
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pytest

from form4_author import store
from form4_author.wizard import session
from form4_author.wizard.script import AnswersRefused, Script, load_answers
from tests.wizard.replay import ANSWERS, Watched, desk, start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from form4_author.wizard.prompter import Key
    from form4_author.wizard.screen import Ask
    from form4_author.wizard.script import Given

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system whose processes fork")

SCENARIOS: Final = ("seed", "known_vest", "known_plan_sale", "joint_units_and_gift", "exercise_and_sale")
TOUCHES: Final = 5
"""How often saving one answer touches the folder, at least."""
Reply = TypeVar("Reply")


@dataclass(slots=True)
class Told(Script):
    """A script that tells another process how many answers it has handed over."""

    pipe: int = -1

    def text(self, ask: Ask) -> str | Key:
        return self._told(Script.text(self, ask))

    def choice(self, ask: Ask) -> str | Key:
        return self._told(Script.choice(self, ask))

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        return self._told(Script.multi(self, ask))

    def confirm(self, ask: Ask) -> str | Key:
        return self._told(Script.confirm(self, ask))

    def _told(self, reply: Reply) -> Reply:
        os.write(self.pipe, b".")
        return reply


def killed(path: Path, name: str, given: Sequence[Given], touch: int) -> int:
    """An interview in a process of its own, killed when it touches its folder for this time; the answers it had got."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _killed_at(touch, str(path.parent))
            session.Session(path, start(name), Told(given, pipe=tell), desk()).run()
        finally:
            os._exit(1)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        count = len(pipe.read())
    ended = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(ended), "it came to its end before it was to be killed"
    assert os.WTERMSIG(ended) == signal.SIGKILL
    return count


def _killed_at(touch: int, folder: str) -> None:
    left = touch

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in ("open", "os.rename", "os.link", "os.remove") and folder in str(arguments[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


@pytest.mark.parametrize("seed", range(30))
def test_at_most_the_answer_being_typed_is_lost(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  # a moment, not a secret
    name = SCENARIOS[seed % len(SCENARIOS)]
    given = load_answers(ANSWERS / f"{name}.yaml")
    whole = Watched(given)
    expected = session.Session(tmp_path / "whole.form4.json", start(name), whole, desk()).run().data
    folder = tmp_path / "killed"
    folder.mkdir()
    path = folder / "draft.form4.json"

    count = killed(path, name, given, chance.randrange(TOUCHES, TOUCHES * len(given)))

    at = store.load(path).data["interview"]["at"]
    candidates = [n for n in (count, count - 1) if n >= 0 and given[n].id == at]
    assert expected in [resumed(path, given[n:]) for n in candidates]  # a question may be put twice in a row


def resumed(path: Path, rest: Sequence[Given]) -> dict[str, Any] | None:
    """What a copy of the draft comes to with the rest of the answers; None where they do not fit."""
    copy = path.with_name(f"{len(rest)}.form4.json")
    copy.write_bytes(path.read_bytes())
    script = Script(rest)
    try:
        data = session.resume(copy, script, desk()).run().data
        script.finish()
    except AnswersRefused:
        return None
    assert store.load(copy).data == data
    return data
