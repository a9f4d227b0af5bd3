"""The frame that ``form4 preview`` puts around the proof: what is found, and a script that fetches what was saved.

The proof itself is framed unchanged, byte for byte the page that a packet holds; the script is in the frame alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.page.html import environment
from form4_author.page.report import finding_place, verdict_line
from form4_author.text import visible

if TYPE_CHECKING:
    from form4_author.findings import Finding, Report

__all__ = ["preview_html"]


def preview_html(report: Report, *, version: str, nonce: str, problem: str = "", notice: str = "") -> str:
    """The frame as one page; it asks for ``version`` beside it and fetches itself again when that differs.

    ``version`` names what is shown. ``nonce`` lets its own script run, and no other. ``problem`` says why the file
    cannot be shown: the proof in the frame is then the last one that could. ``notice`` is said above the findings.
    """
    base = report.form[:1] if report.form else None
    listed = sorted(report.findings, key=lambda finding: finding.severity.rank)
    counts = ", ".join(f"{count} {name}" for name, count in report.counts.items() if count)
    return (
        environment()
        .get_template("page/preview.html.j2")
        .render(
            file=report.file,
            form=report.form,
            verdict=verdict_line(report).removeprefix(f"{visible(report.file)}: "),
            blocked=report.is_blocked or not report.readable,
            counts=counts or "no findings",
            findings=[_finding_data(finding, base) for finding in listed],
            version=version,
            nonce=nonce,
            problem=problem,
            notice=notice,
        )
    )


def _finding_data(finding: Finding, base: str | None) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "id": finding.id,
        "place": finding_place(finding, base),
        "message": finding.message,
        "fix": finding.fix.text if finding.fix is not None else "",
        "cites": finding.cites,
    }
