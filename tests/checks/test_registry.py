"""House rules about rules: ids that stay, sources, explanations that hold when run, cases for both sides."""

from __future__ import annotations

import re
import textwrap
from dataclasses import fields
from pathlib import Path

import pytest

from form4_author.calendar import sec_calendar
from form4_author.checks.base import NEEDED, Rule, explanation
from form4_author.checks.example import DEFAULT, edited, known
from form4_author.checks.registry import GROUPS, by_id, rules, running
from form4_author.checks.run import check_draft
from form4_author.findings import Severity
from form4_author.model.facts import Facts
from form4_author.values import day
from form4_author.wire.draft import filing_from
from tests.builders import last_signed, make_context
from tests.checks.test_cases import case_file, case_names, rules_by_id

_SHIPPED = Path(__file__).parent / "rule_ids.txt"
_PARTS = ("what", "why", "fix", "silent", "rejected", "accepted")
_OWN_WORDS = re.compile(r"general knowledge|practice|no rule", re.IGNORECASE)


def _each(selected: tuple[Rule, ...]) -> list[object]:
    return [pytest.param(rule, id=rule.id) for rule in selected]


def _shipped() -> dict[str, str]:
    """Id and title of every rule that was ever in a release; a retired one says so after its title."""
    lines = _SHIPPED.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def test_registry_holds_every_rule_of_every_module() -> None:
    assert {rule.id for rule in rules()} == set(rules_by_id())


def test_ids_are_unique() -> None:
    assert sorted(by_id()) == [rule.id for rule in rules()]


def test_shipped_ids_stay_and_keep_their_titles() -> None:
    retired = {id for id, title in _shipped().items() if title.endswith("(retired)")}

    assert {id: title for id, title in _shipped().items() if id not in retired} == {
        rule.id: rule.title for rule in rules()
    }, f"list every rule in {_SHIPPED.name}; mark a retired one, never remove or rename it"


@pytest.mark.parametrize("rule", _each(rules()))
def test_id_is_group_and_number(rule: Rule) -> None:
    group, number = rule.id.split("-")

    assert group in GROUPS
    assert re.fullmatch(r"[0-9]{3}", number)


@pytest.mark.parametrize("rule", _each(rules()))
def test_what_a_rule_needs_is_a_fact_that_a_person_can_supply(rule: Rule) -> None:
    assert set(rule.when.needs) <= set(NEEDED)
    assert set(NEEDED) == {field.name for field in fields(Facts)}


@pytest.mark.parametrize("rule", _each(rules()))
def test_rule_has_sources(rule: Rule) -> None:
    assert rule.cites


@pytest.mark.parametrize("rule", _each(rules()))
def test_rule_that_rests_on_general_knowledge_says_so_and_is_at_most_a_warning(rule: Rule) -> None:
    if any(not cite.general_knowledge for cite in rule.cites):
        return

    assert rule.severity in (Severity.WARNING, Severity.NOTE)
    assert _OWN_WORDS.search(explanation(rule.text).why)


@pytest.mark.parametrize("rule", _each(tuple(r for r in running() if r.severity is Severity.SUSPENSE)))
def test_suspense_cites_the_specification_or_the_schema(rule: Rule) -> None:
    assert any(cite.text.startswith("EDGAR") for cite in rule.cites)


@pytest.mark.parametrize("rule", _each(rules()))
@pytest.mark.parametrize("part", _PARTS)
def test_explanation_has_the_part(rule: Rule, part: str) -> None:
    assert getattr(explanation(rule.text), part)


@pytest.mark.parametrize("rule", _each(rules()))
@pytest.mark.parametrize("part", _PARTS[:4])
def test_part_is_at_most_60_words(rule: Rule, part: str) -> None:
    assert len(getattr(explanation(rule.text), part).split()) <= 60


@pytest.mark.parametrize("rule", _each(running()))
def test_check_is_named_after_the_bad_state(rule: Rule) -> None:
    name = getattr(rule.check, "__name__", "")

    assert name
    assert not name.startswith(("check", "validate", "is_", "has_", "must", "test"))


@pytest.mark.parametrize("rule", _each(running()))
def test_rule_has_a_case_file_with_both_sides(rule: Rule) -> None:
    cases = case_file(rule.id)

    assert cases["accept"]
    assert cases["reject"]


