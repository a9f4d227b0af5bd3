"""A forward contract to sell is a sale at signing; its settlement by a formula is no trade."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import RowPlace, Side
from tests.shortswing.forms import calls, form, rows, stock

if TYPE_CHECKING:
    from form4_author.shortswing.trade import TradeReading

DAY = "2026-02-02"
TITLE = "Prepaid Variable Forward Sale Contract (obligation to sell)"
SETTLED = "the settlement of a forward contract: the sale is at its signing (Chechele v. Sperling, 758 F.3d 463 (2d Cir. 2014))"
DESCRIBED = "the form describes what code J covers; match it unless it is exempt"


def contract(code: str, letter: str, price: str, **cells: Any) -> dict[str, Any]:
    facts = {
        "security_title": TITLE,
        "acquired_disposed": letter,
        "exercise_price": None,
        "equity_swap": True,
    }
    return calls(code, "10000", price, DAY, **{**facts, **cells})


def ended(note: str, **delivered: Any) -> TradeReading:
    code = {"value": "J", "footnotes": ["F1"]}
    shares = stock("J", "7500", "48", DAY, acquired_disposed="D", **delivered)
    return read(
        rows(
            form(
                shares,
                derivative=(contract("J", "D", "0", transaction_code=code),),
                footnotes=[{"id": "F1", "text": note}],
            )
        )
    )


@pytest.mark.parametrize(("code", "letter"), [("J", "A"), ("S", "D")])
@pytest.mark.parametrize("price", ["36", "0"])
@pytest.mark.parametrize(
    ("cells", "of"),
    [
        ({}, "common stock"),
        ({"underlying_amount": None}, "common stock"),
        ({"underlying_title": "Stock Option (Right to Buy)"}, "common stock"),
    ],
)
def test_signing_is_a_sale_of_the_shares_at_most(
    code: str, letter: str, price: str, cells: dict[str, Any], of: str
) -> None:
    (sale,) = read(rows(form(derivative=(contract(code, letter, price, **cells),)))).trades

    assert (sale.side, sale.shares, sale.price, sale.code) == (
        Side.SALE,
        Decimal(10000),
        Decimal(price),
        f"{code}/K",
    )
    assert sale.remark == "the signing of a forward contract: the amount is at most this"
    assert (sale.share_class, sale.is_swap, sale.received) == (of, False, True)


def test_settlement_and_the_shares_delivered_are_left_out() -> None:
    reading = ended("Settlement of the contract by delivery of 7,500 shares.")

    assert [entry.reason for entry in reading.left_out] == [SETTLED, SETTLED]
    assert (reading.trades, reading.questions) == ((), ())


@pytest.mark.parametrize(
    ("note", "delivered", "asked"),
    [
        ("Early termination of the contract, settled in cash.", {}, 2),
        ("Delivered.", {}, 2),
        ("Settled.", {"security_title": "Class B Common Stock"}, 1),
        ("Settled.", {"transaction_date": "2026-02-03"}, 1),
    ],
    ids=["terminated", "no word of it", "a different class", "a different day"],
)
def test_what_else_ends_it_is_asked_about(note: str, delivered: dict[str, Any], asked: int) -> None:
    reading = ended(note, **delivered)

    assert [entry.reason for entry in reading.questions] == [DESCRIBED] * asked


def test_an_option_or_a_row_without_its_form_is_no_settlement() -> None:
    option = contract("J", "D", "0", security_title="Call Option (obligation to sell)")
    alone = [(RowPlace(), row) for _, row in rows(form(derivative=(contract("J", "D", "0"),)))]

    assert [e.reason for e in read(rows(form(derivative=(option,)))).questions] == [DESCRIBED]
    assert [e.reason for e in read(alone).questions] == [DESCRIBED]
