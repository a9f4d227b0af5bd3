"""The worked examples of Section 16(b), from the rows of forms to both totals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from form4_author.shortswing.account import ClassAccount, results
from form4_author.shortswing.wording import arithmetic
from tests.shortswing.forms import calls, form, market, stock

if TYPE_CHECKING:
    from form4_author.model.facts import MarketPrice, PriorFiling
    from form4_author.shortswing.matching import Matching

_WRITTEN = "Call Option (obligation to sell)"


def account(*priors: PriorFiling, prices: tuple[MarketPrice, ...] = ()) -> ClassAccount:
    (result,) = results(priors, prices)
    (found,) = result.accounts
    return found


def totals(found: ClassAccount) -> list[str]:
    """The customary figure and the upper bound."""
    return [f"{each.total:,.0f}" for each in (found.customary, found.optimum)]


def worked(matching: Matching) -> list[str]:
    return [arithmetic(pair) for pair in matching.pairs]


@pytest.mark.parametrize(
    ("sold", "total", "near"),
    [
        ("2026-06-30", 2400, []),
        ("2026-07-13", 2400, [(2, True)]),
        ("2026-07-14", 0, [(1, False)]),
        ("2026-07-15", 0, [(0, False)]),
        ("2026-07-16", 0, []),
    ],
)
def test_a_window(sold: str, total: int, near: list[tuple[int, bool]]) -> None:
    found = account(form(stock("P", "1000", "10", "2026-01-15")), form(stock("S", "600", "14", sold)))

    assert totals(found) == [f"{total:,}"] * 2
    assert [(each.days, each.counted) for each in found.boundaries] == near


def test_b_lowest_in_highest_out_losses_ignored() -> None:
    found = account(
        form(
            stock("P", "500", "20", "2026-02-02"),
            stock("P", "300", "15", "2026-03-02"),
            stock("P", "400", "25", "2026-04-01"),
            stock("S", "600", "30", "2026-05-01"),
            stock("S", "500", "18", "2026-06-01"),
        )
    )

    assert worked(found.customary) == ["300 × (30 − 15) = 4,500", "300 × (30 − 20) = 3,000"]
    assert totals(found) == ["7,500", "7,500"]
    assert [(left.trade.price, left.shares) for left in found.unmatched] == [
        (Decimal(20), Decimal(200)),
        (Decimal(25), Decimal(400)),
        (Decimal(18), Decimal(500)),
    ]


def test_c_lowest_in_highest_out_is_not_the_greatest_total() -> None:
    found = account(
        form(stock("P", "100", "12", "2025-10-01"), stock("P", "100", "10", "2026-02-02")),
        form(stock("S", "100", "20", "2026-03-02"), stock("S", "100", "19", "2026-06-10")),
    )

    assert worked(found.customary) == ["100 × (20 − 10) = 1,000"]
    assert sorted(worked(found.optimum)) == ["100 × (19 − 10) = 900", "100 × (20 − 12) = 800"]
    assert totals(found) == ["1,000", "1,700"]


def test_d_option_bought_stock_sold() -> None:
    bought = form(derivative=(calls("P", "1000", "4.00", "2026-02-10"),))
    sold = form(stock("S", "800", "60", "2026-05-20"))

    unknown = account(bought, sold)
    assert totals(unknown) == ["0", "0"]
    assert [(need.title, need.day.isoformat()) for need in unknown.needs] == [("Common Stock", "2026-02-10")]
    assert len(unknown.undetermined) == 1

    known = account(bought, sold, prices=market("Common Stock=48@2026-02-10"))
    assert worked(known.customary) == ["800 × (60 − 48) = at most 9,600"]
    assert totals(known) == ["9,600", "9,600"]
    assert known.needs == ()

    valued = account(
        bought,
        sold,
        prices=market(
            "common stock, par value $.01=48@2026-02-10", "Call Option (right to buy)=11.20@2026-05-20"
        ),
    )
    (pair,) = valued.optimum.pairs
    assert [pair.profit, *(pair.measured(other) for other in pair.alternatives)] == [9600, 5760]


def test_e_same_series() -> None:
    found = account(
        form(derivative=(calls("P", "500", "3.00", "2026-02-10"),)),
        form(derivative=(calls("S", "500", "4.50", "2026-04-07"),)),
    )

    assert worked(found.customary) == ["500 × (4.5 − 3) = 750"]
    assert totals(found) == ["750", "750"]


def test_f_written_call_that_expires() -> None:
    written = calls("S", "1000", "2.10", "2026-02-10", security_title=_WRITTEN)
    expired = calls("E", "1000", "0", "2026-06-10", security_title=_WRITTEN, acquired_disposed="D")

    found = account(form(derivative=(written,)), form(derivative=(expired,)))

    assert worked(found.customary) == ["1,000 × (2.1 − 0) = 2,100"]
    assert totals(found) == ["2,100", "2,100"]


@pytest.mark.parametrize(
    ("expired", "stock_row"),
    [
        (calls("E", "1000", "0", "2026-08-10", security_title=_WRITTEN), None),
        (calls("E", "1000", "0", "2026-02-09", security_title=_WRITTEN), None),
        (calls("E", "1000", "0", "2026-06-10", security_title=_WRITTEN, exercise_price="55"), None),
        (None, stock("S", "100", "60", "2026-06-11")),
    ],
)
def test_an_expiration_is_matched_with_its_own_writing_only(
    expired: dict[str, object] | None, stock_row: dict[str, object] | None
) -> None:
    written = calls("S", "1000", "2.10", "2026-02-10", security_title=_WRITTEN)
    end = expired or calls("E", "1000", "0", "2026-08-11", security_title=_WRITTEN)

    found = account(form(*((stock_row,) if stock_row else ()), derivative=(written, end)))

    assert totals(found) == ["0", "0"]
    assert found.needs == ()


def test_a_written_put_that_expires() -> None:
    title = "Put Option (obligation to buy)"
    found = account(
        form(derivative=(calls("S", "100", "1.50", "2026-02-10", security_title=title),)),
        form(derivative=(calls("E", "100", "0", "2026-03-10", security_title=title),)),
    )

    assert worked(found.customary) == ["100 × (1.5 − 0) = 150"]


def test_two_expirations_do_not_match() -> None:
    written = (
        calls("E", "100", "0", "2026-02-10"),
        calls("E", "100", "0", "2026-03-10", security_title="Put Option (obligation to buy)"),
    )
    prices = market("Common Stock=48@2026-02-10", "Common Stock=60@2026-03-10")

    assert totals(account(form(derivative=written), prices=prices)) == ["0", "0"]


def test_puts_bought_and_sold_again() -> None:
    title = "Put Option (right to sell)"
    found = account(
        form(derivative=(calls("P", "100", "1.50", "2026-02-10", security_title=title),)),
        form(derivative=(calls("S", "100", "4.00", "2026-03-10", security_title=title),)),
    )

    assert worked(found.customary) == ["100 × (4 − 1.5) = 250"]


def test_g_exempt_legs() -> None:
    (result,) = results(
        (
            form(
                stock("M", "8000", "0", "2026-02-02"),
                stock("F", "3000", "40", "2026-02-02"),
                stock("S", "5000", "40", "2026-02-02"),
            ),
            form(stock("P", "1000", "35", "2026-05-01")),
            form(stock("A", "9000", "0", "2019-01-02")),
        )
    )
    (found,) = result.accounts

    assert worked(found.customary) == ["1,000 × (40 − 35) = 5,000"]
    assert totals(found) == ["5,000", "5,000"]
    assert [entry.code for entry in result.reading.left_out] == ["M", "F", "A"]
