"""A gift made: how it was held, who received it, who keeps an interest; the lines follow from what the filer says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.draft import opening
from tests.wizard.pilot import LAST, interview
from tests.wizard.replay import play
from tests.wizard.test_events import brief

if TYPE_CHECKING:
    from pathlib import Path

    from tests.wizard.pilot import Pilot

GIFT = {"date": "11/1", "security": "Common Stock", "quantity": "500", "ownership": "D"}
RULE_16A_13 = (
    "Rule 16a-13: a transaction that changes only the form of beneficial ownership, and not the person's pecuniary "
    "interest, is not reported."
)
INDIRECT = "Shares in which a person has an indirect pecuniary interest stay on the person's forms"


def gave(folder: Path, **answers: str) -> tuple[dict[str, Any], Pilot]:
    start = draft_data(opening.from_filing(draft_of(LAST).filing))
    return interview(folder, [("gave", {**GIFT, **answers})], data=start)


def notes(data: dict[str, Any]) -> list[str]:
    return [note["text"] for note in data.get("footnotes", ())]


def pages(pilot: Pilot) -> str:
    return " ".join(" ".join(line for page in pilot.pages for line in page).split())


def ids(pilot: Pilot) -> list[str]:
    return [ask.id.partition("].")[2] for ask in pilot.asks if ask.id.startswith("events[0]")]


def test_how_the_shares_were_held_is_asked_of_the_time_before(tmp_path: Path) -> None:
    _, pilot = gave(tmp_path, given_to="charity")
    asked = {ask.id: ask for ask in pilot.asks}

    assert asked["events[0].ownership"].message == "How were the shares held before the gift?"
    received = asked["events[0].given_to"]
    assert (received.message, received.proposal) == ("Who received the shares?", "")
    assert [o.label for o in received.options] == [
        "A charity, a foundation or a donor-advised fund",
        "A person outside the household",
        "A spouse, child or relative in the household",
        "An irrevocable trust",
        "A charitable remainder trust",
        "A trust that the person can revoke, or a company the person wholly owns",
    ]


@pytest.mark.parametrize(("given_to", "note"), [("charity", ["Gift to a charity."]), ("outside", [])])
def test_a_gift_to_who_has_it_alone_is_one_line(given_to: str, note: list[str], tmp_path: Path) -> None:
    data, pilot = gave(tmp_path, given_to=given_to, donee=note[0] if note else "")

    assert brief(data)[0] == "I G D 4 500 @0 → 4500 D"
    assert not any(line.startswith("I G A") for line in brief(data))
    assert notes(data) == note
    assert "interest" not in ids(pilot)


@pytest.mark.parametrize("given_to", ["household", "trust", "remainder"])
def test_where_no_interest_is_kept_one_line_is_made(given_to: str, tmp_path: Path) -> None:
    data, pilot = gave(tmp_path, given_to=given_to, interest="no", donee="-")

    assert [line for line in brief(data) if " G " in line] == ["I G D 4 500 @0 → 4500 D"]
    asked = next(ask for ask in pilot.asks if ask.id == "events[0].interest")
    assert asked.proposal == ""
    assert asked.message == (
        "Does the giver, or a relative in the household, benefit from the shares or control the trust's investments?"
    )
    assert INDIRECT in pages(pilot)


def test_where_an_interest_is_kept_it_is_on_the_line_of_the_holder(tmp_path: Path) -> None:
    data, _ = gave(tmp_path, given_to="household", interest="yes", to_nature="By Spouse")

    assert [line for line in brief(data) if " G " in line] == [
        "I G D 4 500 @0 → 4500 D",
        "I G A 5 500 @0 → 1200 By Spouse",
    ]
    assert notes(data) == [
        "Gift to a family member in the reporting person's household.",
        (
            "The reporting person disclaims beneficial ownership of these securities except to the extent of any "
            "pecuniary interest therein."
        ),
    ]


def test_a_move_to_the_own_trust_changes_totals_only(tmp_path: Path) -> None:
    data, pilot = gave(tmp_path, given_to="own", changed="no", to_nature="By Roe Trust", before_2="0")

    assert brief(data) == ["I holding → 4500 D", "I holding → 500 By Roe Trust"]
    assert notes(data) == [
        (
            "Reflects a transfer of 500 shares on 11/01/2024 from direct ownership to By Roe Trust, a change in the form of "
            "beneficial ownership (Rule 16a-13)."
        )
    ]
    asked = next(ask for ask in pilot.asks if ask.id == "events[0].changed")
    assert (asked.message, asked.proposal) == (
        "Did the person's pecuniary interest in the shares change?",
        "",
    )
    assert RULE_16A_13 in pages(pilot)


def test_a_move_to_the_own_trust_that_changes_the_interest_is_a_gift(tmp_path: Path) -> None:
    data, _ = gave(tmp_path, given_to="own", changed="yes", to_nature="By Spouse", donee="", disclaimer="-")

    assert [line for line in brief(data) if " G " in line] == [
        "I G D 4 500 @0 → 4500 D",
        "I G A 5 500 @0 → 1200 By Spouse",
    ]
    assert notes(data) == []


def test_another_receiver_takes_the_line_of_the_holder_back(tmp_path: Path) -> None:
    start = draft_data(opening.from_filing(draft_of(LAST).filing))
    before = [(f"events[0].{name}", GIFT[name]) for name in GIFT]
    kept = [
        ("events[0].given_to", "household"),
        ("events[0].interest", "yes"),
        ("events[0].to_nature", "By Spouse"),
        ("events[0].donee", ""),
        ("events[0].disclaimer", ""),
        ("events[0].after_1", ""),
        ("events[0].after_2", ""),
    ]
    again = [
        ("lines", "event 0"),
        *((id, "") for id, _ in before),
        ("events[0].given_to", "charity"),
        ("events[0].donee", "-"),
        ("events[0].after_1", ""),
        ("lines", "q"),
    ]
    outcome, _ = play(tmp_path / "a.form4.json", [("happened", "gave"), *before, *kept, *again], start)

    assert brief(draft_data(outcome.draft)) == ["I G D 4 500 @0 → 4500 D"]


def test_a_draft_whose_gift_was_answered_before_the_question_stays_whole(tmp_path: Path) -> None:
    data, _ = gave(tmp_path, given_to="outside", donee="")
    del data["interview"]["events"][0]["answers"]["given_to"]
    outcome, script = play(
        tmp_path / "b.form4.json",
        [("lines", "done"), ("aff10b5_one", "q")],
        {**data, "interview": {**data["interview"], "at": "lines"}},
    )

    assert [o.label for o in script.asks[0].options if o.value.startswith("event")] == [
        "Change the answers: Gave shares away as a gift or donation"
    ]
    assert brief(draft_data(outcome.draft))[0] == "I G D 4 500 @0 → 4500 D"
