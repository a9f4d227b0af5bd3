"""Interviews without a terminal: a desk with the real checks and a fixed day, and answers from the files beside this."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from form4_author.checks.run import check_draft
from form4_author.page.text import page_text
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.filing import filing_from
from form4_author.wizard import session
from form4_author.wizard.answers_file import Given, Script, load_answers
from form4_author.wizard.draft import opening
from form4_author.wizard.session import Desk, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.model.draft import Draft
    from form4_author.wizard.prompter import Key
    from form4_author.wizard.screen import Ask

__all__ = [
    "ANSWERS",
    "FORMS",
    "NOW",
    "TODAY",
    "Watched",
    "desk",
    "filing",
    "play",
    "replay",
    "start",
]

ANSWERS = Path(__file__).parent / "answers"
TODAY = date(2024, 11, 4)
FORMS = {"form3": "3"}
"""Which form a file of answers is for, where it is not Form 4."""
NOW = "2024-11-04T21:40:00-05:00"


@dataclass(slots=True)
class Watched(Script):
    """A script that keeps the questions as they were put."""

    asks: list[Ask] = field(default_factory=list)

    def text(self, ask: Ask) -> str | Key:
        self.asks.append(ask)
        return Script.text(self, ask)

    def choice(self, ask: Ask) -> str | Key:
        self.asks.append(ask)
        return Script.choice(self, ask)

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        self.asks.append(ask)
        return Script.multi(self, ask)

    def confirm(self, ask: Ask) -> str | Key:
        self.asks.append(ask)
        return Script.confirm(self, ask)


def desk(*, checked: bool = True) -> Desk:
    """4 November 2024, the real checks, the real page, a packet that only says that it is made.

    Without ``checked`` the screens are drawn as if nothing were found, which takes a third less time: for interviews
    that end before the review, whose draft the test checks itself.
    """
    return Desk(
        today=TODAY,
        now=lambda: NOW,
        check=lambda draft: check_draft(draft, TODAY, sec_calendar()) if checked else (),
        render=lambda draft: page_text(draft.filing),
        packet=lambda draft: (f"Packet of {len(draft_data(draft))} keys",),
    )


def play(
    path: Path, answers: Sequence[tuple[str, str | tuple[str, ...]]], data: dict[str, Any] | None = None
) -> tuple[Outcome, Watched]:
    """One interview with these answers, on a new draft or on the data given."""
    script = Watched([Given(id, answer) for id, answer in answers])
    running = session.Session(path, opening.fresh() if data is None else draft_of(data), script, desk())
    outcome = running.run()
    script.finish()
    return outcome, script


def start(name: str) -> Draft:
    """The draft that a file of answers begins with: from the last filing where the person is known."""
    if name.startswith("known_"):
        from tests.wizard.pilot import LAST

        return opening.from_filing(filing_from(LAST)[0])
    return opening.fresh(FORMS.get(name, "4"))


def replay(path: Path, name: str) -> tuple[Outcome, Watched]:
    """One interview with the answers of a file, for the form that its name says."""
    given = [(g.id, g.answer) for g in load_answers(ANSWERS / f"{name}.yaml")]
    return play(path, given, draft_data(start(name)))


def filing(data: dict[str, Any]) -> dict[str, Any]:
    """What a draft says of the filing, without what is the interview's own."""
    return {key: found for key, found in data.items() if key not in ("$schema", "format", "interview")}
