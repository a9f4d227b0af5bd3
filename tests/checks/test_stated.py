"""``stated.toml``: an entry that makes no rule is refused by its id, and the file is read only for what it states."""

from __future__ import annotations

import subprocess
import sys

import pytest

from form4_author.checks import cite
from form4_author.checks.base import explanation
from form4_author.checks.stated import stated_rule
from form4_author.findings import Severity

ENTRY = {
    "title": "Bad state",
    "severity": "suspense",
    "cites": ["SPEC_5", "SCHEMA"],
    "what": "What is bad.",
    "why": "EDGAR refuses it.",
    "fix": "Correct it.",
    "silent": "Never.",
}


def test_entry_is_a_rule_without_a_check() -> None:
    rule = stated_rule("DOC-099", ENTRY)

    assert (rule.id, rule.title, rule.severity) == ("DOC-099", "Bad state", Severity.SUSPENSE)
    assert (rule.cites, rule.check, rule.enforced_by) == ((cite.SPEC_5, cite.SCHEMA), None, "schema")
    assert tuple(explanation(rule.text)) == ("What is bad.", "EDGAR refuses it.", "Correct it.", "Never.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cites": ["SPEC_99"]}, "no attribute 'SPEC_99'"),
        ({"severity": "fatal"}, "'fatal' is not a valid Severity"),
        ({"why": None}, "'why'"),
        ({"title": None}, "'title'"),
        ({"wy": "EDGAR refuses it."}, "unknown wy"),
    ],
)
def test_entry_that_makes_no_rule_is_named(change: dict[str, object], words: str) -> None:
    entry = {key: value for key, value in {**ENTRY, **change}.items() if value is not None}

    with pytest.raises(ValueError, match=r"\ADOC-099 in stated\.toml: ") as refused:
        stated_rule("DOC-099", entry)
    assert str(refused.value).endswith(words)


def test_file_is_read_only_when_one_of_its_rules_is_reported() -> None:
    code = """
import sys
from datetime import date
from form4_author.checks.example import edited
from form4_author.checks.run import check_draft
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
for example in ("non_derivative[0].transaction_code = P", "form = 4/a"):
    found = check_draft(draft_of(edited(example)), date(2024, 11, 4), sec_calendar())
    print({"TXN-007", "DOC-001"} & {finding.id for finding in found}, "form4_author.checks.stated" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "{'TXN-007'} False\n{'DOC-001'} True\n"
