"""House rules about rules: ids that stay, sources, explanations that hold when run, cases for both sides."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from form4_author.checks.base import NEEDED, Cite, Rule, explanation
from form4_author.checks.case import case_file, example
from form4_author.checks.example import DEFAULT, edited, known
from form4_author.checks.registry import GROUPS, by_id, rules, running
from form4_author.checks.run import check_draft
from form4_author.findings import Severity
from form4_author.model.facts import Facts
from form4_author.text import day
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wire.filing import filing_from
from tests.builders import last_signed, make_context
from tests.checks.test_cases import case_names, rules_by_id
from tests.offenders import offenders

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHIPPED = Path(__file__).parent / "rule_ids.txt"
_PARTS = ("what", "why", "fix", "silent")
_OWN_WORDS = re.compile(r"general knowledge|practice|no rule", re.IGNORECASE)
_ID = re.compile(rf"({'|'.join(GROUPS)})-[0-9]{{3}}")
_REGULATORS = {"uscode.house.gov", "www.ecfr.gov", "www.sec.gov"}

WITHOUT_ADDRESS = {
    "EDGAR's closed days as read on 2026-11-29 (form4 calendar)": "each has its own source in form4 calendar",
    "Release 34-104903 (27 Feb. 2026), foreign private issuers' insiders": "known by its number",
    "SEC exemptive order of 5 March 2026, foreign private issuers' insiders": "known by its date",
    "SEC exemptive order of 20 May 2026, foreign private issuers' insiders": "known by its date",
    "SEC staff no-action letter of June 25, 2008 (weighted average prices)": "known by its date",
    "SEC staff, Exchange Act Rules C&DI 120.29 (25 Aug 2023)": "known by its number",
    "SEC staff, Exchange Act Rules C&DI 120.31 (25 Aug 2023)": "known by its number",
    "SEC staff, Holding Foreign Insiders Accountable Act FAQs (March 2026)": "known by its title",
    "SEC staff, Section 403 questions and answers (Nov. 2002)": "known by its date",
}
"""Sources of the regulator that are cited without an address, and how a reader finds them."""


def _each(selected: Iterable[Rule]) -> list[tuple[str, Rule]]:
    return [(rule.id, rule) for rule in selected]


def _shipped() -> dict[str, str]:
    """Id and title of every rule that was ever in a release; a retired one says so after its title."""
    lines = _SHIPPED.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def test_registry_holds_every_rule_of_every_module() -> None:
    assert {rule.id for rule in rules()} == set(rules_by_id())


def test_rules_of_facts_are_loaded_only_when_facts_are_known() -> None:
    code = """
