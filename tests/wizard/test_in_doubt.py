"""A state or country that may be meant in two ways: asked about by yes or no, with nothing proposed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from form4_author import codes
from form4_author.errors import Form4Error
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.answers_file import AnswersRefused
from form4_author.wizard.draft.row_change import reordered
from form4_author.wizard.entry import code_typed
from form4_author.wizard.place import COUNTRY, STATE
from form4_author.wizard.screen import AnswerKind, Ask, View
from form4_author.wizard.terminal import Terminal as Prompts
from tests.wizard.pilot import INSIDER
from tests.wizard.replay import play
from tests.wizard.terminal import CTRL_C, ENTER, Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.wizard.prompter import Key

ASKED = "owners[0].address.country"
MEANT = f"{ASKED}_meant"
GERMANY = '"DE" is not an EDGAR country code. Did you mean 2M, Germany (ISO code DE)?'


def at(place: str, **address: Any) -> dict[str, Any]:
    owner = {**INSIDER["owners"][0], "address": {"street1": "1 MAIN STREET", "city": "X", **address}}
    return {**INSIDER, "owners": [owner], "interview": {"at": place}}


def abroad(place: str = ASKED) -> dict[str, Any]:
    return at(place, non_us=True)


def address(outcome: Any) -> dict[str, Any]:
    return draft_data(outcome.draft)["owners"][0]["address"]  # type: ignore[no-any-return]


def test_a_country_in_doubt_is_asked_about_with_nothing_proposed(tmp_path: Path) -> None:
    answers = [(ASKED, "DE"), (MEANT, "yes"), ("owners[0].address.zip", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers, abroad())

    assert (script.asks[1].message, script.asks[1].proposal) == (GERMANY, "")
    assert address(outcome)["country"] == "2M"
    assert "doubt" not in draft_data(outcome.draft)["interview"]


def test_no_asks_for_the_country_again(tmp_path: Path) -> None:
    answers = [(ASKED, "de"), (MEANT, "no"), (ASKED, "Denmark"), ("owners[0].address.zip", "q")]
    outcome, script = play(tmp_path / "d.form4.json", answers, abroad())

    assert script.asks[1].message == GERMANY.replace('"DE"', '"de"')
    assert script.asks[2].proposal == ""
    assert address(outcome)["country"] == "G7"


def test_going_back_and_typing_something_else_takes_the_doubt_away(tmp_path: Path) -> None:
    answers = [(ASKED, "DE"), (MEANT, "<"), (ASKED, "DEU"), ("owners[0].address.zip", "q")]
    outcome, _ = play(tmp_path / "d.form4.json", answers, abroad())

    assert address(outcome)["country"] == "2M"
    assert "doubt" not in draft_data(outcome.draft)["interview"]


def test_an_answer_in_doubt_takes_out_the_earlier_one(tmp_path: Path) -> None:
    outcome, _ = play(
        tmp_path / "d.form4.json", [(ASKED, "DE"), (MEANT, "q")], at(ASKED, non_us=True, country="I0")
    )
    data = draft_data(outcome.draft)

    assert "country" not in data["owners"][0]["address"]
    assert data["interview"]["doubt"] == {"question": ASKED, "typed": "DE"}
    assert data["interview"]["at"] == MEANT


def test_after_a_jump_to_the_country_the_interview_returns(tmp_path: Path) -> None:
    data = at(ASKED, non_us=True, country="I0", zip="10115")
    data["interview"]["back_to"] = [{"to": "review", "until": "answer", "section": "Review"}]
    outcome, script = play(tmp_path / "d.form4.json", [(ASKED, "DE"), (MEANT, "yes"), ("review", "q")], data)

    assert address(outcome)["country"] == "2M"
    assert script.asks[-1].id == "review"


def test_a_file_of_answers_that_does_not_say_which_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(AnswersRefused) as refused:
        play(tmp_path / "d.form4.json", [(ASKED, "DE")], abroad())

    assert refused.value.problem == f"The answers end after 1, but the interview asks {MEANT} ({GERMANY})"


def test_a_state_in_doubt_is_asked_about_too(tmp_path: Path) -> None:
    answers = [
        ("owners[0].address.state", "Mexico"),
        ("owners[0].address.state_meant", "yes"),
        ("owners[0].address.zip", "q"),
    ]
    outcome, script = play(tmp_path / "d.form4.json", answers, at("owners[0].address.state", non_us=False))

    assert script.asks[1].message == '"Mexico" is not an EDGAR state code. Did you mean NM, New Mexico?'
    assert address(outcome)["state"] == "NM"


def test_no_two_letters_that_are_a_state_become_a_country_unasked() -> None:
    """California, Delaware, Georgia, Indiana and 22 more are ISO codes of countries."""
    both = {codes.folded(code) for code in codes.states()} & set(codes.country_aliases())

    assert len(both) == 26
    for letters in both:
        with pytest.raises(Form4Error):
            code_typed(letters, COUNTRY.names, COUNTRY.aliases, COUNTRY.elsewhere)
        assert COUNTRY.meant(letters) == codes.country_aliases()[letters][0]
        assert COUNTRY.is_iso(letters)


def test_a_text_that_means_nothing_is_no_code() -> None:
    assert (COUNTRY.meant("zzzz"), STATE.meant("zzzz"), COUNTRY.in_words("zz")) == ("", "", "")


def test_a_doubt_follows_its_owner() -> None:
    data = abroad(MEANT)
    data["interview"]["doubt"] = {"question": "owners[1].address.country", "typed": "DE"}
    moved = reordered(draft_of(data), "owners", {0: None, 1: 0})

    assert View(moved, 0).doubted("owners[{i}].address.country") == "DE"
    assert (
        View(reordered(draft_of(data), "owners", {1: None}), 1).doubted("owners[{i}].address.country") == ""
    )


# ---- at a terminal

DOWN, UP = "\x1b[B", "\x1b[A"


def answered(keys: str, proposal: str = "") -> str | Key:
    """What a yes or no gets when these keys are pressed."""
    ask = Ask(id="q", message="Is it?", kind=AnswerKind.CONFIRM, proposal=proposal)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        return Prompts().confirm(ask)


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        (f"{ENTER}{ENTER}y{ENTER}", "yes"), (f"{ENTER}n{ENTER}", "no"), (f"{DOWN}{ENTER}", "yes"), (f"{ENTER}{UP}{ENTER}", "no"),
        (f"{DOWN}{DOWN}{ENTER}", "no"), (f"{UP}{UP}{ENTER}", "yes"),
    ],
)  # fmt: skip
def test_enter_alone_answers_no_question_without_a_proposal(keys: str, reply: str) -> None:
    assert answered(keys) == reply


def test_enter_alone_accepts_what_is_proposed() -> None:
    assert (answered(ENTER, "no"), answered(ENTER, "yes")) == ("no", "yes")


@pytest.mark.long
def test_the_terminal_marks_no_row_and_says_what_it_waits_for(tmp_path: Path) -> None:
    (tmp_path / "d.form4.json").write_text(json.dumps(abroad()), encoding="utf-8")
    with Terminal(tmp_path, "resume", "d.form4.json", "--as-of", "2024-11-04") as terminal:
        terminal.answer("Country:", f"DE{ENTER}").wait_prompt(GERMANY)
        assert terminal.rows == [
            "   y Yes",
            "   n No",
        ]
        terminal.type(ENTER).wait("Choose an answer first.").type(f"{DOWN}{ENTER}")
        terminal.wait_prompt("Postal Code:").type(CTRL_C)
        assert terminal.end() == 0
    data = json.loads((tmp_path / "d.form4.json").read_text(encoding="utf-8"))

    assert data["owners"][0]["address"]["country"] == "2M"
