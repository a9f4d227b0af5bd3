"""Derivative lines known from the last filing: their terms are taken over instead of being asked again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from form4_author.ledger.award import telling
from form4_author.ledger.right import Right, right_of
from form4_author.model.draft import TABLES
from form4_author.model.interview import CarriedLine
from form4_author.text import folded
from form4_author.wizard.draft import row_value
from form4_author.wizard.draft.answer import cells, rows
from form4_author.wizard.draft.class_change import restated_lines
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View
from form4_author.wizard.wording import day_words, money_words, number_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from form4_author.ledger.line import LineKey

__all__ = [
    "CONVERTIBLES",
    "OPTIONS",
    "UNITS",
    "Fits",
    "Kinds",
    "asked_again",
    "has_units",
    "holder_of_series",
    "is_of_kind",
    "is_unit_title",
    "priced_in_words",
    "recalled",
    "right_of_line",
    "rights_offered",
    "series_prompt",
    "titled",
    "titles",
    "with_series",
]

Kinds = tuple[str, ...]
"""Which derivative securities a question is about, those first that it proposes: see ``_KINDS``."""
Fits = Callable[[CarriedLine], bool]
"""Whether a line is one that a question is about."""
OPTIONS: Kinds = ("option", "warrant")
UNITS: Kinds = ("unit", "phantom")
CONVERTIBLES: Kinds = ("convertible",)

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ANSWER = "interview.events[{i}].answers.series"
_OTHER = "other"
_SHELF = "shelf "
_RECORDED = "kept "
_ROOM = 66
"""Columns of an option that name a line."""
_LEAST = 12
"""Columns for when it can be exercised."""
_KINDS = {
    "warrant": ("warrant",),
    "option": ("option", "right to", "appreciation", "obligation to", "sar", "sars", "call", "put"),
    "phantom": (
        "phantom",
        "deferred",
        "deferral",
        "dividend",
        "stock unit",
        "share unit",
        "stock equivalent",
    ),
    "unit": ("unit", "rsu", "psu", "performance share", "performance stock", "restricted s"),
}
"""Words in a title that identify a kind, beginning with a word; the first kind found is it."""
_AWARDS = ("restricted", "performance", "rsu", "psu", "market stock unit", "award")
"""Words of a title that make units an award, whatever else it says."""
_HOLDERS = ("partnership", "llc", "common unit", "op unit", "ltip", "class ")
"""Words of a title that make units a share of an enterprise: they are converted or exchanged."""
_MOST = 12
"""Series of the issuer that are offered beside the person's own, the latest."""
_TERMS = {
    "option": "security_title",
    "unit": "security_title",
    "strike": "exercise_price",
    "unit_note": "exercise_price_words",
    "exercisable": "date_exercisable",
    "expiration": "expiration_date",
    "underlying": "underlying_title",
    "each": "each",
}


def _listed(view: View) -> list[CarriedLine]:
    return [line for line in restated_lines(view.draft, view.index) if line.table == TABLES[1]]


def _open_lines(view: View) -> list[CarriedLine]:
    return [line for line in _listed(view) if line.text("amount_owned_following") != "0"]


def _unheld(view: View) -> list[CarriedLine]:
    """The issuer's series on record that the person has no line of."""
    there = {_key(line) for line in (*_listed(view), *view.interview.series)}
    return [line for line in view.shelf.series if _key(line) not in there]


def _key(line: CarriedLine) -> LineKey:
    """What identifies a series: title, price as an amount, last day."""
    told = {name: line.text(name) for name in ("security_title", "exercise_price", "expiration_date")}
    return row_value.line_key(TABLES[1], told)


def _kind(line: CarriedLine) -> str:
    """What the title of a line says, see ``_kind_of``."""
    return _kind_of(line.text("security_title"))


def _kind_of(security_title: str) -> str:
    """What a title says it is: ``option`` (SARs too), ``warrant``, ``unit`` (RSU, PSU), ``phantom``, ``convertible``.

    Deferred units and dividend equivalents are ``phantom``; another class, preferred stock, notes and anything else
    ``convertible``.
    """
    title = f" {' '.join(folded(security_title).replace('(', ' ').replace('-', ' ').split())}"

    def says(words: Iterable[str]) -> bool:
        return any(f" {word}" in title for word in words)

    found = next((kind for kind, words in _KINDS.items() if says(words)), "convertible")
    if found in ("phantom", "unit") and says(_AWARDS) and not says(("phantom",)):
        return "unit"
    return "convertible" if found == "unit" and says(_HOLDERS) else found


