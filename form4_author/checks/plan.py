"""Which rules are worth asking of a filing, found once for all filings with the same traits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks.base import Traits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.checks.base import Check, Context, Rule
    from form4_author.model.filing import Filing

__all__ = ["Planner"]

_Step = tuple[str, "Check", tuple[str, ...]]
"""The rule's id, its check, and the words one of which the filing must have."""

_MOST_PLANS: Final = 500
"""Plans that are stored; the filings of one company have a few dozen."""


class Planner:
    """Rules, and for each combination of traits those whose conditions hold."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules: Final = rules
        self.by_id: Final = {rule.id: rule for rule in rules}
        self._codes: Final = frozenset[str]().union(*(rule.when.codes for rule in rules))
        self._facts: Final = frozenset(name for rule in rules for name in rule.when.needs)
        self._plans: Final[dict[Traits, tuple[_Step, ...]]] = {}

    def worth_asking(self, filing: Filing, context: Context) -> Iterator[tuple[str, Check]]:
        """The id and the check of each rule whose conditions hold for this filing."""
        prose = filing.prose()
        found: dict[tuple[str, ...], bool] = {(): True}
        for id, check, words in self._plan(self._traits(filing, context)):
            has_words = found.get(words)
            if has_words is None:
                has_words = found[words] = any(word in prose for word in words)
            if has_words:
                yield id, check

    def _traits(self, filing: Filing, context: Context) -> Traits:
        """The traits, without codes and facts that no rule asks about."""
        facts = context.facts
        return Traits(
            filing.base or "?",
            filing.transaction_codes() & self._codes,
            frozenset(name for name in self._facts if getattr(facts, name) is not None),
            context.edition.edition,
        )

    def _plan(self, traits: Traits) -> tuple[_Step, ...]:
        plan = self._plans.get(traits)
        if plan is None:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            plan = self._plans[traits] = tuple(
                (rule.id, rule.check, rule.when.words)
                for rule in self.rules
                if rule.check is not None and rule.when.fits(traits)
            )
        return plan
