"""The plan of rules worth asking: the same rules as asked one by one, and no more plans than there is room for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from form4_author.checks import plan
from form4_author.checks.base import Traits
from form4_author.checks.plan import Planner
from form4_author.checks.registry import running
from form4_author.model.facts import NO_FACTS
from form4_author.wire.read import read_document
from tests.builders import make_context, make_filing

if TYPE_CHECKING:
    from form4_author.checks.base import Context
    from form4_author.model.facts import Facts
    from form4_author.model.filing import Filing

FIXTURES: Final = sorted((Path(__file__).parents[1] / "corpus").glob("*.xml"))


def _asked(planner: Planner, filing: Filing, context: Context) -> list[str]:
    return [id for id, _check in planner.worth_asking(filing, context)]


@pytest.mark.parametrize("facts", [NO_FACTS, replace(NO_FACTS, history=(), adjustments=())])
def test_a_plan_has_the_rules_whose_conditions_hold(facts: Facts) -> None:
    planner = Planner(running())
    filings = [make_filing(), *(read_document(file.read_bytes()).filing for file in FIXTURES)]
    for filing in (*filings, *filings):  # the second time each plan is known
        context = make_context(filing, facts=facts)
        expected = [rule.id for rule in running() if rule.check and rule.when.holds(filing, context)]

        assert sorted(_asked(planner, filing, context)) == expected


def test_plans_are_made_again_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "_MOST_PLANS", 1)
    planner = Planner(running())
    four, three = make_filing(), replace(make_filing(), form="3")
    first = _asked(planner, four, make_context(four))

    assert _asked(planner, three, make_context(three)) != first
    assert _asked(planner, four, make_context(four)) == first


def test_a_rule_that_needs_a_fact_is_not_asked_without_it() -> None:
    needing = next(rule for rule in running() if rule.when.needs)
    when = needing.when
    traits = Traits(when.forms[:1] or "4", when.codes, frozenset(when.needs), when.edition)

    assert when.fits(traits)
    assert not when.fits(traits._replace(known=frozenset()))
