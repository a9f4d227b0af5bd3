"""``form4 check``: findings and one verdict line per file; fixes and overrides for drafts."""

from __future__ import annotations

import sys
import textwrap
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author.cli.meant import files_meant
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
    write_notices,
)
from form4_author.desk.attachment import attachments_of
from form4_author.desk.clock import today
from form4_author.desk.facts import FactsSource
from form4_author.desk.intake import facts_in, judged
from form4_author.desk.release_record import has_record
from form4_author.desk.spread import spread
from form4_author.findings import Verdict, path_text
from form4_author.model.label import label
from form4_author.page.report import Checked, foot, json_frame, report_json, report_text, verdict_line
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from form4_author.desk.fix import OfferedFix
    from form4_author.desk.intake import JudgedFile
    from form4_author.findings import Report
    from form4_author.model.facts import Facts
    from form4_author.wire.edit import Change


__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Check the files; the worst verdict decides the exit code."""
    parser = command_parser(word)
    # A bare --fix or --register must not take the file behind it for its value.
    options = parser.parse_args(["--fix=ask" if a == "--fix" else a for a in register_asked(arguments)])
    if options.jobs is not None and options.jobs < 1:
        parser.error("--jobs must be 1 or more")
    if (options.override is None) != (options.reason is None):
        parser.error("--override and --reason belong together")
    if options.override is not None and not options.reason.strip():
        parser.error("--reason must say why the finding is accepted")
    options.files = files_meant(options.files)
    if options.attach and len(options.files) > 1:
        parser.error("--attach goes with one form; name one file")
    facts, refused = facts_in(options.facts, options.history)
    for line in refused:
        sys.stderr.write(f"form4: {visible(line)}\n")
    source = FactsSource(_with_filing_time(facts, options.filed), options.register)
    if options.fix or options.override:
        _change_drafts(options, source)
    return _write_reports(_all_shown(options, source), options)


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Check drafts, primary documents, envelopes and EDGAR submission texts.",
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
        help="check as of this date (default: today; for a public document, its last signature date)",
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
        help="YAML or JSON: facts about the issuer, persons, powers of attorney and prices",
    )
    add_asked_register(parser)
    add_attach(parser)
    parser.add_argument(
        "--fix",
        choices=("ask", "all"),
        metavar="all",
        help="offer the fixes for a draft's findings one by one; --fix=all applies the safe ones",
    )
    parser.add_argument("--override", metavar="ID", help="override a draft's error findings of this rule ...")
    parser.add_argument(
        "--reason", metavar="TEXT", help="... for this reason, which is stored in the draft and the report"
    )
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="spread many files over N processes (default: one for each processor)",
    )
    return parser


def _with_filing_time(facts: Facts, filed: datetime | None) -> Facts:
    if filed is None:
        return facts
    from dataclasses import replace

    return replace(facts, filing_at=filed)


class _Shown(NamedTuple):
    """What the command writes of one file."""

    verdict: Verdict
    notices: tuple[str, ...]
    text: str
    report: Report | None
    """For a log of all files; otherwise only its text is needed."""


def _shown(judge: Callable[[str], JudgedFile], shape: str, name: str) -> _Shown:
    """A file's report in the shape asked for, with what is said beside it."""
    file = judge(name)
    report = file.report
    notices = (*file.unattached, *_release_notices(name))
    if shape == "sarif":
        return _Shown(report.verdict, notices, "", report)
    if shape == "json":
        text = report_json(report, _checked(file))
    elif shape == "quiet":
        text = f"{verdict_line(report)}\n"
    else:
        text = report_text(report, filing=file.filing)
    return _Shown(report.verdict, notices, text, None)


def _release_notices(name: str) -> tuple[str, ...]:
    if not has_record(name):
        return ()
    from form4_author.desk.release import release_messages

    return release_messages(name)


