"""The keys at every kind of prompt, in an empty, untouched, changed and rejected line: they mean the same everywhere."""

from __future__ import annotations

import os
import re
import select
import signal
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pyte
import pytest
from prompt_toolkit.application import create_app_session, get_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from form4_author.wizard.option import BLANK, Option
from form4_author.wizard.prompter import Key, footer
from form4_author.wizard.screen import AnswerKind, Ask
from form4_author.wizard.terminal import Terminal
from tests.selection import some

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prompt_toolkit.input import PipeInput

ENTER, ESC, F1, TAB, BACKSPACE = "\r", "\x1b", "\x1bOP", "\t", "\x7f"
CTRL_C, CTRL_D, CTRL_S, CTRL_U, CTRL_N, CTRL_P = "\x03", "\x04", "\x13", "\x15", "\x0e", "\x10"
UP, DOWN, LEFT, HOME, END = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[H", "\x1b[F"
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
AT_ONCE = {"Esc": (ESC, Key.BACK), "F1": (F1, Key.HELP), "F1 of a console": ("\x1b[[A", Key.HELP),
           "F1 of xterm": ("\x1b[11~", Key.HELP), "Ctrl-S": (CTRL_S, Key.LEAVE), "Ctrl-C": (CTRL_C, Key.LEAVE)}  # fmt: skip
"""Keys that act without Enter at every prompt."""
ALONE = {"<": Key.BACK, "?": Key.HELP, "/": Key.JUMP, "q": Key.LEAVE}
"""Keys that are typed, alone in a line and with Enter."""


def fault(text: str) -> str | None:
    """What begins with £ is rejected."""
    return "prices are in US dollars" if text.startswith("£") else None


WHAT = tuple(Option(value, value.title()) for value in ("sale", "gift", "grant"))
CELLS = tuple(Option(str(n), f"{word} {n}") for n, word in enumerate(["price", "amount", "quota"] * 4))
LINE = Ask(id="line", message="How many?", kind=AnswerKind.TEXT, jumps=True, check=fault)
PROPOSED = replace(LINE, id="proposed", proposal="5,000", shown="5,000")
PREFILLED = replace(LINE, id="prefilled", proposal="Held by a trust.", prefill=True)
BLOCK = replace(LINE, id="block", pastes=True)
CHOICE = Ask(id="choice", message="What?", kind=AnswerKind.CHOICE, options=WHAT, jumps=True)
LONG = replace(CHOICE, id="long", options=CELLS)
KEYED = replace(
    CHOICE,
    id="keyed",
    options=(
        Option("one", "Sale", key="1"),
        BLANK,
        Option("f", "File", key="f", barred="no packet"),
        Option("n", "New", key="n"),
    ),
)
YES_NO = Ask(id="confirm", message="Right?", kind=AnswerKind.CONFIRM, jumps=True)
MULTI = Ask(id="multi", message="Which?", kind=AnswerKind.MULTI, options=WHAT, jumps=True)
LINES = (LINE, PROPOSED, PREFILLED, BLOCK)
LISTS = (CHOICE, LONG, YES_NO, MULTI)


class Screen:
    """What a terminal shows, drawing by drawing; after each drawing the next keys are pressed."""

    encoding = "utf-8"

    def __init__(self, pipe: PipeInput, rows: int = 24, columns: int = 80) -> None:
        self.written = ""
        self.keys: list[str | tuple[int, int]] = []
        """What is done after the next drawings of a prompt: keys, or the window gets so many columns and lines."""
        self.drawings: list[list[str]] = []
        self.pipe = pipe
        self._sign = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._sign)
        self.size = Size(rows=rows, columns=columns)
        self.output = Vt100_Output(self, lambda: self.size, term="xterm", enable_cpr=False)  # type: ignore[arg-type]  # as far as it is used

    def write(self, data: str) -> None:
        self._stream.feed(data.replace("\r\n", "\n").replace("\n", "\r\n"))  # as a terminal does

    def flush(self) -> None:
        self.drawings.append([line.rstrip() for line in self._sign.display])
        self.written += "\n".join(self.drawings[-1]) + "\n"
        if (
            get_app_session().app is None
            or not self.keys
            or select.select([self.pipe.fileno()], [], [], 0)[0]
        ):
            return
        following = self.keys.pop(0)
        if isinstance(following, str):
            self.pipe.send_text(following)
        else:
            self.resize(*following)

    def resize(self, columns: int, rows: int) -> None:
        """The window is made larger or smaller."""
        self.size = Size(rows=rows, columns=columns)
        self._sign.resize(rows, columns)
        os.kill(os.getpid(), signal.SIGWINCH)


class Desk:
    """A terminal whose keys come from the test."""

    def __init__(self, screen: Screen) -> None:
        self.terminal = Terminal()
        self.screen = screen

    def press(self, *keys: str | tuple[int, int]) -> None:
        """These keys are pressed once the next prompt is drawn; nothing follows Enter until that was answered."""
        for each in keys:
            if not isinstance(each, str):
                self.screen.keys.append(each)
                continue
            self.screen.keys += re.findall(r"\x1b\[200~.*?\x1b\[201~|[^\r]*\r|[^\r]+", each, re.DOTALL)

    def put(self, ask: Ask, *keys: str | tuple[int, int]) -> str | tuple[str, ...] | Key:
        """What the question gets when these keys are pressed."""
        self.press(*keys)
        kinds = {AnswerKind.CHOICE: self.terminal.choice, AnswerKind.CONFIRM: self.terminal.confirm,
                 AnswerKind.MULTI: self.terminal.multi}  # fmt: skip
        return kinds.get(ask.kind, self.terminal.text)(ask)

    def read(self, *keys: str) -> None:
        """The terminal shows a hundred lines while these keys are pressed."""
        self.press(*keys)
        self.terminal.read([f"line {n}" for n in range(100)], ("Top",))


@contextmanager
def at_desk(rows: int = 24, columns: int = 80) -> Iterator[Desk]:
    with create_pipe_input() as pipe:
        screen = Screen(pipe, rows, columns)
        with create_app_session(input=pipe, output=screen.output):
            yield Desk(screen)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with at_desk() as it:
        yield it


def named(asks: Sequence[Ask]) -> list[str]:
    return [ask.id for ask in asks]


# ---- lines

STATES = {"empty": "", "untouched": "", "changed": "abc", "rejected": f"£4.12{ENTER}"}
"""What is typed before the key; a line is emptied first where it is to be empty."""


@pytest.mark.parametrize("key", some(AT_ONCE, ["Esc", "F1", "Ctrl-S"]))
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("ask", LINES, ids=named(LINES))
def test_a_key_acts_at_once_in_every_line_and_the_text_is_back(
    desk: Desk, ask: Ask, state: str, key: str
) -> None:
    """What was typed returns with its question; in the prefilled line it stands behind the proposal."""
    typed = ("" if state in ("untouched", "changed") else CTRL_U) + STATES[state]
    sent, meant = AT_ONCE[key]
    assert desk.put(ask, typed, sent) is meant

    again = {"empty": "", "untouched": "", "changed": f"{ask.proposal if ask.prefill else ''}abc"}
    if state == "rejected":
        assert desk.put(ask, "4.12", ENTER) == "4.12"  # typing replaces the line that came back
    else:
        accepted = again[state]
        assert desk.put(ask, ENTER) == ("-" if ask.prefill and state == "empty" else accepted)


@pytest.mark.parametrize("key", ALONE)
@pytest.mark.parametrize("state", ["empty", "untouched", "rejected"])
@pytest.mark.parametrize("ask", LINES, ids=named(LINES))
def test_a_line_that_is_a_key_acts_on_enter_and_is_never_stored(
    desk: Desk, ask: Ask, state: str, key: str
) -> None:
    typed = ("" if state == "untouched" else CTRL_U) + STATES[state]
    assert desk.put(ask, typed, key, ENTER) is ALONE[key]
    assert desk.put(ask, CTRL_U, "7", ENTER) == "7"


@pytest.mark.parametrize("ask", LINES, ids=named(LINES))
def test_inside_other_text_a_key_is_text(desk: Desk, ask: Ask) -> None:
    assert desk.put(ask, CTRL_U, "a<b?c/dq", ENTER) == "a<b?c/dq"


@pytest.mark.parametrize(
    ("last", "said"),
    [("?", 'The line ends in "?". Press F1 for help, or delete the "?".'),
     ("<", 'The line ends in "<". Press Esc to go back, or delete the "<".')],
)  # fmt: skip
@pytest.mark.parametrize("ask", LINES, ids=named(LINES))
def test_a_changed_line_that_ends_in_a_key_is_refused(desk: Desk, ask: Ask, last: str, said: str) -> None:
    assert desk.put(ask, CTRL_U, "…units.X", last, ENTER, LEFT, END, BACKSPACE, ENTER) == "…units.X"
    assert said in desk.screen.written


def test_where_there_are_no_sections_a_slash_is_refused(desk: Desk) -> None:
    assert desk.put(replace(LINE, jumps=False), "/", ENTER, "x", ENTER) == "x"
    assert "There are no sections to go to here." in desk.screen.written


def test_a_rejected_answer_is_replaced_by_typing_or_edited_after_an_arrow(desk: Desk) -> None:
    assert desk.put(LINE, "£4.12", ENTER, "4.12", ENTER) == "4.12"
    assert desk.put(LINE, "£4.12", ENTER, BACKSPACE, "5", ENTER) == "5"
    assert desk.put(LINE, "£4.12", ENTER, CTRL_U, "6", ENTER) == "6"
    assert desk.put(LINE, "£4.12", ENTER, HOME, "\x1b[3~", ENTER) == "4.12"
    assert "prices are in US dollars" in desk.screen.written
    assert "Type to replace it, or use the arrow keys to edit it." in desk.screen.written


def test_one_key_clears_a_pasted_block(desk: Desk) -> None:
    pasted = "\x1b[200~£1\t2\n3\n4\n5\x1b[201~"

    assert desk.put(BLOCK, pasted, ENTER, CTRL_U, "7", ENTER) == "7"
    assert desk.put(BLOCK, pasted, LEFT, UP, CTRL_U, "7", ENTER) == "7"


def test_a_tab_is_text_in_a_block_and_proposes_on_an_empty_line(desk: Desk) -> None:
    assert desk.put(BLOCK, "1", TAB, "2", ENTER) == "1\t2"
    assert desk.put(PROPOSED, TAB, "1", ENTER) == "5,0001"
    assert desk.put(PREFILLED, CTRL_U, TAB, "!", ENTER) == "Held by a trust.!"
    assert desk.put(LINE, "1", TAB, "2", ENTER) == "12"


def test_a_paste_into_one_line_has_spaces_for_its_ends_of_lines(desk: Desk) -> None:
    pasted = "\x1b[200~C/O EXAMPLE\r\n1 MAIN ST\r\n\x1b[201~"

    assert desk.put(LINE, pasted, ENTER) == "C/O EXAMPLE 1 MAIN ST"
    assert desk.put(LINE, "£1", ENTER, pasted, ENTER) == "C/O EXAMPLE 1 MAIN ST"
    assert desk.put(replace(LINE, breaks=True), pasted, ENTER) == "C/O EXAMPLE\n1 MAIN ST\n"


@pytest.mark.parametrize("ask", [CHOICE, LONG, MULTI], ids=named([CHOICE, LONG, MULTI]))
def test_a_date_typed_at_a_list_does_not_leave_it(desk: Desk, ask: Ask) -> None:
    """The slash of 11/30 is no key; the next one is, and so is one alone."""
    assert desk.put(ask, "1", "1", "/", "/") is Key.JUMP
    assert "This list takes no date. Press / again to leave it." in desk.screen.written
    assert desk.put(ask, "/") is Key.JUMP


def test_ctrl_d_leaves_on_an_empty_line_and_deletes_in_another(desk: Desk) -> None:
    assert desk.put(LINE, CTRL_D) is Key.LEAVE
    assert desk.put(LINE, "12", HOME, CTRL_D, ENTER) == "2"


@pytest.mark.long
@pytest.mark.parametrize("ask", [*LINES, *LISTS], ids=named([*LINES, *LISTS]))
def test_alt_and_the_rest_of_a_late_sequence_are_no_text(desk: Desk, ask: Ask) -> None:
    """Over a slow line Esc is read first and `[D` or `OC` when the question before is open already."""
    assert desk.put(ask, f"{ESC}b{ESC}z", ESC) is Key.BACK
    for late in ("[D", "OC", "[3~"):
        assert desk.put(ask, f"{late}{F1}") is Key.HELP
        assert desk.put(ask, ESC) is Key.BACK
    if ask in LINES:
        assert desk.put(ask, "[D", CTRL_U, "7", ENTER) == "7"
        assert desk.put(ask, "a[D", ENTER) != ""


def test_esc_twice_goes_back_once(desk: Desk) -> None:
    assert desk.put(LINE, ESC + ESC) is Key.BACK


def test_whether_a_line_was_lost_is_known(desk: Desk) -> None:
    lost = []
    for keys in ("12" + CTRL_S, CTRL_S, "12" + ENTER):
        desk.put(replace(LINE, id=keys), keys)
        lost.append(desk.terminal.unaccepted)

    assert lost == [True, False, False]


# ---- lists


@pytest.mark.parametrize(
    "key", some([*AT_ONCE, "<", "?", "/", "Ctrl-D"], ["Esc", "F1", "Ctrl-S", "<", "?", "/", "Ctrl-D"])
)
@pytest.mark.parametrize("ask", LISTS, ids=named(LISTS))
def test_a_key_acts_at_once_in_every_list(desk: Desk, ask: Ask, key: str) -> None:
    meant = {
        **AT_ONCE,
        "<": ("<", Key.BACK),
        "?": ("?", Key.HELP),
        "/": ("/", Key.JUMP),
        "Ctrl-D": (CTRL_D, Key.LEAVE),
    }
    sent, expected = meant[key]

    assert desk.put(ask, DOWN, sent) is expected


def test_q_leaves_a_list_and_is_a_letter_where_typing_narrows(desk: Desk) -> None:
    assert desk.put(CHOICE, "q") is Key.LEAVE
    assert desk.put(MULTI, "q") is Key.LEAVE
    assert desk.put(LONG, "q", ENTER) == "2"  # quota


@pytest.mark.parametrize("ask", [CHOICE, LONG, YES_NO], ids=["choice", "long", "confirm"])
def test_without_a_pointer_enter_chooses_nothing(desk: Desk, ask: Ask) -> None:
    first = {"choice": "sale", "long": "0", "confirm": "yes"}[ask.id]

    assert desk.put(ask, ENTER, ENTER, DOWN, ENTER) == first
    assert "Choose an answer first." in desk.screen.written


def test_keys_move_the_pointer_and_enter_alone_chooses(desk: Desk) -> None:
    """`n` and Enter answered two questions."""
    assert [desk.put(YES_NO, "y", "n", ENTER), desk.put(CHOICE, "3", "2", ENTER)] == ["no", "gift"]
    assert desk.put(replace(YES_NO, proposal="yes"), "N", ENTER) == "no"
    assert desk.put(CHOICE, "7", "2", "7", ENTER) == "gift"
    assert desk.put(YES_NO, "n", CTRL_S) is Key.LEAVE


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [(DOWN + DOWN, "gift"), (UP, "grant"), (UP + DOWN, "sale"), (DOWN + UP, "grant"), (END, "grant"), (END + HOME, "sale"),
     (PAGE_DOWN, "grant"), (PAGE_DOWN + PAGE_UP, "sale"), (CTRL_N, "grant"), (CTRL_N + CTRL_P, "sale"), (DOWN + " x" + TAB, "sale")],
)  # fmt: skip
def test_the_pointer_moves_and_wraps(desk: Desk, keys: str, chosen: str) -> None:
    assert desk.put(CHOICE, keys, ENTER) == chosen


