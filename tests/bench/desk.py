"""How long the desk takes with thirty drafts, from the start of the program to its first drawing."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from form4_author.checks.example import draft

__all__ = ["main"]

DRAFTS = 30
RUNS = 7
MOST = 300
_NAMES = ("exercise", "form3", "form5", "gift", "joint", "plan", "seed", "amendment")


def _milliseconds(home: str) -> float:
    """From the start until the last line of the desk is there."""
    surroundings = {
        **os.environ,
        "TERM": "xterm",
        "HOME": home,
        "XDG_DATA_HOME": home,
        "XDG_CONFIG_HOME": home,
    }
    begun = time.perf_counter()
    child = pexpect.spawn(
        sys.executable, ["-m", "form4_author"], cwd=home, env=surroundings, dimensions=(24, 80), timeout=60
    )
    child.expect("Esc leaves")
    taken = (time.perf_counter() - begun) * 1000
    child.close(force=True)
    return taken


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "form4-author" / "drafts"
        folder.mkdir(parents=True)
        for number in range(DRAFTS):
            content = json.dumps(draft(_NAMES[number % len(_NAMES)]))
            (folder / f"d{number}.form4.json").write_text(content, encoding="utf-8")
        _milliseconds(home)
        median = statistics.median(_milliseconds(home) for _run in range(RUNS))
    verdict = "within" if median < MOST else "OVER"
    print(f"The desk with {DRAFTS} drafts: {median:.0f} ms; {verdict} {MOST} ms")


if __name__ == "__main__":
    main()
