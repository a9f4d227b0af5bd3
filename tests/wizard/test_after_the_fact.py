"""The insider's death, items of earlier forms, trades that were undone: what is asked, and what no line shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.run import check_draft
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from tests.wizard.pilot import INSIDER, LAST, interview
from tests.wizard.replay import TODAY, play
from tests.wizard.test_class_wide import begun, notes, option, stock
from tests.wizard.test_events import above_a_note, brief, notes_at_totals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

ALONE = {"period_of_report": "11/1"}
SALE = ("sold", {"date": "11/1", "quantity": "300", "price": "10", "ownership": "D"})
YEAR = {"period_of_report": "9/30/2024"}


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def asked(pilot: Pilot, event: int = 0) -> list[str]:
    return [a.id.rpartition(".")[2] for a in pilot.asks if a.id.startswith(f"events[{event}].")]


def of_last() -> dict[str, Any]:
    return draft_data(opening.from_filing(draft_of(LAST).filing))


def of_year(**facts: Any) -> dict[str, Any]:
    return {**begun((stock("5000"),), (), **facts), "form": "5"}


def found(data: dict[str, Any]) -> set[str]:
    return {f.id for f in check_draft(draft_of(data), TODAY, sec_calendar())}


# ---- 56: the insider died


def test_a_trade_before_death_is_reported_with_the_exit_box(tmp_path: Path) -> None:
    data, pilot = interview(
        tmp_path, [("died", {"form_for": "deceased", "unreported": "yes"}), SALE], data=of_last()
    )

    assert brief(data)[0] == "I S D 4 300 @10 → 4700 D"
    assert data["not_subject_to_section16"] is True
    assert asked(pilot) == ["form_for", "unreported"]
    assert (
        "Choose each such trade next; it is due as if the person lived. The personal representative signs: choose executor "
        "under Signatures. By general knowledge, a power of attorney ends at death. The exit box is checked."
    ) in pages(pilot)
    assert above_a_note(data) == []


def test_a_trade_before_death_shown_as_inherited_is_found(tmp_path: Path) -> None:
    """Code W is for the recipient; the person who died sold."""
    event = ("died", {"form_for": "deceased", "unreported": "yes"})
    data, _ = interview(tmp_path, [event, SALE], data=of_last())
    sale, *others = data["non_derivative"]
    wrong = {**data, "non_derivative": [{**sale, "transaction_code": "W", "price": "0"}, *others]}

    assert found(wrong) - found(data) == {"TXN-029"}


def test_death_alone_makes_no_line_and_no_box(tmp_path: Path) -> None:
    data, pilot = interview(
        tmp_path, [("died", {"form_for": "deceased", "unreported": "no"})], ALONE, of_last()
    )

    assert data["not_subject_to_section16"] is False
    assert [brief(data), data["interview"]["events"][0].get("boxes")] == [[], None]
    assert (
        "Death alone makes no form due; the person who died has no line of code W. Not legal advice."
    ) in pages(pilot)


def test_an_event_taken_back_leaves_a_box_that_it_did_not_check(tmp_path: Path) -> None:
    start = {**of_last(), "not_subject_to_section16": True}
    data, _ = interview(tmp_path, [("died", {"form_for": "deceased", "unreported": "no"})], ALONE, start)
    again = {**data, "interview": {**data["interview"], "at": "lines"}}
    outcome, _ = play(tmp_path / "b.form4.json", [("lines", "drop 0"), ("lines", "q")], again)

    assert outcome.draft.interview.events == ()
    assert outcome.draft.flag("not_subject_to_section16") is True


def test_what_a_recipient_has_is_asked_as_inherited(tmp_path: Path) -> None:
    event = {
        "form_for": "recipient",
        "date": "11/1",
        "security": "Common Stock",
        "quantity": "100",
        "ownership": "D",
    }
    data, pilot = interview(tmp_path, [("died", event)], data=of_last())

    assert brief(data)[0] == "I W A 5 100 @0 → 5100 D"
    assert data["interview"]["events"][0]["recipe"] == "inherited"
    assert "Shares received by will or descent have code W and may wait for Form 5." in pages(pilot)
    assert above_a_note(data) == []


def test_an_executor_who_reports_no_shares_of_the_estate_has_no_line(tmp_path: Path) -> None:
    data, pilot = interview(
        tmp_path, [("died", {"form_for": "executor", "estate_shown": "no"}), SALE], data=of_last()
    )

    assert [line for line in brief(data) if "Estate" in line] == []
    assert (
        "By general knowledge: for 12 months after the appointment an executor is not treated as the owner of the estate's "
        "shares (Rule 16a-2(d)). Shares transferred to the executor are reported as inherited. Not legal advice."
    ) in pages(pilot)


def test_the_shares_of_an_estate_as_a_real_executor_reports_them(tmp_path: Path) -> None:
    """0001058290-23-000076: units vest, shares are withheld, and a holding is that of a parent's estate."""
    estate = {
        "form_for": "executor", "estate_shown": "yes", "security": "Common Stock", "quantity": "800",
        "estate_nature": "By Parent's Estate", "before_1": "0",
    }  # fmt: skip
    withheld = {"date": "11/1", "vested": "524", "quantity": "223", "price": "64.29", "style": "table2",
                "security": "Common Stock", "ownership": "D", "before_2": "2623",
                "exercisable": "Vests quarterly over three years.", "expiration": "The units do not expire."}  # fmt: skip
    data, _ = interview(
        tmp_path, [("died", estate), ("rsu_withheld", withheld)], data=begun((stock("18378"),), ())
    )

    assert above_a_note(data) == []
    assert notes_at_totals(data)[brief(data).index("I holding → 800 By Parent's Estate")] == [
        "Held by an estate of which the reporting person is executor."
    ]
    assert brief(data)[1:3] == ["I M A 4 524 @0 → 18902 D", "I F D 4 223 @64.29 → 18679 D"]


