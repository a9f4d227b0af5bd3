"""`form4 events`: the list, one event by number, name or words, and what it says when there is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from form4_author.cli import main
from form4_author.wizard.recipes import RECIPES

if TYPE_CHECKING:
    from collections.abc import Sequence


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["events", *words]) == 0
    return capsys.readouterr().out


def test_every_event_is_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    listed = said(capsys).splitlines()

    assert listed == [f"{each.number:>3}  {each.label}" for each in RECIPES]
    assert listed[0] == "  1  Bought on the market or privately"


@pytest.mark.parametrize("words", [["37"], ["fees_in_stock"], ["Received stock instead of director fees"]])
def test_one_is_explained_with_its_example(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, *words)

    assert text.startswith(
        "37  Received stock instead of director fees\n\nThe form: One line of Table I, code A"
    )
    assert "Who: Directors and officers (code A, Rule 16b-3(d))\n" in text
    assert (
        "Example\n  Were shares issued now, or units credited for later?  Shares were issued now\n  Date of issue  11/1\n"
    ) in text
    assert "  = I-1  11/01/2024 A 1,250 (A) at $24.00  5,250 after  Common Stock, direct\n" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_words_find_each_event_that_they_mean(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "gift", "--json"))

    assert [each["id"] for each in found] == ["gave", "gift_received"]
    assert list(found[0]) == ["id", "number", "label", "form", "who", "found_by", "questions", "example"]
    assert found[0]["questions"] == [each["question"] for each in found[0]["example"]["asked"]]


def test_words_that_find_none_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "zebra", "crossing"]) == 2

    assert capsys.readouterr().err == (
        'form4: No event has the name or words "zebra crossing". form4 events without a word lists them all.\n'
    )
