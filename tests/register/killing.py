"""A process that runs commands and kills them at a call of theirs: the same call each time, however fast the machine.

Reads a line of JSON for each command: ``words``, and ``at``, the number of the call at which its process is killed (null:
not at all). Answers with a line: its exit code (null: killed), and how many calls it made.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

from form4_author.cli import filed, filling, main  # noqa: F401  # loaded once
from form4_author.register import book, copy  # noqa: F401  # loaded once, for every command

__all__ = ["AT_ONCE", "Killer"]

AT_ONCE = 5
"""Files that enter in one transaction here."""


def untraced(environment: dict[str, str]) -> dict[str, str]:
    """An environment in which nothing is measured: what is killed would leave half a file of measurements."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}


class Killer:
    """The process, and commands that it is to run."""

    def __init__(self, root: str, folder: str, environment: dict[str, str]) -> None:
        import subprocess

        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder,
            env={**untraced(environment), "PYTHONPATH": root},
        )  # fmt: skip

    def run(self, *words: str, at: int | None = None) -> tuple[int | None, int]:
        """The command's exit code, None when it was killed, and how many calls it made when it was not."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"words": words, "at": at}) + "\n")
        self._process.stdin.flush()
        code, calls = json.loads(self._process.stdout.readline())
        return code, calls

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def _run(words: list[str], at: int | None, answer: int) -> None:
    """In a process of its own: the command, counting its calls."""
    calls = 0

    def counted(_frame: object, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)

    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.setprofile(counted)
    code = main(words)
    sys.setprofile(None)
    os.write(answer, json.dumps([code, calls]).encode())
    os._exit(0)


def _answered(words: list[str], at: int | None) -> Any:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _run(words, at, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    os.waitpid(child, 0)
    return json.loads(answer) if answer else [None, 0]


if __name__ == "__main__":
    setattr(filling, "_AT_ONCE", AT_ONCE)  # noqa: B010  # it is final
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answered(**json.loads(line))) + "\n")
        sys.stdout.flush()
