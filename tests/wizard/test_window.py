"""Screens in windows of any size: what is cut and in which order, how it is scrolled to, and what a new size changes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from form4_author.wizard.option import Option
from form4_author.wizard.page import Page
from form4_author.wizard.prompter import Key
from form4_author.wizard.screen import AnswerKind, Ask
from tests.selection import some
from tests.wizard.test_keys import (
    CHOICE,
    CTRL_N,
    CTRL_P,
    CTRL_S,
    DOWN,
    ENTER,
    F1,
    LEFT,
    LINE,
    LONG,
    MULTI,
    PAGE_DOWN,
    PAGE_UP,
    PREFILLED,
    at_desk,
)

if TYPE_CHECKING:
    from tests.wizard.test_keys import Desk

pytestmark = pytest.mark.long

HEAD = (
    "EXAMPLE INC. · Okafor Adaeze N · Form 4",
    "Due Tue 12/01/2026 by 10 p.m. Eastern: 1 business day left",
)
PAGE = Page(
    head=HEAD,
    short="EXMP · Okafor · Form 4 · due 12/01",
    title=("Sold on the market or privately",),
    intro=tuple(f"rule {n}" for n in range(1, 13)),
    given=tuple(f"  answer {n}" for n in range(1, 6)),
)
HELP = tuple(f"help {n} " + "of this box " * 8 for n in range(1, 9))
FOOTER = re.compile(r" Enter .*Ctrl-S")


def shown(desk: Desk) -> list[str]:
    """What the screen shows at the last prompt, up to its footer."""
    last = next(d for d in reversed(desk.screen.drawings) if any(FOOTER.match(line) for line in d))
    return last[: next(n for n, line in enumerate(last) if FOOTER.match(line)) + 1]


def prompts(desk: Desk) -> list[str]:
    """Each screen with a footer, as one text."""
    return ["\n".join(d) for d in desk.screen.drawings if any(FOOTER.match(line) for line in d)]


def above(desk: Desk, ask: Ask, page: Page = PAGE, *keys: str | tuple[int, int]) -> list[str]:
    """The screen above and under the question after these keys."""
    desk.terminal.show(page)
    desk.put(ask, *keys, CTRL_S)
    return shown(desk)


# ---- what is cut


def test_with_room_for_all_nothing_is_cut() -> None:
    with at_desk(40, 100) as desk:
        assert above(desk, LINE) == [
            *HEAD, "", "Sold on the market or privately", *(f"rule {n}" for n in range(1, 13)),
            *(f"  answer {n}" for n in range(1, 6)), "", " How many?", " Type it, then Enter",
            " Enter accepts   Esc back   F1 help   / go to   Ctrl-S save and leave",
        ]  # fmt: skip


def test_the_oldest_answers_are_cut_first_then_the_introduction() -> None:
    with at_desk(26) as desk:
        assert above(desk, LINE)[4:20] == [
            *(f"rule {n}" for n in range(1, 13)), "(2 answers above; Esc shows them)", "  answer 3", "  answer 4", "  answer 5",
        ]  # fmt: skip
    with at_desk(20, 60) as desk:
        assert above(desk, LINE)[:15] == [
            *HEAD, "", "Sold on the market or privately", "(4 lines above; PgUp shows them)",
            *(f"rule {n}" for n in range(5, 13)), "(5 answers above; Esc shows them)", "",
        ]  # fmt: skip


def test_rows_are_cut_before_blank_lines_and_those_before_the_head() -> None:
    with at_desk(15, 60) as desk:
        lines = above(desk, LONG)
    assert lines[:7] == [*HEAD, "", "Sold on the market or privately", "(12 lines above; PgUp shows them)",
                         "(5 answers above; Esc shows them)", ""]  # fmt: skip
    assert " 4 of 12 rows; the arrow keys show the others." in lines

    with at_desk(13, 60) as desk:
        lines = above(desk, LONG)
    assert lines[:5] == [*HEAD, "Sold on the market or privately", "(12 lines above; PgUp shows them)",
                         "(5 answers above; Esc shows them)"]  # fmt: skip
    assert " 3 of 12 rows; the arrow keys show the others." in lines

    with at_desk(12, 40) as desk:
        lines = above(desk, LONG)
    assert lines[:2] == ["EXMP · Okafor · Form 4 · due 12/01", "Sold on the market or privately"]


def test_what_the_last_answer_brought_about_is_never_cut() -> None:
    words = "Warning PLN-006: the plan was adopted after the trade."
    with at_desk(12, 60) as desk:
        assert words in above(desk, LINE, replace(PAGE, words=(words,)))


@pytest.mark.parametrize(("columns", "rows"), [(39, 30), (100, 11), (30, 8)])
def test_a_window_that_is_too_small_says_so_until_it_is_larger(columns: int, rows: int) -> None:
    with at_desk(rows, columns) as desk:
        desk.terminal.show(PAGE)
        assert desk.put(LINE, "x", (80, 24), "7", ENTER) == "7"
    assert "Make the window at least 40 x 12." in [
        " ".join(" ".join(each).split()) for each in desk.screen.drawings
    ]


def test_from_a_window_that_is_too_small_one_can_leave_and_the_typed_line_is_known() -> None:
    with at_desk() as desk:
        desk.terminal.show(PAGE)
        assert desk.put(LINE, "12", (30, 8), CTRL_S) is Key.LEAVE
        assert desk.terminal.unaccepted
    with at_desk(8, 30) as desk, pytest.raises(KeyboardInterrupt):
        desk.read(CTRL_S)


# ---- scrolling


@pytest.mark.long
@pytest.mark.parametrize(("up", "down"), [(PAGE_UP, PAGE_DOWN), (CTRL_P, CTRL_N)])
@pytest.mark.parametrize("ask", [LINE, PREFILLED, CHOICE, MULTI], ids=["line", "prefilled", "list", "multi"])
def test_the_text_above_scrolls_and_the_answer_stays(ask: Ask, up: str, down: str) -> None:
    is_line = ask.kind is AnswerKind.TEXT
    typed = "12" if is_line else DOWN
    with at_desk(14, 80) as desk:
        lines = above(desk, ask, PAGE, typed, *[up] * 6)
        at = lines.index("Sold on the market or privately") + 1
        assert re.fullmatch(r"Lines 1 to \d of 17; PgDn shows more", lines[at])
        assert lines[at + 1] == "rule 1"
        assert any("12" in line if is_line else line.startswith(" > ") for line in lines[at + 4 :])
        lines = above(desk, ask, PAGE, *[up] * 6, *[down] * 6)
        assert re.fullmatch(r"Lines \d+ to 17 of 17; PgUp shows those before", lines[at])
        assert "  answer 5" in lines

    drawn = "\n".join(prompts(desk))
    assert all(f"{line}\n" in drawn for line in (*PAGE.intro, *PAGE.given))


def test_where_all_of_the_text_is_shown_the_keys_move_the_pointer_and_nothing_in_a_line() -> None:
    with at_desk(40, 80) as desk:
        desk.terminal.show(PAGE)
        assert desk.put(CHOICE, PAGE_DOWN, ENTER) == "grant"
        assert desk.put(LINE, "7", PAGE_UP, PAGE_DOWN, CTRL_P, CTRL_N, ENTER) == "7"
    assert not any("Lines 1 to" in screen for screen in prompts(desk))


# ---- help


@pytest.mark.parametrize("ask", [LINE, PREFILLED, LONG, MULTI], ids=["line", "prefilled", "list", "multi"])
@pytest.mark.parametrize(("columns", "rows"), some([(80, 24), (60, 20), (40, 12)], [(60, 20)]))
def test_help_takes_the_place_of_the_introduction_and_no_line_of_it_is_lost(
    ask: Ask, columns: int, rows: int
) -> None:
    with at_desk(rows, columns) as desk:
        lines = above(desk, ask, replace(PAGE, help=HELP), *[PAGE_DOWN] * 30)
        drawn = " ".join(" ".join(prompts(desk)).split())

    assert "rule" not in drawn
    for part in range(1, 9):
        assert f"help {part} of this box" in drawn
    assert FOOTER.match(lines[-1])
    assert any(line.startswith(f" {ask.message}") for line in lines)


def test_the_line_keeps_its_text_while_help_is_open() -> None:
    with at_desk(20, 60) as desk:
        desk.terminal.show(PAGE)
        assert desk.put(LINE, "50", LEFT, F1) is Key.HELP
        desk.terminal.show(replace(PAGE, help=HELP))
        assert desk.put(LINE, PAGE_DOWN, F1) is Key.HELP
        assert any(line == " How many? 50" for line in shown(desk))
        desk.terminal.show(PAGE)
        assert desk.put(LINE, ENTER) == "50"


# ---- a text to be confirmed

READ = replace(
    CHOICE,
    id="read",
    message="Is it right?",
    options=(Option("done", "It is right"), Option("change", "Change it"), Option("no", "Remove it")),
    proposal="done",
    text=tuple(f"({n}) word {n} " + "and so on " * 12 for n in range(1, 13)),
    confirms=("done",),
)
READ_LINE = replace(LINE, id="columns", message="Columns?", proposal="a, b", shown="a, b", text=READ.text)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (100, 40), (40, 12)])
@pytest.mark.parametrize("ask", [READ, READ_LINE], ids=["list", "line"])
def test_no_number_of_enters_confirms_before_the_last_line_was_drawn(
    ask: Ask, columns: int, rows: int
) -> None:
    """Each Enter is pressed once its screen is drawn."""
    with at_desk(rows, columns) as desk:
        desk.terminal.show(PAGE)
        assert desk.put(ask, *[ENTER] * 40) == ("done" if ask is READ else "")
        drawn = " ".join("\n".join(line for line in screen.splitlines()) for screen in prompts(desk))

    for part in range(1, 13):
        assert f"({part}) word {part} " in drawn
    assert "(12) word 12" not in prompts(desk)[0] or rows == 40
    assert ("Show the rest (PgDn)" if ask is READ else "Enter shows the rest (PgDn)") in drawn or rows == 40


def test_help_closes_to_show_the_rest() -> None:
    with at_desk() as desk:
        desk.terminal.show(replace(PAGE, help=HELP))
        assert desk.put(READ, ENTER) is Key.HELP
        assert desk.put(READ_LINE, ENTER) is Key.HELP
        assert "(1) word 1" not in "\n".join(prompts(desk))


def test_another_size_shows_the_same_part_of_the_text() -> None:
    with at_desk() as desk:
        desk.terminal.show(PAGE)
        desk.put(READ, PAGE_DOWN, LEFT, (60, 24), LEFT, CTRL_S)
        first = [re.search(r"\((\d+)\) word", screen) for screen in prompts(desk)]
    assert first[-1] is not None
    numbers = [match[1] for match in first if match]
    assert numbers[0] == "1"
    assert numbers[-1] == numbers[-2] != "1"


# ---- another size


SIZES = ((60, 20), (100, 40), (40, 12), (30, 8), (80, 24))


@pytest.mark.parametrize("size", SIZES[:3])
def test_a_list_keeps_its_pointer_in_a_window_of_another_size(size: tuple[int, int]) -> None:
    with at_desk() as desk:
        lines = above(desk, LONG, PAGE, DOWN, DOWN, DOWN, size)
        assert " > amount 4" not in lines
        assert [line for line in lines if line.startswith(" > ")] == [" > quota 2"]
        assert desk.screen.size.columns == size[0]


def test_through_all_sizes_and_back_the_answer_is_the_same() -> None:
    with at_desk() as desk:
        desk.terminal.show(PAGE)
        assert desk.put(LONG, "am", DOWN, *SIZES, ENTER) == "4"
        assert desk.put(MULTI, " ", DOWN, DOWN, " ", *SIZES, ENTER) == ("sale", "grant")
        assert desk.put(LINE, "500", LEFT, LEFT, *SIZES, "1", ENTER) == "5100"
        assert desk.put(LINE, "£4.12", ENTER, *SIZES, "4.12", ENTER) == "4.12"  # still selected
    assert desk.screen.drawings[-1][0] != "Make the window at least 40 x 12."


def test_what_is_wrong_stays_in_a_window_of_another_size() -> None:
    with at_desk() as desk:
        assert " prices are in US dollars" in above(desk, LINE, PAGE, "£4", ENTER, (60, 20))
        assert " Choose an answer first." in above(desk, CHOICE, PAGE, ENTER, (60, 20))


def test_the_pager_shows_the_same_lines_in_a_window_of_another_size() -> None:
    text = [f"{n} {'word ' * 20}" for n in range(60)]
    with at_desk() as desk:
        desk.press(PAGE_DOWN, LEFT, *SIZES, CTRL_S)
        with pytest.raises(KeyboardInterrupt):
            desk.terminal.read(text, ("Top",))
    tops = [d[1] for d in desk.screen.drawings if d[0] == "Top" and any(FOOTER.match(line) for line in d)]
    assert re.match(r"10 word", tops[-1])


def test_the_help_of_the_pager_scrolls_in_a_small_window() -> None:
    with at_desk(12, 40) as desk:
        desk.press(DOWN, F1, ENTER, ENTER, ENTER, ENTER, CTRL_S)
        with pytest.raises(KeyboardInterrupt):
            desk.terminal.read([f"line {n}" for n in range(40)], ("Top",))
    drawn = " ".join(" ".join(" ".join(d) for d in desk.screen.drawings).split())
    assert "? or F1 closes this help." in drawn
    tops = [d[1] for d in desk.screen.drawings if d[0] == "Top" and any(FOOTER.match(line) for line in d)]
    helped = [at for at, top in enumerate(tops) if not top.startswith("line")]
    assert (tops[helped[0] - 1], tops[helped[-1] + 1]) == ("line 1", "line 1")  # where the text was
