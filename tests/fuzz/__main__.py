"""``make fuzz SECONDS=600``: every reader in turn for its share of the time; what crashes is kept as a file.

``python -m tests.fuzz SECONDS [TARGET…]``; ``FORM4_FUZZ_START`` is the number of the first input (default: 1,000,000).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

from tests.fuzz.mutator import mutated
from tests.fuzz.targets import TARGETS, once

LONGEST = 10.0
"""Seconds of one input; one that takes longer is kept as well."""


def main(seconds: float, names: list[str]) -> int:
    warnings.simplefilter("ignore")
    first = int(os.environ.get("FORM4_FUZZ_START", "1000000"))
    found = 0
    for name in names:
        target = TARGETS[name]
        with tempfile.TemporaryDirectory() as folder:
            seeds = target.seeds(Path(folder))
            end, number, crashes = time.monotonic() + seconds / len(names), first, 0
            while time.monotonic() < end:
                data, began = mutated(seeds, number), time.monotonic()
                try:
                    once(target, data, Path(folder))
                    slow = time.monotonic() - began > LONGEST
                except Exception:  # noqa: BLE001  # whatever it is, it is what is looked for
                    traceback.print_exc(limit=-3)
                    slow = True
                if slow:
                    crashes += 1
                    kept = Path(tempfile.gettempdir()) / f"fuzz-{name}-{number}"
                    kept.write_bytes(data)
                    print(f"{name}: input {number} is kept in {kept}")
                number += 1
        print(f"{name}: {number - first} executions, {crashes} crashes", flush=True)
        found += crashes
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:] or list(TARGETS)))
