"""The filer's evening at a terminal: sent, suspended, corrected, sent again, accepted, and the register moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from form4_author.edgar.demo.filing_api import suspended
from form4_author.edgar.demo.token import DEMO_TOKENS
from tests.edgar.filer import CCC, WANTED, filer_at
from tests.wizard.terminal import CTRL_S, ENTER, Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.edgar.filer import Filer


def open_row(terminal: Terminal, state: str) -> None:
    """Open the filing, which is in this state."""
    terminal.wait(f"  {state}").wait("New filing").type("1" + ENTER).wait("Esc back")


def choose(terminal: Terminal, label: str) -> None:
    """Choose a row by its digit."""
    terminal.wait(label)
    (row,) = [row for row in terminal.rows if row.endswith(label)]
    terminal.type(row[3] + ENTER)


def send(terminal: Terminal, filer: Filer) -> None:
    """Send it, LIVE, with what is asked for."""
    bodies = filer.bodies
    terminal.wait("Which submission?").type("2" + ENTER)
    terminal.wait("type the form and the person").type(WANTED + ENTER)
    terminal.wait("Filer API token, not shown").type(DEMO_TOKENS[0] + ENTER)
    terminal.wait("User API token, not shown").type(DEMO_TOKENS[1] + ENTER)
    terminal.wait("CCC of Thakar Sumedh S").type(CCC + ENTER)
    terminal.wait("EDGAR has it; nothing is accepted yet.").wait("Press Enter to go back").type(ENTER)
    assert filer.bodies == bodies + 1


@pytest.mark.long
def test_the_filers_evening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with filer_at(tmp_path, monkeypatch, capsys) as filer:
        api = filer.run.edgar.filing_api
        api.script = lambda _taken: (suspended("Value is missing or invalid", line=6),)
        with Terminal(tmp_path, FORM4_TODAY="2024-11-04T18:00") as terminal:
            terminal.wait("  packet made").wait("s Send a filing to EDGAR").type("s" + ENTER)
            send(terminal, filer)

            open_row(terminal, "sent")
            terminal.wait("Sent to EDGAR; not accepted yet").type(ENTER)
            terminal.wait("Filer API token, not shown").type(DEMO_TOKENS[0] + ENTER)
            terminal.wait("EDGAR, error 442 box 3, Date of Earliest Transaction")
            terminal.wait("Press Enter to go back").type(ENTER)
            terminal.wait("suspended")

            filer.change(remarks="Corrected.")
            api.script = lambda _taken: ({"status": "ACCEPTED", "final": True},)
            terminal.type("n" + ENTER).wait("Which form?").type("\x1b")
            open_row(terminal, "packet made")
            choose(terminal, "Send to EDGAR")
            send(terminal, filer)

            terminal.wait("  sent").wait("e EDGAR's answer to a filing that was sent").type("e" + ENTER)
            terminal.wait("Filer API token, not shown").type(DEMO_TOKENS[0] + ENTER)
            terminal.wait("Recorded as filed; the ledger is updated and seed.form4.json is closed.")
            terminal.wait("Press Enter to go back").type(ENTER)
            terminal.wait("More: 1 filed").type(CTRL_S)
            terminal.end()
            filer.everything += terminal.raw
        assert filer.held() == 232_595
        assert filer.bodies == 2
        assert filer.secrets_found() == []
