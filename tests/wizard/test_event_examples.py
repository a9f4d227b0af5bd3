"""The example of each event is what the interview made of it; FORM4_UPDATE_GOLDEN=1 writes the examples again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from form4_author.desk.event_example import FILE, event_examples
from form4_author.model.draft import TABLES
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard import session
from form4_author.wizard.answers_file import Recorder
from form4_author.wizard.draft import opening
from form4_author.wizard.recipes import RECIPES
from form4_author.wizard.wording import line_row
from tests.wizard.pilot import INSIDER, LAST, Pilot
from tests.wizard.replay import desk
from tests.wizard.test_events import CASES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from form4_author.wizard.screen import Ask

KNOWN = draft_data(opening.from_filing(filing_from(LAST)[0]))
OTHERS: Mapping[str, Mapping[str, str]] = {
    "own_trust": {
        "date": "11/1",
        "security": "Common Stock (D)",
        "quantity": "1000",
        "held_now": "own_trust",
        "to_nature": "By Roe Family Trust",
    },
    "left": {"date": "11/1"},
    "split": {"security": "Common Stock", "new": "2", "old": "1", "effective": "11/1"},
    "status_changed": {
        "reason": "order",
        "date": "11/1",
        "security": "Common Stock (D)",
        "quantity": "100",
        "decree": "yes",
    },
    "award_adjusted": {"effective": "11/1"},
    "died": {"form_for": "deceased", "unreported": "no"},
    "late_item": {"should": "4", "was_due": "10/1", "where": "5"},
}
"""What is answered for an event without a line of its own."""
AFTER: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]] = {
    "late_item": [
        ("sold", {"date": "10/1", "security": "Common Stock (D)", "quantity": "100", "price": "10"})
    ]
}
"""What is chosen after an event that asks for another."""


def _answers(id: str) -> Mapping[str, str]:
    return OTHERS[id] if id in OTHERS else next(case[2] for case in CASES if case[1] == id)


def _shown(ask: Ask, answer: str) -> str:
    """As a person reads it: the row that was chosen, what was proposed and accepted, or that nothing was given."""
    words = answer or ask.shown or ask.proposal or "not given"
    chosen = next((option.label for option in ask.options if option.value == (answer or ask.proposal)), words)
    return {"yes": "Yes", "no": "No"}.get(chosen, " ".join(chosen.split()))


def made(id: str, folder: Path) -> dict[str, Any]:
    """What the file has of an event, made by the interview."""
    pilot = Pilot({"period_of_report": "11/1"}, [(id, _answers(id)), *AFTER.get(id, ())])
    recorder = Recorder(pilot)
    start = draft_of(KNOWN if id in OTHERS else INSIDER)
    draft = session.Session(folder / "d.form4.json", start, recorder, desk(checked=False)).run().draft
    given = {each.id: str(each.answer) for each in recorder.given}
    asks = {ask.id: ask for ask in pilot.asks if ask.id.startswith("events[0].")}
    return {
        "asked": [{ask.message: _shown(ask, given[name])} for name, ask in asks.items()],
        "lines": [
            line_row(table, index, row) for table in TABLES for index, row in enumerate(draft.rows(table))
        ],
        "notes": [note["text"] for note in draft_data(draft).get("footnotes", [])],
    }


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All of them, as the interview makes them now."""
    found = {recipe.id: made(recipe.id, tmp_path_factory.mktemp("example")) for recipe in RECIPES}
    if os.environ.get("FORM4_UPDATE_GOLDEN"):
        text = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=110)
        FILE.write_text(text, encoding="utf-8")
        event_examples.cache_clear()
    return found


@pytest.mark.parametrize("id", [recipe.id for recipe in RECIPES])
def test_the_example_is_what_the_interview_makes(id: str, examples: dict[str, Any]) -> None:
    assert yaml.safe_load(FILE.read_text(encoding="utf-8"))[id] == examples[id]


def test_no_example_is_left_over() -> None:
    assert list(event_examples()) == [recipe.id for recipe in RECIPES]
