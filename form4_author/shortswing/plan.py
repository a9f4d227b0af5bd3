"""A trade that is planned: what it would bring about beside the trades of its class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from form4_author.errors import MalformedValue
from form4_author.shortswing.account import outlook
from form4_author.shortswing.basis import restated
from form4_author.shortswing.gain import Market
from form4_author.shortswing.share_class import DERIVATIVE, share_class
from form4_author.shortswing.trade import Side, Trade
from form4_author.shortswing.uncertain import WAITING, ClassTrades, other_classes

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from form4_author.model.facts import MarketPrice
    from form4_author.shortswing.account import Outlook, Result

__all__ = ["PlannedTrade", "planned_outlook"]


@dataclass(frozen=True, slots=True)
class PlannedTrade:
    """A trade not made yet."""

    code: str
    """``P`` or ``S``."""
    shares: Decimal
    title: str
    """Empty where the forms have one class."""
    price: Decimal
    """In US dollars a share."""
    day: date


def planned_outlook(result: Result, plan: PlannedTrade, prices: tuple[MarketPrice, ...]) -> Outlook:
    """What the plan would bring about for these persons.

    Raises MalformedValue when it does not say which of several classes it is in.
    """
    accounts = {account.share_class: account for account in result.accounts}
    if not plan.title and len(accounts) > 1:
        titles = "; ".join(account.title for account in result.accounts)
        raise MalformedValue(
            f"The planned trade does not name its class, and the forms have several: {titles}",
            remedy=f"Name it: {plan.code} {plan.shares} {result.accounts[0].title} @ {plan.price} on {plan.day}",
        )
    of = share_class(plan.title) if plan.title else next(iter(accounts), "common stock")
    if of == DERIVATIVE:
        raise MalformedValue(
            f'"{plan.title}" is a derivative security; only trades in shares can be planned here',
            remedy="Put the planned trade into a draft and give the draft as one of the files",
        )
    account = accounts.get(of)
    title = account.title if account is not None else plan.title
    side = Side.PURCHASE if plan.code == "P" else Side.SALE
    trade = Trade(
        day=plan.day,
        side=side,
        shares=plan.shares,
        price=plan.price,
        code=plan.code,
        title=title,
        share_class=of,
        received=side is Side.SALE,
        underlying=title,
    )
    others = [other.under_title for name, other in accounts.items() if name != of]
    doubts = (*result.doubts, *other_classes(ClassTrades(title or of, (trade,)), others))
    splits = [each.split for each in account.basis.applied] if account is not None else []
    own = account.trades if account is not None else ()
    found = outlook(own, restated(trade, splits), Market(prices))
    return replace(found, doubts=(*doubts, *((WAITING,) if found.with_plan.needs else ())))
