"""A derivative security's title: a right or an obligation, to buy or to sell."""

from __future__ import annotations

import pytest

from form4_author.ledger.right import Right, is_derivative, is_obligation, right_of


@pytest.mark.parametrize(
    ("right", "letter", "obliges"),
    [
        (Right.BUY, "A", False),
        (Right.SELL, "D", False),
        (Right.MUST_BUY, "A", True),
        (Right.MUST_SELL, "D", True),
        (Right.UNKNOWN, "", False),
    ],
)
def test_the_underlying_shares_go_one_way(right: Right, letter: str, obliges: bool) -> None:
    assert (right.letter, right.obliges) == (letter, obliges)


TITLES = {
    Right.BUY: (
        "Stock Option (Right to Buy)", "Non-Qualified Stock Option (right-to-buy)", "Call Option (Right to Purchase)",
        "Options to acquire Class A Shares", "Employee Stock Option", "Stock Option (Rt. to Buy)", "NQSO", "Option",
        "Warrants", "Series A Warrant", "Stock Appreciation Rights", "SAR", "Restricted Stock Units", "RSUs",
        "Phantom Stock", "Deferred Share Units", "LTIP Units", "Class B Common Stock", "5.0% Convertible Notes due 2029",
        "Series B Preferred Stock", "Subscription Rights", "Earn-out Shares", "Long Call", "Call Options Purchased",
        "Call Right", "Right to Acquire Shares", "Option to buy or acquire shares",
    ),
    Right.SELL: (
        "Put Option (Right to Sell)", "put options - RIGHT TO SELL", "Long Put", "Protective Put Option", "Put Right",
        "Option to Sell", "Right to Put Shares to the Issuer", "Purchased Listed Put Options", "Put Options (bought)",
    ),
    Right.MUST_BUY: (
        "Put Option (Obligation to Buy)", "Sold put option (obligation to buy)", "Options (Obligation to Purchase)",
        "Short Put", "Written Put Option", "Naked Puts", "Cash-Secured Put", "Put Option (written)", "Put Option (Obligation)",
        "Forward Purchase Contract", "Put Options Sold",
    ),
    Right.MUST_SELL: (
        "Call Option (Obligation to Sell)", "Call Option(obligation to sell)", "Warrant (obligation to sell)",
        "Covered Call", "Covered Calls (written)", "Short Call Option", "Written Exchange-Traded Call", "Call option sold",
        "Equity Swap (obligation to sell)", "Prepaid Variable Forward Sale Contract", "Obligated to deliver shares",
    ),
    Right.UNKNOWN: (
        "", "Put Option", "Call", "Listed Call Options", "Exchange-Traded Option", "Put/Call Collar", "Total Return Swap",
        "Forward Contract", "Option (right to buy or sell)", "Written call and long put options", "Forward Sale and Purchase",
        "Short-Term Call Option",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("right", "title"), [(r, title) for r, titles in TITLES.items() for title in titles])
def test_a_title_says_which(right: Right, title: str) -> None:
    assert right_of(title) is right


@pytest.mark.parametrize(
    ("title", "notes", "right"),
    [
        ("Call Option", ("The reporting person wrote these call options.",), Right.MUST_SELL),
        ("Call Option", ("The options were purchased on the exchange.",), Right.BUY),
        ("Put Option", ("The option was sold on May 3, 2026.",), Right.MUST_BUY),
        ("Put Option", ("Exercised against the reporting person.",), Right.MUST_BUY),
        ("Put Option", ("Gives the right to sell 1,000 shares.",), Right.SELL),
        ("Put Option", ("The fund has the right to purchase further units.",), Right.UNKNOWN),
        ("Put Option", ("Held by the trust.",), Right.UNKNOWN),
        ("Put Option", ("The put option was purchased in May.", "The put option was sold in May."), Right.UNKNOWN),
        ("Put", ("Shares were sold under put options bought in May.",), Right.SELL),
        ("Call Option", ("The bank is not obligated to sell.",), Right.UNKNOWN),
        ("Option", ("Exchange-traded put options purchased by the fund.",), Right.SELL),
        ("Options", ("A covered call.",), Right.MUST_SELL),
        ("Listed Options", ("The options were sold.",), Right.UNKNOWN),
        ("Stock Option", ("Carries an obligation to sell the shares.",), Right.MUST_SELL),
        ("Stock Option", ("The issuer has the right to repurchase; the person has the right to sell.",), Right.BUY),
        ("Stock Option (Right to Buy)", ("Obligation to sell.",), Right.BUY),
        ("Restricted Stock Units", ("Written put options are held too.",), Right.BUY),
    ],
)  # fmt: skip
def test_footnotes_say_what_the_title_leaves_open(title: str, notes: tuple[str, ...], right: Right) -> None:
    assert right_of(title, notes) is right


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Call Option (Obligation to Sell)", True),
        ("Put Option (obligation to buy)", True),
        ("Forward Contract (obligation to deliver)", True),
        ("Short Put", True),
        ("Covered Call", True),
        ("Equity Swap (short)", True),
        ("Short Total Return Swap", True),
        ("Equity Swap (long)", False),
        ("Put Option (Right to Sell)", False),
        ("Call Option", False),
        ("Stock Option (Right to Buy)", False),
    ],
)
def test_obligations_and_short_swaps_are_counted_as_written(title: str, expected: bool) -> None:
    assert is_obligation(title) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Stock Option (Right to Buy)", True),
        ("Warrant", True),
        ("Put Option (Right to Sell)", True),
        ("Forward Contract (obligation to sell)", True),
        ("Convertible Notes", True),
        ("Stock Appreciation Rights", True),
        ("Common Stock", False),
        ("Class B Common Stock", False),
        ("Restricted Stock Units", False),
        ("Common Stock acquired upon exercise of options", False),
    ],
)
def test_a_title_that_table_1_does_not_take(title: str, expected: bool) -> None:
    assert is_derivative(title) is expected