@pytest.mark.parametrize("ask", [CHOICE, LONG, YES_NO, MULTI], ids=["choice", "long", "confirm", "multi"])
def test_enter_typed_before_the_list_was_drawn_counts(desk: Desk, ask: Ask) -> None:
    """Between two prompts the terminal turns it into the end of a line."""
    first = {"choice": "sale", "long": "0", "confirm": "yes", "multi": ("sale",)}[ask.id]

    assert desk.put(replace(ask, proposal=str(first), chosen=("sale",)), "\n") == first


def test_digits_and_letters_narrow_ten_rows_or_more(desk: Desk) -> None:
    assert desk.put(LONG, "11", ENTER) == "11"
    assert desk.put(LONG, "am", " 4", ENTER) == "4"
    assert desk.put(LONG, "zz", ENTER, CTRL_U, "price 9", ENTER) == "9"
    assert desk.put(replace(LONG, proposal="3"), "zz", BACKSPACE, BACKSPACE, ENTER) == "3"
    assert "Nothing in the list matches; press Backspace to delete a letter" in desk.screen.written


def test_the_row_and_what_was_typed_are_back(desk: Desk) -> None:
    assert desk.put(CHOICE, "2", F1) is Key.HELP
    assert desk.put(CHOICE, ENTER) == "gift"
    assert desk.put(LONG, "am", ESC) is Key.BACK
    assert desk.put(LONG, " 7", ENTER) == "7"
    assert desk.put(MULTI, DOWN, " ", F1) is Key.HELP
    assert desk.put(MULTI, ENTER) == ("gift",)