def is_of_kind(line: CarriedLine, kinds: Kinds) -> bool:
    """Whether the title of a line says that it is of these kinds."""
    return _kind(line) in kinds


def is_unit_title(title: str) -> bool:
    """Whether a title is of units, for which nothing is paid."""
    return _kind_of(title) in UNITS


def has_units(view: View) -> bool:
    """Whether the last filing has awards of units in Table II, also those that are used up."""
    return any(_kind(line) == "unit" for line in _listed(view))


def right_of_line(line: CarriedLine) -> Right:
    """What a line is, by its title and the words in its cells."""
    words = (line.text(name) for name in ("exercise_price_words", "date_exercisable", "expiration_date"))
    return right_of(line.text("security_title"), tuple(each for each in words if each))


def rights_offered(view: View, kinds: Kinds) -> frozenset[Right]:
    """What the lines of these kinds are that the person holds."""
    return frozenset(right_of_line(line) for line in _open_lines(view) if _kind(line) in kinds)


def _any(_line: CarriedLine) -> bool:
    return True


def asked_again(view: View, kinds: Kinds, fits: Fits = _any) -> bool:
    """Whether the terms are to be asked, because no known line was chosen."""
    return not _offers(view, kinds, fits) or view.text(_ANSWER) == _OTHER


def priced_in_words(view: View, kinds: Kinds, fits: Fits = _any) -> bool:
    """Whether the line chosen has a footnote in place of its exercise price."""
    line = None if asked_again(view, kinds, fits) else _line(view, view.text(_ANSWER))
    return line is not None and not line.text("exercise_price") and bool(line.text("exercise_price_words"))


def _offers(view: View, kinds: Kinds, fits: Fits) -> bool:
    """Whether there is a line or series to choose."""
    lines = (*_open_lines(view), *view.interview.series, *_unheld(view))
    return any(_kind(line) in kinds and fits(line) for line in lines)


def series_prompt(message: str, kinds: Kinds, fits: Fits = _any) -> Prompt:
    """Which of the known lines it is, or of the issuer's series; not asked where none is known.

    ``fits``: which of those of the kinds are offered. The first of the first kind is proposed, where the person holds
    one; a right to buy before a put or an obligation.
    """

    def fitting(lines: Sequence[CarriedLine], prefix: str = "") -> list[tuple[str, CarriedLine]]:
        found = [
            (f"{prefix}{n}", line) for n, line in enumerate(lines) if _kind(line) in kinds and fits(line)
        ]
        return sorted(found, key=lambda each: kinds.index(_kind(each[1])))

    def offered(view: View) -> list[tuple[str, CarriedLine]]:
        others = (*fitting(view.interview.series, _RECORDED), *fitting(_unheld(view), _SHELF)[:_MOST])
        return [*fitting(_open_lines(view)), *others]

    def options(view: View) -> tuple[Option, ...]:
        found = offered(view)
        labels = _labels([line for _, line in found])
        return (
            *(Option(value, label) for (value, _), label in zip(found, labels, strict=True)),
            Option(_OTHER, "Another one: its terms are asked"),
        )

    def propose(view: View) -> Proposal:
        own = [
            (value, line)
            for value, line in offered(view)
            if _kind(line) == kinds[0] and not value.startswith(_SHELF)
        ]
        usual = [value for value, line in own if right_of_line(line) is Right.BUY]
        return Proposal(next(iter((*usual, *(value for value, _ in own))), _OTHER))

    return Prompt(
        id="events[{i}].series",
        path=_ANSWER,
        message=message,
        help="Table II, columns 1, 2, 6 and 7 are taken over for the line chosen: those last reported for the person, "
        "then other series of the issuer that the register knows.",
        kind=AnswerKind.CHOICE,
        options=options,
        propose=propose,
        act=_chosen,
        when=lambda view: _offers(view, kinds, fits),
    )


def _chosen(view: View, answer: Answer) -> Step:
    """A series from the register is kept with the draft, so that it is known without the register too."""
    chosen = str(answer)
    if not chosen.startswith(_SHELF):
        return Step(draft=view.with_text(_ANSWER, chosen).draft)
    taken = view.interview.series
    line = _unheld(view)[int(chosen.removeprefix(_SHELF))]
    draft = view.draft.with_interview(series=(*taken, line))
    return Step(draft=view.of(draft).with_text(_ANSWER, f"{_RECORDED}{len(taken)}").draft)


