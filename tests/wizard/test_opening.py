"""A form begun from the last filing: who and what is taken over, what is carried onto the form, what is counted on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard.countdown import countdown, left
from form4_author.wizard.draft import carried_line, opening
from tests.wizard.data import drawn, flat, put, rows
from tests.wizard.pilot import INSIDER, LAST, interview
from tests.wizard.replay import TODAY
from tests.wizard.test_events import OPTION, above_a_note, brief

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def begun() -> dict[str, Any]:
    return draft_data(opening.from_filing(filing_from(LAST)[0]))


def test_person_issuer_and_signer_are_taken_over(begun: dict[str, Any]) -> None:
    assert begun["owners"] == INSIDER["owners"]
    assert begun["issuer"] == INSIDER["issuer"]
    assert begun["interview"]["opened"] == "Form 4 of 08/05/2024"
    assert begun["interview"]["signing"] == [
        {"capacity": "attorney", "agent": "John Doe", "signed_last": "John Doe"}
    ]
    assert "non_derivative" not in begun


def test_an_old_address_abroad_gets_its_country() -> None:
    owner = {**INSIDER["owners"][0], "address": {"street1": "1 High Street", "city": "London", "state": "X0"}}
    data = draft_data(opening.from_filing(filing_from({**LAST, "owners": [owner]})[0]))

    assert data["owners"][0]["address"] == {
        "street1": "1 High Street",
        "city": "London",
        "non_us": True,
        "country": "X0",
    }


def test_a_form_3_begins_with_the_person() -> None:
    assert (
        draft_data(opening.from_filing(filing_from(LAST)[0], "3"))["interview"]["at"]
        == "owners[0].relationship"
    )


def test_nobody_is_asked_what_the_last_filing_says(begun: dict[str, Any], tmp_path: Path) -> None:
    """The total counts on from the last form; the other lines of the class come along, those of others do not."""
    data, pilot = interview(
        tmp_path, [("sold", {"date": "11/1", "quantity": "1000", "price": "10"})], data=begun
    )

    assert brief(data) == ["I S D 4 1000 @10 → 4000 D", "I holding → 700 By Spouse"]
    assert above_a_note(data) == []
    assert not [ask.id for ask in pilot.asks if "before" in ask.id or ask.id.startswith(("owners", "issuer"))]
    assert next(a.shown for a in pilot.asks if a.id == "events[0].after_1") == "5,000 − 1,000 = 4,000"
    assert any("From the Form 4 of 08/05/2024: Roe Richard B." in " ".join(page) for page in pilot.pages)


def test_the_units_known_are_only_chosen(begun: dict[str, Any], tmp_path: Path) -> None:
    vest = {"date": "11/1", "vested": "1000", "quantity": "400", "price": "10"}
    data, pilot = interview(tmp_path, [("rsu_withheld", vest)], data=begun)

    assert brief(data) == [
        "I M A 4 1000 @0 → 6000 D",
        "I F D 4 400 @10 → 5600 D",
        "I holding → 700 By Spouse",
        "II M D 4 1000 @0 → 2000 D",
    ]
    assert [n["text"] for n in data["footnotes"]][1:] == ["One for one.", "The units vest each November 1."]
    assert {"events[0].unit", "events[0].expiration"} & {a.id for a in pilot.asks} == set()
    assert above_a_note(data) == []


def test_the_option_known_has_its_terms(begun: dict[str, Any], tmp_path: Path) -> None:
    sale = {"date": "11/1", "exercised": "600", "quantity": "600", "price": "20"}
    data, pilot = interview(tmp_path, [("option_sold", sale)], data=begun)

    assert brief(data)[0] == "I M A 4 600 @12.50 → 5600 D"
    assert brief(data)[-1] == "II M D 4 600 @0 → 400 D"
    chosen = next(a for a in pilot.asks if a.id == "events[0].series")
    assert [o.label for o in chosen.options] == [
        "Stock Option (Right to Buy) at $12.50 to 01/01/2030 (1,000 held)",
        "Another one: its terms are asked",
    ]


def test_another_option_is_asked_for(begun: dict[str, Any], tmp_path: Path) -> None:
    other = {**OPTION, "series": "other", "quantity": "100", "before_2": "1000"}
    data, _ = interview(tmp_path, [("option_kept", other)], data=begun)

    assert brief(data)[-1] == "II M D 4 100 @0 → 900 D"


def test_a_holding_taken_out_is_not_offered_again(begun: dict[str, Any], tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", {"date": "11/1", "quantity": "1", "price": "10"})], data=begun)
    data = {**data, "non_derivative": data["non_derivative"][:1]}

    assert carried_line.pending(draft_of(data)) == ()


# ---- the deadline on every screen

EASTERN = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2024, 11, 1, 18, 0, tzinfo=EASTERN), "2 business days left"),
        (datetime(2024, 11, 4, 18, 0, tzinfo=EASTERN), "1 business day left"),
        (datetime(2024, 11, 5, 21, 40, tzinfo=EASTERN), "0 h 20 min left"),
        (datetime(2024, 11, 5, 22, 0, tzinfo=EASTERN), "LATE: it is past 10 p.m."),
        (datetime(2024, 11, 6, 8, 0, tzinfo=EASTERN), "LATE by 1 day"),
        (datetime(2024, 11, 8, 8, 0, tzinfo=EASTERN), "LATE by 3 days"),
    ],
)
def test_the_time_left_is_told(now: datetime, words: str) -> None:
    """Regulation S-T, Rule 13(a)(4): 10 p.m. Eastern."""
    assert left(date(2024, 11, 5), sec_calendar(), now) == words


EVENING = datetime(2024, 11, 4, 18, 0, tzinfo=EASTERN)


def test_the_due_date_is_that_of_the_earliest_line(begun: dict[str, Any], tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", {"date": "11/1", "quantity": "1", "price": "10"})], data=begun)

    assert (
        countdown(draft_of(data), sec_calendar(), EVENING, None)
        == "Due Tue 11/05/2024 by 10 p.m. Eastern: 1 business day left"
    )


@pytest.mark.parametrize(
    ("recipe", "day", "words"),
    [
        ("sold", "2024-11-01", "Due Tue 11/05/2024 by 10 p.m. Eastern: 1 business day left"),
        ("sold", "2024-10-31", "Due Mon 11/04/2024 by 10 p.m. Eastern: 4 h 00 min left"),
        (
            "gift_received",
            "2024-11-01",
            "Due on the 2nd business day after the transaction, by 10 p.m. Eastern",
        ),
        ("sold", "soon", "Due on the 2nd business day after the transaction, by 10 p.m. Eastern"),
    ],
)
def test_the_due_date_is_told_as_soon_as_the_trade_date_is(recipe: str, day: str, words: str) -> None:
    data = {**INSIDER, "interview": {"events": [{"recipe": recipe, "answers": {"date": day}}]}}

    assert countdown(draft_of(data), sec_calendar(), EVENING, None) == words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("3", "Due within 10 days after the person became an insider, by 10 p.m. Eastern"),
        ("4", "Due on the 2nd business day after the transaction, by 10 p.m. Eastern"),
        ("5", "Due within 45 days after the issuer's fiscal year ends, by 10 p.m. Eastern"),
        ("4/A", "An amendment has no separate due date"),
    ],
)
def test_from_which_day_it_counts_is_told_while_the_day_is_not_known(form: str, words: str) -> None:
    """Section 16(a)(2); Rule 16a-3(f)."""
    assert countdown(draft_of({**INSIDER, "form": form}), sec_calendar(), EVENING, None) == words


def test_what_may_wait_for_form_5_is_told(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("gift_received", {"date": "11/1", "quantity": "1", "before_1": "5"})])

    assert countdown(draft_of(data), sec_calendar(), EVENING, None) == "No line yet is due before Form 5"


def test_a_total_of_a_form_that_was_read_follows_its_amount() -> None:
    """What the line held before is counted back from its first row; one that its rows do not explain stays."""
    sold = {
        **LAST["non_derivative"][1], "kind": "transaction", "transaction_code": "S", "acquired_disposed": "D",
        "amount": "100",
    }  # fmt: skip
    start = opening.as_worked_out(
        draft_of(
            {
                **INSIDER,
                "non_derivative": [
                    {**sold, "amount_owned_following": "4900"},
                    {**sold, "amount_owned_following": "4800"},
                    {**sold, "amount_owned_following": "4650"},
                ],
            }
        )
    )
    data = put(draft_data(start), ("non_derivative", 0, "amount"), "150")
    data = drawn(data, TODAY)[0]

    assert [flat(row)["amount_owned_following"] for _, _, row in rows(data)] == ["4850", "4750", "4650"]
