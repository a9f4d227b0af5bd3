"""A file of answers either does what it was written for or says where it parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.errors import UnreadableInput
from form4_author.wizard.answers_file import AnswersRefused, Given, answers_text, load_answers
from tests.wizard.replay import play

if TYPE_CHECKING:
    from pathlib import Path

CORRECT = "Correct the file of answers, or record it again."
KNOWN: list[tuple[str, str | tuple[str, ...]]] = [
    ("owners[0].cik", "1"),
    ("owners[0].name", "A B"),
    ("issuer.cik", "2"),
    ("issuer.name", "EXAMPLE CORP"),
    ("issuer.trading_symbol", "EXCO"),
    ("foreign_issuer", "no"),
]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            [("issuer.cik", "1")],
            "Answer 1 is for issuer.cik, but the interview asks owners[0].cik (Whose filing is it? A CIK, a name, or the path of any past filing). "
            + CORRECT,
        ),
        (
            [("owners[0].cik", "1")],
            "The answers end after 1, but the interview asks owners[0].name (Name of Reporting Person, as EDGAR has "
            "it (Last First Middle)). " + CORRECT,
        ),
        (
            [("owners[0].cik", "12a")],
            'Answer 1, owners[0].cik: "12a" is not accepted: "12a" is not a CIK; type its 1 to 10 digits, such as '
            "1626115. " + CORRECT,
        ),
        (
            [("owners[0].cik", "q"), ("owners[0].cik", "1")],
            "The interview ended before answer 2 of 2, owners[0].cik, was asked for. " + CORRECT,
        ),
        (
            [*KNOWN, ("owners[0].relationship", "owner")],
            'Answer 7, owners[0].relationship: "owner" is not accepted: choose from is_director, is_officer, '
            "is_ten_percent_owner, is_other. " + CORRECT,
        ),
        (
            [("owners[0].cik", ("1", "2"))],
            'Answer 1, owners[0].cik: "1, 2" is not accepted: one answer is expected, not a list. ' + CORRECT,
        ),
        (
            [*KNOWN, ("owners[0].relationship", "-")],
            'Answer 7, owners[0].relationship: "" is not accepted: at least one is required. ' + CORRECT,
        ),
    ],
    ids=["another question", "ends early", "refused", "left over", "no such option", "a list", "none ticked"],
)
def test_where_a_replay_parts(
    answers: list[tuple[str, str | tuple[str, ...]]], said: str, tmp_path: Path
) -> None:
    with pytest.raises(AnswersRefused) as refused:
        play(tmp_path / "draft.form4.json", answers)

    assert str(refused.value) == said


@pytest.mark.parametrize(
    "content", ["issuer.cik: 1\n", "- issuer.cik\n", "- a: 1\n  b: 2\n", "- a: {b: 1}\n"]
)
def test_what_is_not_a_list_of_answers_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(AnswersRefused):
        load_answers(tmp_path / "answers.yaml")


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text('- a: "1\n', encoding="utf-8")

    with pytest.raises(UnreadableInput) as refused:
        load_answers(tmp_path / "answers.yaml")

    assert (refused.value.id, refused.value.line) == ("DOC-023", 2)


def test_answers_keep_zeros_and_countries_in_json_and_yaml(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- a: 007\n- b: NO\n- c: [1.10, y]\n- d:\n", encoding="utf-8")
    (tmp_path / "a.json").write_text(
        '[{"a": "007"}, {"b": "NO"}, {"c": [1.10, "y"]}, {"d": ""}]', encoding="utf-8"
    )
    expected = (Given("a", "007"), Given("b", "NO"), Given("c", ("1.10", "y")), Given("d", ""))

    assert load_answers(tmp_path / "a.yaml") == expected
    assert load_answers(tmp_path / "a.json") == expected
    (tmp_path / "again.yaml").write_text(answers_text(expected), encoding="utf-8")
    assert load_answers(tmp_path / "again.yaml") == expected
