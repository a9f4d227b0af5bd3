"""Prices in other currencies: how they are written, and what they are in US dollars."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.codes import currencies
from form4_author.ledger.foreign_price import ForeignPrice, foreign_price


@pytest.mark.parametrize(
    ("typed", "code", "number"),
    [
        ("\u00a34.12", "GBP", "4.12"), ("EUR 4,12", "EUR", "4.12"), ("4,12 EUR", "EUR", "4.12"), ("eur4.12", "EUR", "4.12"),
        ("4.12\u20ac", "EUR", "4.12"), ("4.12 euros", "EUR", "4.12"), ("4.12 pounds", "GBP", "4.12"),
        ("4.12 pounds sterling", "GBP", "4.12"), ("CHF 1'234.50", "CHF", "1234.50"), ("EUR 1.234,50", "EUR", "1234.50"),
        ("GBP 1,234.50", "GBP", "1234.50"), ("JPY 1,234", "JPY", "1234"), ("\u00a51234", "JPY", "1234"),
        ("C$12.50", "CAD", "12.50"), ("HK$ 88", "HKD", "88"), ("A$.50", "AUD", "0.50"), ("Swiss Francs 5", "CHF", "5"),
        ("INR 1,23,456", "INR", "123456"), ("SEK 1.234.567", "SEK", "1234567"), ("GBP 0.1234", "GBP", "0.1234"),
        ("EUR 1.234", "EUR", "1.234"), (" \u00a3 4.12 ", "GBP", "4.12"), ("4 Can. dollars", None, None),
    ],
)  # fmt: skip
def test_a_price_in_another_currency(typed: str, code: str | None, number: str | None) -> None:
    assert foreign_price(typed) == (
        None if code is None or number is None else ForeignPrice(code, Decimal(number))
    )


@pytest.mark.parametrize(
    "typed",
    ["4.12", "$4.12", "USD 4.12", "4.12 dollars", "1.2k", "300+150", "N/A", "See footnote 3", "", "EUR", "\u00a3", "ABC 5",
     "EUR 1.2.3", "EUR " + "9" * 30, "EUR " + "9" * 100, "Nov 18", "4.12 per share", "EUR 1,2,3"],
)  # fmt: skip
def test_any_other_text_is_no_such_price(typed: str) -> None:
    assert foreign_price(typed) is None


def test_the_currencies_of_the_table_are_those_of_iso_4217_but_the_dollar() -> None:
    listed = currencies()

    assert len(listed) == 158
    assert "USD" not in listed
    assert {"GBP", "EUR", "CAD", "JPY", "CHF", "CNY", "INR", "ILS"} <= set(listed)
    for code in listed:
        assert foreign_price(f"{code} 4.12") == ForeignPrice(code, Decimal("4.12"))
    names = [word for each in listed.values() for word in each.also]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("number", "rate", "price"),
    [
        ("4.12", "1.27", "5.2324"),
        ("1", "0.00005", "0.0001"),
        ("3", "0.33335", "1.0001"),
        ("100", "1", "100.0000"),
    ],
)
def test_the_price_has_the_four_decimals_of_the_form_halves_up(number: str, rate: str, price: str) -> None:
    assert str(ForeignPrice("GBP", Decimal(number)).in_dollars(Decimal(rate))) == price


@pytest.mark.parametrize(
    ("number", "rate"), [("4.12", "0"), ("4.12", "-1"), ("1", "1000000000000"), ("4.12", "999999999999")]
)
def test_a_rate_at_which_a_form_takes_no_price(number: str, rate: str) -> None:
    assert ForeignPrice("GBP", Decimal(number)).in_dollars(Decimal(rate)) is None


def test_a_price_as_it_is_said() -> None:
    assert str(ForeignPrice("EUR", Decimal("1234.50"))) == "EUR 1,234.5"