def test_a_row_that_was_only_proposed_is_not_kept(desk: Desk) -> None:
    """What is proposed may have changed when the question returns."""
    assert desk.put(replace(CHOICE, proposal="sale"), ESC) is Key.BACK
    assert desk.put(replace(CHOICE, proposal="grant"), ENTER) == "grant"


def test_space_checks_and_enter_accepts_what_is_checked(desk: Desk) -> None:
    assert desk.put(MULTI, ENTER, " ", "3", " ", ENTER) == ("sale", "grant")
    assert "Check at least one row with the space bar." in desk.screen.written
    assert desk.put(replace(MULTI, chosen=("sale",), required=False), " ", "ai", ENTER) == ()


def test_a_fixed_key_points_at_its_row_and_a_barred_one_says_why(desk: Desk) -> None:
    assert desk.put(KEYED, "N", ENTER) == "n"
    assert desk.put(KEYED, HOME, DOWN, ENTER) == "n"  # the blank line and the barred row are passed over
    assert desk.put(KEYED, END, UP, ENTER) == "one"
    assert desk.put(KEYED, "f", ENTER, "1", ENTER) == "one"
    assert "This row cannot be chosen: no packet." in desk.screen.written


def test_equals_points_at_the_answer_above(desk: Desk) -> None:
    assert desk.put(replace(CHOICE, above="grant"), "=", ENTER) == "grant"
    assert desk.put(replace(CHOICE, above="grant"), "=", "1", ENTER) == "sale"


