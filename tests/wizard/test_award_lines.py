"""Awards that have no line now: units forfeited, and units earned by a goal that is not certified yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from form4_author.wizard.draft.event import open_event_days
from tests.wizard.pilot import LAST, interview
from tests.wizard.test_events import above_a_note, brief, notes_at_totals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

FORFEIT = {"date": "11/1", "security": "Common Stock", "quantity": "1000"}
SALE = ("sold", {"date": "11/1", "quantity": "100", "price": "10", "ownership": "D"})


def begun() -> dict[str, Any]:
    return draft_data(opening.from_filing(draft_of(LAST).filing))


def asked(pilot: Pilot, name: str) -> Any:
    return next(ask for ask in pilot.asks if ask.id == f"events[0].{name}")


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def test_units_forfeited_need_no_line_and_leave_the_total(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("forfeited", {**FORFEIT, "style": "table2"}), SALE], data=begun())

    assert "II holding → 2000 D" in brief(data)
    assert not [line for line in brief(data) if " D D " in line]
    place = brief(data).index("II holding → 2000 D")
    assert notes_at_totals(data)[place] == ["Reflects the forfeiture of 1,000 units on 11/01/2024."]
    question = asked(pilot, "voluntary")
    assert question.message == "Nothing is due (Rule 16a-4(d)). Show a voluntary line?"
    assert question.proposal == "no"
    assert above_a_note(data) == []


def test_units_shown_as_stock_lower_the_total_of_table_1(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("forfeited", {**FORFEIT, "style": "as_stock"}), SALE], data=begun())

    assert brief(data)[0] == "I S D 4 100 @10 → 3900 D"
    assert notes_at_totals(data)[0] == ["Reflects the forfeiture of 1,000 units on 11/01/2024."]
    assert asked(pilot, "voluntary").message == (
        "Nothing is due (Rule 16a-4(d)). Lower the total with a footnote, or show a line?"
    )


def test_an_option_of_the_last_filing_is_forfeited_by_choosing_it(tmp_path: Path) -> None:
    event = {**FORFEIT, "style": "table2", "quantity": "400", "voluntary": "yes", "series": "1"}
    data, pilot = interview(tmp_path, [("forfeited", event)], data=begun())

    assert brief(data) == ["II D D 4 400 @0 → 600 D"]
    assert data["derivative"][0]["exercise_price"] == "12.50"
    assert [o.label for o in asked(pilot, "series").options] == [
        "Restricted Stock Units (3,000 held): The units vest each November…",
        "Stock Option (Right to Buy) at $12.50 to 01/01/2030 (1,000 held)",
        "Another one: its terms are asked",
    ]


@pytest.mark.parametrize("voluntary", ["no", "yes"])
def test_a_forfeiture_that_is_whole_is_not_waited_for(voluntary: str, tmp_path: Path) -> None:
    event = {**FORFEIT, "style": "as_stock", "voluntary": voluntary}
    data, _ = interview(tmp_path, [SALE, ("forfeited", event)], data=begun())

    assert open_event_days(draft_of(data)) == ()


def test_a_goal_that_is_not_certified_makes_no_line(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("granted_units", {"style": "open"}), SALE], data=begun())

    assert not [line for line in brief(data) if " A A " in line]
    assert (
        "No line now: units earned by a goal other than the share price are reported when the committee"
        in pages(pilot)
    )
    assert [ask.id for ask in pilot.asks if ask.id.startswith("events[0]")] == ["events[0].style"]


def test_units_that_vest_on_the_share_price_alone_are_asked_for_their_hurdles(tmp_path: Path) -> None:
    grant = {
        "style": "price", "date": "11/1", "quantity": "3000", "before_1": "0", "expiration": "1/12/2030",
        "exercisable": "1,000 units vest at each of $40, $50 and $60.",
    }  # fmt: skip
    data, pilot = interview(tmp_path, [("granted_units", grant)], data=begun())

    assert brief(data)[0] == "II A A 4 3000 @0 → 3000 D"
    assert asked(pilot, "exercisable").message == "Share price hurdles and service, as a footnote"
    assert (asked(pilot, "exercisable").proposal, asked(pilot, "expiration").proposal) == ("", "")
    assert asked(pilot, "expiration").message == (
        "When does the performance period end? A date, or words for a footnote"
    )
