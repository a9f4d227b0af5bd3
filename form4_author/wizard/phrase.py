"""Footnotes that filers write again and again, as patterns with typed slots.

A slot is written ``{name:kind}``; the kind is how it is read: ``date``, ``number``, ``price`` or ``words``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from form4_author.errors import MalformedValue
from form4_author.text import amount, day, dollars, grouped
from form4_author.wizard.entry import EntryKind

__all__ = ["PHRASES", "SLOTS", "Phrase", "Slot", "filled"]

_SLOT: Final = re.compile(r"\{(\w[\w ]*):(date|number|price|words)\}")
_ENTRIES: Final = {
    "date": EntryKind.DATE_AHEAD,
    "number": EntryKind.NUMBER,
    "price": EntryKind.NUMBER,
    "words": EntryKind.TEXT,
}
SLOTS: Final = 4
"""How many slots a pattern has at most."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a pattern."""

    name: str
    kind: str

    @property
    def entry(self) -> EntryKind:
        """How what is typed is read."""
        return _ENTRIES[self.kind]

    def words(self, answer: str) -> str:
        """What was read, as it is in a sentence: ``November 1, 2027``, ``1,200``, ``$120.34``."""
        try:
            if self.kind == "date":
                on = day(answer)
                return f"{on:%B} {on.day}, {on.year}"
            if self.kind == "price":
                return f"${dollars(amount(answer))}"
            return grouped(amount(answer)) if self.kind == "number" else answer
        except MalformedValue:
            return answer


@dataclass(frozen=True, slots=True)
class Phrase:
    """One pattern."""

    label: str
    text: str

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its gaps, in order, each once."""
        return tuple(dict.fromkeys(Slot(m[1], m[2]) for m in _SLOT.finditer(self.text)))


def filled(phrase: Phrase, answers: dict[str, str]) -> str:
    """The sentence; a gap without an answer stays as its name in brackets."""

    def put(m: re.Match[str]) -> str:
        return Slot(m[1], m[2]).words(answers[m[1]]) if answers.get(m[1]) else f"[{m[1]}]"

    return _SLOT.sub(put, phrase.text)


PHRASES: Final = (
    Phrase(
        "Vesting in installments",
        "The award vests in {installments:number} equal annual installments beginning {first date:date}, subject to "
        "continued service.",
    ),
    Phrase("Vesting at once", "The award vests in full on {date:date}, subject to continued service."),
    Phrase(
        "Option exercisable in installments",
        "The option becomes exercisable in {installments:number} equal annual installments beginning "
        "{first date:date}.",
    ),
    Phrase(
        "Units: one for one",
        "Each {unit:words} is the contingent right to receive one share of {class:words}.",
    ),
    Phrase(
        "Weighted average price",
        "The price reported is a weighted average price. These shares were {sold or purchased:words} in multiple "
        "transactions at prices ranging from {low:price} to {high:price}, inclusive. The reporting person undertakes "
        "to provide to the issuer, any security holder of the issuer, or the staff of the Securities and Exchange "
        "Commission, upon request, full information regarding the number of shares at each separate price within the "
        "range.",
    ),
    Phrase(
        "Rule 10b5-1 plan",
        "Effected under a Rule 10b5-1 plan adopted by the reporting person on {adopted:date}.",
    ),
    Phrase(
        "Held by a trust",
        "The shares are held by {trust:words}, of which the reporting person is {role:words}.",
    ),
    Phrase(
        "Disclaimer",
        "The reporting person disclaims beneficial ownership of these securities except to the extent of any pecuniary "
        "interest therein.",
    ),
    Phrase(
        "Shares from a plan",
        "Includes {shares:number} shares acquired under {plan:words} since the last report.",
    ),
    Phrase(
        "Conversion", "Each share is convertible at any time into {number:number} share of {class:words}."
    ),
)
