"""Amounts, dates and flags: what is taken, what is refused, and that nothing is lost on the way back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_number
from form4_author.text import (
    DECIMALS,
    LARGEST_AMOUNT,
    ZonedDate,
    amount,
    amount_text,
    amount_typed,
    day,
    day_text,
    dollars,
    flag,
    grouped,
    is_whole,
    trimmed,
    unfit_character,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def problem(call: Callable[[Any], object], text: object) -> str:
    with pytest.raises(MalformedValue) as refused:
        call(text)
    return refused.value.problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("7007", "7007"),
        (" 120.34\n", "120.34"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        ("-5", "-5"),
        ("999999999999.9999", "999999999999.9999"),
    ],
)
def test_amount(text: str, value: str) -> None:
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", " ", ".", "1,000", "$5", "1e3", "1E3", "NaN", "Infinity", "1_000", "٣", "1 000", "5%"]
)
def test_text_that_is_no_amount(text: str) -> None:
    assert problem(amount, text) == f'"{text}" is not a number such as 1000 or 120.34'


@pytest.mark.parametrize(("value", "name"), [(5.0, "float"), (5, "int"), (None, "NoneType")])
def test_amount_that_is_not_text_is_refused(value: object, name: str) -> None:
    assert problem(amount, value) == f"an amount must be text, not {name}: {value!r}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("120.3400", "120.3400"),
        ("120.340000", "120.3400"),
        ("0.00010", "0.0001"),
        ("0.00001", "0.00001"),
        ("1E+3", "1000"),
        ("5", "5"),
    ],
)
def test_amount_text(value: str, text: str) -> None:
    assert amount_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("232595", "232,595"),
        ("1010.50", "1,010.5"),
        ("1000.0000", "1,000"),
        ("0", "0"),
        ("999", "999"),
        ("1E+6", "1,000,000"),
        ("-1234", "-1,234"),
    ],
)
def test_grouped(value: str, text: str) -> None:
    assert grouped(Decimal(value)) == text


def test_bounds_are_the_specifications() -> None:
    assert (Decimal("999999999999.9999"), 4) == (LARGEST_AMOUNT, DECIMALS)


@settings(derandomize=True, database=None, deadline=None)
@given(st.integers(0, 10**16 - 1), st.integers(0, 4))
def test_amount_survives_its_text(digits: int, decimals: int) -> None:
    value = Decimal(digits).scaleb(-decimals)

    assert amount(amount_text(value)) == value
    assert amount_text(amount(amount_text(value))) == amount_text(value)


@pytest.mark.parametrize("text", ["2024-11-01", " 2024-11-01\t"])
def test_day(text: str) -> None:
    assert day(text) == date(2024, 11, 1)
    assert not isinstance(day(text), ZonedDate)


@pytest.mark.parametrize("zone", ["Z", "-05:00", "+14:00"])
def test_day_with_a_time_zone_equals_the_day_and_keeps_the_zone(zone: str) -> None:
    zoned = day(f"2023-06-29{zone}")

    assert zoned == date(2023, 6, 29)
    assert hash(zoned) == hash(date(2023, 6, 29))
    assert cast("ZonedDate", zoned).zone == zone
    assert day_text(zoned) == f"2023-06-29{zone}"
    assert str(zoned) == "2023-06-29"


@pytest.mark.parametrize(
    "text", ["", "11/01/2024", "2024-1-1", "20241101", "2024-11-01T00:00:00", "2024-11-01-5", "02024-11-01"]
)
def test_text_that_is_no_day(text: str) -> None:
    assert problem(day, text) == f'"{text}" is not a date of the form YYYY-MM-DD'


@pytest.mark.parametrize("text", ["2024-02-30", "2023-02-29", "2024-13-01", "0000-01-01"])
def test_day_that_the_calendar_does_not_have(text: str) -> None:
    assert problem(day, text) == f'"{text}" is not a calendar date'


def test_day_text() -> None:
    assert day_text(date(2024, 11, 1)) == "2024-11-01"


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), (" 0 ", False), ("false\n", False)])
def test_flag(text: str, value: bool) -> None:
    assert flag(text) is value


@pytest.mark.parametrize("text", ["", "yes", "True", "TRUE", "10", "2"])
def test_text_that_is_no_flag(text: str) -> None:
    assert problem(flag, text) == f'"{text}" is not a check box value: 1, true, 0 or false'


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1f", "\x7f", "\ud800", "\ufffe", "\uffff"])
def test_character_that_xml_does_not_have(character: str) -> None:
    assert unfit_character(f"a{character}b\0") == character


@pytest.mark.parametrize("text", ["", "a\tb\r\n", "~", "\x80é", "퟿", "�", "𝄞", "\U0010ffff"])
def test_characters_that_xml_has(text: str) -> None:
    assert unfit_character(text) is None


@pytest.mark.parametrize("text", ["0001107843-26-000123", "000110784326000123", " 0001107843-26000123\n"])
def test_an_accession_number_has_its_hyphens(text: str) -> None:
    assert accession_number(text) == "0001107843-26-000123"


@pytest.mark.parametrize(
    "text", ["", "0001107843-26-00012", "0001107843 26 000123", "١١١٠٧٨٤٣-26-000123", "x"]
)
def test_other_texts_are_no_accession_number(text: str) -> None:
    with pytest.raises(MalformedValue) as refused:
        accession_number(text)
    assert (
        str(refused.value)
        == f'"{text}" is not an accession number such as 0001107843-26-000123. Correct the value.'
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Thakar Sumedh S", "Thakar Sumedh S"),
        ("\u00c5ngstr\u00f6m \u5c71\u7530 \u05d3\u05d5\u05d3 \u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \U0001f600", None),
        ("a\x1b[2Jb\x07", "a\\u001b[2Jb\\u0007"),
        ("a\x00\x7f\x85\x9b31m", "a\\u0000\\u007f\\u0085\\u009b31m"),
        ("a\u202e\u2066\u2069\u200e\u200f\u061c", "a\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("a\nb\rc\td", "a\\nb\\rc\\td"),
    ],
)  # fmt: skip
def test_what_would_steer_a_terminal_is_shown(text: str, shown: str | None) -> None:
    assert visible(text) == (text if shown is None else shown)


def test_a_page_keeps_the_ends_of_its_lines() -> None:
    assert visible("a\n\tb\r\x1b\n", kept="\n\t") == "a\n\tb\\r\\u001b\n"


def test_what_is_shown_is_the_same_text_in_json() -> None:
    every = "".join(map(chr, range(0xD800))) + "\U0001f600"

    written = visible(json.dumps({every: [every]}, ensure_ascii=False, indent=1), kept="\n\t")
    assert json.loads(written) == {every: [every]}
    assert visible(written, kept="\n") == written


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,200", "1200"),
        (" 1.2k", "1200"),
        ("1.2345k", "1234.5000"),
        ("2M", "2000000"),
        ("$120.34", "120.34"),
        (".5", "0.5"),
        ("300+150", "450"),
        ("239,602 \u2212 7,007", "232595"),
        ("5-5", "0"),
        ("1" * 20, "1" * 20),
    ],
)
def test_a_number_as_it_is_typed(typed: str, number: str) -> None:
    assert amount_text(amount_typed(typed)) == number


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("12,00", '"12,00" is not a number; type 1,200 or 1.2k or $120.34, or a sum such as 300+150'),
        ("", '"" is not a number; type 1,200 or 1.2k or $120.34, or a sum such as 300+150'),
        ("1" * 21, f'"{"1" * 21}" has more digits than any number on the form'),
        ("5-5.01", '"5-5.01" is less than zero'),
    ],
)
def test_what_is_typed_and_is_no_number(typed: str, message: str) -> None:
    assert problem(amount_typed, typed) == message


@pytest.mark.parametrize(
    ("value", "plain", "money", "whole"),
    [
        ("120.3400", "120.34", "120.34", False),
        ("1200", "1200", "1,200.00", True),
        ("1200.00", "1200", "1,200.00", True),
        ("0.5", "0.5", "0.50", False),
        ("1000.125", "1000.125", "1,000.125", False),
        ("-0.0", "0", "-0.00", True),
    ],
)
def test_a_number_without_zeros_and_as_money(value: str, plain: str, money: str, whole: bool) -> None:
    number = Decimal(value)

    assert (trimmed(number), dollars(number), is_whole(number)) == (plain, money, whole)
