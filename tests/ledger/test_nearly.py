"""Titles that nearly name one class, as a mistyped title does."""

from __future__ import annotations

import pytest

from form4_author.ledger.title import nearly_same_class

NEARLY = [
    ("Common Stcck", "Common Stock"),
    ("Comon Stock", "Common Stock"),
    ("Commmon Stock, par value $0.01", "COMMON STOCK"),
    ("Comomn Stock", "Common Stock"),
    ("Class A Common Sotck", "Cl. A Common Stock"),
    ("Ordinary Shares", "Ordinary Stock"),
    ("Restrictd Stock Units", "Restricted Stock Units"),
    ("Common Stockx", "Common Stock"),
    ("Xcommon Stock", "Common Stock"),
]
NOT = [
    ("Common Stock", "Common Stock, par value $0.01"),  # one class
    ("Class A Common Stock", "Class B Common Stock"),
    ("Series 1 Preferred Stock", "Series 2 Preferred Stock"),
    ("Series A-1 Preferred Stock", "Series A-2 Preferred Stock"),
    ("Voting Common Stock", "Non-Voting Common Stock"),
    ("Common Stock", "Acme Common Stock"),
    ("Comom Sotck", "Common Stock"),  # two words
    ("Cmmn Stock", "Common Stock"),  # two letters
    ("Cnommo Stock", "Common Stock"),
    ("ABCD Common Stock", "ABCE Common Stock"),
    ("Stocks 20261 Notes", "Stocks 20262 Notes"),
    ("Common Stock", None),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), NEARLY)
def test_a_mistyped_title_is_nearly_the_right_one(one: str, other: str) -> None:
    assert nearly_same_class(one, other)
    assert nearly_same_class(other, one)


@pytest.mark.parametrize(("one", "other"), NOT)
def test_titles_that_are_one_class_or_two(one: str, other: str | None) -> None:
    assert not nearly_same_class(one, other)
    assert not nearly_same_class(other, one)
