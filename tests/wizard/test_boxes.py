"""The boxes of the form's head: what is assumed of them, and the row of the lines that opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import flow
from form4_author.wizard.question import ask
from tests.wizard.replay import TODAY, play, replay

if TYPE_CHECKING:
    from pathlib import Path

LAST = ("lines", "q")


@pytest.fixture
def seed(tmp_path: Path) -> dict[str, Any]:
    """The seed's draft as it stands at the end."""
    return draft_data(replay(tmp_path / "seed.form4.json", "seed")[0].draft)


def at_the_lines(data: dict[str, Any], **boxes: Any) -> dict[str, Any]:
    """The draft at the list of its lines, with these boxes."""
    rest = {
        key: found for key, found in data.items() if key not in ("aff10b5_one", "not_subject_to_section16")
    }
    return {**rest, **boxes, "interview": {**data["interview"], "at": "lines", "back_to": []}}


def row_of(data: dict[str, Any], tmp_path: Path) -> str:
    """The row of the lines that opens the boxes."""
    _, script = play(tmp_path / "d.form4.json", [LAST], data)
    return next(o.label for o in script.asks[0].options if o.value == "boxes")


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({}, "Boxes: Rule 10b5-1 not asked yet; no longer subject to Section 16 no"),
        ({"aff10b5_one": False}, "Boxes: Rule 10b5-1 no; no longer subject to Section 16 no"),
        (
            {"aff10b5_one": True, "not_subject_to_section16": True},
            "Boxes: Rule 10b5-1 yes; no longer subject to Section 16 yes",
        ),
    ],
)
def test_the_lines_have_a_row_for_the_boxes(
    boxes: dict[str, Any], words: str, seed: dict[str, Any], tmp_path: Path
) -> None:
    assert row_of(at_the_lines(seed, **boxes), tmp_path) == words


def test_the_row_asks_both_boxes_and_leads_back(seed: dict[str, Any], tmp_path: Path) -> None:
    answers = [("lines", "boxes"), ("aff10b5_one", "no"), ("exit", "yes"), LAST]
    outcome, script = play(tmp_path / "d.form4.json", answers, at_the_lines(seed))

    assert [each.id for each in script.asks] == ["lines", "aff10b5_one", "exit", "lines"]
    assert draft_data(outcome.draft)["not_subject_to_section16"] is True


@pytest.mark.parametrize(("code", "proposed"), [("S", ""), ("P", ""), ("F", "no"), ("G", "no"), ("M", "no")])
def test_no_plan_is_assumed_unless_something_was_bought_or_sold(
    code: str, proposed: str, seed: dict[str, Any]
) -> None:
    (row, *_) = seed["non_derivative"]
    data = at_the_lines({**seed, "non_derivative": [{**row, "transaction_code": code}]})
    draft = draft_of(data)
    place = flow.place(draft, "aff10b5_one")

    assert place is not None
    assert ask(draft, place, TODAY).proposal == proposed
