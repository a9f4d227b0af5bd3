"""Reports as SARIF 2.1.0 (OASIS), so that editors and continuous integration show findings in place.

``suspense`` and ``error`` become level ``error``, the others ``warning`` and ``note``; an overridden finding is
suppressed with its reason. A place without a line is given by the form's own words as a logical location.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from form4_author import __version__
from form4_author.checks.base import explanation
from form4_author.checks.registry import by_id
from form4_author.findings import Finding, Report, Severity, path_text
from form4_author.model.label import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.checks.base import Rule
    from form4_author.findings import Path

__all__ = ["reports_sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {
    Severity.SUSPENSE: "error",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
_UNSAFE: Final = frozenset(range(0x21)) | frozenset(b'"<>\\^`{|}%#?') | frozenset(range(0x7F, 0x100))


def reports_sarif(reports: Sequence[Report]) -> str:
    """One SARIF log with one run, ending with a newline."""
    import json

    used = sorted({finding.id for report in reports for finding in report.findings})
    rules = by_id()
    run = {
        "tool": {
            "driver": {
                "name": "form4-author",
                "semanticVersion": __version__,
                "rules": [_descriptor(rules[id]) for id in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(report.file)}} for report in reports],
        "results": [
            _result(finding, report, used.index(finding.id), place)
            for place, report in enumerate(reports)
            for finding in report.findings
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _descriptor(rule: Rule) -> dict[str, Any]:
    parts = explanation(rule.text)
    url = next((cite.url for cite in rule.cites if cite.url), "")
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": parts.what},
        "help": {"text": f"{parts.why} {parts.fix}".strip()},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"severity": rule.severity.value, "cites": [cite.text for cite in rule.cites]},
    }


def _result(finding: Finding, report: Report, rule_index: int, artifact: int) -> dict[str, Any]:
    base = report.form[:1] if report.form else None
    reason = next((o.reason for o in report.overrides if o.covers(finding)), None)
    related = [
        {"id": number, **_location(path, base, report.file, artifact)}
        for number, path in enumerate(finding.related, 1)
    ]
    return {
        "ruleId": finding.id,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(finding.path, base, report.file, artifact, finding)],
        **({"relatedLocations": related} if related else {}),
        **({"suppressions": [{"kind": "external", "justification": reason}]} if reason is not None else {}),
        "properties": {
            "severity": finding.severity.value,
            **({"fix": finding.fix.text} if finding.fix is not None else {}),
        },
    }


def _location(
    path: Path, base: str | None, file: str, artifact: int, finding: Finding | None = None
) -> dict[str, Any]:
    """The file, with the line where it is known, and the place as the form calls it."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file), "index": artifact}}
    if finding is not None and finding.line is not None:
        physical["region"] = {
            "startLine": finding.line,
            **({"startColumn": finding.column} if finding.column is not None else {}),
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if path:
        location["logicalLocations"] = [
            {"name": label(path, base) or path_text(path), "fullyQualifiedName": path_text(path)}
        ]
    return location


def _uri(file: str) -> str:
    """The file's name as a URI reference: unsafe characters escaped, slashes only, ``file:`` before a root."""
    name = "".join(
        f"%{byte:02X}" if byte in _UNSAFE else chr(byte)
        for byte in file.replace("\\", "/").encode("utf-8", "surrogateescape")
    )
    if name[1:3] == ":/":  # a drive of Windows
        return f"file:///{name}"
    return f"file://{name}" if name.startswith("/") else name
