"""``form4 check``: findings and one verdict line per file; fixes and overrides for drafts."""

from __future__ import annotations

import sys
import textwrap
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli.options import (
    FINDINGS,
    READY,
    UNREADABLE,
    CommandParser,
    add_asked_register,
    add_attach,
    as_of_date,
    eastern_moment,
    register_asked,
)
from form4_author.desk.attachment import attachments_of
from form4_author.desk.clock import now, today
from form4_author.desk.facts import FactsSource
from form4_author.desk.intake import facts_in, judged, opened, report_of_draft
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.findings import Report, Severity, Verdict, path_text
from form4_author.model.label import label
from form4_author.page.report import report_text, reports_json, verdict_line
from form4_author.text import visible
from form4_author.wire.edit import ABSENT, mended

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from form4_author.findings import Finding, Fix
    from form4_author.model.facts import Facts
    from form4_author.model.filing import Filing
    from form4_author.wire.edit import Change


__all__ = ["change_drafts", "exit_code", "run"]

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
    source = FactsSource(_with_filing_time(facts, options.filed), options.register)
    if options.fix or options.override:
        change_drafts(options, source)
    return _write_reports(_judged(options, source), options)


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


def _judged(options: argparse.Namespace, source: FactsSource) -> Iterator[tuple[Report, Filing | None]]:
    """Reports and filings in the order of the files."""
    attached = attachments_of(options.attach)
    judge = partial(judged, as_of=options.as_of, today=today, source=source, attached=attached)
    if options.jobs == 1 or len(options.files) <= _CHUNK:
        yield from map(judge, options.files)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(options.jobs) as pool:
        yield from pool.map(judge, options.files, chunksize=_CHUNK)


def _write_reports(pairs: Iterator[tuple[Report, Filing | None]], options: argparse.Namespace) -> int:
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
        text = f"{verdict_line(report)}\n" if options.quiet else report_text(report, filing=filing)
        sys.stdout.write(text)
    return exit_code(verdicts)


def exit_code(verdicts: set[Verdict]) -> int:
    """2 when a file could not be read, 1 when one is blocked, else 0."""
    if Verdict.UNREADABLE in verdicts:
        return UNREADABLE
    return FINDINGS if Verdict.BLOCKED in verdicts else READY


_WIDTH: Final = 80
_ANSWERS: Final = "Apply? [y]es, [n]o, [q]uit: "
_KEY = tuple[str, tuple[str | int, ...]]


def change_drafts(options: argparse.Namespace, source: FactsSource) -> None:
    """Make the fixes and overrides asked for in every file.

    Raises UnreadableInput for a file that is not a draft; drafts named before it are changed by then.
    """
    for file in options.files:
        intake = opened(file)
        if intake.draft is None:
            raise UnreadableInput(
                f"{file} is not a draft; only drafts are changed",
                remedy=f"Make one with form4 import {file} -o DRAFT and change that",
            )
        _change(Path(file), dict(intake.draft), options, source.of(intake.filing))


def _change(path: Path, data: dict[str, Any], options: argparse.Namespace, facts: Facts) -> None:
    as_of = options.as_of or today()

    def findings(draft: dict[str, Any]) -> tuple[Finding, ...]:
        return report_of_draft(draft, str(path), as_of, facts).findings

    if options.fix:
        sure = options.fix == "all"
        data = _fixed(path, data, findings, _agreed_to_safe if sure else _asked)
    if options.override:
        _override(path, data, findings(data), options)


def _fixed(
    path: Path,
    data: dict[str, Any],
    findings: Callable[[dict[str, Any]], tuple[Finding, ...]],
    agreed: Callable[[Finding, Fix, tuple[Change, ...]], bool | None],
) -> dict[str, Any]:
    """The draft after the fixes agreed to; the findings are looked for again after each."""
    offered: set[_KEY] = set()
    count = 0
    while (following := _next_fix(data, findings(data), offered)) is not None:
        finding, fix = following
        offered.add((finding.id, finding.path))
        new, changes = mended(data, fix)
        answer = agreed(finding, fix, changes)
        if answer is None:
            break
        if answer:
            data = new
            draft_file.save(path, data)
            count += 1
            if agreed is _agreed_to_safe:  # who was asked has seen them
                _say(f"{path}: {finding.id}: {fix.text}")
                for change in changes:
                    _say(_line(change), indent="  ")
    _say(f"{path}: {count} fix{'' if count == 1 else 'es'} made" if count else f"{path}: no fix made")
    return data


