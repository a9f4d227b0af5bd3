"""Reports as text for people and as JSON for machines: the same findings, the same order of words everywhere."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author import __version__
from form4_author.findings import Finding, Fix, Report, Verdict, path_text
from form4_author.ident.ccc import without_cccs
from form4_author.model.label import label
from form4_author.text import visible
from form4_author.timing.calendar import sec_calendar
from form4_author.timing.legal_data import basis_data, basis_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.model.filing import Filing

__all__ = [
    "Checked",
    "finding_place",
    "finding_text",
    "foot",
    "heading",
    "json_frame",
    "report_data",
    "report_json",
    "report_text",
    "reports_json",
    "verdict_line",
]

_WIDTH: Final = 80
_TABLES: Final = ("non_derivative", "derivative")
_VERDICTS: Final = {
    Verdict.READY: "ready",
    Verdict.READY_WITH_OVERRIDES: "ready, with overrides",
    Verdict.BLOCKED: "blocked",
    Verdict.UNREADABLE: "unreadable",
}


class Checked(NamedTuple):
    """The filing that a report is about."""

    filing: str
    """Form, reporting person, issuer and date, as the heads of printed pages have them."""
    xml_sha256: str | None
    """The hash of its XML as it is sent, without the CCC; None where no XML was made."""


def heading(report: Report, checked: Checked) -> str:
    """The head of a report in a packet: the filing, when and with what it was checked, its XML; then an empty line."""
    lines = [checked.filing] if checked.filing else []
    if report.as_of is not None:
        used = "used" if report.register else "not used"
        lines.append(
            f"Checked as of {report.as_of:%m/%d/%Y} with form4 {__version__}: {_rules()} rules, register {used}"
        )
    lines.append(f"XML SHA-256: {checked.xml_sha256}" if checked.xml_sha256 else "No XML was made.")
    return visible("\n".join(lines), kept="\n") + "\n\n"


def _rules() -> int:
    """The number of rules."""
    from form4_author.checks.registry import rules

    return len(rules())


def verdict_line(report: Report) -> str:
    """One line: file, verdict, what it is, how many findings of each severity."""
    details = [f"Form {report.form}" if report.form else "", report.edition or ""]
    what = ", ".join(part for part in details if part)
    counted = [f"{count} {name}" for name, count in report.counts.items() if count] or ["no findings"]
    if report.open:
        counted.append(f"{len(report.open)} open question{'' if len(report.open) == 1 else 's'}")
    counts = ", ".join(counted)
    return (
        f"{visible(report.file)}: {_VERDICTS[report.verdict]}"
        + (f" ({what})" if what else "")
        + f": {counts}"
    )


def finding_place(finding: Finding, base: str | None) -> str:
    """Where a finding is, as the form calls it; the line of the file where there is one."""
    place = label(finding.path, base) or (path_text(finding.path) if finding.path else "Whole filing")
    if finding.line is None:
        return place
    column = f", column {finding.column}" if finding.column is not None else ""
    return f"{place} (file line {finding.line}{column})"


def finding_text(finding: Finding, base: str | None, width: int = _WIDTH, row: Sequence[str] = ()) -> str:
    """A finding as a short block: severity and id, place, message, the row it is in, source, fix.

    ``row``: the lines that show the row, from ``form4_author.page.extract``; none leaves it out.
    """
    head = f"{finding.severity.value.upper():8} {finding.id:8} {finding_place(finding, base)}"
    lines = textwrap.wrap(head, width, subsequent_indent=" " * 18)
    lines += textwrap.wrap(finding.message, width, initial_indent="    ", subsequent_indent="    ")
    lines += [f"    {line}" for line in row]
    if finding.related:
        others = "; ".join(label(path, base) or path_text(path) for path in finding.related)
        lines += textwrap.wrap(f"See also: {others}", width, initial_indent="    ", subsequent_indent="    ")
    if finding.cites:
        cited = "; ".join(finding.cites)
        lines += textwrap.wrap(f"Source: {cited}", width, initial_indent="    ", subsequent_indent="    ")
    if finding.fix is not None:
        asked = "" if finding.fix.safe else " (asks first)"
        fix = f"Fix: {finding.fix.text}{asked}"
        lines += textwrap.wrap(fix, width, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines)


def report_text(report: Report, width: int = _WIDTH, filing: Filing | None = None) -> str:
    """The whole report, most serious findings first, ending with the verdict line and a newline.

    ``filing``: shows the row of each finding that lies in one, with its cell marked.
    """
    base = report.form[:1] if report.form else None
    blocks = [
        finding_text(finding, base, width, _row(finding, filing, width))
        for finding in sorted(report.findings, key=lambda f: f.severity.rank)
    ]
    blocks += [textwrap.fill(f"OPEN     {asked}", width, subsequent_indent=" " * 9) for asked in report.open]
    for override in report.overrides:
        place = label(override.path, base) or path_text(override.path)
        stale = " (no such finding any more: remove this override)" if override in report.stale else ""
        blocks.append(
            textwrap.fill(
                f"OVERRIDE {override.id:8} {place}: {override.reason} ({override.at}){stale}",
                width,
                subsequent_indent=" " * 18,
            )
        )
    return visible(without_cccs("\n".join([*blocks, verdict_line(report)])) + "\n", kept="\n")


def foot(width: int = _WIDTH) -> str:
    """The last lines of a report: what it rests on, and the closed days that were added."""
    lines = [textwrap.fill(line, width) for line in basis_lines(sec_calendar().added)]
    return visible("\n".join(lines) + "\n", kept="\n")


def _row(finding: Finding, filing: Filing | None, width: int) -> Sequence[str]:
    """The row a finding is in, as the form shows it."""
    if filing is None or not finding.path or finding.path[0] not in _TABLES:
        return ()
    from form4_author.page.extract import row_extract

    return row_extract(filing, finding.path, finding.related, width - 4)


def report_data(report: Report, checked: Checked | None = None) -> dict[str, Any]:
    """One file's entry of the JSON report; with the keys of its head, where it has one."""
    return {
        "file": report.file,
        **(checked._asdict() if checked is not None else {}),
        **(
            {"as_of": report.as_of.isoformat(), "rules": _rules(), "register": report.register}
            if report.as_of is not None
            else {}
        ),
        "form": report.form,
        "edition": report.edition,
        "verdict": report.verdict.value,
        "counts": report.counts,
        "findings": [_finding_data(f) for f in report.findings],
        **({"open": list(report.open)} if report.open else {}),
        **(
            {
                "overrides": [
                    {
                        "id": o.id,
                        "path": path_text(o.path),
                        "reason": o.reason,
                        "at": o.at,
                        "stale": o in report.stale,
                    }
                    for o in report.overrides
                ]
            }
            if report.overrides
            else {}
        ),
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "path": path_text(finding.path),
        "line": finding.line,
        **({"column": finding.column} if finding.column is not None else {}),
        "message": finding.message,
        "cites": list(finding.cites),
        "related": [path_text(path) for path in finding.related],
        **({"fix": _fix_data(finding.fix)} if finding.fix is not None else {}),
    }


