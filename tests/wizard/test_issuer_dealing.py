"""Dealings with the issuer: the code follows from who acted, the approval, and whether the filer is an insider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from tests.wizard.pilot import LAST, interview
from tests.wizard.replay import play
from tests.wizard.test_events import brief
from tests.wizard.test_narrowing import TEN_PERCENT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

OF_LAST = {"date": "11/1", "security": "Common Stock", "quantity": "400", "series": "1"}
CONFIRM = "The line is reported under code D, which claims Rule 16b-3(e). Confirm the approval before filing"


def begun(*, insider: bool = True) -> dict[str, Any]:
    last = LAST if insider else {**LAST, "owners": TEN_PERCENT["owners"]}
    return draft_data(opening.from_filing(draft_of(last).filing))


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def asked(pilot: Pilot, name: str) -> Any:
    return next(ask for ask in pilot.asks if ask.id == f"events[0].{name}")


def notes(data: dict[str, Any]) -> list[str]:
    return [note["text"] for note in data.get("footnotes", ())]


# ---- 27: sold back to the issuer


@pytest.mark.parametrize(
    ("initiated", "code", "codes", "made", "note"),
    [
        ("negotiated", "", ["S", "J", "D"], "I S D 4 1000 @10.32 → 4000 D", []),
        (
            "negotiated",
            "J",
            ["S", "J", "D"],
            "I J D 4 1000 @10.32 → 4000 D",
            ["1,000 shares were repurchased by the issuer at $10.32 per share."],
        ),
        (
            "called",
            "",
            ["J", "S", "D"],
            "I J D 4 1000 @10.32 → 4000 D",
            ["1,000 shares were redeemed by the issuer at $10.32 per share."],
        ),
        (
            "returned",
            "D",
            ["J", "S", "D"],
            "I D D 4 1000 @10.32 → 4000 D",
            ["1,000 shares were surrendered to the issuer at $10.32 per share."],
        ),
    ],
)
def test_a_ten_percent_holder_is_asked_for_the_code(
    initiated: str, code: str, codes: list[str], made: str, note: list[str], tmp_path: Path
) -> None:
    event = {"initiated": initiated, "code": code, "date": "11/1", "quantity": "1000", "price": "10.32"}
    data, pilot = interview(tmp_path, [("sold_to_issuer", event)], data=begun(insider=False))

    assert brief(data)[0] == made
    assert notes(data) == note
    assert [o.value for o in asked(pilot, "code").options] == codes
    assert asked(pilot, "code").proposal == codes[0]
    assert not [ask for ask in pilot.asks if ask.id == "events[0].approved"]
    cell = data["non_derivative"][0]["transaction_code"]
    assert isinstance(cell, dict) is made.startswith("I J")


@pytest.mark.parametrize(("approved", "code"), [("", "D"), ("yes", "D"), ("no", "S")])
def test_an_insider_is_asked_for_the_approval(approved: str, code: str, tmp_path: Path) -> None:
    event = {"date": "11/1", "quantity": "1000", "price": "10", "approved": approved}
    data, pilot = interview(tmp_path, [("sold_to_issuer", event)], data=begun())

    assert brief(data)[0] == f"I {code} D 4 1000 @10 → 4000 D"
    assert asked(pilot, "approved").proposal == "unknown"
    assert (CONFIRM in pages(pilot)) is (approved == "")
    assert not [ask for ask in pilot.asks if ask.id == "events[0].code"]


def test_what_is_surrendered_is_proposed_at_nothing(tmp_path: Path) -> None:
    event = {"initiated": "returned", "date": "11/1", "quantity": "1000"}
    data, pilot = interview(tmp_path, [("sold_to_issuer", event)], data=begun())

    assert brief(data)[0] == "I D D 4 1000 @0 → 4000 D"
    assert asked(pilot, "price").proposal == "0"
    assert notes(data) == ["1,000 shares were surrendered to the issuer without payment."]


def test_a_sale_answered_before_the_questions_stays_whole(tmp_path: Path) -> None:
    event = {"date": "11/1", "quantity": "1000", "price": "10"}
    data, _ = interview(tmp_path, [("sold_to_issuer", event)], data=begun())
    for name in ("initiated", "approved"):
        del data["interview"]["events"][0]["answers"][name]
    _, script = play(
        tmp_path / "b.form4.json",
        [("lines", "q")],
        {**data, "interview": {**data["interview"], "at": "lines"}},
    )

    assert [o.label for o in script.asks[0].options if o.value.startswith("event")] == [
        "Change the answers: Sold back to the issuer"
    ]


# ---- 30: an option ended for value


@pytest.mark.parametrize(
    ("insider", "answers", "code"),
    [
        (True, {"by": "issuer"}, "D"),
        (True, {"by": "issuer", "approved": "no"}, "H"),
        (True, {"by": "exchanged"}, "D"),
        (True, {"by": "exchanged", "approved": "no"}, "J"),
        (True, {"by": "counterparty"}, "H"),
        (False, {"by": "issuer"}, "H"),
        (False, {"by": "issuer", "code": "D"}, "D"),
        (False, {"by": "exchanged"}, "J"),
        (False, {"by": "counterparty"}, "H"),
    ],
)
def test_the_code_of_an_option_that_ended_follows_from_who_ended_it(
    insider: bool, answers: dict[str, str], code: str, tmp_path: Path
) -> None:
    event = {**OF_LAST, "paid": "2", "ended": "Ended for cash.", **answers}
    data, pilot = interview(tmp_path, [("long_ended", event)], data=begun(insider=insider))

    assert brief(data) == [f"II {code} D 4 400 @2 → 600 D"]
    assert (asked(pilot, "by").message, asked(pilot, "by").proposal) == ("By whom was it ended?", "")
    exchanged = answers["by"] == "exchanged"
    assert ("This line is for the award given up. The new award has a line too" in pages(pilot)) is exchanged


# ---- 55: exchanged or repriced

NEW = {"changed": "price", "new_strike": "9"}


@pytest.mark.parametrize(
    ("insider", "answers", "codes"),
    [(True, {}, "DA"), (True, {"approved": "no"}, "JJ"), (False, {}, "JJ"), (False, {"code": "D"}, "DA")],
)
def test_a_repriced_option_is_two_lines(
    insider: bool, answers: dict[str, str], codes: str, tmp_path: Path
) -> None:
    event = {**OF_LAST, **NEW, **answers, "quantity": "1000"}
    data, pilot = interview(tmp_path, [("exchanged", event)], data=begun(insider=insider))

    assert brief(data) == [f"II {codes[0]} D 4 1000 @0 → 0 D", f"II {codes[1]} A 4 1000 @0 → 1000 D"]
    old, new = data["derivative"]
    assert (old["exercise_price"], new["exercise_price"]) == ("12.50", "9")
    assert (new["date_exercisable"], new["expiration_date"]) == ("2020-01-01", "2030-01-01")
    assert asked(pilot, "new_quantity").proposal == "1,000" or asked(pilot, "new_quantity").proposal == "1000"
    assert notes(data) == [
        (
            "Amended on 11/01/2024 to reduce the exercise price from $12.50 to $9.00, reported as the cancellation of the "
            "old option and the grant of a new one; no cash was paid."
        )
    ]


def test_a_longer_term_asks_for_the_new_dates(tmp_path: Path) -> None:
    event = {
        **OF_LAST, "changed": "term", "quantity": "1000", "new_strike": "12.50", "new_exercisable": "1/1/2020",
        "new_expiration": "1/1/2035",
    }  # fmt: skip
    data, pilot = interview(tmp_path, [("exchanged", event)], data=begun())

    assert [row["expiration_date"] for row in data["derivative"]] == ["2030-01-01", "2035-01-01"]
    assert asked(pilot, "new_expiration").proposal == ""
    assert notes(data) == [
        (
            "Amended on 11/01/2024, reported as the cancellation of the old option and the grant of a new one; no cash was "
            "paid."
        )
    ]


def test_an_option_exchanged_for_units(tmp_path: Path) -> None:
    event = {
        **OF_LAST, "changed": "award", "received": "units", "quantity": "1000", "new_quantity": "300",
        "new_exercisable": "The units vest in 2026.", "new_expiration": "The units do not expire.",
    }  # fmt: skip
    data, pilot = interview(tmp_path, [("exchanged", event)], data=begun())

    assert brief(data) == ["II D D 4 1000 @0 → 0 D", "II A A 4 300 @0 → 300 D"]
    assert asked(pilot, "new_quantity").proposal == ""
    assert asked(pilot, "new_option").proposal == "Restricted Stock Units"
    assert "Exchanged on 11/01/2024 for the award that is reported as acquired; no cash was paid." in notes(
        data
    )
