"""Which rows are purchases and sales, which are exempt and by what rule, which only the filer can judge."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.codes import matchable, transaction_codes
from form4_author.shortswing.reading import read
from form4_author.shortswing.share_class import share_class
from form4_author.shortswing.trade import RowPlace, Side
from tests.shortswing.forms import calls, form, row, rows, stock

if TYPE_CHECKING:
    from form4_author.shortswing.trade import TradeReading

_DAY = "2026-02-02"
_EXEMPT = {
    "A": "Rule 16b-3(d)",
    "D": "Rule 16b-3(e)",
    "F": "Rule 16b-3(e)",
    "I": "Rule 16b-3(f)",
    "M": "Rules 16b-3 and 16b-6(b)",
    "C": "Rule 16b-6(b)",
    "X": "Rule 16b-6(b)",
    "G": "Rule 16b-5",
    "W": "Rule 16b-5",
    "Z": "Rule 16b-8, unless a trade the other way within six months is not exempt",
}
_HOLDER = {"cik": "0000000200", "name": "Fund", "is_ten_percent_owner": True}


def only(cells: dict[str, Any], **head: Any) -> TradeReading:
    return read([row(cells, **head)])


def question(cells: dict[str, Any], **head: Any) -> str:
    reading = only(cells, **head)
    assert (reading.trades, reading.left_out) == ((), ())
    (entry,) = reading.questions
    return entry.reason


def test_every_code_has_its_place() -> None:
    assert sorted(transaction_codes()) == sorted([*matchable(), *_EXEMPT, "J"])


@pytest.mark.parametrize(
    ("code", "letter", "side", "remark"),
    [
        ("P", "A", "purchase", ""),
        ("L", "A", "purchase", ""),
        ("S", "D", "sale", ""),
        ("U", "D", "sale", "unless exempt under Rule 16b-3(e) or 16b-7"),
        ("O", "A", "purchase", "exercise price"),
        ("O", "D", "sale", "exercise price"),
    ],
)
def test_trades_in_shares(code: str, letter: str, side: str, remark: str) -> None:
    (found,) = only(stock(code, "500", "20.25", _DAY, acquired_disposed=letter)).trades

    assert (found.side, found.shares, found.price) == (side, Decimal(500), Decimal("20.25"))
    assert (found.code, found.remark, found.series) == (code, remark, None)
    assert found.received is (side == "sale")


def test_a_letter_that_is_not_given_follows_from_the_code() -> None:
    (found,) = only(stock("S", "500", "20", _DAY, acquired_disposed=None)).trades

    assert found.side == "sale"


def test_a_swap_is_a_trade_as_its_code_says() -> None:
    (found,) = only(stock("O", "500", "20", _DAY, acquired_disposed="A", equity_swap=True)).trades

    assert (found.code, found.remark) == ("O/K", "exercise price; notional terms of the swap")


@pytest.mark.parametrize("code", sorted(_EXEMPT))
def test_exempt_rows_are_left_out_with_their_rule(code: str) -> None:
    reading = only(stock(code, "500", "20", _DAY))

    assert (reading.trades, reading.questions) == ((), ())
    assert [(entry.code, entry.reason) for entry in reading.left_out] == [(code, _EXEMPT[code])]


def test_the_option_exercised_out_of_the_money_is_matched_by_its_shares() -> None:
    (entry,) = only(calls("O", "500", "0", _DAY, acquired_disposed="D")).left_out

    assert entry.reason == "the option exercised: its shares are matched where Table I has them"


def test_rule_16b_3_does_not_cover_a_holder_of_ten_per_cent() -> None:
    assert question(stock("F", "500", "20", _DAY), owners=[_HOLDER]) == (
        "Rule 16b-3(e) covers officers and directors only, and no reporting person is marked as one"
    )
    assert question(stock("M", "500", "20", _DAY), owners=[_HOLDER]).startswith(
        "Rules 16b-3 and 16b-6(b) cover officers"
    )
    officer = {**_HOLDER, "is_officer": True}
    assert only(stock("F", "500", "20", _DAY), owners=[officer]).left_out
    assert only(stock("G", "500", "0", _DAY), owners=[_HOLDER]).left_out
    assert only(stock("F", "500", "20", _DAY), owners=[{"cik": "200"}]).left_out


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (
            stock("J", "5", "2", _DAY),
            "the form describes what code J covers; match it unless it is exempt",
        ),
        (stock("Q", "5", "2", _DAY), "the transaction code is not one of the form's"),
        (stock("P", "5", "2", _DAY, transaction_code=None), "the transaction code is not one of the form's"),
        (stock("P", "5", None, _DAY), "the price is not given"),
        (stock("P", "5", {"footnotes": ["F1"]}, _DAY), "the price is not given but in a footnote"),
        (stock("P", "5", "0", _DAY), "the price is 0"),
        (stock("P", "0", "2", _DAY), "the amount is 0"),
        (stock("P", "5", "2", _DAY, transaction_date=None), "the transaction date is not given"),
        (
            stock("P", "5", "2", _DAY, acquired_disposed="D"),
            "code P is a purchase, but (A) or (D) is D",
        ),
        (
            stock("O", "5", "2", _DAY, acquired_disposed=None),
            "neither acquired (A) nor disposed of (D)",
        ),
        (stock("H", "5", "2", _DAY), "a derivative security in Table I: its terms are not given"),
        (
            stock("S", "5", "2", _DAY, security_title="Warrants"),
            "a derivative security in Table I: its terms are not given",
        ),
        (calls("L", "5", "2", _DAY), "code L does not belong in Table II"),
        (calls("P", "5", None, _DAY), "the price is not given"),
        (calls("P", None, "2", _DAY), "the amount is not given"),
        (calls("P", None, "2", _DAY, underlying_amount="5"), "the amount is given in dollars only"),
        (
            calls("P", "5", "2", _DAY, security_title="Zero-cost collar"),
            "the title does not say whether it is a call or a put",
        ),
        (
            calls("P", "5", "2", _DAY, security_title="Put and Call Options"),
            "the title does not say whether it is a call or a put",
        ),
    ],
)
def test_what_the_form_does_not_tell(cells: dict[str, Any], reason: str) -> None:
    assert question(cells) == reason


@pytest.mark.parametrize(
    ("code", "title", "side", "received"),
    [
        ("P", "Call Option (right to buy)", "purchase", False),
        ("S", "Call Option (obligation to sell)", "sale", True),
        ("P", "Put Option (right to sell)", "sale", False),
        ("S", "Put Option (obligation to buy)", "purchase", True),
        ("S", "Warrant", "sale", True),
        ("P", "Series A Convertible Preferred Stock", "purchase", False),
        ("H", "Stock Option (Right to Buy)", "sale", True),
        ("H", "Put Option", "purchase", True),
        ("E", "Call Option (obligation to sell)", "purchase", False),
        ("E", "Put Option", "sale", False),
    ],
)
def test_a_derivative_security_is_a_trade_in_the_shares_below(
    code: str, title: str, side: str, received: bool
) -> None:
    (found,) = only(calls(code, "100", "2", _DAY, security_title=title)).trades

    assert (found.side, found.received) == (side, received)
    assert (found.shares, found.share_class) == (Decimal(100), "common stock")
    assert found.expired is (code == "E")


@pytest.mark.parametrize(
    ("cells", "price", "remark"),
    [
        ({}, "2.25", ""),
        ({"underlying_amount": None}, "2.25", ""),
        (
            {"underlying_amount": "30000"},
            "2.25",
            "price taken as quoted, for one share of a contract of 100",
        ),
        ({"underlying_amount": "900"}, "0.75", "price of a unit divided by the shares below it"),
        (
            {"underlying_amount": "30000", "security_title": "Series A Preferred Stock"},
            "0.0225",
            "price of a unit divided by the shares below it",
        ),
        (
            {"underlying_amount": "700", "security_title": "Total Return Swap", "equity_swap": True},
            "2.25",
            "notional terms of the swap: price of one underlying share",
        ),
    ],
)
def test_price_for_each_share_below(cells: dict[str, Any], price: str, remark: str) -> None:
    (found,) = only(calls("P", "300", "2.25", _DAY, **cells)).trades

    assert (found.price, found.remark) == (Decimal(price), remark)
    assert (found.series is None) is bool(cells.get("equity_swap"))


def test_series_are_told_by_price_and_expiration_or_else_by_the_title() -> None:
    def series(**cells: Any) -> object:
        return only(calls("P", "300", "2", _DAY, **cells)).trades[0].series

    assert series() == series(security_title="Call Options")
    assert series() != series(exercise_price="55")
    assert series() != series(expiration_date="2027-01-15")
    assert series() != series(security_title="Put Option")
    assert series(exercise_price=None) != series(exercise_price=None, security_title="Warrant")
    assert series(exercise_price=None, security_title="WARRANT") == series(
        exercise_price=None, security_title="Warrant"
    )


def test_the_order_is_kept() -> None:
    prior = form(stock("S", "5", "2", _DAY), stock("P", "7", "1", _DAY))

    assert [found.shares for found in read(rows(prior)).trades] == [Decimal(5), Decimal(7)]


def test_an_underlying_that_is_itself_a_derivative_is_of_the_common_stock() -> None:
    (found,) = only(calls("P", "300", "2", _DAY, underlying_title="Units of options")).trades

    assert found.share_class == "common stock"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Common Stock", "common stock"),
        ("COMMON STOCK, $0.01 par value", "common stock"),
        ("Ordinary Shares", "common stock"),
        ("Class A Common Stock", "class a common stock"),
        ("Class C Capital Stock", "class c common stock"),
        ("Common Stock (Class A)", "class a common stock"),
        ("Series B Preferred Stock", "series b preferred stock"),
        ("American Depositary Shares", "depositary share"),
        ("8% Senior Notes due 2030", "debt security"),
        ("Warrants", "derivative security"),
        ("Common Stock Purchase Warrant", "derivative security"),
        ("Class A Common Stock issued on exercise of options held", "class a common stock"),
        ("Employee Stock Option (Right to Buy)", "derivative security"),
        ("", "common stock"),
    ],
)
def test_class_of_a_title(title: str, expected: str) -> None:
    assert share_class(title) == expected


# ---- shares given up in a net exercise

NET = "Exercised on a net basis: 575 shares were given up to pay the exercise price."
GIVEN_UP = "given up to the issuer in a net exercise: whether that is a sale here is not settled"


@pytest.mark.parametrize(
    ("code", "day", "text", "remark"),
    [
        ("X", "2026-02-02", NET, GIVEN_UP),
        ("X", "2026-02-02", "The issuer withheld 575 shares to pay the exercise price.", GIVEN_UP),
        ("X", "2026-02-02", "575 shares were surrendered to pay the exercise price.", GIVEN_UP),
        ("X", "2026-02-02", "Sold on the market.", ""),
        ("X", "2026-02-03", NET, ""),
        ("M", "2026-02-02", NET, ""),
    ],
)
def test_a_sale_of_shares_given_up_is_counted_with_a_caution(
    code: str, day: str, text: str, remark: str
) -> None:
    sale = stock("S", {"value": "575", "footnotes": ["F1"]}, "20", "2026-02-02")
    prior = form(
        stock(code, "1000", "11.50", day, acquired_disposed="A"),
        sale,
        footnotes=[{"id": "F1", "text": text}],
    )
    place = RowPlace(prior, ("non_derivative", 1))
    (found,) = read([(place, prior.filing.non_derivative[1])]).trades

    assert (found.side, found.shares, found.remark) == (Side.SALE, Decimal(575), remark)
