"""Running totals: what a line is, and that every accepted way of giving totals is accepted and a slip is found."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form4_author.ledger.breaks import Break, breaks, lines, shortfalls
from form4_author.ledger.line import signed
from form4_author.model.table import EMPTY_NUMBER, Cell, DerivativeRow, NonDerivativeRow, Row

if TYPE_CHECKING:
    from form4_author.findings import Path

_START = date(2026, 10, 5)


def traded(change: int | str, total: int | str, **cells: object) -> NonDerivativeRow:
    amount = Decimal(change)
    facts: dict[str, object] = {
        "security_title": Cell("Common Stock"),
        "transaction_date": Cell(_START),
        "amount": Cell(abs(amount)),
        "acquired_disposed": Cell("A" if amount > 0 else "D"),
        "amount_owned_following": Cell(Decimal(total)),
        "ownership_form": Cell("D"),
        **cells,
    }
    return NonDerivativeRow(kind="transaction", **facts)  # type: ignore[arg-type]  # cells by name


def placed(*rows: Row) -> list[tuple[Path, Row]]:
    return [(("non_derivative", index), row) for index, row in enumerate(rows)]


def found(*rows: Row, joint: bool = False) -> list[Break]:
    return [each for line in lines(placed(*rows), joint=joint) for each in breaks(line)]


def members(*rows: Row) -> list[list[int]]:
    """Which rows each line has, by their numbers."""
    return [[int(e.path[1]) for e in line.entries] for line in lines(placed(*rows))]


@pytest.mark.parametrize(
    ("amount", "letter", "expected"),
    [
        (Cell(Decimal("7007.5")), Cell("A"), Decimal("7007.5")),
        (Cell(Decimal(7007)), Cell("D"), Decimal(-7007)),
        (Cell(Decimal(7007)), Cell(), None),
        (Cell(Decimal(7007)), Cell("S"), None),
        (EMPTY_NUMBER, Cell("A"), None),
    ],
)
def test_signed(amount: Cell[Decimal], letter: Cell[str], expected: Decimal | None) -> None:
    assert signed(NonDerivativeRow(kind="transaction", amount=amount, acquired_disposed=letter)) == expected


def test_a_line_is_class_and_form_and_nature_without_regard_to_case_and_blanks() -> None:
    assert members(
        traded(1, 1),
        traded(1, 2, security_title=Cell(" common  STOCK")),
        traded(1, 3, security_title=Cell("Class B Common Stock")),
        traded(1, 4, ownership_form=Cell("I"), nature_of_ownership=Cell("By Spouse")),
        traded(1, 5, ownership_form=Cell("I"), nature_of_ownership=Cell("By Trust")),
        traded(1, 6, ownership_form=Cell("I"), nature_of_ownership=Cell("by spouse ")),
    ) == [[0, 1], [2], [3, 5], [4]]


def test_a_derivative_line_has_its_price_and_expiration_too() -> None:
    def option(price: str, expires: date | None) -> DerivativeRow:
        return DerivativeRow(
            kind="transaction",
            security_title=Cell("Stock Option"),
            exercise_price=Cell(Decimal(price)),
            expiration_date=Cell(expires),
            amount=Cell(Decimal(10)),
            acquired_disposed=Cell("D"),
            amount_owned_following=Cell(Decimal(90)),
        )

    assert members(
        option("21.50", date(2029, 3, 1)),
        option("21.50", date(2030, 3, 1)),
        option("22.50", date(2029, 3, 1)),
        option("21.5", date(2029, 3, 1)),
        option("21.50", None),
    ) == [[0, 3], [1], [2], [4]]


@pytest.mark.parametrize(
    "row",
    [
        NonDerivativeRow(kind="holding", amount_owned_following=Cell(Decimal(5))),
        traded(1, 2, amount=EMPTY_NUMBER),
        traded(1, 2, amount=Cell(Decimal(0))),
        traded(1, 2, acquired_disposed=Cell()),
        traded(1, 2, amount_owned_following=EMPTY_NUMBER),
        traded(1, 2, amount_owned_following=EMPTY_NUMBER, value_owned_following=Cell(Decimal(5))),
    ],
)
def test_row_without_the_three_figures_is_left_out(row: Row) -> None:
    assert members(row) == []


def test_dollars_are_followed_where_dollars_are_reported() -> None:
    row = DerivativeRow(
        kind="transaction",
        total_value=Cell(Decimal(1000)),
        acquired_disposed=Cell("D"),
        value_owned_following=Cell(Decimal(5000)),
    )
    ((entry,),) = (line.entries for line in lines([(("derivative", 0), row)]))

    assert (entry.before, entry.total_cell, entry.amount_cell) == (
        Decimal(6000),
        "value_owned_following",
        "total_value",
    )


@pytest.mark.parametrize(
    ("total", "rows"),
    [
        pytest.param(100, [[0, 2]], id="left as it was"),
        pytest.param(130, [[0, 1, 2]], id="counted with the shares"),
    ],
)
def test_a_swap_in_table_1_is_of_the_line_only_where_the_form_counts_it(
    total: int, rows: list[list[int]]
) -> None:
    assert members(traded(10, 100), traded(30, total, equity_swap=True), traded(-5, 95)) == rows


def test_break_shows_its_working() -> None:
    (slip,) = found(traded(10000, 239602), traded(-7007, 232959))

    assert slip.entry.path == ("non_derivative", 1)
    assert slip.earlier.path == ("non_derivative", 0)
    assert slip.changes == (Decimal(-7007),)
    assert [int(n) for n in (slip.earlier.total, slip.change, slip.expected)] == [239602, -7007, 232595]


def test_slip_is_reported_once_though_later_rows_go_on_from_the_right_total() -> None:
    slips = found(traded(100, 1100), traded(-40, 1006), traded(-10, 1050), traded(-5, 1045))

    assert [(s.entry.path[1], int(s.expected)) for s in slips] == [(1, 1060)]


def test_slip_is_reported_once_though_later_rows_go_on_from_it() -> None:
    slips = found(traded(100, 1100), traded(-40, 1006), traded(-10, 996), traded(-5, 991))

    assert [(s.entry.path[1], int(s.expected)) for s in slips] == [(1, 1060)]


def test_total_is_followed_from_once() -> None:
    slips = found(traded(100, 1100), traded(-40, 1060), traded(-10, 1090))

    assert [(s.entry.path[1], s.earlier.path[1], int(s.expected)) for s in slips] == [(2, 1, 1050)]


def test_total_of_another_account_is_not_this_ones() -> None:
    one, other = Cell("Common Stock", ("F1",)), Cell("Common Stock", ("F2",))
    slips = found(
        traded(-10, 5000, security_title=one),
        traded(-20, 3824, security_title=other),
        traded(-5, 3824, security_title=one),
    )

    assert [(s.entry.path[1], s.earlier.path[1], int(s.expected)) for s in slips] == [(2, 0, 4995)]


def test_joint_filing_takes_a_far_total_for_another_holder() -> None:
    rows = (traded(12525, 223761), traded(-1828, 21993))

    assert found(*rows, joint=True) == []
    assert [s.expected for s in found(*rows)] == [221933]


@pytest.mark.parametrize(
    ("total", "reported"),
    [(Decimal("1049.0001"), False), (1051, False), ("1051.0001", True), ("1048.9999", True)],
)
def test_difference_up_to_one_share_is_rounding(total: int | str, reported: bool) -> None:
    assert bool(found(traded(100, 1100), traded(-50, total))) is reported


def test_shortfall_is_an_acquisition_larger_than_the_total() -> None:
    (line,) = lines(placed(traded(1000, 500)))

    assert [entry.total for entry in shortfalls(line)] == [500]


@pytest.mark.parametrize(
    "rows",
    [
        (traded(1000, 1000),),
        (traded(1000, 999),),
        (traded(1000, 500, amount_owned_following=Cell(Decimal(500), ("F1",))),),
        (traded(1000, 500), traded(-600, 500)),
        (traded(1000, 500), traded(-600, 500), traded(100, 600)),
        (traded(-1000, 500),),
    ],
)
def test_no_shortfall(rows: tuple[Row, ...]) -> None:
    (line,) = lines(placed(*rows))

    assert list(shortfalls(line)) == []


# ---- any account

_CHANGES = st.lists(
    st.integers(1, 10**6).flatmap(lambda n: st.sampled_from([n, -n])), min_size=2, max_size=12
)


def running(changes: list[int], *, days: bool = True) -> list[NonDerivativeRow]:
    """An account that begins with enough and gives the total after each row, a day each or all on one day."""
    totals = list(accumulate(changes, initial=20 * 10**6))[1:]
    return [
        traded(change, total, transaction_date=Cell(_START + timedelta(days=place if days else 0)))
        for place, (change, total) in enumerate(zip(changes, totals, strict=True))
    ]


@given(_CHANGES, st.booleans())
def test_running_totals_never_break(changes: list[int], days: bool) -> None:
    assert found(*running(changes, days=days)) == []


@given(_CHANGES)
def test_newest_first_never_breaks(changes: list[int]) -> None:
    assert found(*reversed(running(changes))) == []


@given(_CHANGES)
def test_one_final_total_never_breaks(changes: list[int]) -> None:
    assert found(*(traded(change, 20 * 10**6) for change in changes)) == []


@given(_CHANGES, _CHANGES)
def test_accounts_told_apart_by_footnotes_never_break(first: list[int], second: list[int]) -> None:
    other = [
        traded(c, t, security_title=Cell("Common Stock", ("F1",)))
        for c, t in zip(second, list(accumulate(second, initial=70 * 10**6))[1:], strict=True)
    ]

    assert found(*running(first, days=False), *other) == []


@given(_CHANGES.filter(lambda changes: len(changes) > 2), st.data())
def test_slip_between_two_rows_is_found(changes: list[int], data: st.DataObject) -> None:
    rows = running(changes)
    at = data.draw(st.integers(1, len(rows) - 1))
    # Far from every other total, so that no row can seem to go on from it.
    slipped = traded(changes[at], 99 * 10**6, transaction_date=rows[at].transaction_date)
    rows[at] = slipped

    assert [s.entry.path[1] for s in found(*rows)] == [at]
    assert [s.expected for s in found(*rows)] == [sum(changes[: at + 1]) + 20 * 10**6]
