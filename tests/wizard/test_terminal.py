"""The interview as a person at a terminal has it: the seed filing, left, resumed, gone back in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.packets import packets_in
from tests.selection import some
from tests.wizard.terminal import CTRL_C, CTRL_D, ENTER, Terminal

if TYPE_CHECKING:
    from pathlib import Path

DOWN, SPACE = "\x1b[B", " "

SEED = (
    ("Whose filing is it?", f"1626115{ENTER}"),
    ("Name of Reporting Person", f"Thakar Sumedh S{ENTER}"),
    ("Issuer CIK:", f"1107843{ENTER}"),
    ("Issuer name", f"QUALYS, INC.{ENTER}"),
    ("Ticker or Trading Symbol:", f"qlys{ENTER}"),
    ("Is the issuer a foreign", ENTER),
    ("Relationship of Reporting Person", f"{SPACE}{DOWN}{SPACE}{ENTER}"),
    ("Officer title:", f"CEO & PRESIDENT{ENTER}"),
    ("Is the address outside", f"n{ENTER}"),
    ("Street:", ENTER),
    ("Street, second line:", f"919 E. HILLSDALE BLVD.{ENTER}"),
    ("City:", f"FOSTER CITY{ENTER}"),
    ("State:", f"CA{ENTER}"),
    ("Zip Code:", f"94404{ENTER}"),
    ("Who files this form?", ENTER),
    ("What happened?", f"vest{ENTER}"),
    ("Where was the grant", ENTER),
    ("Vesting date:", f"11/1{ENTER}"),
    ("Which security?", ENTER),
    ("How many shares were withheld?", f"7,007{ENTER}"),
    ("Value per share used", f"$120.34{ENTER}"),
    ("Footnote to the shares withheld:", ENTER),
    ("Common Stock, direct: how many before", f"239,602{ENTER}"),
    ("Common Stock, direct: how many after", ENTER),
    ("Is that everything?", ENTER),
    ("Was any transaction made under", f"n{ENTER}"),
    ("Are the footnotes right?", ENTER),
    ("Who signs?", f"2{ENTER}"),
    ("Name of the person who signs:", f"Bruce Posey{ENTER}"),
    ("Where is the power of attorney?", f"2{ENTER}"),
    ("Accession number", f"0001107843-23-000012{ENTER}"),
    ("Is this the signature?", ENTER),
    ("Date of signature:", ENTER),
)
"""Question by question, what a filer types for the filing of Sumedh S. Thakar."""

NOTE = (
    "The reported shares were withheld to cover the Reporting Person's tax liability in connection with the vesting of "
    "restricted stock units."
)
FILING = {
    "form": "4",
    "period_of_report": "2024-11-01",
    "not_subject_to_section16": False,
    "issuer": {"cik": "0001107843", "name": "QUALYS, INC.", "trading_symbol": "QLYS"},
    "owners": [
        {
            "cik": "0001626115",
            "name": "Thakar Sumedh S",
            "address": {
                "non_us": False,
                "street1": "C/O QUALYS, INC.",
                "street2": "919 E. HILLSDALE BLVD.",
                "city": "FOSTER CITY",
                "state": "CA",
                "zip": "94404",
            },
            "is_director": True,
            "is_officer": True,
            "officer_title": "CEO & PRESIDENT",
        }
    ],
    "aff10b5_one": False,
    "non_derivative": [
        {
            "kind": "transaction",
            "security_title": "Common Stock",
            "transaction_date": "2024-11-01",
            "transaction_form_type": "4",
            "transaction_code": "F",
            "equity_swap": False,
            "amount": {"value": "7007", "footnotes": ["F1"]},
            "price": "120.34",
            "acquired_disposed": "D",
            "amount_owned_following": "232595",
            "ownership_form": "D",
        }
    ],
    "footnotes": [{"id": "F1", "text": NOTE}],
    "signatures": [
        {"name": "/s/ Bruce Posey by power of attorney for Sumedh S. Thakar", "date": "2024-11-04"}
    ],
}
NEW = ("new", "-o", "seed.form4.json", "--as-of", "2024-11-04")
RESUME = ("resume", "seed.form4.json", "--as-of", "2024-11-04")
DRAFT = "seed.form4.json"


def filing(folder: Path) -> dict[str, Any]:
    """What the draft on disk says of the filing."""
    data: dict[str, Any] = json.loads((folder / DRAFT).read_text(encoding="utf-8"))
    for own in ("$schema", "format", "interview"):
        data.pop(own, None)
    return data


def step_of(message: str) -> int:
    """The place of a question among those of the seed filing."""
    return [m for m, _ in SEED].index(message)


@pytest.mark.long
def test_the_seed_filing_is_made_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every screen shows the status line, and under the prompt the keys that work."""
    place = packets_in(tmp_path / "packets", monkeypatch)
    with Terminal(tmp_path, *NEW) as terminal:
        for step, (message, keys) in enumerate(SEED):
            terminal.wait_prompt(message)
            assert "Form 4" in terminal.lines[0], terminal.text
            if step < 16:  # later screens are full
                terminal.wait("Esc back   F1 help   / go to   Ctrl-S save and leave")
            terminal.type(keys)
        terminal.wait("1. Name and Address of Reporting Person: Thakar Sumedh S").type(ENTER)
        terminal.wait("Enter goes on").type(ENTER)
        terminal.wait("No open questions and no findings.").answer("Make the packet?", ENTER)
        assert terminal.end() == 0

    assert filing(tmp_path) == FILING
    assert "ready" in terminal.text
    made = place / "2024-11-01 Thakar QLYS Form 4 (vest)"
    assert (made / "form4.xml").is_file()
    assert (made / "form4.pdf").is_file()


