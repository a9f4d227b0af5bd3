"""The interview in the terminals that filers have: narrow, resized, a console, without UTF-8, opened twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.packets import packets_in
from tests.selection import some
from tests.wizard.pilot import LAST
from tests.wizard.terminal import CTRL_C, ENTER, Terminal

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = "draft.form4.json"
PLAIN = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
"""A terminal whose locale knows ASCII only."""
NEW = ("new", "--from", "last.form4.json", "-o", DRAFT, "--as-of", "2024-11-04")
RESUME = ("resume", DRAFT, "--as-of", "2024-11-04")
VEST = (
    ("What happened?", f"vest{ENTER}"),
    ("Where was the grant", ENTER),
    ("Vesting date:", f"11/1{ENTER}"),
    ("Which security?", ENTER),
    ("How many units vested?", f"1000{ENTER}"),
    ("How many shares were withheld?", f"400{ENTER}"),
    ("Value per share used", f"120.34{ENTER}"),
    ("Footnote to the shares withheld:", ENTER),
    ("Which units?", ENTER),
    ("Common Stock, direct: how many after", ENTER),
    ("Restricted Stock Units, direct: how many after", ENTER),
    ("Is that everything?", ENTER),
    ("Is that everything?", ENTER),
    ("Was any transaction made under", ENTER),
    ("Are the footnotes right?", ENTER),
    ("Who signs?", ENTER),
    ("Name of the person who signs:", ENTER),
    ("Is this the signature?", ENTER),
    ("Date of signature:", ENTER),
)
"""Question by question, the keys for a vest of units when person, issuer and units are known."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the last filing."""
    packets_in(tmp_path / "packets", monkeypatch)
    (tmp_path / "last.form4.json").write_text(json.dumps({**LAST, "format": 1}), encoding="utf-8")
    return tmp_path


def rows_on_disk(folder: Path) -> list[Any]:
    data = json.loads((folder / DRAFT).read_text(encoding="utf-8"))
    return [*data.get("non_derivative", []), *data.get("derivative", [])]


def finished(terminal: Terminal) -> None:
    """From the form as text to the packet."""
    terminal.read_through()
    terminal.wait("No open questions and no findings").answer("Make the packet?", ENTER)
    assert terminal.end() == 0


@pytest.mark.long
def test_a_known_vest_is_a_packet_after_fewer_than_sixty_keys(folder: Path) -> None:
    with Terminal(folder, *NEW) as terminal:
        terminal.follow(VEST[:11])
        terminal.wait("Due Tue 11/05/2024 by 10 p.m. Eastern")
        terminal.follow(VEST[11:])
        finished(terminal)

    assert sum(len(keys) for _, keys in VEST) + 3 < 60
    assert len(list(folder.glob("packets/*/form4.xml"))) == 1


@pytest.mark.long
@pytest.mark.parametrize(
    "surroundings",
    some([{"TERM": "linux"}, {"NO_COLOR": "1"}, PLAIN], [PLAIN]),
    ids=["console", "no colour", "ASCII"],
)
def test_the_questions_can_be_answered_in_any_terminal(folder: Path, surroundings: dict[str, str]) -> None:
    with Terminal(folder, *NEW, **surroundings) as terminal:
        for message, keys in VEST[:8]:
            terminal.wait(message).type(keys)
        terminal.wait("Which units?").type(CTRL_C)
        assert terminal.end() == 0

    answers = json.loads((folder / DRAFT).read_text(encoding="utf-8"))["interview"]["events"][0]["answers"]
    assert answers["price"] == "120.34"


@pytest.mark.long
def test_a_resized_window_goes_on(folder: Path) -> None:
    """Wider, then narrower, in the midst of a question, and back before the form is read; then to the packet."""
    with Terminal(folder, *NEW) as terminal:
        terminal.follow(VEST[:2]).wait_prompt("Vesting date:")
        terminal.resize(40, 120)
        terminal.type(f"11/1{ENTER}").wait("Which security?")
        terminal.resize(20, 60)
        terminal.type(ENTER).follow(VEST[4:-1]).wait_prompt(VEST[-1][0])
        terminal.resize(24, 80)
        terminal.follow(VEST[-1:])
        finished(terminal)

    made = [(row.get("transaction_code"), row["amount_owned_following"]) for row in rows_on_disk(folder)]
    assert made == [("M", "6000"), ("F", "5600"), (None, "700"), ("M", "2000")]
    assert len(list(folder.glob("packets/*/form4.xml"))) == 1


@pytest.mark.long
def test_a_second_session_is_told_and_nothing_is_lost(folder: Path) -> None:
    with Terminal(folder, *NEW) as first:
        first.follow(VEST[:4]).wait_prompt("How many units vested?")
        with Terminal(folder, *RESUME) as second:
            second.wait(f"{DRAFT} is open in another form4 at the moment")
            assert second.end() == 2
        first.type(f"1000{ENTER}").wait_prompt("How many shares were withheld?").type(f"q{ENTER}")
        assert first.end() == 0
    with Terminal(folder, *RESUME) as third:
        third.wait_prompt("How many shares were withheld?")
