"""The things that happen, as recipes: the first six of the interview's list (events 1, 2, 4, 6, 11, 16).

Each asks in the filer's words and makes the rows of the form. To add one, write it in the module of its kind and list
it in ``RECIPES``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard.recipes.award import GRANTED_STOCK, RSU_WITHHELD
from form4_author.wizard.recipes.market import BOUGHT, GAVE, SOLD
from form4_author.wizard.recipes.option import OPTION_KEPT

if TYPE_CHECKING:
    from form4_author.wizard.recipe import Recipe

__all__ = ["RECIPES", "recipe_named"]

RECIPES: Final = (BOUGHT, SOLD, GRANTED_STOCK, RSU_WITHHELD, OPTION_KEPT, GAVE)
"""In the order in which they are offered."""


def recipe_named(id: str) -> Recipe | None:
    """The recipe of this id; None for one that this version does not have."""
    return next((r for r in RECIPES if r.id == id), None)
