"""Who is asked what in which order: every form, filers known and unknown, and the card of every event.

The answers are given by name, so that only the questions are kept: in ``sequences``, and for the events below it.
FORM4_UPDATE_SEQUENCES=1 writes the files anew; a reviewer sees in them who gains or loses a question.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.desk.interview import desk as desk_at
from form4_author.desk.interview_register import RegisterClerk
from form4_author.wizard import session
from form4_author.wizard.draft import opening
from form4_author.wizard.recipes import RECIPES
from tests.register.papers import paper
from tests.wizard import desk as known
from tests.wizard.pilot import INSIDER, Pilot, interview
from tests.wizard.test_events import CASES, FILLS, MOVED, NOTHING, OPTION, PRICED, SHARES, played

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from form4_author.register.database import Register
    from form4_author.wizard.screen import Ask

SEQUENCES = Path(__file__).parent / "sequences"

Event = tuple[str, "Mapping[str, str]"]


def written(asks: Iterable[Ask]) -> str:
    """The questions as the files have them."""
    return "".join(f"{ask.id:34} {ask.message}\n" for ask in asks)


def as_kept(name: str, found: str) -> str:
    """What the file says; FORM4_UPDATE_SEQUENCES=1 writes it anew, to be read before it is kept."""
    kept = SEQUENCES / f"{name}.txt"
    if os.environ.get("FORM4_UPDATE_SEQUENCES"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found, encoding="utf-8")
    return kept.read_text(encoding="utf-8")


# ---- forms


@dataclass(frozen=True)
class Scenario:
    """A form from the first question to the review."""

    form: str
    events: Sequence[Event] = ()
    answers: Mapping[str, Any] | None = None
    more: Mapping[str, Any] | None = None
    """What else the draft has at first."""


SALE: Event = ("sold", PRICED)
AMENDED = {"date_of_original_submission": "11/4", "amendment.reason": "This amendment corrects the number."}
HOLDING = {
    "non_derivative[0].security_title": "Common Stock",
    "non_derivative[0].amount_owned_following": "5000",
    "non_derivative[0].ownership_form": "D",
}
FUND = {
    **{
        k: v
        for k, v in INSIDER["owners"][0].items()
        if k not in ("is_director", "is_officer", "officer_title")
    },
    "cik": "0000000010",
    "name": "Example Fund I, L.P.",
    "is_ten_percent_owner": True,
}
SIGNED = {
    "signing[1].capacity": "officer",
    "signing[1].agent": "Jane Doe",
    "signing[1].office": "Managing Member",
}
YEAR = {"period_of_report": "9/30/2024"}

SCENARIOS: dict[str, Scenario] = {
    "form5_late_gift": Scenario(
        "5", [("gave", {**SHARES, "date": "9/3/2024", "donee": "Gift to a charity."})], YEAR
    ),
    "form3_amended": Scenario(
        "3/A", [("non_derivative holding", {})], {**HOLDING, **AMENDED, "period_of_report": "10/1/2024"}
    ),
    "form4_amended": Scenario("4/A", [SALE], AMENDED),
    "form5_amended": Scenario(
        "5/A", [("gift_received", {**SHARES, "date": "9/3/2024"})], {**YEAR, **AMENDED}
    ),
    "foreign_private_issuer": Scenario(
        "4", [SALE], {"foreign_issuer": "yes", "issuer.foreign_trading_symbol": "EXCO.L"}
    ),
    "joint_distribution": Scenario(
        "4",
        [
            (
                "distributed",
                {**SHARES, "nature": "By Example Fund I, L.P.", "received": "80", "before_2": "20"},
            )
        ],
        SIGNED,
        {"owners": [INSIDER["owners"][0], FUND]},
    ),
    "several_events": Scenario(
        "4",
        [
            SALE,
            ("bought", {**PRICED, "before_1": ""}),
            ("gave", {**SHARES, "before_1": ""}),
            ("granted_option", {**OPTION, "quantity": "500", "before_1": "0", "before_2": "1000"}),
        ],
    ),
    "exercise_and_sale_in_fills": Scenario(
        "4", [("option_sold", {**OPTION, "exercised": "1000", "quantity": FILLS})]
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_form_from_the_first_question_to_the_review(name: str, tmp_path: Path) -> None:
    told = SCENARIOS[name]
    start = {**INSIDER, "form": told.form, **(told.more or {}), "interview": {"at": "owners[0].cik"}}
    _, pilot = interview(tmp_path, told.events, told.answers, start)

    assert written(pilot.asks) == as_kept(name, written(pilot.asks))
    assert pilot.asks[-1].id == "review"


# ---- from the register


def begun(register: Register, folder: Path, whom: str, events: Sequence[Event]) -> Pilot:
    """An interview that begins with whom it is for; the first beginning that says so."""
    clerk = RegisterClerk(register, known.TODAY)
    beginning = next(o.value for o in clerk.shelf(opening.fresh()).beginnings if o.label.startswith(whom))
    pilot = Pilot({"whom": beginning}, list(events))
    path = folder / "draft.form4.json"
    session.Session(path, opening.fresh(), pilot, desk_at(path, known.TODAY, clerk)).run()
    return pilot


SOLD_NOW: Event = ("sold", {"date": "11/20", "quantity": "100", "price": "10.50", "ownership": "D"})


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("register_sale", [SOLD_NOW]),
        ("register_vest", [("rsu_withheld", {"date": "11/20", "vested": "1000", "quantity": "400", "price": "120.34"})]),
    ],
)  # fmt: skip
def test_a_form_begun_from_the_register(
    name: str, events: list[Event], register: Register, tmp_path: Path
) -> None:
    asks = begun(register, tmp_path, known.DOE, events).asks

    assert written(asks) == as_kept(name, written(asks))
    assert (asks[0].id, asks[-1].id) == ("whom", "review")


def test_joint_filers_begun_from_the_register(register: Register, tmp_path: Path) -> None:
    fund = {"ownership_form": "I", "nature_of_ownership": "By Fund"}
    joint = paper(known.stock("77", **fund), day="2026-06-01", number=4)
    other = paper(known.stock("1"), person=known.ROE).filing.owners[0]
    signature = joint.filing.signatures[0]
    ann = replace(signature, name="/s/ Ann Poe, Attorney-in-Fact for Richard B. Roe")
    filing = replace(joint.filing, owners=(other, *joint.filing.owners), signatures=(ann, signature))
    known.enter(register, joint._replace(filing=filing, sha256="4"))

    few = {**SOLD_NOW[1], "quantity": "10"}
    asks = begun(register, tmp_path, "Doe Jane + 1 more", [("sold", few)]).asks

    assert written(asks) == as_kept("register_joint", written(asks))
    assert (asks[0].id, asks[-1].id) == ("whom", "review")


# ---- the card of every event

NO_LINE: dict[str, Mapping[str, str]] = {
    "annuity_trust": {
        "what": "funded",
        "date": "10/31",
        "sole": "yes",
        "quantity": "400",
        "to_nature": "By GRAT",
        "before_1": "5000",
        "before_2": "0",
    },
    "award_adjusted": {"factor": "1.083"},
    "dividend_equivalents": {"quantity": "12.5", "before_1": "5000", "credited": "Reinvested dividends."},
    "died": {
        "form_for": "executor",
        "estate_shown": "yes",
        "quantity": "400",
        "estate_nature": "By Estate",
        "before_1": "0",
    },
    "late_item": {"should": "3", "quantity": "400", "ownership": "I", "nature": "By Spouse", "before_1": "0"},
    "left": {"date": "10/31"},
    "long_ended": {"value": "no"},
    "own_trust": {**MOVED, "moved": "Exempt under Rule 16a-13."},
    "plan_purchases": {"quantity": "120", "before_1": "5000"},
    "reversed": {"what": "canceled", "reported": "no"},
    "split": {"held": "5000", "new": "2", "before_1": "5000"},
    "status_changed": {"reason": "role", "quantity": "400", "before_1": "5000"},
}
"""What needs no line of its own; a sale stands beside it."""


def cards(recipe: str, folder: Path) -> str:
    """The card's questions for each way the event is tested, under a heading."""
    ways = [(case[0], played(case[0])[1]) for case in CASES if case[1] == recipe]
    if recipe in NO_LINE:
        beside = (
            {**PRICED, "before_1": "5000"}
            if recipe in ("award_adjusted", "died", "late_item", "left", "long_ended", "reversed")
            else {**PRICED, "before_1": ""}
        )
        events = [(recipe, NO_LINE[recipe]), ("sold", {"ownership": "D", **beside})]
        form = {**INSIDER, "form": "5" if recipe == "late_item" else "4"}
        ways.append(("no line", interview(folder, events, {"period_of_report": "11/1"}, form)[1]))
    return "\n".join(
        f"# {name}\n{written(a for a in pilot.asks if a.id.startswith('events[0].'))}" for name, pilot in ways
    )


@pytest.mark.parametrize("recipe", [r.id for r in RECIPES])
def test_the_card_of_an_event(recipe: str, tmp_path: Path) -> None:
    found = cards(recipe, tmp_path)

    assert found == as_kept(f"events/{recipe}", found)
    assert found.count("events[0].") >= 1


def test_every_event_has_its_file_and_no_file_is_left_over() -> None:
    assert set(NO_LINE) == set(NOTHING)
    assert {path.stem for path in (SEQUENCES / "events").glob("*.txt")} == {r.id for r in RECIPES}
