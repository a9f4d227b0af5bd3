"""The terminal itself: Ctrl-S stops no output, every exit leaves it as it was, nothing typed ahead reaches the shell."""

from __future__ import annotations

import json
import signal
import termios
from typing import TYPE_CHECKING

import pytest

from tests.packets import packets_in
from tests.selection import some
from tests.wizard.pilot import LAST
from tests.wizard.terminal import CTRL_C, CTRL_S, ENTER, ESC, Terminal
from tests.wizard.test_surroundings import VEST
from tests.wizard.test_terminal import DRAFT, NEW, SEED

if TYPE_CHECKING:
    from pathlib import Path


def flags(terminal: Terminal) -> list[int]:
    """Input, output, control and local modes of the terminal."""
    return list(termios.tcgetattr(terminal.child.fileno())[:4])


def has_ixon(terminal: Terminal) -> bool:
    return bool(flags(terminal)[0] & termios.IXON)


@pytest.mark.parametrize("way", some(["Ctrl-S", "SIGTERM", "SIGHUP"], ["Ctrl-S", "SIGTERM"]))
def test_flow_control_is_off_during_the_interview_and_back_after_it(tmp_path: Path, way: str) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        before = flags(terminal)
        terminal.follow(SEED[:6]).wait_prompt("Relationship of Reporting Person")
        terminal.wait("Ctrl-S save and leave")
        assert not has_ixon(terminal)
        if way == "Ctrl-S":
            terminal.type(CTRL_S).wait("Saved.")
        else:
            terminal.child.kill(getattr(signal, way))
            terminal.drained()
        assert flags(terminal) == before
        assert "Traceback" not in terminal.raw


@pytest.mark.long
def test_the_cursor_is_never_asked_for_and_a_lost_line_is_said(tmp_path: Path) -> None:
    """A terminal that gives no answer made each prompt wait a second."""
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:1]).answer("Name of Reporting", f"Thakar{CTRL_S}")
        assert terminal.end() == 0

    assert "Saved. The line you were typing was not." in terminal.text
    assert "\x1b[6n" not in terminal.raw
    assert json.loads((tmp_path / DRAFT).read_text())["owners"] == [{"cik": "0001626115"}]


@pytest.mark.long
def test_keys_change_no_byte_of_the_draft(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:7]).wait_prompt("Officer title:").wait("Enter accepts")
        before = (tmp_path / DRAFT).read_bytes()
        terminal.type("CEO").wait("3 of").type("\x1bOP").wait("Help: Box 5").type(ESC)
        terminal.wait_gone("Help: Box 5").wait("Officer title: CEO")
        assert (tmp_path / DRAFT).read_bytes() == before
        terminal.type(ESC).wait_prompt("Relationship of Reporting Person").wait("Space checks").type(ENTER)
        terminal.wait_prompt("Officer title: CEO")
        assert (tmp_path / DRAFT).read_bytes() == before
        terminal.type(CTRL_C)
        assert terminal.end() == 0


@pytest.mark.long
def test_what_is_typed_while_the_packet_is_made_reaches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = packets_in(tmp_path / "packets", monkeypatch)
    (tmp_path / "last.form4.json").write_text(json.dumps({**LAST, "format": 1}), encoding="utf-8")
    with Terminal(tmp_path, "new", "--from", "last.form4.json", "-o", DRAFT, *NEW[3:]) as terminal:
        terminal.follow(VEST).read_through()
        terminal.answer("Make the packet?", ENTER).wait("Making the packet ...").type(f"rm -r x{ENTER}")
        terminal.wait("form4 filed")
        assert terminal.end() == 0
        assert "rm -r x" not in terminal.raw

    assert [path.name for path in place.glob("*/form4.pdf")] == ["form4.pdf"]


@pytest.mark.long
def test_esc_at_the_first_question_goes_back_to_the_desk_and_leaves_no_file(tmp_path: Path) -> None:
    folders = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    with Terminal(tmp_path, **folders) as terminal:
        terminal.wait_prompt("No filings in progress.").type(ENTER)
        terminal.wait_prompt("Which form?").type(ENTER)
        terminal.wait_prompt("Whose filing is it?").wait("/ go to").type(f"12{ESC}")
        terminal.wait("The line you were typing was not saved.").wait_prompt("No filings in progress.")
        assert not any(path.is_file() for path in tmp_path.rglob("*"))
        terminal.type(f"c{ENTER}").wait_prompt("Which file?").type(f"'no such.xml'{ENTER}")
        terminal.wait('There is no file "no such.xml". Check the name and type it again.').type(f"?{ENTER}")
        terminal.wait("Type or paste the name of the file").type(ESC).wait_gone("Type or paste the name")
        terminal.type(ESC).wait_prompt("No filings in progress.").wait("Esc leaves").type(ESC)
        assert terminal.end() == 0
