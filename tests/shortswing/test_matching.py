"""What holds for every matching, whatever the trades: on generated ones, against a search of all pairings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from form4_author.shortswing.account import account_of
from form4_author.shortswing.gain import Gain, Market, PriceNeed, alternatives, gain
from form4_author.shortswing.matching import Board, Matching, board, customary
from form4_author.shortswing.optimum import optimum, solved
from form4_author.shortswing.trade import Amount, DerivativeSeries, Side, Trade, added, times
from form4_author.shortswing.window import matches
from tests.shortswing.forms import market, trade

if TYPE_CHECKING:
    from collections.abc import Sequence

_START = date(2025, 1, 1)
_NONE = Market()
_STRIKE = DerivativeSeries(put=False, exercise_price=Decimal(50), expiration=date(2026, 12, 18), title="")


def _made(side: Side, shares: int, cents: int, days: int) -> Trade:
    day = (_START + timedelta(days)).isoformat()
    return trade(side.value, str(Decimal(shares).scaleb(-1)), str(Decimal(cents).scaleb(-4)), day)


def _side(side: Side, most: int) -> st.SearchStrategy[list[Trade]]:
    one = st.builds(
        _made, st.just(side), st.integers(1, 400), st.integers(100_000, 300_000), st.integers(0, 400)
    )
    return st.lists(one, max_size=most)


def _few(purchases: int, sales: int) -> st.SearchStrategy[list[Trade]]:
    return st.tuples(_side(Side.PURCHASE, purchases), _side(Side.SALE, sales)).map(
        lambda both: both[0] + both[1]
    )


TRADES = _few(8, 8)
SINGLE = st.one_of(_few(1, 6), _few(6, 1))


def _best(given_board: Board) -> Amount:
    """The greatest total found by trying every way to match lots of equal size."""
    edges = sorted(given_board.gains)

    def search(at: int, used: frozenset[tuple[str, int]]) -> Amount:
        if at == len(edges):
            return Decimal(0)
        i, j = edges[at]
        best = search(at + 1, used)
        ends = {("p", i), ("s", j)}
        if used.isdisjoint(ends):
            best = max(best, added((given_board.gains[i, j].per_share, search(at + 1, used | ends))))
        return best

    return search(0, frozenset())


@given(TRADES)
def test_the_optimum_is_never_below_the_customary_figure(trades: list[Trade]) -> None:
    given_board = board(trades, _NONE)

    assert optimum(given_board).total >= customary(given_board).total >= 0


@given(TRADES)
def test_one_is_nothing_exactly_when_the_other_is(trades: list[Trade]) -> None:
    given_board = board(trades, _NONE)

    assert bool(optimum(given_board).pairs) == bool(customary(given_board).pairs) == bool(given_board.gains)


@given(TRADES, st.randoms(use_true_random=False))
def test_the_order_of_the_trades_is_indifferent(trades: list[Trade], random: object) -> None:
    shuffled = list(trades)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands a Random over
    one, other = board(trades, _NONE), board(shuffled, _NONE)

    assert (customary(one).total, optimum(one).total) == (customary(other).total, optimum(other).total)


@given(TRADES)
def test_pairs_lie_within_the_window_pay_and_use_no_share_twice(trades: list[Trade]) -> None:
    given_board = board(trades, _NONE)
    for matching in (customary(given_board), optimum(given_board)):
        assert all(
            matches(p.purchase.day, p.sale.day) and p.profit > 0 and p.shares > 0 for p in matching.pairs
        )
        assert matching.total == added(p.profit for p in matching.pairs)
        for each in trades:
            assert _used(matching, each) <= each.shares


def _used(matching: Matching, each: Trade) -> Amount:
    return added(p.shares for p in matching.pairs if p.purchase is each or p.sale is each)


@given(SINGLE)
def test_one_purchase_or_one_sale_needs_no_solver_and_gives_the_same(trades: list[Trade]) -> None:
    given_board = board(trades, _NONE)

    assert optimum(given_board).total == solved(given_board).total


@given(_few(4, 4))
def test_the_solver_finds_what_a_search_of_all_pairings_finds(trades: list[Trade]) -> None:
    lots = [_made(each.side, 10, int(each.price * 10000), (each.day - _START).days) for each in trades]
    given_board = board(lots, _NONE)

    assert optimum(given_board).total == _best(given_board)
    if len(given_board.gains) > 1:
        assert solved(given_board).total == _best(given_board)


@given(TRADES)
def test_where_every_pair_is_within_the_window_both_figures_are_the_same(trades: list[Trade]) -> None:
    near = [_made(each.side, int(each.shares * 10), int(each.price * 10000), 3) for each in trades]
    given_board = board(near, _NONE)

    assert optimum(given_board).total == customary(given_board).total


@given(TRADES)
def test_an_account_leaves_unmatched_what_its_pairs_do_not_use(trades: list[Trade]) -> None:
    if not trades:
        return
    found = account_of(trades, _NONE)
    paired = added(pair.shares for pair in found.optimum.pairs)

    left = added(left.shares for left in found.unmatched)

    assert added(t.shares for t in trades) == added((paired, paired, left))
    assert list(found.trades) == sorted(found.trades, key=lambda t: t.day)


def test_amounts_with_many_digits_are_not_rounded() -> None:
    largest = "999999999999.9999"
    given_board = board(
        [
            trade("purchase", largest, "0.0001", "2026-01-05"),
            trade("purchase", "0.00005", "0.0002", "2026-01-06"),
            trade("sale", largest, largest, "2026-02-05"),
            trade("sale", "0.00005", largest, "2026-02-06"),
        ],
        _NONE,
    )
    # In units of 10**-8 and 10**-9 dollars: shares times the difference of the prices.
    first, second = 9999999999999999 * 9999999999999998, 5 * 9999999999999997
    expected = Decimal(first * 10 + second)

    assert times(customary(given_board).total, Decimal(10**9)) == expected
    assert times(optimum(given_board).total, Decimal(10**9)) == expected


def _calls(side: str, shares: str, price: str, day: str, series: DerivativeSeries = _STRIKE) -> Trade:
    return Trade(
        day=date.fromisoformat(day),
        side=Side(side),
        shares=Decimal(shares),
        price=Decimal(price),
        code="P" if side == "purchase" else "S",
        title="Call Option",
        share_class="common stock",
        series=series,
        received=side == "sale",
        underlying="Common Stock",
    )


def test_market_prices_come_from_what_was_given_or_from_a_trade_in_the_shares() -> None:
    bought, sold = _calls("purchase", "10", "4", "2026-02-10"), trade("sale", "10", "60", "2026-05-20")

    assert gain(bought, sold, _NONE) == (PriceNeed(date(2026, 2, 10), "Common Stock"),)
    given_market = Market(market("Common Stock=48@2026-02-10", "Common Stock=61@2026-05-20"))
    assert gain(bought, sold, given_market) == Gain(Decimal(61), Decimal(48), "market")


def test_a_market_price_is_that_of_the_class_however_it_is_spelled() -> None:
    bought, sold = _calls("purchase", "10", "4", "2026-02-10"), _calls("sale", "10", "9", "2026-05-20")
    spelled = Market(market("Call Options=7@2026-05-20", "CALL OPTION=3@2026-02-10"))

    assert (spelled.of_derivative(bought, sold), spelled.of_derivative(sold, bought)) == (
        Decimal(7),
        Decimal(3),
    )


def test_a_sale_of_another_series_needs_both_prices() -> None:
    other = DerivativeSeries(put=False, exercise_price=Decimal(55), expiration=date(2026, 12, 18), title="")
    bought = _calls("purchase", "10", "4", "2026-02-10")
    written = _calls("sale", "10", "9", "2026-05-20", other)

    assert gain(bought, written, _NONE) == (
        PriceNeed(date(2026, 2, 10), "Common Stock"),
        PriceNeed(date(2026, 5, 20), "Common Stock"),
    )
    prices = Market(market("Call Option=12@2026-05-20", "Call Option=3@2026-02-10"))
    assert [(a.high, a.low, a.per_share) for a in alternatives(bought, written, prices)] == [
        (Decimal(12), Decimal(4), Decimal(8)),
        (Decimal(9), Decimal(3), Decimal(6)),
    ]


def test_there_is_no_alternative_between_shares_or_within_a_series() -> None:
    prices = Market(market("Common Stock=5@2026-02-10", "Call Option=3@2026-02-10"))
    shares = trade("purchase", "1", "4", "2026-02-10"), trade("sale", "1", "9", "2026-02-10")
    series = _calls("purchase", "1", "4", "2026-02-10"), _calls("sale", "1", "9", "2026-02-10")

    assert alternatives(*shares, prices) == alternatives(*series, prices) == ()


def test_of_two_trades_on_one_day_the_purchase_is_the_earlier() -> None:
    trades: Sequence[Trade] = [
        trade("sale", "5", "9", "2026-02-10"),
        trade("purchase", "5", "4", "2026-02-10"),
    ]
    (pair,) = customary(board(trades, _NONE)).pairs

    assert (pair.earlier.side, pair.later.side) == ("purchase", "sale")
    assert pair.window.last_matching == date(2026, 8, 8)
