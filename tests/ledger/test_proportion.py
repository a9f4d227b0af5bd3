"""What goes with a number, and how many for each: exact to the form's four decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.ledger.balance import in_proportion, ratio


@pytest.mark.parametrize(
    ("number", "of", "whole", "found"),
    [
        ("5000", "20000", "10000", "10000"),
        ("3", "1", "4", "0.75"),
        ("0", "5", "10", "0"),
        ("7", "10", "10", "7"),
    ],
)
def test_what_goes_with_a_number(number: str, of: str, whole: str, found: str) -> None:
    assert f"{in_proportion(Decimal(number), Decimal(of), Decimal(whole)):f}" == found


@pytest.mark.parametrize(
    ("came", "given", "found"),
    [
        ("1000", "1000", "1"),
        ("12500", "100", "125"),
        ("1.0001", "1", "1.0001"),
        ("1.00001", "1", None),
        ("100", "3", None),
        ("0", "3", "0"),
    ],
)
def test_how_many_came_for_each(came: str, given: str, found: str | None) -> None:
    each = ratio(Decimal(came), Decimal(given))

    assert (None if each is None else f"{each:f}") == found
