"""Derivative lines known from the last filing: their terms are taken over instead of being asked again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from form4_author.wizard.answer import node
from form4_author.wizard.screen import Kind, Option, Prompt, Proposal, View
from form4_author.wizard.wording import day_words, number_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["asked_anew", "has_units", "recalled", "series_prompt", "with_series"]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ANSWER = "interview.events[{i}].answers.series"
_OTHER = "other"
_TERMS = {
    "option": "security_title",
    "unit": "security_title",
    "strike": "exercise_price",
    "unit_note": "exercise_price_words",
    "exercisable": "date_exercisable",
    "expiration": "expiration_date",
}


def _listed(view: View) -> list[dict[str, Any]]:
    listed = node(view.data, ("interview", "carried"))
    found = listed if isinstance(listed, list) else []
    return [line for line in found if line.get("table") == "derivative"]


def _known(view: View) -> list[dict[str, Any]]:
    return [line for line in _listed(view) if line.get("amount_owned_following") != "0"]


def _is_unit(line: Mapping[str, str]) -> bool:
    title = line.get("security_title", "").casefold()
    return any(word in title for word in ("unit", "phantom", "rsu", "psu", "performance share"))


def has_units(view: View) -> bool:
    """Whether the last filing has units in Table II, also those that are used up."""
    return any(_is_unit(line) for line in _listed(view))


def asked_anew(view: View) -> bool:
    """Whether the terms are to be asked, because no known line was chosen."""
    return not _known(view) or view.text(_ANSWER) == _OTHER


def series_prompt(message: str, *, units: bool = False) -> Prompt:
    """Which of the known lines it is; not asked where the last filing has none."""

    def options(view: View) -> tuple[Option, ...]:
        lines = [(n, line) for n, line in enumerate(_known(view))]
        fitting = [(n, line) for n, line in lines if _is_unit(line) == units]
        found = tuple(Option(str(n), _words(line)) for n, line in fitting)
        return (*found, Option(_OTHER, "Another one: its terms are asked"))

    return Prompt(
        id="events[{i}].series",
        path=_ANSWER,
        message=message,
        help="Table II, columns 1, 2, 6 and 7 are taken over from the last filing for the line chosen.",
        kind=Kind.CHOICE,
        options=options,
        propose=lambda view: Proposal(options(view)[0].value),
        when=lambda view: bool(_known(view)),
    )


def recalled(column: str, otherwise: str = "", *, units: bool = True) -> Callable[[View], Proposal | None]:
    """What the last such line of the last filing has in a column, as a proposal for a new one.

    What tells a year is of the old one only.
    """

    def propose(view: View) -> Proposal | None:
        listed = [str(line.get(column) or "") for line in _listed(view) if _is_unit(line) == units]
        found = [words for words in listed if words and not _YEAR.search(words)]
        if found:
            return Proposal(found[-1], "as last reported")
        return Proposal(otherwise) if otherwise else None

    return propose


def _words(line: Mapping[str, str]) -> str:
    strike = line.get("exercise_price", "")
    parts = [
        line.get("security_title", ""),
        f"at ${number_words(strike)}" if strike else "",
        f"to {day_words(line['expiration_date'])[4:]}"
        if line.get("expiration_date", "")[:4].isdecimal()
        else "",
        f"({number_words(line.get('amount_owned_following', '?'))} held)",
    ]
    return " ".join(part for part in parts if part)[:66]


def with_series(view: View, answers: dict[str, str]) -> dict[str, str]:
    """The answers with the terms of the line chosen."""
    chosen = answers.get("series", "")
    lines = _known(view)
    if not chosen.isdecimal() or int(chosen) >= len(lines):
        return answers
    line = lines[int(chosen)]
    found = {name: str(line.get(column) or "") for name, column in _TERMS.items()}
    return {**answers, **{name: words for name, words in found.items() if words}}
