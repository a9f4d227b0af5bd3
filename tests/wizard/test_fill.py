"""Broker's fills: read from what is pasted, grouped as the staff's letter allows, the average exact."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from form4_author.errors import MalformedValue
from form4_author.wizard import fill

TODAY = date(2024, 11, 4)
TABS = (
    "Trade Date\tB/S\tSymbol\tQty\tPrice\n11/01/2024\tS\tEXCO\t100\t$10.10\n11/01/2024\tS\tEXCO\t1,300\t10.50"
)


@pytest.mark.parametrize(
    ("pasted", "columns", "kept"),
    [
        (TABS, "date, side, -, shares, price", "2024-11-01,sell,100,10.10\n2024-11-01,sell,1300,10.50"),
        ("100 @ 10.10; 300@10.50", "shares, price", ",,100,10.10\n,,300,10.50"),
        ('"1,000",10.10\n300,10.5', "shares, price", ",,1000,10.10\n,,300,10.5"),
        ("100 10.10\n300 10.50", "shares, price", ",,100,10.10\n,,300,10.50"),
        ("Price,Shares\n10.10,100\n10.50,300", "price, shares", ",,100,10.10\n,,300,10.50"),
        ("buy\t100\t10.1\nSELL\t-50\t11", "side, shares, price", ",buy,100,10.1\n,sell,50,11"),
        ("2024-11-01T09:31:00\t100\t10.1\n2024-11-04T10:00:00\t5\t11", "date, shares, price",
         "2024-11-01,,100,10.1\n2024-11-04,,5,11"),
    ],
    ids=["sheet", "typed", "commas", "blanks", "price first", "sides", "times"],
)  # fmt: skip
def test_what_is_pasted_is_understood(pasted: str, columns: str, kept: str) -> None:
    assert fill.is_fills(pasted)
    assert fill.columns(pasted, TODAY) == columns
    assert fill.kept(pasted, columns, TODAY) == kept


@pytest.mark.parametrize(
    ("pasted", "columns", "problem"),
    [
        ("100 @ 10", "shares, cost", "Name the columns in order, such as: date, shares, price; - for one that is not used"),
        ("100 @ 10", "shares", "Name the columns in order, such as: date, shares, price; - for one that is not used"),
        ("1\t2\nx\ty", "shares, price",
         "Fill 2 has no number of shares or no price: x  y; 100 @ 120.34 is expected"),
        ("soon\t2\t3", "date, shares, price", 'Fill 1: "soon" is not a date; 11/18/2026 is expected'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(pasted: str, columns: str, problem: str) -> None:
    with pytest.raises(MalformedValue, match=re.escape(problem)):
        fill.kept(pasted, columns, TODAY)


def test_one_dollar_is_one_line_and_a_cent_more_is_two() -> None:
    """Staff letter of 25 June 2008: "within a one dollar price range"."""
    kept = ",,100,14.00\n,,100,15.00\n,,100,15.01"

    assert [(g.low, g.high) for g in fill.groups(kept, "2024-11-01")] == [
        (Decimal("14.00"), Decimal("15.00")),
        (Decimal("15.01"), Decimal("15.01")),
    ]


def test_days_and_sides_are_lines_of_their_own() -> None:
    kept = "2024-11-01,sell,10,5\n2024-11-01,buy,20,5\n,,30,5"

    assert [(g.day, g.side, g.shares) for g in fill.groups(kept, "2024-10-31")] == [
        ("2024-10-31", "", Decimal(30)),
        ("2024-11-01", "buy", Decimal(20)),
        ("2024-11-01", "sell", Decimal(10)),
    ]


def test_the_average_is_exact_to_the_four_decimals_of_the_form() -> None:
    """(100 × 10.10 + 200 × 10.25) / 300 = 10.2 exactly; thirds are rounded half up."""
    assert fill.groups(",,100,10.10\n,,200,10.25", "2024-11-01")[0].price == Decimal("10.2")
    assert fill.groups(",,1,10\n,,2,10.01", "2024-11-01")[0].price == Decimal("10.0067")


def test_one_price_is_no_average() -> None:
    answers = fill.as_answers(fill.groups(",sell,100,10.50\n,sell,50,10.50", "2024-11-01")[0])

    assert answers == {
        "date": "2024-11-01",
        "quantity": "150",
        "price": "10.50",
        "side_code": "S",
        "side_direction": "D",
    }


def test_the_footnote_has_the_range_and_the_undertaking() -> None:
    answers = fill.as_answers(fill.groups(",buy,100,10.5\n,buy,50,10.955", "2024-11-01")[0])

    assert answers["price_note"] == (
        "The price reported is a weighted average price. These shares were purchased in multiple transactions at prices"
        " ranging from $10.50 to $10.955, inclusive. The reporting person undertakes to provide to the issuer, any"
        " security holder of the issuer, or the staff of the Securities and Exchange Commission, upon request, full"
        " information regarding the number of shares purchased at each separate price within the range."
    )
    assert (answers["side_code"], answers["side_direction"]) == ("P", "A")


def test_what_confirming_means_is_said() -> None:
    assert fill.summary(",,100,10.10\n,,300,10.50\n,sell,600,11.60", "2024-11-01") == (
        "3 fills, 1,000 shares, on 2 lines:",
        "  11/01/2024 400 at 10.10 to 10.50, average 10.40",
        "  11/01/2024 sell 600 at 11.60",
    )
