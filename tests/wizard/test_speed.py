"""Routine forms for a person and issuer that are known take fewer than sixty keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.wire.draft import draft_data
from form4_author.wizard import session
from form4_author.wizard.answers_file import load_answers
from tests.wizard.keystroke import Counted
from tests.wizard.replay import ANSWERS, desk, start
from tests.wizard.test_events import above_a_note, brief

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "keys", "made"),
    [
        (
            "known_vest",
            45,
            ["I M A 4 1000 @0 → 6000 D", "I F D 4 400 @120.34 → 5600 D", "I holding → 700 By Spouse",
             "II M D 4 1000 @0 → 2000 D"],
        ),
        ("known_grant", 34, ["II A A 4 2500 @0 → 5500 D"]),
        ("known_plan_sale", 41, ["I S D 4 3900 @50.3644 → 1100 D", "I holding → 700 By Spouse"]),
    ],
)  # fmt: skip
def test_a_routine_form_takes_fewer_than_sixty_keys(
    name: str, keys: int, made: list[str], tmp_path: Path
) -> None:
    prompter = Counted(load_answers(ANSWERS / f"{name}.yaml"))
    data = draft_data(
        session.Session(tmp_path / "draft.form4.json", start(name), prompter, desk()).run().draft
    )
    prompter.finish()

    assert brief(data) == made
    assert above_a_note(data) == []
    assert prompter.keys == keys
    assert prompter.keys < 60
