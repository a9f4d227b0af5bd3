"""Every check of the catalogue is accounted for: its id is in the registry, with the severity the catalogue gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from form4_author.checks.registry import by_id, rules

if TYPE_CHECKING:
    from pathlib import Path

_ROW = re.compile(r"^\| (?P<id>(?:[A-Z]{3}|F[35])-[0-9]{3}) \|(?P<cells>.*)\|$", re.MULTILINE)

OTHERWISE = {
    "OWN-019": "it reads a name, and what rests on free text is at most a warning",
    "PLN-009": "it reads a footnote, and what rests on free text is at most a warning",
    "DRV-015": "2.2 % of accepted filings name an option so, and the bar for a warning is 2 %",
    "TXN-015": "2.2 % of accepted filings withhold shares without saying from what; the bar for a warning is 2 %",
}
"""Rules whose severity is not the catalogue's, and why."""


class Check(NamedTuple):
    """A row of the catalogue."""

    id: str
    title: str
    severity: str


@pytest.fixture(scope="module")
def catalogue(shared: Path) -> dict[str, Check]:
    text = (shared / "reference" / "section16-rules.md").read_text(encoding="utf-8")
    found = {}
    for row in _ROW.finditer(text):
        cells = [cell.strip() for cell in row["cells"].split("|")]
        found[row["id"]] = Check(row["id"], cells[0], cells[2])
    return found


def test_the_catalogue_has_247_checks(catalogue: dict[str, Check]) -> None:
    assert len(catalogue) == 247


def test_every_check_is_a_rule(catalogue: dict[str, Check]) -> None:
    assert [id for id in catalogue if id not in by_id()] == []


def test_every_rule_says_how_it_is_enforced() -> None:
    assert {rule.enforced_by for rule in rules()} == {"schema", "rule", "question"}


def test_severities_are_the_catalogue_s(catalogue: dict[str, Check]) -> None:
    """Its "error" is ours, or ``suspense`` where EDGAR itself refuses."""
    admitted = {"error": {"suspense", "error"}, "warning": {"warning"}, "note": {"note"}}
    differing = {}
    for check in catalogue.values():
        named = {word for word in admitted if word in check.severity}
        severity = by_id()[check.id].severity.value
        if not any(severity in admitted[word] for word in named):
            differing[check.id] = (check.severity, severity)

    assert {id: told for id, told in differing.items() if id not in OTHERWISE} == {}
    assert [id for id in OTHERWISE if id not in differing] == []