def recalled(column: str, otherwise: str = "", *, kinds: Kinds) -> Callable[[View], Proposal | None]:
    """What the last such line of the last filing has in a column, as a proposal for a new one.

    A footnote with a year applies to the old one only.
    """

    def propose(view: View) -> Proposal | None:
        lines = _listed(view) or reversed(view.shelf.series)
        listed = [line.text(column) for line in lines if _kind(line) == kinds[0]]
        found = [words for words in listed if words and not _YEAR.search(words)]
        if found:
            return Proposal(
                found[-1], "as last reported" if _listed(view) else "as the issuer's forms have it"
            )
        return Proposal(otherwise) if otherwise else None

    return propose


def titled(otherwise: str, *, kinds: Kinds) -> Callable[[View], Proposal | None]:
    """The title of the last line of this kind on the form, else on the last filing, else the usual one."""
    before = recalled("security_title", otherwise, kinds=kinds)

    def propose(view: View) -> Proposal | None:
        listed = [cells(table, row) for table, _, row in rows(view.draft) if table == TABLES[1]]
        named = [line["security_title"] for line in listed if "security_title" in line]
        here = [title for title in named if _kind_of(title) == kinds[0]]
        return Proposal(here[-1], "as in the last line") if here else before(view)

    return propose


def titles(kinds: Kinds) -> Callable[[View], tuple[str, ...]]:
    """The titles of the lines last reported and of the issuer's series, to be completed while one is typed."""

    def suggest(view: View) -> tuple[str, ...]:
        lines = [line for line in (*_listed(view), *view.shelf.series) if _kind(line) in kinds]
        return tuple(dict.fromkeys(title for line in lines if (title := line.text("security_title"))))

    return suggest


def _labels(lines: list[CarriedLine]) -> list[str]:
    """Each line in words that fit; with its exercise dates where price and last day do not identify it."""
    names = [_words(line) for line in lines]
    found = []
    for line, name in zip(lines, names, strict=True):
        alike = [each for each in lines if each.text("security_title") == line.text("security_title")]
        room = max(_ROOM - len(name) - 2, _LEAST)
        difference = telling([_exercisable_words(each) for each in alike], room)[alike.index(line)]
        series = names.count(name) == 1 and (" at $" in name or " to " in name)
        found.append((name if series or not difference else f"{name}: {difference}")[:_ROOM])
    return found


def _exercisable_words(line: CarriedLine) -> str:
    """When a line can be exercised, as it was told."""
    words = line.text("date_exercisable")
    in_words = day_words(words)
    return words if in_words == words else f"from {in_words[4:]}"


def _words(line: CarriedLine) -> str:
    strike, last, held = map(line.text, ("exercise_price", "expiration_date", "amount_owned_following"))
    parts = [
        line.text("security_title"),
        f"at {money_words(strike)}" if strike and _kind(line) != "unit" else "",
        f"to {day_words(last)[4:]}" if last[:4].isdecimal() else "",
        f"({number_words(held)} held)" if held else "",
    ]
    words = " ".join(part for part in parts if part)
    return words if len(words) <= _ROOM else words.replace(" held)", ")")


def _line(view: View, chosen: str) -> CarriedLine | None:
    """The line that an answer names; None for another one."""
    lines = view.interview.series if chosen.startswith(_RECORDED) else _open_lines(view)
    number = chosen.removeprefix(_RECORDED)
    return lines[int(number)] if number.isdecimal() and int(number) < len(lines) else None


def holder_of_series(view: View) -> str | None:
    """By whom the line chosen is held, empty where directly; None where none is chosen, or it does not say."""
    line = _line(view, view.text(_ANSWER)) if view.text(_ANSWER) else None
    if line is None or not line.text("ownership_form"):
        return None
    return line.text("nature_of_ownership") if line.text("ownership_form") == "I" else ""


def with_series(view: View, answers: dict[str, str]) -> dict[str, str]:
    """The answers with the terms of the line chosen."""
    line = _line(view, answers.get("series", ""))
    if line is None:
        return answers
    found = {name: line.text(column) for name, column in _TERMS.items()}
    return {**answers, **{name: words for name, words in found.items() if words}}