def test_rows_give_way_to_the_page_above_down_to_three() -> None:
    seen = []
    for rows in (24, 20, 12):
        with at_desk(rows) as desk:
            desk.terminal.show(["page"] * 7)  # and a blank line
            desk.put(LONG, ESC)
            seen += re.findall(r"(\d+) of 12 rows; the arrow keys show the others.", desk.screen.written)[:1]

    assert seen == ["8", "3"]  # all twelve fit into 24 lines


# ---- the pager


@pytest.mark.parametrize(
    ("keys", "seen"),
    [(" ", "line 21"), (ENTER, "line 21"), (PAGE_DOWN, "line 21"), (CTRL_N, "line 21"), (DOWN, "line 20"), (END, "line 99")],
)  # fmt: skip
def test_a_long_text_is_read_by_pages_and_lines(desk: Desk, keys: str, seen: str) -> None:
    desk.read(keys, ESC)

    assert seen in desk.screen.written


def test_a_page_ends_where_the_terminal_does_with_lines_that_are_folded_too() -> None:
    long = ["word " * 30, *(f"line {n}" for n in range(40))]
    with at_desk(12, 60) as desk:
        desk.press(ESC)
        desk.terminal.read(long, ("Top",))

    assert (
        "\nline 4\n lines 1 to 8 of 43\n Enter   Esc closes   F1 help   Ctrl-S leave\n" in desk.screen.written
    )


