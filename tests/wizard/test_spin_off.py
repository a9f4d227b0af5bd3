"""Shares of another company, and awards adjusted for them: no line where all holders had them and the plan says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from form4_author.wire.draft import draft_data
from tests.wizard.pilot import interview
from tests.wizard.replay import play
from tests.wizard.test_class_wide import SALE, asked, begun, option, stock, terms, told
from tests.wizard.test_events import above_a_note, brief, notes_at_totals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

SHARES = {"what": "shares", "pro_rata": "yes"}


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def ask(pilot: Pilot, name: str) -> Any:
    return next(each for each in pilot.asks if each.id == f"events[0].{name}")


def test_shares_of_another_company_are_no_line(tmp_path: Path) -> None:
    """Only what was received is asked about, and no award is restated."""
    data, pilot = told(tmp_path, [("award_adjusted", {**SHARES, "new_insider": "no"}), SALE])

    assert asked(pilot) == ["what", "pro_rata", "new_insider"]
    assert "derivative" not in data
    assert brief(data)[0] == "I S D 4 100 @10 \u2192 4901 D"
    assert "The person files a Form 3 at the new company" not in pages(pilot)


def test_the_questions_on_shares_propose_nothing(tmp_path: Path) -> None:
    _, pilot = told(tmp_path, [("award_adjusted", {**SHARES, "new_insider": "yes"}), SALE])

    assert [
        (each.message, each.proposal) for each in (ask(pilot, "pro_rata"), ask(pilot, "new_insider"))
    ] == [
        ("Did every holder of the class receive the shares pro rata?", ""),
        ("Is the person a director, officer or 10% holder of the new company?", ""),
    ]
    assert (
        "The person files a Form 3 at the new company, which lists the shares and awards received (Rule 16a-3(a)). This "
        "form does not report them. By published practice; not legal advice."
    ) in pages(pilot)


def test_shares_and_awards_are_asked_about_together(tmp_path: Path) -> None:
    event = {**SHARES, "what": "both", "new_insider": "no", "factor": "1.083", "effective": "10/1/2024"}
    data, pilot = told(tmp_path, [("award_adjusted", event), SALE])

    assert asked(pilot)[:6] == ["what", "pro_rata", "new_insider", "reason", "plan", "security"]
    assert terms(data)[0] == "1083 @11.54 of 1083"


def test_awards_answered_before_shares_are_not_restated(tmp_path: Path) -> None:
    """What was answered on awards counts no more once only shares were received."""
    data, _ = told(tmp_path, [("award_adjusted", {"factor": "2"}), SALE])
    again = [
        ("lines", "event 0"), ("events[0].what", "shares"), ("events[0].pro_rata", "yes"),
        ("events[0].new_insider", "no"), ("lines", "q"),
    ]  # fmt: skip
    at = {**data, "interview": {**data["interview"], "at": "lines"}}
    outcome, _ = play(tmp_path / "b.form4.json", again, at)
    changed = draft_data(outcome.draft)

    assert [terms(data)[0], terms(changed)] == ["2000 @6.25 of 2000", []]


def test_shares_that_not_every_holder_received_are_described(tmp_path: Path) -> None:
    event = {
        "what": "shares", "pro_rata": "no", "described": "Shares of Newco received in an exchange offer.", "date": "11/1",
        "direction": "D", "quantity": "1000", "price": "0",
    }  # fmt: skip
    data, pilot = told(tmp_path, [("award_adjusted", event)])

    assert brief(data)[0] == "I J D 4 1000 @0 \u2192 4001 D"
    assert data["interview"]["events"][0]["recipe"] == "something_else"
    assert "Shares that not every holder received pro rata, as in an exchange offer, are reported" in pages(
        pilot
    )


def test_an_adjustment_that_no_plan_requires_is_an_exchange(tmp_path: Path) -> None:
    event = {
        "plan": "no", "changed": "price", "date": "11/1", "quantity": "1000", "series": "0", "new_strike": "9",
        "new_exercisable": "1/1/2020", "new_expiration": "1/1/2030",
    }  # fmt: skip
    data, pilot = told(tmp_path, [("award_adjusted", event)], begun(awards=(option("12.50", "1000"),)))

    assert [line for line in brief(data) if line.startswith("II")] == [
        "II D D 4 1000 @0 \u2192 0 D",
        "II A A 4 1000 @0 \u2192 1000 D",
    ]
    assert data["interview"]["events"][0]["recipe"] == "exchanged"
    assert (
        "An adjustment that the plan does not require, or that adds value, is reported as an exchange"
        in pages(pilot)
    )


def test_an_adjusted_option_of_a_real_filing(tmp_path: Path) -> None:
    """0001209191-23-027647: an option that three spin-offs adjusted is exercised at its new price, shares withheld."""
    start = begun((stock("41565"), stock("2085.6774", "Held in 401(k) plan")), (option("105.10", "21750"),))
    adjusted = {"number_1": "23107", "strike_1": "98.93", "effective": "10/29/2018"}
    exercised = {"date": "11/1", "exercised": "23107", "quantity": "16660", "price": "199.01"}
    data, _ = interview(tmp_path, [("award_adjusted", adjusted), ("option_net", exercised)], data=start)

    assert above_a_note(data) == []
    assert brief(data) == [
        "I M A 4 23107 @98.93 \u2192 64672 D",
        "I F D 4 16660 @199.01 \u2192 48012 D",
        "I holding \u2192 2085.6774 Held in 401(k) plan",
        "II M D 4 23107 @0 \u2192 0 D",
    ]
    assert notes_at_totals(data)[-1] == [
        (
            "Adjusted from 21,750 at $105.10 to 23,107 at $98.93 to reflect the spin-off on October 29, 2018, as the plan "
            "requires."
        )
    ]