import sys
from form4_author.checks.registry import rule_with, running
running(facts=False), rule_with("TXN-007"), rule_with("DOC-032")
print("form4_author.checks.document_rules" in sys.modules, "form4_author.checks.fact_rules" in sys.modules)
running(facts=True)
print("form4_author.checks.fact_rules" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "True False\nTrue\n"


def test_ids_are_unique() -> None:
    assert sorted(by_id()) == [rule.id for rule in rules()]


def test_shipped_ids_stay_and_keep_their_titles() -> None:
    retired = {id for id, title in _shipped().items() if title.endswith("(retired)")}

    assert {id: title for id, title in _shipped().items() if id not in retired} == {
        rule.id: rule.title for rule in rules()
    }, f"list every rule in {_SHIPPED.name}; mark a retired one, never remove or rename it"


def test_id_is_group_and_number() -> None:
    found = [rule.id for rule in rules() if not _ID.fullmatch(rule.id)]

    assert found == [], found


def test_every_fact_is_one_that_a_person_can_supply() -> None:
    assert {*NEEDED, "from_register"} == {
        field.name for field in fields(Facts)
    }  # which says where they are from


def test_what_a_rule_needs_is_such_a_fact() -> None:
    found = offenders(_each(rules()), lambda rule: ", ".join(sorted(set(rule.when.needs) - set(NEEDED))))

    assert found == [], "\n".join(found)


def test_rule_has_sources() -> None:
    found = [rule.id for rule in rules() if not rule.cites]

    assert found == [], found


def _uncitable(cite: Cite) -> str:
    """What keeps a reader from finding the source: no text, or no address where the regulator has one."""
    if not cite.text.strip() or cite.text != cite.text.strip():
        return f"text {cite.text!r}"
    if not cite.url:
        return (
            "" if cite.general_knowledge or cite.text in WITHOUT_ADDRESS else f'no address of "{cite.text}"'
        )
    address = urlsplit(cite.url)
    return "" if address.scheme == "https" and address.hostname in _REGULATORS else f"address {cite.url!r}"


def test_each_source_has_its_text_and_the_regulators_address() -> None:
    cites = [(rule.id, cite) for rule in rules() for cite in rule.cites]
    found = offenders(cites, _uncitable)

    assert found == [], "\n".join(found)


def test_every_source_without_an_address_is_still_cited() -> None:
    cited = {cite.text for rule in rules() for cite in rule.cites if not cite.url}

    assert [text for text in WITHOUT_ADDRESS if text not in cited] == []


def _hidden_knowledge(rule: Rule) -> str:
    """How a rule that rests on general knowledge only hides it, or weighs too much."""
    if any(not cite.general_knowledge for cite in rule.cites):
        return ""
    if rule.severity not in (Severity.WARNING, Severity.NOTE):
        return f"is {rule.severity}"
    return "" if _OWN_WORDS.search(explanation(rule.text).why) else "its Why does not say so"


def test_rule_that_rests_on_general_knowledge_says_so_and_is_at_most_a_warning() -> None:
    found = offenders(_each(rules()), _hidden_knowledge)

    assert found == [], "\n".join(found)


def test_suspense_cites_the_specification_or_the_schema() -> None:
    suspending = [rule for rule in running() if rule.severity is Severity.SUSPENSE]
    found = offenders(
        _each(suspending),
        lambda rule: (
            "" if any(cite.text.startswith("EDGAR") for cite in rule.cites) else f"cites {rule.cites}"
        ),
    )

    assert found == [], "\n".join(found)


def test_explanation_has_every_part() -> None:
    parts = [(f"{rule.id} {part}", (rule, part)) for rule in rules() for part in _PARTS]
    found = offenders(parts, lambda case: "" if _part(*case).strip() else "is missing")

    assert found == [], "\n".join(found)


def _part(rule: Rule, part: str) -> str:
    text: str = getattr(explanation(rule.text), part)
    return text


def test_each_part_in_words_is_at_most_60_words() -> None:
    parts = [(f"{rule.id} {part}", (rule, part)) for rule in rules() for part in _PARTS]
    found = offenders(
        parts, lambda case: f"{words} words" if (words := len(_part(*case).split())) > 60 else ""
    )

    assert found == [], "\n".join(found)


def _misnamed(rule: Rule) -> str:
    name = getattr(rule.check, "__name__", "")
    if not name or name.startswith(("check", "validate", "is_", "has_", "must", "test")):
        return f"its check is named {name!r}"
    return ""


def test_check_is_named_after_the_bad_state() -> None:
    found = offenders(_each(running()), _misnamed)

    assert found == [], "\n".join(found)


def _messages() -> list[tuple[str, str]]:
    return [
        (f"{name}: {case['why']}", hit["message"])
        for name in case_names()
        for case in case_file(name)["reject"]
        if "shown" not in case
        for hit in case.get("hits", [case])
    ]


def _unprintable(message: str) -> str:
    """Why a message does not fit below a finding's place."""
    lines = len(textwrap.wrap(message, 76))  # of 80 columns, indented by four
    faults = [
        f"has {lines} lines" if lines > 3 else "",
        "ends in a full stop" if message.endswith(".") else "",
        "names a rule" if re.search(r"\b[A-Z]+[0-9]?-[0-9]{3}\b", message) else "",
    ]
    return ", ".join(fault for fault in faults if fault)


def test_message_fits_three_lines_and_leaves_the_place_to_the_printer() -> None:
    found = offenders(_messages(), _unprintable)

    assert found == [], "\n".join(found)


def _found(rule: Rule, text: str) -> bool:
    """Whether the rule reports the example: its own check, or the schema layer where it has none."""
    named = re.match(r"@([a-z0-9_]+)", text)
    as_of = last_signed(named[1] if named else DEFAULT)
    draft = edited(text)
    facts = known(draft)
    if rule.check is None:
        return any(
            finding.id == rule.id
            for finding in check_draft(draft_of(draft), day(as_of), sec_calendar(), data=draft)
        )
    filing, _malformed = filing_from(draft)
    return any(True for _ in rule.hits(filing, make_context(filing, as_of=as_of, facts=facts)))


def _on_drafts(part: str) -> list[tuple[str, Rule]]:
    """Rules whose example is an edit of a draft; the others show a piece of a file that no draft can have."""
    listed = case_names()  # tests/checks/test_complete.py names a rule that has no case file
    return _each(
        rule
        for rule in rules()
        if rule.id in listed and not getattr(example(rule.id), part).startswith("XML:")
    )


def test_rejected_example_is_rejected() -> None:
    found = offenders(
        _on_drafts("rejected"),
        lambda rule: "" if _found(rule, text := example(rule.id).rejected) else f"accepts {text}",
    )

    assert found == [], "\n".join(found)


def _breaks_other_things(rule: Rule) -> str:
    """Judged as a whole, the example that a rule rejects is found by it, and nothing else blocks."""
    text = example(rule.id).rejected
    named = re.match(r"@([a-z0-9_]+)", text)
    as_of = day(last_signed(named[1] if named else DEFAULT))
    draft = edited(text)

    found = check_draft(draft_of(draft), as_of, sec_calendar(), known(draft), data=draft)

    if rule.id not in {finding.id for finding in found}:
        return f"does not find {text}"
    orphaned = {"FTN-004"}  # an example that writes a cell anew drops its footnote
    blocking = {finding.id for finding in found if finding.severity.blocks}
    beside = blocking - orphaned - {rule.id}
    expected = set(case_file(rule.id)["reject"][0].get("beside", "").split())
    return "" if beside == expected else f"beside it block {sorted(beside)}, not {sorted(expected)}"


def test_rejected_example_breaks_one_thing() -> None:
    found = offenders(_on_drafts("rejected"), _breaks_other_things)

    assert found == [], "\n".join(found)


def test_accepted_example_is_accepted() -> None:
    found = offenders(
        _on_drafts("accepted"),
        lambda rule: f"rejects {text}" if _found(rule, text := example(rule.id).accepted) else "",
    )

    assert found == [], "\n".join(found)
