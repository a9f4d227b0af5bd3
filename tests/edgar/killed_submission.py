"""A process that submits in children of its own and has them killed at a step, by a signal that no program can catch.

``python -m tests.edgar.killed_submission FILE ANSWER`` reads the number of a step from each line of its input, 0 for none,
and answers with how the child ended and what it wrote. A step is a call of ``form4_author.files.disk`` or a connection.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from form4_author.cli import main, submit
from form4_author.edgar.demo.token import DEMO_TOKENS
from form4_author.files import disk
from tests.edgar.filer import EASTERN, open_file


def _stop_at(number: int) -> None:
    """This process is killed before the step of that number."""
    left = number

    def stepped(*_of: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    disk.before = stepped
    sys.addaudithook(lambda name, _of: stepped() if name == "socket.connect" else None)


def _submitted(file: str, typed: str, cccs: str, number: int, answer: Path) -> int:
    given = ["--token-fd", open_file("\n".join(DEMO_TOKENS)), "--ccc-fd", open_file(cccs)]
    sys.stdin = io.StringIO(typed)
    if number:
        _stop_at(number)
    with answer.open("w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
        return main(["submit", file, "--live", *given])


def _child(file: str, typed: str, cccs: str, number: int, answer: Path) -> int:
    """How a child ended."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            code = _submitted(file, typed, cccs, number, answer)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(file: str, typed: str, cccs: str, answer: Path) -> None:
    """Submit once for each line of the input."""
    for line in sys.stdin:
        ended = _child(file, typed, cccs, int(line), answer)
        said = answer.read_text(encoding="utf-8") if answer.exists() else ""
        print(json.dumps({"ended": ended, "said": said}), flush=True)


if __name__ == "__main__":
    submit.clock = lambda: datetime(2024, 11, 4, 18, tzinfo=EASTERN)
    run(sys.argv[1], sys.argv[2] + "\n", sys.argv[3] + "\n", Path(sys.argv[4]))
