"""Accounts: by class, near the boundary, with a planned trade."""

from __future__ import annotations

from decimal import Decimal

import pytest

from form4_author.shortswing.account import LIMITS, outlook, results, safe_days
from form4_author.shortswing.gain import Gain, Market
from form4_author.shortswing.matching import Matching, Pair
from form4_author.shortswing.wording import arithmetic, listed, money, near
from tests.shortswing.forms import calls, form, market, stock, trade

_NONE = Market()


def test_classes_that_do_not_convert_are_not_matched() -> None:
    (result,) = results(
        (
            form(
                stock("P", "10", "5", "2026-02-02", security_title="Class B Common Stock"),
                stock("S", "10", "9", "2026-02-03", security_title="Class A Common Stock, par value $0.01"),
            ),
        )
    )

    assert [(a.share_class, a.title, str(a.optimum.total)) for a in result.accounts] == [
        ("class a common stock", "Class A Common Stock, par value $0.01", "0"),
        ("class b common stock", "Class B Common Stock", "0"),
    ]
    assert not result.has_profit


def test_an_account_of_options_alone_goes_by_the_shares_below() -> None:
    (result,) = results((form(derivative=(calls("P", "10", "5", "2026-02-02"),)),))

    assert [a.title for a in result.accounts] == ["Common Stock"]


def test_a_form_without_trades_has_no_account() -> None:
    (result,) = results((form(stock("A", "10", "0", "2026-02-02")),))

    assert result.accounts == ()
    assert not result.has_profit


def test_amendments_are_told() -> None:
    (result,) = results((form(stock("P", "10", "5", "2026-02-02"), form="4/A", filed="2026-02-09"),))

    assert result.amendments == (
        "Form 4/A filed 2026-02-09 amends a form that is not among these; 1 row added",
    )


def test_the_boundary_is_told_only_of_trades_that_pay_and_belong_together() -> None:
    written = calls("S", "10", "2", "2026-01-15", security_title="Call Option (obligation to sell)")
    ended = calls("E", "10", "0", "2026-07-15", security_title="Call Option (obligation to sell)")
    bought = calls("P", "10", "2", "2026-01-15", exercise_price="60")
    rows = (stock("P", "10", "9", "2026-01-15"), stock("S", "10", "9", "2026-07-15"))

    (result,) = results((form(*rows, derivative=(written, ended, bought)),))
    (account,) = result.accounts

    assert [(b.purchase.code, b.sale.code, b.days) for b in account.boundaries] == [("E", "S", 0)]


@pytest.mark.parametrize(
    ("day", "profit", "at_price", "at_any_price"),
    [
        ("2026-07-13", 2000, "2026-07-14", "2026-08-01"),
        ("2026-07-14", 0, "2026-07-14", "2026-08-01"),
        ("2026-08-01", 0, "2026-08-01", "2026-08-01"),
    ],
)
def test_first_safe_day_of_a_planned_sale(day: str, profit: int, at_price: str, at_any_price: str) -> None:
    trades = [trade("purchase", "1000", "38", "2026-01-15"), trade("purchase", "500", "45", "2026-02-02")]

    found = outlook(trades, trade("sale", "1000", "40", day), _NONE)

    assert found.added == profit
    assert (found.first_safe.isoformat(), found.first_safe_at_any_price.isoformat()) == (
        at_price,
        at_any_price,
    )


def test_first_safe_day_of_a_planned_purchase_before_a_sale() -> None:
    """A sale reported already, later than the plan: its own window counts."""
    plan = trade("purchase", "10", "30", "2026-03-01")

    at_price, _any = safe_days([trade("sale", "10", "40", "2026-05-01")], plan, _NONE)

    assert at_price.isoformat() == "2026-10-31"


def test_a_plan_adds_what_the_trades_do_not_owe_already() -> None:
    trades = [trade("purchase", "100", "10", "2026-02-02"), trade("sale", "100", "14", "2026-03-02")]

    assert outlook(trades, trade("sale", "100", "15", "2026-04-01"), _NONE).added == 100
    assert outlook(trades, trade("sale", "100", "14", "2026-04-01"), _NONE).added == 0


def test_a_plan_with_nothing_beside_it_is_safe() -> None:
    plan = trade("sale", "100", "15", "2026-04-01")

    found = outlook([], plan, _NONE)

    assert found.added == 0
    assert (found.first_safe, found.first_safe_at_any_price) == (plan.day, plan.day)


def test_options_whose_market_price_is_not_known_are_not_safe() -> None:
    (result,) = results((form(derivative=(calls("P", "100", "4", "2026-02-10"),)),))
    trades = result.accounts[0].trades
    plan = trade("sale", "100", "60", "2026-05-01")

    assert safe_days(trades, plan, _NONE)[0].isoformat() == "2026-08-09"
    assert safe_days(trades, plan, Market(market("Common Stock=60@2026-02-10")))[0] == plan.day


def test_an_expiration_is_nothing_to_wait_for() -> None:
    (result,) = results((form(derivative=(calls("E", "100", "0", "2026-02-10"),)),))
    plan = trade("sale", "100", "60", "2026-05-01")

    assert safe_days(result.accounts[0].trades, plan, _NONE) == (plan.day, plan.day)


def test_the_limits_are_named() -> None:
    text = " ".join(LIMITS)

    for word in (
        "legal advice",
        "exemptions",
        "group",
        "deputization",
        "Splits",
        "split",
        "averages",
        "two-year",
    ):
        assert word in text


# ---- words


@pytest.mark.parametrize(
    ("amount", "text"), [("7500.00", "$7,500"), ("191.2", "$191.20"), ("0.005", "$0.01"), ("0", "$0")]
)
def test_money(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text


def _pairs(count: int) -> tuple[Pair, ...]:
    bought, sold = trade("purchase", "10", "5", "2026-02-02"), trade("sale", "10", "9", "2026-02-03")
    return Matching((Pair(bought, sold, Decimal(10), Gain(Decimal(9), Decimal(5))),) * count).pairs


@pytest.mark.parametrize(
    ("count", "end"),
    [(1, ""), (2, ""), (4, ""), (5, "; and 1 more pair"), (9, "; and 5 more pairs")],
)
def test_a_message_lists_pairs_while_there_is_room(count: int, end: str) -> None:
    one = "10 × (9 − 5) = 40, P 2026-02-02 with S 2026-02-03"

    told = listed("Profit of $9", _pairs(count))

    assert told == "Profit of $9: " + "; ".join([one] * min(count, 4)) + end
    assert len(told) <= 240


def test_near() -> None:
    (result,) = results((form(stock("P", "10", "5", "2026-01-15"), stock("S", "9", "6", "2026-07-14")),))

    assert near(result.accounts[0].boundaries[0]) == (
        "S 2026-07-14 lies one day before 2026-07-15, six months after P 2026-01-15: not matched, but courts have"
        " counted differently"
    )
    assert arithmetic(_pairs(1)[0]) == "10 × (9 − 5) = 40"
