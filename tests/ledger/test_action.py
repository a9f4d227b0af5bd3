"""Corporate actions: what numbers, prices and terms become, and what preserves the value of an award."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from form4_author.ledger.action import (
    Move,
    Part,
    Ratio,
    agrees_in_value,
    balances_after,
    begins_at,
    changes_by,
    is_rounded,
    is_same_action,
    mentions_adjustment,
    part_of,
    restated_cells,
    taken_out,
)
from form4_author.ledger.balance import Fractions
from form4_author.ledger.closing import Closing, closing, rows_of
from form4_author.ledger.line import LineKey
from form4_author.model.table import NonDerivativeRow
from form4_author.wire.filing import filing_from

TWO = Ratio(Decimal(2), Decimal(1))
OPTION = {
    "table": "derivative", "security_title": "Stock Option (Right to Buy)", "exercise_price": "12.50", "each": "1",
    "underlying_title": "Common Stock",
}  # fmt: skip
NOTE = {
    "table": "derivative", "security_title": "Convertible Preferred Stock", "exercise_price": "20", "each": "5",
    "underlying_title": "Common Stock",
}  # fmt: skip
SHARES = {"table": "non_derivative", "security_title": "Common Stock"}


@pytest.mark.parametrize(
    ("fractions", "shares", "left"),
    [("held", "7501.5", "0.5"), ("cash", "7501", "0.5"), ("up", "7502", "0.5")],
)
def test_fractions_are_kept_paid_or_rounded_up(fractions: str, shares: str, left: str) -> None:
    ratio = Ratio(Decimal(3), Decimal(2), Fractions(fractions))

    assert ratio.words == "3-for-2"
    assert f"{ratio.shares(Decimal(5001)):f}" == shares
    assert f"{ratio.fraction(Decimal(5001)):f}" == left
    assert f"{ratio.shares(Decimal(5000)):f}" == "7500"
    assert ratio.fraction(Decimal(5000)) == 0


def test_a_line_that_held_fractions_goes_on_with_them() -> None:
    ratio = Ratio(Decimal(3), Decimal(2), Fractions.CASH)

    assert f"{ratio.shares(Decimal('100.25')):f}" == "150.375"
    assert ratio.fraction(Decimal("100.25")) == 0


def test_an_adjusted_price_is_to_the_cent() -> None:
    ratio = Ratio(Decimal(1083), Decimal(1000))

    assert restated_cells(OPTION, Part.AWARD, ratio)["exercise_price"] == "11.542"
    assert restated_cells(OPTION, Part.AWARD, ratio, to_cent=True)["exercise_price"] == "11.54"


def test_balances_follow_totals_changes_and_ratios() -> None:
    moves = [
        Move(change=Decimal("12.5")),
        Move(total=Decimal(1000)),
        Move(change=Decimal(-1)),
        Move(ratio=TWO),
        Move(),
        Move(ratio=Ratio(Decimal(0), Decimal(1))),
    ]

    assert [f"{held:f}" for held in balances_after(moves)] == ["12.5", "1000", "999", "1998", "1998", "0"]
    assert list(balances_after([])) == []


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        (SHARES, Part.CLASS),
        (OPTION, Part.AWARD),
        (NOTE, Part.CONVERTIBLE),
        ({**NOTE, "security_title": "common shares"}, Part.CLASS),
        ({**SHARES, "security_title": "Class A Common Stock"}, None),
        ({**OPTION, "underlying_title": "Class A Common Stock"}, None),
        ({**SHARES, "security_title": "Restricted Stock Units", "underlying_title": "Common Stock"}, None),
    ],
)
def test_how_a_line_takes_part(cells: dict[str, Any], part: Part | None) -> None:
    assert part_of(cells, "Common Stock") is part


@pytest.mark.parametrize(
    ("cells", "part", "changed"),
    [
        (SHARES, Part.CLASS, {}),
        (OPTION, Part.AWARD, {"exercise_price": "6.25"}),
        ({**OPTION, "exercise_price": "9.99"}, Part.AWARD, {"exercise_price": "4.995"}),
        (NOTE, Part.CONVERTIBLE, {"exercise_price": "10", "each": "10"}),
        ({**SHARES, "each": "3"}, Part.CLASS, {"each": "1.5"}),
        ({"table": "derivative"}, Part.CONVERTIBLE, {}),
    ],
)
def test_the_terms_after_a_split(cells: dict[str, Any], part: Part, changed: dict[str, str]) -> None:
    assert restated_cells(cells, part, TWO) == {**cells, **changed}


@pytest.mark.parametrize(
    ("held", "price", "begins", "at", "agrees"),
    [
        ("1000", "12.50", "1083", "11.54", True),
        ("1000", "12.50", "1000", "12.625", True),
        ("1000", "12.50", "1000", "12.626", False),
        ("1000", "12.50", "1000", "12.375", True),
        ("1000", "12.50", "1000", "12.374", False),
        ("0", "12.50", "0", "11.54", False),
    ],
)
def test_number_times_price_is_preserved_within_one_percent(
    held: str, price: str, begins: str, at: str, *, agrees: bool
) -> None:
    assert agrees_in_value(Decimal(held), Decimal(price), Decimal(begins), Decimal(at)) is agrees


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Adjusted to reflect the\nspin-off of NewCo.", True),
        ("The exercise price was equitably adjusted.", True),
        ("Reflects a 2-for-1 stock split on May 1, 2026.", True),
        ("The number was adjusted for the special cash dividend paid in June.", True),
        ("The option vests in four installments.", False),
        ("The number is subject to adjustment for performance.", False),
        ("Acquired in the spin-off of NewCo.", False),
        ("", False),
    ],
)
def test_footnotes_that_speak_of_an_adjustment(text: str, *, speaks: bool) -> None:
    assert mentions_adjustment(text) is speaks


def test_what_each_move_adds() -> None:
    moves = [Move(total=Decimal(1000)), Move(ratio=TWO), Move(change=Decimal(-5))]

    assert [(f"{added:f}", f"{held:f}") for added, held in changes_by(moves)] == [
        ("1000", "1000"),
        ("1000", "2000"),
        ("-5", "1995"),
    ]
    assert taken_out(Decimal(-500), Decimal(500)) == -1000


@pytest.mark.parametrize(
    ("before", "certain", "begins"),
    [("1000", True, "1083"), ("1082", True, None), ("1081.9", True, "1083"), ("1000", False, None)],
)
def test_where_a_form_begins_elsewhere(before: str, begins: str | None, *, certain: bool) -> None:
    key, row = LineKey(table="non_derivative", title="common stock"), NonDerivativeRow(kind="transaction")
    end = Closing(key, 0, row, Decimal(783), Decimal(-300), certain, (Decimal(783),))

    assert begins_at(end, Decimal(before)) == (None if begins is None else Decimal(begins))


@pytest.mark.parametrize(
    ("one", "other", "rounded"),
    [
        ("11.54", "11.55", True),
        ("11.55", "11.54", True),
        ("11.54", "11.551", False),
        (None, "1", False),
        ("1", None, False),
    ],
)
def test_prices_that_are_one_to_the_cent(one: str | None, other: str | None, *, rounded: bool) -> None:
    prices = (None if price is None else Decimal(price) for price in (one, other))

    assert is_rounded(*prices) is rounded


def _shares(title: str, amount: str, total: str | None) -> dict[str, Any]:
    after = {} if total is None else {"amount_owned_following": total}
    return {
        "kind": "transaction", "security_title": title, "transaction_date": "2026-03-02", "amount": amount,
        "acquired_disposed": "A", "ownership_form": "D", **after,
    }  # fmt: skip


def _units(exercisable: str, amount: str, total: str) -> dict[str, Any]:
    return {**_shares("Restricted Stock Units", amount, total), "date_exercisable": exercisable}


@pytest.mark.parametrize(
    ("table", "rows", "places"),
    [
        (
            "non_derivative",
            [
                _shares("Common Stock", "5", "105"),
                _shares("Common Stock", "5", "110"),
                _shares("Bonds", "1", "1"),
            ],
            [[0, 1], [2]],
        ),
        ("non_derivative", [_shares("Common Stock", "5", None), _shares("Common Stock", "5", "110")], [[1]]),
        (
            "non_derivative",
            [_shares("Common Stock", "5", "105"), _shares("Common Shares", "7", "907")],
            [[0], [1]],
        ),
        ("derivative", [_units("2027-01-01", "5", "105"), _units("2028-01-01", "7", "112")], [[0, 1]]),
        ("derivative", [_units("2027-01-01", "5", "105"), _units("2028-01-01", "7", "7")], [[0], [1]]),
    ],
    ids=["one line", "without a total", "two spellings", "running", "two awards"],
)
def test_the_rows_of_a_closing_total(table: str, rows: list[dict[str, Any]], places: list[list[int]]) -> None:
    filing = filing_from({"form": "4", table: rows})[0]

    assert [[row.place for row in rows_of(filing, end)] for end in closing(filing)] == places


OCTOBER = date(2026, 10, 15)


@pytest.mark.parametrize(
    ("told", "day", "stated", "same"),
    [
        ("2:1", OCTOBER, True, True),
        ("4:2", OCTOBER, True, True),
        ("105:100", OCTOBER, True, False),
        ("2.002:1", OCTOBER, True, True),  # a part in a thousand
        ("2.0021:1", OCTOBER, True, False),
        ("1.998:1", OCTOBER, True, False),  # more than that of the smaller
        ("1:2", OCTOBER, True, False),
        ("2:1", date(2026, 10, 25), True, True),
        ("2:1", date(2026, 10, 26), True, False),
        ("2:1", date(2026, 10, 5), False, True),
        ("2:1", date(2026, 10, 4), False, False),
        ("2:1", None, False, True),
        ("2:1", None, True, False),  # a form has stated a total since: it is another
    ],
)
def test_an_action_is_the_one_on_record_by_ratio_and_day(
    told: str, day: date | None, stated: bool, same: bool
) -> None:
    new, old = told.split(":")

    recorded = Ratio(Decimal(2), Decimal(1)), OCTOBER
    assert is_same_action((Ratio(Decimal(new), Decimal(old)), day), recorded, stated=stated) is same
