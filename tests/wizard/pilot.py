"""Someone who answers each question by its name, and by Enter where a proposal stands: any interview, any order."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import session
from form4_author.wizard.prompter import Key
from form4_author.wizard.reading import folded
from form4_author.wizard.wording import WIDTH
from tests.wizard.replay import desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from form4_author.wizard.screen import Ask

__all__ = ["INSIDER", "LAST", "Pilot", "interview"]

INSIDER: dict[str, Any] = {
    "form": "4",
    "issuer": {"cik": "0001107843", "name": "EXAMPLE CORP", "trading_symbol": "EXCO"},
    "owners": [
        {
            "cik": "0000000009",
            "name": "Roe Richard B",
            "address": {
                "non_us": False,
                "street1": "1 MAIN STREET",
                "city": "SPRINGFIELD",
                "state": "IL",
                "zip": "62701",
            },
            "is_director": True,
            "is_officer": True,
            "officer_title": "General Counsel",
        }
    ],
    "interview": {"at": "happened"},
}
"""A director and officer whose form has no line yet."""

_HELD = {
    "kind": "holding",
    "security_title": "Common Stock",
    "ownership_form": "D",
    "amount_owned_following": "5000",
}
LAST: dict[str, Any] = {
    **INSIDER,
    "period_of_report": "2024-08-01",
    "non_derivative": [
        {**_HELD, "kind": "transaction", "amount_owned_following": "5100"},
        _HELD,
        {**_HELD, "ownership_form": "I", "nature_of_ownership": "By Spouse", "amount_owned_following": "700"},
        {
            **_HELD,
            "ownership_form": "I",
            "nature_of_ownership": "By Old Trust",
            "amount_owned_following": "0",
        },
        {**_HELD, "security_title": "Class B Common Stock", "amount_owned_following": "90"},
    ],
    "derivative": [
        {
            "kind": "holding",
            "security_title": "Restricted Stock Units",
            "exercise_price": {"footnotes": ["F1"]},
            "date_exercisable": {"footnotes": ["F2"]},
            "expiration_date": {"footnotes": ["F2"]},
            "underlying_title": "Common Stock",
            "amount_owned_following": "3000",
            "ownership_form": "D",
        },
        {
            "kind": "holding",
            "security_title": "Stock Option (Right to Buy)",
            "exercise_price": "12.50",
            "date_exercisable": "2020-01-01",
            "expiration_date": "2030-01-01",
            "underlying_title": "Common Stock",
            "amount_owned_following": "1000",
            "ownership_form": "D",
        },
    ],
    "footnotes": [
        {"id": "F1", "text": "One for one."},
        {"id": "F2", "text": "The units vest each November 1."},
    ],
    "signatures": [{"name": "/s/ John Doe, Attorney-in-Fact for Richard B. Roe", "date": "2024-08-05"}],
}
"""What that person filed last: shares in two lines and another class, units and an option."""


USUAL: Mapping[str, str] = {"held_now": "own_trust", "by": "counterparty"}
"""What is answered where an event says nothing else, to a question that proposes nothing."""


@dataclass(slots=True)
class Pilot:
    """Answers by the last word of a question's id; ``happened`` takes one event after another, then ``done``."""

    answers: Mapping[str, str | Sequence[str]]
    events: list[tuple[str, Mapping[str, str]]]
    asks: list[Ask] = field(default_factory=list)
    pages: list[tuple[str, ...]] = field(default_factory=list)
    now: Mapping[str, str] = field(default_factory=dict)
    done: int = 0
    unaccepted: bool = False

    def working(self, words: str) -> AbstractContextManager[None]:
        del words
        return nullcontext()

    def show(self, lines: Sequence[str]) -> None:
        self.pages.append(tuple(lines))

    def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
        del top
        self.pages.append(tuple(lines))

    def _reply(self, ask: Ask) -> str:
        self.asks.append(ask)
        if ask.id == "review":
            return Key.LEAVE.value
        if ask.id == "lines":
            return "more" if self.done < len(self.events) else "carry" if _has(ask, "carry") else "done"
        if ask.id == "happened":
            id, self.now = self.events[self.done]
            self.done += 1
            return id
        name = ask.id.rpartition(".")[2]
        found = self.now.get(name) if ask.id.startswith("events[") else self.answers.get(ask.id)
        if found is None and not ask.proposal:
            found = USUAL.get(name)
        if found is None and not ask.proposal and ask.formerly:
            return ask.formerly
        if found is None and not ask.proposal and ask.required and not ask.chosen:
            raise AssertionError(f"no answer to {ask.id}: {ask.message}")
        return str(found) if found is not None else ""

    def expects(self, id: str) -> bool:
        """Whether an answer to this question was given, though it follows from another."""
        return id.startswith(f"events[{self.done - 1}].") and id.rpartition(".")[2] in self.now

    def text(self, ask: Ask) -> str | Key:
        reply = self._reply(ask)
        if reply == Key.LEAVE.value:
            return Key.LEAVE
        assert ask.check(reply) is None, (ask.id, reply, ask.check(reply))
        return reply

    def choice(self, ask: Ask) -> str | Key:
        self.pages[-1:] = [
            (*page, *(part for words in ask.text for part in folded(words, WIDTH)))
            for page in self.pages[-1:]
        ]
        reply = self._reply(ask) or ask.proposal
        if reply == Key.LEAVE.value:
            return Key.LEAVE
        assert _has(ask, reply) or (ask.typed and ask.check(reply) is None), (ask.id, reply, ask.options)
        return reply

    def multi(self, ask: Ask) -> tuple[str, ...] | Key:
        self.asks.append(ask)
        found = self.answers.get(ask.id)
        return ask.chosen if found is None else tuple(found)

    def confirm(self, ask: Ask) -> str | Key:
        reply = self._reply(ask) or ask.proposal
        assert reply in ("yes", "no"), (ask.id, reply)
        return reply


def _has(ask: Ask, value: str) -> bool:
    return any(o.value == value for o in ask.options)


def interview(
    folder: Path,
    events: Sequence[tuple[str, Mapping[str, str]]],
    answers: Mapping[str, str | Sequence[str]] | None = None,
    data: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], Pilot]:
    """The draft at the end of an interview in which these events happened, and who answered."""
    pilot = Pilot(answers or {}, list(events))
    start = draft_of(data or INSIDER)
    outcome = session.Session(folder / "draft.form4.json", start, pilot, desk(checked=False)).run()
    return draft_data(outcome.draft), pilot
