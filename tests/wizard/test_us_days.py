"""A screen writes days as the form does, 11/05/2024; ISO dates are for files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.wizard.desk import GRANT, SALE, VEST, play, whom
from tests.wizard.replay import replay
from tests.wizard.test_replay import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from form4_author.register.database import Register

pytestmark = pytest.mark.long

ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def words(script: Any) -> Iterator[str]:
    """What an interview showed: its pages, questions, proposals and options."""
    for page in script.pages:
        yield from page
    for ask in script.asks:
        yield from (ask.message, ask.shown, *ask.text, *(option.label for option in ask.options))


def iso_days(script: Any) -> list[str]:
    """What has a day as files have it; a packet's name is one of a file."""
    return sorted({text for text in words(script) if ISO.search(text) and " Form 4 (" not in text})


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_screen_of_an_interview_has_an_iso_date(name: str, tmp_path: Path) -> None:
    assert iso_days(replay(tmp_path / "d.form4.json", name)[1]) == []


@pytest.mark.parametrize("answers", [VEST, GRANT, SALE], ids=["vest", "grant", "sale"])
def test_no_screen_beside_the_register_has_an_iso_date(
    answers: list[tuple[str, str]], register: Register, tmp_path: Path
) -> None:
    played = play(register, tmp_path, [whom(register, "Doe"), *answers])

    assert iso_days(played.script) == []