def _fix_data(fix: Fix) -> dict[str, Any]:
    """A fix for machines; a null value empties the cell."""
    return {
        "text": fix.text,
        "safe": fix.safe,
        "edits": [
            {
                "path": path_text(edit.path),
                "value": list(edit.value) if isinstance(edit.value, tuple) else edit.value,
            }
            for edit in fix.edits
        ],
    }


def reports_json(reports: Sequence[Report], checked: Sequence[Checked | None] = ()) -> str:
    """The JSON object of ``form4 check --json``, ending with a newline.

    ``checked``: the filing of each report, where it is known.
    """
    begin, between, end = json_frame()
    entries = (report_json(report, filing) for report, filing in zip_longest(reports, checked))
    return begin + between.join(entries) + end


def json_frame() -> tuple[str, str, str]:
    """What is before, between and after the entries of at least one file in the JSON object."""
    from form4_author.page.json_text import indented

    head = {"tool": "form4-author", "version": __version__, **basis_data(sec_calendar().added)}
    begin = indented(head).removesuffix("\n}")
    return f'{begin},\n  "files": [{_ENTRY}', f",{_ENTRY}", "\n  ]\n}\n"


def report_json(report: Report, checked: Checked | None = None) -> str:
    """One file's entry of the JSON object, as it is indented there."""
    from form4_author.page.json_text import indented

    return indented(report_data(report, checked), _ENTRY)


_ENTRY: Final = "\n    "
