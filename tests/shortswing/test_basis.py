"""Trades on one basis: restated for splits that are certain, beside a sign where one only seems to lie between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form4_author.ledger.split import Split
from form4_author.shortswing.account import account_of
from form4_author.shortswing.basis import GIVEN, on_one_basis, restated
from form4_author.shortswing.gain import Market
from form4_author.shortswing.history import reported
from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import DerivativeSeries, added, less, plain, times
from tests.shortswing.forms import calls, form, market, stock, trade

if TYPE_CHECKING:
    from form4_author.model.facts import PriorFiling
    from form4_author.shortswing.basis import Basis
    from form4_author.shortswing.trade import Amount

_NONE = Market()
_APRIL = "2026-04-02"
_JUNE = "2026-06-02"
_SAID = "Restated for a 2-for-1 stock split effective May 1, 2026."


def bought(**cells: Any) -> dict[str, Any]:
    return stock("P", "100", "40", "2026-04-01", **cells)


def sold(**cells: Any) -> dict[str, Any]:
    return stock("S", "200", cells.pop("price", "25"), "2026-06-01", **cells)


def noted(text: str) -> dict[str, Any]:
    """A footnote that no cell needs to have."""
    return {"footnotes": [{"id": "F1", "text": text}]}


def basis(*priors: PriorFiling, given: tuple[Split, ...] = (), plan: str | None = None) -> Basis:
    """That of the class of the first trade."""
    trades = read(reported(priors)[0]).trades
    own = [t for t in trades if t.share_class == trades[0].share_class]
    return on_one_basis(own, priors, given, date.fromisoformat(plan) if plan else None)


def told(found: Basis) -> tuple[list[str], list[str]]:
    """The splits applied, and the words of the signs."""
    return [each.split.words for each in found.applied], [sign.words for sign in found.signs]


def figures(*amounts: Amount) -> str:
    return " ".join(str(plain(Fraction(amount))) for amount in amounts)


def split(ratio: str, day: str, title: str = "Common Stock") -> Split:
    return Split(title, Fraction(ratio), date.fromisoformat(day))


# ---- what a footnote or remark says


@pytest.mark.parametrize("head", [noted(_SAID), {"remarks": _SAID}], ids=["footnote", "remark"])
def test_a_split_with_ratio_and_day_is_applied(head: dict[str, Any]) -> None:
    found = basis(form(bought(), filed=_APRIL), form(sold(), filed=_JUNE, **head))

    assert told(found) == (["2-for-1 split of 2026-05-01"], [])
    assert found.applied[0].source == f'Form 4 filed 2026-06-02 says: "{_SAID}"'
    first, last = found.trades
    assert figures(first.shares, first.price, first.ratio) == "200 20 2"
    assert first.reported is not None
    assert figures(first.reported.shares, last.ratio) == "100 1"
    assert last.reported is None
    assert account_of(found.trades, _NONE).customary.total == 1000


def test_a_reverse_split_takes_away_what_seemed_a_profit() -> None:
    said = noted("On May 1, 2026, the issuer effected a 1-for-10 reverse stock split.")
    found = basis(form(bought(), filed=_APRIL), form(sold(price="390"), filed=_JUNE, **said))

    assert figures(found.trades[0].shares, found.trades[0].price) == "10 400"
    assert account_of(found.trades, _NONE).customary.total == 0


@pytest.mark.parametrize(
    "text",
    [
        "Options restated for a 2-for-1 stock split effective June 16, 2021.",
        "Reflects a 2-for-1 stock split effective April 1, 2026.",
        "Reflects a 2-for-1 stock split effective June 2, 2026.",
        "Restated for a 2-for-1 stock split of the Series A Preferred Stock effective May 1, 2026.",
    ],
    ids=["years ago", "before both trades", "after both trades", "of another class"],
)
def test_a_split_that_lies_elsewhere_is_nothing(text: str) -> None:
    assert told(basis(form(bought(), filed=_APRIL), form(sold(), filed=_JUNE, **noted(text)))) == ([], [])


def test_trades_that_cannot_match_need_no_basis() -> None:
    """Two purchases, and a sale of more than six months later."""
    later = stock("S", "200", "25", "2026-12-01")
    found = basis(
        form(bought(), filed=_APRIL),
        form(stock("P", "9", "30", "2026-06-01"), filed=_JUNE, **noted(_SAID)),
        form(later, filed="2026-12-02"),
    )
    assert told(found) == ([], [])


def test_a_later_form_that_repeats_a_split_does_not_apply_it_again() -> None:
    found = basis(
        form(bought(), filed=_APRIL),
        form(sold(), filed=_JUNE, **noted(_SAID)),
        form(stock("S", "10", "26", "2026-07-01"), filed="2026-07-02", **noted(_SAID)),
    )
    assert told(found) == (["2-for-1 split of 2026-05-01"], [])
    assert [t.shares for t in found.trades] == [200, 200, 10]


@pytest.mark.parametrize(
    "text",
    [
        "The issuer effected a stock split on May 1, 2026.",
        "A 1:2 stock split took effect on May 1, 2026.",
        "Before giving effect to the 2-for-1 stock split effective May 1, 2026.",
        "A 2-for-1 stock split took effect on June 1, 2026.",
        "A 2-for-1 stock split took effect on May 1, 2026. The 3-for-1 stock split took effect on May 4, 2026.",
    ],
    ids=["no ratio", "either way", "before effect", "on the day of a trade", "two in a month"],
)
def test_what_is_said_and_not_certain_is_a_sign(text: str) -> None:
    found = basis(form(bought(), filed=_APRIL), form(sold(), filed=_JUNE, **noted(text)))

    assert not found.applied
    assert found.signs
    assert found.signs[0].words.startswith("Form 4 filed 2026-06-02 says: ")
    assert [t.shares for t in found.trades] == [100, 200]


def test_a_split_announced_before_it_took_effect_is_a_sign() -> None:
    said = noted("A 2-for-1 stock split takes effect on May 1, 2026.")
    found = basis(form(bought(), filed=_APRIL, **said), form(sold(), filed=_JUNE))

    assert (len(found.applied), [(s.dated, s.sure) for s in found.signs]) == (0, [(True, False)])


def test_a_trade_of_before_on_a_form_of_after_may_be_restated_already() -> None:
    found = basis(form(bought(), filed=_JUNE, **noted(_SAID)), form(sold(), filed=_JUNE))

    assert told(found) == ([], [f'Form 4 filed 2026-06-02 says: "{_SAID}"'])


def test_a_total_that_goes_on_contradicts_the_footnote() -> None:
    found = basis(
        form(bought(amount_owned_following="1000"), filed=_APRIL),
        form(sold(amount_owned_following="800"), filed=_JUNE, **noted(_SAID)),
    )
    assert told(found) == ([], [f'Form 4 filed 2026-06-02 says: "{_SAID}"'])


def test_a_split_without_its_day_lies_between_two_forms() -> None:
    undated = noted("Restated for a 2-for-1 stock split.")
    again = form(stock("S", "1", "25", "2026-07-01"), filed="2026-07-02", **undated)
    found = basis(form(bought(), filed=_APRIL), form(sold(), filed=_JUNE, **undated), again)

    assert [(s.after, s.until, s.dated) for s in found.signs] == [(date(2026, 4, 2), date(2026, 6, 2), False)]


@pytest.mark.parametrize("filed", [{}, {"filed": _APRIL}], ids=["no day", "the first form"])
def test_a_split_without_a_day_or_a_form_before_is_nothing(filed: dict[str, Any]) -> None:
    undated = noted("Restated for a 2-for-1 stock split.")
    assert told(basis(form(bought(), sold(), **filed, **undated))) == ([], [])


def test_a_long_sentence_is_cut() -> None:
    text = f"The issuer effected a stock split on May 1, 2026 {'and so on ' * 30}"
    (sign,) = basis(form(bought(), filed=_APRIL), form(sold(), filed=_JUNE, **noted(text))).signs

    assert sign.words.endswith(' so on …"')
    assert len(sign.words) < 240


def test_the_class_decides() -> None:
    text = "Restated for a 2-for-1 stock split of the Class B Common Stock effective May 1, 2026."
    of_a, of_b = {"security_title": "Class A Common Stock"}, {"security_title": "Class B Common Stock"}
    preferred = {"security_title": "Series A Preferred Stock"}

    for cells, applied in ((of_a, 0), (of_b, 1), ({}, 1), (preferred, 0)):
        found = basis(form(bought(**cells), filed=_APRIL), form(sold(**cells), filed=_JUNE, **noted(text)))
        assert len(found.applied) == applied


# ---- what totals and prices show


def test_an_opening_balance_that_doubled_is_a_sign() -> None:
    found = basis(
        form(bought(amount_owned_following="100"), filed=_APRIL),
        form(sold(amount_owned_following="0"), filed=_JUNE),
    )
    assert told(found) == (
        [],
        ["Common Stock, direct: 100 after 2026-04-01, 200 before 2026-06-01, as after a 2-for-1 split"],
    )


def test_fractions_of_a_share_may_be_lost() -> None:
    cells = {"ownership_form": "I", "nature_of_ownership": "By Trust"}
    found = basis(
        form(stock("P", "5", "4", "2026-04-01", amount_owned_following="1005", **cells), filed=_APRIL),
        form(stock("S", "50", "39", "2026-06-01", amount_owned_following="50", **cells), filed=_JUNE),
    )
    assert told(found) == (
        [],
        [
            "Common Stock, By Trust: 1,005 after 2026-04-01, 100 before 2026-06-01, as after a 1-for-10 reverse split"
        ],
    )


@pytest.mark.parametrize(
    ("before", "after", "price"),
    [
        ("100", "0", "39"),  # the price says that nothing happened
        ("10", "-180", "25"),  # 10 shares and 20
        ("1000", "10", "25"),  # 210 shares are no multiple
        ("1000", "-190", "25"),  # 10 shares
        ("1000", "800", "25"),  # goes on
        ("160", "0", "39"),  # five for four, and the price as it was
    ],
)
def test_totals_that_are_no_sign(before: str, after: str, price: str) -> None:
    found = basis(
        form(bought(amount_owned_following=before), filed=_APRIL),
        form(sold(amount_owned_following=after, price=price), filed=_JUNE),
    )
    assert told(found) == ([], [])


def test_totals_without_prices_need_a_multiple() -> None:
    """Only options have a price: a line that doubled is a sign, one that grew by a quarter is none."""

    def held(total: str, day: str) -> PriorFiling:
        line = {
            "kind": "holding",
            "security_title": "Common Stock",
            "ownership_form": "D",
            "amount_owned_following": total,
        }
        options = calls("P" if day == _APRIL else "S", "10", "4", day)
        return form(line, derivative=(options,), filed=day, period_of_report=day)

    assert len(basis(held("1000", _APRIL), held("2000", _JUNE)).signs) == 1
    assert len(basis(held("1000", _APRIL), held("1250", _JUNE)).signs) == 0


def test_an_amendment_is_no_line_of_its_own() -> None:
    found = basis(
        form(bought(amount_owned_following="1000"), filed=_APRIL),
        form(
            stock("P", "10", "39", "2026-05-11", amount_owned_following="2010"),
            filed="2026-05-12",
            form="4/A",
        ),
        form(sold(amount_owned_following="800", price="39"), filed=_JUNE),
    )
    assert told(found) == ([], [])


def test_prices_that_differ_by_a_ratio_are_a_sign() -> None:
    found = basis(form(bought(), filed=_APRIL), form(sold(price="20.10"), filed=_JUNE))

    assert told(found) == ([], ["$40 on 2026-04-01, $20.1 on 2026-06-01, as after a 2-for-1 split"])


@pytest.mark.parametrize("price", ["21", "39"])
def test_prices_that_do_not(price: str) -> None:
    assert told(basis(form(bought(), filed=_APRIL), form(sold(price=price), filed=_JUNE))) == ([], [])


def test_prices_of_a_few_cents_are_no_sign() -> None:
    first = stock("P", "100", "0.04", "2026-04-01")
    assert told(basis(form(first, filed=_APRIL), form(sold(price="0.02"), filed=_JUNE))) == ([], [])


def test_a_total_that_goes_on_beats_the_prices() -> None:
    found = basis(
        form(bought(amount_owned_following="1000"), filed=_APRIL),
        form(sold(amount_owned_following="800", price="20"), filed=_JUNE),
    )
    assert told(found) == ([], [])


def test_one_sign_for_one_split() -> None:
    found = basis(
        form(bought(amount_owned_following="100"), filed=_APRIL),
        form(sold(amount_owned_following="0", price="20"), filed=_JUNE),
    )
    assert len(found.signs) == 1


def test_a_planned_trade_lies_on_the_other_side() -> None:
    first = form(bought(amount_owned_following="100"), filed=_APRIL)
    second = form(stock("P", "2", "20", "2026-06-01", amount_owned_following="202"), filed=_JUNE)

    assert told(basis(first, second)) == ([], [])
    assert len(basis(first, second, plan="2026-07-01").signs) == 1
    assert len(basis(first, second, plan="2026-12-01").signs) == 0


# ---- what is given


def test_a_split_given_is_applied_and_settles_the_signs() -> None:
    found = basis(
        form(bought(amount_owned_following="100"), filed=_APRIL),
        form(sold(amount_owned_following="0"), filed=_JUNE),
        given=(split("2", "2026-05-04"),),
    )
    assert told(found) == (["2-for-1 split of 2026-05-04"], [])
    assert found.applied[0].source == GIVEN


def test_a_split_given_takes_the_place_of_one_that_a_form_describes() -> None:
    found = basis(
        form(bought(), filed=_APRIL),
        form(sold(), filed=_JUNE, **noted(_SAID)),
        given=(split("2", "2026-05-04"),),
    )
    assert told(found) == (["2-for-1 split of 2026-05-04"], [])


def test_one_for_one_says_that_there_was_none() -> None:
    found = basis(
        form(bought(amount_owned_following="100"), filed=_APRIL),
        form(sold(amount_owned_following="0"), filed=_JUNE),
        given=(split("1", "2026-05-04", ""),),
    )
    assert told(found) == ([], [])


@pytest.mark.parametrize(
    ("title", "day", "plan", "count"),
    [
        ("", "2026-05-01", None, 1),
        ("Common Stock, $0.01 par value", "2026-05-01", None, 1),
        ("Class B Common Stock", "2026-05-01", None, 0),
        ("", "2026-04-01", None, 0),
        ("", "2026-06-02", None, 0),
        ("", "2026-06-02", "2026-06-02", 1),
    ],
)
def test_a_split_given_has_trades_on_both_sides(title: str, day: str, plan: str | None, count: int) -> None:
    found = basis(
        form(bought(), filed=_APRIL), form(sold(), filed=_JUNE), given=(split("2", day, title),), plan=plan
    )
    assert len(found.applied) == count


def test_two_splits_multiply() -> None:
    made = trade("purchase", "100", "40", "2026-04-01")
    found = restated(made, [split("3", "2026-05-01"), split("1/2", "2026-06-01"), split("7", "2026-03-01")])

    assert figures(found.shares, found.price, found.ratio) == "150 80/3 1.5"


def test_an_option_has_its_new_terms() -> None:
    """Calls written before the split and bought back after it are of one series."""
    found = basis(
        form(derivative=(calls("S", "100", "4", "2026-04-01"),), filed=_APRIL),
        form(
            derivative=(calls("P", "200", "1", "2026-06-01", exercise_price="25"),),
            filed=_JUNE,
            **noted(_SAID),
        ),
    )
    assert found.trades[0].series == found.trades[1].series
    assert account_of(found.trades, _NONE).customary.total == 200


def test_an_option_without_an_exercise_price_keeps_its_series() -> None:
    series = DerivativeSeries(put=False, exercise_price=None, expiration=None, title="call")
    made = trade("purchase", "100", "4", "2026-04-01", series=series)

    assert restated(made, [split("2", "2026-05-01")]).series == series


def test_market_prices_are_restated_with_the_trade() -> None:
    given = Market(market("Common Stock=48@2026-04-01", "Call Option (right to buy)=11@2026-06-01"))
    found = basis(
        form(derivative=(calls("P", "100", "4", "2026-04-01"),), filed=_APRIL),
        form(sold(price="30"), filed=_JUNE, **noted(_SAID)),
    )
    (pair,) = account_of(found.trades, given).customary.pairs

    assert figures(pair.gain.high, pair.gain.low, pair.profit) == "30 24 1200"
    assert [figures(other.high, other.low) for other in pair.alternatives] == ["11 2"]


# ---- exact


AMOUNT = st.integers(1, 10**9).map(lambda n: Decimal(n).scaleb(-4))
RATIO = st.fractions(min_value=Fraction(1, 100), max_value=100, max_denominator=100)


@given(
    st.lists(st.tuples(st.sampled_from(("purchase", "sale")), AMOUNT, AMOUNT, st.booleans()), max_size=5),
    RATIO,
)
def test_the_figures_are_those_of_the_shares_before(
    made: list[tuple[str, Decimal, Decimal, bool]], ratio: Fraction
) -> None:
    """Trades of before a split, restated, match as they would have without it."""
    plain_trades = [
        trade(side, str(shares), str(price), "2026-04-02" if later else "2026-04-01")
        for side, shares, price, later in made
    ]
    if plain_trades:
        after = [restated(each, [Split("", ratio, date(2026, 5, 1))]) for each in plain_trades]
        one, other = account_of(plain_trades, _NONE), account_of(after, _NONE)
        assert (one.customary.total, one.optimum.total) == (other.customary.total, other.optimum.total)


@given(st.fractions(max_denominator=10**6), st.fractions(max_denominator=10**6))
def test_arithmetic_is_exact(one: Fraction, other: Fraction) -> None:
    for a in (one, plain(one)):
        for b in (other, plain(other)):
            assert times(a, b) == one * other
            assert less(a, b) == one - other
            assert added((a, b)) == one + other


def test_an_amount_is_a_decimal_where_one_holds_it() -> None:
    assert repr(plain(Fraction(1, 40))) == "Decimal('0.025')"
    assert repr(plain(Fraction(1, 3))) == "Fraction(1, 3)"
