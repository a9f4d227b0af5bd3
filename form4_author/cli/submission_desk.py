"""Sending a filing and watching it from the desk: the commands run on the terminal, and Enter goes back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Protocol

from form4_author.cli.options import answer_at_terminal
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.text import visible
from form4_author.wizard.option import Option
from form4_author.wizard.screen import AnswerKind, Ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["submitted", "was_sent", "watched"]

_AGAIN: Final = "again"


class _Asked(Protocol):
    """Puts a question below these lines; None to go back."""

    def __call__(self, ask: Ask, *top: str, help_: str = "") -> str | None: ...


def was_sent(draft: Path) -> bool:
    """Whether a submission of a draft was begun, TEST or LIVE; so too where its receipts cannot be read."""
    from form4_author.desk.receipt import receipts_of

    try:
        return bool(receipts_of(draft))
    except UnreadableInput:
        return True


def submitted(draft: Path, asked: _Asked, title: str) -> None:
    """Send a filing, TEST or LIVE."""
    from form4_author.cli import submit
    from form4_author.desk.receipt import receipts_of

    rows = [
        Option("test", "TEST: EDGAR checks it and files nothing"),
        Option("live", "LIVE: file it; asks for the form and the name"),
    ]
    if receipts_of(draft):
        rows.append(Option(f"test-{_AGAIN}", "TEST again, although it was sent before"))
        rows.append(Option(f"live-{_AGAIN}", "LIVE again, although it was sent before"))
    ask = Ask(id="submit.mode", message="Which submission?", kind=AnswerKind.CHOICE, options=tuple(rows))
    mode = asked(ask, f"Send to EDGAR: {title}")
    if mode is None:
        return
    live = ["--live"] if mode.startswith("live") else []
    again = ["--again"] if mode.endswith(_AGAIN) else []
    _run(lambda: submit.run("submit", [str(draft), *live, *again]))


def watched(draft: Path) -> None:
    """Say what became of a filing."""
    from form4_author.cli import status

    _run(lambda: status.run("status", [str(draft), "--watch"]))


def _run(command: Callable[[], int]) -> None:
    """The command on the terminal, as if it had been typed; what is wrong is said there."""
    sys.stdout.write("\n")
    try:
        command()
    except SystemExit:
        pass
    except Form4Error as error:
        sys.stdout.write(f"{visible(str(error))}\n")
    sys.stdout.flush()
    answer_at_terminal("Press Enter to go back to the desk. ")
