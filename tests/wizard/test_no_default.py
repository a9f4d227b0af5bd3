"""What is not proposed, because a wrong answer would be filed unnoticed: a balance not on record, who signs for a fund."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given, Recorder, Script
from form4_author.wizard.draft import opening
from form4_author.wizard.screen import NONE
from tests.wizard.pilot import INSIDER, LAST
from tests.wizard.replay import desk, play

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.wizard.screen import Ask

BOUGHT = [
    ("happened", "bought"),
    ("events[0].date", "11/1"),
    ("events[0].security", "Class C Common Stock"),
    ("events[0].quantity", "100"),
    ("events[0].price", "10"),
    ("events[0].ownership", "D"),
]
FUND = {**INSIDER["owners"][0], "name": "Harlan Fund II, L.P.", "is_director": None, "is_officer": None}


def known() -> dict[str, Any]:
    return draft_data(opening.from_filing(filing_from(LAST)[0]))


def ask_of(script: Any, id: str) -> Ask:
    found: Ask = next(ask for ask in script.asks if ask.id == id)
    return found


def test_nothing_is_proposed_for_an_acquisition_not_on_record(tmp_path: Path) -> None:
    _, script = play(tmp_path / "d.form4.json", [*BOUGHT, ("events[0].before_1", "q")], known())
    ask = ask_of(script, "events[0].before_1")

    assert ask.message == "Class C Common Stock, direct: how many before this?"
    assert (ask.proposal, ask.shown) == ("", "")


def test_an_empty_answer_of_an_earlier_file_stands_for_0(tmp_path: Path) -> None:
    answers = [*BOUGHT, ("events[0].before_1", ""), ("events[0].after_1", ""), ("lines", "q")]
    outcome, _ = play(tmp_path / "d.form4.json", answers, known())

    assert draft_data(outcome.draft)["non_derivative"][0]["amount_owned_following"] == "100"


class Leaving(Script):
    """Leaves the earlier total out, as Enter alone does at a terminal."""

    def text(self, ask: Ask) -> Any:
        return Script.text(self, replace(ask, formerly=""))


def test_a_total_left_out_is_recorded_as_none(tmp_path: Path) -> None:
    answers = [*BOUGHT, ("events[0].before_1", ""), ("events[0].after_1", "350"), ("lines", "q")]
    recorder = Recorder(Leaving([Given(id, answer) for id, answer in answers]))
    session.Session(tmp_path / "d.form4.json", draft_of(known()), recorder, desk()).run()

    assert Given("events[0].before_1", NONE) in recorder.given
    again, _ = play(
        tmp_path / "again.form4.json", [(given.id, given.answer) for given in recorder.given], known()
    )
    assert draft_data(again.draft)["non_derivative"][0]["amount_owned_following"] == "350"


@pytest.mark.parametrize(
    ("name", "meant"), [("Harlan Fund II, L.P.", "officer"), ("The Harlan Trust", "trustee")]
)
def test_who_signs_for_an_entity_is_chosen(name: str, meant: str, tmp_path: Path) -> None:
    data = {**INSIDER, "owners": [{**FUND, "name": name}], "interview": {"at": "signing[0].capacity"}}
    answers = [("signing[0].capacity", ""), ("signing[0].agent", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers, data)

    assert ask_of(script, "signing[0].capacity").proposal == ""
    assert outcome.draft.interview.signing[0].capacity == meant  # as a file recorded earlier has it
