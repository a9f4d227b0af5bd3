"""Paired timing of whole processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["paired", "peak_mebibytes"]

RUNS = 15


def _seconds(command: Sequence[str]) -> float:
    """User and system seconds of one run, children included: what a shared machine's other work does not change."""
    before = os.times()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def _wall(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def paired(name: str, command: Sequence[str], peer: Sequence[str]) -> None:
    """Prints both medians in milliseconds of wall time and the median of the pairs' ratios."""
    _wall(command)
    _wall(peer)
    pairs = [(_wall(command), _wall(peer)) for _ in range(RUNS)]
    cpu = [(_seconds(command), _seconds(peer)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    cpu_ratio = statistics.median(a for a, _ in cpu) / max(statistics.median(b for _, b in cpu), 1e-9)
    print(f"{name}: {ours:.0f} ms beside {theirs:.0f} ms; ratio {ratio:.2f} (wall), {cpu_ratio:.2f} (cpu)")


def peak_mebibytes(command: Sequence[str]) -> float:
    """Peak resident memory of one run.

    A small process starts it: a child begins with its parent's peak, and this one may hold a peer library.
    """
    measure = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    told = subprocess.run(
        [sys.executable, "-S", "-c", measure, *command], check=True, capture_output=True, text=True
    )
    return int(told.stdout) / 1024
