"""How long Esc takes to act at a text line and at a list, by a pseudo-input without a terminal: under 200 ms locally."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from tests.wizard.test_keys import CHOICE, ESC, LINE, at_desk

__all__ = ["main"]

RUNS = 15
MOST = 200


def main() -> None:
    for ask in (LINE, CHOICE):
        taken = []
        with at_desk() as desk:
            for number in range(RUNS):
                start = time.perf_counter()
                desk.put(replace(ask, id=f"{ask.id} {number}"), ESC)
                taken.append((time.perf_counter() - start) * 1000)
        median = statistics.median(taken)
        verdict = "within" if median < MOST else "OVER"
        print(f"Esc at a {ask.kind.value}: {median:.0f} ms, drawing included; {verdict} {MOST} ms")
