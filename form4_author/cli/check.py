"""``form4 check``: findings and one verdict line per file; fixes and overrides for drafts."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from form4_author.cli.attachment import add_attach, attachments_of
from form4_author.cli.boundary import FINDINGS, READY, UNREADABLE
from form4_author.cli.clock import today
from form4_author.cli.intake import facts_in, judged
from form4_author.cli.known import Known
from form4_author.cli.options import CommandParser, as_of_date, eastern_moment
from form4_author.cli.registered import add_asked_register, register_asked
from form4_author.findings import Report, Verdict
from form4_author.page.report import report_text, reports_json, verdict_line
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from form4_author.model.facts import Facts
    from form4_author.model.filing import Filing

__all__ = ["exit_code", "run"]

_CHUNK = 32


def run(word: str, arguments: Sequence[str]) -> int:
    """Check the files; the worst verdict decides the exit code."""
    parser = _parser(word)
    # A bare --fix or --register must not take the file behind it for its value.
    options = parser.parse_args(["--fix=ask" if a == "--fix" else a for a in register_asked(arguments)])
    if options.jobs < 1:
        parser.error("--jobs must be 1 or more")
    if (options.override is None) != (options.reason is None):
        parser.error("--override and --reason belong together")
    if options.override is not None and not options.reason.strip():
        parser.error("--reason must say why the finding is accepted")
    if options.attach and len(options.files) > 1:
        parser.error("--attach goes with one form; name one file")
    facts, refused = facts_in(options.facts, options.history)
    for line in refused:
        sys.stderr.write(f"form4: {visible(line)}\n")
    known = Known(_with_filing_time(facts, options.filed), options.register)
    if options.fix or options.override:
        from form4_author.cli.mending import change_drafts

        change_drafts(options, known)
    return _told(_judged(options, known), options)


def _parser(word: str) -> CommandParser:
    parser = CommandParser(
        word,
        "Checks drafts, primary documents, envelopes and EDGAR submission texts.",
        "form4 check smith.form4.json --register\n  form4 check smith.form4.json --history filed/\n"
        "  form4 check --json *.xml\n"
        "  form4 check smith.form4.json --attach poa.txt\n  form4 check smith.form4.json --fix",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="draft (.json, .yaml), XML or EDGAR .txt")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="write one JSON object")
    shape.add_argument("--sarif", action="store_true", help="write a SARIF 2.1.0 log, for editors and CI")
    shape.add_argument("--quiet", action="store_true", help="write the verdict lines only")
    parser.add_argument(
        "--as-of",
        type=as_of_date,
        metavar="DATE",
        help="judge as of this date (default: today; a public document: its last signature date)",
    )
    parser.add_argument(
        "--filed",
        type=eastern_moment,
        metavar="WHEN",
        help="when it was or will be sent: 2026-11-23T21:40, Eastern time",
    )
    parser.add_argument(
        "--history",
        nargs="+",
        action="extend",
        default=[],
        metavar="PATH",
        help="prior filings: files or folders",
    )
    parser.add_argument(
        "--facts",
        metavar="FILE",
        help="YAML or JSON: what is known of issuer, persons, powers of attorney, prices",
    )
    add_asked_register(parser)
    add_attach(parser)
    parser.add_argument(
        "--fix",
        choices=("ask", "all"),
        metavar="all",
        help="offer the fixes of a draft's findings one by one; --fix=all makes the safe ones",
    )
    parser.add_argument("--override", metavar="ID", help="accept a draft's error findings of this rule ...")
    parser.add_argument(
        "--reason", metavar="TEXT", help="... for this reason, which the draft and report keep"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="spread many files over N processes")
    return parser


def _with_filing_time(facts: Facts, filed: datetime | None) -> Facts:
    if filed is None:
        return facts
    from dataclasses import replace

    return replace(facts, filing_at=filed)


def _judged(options: argparse.Namespace, known: Known) -> Iterator[tuple[Report, Filing | None]]:
    """Reports and filings in the order of the files."""
    attached = attachments_of(options.attach)
    judge = partial(judged, as_of=options.as_of, today=today, known=known, attached=attached)
    if options.jobs == 1 or len(options.files) <= _CHUNK:
        yield from map(judge, options.files)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(options.jobs) as pool:
        yield from pool.map(judge, options.files, chunksize=_CHUNK)


def _told(pairs: Iterator[tuple[Report, Filing | None]], options: argparse.Namespace) -> int:
    """Write the reports in the shape asked for; the exit code."""
    if options.json or options.sarif:
        reports = [report for report, _ in pairs]
        if options.sarif:
            from form4_author.page.sarif import reports_sarif

            sys.stdout.write(reports_sarif(reports))
        else:
            sys.stdout.write(reports_json(reports))
        return exit_code({report.verdict for report in reports})
    verdicts: set[Verdict] = set()
    for report, filing in pairs:
        verdicts.add(report.verdict)
        told = f"{verdict_line(report)}\n" if options.quiet else report_text(report, filing=filing)
        sys.stdout.write(told)
    return exit_code(verdicts)


def exit_code(verdicts: set[Verdict]) -> int:
    """2 when a file could not be read, 1 when one is blocked, else 0."""
    if Verdict.UNREADABLE in verdicts:
        return UNREADABLE
    return FINDINGS if Verdict.BLOCKED in verdicts else READY
