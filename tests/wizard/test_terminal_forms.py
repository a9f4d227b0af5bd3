"""Routine forms made whole at a terminal of 80×24, from the first question to the packet, in terminals of many kinds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.packets import packets_in
from tests.selection import some
from tests.wizard.pilot import LAST
from tests.wizard.terminal import ENTER, Terminal
from tests.wizard.test_surroundings import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AS_OF = ("--as-of", "2024-11-04")
FILLS = "Qty\tPrice\n" + "\n".join(f"{100 + 10 * n}\t50.{n * 7 % 91:02}" for n in range(20))
CLOSING = (
    ("Are the footnotes right?", ENTER),
    ("Who signs?", ENTER),
    ("Name of the person who signs:", ENTER),
    ("Is this the signature?", ENTER),
    ("Date of signature:", ENTER),
)


def pasted(text: str) -> str:
    """As a terminal sends what is pasted (bracketed paste)."""
    return f"\x1b[200~{text}\x1b[201~"


@dataclass(frozen=True)
class Flow:
    """A form as it is made: question by question the keys, and what it comes to."""

    steps: tuple[tuple[str, str], ...]
    rows: list[tuple[str, ...]]
    surroundings: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> int:
        """Keys pressed, with those of the review's pages: what is pasted is one."""
        return sum(2 if "\x1b[200~" in typed else len(typed) for _, typed in self.steps) + 4


FLOWS = {
    "the annual grant to a director": Flow(
        (
            ("What happened?", f"units{ENTER}"),
            ("What must happen before the units vest, and where are they reported?", ENTER),
            ("Date of grant:", f"11/1{ENTER}"),
            ("Which security?", ENTER),
            ("How many units were granted?", f"2500{ENTER}"),
            ("Title of the units:", ENTER),
            ("Footnote instead of an exercise price:", ENTER),
            ("When do the units vest?", ENTER),
            ("When do they expire?", ENTER),
            ("Restricted Stock Units, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", ENTER),
            *CLOSING,
        ),
        [("A", "2500", "A", "0", "5500")],
        {"TERM": "linux"},
    ),
    "a sale under a plan with twenty fills": Flow(
        (
            ("What happened?", f"sold{ENTER}"),
            ("Trade date:", f"11/1{ENTER}"),
            ("Which shares were sold?", ENTER),
            ("How many were sold?", f"{pasted(FILLS)}{ENTER}"),
            ("Use these lines?", ENTER),
            ("Common Stock, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", f"y{ENTER}"),
            ("When was the plan adopted?", f"3/4/24{ENTER}"),
            ("Footnote on the plan:", ENTER),
            ("Which transactions were under the plan?", ENTER),
            ("Who chose the day of the trades?", ENTER),
            ("When was the person notified", ENTER),
            *CLOSING,
        ),
        [("S", "3900", "D", "50.3597", "1100"), ("", "", "", "", "700")],
        {"NO_COLOR": "1"},
    ),
    "a gift": Flow(
        (
            ("What happened?", f"gave{ENTER}"),
            ("Date of the gift:", f"11/1{ENTER}"),
            ("How were the shares held before the gift?", f"6{ENTER}"),
            ("Title of the security, as the form is to have it:", f"Common Stock{ENTER}"),
            ("How many shares were given?", f"250{ENTER}"),
            ("How were the shares held before the gift?", ENTER),
            ("Who received the shares?", f"1{ENTER}"),
            ("To whom, as a footnote:", ENTER),
            ("Common Stock, direct: how many after", ENTER),
            ("Is that everything?", ENTER),
            ("Is that everything?", ENTER),
            ("Was any transaction made under", ENTER),
            *CLOSING,
        ),
        [("G", "250", "D", "0", "4750"), ("", "", "", "", "700")],
        PLAIN,
    ),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the last filing."""
    packets_in(tmp_path / "packets", monkeypatch)
    (tmp_path / "last.form4.json").write_text(json.dumps({**LAST, "format": 1}), encoding="utf-8")
    return tmp_path


def rows_of(file: Path) -> list[tuple[str, ...]]:
    """Code, amount, A/D, price and total of each row of a draft."""
    data = json.loads(file.read_text(encoding="utf-8"))

    def plain(cell: Any) -> str:
        return str(cell.get("value", "") if isinstance(cell, dict) else cell or "")

    columns = ("transaction_code", "amount", "acquired_disposed", "price", "amount_owned_following")
    return [
        tuple(plain(row.get(column)) for column in columns)
        for row in [*data.get("non_derivative", []), *data.get("derivative", [])]
    ]


def finished(terminal: Terminal) -> None:
    """From the form as text to the packet."""
    terminal.read_through()
    terminal.wait("No open questions and no findings").answer("Make the packet?", ENTER)
    assert terminal.end() == 0, terminal.text


@pytest.mark.long
@pytest.mark.parametrize("name", some(FLOWS, ["the annual grant to a director"]))
def test_a_form_is_made_whole(folder: Path, name: str) -> None:
    flow = FLOWS[name]
    with Terminal(
        folder, "new", "--from", "last.form4.json", "-o", "draft.form4.json", *AS_OF, **flow.surroundings
    ) as it:
        for message, keys in flow.steps:
            it.wait(f" {message}").type(keys)
        finished(it)

    assert "\\u" not in it.raw
    assert (
        flow.surroundings is not PLAIN or "Indirectly, another way: trust, spouse, partnership ..." in it.raw
    )
    assert rows_of(folder / "draft.form4.json") == flow.rows
    assert len(list(folder.glob("packets/*/form4.xml"))) == 1
    assert len(list(folder.glob("packets/*/form4.pdf"))) == 1
    assert flow.keys < 60


@pytest.mark.long
def test_an_amendment_repeats_the_line_that_changed(folder: Path) -> None:
    """Instruction 9: from `form4 amend` to the packet; the line not changed is left out."""
    with Terminal(folder, "new", "--from", "last.form4.json", "-o", "draft.form4.json", *AS_OF) as it:
        it.follow(FLOWS["a gift"].steps)
        finished(it)
    words = ("--lines", "I.1", "--original", "2024-11-04", "-o", "again.form4.json", "--reason")
    reason = "This amendment corrects the number of shares given."
    with Terminal(folder, "amend", "draft.form4.json", *words, reason) as it:
        assert it.end() == 0, it.text
    with Terminal(folder, "resume", "again.form4.json", "--as-of", "2024-11-12") as it:
        it.answer("Is that everything?", f"3{ENTER}").answer("Is this line correct?", f"amount{ENTER}")
        it.answer("Column 4, Amount:", f"200{ENTER}").answer("Is this line correct?", ENTER)
        it.answer("Is that everything?", ENTER)
        it.follow(
            (
                ("Date of Earliest Transaction:", ENTER),
                ("Date Original Filed:", ENTER),
                ("What does this amendment change", ENTER),
                ("Was any transaction made under", ENTER),
                *CLOSING,
            )
        )
        finished(it)

    assert rows_of(folder / "again.form4.json") == [("G", "200", "D", "0", "4800")]
