"""A line: what tells it from others, its name, its order, and what a row says of it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form4_author.ledger.line import DOLLARS, LineKey, by_letter, line_key, line_words, signed, total_of
from form4_author.model.table import Cell, DerivativeRow, NonDerivativeRow
from tests.ledger.accounts import NOTES, filing, key, option, share, units

OPTION: Final = LineKey(
    table="derivative",
    title="stock option",
    form="D",
    price=Decimal("12.50"),
    expiration=date(2031, 5, 1),
    terms=("2027-03-02", ""),
)

# ---- which rows are of one line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(share("1", "9"), share("-2", "7", transaction_code="F"), id="another transaction"),
        pytest.param(share("1", "9"), share("1", "9", security_title=" common  STOCK"), id="case and spaces"),
        pytest.param(share("1", "9"), share("1", "9", security_title="Common Stock, $0.01 par value"), id="par value"),
        pytest.param(
            share("1", "9", nature_of_ownership="By  Trust"), share("1", "9", nature_of_ownership="by trust"), id="nature",
        ),
        pytest.param(option("1", "9"), option("1", "9", exercise_price="30.00"), id="digits of a price"),
        pytest.param(option("1", "9"), option("1", "9", underlying_title="Class B"), id="what underlies"),
        pytest.param(units("1", "9"), units("1", "9", date_exercisable={"footnotes": ["F1"]}), id="a footnote"),
    ],
)  # fmt: skip
def test_rows_of_one_line(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert key(one) == key(other)
    assert str(key(one)) == str(key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(share("1", "9"), option("1", "9", security_title="Common Stock"), id="tables"),
        pytest.param(share("1", "9"), share("1", "9", security_title="Class B Common Stock"), id="classes"),
        pytest.param(share("1", "9"), share("1", "9", ownership_form="I"), id="direct and indirect"),
        pytest.param(share("1", "9"), share("1", "9", nature_of_ownership="401(k)"), id="natures"),
        pytest.param(share("1", "9"), share("1", None, value_owned_following="9"), id="shares and dollars"),
        pytest.param(option("1", "9"), option("1", "9", exercise_price="3"), id="prices"),
        pytest.param(units("1", "9"), units("1", "9", exercise_price=None), id="a price of nothing and none"),
        pytest.param(option("1", "9"), option("1", "9", expiration_date="2037-03-01"), id="expiration dates"),
        pytest.param(option("1", "9"), option("1", "9", expiration_date=None), id="no expiration date"),
        pytest.param(
            option("1", "9", expiration_date=None), option("1", "9", expiration_date={"footnotes": ["F3"]}),
            id="expiration in a footnote",
        ),
        pytest.param(option("1", "9"), option("1", "9", date_exercisable="2028-03-02"), id="exercise dates"),
        pytest.param(units("1", "9"), units("1", "9", "F2"), id="footnotes"),
        pytest.param(
            share("1", "9", security_title="Unit | Class A"), share("1", "9", security_title="Unit | Class B"), id="halves",
        ),
    ],
)  # fmt: skip
def test_rows_of_two_lines(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert key(one) != key(other)
    assert str(key(one)) != str(key(other))


def test_awards_that_differ_in_terms_only_share_their_series() -> None:
    first, second = key(units("1", "9")), key(units("1", "9", "F2"))

    assert first.series == second.series == replace(first, terms=("", ""))
    assert first.series.series == first.series


def test_an_unknown_footnote_is_no_words() -> None:
    row = filing(units("1", "9", "F1")).derivative[0]

    assert line_key("derivative", row, NOTES).terms == ("the units vest each march 1.", "")
    assert line_key("derivative", row).terms == ("", "")


def test_the_unit_may_be_named() -> None:
    row = filing(share("1", "9")).non_derivative[0]

    assert line_key("non_derivative", row, unit=DOLLARS).unit == DOLLARS


# ---- the name of a line


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (LineKey(table="non_derivative", title=""), "I"),
        (LineKey(table="non_derivative", title="common stock", form="D"), "I / common stock / D"),
        (
            LineKey(table="non_derivative", title="common stock", form="I", nature="by trust"),
            "I / common stock / I / by trust",
        ),
        (OPTION, "II / stock option / D /  / 12.5 / 2031-05-01 / 2027-03-02"),
        (replace(OPTION, price=Decimal(30)), "II / stock option / D /  / 30 / 2031-05-01 / 2027-03-02"),
        (replace(OPTION, expiration=None), "II / stock option / D /  / 12.5 /  / 2027-03-02"),
        (replace(OPTION, price=None, expiration=None, terms=("", "")), "II / stock option / D"),
        (replace(OPTION, unit=DOLLARS), "II / stock option / D /  / 12.5 / 2031-05-01 / 2027-03-02 /  / dollars"),
        (replace(OPTION, title="option | tranche a"), "II / option | tranche a / D /  / 12.5 / 2031-05-01 / 2027-03-02"),
        (LineKey(table="non_derivative", title="unit", nature="u/a dtd"), "I / unit /  / u//a dtd"),
    ],
)  # fmt: skip
def test_the_name_of_a_line(line: LineKey, name: str) -> None:
    assert str(line) == name


def test_a_row_of_nothing_is_of_a_line_without_a_name() -> None:
    assert str(line_key("derivative", DerivativeRow(kind="holding"))) == "II"


PARTS: Final = st.sampled_from(["", "a", "a / b", "a /", "/", "//", "b", " | ", "dollars"])
KEYS: Final = st.builds(
    LineKey,
    table=st.sampled_from(["non_derivative", "derivative"]),
    title=PARTS,
    form=st.sampled_from(["", "D", "I"]),
    nature=PARTS,
    price=st.none() | st.sampled_from(["0", "3", "30", "30.00", "0.10"]).map(Decimal),
    expiration=st.none() | st.just(date(2031, 5, 1)),
    terms=st.tuples(PARTS, PARTS),
    unit=st.sampled_from(["shares", "dollars"]),
)


@given(KEYS, KEYS)
def test_lines_have_one_name_only_when_they_are_one(one: LineKey, other: LineKey) -> None:
    assert (str(one) == str(other)) is (one == other)
    assert "None" not in str(one)
    assert "E+" not in str(one)


@given(KEYS, KEYS)
def test_of_two_lines_one_is_first(one: LineKey, other: LineKey) -> None:
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) is not (one > other)


# ---- order


def test_lines_are_ordered_by_table_then_title_and_what_is_absent_is_first() -> None:
    ordered = [
        LineKey(table="non_derivative", title="common stock", form="D"),
        LineKey(table="non_derivative", title="common stock", form="I", nature="by spouse"),
        LineKey(table="non_derivative", title="common stock", form="I", nature="by trust"),
        LineKey(table="derivative", title="a warrant"),
        replace(OPTION, price=None),
        replace(OPTION, price=Decimal(0), expiration=None),
        replace(OPTION, price=Decimal(9), expiration=None),
        replace(OPTION, price=Decimal(9)),
        OPTION,
        replace(OPTION, terms=("2028-03-02", "")),
    ]

    assert sorted([*ordered[5:], *ordered[:5]]) == ordered
    assert [one < other for one, other in pairwise(ordered)] == [True] * (len(ordered) - 1)
    assert replace(OPTION, price=None) < replace(OPTION, price=Decimal(0))


def test_a_line_has_no_order_beside_anything_else() -> None:
    with pytest.raises(TypeError, match="'<' not supported between instances of 'LineKey' and 'str'"):
        assert OPTION < "II / stock option"


def test_a_line_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        OPTION.title = "warrant"  # type: ignore[misc]  # that is the mistake


# ---- what a row says of its line


@pytest.mark.parametrize(
    ("cells", "total", "unit"),
    [
        ({"amount_owned_following": "9"}, "9", "shares"),
        ({"value_owned_following": "25.50"}, "25.50", "dollars"),
        ({"amount_owned_following": "9", "value_owned_following": "25.50"}, "9", "shares"),
        ({}, None, "shares"),
    ],
)
def test_a_total_is_shares_unless_only_dollars_are_given(
    cells: dict[str, str], total: str | None, unit: str
) -> None:
    row = NonDerivativeRow(kind="holding", **{name: Cell(Decimal(text)) for name, text in cells.items()})  # type: ignore[arg-type]  # cells by name

    assert total_of(row) == (Cell(None if total is None else Decimal(total)), unit)


def test_dollars_are_moved_by_dollars_and_in_table_2_only() -> None:
    note = filing(option("5", None, amount=None, total_value="500", value_owned_following="900")).derivative[
        0
    ]
    stock = filing(share("5", None, value_owned_following="900")).non_derivative[0]

    assert (signed(note, DOLLARS), by_letter(note, DOLLARS), signed(note)) == (
        Decimal(500),
        Decimal(500),
        None,
    )
    assert (signed(stock, DOLLARS), by_letter(stock, DOLLARS), signed(stock)) == (None, None, Decimal(5))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (share("1", "9"), "Common Stock, direct"),
        (share("1", "9", ownership_form="I", nature_of_ownership="By Trust"), "Common Stock, By Trust"),
        (share("1", "9", ownership_form="I"), "Common Stock, indirect"),
        (option("1", "9", exercise_price="12.50"), "Stock Option, direct, at 12.50, to 2036-03-01"),
        (option("1", "9", exercise_price=None), "Stock Option, direct, to 2036-03-01"),
        (option("1", "9", expiration_date=None), "Stock Option, direct, at 30"),
    ],
)
def test_the_words_of_a_line(row: dict[str, Any], words: str) -> None:
    made = filing(row)

    assert [line_words(each) for _, each in made.rows()] == [words]
