"""Plain mode: numbered rows, one line with Enter, not one escape byte; a second prompter behind the same protocol."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from form4_author.wizard.plain import Plain, is_plain
from form4_author.wizard.prompter import Key
from form4_author.wizard.terminal import Terminal as Drawn
from form4_author.wizard.terminal import at_terminal
from tests.packets import packets_in
from tests.wizard.terminal import CTRL_C, ENTER, Terminal
from tests.wizard.test_keys import BLOCK, CHOICE, KEYED, LINE, LONG, MULTI, PREFILLED, PROPOSED, YES_NO
from tests.wizard.test_terminal import DRAFT, FILING, NEW, SEED, filing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from form4_author.wizard.screen import Ask

SEED_PLAIN = {
    "Relationship of Reporting Person": f"1,2{ENTER}",
    "What happened?": f"5{ENTER}",
}
"""Where plain rows are answered with other keys than drawn ones."""


@pytest.fixture
def put(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[object, str]]:
    """What a question gets when these lines are typed, and what was printed."""

    def asked(ask: Ask, *lines: str) -> tuple[object, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        prompter = Plain(lambda name: f"of {name}")
        kinds = {"choice": prompter.choice, "confirm": prompter.confirm, "multi": prompter.multi}
        return kinds.get(ask.kind.value, prompter.text)(ask), capsys.readouterr().out

    return asked


@pytest.mark.parametrize(
    ("ask", "lines", "answer"),
    [(LINE, ["a?b"], "a?b"), (LINE, ["£4", "4"], "4"), (PROPOSED, [""], ""), (PREFILLED, [""], ""), (PREFILLED, ["-"], "-"),
     (BLOCK, ["@fills.csv"], "of fills.csv"), (LINE, ["@fills.csv"], "@fills.csv"),
     (CHOICE, ["2"], "gift"), (CHOICE, ["", "9", "2"], "gift"), (CHOICE, ["GRA"], "grant"), (CHOICE, ["g", "3"], "grant"),
     (replace(CHOICE, proposal="grant"), [""], "grant"), (replace(CHOICE, above="gift"), ["="], "gift"), (LONG, ["12"], "11"),
     (YES_NO, ["y"], "yes"), (YES_NO, ["2"], "no"), (YES_NO, ["", "N"], "no"), (replace(YES_NO, proposal="no"), [""], "no"),
     (MULTI, ["", "4", "3,1"], ("sale", "grant")), (replace(MULTI, chosen=("gift",)), [""], ("gift",)),
     (replace(MULTI, chosen=("gift",), required=False), ["-"], ())],
)  # fmt: skip
def test_what_is_typed_answers(
    put: Callable[..., tuple[object, str]], ask: Ask, lines: list[str], answer: object
) -> None:
    got, printed = put(ask, *lines)

    assert got == answer
    assert "\x1b" not in printed


def test_a_row_with_a_fixed_key_that_is_barred_says_why(put: Callable[..., tuple[object, str]]) -> None:
    got, printed = put(KEYED, "f", "2", "n")

    assert got == "n"
    assert "  1 Sale\n\n  - File (no packet)\n  n New\n" in printed
    assert "This row cannot be chosen: no packet.\n" in printed
    assert 'No row has "2".' in printed


@pytest.mark.parametrize(
    "ask", [LINE, PROPOSED, PREFILLED, BLOCK, CHOICE, LONG, YES_NO, MULTI], ids=lambda ask: ask.id
)
def test_keys_are_the_same_at_every_question(put: Callable[..., tuple[object, str]], ask: Ask) -> None:
    keys = {"<": Key.BACK, "?": Key.HELP, "/": Key.JUMP, "q": Key.LEAVE,
            "\x1b": Key.BACK, "\x1bOP": Key.HELP, "\x13": Key.LEAVE}  # fmt: skip

    assert {key: put(ask, key)[0] for key in keys} == keys
    assert "< back   ? help   / go to   q save and leave\n" in put(ask, "<")[1]


def test_faults_are_said_and_the_question_stays_open(put: Callable[..., tuple[object, str]]) -> None:
    assert put(CHOICE, "", "zebra", "g", "1")[1] == (
        "What?\n  1 Sale\n  2 Gift\n  3 Grant\nType a number or a word.\n"
        "Enter chooses   < back   ? help   / go to   q save and leave\n> Choose an answer first.\n"
        '> Nothing in the list has "zebra".\n> 2 rows have "g". Type a number:\n  2 Gift\n  3 Grant\n> '
    )
    assert 'The line ends in "?". Type ? alone for help, or delete the "?".' in put(LINE, "units?", "7")[1]
    assert "There are no sections to go to here." in put(replace(LINE, jumps=False), "/", "7")[1]
    assert '"4" is not one of the numbers 1 to 3.' in put(MULTI, "4", "1")[1]


def test_a_long_text_is_printed_in_pages_of_twenty_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"line {n}" for n in range(45)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n<\n"))
    Plain().read(lines, ("Top",))
    printed = capsys.readouterr().out

    more = "Enter shows more, < closes, q saves and leaves."
    assert printed.splitlines() == ["Top", *lines[:20], more, *lines[20:40], more]
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    with pytest.raises(KeyboardInterrupt):
        Plain().read(lines)


def test_signs_that_a_terminal_lacks_are_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    under = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(under, encoding="ascii", write_through=True))
    Plain().show(("a · 2 − 1 …",))

    assert under.getvalue() == b"\na - 2 - 1 ...\n"


@pytest.mark.parametrize(
    ("surroundings", "kind"),
    [({"TERM": "dumb"}, Plain), ({"TERM": "unknown"}, Plain), ({"TERM": "xterm", "FORM4_PLAIN": "1"}, Plain), ({"TERM": "xterm"}, Drawn)],
)  # fmt: skip
def test_who_has_plain_lines(
    monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str], kind: type[object]
) -> None:
    monkeypatch.delenv("FORM4_PLAIN", raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    assert is_plain() == (kind is Plain)
    assert type(at_terminal()) is kind


@pytest.mark.long
def test_the_seed_filing_is_made_in_plain_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one escape byte is sent, and the same filing comes of it."""
    place = packets_in(tmp_path / "packets", monkeypatch)
    with Terminal(tmp_path, *NEW, TERM="dumb") as terminal:
        for message, keys in SEED:
            typed = SEED_PLAIN.get(message, keys)
            terminal.wait_raw(message, "> ").type(typed)
        terminal.wait_raw("Enter shows more").type(ENTER).wait_raw("Enter continues.").type(ENTER)
        terminal.wait_raw("Make the packet?", "> ").type(ENTER)
        assert terminal.end() == 0, terminal.text

    assert filing(tmp_path) == FILING
    assert "\x1b" not in terminal.raw
    assert (place / "2024-11-01 Thakar QLYS Form 4 (vest)" / "form4.xml").is_file()


@pytest.mark.long
def test_ctrl_c_leaves_in_plain_lines_too(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW, FORM4_PLAIN="1") as terminal:
        terminal.wait_raw("Whose filing is it?", "> ").type(f"?{ENTER}").wait_raw("Help: Box 1.", "> ")
        terminal.type(f"1{ENTER}").wait_raw("Name of Reporting Person", "> ").type(CTRL_C)
        assert terminal.end() == 0
    assert "\x1b" not in terminal.raw
    assert "Saved. Go on with: form4 resume seed.form4.json" in " ".join(terminal.raw.split())
    assert json.loads((tmp_path / DRAFT).read_text())["interview"]["at"] == "owners[0].name"


@pytest.mark.long
def test_a_setting_asks_for_plain_screens(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("[screen]\nplain = true\n", encoding="utf-8")
    with Terminal(tmp_path, *NEW, FORM4_SETTINGS=str(settings)) as terminal:
        terminal.wait(SEED[0][0]).type(f"q{ENTER}")
        assert terminal.end() == 0
    assert "\x1b" not in terminal.raw
