"""``form4 check``: findings and one verdict line per file."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from form4_author.cli.boundary import FINDINGS, READY, UNREADABLE
from form4_author.cli.clock import today
from form4_author.cli.intake import report_for
from form4_author.cli.options import CommandParser, as_of_date
from form4_author.findings import Report, Verdict
from form4_author.render.report import report_text, reports_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

__all__ = ["exit_code", "run"]

_CHUNK = 32


def run(word: str, arguments: Sequence[str]) -> int:
    """Check the files; the worst verdict decides the exit code."""
    parser = CommandParser(
        word,
        "Checks drafts, primary documents, envelopes and EDGAR submission texts.",
        "form4 check smith.form4.json\n  form4 check --json *.xml",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="draft (.json, .yaml), XML or EDGAR .txt")
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    parser.add_argument(
        "--as-of",
        type=as_of_date,
        metavar="DATE",
        help="judge as of this date (default: today; a public document: its last signature date)",
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="spread many files over N processes")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs must be 1 or more")
    reports = _reports(options.files, options.as_of, options.jobs)
    verdicts: set[Verdict] = set()
    if options.json:
        collected = list(reports)
        verdicts = {r.verdict for r in collected}
        sys.stdout.write(reports_json(collected))
    else:
        for report in reports:
            verdicts.add(report.verdict)
            sys.stdout.write(report_text(report))
    return exit_code(verdicts)


def _reports(files: Sequence[str], as_of: date | None, jobs: int) -> Iterator[Report]:
    """Reports in the order of the files."""
    judge = partial(report_for, as_of=as_of, today=today)
    if jobs == 1 or len(files) <= _CHUNK:
        yield from map(judge, files)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(judge, files, chunksize=_CHUNK)


def exit_code(verdicts: set[Verdict]) -> int:
    """2 when a file could not be read, 1 when one is blocked, else 0."""
    if Verdict.UNREADABLE in verdicts:
        return UNREADABLE
    return FINDINGS if Verdict.BLOCKED in verdicts else READY
