"""A price in another currency than dollars: refused, its rate asked for, and the price put in with its footnote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import flow
from form4_author.wizard.currency import is_conversion
from form4_author.wizard.question import ask
from form4_author.wizard.sheet import columns_for
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import TODAY, play

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.wizard.screen import Ask

NOTE = "The price was GBP 4.12, converted into US dollars at a rate of $1.27 for GBP 1."
RATE = '"\u00a34.12": prices are in US dollars. How many dollars is GBP 1?'


# ---- an event


def sale(at: str = "price", **answers: str) -> dict[str, Any]:
    told = {"date": "2024-11-01", "security": "Common Stock", "quantity": "100", "ownership": "D", **answers}
    events = [{"recipe": "sold", "answers": told}]
    return {**INSIDER, "interview": {"at": f"events[0].{at}", "events": events}}


def test_the_rate_is_asked_for_and_the_price_is_put_in(tmp_path: Path) -> None:
    answers = [
        ("events[0].price", "\u00a34.12"), ("events[0].price_rate", "1.27"), ("events[0].ownership", "D"),
        ("events[0].before_1", ""), ("events[0].after_1", "900"), ("lines", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "d.form4.json", answers, sale(before_1="1000"))
    data = draft_data(outcome.draft)

    assert script.asks[1].message == RATE
    assert script.asks[1].proposal == ""
    assert data["non_derivative"][0]["price"] == {"value": "5.2324", "footnotes": ["F1"]}
    assert data["footnotes"] == [{"id": "F1", "text": NOTE}]
    assert any(
        "GBP 4.12 \u00d7 1.27 = $5.2324; a footnote says so." in " ".join(page) for page in script.pages
    )
    assert "doubt" not in data["interview"]


def test_the_price_in_dollars_takes_rate_and_footnote_away(tmp_path: Path) -> None:
    data = sale(price="5.2324", price_converted=NOTE)
    answers = [("events[0].price", "5.30"), ("events[0].ownership", "q")]
    outcome, _ = play(tmp_path / "d.form4.json", answers, data)

    told = draft_data(outcome.draft)["interview"]["events"][0]["answers"]
    assert (told["price"], told.get("price_converted")) == ("5.30", None)


def test_another_currency_takes_the_earlier_price_away(tmp_path: Path) -> None:
    data = sale(price="5.2324", price_converted=NOTE)
    answers = [("events[0].price", "EUR 4,12"), ("events[0].price_rate", "<"), ("events[0].price", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers, data)

    told = draft_data(outcome.draft)["interview"]["events"][0]["answers"]
    assert "price" not in told
    assert "price_converted" not in told
    assert script.asks[1].message == RATE.replace("\u00a34.12", "EUR 4,12").replace("GBP", "EUR")


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (
            "4.12",
            "4.12 is the price in GBP, not its rate. Type the dollars for GBP 1, or < to type the price in dollars",
        ),
        ("0", "At this rate the price is 0, or more than a form can show"),
        ("999999999999", "At this rate the price is 0, or more than a form can show"),
        ("9999999999999", "At this rate the price is 0, or more than a form can show"),
        ("", "An answer is needed: " + RATE.rstrip("?")),
        ("-", "An answer is needed: " + RATE.rstrip("?")),
        ("1.27", None),
    ],
)
def test_a_rate_that_is_none_is_refused(rate: str, said: str | None) -> None:
    data = sale("price_rate")
    data["interview"]["doubt"] = {"question": "events[0].price", "typed": "\u00a34.12"}

    assert question(data, "events[0].price_rate").check(rate) == said


def question(data: dict[str, Any], id: str) -> Ask:
    draft = draft_of(data)
    place = flow.place(draft, id)
    assert place is not None
    return ask(draft, place, TODAY)


def test_the_rate_is_asked_only_where_a_currency_was_typed() -> None:
    assert flow.place(draft_of(sale()), "events[0].price_rate") is None
    assert "price_rate" not in columns_for("sales")
    assert "price" in columns_for("sales")


def test_an_exercise_price_has_its_footnote_in_both_tables(tmp_path: Path) -> None:
    told = {
        "date": "2024-11-01", "option": "Stock Option (Right to Buy)", "exercisable": "2020-01-01",
        "expiration": "2030-01-01", "security": "Common Stock", "quantity": "10", "strike": "5.2324",
        "strike_converted": NOTE, "ownership": "D", "before_1": "10", "after_1": "0", "before_2": "0", "after_2": "10",
    }  # fmt: skip
    at = {**INSIDER, "interview": {"at": "lines", "events": [{"recipe": "option_kept", "answers": told}]}}
    outcome, _ = play(tmp_path / "d.form4.json", [("lines", "q")], at)
    data = draft_data(outcome.draft)

    assert data["derivative"][0]["exercise_price"] == {"value": "5.2324", "footnotes": ["F1"]}
    assert data["non_derivative"][0]["price"] == {"value": "5.2324", "footnotes": ["F1"]}


# ---- a line by hand


def line(at: str, **cells: Any) -> dict[str, Any]:
    row = {"kind": "transaction", "security_title": "Common Stock", "transaction_date": "2024-11-01", **cells}
    return {**INSIDER, "non_derivative": [row], "interview": {"at": f"non_derivative[0].{at}"}}


def test_the_price_of_a_line_is_converted_too(tmp_path: Path) -> None:
    answers = [
        ("non_derivative[0].price", "4.12 pounds"), ("non_derivative[0].price_rate", "1.27"),
        ("non_derivative[0].ownership_form", "q"),
    ]  # fmt: skip
    data = line("price", transaction_code="S", acquired_disposed="D", amount="100")
    outcome, _ = play(tmp_path / "d.form4.json", answers, data)
    found = draft_data(outcome.draft)

    assert found["non_derivative"][0]["price"] == {"value": "5.2324", "footnotes": ["F1"]}
    assert [each["text"] for each in found["footnotes"]] == [NOTE]


def test_a_price_in_dollars_takes_the_footnote_off_the_line(tmp_path: Path) -> None:
    data = line("price", transaction_code="S", acquired_disposed="D", amount="100")
    data["non_derivative"][0]["price"] = {"value": "5.2324", "footnotes": ["F1", "F2"]}
    data["footnotes"] = [{"id": "F1", "text": NOTE}, {"id": "F2", "text": "Sold to a bank."}]
    answers = [("non_derivative[0].price", "5.30"), ("non_derivative[0].ownership_form", "q")]
    outcome, _ = play(tmp_path / "d.form4.json", answers, data)
    found = draft_data(outcome.draft)

    assert found["non_derivative"][0]["price"] == {"value": "5.30", "footnotes": ["F1"]}
    assert [each["text"] for each in found["footnotes"]] == ["Sold to a bank."]


def test_the_footnote_is_known_again() -> None:
    assert is_conversion(NOTE)
    assert not is_conversion("The price was reduced.")
