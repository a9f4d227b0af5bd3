"""What ``form4 check --fix`` and ``--override`` do to drafts before they are judged again.

Only drafts are changed, never XML. Each change is saved before the next is offered; the copy beside the draft that ends
in .bak is the draft before the last one.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from form4_author.cli.clock import now, today
from form4_author.cli.intake import opened, report_of_draft
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.findings import Severity, path_text
from form4_author.model.label import label
from form4_author.wire.mend import ABSENT, mended

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from form4_author.cli.known import Known
    from form4_author.findings import Finding, Fix
    from form4_author.model.facts import Facts
    from form4_author.wire.mend import Change

__all__ = ["change_drafts"]

_WIDTH: Final = 80
_ANSWERS: Final = "Apply? [y]es, [n]o, [q]uit: "
_KEY = tuple[str, tuple[str | int, ...]]


def change_drafts(options: argparse.Namespace, known: Known) -> None:
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
        _change(Path(file), dict(intake.draft), options, known.of(intake.filing))


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
    made = 0
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
            made += 1
            if agreed is _agreed_to_safe:  # who was asked has seen them
                _say(f"{path}: {finding.id}: {fix.text}")
                for change in changes:
                    _say(_line(change), indent="  ")
    _say(f"{path}: {made} fix{'' if made == 1 else 'es'} made" if made else f"{path}: no fix made")
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
    held = data.get("overrides")
    paths = {path_text(finding.path) for finding in accepted}
    kept = [
        o
        for o in (held if isinstance(held, list) else [])
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
    draft_file.save(path, {**data, "overrides": [*kept, *new]})
    _say(f"{path}: {options.override} overridden in {len(new)} place{'' if len(new) == 1 else 's'}")


def _say(text: str, indent: str = "") -> None:
    """A message beside the report, which stays alone on standard output."""
    sys.stderr.write(
        textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ") + "\n"
    )
