"""By how much a row changes its line: what is held goes by the letter, what is owed by the code."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest

from form4_author.codes import transaction_codes
from form4_author.ledger.line import by_letter, signed
from form4_author.model.table import Cell, DerivativeRow, NonDerivativeRow

TABLE: Final = """
code  right-A right-D obligation-A obligation-D
P     +       -       -            -
S     +       -       +            +
A     +       -       +            -
D     +       -       +            -
F     +       -       +            -
I     +       -       +            -
M     +       -       +            -
C     +       -       -            -
E     +       -       -            -
H     +       -       +            -
O     +       -       -            -
X     +       -       -            -
G     +       -       +            -
L     +       -       +            -
W     +       -       +            -
Z     +       -       +            -
J     +       -       +            -
U     +       -       +            -
V     +       -       +            -
K     +       -       +            -
none  +       -       +            -
"""
"""What a row of Table II adds to its line (+) or takes away (-), by code, security and letter; V and K are not codes
of the forms. An equity swap changes nothing here.
"""
RIGHTS: Final = (
    "Stock Option (Right to Buy)",
    "Put Option (Right to Sell)",
    "Restricted Stock Units",
    "Equity Swap",
)
OBLIGATIONS: Final = (
    "Call Option (Obligation to Sell)", "Put Option (obligation to buy)", "Equity Swap (short)", "Short Put",
)  # fmt: skip
SIGNS: Final = {"+": Decimal("12.5"), "-": Decimal("-12.5")}
_HEAD, *_ROWS = (line.split() for line in TABLE.split("\n") if line)
CODES: Final = tuple(row[0] for row in _ROWS)
CELLS: Final = [
    (code, *column.split("-"), sign)
    for code, *signs in _ROWS
    for column, sign in zip(_HEAD[1:], signs, strict=True)
]


def derivative(title: str, code: str, letter: str | None, swap: bool | None = None) -> DerivativeRow:
    return DerivativeRow(
        kind="transaction",
        security_title=Cell(title),
        transaction_code=Cell(None if code == "none" else code),
        equity_swap=swap,
        amount=Cell(Decimal("12.5")),
        acquired_disposed=Cell(letter),
    )


def titles(kind: str) -> tuple[str, ...]:
    return RIGHTS if kind == "right" else OBLIGATIONS


def test_the_table_has_every_code() -> None:
    assert set(transaction_codes()) - set(CODES) == set()
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize(("code", "kind", "letter", "sign"), CELLS)
@pytest.mark.parametrize("swap", [None, False, True], ids=["swap-unsaid", "no-swap", "swap"])
def test_what_a_row_of_table_2_adds(code: str, kind: str, letter: str, sign: str, swap: bool | None) -> None:
    found = {title: signed(derivative(title, code, letter, swap)) for title in titles(kind)}

    assert found == dict.fromkeys(titles(kind), SIGNS[sign])


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", ["right", "obligation"])
def test_a_row_without_a_letter_or_an_amount_says_nothing(code: str, kind: str) -> None:
    for title in titles(kind):
        unlettered, other = derivative(title, code, None), derivative(title, code, "S")
        empty = DerivativeRow(kind="transaction", security_title=Cell(title), acquired_disposed=Cell("A"))

        assert [signed(row) for row in (unlettered, other, empty)] == [None, None, None]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("letter", "sign"), [("A", "+"), ("D", "-"), (None, None)])
def test_shares_go_by_the_letter_and_a_swap_moves_none(
    code: str, letter: str | None, sign: str | None
) -> None:
    """Whatever the title says: an obligation is counted as one in Table II only."""
    change = SIGNS[sign] if sign else None
    cells = {
        "transaction_code": Cell(code),
        "amount": Cell(Decimal("12.5")),
        "acquired_disposed": Cell(letter),
    }
    for title in ("Common Stock", *OBLIGATIONS):
        row = NonDerivativeRow(kind="transaction", security_title=Cell(title), **cells)  # type: ignore[arg-type]  # cells by name
        swap = NonDerivativeRow(kind="transaction", security_title=Cell(title), equity_swap=True, **cells)  # type: ignore[arg-type]  # cells by name

        assert signed(row) == by_letter(row) == by_letter(swap) == change
        assert signed(swap) == (None if change is None else 0)
