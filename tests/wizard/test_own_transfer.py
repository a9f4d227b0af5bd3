"""Totals that change without a row: who holds the shares now decides whether it is a gift; a status changes a total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from tests.wizard.pilot import LAST, interview
from tests.wizard.replay import play
from tests.wizard.test_events import above_a_note, brief, notes_at_totals

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

MOVED = {"security": "Common Stock", "quantity": "1000", "ownership": "D", "to_nature": "By Roe Trust"}
ALONE = {"period_of_report": "11/1"}
GIFT = (
    "That changes the person's interest, so Rule 16a-13 does not apply: it is reported as a gift, code G, due in two "
    "business days."
)


def begun() -> dict[str, Any]:
    return draft_data(opening.from_filing(draft_of(LAST).filing))


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def ids(pilot: Pilot, event: int = 0) -> list[str]:
    return [ask.id.partition("].")[2] for ask in pilot.asks if ask.id.startswith(f"events[{event}]")]


# ---- 18: moved to an own trust, or a gift


def test_who_holds_the_shares_now_is_asked_first_and_not_proposed(tmp_path: Path) -> None:
    _, pilot = interview(tmp_path, [("own_trust", MOVED)], ALONE, begun())

    first = next(ask for ask in pilot.asks if ask.id.startswith("events[0]"))
    assert (first.id, first.message, first.proposal) == (
        "events[0].held_now",
        "Who holds the shares now?",
        "",
    )
    assert [o.label for o in first.options] == [
        "A trust that the person can revoke, such as a living trust",
        "A company or partnership that the person wholly owns",
        "A spouse or relative in the person's household",
        "The person, directly or in the person's own account, such as an IRA",
        "A grantor retained annuity trust (GRAT) that pays the person",
        "Any other irrevocable trust, such as one for children",
        "Someone else",
    ]


@pytest.mark.parametrize(
    ("held_now", "day", "words"),
    [
        ("own_trust", "", "1,000 shares from direct ownership to By Roe Trust, a change"),
        ("company", "10/31", "1,000 shares on 10/31/2024 from direct ownership to By Roe Trust, a change"),
        (
            "annuity",
            "",
            "1,000 shares from direct ownership to By Roe Trust (a grantor retained annuity trust), a change",
        ),
    ],
)
def test_a_change_of_form_only_changes_totals(held_now: str, day: str, words: str, tmp_path: Path) -> None:
    event = {**MOVED, "held_now": held_now, "moved_on": day}
    data, pilot = interview(tmp_path, [("own_trust", event)], ALONE, begun())

    assert brief(data) == ["I holding → 4000 D", "I holding → 1000 By Roe Trust"]
    note = [f"Reflects a transfer of {words} in the form of beneficial ownership (Rule 16a-13)."]
    assert notes_at_totals(data) == [note, note]
    assert ("By general knowledge: shares moved to or from a GRAT" in pages(pilot)) is (held_now == "annuity")


def test_shares_come_back_from_a_trust(tmp_path: Path) -> None:
    event = {"quantity": "200", "held_now": "self", "ownership": "I", "nature": "By Spouse", "to_other": ""}
    data, _ = interview(tmp_path, [("own_trust", event)], ALONE, begun())

    assert brief(data) == ["I holding → 500 By Spouse", "I holding → 5200 D"]
    assert notes_at_totals(data)[0] == [
        (
            "Reflects a transfer of 200 shares from By Spouse to direct ownership, a change in the form of beneficial "
            "ownership (Rule 16a-13)."
        )
    ]


def test_family_in_the_household_is_asked_whether_it_still_is(tmp_path: Path) -> None:
    event = {**MOVED, "to_nature": "By Spouse", "held_now": "household", "same_household": "yes"}
    data, pilot = interview(tmp_path, [("own_trust", event)], ALONE, begun())

    assert brief(data) == ["I holding → 4000 D", "I holding → 1700 By Spouse"]
    asked = next(ask for ask in pilot.asks if ask.id == "events[0].same_household")
    assert (asked.message, asked.proposal) == ("Does that person live in the same household now?", "")


@pytest.mark.parametrize(
    ("answers", "donee"),
    [
        ({"held_now": "irrevocable"}, "trust"),
        ({"held_now": "other", "given_to": "charity"}, "charity"),
        ({"held_now": "household", "same_household": "no"}, "outside"),
    ],
    ids=["irrevocable", "other", "no household"],
)
def test_what_changes_the_interest_is_asked_as_a_gift(
    answers: dict[str, str], donee: str, tmp_path: Path
) -> None:
    event = {**MOVED, **answers, "date": "11/1", "interest": "no", "donee": "-"}
    data, pilot = interview(tmp_path, [("own_trust", event)], data=begun())

    assert brief(data)[0] == "I G D 4 1000 @0 → 4000 D"
    assert not [line for line in brief(data) if "Trust" in line and "Old" not in line]
    assert data["interview"]["events"][0]["recipe"] == "gave"
    assert data["interview"]["events"][0]["answers"]["given_to"] == donee
    assert GIFT in pages(pilot)
    assert above_a_note(data) == []


def test_a_move_that_turns_out_to_be_a_gift_keeps_what_was_answered(tmp_path: Path) -> None:
    """The totals that it changed follow."""
    data, _ = interview(tmp_path, [("own_trust", MOVED)], ALONE, begun())
    again = [
        ("lines", "event 0"),
        ("events[0].held_now", "irrevocable"),
        ("events[0].date", "11/1"),
        *((f"events[0].{name}", "") for name in ("security", "quantity", "ownership", "given_to")),
        ("events[0].interest", "no"),
        ("events[0].donee", "-"),
        ("events[0].after_1", ""),
        ("lines", "q"),
    ]
    outcome, _ = play(
        tmp_path / "b.form4.json", again, {**data, "interview": {**data["interview"], "at": "lines"}}
    )

    assert brief(draft_data(outcome.draft)) == ["I G D 4 1000 @0 → 4000 D"]


def test_a_move_answered_before_the_question_stays_whole(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("own_trust", MOVED)], ALONE, begun())
    del data["interview"]["events"][0]["answers"]["held_now"]
    _, script = play(
        tmp_path / "b.form4.json",
        [("lines", "q")],
        {**data, "interview": {**data["interview"], "at": "lines"}},
    )

    assert [o.label for o in script.asks[0].options if o.value.startswith("event")] == [
        "Change the answers: Moved shares to own trust or spouse (no line; …"
    ]


# ---- 46: no longer held, or now held

STATUS = {"security": "Common Stock", "quantity": "400", "direction": "D", "ownership": "D"}


@pytest.mark.parametrize(
    ("answers", "made", "note"),
    [
        (
            {"reason": "order", "decree": "yes", "changed_on": "10/31"},
            ["I holding → 4600 D"],
            (
                "Reflects the transfer of 400 shares on 10/31/2024 under a domestic relations order (Rule 16a-12); the "
                "reporting person no longer reports the transferred securities."
            ),
        ),
        (
            {"reason": "order", "decree": "yes", "direction": "A"},
            ["I holding → 5400 D"],
            "Reflects the transfer of 400 shares under a domestic relations order (Rule 16a-12).",
        ),
        (
            {"reason": "plan", "direction": "A"},
            ["I holding → 5400 D"],
            "Reflects an increase of 400 shares under a tax-qualified plan.",
        ),
        (
            {"reason": "household", "ownership": "I By Spouse"},
            ["I holding → 300 By Spouse"],
            "No longer includes 400 shares (By Spouse), after a change in the reporting person's household.",
        ),
        (
            {"reason": "role", "ownership": "I", "nature": "As trustee of a trust", "direction": "A"},
            ["I holding → 400 As trustee of a trust"],
            "Includes 400 shares (As trustee of a trust), after a change in the reporting person's role.",
        ),
        ({"reason": "error"}, ["I holding → 4600 D"], "The total corrects an earlier one by 400 shares."),
    ],
    ids=["order", "order received", "plan", "household", "role", "error"],
)
def test_a_total_changes_with_the_reason_at_it(
    answers: dict[str, str], made: list[str], note: str, tmp_path: Path
) -> None:
    data, _ = interview(tmp_path, [("status_changed", {**STATUS, **answers})], ALONE, begun())

    assert brief(data) == made
    assert notes_at_totals(data) == [[note]]


def test_shares_of_a_plan_that_are_delivered_come_to_the_direct_line(tmp_path: Path) -> None:
    event = {
        **STATUS, "reason": "plan", "ownership": "I", "nature": "By 401(k) Plan", "before_1": "900", "delivered": "yes",
    }  # fmt: skip
    data, _ = interview(tmp_path, [("status_changed", event)], ALONE, begun())

    assert brief(data) == ["I holding → 500 By 401(k) Plan", "I holding → 5400 D"]
    assert notes_at_totals(data)[0] == ["Reflects a distribution of 400 shares under a tax-qualified plan."]


def test_an_option_divided_by_an_order_keeps_its_terms_in_table_2(tmp_path: Path) -> None:
    event = {**STATUS, "security": "Stock Option (Right to Buy)", "reason": "order", "decree": "yes"}
    data, _ = interview(tmp_path, [("status_changed", event)], ALONE, begun())

    assert brief(data) == ["II holding → 600 D"]
    assert data["derivative"][0]["exercise_price"] == "12.50"
    assert notes_at_totals(data) == [
        [
            (
                "Reflects the transfer of 400 derivative securities under a domestic relations order (Rule 16a-12); the "
                "reporting person no longer reports the transferred securities."
            )
        ]
    ]


def test_without_an_order_the_event_is_chosen_again(tmp_path: Path) -> None:
    outcome, script = play(
        tmp_path / "d.form4.json",
        [
            ("happened", "status_changed"),
            ("events[0].reason", "order"),
            ("events[0].decree", "no"),
            ("happened", "q"),
        ],
        begun(),
    )

    assert outcome.draft.interview.events == ()
    assert "Without a court's order or decree the transfer is reported as what it is" in " ".join(
        " ".join(line for page in script.pages for line in page).split()
    )