def _next_fix(
    data: dict[str, Any], findings: Iterable[Finding], offered: set[_KEY]
) -> tuple[Finding, Fix] | None:
    """The first finding, most serious first, with a fix that was not offered yet and would change something."""
    for finding in sorted(findings, key=lambda f: f.severity.rank):
        fix = finding.fix
        if fix is not None and (finding.id, finding.path) not in offered and mended(data, fix)[1]:
            return finding, fix
    return None


def _agreed_to_safe(_finding: Finding, fix: Fix, _changes: tuple[Change, ...]) -> bool:
    return fix.safe


def _asked(finding: Finding, fix: Fix, changes: tuple[Change, ...]) -> bool | None:
    """Whether the filer agrees; None to stop, which the end of the input means too."""
    _say(f"{finding.severity.value.upper()} {finding.id} {label(finding.path)}: {finding.message}")
    _say(f"Fix: {fix.text}")
    for change in changes:
        _say(_line(change), indent="  ")
    while True:
        sys.stderr.write(_ANSWERS)
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer or answer.strip().lower() in ("q", "quit"):
            return None
        if answer.strip().lower() in ("y", "yes"):
            return True
        if answer.strip().lower() in ("n", "no", ""):
            return False


def _line(change: Change) -> str:
    if change.path == ("footnotes",) and isinstance(change.after, list):
        added = change.after[-1]
        return f"Footnote {str(added['id'])[1:]}: (nothing) -> {added['text']}"
    place = label(change.path) or path_text(change.path)
    return f"{place}: {_spelled(change.before)} -> {_spelled(change.after)}"


def _spelled(cell: object) -> str:
    """A draft's cell as a person reads it: ``1300 (F1)``."""
    if cell is ABSENT:
        return "(nothing)"
    if isinstance(cell, dict):
        notes = cell.get("footnotes")
        value = cell.get("value", "" if notes else "(nothing)")
        listed = f"({', '.join(map(str, notes))})" if isinstance(notes, list) else ""
        return f"{value} {listed}".strip() if "value" in cell or notes else str(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def _override(
    path: Path, data: dict[str, Any], findings: Iterable[Finding], options: argparse.Namespace
) -> None:
    """Keep the reason in the draft for each error finding of the rule.

    Raises UnreadableInput when there is none, or when it is one that EDGAR would suspend for.
    """
    of_rule = [finding for finding in findings if finding.id == options.override]
    accepted = [finding for finding in of_rule if finding.severity is Severity.ERROR]
    if not accepted:
        why = (
            f"a {of_rule[0].severity.value} finding is not overridden"
            if of_rule
            else "no finding has this id"
        )
        raise UnreadableInput(
            f"{path}: {options.override} is not overridden: {why}",
            remedy="Override an error finding by its id; a suspense finding has to be corrected",
        )
    stored = data.get("overrides")
    paths = {path_text(finding.path) for finding in accepted}
    others = [
        o
        for o in (stored if isinstance(stored, list) else [])
        if not (isinstance(o, dict) and o.get("id") == options.override and o.get("path") in paths)
    ]
    at = now().isoformat()
    new = [
        {
            "id": finding.id,
            "path": path_text(finding.path),
            "reason": options.reason.strip(),
            "at": at,
        }
        for finding in accepted
    ]
    draft_file.save(path, {**data, "overrides": [*others, *new]})
    _say(f"{path}: {options.override} overridden in {len(new)} place{'' if len(new) == 1 else 's'}")


def _say(text: str, indent: str = "") -> None:
    """A message beside the report, which stays alone on standard output."""
    sys.stderr.write(
        textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ") + "\n"
    )
