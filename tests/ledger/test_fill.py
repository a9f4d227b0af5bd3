"""Fills on lines of the form at the dollar, the cent and the per cent where one more is another line or no product."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.ledger.fill import Fill, comes_to, groups, total


def fill(shares: str, price: str, day: str = "2024-11-01", side: str = "sell") -> Fill:
    return Fill(day, side, Decimal(shares), Decimal(price))


@pytest.mark.parametrize(
    ("highest", "bands"), [("11.00", [("10", "11.00")]), ("11.01", [("10", "10"), ("11.01", "11.01")])]
)
def test_a_line_spans_one_dollar_and_no_cent_more(highest: str, bands: list[tuple[str, str]]) -> None:
    found = groups([fill("5", highest), fill("5", "10")])

    assert [(str(group.low), str(group.high)) for group in found] == bands


def test_a_band_begins_at_its_lowest_price_not_at_the_fill_before() -> None:
    found = groups([fill("1", "10"), fill("1", "10.8"), fill("1", "11.6")])

    assert [(group.low, group.high) for group in found] == [
        (Decimal(10), Decimal("10.8")),
        (Decimal("11.6"), Decimal("11.6")),
    ]


def test_days_and_sides_are_lines_of_their_own() -> None:
    listed = [
        fill("1", "10"),
        fill("2", "10", side="buy"),
        fill("4", "10", day="2024-10-31"),
        fill("8", "10"),
    ]

    assert [(group.day, group.side, group.shares) for group in groups(listed)] == [
        ("2024-10-31", "sell", Decimal(4)),
        ("2024-11-01", "buy", Decimal(2)),
        ("2024-11-01", "sell", Decimal(9)),
    ]


@pytest.mark.parametrize(
    ("listed", "average"),
    [
        ([("100", "10.10"), ("200", "10.25")], "10.2"),
        ([("1", "10"), ("2", "10.01")], "10.0067"),
        ([("1", "10.0001"), ("1", "10.0002")], "10.0002"),
        ([("1", "10.50"), ("1", "10.50")], "10.50"),
        ([("3", "100"), ("1", "101")], "100.25"),
        ([("1", "99.5"), ("1", "100.5")], "100"),
    ],
)
def test_the_average_is_weighted_and_rounded_half_up(listed: list[tuple[str, str]], average: str) -> None:
    (group,) = groups(fill(*each) for each in listed)

    assert f"{group.price:f}" == average


def test_all_shares() -> None:
    assert total([fill("1.5", "10"), fill("2", "11")]) == Decimal("3.5")
    assert total([]) == 0
    assert groups([]) == ()


@pytest.mark.parametrize(
    ("worth", "one", "two", "is_product"),
    [
        ("1000", "100", "10", True),
        ("990", "100", "10", True),
        ("989.99", "100", "10", False),
        ("1010", "100", "10", True),
        ("1010.01", "100", "10", False),
        ("1", "1", "1", False),
        ("1.01", "1", "1.01", True),
    ],
)
def test_a_product_less_a_commission_of_one_per_cent(
    worth: str, one: str, two: str, is_product: bool
) -> None:
    assert comes_to(Decimal(worth), Decimal(one), Decimal(two)) is is_product
