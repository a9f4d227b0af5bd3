"""Reading, schema and all checks in process, beside edgartools' `Ownership.parse_xml` on the same files.

edgartools asks sec.gov whether each owner is a company; that question is answered here with "not found", so that
only its parsing is timed.
"""

from __future__ import annotations

import gc
import importlib
import statistics
import time
import warnings
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.bench.sample import documents

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5


def _ours() -> Callable[[bytes], object]:
    from form4_author.checks.run import check_document, last_signature_date
    from form4_author.timing.calendar import sec_calendar
    from form4_author.wire.read import read_document

    calendar = sec_calendar()

    def judged(data: bytes) -> object:
        document = read_document(data)
        return check_document(document, last_signature_date(document.filing) or date(2026, 1, 1), calendar)

    return judged


def _theirs() -> Callable[[bytes], object]:
    warnings.simplefilter("ignore")
    ownership: Any = importlib.import_module("edgar.ownership")  # by name: it is not part of the dev packages
    owners: Any = importlib.import_module("edgar.ownership.owners")
    owners.Entity = lambda *_args, **_kwargs: None

    def parsed(data: bytes) -> object:
        return ownership.Ownership.parse_xml(data.decode())

    return parsed


def _rate(work: Callable[[bytes], object], data: list[bytes]) -> float:
    start = time.process_time()
    for item in data:
        work(item)
    return len(data) / (time.process_time() - start)


def main() -> None:
    data = documents(12)
    ours, theirs = _ours(), _theirs()
    for work in (ours, theirs):
        _rate(work, data[:10])
    gc.collect()
    gc.freeze()  # what the imports left behind is nobody's work
    pairs = [(_rate(ours, data), _rate(theirs, data)) for _ in range(ROUNDS)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(x / y for x, y in pairs)
    print(
        f"{len(data)} documents: read + schema + all checks {a:.0f}/s; edgartools parse_xml {b:.0f}/s; ratio {ratio:.1f}"
    )
