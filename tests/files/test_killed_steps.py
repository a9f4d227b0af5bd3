"""Killed at each step of a packet, a document, `filed`, an import and a migration: the data is whole after each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.register.killing import untraced

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.name != "posix", reason="kills its own children")
@pytest.mark.parametrize(
    ("operation", "step", "least"),
    [
        ("packet", 9, 3),
        *(pytest.param(operation, 1, least, marks=pytest.mark.long)
          for operation, least in (("packet", 30), ("document", 8), ("filed", 60), ("import", 60), ("migration", 60))),
    ],
)  # fmt: skip
def test_data_is_whole_after_a_kill_at_each_step(
    operation: str, step: int, least: int, tmp_path: Path
) -> None:
    environment = {**untraced(dict(os.environ)), "PYTHONPATH": str(ROOT), "FORM4_TODAY": "2024-11-05",
                   "XDG_DATA_HOME": str(tmp_path.parent / f"{tmp_path.name}-data")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.files.killed_steps", operation, str(step)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= least