# ---- 57: late items


LATE = {"should": "4", "where": "form5", "was_due": "6/6/2024"}
MISSED = ("sold", {"date": "6/4/2024", "quantity": "200", "price": "18", "ownership": "D"})
GIFT = ("gift_received", {"date": "9/3/2024", "quantity": "50", "ownership": "D", "donor": "-"})


def test_a_missed_sale_is_late_on_form_5_beside_a_timely_gift(tmp_path: Path) -> None:
    data, pilot = interview(tmp_path, [("late_item", LATE), MISSED, GIFT], YEAR, of_year())

    assert brief(data) == ["I S D 4 200 @18 → 4800 D", "I G A 5 50 @0 → 4850 D"]
    first, second = data["non_derivative"]
    assert (first["timeliness"], second.get("timeliness")) == ("L", None)
    assert notes(data) == ["Should have been reported on Form 4 by 06/06/2024."]
    assert first["transaction_code"] == {"value": "S", "footnotes": ["F1"]}
    assert [each["recipe"] for each in data["interview"]["events"]] == ["sold", "gift_received"]
    assert "Choose what happened: its lines are marked late (L) and have the footnote." in pages(pilot)
    assert above_a_note(data) == []


def test_what_an_earlier_form_5_left_out_is_late_with_its_type(tmp_path: Path) -> None:
    late = {"should": "5", "was_due": ""}
    gift = ("gift_received", {**GIFT[1], "date": "9/5/2023"})
    data, pilot = interview(
        tmp_path, [("late_item", late), gift], YEAR, of_year(period_of_report="2023-08-01")
    )

    assert brief(data) == ["I G A 5 50 @0 → 5050 D"]
    assert data["non_derivative"][0]["timeliness"] == "L"
    assert notes(data) == ["Should have been reported on Form 5."]
    assert above_a_note(data) == []
    assert "where" not in asked(pilot)


def test_a_late_move_that_turns_out_to_be_a_gift_stays_late(tmp_path: Path) -> None:
    moved = {
        "held_now": "irrevocable", "date": "6/4/2024", "security": "Common Stock", "quantity": "1000", "ownership": "D",
        "interest": "no", "donee": "-",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("late_item", LATE), ("own_trust", moved)], YEAR, of_year())

    assert brief(data) == ["I G D 4 1000 @0 → 4000 D"]
    assert data["non_derivative"][0]["timeliness"] == "L"
    assert notes(data) == ["Should have been reported on Form 4 by 06/06/2024."]
    assert above_a_note(data) == []


def test_shares_put_into_a_trust_of_others_late_stay_late(tmp_path: Path) -> None:
    funded = {
        "what": "funded", "sole": "no", "date": "6/4/2024", "security": "Common Stock", "quantity": "1000",
        "ownership": "D", "interest": "no", "donee": "-",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("late_item", LATE), ("annuity_trust", funded)], YEAR, of_year())

    assert brief(data) == ["I G D 4 1000 @0 → 4000 D"]
    assert data["non_derivative"][0]["timeliness"] == "L"


def test_a_late_exercise_has_the_mark_in_both_tables(tmp_path: Path) -> None:
    exercise = {
        "date": "6/4/2024",
        "security": "Common Stock",
        "quantity": "100",
        "series": "0",
        "ownership": "D",
    }
    start = {**begun((stock("5000"),), (option("12.50", "1000"),)), "form": "5"}
    data, _ = interview(tmp_path, [("late_item", LATE), ("option_kept", exercise)], YEAR, start)

    assert [row["timeliness"] for row in (*data["non_derivative"], *data["derivative"])] == ["L", "L"]
    assert above_a_note(data) == []


def test_a_late_item_without_its_mark_is_found(tmp_path: Path) -> None:
    """Marked early instead, EDGAR suspends it (F5-005)."""
    data, _ = interview(tmp_path, [("late_item", LATE), MISSED], YEAR, of_year())
    wrong = {**data, "non_derivative": [{**data["non_derivative"][0], "timeliness": "E"}]}

    assert ("F5-005" in found(data), "F5-005" in found(wrong)) == (False, True)


