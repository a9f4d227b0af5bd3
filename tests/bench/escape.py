"""How long Esc takes to end a prompt, from the key on: under 200 ms on this computer."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.wizard.test_keys import CHOICE, ESC, LINE, at_desk

if TYPE_CHECKING:
    from form4_author.wizard.screen import Ask

__all__ = ["main"]

RUNS = 15
MOST = 200


def _milliseconds(ask: Ask) -> list[float]:
    """From the moment that Esc is sent, which is after the first drawing, until the prompt has ended."""
    taken, sent = [], [0.0]
    with at_desk() as desk:
        send = desk.screen.pipe.send_text

        def timed(keys: str) -> None:
            sent[0] = time.perf_counter()
            send(keys)

        desk.screen.pipe.send_text = timed  # type: ignore[method-assign, assignment]  # the moment is noted
        for number in range(RUNS):
            desk.put(replace(ask, id=f"{ask.id} {number}"), ESC)
            taken.append((time.perf_counter() - sent[0]) * 1000)
    return taken


def main() -> None:
    for ask in (LINE, CHOICE):
        median = statistics.median(_milliseconds(ask))
        verdict = "within" if median < MOST else "OVER"
        print(f"Esc at a {ask.kind.value}: {median:.0f} ms; {verdict} {MOST} ms")
