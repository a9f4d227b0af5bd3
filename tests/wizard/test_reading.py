"""Text to be confirmed is never cut: no answer confirms it before all of it was on the screen."""

from __future__ import annotations

import pytest

from form4_author.wizard.option import Option
from form4_author.wizard.reading import REST, Reading
from form4_author.wizard.screen import AnswerKind, Ask

WORDS = (
    "The price reported is a weighted average price. These shares were sold in multiple transactions at prices "
    "ranging from $120.10 to $121.05, inclusive. The reporting person undertakes to provide to the issuer, any security "
    "holder of the issuer, or the staff of the Securities and Exchange Commission, upon request, full information."
)


def put(count: int, height: int = 24, width: int = 80, rows: int = 3) -> Reading:
    """The reading of so many footnotes, of which each can be opened."""
    options = (
        Option("done", "Footnotes are right"),
        *(Option(f"open {n}", f"Open {n}") for n in range(rows)),
    )
    ask = Ask(
        id="notes", message="Are the footnotes right?", kind=AnswerKind.CHOICE, options=options, proposal="done",
        text=tuple(f"({n + 1}) I-{n + 1} col. 4: {WORDS}" for n in range(count)), confirms=("done",),
    )  # fmt: skip
    return Reading(ask, height=height, width=width, above=4)


@pytest.mark.parametrize(("height", "width"), [(24, 80), (20, 60), (40, 100), (12, 40)])
@pytest.mark.parametrize("count", [1, 4, 12])
@pytest.mark.parametrize("rows", [1, 4, 12])
def test_each_line_is_drawn_before_the_text_can_be_confirmed(
    count: int, rows: int, height: int, width: int
) -> None:
    reading, seen = put(count, height, width, rows), list[str]()
    while True:
        drawn = [line for line in reading.drawn() if line in reading.lines]
        seen += drawn
        assert all(len(line) < width for line in reading.drawn())
        asked = reading.put()
        if "done" in [o.value for o in asked.options]:
            break
        assert (asked.options[0].value, asked.proposal) == (REST, REST)
        assert asked.options[0].label == "Show the rest (PgDn)"
        reading.turn(1)

    assert set(seen) == set(reading.lines)
    assert " ".join(" ".join(reading.lines).split()) == " ".join(reading.ask.text)
    assert reading.put() is reading.ask


def test_a_text_that_fits_is_shown_whole_and_can_be_confirmed_at_once() -> None:
    reading = put(1)

    assert reading.drawn()[0] == (
        "(1) I-1 col. 4: The price reported is a weighted average price. These shares"
    )
    assert reading.drawn()[1].startswith("    were sold in")
    assert reading.put().proposal == "done"


def test_a_part_says_where_it_is_and_pages_turn_both_ways() -> None:
    reading = put(4)
    assert reading.drawn()[0] == f"Lines 1 to {reading.room} of 20; PgDn shows more"

    reading.turn(1)
    assert reading.drawn()[0].endswith("of 20; PgUp shows those before")
    assert reading.read
    reading.turn(-1)
    assert reading.drawn()[0] == f"Lines 1 to {reading.room} of 20; PgDn shows more"
    assert reading.put().proposal == "done"  # it was read
