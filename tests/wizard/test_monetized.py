"""Shares sold by a lender or contributed to an exchange fund: real filings from answers, and what the rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.run import check_draft
from form4_author.model.facts import PriorFiling
from form4_author.shortswing.reading import read
from form4_author.shortswing.trade import RowPlace
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_of
from form4_author.wizard.draft import opening
from tests.wizard.data import put
from tests.wizard.pilot import interview
from tests.wizard.replay import TODAY
from tests.wizard.test_class_wide import begun, notes, stock
from tests.wizard.test_events import above_a_note, brief, played

if TYPE_CHECKING:
    from pathlib import Path

# ---- 58: a lender sold pledged shares

PLEDGED: dict[str, Any] = {
    "date": "10/31", "security": "Common Stock", "ownership": "D", "pledged_on": "4/27/2017",
    "cause": "loan agreement",
}  # fmt: skip


def test_a_lenders_sales_as_a_real_director_reports_them(tmp_path: Path) -> None:
    """0001209191-23-020151: two days of sales of pledged shares."""
    sales = "493014 @ 1.17"
    first = ("lender_sold", {**PLEDGED, "quantity": sales})
    second = ("lender_sold", {**PLEDGED, "date": "11/1", "quantity": "792209", "price": "1.15"})
    data, _ = interview(tmp_path, [first, second], data=begun((stock("8901347"),), ()))

    assert brief(data) == ["I S D 4 493014 @1.17 → 8408333 D", "I S D 4 792209 @1.15 → 7616124 D"]
    assert notes(data) == [
        (
            "Sold by a lender to satisfy a loan agreement on shares pledged on 04/27/2017; the reporting person did not "
            "direct the sale."
        )
    ]
    assert data["non_derivative"][1]["transaction_code"] == {"value": "S", "footnotes": ["F1"]}
    assert above_a_note(data) == []


def test_fills_of_a_lender_have_their_range_and_the_pledge(tmp_path: Path) -> None:
    event = {**PLEDGED, "date": "11/1", "quantity": "600 @ 1.89; 400 @ 2.05"}
    data, _ = interview(tmp_path, [("lender_sold", event)], data=begun((stock("60000"),), ()))

    assert brief(data) == ["I S D 4 1000 @1.954 → 59000 D"]
    assert len(notes(data)) == 2
    assert "ranging from $1.89 to $2.05" in " ".join(notes(data))
    assert above_a_note(data) == []


def test_shares_taken_over_are_asked_for_the_value_credited(tmp_path: Path) -> None:
    event = {
        **PLEDGED,
        "date": "11/1",
        "lender": "taken",
        "quantity": "1000",
        "price": "1.90",
        "pledged_on": "",
    }
    data, pilot = interview(tmp_path, [("lender_sold", event)], data=begun((stock("60000"),), ()))

    assert brief(data) == ["I S D 4 1000 @1.90 → 59000 D"]
    assert notes(data) == ["Taken over by a lender to satisfy a loan agreement on shares pledged."]
    asked = {ask.id: ask.message for ask in pilot.asks}
    assert asked["events[0].price"] == "Value credited against the debt per share, US dollars"


# ---- 59: contributed to an exchange fund


def test_an_exchange_fund_as_a_real_officer_reports_it(tmp_path: Path) -> None:
    """0001730168-23-000029: 30,000 shares at the value credited, code S, the footnote at the amount."""
    event = {
        "date": "11/1", "security": "Common Stock, $0.001 par value", "quantity": "30000", "price": "626.04",
        "ownership": "D",
    }  # fmt: skip
    held = (stock("244514", title="Common Stock, $0.001 par value"),)
    data, _ = interview(tmp_path, [("exchange_fund", event)], data=begun(held, ()))

    assert brief(data) == ["I S D 4 30000 @626.04 → 214514 D"]
    assert notes(data) == [
        "Contributed to an exchange fund in exchange for fund interests valued at $626.04 per share."
    ]
    assert data["non_derivative"][0]["amount"] == {"value": "30000", "footnotes": ["F1"]}
    assert above_a_note(data) == []


# ---- wrong variants, short-swing, the next form


@pytest.mark.parametrize(
    ("case", "column", "wrong", "rule"),
    [
        ("58", "acquired_disposed", "A", "TXN-007"),
        ("59", "price", "0", "TXN-012"),
    ],
)
def test_a_wrong_variant_is_found(case: str, column: str, wrong: str, rule: str) -> None:
    data, _ = played(case)
    found = [
        {f.id for f in check_draft(draft_of(each), TODAY, sec_calendar())}
        for each in (data, put(data, ("non_derivative", 0, column), wrong))
    ]

    assert (rule in found[0], rule in found[1]) == (False, True), found[1] - found[0]


@pytest.mark.parametrize("case", ["58", "58 taken over", "59"])
def test_short_swing_matches_the_sale(case: str) -> None:
    filing = draft_of(played(case)[0]).filing
    prior = PriorFiling(filing=filing, file="form.xml")
    reading = read((RowPlace(prior, path), row) for path, row in filing.transactions())
    carried = opening.carried_lines(filing, "the last form")

    assert [(trade.code, trade.side.value) for trade in reading.trades] == [("S", "sale")]
    assert [line.text("amount_owned_following") for line in carried] == ["4000"]
