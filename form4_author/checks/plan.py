"""Which rules are worth asking of a filing, found once for all filings with the same traits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks.base import Traits, contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.checks.base import Check, Context, Rule
    from form4_author.model.filing import Filing

__all__ = ["Planner"]

_Step = tuple[str, "Check"]
"""A rule's id and its check."""
_Plan = tuple[list[_Step], tuple[tuple[tuple[str, ...], list[_Step]], ...]]
"""The rules to ask in any case, and those to ask where one of these words occurs."""

_MOST_PLANS: Final = 2000
"""Plans that are stored; 6,118 filings of all companies have about a thousand."""


class Planner:
    """Rules, and for each combination of traits those whose conditions hold."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules: Final = rules
        self.by_id: Final = {rule.id: rule for rule in rules}
        self._asked: Final = tuple(
            ((rule.id, rule.check), rule.when) for rule in rules if rule.check is not None
        )
        self._codes: Final = frozenset[str]().union(*(rule.when.codes for rule in rules))
        self._facts: Final = frozenset(name for rule in rules for name in rule.when.needs)
        self._plans: Final[dict[Traits, _Plan]] = {}

    def worth_asking(self, filing: Filing, context: Context) -> Sequence[_Step]:
        """The id and the check of each rule whose conditions hold for this filing."""
        always, by_words = self._plan(self._traits(filing, context))
        prose = filing.prose()
        if not prose:
            return always
        asked = always.copy()
        for words, steps in by_words:
            for word in words:
                if word in prose:
                    asked += steps
                    break
        return asked

    def _traits(self, filing: Filing, context: Context) -> Traits:
        """The traits, without codes and facts that no rule asks about."""
        facts = context.facts
        return Traits(
            filing.base or "?",
            filing.transaction_codes() & self._codes,
            frozenset(name for name in self._facts if getattr(facts, name) is not None),
            context.edition.edition,
            contents(filing, context),
        )

    def _plan(self, traits: Traits) -> _Plan:
        plan = self._plans.get(traits)
        if plan is None:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            plan = self._plans[traits] = self._made(traits)
        return plan

    def _made(self, traits: Traits) -> _Plan:
        """The rules whose conditions hold for these traits, those that ask for words by their words."""
        always: list[_Step] = []
        by_words: dict[tuple[str, ...], list[_Step]] = {}
        base, codes, known, edition, has = traits
        for step, when in self._asked:
            if (  # as When.fits, of which a call for each rule would take most of the time
                (not when.forms or base in when.forms)
                and has.issuperset(when.has)
                and (not when.codes or not when.codes.isdisjoint(codes))
                and when.edition <= edition
                and known.issuperset(when.needs)
            ):
                (by_words.setdefault(when.words, []) if when.words else always).append(step)
        return always, tuple(by_words.items())
