"""`form4 submit` killed by a signal at each step: the form never arrives twice, and what is said of it is so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from form4_author.desk.receipt import receipts_folder
from tests.edgar.filer import CCC, CIK, WANTED, Filer, filer_at

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture
def filer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Filer]:
    with filer_at(tmp_path, monkeypatch, capsys) as made:
        yield made
        assert made.secrets_found() == []


class Submitting:
    """The process whose children submit and are killed."""

    def __init__(self, filer: Filer, folder: Path) -> None:
        words = [str(filer.file), WANTED, f"{CIK} {CCC}", str(folder / "answer.txt")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.edgar.killed_submission", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._process.communicate()

    def submit(self, step: int) -> tuple[int, str]:
        """How the child ended that is killed at this step, and what it wrote; 0: it is not killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{step}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer["ended"], answer["said"]


def forget(filer: Filer) -> None:
    """As if nothing had been sent."""
    for file in [*receipts_folder().glob("*.json"), *filer.home.rglob("receipt-*.json")]:
        file.unlink()
    filer.run.edgar.filing_api.bodies.clear()


@pytest.mark.parametrize("stride", [pytest.param(1, marks=pytest.mark.long), 4])
def test_killed_at_a_step_it_is_never_sent_twice(filer: Filer, tmp_path: Path, stride: int) -> None:
    arrived = kills = 0
    with Submitting(filer, tmp_path) as process:
        for step in range(1, 400, stride):
            ended, said = process.submit(step)
            had = filer.bodies
            assert ended in (0, -signal.SIGKILL), (step, ended, said)
            assert had == 1 or "EDGAR has it" not in said
            if ended == 0:
                break
            kills, arrived = kills + 1, arrived + had
            again, said = process.submit(0)
            assert filer.bodies <= 1, step
            if had:
                assert (again, "Sent before: LIVE" in said) == (2, True), (step, said)
                assert "not accepted" not in said
                assert "not sent: no connection" not in said
            forget(filer)
    assert (ended, filer.bodies) == (0, 1)
    assert kills > 20 // stride
    assert arrived > 5 // stride
