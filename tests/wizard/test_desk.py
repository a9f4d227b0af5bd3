"""The desk in a terminal: the list of filings, marking one as filed with few keys, deleting one and taking it back."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.desk.packet_place import latest_packet
from form4_author.files import draft_file
from tests.wizard.terminal import ENTER, ESC, Terminal

if TYPE_CHECKING:
    from pathlib import Path

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
NOTICE = """COMPANY:       QUALYS, INC.
FORM TYPE:     4                NUMBER OF DOCUMENTS: 1
RECEIVED DATE: 04-Nov-2024 18:05    ACCEPTED DATE: 04-Nov-2024 18:05
FILING DATE:   04-Nov-2024 18:05
TEST FILING:   NO               CONFIRMING COPY: NO
ACCESSION NUMBER: 0001107843-24-000123
"""
TODAY = "2024-11-05"


class Keys:
    """Counts the keys; a whole paste is one."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.count = 0

    def type(self, keys: str) -> Terminal:
        self.count += 1 if keys.startswith(PASTE) else len(keys)
        return self.terminal.type(keys)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with nine drafts, two of which have a packet."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("FORM4_TODAY", TODAY)
    folder = draft_file.default_folder()
    folder.mkdir(parents=True)
    for name in ("seed", "gift", "exercise", "form3", "form5", "joint", "plan", "amendment"):
        (folder / f"{name}.form4.json").write_text(json.dumps(draft(name)), encoding="utf-8")
    (folder / "second.form4.json").write_text(json.dumps(draft("gift")), encoding="utf-8")
    return tmp_path


def packet(home: Path, name: str, as_of: str) -> Path:
    path = draft_file.default_folder() / f"{name}.form4.json"
    assert main(["render", str(path), "--as-of", as_of]) == 0
    return path


