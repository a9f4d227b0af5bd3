"""The long list of what happened: a word leaves what it means, and a word that means nothing is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.wizard.option import Option, narrowed
from form4_author.wizard.recipes import RECIPES
from tests.wizard.terminal import CTRL_C, CTRL_U, ENTER, Terminal
from tests.wizard.test_terminal import NEW, SEED, step_of

if TYPE_CHECKING:
    from pathlib import Path

LISTED = tuple(Option(r.id, r.label, r.also) for r in RECIPES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("gift", "gave"), ("donat", "gave"), ("charity", "gave"), ("received gift", "gift_received"),
     ("taxes", "rsu_withheld"), ("vest", "rsu_withheld"), ("annual", "granted_stock"), ("unit grant", "granted_units"),
     ("sell", "sold"), ("purchase", "bought"), ("exercise cashless", "option_sold"), ("died", "inherited")],
)  # fmt: skip
def test_a_word_that_filers_use_brings_what_it_means_to_the_top(typed: str, first: str) -> None:
    assert narrowed(LISTED, typed)[0].value == first


def test_every_word_typed_is_looked_for_also_beside_the_label() -> None:
    options = (Option("a", "Sold", also="gift"), Option("b", "A gift"))

    assert [o.value for o in narrowed(options, "GIFT")] == ["a", "b"]
    assert [o.value for o in narrowed(options, "gift sold")] == ["a"]
    assert narrowed(options, "zebra") == ()


def test_the_list_narrows_says_when_nothing_fits_and_still_helps(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[: step_of("What happened?")]).wait_prompt("What happened?")
        assert " 12 of 44 rows; the arrow keys show the others." in terminal.lines, terminal.text

        terminal.type("donation").wait("What happened?   donation")
        assert [line for line in terminal.lines if line.startswith((" > ", "   "))] == [
            " > Gave shares away as a gift or donation",
            "   Received a gift of shares",
        ]
        terminal.type(f"xx{ENTER}").wait(" > Nothing in the list has this; Backspace takes a letter away")
        assert " What happened?   donationxx" in terminal.lines, terminal.text  # Enter has chosen nothing

        terminal.type(CTRL_U + "?").wait("Help: Choose what the person did or received")
        terminal.type(f"gift{ENTER}").wait_prompt("Date of the gift:").wait("Gave shares away as a gift")
        terminal.type(CTRL_C)
        assert terminal.end() == 0
