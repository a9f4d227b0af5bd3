"""One thing broken in a clean filing, for each row of the catalogue that a document can violate.

A mutant is a function that breaks a draft (``sheet.Sheet``) or a document's tree and says at which path the rule with its
id must fire; None where the filing has nothing of the kind to break.
"""

from __future__ import annotations

from tests.checks.mutants import closing, coding, derivative, file, holding, party, pricing
from tests.checks.mutants.sheet import Mutant, Sheet

__all__ = ["MUTANTS", "Mutant", "Sheet"]

MUTANTS: tuple[Mutant, ...] = tuple(
    mutant
    for module in (file, party, coding, pricing, holding, derivative, closing)
    for mutant in module.MUTANTS
)
