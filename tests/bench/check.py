"""`form4 check --json --jobs 1` over 500 distinct filings: its stages, the whole command beside edgartools, two jobs, rows.

The cost of one more filing is that of 510 less that of 10, in new processes, so that the start counts for nothing and
no result is kept. edgartools is read in a process of its own, too (see ``reading``).
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.sample import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]

_ROUNDS: Final = 5
_FEW: Final = 10
_ROWS: Final = (1, 2, 5, 10, 20, 30, 40, 50, 60)
_PEER: Final = """
import sys, warnings
warnings.simplefilter("ignore")
import edgar.ownership, edgar.ownership.owners
edgar.ownership.owners.Entity = lambda *_args, **_kwargs: None
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        edgar.ownership.Ownership.parse_xml(file.read())
"""


def _seconds(command: Sequence[str]) -> float:
    """User and system seconds of a new process and its children."""
    before = os.times()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def _marginal(command: Sequence[str], files: Sequence[str]) -> float:
    """Microseconds of processor time for one more file."""
    more = _seconds([*command, *files]) - _seconds([*command, *files[:_FEW]])
    return more / (len(files) - _FEW) * 1e6


def _best(work: Callable[[], object], count: int) -> float:
    """Microseconds for each of so many things, the least of the rounds."""
    found = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found) / count * 1e6


def _stages(files: Sequence[str]) -> None:
    from form4_author.checks.run import check_document, checked_edition, last_signature_date
    from form4_author.checks.schema import tree_verdict
    from form4_author.desk.clock import today
    from form4_author.desk.intake import judged
    from form4_author.files.input import read_bytes
    from form4_author.page.report import report_json
    from form4_author.timing.calendar import sec_calendar
    from form4_author.wire.read import read_document

    data = [read_bytes(file) for file in files]
    read = [read_document(each) for each in data]
    reports = [judged(file, None, today).report for file in files]
    dated = [(each, last_signature_date(each.filing) or today()) for each in read]
    stages: dict[str, Callable[[], object]] = {
        "file": lambda: [read_bytes(file) for file in files],
        "reading": lambda: [read_document(each) for each in data],
        "schema": lambda: [tree_verdict(d.root, d.filing, checked_edition(d)) for d in read],
        "schema and rules": lambda: [check_document(d, day, sec_calendar()) for d, day in dated],
        "report": lambda: [report_json(report) for report in reports],
        "file to finding": lambda: [judged(file, None, today).is_public for file in files],
    }
    for name, work in stages.items():
        print(f"  {name}: {_best(work, len(files)):.0f} µs a filing")


def _whole(form4: Sequence[str], files: Sequence[str]) -> None:
    ours = partial(_marginal, [*form4, "check", "--json", "--jobs", "1"], files)
    if importlib.util.find_spec("edgar") is None:
        print(
            f"  whole command: {statistics.median(ours() for _ in range(_ROUNDS)):.0f} µs; no edgartools here"
        )
        return
    pairs = [(ours(), _marginal([sys.executable, "-c", _PEER], files)) for _ in range(_ROUNDS)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"  whole command: {mine:.0f} µs a filing; edgartools parse_xml {theirs:.0f}; ratio {ratio:.1f}")


def _jobs(form4: Sequence[str], files: Sequence[str]) -> None:
    found: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for count, seconds in found.items():
            start = time.perf_counter()
            _seconds([*form4, "check", "--json", "--jobs", str(count), *files])
            seconds.append(time.perf_counter() - start)
    one, two = (statistics.median(seconds) for seconds in found.values())
    print(f"  {len(files)} files, wall time: one job {one:.1f} s, two {two:.1f} s; ratio {one / two:.2f}")


def _growth() -> None:
    from datetime import date

    from form4_author.checks.run import check_document
    from form4_author.timing.calendar import sec_calendar
    from form4_author.wire.read import read_document
    from form4_author.wire.write import write_document

    seed = max((read_document(each).filing for each in documents(300)), key=lambda f: len(f.non_derivative))
    day = max(s.date for s in seed.signatures if s.date is not None)
    for count in _ROWS:
        rows = [replace(seed.non_derivative[n % len(seed.non_derivative)]) for n in range(count)]
        data = write_document(replace(seed, non_derivative=tuple(rows), edition=None))

        def checked(data: bytes = data, day: date = day) -> None:
            for _ in range(20):
                check_document(read_document(data), day, sec_calendar())

        each = _best(checked, 20)
        print(f"  {count:2} rows: {each:6.0f} µs  {'#' * round(each / 250)}")


def main() -> None:
    form4 = [sys.executable, "-m", "form4_author"]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, content in enumerate(documents(12)):
            file = Path(folder) / f"{number:04}.xml"
            file.write_bytes(content)
            files.append(str(file))
        print(
            f"  {len(files)} distinct filings, {sum(Path(f).stat().st_size for f in files) // len(files):,} bytes each"
        )
        _stages(files)
        _whole(form4, files)
        _jobs(form4, files)
    _growth()
