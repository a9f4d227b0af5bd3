"""A rule is complete: its case file with all its parts, its line among the ids, its entry in the change log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.case import case_file
from form4_author.checks.registry import rules
from tests.checks.mutants import FUNCTIONS, NONE
from tests.checks.test_cases import case_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
_IDS = Path(__file__).parent / "rule_ids.txt"

ANNOUNCED = {
    "AMD": 12,
    "DAT": 21,
    "DOC": 45,
    "DRV": 28,
    "F3": 11,
    "F5": 11,
    "FTN": 16,
    "HLD": 28,
    "ISS": 11,
    "OWN": 26,
    "PLN": 11,
    "SIG": 17,
    "SWG": 5,
    "TXN": 47,
}
"""The last number of each group in the first catalogue, which the change log announces as a whole. A later rule has a
higher number, for none is used again, and an entry of its own. This never changes."""


def _file(id: str) -> str:
    return f"form4_author/checks/cases/{id}.yaml"


def _missing(id: str) -> Iterator[str]:
    """What a rule with this id still lacks."""
    if id in case_names():
        head = case_file(id)
        for side in ("accept", "reject"):
            if not head.get(side):
                yield f'no case under "{side}" in {_file(id)}'
        yield from (f"{fault} in {_file(id)}" for fault in _mutant_faults(head.get("mutant", "")))
    else:
        yield f"no case file {_file(id)}"
    if f"\n{id} " not in _IDS.read_text(encoding="utf-8"):
        yield f"no line in tests/checks/{_IDS.name}"
    group, number = id.split("-")
    if int(number) > ANNOUNCED.get(group, 0) and id not in _CHANGELOG.read_text(encoding="utf-8"):
        yield f"no entry in {_CHANGELOG.name}"


def _mutant_faults(mutant: object) -> Iterator[str]:
    if not mutant:
        yield f'no "mutant" (where no filing as it stands can violate the rule: "{NONE}…")'
    for one in mutant if isinstance(mutant, list) else [mutant]:
        name = one.get("function", "") if isinstance(one, dict) else str(one)
        if name and name not in FUNCTIONS and len(name.removeprefix(NONE).split()) < 3:
            yield f'mutant "{name}" is no function of tests/checks/mutants'


def test_each_rule_has_all_its_parts() -> None:
    missing = [f"{rule.id}: {what}" for rule in rules() for what in _missing(rule.id)]

    assert missing == [], "\n".join(missing)


def test_each_case_file_has_a_rule() -> None:
    known = {rule.id for rule in rules()}
    stray = [f"{name}: no rule for {_file(name)}" for name in case_names() if name not in known]

    assert stray == [], "\n".join(stray)


def test_what_a_new_rule_lacks_is_named() -> None:
    assert list(_missing("HLD-900")) == [
        "no case file form4_author/checks/cases/HLD-900.yaml",
        "no line in tests/checks/rule_ids.txt",
        "no entry in CHANGELOG.md",
    ]


@pytest.mark.parametrize(
    ("mutant", "faults"),
    [
        ("", ['no "mutant" (where no filing as it stands can violate the rule: "none because …")']),
        ("no_such_function", ['mutant "no_such_function" is no function of tests/checks/mutants']),
        ("none because", ['mutant "none because" is no function of tests/checks/mutants']),
        ("none because it needs prior filings", []),
        (
            [{"edits": ["remarks = x"]}, {"function": "x"}],
            ['mutant "x" is no function of tests/checks/mutants'],
        ),
    ],
)
def test_what_a_mutant_lacks_is_named(mutant: object, faults: list[str]) -> None:
    assert list(_mutant_faults(mutant)) == faults