@pytest.mark.parametrize("keys", [CTRL_S, CTRL_C, "q", F1 + "q", f"{ENTER}q"])
def test_the_pager_leaves_like_every_prompt(desk: Desk, keys: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        desk.read(keys)


def test_the_pager_has_help_which_going_back_closes(desk: Desk) -> None:
    desk.read("?", "<", END, "<")

    assert "? or F1 closes this help." in desk.screen.written
    assert "line 99" in desk.screen.written


# ---- the footer


@pytest.mark.long
@pytest.mark.parametrize("ask", [*LINES, *LISTS], ids=named([*LINES, *LISTS]))
def test_the_footer_has_the_same_words_everywhere_in_one_line(ask: Ask) -> None:
    chooses = "chooses" if ask in (CHOICE, LONG, YES_NO) else "accepts"
    with at_desk() as wide:
        wide.put(ask, ESC)
    with at_desk(20, 60) as narrow:
        narrow.put(ask, ESC)

    said = f"\n Enter {chooses}   Esc back   F1 help   / go to   Ctrl-S save and leave\n"
    assert said in wide.screen.written, wide.screen.written
    assert "\n Enter   Esc back   F1 help   / go to   Ctrl-S leave\n" in narrow.screen.written


def test_the_footer_names_sections_only_where_there_are_some() -> None:
    assert footer("accepts", 80) == "Enter accepts   Esc back   F1 help   Ctrl-S save and leave"
    assert footer("accepts", 71) == "Enter   Esc back   F1 help   Ctrl-S leave"
    assert len(footer("chooses", 80, jumps=True)) < 72
    assert len(footer("chooses", 60, jumps=True)) < 60
