"""What leaves a figure open: classes that may convert, floating prices, foreign issuers, the boundary, rows not judged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.page.shortswing import outlook_text, result_data, result_text
from form4_author.shortswing.account import results
from form4_author.shortswing.plan import PlannedTrade, planned_outlook
from form4_author.shortswing.reading import read
from tests.shortswing.forms import calls, form, market, rows, stock

if TYPE_CHECKING:
    from form4_author.model.facts import PriorFiling
    from form4_author.shortswing.account import Result

CLASS_A = {"security_title": "Class A Common Stock"}
CLASS_B = {"security_title": "Class B Common Stock"}


def result(*priors: PriorFiling, **facts: Any) -> Result:
    (found,) = results(priors, **facts)
    return found


def kinds(found: Result) -> list[list[str]]:
    return [[doubt.kind for doubt in account.doubts] for account in found.accounts]


def flat(text: str) -> str:
    return " ".join(text.split())


# ---- classes


def test_opposite_trades_in_two_classes_are_named_and_no_figure_is_zero() -> None:
    found = result(
        form(stock("P", "1000", "10", "2026-02-02", **CLASS_A)),
        form(
            stock("S", "1000", "50", "2026-03-02", **CLASS_B), stock("S", "1", "50", "2026-02-20", **CLASS_B)
        ),
    )
    text = result_text(found)

    assert kinds(found) == [["classes"], ["classes"]]
    assert found.is_uncertain
    assert (
        "Uncertain: Class A Common Stock and Class B Common Stock are matched apart. If one converts into the other, they "
        "count as one class, and P 2026-02-02 may match S 2026-02-20 at a profit (Rules 16a-4(a), 16b-6; Gibbons v. "
        "Malone, 2d Cir. 2013)."
    ) in flat(text)
    assert "$0" not in text
    assert text.count("Upper bound (greatest total) not determined".replace(") n", ")" + " " * 19 + "n")) == 2
    assert [account["uncertain"][0]["kind"] for account in result_data(found)["accounts"]] == [
        "classes",
        "classes",
    ]


@pytest.mark.parametrize(
    ("second", "open_"),
    [
        (stock("S", "10", "50", "2026-07-31", **CLASS_B), True),
        (stock("S", "10", "50", "2026-08-01", **CLASS_B), False),
        (stock("P", "10", "50", "2026-03-02", **CLASS_B), False),
        (stock("S", "10", "50", "2026-03-02", security_title="Series A Preferred Stock"), True),
    ],
    ids=["last day", "after it", "same side", "preferred"],
)
def test_only_opposite_trades_within_six_months_leave_it_open(second: dict[str, Any], open_: bool) -> None:
    found = result(form(stock("P", "10", "10", "2026-02-02"), second))

    assert found.is_uncertain is open_
    assert ("$0" in result_text(found)) is not open_


def test_an_expiration_matches_no_other_class() -> None:
    expired = calls("E", "10", None, "2026-03-02", security_title="Call Option (obligation to sell)")
    found = result(form(stock("S", "10", "50", "2026-02-02", **CLASS_B), derivative=(expired,)))

    assert "classes" not in [kind for account in kinds(found) for kind in account]


# ---- floating prices

FLOATS = "The conversion price floats: 85 per cent of the market price on the date of conversion."


def converted(text: str, **table_2: Any) -> PriorFiling:
    note = calls(
        "C", "5000", "0", "2026-02-02", security_title="Convertible Note", acquired_disposed="D",
        expiration_date=None, **{"exercise_price": {"footnotes": ["F1"]}, **table_2},
    )  # fmt: skip
    return form(
        stock("C", "1000", "5", "2026-02-02", acquired_disposed="A"),
        stock("S", "1000", "25", "2026-03-02"),
        derivative=(note,),
        footnotes=[{"id": "F1", "text": text}],
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (FLOATS, True),
        ("Convertible at a variable conversion price.", True),
        ("The conversion price equals 80% of the lowest closing price of ten days.", True),
        ("The conversion price is fixed at $5.00; the market price was higher.", False),
    ],
)
def test_a_conversion_at_a_price_that_is_not_fixed_is_a_question(text: str, asked: bool) -> None:
    found = result(converted(text))

    reason = "Rule 16b-6(b) exempts at a fixed price, and a footnote says that the price is not fixed"
    assert [entry.reason for entry in found.reading.questions] == [reason] * (2 * asked)
    assert kinds(found) == [["questions"] if asked else []]
    assert ("$0" in result_text(found)) is not asked


def test_a_conversion_whose_line_gives_the_price_is_left_out() -> None:
    found = result(converted(FLOATS, exercise_price="5"))

    assert [entry.reason for entry in found.reading.left_out] == ["Rule 16b-6(b)", "Rule 16b-6(b)"]


def test_a_planned_trade_has_no_footnotes() -> None:
    assert kinds(result(form(stock("C", "10", "5", "2026-02-02", acquired_disposed="A")))) == []


# ---- the issuer, the boundary, what is not judged


def test_a_foreign_symbol_of_the_issuer_is_said_above_the_figures() -> None:
    issuer = {
        "cik": "100",
        "name": "EXAMPLE PLC",
        "trading_symbol": "EXPL",
        "foreign_trading_symbol": "EXL",
    }
    found = result(
        form(stock("P", "10", "5", "2026-02-02"), stock("S", "10", "8", "2026-03-02"), issuer=issuer)
    )
    text = flat(result_text(found))

    assert found.is_uncertain
    assert (
        "Uncertain: The issuer has a foreign trading symbol. If it is a foreign private issuer, Rule 3a12-3(b) keeps its "
        "insiders out of Section 16(b), and no profit is owed."
    ) in text
    assert text.index("Uncertain") < text.index("$30")
    assert [doubt["kind"] for doubt in result_data(found)["uncertain"]] == ["foreign"]


@pytest.mark.parametrize(
    ("day", "open_"),
    [("2026-07-13", []), ("2026-07-14", ["boundary"]), ("2026-07-15", ["boundary"]), ("2026-07-16", [])],
)
def test_a_pair_on_the_boundary_leaves_it_open(day: str, open_: list[str]) -> None:
    found = result(form(stock("P", "10", "10", "2026-01-15")), form(stock("S", "10", "14", day)))

    assert kinds(found) == [open_]


@pytest.mark.parametrize(
    ("day", "open_"),
    [("2026-03-02", ["questions"]), (None, ["questions"]), ("2027-03-02", [])],
)
def test_a_row_not_judged_that_may_match_leaves_it_open(day: str | None, open_: list[str]) -> None:
    found = result(form(stock("S", "10", "14", "2026-02-02"), stock("J", "10", "1", day)))

    assert kinds(found) == [open_]
    assert found.is_uncertain


# ---- a planned trade


def outlook(plan: PlannedTrade, *priors: PriorFiling) -> str:
    return flat(outlook_text(planned_outlook(result(*priors), plan, ())))


def sale(day: date, title: str = "", price: str = "14") -> PlannedTrade:
    return PlannedTrade("S", Decimal(1000), title, Decimal(price), day)


BOUGHT = form(stock("P", "1000", "10", "2026-01-01"))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            date(2026, 6, 29),
            (
                "First day outside every reading: 2026-07-02 at any price, of the trades in these files. As counted here: "
                "2026-06-30 at any price; but courts have counted differently (see SWG-003)."
            ),
        ),
        (
            date(2026, 7, 1),
            (
                "Matches nothing at a profit on that day, at that price, as six months are counted here. First day outside "
                "every reading: 2026-07-02 at any price, of the trades in these files. As counted here: 2026-07-01 at any "
                "price; but courts have counted differently (see SWG-003)."
            ),
        ),
        (
            date(2026, 7, 2),
            (
                "Matches nothing at a profit on that day, at that price. First day outside every reading: 2026-07-02 at any "
                "price, of the trades in these files."
            ),
        ),
    ],
)
def test_a_plan_has_the_day_of_every_reading_first(day: date, said: str) -> None:
    text = outlook(sale(day), BOUGHT)

    assert said in text
    assert text.endswith(said)


def test_a_plan_before_a_trade_the_other_way_is_outside_after_that_one() -> None:
    later = form(stock("P", "1000", "10", "2026-03-02"))

    assert "First day outside every reading: 2026-09-03 at any price" in outlook(
        sale(date(2026, 2, 2)), later
    )


def test_a_plan_in_a_class_of_its_own_names_the_other() -> None:
    text = outlook(sale(date(2026, 3, 2), "Class B Common Stock"), BOUGHT)

    assert "Uncertain: Class B Common Stock and Common Stock are matched apart." in text


# ---- swaps


def test_a_swap_against_shares_is_at_most_what_market_prices_give() -> None:
    swap = stock("S", "1000", "20", "2026-03-02", equity_swap=True)
    text = flat(result_text(result(form(stock("P", "1000", "10", "2026-02-02"), swap))))

    assert "1,000 × (20 − 10) = at most 10,000" in text
    assert '"At most" marks the limit of Rule 16b-6(c)(2) for derivative securities' in text


def test_a_swap_against_a_swap_has_its_own_prices() -> None:
    both = [
        stock("P", "10", "10", "2026-02-02", equity_swap=True),
        stock("S", "10", "20", "2026-03-02", equity_swap=True),
    ]

    assert "10 × (20 − 10) = 100" in flat(result_text(result(form(*both))))


def test_a_swap_beside_a_market_price_is_measured_by_it() -> None:
    swap = stock("S", "1000", "20", "2026-03-02", equity_swap=True)
    prices = market("Common Stock=18@2026-03-02")
    text = flat(result_text(result(form(stock("P", "1000", "10", "2026-02-02"), swap), prices=prices)))

    assert "1,000 × (18 − 10) = at most 8,000" in text


def test_a_split_that_seems_to_lie_between_leaves_no_figure_of_nothing() -> None:
    trades = (
        stock("P", "100", "40", "2026-01-05", amount_owned_following="100"),
        stock("S", "200", "25", "2026-03-02", amount_owned_following="0"),
    )
    text = flat(result_text(result(form(*trades))))

    assert "There seems to be a stock split between these trades." in text
    assert "Upper bound (greatest total) not determined" in text


# ---- a reclassification


@pytest.mark.parametrize(
    ("kind", "text", "left_out"),
    [
        ("5", "Each share was reclassified; reported in reliance on Rule 16b-7.", True),
        ("5", "The reclassification is exempt under Rule 16b-7.", True),
        ("4", "Each share was reclassified; reported in reliance on Rule 16b-7.", False),
        ("5", "Each share was reclassified. Whether Rule 16b-7 applies is open.", False),
    ],
)
def test_a_reclassification_is_left_out_where_a_footnote_relies_on_its_rule(
    kind: str, text: str, left_out: bool
) -> None:
    """Rule 16b-7; without the footnote, or reported as due at once, only the filer can judge it."""
    code = {"value": "J", "footnotes": ["F1"]}
    cells = {**stock("J", "10", "0", "2026-02-02"), "transaction_code": code, "transaction_form_type": kind}
    reading = read(rows(form(cells, footnotes=[{"id": "F1", "text": text}])))

    found = [[each.reason for each in entries] for entries in (reading.left_out, reading.questions)]
    rule = "Rule 16b-7, on which a footnote relies: confirm its conditions"
    asked = "the form describes what code J covers; match it unless it is exempt"
    assert (reading.trades, found) == ((), [[rule], []] if left_out else [[], [asked]])