@pytest.mark.long
def test_without_colour_no_colour_is_sent(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW, NO_COLOR="1") as terminal:
        terminal.follow(SEED[:9]).wait_prompt("Street:")

    assert re.findall(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m", terminal.raw) == []


@pytest.mark.long
@pytest.mark.parametrize("key", some([CTRL_C, CTRL_D, f"q{ENTER}"], [CTRL_D]), ids=["Ctrl-C", "Ctrl-D", "q"])
def test_a_line_is_left_and_taken_up_again(tmp_path: Path, key: str) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:7]).answer("Officer title:", key)
        assert terminal.end() == 0
    assert "form4 resume seed.form4.json" in terminal.text

    with Terminal(tmp_path, *RESUME) as terminal:
        terminal.wait_prompt("Officer title:")


@pytest.mark.long
@pytest.mark.parametrize("key", some([CTRL_C, CTRL_D, "q"], [CTRL_C]), ids=["Ctrl-C", "Ctrl-D", "q"])
def test_a_list_is_left_and_taken_up_again(tmp_path: Path, key: str) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:6]).answer("Relationship of Reporting Person", key)
        assert terminal.end() == 0

    with Terminal(tmp_path, *RESUME) as terminal:
        terminal.wait_prompt("Relationship of Reporting Person")


@pytest.mark.long
def test_back_goes_to_the_question_before_with_its_answer(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:2]).answer("Issuer CIK:", f"<{ENTER}").wait_prompt("Name of Reporting")
        assert "Enter accepts [Thakar Sumedh S], Tab to change it" in terminal.text
        terminal.type(f"<{ENTER}").wait_prompt("CIK of Reporting Person:").type(f"<{ENTER}")
        terminal.wait("This is the first question.")


@pytest.mark.long
def test_tab_puts_the_answer_in_the_line_to_be_changed(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:2]).answer("Issuer CIK:", f"<{ENTER}").wait_prompt("Name of Reporting")
        terminal.type("\tx").wait("Thakar Sumedh Sx").type(ENTER).wait_prompt("Issuer CIK:")

    assert json.loads((tmp_path / DRAFT).read_text())["owners"][0]["name"] == "Thakar Sumedh Sx"


@pytest.mark.long
def test_help_says_what_the_box_means(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.answer("Whose filing is it?", f"?{ENTER}").wait(
            "Help: Box 1. The CIK (Central Index Key) is EDGAR's"
        )
        terminal.wait_prompt("Whose filing is it?")
        assert "Help: Box 1. The CIK (Central Index Key) is EDGAR's" in terminal.text
        terminal.follow(SEED[:6]).answer("Relationship", "?").wait("Help: Box 5, check all applicable")
        terminal.wait_prompt("Relationship of Reporting Person")
        assert "Help: Box 5, check all applicable" in terminal.text


@pytest.mark.long
def test_a_section_is_visited_and_the_interview_comes_back(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:7]).answer("Officer title:", f"/{ENTER}").answer(
            "Go to which section?", f"2{ENTER}"
        )
        terminal.follow(SEED[2:6]).wait_prompt("Officer title:")

    assert json.loads((tmp_path / DRAFT).read_text())["issuer"]["trading_symbol"] == "QLYS"


@pytest.mark.long
def test_a_fault_is_said_in_the_words_of_the_checks(tmp_path: Path) -> None:
    with Terminal(tmp_path, *NEW) as terminal:
        terminal.follow(SEED[:9]).answer("Street:", f"{'x' * 41}{ENTER}")
        terminal.wait("Street may have at most 40 characters; it has 41")

    assert (
        "address" not in filing(tmp_path)["owners"][0]
        or "street1" not in filing(tmp_path)["owners"][0]["address"]
    )