def test_nine_filings_are_distinguishable(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.wait_prompt("    Due ").wait("Esc leaves")
        rows = [line[5:] for line in terminal.lines if line[3:4].isdigit()]
        assert len(rows) == 9
        assert len(set(rows)) == 9
        assert terminal.lines[3].startswith(" > 1 Tue 11/05 today 4     Thakar, QLYS      vest 11/01")
        assert all(len(line) < 80 for line in terminal.lines)
        terminal.type(ESC)
        assert terminal.end() == 0


@pytest.mark.long
def test_marking_as_filed_takes_at_most_25_keys(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packet(home, "gift", "2026-09-17")
    path = packet(home, "seed", "2024-11-04")
    capsys.readouterr()
    with Terminal(home) as terminal:
        keys = Keys(terminal)
        terminal.wait("packet made").wait("Esc leaves")
        keys.type("f")
        keys.type(ENTER)
        terminal.wait_prompt("Which filing was accepted?").wait("Esc back")
        keys.type("1")
        keys.type(ENTER)
        terminal.wait_prompt("Accession number").wait("Mark as filed: Thakar Sumedh S").wait("Esc back")
        keys.type("000110784324000123")
        keys.type(ENTER)
        terminal.wait_prompt("Filing date (before 10 p.m.").wait("   1 Today, Tue 11/05/2024").wait(
            "Esc back"
        )
        keys.type(ENTER)
        terminal.wait("Choose an answer first.")
        keys.count -= 1
        keys.type("1")
        keys.type(ENTER)
        terminal.wait("Recorded as filed: 0001107843-24-000123. Common Stock, direct: 232,595 after.")
        terminal.wait("m More: 1 filed").wait("Esc leaves").type(ESC)
        assert terminal.end() == 0
    assert keys.count == 25
    filed = draft_file.load(path).draft.interview.filed
    assert filed is not None
    assert (filed.accession_numbers, filed.at) == (("0001107843-24-000123",), TODAY)


@pytest.mark.long
def test_a_pasted_acceptance_message_gives_number_day_and_time(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = packet(home, "seed", "2024-11-04")
    capsys.readouterr()
    with Terminal(home) as terminal:
        keys = Keys(terminal)
        terminal.wait("packet made").wait("Esc leaves")
        keys.type(ENTER)
        terminal.wait_prompt("Packet made").wait(" > 1 Mark as filed").wait("Esc back")
        keys.type(ENTER)
        terminal.wait_prompt("Accession number").wait("Esc back")
        keys.type(f"{PASTE}{NOTICE}{PASTED}")
        terminal.wait("43-24-000123")
        keys.type(ENTER)
        terminal.wait("Recorded as filed: 0001107843-24-000123. Common Stock, direct: 232,595 after.")
        terminal.wait("Esc leaves").type(ESC)
        assert terminal.end() == 0
    filed = draft_file.load(path).draft.interview.filed
    assert filed is not None
    assert (filed.accession_numbers, filed.at) == (
        ("0001107843-24-000123",),
        "2024-11-04T18:05:00-05:00",
    )
    assert keys.count <= 25


@pytest.mark.long
def test_a_draft_is_deleted_and_taken_back(home: Path) -> None:
    path = draft_file.default_folder() / "seed.form4.json"
    content = path.read_bytes()
    with Terminal(home) as terminal:
        terminal.wait("Thakar, QLYS").wait("Esc leaves").type(f"d{ENTER}")
        terminal.wait_prompt("Which draft?").wait("Esc back").type(f"1{ENTER}")
        terminal.wait_prompt("Delete it?").wait("Esc back").type(ENTER).wait("Choose an answer first.")
        assert path.exists()
        terminal.type(f"2{ENTER}").wait(" > u Undo: keep seed.form4.json").wait("Esc leaves")
        assert not path.exists()
        terminal.type(ENTER).wait("seed.form4.json is back.").wait("Esc leaves").type(ESC)
        assert terminal.end() == 0
    assert path.read_bytes() == content


@pytest.mark.long
def test_today_is_the_day_in_the_first_line(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.wait(f"{date.fromisoformat(TODAY):%a %m/%d/%Y}").wait("Esc leaves").type(ESC)
        assert terminal.end() == 0


def test_a_filing_is_finished_released_and_marked_from_the_menu_alone(home: Path) -> None:
    """No command is typed: the open rows say what comes next, from the last questions to the record."""
    path = draft_file.default_folder() / "seed.form4.json"
    unfinished = {**draft("seed"), "signatures": [], "interview": {"at": "lines"}}
    path.write_text(json.dumps(unfinished), encoding="utf-8")
    number = "0001107843-24-000123"
    with Terminal(home) as terminal:
        terminal.wait_prompt("    Due ").wait("Esc leaves").type(ENTER)
        terminal.answer("Draft", ENTER)
        for question in ("Is that everything?", "Date of Earliest Transaction:", "Was any transaction made",
                         "Are the footnotes right?", "Who signs?", "Date of signature:"):  # fmt: skip
            terminal.answer(question, ENTER)
        terminal.wait("lines 1 to").read_through().answer("Make the packet?", ENTER)

        terminal.wait("packet made").wait("Esc leaves").type(ENTER)
        terminal.wait_prompt("Packet made")
        row = next(line[3] for line in terminal.lines if "Release: record" in line)
        terminal.type(row).wait(f" > {row} Release").type(ENTER)
        terminal.answer("Reviewed by", f"Dana Cho{ENTER}").answer("Note (optional)", ENTER)
        terminal.wait("Release it?").wait("y Yes: record Dana Cho").type("y").wait(" > y Yes").type(ENTER)
        terminal.wait("Released: Dana Cho").wait("Enter goes on").type(ENTER)

        terminal.wait("  released").wait("Esc leaves").type(ENTER)
        terminal.answer("Released by Dana Cho on 11/05/2024", ENTER)
        terminal.answer("Accession number", f"{number}{ENTER}")
        terminal.wait_prompt("Filing date").wait("Esc back").type("1").wait(" > 1 Today").type(ENTER)
        terminal.wait(f"Recorded as filed: {number}.").wait("m More: 1 filed").wait("Esc leaves").type(ESC)
        assert terminal.end() == 0
    filed = draft_file.load(path).draft.interview.filed
    assert filed is not None
    assert filed.accession_numbers == (number,)
    packet = latest_packet(path)
    assert packet is not None
    assert (packet / "release.txt").is_file()
