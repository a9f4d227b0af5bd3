"""The things that happen, as recipes: events 1 to 60 of the interview's list.

Event 3 is a way to answer 1 and 2.

Each asks in the filer's words and makes the rows of the form. To add one, write it in the module of its kind and list
it in ``RECIPES``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.currency import with_rates
from form4_author.wizard.recipes.after_the_fact import DIED, LATE_ITEM, REVERSED
from form4_author.wizard.recipes.annuity_trust import ANNUITY_TRUST
from form4_author.wizard.recipes.assigned import ASSIGNED
from form4_author.wizard.recipes.award import (
    GRANTED_STOCK,
    GRANTED_UNITS,
    RSU_SOLD,
    RSU_WITHHELD,
    STOCK_WITHHELD,
)
from form4_author.wizard.recipes.collar import COLLAR
from form4_author.wizard.recipes.combination import ASSUMED, FOUNDER_SHARES
from form4_author.wizard.recipes.conversion import CONVERTED
from form4_author.wizard.recipes.corporate import LEFT, SPLIT
from form4_author.wizard.recipes.earn_out import EARN_OUT
from form4_author.wizard.recipes.ended import EXCHANGED, LONG_ENDED
from form4_author.wizard.recipes.exchange import EXCHANGE_OPTION, WRITTEN_EXPIRED
from form4_author.wizard.recipes.forfeiture import FORFEITED
from form4_author.wizard.recipes.forward import FORWARD
from form4_author.wizard.recipes.gift import GAVE
from form4_author.wizard.recipes.issued import FROM_ISSUER, NET_WARRANT
from form4_author.wizard.recipes.market import BOUGHT, SMALL, SOLD, SOLD_TO_ISSUER, TENDERED
from form4_author.wizard.recipes.merger import MERGED
from form4_author.wizard.recipes.monetized import EXCHANGE_FUND, LENDER_SOLD
from form4_author.wizard.recipes.offering import RIGHTS_OFFERING, WENT_PUBLIC
from form4_author.wizard.recipes.option import (
    GRANTED_OPTION,
    OPTION_KEPT,
    OPTION_NET,
    OPTION_SOLD,
    WARRANT,
)
from form4_author.wizard.recipes.own_transfer import OWN_TRUST, STATUS_CHANGED
from form4_author.wizard.recipes.pay import BONUS, FEES
from form4_author.wizard.recipes.plan import DEFERRED, DIVIDENDS, FUND_SWITCH, PLAN_PURCHASES
from form4_author.wizard.recipes.reclassified import AWARD_ADJUSTED, RECLASSIFIED
from form4_author.wizard.recipes.settled import DEFERRED_PAID, PAID_IN_CASH
from form4_author.wizard.recipes.shared.security_choice import choosing
from form4_author.wizard.recipes.swap import SWAP
from form4_author.wizard.recipes.transfer import (
    DISTRIBUTED,
    ELSE,
    GIFT_RECEIVED,
    INHERITED,
    VOTING_TRUST,
)

if TYPE_CHECKING:
    from form4_author.wizard.recipe import Recipe

__all__ = ["RECIPES", "recipe_named", "rule_text"]


def _asked(recipe: Recipe) -> Recipe:
    """The recipe with the questions that each has: a list of classes, the rate of a price in another currency."""
    chosen = choosing(recipe)
    return replace(chosen, prompts=with_rates(chosen.prompts))


RECIPES: Final = tuple(_asked(recipe) for recipe in (
    BOUGHT, SOLD, GRANTED_STOCK, GRANTED_UNITS, RSU_WITHHELD, RSU_SOLD, STOCK_WITHHELD, FORFEITED,
    GRANTED_OPTION, OPTION_KEPT, OPTION_SOLD, OPTION_NET, WARRANT, CONVERTED,
    GAVE, GIFT_RECEIVED, OWN_TRUST, INHERITED,
    DEFERRED, DIVIDENDS, PLAN_PURCHASES, FUND_SWITCH,
    SMALL, TENDERED, MERGED, SOLD_TO_ISSUER, EXCHANGE_OPTION, WRITTEN_EXPIRED, LONG_ENDED, SWAP,
    DISTRIBUTED, VOTING_TRUST, ELSE, LEFT, SPLIT,
    FEES, BONUS, DEFERRED_PAID, PAID_IN_CASH, ASSUMED, WENT_PUBLIC, FROM_ISSUER, NET_WARRANT, ANNUITY_TRUST,
    STATUS_CHANGED, AWARD_ADJUSTED, RECLASSIFIED, EARN_OUT, FORWARD, COLLAR, ASSIGNED, FOUNDER_SHARES,
    RIGHTS_OFFERING, EXCHANGED, DIED, LATE_ITEM, LENDER_SOLD, EXCHANGE_FUND, REVERSED,
))  # fmt: skip
"""In the order in which they are offered: by their number."""


_DUE: Final = ("due in two business days", "on Form 4 within two business days")
_WAS_DUE: Final = "which was due on Form 4 in two business days"


def rule_text(recipe: Recipe, base: str) -> str:
    """The rule of a recipe as the card says it; on a Form 5 what is due in two business days is late."""
    text = recipe.rule
    for due in _DUE if base == "5" else ():
        text = text.replace(due, _WAS_DUE)
    return text


def recipe_named(id: str) -> Recipe | None:
    """The recipe of this id; None for one that this version does not have."""
    return next((r for r in RECIPES if r.id == id), None)
