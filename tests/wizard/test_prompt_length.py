"""No question is longer than a person reads at a glance: 30 words, with the longest titles and names in the sample."""

from __future__ import annotations

import copy
import re
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.model.draft import TABLES
from form4_author.wire.draft import draft_of
from form4_author.wizard.recipes import RECIPES
from form4_author.wizard.screen import View
from form4_author.wizard.screens import SCREENS
from tests.selection import some
from tests.wizard.pilot import INSIDER, interview
from tests.wizard.test_events import CASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = 30
"""Words of a question."""
SIGNER = {"signing[0].agent": "Jane Doe", "signing[0].office": "Managing Member"}


def too_long(messages: Iterable[str]) -> list[str]:
    """The questions with more words."""
    return sorted({message for message in messages if len(message.split()) > MOST})


def longest(sample: tuple[tuple[str, bytes], ...], tag: str) -> str:
    """The text of most words that a filing in the sample has in this element."""
    pattern = re.compile(rf"<{tag}>\s*(?:<value>)?([^<]+?)\s*</")
    found = {
        unescape(text) for _, data in sample for text in pattern.findall(data.decode("utf-8", "replace"))
    }
    return max(found, key=lambda text: (len(text.split()), text))


@pytest.fixture(scope="module")
def filer(sample: tuple[tuple[str, bytes], ...]) -> dict[str, Any]:
    """A form whose issuer, reporting person and title have the longest names."""
    data = copy.deepcopy(INSIDER)
    data["issuer"]["name"] = longest(sample, "issuerName")
    data["owners"][0]["name"] = longest(sample, "rptOwnerName")
    data["owners"][0]["officer_title"] = longest(sample, "officerTitle")
    return data


def listed(data: dict[str, Any]) -> Iterator[str]:
    """The questions of every screen and of every event, also those that do not apply."""
    view = View(draft_of(data), 0)
    for screen in SCREENS:
        yield from (prompt.asked(view) for prompt in screen.listed(view))
    for recipe in RECIPES:
        answers = {"id": recipe.id, "answers": {}}
        view = View(draft_of({**data, "interview": {"events": [answers]}}), 0)
        yield from (prompt.asked(view) for prompt in recipe.prompts)


def test_no_question_is_longer(filer: dict[str, Any], sample: tuple[tuple[str, bytes], ...]) -> None:
    row = {
        "kind": "transaction",
        "security_title": longest(sample, "securityTitle"),
        "ownership_form": "I",
        "nature_of_ownership": longest(sample, "natureOfOwnership"),
    }
    messages = list(listed({**filer, **{table: [row] for table in TABLES}}))

    assert len(set(messages)) > 200
    assert too_long(messages) == []


@pytest.mark.parametrize("name", some([case[0] for case in CASES], ["1", "16", "32 both"]))
def test_no_question_of_an_event_is_longer(
    name: str, filer: dict[str, Any], sample: tuple[tuple[str, bytes], ...]
) -> None:
    ((recipe, given),) = (case[1:3] for case in CASES if case[0] == name)
    nature = longest(sample, "natureOfOwnership")
    answers = {
        "security": longest(sample, "securityTitle"),
        **{id: nature if text.startswith("By ") else text for id, text in given.items()},
    }
    if name == "21 Table II":  # its title is proposed with its terms
        del answers["security"]
    with TemporaryDirectory() as folder:
        _, pilot = interview(Path(folder), [(recipe, answers)], SIGNER, filer)

    assert too_long(ask.message for ask in pilot.asks) == []


def test_a_longer_question_is_found() -> None:
    assert too_long(["Which security?", "word " * 31]) == ["word " * 31]
