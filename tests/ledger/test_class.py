"""The amounts to which a split, an adjustment or a merger of a class leads."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.ledger.balance import (
    Fractions,
    adjusted_price,
    change,
    has_fraction,
    net,
    split_price,
    split_whole,
    spread,
)


@pytest.mark.parametrize(
    ("held", "new", "old", "cash", "up", "kept"),
    [
        ("5001", "3", "2", "7501", "7502", "7501.5"),
        ("333", "1", "10", "33", "34", "33.3"),
        ("349", "21", "20", "366", "367", "366.45"),
        ("1000", "2", "1", "2000", "2000", "2000"),
        ("10.5", "1", "2", "5.25", "5.25", "5.25"),
    ],
)
def test_a_holding_after_a_split(held: str, new: str, old: str, cash: str, up: str, kept: str) -> None:
    """Rule 16a-9. A line that had a fraction before still has one."""
    found = {each: split_whole(Decimal(held), Decimal(new), Decimal(old), each) for each in Fractions}

    assert {each.value: str(total) for each, total in found.items()} == {"cash": cash, "up": up, "held": kept}
    assert has_fraction(Decimal(held), Decimal(new), Decimal(old)) == (cash != up)


@pytest.mark.parametrize(
    ("price", "new", "old", "after"),
    [("12.50", "2", "1", "6.25"), ("12.50", "1", "10", "125"), ("20", "3", "2", "13.3333")],
)
def test_an_exercise_price_after_a_split(price: str, new: str, old: str, after: str) -> None:
    assert split_price(Decimal(price), Decimal(new), Decimal(old)) == Decimal(after)


def test_an_exercise_price_after_an_adjustment() -> None:
    """To the cent: 12.50 by 1.083 is 11.542."""
    assert adjusted_price(Decimal("12.50"), Decimal("1.083")) == Decimal("11.54")


@pytest.mark.parametrize(("price", "worth"), [("40", "27.50"), ("12.50", "0"), ("12", "0")])
def test_what_an_option_is_worth_in_a_merger(price: str, worth: str) -> None:
    assert spread(Decimal(price), Decimal("12.50")) == Decimal(worth)


def test_by_how_much_a_line_changes_and_which_way() -> None:
    assert change(Decimal(700), Decimal(1400)) == (Decimal(700), "A")
    assert change(Decimal(700), Decimal(70)) == (Decimal(630), "D")
    assert net([("A", Decimal(5)), ("D", Decimal(2))]) == Decimal(3)
    assert net([]) == 0
