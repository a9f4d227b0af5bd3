"""``form4 check --output``: many files, folders and archives in batches, by processes or on a Dask cluster."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from form4_author.cli.options import BUG, FINDINGS, READY, UNREADABLE, own_stderr, write_notices
from form4_author.desk.check_batch import CheckTerms, checked_batch
from form4_author.desk.check_listing import listed_files
from form4_author.desk.check_run import CheckTally, Workers, check_all
from form4_author.desk.clock import today
from form4_author.errors import UnreadableInput
from form4_author.files.lock import results_lock
from form4_author.files.results import Results
from form4_author.findings import Verdict
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

__all__ = ["check_many"]


def check_many(options: argparse.Namespace) -> int:
    """Check everything named and store a record for each file; the worst of them decides the exit code."""
    folder = Path(options.output)
    terms = CheckTerms(options.as_of, today(), tuple(sec_calendar().added))
    run = {
        "tool": "form4-author",
        "version": terms.version,
        "as_of": options.as_of.isoformat() if options.as_of is not None else None,
        "closed_days": [closed.text() for closed in terms.added],
    }
    with results_lock(folder):
        results = Results(folder, run)
        with _workers(options) as workers:
            files = listed_files(options.files)
            tally = _with_bar(check_all(files, terms, results, workers, options.batch))
    return _summed_up(tally, options.output)


@contextmanager
def _workers(options: argparse.Namespace) -> Iterator[Workers]:
    if options.dask is not None:
        from form4_author.desk.cluster import cluster_workers

        with cluster_workers(options.dask, lambda remark: write_notices([f"{remark}."])) as workers:
            yield workers
        return
    from concurrent.futures import ProcessPoolExecutor

    from form4_author.desk.spread import processors

    jobs = options.jobs or processors()
    pool = ProcessPoolExecutor(jobs)
    try:
        yield Workers(lambda batch, terms: pool.submit(checked_batch, batch, terms), room=lambda: 2 * jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def _with_bar(tallies: Iterator[CheckTally]) -> CheckTally:
    """The last tally; a count of files on a terminal meanwhile."""
    from tqdm import tqdm

    tally = CheckTally()
    with tqdm(unit=" files", leave=False, disable=not sys.stderr.isatty(), file=own_stderr()) as bar:
        for tally in tallies:
            bar.update(tally.checked - bar.n)
    return tally


def _summed_up(tally: CheckTally, output: str) -> int:
    total = tally.verdicts.total()
    if not total:
        raise UnreadableInput(
            "There is no filing in what was named",
            remedy="Name files, folders or archives with .xml, .txt, .form4.json or .form4.yaml in them",
        )
    counts = ", ".join(
        f"{tally.verdicts[each]:,} {each.value.replace('-', ' ')}" for each in Verdict if tally.verdicts[each]
    )
    sys.stdout.write(f"{visible(output)}: {_files(total)}: {counts}; {tally.checked:,} checked in this run\n")
    if tally.bugs:
        write_notices(
            [f"{_files(tally.bugs)} not checked because of a bug in form4: see bug in the records."]
        )
        return BUG
    if tally.verdicts[Verdict.UNREADABLE]:
        return UNREADABLE
    return FINDINGS if tally.verdicts[Verdict.BLOCKED] else READY


def _files(number: int) -> str:
    return f"{number:,} file{'' if number == 1 else 's'}"
