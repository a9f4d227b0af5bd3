"""Derivative lines known from the last filing: their terms are taken over instead of being asked again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from form4_author.wizard.answer import node, put
from form4_author.wizard.restated import restated_lines
from form4_author.wizard.screen import Answer, Kind, Option, Prompt, Proposal, Step, View
from form4_author.wizard.shelf import shelf_of
from form4_author.wizard.wording import day_words, number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["asked_anew", "has_units", "is_unit_title", "recalled", "series_prompt", "titles", "with_series"]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ANSWER = "interview.events[{i}].answers.series"
_TAKEN = ("interview", "series")
_OTHER = "other"
_SHELF = "shelf "
_KEPT = "kept "
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
}


def _listed(view: View) -> list[dict[str, Any]]:
    lines = restated_lines(view.data, view.index)
    return [line for line in lines if line.get("table") == "derivative"]


def _known(view: View) -> list[dict[str, Any]]:
    return [line for line in _listed(view) if line.get("amount_owned_following") != "0"]


def _taken(view: View) -> list[dict[str, Any]]:
    """The issuer's series that were chosen before, though nothing says that the person holds them."""
    listed = node(view.data, _TAKEN)
    return list(listed) if isinstance(listed, list) else []


def _unheld(view: View) -> list[dict[str, Any]]:
    """The issuer's series on record that the person has no line of."""
    there = {_key(line) for line in (*_listed(view), *_taken(view))}
    return [dict(line) for line in shelf_of(view.data).series if _key(line) not in there]


def _key(line: Mapping[str, str]) -> tuple[str, ...]:
    names = ("security_title", "exercise_price", "expiration_date")
    return tuple(" ".join(str(line.get(name, "")).casefold().split()) for name in names)


def _is_unit(line: Mapping[str, str]) -> bool:
    title = line.get("security_title", "").casefold()
    return any(word in title for word in ("unit", "phantom", "rsu", "psu", "performance share"))


def is_unit_title(title: str) -> bool:
    """Whether a title is of units, for which nothing is paid."""
    return _is_unit({"security_title": title})


def has_units(view: View) -> bool:
    """Whether the last filing has units in Table II, also those that are used up."""
    return any(_is_unit(line) for line in _listed(view))


def asked_anew(view: View, *, units: bool = False) -> bool:
    """Whether the terms are to be asked, because no known line was chosen."""
    return not _offers(view, units=units) or view.text(_ANSWER) == _OTHER


def _offers(view: View, *, units: bool) -> bool:
    """Whether there is a line or series to choose."""
    return bool(_known(view)) or any(_is_unit(line) == units for line in (*_taken(view), *_unheld(view)))


def series_prompt(message: str, *, units: bool = False) -> Prompt:
    """Which of the known lines it is, or of the issuer's series; not asked where none is known."""

    def fitting(lines: list[dict[str, Any]], kind: str = "") -> list[Option]:
        return [Option(f"{kind}{n}", _words(line)) for n, line in enumerate(lines) if _is_unit(line) == units]

    def options(view: View) -> tuple[Option, ...]:
        others = (*fitting(_taken(view), _KEPT), *fitting(_unheld(view), _SHELF)[:_MOST])
        return (*fitting(_known(view)), *others, Option(_OTHER, "Another one: its terms are asked"))

    def propose(view: View) -> Proposal:
        first = options(view)[0].value
        return Proposal(_OTHER if first.startswith(_SHELF) else first)

    return Prompt(
        id="events[{i}].series",
        path=_ANSWER,
        message=message,
        help="Table II, columns 1, 2, 6 and 7 are taken over for the line chosen: those last reported for the person, "
        "then other series of the issuer that the register knows.",
        kind=Kind.CHOICE,
        options=options,
        propose=propose,
        act=_chosen,
        when=lambda view: _offers(view, units=units),
    )


def _chosen(view: View, answer: Answer) -> Step:
    """A series from the register is kept with the draft, so that it is known without the register too."""
    told = str(answer)
    if not told.startswith(_SHELF):
        return Step(data=view.with_text(_ANSWER, told).data)
    taken = _taken(view)
    line = _unheld(view)[int(told.removeprefix(_SHELF))]
    data = put(view.data, _TAKEN, [*taken, line])
    return Step(data=View(data, view.index).with_text(_ANSWER, f"{_KEPT}{len(taken)}").data)


def recalled(column: str, otherwise: str = "", *, units: bool = True) -> Callable[[View], Proposal | None]:
    """What the last such line of the last filing has in a column, as a proposal for a new one.

    What tells a year is of the old one only.
    """

    def propose(view: View) -> Proposal | None:
        lines = _listed(view) or [dict(line) for line in reversed(shelf_of(view.data).series)]
        listed = [str(line.get(column) or "") for line in lines if _is_unit(line) == units]
        found = [words for words in listed if words and not _YEAR.search(words)]
        if found:
            return Proposal(
                found[-1], "as last reported" if _listed(view) else "as the issuer's forms have it"
            )
        return Proposal(otherwise) if otherwise else None

    return propose


def titles(*, units: bool) -> Callable[[View], tuple[str, ...]]:
    """The titles of the lines last reported and of the issuer's series, to be completed while one is typed."""

    def suggest(view: View) -> tuple[str, ...]:
        lines = [line for line in (*_listed(view), *shelf_of(view.data).series) if _is_unit(line) == units]
        return tuple(
            dict.fromkeys(str(line["security_title"]) for line in lines if line.get("security_title"))
        )

    return suggest


def _words(line: Mapping[str, str]) -> str:
    strike = line.get("exercise_price", "")
    parts = [
        line.get("security_title", ""),
        f"at ${number_words(strike)}" if strike else "",
        f"to {day_words(line['expiration_date'])[4:]}"
        if line.get("expiration_date", "")[:4].isdecimal()
        else "",
        f"({number_words(line['amount_owned_following'])} held)" if "amount_owned_following" in line else "",
    ]
    said = "" if strike or parts[2] else line.get("date_exercisable", "")  # tells units of one title apart
    words = " ".join(part for part in parts if part)
    return (f"{words}: {said}" if said else words)[:66]


def with_series(view: View, answers: dict[str, str]) -> dict[str, str]:
    """The answers with the terms of the line chosen."""
    chosen = answers.get("series", "")
    kept = chosen.startswith(_KEPT)
    lines = _taken(view) if kept else _known(view)
    number = chosen.removeprefix(_KEPT)
    if not number.isdecimal() or int(number) >= len(lines):
        return answers
    line = lines[int(number)]
    found = {name: str(line.get(column) or "") for name, column in _TERMS.items()}
    return {**answers, **{name: words for name, words in found.items() if words}}
