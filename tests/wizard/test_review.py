"""The review: every finding is a row, most serious first; a row opens it, and the packet waits for what blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.findings import Finding, Severity
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import review, session
from form4_author.wizard.answers_file import AnswersRefused, Given
from tests.wizard.replay import Watched, desk, replay
from tests.wizard.test_keys import DOWN, ENTER, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LONG = "A sentence of some length that says what is probably a mistake here, and what one would rather expect to find."
SOURCE = "Instruction 3(b)"


def warned(count: int, errors: int = 1) -> tuple[Finding, ...]:
    """So many findings, the last ones of the form errors."""
    return tuple(
        Finding("HLD-003", Severity.WARNING if n >= errors else Severity.ERROR, ("remarks",), f"{n + 1}. {LONG}", (SOURCE,))
        for n in reversed(range(count))
    )  # fmt: skip


def reviewed(folder: Path, findings: Sequence[Finding], *answers: tuple[str, str]) -> Watched:
    """The review of a finished draft with these findings."""
    data: dict[str, Any] = draft_data(replay(folder / "seed.form4.json", "seed")[0].draft)
    at = {**data, "interview": {**data["interview"], "at": "review"}}
    script = Watched([Given(id, each) for id, each in (*answers, ("review", "q"))])
    around = replace(desk(), check=lambda _data: findings, due=lambda _data: "Due Tue 11/05/2024")
    session.Session(folder / "d.form4.json", draft_of(at), script, around).run()
    return script


@pytest.mark.parametrize(
    ("severities", "question"),
    [
        ((), "Make the packet?"),
        ((Severity.WARNING,), "Make the packet, or open a finding?"),
        ((Severity.SUSPENSE, Severity.WARNING), "Which of these do you want to open?"),
    ],
)
def test_the_review_asks_by_what_can_be_done(severities: tuple[Severity, ...], question: str) -> None:
    found = [review.Problem("words", None, Finding("XXX-001", each, (), "words")) for each in severities]

    assert review.ask(found).message == question


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("period_of_report",), "box 2, Date of Event Requiring Statement"),
        (("non_derivative", 0, "amount_owned_following"), "I-1, column 2"),
    ],
)
def test_a_row_names_the_place_as_its_form_does(path: tuple[str | int, ...], place: str) -> None:
    """Form 3 numbers boxes and columns differently than Form 4."""
    problem = review.Problem("words", None, Finding("XXX-001", Severity.ERROR, path, "words"), base="3")

    assert review.ask([problem]).options[0].label == f"Error    XXX-001  {place}: words"


def test_every_finding_is_a_row_and_the_packet_waits(tmp_path: Path) -> None:
    script = reviewed(tmp_path, warned(9))
    options = script.asks[0].options

    assert [o.value for o in options] == [*(f"open {n}" for n in range(1, 10)), "p", "f", "s"]
    assert options[0].label == "Error    HLD-003  Remarks: 1. A sentence of some length that says what …"
    assert options[1].label == "Warning  HLD-003  Remarks: 9. A sentence of some length that says what …"
    assert (options[9].label, options[9].barred) == (
        "Make the packet",
        "HLD-003 blocks it",  # ten rows or more have no numbers
    )
    assert script.asks[0].proposal == "open 1"
    assert "Review: 1 finding blocks the packet, 8 do not" in script.pages[0]


def test_the_review_at_a_terminal_has_the_packet_barred_until_nothing_blocks_it(tmp_path: Path) -> None:
    """A number of a barred row points at it, and Enter says why; the arrows pass it over."""
    ask = reviewed(tmp_path, warned(3)).asks[0]
    with at_desk() as terminal:
        assert terminal.put(ask, "4", ENTER, "3", DOWN, ENTER) == "f"
    first = next(drawn for drawn in terminal.screen.drawings if " > 1 Error" in "\n".join(drawn))

    assert [
        line[:3] + line[3:].split("  ")[0] for line in first if line.startswith((" > ", " - ", "   "))
    ] == [
        " > 1 Error",
        "   2 Warning",
        "   3 Warning",
        " - 4 Make the packet (finding 1 blocks it)",
        "   5 Read the form again",
        "   6 Go to a section",
    ]
    assert "This row cannot be chosen: finding 1 blocks it." in terminal.screen.written


def test_what_blocks_is_named_and_counted(tmp_path: Path) -> None:
    several = reviewed(tmp_path, warned(3, errors=2)).asks[0].options[3]

    assert several.barred == "finding 1 and 1 more block it"


def test_a_finding_opens_whole_with_its_source_and_what_can_be_done(tmp_path: Path) -> None:
    script = reviewed(tmp_path, warned(2), ("review", "open 1"), ("review.finding", "back"))
    opened = script.asks[1]

    assert opened.text == (f"error HLD-003  Remarks: 1. {LONG} ({SOURCE})",)
    assert [o.label for o in opened.options] == ["Go to the question", "Override it with a reason", "Back"]
    assert "Review: 1 of 2" in script.pages[1]
    assert script.asks[2].id == "review"


def test_two_enters_lead_to_the_question_and_its_answer_back(tmp_path: Path) -> None:
    script = reviewed(tmp_path, warned(9), ("review", "open 1"), ("review.finding", ""), ("remarks", ""))

    assert [ask.id for ask in script.asks] == ["review", "review.finding", "remarks", "review"]


def test_the_pointer_is_at_the_packet_once_the_warnings_were_read(tmp_path: Path) -> None:
    read = [("review", "open 1"), ("review.finding", "back")]
    script = reviewed(tmp_path, warned(2, errors=0)[:1], *read)

    assert [ask.proposal for ask in script.asks if ask.id == "review"] == ["open 1", "p"]
    assert script.asks[0].options[1].barred == ""
    assert "Review: 1 finding that does not block the packet" in script.pages[0]


@pytest.mark.parametrize(
    ("key", "after"), [("<", ["review", "review.finding", "review"]), ("?", ["review", "review.finding", "review.finding", "review"])]
)  # fmt: skip
def test_keys_at_an_open_finding(tmp_path: Path, key: str, after: list[str]) -> None:
    back = [("review.finding", "back")] if key == "?" else []
    script = reviewed(tmp_path, warned(1), ("review", "open 1"), ("review.finding", key), *back)

    assert [ask.id for ask in script.asks] == after


def test_a_file_of_answers_cannot_make_a_packet_that_is_barred(tmp_path: Path) -> None:
    with pytest.raises(AnswersRefused) as refused:
        reviewed(tmp_path, warned(1), ("review", "p"))

    assert refused.value.problem == (
        'Answer 1, review: "p" is not accepted: Correct or override the findings that block the packet, and answer what is open'
    )


def test_a_number_in_a_file_still_goes_to_the_question(tmp_path: Path) -> None:
    script = reviewed(tmp_path, warned(9), ("review", "9"), ("remarks", ""))

    assert [ask.id for ask in script.asks] == ["review", "remarks", "review"]


def test_an_empty_answer_of_a_file_means_what_it_meant(tmp_path: Path) -> None:
    """Files recorded before the findings were a list have it: it corrects what blocks."""
    script = reviewed(tmp_path, warned(9), ("review", ""), ("remarks", ""))

    assert [ask.id for ask in script.asks] == ["review", "remarks", "review"]
