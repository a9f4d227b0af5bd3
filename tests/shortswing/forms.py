"""Forms to match: rows in the draft's words, one form after another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from form4_author.model.facts import MarketPrice, PriorFiling
from form4_author.shortswing.trade import RowPlace, Side, Trade
from form4_author.wire.filing import filing_from

if TYPE_CHECKING:
    from form4_author.model.table import Row

__all__ = ["calls", "form", "market", "place", "row", "rows", "stock", "trade"]


def stock(code: str, amount: Any, price: Any, day: Any, **cells: Any) -> dict[str, Any]:
    """A transaction of Table I; a cell that is None is left out."""
    letter = "A" if code in "PLAMJ" else "D"
    filled = {
        "kind": "transaction",
        "security_title": "Common Stock",
        "transaction_date": day,
        "transaction_code": code,
        "equity_swap": False,
        "amount": amount,
        "price": price,
        "acquired_disposed": letter,
        "ownership_form": "D",
        **cells,
    }
    return {name: cell for name, cell in filled.items() if cell is not None}


def calls(code: str, amount: Any, price: Any, day: str, **cells: Any) -> dict[str, Any]:
    """A transaction of Table II: calls with strike 50 on as many shares of common stock."""
    filled = {
        **stock(code, amount, price, day),
        "security_title": "Call Option (right to buy)",
        "exercise_price": "50",
        "expiration_date": "2026-12-18",
        "underlying_title": "Common Stock",
        "underlying_amount": amount,
        **cells,
    }
    return {name: cell for name, cell in filled.items() if cell is not None}


def form(*table_1: dict[str, Any], derivative: tuple[dict[str, Any], ...] = (), **head: Any) -> PriorFiling:
    """A form of a director of one issuer, filed on the day given as ``filed``."""
    filed = head.pop("filed", None)
    name = head.pop("file", "form.xml")
    filing, malformed = filing_from(
        {
            "format": 1,
            "form": "4",
            "issuer": {"cik": "0000000100", "name": "NORTHWIND INSTRUMENTS, INC."},
            "owners": [{"cik": "0000000200", "name": "Okafor Adaeze N", "is_director": True}],
            "non_derivative": list(table_1),
            "derivative": list(derivative),
            **head,
        }
    )
    assert not malformed
    return PriorFiling(filing=filing, filed=date.fromisoformat(filed) if filed else None, file=name)


def rows(*priors: PriorFiling) -> list[tuple[RowPlace, Row]]:
    """The transactions of the forms with their places."""
    return [(RowPlace(prior, path), row) for prior in priors for path, row in prior.filing.transactions()]


def row(cells: dict[str, Any], **head: Any) -> tuple[RowPlace, Row]:
    """One row on a form of its own; of Table II where it has an underlying security."""
    derivative = "underlying_title" in cells
    prior = form(*(() if derivative else (cells,)), derivative=(cells,) if derivative else (), **head)
    return rows(prior)[0]


def place(prior: PriorFiling, table: str, index: int) -> RowPlace:
    """The place of a row."""
    return RowPlace(prior, (table, index))


def trade(side: str, shares: str, price: str, day: str, **more: Any) -> Trade:
    """A trade in common stock."""
    return Trade(
        day=date.fromisoformat(day),
        side=Side(side),
        shares=Decimal(shares),
        price=Decimal(price),
        code="P" if side == "purchase" else "S",
        title="Common Stock",
        share_class="common stock",
        received=side == "sale",
        underlying="Common Stock",
        **more,
    )


def market(*prices: str) -> tuple[MarketPrice, ...]:
    """Market prices from ``Common Stock=48@2026-02-10``."""
    found = []
    for text in prices:
        title, rest = text.rsplit("=", 1)
        price, day = rest.split("@")
        found.append(MarketPrice(security_title=title, day=date.fromisoformat(day), price=Decimal(price)))
    return tuple(found)