def test_every_case_file_belongs_to_a_rule_with_a_check() -> None:
    assert set(case_names()) <= {rule.id for rule in running()}


def _messages() -> list[object]:
    return [
        pytest.param(hit["message"], id=f"{name}: {case['why']}")
        for name in case_names()
        for case in case_file(name)["reject"]
        for hit in case.get("hits", [case])
    ]


@pytest.mark.parametrize("message", _messages())
def test_message_fits_three_lines_and_leaves_the_place_to_the_printer(message: str) -> None:
    assert len(textwrap.wrap(message, 76)) <= 3  # of 80 columns, indented by four
    assert not message.endswith(".")
    assert not re.search(r"\b[A-Z]+[0-9]?-[0-9]{3}\b", message)


def _found(rule: Rule, example: str) -> bool:
    """Whether the rule reports the example: its own check, or the schema layer where it has none."""
    named = re.match(r"@([a-z0-9_]+)", example)
    as_of = last_signed(named[1] if named else DEFAULT)
    draft = edited(example)
    facts = known(draft)
    if rule.check is None:
        return any(finding.id == rule.id for finding in check_draft(draft, day(as_of), sec_calendar()))
    filing, _malformed = filing_from(draft)
    return any(True for _ in rule.hits(filing, make_context(filing, as_of=as_of, facts=facts)))


def _on_drafts(part: str) -> list[object]:
    """Rules whose example is an edit of a draft; the others show a piece of a file that no draft can have."""
    shown = {rule.id: getattr(explanation(rule.text), part) for rule in rules()}
    return [pytest.param(rule, id=rule.id) for rule in rules() if not shown[rule.id].startswith("XML:")]


@pytest.mark.parametrize("rule", _on_drafts("rejected"))
def test_rejected_example_is_rejected(rule: Rule) -> None:
    assert _found(rule, explanation(rule.text).rejected)


BESIDE = {
    "AMD-005": {"FTN-012"},  # what an amended line lacks may be required
    "DAT-006": {"SIG-001"},  # not signed yet
    "DOC-011": {"FTN-012", "HLD-001", "HLD-005"},  # rows shown in short, here and below
    "DOC-043": {"DOC-041", "F5-011"},  # a holding that has a transaction's cells
    "DRV-020": {"DRV-002", "DRV-003", "DRV-004", "FTN-012", "HLD-005", "TXN-002", "TXN-004", "TXN-011"},
    "F3-001": {"TXN-003"},  # a transaction on Form 3 has a coding that Form 3 lacks
    "F5-006": {"FTN-012", "HLD-001", "HLD-005"},
    "FTN-001": {"FTN-003"},  # the same number, spelled otherwise where it is referred to
    "ISS-004": {"DOC-008"},  # an exchange before the symbol makes it too long
    "OWN-021": {"OWN-004"},
    "SWG-005": {"DAT-003"},  # a planned trade lies ahead
    "TXN-006": {"FTN-012", "HLD-001", "HLD-005", "TXN-002", "TXN-011", "TXN-045"},
    "TXN-035": {"HLD-001", "HLD-006", "TXN-002", "TXN-004", "TXN-011"},
    "TXN-039": {"HLD-001", "HLD-005", "TXN-001", "TXN-002", "TXN-003", "TXN-004", "TXN-011", "TXN-045"},
}
"""What else blocks where a rule's rejected example is judged as a whole."""


@pytest.mark.parametrize("rule", _on_drafts("rejected"))
def test_rejected_example_breaks_one_thing(rule: Rule) -> None:
    """Judged as a whole, the example that a rule rejects is found by it, and nothing else blocks."""
    example = explanation(rule.text).rejected
    named = re.match(r"@([a-z0-9_]+)", example)
    as_of = day(last_signed(named[1] if named else DEFAULT))
    draft = edited(example)

    found = check_draft(draft, as_of, sec_calendar(), known(draft))

    assert rule.id in {finding.id for finding in found}
    orphaned = {"FTN-004"}  # an example that writes a cell anew drops its footnote
    blocking = {finding.id for finding in found if finding.severity.blocks}
    assert blocking - orphaned - {rule.id} == BESIDE.get(rule.id, set())


@pytest.mark.parametrize("rule", _on_drafts("accepted"))
def test_accepted_example_is_accepted(rule: Rule) -> None:
    assert not _found(rule, explanation(rule.text).accepted)
