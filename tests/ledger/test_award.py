"""Which award on record a line of a form goes on with: rows and a record in, the award and its total out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.ledger.award import Recorded, match_lines
from tests.ledger.accounts import key, left, share, units

if TYPE_CHECKING:
    from collections.abc import Iterable


def on_record(
    id: int, row: dict[str, Any], held: str | None, day: str = "2025-03-01", *stated: str
) -> Recorded:
    """The line of a row, as it is on record."""
    amount = None if held is None else Decimal(held)
    return Recorded(id, key(row), amount, (day, ""), tuple(map(Decimal, stated)))


def goes(record: Iterable[Recorded], *rows: dict[str, Any]) -> list[tuple[int | None, str]]:
    """The award on record (None: a new one) and the total of each line of a form."""
    return [
        (each.id, "in another" if each.counted else str(each.closing.total))
        for each in match_lines(record, left(*rows))
    ]


ONE, OTHER = units("1", "1"), units("1", "1", "F2")


@pytest.mark.parametrize(
    ("record", "rows", "found"),
    [
        pytest.param([], [units("5", "5")], [(None, "5")], id="nothing recorded"),
        pytest.param([on_record(1, ONE, "9")], [units("-4", "5")], [(1, "5")], id="the same terms"),
        pytest.param([on_record(1, ONE, "9")], [units("-9", "0")], [(1, "0")], id="an award that ends"),
        pytest.param(
            [on_record(1, ONE, "9"), on_record(2, OTHER, "30")], [units("-10", "20", "F2"), units("-4", "5")],
            [(1, "5"), (2, "20")], id="two awards, each by its terms",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, ONE, "9")], [units("-4", "5")], [(2, "5")],
            id="of two with the same terms the one that held as much",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, ONE, "20")], [units("-4", "5")], [(1, "5")],
            id="of two with the same terms the first, where neither held as much",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, "9")], [units("-4", "5", "F3")], [(2, "5")],
            id="other words, by what it held",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, "9.9")], [units("-4", "5", "F3")], [(2, "5")],
            id="other words, but for a fraction",
        ),
        pytest.param(
            [on_record(1, ONE, "30", "2025-03-01"), on_record(2, OTHER, "20", "2024-03-01")], [units("-4", "5", "F3")],
            [(1, "5")], id="other words and no such amount: the award stated last",
        ),
        pytest.param(
            [on_record(1, ONE, None)], [units("-4", "5", "F3")], [(1, "5")], id="an award of which no amount is known",
        ),
        pytest.param(
            [on_record(1, ONE, "30")], [units("7", "7", "F3")], [(None, "7")], id="a grant is a new award",
        ),
        pytest.param(
            [on_record(1, ONE, "30", "2025-03-01", "7")], [units("7", "7", "F3")], [(1, "7")],
            id="a grant that an amendment repeats in other words",
        ),
        pytest.param(
            [on_record(1, ONE, "30")], [units("0", "0", "F3", kind="holding", amount=None, acquired_disposed=None)],
            [(1, "0")], id="a holding of nothing is no new award",
        ),
        pytest.param(
            [on_record(2, share("1", "1"), "9")], [units("-4", "5", "F3")], [(None, "5")], id="no award of the title",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, "20"), on_record(3, units("1", "1", "F3"), "25")],
            [units("-4", "71"), units("-5", "15", "F2")], [(1, "71"), (2, "15")], id="of two totals none is over all awards",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, "10")], [units("-4", "46"), units("-1", "45", "F2")],
            [(2, "45"), (1, "in another")], id="one running total, though the awards held less",
        ),
        pytest.param(
            [on_record(1, ONE, "30")], [units("-4", "26"), units("-2", "6", "F3")], [(1, "26"), (None, "6")],
            id="more awards than on record",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, "20")], [units("-4", "46"), units("-1", "45", "F2")],
            [(2, "45"), (1, "in another")], id="one running total over two awards",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, "20")], [units("-4", "46")], [(1, "46"), (2, "in another")],
            id="one total that goes on from all together",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, None)], [units("-4", "26")], [(1, "26")],
            id="one award goes on, the other is left as it is",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, OTHER, "20", "2025-06-01")], [units("5", "55", "F3")],
            [(2, "55"), (1, "in another")], id="a grant added to the total of all",
        ),
        pytest.param(
            [on_record(1, ONE, "30"), on_record(2, share("1", "1"), "9")], [share("-4", "5"), units("-10", "20")],
            [(2, "5"), (1, "20")], id="another class is no award of the title",
        ),
    ],
)  # fmt: skip
def test_a_line_of_a_form_goes_on_with_one_on_record(
    record: list[Recorded], rows: list[dict[str, Any]], found: list[tuple[int | None, str]]
) -> None:
    assert sorted(goes(record, *rows), key=str) == sorted(found, key=str)
