"""A process that runs commands and kills them at a point that is ours: a form entered, a transaction written.

Reads a line of JSON for each command: ``words``, the ``folder`` and ``register`` to work with, and ``at``, the point at which its process is killed, with its number
(null: not at all). ``entered`` is within a transaction, before anything of it is kept; ``written`` is after one. ``call``
is any call of Python's, and comes where it comes. Of an upgrade: ``copying`` is before the copy of a file has its name,
``copied`` after it, ``upgraded`` before anything is kept, ``brought up`` after; any other point is before the first
statement of SQL that begins with its words. Answers with a line: its exit code, null when it was killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

from form4_author.cli import main
from form4_author.desk import filing, import_filing
from form4_author.register import (
    backup,  # noqa: F401  # loaded once, for every command
    database,  # loaded once, for every command
)
from form4_author.register.database import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["AT_ONCE", "Killer"]

AT_ONCE = 5
"""Files that enter in one transaction here."""


def untraced(environment: dict[str, str]) -> dict[str, str]:
    """An environment in which nothing is measured: what is killed would leave half a file of measurements."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE_")}


class Killer:
    """The process, and commands that it is to run."""

    def __init__(self, root: str) -> None:
        import subprocess

        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
            env={**untraced(dict(os.environ)), "PYTHONPATH": root, "FORM4_TODAY": "2026-11-23"},
        )  # fmt: skip
        self.folder = self.register = ""

    def run(self, *words: str, at: tuple[str, int] | None = None) -> int | None:
        """The command's exit code; None when it was killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"words": words, "folder": self.folder, "register": self.register, "at": at}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        code: int | None = json.loads(self._process.stdout.readline())
        return code

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


class _Fuse:
    """Kills its process when a point is reached for the time that was said."""

    def __init__(self, point: str, number: int) -> None:
        self.point = point
        self._left = number

    def reached(self, point: str) -> None:
        if point == self.point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def _laid(fuse: _Fuse) -> None:
    """The points of this process burn the fuse."""
    if fuse.point == "call":
        sys.setprofile(lambda *_: fuse.reached("call"))
    for module in (filing, import_filing):
        names = vars(module)
        names["recorded"] = _burning(names["recorded"], fuse, "entered")
    _laid_in_an_upgrade(fuse)
    writing = Register.writing

    @contextmanager
    def written(self: Register) -> Iterator[Any]:
        with writing(self) as session:
            yield session
        fuse.reached("written")

    setattr(Register, "writing", written)  # noqa: B010  # it is a method


def _burning(function: Callable[..., Any], fuse: _Fuse, point: str) -> Callable[..., Any]:
    def burning(*arguments: Any, **named: Any) -> Any:
        done = function(*arguments, **named)
        fuse.reached(point)
        return done

    return burning


def _laid_in_an_upgrade(fuse: _Fuse) -> None:
    names, moved = vars(database), Path.replace
    names["_backup_copy"] = _burning(names["_backup_copy"], fuse, "copied")
    names["_upgrade"] = _burning(names["_upgrade"], fuse, "upgraded")
    setattr(Register, "bring_up", _burning(Register.bring_up, fuse, "brought up"))  # noqa: B010  # it is a method

    def moving(self: Path, target: Path) -> Path:
        fuse.reached("copying")
        return moved(self, target)

    setattr(Path, "replace", moving)  # noqa: B010  # it is a method

    @event.listens_for(Engine, "before_cursor_execute")
    def said(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if " ".join(statement.split()).startswith(fuse.point):
            fuse.reached(fuse.point)


def _run(words: list[str], folder: str, register: str, at: tuple[str, int] | None) -> int:
    """In a separate process: the command, killed at its point; its exit code."""
    os.chdir(folder)
    os.environ["FORM4_REGISTER"] = register
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    if at is not None:
        _laid(_Fuse(*at))
    code = main(words)
    sys.setprofile(None)
    return code


def _answered(order: dict[str, Any]) -> Any:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, json.dumps(_run(**order)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer) if answer else None


if __name__ == "__main__":
    setattr(import_filing, "_AT_ONCE", AT_ONCE)  # noqa: B010  # it is final
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answered(json.loads(line))) + "\n")
        sys.stdout.flush()
