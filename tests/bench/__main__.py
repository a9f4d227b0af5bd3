"""`make bench`, or `make bench ARGS=reading`: each bench prints a few lines of figures.

Ratios are medians of paired runs, A B A B …, so that a machine whose speed drifts does not decide. Timings of
cold processes are of an installed interpreter without PYTHONDONTWRITEBYTECODE, which would make every start slower.
"""

from __future__ import annotations

import importlib
import os
import sys

BENCHES = ("startup", "check", "reading", "growth", "memory", "pdf", "upgrade", "escape", "desk")


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    wanted = sys.argv[1:] or BENCHES
    for name in wanted:
        if name not in BENCHES:
            print(f"no bench {name}; there are: {', '.join(BENCHES)}")
            return 2
        print(f"== {name}")
        importlib.import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