def test_a_holding_that_form_3_left_out_is_of_type_3(tmp_path: Path) -> None:
    late = {
        "should": "3", "security": "Common Stock", "quantity": "700", "ownership": "I", "nature": "By Spouse",
        "before_1": "0", "was_due": "",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("late_item", late)], YEAR, of_year())

    assert brief(data)[0] == "I holding → 700 By Spouse"
    assert data["non_derivative"][0]["transaction_form_type"] == "3"
    assert notes_at_totals(data)[0] == ["Should have been reported on Form 3."]
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("form", "answers", "words"),
    [
        (
            "5",
            [("where", "form4")],
            "Begin a Form 4 for it. It is late in either case (Item 405 of Regulation S-K)",
        ),
        ("4", [], "A late Form 4 shows the transaction as a timely one does; it has no mark for late."),
    ],
)
def test_a_late_form_4_marks_nothing(
    form: str, answers: list[tuple[str, str]], words: str, tmp_path: Path
) -> None:
    steps = [("events[0].should", "4"), *((f"events[0].{name}", text) for name, text in answers)]
    outcome, script = play(
        tmp_path / "d.form4.json",
        [("happened", "late_item"), *steps, ("happened", "q")],
        {**INSIDER, "form": form},
    )

    assert outcome.draft.interview.events == ()
    assert words in " ".join(" ".join(line for page in script.pages for line in page).split())


@pytest.mark.parametrize(
    ("should", "words"),
    [
        (
            "5",
            "What an earlier Form 5 should have shown is marked late on a Form 5 only: begin a Form 5 for it.",
        ),
        ("3", "A holding that Form 3 left out is added by an amendment of that form, or on a Form 5"),
    ],
)
def test_what_a_form_4_cannot_show_as_late_goes_elsewhere(should: str, words: str, tmp_path: Path) -> None:
    steps = [("happened", "late_item"), ("events[0].should", should), ("happened", "q")]
    outcome, script = play(tmp_path / "d.form4.json", steps, INSIDER)

    assert outcome.draft.interview.events == ()
    assert words in " ".join(" ".join(line for page in script.pages for line in page).split())


# ---- 60: a trade that was undone

UNDONE = {
    "what": "reversed", "reported": "no", "date": "10/31", "reversed_on": "11/1", "security": "Common Stock",
    "quantity": "100", "price": "20", "ownership": "D",
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "made"),
    [
        ({}, ["I P A 4 100 @20 → 5100 D", "I J D 4 100 @20 → 5000 D"]),
        ({"side": "S"}, ["I S D 4 100 @20 → 4900 D", "I J A 4 100 @20 → 5000 D"]),
        ({"reported": "yes"}, ["I J D 4 100 @20 → 4900 D"]),
        ({"what": "agreed", "reported": "yes", "side": "S"}, ["I J A 4 100 @20 → 5100 D"]),
    ],
    ids=["purchase", "sale", "reported", "agreed"],
)
def test_a_trade_that_settled_has_both_lines(
    answers: dict[str, str], made: list[str], tmp_path: Path
) -> None:
    data, pilot = interview(tmp_path, [("reversed", {**UNDONE, **answers})], data=begun((stock("5000"),), ()))

    assert brief(data) == made
    assert notes(data) == ["Reverses the transaction of 10/31/2024, made in error by the broker."]
    assert (
        "Both the trade and its reversal are listed. Whether undoing a trade removes liability under Section 16(b) is open "
        "and not judged here."
    ) in pages(pilot)
    assert above_a_note(data) == []


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        ("no", "A trade that was canceled before settlement and is on no form makes no line here."),
        (
            "yes",
            "The filed form shows a trade that was canceled: amend that form and remove the line (form4 amend).",
        ),
    ],
)
def test_a_trade_that_was_canceled_has_no_line(reported: str, words: str, tmp_path: Path) -> None:
    event = {"what": "canceled", "reported": reported}
    data, pilot = interview(tmp_path, [("reversed", event), SALE], data=begun((stock("5000"),), ()))

    assert brief(data) == ["I S D 4 300 @10 → 4700 D"]
    assert asked(pilot) == ["what", "reported"]
    assert words in pages(pilot)


def test_a_reversal_without_its_description_is_found(tmp_path: Path) -> None:
    """Instruction 8: code J is described (TXN-016)."""
    data, _ = interview(tmp_path, [("reversed", UNDONE)], data=begun((stock("5000"),), ()))
    bare = {**data["non_derivative"][1], "transaction_code": "J"}
    wrong = {**data, "non_derivative": [data["non_derivative"][0], bare]}

    assert ("TXN-016" in found(data), "TXN-016" in found(wrong)) == (False, True)
