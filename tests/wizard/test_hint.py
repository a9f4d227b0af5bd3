"""What stands under a line: the result first, then how it is worked out; nothing is cut inside a word or a number."""

from __future__ import annotations

import pytest

from form4_author.text import shortened
from form4_author.wizard.prompter import hint_of
from form4_author.wizard.screen import AnswerKind, Ask


def put(shown: str, *, required: bool = True) -> str:
    """The line under a question that proposes this."""
    return hint_of(
        Ask(id="x", message="?", kind=AnswerKind.TEXT, shown=shown, proposal="1", required=required)
    )


@pytest.mark.parametrize(
    ("shown", "hint"),
    [
        ("Thakar Sumedh S", "Enter accepts [Thakar Sumedh S], Tab to change it"),
        (
            "232,595 + 10,000 − 5,000 − 4,000 − 1,000 = 232,595",
            "Enter accepts [232,595], Tab to change it\n= 232,595 + 10,000 − 5,000 − 4,000 − 1,000",
        ),
        (
            "232,595" + " − 1,000" * 10 + " = 222,595",
            "Enter accepts [222,595], Tab to change it\n= 232,595" + " − 1,000" * 8 + "\n  − 1,000 − 1,000",
        ),
        (
            "Stock Option (Right to Buy) of the Second Incentive Plan of the Issuer",
            "Enter accepts [Stock Option (Right to Buy) of the Second …], Tab to change it",
        ),
    ],
)  # fmt: skip
def test_a_result_stands_before_its_sum(shown: str, hint: str) -> None:
    assert put(shown) == hint
    assert all(len(line) < 79 for line in hint.splitlines())


def test_an_answer_that_may_be_left_out_says_how() -> None:
    assert put("5,000", required=False) == "Enter accepts [5,000], - leaves it empty"


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("blocked by two findings", 30, "blocked by two findings"),
        ("blocked by two findings", 16, "blocked by two …"),
        ("blocked by two findings", 15, "blocked by …"),
        ("I-1  at $120.34  held", 14, "I-1  at …"),
        ("Donaudampfschiffahrt", 10, "Donaudamp…"),
    ],
)
def test_a_text_is_cut_at_a_space(text: str, room: int, short: str) -> None:
    assert shortened(text, room) == short
    assert len(short) <= room or short == text
