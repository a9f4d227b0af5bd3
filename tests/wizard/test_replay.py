"""Whole interviews from files of answers: what they ask, in which order, and the draft they leave."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from form4_author.files import draft_file
from form4_author.wire.draft import draft_data
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given, Recorder, Script, answers_text, load_answers
from form4_author.wizard.screen import AnswerKind, Ask
from tests.selection import some
from tests.wizard.replay import ANSWERS, desk, filing, replay, start
from tests.wizard.test_events import above_a_note
from tests.wizard.test_terminal import FILING

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.wizard.session import Outcome
    from tests.wizard.replay import Watched

SCENARIOS = sorted(path.stem for path in ANSWERS.glob("*.yaml"))
SEQUENCES = Path(__file__).parent / "sequences"


class Replayed(NamedTuple):
    """An interview that was replayed; nobody changes it."""

    path: Path
    outcome: Outcome
    script: Watched

    @property
    def data(self) -> dict[str, Any]:
        """The draft at its end."""
        return draft_data(self.outcome.draft)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Replayed]:
    """The interview of a file of answers, for the form that its name says."""

    @cache
    def played(name: str) -> Replayed:
        path = tmp_path_factory.mktemp(name) / "draft.form4.json"
        return Replayed(path, *replay(path, name))

    return played


def test_the_scenarios_are_there() -> None:
    assert SCENARIOS == [
        "by_hand", "exercise_and_sale", "form3", "joint_units_and_gift", "known_grant", "known_plan_sale", "known_vest",
        "seed",
    ]  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
def test_who_is_asked_what_in_which_order(name: str, replayed: Callable[[str], Replayed]) -> None:
    """A reviewer sees in the file who gains or loses a question; FORM4_UPDATE_SEQUENCES=1 writes it anew."""
    found = "".join(f"{ask.id:34} {ask.message}\n" for ask in replayed(name).script.asks)
    kept = SEQUENCES / f"{name}.txt"
    if os.environ.get("FORM4_UPDATE_SEQUENCES"):
        kept.write_text(found, encoding="utf-8")

    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_draft_is_on_disk_and_nothing_is_missing(name: str, replayed: Callable[[str], Replayed]) -> None:
    path, outcome, script = replayed(name)

    assert draft_file.load(path).data == draft_data(outcome.draft)
    assert above_a_note(draft_data(outcome.draft)) == []
    assert any("No open questions" in line for page in script.pages for line in page)


def test_the_seed_is_the_filing_of_the_terminal(replayed: Callable[[str], Replayed]) -> None:
    _, outcome, script = replayed("seed")

    assert filing(draft_data(outcome.draft)) == FILING
    assert outcome.ending == "packet"
    assert script.pages[-1] == (f"Packet of {len(draft_data(outcome.draft))} keys",)


@pytest.mark.long
@pytest.mark.parametrize("name", some(SCENARIOS, ["by_hand", "form3", "known_plan_sale", "seed"]))
def test_a_recording_is_the_file_it_came_from(name: str, tmp_path: Path) -> None:
    given = load_answers(ANSWERS / f"{name}.yaml")
    recorder = Recorder(Script(given))
    session.Session(tmp_path / "draft.form4.json", start(name), recorder, desk()).run()
    (tmp_path / "again.yaml").write_text(answers_text(recorder.given), encoding="utf-8")

    assert [g.id for g in recorder.given] == [g.id for g in given]
    first = draft_file.load(tmp_path / "draft.form4.json").data
    again = Script(load_answers(tmp_path / "again.yaml"))
    assert (
        draft_data(session.Session(tmp_path / "twice.form4.json", start(name), again, desk()).run().draft)
        == first
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_page_fits_80_columns(name: str, replayed: Callable[[str], Replayed]) -> None:
    pages = replayed(name).script.pages

    assert pages
    assert [line for page in pages for line in page if len(line) > 80] == []


def test_the_joint_filing_has_its_remarks_lines_and_signatures(replayed: Callable[[str], Replayed]) -> None:
    data = replayed("joint_units_and_gift").data

    assert data["remarks"] == (
        "Officer title: Executive Vice President and Chief Operating Officer. Each reporting person disclaims"
        " beneficial ownership except to the extent of any pecuniary interest."
    )
    assert [o.get("officer_title") for o in data["owners"]] == ["See Remarks", None]
    assert [(r["transaction_code"], r["amount_owned_following"]) for r in data["non_derivative"]] == [
        ("M", "6000"),
        ("F", "5600"),
        ("G", "750"),
    ]
    assert data["derivative"][0]["exercise_price"] == {"footnotes": ["F2"]}
    assert [s["name"] for s in data["signatures"]] == [
        "/s/ John Roe, Attorney-in-Fact for Jane A. Doe Jr.",
        "/s/ John Roe, Trustee, on behalf of Doe Family Trust",
    ]


def test_the_plan_is_a_footnote_at_the_lines_under_it(replayed: Callable[[str], Replayed]) -> None:
    data = replayed("exercise_and_sale").data

    assert data["aff10b5_one"] is True
    assert data["footnotes"] == [
        {
            "id": "F1",
            "text": "Effected under a Rule 10b5-1 plan adopted by the reporting person on March 4, 2024.",
        },
        {
            "id": "F2",
            "text": "The price is a weighted average of trades at $50.00 to $50.60; the number at each price will be given"
            " to the issuer, any security holder or the SEC staff on request.",
        },
        {"id": "F3", "text": "Vests in four equal annual installments."},
    ]
    assert data["non_derivative"][1]["transaction_code"] == {"value": "S", "footnotes": ["F1"]}
    assert data["derivative"][0]["date_exercisable"] == {"footnotes": ["F3"]}


def test_a_total_worked_out_follows_the_amount_that_is_changed(replayed: Callable[[str], Replayed]) -> None:
    data = replayed("by_hand").data

    assert data["non_derivative"][1]["amount"] == "120"
    assert data["non_derivative"][1]["amount_owned_following"] == "170"  # 50 before, 100 at first


def test_a_recording_has_the_answer_that_was_taken() -> None:
    """A question that is put again has one line in the file, and so replays."""
    ask = Ask(id="q", message="How many?", kind=AnswerKind.TEXT)
    recorder = Recorder(Answering(["1", "2"]))
    recorder.text(ask)
    recorder.text(replace(ask, refused="not this"))

    assert recorder.given == [Given("q", "2")]


class Answering(Script):
    """Answers whatever is asked, in order."""

    def __init__(self, replies: list[str]) -> None:
        super().__init__(())
        self.replies = replies

    def text(self, ask: Ask) -> str:
        return self.replies.pop(0)
