"""One thing broken in a clean filing, for each rule that a document can violate.

A case file holds the mutant of its rule as data (``stated``), or names a function that breaks a draft (``filing``) or a
document's tree (``file``) and says at which path the rule must fire; None where there is nothing of the kind to break.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from form4_author.checks.case import case_file
from tests.checks.mutants import file, filing
from tests.checks.mutants.stated import KEYS, broken
from tests.checks.test_cases import case_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from tests.checks.mutants.sheet import Sheet

__all__ = ["FUNCTIONS", "NONE", "Mutant", "mutants"]

FUNCTIONS: dict[str, Callable[..., str | None]] = {
    name: value
    for module in (file, filing)
    for name, value in vars(module).items()
    if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
}
"""What case files name."""

NONE = "none because "
"""How the reason begins why a rule has no mutant."""


@dataclass(frozen=True)
class Mutant:
    """One thing to break and the rule that must say so."""

    id: str
    name: str
    data: dict[str, Any]
    also: frozenset[str] = frozenset()
    """Other rules that block for the same break, and rightly so."""

    def breaks(self, sheet: Sheet) -> str | None:
        """Breaks a draft."""
        function = FUNCTIONS.get(self.name)
        return function(sheet) if function else broken(self.data, sheet)

    @property
    def breaks_tree(self) -> Callable[[etree._Element], str | None] | None:
        """What breaks a document's tree; None where a draft is broken."""
        return getattr(file, self.name, None)


def mutants() -> Iterator[Mutant]:
    """The mutants of all rules, by id."""
    for id in case_names():
        held = case_file(id).get("mutant", NONE)
        for data in held if isinstance(held, list) else [held]:
            if isinstance(data, str):
                if not data.startswith(NONE):
                    yield Mutant(id, data, {})
                continue
            assert set(data) <= KEYS, f"{id}: unknown keys in its mutant: {sorted(set(data) - KEYS)}"
            name = data.get("function") or "; ".join(data["edits"])[:60]
            yield Mutant(id, name, data, frozenset(data.get("also", "").split()))
