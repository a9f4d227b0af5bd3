"""What Table II asks of options and units: title, price, dates; one known from the last filing is only chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.entry import EntryKind
from form4_author.wizard.recipes.shared.cell import TABLE_2
from form4_author.wizard.recipes.shared.question import asked, offered
from form4_author.wizard.recipes.shared.series import (
    OPTIONS,
    UNITS,
    asked_again,
    priced_in_words,
    recalled,
    series_prompt,
    titled,
    titles,
)
from form4_author.wizard.screen import Prompt, Proposal, View, always

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.wizard.recipes.shared.series import Fits, Kinds

__all__ = ["ANY", "Of", "option_terms", "unit_terms"]


@dataclass(frozen=True, slots=True)
class Of:
    """Which options an event is about: the lines offered, and what is wrong with the title of another."""

    fits: Fits = lambda _line: True  # the shape of a condition
    fault: Callable[[View, str], str | None] = lambda _view, _typed: None


ANY: Final = Of()


def option_terms(
    title: str = "Stock Option (Right to Buy)",
    *,
    kinds: Kinds = OPTIONS,
    new: bool = False,
    when: Callable[[View], bool] = always,
    of: Of = ANY,
) -> tuple[Prompt, ...]:
    """Title, price and dates of an option; one known from the last filing is only chosen.

    ``kinds``: what is offered; of the first a line is proposed. ``of``: which of them the event is about.
    """
    return _terms_of_option(title, kinds, of, new=new, applies=when)


def _terms_of_option(
    title: str, kinds: Kinds, of: Of, *, new: bool, applies: Callable[[View], bool]
) -> tuple[Prompt, ...]:
    series = series_prompt("Which option?", kinds, of.fits)
    shown = replace(series, when=lambda view: applies(view) and series.when(view))

    def when(view: View) -> bool:
        return applies(view) and (new or asked_again(view, kinds, of.fits))

    def priced(view: View) -> bool:
        return when(view) or (applies(view) and not new and priced_in_words(view, kinds, of.fits))

    first = () if new else (shown,)
    return (
        *first,
        asked(
            "option",
            "Title of the option",
            "Table II, column 1, Instruction 4(c)(ii): it says whether it is a right or an obligation to buy or sell.",
            "security_title",
            TABLE_2,
            propose=titled(title, kinds=kinds) if title.startswith("Stock") else _always(title),
            suggests=titles(kinds),
            fault=of.fault,
            when=when,
        ),
        asked(
            "strike",
            "Exercise price per share, US dollars",
            "Table II, column 2; on exercise also the price in column 4 of Table I. Where the last form has words in "
            "column 2, they are used again, and this is the price in column 4.",
            "exercise_price",
            TABLE_2,
            entry=EntryKind.NUMBER,
            when=priced,
        ),
        asked(
            "exercisable",
            "Exercisable since when? A date, or words for a footnote",
            "Table II, column 6. A vesting schedule in words becomes a footnote.",
            "date_exercisable",
            TABLE_2,
            entry=EntryKind.DATE_OR_WORDS,
            when=when,
        ),
        asked(
            "expiration",
            "Expiration date of the option",
            "Table II, column 6. The last day it can be exercised; words become a footnote.",
            "expiration_date",
            TABLE_2,
            entry=EntryKind.DATE_OR_WORDS,
            when=when,
        ),
    )


def _always(words: str) -> Callable[[View], Proposal | None]:
    return lambda _view: Proposal(words)


def unit_terms(  # noqa: PLR0913  # each a fact of the recipe, by name
    title: str,
    note: Callable[[View], Proposal | None],
    vesting: str = "",
    *,
    kinds: Kinds = UNITS,
    new: bool = False,
    when: Callable[[View], bool] = always,
) -> tuple[Prompt, ...]:
    """Title, note in place of a price, and dates of units; one known from the last filing is only chosen.

    ``kinds``: what is offered; of the first a line or its words are proposed.
    """

    def anew(view: View) -> bool:
        return when(view) and (new or asked_again(view, kinds))

    series = series_prompt("Which units?", kinds)
    shown = replace(series, when=lambda view: when(view) and series.when(view))
    return (
        *(() if new else (shown,)),
        asked(
            "unit",
            "Title of the units",
            "Table II, column 1, as earlier forms spell it.",
            "security_title",
            TABLE_2,
            when=anew,
            propose=titled(title, kinds=kinds),
            suggests=titles(kinds),
        ),
        replace(
            offered(
                "unit_note",
                "Footnote instead of an exercise price",
                "Table II, column 2. Units need no payment: a footnote fills the box, which may not be empty.",
                note,
                when=anew,
            ),
            required=True,
        ),
        asked(
            "exercisable",
            "When do the units vest? A date, or words for a footnote",
            "Table II, column 6. By custom the vesting schedule as a footnote.",
            "date_exercisable",
            TABLE_2,
            entry=EntryKind.DATE_OR_WORDS,
            when=anew,
            propose=recalled("date_exercisable", vesting, kinds=kinds),
        ),
        asked(
            "expiration",
            "When do they expire? A date, or words for a footnote",
            "Table II, column 6. Units that do not expire have words here.",
            "expiration_date",
            TABLE_2,
            entry=EntryKind.DATE_OR_WORDS,
            when=anew,
            propose=recalled("expiration_date", "The units do not expire.", kinds=kinds),
        ),
    )
