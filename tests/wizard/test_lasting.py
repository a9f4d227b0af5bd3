"""Answers that fit no more: what an interview does that no interview of today comes to, and the ids that files rest on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from form4_author.wire.draft import draft_of
from form4_author.wizard.answers_file import AnswersRefused, Given
from form4_author.wizard.option import Option
from form4_author.wizard.recipes import RECIPES
from form4_author.wizard.replay import RENAMED, LastingScript, names_of
from form4_author.wizard.screen import AnswerKind, Ask, View
from form4_author.wizard.screens import SCREENS

SHIPPED = Path(__file__).parent / "question_ids.txt"
SEQUENCES = Path(__file__).parent / "sequences"
SIDES = (Option("A", "Received"), Option("D", "Delivered"))
END = (
    "The draft so far is saved in d.form4.json. Add the answer at the end of a.yaml, then continue with form4 resume "
    "d.form4.json --answers a.yaml."
)


def script(*given: Given) -> tuple[LastingScript, list[str]]:
    """A script of these answers, and what it reports."""
    told: list[str] = []
    return LastingScript(given, source="a.yaml", draft="d.form4.json", report=told.append), told


def ask(kind: AnswerKind, **facts: object) -> Ask:
    return replace(Ask(id="side", message="Which\nside?", kind=kind), **facts)  # type: ignore[arg-type]


# ---- questions without an answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (ask(AnswerKind.CHOICE, options=SIDES), 'nothing is proposed. Choices: "A" (Received), "D" (Delivered). '),
        (
            ask(AnswerKind.CHOICE, options=SIDES, required=False, proposal="X"),
            'the proposed "X" is not accepted: it is not one of the choices. Choices: "A" (Received), "D" (Delivered). ',
        ),
        (ask(AnswerKind.CONFIRM), 'nothing is proposed. Choices: "yes", "no". '),
        (ask(AnswerKind.TEXT, proposal="1/2", check=lambda _typed: "It is long past"), 'the proposed "1/2" is not accepted: It is long past. '),
        (ask(AnswerKind.MULTI, options=SIDES), 'nothing is proposed. Choices: "A" (Received), "D" (Delivered). '),
    ],
    ids=["choice", "choice of another list", "confirm", "text", "several"],
)  # fmt: skip
def test_a_question_without_a_proposal_that_counts_stops(question: Ask, said: str) -> None:
    answers, told = script()

    with pytest.raises(AnswersRefused) as refused:
        getattr(answers, question.kind.value)(question)
    assert str(refused.value) == f'a.yaml has no answer to "side" (Which side?), and {said}{END}'
    assert told == []


@pytest.mark.parametrize(
    ("question", "reply", "said"),
    [
        (ask(AnswerKind.MULTI, options=SIDES, chosen=("A", "D")), ("A", "D"), 'took the proposed "A", "D"'),
        (ask(AnswerKind.MULTI, options=SIDES, required=False), (), "left empty"),
        (ask(AnswerKind.CHOICE, options=SIDES, proposal="D"), "D", 'took the proposed "D" (Delivered)'),
        (ask(AnswerKind.TEXT, proposal="1\n2"), "", 'took the proposed "1\\n2"'),
    ],
    ids=["several", "none of several", "choice", "text"],
)
def test_a_proposal_is_taken_and_reported_once(question: Ask, reply: object, said: str) -> None:
    answers, told = script()

    assert [getattr(answers, question.kind.value)(question) for _ in range(2)] == [reply, reply]
    assert told == [f'a.yaml has no answer to "side" (Which side?): {said}']


def test_a_proposal_that_leads_back_to_its_question_is_not_taken_for_ever() -> None:
    answers, _ = script(Given("other", "A"))
    question = ask(AnswerKind.CHOICE, options=SIDES, proposal="A")
    for _ in range(2):
        assert [answers.choice(question) for _ in range(3)] == ["A"] * 3
        answers.choice(
            replace(question, id="other")
        )  # an answer of the file, then a proposal: one more round each

    for _ in range(3):
        answers.choice(replace(question, id="third"))
    with pytest.raises(AnswersRefused) as refused:
        answers.choice(replace(question, id="third"))
    assert 'and the proposed "A" (Received) leads back to it. Choices' in str(refused.value)


def test_a_proposal_that_the_interview_refuses_stops() -> None:
    answers, _ = script()
    question = ask(AnswerKind.TEXT, proposal="5")
    answers.text(question)

    with pytest.raises(AnswersRefused) as refused:
        answers.text(replace(question, refused="It is more than is held"))
    assert str(refused.value) == (
        'a.yaml has no answer to "side" (Which side?), and the proposed "5" is not accepted: It is more than is held. '
        + END
    )


def test_an_answer_that_the_interview_refuses_is_an_error() -> None:
    answers, _ = script(Given("other", ""), Given("side", "5"))
    answers.text(ask(AnswerKind.TEXT))

    with pytest.raises(AnswersRefused) as refused:
        answers.text(ask(AnswerKind.TEXT, refused="It is more than is held"))
    assert str(refused.value) == (
        "Answer 2, side, is not accepted: It is more than is held. Correct the file of answers, or record it again."
    )


def test_a_signature_that_was_given_may_be_asked_for_again() -> None:
    answers, told = script(Given("signatures[0].name", "/s/ Jane Doe"))
    question = ask(AnswerKind.TEXT, id="signatures[0].name", proposal="/s/ Jane Doe")

    assert [answers.text(question), answers.text(question)] == ["/s/ Jane Doe", ""]
    assert len(told) == 1


# ---- the ids of questions


def living() -> set[str]:
    """The ids of all questions of the interview, with ``{i}`` for a number."""
    cards = next(screen for screen in SCREENS if screen.id == "events")
    views = [
        View(draft_of({"interview": {"events": [{"recipe": recipe.id, "answers": {}}]}}), 0)
        for recipe in RECIPES
    ]
    others = [screen.listed(View(draft_of({}))) for screen in SCREENS if screen is not cards]
    return {"sections"} | {prompt.id for listed in [*map(cards.listed, views), *others] for prompt in listed}


def lost(shipped: set[str], now: set[str], former: set[str]) -> set[str]:
    """The ids that files of answers may have and no question has, nor had under another name."""
    return shipped - now - former


def test_no_question_loses_its_id() -> None:
    """Append the id of a new question to the file; never take one out. A renamed question keeps its former id."""
    shipped = [line for line in SHIPPED.read_text(encoding="ascii").splitlines() if not line.startswith("#")]
    former = {name for names in RENAMED.values() for name in names}

    assert len(shipped) == len(set(shipped))
    assert living() - set(shipped) == set()
    assert lost(set(shipped), living(), former) == set()
    assert lost({"a", "b", "c"}, {"a"}, {"b"}) == {"c"}


def test_a_former_id_leads_to_one_question_that_is_asked() -> None:
    former = [name for names in RENAMED.values() for name in names]

    assert set(RENAMED) - living() == set()
    assert set(former) & living() == set()
    assert len(former) == len(set(former))


def test_every_question_of_the_recorded_interviews_is_listed() -> None:
    """The list is complete: it has what interviews ask, whatever their screens are made of."""
    lines = [
        line for file in SEQUENCES.rglob("*.txt") for line in file.read_text(encoding="utf-8").splitlines()
    ]
    asked = {line.split()[0] for line in lines if line and not line.startswith("#")}
    numbers = {id: id.partition("[")[2].partition("]")[0] for id in asked}

    assert {id.replace(f"[{numbers[id]}]", "[{i}]") for id in asked} - living() == set()


def test_the_names_of_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RENAMED, "events[{i}].side", ("events[{i}].way", "way"))
    monkeypatch.setitem(RENAMED, "exit", ("leaving",))

    assert names_of("events[12].side") == ("events[12].side", "events[12].way", "way")
    assert names_of("exit") == ("exit", "leaving")
    assert names_of("owners[0].cik") == ("owners[0].cik",)
