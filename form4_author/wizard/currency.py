"""A price in another currency: its rate is asked for, and dollars are put in with a footnote on currency and rate."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.ledger.foreign_price import foreign_price
from form4_author.model.interview import DoubtInHand
from form4_author.text import amount, grouped, trimmed
from form4_author.wizard.draft import footnote
from form4_author.wizard.entry import AnswerInDoubt, EntryKind
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Step, View
from form4_author.wizard.wording import PRICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.ledger.foreign_price import ForeignPrice

__all__ = ["CONVERTED", "is_conversion", "refuse_foreign", "with_rates"]

CONVERTED: Final = "_converted"
"""Behind the name of an answer of an event: the answer with the footnote on its currency and rate."""
_SENTENCE: Final = re.compile(r"The price was [A-Z]{3} [\d,.]+, converted into US dollars at a rate of ")
_RATE_HELP: Final = (
    "Prices of the form are in US dollars (Instruction 5). Type the dollars for one unit of the currency on that day, "
    "such as 1.27: the price is converted, and a footnote gives price, currency and rate. < goes back to type the "
    "price in dollars."
)


def refuse_foreign(text: str) -> None:
    """Raises AnswerInDoubt for a price in another currency."""
    if foreign_price(text) is not None:
        raise AnswerInDoubt(
            f'"{text.strip()}": prices are in US dollars. Convert it, and state the rate in a footnote'
        )


def is_conversion(words: str) -> bool:
    """Whether a footnote is the one on currency and rate."""
    return _SENTENCE.match(words) is not None


def with_rates(prompts: Sequence[Prompt]) -> tuple[Prompt, ...]:
    """The questions, each about a price followed by one for the rate, which is asked where a currency is typed."""
    found: list[Prompt] = []
    last = {prompt.id: at for at, prompt in enumerate(prompts)}
    for at, prompt in enumerate(prompts):
        if not _is_price(prompt):
            found.append(prompt)
            continue
        note = (f"{prompt.path}{CONVERTED}",) if isinstance(prompt.path, str) and prompt.path else ()
        found.append(replace(prompt, settled_by=f"{prompt.id}_rate", supersedes=(*prompt.supersedes, *note)))
        if last[prompt.id] == at:
            found.append(_Rate(prompt).prompt())
    return tuple(found)


def _is_price(prompt: Prompt) -> bool:
    priced = prompt.field is not None and prompt.field.name in PRICES
    return priced and prompt.kind is AnswerKind.TEXT and prompt.entry.is_number


class _Rate:
    """The question for the rate of a price that was typed in another currency."""

    def __init__(self, price: Prompt) -> None:
        self._price = price

    def prompt(self) -> Prompt:
        return Prompt(
            id=f"{self._price.id}_rate",
            path="interview.doubt.rate",
            message=self._message,
            help=_RATE_HELP,
            entry=EntryKind.NUMBER,
            when=lambda view: self._typed(view) is not None,
            fault=self._fault,
            act=self._convert,
        )

    def _typed(self, view: View) -> ForeignPrice | None:
        return foreign_price(view.doubted(self._price.id))

    def _message(self, view: View) -> str:
        price = self._typed(view)
        code = price.code if price else ""
        return f'"{view.doubted(self._price.id)}": prices are in US dollars. How many dollars is {code} 1?'

    def _fault(self, view: View, text: str) -> str | None:
        price = self._typed(view)
        if price is None:
            return None
        if amount(text) == price.number:
            return (
                f"{text} is the price in {price.code}, not its rate. Type the dollars for {price.code} 1, or < to type "
                "the price in dollars"
            )
        in_dollars = price.in_dollars(amount(text))
        return None if in_dollars else "At this rate the price is 0, or more than a form can show"

    def _convert(self, view: View, answer: Answer) -> Step:
        """The price in dollars enters as if it had been typed, and the footnote with it."""
        price, rate = self._typed(view), amount(str(answer))
        in_dollars = price.in_dollars(rate) if price else None
        view = view.of(view.draft.with_interview(doubt=DoubtInHand()))
        if price is None or in_dollars is None:
            return Step(draft=view.draft)
        path, text = self._price.paths(view)[0], trimmed(in_dollars)
        step = self._price.act(view, text) if self._price.act else Step(draft=view.draft.with_(path, text))
        words = f"The price was {price}, converted into US dollars at a rate of ${grouped(rate)} for {price.code} 1."
        if path[0] == "interview":
            draft = step.draft.with_((*path[:-1], f"{path[-1]}{CONVERTED}"), words)
        else:
            draft = footnote.attach(step.draft, path, words)
        message = f"{price} \u00d7 {grouped(rate)} = ${grouped(in_dollars)}; a footnote says so."
        return replace(step, draft=draft, words=(*step.words, message))