def _all_shown(options: argparse.Namespace, source: FactsSource) -> Iterator[_Shown]:
    """What is written of each file, in their order."""
    attached = attachments_of(options.attach)
    judge = partial(judged, as_of=options.as_of, today=today, source=source, attached=attached)
    shape = next((name for name in ("json", "sarif", "quiet") if getattr(options, name)), "")
    alone = source.register is not None  # a database connection is no other process's
    return spread(partial(_shown, judge, shape), options.files, options.jobs, alone=alone)


def _write_reports(files: Iterator[_Shown], options: argparse.Namespace) -> int:
    """Write the reports in the shape asked for, each as soon as it is known; the exit code."""
    verdicts: set[Verdict] = set()
    reports: list[Report] = []
    begin, between, end = json_frame() if options.json else ("", "", "")
    for file in files:
        write_notices(file.notices)
        sys.stdout.write((between if verdicts else begin) + file.text)
        verdicts.add(file.verdict)
        if file.report is not None:
            reports.append(file.report)
    if options.sarif:
        from form4_author.page.sarif import reports_sarif

        end = reports_sarif(reports)
    elif not options.json and not options.quiet:
        end = foot()
    sys.stdout.write(end)
    return _exit_code(verdicts)


def _checked(file: JudgedFile) -> Checked | None:
    """What the JSON report says of the filing; of a published one there is no XML to send."""
    if file.filing is None:
        return None
    import hashlib

    from form4_author.page.view import running_head
    from form4_author.wire.write import write_document

    made = not (file.is_public or file.report.is_blocked)
    sha256 = hashlib.sha256(write_document(file.filing)).hexdigest() if made else None
    return Checked(running_head(file.filing), sha256)


def _exit_code(verdicts: set[Verdict]) -> int:
    """2 when a file could not be read, 1 when one is blocked, else 0."""
    if Verdict.UNREADABLE in verdicts:
        return UNREADABLE
    return FINDINGS if Verdict.BLOCKED in verdicts else READY


_WIDTH: Final = 80
_ANSWERS: Final = "Apply? [y]es, [n]o, [q]uit: "


def _change_drafts(options: argparse.Namespace, source: FactsSource) -> None:
    """Make the fixes and overrides asked for in every file.

    Raises UnreadableInput for a file that is not a draft; drafts named before it are changed by then.
    """
    from form4_author.desk.fix import draft_at_hand, make_fixes, override

    for file in options.files:
        draft = draft_at_hand(file, options.as_of or today(), source)
        if options.fix:
            safe = options.fix == "all"
            made = make_fixes(draft, _is_safe if safe else _asked)
            for offer in made if safe else ():  # who was asked has seen them
                _say(f"{file}: {offer.finding.id}: {offer.fix.text}")
                _say_changes(offer)
            _say(f"{file}: {len(made) or 'no'} fix{'es' if len(made) > 1 else ''} made")
        if options.override:
            places = override(draft, options.override, options.reason.strip())
            _say(f"{file}: {options.override} overridden in {places} place{'' if places == 1 else 's'}")


def _is_safe(offer: OfferedFix) -> bool:
    return offer.fix.safe


def _say_changes(offer: OfferedFix) -> None:
    for change in offer.changes:
        _say(_line(change), indent="  ")


def _asked(offer: OfferedFix) -> bool | None:
    """Whether the filer agrees; None to stop, which the end of the input means too."""
    finding = offer.finding
    _say(f"{finding.severity.value.upper()} {finding.id} {label(finding.path)}: {finding.message}")
    _say(f"Fix: {offer.fix.text}")
    _say_changes(offer)
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
    of_footnote = change.path[0] == "footnotes" and len(change.path) == 2
    place = (
        f"Footnote {str(change.path[1])[1:]}" if of_footnote else label(change.path) or path_text(change.path)
    )
    return f"{place}: {change.before} -> {change.after}"


def _say(text: str, indent: str = "") -> None:
    """A message beside the report, which stays alone on standard output."""
    sys.stderr.write(
        textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ") + "\n"
    )
