"""A price in another currency than the form's: asked for its rate, put in as dollars, with a footnote that says so."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from form4_author.codes import currencies
from form4_author.model.interview import DoubtInHand
from form4_author.text import DECIMALS, LARGEST_AMOUNT, amount, grouped, trimmed
from form4_author.wizard.draft import footnote
from form4_author.wizard.entry import AnswerInDoubt, EntryKind
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Step, View
from form4_author.wizard.wording import PRICES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["CONVERTED", "foreign", "in_dollars", "is_conversion", "refuse_foreign", "with_rates"]

CONVERTED: Final = "_converted"
"""Behind the name of an answer of an event: the answer with the footnote on its currency and rate."""
_SIGNS: Final = {
    "\u00a3": "GBP", "\u20ac": "EUR", "\u00a5": "JPY", "\u20b9": "INR", "\u20a9": "KRW", "\u20aa": "ILS",
    "\u20bd": "RUB", "\u20ba": "TRY", "\u0e3f": "THB", "\u20ab": "VND", "\u20b1": "PHP", "\u20a6": "NGN", "c$": "CAD",
    "ca$": "CAD", "can$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "sg$": "SGD",
    "nt$": "TWD", "r$": "BRL", "mx$": "MXN",
}  # fmt: skip
_LONGEST: Final = 60
_BEFORE: Final = re.compile(r"(?P<of>[^\d\s.,]\D*?)\s*(?P<number>\d[\d.,' ]*|\.\d+)\Z", re.ASCII)
_BEHIND: Final = re.compile(r"(?P<number>\d[\d.,' ]*|\.\d+)(?P<of>[^\d.,][^\d]*)\Z", re.ASCII)
_APART: Final = re.compile(r"[.,' ]")
_WHOLE: Final = re.compile(r"(?:\d+|\d{1,3}(?P<mark>[.,' ])(?:\d{2,3}(?P=mark))*\d{3})\Z", re.ASCII)
"""Digits, or groups of three; of two before the last, as in India."""
_SENTENCE: Final = re.compile(r"The price was [A-Z]{3} [\d,.]+, converted into US dollars at a rate of ")
_RATE_HELP: Final = (
    "Prices of the form are in US dollars (Instruction 5). Type the dollars for one unit of the currency on that day, "
    "such as 1.27: the price is converted, and a footnote gives price, currency and rate. < goes back to type the "
    "price in dollars."
)


@cache
def _codes() -> Mapping[str, str]:
    """The code of a currency by whatever it is called."""
    named = {
        word.casefold(): each.code
        for each in currencies().values()
        for word in (each.code, each.name, *each.also)
    }
    return {**named, **_SIGNS}


def foreign(text: str) -> tuple[str, Decimal] | None:
    """Code and number of a price in another currency, ``EUR 4,12`` or ``4.12 pounds``; None for any other text."""
    if len(text) > _LONGEST:
        return None
    bare = text.strip()
    for found in filter(None, (_BEFORE.match(bare), _BEHIND.match(bare))):
        code = _codes().get(" ".join(found["of"].casefold().replace(".", "").split()))
        number = _number(found["number"].strip())
        if code and number is not None:
            return code, number
    return None


def _number(text: str) -> Decimal | None:
    """The number, with a point or a comma before its decimals; None for none that a form takes."""
    point = max(text.rfind("."), text.rfind(","))
    mark = text[point : point + 1]
    groups = text.count(mark) > 1 or (mark == "," and len(text) - point == 4 and "." not in text)
    head, tail = (text, "") if point < 0 or groups else (text[:point], text[point + 1 :])
    if not _WHOLE.match(head or "0") or not (tail or "0").isdecimal():
        return None
    value = amount(f"{re.sub(_APART, '', head) or 0}.{tail or 0}")
    return value if value <= LARGEST_AMOUNT else None


def refuse_foreign(text: str) -> None:
    """Raises AnswerInDoubt for a price in another currency."""
    if foreign(text) is not None:
        raise AnswerInDoubt(
            f'"{text.strip()}": prices are in US dollars. Convert it, and state the rate in a footnote'
        )


def is_conversion(words: str) -> bool:
    """Whether a footnote is the one on currency and rate."""
    return _SENTENCE.match(words) is not None


def in_dollars(number: Decimal, rate: Decimal) -> Decimal:
    """The price in US dollars, in the decimals that a form takes."""
    return (number * rate).quantize(Decimal(1).scaleb(-DECIMALS), ROUND_HALF_UP)


# ---- the question


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
            found.append(_rate(prompt))
    return tuple(found)


def _is_price(prompt: Prompt) -> bool:
    priced = prompt.field is not None and prompt.field.name in PRICES
    return priced and prompt.kind is AnswerKind.TEXT and prompt.entry.is_number


def _rate(prompt: Prompt) -> Prompt:
    def typed(view: View) -> tuple[str, Decimal]:
        return foreign(view.doubted(prompt.id)) or ("", Decimal(0))

    def message(view: View) -> str:
        return (
            f'"{view.doubted(prompt.id)}": prices are in US dollars. How many dollars is {typed(view)[0]} 1?'
        )

    def fault(view: View, text: str) -> str | None:
        (code, number), rate = typed(view), amount(text)
        if not rate:
            return f"{code} 1 is worth more than 0 dollars"
        if rate == number:
            return (
                f"{text} is the price in {code}, not its rate. Type the dollars for {code} 1, or < to type the price "
                "in dollars"
            )
        over = rate > LARGEST_AMOUNT or number * rate > LARGEST_AMOUNT
        return "The price in dollars is more than a form takes" if over else None

    return Prompt(
        id=f"{prompt.id}_rate",
        path="interview.doubt.rate",
        message=message,
        help=_RATE_HELP,
        entry=EntryKind.NUMBER,
        when=lambda view: bool(view.doubted(prompt.id)),
        fault=fault,
        act=_converts(prompt, typed),
    )


def _converts(prompt: Prompt, typed: Callable[[View], tuple[str, Decimal]]) -> Callable[[View, Answer], Step]:
    """The price in dollars enters as if it had been typed, and the footnote with it."""

    def convert(view: View, answer: Answer) -> Step:
        (code, number), rate = typed(view), amount(str(answer))
        price, path = in_dollars(number, rate), prompt.paths(view)[0]
        sum_ = f"{code} {grouped(number)}"
        words = f"The price was {sum_}, converted into US dollars at a rate of ${grouped(rate)} for {code} 1."
        view = view.of(view.draft.with_interview(doubt=DoubtInHand()))
        text = trimmed(price)
        step = prompt.act(view, text) if prompt.act else Step(draft=view.draft.with_(path, text))
        if path[0] == "interview":
            draft = step.draft.with_((*path[:-1], f"{path[-1]}{CONVERTED}"), words)
        else:
            draft = footnote.attach(step.draft, path, words)
        return replace(
            step,
            draft=draft,
            words=(*step.words, f"{sum_} \u00d7 {grouped(rate)} = ${grouped(price)}; a footnote says so."),
        )

    return convert
