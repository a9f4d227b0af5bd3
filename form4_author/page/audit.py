"""The audit of an issuer as text, as data and as a page; the table of delinquent reports and its draft paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author import __version__
from form4_author.checks.audit.course import course_of
from form4_author.checks.audit.insider import AuditKind
from form4_author.findings import Severity, path_text
from form4_author.page.chart import chart_svg
from form4_author.page.course import described, filing_words, held_rows, trade_rows
from form4_author.page.html import environment
from form4_author.page.shortswing import filled, result_data
from form4_author.text import visible
from form4_author.timing.legal_data import basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from form4_author.checks.audit.insider import AuditFinding, Insider
    from form4_author.model.facts import PriorFiling

__all__ = ["AUDIT_LIMITS", "audit_data", "audit_html", "audit_text", "filing_data", "filing_words"]

AUDIT_LIMITS: Final = (
    "Only filings in the register are examined. One that is not there can look like a break or a missing form.",
    "Whether a Form 5 was due for a year is not known from the filings.",
    "A report is called late by the filing date on record; filing date adjustments by the SEC are not known.",
    "Possible short-swing profit is arithmetic under Section 16(b), not a finding of liability. Ask counsel.",
)
"""What an audit does not say."""
_HEADS: Final = {
    AuditKind.HOLDINGS: ("break in holdings", "breaks in holdings"),
    AuditKind.LATE: ("late report", "late reports"),
    AuditKind.MISSING: ("Form 3 not on record", "Forms 3 not on record"),
    AuditKind.SHORT_SWING: ("possible short-swing profit", "possible short-swing profits"),
    AuditKind.OTHER: ("other finding", "other findings"),
}
_SINGLE: Final = {
    AuditKind.HOLDINGS: "Holdings",
    AuditKind.LATE: "Late",
    AuditKind.MISSING: "Form 3",
    AuditKind.SHORT_SWING: "Short-swing",
    AuditKind.OTHER: "Other",
}


def _counts(insiders: Iterable[Insider]) -> dict[AuditKind, int]:
    """How many findings of each kind; one in a joint filing counts once."""
    seen = {
        (f.kind, id(f.prior), f.rule, f.path, f.message if f.prior is None else "")
        for insider in insiders
        for f in insider.findings
    }
    return {kind: len([1 for key in seen if key[0] is kind]) for kind in AuditKind}


def _filings(insiders: Iterable[Insider]) -> list[PriorFiling]:
    return list({id(prior): prior for insider in insiders for prior in insider.group.filings}.values())


def _summary(insiders: Sequence[Insider]) -> str:
    """``12 insiders, 143 filings: 3 breaks in holdings, 1 late report``."""
    counts = [f"{n} {_HEADS[kind][n != 1]}" for kind, n in _counts(insiders).items() if n]
    filings = len(_filings(insiders))
    many = f"{len(insiders)} insider{'' if len(insiders) == 1 else 's'}"
    return f"{many}, {filings} filing{'' if filings == 1 else 's'}: {', '.join(counts) if counts else 'no findings'}"


def audit_text(name: str, insiders: Sequence[Insider]) -> str:
    """The audit for people, at most 80 columns wide, ending with a newline."""
    lines = [*filled(name), *filled(f"{_summary(insiders)}.")]
    clean = [insider for insider in insiders if not _own(insider)]
    for insider in insiders:
        if _own(insider):
            lines += ["", *filled(insider.name)]
            for finding in _own(insider):
                lines += _finding_lines(finding)
    missing = [insider for insider in insiders if _lacks_form_3(insider)]
    if missing:
        names = "; ".join(insider.name for insider in missing)
        lines += ["", *filled(f"No Form 3 on record, see whether EDGAR has one: {names}.")]
    if clean:
        names = "; ".join(insider.name for insider in clean)
        lines += ["", *filled(f"{'No other findings' if missing else 'No findings'}: {names}.")]
    lines += ["", *filled(basis()), "Limits"]
    for limit in AUDIT_LIMITS:
        lines += filled(limit, "  ")
    return "\n".join(visible(line) for line in lines) + "\n"


def _own(insider: Insider) -> list[AuditFinding]:
    """What is listed under the insider: all but the absence of a Form 3, which is listed together."""
    return [finding for finding in insider.findings if finding.kind is not AuditKind.MISSING]


def _lacks_form_3(insider: Insider) -> bool:
    return any(finding.kind is AuditKind.MISSING for finding in insider.findings)


def _finding_lines(finding: AuditFinding) -> list[str]:
    rule = f" {finding.rule}" if finding.rule else ""
    where = f": {filing_words(finding.prior)}" if finding.prior is not None else ""
    after = f", after {filing_words(finding.earlier)}" if finding.earlier is not None else ""
    head = f"{_SINGLE[finding.kind]} ({finding.severity.value}{rule}){where}{after}"
    return [*filled(head, "  "), *filled(f"{finding.message}.", "    ", "")]


# ---- data


def filing_data(prior: PriorFiling) -> dict[str, Any]:
    """A filing as evidence."""
    filing = prior.filing
    return {
        "accession_number": prior.accession_number,
        "form": filing.form,
        "period": filing.period_of_report.isoformat() if filing.period_of_report else None,
        "filed": prior.filed.isoformat() if prior.filed else None,
        "file": prior.file,
    }


def audit_data(cik: str, name: str, insiders: Sequence[Insider]) -> dict[str, Any]:
    """The audit for machines; the keys are those of docs/audit.md."""
    return {
        "tool": "form4-author",
        "version": __version__,
        "issuer": {"cik": cik, "name": name},
        "filings": len(_filings(insiders)),
        "counts": {kind.value: n for kind, n in _counts(insiders).items()},
        "insiders": [
            {
                "persons": [{"cik": c, "name": n} for c, n in insider.group.persons],
                "filings": len(insider.group.filings),
                "findings": [_finding_data(finding) for finding in insider.findings],
                "short_swing": result_data(insider.swing),
            }
            for insider in insiders
        ],
        "basis": basis(),
        "limits": list(AUDIT_LIMITS),
    }


def _finding_data(finding: AuditFinding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "rule": finding.rule or None,
        "message": finding.message,
        "path": path_text(finding.path) or None,
        "filing": filing_data(finding.prior) if finding.prior is not None else None,
        "earlier": filing_data(finding.earlier) if finding.earlier is not None else None,
    }


# ---- page


def audit_html(cik: str, name: str, insiders: Sequence[Insider]) -> str:
    """The audit as one self-contained page, with a chart for each insider.

    Raises Form4Error where the library for charts is not installed.
    """
    from markupsafe import Markup

    views = []
    for number, insider in enumerate(insiders, 1):
        course = course_of(insider)
        svg = (
            chart_svg(course, f"Holdings of {insider.name}", described(course), number)
            if course.lines
            else ""
        )
        views.append(
            {
                "number": number,
                "name": visible(insider.name),
                "findings": [_finding_view(finding) for finding in insider.findings],
                "chart": Markup(svg),  # noqa: S704  # drawn here; its texts are escaped there
                "held": held_rows(course),
                "trades": trade_rows(course),
            }
        )
    template = environment().get_template("page/audit.html.j2")
    return template.render(
        name=visible(name),
        cik=cik,
        summary=_summary(insiders),
        insiders=views,
        basis=basis(),
        limits=AUDIT_LIMITS,
        version=__version__,
    )


def _finding_view(finding: AuditFinding) -> dict[str, Any]:
    return {
        "kind": _SINGLE[finding.kind],
        "severity": finding.severity.value,
        "serious": finding.severity is not Severity.NOTE,
        "rule": finding.rule,
        "filing": visible(filing_words(finding.prior)) if finding.prior is not None else "",
        "earlier": visible(filing_words(finding.earlier)) if finding.earlier is not None else "",
        "message": visible(finding.message),
    }
