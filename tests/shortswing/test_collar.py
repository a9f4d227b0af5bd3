"""The two legs of a collar cover the same shares, which are counted once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import RowPlace, Side
from tests.shortswing.forms import calls, form, rows, stock

DAY = "2026-02-02"
ONCE = "the put of a collar: its shares are matched as those of the call, once"


def legs(call_price: str = "0", put_price: str = "0", **put: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return (
        calls("S", "5000", call_price, DAY, security_title="Call Option (obligation to sell)", exercise_price="55"),
        calls(
            "P", "5000", put_price, DAY, **{"security_title": "Put Option (right to sell)", "exercise_price": "40", **put}
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("call_price", "remark"), [("0", "the call of a collar, for no premium"), ("1.20", "")]
)
def test_the_shares_of_a_zero_cost_collar_are_sold_once(call_price: str, remark: str) -> None:
    reading = read(rows(form(derivative=legs(call_price))))
    (sale,) = reading.trades

    assert (sale.side, sale.shares, sale.price, sale.remark) == (
        Side.SALE,
        Decimal(5000),
        Decimal(call_price),
        remark,
    )
    assert [(entry.title, entry.reason) for entry in reading.left_out] == [
        ("Put Option (right to sell)", ONCE)
    ]
    assert reading.questions == ()


def test_a_put_with_a_premium_of_its_own_is_asked_about() -> None:
    reading = read(rows(form(derivative=legs("1.20", "1.50"))))

    assert [trade.title for trade in reading.trades] == ["Call Option (obligation to sell)"]
    assert [entry.reason for entry in reading.questions] == [
        f"{ONCE}; match its premium with the close of the put"
    ]


@pytest.mark.parametrize(
    "put",
    [
        {"underlying_amount": "4000"},
        {"underlying_title": "Class B Common Stock"},
        {"expiration_date": "2027-12-17"},
        {"transaction_date": "2026-02-03"},
        {"ownership_form": "I", "nature_of_ownership": "By Trust"},
    ],
    ids=["number", "class", "end", "day", "holder"],
)
def test_a_put_on_other_terms_is_no_leg_of_the_call(put: dict[str, Any]) -> None:
    reading = read(rows(form(derivative=legs("1.20", "1.50", **put))))

    assert len(reading.trades) == 2
    assert (reading.left_out, reading.questions) == ((), ())


def test_a_row_without_its_form_has_no_other_leg() -> None:
    rows_alone = [(RowPlace(), row) for _, row in rows(form(derivative=legs("1.20", "1.50")))]

    assert len(read(rows_alone).trades) == 2


def test_shares_sold_are_no_leg() -> None:
    sold = stock("S", "5000", "41", DAY, security_title="Common Stock (obligation to sell)")

    assert len(read(rows(form(sold, derivative=legs()[1:]))).questions) == 1
